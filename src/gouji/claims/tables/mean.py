"""A row 平均 below a list: the sum of a column over the number of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE
from gouji.claims.tables.build import hedged, table_claim
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity
from gouji.model.quantity import Interval, total

_MEAN = re.compile(r"(?:简单|算术|各?项目)?平均(?:自评)?(?:得分|评分|分数?|值|数|水平)?(?:（.*）)?|均值|均分")
_LEAST = 3
_FAR = 5  # a mean further off than a fifth is of other rows


def find(section: Section) -> Iterator[Claim]:
    """The figures of a row 平均, each against the rows of its column; only scores are accused, other means may be weighted."""
    at = next((n for n, r in enumerate(section.rows) if any(_MEAN.fullmatch(t) for t in r.texts.values())), None)
    if at is None:
        return
    rows = [r for r in section.rows[:at] if r.kind == Kind.NORMAL]
    for column in section.columns:
        stated = section.rows[at].values.get(column.index)
        if stated is not None and not hedged(stated):
            claim = _claim(stated, rows, column)
            if claim is not None:
                yield claim


def _claim(stated: Quantity, rows: Sequence[Line], column: Column) -> Claim | None:
    parts = [r.values[column.index] for r in rows if column.index in r.values]
    gaps = any(r.blank(column.index) or column.index in r.damaged for r in rows)
    if len(parts) < _LEAST or hedged(*parts):
        return None
    value = sum((p.base for p in parts), Decimal(0)) / len(parts)
    spread = total([figure_interval(p.figure) for p in parts])
    words = f"({' + '.join(as_printed(p.figure) for p in parts)}) ÷ {len(parts)}"
    outcome = compare_value(stated.figure, value, Interval(spread.low / len(parts), spread.high / len(parts)), words)
    near = abs(value - stated.base) * _FAR <= max(value, stated.base)
    if not outcome.holds and (column.sort is not Sort.SCORE or gaps or not near):
        return None
    sure = SURE if outcome.holds or outcome.cause is not None else LIKELY
    return table_claim(ClaimKind.AVERAGE, stated, [("part", p) for p in parts], outcome, shape="mean", confidence=sure)
