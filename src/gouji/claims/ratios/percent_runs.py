"""Percentages told one behind the other: 三者在项目支出中的分量分别为62.8%、21.6%、15.7%; 同比减少96起、71人，降幅10.9%、9.3%.

The n-th percentage is of the n-th figure of a list beside it. Which list, and of which whole, the percentages tell themselves: all of them
but one are borne out by one reading, or both of two by figures that stand right before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from gouji.claims.arithmetic import (
    Outcome,
    compare_growth,
    compare_growth_by,
    compare_ratio,
    compare_sum,
    slipped,
)
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import RATE_LABEL, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure
from gouji.model.record import record

_JOINT = re.compile(r"\s*[、，和及与]\s*")
_MOVED = frozenset({Role.UP, Role.DOWN})
_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE, Dimension.RATE})
_BACK = 14  # figures before a run that its lists are sought in
_PRECISE = 3  # digits
_TOTAL = re.compile(r"合计|共计|总计|共|相加|总额")
_SKIP = re.compile(r"同口径|可比口径|年均|目标|不低于|权重")


@record(frozen=True, slots=True)
class _Reading:
    """One way to read a run: what each percentage is of, in order, and how near its figures stand."""

    kind: ClaimKind
    figures: tuple[tuple[Item, ...], ...]  # of each percentage: the operands that are printed
    roles: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    near: bool  # nothing stands between the figures and the run

    @property
    def holding(self) -> int:
        return sum(o.holds for o in self.outcomes)


def find(passage: Passage, settled: AbstractSet[int]) -> Iterator[Claim]:
    """A claim for every percentage of a run that one reading of the whole run bears out, all but one at the least."""
    for run in _runs(passage):
        if all(id(i.q) in settled for i in run) or any(i.hedged for i in run) or _SKIP.search(run[0].label):
            continue
        reading = _best(run, list(_readings(passage, run)))
        if reading is None:
            continue
        for item, figures, outcome in zip(run, reading.figures, reading.outcomes, strict=True):
            if outcome.holds and id(item.q) in settled:
                continue
            others = list(zip(reading.roles, figures, strict=False))
            sure = outcome.holds or len(run) > 2 or reading.near
            yield claim_of(reading.kind, item, others, outcome, shape="run", confidence=SURE if sure else LIKELY)
        if reading.near and reading.roles == ("part",) and reading.holding == len(run):
            yield from _told_together(passage, run, [f[0] for f in reading.figures], settled)


def _told_together(passage: Passage, run: Sequence[Item], parts: Sequence[Item], settled: AbstractSet[int]) -> Iterator[Claim]:
    """甲209.47万元，乙113.93万元，两项合计32.34万元，分别占64.8%和35.2%: shares of the parts' own sum belie the total between."""
    between = passage.items[parts[-1].order + 1 : run[0].order]
    if not between or id(between[0].q) in settled or not _TOTAL.search(between[0].gap):
        return
    outcome = compare_sum(between[0].q.figure, [p.q.figure for p in parts])
    if not outcome.holds:
        yield claim_of(ClaimKind.TOTAL, between[0], [("part", p) for p in parts], outcome, shape="run")


def _runs(passage: Passage) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in passage.items:
        if run and item.percent and item.order - run[-1].order == 1 and _JOINT.fullmatch(item.gap):
            run.append(item)
            continue
        if len(run) > 1:
            yield run
        run = [item] if item.percent else []
    if len(run) > 1:
        yield run


def _best(run: Sequence[Item], readings: Sequence[_Reading]) -> _Reading | None:
    """The first reading that bears out the whole run, else one of whose failing percentage nothing else can be meant."""
    precise = any(len(str(i.q.figure.value).replace(".", "").lstrip("0")) >= _PRECISE for i in run)
    whole = next((r for r in readings if r.holding == len(run)), None)
    if whole is not None:
        return whole if precise or whole.near else None
    if RATE_LABEL.search(run[0].label):  # 三年执行率依次为: of what stands in turns, no shares of one whole
        readings = [r for r in readings if r.kind is not ClaimKind.SHARE or r.roles == ("part",)]
    if len(run) > 2:
        odd = next((r for r in readings if r.holding == len(run) - 1 and (precise or r.near)), None)
        return odd or next((r for r in (_implied(run, r) for r in readings if r.near) if r is not None), None)
    for reading in readings:
        if reading.holding == 1 and reading.near and precise:
            failing = next((i, o) for i, o in zip(run, reading.outcomes, strict=True) if not o.holds)
            borne = next(i for i, o in zip(run, reading.outcomes, strict=True) if o.holds)
            if borne.q.figure.places and (reading.kind is ClaimKind.SHARE or slipped(failing[0].q.figure, failing[1])):
                return reading
    return None


def _implied(run: Sequence[Item], reading: _Reading) -> _Reading | None:
    """四项占比分别为57.13%、20.45%、13.19%和9.22%: shares that make up a hundred tell the whole of all parts but one."""
    total = sum((i.q.base for i in run), ZERO)
    if reading.roles != ("part",) or abs(total - HUNDRED) > sum((i.q.figure.ulp for i in run), ZERO) / 2:
        return None
    parts = [figures[0] for figures in reading.figures]
    for item, part in zip(run, parts, strict=True):
        value = part.q.figure.value / item.q.base * HUNDRED
        places = part.q.figure.places
        whole = Figure(value.quantize(Decimal(1).scaleb(-places)), places, part.q.figure.unit)
        outcomes = [compare_ratio(i.q.figure, p.q.figure, whole) for i, p in zip(run, parts, strict=True)]
        told = tuple(o for o in outcomes if o is not None)
        if sum(o.holds for o in told) == len(run) - 1 > 1:
            return replace(reading, outcomes=told)
    return None


def _readings(passage: Passage, run: Sequence[Item]) -> Iterator[_Reading]:
    """The readings of a run, those of the nearest lists first."""
    number = len(run)
    lists = list(_lists(passage, run, number))
    if run[0].role in _MOVED:
        for one, other in permutations(lists, 2):
            if not {id(i) for i in one} & {id(i) for i in other}:
                yield from _growths(run, one, other)
        return
    for parts in lists:
        yield from _shares(passage, run, parts)
    for one, other in permutations(lists, 2):
        if not {id(i) for i in one} & {id(i) for i in other} and all(kin(a.q, b.q) for a, b in zip(one, other, strict=True)):
            outcomes = [compare_ratio(p.q.figure, a.q.figure, b.q.figure) for p, a, b in zip(run, one, other, strict=True)]
            yield from _told(
                ClaimKind.RATE, list(zip(one, other, strict=True)), ("numerator", "denominator"), outcomes, near=False
            )


def _lists(passage: Passage, run: Sequence[Item], number: int) -> Iterator[tuple[Item, ...]]:
    """The lists of as many figures as there are percentages, the nearest before the run first, then the one right behind it."""
    before = [
        i
        for i in passage.items[max(0, run[0].order - _BACK) : run[0].order]
        if i.q.dimension in _FIGURES and i.q.base > 0 and not i.hedged
    ]
    for items in (before, [i for i in before if i.q.depth <= run[0].q.depth]):
        for end in range(len(items), number - 1, -1):
            yield tuple(items[end - number : end])
        if all(i.q.depth <= run[0].q.depth for i in before):
            break
    yield from _by_turns(before, number)
    for roles in (_MOVED, {Role.PRIOR}, {Role.SPENT}, {Role.BUDGET}):
        named = [i for i in before if i.role in roles]
        if len(named) >= number and named[-1].order - named[-number].order >= number:
            yield tuple(named[-number:])
    behind = [i for i in passage.items[run[-1].order + 1 :][:number] if i.q.dimension in _FIGURES and i.q.base > 0]
    if len(behind) == number:
        yield tuple(behind)


def _by_turns(before: Sequence[Item], number: int) -> Iterator[tuple[Item, ...]]:
    """2020年预算A、支出B；2021年预算C、支出D: two lists whose members take turns, each called alike."""
    last = list(before[-2 * number :])
    if len(last) < 2 * number:
        return
    ones, others = tuple(last[::2]), tuple(last[1::2])
    if all(len({i.label[-2:] for i in one}) == 1 and one[0].label for one in (ones, others)):
        yield others
        yield ones


def _told(
    kind: ClaimKind,
    figures: Sequence[tuple[Item, ...]],
    roles: tuple[str, ...],
    outcomes: Sequence[Outcome | None],
    *,
    near: bool,
) -> Iterator[_Reading]:
    told = tuple(o for o in outcomes if o is not None)
    if len(told) == len(outcomes):
        yield _Reading(kind, tuple(figures), roles, told, near)


def _shares(passage: Passage, run: Sequence[Item], parts: tuple[Item, ...]) -> Iterator[_Reading]:
    """Of what the parts make up, or of a larger figure of the paragraph."""
    first = parts[0].q
    if any(not kin(p.q, first) for p in parts):
        return
    total = sum((p.q.base for p in parts), ZERO)
    behind = passage.items[parts[-1].order + 1 : run[0].order] if parts[-1].order < run[0].order else []
    near = not behind or (len(behind) == 1 and kin(behind[0].q, first) and _TOTAL.search(behind[0].gap) is not None)
    own = Figure(total / first.figure.unit.factor, max(p.q.figure.places for p in parts), first.figure.unit)
    outcomes = [compare_ratio(i.q.figure, p.q.figure, own) for i, p in zip(run, parts, strict=True)]
    yield from _told(ClaimKind.SHARE, [(p,) for p in parts], ("part",), outcomes, near=near)
    for base in reversed(passage.items[: run[0].order]):
        if base in parts or not kin(base.q, first) or base.q.base < max(p.q.base for p in parts) or base.hedged:
            continue
        outcomes = [compare_ratio(i.q.figure, p.q.figure, base.q.figure) for i, p in zip(run, parts, strict=True)]
        yield from _told(ClaimKind.SHARE, [(p, base) for p in parts], ("part", "base"), outcomes, near=False)


def _growths(run: Sequence[Item], one: tuple[Item, ...], other: tuple[Item, ...]) -> Iterator[_Reading]:
    """`one` told against `other`: current against prior figures, or differences against what they are measured from."""
    if any(not kin(a.q, b.q) for a, b in zip(one, other, strict=True)):
        return
    pairs = list(zip(one, other, strict=True))
    near = run[0].order - min(one[0].order, other[0].order) == 2 * len(run)
    if one[0].role in _MOVED and all(a.role in _MOVED or not a.label for a in one) and not any(b.role in _MOVED for b in other):
        sign = 1 if run[0].role is Role.UP else -1
        yield from _told(ClaimKind.CHANGE, pairs, ("change", "base"), _quotients(run, one, other, 0), near=near)
        yield from _told(ClaimKind.CHANGE, pairs, ("change", "current"), _quotients(run, one, other, -sign), near=near)
    elif not any(i.role in _MOVED for i in (*one, *other)):
        outcomes = [compare_growth(p.q.figure, a.q.figure, b.q.figure) for p, (a, b) in zip(run, pairs, strict=True)]
        yield from _told(ClaimKind.CHANGE, pairs, ("current", "base"), outcomes, near=near)


def _quotients(run: Sequence[Item], deltas: Sequence[Item], bases: Sequence[Item], sign: int) -> list[Outcome | None]:
    """Each difference over its base, or over the current figure less the difference."""
    return [
        compare_growth_by(percent.q.figure, delta.q.figure, base.q.figure, sign)
        for percent, delta, base in zip(run, deltas, bases, strict=True)
    ]
