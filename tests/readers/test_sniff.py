"""What a file is, told from its bytes; the name of a file proves nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from word_files import p, word, zipped

from gouji.model.document import DocumentError
from gouji.readers import read
from gouji.readers.sniff import OLE, Format, sniff


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\r\n rubbish %PDF-1.4\n", Format.PDF),
        (b"PK\x03\x04rest", Format.DOCX),
        ("预算执行率".encode(), Format.TXT),
        ("预算执行率".encode("gb18030"), Format.TXT),
        ("预算 1".encode("utf-16"), Format.TXT),
        ("预算执行率 36.89".encode("utf-16-le"), Format.TXT),
        ("预算执行率 36.89".encode("utf-16-be"), Format.TXT),
        ("BMI 指数为 22".encode(), Format.TXT),
        (b"MZ is a text", Format.TXT),
        (word(p("文")), Format.DOCX),
        (zipped({"xl/workbook.xml": "<workbook/>"}), Format.XLSX),
        (OLE + "Workbook".encode("utf-16-le"), Format.XLS),
        (b"\n<!DOCTYPE html><html>", Format.HTML),
        (b'<?xml version="1.0"?><!-- made by a CMS --><html>', Format.HTML),
        (b'<table border="1">', Format.HTML),
    ],
)
def test_formats(data: bytes, expected: Format):
    """Word, PDF and text in any of the usual encodings are known by their content."""
    assert sniff(data) is expected


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (b"", "空文件", "empty"),
        (b"\x89PNG\r\n\x1a\n....", "图片", "picture"),
        (b"\xff\xd8\xff\xe0", "图片", "picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片", "picture"),
        (b"MZ\x90\x00\x03\x00\x00", "可执行程序", "executable"),
        (b"\x7fELF\x02\x01", "可执行程序", "executable"),
        (b"Rar!\x1a\x07\x00", "压缩包", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包", "archive"),
        (b"{\\rtf1\\ansi", "RTF", "RTF"),
        (b"MIME-Version: 1.0\n", "MHT", "single-file"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "XML", "XML"),
        (b"\x01\x02\x00\x00\x03\x00\x00\x00", "二进制", "binary"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "已加密", "encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx", "save it as .docx"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint", "PowerPoint"),
        (OLE, "另存为 .docx", "save it as .docx"),
    ],
)
def test_refused(data: bytes, zh: str, en: str):
    """What no reader exists for is refused with the reason in both languages."""
    with pytest.raises(DocumentError) as caught:
        sniff(data)
    assert zh in caught.value.reason.zh
    assert en in caught.value.reason.en


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_real_old_word_file(tmp_path: Path):
    """A .doc as a program writes it, named .docx or not, is refused with the advice to save it as .docx."""
    source = tmp_path / "report.docx"
    source.write_bytes(word(p("部门绩效自评报告")))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=300)
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / "report.doc")
    assert "旧版 Word" in caught.value.reason.zh


def test_name_proves_nothing(tmp_path: Path):
    """A Word file named .txt is read as Word, a text named .docx as text."""
    liar = tmp_path / "报告.txt"
    liar.write_bytes(word(p("部门绩效自评报告")))
    assert read(liar).format == "docx"
    text = tmp_path / "报告.docx"
    text.write_text("部门绩效自评报告\n一、概况\n", encoding="gb18030")
    assert read(text).format == "txt"


def test_pdf_named_docx(tmp_path: Path):
    """A PDF named .docx is simply read as PDF."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    path = tmp_path / "report.docx"
    page = canvas.Canvas(str(path))
    page.drawString(100, 700, "Performance report 2023")
    page.save()
    assert read(path).format == "pdf"


def test_anchors_and_hash(tmp_path: Path):
    """The document carries the hash of its bytes, and its blocks the place in the file."""
    data = word(p("部门绩效自评报告") + p() + p("全年预算36.89万元，支出7万元。"))
    document = read(tmp_path / "any", data)
    assert len(document.sha256) == 64
    assert document.blocks[-1].anchor.paragraph == 2
    assert document.blocks[-1].text == "全年预算36.89万元，支出7万元。"


@pytest.mark.parametrize(
    ("name", "reason"), [("none.docx", "不存在"), (".", "文件夹"), ("a\x00b", "无法读取"), ("x" * 300, "无法读取")]
)
def test_unreadable_paths(tmp_path: Path, name: str, reason: str):
    """A path that leads to no file gives an error with the reason, not a traceback."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / name)
    assert reason in caught.value.reason.zh
