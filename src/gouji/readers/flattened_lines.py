"""Tables with one cell a line in which a blank line is a blank cell: every row has as many lines as its columns.

A row may lack the names of the levels that it shares with the row above, or have one name over all leading columns (预算执行率); a row
总分 has a figure for each column of figures. Where the lines cannot be counted off in this way the table is left to the other readers.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.record import record
from gouji.readers.flattened_cells import CELL_LENGTH, MEASURED, SUM, Grid, Taken, fits, is_level, level_end
from gouji.readers.raw import Raw
from gouji.readers.vocabulary import FIGURES, Kind

_LEVELS = (Kind.LEVEL1, Kind.LEVEL2)
_LEADING = (*_LEVELS, Kind.TEXT)
_LONG = 4 * CELL_LENGTH  # a reason may be so long
_ENOUGH = 3  # rows that prove the count
_WIDE = 6  # columns of which two rows prove it


@record(slots=True)
class _Lines:
    """The lines from a scrap on: `next` the scrap, `blanks` the blank lines still before it."""

    raws: Sequence[Raw]
    texts: Sequence[str]
    next: int
    blanks: int = 0
    spent: int = 0  # blank lines taken for cells

    def take(self) -> tuple[str, int, int]:
        """The next line: what it says, and the scraps that it covers."""
        at = self.next
        if self.blanks:
            self.blanks -= 1
            self.spent += 1
            return "", at, at
        self.next += 1
        self.blanks = _blanks(self.raws, self.next)
        return self.texts[at], at, at + 1

    def peek(self) -> str:
        return "" if self.blanks or self.next >= len(self.texts) else self.texts[self.next]

    def copy(self) -> _Lines:
        return _Lines(self.raws, self.texts, self.next, self.blanks, self.spent)

    @property
    def ended(self) -> bool:
        return self.next >= len(self.texts) and not self.blanks


def _blanks(raws: Sequence[Raw], at: int) -> int:
    """How many blank lines stand before a scrap."""
    if not 0 < at < len(raws):
        return 0
    before, here = raws[at - 1].line, raws[at].line
    return 0 if before is None or here is None else max(here - before - 1, 0)


def fill(grid: Grid, raws: Sequence[Raw], texts: Sequence[str]) -> bool:
    """Read the rows under a header whose lines stand one under the other; whether the count of the lines proves a table."""
    first = grid.header[0].start
    wide = len(grid.kinds)
    if (
        raws[first].line is None
        or wide < 4
        or grid.stop - first != wide - grid.labelled
        or any(_blanks(raws, i) for i in range(first + 1, grid.stop))
    ):
        return False
    if grid.stop >= len(raws) or not any(k in FIGURES for k in grid.kinds):
        return False
    lines = _Lines(raws, texts, grid.stop, _blanks(raws, grid.stop))
    rows: list[list[Taken]] = []
    plain = 0
    while not lines.ended:
        row = None
        for reading in (_sum, _whole, _merged, _labelled):
            ahead = lines.copy()
            row = reading(grid, ahead, rows)
            if row is not None:
                plain += reading in (_whole, _merged)
                lines = ahead
                break
        if row is None:
            break
        rows.append(row)
    proved = lines.spent or (rows and _sums(texts, rows[-1]))
    if plain < _ENOUGH - (wide >= _WIDE) or not proved or _figure_next(lines):
        return False
    grid.rows, grid.stop = rows, lines.next
    return True


def _sums(texts: Sequence[str], row: Sequence[Taken]) -> bool:
    return row[0].colspan > 1 and SUM.fullmatch(texts[row[0].start]) is not None


def _figure_next(lines: _Lines) -> bool:
    """A figure alone behind the last row: the lines were not counted rightly."""
    return fits(Kind.NUMBER, lines.peek())


def _whole(grid: Grid, lines: _Lines, rows: Sequence[Sequence[Taken]]) -> list[Taken] | None:
    """A row with a line for every column; blank lines for the levels that it shares with the row above."""
    return _row(grid, lines, rows, printed=True)


def _merged(grid: Grid, lines: _Lines, rows: Sequence[Sequence[Taken]]) -> list[Taken] | None:
    """A row without lines for the levels that it shares with the row above."""
    return _row(grid, lines, rows, printed=False)


def _row(grid: Grid, lines: _Lines, rows: Sequence[Sequence[Taken]], *, printed: bool) -> list[Taken] | None:
    row: list[Taken] = []
    above = bool(rows)
    for column, kind in enumerate(grid.kinds):
        if kind in _LEVELS:
            if not printed and (lines.blanks or level_end(lines.texts, lines.next, kind, grid) != lines.next + 1):
                if not above:
                    return None
                continue
            text, start, stop = lines.take()
            if (text and not is_level(text, grid)) or (not text and not above):
                return None
            row.append(Taken(column, start, stop))
            continue
        if lines.ended:
            return None
        text, start, stop = lines.take()
        if not _stands(kind, text, grid):
            return None
        row.append(Taken(column, start, stop))
    return row if _counted(grid, lines, row) else None


def _labelled(grid: Grid, lines: _Lines, _rows: Sequence[Sequence[Taken]]) -> list[Taken] | None:
    """A row with one name over all leading columns: 预算执行率."""
    lead = next((c for c, kind in enumerate(grid.kinds) if kind not in _LEADING), 0)
    if lead < 2 or not lines.peek() or fits(Kind.NUMBER, lines.peek()):
        return None
    _, start, stop = lines.take()
    row = [Taken(0, start, stop, lead)]
    for column in range(lead, len(grid.kinds)):
        if lines.ended:
            return None
        text, start, stop = lines.take()
        if not _stands(grid.kinds[column], text, grid):
            return None
        row.append(Taken(column, start, stop))
    return row if _counted(grid, lines, row) else None


def _sum(grid: Grid, lines: _Lines, rows: Sequence[Sequence[Taken]]) -> list[Taken] | None:
    """A row 总分: a figure for each column of figures, blank lines passed over."""
    columns = [c for c, kind in enumerate(grid.kinds) if c and kind in FIGURES]
    if not columns:
        return None
    if lines.blanks < columns[0]:  # 序号 is blank beside 合计
        while lines.blanks:
            lines.take()
    if not SUM.fullmatch(lines.peek()) or not (rows or len(columns) >= _ENOUGH):
        return None
    _, start, stop = lines.take()
    row = [Taken(0, start, stop, columns[0])]
    for column in columns:
        while lines.blanks:
            lines.take()
        if lines.ended or not fits(Kind.NUMBER, lines.peek()):
            return None
        _, start, stop = lines.take()
        row.append(Taken(column, start, stop))
    return None if grid.kinds[0] not in FIGURES and _figure_next(lines) else row


def _stands(kind: Kind, text: str, grid: Grid) -> bool:
    """Whether a line may stand in a column: only a name must be there."""
    if not text:
        return kind is not Kind.TEXT
    if kind in (Kind.REMARK, Kind.VALUE):
        return len(text) <= _LONG and not is_level(text, grid) and SUM.fullmatch(text) is None
    no_name = is_level(text, grid) or fits(Kind.NUMBER, text) or MEASURED.match(text) is not None
    return fits(kind, text) and not (kind is Kind.TEXT and no_name)


def _counted(grid: Grid, lines: _Lines, row: Sequence[Taken]) -> bool:
    """Whether half the columns of figures are filled and no figure is left over behind the row."""
    columns = [c for c, kind in enumerate(grid.kinds) if kind in FIGURES]
    filled = sum(1 for t in row if t.column in columns and t.stop > t.start)
    apart = grid.kinds[0] in FIGURES or not _figure_next(lines)  # the next row may begin with its number
    return filled * 2 >= len(columns) and filled > 0 and apart
