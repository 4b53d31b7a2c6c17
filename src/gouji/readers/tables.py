"""A raw table -> row blocks and a Table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.model import patterns as re
from gouji.model.document import Anchor, Block, BlockKind, Cell, Piece, Table
from gouji.readers.raw import RawCell, RawTable
from gouji.readers.vocabulary import is_column_name

_BREAK = re.compile(r"[\n\r\t\f\v]+")
_FIGURE = re.compile(r"[-+－]?[\d,，]+(?:[.．]\d+)?\s*[%％]?(?:万元|元|分)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|总\s*分)")
_UNIT = re.compile(r"单\s*位\s*[：:]?\s*[（(]?\s*(万元|亿元|千元|百万元|元)")
_HEADER_UNIT = re.compile(r"[（(]\s*(万元|亿元|千元|元)\s*[）)]")
_CAPTION = re.compile(
    r"^附?表\s*[\d一二三四五六七八九十]|[下附上]表|表\s*(?:[（(].*[）)])?\s*[：:]?\s*$|(?:一览|情况|明细)\s*[：:]?$"
)
_CAPTION_LENGTH = 80
_UNIT_REACH, _SHORT = 8, 30  # over so many short lines of a form's head a unit holds


def build_table(raw: RawTable, blocks: list[Block], tables: list[Table]) -> None:
    """Append the rows of `raw` to `blocks`; a table that goes on joins the one before it."""
    if not raw.cells:
        return
    goes_on = raw.continued and bool(tables) and bool(blocks) and blocks[-1].kind is BlockKind.ROW
    number = len(tables) - 1 if goes_on else len(tables)
    first_row = blocks[-1].cells[0].row + 1 if goes_on and blocks[-1].cells else 0
    before = None if goes_on else len(blocks)
    indexes = []
    for row in _rows(raw.cells):
        indexes.append(len(blocks))
        blocks.append(_row_block(row, len(blocks), number, first_row, raw))
    columns = max(c.column + c.colspan for c in raw.cells)
    if goes_on:
        table = tables[number]
        tables[number] = replace(table, rows=table.rows + tuple(indexes), columns=max(columns, table.columns))
        return
    caption = _caption(blocks, before or 0)
    head = _header_rows(_rows(raw.cells))
    tables.append(
        Table(
            index=number,
            rows=tuple(indexes),
            columns=columns,
            header_rows=head,
            unit=_unit(blocks, before or 0, indexes[:head]),
            caption=caption,
            flattened=raw.flattened,
        )
    )


def _rows(cells: Sequence[RawCell]) -> list[list[RawCell]]:
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[r], key=lambda c: c.column) for r in sorted(rows)]


def _row_block(row: Sequence[RawCell], index: int, table: int, first_row: int, raw: RawTable) -> Block:
    cells: list[Cell] = []
    pieces: list[Piece] = []
    at = 0
    for source in row:
        text = clean(source.text)
        address = source.address or f"T{table + 1}R{first_row + source.row + 1}C{source.column + 1}"
        cells.append(
            Cell(
                text,
                at,
                at + len(text),
                first_row + source.row,
                source.column,
                source.rowspan,
                source.colspan,
                address,
                source.stored,
                source.formula,
            )
        )
        if source.box is not None:
            pieces.append(Piece(at, at + len(text), source.box))
        at += len(text) + 1
    return Block(
        index=index,
        kind=BlockKind.ROW,
        text="\t".join(c.text for c in cells),
        anchor=Anchor(raw.part, raw.row_lines[row[0].row] if raw.row_lines else raw.line, tuple(pieces)),
        table=table,
        cells=tuple(cells),
    )


def clean(text: str) -> str:
    """A cell's text on one line: its lines joined, with a blank only where two words or two whole figures would fuse."""
    parts = [p for part in _BREAK.split(text) if (p := part.strip())]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        apart = joined[-1].isascii() and joined[-1].isalnum() and part[0].isascii() and part[0].isalnum()
        figure = re.search(r"[\d,]*[.,]\d*$", joined)
        joined += (" " if apart and not (figure and part[0].isdigit()) else "") + part
    return joined


def is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None and _YEAR.fullmatch(text.strip()) is None


def _header_rows(rows: Sequence[Sequence[RawCell]]) -> int:
    """How many rows at the top name the columns: rows without figures that name columns or stand under such a name."""
    head = 0
    reach = 0
    for at, row in enumerate(rows[:5]):
        texts = [clean(c.text) for c in row if c.text.strip()]
        if not texts or any(is_figure(t) for t in texts):
            if head and texts == [str(i) for i in range(1, len(texts) + 1)] and len(texts) > 2:
                head += 1
            break
        named = sum(is_column_name(t) for t in texts)
        spread = at > 0 and any(c.colspan > 1 for c in rows[at - 1]) and head == at
        if _SUM.match(texts[0]) or not (at == 0 or row[0].row < reach or named * 2 >= len(texts) or spread):
            break
        head += 1
        reach = max([reach, *(c.row + c.rowspan for c in row)])
    return head


def _caption(blocks: Sequence[Block], before: int) -> int | None:
    """The paragraph just before the table that names it, a line that declares only the unit passed over."""
    for index in range(before - 1, max(before - 3, -1), -1):
        block = blocks[index]
        if block.kind is BlockKind.ROW:
            return None
        if len(block.text) <= 20 and _UNIT.search(block.text):
            continue
        found = _CAPTION.search(block.text[-_CAPTION_LENGTH:]) if len(block.text) <= 300 else None
        named = found is not None and (block.kind is not BlockKind.HEADING or "表" in found[0])
        return index if named else None
    return None


def _unit(blocks: Sequence[Block], before: int, header: Sequence[int]) -> str | None:
    """The unit declared for the whole table: 单位：万元 before it or in its header, or one unit in all header cells."""
    for index in range(before - 1, max(before - 1 - _UNIT_REACH, -1), -1):
        block = blocks[index]
        far = before - index > 2
        if block.kind is BlockKind.ROW or (far and len(block.text) > _SHORT):
            break
        found = _UNIT.search(block.text)
        if found:
            return found[1]
    head = " ".join(blocks[i].text for i in header)
    found = _UNIT.search(head)
    if found:
        return found[1]
    units = set(_HEADER_UNIT.findall(head))
    return units.pop() if len(units) == 1 else None
