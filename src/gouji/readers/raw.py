"""What a format's reader hands to `assemble`: paragraphs and tables as they stand in the file, before any joining."""

from __future__ import annotations

from dataclasses import field

from gouji.model.document import Box, Piece, TraceKind
from gouji.model.record import record


@record(slots=True)
class RawParagraph:
    """A paragraph, or a line of a format that knows only lines.

    `continues`: True = the reader knows that the next paragraph goes on in the same sentence, False = it knows that it does
    not, None = unknown, the words decide. `heading`: 0 title style, 1..9 heading style, None body text.
    `number`: the label that Word computes for an automatic number ("1、", "（一）"), not part of `text`.
    `part`: body, footnotes, header, footer, textbox.
    """

    text: str
    part: str = "body"
    line: int | None = None
    pieces: tuple[Piece, ...] = ()
    heading: int | None = None
    number: str | None = None
    continues: bool | None = None
    centred: bool = False


@record(slots=True)
class RawCell:
    """A cell at its grid position; merged cells appear once, at their upper left corner."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None
    address: str = ""
    stored: str = ""  # the number behind a figure that is shown with fewer digits
    formula: str = ""


@record(slots=True)
class RawTable:
    """A table as a grid. `cells` in row-major order."""

    cells: list[RawCell] = field(default_factory=list)
    part: str = "body"
    line: int | None = None
    continued: bool = False  # goes on from the table before it, on the page before
    flattened: bool = False  # rebuilt from text that had lost its cells
    row_lines: tuple[int, ...] = ()  # the line of each row, in plain text


@record(slots=True)
class RawTrace:
    """A trace of editing in a Word file; `near` is the paragraph as it is shown."""

    kind: TraceKind
    words: str
    near: str


Raw = RawParagraph | RawTable
