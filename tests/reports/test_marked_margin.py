"""The marked Word file as LibreOffice sees it: each comment on its words, and whole in the margin of the printed page."""

from __future__ import annotations

import ctypes
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import docx
import margin
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree

from gouji.engine import originals
from gouji.engine.runner import audit_file
from gouji.model.result import AuditResult, DocumentResult
from gouji_reports.marked.writer import WRITER

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LIGHT = 128  # of 255: panels are light, shades dark and nearly transparent
_DEEP = 3.0  # points by which a shade over two lines reaches into the line below
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_inputs" / "seeded").glob("*.docx"))


@dataclass
class Panel:
    """A comment as printed: its text, and the words shaded for it, line by line, without blanks; None for a shade off the text."""

    text: str
    words: list[str | None] = field(default_factory=list)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, DocumentResult]:
    """The samples, and an official letter's large indented type, marked up; with their results."""
    folder = tmp_path_factory.mktemp("marked")
    files = [*SAMPLES, _official(folder / "official.docx")]
    results = {}
    for file in files:
        result = audit_file(file)
        target = folder / f"{file.stem}.marked.docx"
        with target.open("wb") as stream:
            WRITER.write_binary(AuditResult((result,), result.verdict), stream, original=originals.read)
        results[target] = result
    return results


def _official(file: Path) -> Path:
    """A report in 16 point type, first lines indented, 28 points from line to line."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = docx.shared.Pt(16)
    style.paragraph_format.first_line_indent = docx.shared.Pt(32)
    style.paragraph_format.line_spacing = docx.shared.Pt(28)
    document.add_paragraph("部门整体支出绩效自评报告")
    document.add_paragraph("2023年项目支出合计10万元，其中：甲项目4万元，乙项目7万元。")
    document.add_paragraph("2023年公用经费支出合计30.5万元，其中：办公费10万元，差旅费20万元。")
    document.save(str(file))
    return file


def _quotes(result: DocumentResult) -> dict[str, str]:
    """Fingerprint of each finding -> the words it is on, without blanks and without a number that Word computes."""
    found = {}
    assert result.document is not None
    for finding in result.findings:
        first = finding.evidence[0]
        marker = result.document.blocks[first.block].marker
        typed = max(first.start, marker.end) if marker and marker.automatic else first.start
        found[finding.fingerprint] = "".join(first.context[typed : first.end].split())
    return found


def _read(file: Path) -> dict[str, tuple[str, str]]:
    """Of a file of LibreOffice's own: the text of each comment, its author first, and the words that it spans, without blanks."""
    comments: dict[str, list[str]] = {}
    unended: set[str] = set()

    def spanned(text: str | None) -> None:
        for name in unended:
            comments[name][1] += "".join((text or "").split())

    def walk(node: etree._Element) -> None:
        name = str(node.get(f"{OFFICE}name"))
        if node.tag == f"{OFFICE}annotation":
            comments[name] = ["".join("".join(map(str, node.itertext())).split()), ""]
            unended.add(name)
        elif node.tag == f"{OFFICE}annotation-end":
            unended.remove(name)
        else:
            spanned(node.text)
            for child in node:
                walk(child)
                spanned(child.tail)

    walk(etree.parse(str(file)).find(f".//{OFFICE}text"))
    assert not unended
    return {name: (text, words) for name, (text, words) in comments.items()}


@pytest.mark.skipif(margin.OFFICE is None, reason="needs LibreOffice")
def test_libreoffice_reads_each_comment_on_its_words(marked: dict[Path, DocumentResult], tmp_path: Path) -> None:
    """In LibreOffice's own format, each finding has its comment, by gouji, and it spans the words in question and no others."""
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [str(margin.OFFICE), home, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), *map(str, marked)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for file, result in marked.items():
        read = _read(tmp_path / f"{file.stem}.fodt").values()
        assert all(text.startswith("gouji") for text, _ in read)
        spans = {fingerprint: words for text, words in read for fingerprint in _quotes(result) if text.endswith(fingerprint)}
        assert spans == _quotes(result)
        assert len(read) == len(result.findings) > 0


def _inside(text: pypdfium2.PdfTextPage, left: float, bottom: float, right: float, top: float) -> str:
    """The characters the middle of whose line lies in the box (in points), without blanks."""
    found = []
    for at in range(text.count_chars()):
        x, low, end, high = text.get_charbox(at, loose=True)
        if left < (x + end) / 2 < right and bottom < (low + high) / 2 < top:
            found.append(text.get_text_range(at, 1))
    return "".join("".join(found).split())


def _panels(file: Path) -> list[Panel]:
    """The comments in the order they are drawn: a light panel in the margin, a triangle where its words end, their shade."""
    found: list[Panel] = []
    for page in pypdfium2.PdfDocument(file):
        text = page.get_textpage()
        edge = 0.0  # where the margin begins
        for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = path.get_bounds()
            filled, red = ctypes.c_int(), ctypes.c_uint()
            pdfium.FPDFPath_GetDrawMode(path, filled, ctypes.c_int())
            pdfium.FPDFPageObj_GetFillColor(path, red, *(ctypes.c_uint() for _ in range(3)))
            if not filled.value:
                continue
            if red.value > _LIGHT:
                edge = left
                found.append(Panel(_inside(text, left, bottom, right, top)))
            elif abs(right - left - top + bottom) > 0.5:  # the triangle is as wide as high
                found[-1].words.insert(0, _inside(text, left, bottom + _DEEP, right, top) if right < edge else None)
    return found


@pytest.mark.skipif(not margin.DRAWS_COMMENTS, reason=margin.NEEDS)
def test_each_comment_prints_whole_in_the_margin_beside_its_words(marked: dict[Path, DocumentResult], tmp_path: Path) -> None:
    """On the pages that LibreOffice prints, every comment stands with its whole text, and its words alone are shaded."""
    for file, printed in zip(marked, margin.print_with_comments([*marked], tmp_path), strict=True):
        quotes = _quotes(marked[file])
        comments = {c.text.rpartition(" ")[2]: "".join(c.text.split()) for c in docx.Document(str(file)).comments}
        panels = _panels(printed)
        assert len(panels) == len(quotes)
        shades: dict[str, list[str | None]] = {}
        for panel in panels:
            (fingerprint,) = (name for name in quotes if name in panel.text)
            assert not Counter(comments[fingerprint]) - Counter(panel.text)
            # Words with two comments are shaded once.
            shades[fingerprint] = panel.words or next(w for name, w in shades.items() if quotes[name] == quotes[fingerprint])
        assert shades.keys() == quotes.keys()
        for fingerprint, words in shades.items():
            shown = "".join(w or "" for w in words)
            # Of words that break over two lines, LibreOffice 7.4 may draw the first part's shade too far right.
            assert shown
            assert shown == quotes[fingerprint] or (None in words and quotes[fingerprint].endswith(shown))
