"""Shares whose whole stands above them: 完成投资3,525万元。/（一）甲，1,410万元，占40%；/（二）乙，1,057.5万元，占30%；…

Each percentage is told bare (占40%), right behind its part, in one paragraph or in the items of a list. The whole is the figure above that
bears out all of them but one; of two shares the words before them must name it (总支出里，甲A，占P；乙B，占Q).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from gouji.claims.arithmetic import Outcome, compare_ratio
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.paragraphs import mark_of
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, Dimension, Figure

_BARE = re.compile(r"占比?(?:为|达|约)?")
_BEHIND = re.compile(r"\s?(?:，|、|（|，?其?所?)占比?(?:为|达)?\s?")
_OUT = frozenset({Role.UP, Role.DOWN, Role.STANDARD, Role.DEDUCTED, Role.WEIGHT})
_BACK = 3  # paragraphs with figures above, in which the whole may stand
_LEAST = 3
_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
_Pair = tuple[Item, Item]  # the percentage and its part


def find(scene: Scene, settled: AbstractSet[int]) -> Iterator[Claim]:
    """A claim for every share of such a list that `settled` (by identity of the percentages) does not hold."""
    run: list[tuple[Passage, _Pair]] = []
    for passage in scene.telling("占"):
        pairs = _pairs(passage)
        one = (passage, pairs[0]) if len(pairs) == 1 and mark_of(passage.text) else None
        if one is None or not run or not _goes_on(run[-1], one):
            yield from _listed(scene, run, settled)
            run = []
        if one is not None:
            run.append(one)
        elif len(pairs) > 1:
            yield from _judged(pairs, _above(scene, passage, pairs), settled)
            yield from _named(scene, passage, pairs, settled)
    yield from _listed(scene, run, settled)


def _pairs(passage: Passage) -> list[_Pair]:
    """The bare shares of a paragraph with the figures right before them; none where one of them has none."""
    found: list[_Pair] = []
    for item in passage.items:
        if not item.percent or not _BARE.fullmatch(item.label):
            continue
        part = passage.items[item.order - 1] if item.order else None
        if part is None or part.q.dimension not in _FIGURES or not _BEHIND.fullmatch(item.gap) or not part.q.base:
            return []
        if item.hedged or part.hedged or part.role in _OUT:
            return []
        found.append((item, part))
    alike = all(kin(part.q, found[0][1].q) for _, part in found)
    return found if alike and len({i.q.sentence for i, _ in found}) < 2 else []


def _goes_on(last: tuple[Passage, _Pair], one: tuple[Passage, _Pair]) -> bool:
    near = one[0].block.index - last[0].block.index == 1
    return near and mark_of(last[0].text) == mark_of(one[0].text) and kin(last[1][1].q, one[1][1].q)


def _listed(scene: Scene, run: Sequence[tuple[Passage, _Pair]], settled: AbstractSet[int]) -> Iterator[Claim]:
    if len(run) >= _LEAST:
        pairs = [pair for _, pair in run]
        yield from _judged(pairs, _above(scene, run[0][0], pairs), settled)


def _above(scene: Scene, passage: Passage, pairs: Sequence[_Pair]) -> list[Item]:
    """The figures that may be the whole, the nearest first."""
    at = scene.order[passage.block.index]
    first, largest = pairs[0][1], max(p.q.base for _, p in pairs)
    near = [*(i for p in scene.passages[max(0, at - _BACK) : at] for i in p.items), *passage.items[: first.order]]
    return [i for i in reversed(near) if kin(i.q, first.q) and i.q.base > largest and not i.hedged and i.role not in _OUT]


def _judged(pairs: Sequence[_Pair], wholes: Sequence[Item], settled: AbstractSet[int]) -> Iterator[Claim]:
    """The shares of the whole that bears out all of them but one at the most."""
    if len(pairs) < _LEAST or all(id(i.q) in settled for i, _ in pairs):
        return
    best: list[tuple[Item, Item, Item, Outcome]] = []
    held = len(pairs) - 2
    for whole in wholes:
        tried = [(i, p, whole, o) for i, p in pairs if (o := compare_ratio(i.q.figure, p.q.figure, whole.q.figure))]
        holding = sum(o.holds for *_, o in tried)
        if holding > held:
            best, held = tried, holding
    if held < len(pairs) and _of_their_own(pairs):
        return
    for item, part, whole, outcome in best:
        slight = abs(outcome.right - item.q.base) < item.q.figure.ulp * 2
        if id(item.q) in settled or (not outcome.holds and slight):
            continue  # 31% for 31.6%: of a whole that is not printed
        sure = SURE if outcome.holds or len(pairs) > _LEAST else LIKELY
        yield claim_of(ClaimKind.SHARE, item, [("part", part), ("base", whole)], outcome, shape="apart", confidence=sure)


def _of_their_own(pairs: Sequence[_Pair]) -> bool:
    """Whether the parts' own sum bears all of them out."""
    unit = pairs[0][1].q.figure.unit
    own = Figure(sum((p.q.base for _, p in pairs), ZERO) / unit.factor, 2, unit)
    outcomes = [compare_ratio(i.q.figure, p.q.figure, own) for i, p in pairs]
    return all(o is not None and o.holds for o in outcomes)


def _named(scene: Scene, passage: Passage, pairs: Sequence[_Pair], settled: AbstractSet[int]) -> Iterator[Claim]:
    """总支出里，人员支出A，占P；药品耗材B，占Q；…: the whole called by its name, one of the two borne out."""
    first = pairs[0][1]
    lead = passage.text[: first.q.label_start].rpartition("。")[2]
    if len(pairs) != _LEAST - 1 or any(id(i.q) in settled for i, _ in pairs):
        return
    for whole in _above(scene, passage, pairs):
        if len(whole.label) < 2 or not any(f"{whole.label}{word}" in lead for word in ("里", "中", "当中", "内")):
            continue
        tried = [(i, p, o) for i, p in pairs if (o := compare_ratio(i.q.figure, p.q.figure, whole.q.figure))]
        if len(tried) == len(pairs) and any(o.holds for *_, o in tried):
            for item, part, outcome in tried:
                sure = SURE if outcome.holds else LIKELY
                others = [("part", part), ("base", whole)]
                yield claim_of(ClaimKind.SHARE, item, others, outcome, shape="apart", confidence=sure)
        return
