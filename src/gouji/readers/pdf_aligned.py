"""Tables without rulings between their cells: columns told from the gaps that run down a block of printed lines.

Three-line tables (三线表) and tables set with blanks alone have no crossings to find cells by. A block of lines is such a table
only where three lines and three columns agree and the cells behind the first are figures: text in columns, tables of contents and
signatures are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise
from statistics import median

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.readers.pdf_lines import Run, rows_of, runs_of
from gouji.readers.pdf_native import Glyph, Sheet
from gouji.readers.pdf_tables import Grid, fill

_GAP = 1.0  # in heights of a character: a gap that parts two cells
_ROWS, _COLUMNS = 3, 3  # the least that make a table
_FAR = 4.0  # in heights: lines further apart than this are two blocks
_FIGURE = re.compile(r"[-+－]?[\d,，]*\d(?:[.．]\d+)?\s*[%％]?|[-—–/／]+")
_TIGHT = 0.6  # in heights: lines no further apart than this may be one cell's
_PROSE = 40  # characters of a stretch that no cell without rulings holds
_HEADERS = 4  # lines above the first figures that may name the columns


@record(slots=True)
class _Cell:
    """A stretch of a line between two gaps."""

    glyphs: list[Glyph]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        return "".join(g.char for g in self.glyphs if not g.char.isspace())

    @property
    def figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None


@record(slots=True)
class _Row:
    """A printed line as its cells."""

    cells: list[_Cell]
    top: float
    bottom: float
    place: list[tuple[int, int]] = field(default_factory=list)  # first and last column of each cell

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def figures(self) -> int:
        return sum(c.figure for c in self.cells[1:])


def aligned_of(sheet: Sheet, glyphs: list[Glyph], first: int) -> tuple[list[Grid], list[Run]]:
    """The tables without rulings among `glyphs`, and the runs of the glyphs outside of them. `first`: the number of the next table."""
    runs = runs_of(glyphs)
    found = rows_of(runs)
    if sum(map(_may_be_cells, found)) < _ROWS:
        return [], runs
    rows = [row for runs_ in found if (row := _row(runs_)) is not None]
    if sum(len(r.cells) >= _COLUMNS and r.figures >= 1 for r in rows) < _ROWS:
        return [], runs
    grids: list[Grid] = []
    for block in _blocks(rows):
        grid = _grid(sheet.number, block)
        if grid is not None:
            fill(grid, sheet, first + len(grids))
            grids.append(grid)
    taken = {id(g) for grid in grids for cell in grid.glyphs for g in cell}
    return grids, runs_of(g for g in glyphs if id(g) not in taken) if grids else runs


def _may_be_cells(row: list[Run]) -> bool:
    """Whether a line may have enough cells: inside of a run nothing but spaces opens a gap as wide."""
    if len(row) >= _COLUMNS:
        return True
    text = "".join([g.char for run in row for g in run.glyphs])
    return len(row) + len(text) - len("".join(text.split())) >= _COLUMNS


def _row(runs: list[Run]) -> _Row | None:
    ink = sorted((g for run in runs for g in run.glyphs if not g.char.isspace()), key=lambda g: g.x0)
    if not ink or runs[0].table is not None:
        return None
    top, bottom = min(g.top for g in ink), max(g.bottom for g in ink)
    cells = [_Cell([ink[0]], ink[0].x0, ink[0].x1)]
    for glyph in ink[1:]:
        last = cells[-1]
        if glyph.x0 - last.x1 > _GAP * (bottom - top):
            cells.append(_Cell([glyph], glyph.x0, glyph.x1))
        else:
            last.glyphs.append(glyph)
            last.x1 = max(last.x1, glyph.x1)
    return _Row(cells, top, bottom)


def _blocks(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Runs of lines that hold rows of figures, from the names of the columns to the last row."""
    blocks: list[list[_Row]] = []
    at = 0
    while at < len(rows):
        if not (len(rows[at].cells) >= _COLUMNS and rows[at].figures >= 1):
            at += 1
            continue
        start, stop = at, at + 1
        while stop < len(rows) and _near(rows[stop - 1], rows[stop]) and _inside(rows, stop):
            stop += 1
        floor = rows.index(blocks[-1][-1]) if blocks else -1
        probe = start - 1
        while probe > floor and at - probe <= _HEADERS and _near(rows[probe], rows[probe + 1]):
            if _names(rows[probe]):
                start = probe
            elif len(rows[probe].cells) > 1 or not _tight(rows[probe], rows[probe + 1]):
                break  # neither names nor the first line of a name that the row below ends
            probe -= 1
        blocks.append(list(rows[start:stop]))
        at = stop
    return blocks


def _near(above: _Row, below: _Row) -> bool:
    return below.top - above.bottom < _FAR * above.height


def _inside(rows: Sequence[_Row], at: int) -> bool:
    """Whether a line goes on with the table: it has cells side by side, or is part of one before the next such line."""
    row = rows[at]
    if any(len(c.text) > _PROSE for c in row.cells):
        return False
    if len(row.cells) >= 2:
        return any(c.figure for c in row.cells) or len(row.cells) >= _COLUMNS
    after = rows[at + 1] if at + 1 < len(rows) else None
    return after is not None and _near(row, after) and len(after.cells) >= _COLUMNS and after.figures >= 1


def _tight(above: _Row, below: _Row) -> bool:
    return below.top - above.bottom < _TIGHT * above.height


def _names(row: _Row) -> bool:
    """Whether a line above the figures names columns: words side by side, none of them a sentence or a label with its value."""
    return len(row.cells) > 1 and not any(len(c.text) > _PROSE or re.search(r"[：:。；]", c.text) for c in row.cells)


def _grid(page: int, rows: list[_Row]) -> Grid | None:
    columns = _columns(rows)
    if columns is None or not _is_table(rows):
        return None
    rows = _joined(rows)
    xs = [min(r.cells[0].x0 for r in rows) - 1]
    xs += [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    xs.append(max(r.cells[-1].x1 for r in rows) + 1)
    ys = [rows[0].top - 1, *((a.bottom + b.top) / 2 for a, b in pairwise(rows)), rows[-1].bottom + 1]
    cells: list[tuple[float, float, float, float]] = []
    glyphs: list[list[Glyph]] = []
    for n, row in enumerate(rows):
        at = 0
        for cell, (low, high) in zip(row.cells, row.place, strict=True):
            for blank in range(at, low):
                cells.append((xs[blank], ys[n], xs[blank + 1], ys[n + 1]))
                glyphs.append([])
            cells.append((xs[low], ys[n], xs[high + 1], ys[n + 1]))
            glyphs.append(cell.glyphs)
            at = high + 1
        for blank in range(at, len(columns)):
            cells.append((xs[blank], ys[n], xs[blank + 1], ys[n + 1]))
            glyphs.append([])
    return Grid(page, cells, xs, ys, glyphs, [[] for _ in cells], aligned=True)


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]] | None:
    """The stretches of the line that the cells of full rows fill; None where their gaps do not run down."""
    most = max((len(r.cells) for r in rows if r.figures), default=0)
    full = [r for r in rows if len(r.cells) == most and r.figures]
    if most < _COLUMNS or len(full) < 2:
        return None
    columns = [(min(r.cells[n].x0 for r in full), max(r.cells[n].x1 for r in full)) for n in range(most)]
    if any(a[1] >= b[0] for a, b in pairwise(columns)):
        return None
    for row in rows:
        if len(row.cells) == most:  # names over figures, each set to its own side of the column
            wider = [(min(low, c.x0), max(high, c.x1)) for (low, high), c in zip(columns, row.cells, strict=True)]
            columns = wider if all(a[1] < b[0] for a, b in pairwise(wider)) else columns
    if not all(_placed(row, columns) for row in rows):
        return None
    return [_widened(columns, n, rows) for n in range(most)]


def _placed(row: _Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Set each cell under the columns that it touches, else under the nearest free one; whether all find a place in order."""
    row.place = []
    if len(row.cells) == len(columns):
        row.place = [(n, n) for n in range(len(columns))]
        return True
    touched = [[n for n, (x0, x1) in enumerate(columns) if c.x0 < x1 and x0 < c.x1] for c in row.cells]
    for at, cell in enumerate(row.cells):
        first = row.place[-1][1] + 1 if row.place else 0
        last = next((t[0] for t in touched[at + 1 :] if t), len(columns)) - 1
        free = range(first, last + 1)
        own = touched[at] or [min(free, key=lambda n: max(columns[n][0] - cell.x1, cell.x0 - columns[n][1]))] if free else []
        if not own or own[0] < first or (cell.figure and len(own) > 1):
            return False
        row.place.append((own[0], own[-1]))
    return True


def _widened(columns: Sequence[tuple[float, float]], n: int, rows: Sequence[_Row]) -> tuple[float, float]:
    """A column as wide as all cells that stand in it alone."""
    own = [c for r in rows for c, place in zip(r.cells, r.place, strict=True) if place == (n, n)]
    low, high = columns[n]
    left = columns[n - 1][1] if n else float("-inf")
    right = columns[n + 1][0] if n + 1 < len(columns) else float("inf")
    return max(min([low, *(c.x0 for c in own)]), left), min(max([high, *(c.x1 for c in own)]), right)


def _is_table(rows: Sequence[_Row]) -> bool:
    """Three rows with figures, and figures in most cells behind the first of these rows."""
    body = [r for r in rows if r.figures]
    behind = [c for r in body for c in r.cells[1:]]
    return len(body) >= _ROWS and 2 * sum(c.figure for c in behind) >= len(behind)


def _joined(rows: list[_Row]) -> list[_Row]:
    """A line of words alone that stands closer to a row than the rows to each other is part of that row's cells."""
    steps = [b.top - a.top for a, b in pairwise(rows) if a.figures and b.figures]
    pitch = 0.85 * median(steps) if steps else 0.0
    kept: list[_Row] = []
    waiting: list[_Row] = []  # lines of words that belong to the row below
    for at, row in enumerate(rows):
        above = kept[-1] if kept else None
        below = rows[at + 1] if at + 1 < len(rows) else None
        words = not row.figures and not row.cells[0].figure and len(row.cells) < max(len(r.cells) for r in rows)
        up = row.top - rows[at - 1].top if above is not None and not waiting else pitch
        down = below.top - row.top if below is not None else pitch
        if words and up < pitch and up <= down and above is not None and above.figures and _fits(row, above):
            _add(row, above)
        elif words and down < pitch and below is not None and _fits(row, below):
            waiting.append(row)
        else:
            for line in waiting:
                _add(line, row)
            waiting = []
            kept.append(row)
    return kept + waiting


def _fits(line: _Row, row: _Row) -> bool:
    return set(line.place) <= set(row.place)


def _add(line: _Row, row: _Row) -> None:
    under = dict(zip(row.place, row.cells, strict=True))
    for cell, place in zip(line.cells, line.place, strict=True):
        under[place].glyphs += cell.glyphs
    row.top, row.bottom = min(row.top, line.top), max(row.bottom, line.bottom)
