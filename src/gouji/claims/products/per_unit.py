"""Prices of one of many whose unit is ten thousand times too large: 改造面积2.35万平方米，每平方米造价600万元, for 600元.

The product of price and number is above any amount of the report; taken in 元 it makes an amount that the report prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import Outcome, as_printed
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension, Hedge
from gouji.model.text import Text

WORDS = ("每", "均")
_PER = re.compile(r"(?:^|[\u4e00-\u9fff])(?:每|(?!平)[人户亩件次日]均)[\u4e00-\u9fff]{0,10}$")
_WAN = Decimal(10000)
_ABOVE = 20  # how many times the largest amount of the report the product must be
_NEAR = Decimal("0.01")  # the price is rounded
_CAUSE = Text("万元与元混用", "yuan and ten thousand yuan mixed up")
_HEDGES = (Hedge.NONE, Hedge.ABOUT)


def find(scene: Scene, stated: set[int]) -> Iterator[Claim]:
    """Every such price; `stated` holds id() of the figures that another claim has recomputed."""
    for passage in scene.telling(*WORDS):
        for item in passage.items:
            wrong_unit = item.money and item.q.figure.unit.factor == _WAN and id(item.q) not in stated
            if not wrong_unit or item.hedged or not _PER.search(item.label):
                continue
            number = _number(passage, item)
            claim = _claim(scene, item, number) if number is not None else None
            if claim is not None:
                yield claim


def _number(passage: Passage, item: Item) -> Item | None:
    """The number right before the price in its sentence."""
    before = passage.items[item.order - 1] if item.order else None
    if before is None or before.q.sentence != item.q.sentence or before.q.dimension not in (Dimension.COUNT, Dimension.MEASURE):
        return None
    return before if before.q.base and before.q.figure.hedge in _HEDGES else None


def _claim(scene: Scene, item: Item, number: Item) -> Claim | None:
    amounts = [i for i in scene.items() if i.money and not i.hedged and i is not item]
    product = item.q.base * number.q.base
    if not amounts or product < max(i.q.base for i in amounts) * _ABOVE:
        return None
    near = [i for i in amounts if abs(i.q.base * _WAN - product) <= product * _NEAR]
    if not near:
        return None
    whole = min(near, key=lambda i: abs(i.q.base * _WAN - product))
    right = whole.q.base / number.q.base
    shown = f"{right.quantize(Decimal('0.01')).normalize():f}元"
    outcome = Outcome(
        Verdict.DISAGREES, right, shown, None, f"{whole.q.raw} ÷ {as_printed(number.q.figure)} = {shown}", "", _CAUSE
    )
    others = [("total", whole), ("count", number)]
    return claim_of(ClaimKind.AVERAGE, item, others, outcome, shape="unit", confidence=SURE)
