"""The ways to read which figures are the parts of a whole, the plainest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import Outcome, chance, compare_sum, sums_up
from gouji.claims.scene import Item, kin
from gouji.claims.sums.cues import APART, NOT_A_PART, NOT_COUNTED, SUM_AFTER
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Verdict
from gouji.model.quantity import Dimension

_LONGEST = 60  # parts of one list in a sentence
_SELDOM = Decimal("0.01")
_OWN_TOTAL = re.compile(r"总[额量数值]$")
_SUMMING = re.compile(r"(?:小计|合计|共计|总计)$")


def readings_of(whole: Item, sentence: Sequence[Item], first: int) -> Iterator[list[Item]]:
    """The ways to read which figures are the parts of `whole`, the plainest first: most often it ties, and no other is made."""
    head = sentence[first]
    region: list[Item] = []
    for item in sentence[first:]:
        if item.q.depth < head.q.depth or (region and (SUM_AFTER.match(item.gap) or APART.search(item.gap))):
            break
        if region and NOT_COUNTED.match(item.after):
            break
        if region and item.q.dimension is Dimension.SCORE and item.gap in ("，共", "；共"):
            break
        if item.q.depth == head.q.depth and kin(item.q, whole.q) and (head.q.chinese or not item.q.chinese):
            region.append(item)  # 市本级168个，东关、西屏、南岗三个街道共404个: 三个 tells how many names there are
    if len(region) > _LONGEST:
        return
    base = [i for i in region if i.role not in NOT_A_PART] if whole.role not in (Role.UP, Role.DOWN) else region
    if not base:
        return
    if whole.q.dimension is Dimension.SCORE:
        weights = whole.role is Role.WEIGHT
        base = [i for i in base if (i.role is Role.WEIGHT) == weights] or base
    members = [i for i in base if not _SUMMING.search(i.gap)]
    readings = [members, base] if 2 <= len(members) < len(base) else [base]
    yield from readings
    segment = [i for i in base if i.q.segment == head.q.segment]
    own = _own_segment(whole, base)
    complete = own is not None and v.partition_of([i.label for i in own]) is not None
    firsts = [] if complete else first_of_each(base)
    nested = _without_nested(base)
    same_role = [i for i in base if i.role is whole.role]
    spent = [i for i in base if i.role is Role.SPENT]
    budget = [i for i in base if i.role is Role.BUDGET]
    cut = _until_next_whole(base)
    bracket = _in_bracket(sentence, whole, first)
    if bracket and base:
        more = [[*bracket, *[i for i in base if i.role is not Role.SPENT]], [*bracket, *base]]
        readings += more
        yield from more
    later = (
        [i for i in base if i.q.segment != head.q.segment] if len(segment) == 1 else []
    )  # 其中湿地A；分区为保育区B、恢复区C、利用区D
    for reading in (nested, cut, segment, later, firsts, same_role, spent, budget):
        if len(reading) >= 2 and reading not in readings:
            readings.append(reading)
            yield reading
    for k in range(len(base) - 1, 1, -1):
        if base[:k] not in readings and _breaks(base, k):
            readings.append(base[:k])
            yield base[:k]
    yield from _own_clause(whole, head, sentence, readings)


def _own_clause(whole: Item, head: Item, sentence: Sequence[Item], known: Sequence[list[Item]]) -> list[list[Item]]:
    """T，其中结转上年A、当年B；用掉C: what stands in the whole's own segment, whatever the roles, if it ties."""
    own = [
        i
        for i in sentence
        if i.q.segment == head.q.segment == whole.q.segment
        and i.order > whole.order
        and i.q.depth == head.q.depth
        and kin(i.q, whole.q)
    ]
    if len(own) < 2 or own in known or compare_sum(whole.q.figure, [i.q.figure for i in own]).verdict is not Verdict.AGREES:
        return []
    return [own]


def _breaks(base: Sequence[Item], k: int) -> bool:
    """Whether a list may end before its item k: the marks change there, or other words or figures come between."""
    before, here = base[k - 1], base[k]
    if _another_whole(before, here):
        return True
    if here.order - before.order > 1 or here.q.segment != before.q.segment:
        return True
    marks = {i.q.mark for i in base[1:k]}
    return (
        here.q.mark not in marks
        or re.search(r"另|其中|此外|还|同时|比|较|(?<![一二三四五六七八九十两])年|除", here.gap) is not None
    )


def _another_whole(before: Item, here: Item) -> bool:
    """资产总额A，其中甲B、乙C，负债总额D: what is called a total itself behind parts that are not is none of them."""
    debts = "负债" in here.label and "负债" not in before.label
    return debts or (_OWN_TOTAL.search(here.label) is not None and _OWN_TOTAL.search(before.label) is None)


def _in_bracket(sentence: Sequence[Item], whole: Item, first: int) -> list[Item]:
    """预算580万元（含上年结转46.20万元），其中…: what the bracket behind the whole sets apart counts as a part."""
    at = sentence.index(whole) if whole in sentence else -1
    if at < 0:
        return []
    return [
        i
        for i in sentence[at + 1 : first]
        if i.q.depth > whole.q.depth and kin(i.q, whole.q) and re.search(r"（(?:含|其中)", i.gap)
    ]


def first_of_each(base: Sequence[Item]) -> list[Item]:
    seen: set[int] = set()
    out = []
    for item in base:
        if item.q.segment not in seen:
            seen.add(item.q.segment)
            out.append(item)
    return out


def _own_segment(whole: Item, base: Sequence[Item]) -> list[Item] | None:
    """T，其中A、B；…: what stands behind the ； is another statement, when the whole's own segment lists two parts or more."""
    head = base[0].q.segment
    own = [i for i in base if i.q.segment == head]
    if base[0].q.depth > whole.q.depth or any(re.search(r"其中|包括|含", i.gap) for i in own[1:]):
        return None  # one bracket holds one list
    return own if 2 <= len(own) < len(base) and whole.q.segment == head else None


def _without_nested(base: Sequence[Item]) -> list[Item]:
    """The parts without those that a second 其中 or 包括 breaks down, up to the next ；."""
    out: list[Item] = []
    skip_segment: int | None = None
    for n, item in enumerate(base):
        inner = n > 0 and re.search(r"其中|[，：；（]\s*[\u4e00-\u9fff]{0,6}(?:包括|包含|含|分别为)", item.gap) is not None
        if inner:
            skip_segment = item.q.segment
        if skip_segment is not None and item.q.segment == skip_segment:
            continue
        out.append(item)
    return out


def _until_next_whole(base: Sequence[Item]) -> list[Item]:
    """The parts up to the figure that the next 其中 breaks down, when that figure begins another statement."""
    for n, item in enumerate(base):
        if n > 1 and "其中" in item.gap:
            return list(base[: n - 1])
        if n > 1 and _another_whole(base[n - 1], item):
            return list(base[:n])
    return list(base)


def plainest(whole: Item, base: list[Item]) -> tuple[Item, list[Item], Outcome]:
    """Among readings that do not tie, the one an auditor would take: parts of the whole's own role, without nested ones."""
    below = next((n for n, i in enumerate(base) if n > 1 and "其中" in i.gap), 0)
    if below and v.partition_of([i.label for i in base[:below]]) is not None:  # 出国A；接待B；车辆C，其中购置D；运行E
        return whole, base[:below], compare_sum(whole.q.figure, [p.q.figure for p in base[:below]])
    roles = {i.role for i in base}
    candidates = [base]
    cut = _until_next_whole(base)
    if 2 <= len(cut) < len(base):
        candidates.insert(0, cut)
        base = cut
    if whole.role is Role.BUDGET and Role.SPENT in roles and any(i.role not in (Role.SPENT, Role.BUDGET) for i in base):
        candidates.insert(0, [i for i in base if i.role is not Role.SPENT])
    elif {Role.BUDGET, Role.SPENT} <= roles:
        role = whole.role if whole.role in roles else Role.BUDGET
        candidates.insert(0, [i for i in base if i.role is role])
    nested = _without_nested(base)
    if len(nested) >= 2 and len(nested) < len(base):
        candidates.insert(0, nested)
    own = _own_segment(whole, base)
    if own is not None:
        candidates.insert(0, own)
    parts = candidates[0] if len(candidates[0]) >= 2 else base
    return whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts])


def slipped(readings: Sequence[tuple[Item, list[Item]]]) -> tuple[Item, list[Item], Outcome] | None:
    """The first of several readings, none of which ties, that one slip of the pen explains which no chance would."""
    for whole, parts in readings:
        figures = [p.q.figure for p in parts]
        if not any(i.hedged for i in (whole, *parts)) and chance(whole.q.figure, figures) <= _SELDOM:
            return whole, parts, compare_sum(whole.q.figure, figures)
    return None


def ties(whole: Item, rest: Sequence[Item]) -> bool:
    parts = [i for i in rest if kin(i.q, whole.q) and i.role not in NOT_A_PART]
    figures = [p.q.figure for p in parts]
    return any(sums_up(whole.q.figure, figures[:k]) for k in range(len(figures), 1, -1))
