"""Claims whose figures are all that their sentence tells: 办班19期，花费62.536万元，每期平均4.73万元.

Where a sentence holds nothing but the figures of one relation, one right behind the other, they were meant for one another however far
off the result is. A word that sets a figure apart (另, 主要, 含, 部分) leaves it open.
"""

from __future__ import annotations

from decimal import Decimal

from gouji.claims.scene import Scene, how_many
from gouji.claims.vocabulary import OPENING_WORDS, partition_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension

_OPEN = re.compile(
    r"另|主要|重点|(?<![两二三四五六七八九十])部分|含|重[复叠]|交叉|兼|最[高低多]|上限|下限|以[内上下](?!旧|来)|不超|同比|去年|以前|剔除|(?<!节)约(?!束)|左右|先后|暂|历年|滚存|等[^级候待]"
)
_SIZED = re.compile(
    r"(?:限额|规模|标准|[十百千万亿]+[人吨亩元户米]{1,2})(?:（不?含）|及)?以[上下]|(?<=级)及?以下"
)  # names, no bounds
_AT_THE_END = re.compile(r"年末|期末|年底|累计|结转")
_AT_FIRST = re.compile(r"年初|期初|上年|上期|月初")
_FAR = Decimal("0.5")  # the smaller value over the larger one: further off, the figures are of other things
_LISTED = ("after", "respect", "follows", "includes", "bracket", "partition", "parallel", "slip", "listed")
_KINDS = (ClaimKind.TOTAL, ClaimKind.PRODUCT, ClaimKind.AVERAGE, ClaimKind.BALANCE, ClaimKind.CHANGE)
_TWO = 2


def alone(scene: Scene, claim: Claim) -> bool:
    """Whether the claim's figures stand alone, and near enough to the result that one of them is likely to be mistaken."""
    stated = claim.operands[0].quantity
    if claim.kind not in _KINDS or stated is None or claim.right is None or stated.cell is not None:
        return False
    if claim.kind is ClaimKind.TOTAL and (len(claim.operands) < 3 or not (claim.shape in _LISTED or _too_many(claim))):
        return False
    if claim.kind is ClaimKind.CHANGE and claim.shape != "saving":
        return False
    if claim.kind is ClaimKind.BALANCE and not _opened(claim):
        return False
    low, high = sorted((abs(stated.base), abs(claim.right)))
    copied = claim.kind is not ClaimKind.AVERAGE and any(
        o.quantity is not None and o.quantity.base == stated.base for o in claim.operands[1:]
    )
    return (low >= high * _FAR or copied) and sole(scene, claim)


def _too_many(claim: Claim) -> bool:
    """其中高级职称10人，中级职称25人，初级职称26人: parts that do not overlap, and are more than their whole."""
    stated, labels = claim.operands[0].quantity, [o.quantity.label for o in claim.operands[1:] if o.quantity is not None]
    if claim.shape != "which" or stated is None or claim.right is None or claim.right <= stated.base:
        return False
    same = any(o.quantity is not None and o.quantity.base == stated.base for o in claim.operands[1:])
    return partition_of(labels) is not None or (same and stated.dimension is Dimension.MONEY and len(labels) > _TWO)


def _opened(claim: Claim) -> bool:
    """Whether what is left at the end of a year is told with what the year began with: 年末结余 may hold more than the year's own."""
    labels = [o.quantity.label for o in claim.operands if o.quantity is not None]
    return not _AT_THE_END.search(labels[0]) or any(
        _AT_FIRST.search(label) or OPENING_WORDS.search(label) for label in labels[1:]
    )


def sole(scene: Scene, claim: Claim) -> bool:
    """Whether the claim's figures are the only ones of their sentence, one right behind the other."""
    passage = scene.by_block.get(claim.operands[0].span.block)
    spans = {o.span for o in claim.operands}
    mine = [i for i in passage.items if i.q.span in spans] if passage is not None else []
    if passage is None or len(mine) != len(spans) or any(i.hedged for i in mine) or len({i.q.sentence for i in mine}) > 1:
        return False
    others = [i for i in passage.items if i.q.sentence == mine[0].q.sentence and i not in mine]
    if any(not how_many(i) for i in others):
        return False
    words = _SIZED.sub("", passage.text[mine[0].q.label_start : mine[-1].q.span.end + 6])
    return _OPEN.search(words) is None
