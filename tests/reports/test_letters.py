"""What goes to the department and into the office: the correction notice and the problem ledger."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import docx
import openpyxl
import pytest

from gouji.model.result import AuditResult, Severity
from gouji.model.writer import WriterError
from gouji_reports import notice, problem_ledger
from gouji_reports.basis import basis


@pytest.fixture(scope="module")
def filed() -> Callable[..., bytes]:
    """What a writer of bytes writes; no original is asked for."""

    def write(writer: Any, result: AuditResult, lang: str = "zh") -> bytes:
        stream = io.BytesIO()
        writer.write_binary(result, stream, lang=lang, original=lambda d: pytest.fail("no original is needed"))
        return stream.getvalue()

    return write


def _words(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_notice_lists_what_is_put_to_the_department(lang: str, sample: ModuleType, filed: Callable[..., bytes]) -> None:
    """Each error and warning that nobody waived, numbered, with quote, place, basis and requirement; no placeholder is left."""
    result = sample.one()
    (document,) = result.documents
    words = _words(filed(notice.WRITER, result, lang))
    asked = notice.items(document)
    assert 0 < len(asked) < len(document.findings)
    for number, finding in enumerate(asked, 1):
        assert f"{number}. {finding.message.get(lang)}" in words
        assert finding.evidence[0].quote in words
    for finding in document.findings:
        if finding.waived is not None or finding.severity is Severity.NOTICE:
            assert finding.message.get(lang) not in words
    assert words.count("依据：" if lang == "zh" else "Rests on:") == len(asked)
    assert "{{" not in words
    assert document.organisation in words


def test_notice_names_what_was_not_checked(sample: ModuleType, filed: Callable[..., bytes]) -> None:
    """A department is told which parts nobody has checked."""
    result = sample.several()
    missed = next(d for d in result.documents if d.not_checked and d.document)
    words = _words(filed(notice.WRITER, replace(result, documents=(missed,))))
    assert missed.not_checked[0].why.zh[:10] in words


def test_notices_to_several_units_are_a_zip(sample: ModuleType, filed: Callable[..., bytes]) -> None:
    """One letter a document, hostile ones too."""
    result = sample.several()
    archive = zipfile.ZipFile(io.BytesIO(filed(notice.WRITER, result)))
    assert len(archive.namelist()) == len(result.documents)
    for name in archive.namelist():
        assert _words(archive.read(name))


def test_an_office_brings_its_own_template(
    sample: ModuleType, filed: Callable[..., bytes], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another letter, a table in it, a placeholder that Word has split over runs: all is filled in, the rest stays."""
    own = docx.Document()
    own.add_paragraph("某市财政局文件")
    split = own.add_paragraph("致：{{单")
    split.add_run("位}}")
    own.add_table(1, 1).rows[0].cells[0].text = "共{{件数}}项"
    for text in ("{{#问题}}", "（{{序号}}）{{原文}}", "{{/问题}}"):
        own.add_paragraph(text)
    own.save(str(tmp_path / "t.docx"))
    monkeypatch.setenv(notice.TEMPLATE, str(tmp_path / "t.docx"))
    result = sample.one()
    data = filed(notice.WRITER, result)
    words = _words(data)
    assert words.splitlines()[0] == "某市财政局文件"
    assert f"致：{result.documents[0].organisation}" in words
    count = len(notice.items(result.documents[0]))
    assert words.count("（") >= count
    assert docx.Document(io.BytesIO(data)).tables[0].rows[0].cells[0].text == f"共{count}项"


@pytest.mark.parametrize("content", [None, "no docx", "no items"])
def test_a_template_that_is_none_is_named(
    content: str | None, sample: ModuleType, filed: Callable[..., bytes], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is missing, no Word file, or without the place of the items is refused by name."""
    file = tmp_path / "bad.docx"
    if content == "no docx":
        file.write_text("x")
    elif content == "no items":
        docx.Document().save(str(file))
    monkeypatch.setenv(notice.TEMPLATE, str(file))
    with pytest.raises(WriterError) as caught:
        filed(notice.WRITER, sample.one())
    assert "bad.docx" in caught.value.reason.zh


def test_ledger_has_a_row_for_each_finding(sample: ModuleType, filed: Callable[..., bytes]) -> None:
    """All submissions in one sheet, filterable, the status a list of words; waived findings are there as waived."""
    result = sample.several()
    book = openpyxl.load_workbook(io.BytesIO(filed(problem_ledger.WRITER, result)))
    sheet = book.worksheets[0]
    found = [f for d in result.documents for f in d.findings]
    assert sheet.max_row == 1 + len(found)
    heads = [c.value for c in sheet[1]]
    assert sorted(r[heads.index("指纹")].value for r in sheet.iter_rows(min_row=2)) == sorted(f.fingerprint for f in found)
    states = [r[heads.index("状态")].value for r in sheet.iter_rows(min_row=2)]
    assert states.count("已豁免") == sum(f.waived is not None for f in found) > 0
    (validation,) = sheet.data_validations.dataValidation
    assert "待核实" in validation.formula1
    assert all(state in validation.formula1 for state in states)
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
    missed = [r for r in book.worksheets[1].iter_rows(min_row=2, values_only=True) if r[-1]]
    assert len(missed) == sum(bool(d.not_checked) for d in result.documents) > 0


def test_ledger_computes_nothing(sample: ModuleType, filed: Callable[..., bytes]) -> None:
    """What a submission says is never a formula in the office's workbook."""
    result = sample.one()
    first = result.documents[0]
    evil = replace(first.findings[0], stated='=HYPERLINK("http://x","y")', computed="+1", formula="@SUM(A1)", waived="-2")
    result = replace(result, documents=(replace(first, organisation="=1+1", findings=(evil,)),))
    book = openpyxl.load_workbook(io.BytesIO(filed(problem_ledger.WRITER, result)))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in cells}


def test_the_basis_is_a_clause_or_a_principle() -> None:
    """Every arithmetic and scoring check names what it rests on, in Chinese without English remarks; a slip needs no clause."""
    from gouji.engine import catalogue

    found = {info.code: basis(info, "zh") for info in catalogue.load().infos}
    assert all(text for code, text in found.items() if code[:2] in {"AR", "SC"})
    assert found["SC101"] == "财预〔2020〕10号"
    assert not [text for text in found.values() if re.search(r"[a-z]{2}|[(（][^)）]*$", text)]
    assert basis(None, "zh") == ""
