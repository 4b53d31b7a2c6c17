"""A workbook marked up: each finding said on its cell, which is filled; formulas, values and all other parts as they were."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from gouji.engine import originals
from gouji.engine.runner import audit, audit_file
from gouji.model.result import AuditResult
from gouji_reports.marked.writer import WRITER


def _book(folder: Path, *, comments: bool = False) -> Path:
    """Two sheets with a wrong total each, a formula, and perhaps comments of the department's own."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "决算"
    rows: list[list[Any]] = [["部门决算支出表"], ["单位：万元"], ["项目", "预算数", "支出数", "执行率"]]
    rows += [["合计", 100, 80, "90%"], ["甲项目", 60, 50, "83.33%"], ["乙项目", 40, 31, "77.5%"]]
    for row in rows:
        first.append(row)
    first["F1"] = "=1+1"
    second = book.create_sheet("三公 经费")
    for row in [["三公经费支出表"], ["项目", "金额"], ["合计", 10], ["公务接待费", 4], ["公务用车", 7]]:
        second.append(row)
    if comments:
        first["C4"].comment = Comment("已核对原件", "会计")
        first["A1"].comment = Comment("封面", "会计")
    file = folder / "book.xlsx"
    book.save(file)
    return file


def _marked(file: Path) -> tuple[Any, bytes]:
    result = audit([file])
    stream = io.BytesIO()
    WRITER.write_binary(result, stream, original=originals.read)
    return result.documents[0], stream.getvalue()


def _cells(data: bytes) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {(sheet.title, cell.coordinate): cell for sheet in book for row in sheet for cell in row}


@pytest.mark.parametrize("comments", [False, True], ids=["bare", "commented"])
def test_each_finding_is_said_on_its_cell(comments: bool, tmp_path: Path) -> None:
    """The comment of the faulty cell holds the finding, the cell is filled; comments that were there stay."""
    file = _book(tmp_path, comments=comments)
    result, data = _marked(file)
    cells = _cells(data)
    assert len(result.findings) >= 3
    for finding in result.findings:
        sheet, _, address = finding.evidence[0].cell.rpartition("!")
        cell = cells[sheet, address]
        assert finding.fingerprint in cell.comment.text
        assert finding.message.zh in cell.comment.text
        assert cell.fill.fgColor.rgb == "FFFBD5CF"
    if comments:
        assert cells["决算", "C4"].comment.text.startswith("已核对原件")
        assert cells["决算", "A1"].comment.text == "封面"


@pytest.mark.parametrize("comments", [False, True], ids=["bare", "commented"])
def test_values_formulas_and_parts_stay(comments: bool, tmp_path: Path) -> None:
    """Cell by cell the same values and formulas; checked again the workbook has the same findings."""
    file = _book(tmp_path, comments=comments)
    result, data = _marked(file)
    before, after = _cells(file.read_bytes()), _cells(data)
    assert {k: (c.value, c.number_format, c.font.b) for k, c in before.items()} == {
        k: (c.value, c.number_format, c.font.b) for k, c in after.items()
    }
    old, new = zipfile.ZipFile(file), zipfile.ZipFile(io.BytesIO(data))
    assert set(old.namelist()) <= set(new.namelist())
    assert old.read("xl/workbook.xml") == new.read("xl/workbook.xml")
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(data)
    again = audit_file(copy)
    assert [f.fingerprint for f in again.findings] == [f.fingerprint for f in result.findings]


def test_marking_twice_is_the_same_and_waived_findings_are_left(tmp_path: Path) -> None:
    """Same bytes on two runs; with every finding waived the cells say nothing."""
    file = _book(tmp_path)
    result, data = _marked(file)
    assert _marked(file)[1] == data
    waived = replace(result, findings=tuple(replace(f, waived="已核") for f in result.findings))
    stream = io.BytesIO()
    WRITER.write_binary(AuditResult((waived,), "pass"), stream, original=originals.read)
    assert not [c for c in _cells(stream.getvalue()).values() if c.comment]


def test_libreoffice_opens_it_with_its_comments(tmp_path: Path) -> None:
    """LibreOffice reads the marked workbook and writes it as its own format with every comment in it."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice")
    result, data = _marked(_book(tmp_path, comments=True))
    target = tmp_path / "marked.xlsx"
    target.write_bytes(data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if not target.with_suffix(".fods").exists():
        pytest.skip(f"this LibreOffice cannot open .xlsx: {done.stderr or done.stdout}")
    text = target.with_suffix(".fods").read_text("utf-8")
    for finding in result.findings:
        assert finding.fingerprint in text
