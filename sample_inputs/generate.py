"""Make the binary sample documents from their sources: `sources/<group>/<name>.<format>.md` -> `<group>/<name>.<format>`.

A source is a small markup, so that a sample can be read and changed in a text editor:

    # title                      a heading by its style: # title, ## first level, ### second …
    plain text                   a paragraph to a line
    1) text                      in .docx an item that Word numbers itself; elsewhere the number is typed
    cell<TAB>cell                a table row; rows on end form a table

The same sources give the same bytes: times in the files are fixed.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = (2024, 1, 1, 0, 0, 0)
_AUTO = re.compile(r"(\d+)\) (.+)")


def pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    """("table", rows), ("heading N", [text]), ("item N", [text]) or ("text", [text]), in order."""
    lines = [line for line in text.splitlines() if line.strip()]
    for is_row, group in groupby(lines, lambda line: "\t" in line):
        if is_row:
            yield "table", list(group)
            continue
        for line in group:
            marks, _, words = line.partition(" ")
            if marks and set(marks) == {"#"}:
                yield f"heading {len(marks) - 1}", [words]
            elif match := _AUTO.fullmatch(line):
                yield f"item {match[1]}", [match[2]]
            else:
                yield "text", [line]


def to_docx(text: str) -> bytes:
    """A Word document with heading styles, automatic numbers and tables."""
    import docx

    document = docx.Document()
    for kind, content in pieces(text):
        what, _, number = kind.partition(" ")
        if what == "heading":
            document.add_heading(content[0], int(number))
        elif what == "item":
            document.add_paragraph(content[0], style="List Number")
        elif what == "table":
            rows = [row.split("\t") for row in content]
            table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=False):
                    cell.text = words
        else:
            document.add_paragraph(content[0])
    raw = io.BytesIO()
    document.save(raw)
    return _timeless(raw.getvalue())


def to_pdf(text: str) -> bytes:
    """A PDF of text and ruled tables, in a font that every PDF viewer brings along."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=30, firstLineIndent=0, alignment=1)
    cell = ParagraphStyle("cell", parent=body, fontSize=10, leading=14, firstLineIndent=0)
    story: list[Flowable] = []
    for kind, content in pieces(text):
        what, _, number = kind.partition(" ")
        if what == "table":
            rows = [[Paragraph(words, cell) for words in row.split("\t")] for row in content]
            grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
            story += [Table(rows, style=grid), Spacer(1, 12)]
        elif kind == "heading 0":
            story.append(Paragraph(content[0], title))
        else:
            story.append(Paragraph(f"{number}.{content[0]}" if what == "item" else content[0], body))
    raw = io.BytesIO()
    SimpleDocTemplate(raw, pagesize=A4, invariant=1, leftMargin=80, rightMargin=70).build(story)
    return raw.getvalue()


def to_txt(text: str) -> bytes:
    """Plain text: headings without their marks, automatic numbers typed."""
    lines = []
    for kind, content in pieces(text):
        what, _, number = kind.partition(" ")
        lines += [f"{number}.{content[0]}"] if what == "item" else content
    return ("\n".join(lines) + "\n").encode()


def _timeless(data: bytes) -> bytes:
    """The same archive with every entry's time fixed."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return raw.getvalue()


MAKERS = {"docx": to_docx, "pdf": to_pdf, "txt": to_txt}


def main() -> int:
    """Make every document whose source there is."""
    for source in sorted((HERE / "sources").glob("*/*.md")):
        name, _, form = source.stem.rpartition(".")
        target = HERE / source.parent.name / f"{name}.{form}"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(MAKERS[form](source.read_text("utf-8")))
        print(target.relative_to(HERE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
