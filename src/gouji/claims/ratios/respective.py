"""Rates and growths told respectively: 预算分别为A、C，支出分别为B、D，执行率分别为R、Q; 分别增加X、Y，分别增长P、Q，上年基数分别为….

The n-th figure of one list belongs to the n-th of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import (
    as_printed,
    compare_growth,
    compare_growth_by,
    compare_ratio,
    compare_value,
    figure_interval,
)
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import RATE_LABEL, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Interval

_HEAD = re.compile(r"分别|依次|各(?:自|为|增|减|下降|上升)")
_JOINT = re.compile(r"\s*[、，和及与]\s*")
_BASE = re.compile(r"上年|去年|基数|基期|上期|20\d\d年")
_VERSUS = re.compile(r"(?:与|比|较|同)(?:上年|去年|20\d\d年|上期)[^，。；\d]{0,4}(?:分别)?的?$")
_CAME_FROM = re.compile(r"[由从](?:上年|去年|20\d\d年)?的?\s?$")
_CAME_TO = re.compile(r"(?:分别|依次|各)[^，。；]{0,6}[为至到成]了?\s?$")
_SKIP = re.compile(r"同口径|可比口径|年均")


def find(passage: Passage) -> Iterator[Claim]:
    """Every percentage of a list whose figures stand in lists of the same length in its sentence."""
    if not passage.tells("分别", "依次", "各", "相比") or not (_HEAD.search(passage.text) or "相比" in passage.text):
        return
    for sentence in passage.sentences:
        yield from _one_by_one(passage, sentence)
        lists = list(_lists(sentence))
        for percents in lists:
            if not percents[0].percent:
                if percents[0].role in (Role.UP, Role.DOWN):
                    yield from _differences(passage, percents)
                continue
            others = [g for g in lists if g is not percents and len(g) == len(percents) and not g[0].percent]
            before = [g for g in others if g[0].order < percents[0].order]
            if RATE_LABEL.search(percents[0].label) and len(before) >= 2:
                yield from _rates(percents, before[-2], before[-1])
            elif percents[0].role in (Role.UP, Role.DOWN) and not _SKIP.search(passage.text):
                yield from list(_growths(percents, others)) or _both_printed(passage, percents)


def _lists(sentence: Sequence[Item]) -> Iterator[list[Item]]:
    """分别为A、B、C: runs of figures of one kind behind a word that tells them one by one."""
    run: list[Item] = []
    for item in sentence:
        if run and item.order - run[-1].order == 1 and _alike(item, run[-1]) and _JOINT.fullmatch(item.gap):
            run.append(item)
            continue
        if len(run) >= 2:
            yield run
        run = [item] if _HEAD.search(item.gap) and not item.hedged else []
    if len(run) >= 2:
        yield run


def _alike(a: Item, b: Item) -> bool:
    return (a.percent and b.percent) or (kin(a.q, b.q) and not a.hedged)


def _rates(percents: Sequence[Item], first: Sequence[Item], second: Sequence[Item]) -> Iterator[Claim]:
    if first[0].role is not Role.BUDGET and second[0].role is Role.BUDGET:
        first, second = second, first
    elif first[0].q.dimension is Dimension.MONEY and first[0].role is not Role.BUDGET:
        return
    for percent, whole, done in zip(percents, first, second, strict=True):
        outcome = compare_ratio(percent.q.figure, done.q.figure, whole.q.figure) if kin(done.q, whole.q) else None
        if outcome is not None:
            others = [("numerator", done), ("denominator", whole)]
            yield claim_of(ClaimKind.RATE, percent, others, outcome, shape="respective", confidence=SURE)


def _growths(percents: Sequence[Item], others: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    deltas = next((g for g in others if g[0].role in (Role.UP, Role.DOWN)), None)
    bases = next((g for g in others if g is not deltas and g[0].role not in (Role.UP, Role.DOWN)), None)
    if deltas is None or bases is None or not kin(deltas[0].q, bases[0].q):
        return
    printed = bases[0].role is Role.PRIOR or _BASE.search(bases[0].label + bases[0].gap) is not None
    sign = 1 if deltas[0].role is Role.UP else -1
    for percent, delta, base in zip(percents, deltas, bases, strict=True):
        outcome = compare_growth_by(percent.q.figure, delta.q.figure, base.q.figure, 0 if printed else -sign)
        if outcome is not None:
            others_of = [("change", delta), ("base", base)]
            yield claim_of(ClaimKind.CHANGE, percent, others_of, outcome, shape="respective", confidence=SURE)


def _one_by_one(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """事故A起、死亡B人，与上年的C起、D人相比，起数下降P，死亡人数下降Q."""
    for n, item in enumerate(sentence):
        if not item.percent or item.role not in (Role.UP, Role.DOWN) or not re.match(r"\s?相比，", item.gap):
            continue
        percents = [item]
        for after in sentence[n + 1 :]:
            if not after.percent or after.role is not item.role or after.order - percents[-1].order != 1:
                break
            percents.append(after)
        if len(percents) >= 2:
            yield from _both_printed(passage, percents)


def in_order(passage: Passage, item: Item) -> bool:
    """分别增加X、Y: whether a figure is told in the order of names or figures before it, with others."""
    behind = passage.items[item.order + 1 : item.order + 2]
    heads = _HEAD.search(item.gap) is not None and any(_JOINT.fullmatch(i.gap) and _alike(i, item) for i in behind)
    return heads or (not item.label and item.q.mark in ("、", "和"))


def _differences(passage: Passage, deltas: Sequence[Item]) -> Iterator[Claim]:
    """收入、支出分别为A、B，与上年的C、D相比，分别增加X、Y: the n-th of each list."""
    for delta, (a, b) in zip(deltas, _now_and_prior(passage, deltas), strict=False):
        difference = abs(a.q.base - b.q.base)
        spread = figure_interval(a.q.figure) - figure_interval(b.q.figure)
        if a.q.base < b.q.base:
            spread = Interval(-spread.high, -spread.low)
        words = f"|{as_printed(a.q.figure)} - {as_printed(b.q.figure)}|"
        if kin(delta.q, a.q):
            outcome = compare_value(delta.q.figure, difference, spread, words)
            yield claim_of(ClaimKind.CHANGE, delta, [("current", a), ("base", b)], outcome, shape="respective", confidence=SURE)


def _now_and_prior(passage: Passage, told: Sequence[Item]) -> list[tuple[Item, Item]]:
    """The two lists of figures that stand right before a list of as many, this year's and the year before's, one by one."""
    number, end = len(told), told[0].order
    if end < 2 * number:
        return []
    prior, now = passage.items[end - number : end], passage.items[end - 2 * number : end - number]
    if _CAME_FROM.search(now[0].gap) and _CAME_TO.search(prior[0].gap):
        prior, now = now, prior  # 由A、B分别变为C、D
    elif not _VERSUS.search(prior[0].gap):
        return []
    if now[0].q.sentence != told[0].q.sentence or prior[0].q.sentence != told[0].q.sentence:
        return []
    pairs = list(zip(now, prior, strict=True))
    if any(i.hedged or not i.q.base or i.percent for i in (*prior, *now)) or not all(kin(a.q, b.q) for a, b in pairs):
        return []
    return pairs if all(_JOINT.match(i.gap) for i in (*prior[1:], *now[1:])) else []


def _both_printed(passage: Passage, percents: Sequence[Item]) -> Iterator[Claim]:
    """事故A起、死亡B人，与上年的C起、D人相比分别下降P和Q: the n-th of each list."""
    for percent, (a, b) in zip(percents, _now_and_prior(passage, percents), strict=False):
        outcome = compare_growth(percent.q.figure, a.q.figure, b.q.figure)
        others = [("current", a), ("base", b)]
        yield claim_of(ClaimKind.CHANGE, percent, others, outcome, shape="respective", confidence=SURE)
