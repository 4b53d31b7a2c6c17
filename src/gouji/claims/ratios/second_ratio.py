"""What a percentage that no other finder has settled may be the quotient of, by the figures that stand around it.

The base stands inside the phrase (占全部418个小区的92.3%, 为目标（380人）的108.4%); the two figures are called what was set and what was done,
whatever the percentage is called (目标550万页，完成595万页，为108.2%); they follow the percentage (按时处置率96.7%，派件18,420件，处置17,812件).
Figures that merely stand nearest bear a precise percentage out and never accuse it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.claims.ratios import rate_counts
from gouji.claims.scene import Item, Passage, kin, wholes
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import Dimension
from gouji.model.record import record

FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
OUT = frozenset({Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT})
_ENTERS = re.compile(r"(?:占|为|是|相当于|等于|达到?|完成|只有|恢复到|对照|对比|折合)[^，。；：\d]{0,16}$")
_CLOSES = re.compile(
    r"[^，。；：\d]{0,14}的\s?(?:比例|比重|比率)?(?:为|达)?\s?|[^，。；：\d]{0,4}(?:任务|目标|计划)，完成(?:了|率)?(?:为|达)?\s?"
)
_NEXT = re.compile(  # what may stand between two figures and the percentage that they make
    r"\s?）?，?(?:这|也|即|就是|也就是|折合|实际|恰|恰好|约|刚好)*(?:完成|实现|达|达到|达成|为|是|得|测得|执行|支出|用去|用掉|用了|花掉|花去|付了)?(?:了|率|比例|预算|计划|任务|目标)*(?:为|达|是)?\s?"
)
_COUNTED_BY = re.compile(
    r"(?:以|按|拿|用)(?:全部|上述|实际)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:数|量|额)?(?:的?\s?[\d,.]+\s?[\u4e00-\u9fff]{1,3})?"
    r"(?:为分母|为基数|做分母|作分母|来比|计算?|算|来算|口径(?:计算)?|衡量|计(?=，))(?:的|）|，)?[\u4e00-\u9fff]{0,7}\s?$"
)
_LEFT_RATE = re.compile(r"(?:结余|结转|节余|剩余|沉淀|闲置|未支出|未执行|结转结余)(?:率|比例|比率)(?:为|达|是|约)*$")
_UNSPENT = re.compile(r"\s?(?:资金|经费|预算)?(?:尚|仍|还)?(?:未|没有|没能?|未能)(?:支|使|执|拨|用|花|付)")
_EXECUTION = re.compile(r"(?:执行|支出|支付|使用|完成)(?:率|进度|比例)(?:为|达|是|约)*$")
_OF_OTHERS = re.compile(r"另|其他|其余|下年|次年|明年|上年|去年|追加|20\d\d年")
_GOAL = re.compile(r"目标|计划|任务|预期|指标|应(?!用|急|付|收)|设计|定额|下达")
_STEM = re.compile(r"([\u4e00-\u9fff]{2})率[为达是]?$")
_SENTENCES = 2
_FILLED = re.compile(r"(?:编制|岗位)?(?:使用率|满编率|在编率|到岗率|满员率|用编率|实有率|编制利用率|使用比例)[为达是]?$")
_POSTS = re.compile(r"编制?数?$|编制|岗位|职数|定员")
_PEOPLE = re.compile(r"(?:实有?|在编|在岗|在职|到岗|现有)[\u4e00-\u9fff]{0,4}$")
_REST = re.compile(r"(?:相?差|其?余|剩余?|尚?欠|另|缺口?|不足|少)[\u4e00-\u9fff]{0,2}$")
_LARGER = re.compile(r"一倍|倍|超额|超出|超过|高出")
_PRECISE = 3  # digits of a percentage that chance hardly gives
_NEAR = 4  # figures before it


@record(frozen=True, slots=True)
class Reading:
    """A percentage as `part` of `whole`; `sure` where words bind them, else only a slip of the pen accuses, or nothing where it `ties` only."""

    part: Item
    whole: Item
    sure: bool
    beside: bool = False  # nothing else can be meant, however far off the percentage is
    ties: bool = False
    bound: bool = False  # by the names of all three, each told once
    rest: bool = False  # the part is what fell short: 99.4%（468件中3件逾期）


def told(passage: Passage, item: Item) -> Iterator[Reading]:
    """The readings that words tell."""
    yield from _of_posts(passage, item)
    yield from _left_of(passage, item)
    yield from _budget_behind(passage, item)
    yield from _counted_by(passage, item)
    yield from _of_phrase(passage, item)
    yield from _set_and_done(passage, item)
    yield from _behind(passage, item)


def _usable(item: Item, *, but: Role = Role.PLAIN) -> bool:
    """Whether a figure may be part or whole of a percentage, by its role or `but` for that one role."""
    return item.q.dimension in FIGURES and item.q.base > 0 and (item.role not in OUT or item.role is but)


def _of_posts(passage: Passage, item: Item) -> Iterator[Reading]:
    """核定编制45名，实有48人，编制使用率95.6%: who fills the posts over the posts, right before."""
    two = passage.items[max(0, item.order - 2) : item.order]
    if len(two) < 2 or not _FILLED.search(item.label) or any(i.hedged or i.q.segment != item.q.segment for i in two):
        return
    posts, people = two
    told = _POSTS.search(posts.label) is not None and _PEOPLE.search(people.label) is not None
    if told and kin(posts.q, people.q) and _usable(posts) and _usable(people):
        yield Reading(people, posts, sure=True, beside=True)


def _left_of(passage: Passage, item: Item) -> Iterator[Reading]:
    """安排预算A，到年底还有C没有花出去，结余率P: what is left, right before, of the one budget of the sentence."""
    left = passage.items[item.order - 1] if item.order else None
    if left is None or not _LEFT_RATE.search(item.label) or not left.money or left.q.sentence != item.q.sentence:
        return
    if left.role is not Role.LEFT and not _UNSPENT.match(left.after):
        return
    here = [i for i in passage.items[: left.order] if i.money and i.q.sentence == item.q.sentence and i.role is not Role.SPENT]
    if len(here) == 1 and here[0].role in (Role.BUDGET, Role.INCOME) and here[0].q.base > left.q.base and not left.hedged:
        yield Reading(left, here[0], sure=True, beside=True, bound=True)


def _budget_behind(passage: Passage, item: Item) -> Iterator[Reading]:
    """支出A、执行率P，与之对应的全年预算数为B: the budget right behind, where none stands before."""
    spent = passage.items[item.order - 1] if item.order else None
    budget = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if spent is None or budget is None or not _EXECUTION.search(item.label):
        return
    here = [i for i in passage.items if i.q.segment == item.q.segment and i.money]
    told = spent.role is Role.SPENT and budget.role is Role.BUDGET and here == [spent, budget]
    if told and not (spent.hedged or budget.hedged) and spent.q.depth == budget.q.depth and not _OF_OTHERS.search(budget.gap):
        yield Reading(spent, budget, sure=True, beside=True, bound=True)


def _counted_by(passage: Passage, item: Item) -> Iterator[Reading]:
    """以有效卷计92.7%; 规范管理率（以在册数为分母）93.7%; 以合同总额1655万元为分母，则是95.67%: the base called what is divided by."""
    start = passage.items[item.order - 2].q.span.end if item.order > 1 else 0
    match = _COUNTED_BY.search(passage.text, start, item.q.span.start)
    if match is None:
        return
    name = match["name"]
    before = [i for i in passage.items[: item.order] if _usable(i, but=Role.PRIOR)]
    wholes_ = [i for i in before if name[:4] in i.label or (len(name) == 2 and name in i.label + i.q.noun[:3])]
    if len({i.q.base for i in wholes_}) != 1:
        return
    whole = wholes_[-1]
    parts = [i for i in before if i is not whole and kin(i.q, whole.q) and not _REST.search(i.label)]
    if whole.money:
        parts = [i for i in parts if i.role is Role.SPENT]
    if parts:
        near = item.order - parts[-1].order <= 2 or (whole.order > parts[-1].order and item.order - parts[-1].order <= 3)
        stem = _STEM.search(item.label)
        only = len({i.q.base for i in parts if item.q.sentence - i.q.sentence <= _SENTENCES}) == 1
        if whole.money and stem is not None and only and item.order - whole.order == 1 and stem[1] in parts[-1].label:
            yield Reading(parts[-1], whole, sure=item.q.sentence - parts[-1].q.sentence <= _SENTENCES)
            return
        yield Reading(parts[-1], whole, sure=near and parts[-1].q.sentence >= item.q.sentence - 1, ties=not near)


def _of_phrase(passage: Passage, item: Item) -> Iterator[Reading]:
    """覆盖居民小区386个，占全部418个小区的92.3%: the base stands inside the phrase, what is of it before."""
    base = passage.items[item.order - 1] if item.order else None
    if base is None or not _usable(base, but=Role.PRIOR) or base.q.segment != item.q.segment or not _CLOSES.fullmatch(item.gap):
        return
    start = passage.items[base.order - 1].q.span.end if base.order else 0
    if not _ENTERS.search(passage.text, start, base.q.span.start):
        return
    parts = wholes(
        [i for i in passage.items[: base.order] if i.q.sentence == item.q.sentence and _usable(i) and kin(i.q, base.q)]
    )
    for part in reversed(parts[-_NEAR:]):
        beside = part is parts[-1] and part.q.segment == item.q.segment and base.order - part.order == 1
        yield Reading(part, base, sure=beside, ties=not beside)


def _set_and_done(passage: Passage, item: Item) -> Iterator[Reading]:
    """强检6.8万台，实检6.5万台，95.6%; 成交额21.7亿元，目标18亿元，完成120.6%: two figures right before the percentage."""
    before = passage.items[max(0, item.order - 8) : item.order]
    two = wholes([i for i in before if i.q.sentence == item.q.sentence])[-2:]
    if len(two) < 2 or not kin(two[0].q, two[1].q) or any(_REST.search(i.label) for i in two):
        return
    goals = [i for i in two if _GOAL.search(i.label)]
    if not all(_usable(i, but=Role.STANDARD if len(goals) == 1 else Role.PLAIN) for i in two):
        return
    if not _NEXT.fullmatch(item.gap):
        return
    first, second = two
    if not first.q.segment == second.q.segment == item.q.segment or first.q.sentence != item.q.sentence:
        return
    if second.gap.strip() == "/":
        yield Reading(first, second, sure=True)
        return
    if len(goals) == 1 and not _LARGER.search(item.gap):
        yield Reading(second if goals[0] is first else first, goals[0], sure=True)
    elif rate_counts.due_and_done(first, second) and first.q.dimension is Dimension.COUNT:
        yield Reading(second, first, sure=True)
    elif {i.role for i in two} == {Role.BUDGET, Role.SPENT}:
        spent, budget = two if first.role is Role.SPENT else (second, first)
        yield Reading(spent, budget, sure=True)


def _behind(passage: Passage, item: Item) -> Iterator[Reading]:
    """实际96.7%，全年派件18,420件，按时处置17,812件: two figures behind a percentage that has none of its own before it."""
    two = passage.items[item.order + 1 : item.order + 3]
    if len(two) < 2 or not all(_usable(i) for i in two) or not kin(two[0].q, two[1].q):
        return
    near = two[1].q.sentence - item.q.sentence <= 1 and not re.search("[。；]", two[1].gap)
    if near and not re.search(r"[；。]", two[0].gap[:1] if two[0].q.sentence == item.q.sentence else ""):
        part, whole = sorted(two, key=lambda i: i.q.base)
        yield Reading(part, whole, sure=False, ties=True)
        yield Reading(whole, part, sure=False, ties=True)


def nearest(passage: Passage, item: Item) -> Iterator[Reading]:
    """The last figure before a precise percentage, of each of those just before it, and the other way round; no more than a tie."""
    if len(str(abs(item.q.figure.value)).replace(".", "").lstrip("0")) < _PRECISE:
        return
    figures = [
        i for i in passage.items[max(0, item.order - 8) : item.order] if _usable(i) and item.q.sentence - i.q.sentence <= 1
    ]
    pairs: list[tuple[Item, Item]] = []
    for last in figures[-1:]:
        pairs += [(last, i) for i in reversed(figures[-_NEAR - 1 : -1])]
    pairs += [(b, a) for a, b in pairwise(figures[-3:-1])]
    for one, other in pairs:
        if kin(one.q, other.q):
            yield Reading(one, other, sure=False, ties=True)
            yield Reading(other, one, sure=False, ties=True)
