"""What the tables of a form state, for those who compare it with the text: the actual of each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.scene import Scene
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort, grids
from gouji.facts.units import unit_of
from gouji.model import patterns as re
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension

_TAIL = re.compile(r"（[^（）]*）$")
_SERIAL = re.compile(r"^(?:指标\d+：?|\d{1,2}[.、:：]|[（(]\d{1,2}[）)])")


def indicator_actuals(
    scene: Scene, sections: Sequence[Section] | None = None
) -> Iterator[tuple[str, Quantity, Quantity | None]]:
    """The name of each indicator with its actual and its target, where these are lone figures. `sections`: the grids, if at hand."""
    for section in grids(scene) if sections is None else sections:
        actuals, targets = section.of(Sort.ACTUAL), section.of(Sort.TARGET)
        if len(actuals) != 1 or len(targets) > 1:
            continue
        for row in section.rows:
            name = indicator_name(section, row)
            actual = _figure(scene, section, row, actuals[0])
            if row.kind != Kind.NORMAL or not name or actual is None:
                continue
            yield name, actual, _figure(scene, section, row, targets[0]) if targets else None


def indicator_name(section: Section, row: Line) -> str:
    """The lowest level's name, without its number and its weight in brackets."""
    columns = section.of(Sort.LEVEL) or section.of(Sort.LABEL)[:1]
    own = [row.texts[c.index] for c in columns if row.texts.get(c.index) and c.index in row.spans]
    return _SERIAL.sub("", _TAIL.sub("", own[-1])) if own else ""


def _figure(scene: Scene, section: Section, row: Line, column: Column) -> Quantity | None:
    """The one figure of a cell, with the unit of the column 计量单位 where its own is not printed."""
    span = row.spans.get(column.index)
    if span is None:
        return None
    found = [q for q in scene.facts.blocks[row.block].quantities if span.start <= q.span.start < span.end]
    if len(found) != 1:
        return None
    q = found[0]
    measure = section.first(Sort.MEASURE_UNIT)
    unit = unit_of(row.texts.get(measure.index, "")) if measure and q.dimension is Dimension.BARE else None
    return replace(q, figure=replace(q.figure, unit=unit)) if unit is not None else q
