"""The document as every reader gives it: blocks in reading order, each with its provenance."""

from __future__ import annotations

from gouji.model.choice import Choice
from gouji.model.record import record
from gouji.model.text import Text


class BlockKind(Choice):
    """What a block is. A table is a run of `row` blocks; a row's text is its cells joined by tabs."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    ROW = "row"
    NOTE = "note"  # footnote, endnote, text box outside the flow
    HEADER = "header"  # running header or footer: read, shown, not part of the body


class MarkerStyle(Choice):
    """The numbering styles of GB/T 9704 and the ones authors use beside them; the value shows the style's look."""

    CN = "一、"
    CN_PAREN = "（一）"
    ARABIC_DOT = "1."
    ARABIC_COMMA = "1、"
    ARABIC_PAREN = "（1）"
    ARABIC_HALF = "1）"
    CIRCLED = "①"
    CN_IS = "一是"
    CN_ORDINAL = "第一"
    CHAPTER = "第一部分"


@record(frozen=True, slots=True)
class Marker:
    """A list or heading number at the head of a block. `automatic` = computed from Word's numbering, not typed."""

    style: MarkerStyle
    number: int
    start: int
    end: int  # offset in the block's text where the words after the marker begin
    automatic: bool = False


@record(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's upper left corner."""

    page: int  # 1-based
    x0: float
    top: float
    x1: float
    bottom: float


@record(frozen=True, slots=True)
class Piece:
    """Where a stretch of a block's text stands on the page: characters start..end inside `box`."""

    start: int
    end: int
    box: Box


@record(frozen=True, slots=True)
class Anchor:
    """Where a block comes from in its file."""

    part: str = "body"  # body, footnotes, header, footer, sheet name
    paragraph: int | None = None  # 0-based index in the part; for plain text the 1-based line number
    pieces: tuple[Piece, ...] = ()

    @property
    def page(self) -> int | None:
        return self.pieces[0].box.page if self.pieces else None

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes that the characters start..end touch."""
        return tuple([p.box for p in self.pieces if p.start < end and start < p.end]) if self.pieces else ()


@record(frozen=True, slots=True)
class Cell:
    """A table cell; start..end are its offsets in the row block's text. `address` is T2R3C1 or a sheet's B5."""

    text: str
    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    address: str = ""
    stored: str = ""  # of a spreadsheet's cell that shows fewer digits than it holds: the number that it holds
    formula: str = ""  # of a spreadsheet's cell, without its equals sign


@record(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row."""

    index: int
    kind: BlockKind
    text: str
    anchor: Anchor = Anchor()
    marker: Marker | None = None
    level: int | None = None  # of a heading: 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）
    parent: int | None = None  # index of the heading this block stands under
    table: int | None = None  # index into Document.tables
    cells: tuple[Cell, ...] = ()

    def placed(self, level: int | None, parent: int | None) -> Block:
        """The block with its place in the outline. (`dataclasses.replace` takes three times as long, on every block.)"""
        return Block(self.index, self.kind, self.text, self.anchor, self.marker, level, parent, self.table, self.cells)


@record(frozen=True, slots=True)
class Table:
    """A table: its row blocks in order, how many of them are header rows, the unit and caption declared for it."""

    index: int
    rows: tuple[int, ...]  # block indexes
    columns: int
    header_rows: int = 1
    unit: str | None = None  # 万元, 元 … from 单位：万元 near it
    caption: int | None = None  # block index
    flattened: bool = False  # rebuilt from text that had lost its cells


class TraceKind(Choice):
    """What an unfinished Word file carries beside its words."""

    INSERTED = "inserted"  # a tracked insertion or the new place of moved words, not accepted
    DELETED = "deleted"  # a tracked deletion or the old place of moved words, not accepted
    COMMENT = "comment"
    HIGHLIGHTED = "highlighted"


@record(frozen=True, slots=True)
class Trace:
    """A trace of editing: its words (of a comment, the comment's own) and the characters start..end of the block that it marks."""

    kind: TraceKind
    words: str
    block: int
    start: int
    end: int


@record(frozen=True, slots=True)
class NotChecked:
    """Something in the document that was not read or not recomputed, and why. Blocks a pass."""

    what: Text
    why: Text


@record(frozen=True, slots=True)
class Document:
    """A submitted document. `blocks[i].index == i`."""

    path: str
    sha256: str
    format: str  # docx, pdf, txt, xlsx, xls, csv, html
    title: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    unread: tuple[NotChecked, ...] = ()
    organisation: str | None = None
    year: int | None = None
    pages: int | None = None
    traces: tuple[Trace, ...] = ()

    def under(self, heading: int) -> tuple[Block, ...]:
        """The blocks that stand under a heading, at any depth."""
        inside = {heading}
        found = []
        for block in self.blocks[heading + 1 :]:
            if block.parent in inside:
                inside.add(block.index)
                found.append(block)
        return tuple(found)


class DocumentError(Exception):
    """A file that cannot be read; `reason` says why, for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)
