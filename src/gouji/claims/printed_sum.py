"""Sums printed with their signs: 18＋26＋56＝100; 甲12.5万元＋乙7.5万元＝20万元. Those of points are told in `score`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.build import SURE, place
from gouji.claims.scene import Passage
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import plain

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"(?:分|万元|亿元|元|人次|人|个|项|件|户|家|%)?"
_NAME = r"[\u4e00-\u9fff]{0,10}"
_SUM = re.compile(
    rf"(?<![\d.×*/÷%（(-]){_NUMBER}\s?(?P<unit>{_UNIT})(?:\s?[+＋]\s?{_NAME}\s?{_NUMBER}\s?{_UNIT}){{1,11}}\s?[=＝]\s?{_NAME}\s?"
    rf"(?P<total>{_NUMBER})\s?(?P<of>{_UNIT})(?![\d×*/÷+＋.-])"
)
_TERM = re.compile(rf"({_NUMBER})\s?({_UNIT})")


def find(passage: Passage) -> Iterator[Claim]:
    """Every printed sum whose terms have one unit or none."""
    if "=" not in passage.text and "＝" not in passage.text:
        return
    for match in _SUM.finditer(passage.text):
        left = re.split("[=＝]", match[0])[0]
        terms = _TERM.findall(left)
        units = {unit for _, unit in terms if unit} | ({match["of"]} if match["of"] else set())
        if len(units) > 1 or "分" in units:
            continue  # sums of points are read with their weights
        values = [Decimal(number.replace(",", "")) for number, _ in terms]
        total = Decimal(match["total"].replace(",", ""))
        right = sum(values, Decimal(0))
        slack = Decimal(1).scaleb(-max(-int(v.as_tuple().exponent) for v in (*values, total))) * len(values) / 2
        holds = right == total or (len({v.as_tuple().exponent for v in (*values, total)}) > 1 and abs(right - total) <= slack)
        unit = next(iter(units), "")
        start = match.start("total")
        yield Claim(
            kind=ClaimKind.TOTAL,
            verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
            stated=match["total"] + match["of"],
            computed=plain(right) + unit,
            operands=(
                place(Span(passage.block.index, start, match.end()), "stated"),
                place(Span(passage.block.index, match.start(), start - 1), "part"),
            ),
            difference=None if holds else plain(abs(right - total)) + unit,
            formula=f"{' + '.join(plain(v) for v in values)} = {plain(right)}",
            confidence=SURE,
            shape="printed",
            right=right,
        )
