"""The same report as plain text, as a Word file with automatic numbers and as a PDF gives the same findings."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit
from gouji.model.document import Block, BlockKind, Document, MarkerStyle
from gouji.readers import read

NAMES = ("000", "001", "002", "003", "004")
FORMATS = {  # the markers that Word counts, with Word's name of their digits; the words around them are those that are typed
    MarkerStyle.CN: "chineseCountingThousand",
    MarkerStyle.CN_PAREN: "chineseCountingThousand",
    MarkerStyle.ARABIC_COMMA: "decimal",
    MarkerStyle.ARABIC_DOT: "decimal",
    MarkerStyle.ARABIC_PAREN: "decimal",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DIGITS = "0123456789０１２３４５６７８９一二三四五六七八九十"


class Lists:
    """The lists of a Word file: one abstract list to a look of the label, a restart where the typed number is not the next."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._looks: dict[tuple[str, str], int] = {}  # digits and pattern -> id of the abstract list
        self._last: dict[int, tuple[int, int]] = {}  # abstract list -> the list in use and its last number
        self._nums = 1000

    def number(self, paragraph: Any, block: Block) -> str:
        """Give the paragraph the block's number as Word counts it; what is left is the text."""
        marker = block.marker
        if marker is None or marker.start or marker.style not in FORMATS:
            return block.text
        typed = block.text[: marker.end].rstrip()
        digits = "".join(c for c in typed if c in DIGITS)
        look = self._look(FORMATS[marker.style], typed.replace(digits, "%1"))
        num, last = self._last.get(look, (0, 0))
        if not num or marker.number != last + 1:
            self._nums += 1
            num = self._nums
            start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{marker.number}"/></w:lvlOverride>'
            self._root.append(
                parse_xml(f'<w:num xmlns:w="{WORD}" w:numId="{num}"><w:abstractNumId w:val="{look}"/>{start}</w:num>')
            )
        self._last[look] = num, marker.number
        own = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        own.get_or_add_ilvl().val = 0
        own.get_or_add_numId().val = num
        return block.text[len(typed) :]

    def _look(self, digits: str, pattern: str) -> int:
        if (digits, pattern) not in self._looks:
            abstract = 1000 + len(self._looks)
            self._looks[digits, pattern] = abstract
            level = f'<w:start w:val="1"/><w:numFmt w:val="{digits}"/><w:suff w:val="nothing"/><w:lvlText w:val="{pattern}"/>'
            self._root.insert(
                0,
                parse_xml(
                    f'<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
                    f'<w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
                ),
            )
        return self._looks[digits, pattern]


def word(document: Document) -> Any:
    """The document as a Word file: its paragraphs with Word's own numbers, its tables as tables."""
    made = docx.Document()
    made.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    lists = Lists(made)
    done: set[int] = set()
    for block in document.blocks:
        if block.table is not None:
            if block.table not in done:
                done.add(block.table)
                grid(made, document, block.table)
            continue
        paragraph = made.add_paragraph(style="Title" if block.kind is BlockKind.TITLE else None)
        paragraph.add_run(lists.number(paragraph, block))
    return made


def grid(made: Any, document: Document, index: int) -> None:
    """The table as a Word table."""
    table = document.tables[index]
    cells = [cell for row in table.rows for cell in document.blocks[row].cells]
    first = min(c.row for c in cells)
    made_table = made.add_table(max(c.row for c in cells) - first + 1, table.columns, style="Table Grid")
    for cell in cells:
        corner = made_table.cell(cell.row - first, cell.column)
        if cell.rowspan > 1 or cell.colspan > 1:
            corner = corner.merge(made_table.cell(cell.row - first + cell.rowspan - 1, cell.column + cell.colspan - 1))
        corner.text = cell.text


def findings(path: Path) -> Counter[tuple[str, str, str]]:
    """Code, severity and the words first quoted, of each finding; line breaks and blanks are the format's."""
    (result,) = audit([path], profiles.load("national", catalogue.load())).documents
    assert not result.crashed, result.not_checked
    return Counter((f.code, f.severity.value, "".join(f.evidence[0].quote.split())) for f in result.findings)


@pytest.fixture(scope="module")
def originals(seeds) -> dict[str, Path]:
    return {name: next(seeds.glob(f"{name}_*.txt")) for name in NAMES}


@pytest.fixture(scope="module")
def words(originals, tmp_path_factory) -> dict[str, Path]:
    """The reports as Word files."""
    folder = tmp_path_factory.mktemp("word")
    for name, path in originals.items():
        word(read(path)).save(str(folder / f"{name}.docx"))
    return {name: folder / f"{name}.docx" for name in NAMES}


@pytest.fixture(scope="module")
def pdfs(words, tmp_path_factory) -> dict[str, Path]:
    """The Word files as LibreOffice prints them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("pdf")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    options = ["--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([office, *options, *map(str, words.values())], check=True, capture_output=True, timeout=300)
    return {name: folder / f"{name}.pdf" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_word_numbers_stand_where_they_were_typed(name, originals, words):
    """The label that is computed from Word's numbering is the one that was typed."""
    typed = [b.marker for b in read(originals[name]).blocks]
    counted = [b.marker for b in read(words[name]).blocks]
    assert [(m.style, m.number) for m in counted if m] == [(m.style, m.number) for m in typed if m]
    assert any(m.automatic for m in counted if m)


@pytest.mark.parametrize("name", NAMES)
def test_word_file_gives_the_findings_of_the_text(name, originals, words):
    """As .docx with automatic numbers the report gives the same findings as the .txt."""
    assert findings(words[name]) == findings(originals[name])


@pytest.mark.parametrize("name", NAMES)
def test_pdf_gives_the_findings_of_the_text(name, originals, pdfs):
    """As PDF the report gives the same findings as the .txt."""
    assert findings(pdfs[name]) == findings(originals[name])
