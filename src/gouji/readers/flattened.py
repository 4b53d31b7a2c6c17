"""Tables that a conversion has flattened to one cell, or one scrap of a cell, a line: rebuilt where the evidence is clear.

A run of known column names is the header; what may stand under each name (`vocabulary.Kind`) tells where a row ends, which scraps
make one cell, and which cell is blank. A row that could be read in two ways ends the table: a column shifted by one is worse than
text left as text.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model import patterns as re
from gouji.readers import flattened_lines
from gouji.readers.flattened_cells import (
    CELL_LENGTH,
    COLUMNS,
    MEASURED,
    SCRAPS,
    SUM,
    Grid,
    Taken,
    end,
    fits,
    gap,
    is_level,
    label,
    level_end,
    table,
)
from gouji.readers.raw import Raw, RawParagraph
from gouji.readers.vocabulary import FIGURES, LONGEST, OPERATORS, Kind, column_kind
from gouji.text.markers import LEFTOVER, parse_marker

_TEXT_SCRAPS = 24
_NAME = re.compile(r"[^。；：，！？]{1,30}")
_MEASURED = re.compile(rf"\d|{MEASURED.pattern}")
_QUALITATIVE = ("定性", "定量")
_LOOSE = (Kind.TEXT, Kind.REMARK, Kind.VALUE)


def rebuild(raws: Sequence[Raw]) -> list[Raw]:
    """The raws with every flattened table made a `RawTable`."""
    texts = [_words(raw) for raw in raws]
    out: list[Raw] = []
    at = 0
    while at < len(raws):
        grid = _header(texts, at)
        if grid is None:
            out.append(raws[at])
            at += 1
            continue
        named = grid.stop
        label(grid, texts)
        if flattened_lines.fill(grid, raws, texts) or _fill(grid, raws, texts):
            end(grid, texts)
            out.append(table(grid, raws, at))
            at = grid.stop
        else:  # its names are no header, nor is a part of them: a figure would stand under its neighbour's name
            out.extend(raws[at:named])
            at = named
    return out


def _words(raw: Raw) -> str:
    """What a scrap says, or nothing where it cannot be one."""
    if not isinstance(raw, RawParagraph) or raw.heading is not None or raw.number or raw.part != "body":
        return ""
    return LEFTOVER.sub("", raw.text).strip()


def _fill(grid: Grid, raws: Sequence[Raw], texts: Sequence[str]) -> bool:
    """Read the rows under a header; whether there are enough to believe in the table."""
    groups = _divided(raws, grid)
    typed = any(kind not in _LOOSE for kind in grid.kinds)
    if not typed and not groups:
        return False
    while grid.stop < len(texts):
        row = _group(raws, texts, grid) if groups else None
        row = row or _sum_row(texts, grid) or (_row(texts, grid) if typed else None)
        if row is None:
            break
        grid.rows.append(row)
        grid.stop = max(taken.stop for taken in row)
    enough = 1 if len(grid.kinds) >= 3 else 2
    return len(grid.rows) >= enough and not _goes_on(texts, grid)


def _goes_on(texts: Sequence[str], grid: Grid) -> bool:
    """Whether more cells follow than were read: half a table would give wrong totals, so it is none."""
    for text in texts[grid.stop : grid.stop + len(grid.kinds)]:
        if not text or len(text) > CELL_LENGTH or column_kind(text) is not None or parse_marker(text) is not None:
            return False
        if fits(Kind.NUMBER, text) or text in OPERATORS or is_level(text, grid):
            return True
    return False


def _header(texts: Sequence[str], at: int) -> Grid | None:
    """The known column names that stand at `at`, two at least."""
    kinds: list[Kind] = []
    names: list[Taken] = []
    while at < len(texts) and texts[at] and len(texts[at]) <= LONGEST and len(kinds) < COLUMNS:
        for scraps in range(min(SCRAPS, len(texts) - at), 0, -1):
            if not all(texts[at : at + scraps]):
                continue
            kind = column_kind("".join(texts[at : at + scraps]))
            if kind is Kind.LEVEL1 and kinds and not any(k in FIGURES for k in kinds):
                return None  # what stands before is the name of a part of the form, not of a column
            if kind is not None:
                names.append(Taken(len(kinds), at, at + scraps))
                kinds.append(kind)
                at += scraps
                break
        else:
            break
    return Grid(kinds, names, at) if len(kinds) >= 2 else None


def _row(texts: Sequence[str], grid: Grid) -> list[Taken] | None:
    """The row that begins at `grid.stop`, or None where no row can be read in one way only."""
    at = grid.stop
    row: list[Taken] = []
    filled = 0
    for column, kind in enumerate(grid.kinds):
        if kind in (Kind.LEVEL1, Kind.LEVEL2):
            stop = level_end(texts, at, kind, grid)
            if stop > at:
                row.append(Taken(column, at, stop))
                at = stop
            elif not any(t.column == column for r in grid.rows for t in r[:2]):
                return None
            continue
        end = _cell(texts, at, column, grid)
        if end is None:
            return None
        row.append(Taken(column, at, end))
        filled += end > at and kind not in (Kind.TEXT, Kind.REMARK)
        at = end
    return row if filled and at > grid.stop and sum(t.stop > t.start for t in row) * 2 >= len(row) else None


def _cell(texts: Sequence[str], at: int, column: int, grid: Grid) -> int | None:
    """Where the cell that begins at `at` ends; `at` itself for a blank cell; None where the row breaks off."""
    kind = grid.kinds[column]
    text = texts[at] if at < len(texts) else ""
    if kind in (Kind.TEXT, Kind.REMARK):
        return _text_cell(texts, at, column, grid)
    if kind is Kind.VALUE:
        qualitative = not grid.operators or texts[at - 1] in _QUALITATIVE
        fit = fits(kind, text) and not is_level(text, grid) and (qualitative or re.search(r"\d", text) is not None)
        return at + 1 if fit else None
    if fits(kind, text):
        return at + 1
    return at if kind is not Kind.OPERATOR and _blank_is_clear(column, grid.kinds) else None


def _blank_is_clear(column: int, kinds: Sequence[Kind]) -> bool:
    """A blank figure is sure only where no neighbouring column could have taken the figure that is there."""
    if kinds[column] not in FIGURES:
        return True
    near = [kinds[c] for c in (column - 1, column + 1) if 0 <= c < len(kinds)]
    return column > 0 and not any(kind in (*FIGURES, Kind.VALUE) for kind in near)


def _text_cell(texts: Sequence[str], at: int, column: int, grid: Grid) -> int | None:
    """The scraps up to the next column's operator; a whole cell a line where the form has no operators."""
    last = column == len(grid.kinds) - 1
    if last and grid.kinds[column] is Kind.REMARK:
        return at + 1 if at < len(texts) and _remark(texts, at, grid) else at
    if at >= len(texts) or not fits(Kind.TEXT, texts[at]) or is_level(texts[at], grid):
        return None
    if last:
        return at + 1 if _NAME.fullmatch(texts[at]) else None
    if grid.kinds[column + 1] is not Kind.OPERATOR:
        return at + 1
    for stop in range(at + 1, min(at + _TEXT_SCRAPS, len(texts))):
        if texts[stop] in OPERATORS:
            return stop
        if not fits(Kind.TEXT, texts[stop]) or is_level(texts[stop], grid):
            return None
    return None


def _remark(texts: Sequence[str], at: int, grid: Grid) -> bool:
    """Whether a remark stands at `at`, rather than the next row or what follows the table."""
    text = texts[at]
    if not fits(Kind.TEXT, text) or is_level(text, grid) or SUM.fullmatch(text):
        return False
    if at + 1 == len(texts) or SUM.fullmatch(texts[at + 1]) is not None:
        return True
    return _begins_row(texts, at + 1, grid) > _begins_row(texts, at, grid) or _ends(texts[at + 1])


def _ends(text: str) -> bool:
    """A line that follows a table: a heading or a sentence."""
    return text.endswith(("。", "：")) or parse_marker(text) is not None or column_kind(text) is not None


def _begins_row(texts: Sequence[str], at: int, grid: Grid) -> int:
    """How well what stands from `at` on makes a row: 0 where its figures do not stand where they should."""
    kinds = grid.kinds
    skip = 0
    for kind in (Kind.LEVEL1, Kind.LEVEL2):
        if kind in kinds:
            stop = level_end(texts, at, kind, grid)
            skip += 1
            at = max(at, stop)
    typed = [(i - skip, kind) for i, kind in enumerate(kinds) if kind in (*FIGURES, Kind.GRADE)]
    if not typed or not all(at + i < len(texts) and fits(kind, texts[at + i]) for i, kind in typed):
        return 0
    values = [texts[at + i - skip] for i, kind in enumerate(kinds) if kind is Kind.VALUE]
    return 1 + sum(_MEASURED.match(value) is not None for value in values)


def _sum_row(texts: Sequence[str], grid: Grid) -> list[Taken] | None:
    """A row 合计: its figures stand under the columns of figures, as many as there are."""
    at = grid.stop
    if SUM.fullmatch(texts[at]) is None or not grid.rows:
        return None
    columns = [c for c, kind in enumerate(grid.kinds) if c and kind in FIGURES]
    stop = at + 1
    while stop < len(texts) and fits(Kind.NUMBER, texts[stop]):
        stop += 1
    if not columns or stop - at - 1 != len(columns):
        return None
    return [Taken(0, at, at + 1, columns[0]), *(Taken(c, at + 1 + i, at + 2 + i) for i, c in enumerate(columns))]


def _divided(raws: Sequence[Raw], grid: Grid) -> bool:
    """Whether blank lines divide the rows: none inside the header, one after it."""
    first = grid.header[0].start
    if len(grid.kinds) < 3 or grid.stop >= len(raws) or grid.stop - first != len(grid.kinds):
        return False
    return not any(gap(raws, i) is not False for i in range(first + 1, grid.stop)) and gap(raws, grid.stop) is True


def _group(raws: Sequence[Raw], texts: Sequence[str], grid: Grid) -> list[Taken] | None:
    """The row between two blank lines, if it has a cell for every column."""
    at = grid.stop
    width = len(grid.kinds)
    stop = at + width
    if stop > len(raws) or gap(raws, at) is not True or any(gap(raws, i) is not False for i in range(at + 1, stop)):
        return None
    if stop < len(raws) and gap(raws, stop) is False:
        return None
    fit = all(fits(kind if kind in FIGURES else Kind.TEXT, text) for kind, text in zip(grid.kinds, texts[at:stop], strict=True))
    return [Taken(c, at + c, at + c + 1) for c in range(width)] if fit else None
