"""Shares and rates that no other finder has settled, by what their words take for the part and for the whole.

The whole is named (以3400万元为基数, 与上述床位数相比, 为总数的, 全镇户数的), stands in a bracket (监测样本3200人) or heads the figures of the sentence;
the part is the figure before, one that the words name (份额最大的设备更新达到四成), several taken together (三者相加), or what is left when
those that fell short are taken off (抽验152座，有19座需要整改，通过率). A word for a fraction (三成, 不足三分之一) is read like a percentage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.ratios import worded_share
from gouji.claims.ratios.share import AGAINST
from gouji.claims.ratios.worded_readings import Known, Reading, readings, usable
from gouji.claims.ratios.worded_share import Share
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, ZERO, Dimension, plain

_OF_CHANGE = re.compile(
    r"[降升增减涨跌]|缩|提高|压|节约|节省|回落|改善|快|慢|溢价|扩大|多|少(?!儿|年|数)|翻|下浮|上浮|[高低]于(?:上年|去年)|比上|较上|同比"
)
_ANOTHER = re.compile(r"20\d\d年|上年|去年|前年|同期|这一比例|该比例|各占|分别|依次|[调整改造治扣除复]后")
_TOGETHER = re.compile(r"综合|总体|平均|合计|合起来|加起来|[两二三四五六七八]项|[两三四五六]者")
_GOAL = re.compile(r"目标|要求|标准|指标|计划|预期|力争|上限|下限|红线|原|利率|费率|税率|权重")
_CAME_TO = re.compile(r"(?:提高|增加|回升|下降|降低|上升|扩大|[升降增减提])[到至为]")
_SHARE = re.compile(r"占|折算|比重|份额|贡献|比例|的$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_REPLACED = (ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.CHANGE)
_MOVED = frozenset({Role.UP, Role.DOWN, Role.PRIOR})
_CLOSE = Decimal("0.7")  # the smaller percentage over the larger one
_CLOSE_WORDS = Decimal("0.5")
_CLOSE_BOUND = Decimal("0.3")
_BACK = 10
_PAIR = 2


def find(scene: Scene, claims: Sequence[Claim], settled: set[int]) -> Iterator[Claim]:
    """A claim for every such share that its figures bear out or contradict."""
    known: Known | None = None
    told = {c.operands[0].span for c in claims if c.operands[0].quantity is None}
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions and not passage.tells(*worded_share.FRACTIONS):
            continue
        for share in worded_share.shares(passage, settled, _tells_share, _MOVED):
            if share.span in told or not _asked(passage, share):
                continue
            known = known or _known(scene, claims)
            claim = _judged(passage, share, list(readings(scene, passage, share, known)))
            if claim is not None:
                yield claim


def settles(claim: Claim) -> bool:
    """Whether a claim leaves no more to say of its figure: it recomputes it, and what fails does so for certain."""
    near = claim.shape == "beside" and claim.confidence < SURE and claim.verdict is Verdict.DISAGREES
    return claim.kind is not ClaimKind.BOUND and not (near and claim.kind is ClaimKind.RATE)


def merged(claims: Sequence[Claim], found: Sequence[Claim]) -> list[Claim]:
    """All claims, those found in the place of what was undecided of the same figure, but for what fails alike already."""
    failing = {(c.operands[0].span, c.computed) for c in claims if c.verdict is Verdict.DISAGREES}
    new = [c for c in found if c.verdict is not Verdict.DISAGREES or (c.operands[0].span, c.computed) not in failing]
    told = {c.operands[0].span for c in new}
    return [*(c for c in claims if c.kind not in _REPLACED or c.operands[0].span not in told), *new]


@by_words
def _tells_share(clause: str) -> bool:
    """Whether the words before a share tell no change, and none of several shares in turn or of another year."""
    if _ANOTHER.search(clause) is not None or _TOGETHER.search(clause) is not None:
        return False
    return _OF_CHANGE.search(_CAME_TO.sub("", clause)) is None


def _asked(passage: Passage, share: Share) -> bool:
    """Whether a share is one of the figures around it: no change, no goal, none that is compared with one."""
    item = share.item
    if item is not None and (
        item.role in (Role.UP, Role.DOWN, Role.PRIOR) or item.q.base >= HUNDRED or _GOAL.search(item.label)
    ):
        return False
    if item is None and (passage.text[share.end : share.end + 1] == "、" or passage.text[share.start - 1] in "、即"):
        return False
    return AGAINST.search(passage.text, max(0, share.start - 30), share.start) is None


def _known(scene: Scene, claims: Sequence[Claim]) -> Known:
    wholes: dict[tuple[Decimal, str], Item] = {}
    bases: dict[tuple[int, int], list[Span]] = {}
    for claim in claims:
        if claim.verdict is not Verdict.AGREES:
            continue
        if claim.kind is ClaimKind.TOTAL:
            span = claim.operands[0].span
            passage = scene.by_block.get(span.block)
            whole = next((i for i in passage.items if i.q.span == span), None) if passage is not None else None
            if whole is None:
                continue
            for part in claim.operands[1:]:
                if part.quantity is not None and (name := _NAME.search(part.quantity.label)):
                    wholes.setdefault((part.quantity.base, name[0][-3:]), whole)
        elif claim.kind is ClaimKind.SHARE and (stated := claim.operands[0].quantity) is not None:
            told = [o.span for o in claim.operands if o.role == "base"]
            bases.setdefault((stated.span.block, stated.sentence), []).extend(told)
    return Known(wholes, bases)


def _judged(passage: Passage, share: Share, readings: Sequence[Reading]) -> Claim | None:
    """The reading that holds, else the first one that words bind and that is near enough to be meant."""
    for reading in readings:
        if share.allowed.low <= reading.value <= share.allowed.high:
            return _claim(share, reading, holds=True)
    close = _CLOSE_WORDS if share.words else _CLOSE
    fine = share.item.q.figure.ulp * 2 if share.item is not None and share.item.q.figure.places else ZERO
    for reading in readings:
        low, high = sorted((share.stated, reading.value))
        if reading.sure and high - low > fine and low >= high * (_CLOSE_BOUND if reading.bound else close) and high <= HUNDRED:
            return None if _chance(passage, share) else _claim(share, reading, holds=False)
    return None


def _chance(passage: Passage, share: Share) -> bool:
    """Whether a printed percentage with decimals is the quotient of any two figures around: another reading is then meant."""
    if share.item is None or not share.item.q.figure.places:
        return False
    around = [i for i in passage.items[max(0, share.order - _BACK) : share.order + 4] if usable(i)]
    return any(
        a is not b and kin(a.q, b.q) and a.q.base / b.q.base * HUNDRED in share.item.q.figure.rounded()
        for a in around
        for b in around
    )


def _claim(share: Share, reading: Reading, *, holds: bool) -> Claim:
    shown = f"{plain(round(reading.value, 2))}%"
    stated = operand(share.item, "stated") if share.item is not None else place(share.span, "stated")
    gap = plain(abs(round(reading.value - share.stated, 2)))
    return Claim(
        kind=ClaimKind.SHARE if _SHARE.search(share.clause) else ClaimKind.RATE,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=share.raw,
        computed=shown,
        operands=(stated, *(operand(i, role) for role, i in reading.operands)),
        difference=None if holds else f"{gap}个百分点",
        formula=f"{reading.words} = {shown}",
        confidence=SURE if holds else LIKELY,
        shape="worded",
        right=reading.value,
    )
