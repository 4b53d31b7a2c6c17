"""Changes that no other finder has settled: the percentage of a difference and of the figure it is of, where both stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.claims.arithmetic import Outcome, compare_growth, compare_growth_by, slipped
from gouji.claims.bounds.compare_words import same
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.changes import second_growth
from gouji.claims.changes.change_words import SKIP, clause_of, is_base_year, with_others
from gouji.claims.changes.second_growth import Growth
from gouji.claims.scene import Item, Passage, wholes
from gouji.claims.slips import OTHER_BASE
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, plain
from gouji.model.text import Text

_MOVED = frozenset({Role.UP, Role.DOWN})
_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE, Dimension.RATE})
_BESIDE = re.compile(
    r"\s?(?:、|，(?:即|合|折合|幅度|升幅|降幅|减幅|增幅|跌幅|涨幅|比例)(?:为|达|约)?|（(?:即|升|降|增|减|增长|下降|上升)?)\s?"
)
_LEAN = re.compile(
    r"(?:降|升|涨|跌|快|慢|^长|[仍尚还][少多]|调[增减]|核减|[变比][^，。；]{0,8}[大小]|长了|缩水|下浮|上浮|改善|压掉|多了|少了|追加比例|超额|高出|压减率|压降率|降低率|增长率|提速|减轻|[上下]调|[升降增减涨跌]幅|(?:提高|压缩|调整|调增|调减|增长|下降)幅度|[约仍可]?省|加快|缩短|超过目标|超出|节约率?)(?:了|达|为)?$"
)
_DIFFERENCE = re.compile(r"(?:多|少|增|减|升|降|追加|节约|压减|压缩|缩短|提标|高|低|长|短|压掉|快|慢)[\u4e00-\u9fff]{0,3}$")
_AT = re.compile(r"[到至为]了?\s?$")
_INITIAL = re.compile(r"年初预算")
_BY_WORD = re.compile(r"调增|调减|追加|核减")
_FROM = re.compile(r"[由从]")
_STARTED = re.compile(r"预算|计划|原|控制|送审|概算|上年|去年|年初|基数|应")
_AS_SHARE = Text("两个百分比之差应以“个百分点”计", "a difference of percentages is told in percentage points")
_GIVEN = re.compile(r"上年|去年|前年|同期|20\d\d年|年初|原|基准|基期|比|较|与|同")


_LEVEL = re.compile(r"[率度比重][^，。；\d]{0,4}?(?:[升降增减提跌回落]|上升|提高|提升|下降|降低|回升|回落|恢复)[至到]了?\s?$")


def moved(passage: Passage, item: Item) -> bool:
    """Whether a percentage tells how far something moved by a word that gives it no role, or right behind a difference."""
    if _LEAN.search(item.label):
        return True
    before = passage.items[item.order - 1] if item.order else None
    if before is None:
        return False
    in_words = before.percent and before.hedged and before.role in _MOVED and item.gap.strip() == "（"  # 降了近三成（29.5%）
    in_bracket = before.role is Role.PRIOR and item.q.depth > 0 and item.gap.strip() in ("，", "、")  # （上年为242台，28.93%）
    return in_words or in_bracket or (_is_difference(before) and _BESIDE.fullmatch(item.gap) is not None)


def _is_difference(item: Item) -> bool:
    if item.percent or item.q.dimension not in _FIGURES or not item.q.base or _AT.search(item.gap):
        return False
    return item.role in _MOVED or _DIFFERENCE.search(item.label) is not None


def find(passage: Passage, item: Item, *, read: bool) -> Claim | None:
    """The claim of a change that its figures bear out, or that a slip of the pen in the percentage explains.

    Where another finder has `read` it and doubts what it read, the figures that merely stand nearest are no better.
    """
    points = _points(passage, item)
    if points is not None:
        return points
    if _LEVEL.search(item.gap):
        return None  # 执行率升至90% is where it went, not how far
    scoped = SKIP.search(clause_of(passage, item)) is not None  # 同口径: what is compared may not be printed
    scoped = scoped or with_others(item.label)
    first: Growth | None = None
    readings = [*second_growth.told(passage, item), *_readings(passage, item)]
    if not read:
        readings += second_growth.nearest(passage, item)
    for reading in readings:
        part, base, outcome = reading.part, reading.base, reading.outcome
        if not _is_difference(part) and is_base_year(item, part):
            continue
        if outcome.holds:
            if item.q.figure.places or reading.sure:
                return _claim(item, part, base, outcome)
            continue
        if reading.ties or scoped or part.hedged or base.hedged:
            continue
        if _is_difference(part) and _of_another_name(passage, part, base):
            continue
        if first is None and (reading.sure or slipped(item.q.figure, outcome)):
            first = reading
    return _claim(item, first.part, first.base, first.outcome, beside=first.beside) if first is not None else None


_MOVED_BY = re.compile(r"(?:净?(?:增加|增长|减少|下降|降低|上升|提高|多|少|增|减|降|升))了?$")


def _of_another_name(passage: Passage, part: Item, base: Item) -> bool:
    """本年收入A，…。本年支出B，…。收入减少D，降低P: whether another figure bears the name of the difference, and this base does not."""
    name = _MOVED_BY.sub("", part.label)
    if len(name) < _NAME or name in base.label:
        return False
    return any(name in i.label and i.q.dimension is part.q.dimension for i in passage.items[: part.order])


_NAME = 2


def _claim(item: Item, part: Item, base: Item, outcome: Outcome, *, beside: bool = False) -> Claim:
    role = "change" if _is_difference(part) else "current"
    others = [(role, part), ("base", base)]
    if role == "change" and not outcome.holds and outcome.cause is None and base.q.dimension is part.q.dimension:
        current = base.q.base + (-part.q.base if item.role is Role.DOWN else part.q.base)
        if current > 0 and part.q.base / current * HUNDRED in item.q.figure.rounded():
            outcome = replace(outcome, cause=OTHER_BASE)
    shape = "beside" if beside or _from_to(item, part, base) else "near"
    return claim_of(ClaimKind.CHANGE, item, others, outcome, shape=shape, confidence=SURE if outcome.holds else LIKELY)


def _from_to(item: Item, current: Item, prior: Item) -> bool:
    """由A调到B（上调P%）: the bracket right behind the two figures that the words move from and to."""
    if item.order - current.order != 1 or current.order - prior.order != 1 or item.q.depth != current.q.depth + 1:
        return False
    moved = _FROM.search(prior.label) is not None and _AT.search(current.gap) is not None
    return moved and item.gap.startswith("（") and prior.q.segment == item.q.segment and same(current, prior)


def _readings(passage: Passage, item: Item) -> Iterator[Growth]:
    """Differences or current figures with their bases, the nearest first."""
    near = [i for i in passage.items[max(0, item.order - 8) : item.order] if item.q.sentence - i.q.sentence <= 1]
    behind = [
        i for i in passage.items[item.order + 1 : item.order + 3] if i.q.depth > item.q.depth and item.after.startswith("（")
    ]
    figures = wholes([i for i in near if i.q.dimension in _FIGURES and i.q.base and not i.percent])
    last = figures[-1] if figures else None
    if last is None:
        return
    if _is_difference(last) and item.order - last.order == 1:
        yield from _of_difference(item, last, figures[:-1], behind)
        return
    priors = [i for i in (*behind, *reversed(figures)) if _is_prior(i, behind)]
    for prior in priors:
        current = next(
            (i for i in reversed(figures) if i is not prior and i.role not in (*_MOVED, Role.PRIOR) and same(i, prior)), None
        )
        if current is not None and current.q.sentence == item.q.sentence:
            yield Growth(
                current, prior, compare_growth(item.q.figure, current.q.figure, prior.q.figure), _bound(item, current, prior)
            )
    pair = [i for i in figures if i.role not in _MOVED and i.q.sentence == item.q.sentence and same(i, last)][-2:]
    if len(pair) == 2 and item.order - pair[1].order == 1:
        for prior, current in (pair, pair[::-1]):
            yield Growth(current, prior, compare_growth(item.q.figure, current.q.figure, prior.q.figure), False)


def _is_prior(item: Item, behind: list[Item]) -> bool:
    called = item in behind or item.q.dimension is Dimension.RATE
    return item.role is Role.PRIOR or (called and _GIVEN.search(item.label) is not None)


def _bound(item: Item, current: Item, prior: Item) -> bool:
    """Whether the two figures stand right beside each other and the percentage, the prior one so called."""
    beside = abs(current.order - prior.order) == 1 and item.order - max(current.order, prior.order) == 1
    bracket = prior.order == item.order + 1 and item.order - current.order == 1
    same_sentence = current.q.sentence == prior.q.sentence == item.q.sentence and current.q.segment == item.q.segment
    return same_sentence and (beside or bracket)


def _of_difference(item: Item, delta: Item, figures: list[Item], behind: list[Item]) -> Iterator[Growth]:
    """比上年增加D，增长P%, with last year's figure beside it or the current one before it."""
    kindred = [i for i in figures if same(i, delta) and i.role not in _MOVED]
    way = item.role if item.role in _MOVED else delta.role
    sign = 1 if way is Role.UP or (way is not Role.DOWN and re.search("[多增升高长快提涨超追]", delta.label)) else -1
    printed = next(
        (
            b
            for a in kindred
            for b in kindred
            if b.q.base
            and a.q.base - b.q.base == sign * delta.q.base
            and a.q.segment == b.q.segment
            and abs(a.order - b.order) == 1
        ),
        None,
    )
    priors = [i for i in (*behind, *reversed(kindred)) if same(i, delta) and (i.role is Role.PRIOR or i in behind)]
    for prior in [printed] if printed is not None else priors:
        apart = delta.order - prior.order
        sure = prior is printed or (apart == 1 and prior.q.sentence == item.q.sentence) or prior in behind
        outcome = compare_growth_by(item.q.figure, delta.q.figure, prior.q.figure)
        if outcome is not None:
            yield Growth(delta, prior, outcome, sure)
    if printed is not None:
        return
    for current in reversed([i for i in kindred if i not in priors][-2:]):
        for toward in (-sign, 0) if _STARTED.search(current.label) else (-sign,):
            outcome = compare_growth_by(item.q.figure, delta.q.figure, current.q.figure, toward)
            if outcome is not None:
                first = toward == 0 and _INITIAL.search(current.label) is not None and _BY_WORD.search(item.label) is not None
                yield Growth(delta, current, outcome, first and delta.q.sentence - current.q.sentence <= 1)


def _points(passage: Passage, item: Item) -> Claim | None:
    """一本上线率38.4%，比2020年上升2.1%（由36.3%升至38.4%）: a difference of two percentages is told in points."""
    near = passage.items[max(0, item.order - 2) : item.order + 3]
    told = [
        i
        for i in near
        if i.percent
        and i is not item
        and i.q.sentence == item.q.sentence
        and i.q.base
        and (i.role not in _MOVED or _AT.search(i.gap))
    ]
    pairs = [
        (a, b)
        for a in told
        for b in told
        if a.q.base - b.q.base == abs(item.q.base) and _GIVEN.search(b.label + b.gap + item.label)
    ]
    moved = next((p for p in pairs if (p[0].q.base - p[1].q.base) / p[1].q.base * HUNDRED not in item.q.figure.rounded()), None)
    if moved is None or item.hedged or item.q.figure.unit.symbol != "%":
        return None
    current, prior = moved
    value = abs(item.q.base)
    outcome = Outcome(
        Verdict.DISAGREES,
        value,
        f"{plain(value)}个百分点",
        None,
        f"{plain(current.q.base)} - {plain(prior.q.base)} = {plain(value)}个百分点",
        "",
        _AS_SHARE,
    )
    return claim_of(ClaimKind.CHANGE, item, [("current", current), ("base", prior)], outcome, shape="beside", confidence=LIKELY)
