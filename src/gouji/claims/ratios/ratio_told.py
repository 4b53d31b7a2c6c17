"""Ratios told in whole numbers: 省补助1,050万元，县安排210万元，省、县负担比例为5:1; 师生比1:12 is told of other figures and left alone.

The two figures stand right before in the sentence, with nothing of their kind beside but their sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

WORDS = ("比例", "之比", "配比", "分担比", "出资比")
_TOLD = re.compile(
    r"，(?P<names>[^，。；：\d]{0,20}?)(?:负担|分担|配套|出资|投入|筹资|承担|资金|人数|数量|面积|金额)?(?:的?比例|之比|配比|分担比|出资比)"
    r"(?:约?为|是|达到?|接近|约|：)?\s?(?P<ratio>(?P<a>\d{1,3}(?:\.\d+)?)\s?[:：∶比]\s?(?P<b>\d{1,3}(?:\.\d+)?))(?![\d:：∶比.%])"
)
_NORM = re.compile(r"目标|要求|规定|标准|应|不低于|不高于|原则|计划|约定|政策|按")
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.WEIGHT)
_FIGURES = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)
_GENERAL = re.compile(r"两者|二者|双方|各自|资金|负担|分担|配套|承担|的|其$")
_NOUN = 4  # characters behind a figure that name what it counts
_HALF = Decimal("0.5")
_TWO = 2


def find(scene: Scene) -> Iterator[Claim]:
    """Every ratio of the two figures before it."""
    for passage in scene.telling(*WORDS):
        for match in _TOLD.finditer(passage.text):
            two = _two(passage, match.start())
            if two is not None and not _NORM.search(match["names"]) and _of_these(match["names"], *two):
                yield _claim(passage, match, *two)


def _of_these(names: str, one: Item, other: Item) -> bool:
    """省、县负担比例: whether what the words set against one another are the two figures; 师生比例 is of others."""
    called = [n for n in re.split("[、和与及]", _GENERAL.sub("", names)) if n]
    if not called:
        return True
    if len(called) == 1 and len(called[0]) == _TWO:
        called = list(called[0])  # 男女比例
    first, second = one.label + one.q.noun[:_NOUN], other.label + other.q.noun[:_NOUN]
    if len(called) != _TWO:
        return False
    a, b = called
    return (a in first and b in second) or (a in second and b in first)


def _two(passage: Passage, stop: int) -> tuple[Item, Item] | None:
    """The two figures of one kind that the sentence holds before a place, but for their sum."""
    before = [i for i in passage.items if i.q.span.end <= stop]
    here = [i for i in before if i.q.sentence == before[-1].q.sentence and i.q.dimension in _FIGURES and not i.q.chinese]
    if not here or "。" in passage.text[before[-1].q.span.end : stop] or "；" in passage.text[before[-1].q.span.end : stop]:
        return None
    here = [i for i in here if i.q.segment == here[-1].q.segment]
    if len(here) == _TWO + 1 and kin(here[0].q, here[2].q) and here[0].q.base + here[1].q.base == here[2].q.base:
        here = here[:_TWO]
    if len(here) == _TWO + 1 and kin(here[0].q, here[2].q) and here[1].q.base + here[2].q.base == here[0].q.base:
        here = here[1:]
    if len(here) != _TWO or not kin(here[0].q, here[1].q) or any(i.hedged or i.role in _OUT or not i.q.base for i in here):
        return None
    return here[0], here[1]


def _claim(passage: Passage, match: re.Match[str], one: Item, other: Item) -> Claim:
    a, b = Decimal(match["a"]), Decimal(match["b"])
    holds = b > 0 and (_near(one, other, a, b) or _near(other, one, a, b))
    large, small = sorted((one.q.base, other.q.base), reverse=True)
    right = large / small
    shown = f"{right.quantize(Decimal('0.01')).normalize():f}"
    first = a >= b
    computed = f"{shown}:1" if first else f"1:{shown}"
    return Claim(
        kind=ClaimKind.RATE,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=match["ratio"],
        computed=computed,
        operands=(
            place(Span(passage.block.index, *match.span("ratio")), "stated"),
            operand(one, "numerator"),
            operand(other, "denominator"),
        ),
        formula=f"{one.q.raw}:{other.q.raw} = {computed if one.q.base >= other.q.base else f'1:{shown}'}",
        confidence=LIKELY,
        shape="beside",
    )


def _near(one: Item, other: Item, a: Decimal, b: Decimal) -> bool:
    """Whether the ratio of two figures is a:b, each of them rounded to its last digit."""
    ratio = one.q.base / other.q.base
    low = (a - _slack(a)) / (b + _slack(b))
    high = (a + _slack(a)) / (b - _slack(b))
    return low <= ratio <= high


def _slack(value: Decimal) -> Decimal:
    """Half of the last digit; the one of 1:12 is exact."""
    return Decimal(0) if value == 1 else Decimal(1).scaleb(int(value.as_tuple().exponent)) * _HALF
