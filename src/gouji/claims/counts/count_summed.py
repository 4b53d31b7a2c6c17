"""How many members a list has, told where it is summed up: 甲A、乙B、丙C、丁D，以上5类合计T.

The sum bears the list out, so that its members are known; the number before it is then theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.claims.build import LIKELY, place
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.text.numerals import parse_chinese

WORDS = ("以上", "上述", "前述", "这", "合计", "加总", "之和", "相加", "共计", "总计")
_NUMBERED = re.compile(
    r"(?:^|[，。；：])\s?(?P<all>(?:以上|上述|前述|这)?\s?(?P<n>[两二三四五六七八九十]{1,2}|\d{1,2})\s?"
    r"(?:大?项|大?类|笔|大?块|个?部分|个?方面|种|大?科目|个(?:项目|单位|标段|科目|类别|板块|环节|指标|子项|县区?|镇|乡镇|村|片区)))"
    r"(?:得分|支出|费用|资金|经费|金额|收入|投入|内容|之和|数|分数|分值){0,2}(?:之和|加总|相加|合计|共计|总计|汇总|加起来|合起来|共)[\u4e00-\u9fff]{0,4}$"
)
_LEAST = 3
_KINDS = (ClaimKind.TOTAL, ClaimKind.SCORE_TOTAL)


def find(scene: Scene, claims: Iterable[Claim]) -> Iterator[Claim]:
    """A claim for every number of members before a sum that `claims` bear out."""
    for claim in claims:
        stated = claim.operands[0].quantity
        if claim.kind not in _KINDS or claim.verdict is not Verdict.AGREES or stated is None or stated.cell is not None:
            continue
        passage = scene.by_block.get(stated.span.block)
        if any(o.role != "part" for o in claim.operands[1:]):
            continue  # 5分未扣分；5分扣0.4分；两项合计9.6分
        if passage is None or len(claim.operands) <= _LEAST or not passage.tells(*WORDS):
            continue
        match = _NUMBERED.search(passage.text, max(0, stated.span.start - 24), stated.span.start)
        number = _value(match["n"]) if match is not None else None
        parts = {o.span for o in claim.operands[1:]}
        if match is None or number is None or not _whole_list(passage, claim, parts):
            continue
        yield _claim(Span(passage.block.index, *match.span("all")), match["all"], number, claim)


def _value(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else parse_chinese(digits)


def _whole_list(passage: Passage, claim: Claim, parts: set[Span]) -> bool:
    """Whether the parts stand before the sum in its paragraph, and nothing else of their kind stands between."""
    mine = [i for i in passage.items if i.q.span in parts]
    stated = claim.operands[0].span
    if len(mine) != len(parts) or mine[-1].q.span > stated or not all(i.q.sentence >= mine[-1].q.sentence - 1 for i in mine):
        return False
    scores = claim.kind is ClaimKind.SCORE_TOTAL
    between = [i for i in passage.items if mine[0].q.span < i.q.span < stated and i.q.span not in parts]
    return not any(_counts(i, mine[0], scores=scores) for i in between)


def _counts(item: Item, part: Item, *, scores: bool) -> bool:
    return kin(item.q, part.q) and not (scores and item.role is Role.WEIGHT) and item.q.depth == part.q.depth


def _claim(span: Span, words: str, number: int, total: Claim) -> Claim:
    told = len(total.operands) - 1
    return Claim(
        kind=ClaimKind.COUNT,
        verdict=Verdict.AGREES if number == told else Verdict.DISAGREES,
        stated=words,
        computed=f"{told}个",
        operands=(place(span, "stated"), *total.operands[1:]),
        difference=None if number == told else f"{abs(number - told)}个",
        formula=f"前列{told}个数：{total.formula}",
        confidence=LIKELY,
        shape="summed",
    )
