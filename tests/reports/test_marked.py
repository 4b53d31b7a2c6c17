"""The original marked up: each comment on exactly its words, the text and the look as they were, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from lxml import etree
from pypdf import PdfReader

from gouji.engine import originals
from gouji.engine.runner import audit, audit_file
from gouji.model.result import AuditResult, DocumentResult
from gouji.model.writer import WriterError
from gouji_reports.marked.writer import WRITER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = Path(__file__).resolve().parents[2] / "sample_inputs" / "seeded"
WORD = sorted(SAMPLES.glob("*.docx"))
PDF = sorted(SAMPLES.glob("*.pdf"))


@pytest.fixture(scope="module")
def marked() -> Callable[..., tuple[DocumentResult, bytes]]:
    """A file's result and the file marked up."""

    def mark(file: Path, **more: Any) -> tuple[DocumentResult, bytes]:
        result = replace(audit_file(file), **more)
        stream = io.BytesIO()
        WRITER.write_binary(AuditResult((result,), result.verdict), stream, original=originals.read)
        return result, stream.getvalue()

    return mark


def _body(data: bytes) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def _letters(body: Any) -> list[tuple[str, bytes]]:
    """Every character of the body with its look."""
    found = []
    for text in body.iter(f"{W}t"):
        look = text.getparent().find(f"{W}rPr")
        shown = etree.tostring(look) if look is not None else b""
        found += [(c, shown) for c in text.text or ""]
    return found


def _ranges(body: Any) -> dict[str, str]:
    """The words in the range of each comment."""
    open_now: set[str] = set()
    words: dict[str, str] = {}
    for element in body.iter():
        number = element.get(f"{W}id") if isinstance(element.tag, str) else None
        if element.tag == f"{W}commentRangeStart":
            open_now.add(number)
            words[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_now.discard(number)
        elif element.tag == f"{W}t":
            for each in open_now:
                words[each] += element.text or ""
    assert not open_now
    return words


@pytest.mark.parametrize("file", WORD, ids=lambda f: f.stem)
def test_each_word_comment_is_on_its_words(file: Path, marked: Callable[..., tuple[DocumentResult, bytes]]) -> None:
    """One comment a finding, its range the quoted words and nothing else, in cells and lists too."""
    result, data = marked(file)
    words = _ranges(_body(data))
    comments = {str(c.comment_id): c for c in docx.Document(io.BytesIO(data)).comments}
    assert len(comments) == len(result.findings) > 0
    assert {c.author for c in comments.values()} == {"gouji"}
    seen = {comments[number].text.rpartition(" ")[2]: "".join(text.split()) for number, text in words.items()}
    for finding in result.findings:
        quote = "".join(finding.evidence[0].quote.split())
        marker = result.document.blocks[finding.evidence[0].block].marker if result.document else None
        if marker and marker.automatic and finding.evidence[0].start < marker.end:
            quote = quote.removeprefix("".join(finding.evidence[0].context[finding.evidence[0].start : marker.end].split()))
        assert seen[finding.fingerprint] == quote


@pytest.mark.parametrize("file", WORD, ids=lambda f: f.stem)
def test_text_and_look_of_the_word_file_stay(file: Path, marked: Callable[..., tuple[DocumentResult, bytes]]) -> None:
    """Character by character the same words in the same look; every other part of the file keeps its bytes."""
    _, data = marked(file)
    assert _letters(_body(data)) == _letters(_body(file.read_bytes()))
    before, after = zipfile.ZipFile(file), zipfile.ZipFile(io.BytesIO(data))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"}
    assert [n for n in before.namelist() if before.read(n) != after.read(n)] == [n for n in before.namelist() if n in touched]


@pytest.mark.parametrize("file", WORD, ids=lambda f: f.stem)
def test_word_file_goes_through_python_docx_and_the_reader(
    file: Path, marked: Callable[..., tuple[DocumentResult, bytes]], tmp_path: Path
) -> None:
    """Opened and saved by python-docx nothing is lost, and checked again it has the same findings."""
    result, data = marked(file)
    document = docx.Document(io.BytesIO(data))
    copy = tmp_path / file.name
    document.save(str(copy))
    assert len(docx.Document(str(copy)).comments) == len(result.findings)
    again = audit_file(copy)
    assert [f.fingerprint for f in again.findings] == [f.fingerprint for f in result.findings]
    assert [b.text for b in again.document.blocks] == [b.text for b in result.document.blocks]


def test_comments_that_are_there_stay(marked: Callable[..., tuple[DocumentResult, bytes]], tmp_path: Path) -> None:
    """A file that has comments keeps them; marked twice it has both sets."""
    result, data = marked(WORD[0])
    file = tmp_path / "commented.docx"
    file.write_bytes(data)
    _, twice = marked(file)
    assert len(docx.Document(io.BytesIO(twice)).comments) == 2 * len(result.findings)
    assert len(_ranges(_body(twice))) == 2 * len(result.findings)


def test_runs_split_in_the_middle_keep_tabs_and_breaks(
    tmp_path: Path, marked: Callable[..., tuple[DocumentResult, bytes]]
) -> None:
    """A run with bold figures, a tab and a line break is cut at the words and nowhere else."""
    document = docx.Document()
    document.add_paragraph("部门整体支出绩效自评报告")
    paragraph = document.add_paragraph("2023年")
    run = paragraph.add_run("项目\t支出合计10万元，其中：甲项目4万元，\n乙项目7万元。")
    run.bold = True
    file = tmp_path / "runs.docx"
    document.save(str(file))
    result, data = marked(file)
    assert [f.code for f in result.findings] == ["AR101"]
    assert list(_ranges(_body(data)).values()) == ["10万元"]
    texts = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert texts == [p.text for p in docx.Document(str(file)).paragraphs]
    assert all(r.bold for r in docx.Document(io.BytesIO(data)).paragraphs[1].runs[1:] if r.text)


@pytest.mark.parametrize("file", PDF, ids=lambda f: f.stem)
def test_each_highlight_lies_on_its_words(file: Path, marked: Callable[..., tuple[DocumentResult, bytes]]) -> None:
    """The text under the boxes of each annotation is the quotation; each finding has its note."""
    result, data = marked(file)
    pages = PdfReader(io.BytesIO(data)).pages
    sheets = pypdfium2.PdfDocument(data)
    seen: dict[str, str] = {}
    for number, page in enumerate(pages):
        text = sheets[number].get_textpage()
        for annotation in (a.get_object() for a in page.get("/Annots", [])):
            if annotation["/Subtype"] != "/Highlight":
                continue
            points = [float(v) for v in annotation["/QuadPoints"]]
            for quad in (points[i : i + 8] for i in range(0, len(points), 8)):
                box = {
                    "left": quad[0] + 1,
                    "bottom": quad[5] + 1,
                    "right": quad[2] - 1,
                    "top": quad[1] - 1,
                }  # not its neighbours' edges
                key = annotation["/NM"].rpartition("-")[0]
                seen[key] = seen.get(key, "") + "".join(text.get_text_bounded(**box).split())
    assert seen == {f.fingerprint: "".join(f.evidence[0].quote.split()) for f in result.findings}


@pytest.mark.parametrize("file", PDF, ids=lambda f: f.stem)
def test_the_pdf_is_appended_to(file: Path, marked: Callable[..., tuple[DocumentResult, bytes]], tmp_path: Path) -> None:
    """The original's bytes are the beginning of the marked file, and checked again it has the same findings."""
    result, data = marked(file)
    assert data.startswith(file.read_bytes())
    copy = tmp_path / file.name
    copy.write_bytes(data)
    assert [f.fingerprint for f in audit_file(copy).findings] == [f.fingerprint for f in result.findings]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_highlights_follow_a_turned_page(
    turn: int, tmp_path: Path, marked: Callable[..., tuple[DocumentResult, bytes]]
) -> None:
    """On a page that is shown turned, or cropped, the highlight is still on its words."""
    from pypdf import PdfWriter
    from pypdf.generic import RectangleObject

    writer = PdfWriter(clone_from=str(SAMPLES / "flood_repair.pdf"))
    for page in writer.pages:
        page.rotate(turn)
        page.cropbox = RectangleObject((10, 20, 590, 830))
    file = tmp_path / "turned.pdf"
    writer.write(str(file))
    test_each_highlight_lies_on_its_words(file, marked)


@pytest.mark.parametrize("file", [*WORD, *PDF], ids=lambda f: f.name)
def test_waived_findings_are_not_marked(file: Path, marked: Callable[..., tuple[DocumentResult, bytes]]) -> None:
    """What somebody answered for is not put to the department again."""
    findings = tuple(replace(f, waived="已核") for f in audit_file(file).findings)
    _, data = marked(file, findings=findings)
    assert b"gouji-" not in data
    if file.suffix == ".docx":
        assert len(docx.Document(io.BytesIO(data)).comments) == 0


def test_several_documents_are_a_zip() -> None:
    """Many marked files come in one archive, each under its name, the same bytes every time."""
    result = audit([WORD[0], PDF[0]])
    first, second = io.BytesIO(), io.BytesIO()
    WRITER.write_binary(result, first, original=originals.read)
    WRITER.write_binary(result, second, original=originals.read)
    assert first.getvalue() == second.getvalue()
    assert zipfile.ZipFile(first).namelist() == [f"001_{WORD[0].name}", f"002_{PDF[0].name}"]


def test_what_cannot_be_marked_is_named(tmp_path: Path) -> None:
    """A text file, a file that was not read, a file that changed since: an error that names it."""
    text = tmp_path / "a.txt"
    text.write_text("部门整体支出绩效自评报告\n", "utf-8")
    changed = tmp_path / "b.docx"
    changed.write_bytes(WORD[0].read_bytes())
    result = audit([changed])
    changed.write_bytes(WORD[1].read_bytes())
    for broken, said in (
        (audit([text]), "txt"),
        (AuditResult((DocumentResult("c.docx", "unreadable"),), "unreadable"), "not read"),
        (result, "changed"),
    ):
        with pytest.raises(WriterError) as caught:
            WRITER.write_binary(broken, io.BytesIO(), original=originals.read)
        assert said in caught.value.reason.en


def test_a_marked_file_is_written_from_the_command_line(tmp_path: Path) -> None:
    """`gouji check --format marked -o` writes the file; a text file is refused with exit code 2."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "gouji", "check", str(WORD[0]), "--format", "marked", "-o", str(tmp_path / "m.docx")]
    assert subprocess.run([*command, "--fail-on", "never"]).returncode == 0
    assert len(docx.Document(str(tmp_path / "m.docx")).comments) > 0
    (tmp_path / "a.txt").write_text("部门整体支出绩效自评报告\n", "utf-8")
    command[4] = str(tmp_path / "a.txt")
    done = subprocess.run([*command, "--lang", "en"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "cannot be marked up" in done.stderr


def test_words_in_revisions_links_frames_and_notes(
    tmp_path: Path, marked: Callable[..., tuple[DocumentResult, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tracked changes, links, controls and nested tables take comments on their words; a text box or footnote is named nearby."""
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[1] / "readers"))
    from word_files import parts, zipped

    def run(text: str) -> str:
        return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    def total(name: str, figure: str) -> str:
        return run(f"2023年{name}支出合计") + figure + run("，其中：甲项目4万元，乙项目7万元。")

    def paragraph(*content: str) -> str:
        return "<w:p>" + "".join(content) + "</w:p>"

    boxed = paragraph(total("框内", run("12万元")))
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{boxed}</w:txbxContent></v:textbox></w:pict></w:r>"
    rows = (("项目", "金额（万元）"), ("甲项目", "4"), ("乙项目", "7"), ("合计", "13"))
    lines = ("".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in row) for row in rows)
    inner = "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"
    revised = (
        '<w:del w:id="90"><w:r><w:delText>11万元</w:delText></w:r></w:del><w:ins w:id="91"><w:r><w:t>14万元</w:t></w:r></w:ins>'
    )
    outer = "".join(f"<w:tc>{c}</w:tc>" for c in (paragraph(run("序号")) + inner, paragraph(run("内容"))))
    body = "".join(
        [
            paragraph(run("部门整体支出绩效自评报告")),
            paragraph(total("修订", revised)),
            paragraph(total("链接", "<w:hyperlink>" + run("15万") + run("元") + "</w:hyperlink>")),
            paragraph(total("控件", "<w:sdt><w:sdtContent>" + run("16万元") + "</w:sdtContent></w:sdt>")),
            f"<w:tbl><w:tr>{outer}</w:tr></w:tbl>",
            paragraph(run("见右框。"), box, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        ]
    )
    note = paragraph(total("脚注", run("17万元")))
    notes = f'<w:footnote w:id="2">{note}</w:footnote>'
    file = tmp_path / "hard.docx"
    file.write_bytes(zipped(parts(body, footnotes=notes)))
    result, data = marked(file)
    words = _ranges(_body(data))
    comments = {str(c.comment_id): c.text for c in docx.Document(io.BytesIO(data)).comments}
    assert len(comments) == len(result.findings) >= 4
    assert _letters(_body(data)) == _letters(_body(file.read_bytes()))
    for number, text in comments.items():
        finding = next(f for f in result.findings if f.fingerprint in text)
        quote = finding.evidence[0].quote
        assert "".join(words[number].split()) == quote or quote in text
    on_words = {words[n] for n in comments}
    assert {"14万元", "15万元", "16万元", "13"} <= on_words
