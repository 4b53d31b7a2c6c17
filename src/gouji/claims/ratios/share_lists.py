"""Shares told as a list: the n-th percentage of the n-th figure, and lists that make up the whole, whose members tell one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import compare_percent, compare_ratio
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure, Interval, Unit

OUT = {Role.UP, Role.DOWN, Role.STANDARD, Role.DEDUCTED, Role.EXTREME}

_RESPECTIVELY = re.compile(r"分别占|各占|占比(?:依次|分别)|比例(?:依次|分别)|比重(?:依次|分别)")


def respectively(passage: Passage, item: Item) -> tuple[Item, Item, str] | None:
    """A甲、B乙、C丙，分别占X的a%、b%、c%: the n-th percentage belongs to the n-th figure before 分别占."""
    if not item.percent:
        return None
    head = item
    place = 0
    while not _RESPECTIVELY.search(head.gap):
        if re.match(r"，?占", head.gap) and _told_one_by_one(passage, head):
            break
        previous = passage.items[head.order - 1] if head.order else None
        if previous is None or not previous.percent or not re.fullmatch(r"\s*[、，和及与]\s*", head.gap):
            return None
        head, place = previous, place + 1
    length = 1
    while head.order + length < len(passage.items):
        after = passage.items[head.order + length]
        if not after.percent or not re.fullmatch(r"\s*[、，和及与]\s*", after.gap):
            break
        length += 1
    parts = [i for i in passage.items[: head.order] if i.q.sentence == head.q.sentence and not i.percent and i.role not in OUT]
    if len(parts) > length > 1 and parts[-1].q.base == sum((p.q.base for p in parts[-length - 1 : -1]), ZERO):
        parts = parts[:-1]  # 甲A，乙B，两项合计T，分别占a和b
    if length < 2 or len(parts) < length or not all(kin(p.q, parts[-1].q) for p in parts[-length:]):
        return None
    name = re.search(r"占([^，。；：]{0,30})$", head.label)
    return item, parts[len(parts) - length + place], name[1] if name else ""


def _told_one_by_one(passage: Passage, head: Item) -> bool:
    """甲、乙分别为A和B，占X的a%和b%: whether the figures before the first percentage are a list told one by one."""
    item = head
    while item.order and re.fullmatch(r"\s*[、，和及与]\s*", passage.items[item.order - 1].gap):
        item = passage.items[item.order - 1]
    return item.order > 0 and re.search(r"分别|依次", passage.items[item.order - 1].gap) is not None


def closed(group: Sequence[tuple[Item, Item, str]]) -> bool:
    """Whether shares told in the same words make up the whole: 占71.81%, 占28.19%."""
    total = sum((i.q.base for i, _, _ in group), ZERO)
    slack = sum((i.q.figure.ulp for i, _, _ in group), ZERO) / 2
    alike = len({n for _, _, n in group}) == 1 and all(kin(p.q, group[0][1].q) for _, p, _ in group)
    plain = all(i.q.base and not i.hedged and not p.hedged and not p.q.chinese for i, p, _ in group)
    return alike and plain and len({id(p) for _, p, _ in group}) == len(group) and abs(total - HUNDRED) <= slack


def both_of(group: Sequence[tuple[Item, Item, str]], own: Figure) -> Iterator[Claim]:
    """基本支出A，占71.81%；项目支出B，占28.19%: of A + B, where no whole is printed of which either is."""
    item, part, _ = group[0]
    outcome = compare_ratio(item.q.figure, part.q.figure, own)
    if outcome is not None:
        others = [("part", part), ("part", group[1][1])]
        yield claim_of(ClaimKind.SHARE, item, others, outcome, shape="own_total", confidence=LIKELY)


def odd_one(item: Item, part: Item, name: str, group: Sequence[tuple[Item, Item, str]], *, closed: bool) -> Claim | None:
    """A占支出的21.92%，B占16.32%，C占13.50%: where the whole is not printed, the others tell it."""
    others = [(i, p) for i, p, n in group if i is not item and n == name and i.q.base and not i.hedged and kin(p.q, part.q)]
    if len(others) < 2 or (len(name) < 3 and not closed) or item.hedged or part.hedged:
        return None
    low = max(p.q.base / (i.q.base + i.q.figure.ulp / 2) for i, p in others) * HUNDRED
    high = min(p.q.base / (i.q.base - i.q.figure.ulp / 2) for i, p in others if i.q.base > i.q.figure.ulp / 2) * HUNDRED
    if low > high or (high - low) * 100 > high:
        return None  # they tell no whole, or one too vague
    whole = Figure((low + high) / 2, 2, Unit("元", part.q.dimension))
    outcome = compare_ratio(item.q.figure, part.q.figure, whole)
    if outcome is None or abs(outcome.right - item.q.base) <= 2 * item.q.figure.ulp:
        return None
    value = outcome.right
    near = compare_percent(
        item.q.figure,
        value,
        Interval(part.q.base / high * HUNDRED, part.q.base / low * HUNDRED),
        f"按其余各项占比推算，{part.q.raw}占",
    )
    return (
        claim_of(ClaimKind.SHARE, item, [("part", part)], near, shape="implied", confidence=LIKELY) if not near.holds else None
    )


def own_total(group: Sequence[tuple[Item, Item, str]]) -> Figure | None:
    """The sum of the parts themselves, where no whole is printed."""
    parts = [p for _, p, _ in group]
    if len(parts) < 2 or any(not kin(p.q, parts[0].q) for p in parts):
        return None
    value = sum((p.q.base for p in parts), ZERO)
    if parts[0].q.dimension is Dimension.SCORE and value != HUNDRED:
        return None  # 自评91.2分，占60%；第三方评价74.3分，占40%: how much each counts
    unit = parts[0].q.figure.unit
    return Figure(value / unit.factor, max(p.q.figure.places for p in parts), unit)
