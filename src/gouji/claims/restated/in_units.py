"""One quantity printed in two units side by side: 25.5万亩（折合1.7万公顷）, 1.2兆瓦（即1200千瓦）, 9.6万件套（即96000件套）.

Amounts of money are told by `convert`. A price of one unit told for another one is of the same kind: 每斤60元（相当于每公斤120元). Where two units of
one kind give the very same digits in one paragraph (41.4微克/立方米, 41.4毫克/立方米), the one that stands alone there is the mistaken one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from gouji.claims.arithmetic import compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene
from gouji.facts.units import size_of, unit_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Hedge, plain

_SAME = r"(?:大?约|大概)?(?:折合成?|约合|相当于|也就是说?|换算(?:过来|成|为)?|折算(?:成|为)?|即|亦即|合)(?:为|是|约|成)*\s?"
_TOLD = re.compile(rf"\s?(?:[\u4e00-\u9fff]{{0,12}}（|，|——)?{_SAME}")
_PRICED = re.compile(rf"\s?(?:（|，)?{_SAME}每(?P<per>[\u4e00-\u9fff]{{1,3}})\s?")
_PRICE = re.compile(
    r"每(?P<per>[\u4e00-\u9fff]{1,3}?)(?:的?(?:售价|单价|价格|卖价|收购价|均价|卖|售|收购|价|由|从|涨到|为|是|到))*\s?$"
)
_BRACKET = re.compile(r"\s?（\s?")
_MAY_BE = frozenset("（合即当是算")  # one of these stands between
_LOOSE = Decimal("0.01")  # 亩 and 公顷 are converted in round figures
_FIRST_LEFT = re.compile(r"^(?:，|——)")
_DIGITS = 3


def find(scene: Scene) -> Iterator[Claim]:
    """Every quantity told in a second unit, and every unit that its paragraph contradicts."""
    for passage in scene.passages:
        if len(passage.items) < 2:
            continue
        for first, second in pairwise(passage.items):
            if _MAY_BE.isdisjoint(second.gap):
                continue
            claim = _restated(passage, first, second)
            if claim is not None:
                yield claim
        if passage.tells("毫克", "微克"):
            yield from _alone(passage)


def _restated(passage: Passage, first: Item, second: Item) -> Claim | None:
    if first.q.dimension is not second.q.dimension or second.q.sentence != first.q.sentence or not first.q.base:
        return None
    if second.q.chinese or first.q.chinese:
        return None
    factor = _factor(first, second)
    if factor is None and first.money and second.money:
        factor = _of_prices(first, second)
    elif factor is not None and not _beside(passage, first, second):
        return None
    if factor is None or any(i.q.figure.hedge not in (Hedge.NONE, Hedge.ABOUT) for i in (first, second)):
        return None
    value = first.q.base * factor
    spread = figure_interval(first.q.figure).scaled(factor)
    if factor != 1:
        spread = replace(spread, low=spread.low * (1 - _LOOSE), high=spread.high * (1 + _LOOSE))
    outcome = compare_value(second.q.figure, value, spread, first.q.raw)
    sure = SURE if outcome.holds or outcome.cause is not None else LIKELY
    return claim_of(ClaimKind.RESTATEMENT, second, [("restated", first)], outcome, shape="unit", confidence=sure)


def _factor(first: Item, second: Item) -> Decimal | None:
    """How many of the second unit are one of the first; None where both are printed in one unit or measure different things."""
    one, other = first.q.figure.unit, second.q.figure.unit
    if one == other:
        return None
    if first.q.dimension is Dimension.COUNT:
        same = one.symbol.lstrip("十百千万亿") == other.symbol.lstrip("十百千万亿") and one.factor != other.factor
        return Decimal(1) if same else None
    if first.q.dimension is not Dimension.MEASURE:
        return None
    sizes = size_of(one), size_of(other)
    if sizes[0] is None or sizes[1] is None:
        return Decimal(1) if one.symbol.lstrip("万亿") == other.symbol.lstrip("万亿") else None
    return sizes[0][1] / sizes[1][1] if sizes[0][0] == sizes[1][0] else None


def _beside(passage: Passage, first: Item, second: Item) -> bool:
    """Whether the words say that the second figure is the first one: （折合…, ，即…, or a bracket that holds nothing else."""
    if _TOLD.fullmatch(second.gap):
        told = not _FIRST_LEFT.match(second.gap) or "每" not in first.label
        return told and not (
            second.q.noun and first.q.noun and second.gap.startswith("，") and second.q.noun[:2] != first.q.noun[:2]
        )
    return _BRACKET.fullmatch(second.gap) is not None and passage.text[second.q.span.end : second.q.span.end + 1] == "）"


def _of_prices(first: Item, second: Item) -> Decimal | None:
    """每斤60元（相当于每公斤120元）: how much one of the second unit is of the first."""
    priced = _PRICED.fullmatch(second.gap)
    price = _PRICE.search(first.label) if priced else None
    if priced is None or price is None:
        return None
    sizes = size_of(unit_of(price["per"])), size_of(unit_of(priced["per"]))
    if sizes[0] is None or sizes[1] is None or sizes[0][0] != sizes[1][0] or sizes[0][1] == sizes[1][1]:
        return None
    return sizes[1][1] / sizes[0][1]


def _alone(passage: Passage) -> Iterator[Claim]:
    """41.4毫克/立方米 among figures in 微克/立方米, one of which has its digits."""
    dense = [i for i in passage.items if i.q.dimension is Dimension.MEASURE and _is_dust(i)]
    often = Counter(i.q.figure.unit.symbol for i in dense)
    for item in dense:
        digits = plain(item.q.figure.value).replace(".", "").strip("0")
        twins = [i for i in dense if i.q.figure.value == item.q.figure.value and i.q.figure.unit != item.q.figure.unit]
        if (
            not twins
            or often[item.q.figure.unit.symbol] != 1
            or often[twins[0].q.figure.unit.symbol] < 2
            or len(digits) < _DIGITS
        ):
            continue
        size, other = size_of(item.q.figure.unit), size_of(twins[0].q.figure.unit)
        if size is None or other is None or item.hedged:
            continue
        value = twins[0].q.base * other[1] / size[1]
        outcome = compare_value(item.q.figure, value, figure_interval(replace(item.q.figure, value=value)), twins[0].q.raw)
        yield claim_of(ClaimKind.RESTATEMENT, item, [("restated", twins[0])], outcome, shape="unit", confidence=LIKELY)


def _is_dust(item: Item) -> bool:
    size = size_of(item.q.figure.unit)
    return size is not None and size[0] == "dust"
