"""Prints a grid of merged cells as departments hand it in: text in four ways, Word, a ruled PDF, a spreadsheet."""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape

WAYS = ("tab", "pipe", "docx", "lines", "squeezed", "pdf", "xlsx")  # squeezed: one cell a line, and the blank cells lost
SUFFIX = {"docx": ".docx", "pdf": ".pdf", "xlsx": ".xlsx"}
SONG = "STSong-Light"


@dataclass(frozen=True)
class Cell:
    """A cell with what it covers."""

    text: str
    colspan: int = 1
    rowspan: int = 1


Grid = list[list[Cell]]


@dataclass(frozen=True)
class Paper:
    """A table with the lines above and below it. `repeated`: in text, merged names are printed in every row."""

    above: tuple[str, ...]
    grid: Grid
    below: tuple[str, ...] = ()
    repeated: bool = False


def printed(paper: Paper, way: str) -> tuple[str, bytes]:
    """The file's suffix and its bytes."""
    if way in ("docx", "pdf", "xlsx"):
        return SUFFIX[way], {"docx": word, "pdf": pdf, "xlsx": sheet}[way](paper)
    if way in ("lines", "squeezed"):
        lines = [*paper.above, *(cell.text for row in paper.grid for cell in row), *paper.below, ""]
        return ".txt", "\n".join(lines if way == "lines" else [line for line in lines if line]).encode()
    return ".txt", text(paper, "\t" if way == "tab" else "|").encode()


def placed(grid: Grid) -> list[list[tuple[int, Cell]]]:
    """Each row's cells with the columns where they begin."""
    taken: dict[tuple[int, int], bool] = {}
    rows = []
    for r, line in enumerate(grid):
        column = 0
        row = []
        for cell in line:
            while taken.get((r, column)):
                column += 1
            row.append((column, cell))
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    taken[r + down, column + right] = True
            column += cell.colspan
        rows.append(row)
    return rows


def width(rows: list[list[tuple[int, Cell]]]) -> int:
    return max(c + cell.colspan for row in rows for c, cell in row)


def text(paper: Paper, joint: str) -> str:
    """A row to a line, its cells joined."""
    rows = placed(paper.grid)
    wide = width(rows)
    lines = list(paper.above)
    down: dict[int, tuple[str, int]] = {}  # merged names that go on: text and rows left
    for row in rows:
        cells = [""] * wide
        for column, (words, left) in list(down.items()):
            cells[column] = words if paper.repeated else ""
            down[column] = (words, left - 1)
            if left == 1:
                del down[column]
        for column, cell in row:
            cells[column] = cell.text
            if cell.rowspan > 1:
                down[column] = (cell.text, cell.rowspan - 1)
        lines.append(joint.join(cells) if joint == "\t" else "| " + " | ".join(cells) + " |")
    return "\n".join([*lines, *paper.below, ""])


def word(paper: Paper) -> bytes:
    """A Word file with the cells merged."""
    import docx
    from docx.oxml.parser import parse_xml

    document = docx.Document()
    for line in paper.above:
        document.add_paragraph(line)
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(_word_table(placed(paper.grid))))
    for line in paper.below:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(rows: list[list[tuple[int, Cell]]]) -> str:
    """The table's XML: merged cells as Word writes them, gridSpan to the right and vMerge downwards."""
    below: dict[int, tuple[int, int]] = {}  # column -> width and rows left of a cell merged downwards
    lines = []
    for row in rows:
        cells = {c: (cell.colspan, '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else "", cell.text) for c, cell in row}
        cells |= {c: (span, "<w:vMerge/>", "") for c, (span, _) in below.items()}
        below = {c: (span, left - 1) for c, (span, left) in below.items() if left > 1}
        below |= {c: (cell.colspan, cell.rowspan - 1) for c, cell in row if cell.rowspan > 1}
        lines.append("".join(_word_cell(*cells[c]) for c in sorted(cells)))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    return f"<w:tbl {space}><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width(rows)}</w:tblGrid>{body}</w:tbl>"


def _word_cell(span: int, merge: str, words: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr><w:p>{run}</w:p></w:tc>'


def pdf(paper: Paper) -> bytes:
    """A ruled table on one A3 page; cells wrap."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, TableStyle
    from reportlab.platypus import Table as Ruled

    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    body = ParagraphStyle("body", fontName=SONG, fontSize=12, leading=20, wordWrap="CJK")
    small = ParagraphStyle("small", parent=body, fontSize=9, leading=12)
    rows = placed(paper.grid)
    wide = width(rows)
    cells: list[list[object]] = [[""] * wide for _ in rows]
    look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    need = [4] * wide
    for r, row in enumerate(rows):
        for c, cell in row:
            cells[r][c] = Paragraph(escape(cell.text), small)
            if cell.colspan > 1 or cell.rowspan > 1:
                look.append(("SPAN", (c, r), (c + cell.colspan - 1, r + cell.rowspan - 1)))
            else:
                need[c] = max(need[c], min(10, len(cell.text)))
    story = [Paragraph(escape(line), body) for line in paper.above]
    story.append(Ruled(cells, [1080 * n / sum(need) for n in need], style=TableStyle(look)))
    story += [Paragraph(escape(line), body) for line in paper.below]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A3), invariant=1, leftMargin=40, rightMargin=40).build(story)
    return out.getvalue()


def sheet(paper: Paper) -> bytes:
    """A spreadsheet: figures as numbers where they are plain ones, cells merged."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    rows = placed(paper.grid)
    wide = width(rows)
    for line in paper.above:
        page.append([line])
        page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=wide)
    top = len(paper.above)
    for r, row in enumerate(rows, top + 1):
        for c, cell in row:
            _sheet_cell(page.cell(r, c + 1), cell.text)
            if cell.colspan > 1 or cell.rowspan > 1:
                ends = {"end_row": r + cell.rowspan - 1, "end_column": c + cell.colspan}
                page.merge_cells(start_row=r, start_column=c + 1, **ends)
    for n, line in enumerate(paper.below, top + len(rows) + 1):
        page.cell(n, 1, line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_cell(cell: object, words: str) -> None:
    """A plain number as a number in the format that prints it alike; a percentage as its share."""
    plain = words.replace(",", "")
    percent = plain.endswith("%")
    try:
        value = float(plain.removesuffix("%"))
    except ValueError:
        cell.value = words or None
        return
    places = len(plain.removesuffix("%").partition(".")[2])
    digits = ("#,##0" if "," in words else "0") + ("." + "0" * places if places else "")
    cell.value = value / 100 if percent else value
    cell.number_format = digits + ("%" if percent else "")
