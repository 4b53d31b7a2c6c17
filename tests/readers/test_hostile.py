"""Files sent by an enemy, or broken on the way: each gives a clear reason, none a traceback, none fills the memory."""

from __future__ import annotations

import struct
import zipfile
from functools import cache
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_files import SPACES, abstract, item, level, num, p, parts, r, relationship, table, tc, tr, word, zipped

from gouji.model.document import DocumentError
from gouji.readers import container, sniff
from gouji.readers.docx import read_raw


def reason(data: bytes) -> tuple[str, str]:
    """Why the file is refused, in both languages."""
    with pytest.raises(DocumentError) as caught:
        read_raw(data)
    return caught.value.reason.zh, caught.value.reason.en


def with_document(document: str | bytes) -> bytes:
    return zipped(parts("") | {"word/document.xml": document})


def test_truncated():
    """A file cut off on the way is called truncated."""
    data = word(p("文"))
    for size in (4, 30, len(data) // 2, len(data) - 1):
        assert "不完整或已损坏" in reason(data[:size])[0]


def test_other_zips():
    """A zip that is not Word is called what it is."""
    assert "缺少 word/document.xml" in reason(zipped({"a.txt": "文"}))[0]
    assert "Excel" in reason(zipped({"xl/workbook.xml": "<w/>"}))[1]
    assert "PowerPoint" in reason(zipped({"ppt/presentation.xml": "<w/>"}))[1]
    assert "OpenDocument" in reason(zipped({"content.xml": "<w/>"}))[1]
    assert "不是 Word 正文" in reason(with_document("<html/>"))[0]


def test_missing_part_names_itself():
    """A main part that the links name and the zip lacks is not looked for elsewhere than in its usual place."""
    assert "word/document.xml" in reason(zipped({k: v for k, v in parts(p("文")).items() if k != "word/document.xml"}))[1]


def test_macros():
    """A file with macros is refused by name, in whatever case the part is spelt."""
    zh, en = reason(zipped(parts(p("文")) | {"word/VBAProject.bin": b"\x00"}))
    assert "含宏" in zh
    assert "vbaProject.bin" in en


def test_bomb_by_ratio():
    """A part that inflates beyond all reason is refused before it is inflated."""
    zh, en = reason(zipped(parts(p("文")) | {"word/media/image1.png": b"\x00" * (8 * 1024 * 1024)}))
    assert "压缩炸弹" in zh
    assert "ratio" in en


def test_bomb_by_total(monkeypatch: pytest.MonkeyPatch):
    """All parts together may not inflate beyond the limit."""
    monkeypatch.setattr(container, "MAX_TOTAL", 4000)
    assert "解压后超过" in reason(word(p("文" * 3000)))[0]


def test_bomb_by_entries():
    """More entries than any report has are refused before the directory is read."""
    assert "超过 10000 个" in reason(zipped({str(i): b"" for i in range(10_001)}))[0]


def test_bomb_that_lies():
    """A bomb whose directory understates its size is stopped while it is inflated."""
    bomb = zipped(parts("") | {"word/document.xml": b" " * (8 * 1024 * 1024)})
    understated = bomb.replace(struct.pack("<L", 8 * 1024 * 1024), struct.pack("<L", 1000))
    assert understated != bomb
    assert "损坏" in reason(understated)[0]


def test_part_limit(monkeypatch: pytest.MonkeyPatch):
    """One part may not be larger than the limit, whatever the directory says."""
    monkeypatch.setattr(container, "MAX_PART", 100)
    assert "过大" in reason(word(p("文")))[0]


def test_odd_compression():
    """A compression method that Word does not use, and that inflates without bounds, is refused."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts(p("文")).items():
            archive.writestr(name, content)
    assert "压缩方法" in reason(out.getvalue())[0]


def test_encrypted_zip():
    """A zip with a password is called encrypted."""
    data = bytearray(word(p("文")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert "已加密" in reason(bytes(data))[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities(encoding: str):
    """An entity bomb or an external entity is refused for its DOCTYPE, in any encoding."""
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f"<w:document {SPACES}><w:body>{p('<w:r><w:t>&b;&x;</w:t></w:r>')}</w:body></w:document>"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert "DOCTYPE" in reason(with_document((head + bomb + body).encode(encoding)))[0]


def test_entities_in_other_parts():
    """A DOCTYPE in the numbering, the styles or the links is refused as well."""
    for name in ("word/numbering.xml", "word/styles.xml", "_rels/.rels"):
        contents = parts(p("文"), numbering="", styles="")
        assert name in reason(zipped(contents | {name: "<!DOCTYPE x []>" + contents[name]}))[0]


def test_deep_nesting():
    """Elements nested without end are refused; tables nested as deep as XML allows cost nothing."""
    assert "XML" in reason(word("<w:sdt>" * 5000 + "</w:sdt>" * 5000))[0]
    nested = p("底")
    for _ in range(60):
        nested = table(tr(tc("甲"), tc(nested + p())))
    raws, _ = read_raw(word(nested))
    assert len(raws) == 60


def test_broken_xml():
    """Damaged XML names the part that is damaged."""
    assert "word/document.xml" in reason(with_document("<w:document"))[0]
    assert "word/numbering.xml" in reason(zipped(parts(p("文"), numbering="") | {"word/numbering.xml": b"\xff\xfe\x00"}))[1]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name():
    """Two bodies in one file: which one the auditor would see is uncertain, so the file is refused."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(p("文")).items():
            archive.writestr(name, content)
        archive.writestr("Word/Document.xml", "<x/>")
    assert "同名部件" in reason(out.getvalue())[0]


def test_names_that_climb():
    """Entries and links that climb out of the package are ignored."""
    links = relationship("a", "numbering", "../../../../etc/passwd") + relationship("b", "styles", "/..\\..\\evil.xml")
    raws, _ = read_raw(zipped(parts(p("文"), links) | {"../evil.xml": "<!DOCTYPE x>", "word/../../evil.xml": "<!DOCTYPE x>"}))
    assert [raw.text for raw in raws] == ["文"]


def test_external_links():
    """Links to places outside the file are ignored: no template, picture or header is fetched."""
    links = relationship("a", "styles", "http://127.0.0.1:9/styles.xml", "External")
    links += relationship("header1", "header", "file:///etc/passwd", "External")
    body = p("文") + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    raws, _ = read_raw(word(body, links))
    assert [raw.text for raw in raws] == ["文"]


def test_encrypted_and_old_files():
    """A Word file with a password and an old .doc are containers of another kind, known by the names inside."""
    for name, expected in (("EncryptedPackage", "加密"), ("WordDocument", ".doc")):
        with pytest.raises(DocumentError) as caught:
            sniff.sniff(sniff.OLE + b"\x00" * 500 + name.encode("utf-16-le") + b"\x00" * 100)
        assert expected in caught.value.reason.zh


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "٣", "1.5", "99999999"])
def test_absurd_attributes(value: str):
    """Attributes that should be numbers and are not, or are absurd, lose no text."""
    numbering = abstract(1, level(0, "lowerLetter", "%1.").replace('w:start w:val="1"', f'w:start w:val="{value}"')) + num(1, 1)
    body = item("甲") + p(
        "乙", f'<w:outlineLvl w:val="{value}"/><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr>'
    )
    cell = tc("丙", f'<w:gridSpan w:val="{value}"/><w:vMerge w:val="{value}"/>')
    body += table(tr(cell, tc("丁"), properties=f'<w:gridBefore w:val="{value}"/>'))
    body += p(r(f'<w:sym w:font="{value}" w:char="{value}"/>') + r("戊"))
    raws, _ = read_raw(word(body, numbering=numbering))
    assert [raw.text for raw in raws[:2]] == ["甲", "乙"]
    assert [c.text for c in raws[2].cells] == ["丙", "丁"]
    assert raws[3].text.endswith("戊")


@cache
def valid() -> bytes:
    """A file with some of everything."""
    body = (
        item("甲")
        + table(tr(tc("乙"), tc("1")))
        + p(r("丙") + r('<w:footnoteReference w:id="1"/>') + r('<w:fldChar w:fldCharType="begin"/>'))
    )
    others = {"styles": '<w:style w:styleId="a"/>', "footnotes": f'<w:footnote w:id="1">{p("注")}</w:footnote>'}
    return word(body, numbering=abstract(1, level(0, "decimal", "%1.")) + num(1, 1), **others)


def survives(data: bytes) -> None:
    """The data are read or refused with a reason in both languages; anything else is a failure."""
    try:
        if sniff.sniff(data) is sniff.Format.DOCX:
            read_raw(data)
    except DocumentError as error:
        assert error.reason.zh
        assert error.reason.en


_MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(st.binary(max_size=500), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", sniff.OLE, b"\xff\xfe"]))
def test_random_bytes(data: bytes, head: bytes):
    """Random bytes, with and without a known beginning, never crash the reader."""
    survives(head + data)


@_MANY
@given(st.integers(0, len(valid())))
def test_any_truncation(size: int):
    """A file cut at any byte never crashes the reader."""
    survives(valid()[:size])


@_MANY
@given(st.lists(st.tuples(st.integers(0, len(valid()) - 1), st.integers(0, 7)), min_size=1, max_size=8))
def test_bit_flips(flips: list[tuple[int, int]]):
    """Flipped bits anywhere in the zip never crash the reader."""
    data = bytearray(valid())
    for at, bit in flips:
        data[at] ^= 1 << bit
    survives(bytes(data))


@_MANY
@given(
    st.sampled_from(sorted(parts("", styles="", numbering=""))),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4)), max_size=6),
)
def test_damage_inside(name: str, edits: list[tuple[int, bytes]]):
    """Damage inside a part, where no checksum catches it, never crashes the reader."""
    contents = {k: v.encode() for k, v in parts(p("文"), styles='<w:style w:styleId="a"/>', numbering=num(1, 1)).items()}
    damaged = bytearray(contents[name])
    for at, new in edits:
        damaged[at : at + len(new)] = new
    survives(zipped(contents | {name: bytes(damaged)}))


_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "pPr", "rPr", "vanish", "numPr", "br", "sym", "drawing", "txbxContent",
         "vMerge", "gridSpan", "tcPr", "trPr", "fldChar", "ruby", "sectPr", "headerReference", "footnoteReference", "object", "pict")  # fmt: skip
_NODES = st.recursive(
    st.sampled_from(_TAGS).map(lambda tag: f'<w:{tag} w:val="1" w:id="1">字</w:{tag}>'),
    lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=4)).map(
        lambda x: f"<w:{x[0]}>{''.join(x[1])}</w:{x[0]}>"
    ),
    max_leaves=25,
)


@_MANY
@given(st.lists(_NODES, max_size=6))
def test_elements_in_any_order(nodes: list[str]):
    """Elements of Word in places where they do not belong never crash the reader."""
    survives(word("".join(nodes)))
