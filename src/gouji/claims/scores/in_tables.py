"""The entries and totals of plain tables of weights and scores (those with targets are forms)."""

from __future__ import annotations

from gouji.claims.scene import Scene
from gouji.claims.scores.told import Entry, Told, Whole, bare_name
from gouji.claims.tables.grid import Kind, Line, Section, Sort
from gouji.model import patterns as re
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension

_TOTAL_ROW = re.compile(r"(?:自评|评价|综合)?(?:总分|合计|总计|总得分|得分合计)(?:（.*）)?")
_POINTS = re.compile(r"(?P<name>.+?)（(?:满分|分值|权重)?(?P<n>\d{1,3}(?:\.\d+)?)分?）")


def told_in_table(scene: Scene, section: Section) -> Told | None:
    """The rows of a table of weights and scores without targets (those with targets are forms)."""
    if section.of(Sort.TARGET, Sort.ACTUAL, Sort.BUDGET, Sort.SPENT) or not section.rows:
        return None
    weight, score = section.first(Sort.WEIGHT), section.first(Sort.SCORE)
    if score is None and weight is None:
        return _without_header(scene, section)
    if len(section.of(Sort.WEIGHT)) > 1 or len(section.of(Sort.SCORE)) > 1 or section.of(Sort.LEVEL):
        return None
    told = Told(section.rows[0].block, [], [])
    for row in section.rows:
        w = row.values.get(weight.index) if weight is not None else _in_label(scene, row)
        s = row.values.get(score.index) if score is not None else None
        if not _row(told, row, w, s):
            return None
    return told


def _row(told: Told, row: Line, weight: Quantity | None, score: Quantity | None) -> bool:
    """Adds a row; False where the table is no plain list of indicators and their total."""
    first = weight or score
    if row.kind == Kind.TOTAL or _TOTAL_ROW.fullmatch(row.label):
        told.wholes += [Whole(q, q is weight, row.label) for q in (weight, score) if q is not None]
        return True
    if row.kind != Kind.NORMAL or row.damaged or first is None or not row.label:
        return row.kind == Kind.NORMAL and first is None and not row.values
    told.entries.append(Entry(bare_name(_POINTS.sub(r"\g<name>", row.label)), first, weight=weight, score=score))
    return True


def _in_label(scene: Scene, row: Line) -> Quantity | None:
    """预算执行（10分）: the full marks in the name's bracket."""
    found = [
        q
        for q in scene.facts.blocks[row.block].quantities
        if q.dimension is Dimension.SCORE and row.spans and q.span.end <= min(s.end for s in row.spans.values())
    ]
    return found[0] if len(found) == 1 else None


def _without_header(scene: Scene, section: Section) -> Told | None:
    """预算执行（10分）| 9.61: lines of a name with its full marks, and the score."""
    named = [r for r in section.rows if _POINTS.match(next(iter(r.texts.values()), ""))]
    if len(named) < 3 or len(named) < len(section.rows) - 1 or len(section.columns) > 3:
        return None
    told = Told(section.rows[0].block, [], [])
    for row in section.rows:
        numbers = list(row.values.values())
        if len(numbers) != 1:
            return None
        if not _row(told, row, _in_label(scene, row), numbers[0]):
            return None
    return told
