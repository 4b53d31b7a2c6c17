"""What so much land bears: 平均亩产402公斤，播种面积312.6万亩，总产量125.67亿公斤; 每亩按85公斤测算，4.5万亩合计382.5万公斤.

The amount stands behind what each mu bears; where it stands before, `mean_counts` tells the mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.arithmetic import as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension

WORDS = ("亩产", "每亩", "亩均")
_FOR_EACH = re.compile(r"(?:亩产|每亩|亩均)[^，。；：\d]{0,8}$")
_LAND = re.compile(r"^[十百千万亿]*亩次?$")
_ALL = re.compile(r"总产|产量|合计|共|总量|需|用量|新增|节水|增产")


def find(passage: Passage) -> Iterator[Claim]:
    """Every such product whose land and whose amount stand in the sentence of what each mu bears."""
    if not passage.tells(*WORDS):
        return
    for sentence in passage.sentences:
        weights = [i for i in sentence if i.q.dimension is Dimension.MEASURE and not i.hedged]
        each = [i for i in weights if _FOR_EACH.search(i.label)]
        land = [i for i in weights if _LAND.match(i.q.figure.unit.symbol) and i not in each]
        if len(each) != 1:
            continue
        totals = [i for i in weights if i.order > each[0].order and _alike(i, each[0]) and _ALL.search(i.gap)]
        claim = _claim(each[0], land, totals)
        if claim is not None:
            yield claim


def _alike(a: Item, b: Item) -> bool:
    """万公斤 and 公斤, but not 斤."""
    return a.q.figure.unit.symbol.lstrip("十百千万亿") == b.q.figure.unit.symbol.lstrip("十百千万亿")


def _claim(each: Item, land: list[Item], totals: list[Item]) -> Claim | None:
    if len(totals) != 1 or not land:
        return None
    total = totals[0]
    made = []
    for area in land:
        value = each.q.base * area.q.base
        spread = figure_interval(each.q.figure) * figure_interval(area.q.figure)
        words = f"{as_printed(area.q.figure)} × {as_printed(each.q.figure)}"
        made.append((area, compare_value(total.q.figure, value, spread, words)))
    area, outcome = next(((a, o) for a, o in made if o.holds), made[0])
    if not outcome.holds and len(land) > 1:
        return None
    sure = SURE if outcome.holds else LIKELY
    return claim_of(ClaimKind.PRODUCT, total, [("standard", each), ("count", area)], outcome, confidence=sure)
