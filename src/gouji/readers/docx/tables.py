"""A Word table as a grid of cells, merged cells once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from lxml.etree import _Element

from gouji.model.record import record
from gouji.readers.docx import names as n
from gouji.readers.docx.lines import cell_text
from gouji.readers.docx.paragraph import ParagraphReader, with_number
from gouji.readers.docx.unread import Kind, Unread
from gouji.readers.raw import RawCell

_TR_PR, _TC_PR = n.W + "trPr", n.W + "tcPr"
_MOST_COLUMNS = 255  # Word allows 63; a larger number is damage or malice


@record(slots=True)
class Grid:
    """The cells of a table in row-major order, and the tables nested in them."""

    cells: list[RawCell] = field(default_factory=list)
    nested: list[_Element] = field(default_factory=list)


@record(frozen=True, slots=True)
class _Span:
    """How a cell stretches over the grid."""

    columns: int = 1
    down: str | None = None  # vMerge: restart or continue
    across: str | None = None  # hMerge, from old files


def read_grid(table: _Element, name: str, paragraphs: ParagraphReader, unread: Unread) -> Grid:
    """Read a table; `name` begins the addresses of its cells: T2 gives T2R3C1."""
    grid = Grid()
    above: dict[int, RawCell] = {}  # by column: the cell that a vMerge in the next row goes on from
    number = 0
    for row in _flatten(table, n.TR):
        properties = row.find(_TR_PR)
        if properties is not None and properties.find(n.DEL) is not None:
            continue
        if properties is not None and n.on(properties.find(n.W + "hidden")):
            text = " ".join(_text(cell, paragraphs, []) for cell in _flatten(row, n.TC)).strip()
            if text:
                unread.add(Kind.HIDDEN, text)
            continue
        above = _read_row(row, number, name, above, grid, paragraphs)
        number += 1
    return grid


def _read_row(
    row: _Element, number: int, name: str, above: dict[int, RawCell], grid: Grid, paragraphs: ParagraphReader
) -> dict[int, RawCell]:
    """Add the cells of a row to the grid; gives the cells that a merge in the row below may go on from."""
    open_cells: dict[int, RawCell] = {}
    column = min(max(n.integer(n.attribute(row.find(_TR_PR), n.W + "gridBefore")) or 0, 0), _MOST_COLUMNS)
    last: RawCell | None = None
    for element in _flatten(row, n.TC):
        span = _span(element)
        cell = above.get(column) if span.down == "continue" else None
        if cell is not None:
            cell.rowspan = number - cell.row + 1
            open_cells[column] = cell
        elif span.across == "continue" and last is not None:
            last.colspan += span.columns
        else:
            text = _text(element, paragraphs, grid.nested)
            address = f"{name}R{number + 1}C{column + 1}" if name else ""
            cell = RawCell(text, number, column, colspan=span.columns, address=address)
            grid.cells.append(cell)
            if span.down is not None:
                open_cells[column] = cell
            last = cell
        column += span.columns
    return open_cells


def _span(cell: _Element) -> _Span:
    properties = next(cell.iterchildren(_TC_PR), None)
    if properties is None:
        return _Span()
    columns, down, across = 1, None, None
    for child in properties:
        if child.tag == n.W + "gridSpan":
            columns = min(max(n.integer(child.get(n.VAL)) or 1, 1), _MOST_COLUMNS)
        elif child.tag == n.W + "vMerge":
            down = child.get(n.VAL, "continue")
        elif child.tag == n.W + "hMerge":
            across = child.get(n.VAL, "continue")
    return _Span(columns, down, across)


def _text(cell: _Element, paragraphs: ParagraphReader, nested: list[_Element]) -> str:
    words = _words(cell, paragraphs, nested)
    return cell_text(words + paragraphs.rest())


def _words(container: Iterable[_Element], paragraphs: ParagraphReader, nested: list[_Element]) -> list[str]:
    """The paragraphs of a cell with their automatic numbers; tables inside it go to `nested`."""
    found: list[str] = []
    for child in container:
        tag = child.tag
        if tag == n.P:
            found.append(with_number(paragraphs.read(child)))
        elif tag == n.TBL:
            nested.append(child)
        elif tag == n.SDT or tag in n.WRAPPERS:
            found += _words(child, paragraphs, nested)
        elif tag == n.ALTERNATE:
            found += _words(n.alternative(child), paragraphs, nested)
    return found


def _flatten(parent: _Element, tag: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, wrappers (content controls, insertions) opened."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == n.SDT or child.tag in n.WRAPPERS:
            yield from _flatten(child, tag)
