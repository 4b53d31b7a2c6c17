"""The total row of a form whose label spans cells: in a text its two figures stand off the columns of weights and scores.

总分 over six merged columns comes out of a text as 总分, 100, 96.25 in the first three, or one column off.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.scene import Scene
from gouji.claims.tables.grid import Kind, Line, Section, Sort, is_indicators, leaf_weight
from gouji.claims.tables.words import squeeze
from gouji.facts.units import SCORE
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension

_BOTH = 2


def realign(scene: Scene, sections: Sequence[Section]) -> None:
    """Puts the two figures of such a row where they belong: the weight's first, then the score's."""
    for section in sections:
        weight, score = leaf_weight(section), section.first(Sort.SCORE)
        if weight is None or score is None or score.index < weight.index or not is_indicators(section):
            continue
        for line in section.rows:
            if line.kind != Kind.TOTAL or {weight.index, score.index} <= line.values.keys():
                continue
            figures = _figures(scene, line)
            if len(figures) == 1 and figures[0].base < HUNDRED and "分" in line.label:
                line.values = {score.index: _scored(figures[0])}
            elif len(figures) == _BOTH and figures[1].base <= figures[0].base <= HUNDRED:
                line.values = {weight.index: _scored(figures[0]), score.index: _scored(figures[1])}


def _scored(q: Quantity) -> Quantity:
    return q if q.dimension is Dimension.SCORE else q.in_unit(SCORE, None)


def _figures(scene: Scene, line: Line) -> list[Quantity]:
    """The figures of a row that says nothing else behind its label; none where a cell is known to span others or tells more."""
    block = scene.document.blocks[line.block]
    found = scene.facts.blocks[line.block]
    if any(cell.colspan > 1 for cell in block.cells):
        return []
    words = (squeeze(found.normal[cell.start : cell.end]) for cell in block.cells[1:])
    lone = {told for told in words if any(character.isdigit() for character in told)}
    figures = [q for q in found.quantities if q.cell and q.dimension in (Dimension.BARE, Dimension.SCORE)]
    return figures if lone <= {squeeze(q.raw) for q in figures} else []
