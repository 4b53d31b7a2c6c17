"""Tables that a conversion has flattened to one cell, or one scrap of a cell, a line: rebuilt where the evidence is clear.

A run of known column names is the header; what may stand under each name (`vocabulary.Kind`) tells where a row ends, which scraps
make one cell, and which cell is blank. A row that could be read in two ways ends the table: a column shifted by one is worse than
text left as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.model.document import Box, MarkerStyle
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.readers.reflow import merge
from gouji.readers.vocabulary import GRADES, LEVEL1, LEVEL2, LONGEST, OPERATORS, Kind, column_kind
from gouji.text.markers import LEFTOVER, parse_marker

_SCRAPS = 3  # a name is broken into at most so many lines
_TEXT_SCRAPS = 24
_COLUMNS = 24
_CELL_LENGTH = 60
_NUMBER = re.compile(r"[-+－]?[\d,，]+(?:[.．]\d+)?\s*[%％]?(?:万元|元|分)?|[-－—–/／]+")
_SUM = re.compile(r"(?:合\s*计|总\s*计|小\s*计|总\s*分)")
_LEVEL2 = re.compile(r"[\u4e00-\u9fff]{2,12}指标")
_NAME = re.compile(r"[^。；：，！？]{1,30}")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_QUALITATIVE = ("定性", "定量")
_HEADS = (MarkerStyle.CHAPTER, MarkerStyle.CN, MarkerStyle.CN_PAREN)
_LOOSE = (Kind.TEXT, Kind.REMARK, Kind.VALUE)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A cell of a row: the scraps from `start` to `stop` stand in `column`; none where it is blank."""

    column: int
    start: int
    stop: int
    colspan: int = 1


@dataclass(slots=True)
class _Grid:
    """A table as it is rebuilt: `header` and `rows` as runs of scraps."""

    kinds: list[Kind]
    header: list[_Taken]
    stop: int
    rows: list[list[_Taken]] = field(default_factory=list)
    labelled: bool = False  # the rows have a name that the header leaves blank

    @property
    def operators(self) -> bool:
        return Kind.OPERATOR in self.kinds


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
        if _fill(grid, raws, texts):
            out.append(_table(grid, raws, at))
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


def _fill(grid: _Grid, raws: Sequence[Raw], texts: Sequence[str]) -> bool:
    """Read the rows under a header; whether there are enough to believe in the table."""
    groups = _divided(raws, grid)
    typed = any(kind not in _LOOSE for kind in grid.kinds)
    if not typed and not groups:
        return False
    _label(grid, texts)
    while grid.stop < len(texts):
        row = _group(raws, texts, grid) if groups else None
        row = row or _sum_row(texts, grid) or (_row(texts, grid) if typed else None)
        if row is None:
            break
        grid.rows.append(row)
        grid.stop = max(taken.stop for taken in row)
    enough = 1 if len(grid.kinds) >= 3 else 2
    return len(grid.rows) >= enough and not _goes_on(texts, grid)


def _goes_on(texts: Sequence[str], grid: _Grid) -> bool:
    """Whether more cells follow than were read: half a table would give wrong totals, so it is none."""
    for text in texts[grid.stop : grid.stop + len(grid.kinds)]:
        if not text or len(text) > _CELL_LENGTH or column_kind(text) is not None or parse_marker(text) is not None:
            return False
        if _fits(Kind.NUMBER, text) or text in OPERATORS or _is_level(text, grid):
            return True
    return False


def _header(texts: Sequence[str], at: int) -> _Grid | None:
    """The known column names that stand at `at`, two at least."""
    kinds: list[Kind] = []
    names: list[_Taken] = []
    while at < len(texts) and texts[at] and len(texts[at]) <= LONGEST and len(kinds) < _COLUMNS:
        for scraps in range(min(_SCRAPS, len(texts) - at), 0, -1):
            if not all(texts[at : at + scraps]):
                continue
            kind = column_kind("".join(texts[at : at + scraps]))
            if kind is Kind.LEVEL1 and kinds and Kind.NUMBER not in kinds:
                return None  # what stands before is the name of a part of the form, not of a column
            if kind is not None:
                names.append(_Taken(len(kinds), at, at + scraps))
                kinds.append(kind)
                at += scraps
                break
        else:
            break
    return _Grid(kinds, names, at) if len(kinds) >= 2 else None


def _label(grid: _Grid, texts: Sequence[str]) -> None:
    """A header of amounts alone over rows that begin with a name has lost its first, blank cell."""
    if all(kind is Kind.NUMBER for kind in grid.kinds) and grid.stop < len(texts) and not _fits(Kind.NUMBER, texts[grid.stop]):
        grid.kinds.insert(0, Kind.TEXT)
        blank = _Taken(0, grid.header[0].start, grid.header[0].start)
        grid.header = [blank, *(_Taken(t.column + 1, t.start, t.stop) for t in grid.header)]
        grid.labelled = True


def _fits(kind: Kind, text: str) -> bool:
    """Whether a scrap may stand in a column of this kind."""
    if not text or len(text) > _CELL_LENGTH:
        return False
    if kind is Kind.NUMBER:
        return _NUMBER.fullmatch(text) is not None
    if kind is Kind.GRADE:
        return text in GRADES
    if kind is Kind.OPERATOR:
        return text in OPERATORS
    if kind is Kind.UNIT:
        return len(text) <= 8 and re.search(r"\d", text) is None and text not in OPERATORS
    if text in OPERATORS:
        return False
    marker = parse_marker(text)
    return marker is None or marker.style not in _HEADS


def _row(texts: Sequence[str], grid: _Grid) -> list[_Taken] | None:
    """The row that begins at `grid.stop`, or None where no row can be read in one way only."""
    at = grid.stop
    row: list[_Taken] = []
    filled = 0
    for column, kind in enumerate(grid.kinds):
        if kind in (Kind.LEVEL1, Kind.LEVEL2):
            stop = _level(texts, at, kind, grid)
            if stop > at:
                row.append(_Taken(column, at, stop))
                at = stop
            elif not any(t.column == column for r in grid.rows for t in r[:2]):
                return None
            continue
        end = _cell(texts, at, column, grid)
        if end is None:
            return None
        row.append(_Taken(column, at, end))
        filled += end > at and kind not in (Kind.TEXT, Kind.REMARK)
        at = end
    return row if filled and at > grid.stop and sum(t.stop > t.start for t in row) * 2 >= len(row) else None


def _cell(texts: Sequence[str], at: int, column: int, grid: _Grid) -> int | None:
    """Where the cell that begins at `at` ends; `at` itself for a blank cell; None where the row breaks off."""
    kind = grid.kinds[column]
    text = texts[at] if at < len(texts) else ""
    if kind in (Kind.TEXT, Kind.REMARK):
        return _text_cell(texts, at, column, grid)
    if kind is Kind.VALUE:
        qualitative = not grid.operators or texts[at - 1] in _QUALITATIVE
        fits = _fits(kind, text) and not _is_level(text, grid) and (qualitative or re.search(r"\d", text) is not None)
        return at + 1 if fits else None
    if _fits(kind, text):
        return at + 1
    return at if kind is not Kind.OPERATOR and _blank_is_clear(column, grid.kinds) else None


def _blank_is_clear(column: int, kinds: Sequence[Kind]) -> bool:
    """A blank figure is sure only where no neighbouring column could have taken the figure that is there."""
    if kinds[column] is not Kind.NUMBER:
        return True
    near = [kinds[c] for c in (column - 1, column + 1) if 0 <= c < len(kinds)]
    return column > 0 and not any(kind in (Kind.NUMBER, Kind.VALUE) for kind in near)


def _text_cell(texts: Sequence[str], at: int, column: int, grid: _Grid) -> int | None:
    """The scraps up to the next column's operator; a whole cell a line where the form has no operators."""
    last = column == len(grid.kinds) - 1
    if last and grid.kinds[column] is Kind.REMARK:
        return at + 1 if at < len(texts) and _remark(texts, at, grid) else at
    if at >= len(texts) or not _fits(Kind.TEXT, texts[at]) or _is_level(texts[at], grid):
        return None
    if last:
        return at + 1 if _NAME.fullmatch(texts[at]) else None
    if grid.kinds[column + 1] is not Kind.OPERATOR:
        return at + 1
    for stop in range(at + 1, min(at + _TEXT_SCRAPS, len(texts))):
        if texts[stop] in OPERATORS:
            return stop
        if not _fits(Kind.TEXT, texts[stop]) or _is_level(texts[stop], grid):
            return None
    return None


def _remark(texts: Sequence[str], at: int, grid: _Grid) -> bool:
    """Whether a remark stands at `at`, rather than the next row or what follows the table."""
    text = texts[at]
    if not _fits(Kind.TEXT, text) or _is_level(text, grid) or _SUM.fullmatch(text):
        return False
    if at + 1 == len(texts) or _SUM.fullmatch(texts[at + 1]) is not None:
        return True
    return _begins_row(texts, at + 1, grid) > _begins_row(texts, at, grid) or _ends(texts[at + 1])


def _ends(text: str) -> bool:
    """A line that follows a table: a heading or a sentence."""
    return text.endswith(("。", "：")) or parse_marker(text) is not None or column_kind(text) is not None


def _begins_row(texts: Sequence[str], at: int, grid: _Grid) -> int:
    """How well what stands from `at` on makes a row: 0 where its figures do not stand where they should."""
    kinds = grid.kinds
    skip = 0
    for kind in (Kind.LEVEL1, Kind.LEVEL2):
        if kind in kinds:
            stop = _level(texts, at, kind, grid)
            skip += 1
            at = max(at, stop)
    typed = [(i - skip, kind) for i, kind in enumerate(kinds) if kind in (Kind.NUMBER, Kind.GRADE)]
    if not typed or not all(at + i < len(texts) and _fits(kind, texts[at + i]) for i, kind in typed):
        return 0
    values = [texts[at + i - skip] for i, kind in enumerate(kinds) if kind is Kind.VALUE]
    return 1 + sum(re.search(r"\d", value) is not None for value in values)


def _is_level(text: str, grid: _Grid) -> bool:
    name = _TAIL.sub("", text)
    return (Kind.LEVEL1 in grid.kinds and name in LEVEL1) or (
        Kind.LEVEL2 in grid.kinds and (name in LEVEL2 or _LEVEL2.fullmatch(name) is not None)
    )


def _level(texts: Sequence[str], at: int, kind: Kind, grid: _Grid) -> int:
    """Where the name of an indicator level that begins at `at` ends, or `at`."""
    for scraps in range(min(_SCRAPS, len(texts) - at), 0, -1):
        name = _TAIL.sub("", "".join(texts[at : at + scraps]))
        if kind is Kind.LEVEL1 and name in LEVEL1:
            lower = Kind.LEVEL2 in grid.kinds and name in LEVEL2
            return at + scraps if not lower or _level(texts, at + scraps, Kind.LEVEL2, grid) > at + scraps else at
        if kind is Kind.LEVEL2 and (name in LEVEL2 or (scraps == 1 and _LEVEL2.fullmatch(name))):
            return at + scraps
    return at


def _sum_row(texts: Sequence[str], grid: _Grid) -> list[_Taken] | None:
    """A row 合计: its figures stand under the columns of figures, as many as there are."""
    at = grid.stop
    if _SUM.fullmatch(texts[at]) is None or not grid.rows:
        return None
    columns = [c for c, kind in enumerate(grid.kinds) if c and kind is Kind.NUMBER]
    stop = at + 1
    while stop < len(texts) and _fits(Kind.NUMBER, texts[stop]):
        stop += 1
    if not columns or stop - at - 1 != len(columns):
        return None
    return [_Taken(0, at, at + 1, columns[0]), *(_Taken(c, at + 1 + i, at + 2 + i) for i, c in enumerate(columns))]


def _gap(raws: Sequence[Raw], at: int) -> bool | None:
    """Whether a blank line stands before raw `at`; None where the format has no lines."""
    before, here = raws[at - 1], raws[at]
    return None if before.line is None or here.line is None else here.line - before.line > 1


def _divided(raws: Sequence[Raw], grid: _Grid) -> bool:
    """Whether blank lines divide the rows: none inside the header, one after it."""
    first = grid.header[0].start
    if len(grid.kinds) < 3 or grid.stop >= len(raws) or grid.stop - first != len(grid.kinds):
        return False
    return not any(_gap(raws, i) is not False for i in range(first + 1, grid.stop)) and _gap(raws, grid.stop) is True


def _group(raws: Sequence[Raw], texts: Sequence[str], grid: _Grid) -> list[_Taken] | None:
    """The row between two blank lines, if it has a cell for every column."""
    at = grid.stop
    width = len(grid.kinds)
    stop = at + width
    if stop > len(raws) or _gap(raws, at) is not True or any(_gap(raws, i) is not False for i in range(at + 1, stop)):
        return None
    if stop < len(raws) and _gap(raws, stop) is False:
        return None
    fit = all(
        _fits(kind if kind is Kind.NUMBER else Kind.TEXT, text) for kind, text in zip(grid.kinds, texts[at:stop], strict=True)
    )
    return [_Taken(c, at + c, at + c + 1) for c in range(width)] if fit else None


def _table(grid: _Grid, raws: Sequence[Raw], at: int) -> RawTable:
    """The grid as raw cells; a name that stands over several rows spans them."""
    cells: list[RawCell] = []
    last: dict[int, RawCell] = {}
    for number, row in enumerate([grid.header, *grid.rows]):
        seen = set()
        for taken in row:
            lines = [raw for raw in raws[taken.start : taken.stop] if isinstance(raw, RawParagraph)]
            cell = RawCell(_joined(lines), number, taken.column, colspan=taken.colspan, box=_box(lines))
            cells.append(cell)
            seen |= set(range(taken.column, taken.column + taken.colspan))
            if number:
                last[taken.column] = cell
        for column, kind in enumerate(grid.kinds):
            if kind in (Kind.LEVEL1, Kind.LEVEL2) and column not in seen and column in last:
                last[column].rowspan += 1
    numbers = [raws[row[0].start].line for row in [grid.header, *grid.rows]]
    known = tuple(number for number in numbers if number is not None)
    return RawTable(cells, line=raws[at].line, flattened=True, row_lines=known if len(known) == len(numbers) else ())


def _joined(lines: Sequence[RawParagraph]) -> str:
    return merge(lines).text.strip() if lines else ""


def _box(lines: Sequence[RawParagraph]) -> Box | None:
    """The rectangle around the scraps that stand on the first one's page."""
    boxes = [p.box for line in lines for p in line.pieces]
    if not boxes:
        return None
    page = [b for b in boxes if b.page == boxes[0].page]
    return Box(
        boxes[0].page, min(b.x0 for b in page), min(b.top for b in page), max(b.x1 for b in page), max(b.bottom for b in page)
    )
