"""Ruled tables: cells from the crossings of thin lines, their words from the glyphs inside.

The lines come from pdfium and the glyphs too; of pdfplumber only the geometry is used, and only on pages that have rulings,
so that a page without them never pays for it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from itertools import pairwise
from typing import Any

from gouji.model import patterns as re
from gouji.model.document import Box
from gouji.model.record import record
from gouji.readers.pdf_lines import Line, Run, line_of, rows_of, runs_of
from gouji.readers.pdf_native import Glyph, Rule, Sheet
from gouji.readers.raw import RawCell, RawTable

_SNAP = 3.0  # points within which two lines are one
_SHIFT = 3.5  # by so much the lines of another table on the page may have drawn a line of this one aside
_SHORTEST = 5.0
_NEW_ITEM = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,2}[、.．）)]\D|[①-⑳]")
_FIGURE = re.compile(r"[-\d,，.．%％—/\s]+")
_CUT = re.compile(r"-?[\d,]+\.\n\d\d|-?[\d,]+\.\d\n\d|\d{3,6}\n\d{1,4}")  # an amount or a code, cut by the end of a page
_CONTINUED_CAPTION = re.compile(r"[（(]?续[^，。；]{0,12}[）)]?|.{0,30}[（(]续表?[）)]")


@record(slots=True)
class Grid:
    """A table on one page: its cell boxes, the positions of its columns and rows, the words in its cells."""

    page: int
    cells: list[tuple[float, float, float, float]]
    xs: list[float]
    ys: list[float]
    glyphs: list[list[Glyph]] = field(default_factory=list)
    slanted: list[list[Glyph]] = field(default_factory=list)
    table: RawTable = field(default_factory=RawTable)
    aligned: bool = False  # its columns are told from gaps, not from rulings
    full: set[str] = field(default_factory=set)  # addresses of the cells whose last line has no room for another character

    @property
    def run(self) -> Run:
        return Run([], self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def grids_of(sheet: Sheet) -> tuple[list[Grid], list[Glyph]]:
    """The page's tables with their words, and the glyphs that stand in none of them."""
    grids = [_grid(sheet.number, cells) for cells in _cells(sheet.rules)]
    grids = [g for g in grids if len(g.xs) > 2]
    if not grids:
        return [], sheet.glyphs
    rest = _share_out(sheet.glyphs, grids, slanted=False)
    kept = []
    for grid in grids:
        filled = sum(any(not g.char.isspace() for g in cell) for cell in grid.glyphs)
        if filled >= 2:
            kept.append(grid)
        else:  # a drawing or a frame: its words stay in the flow
            rest += [g for cell in grid.glyphs for g in cell]
    sheet.slanted = _share_out(sheet.slanted, kept, slanted=True)
    for number, grid in enumerate(kept, 1):
        fill(grid, sheet, number)
    return kept, rest


def _cells(rules: list[Rule]) -> list[list[tuple[float, float, float, float]]]:
    """Groups of adjoining cells; nothing where there are not two lines each way."""
    across = [r for r in rules if r.top == r.bottom and r.x1 - r.x0 >= _SHORTEST]
    down = [r for r in rules if r.x0 == r.x1 and r.bottom - r.top >= 1.0]
    if len(across) < 2 or len(down) < 2 or len(rules) > 8000:
        return []
    from pdfplumber import table as geometry  # heavy: only where a page has rulings

    edges = [_edge(r, "h") for r in across] + [_edge(r, "v") for r in down]
    edges = geometry.merge_edges(
        edges, snap_x_tolerance=_SNAP, snap_y_tolerance=_SNAP, join_x_tolerance=_SNAP, join_y_tolerance=_SNAP
    )
    edges = [e for e in edges if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _SHORTEST]
    edges += [_edge(rule, "v") for rule in _open_sides(edges)]
    crossings = geometry.edges_to_intersections(edges, _SNAP, _SNAP)
    return [list(group) for group in geometry.cells_to_tables(_cells_between(crossings))]


def _open_sides(edges: list[dict[str, Any]]) -> list[Rule]:
    """The left and right sides of tables that are ruled inside and open at the sides, as forms often are."""
    down = [e for e in edges if e["orientation"] == "v"]
    across = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: (e["x0"], e["x1"]))
    sides = []
    for group in _alike(across):
        x0, x1 = group[-1]["x0"], group[-1]["x1"]
        tops = [e["top"] for e in group]
        top, bottom = min(tops), max(tops)
        inner = [e for e in down if e["top"] < bottom - 1 and e["bottom"] > top + 1 and x0 - _SNAP <= e["x0"] <= x1 + _SNAP]
        if len(tops) < 3 or not any(x0 + 10 < e["x0"] < x1 - 10 for e in inner):
            continue
        for x in (x0, x1):
            if all(abs(e["x0"] - x) > 10 for e in inner):
                sides.append(Rule(x, top, x, bottom))
    return sides


def _alike(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Lines that begin and end in the same places, as far as a thicker line reaches further."""
    groups: list[list[dict[str, Any]]] = []
    for line in lines:
        own = next((g for g in groups if all(abs(g[0][end] - line[end]) <= _SNAP / 2 for end in ("x0", "x1"))), None)
        if own is None:
            groups.append([line])
        else:
            own.append(line)
    return groups


_Point = tuple[float, float]


def _cells_between(crossings: dict[_Point, dict[str, list[dict[str, Any]]]]) -> list[tuple[float, float, float, float]]:
    """The smallest rectangles between crossings whose four sides are drawn.

    The same search as pdfplumber's, with each crossing's lines known by number: a table of a thousand cells takes
    milliseconds where comparing the lines themselves takes seconds.
    """
    lines = {p: {way: {id(e) for e in edges} for way, edges in found.items()} for p, found in crossings.items()}
    by_x: dict[float, list[float]] = {}
    by_y: dict[float, list[float]] = {}
    for x, y in sorted(crossings):
        by_x.setdefault(x, []).append(y)
        by_y.setdefault(y, []).append(x)

    def joined(a: _Point, b: _Point, way: str) -> bool:
        return b in lines and not lines[a][way].isdisjoint(lines[b][way])

    cells = []
    for x, y in sorted(crossings):
        here = (x, y)
        rights = [r for r in by_y[y][bisect_right(by_y[y], x) :] if joined(here, (r, y), "h")]
        belows = [b for b in by_x[x][bisect_right(by_x[x], y) :] if joined(here, (x, b), "v")]
        corner = next(
            ((r, b) for b in belows for r in rights if joined((r, y), (r, b), "v") and joined((x, b), (r, b), "h")), None
        )
        if corner is not None:
            cells.append((x, y, *corner))
    return cells


def _edge(rule: Rule, way: str) -> dict[str, Any]:
    return {
        "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom, "orientation": way,
        "width": rule.x1 - rule.x0, "height": rule.bottom - rule.top,
    }  # fmt: skip


def _grid(page: int, cells: list[tuple[float, float, float, float]]) -> Grid:
    xs = _positions([v for c in cells for v in (c[0], c[2])])
    ys = _positions([v for c in cells for v in (c[1], c[3])])
    ordered = sorted(cells, key=lambda c: (_index(ys, c[1]), _index(xs, c[0])))
    return Grid(page, ordered, xs, ys, [[] for _ in cells], [[] for _ in cells])


def _positions(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 1.0:
            found.append(value)
    return found


def _index(positions: list[float], value: float) -> int:
    return bisect_right(positions, value + 0.01) - 1


def _share_out(glyphs: list[Glyph], grids: list[Grid], *, slanted: bool) -> list[Glyph]:
    """Put each glyph in the cell that holds its middle; give back the others."""
    places = [(*grid.cells[i], (grid.slanted if slanted else grid.glyphs)[i]) for grid in grids for i in range(len(grid.cells))]
    rest: list[Glyph] = []
    last = places[0] if places else None
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if last is None or not (last[0] <= x < last[2] and last[1] <= y < last[3]):
            last = next((p for p in places if p[0] <= x < p[2] and p[1] <= y < p[3]), None)
        (rest if last is None else last[4]).append(glyph)
    return rest


def fill(grid: Grid, sheet: Sheet, number: int) -> None:
    """The cells of a grid as a raw table, with the words of their glyphs."""
    for i, (x0, top, x1, bottom) in enumerate(grid.cells):
        row, column = _index(grid.ys, top), _index(grid.xs, x0)
        # Words that run upwards in a narrow cell, as a row heading's often do, come in the order in which they are drawn.
        words = cell_text(grid.glyphs[i]) or "".join(g.char for g in grid.slanted[i]).strip()
        address = f"P{sheet.number}T{number}R{row + 1}C{column + 1}"
        if _is_full(grid.glyphs[i], x1):
            grid.full.add(address)
        grid.table.cells.append(
            RawCell(
                words,
                row,
                column,
                max(_index(grid.ys, bottom) - row, 1),
                max(_index(grid.xs, x1) - column, 1),
                shown_box(sheet, x0, top, x1, bottom),
                address,
            )
        )


def _is_full(glyphs: list[Glyph], edge: float) -> bool:
    """Whether the last line in a cell runs up to its right edge, the usual margin of half a character left free."""
    if not glyphs:
        return False
    line = line_of(rows_of(runs_of(glyphs))[-1])
    return edge - line.x1 < 2 * line.em


def shown_box(sheet: Sheet, x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box of the reading direction in points from the upper left corner of the page as it is shown."""
    if sheet.reading.turn != sheet.shown.turn:
        x0, top, x1, bottom = sheet.shown.place(*sheet.reading.unplace(x0, top, x1, bottom))
    return Box(sheet.number, round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def cell_text(glyphs: list[Glyph]) -> str:
    """The cell's words as one text: a narrow cell breaks words and figures anywhere; a numbered item starts a new line."""
    if not glyphs:
        return ""
    text = ""
    before: Line | None = None
    for row in rows_of(runs_of(glyphs)):
        line = line_of(row)
        text += ("\n" if before and _NEW_ITEM.match(line.text) else joint(text, line.text, before)) + line.text
        before = line
    return text.replace("\t", " ")


def joint(left: str, right: str, line: Line | None) -> str:
    """What stands between a printed line and the next one of the same paragraph."""
    if not left or not right:
        return ""
    a, b = left[-1], right[0]
    if not (a.isascii() and b.isascii()):
        return ""
    ends_word = a.isalpha() or (a in ",;:.)" and left[-2:-1].isalpha())
    if (a.isalpha() and b.isalnum()) or (ends_word and b.isalpha()):
        return " "
    return " " if line is not None and line.spaced and a not in "(-/" and not (a.isdigit() and b in ".,%") else ""


def link(pages: list[list[Line]], grids: dict[int, Grid]) -> None:
    """Mark each table that goes on from the page before, and drop the header rows it repeats."""
    chain: Grid | None = None  # the first table of the chain that may go on
    last: Grid | None = None
    for lines in pages:
        body = [line for line in lines if line.table is not None or not _CONTINUED_CAPTION.fullmatch(line.text)]
        first = grids[body[0].table] if body and body[0].table is not None else None
        if first is not None and last is not None and chain is not None and _same_columns(last, first):
            lines[:] = lines[lines.index(body[0]) :]
            _continue(chain, last, first)
        ends = grids[body[-1].table] if body and body[-1].table is not None else None
        if ends is None or not ends.table.continued:
            chain = ends
        last = ends


def _same_columns(last: Grid, first: Grid) -> bool:
    if last.aligned and first.aligned:
        pairs = list(zip(pairwise(last.xs), pairwise(first.xs), strict=False))
        overlap = all(a[0] < b[1] and b[0] < a[1] for a, b in pairs)
        return first.page == last.page + 1 and len(last.xs) == len(first.xs) and overlap
    if first.page != last.page + 1 or abs(last.xs[0] - first.xs[0]) > 2 or abs(last.xs[-1] - first.xs[-1]) > 2:
        return False
    return all(any(abs(x - y) <= _SHIFT for y in last.xs) for x in first.xs)


def _continue(chain: Grid, last: Grid, first: Grid) -> None:
    nearest = [min(range(len(last.xs)), key=lambda i: abs(last.xs[i] - x)) for x in first.xs]
    columns = list(range(len(first.xs))) if first.aligned else nearest
    for cell in first.table.cells:
        end = columns[min(cell.column + cell.colspan, len(columns) - 1)]
        cell.column = columns[cell.column]
        cell.colspan = max(end - cell.column, 1)
    if len(columns) < len(last.xs):
        first.xs = last.xs
    first.table.continued = True
    repeated = next((row for row in range(6) if not _is_same_row(_row(chain, row), _row(first, row))), 0)
    if repeated and repeated <= max(c.row for c in first.table.cells):
        first.table.cells = [c for c in first.table.cells if c.row >= repeated]
        for cell in first.table.cells:
            cell.row -= repeated
    _rejoin(last, first)


def _rejoin(last: Grid, first: Grid) -> None:
    """Put back what a page break cut off the last row: words or the last digits of a figure under what fills its cell."""
    end = max((c.row + c.rowspan for c in last.table.cells), default=0)
    above = {c.column: c for c in last.table.cells if c.row + c.rowspan == end and c.text}
    cut = [c for c in first.table.cells if c.row == 0 and c.text]
    more = any(c.row > 0 for c in first.table.cells)
    if not cut or not more:
        return
    digits = [c for c in cut if _FIGURE.fullmatch(c.text)]
    if 2 * len(cut) > len(above) and not any(c.column in above and "." in above[c.column].text for c in digits):
        return
    for cell in cut:
        under = above.get(cell.column)
        if under is None or under.address not in last.full or under.colspan != cell.colspan or cell.rowspan > 1:
            return
        if _NEW_ITEM.match(cell.text) or (cell in digits and not _CUT.fullmatch(f"{under.text}\n{cell.text}")):
            return
    for cell in cut:
        above[cell.column].text += cell.text
    first.table.cells = [c for c in first.table.cells if c.row > 0 or c.rowspan > 1]
    for cell in first.table.cells:
        cell.rowspan -= cell.row == 0
        cell.row -= cell.row > 0


def _is_same_row(one: list[tuple[int, str]], other: list[tuple[int, str]]) -> bool:
    return one == other and any(words for _, words in one)


def _row(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(c.column, c.text) for c in grid.table.cells if c.row == row]
