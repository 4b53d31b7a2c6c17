"""Sums printed with their signs: 18＋26＋56＝100; 上年380万元－收回60万元＋新增100万元＝420万元.

Everything between the head of the clause and the sign of equality must be terms with plus or minus: what is multiplied, divided or put in
brackets is another formula, and a term that was dropped from the head of one would accuse what is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.facts.units import unit_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, Figure

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"(?:万元|亿元|元|人次|[分人个项件户家%])?"
_NAME = r"[\u4e00-\u9fff“”]{0,16}"
_SIGN = r"[+＋\-－−–—]"
_TERM = re.compile(rf"(?P<sign>{_SIGN})?\s?{_NAME}\s?(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})\s?")
_LEFT = re.compile(rf"{_NAME}\s?{_NUMBER}\s?{_UNIT}\s?(?:{_SIGN}\s?{_NAME}\s?{_NUMBER}\s?{_UNIT}\s?)+")
_RIGHT = re.compile(rf"\s?{_NAME}\s?(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?!\s?[\d.,×xX*÷/+＋\-－−–—%])")
_HEADS = "。；，：（"


def find(scene: Scene) -> Iterator[Claim]:
    """Every printed sum whose terms have one unit, or none."""
    for passage in scene.telling("=", "＝"):
        yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Claim]:
    items = {i.q.span.start: i for i in passage.items}
    for sign in re.finditer("[=＝]", passage.text):
        start = max(passage.text.rfind(mark, 0, sign.start()) for mark in _HEADS) + 1
        right = _RIGHT.match(passage.text, sign.end())
        if right is not None and _LEFT.fullmatch(passage.text, start, sign.start()):
            claim = _claim(passage, items, list(_TERM.finditer(passage.text, start, sign.start())), right)
            if claim is not None:
                yield claim


def _claim(passage: Passage, items: dict[int, Item], terms: list[re.Match[str]], right: re.Match[str]) -> Claim | None:
    units = {m["unit"] for m in (*terms, right) if m["unit"]}
    if len(units) > 1:
        return None
    unit = unit_of(next(iter(units), ""))

    def figure(match: re.Match[str]) -> Figure:
        number = match["number"].replace(",", "")
        return Figure(Decimal(number), len(number.partition(".")[2]), unit)

    def told(match: re.Match[str], role: str) -> Operand:
        item = items.get(match.start("number"))
        return operand(item, role) if item else place(Span(passage.block.index, *match.span("number")), role)

    signs = [-1 if m["sign"] and m["sign"] not in "+＋" else 1 for m in terms]
    outcome = compare_sum(figure(right), [figure(m) for m in terms], signs)
    points = unit.dimension is Dimension.SCORE
    return Claim(
        kind=ClaimKind.SCORE_TOTAL if points else ClaimKind.TOTAL,
        verdict=outcome.verdict,
        stated=right["number"] + right["unit"],
        computed=outcome.computed,
        operands=(told(right, "stated"), *(told(m, "part") for m in terms)),
        difference=outcome.difference,
        formula=outcome.formula,
        cause=outcome.cause,
        confidence=LIKELY if points else SURE,  # points are often shown with fewer digits than they are added with
        shape="printed",
        right=outcome.right,
    )
