"""Make the sample documents from their sources: `sources/<group>/<name>.<format>.md` -> `<group>/<name>.<format>`.

A source is a small markup, so that a sample can be read and changed in a text editor. `key: value` lines come first and end
with an empty line; then every line is a piece:

    # title                      # title, ## first-level heading, ### second …; its number is typed
    plain text                   a paragraph to a line; text[^note] has a footnote (.docx only)
    cell<TAB>cell                a table row; rows on end form a table; < goes on with the cell on the left, ^ with the one above

Keys, all optional: `header` and `footer` (# is the page's number) for .docx and .pdf; `numbering: word` turns typed numbers into
Word's automatic multi-level ones; for .txt `encoding`, `wrap` (ideographs in a line) and `tables: flat` (a cell to a line, as
some conversions leave them).

The same sources give the same bytes: times in the files are fixed. `generate.py FOLDER` writes to another folder.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
EPOCH = (2024, 1, 1, 0, 0, 0)
CHINESE = "一二三四五六七八九十"
NOTE = re.compile(r"\[\^([^\]]+)\]")
# The levels of GB/T 9704: a typed number, Word's number format, Word's pattern.
LEVELS = (
    (re.compile(rf"([{CHINESE}])、"), "chineseCountingThousand", "%1、"),
    (re.compile(rf"（([{CHINESE}])）"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"(\d+)\.(?!\d)"), "decimal", "%3."),
    (re.compile(r"（(\d+)）"), "decimal", "（%4）"),
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True)
class Table:
    """Rows of cells; `spans` are merged rectangles: first row and column, last row and column."""

    rows: list[list[str]]
    spans: list[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Source:
    """A source file: its keys and its pieces. A piece is a table or a text with its heading level: 0 title, None body."""

    pieces: list[Table | tuple[str, int | None]]
    keys: dict[str, str] = field(default_factory=dict)


def parse(text: str) -> Source:
    """Keys, then pieces."""
    head, gap, rest = text.partition("\n\n")
    keys = dict(re.findall(r"^(\w+): (.+)$", head, re.MULTILINE)) if gap else {}
    lines = [line for line in (rest if keys else text).splitlines() if line.strip()]
    pieces: list[Table | tuple[str, int | None]] = []
    for is_row, group in groupby(lines, lambda line: "\t" in line):
        if is_row:
            pieces.append(_table([line.split("\t") for line in group]))
            continue
        for line in group:
            marks, _, words = line.partition(" ")
            heading = marks != "" and set(marks) == {"#"}
            pieces.append((words, len(marks) - 1) if heading else (line, None))
    return Source(pieces, keys)


def _table(rows: list[list[str]]) -> Table:
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    spans = []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if words in {"<", "^"}:
                continue
            right, down = c, r
            while right + 1 < width and row[right + 1] == "<":
                right += 1
            while down + 1 < len(rows) and rows[down + 1][c] == "^":
                down += 1
            if (right, down) != (c, r):
                spans.append((r, c, down, right))
    return Table([["" if words in {"<", "^"} else words for words in row] for row in rows], spans)


# ------------------------------------------------------------------------------------------------------------ .docx


def to_docx(source: Source) -> bytes:
    """A Word document with heading styles, tables, footnotes, a running header and page numbers."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    document.core_properties.author = ""
    for name, font in (("Normal", "宋体"), ("Title", "黑体"), *((f"Heading {n}", "黑体") for n in (1, 2, 3))):
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    numbers = WordNumbers(document) if source.keys.get("numbering") == "word" else None
    notes: list[str] = []
    for piece in source.pieces:
        if isinstance(piece, Table):
            _word_table(document, piece)
            continue
        text, level = piece
        paragraph = document.add_paragraph(style=None if level is None else f"Heading {level}" if level else "Title")
        text = numbers.take(paragraph, text) if numbers else text
        for n, words in enumerate(NOTE.split(text)):
            if n % 2:
                notes.append(words)
                paragraph.add_run()._r.append(_xml(f'<w:footnoteReference xmlns:w="{WORD}" w:id="{len(notes)}"/>'))  # noqa: SLF001
            elif words:
                paragraph.add_run(words)
    if notes:
        _footnotes(document, notes)
    _running(document, source.keys)
    raw = io.BytesIO()
    document.save(raw)
    return _timeless(raw.getvalue())


class WordNumbers:
    """Automatic numbers of one multi-level list; where a typed number is not the next one, the list restarts with it."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{look}"/></w:lvl>'
            for n, (_, form, look) in enumerate(LEVELS)
        )
        self._root.insert(0, _xml(f'<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="100">{levels}</w:abstractNum>'))
        self._counts = [0] * len(LEVELS)
        self._num = 100
        self._add_list("")

    def take(self, paragraph: Any, text: str) -> str:
        """Number the paragraph as its text begins, and give the text without the typed number."""
        for level, (typed, _, _) in enumerate(LEVELS):
            found = typed.match(text)
            if found is None:
                continue
            number = CHINESE.index(found[1]) + 1 if found[1] in CHINESE else int(found[1])
            if number != self._counts[level] + 1:
                self._num += 1
                self._add_list(f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{number}"/></w:lvlOverride>')
            self._counts[level:] = [number] + [0] * (len(LEVELS) - level - 1)
            own = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
            own.get_or_add_ilvl().val = level
            own.get_or_add_numId().val = self._num
            return text[found.end() :]
        return text

    def _add_list(self, overrides: str) -> None:
        self._root.append(
            _xml(f'<w:num xmlns:w="{WORD}" w:numId="{self._num}"><w:abstractNumId w:val="100"/>{overrides}</w:num>')
        )


def _word_table(document: Any, table: Table) -> None:
    grid = document.add_table(len(table.rows), len(table.rows[0]), style="Table Grid")
    for row, words in zip(grid.rows, table.rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    for top, left, bottom, right in table.spans:
        merged = grid.cell(top, left).merge(grid.cell(bottom, right))
        for empty in merged.paragraphs[1:]:
            empty._p.getparent().remove(empty._p)  # noqa: SLF001


def _footnotes(document: Any, notes: list[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    lines = ((-1, "separator"), (0, "continuationSeparator"))
    marks = "".join(f'<w:footnote w:type="{k}" w:id="{n}"><w:p><w:r><w:{k}/></w:r></w:p></w:footnote>' for n, k in lines)
    texts = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(words)}</w:t></w:r></w:p>'
        "</w:footnote>"
        for n, words in enumerate(notes, 1)
    )
    data = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{WORD}">{marks}{texts}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, data.encode(), document.part.package)
    document.part.relate_to(part, FOOTNOTES)


def _running(document: Any, keys: dict[str, str]) -> None:
    section = document.sections[0]
    if "header" in keys:
        section.header.paragraphs[0].text = keys["header"]
    if "footer" in keys:
        before, _, after = keys["footer"].partition("#")
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(before)
        number = f'<w:fldSimple xmlns:w="{WORD}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(_xml(number))  # noqa: SLF001
        paragraph.add_run(after)


def _xml(text: str) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(text)


def _timeless(data: bytes, drop: str = "") -> bytes:
    """The same archive with every entry's time fixed, without the entry that holds the time of writing."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename == drop:
                continue
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return raw.getvalue()


# ------------------------------------------------------------------------------------------------------------- .pdf


def to_pdf(source: Source) -> bytes:
    """A PDF of text and ruled tables with a running header and page numbers, in a font that every PDF viewer brings along."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, TableStyle
    from reportlab.platypus import Table as Grid

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=30, firstLineIndent=0, alignment=1)
    heading = ParagraphStyle("heading", parent=body, fontSize=14, leading=26)
    cell = ParagraphStyle("cell", parent=body, fontSize=10, leading=14, firstLineIndent=0)
    story: list[Flowable] = []
    for piece in source.pieces:
        if isinstance(piece, Table):
            rows = [[Paragraph(escape(words), cell) for words in row] for row in piece.rows]
            look = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            look += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in piece.spans]
            longest = [min(max(map(len, column)), 12) + 2 for column in zip(*piece.rows, strict=True)]
            widths = [440 * n / sum(longest) for n in longest]
            story += [Grid(rows, widths, style=TableStyle(look), repeatRows=1), Spacer(1, 12)]
        else:
            text, level = piece
            story.append(Paragraph(escape(text), body if level is None else heading if level else title))

    def running(canvas: Any, page: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, source.keys.get("header", ""))
        canvas.drawCentredString(A4[0] / 2, 36, source.keys.get("footer", "").replace("#", str(page.page)))

    raw = io.BytesIO()
    SimpleDocTemplate(raw, pagesize=A4, invariant=1, leftMargin=80, rightMargin=70).build(story, running, running)
    return raw.getvalue()


# ------------------------------------------------------------------------------------------------------------- .txt


def to_txt(source: Source) -> bytes:
    """Plain text: headings without their marks; cells with tabs between, or a cell to a line."""
    width = int(source.keys.get("wrap", "0"))
    flat = source.keys.get("tables") == "flat"
    lines: list[str] = []
    for piece in source.pieces:
        if isinstance(piece, Table):
            for row in piece.rows:
                lines += [*("\t" + words for words in row), ""] if flat else ["\t".join(row)]
        else:
            text, level = piece
            lines += _wrapped(text, width) if width and level != 0 else [text]
    return ("\n".join(lines) + "\n").encode(source.keys.get("encoding", "utf-8"))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a paragraph that is indented by two characters and breaks wherever `width` ideographs fill a line."""
    line, used = "", 0
    for char in "　　" + text:
        size = 1 if char.isascii() else 2
        if used + size > 2 * width:
            yield line
            line, used = "", 0
        line, used = line + char, used + size
    yield line


# ------------------------------------------------------------------------------------------------------------ .xlsx, .html


def to_xlsx(source: Source) -> bytes:
    """A workbook: each heading opens a sheet of its name, texts are merged rows, amounts are numbers shown with two decimals."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet: Any = None
    for piece in source.pieces:
        if not isinstance(piece, Table):
            text, level = piece
            if sheet is None or (level and sheet.max_row > 2):
                sheet = book.create_sheet(re.sub(r"[\\/?*\[\]:“”]", "", text)[:30])
            for part in re.split("\u3000{2,}", text):
                sheet.append([part])
            continue
        top = sheet.max_row + 1
        for row in piece.rows:
            sheet.append([float(words) if re.fullmatch(r"-?\d+\.\d\d", words) else words or None for words in row])
            for cell in sheet[sheet.max_row]:
                cell.number_format = "0.00" if isinstance(cell.value, float) else "General"
        for first, left, last, right in piece.spans:
            corners = f"{get_column_letter(left + 1)}{top + first}:{get_column_letter(right + 1)}{top + last}"
            sheet.merge_cells(corners)
    book.properties.creator = ""
    raw = io.BytesIO()
    book.save(raw)
    return _timeless(raw.getvalue(), drop="docProps/core.xml")


def to_html(source: Source) -> bytes:
    """A web page as a site publishes it: headings, paragraphs and tables with their spans."""
    lines = ["<!DOCTYPE html>", '<html lang="zh"><head><meta charset="utf-8"><title></title></head><body>']
    for piece in source.pieces:
        if not isinstance(piece, Table):
            text, level = piece
            tag = "p" if level is None else f"h{level + 1}"
            lines.append(f"<{tag}>{escape(text)}</{tag}>")
            continue
        spans = {(top, left): (down, right) for top, left, down, right in piece.spans}
        inside = {(r, c) for t, left, d, right in piece.spans for r in range(t, d + 1) for c in range(left, right + 1)} - set(
            spans
        )
        lines.append('<table border="1">')
        for r, row in enumerate(piece.rows):
            cells = ""
            for c, words in enumerate(row):
                if (r, c) in inside:
                    continue
                down, right = spans.get((r, c), (r, c))
                cells += f'<td rowspan="{down - r + 1}" colspan="{right - c + 1}">{escape(words)}</td>'
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</table>")
    return "\n".join([*lines, "</body></html>", ""]).encode()


MAKERS = {"docx": to_docx, "html": to_html, "pdf": to_pdf, "txt": to_txt, "xlsx": to_xlsx}


def main(target: Path = HERE) -> int:
    """Make every document whose source there is."""
    for source in sorted((HERE / "sources").glob("*/*.md")):
        name, _, form = source.stem.rpartition(".")
        made = target / source.parent.name / f"{name}.{form}"
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(MAKERS[form](parse(source.read_text("utf-8"))))
        print(made.relative_to(target))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
