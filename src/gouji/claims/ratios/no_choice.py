"""Percentages whose figures leave no choice: how far off they are is then no sign that others are meant.

Two figures of one kind and a percentage that stand alone in their segment, each called what the quotient takes it for; a share told in the
words of its siblings, which are borne out of the same whole; a growth behind the difference of two printed figures that is borne out itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gouji.claims.ratios import rate_counts
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Dimension

_QUOTIENTS = (ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.CHANGE)
_FOLLOWS = re.compile(  # what is said to follow from the figures right before
    r"据此|按此|由此|照此|依此|以此|(?:计|换|折|推)算(?:下来|后|得|可得)|算下来|算得|两者(?:相除|相比|之比)|二者(?:相除|相比|之比)|相除"
)
_SEVERAL = re.compile(  # a percentage of more than the two figures beside it
    r"总体|综合|平均|合并|累计|整体|总的?(?:执行|完成|支付|支出|到位|满意)|连同|加上|口径|其余|其他|剔除|扣除|不含|不计|另|全[市县省区]"
)
_GOAL = re.compile(r"目标|要求|标准|不低于|不高于|不少于|力争|拟|预期|预计|争取|将")
_WHOLE = re.compile(r"占([^占，。；：]*?)的?(?:比例|比重|比)?(?:为|达)?$")
_GENERAL = re.compile(r"全部|全年|总|所有|本|的|数|量|额")
_LEVEL = re.compile(r"中央|省级|市级|[县区]级|乡镇|自筹|上级|本级")
_ALL = re.compile(r"\s?(?:已?全部|均|都)")
_KEY = re.compile(r"调整|年初|全年预算|到位|批复")
_EXECUTED = re.compile(r"支出|执行|支付|列支|使用")
_STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|比例|进度)")


class NoChoice:
    """Asks of a failing claim whether its figures leave no choice. `holding`: the claims that are borne out."""

    def __init__(self, scene: Scene, holding: Iterable[Claim]) -> None:
        self._scene = scene
        self._shares: set[tuple[Span | None, str]] = set()
        self._of_base: Counter[tuple[Span | None, str, int, int]] = Counter()  # … and where they are told
        self._apart: set[tuple[Span, Span]] = set()
        self._saved: set[frozenset[Span]] = set()  # the two prices of every saving that is borne out
        self._compared: dict[Span, frozenset[Span]] = {}  # the two figures of every growth that is borne out
        for claim in holding:
            stated = claim.operands[0].quantity
            percent = stated is not None and stated.dimension is Dimension.PERCENT
            if percent and claim.kind is ClaimKind.CHANGE and stated is not None and stated.figure.places:
                self._compared[stated.span] = frozenset(o.span for o in claim.operands[1:])
            if claim.kind is ClaimKind.SHARE and stated is not None:
                self._shares.add((_base(claim), _told_as(stated)))
                self._of_base[_base(claim), _told_as(stated), stated.span.block, stated.sentence] += 1
            elif (
                claim.kind is ClaimKind.CHANGE
                and claim.shape == "saving"
                and stated is not None
                and stated.dimension is Dimension.MONEY
            ):
                self._saved.add(frozenset(o.span for o in claim.operands[1:]))
            elif claim.kind is ClaimKind.CHANGE and claim.shape == "amount" and _base(claim) is not None:
                self._apart.update((claim.operands[0].span, o.span) for o in claim.operands[1:])

    def __call__(self, claim: Claim) -> bool:
        stated = claim.operands[0].quantity
        others = [o.quantity for o in claim.operands[1:] if o.quantity is not None]
        if claim.kind not in _QUOTIENTS or stated is None or len(others) != 2:
            return False
        passage = self._scene.by_block.get(stated.span.block)
        if passage is not None and self._one_of_three(claim, stated, others):
            return True
        if passage is None or any(q.span.block != stated.span.block or q.sentence != stated.sentence for q in others):
            return False
        pair = frozenset(o.span for o in claim.operands[1:])
        if claim.shape == "saving" and pair in self._saved:
            return True
        if claim.kind is ClaimKind.CHANGE and stated.dimension is not Dimension.PERCENT:
            at = next((n for n, i in enumerate(passage.items) if i.q is stated), 0)
            behind = passage.items[at + 1].q if at + 1 < len(passage.items) else None
            if behind is not None and self._compared.get(behind.span) == pair:
                return True  # 送审A，审定B，审减D，审减率R: R says that the two were compared
        if claim.kind in (ClaimKind.RATE, ClaimKind.SHARE) and self._worked_out(passage, stated, others):
            return True
        if stated.dimension is Dimension.PERCENT and (self._sibling(claim, stated) or self._behind(passage, claim, others)):
            return True
        return _stand_alone(passage, claim, stated, others)

    def _worked_out(self, passage: Passage, stated: Quantity, others: Sequence[Quantity]) -> bool:
        """批复97万元，…，累计支出79万元，据此计算，执行率56.70%: the percentage is said to follow from what stands right before it."""
        at = next((n for n, i in enumerate(passage.items) if i.q is stated), 0)
        two = [i for i in passage.items[max(0, at - 4) : at] if not i.percent and kin(i.q, others[0])]
        said = at > 0 and _FOLLOWS.search(passage.items[at].gap) is not None
        return (
            said
            and len(two) == len(others)
            and all(any(i.q is q for i in two) for q in others)
            and not any(i.hedged for i in two)
        )

    def _sibling(self, claim: Claim, stated: Quantity) -> bool:
        """A share of the whole that another one of the same words is of."""
        base = _base(claim)
        return claim.kind is ClaimKind.SHARE and base is not None and (base, _told_as(stated)) in self._shares

    def _one_of_three(self, claim: Claim, stated: Quantity, others: Sequence[Quantity]) -> bool:
        """收回190份。“好”133份，占70.0%；“较好”47份，占24.7%；“一般”10份，占8.3%: the two before are of the whole of the sentence before."""
        base = _base(claim)
        if claim.kind is not ClaimKind.SHARE or base is None or stated.dimension is not Dimension.PERCENT:
            return False
        near = [q for q in others if q.span != base]
        beside = bool(near) and near[0].span.block == stated.span.block and near[0].segment == stated.segment
        return beside and self._of_base[base, _told_as(stated), stated.span.block, stated.sentence] > 1

    def _behind(self, passage: Passage, claim: Claim, others: Sequence[Quantity]) -> bool:
        """The one percentage right behind a difference, of the figure that this is borne out to be measured from."""
        if claim.kind is not ClaimKind.CHANGE or (others[0].span, others[1].span) not in self._apart:
            return False
        at = next((n for n, i in enumerate(passage.items) if i.q.span == others[0].span), len(passage.items))
        behind = passage.items[at + 1 : at + 3]
        return bool(behind) and behind[0].q.span == claim.operands[0].span and not any(i.percent for i in behind[1:])


def _base(claim: Claim) -> Span | None:
    return next((o.span for o in claim.operands if o.role == "base"), None)


def _told_as(stated: Quantity) -> str:
    """The words of a share from 占 on; what only a joint parts from the one before it is told like that one."""
    at = stated.label.rfind("占")
    return stated.label[at:] if at >= 0 else "占" if not stated.label else stated.label


def _stand_alone(passage: Passage, claim: Claim, stated: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether three figures follow one another, and nothing else of their kind stands in the segment."""
    beside = [i for i in passage.items if i.q.sentence == stated.sentence and i.q.segment == stated.segment]
    pair = [i for q in others for i in beside if i.q is q]
    item = next((i for i in beside if i.q is stated), None)
    if item is None or len(pair) != 2 or any(i.hedged for i in (*pair, item)):
        return False
    if claim.kind is ClaimKind.RATE and _named_base(passage, item, *pair):
        return True
    if claim.kind is ClaimKind.RATE and _in_turn(item, *pair) and rate_counts.told_by_name(item, pair[1], pair[0]):
        return _plain_words(claim.kind, item, pair)
    if not item.percent:
        beside = [i for i in beside if not (i.percent and i.role in (Role.UP, Role.DOWN))]  # 减支D，下降P，上年为A
    if any(i not in (item, *pair) and (i.percent or i.q.dimension is Dimension.POINTS or kin(i.q, pair[0].q)) for i in beside):
        return False
    orders = sorted(beside.index(i) for i in (item, *pair))
    return orders[2] - orders[0] == 2 and _plain_words(claim.kind, item, pair) and _told(claim.kind, item, *pair)


def _named_base(passage: Passage, item: Item, part: Item, whole: Item) -> bool:
    """年初A，调整后B，支出C，完成调整后预算的P; 按调整后预算计算，执行率P: what was spent right before, the base by its own word."""
    if part.role is not Role.SPENT or item.order - part.order != 1 or not _EXECUTED.search(part.label):
        return False
    key = _KEY.search(item.label) or _KEY.search(item.gap)
    if key is None:
        return False
    called = [i for i in passage.items if i.money and i.q.sentence == item.q.sentence and key[0] in i.label + i.gap[-8:]]
    return called == [whole] and part.q.figure.unit == whole.q.figure.unit


def _in_turn(item: Item, done: Item, due: Item) -> bool:
    """Whether what was to be done, what was, and the percentage follow one another, of counts."""
    counts = done.q.dimension in (Dimension.COUNT, Dimension.MEASURE)
    return counts and item.order - done.order == 1 and done.order - due.order == 1 and done.q.sentence == due.q.sentence


def _plain_words(kind: ClaimKind, item: Item, pair: Sequence[Item]) -> bool:
    standard = any(i.role is Role.STANDARD for i in pair)
    several = any(_SEVERAL.search(i.label) for i in (item, *(pair[:1] if kind is ClaimKind.SHARE else pair)))
    return not standard and not several and _GOAL.search(item.label) is None


def _told(kind: ClaimKind, item: Item, part: Item, whole: Item) -> bool:
    """Whether the words say of each figure that it is what the quotient takes it for."""
    if kind is ClaimKind.SHARE:
        name = _WHOLE.search(item.label)
        core = _GENERAL.sub("", name[1]) if name else ""
        said = whole.label + whole.q.noun[:6]
        alike = [core[n : n + 2] in said for n in range(len(core) - 1)]
        return sum(alike) * 2 >= len(alike)
    if kind is ClaimKind.CHANGE:
        return True
    if not part.money:
        return rate_counts.due_and_done(whole, part) and part.q.base <= whole.q.base
    if _ALL.match(whole.after) or _of_two_levels(part, whole) or part.q.figure.unit != whole.q.figure.unit:
        return False  # 中央资金A全部到位，县级配套到位B，到位率
    stem = _STEM.search(item.label)
    named = stem is not None and stem[1] in part.label and stem[1] not in whole.label
    return whole.order < part.order and (
        named or (part.role is Role.SPENT and whole.role in (Role.BUDGET, Role.PLAIN, Role.INCOME))
    )


def _of_two_levels(part: Item, whole: Item) -> bool:
    levels = [set(_LEVEL.findall(i.label)) for i in (part, whole)]
    return all(levels) and not levels[0] & levels[1]
