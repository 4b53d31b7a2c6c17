"""Automatic numbers: the labels that Word computes are rebuilt as they are printed."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from word_files import abstract, item, level, num, override, p, word

from gouji.readers.docx import read_raw
from gouji.readers.docx.labels import format_number
from gouji.readers.raw import RawParagraph


def numbers(body: str, numbering: str, **others: str) -> list[str | None]:
    raws, _ = read_raw(word(body, numbering=numbering, **others))
    return [raw.number for raw in raws if isinstance(raw, RawParagraph)]


def single(*formats: tuple[str, str]) -> str:
    """One list with a level for each (format, pattern)."""
    return abstract(1, *(level(i, *f) for i, f in enumerate(formats))) + num(1, 1)


@pytest.mark.parametrize(
    ("format_", "n", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 10, "⑩"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("numberInDash", 3, "- 3 -"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperRoman", 4000, "4000"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 26, "z"),
        ("ordinal", 22, "22nd"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 103, "一○三"),
        ("chineseCountingThousand", 15, "十五"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 10010, "一万零一十"),
        ("taiwaneseCountingThousand", 12, "十二"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 11, "十一"),
        ("japaneseCounting", 101, "百一"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("chineseLegalSimplified", 21, "贰拾壹"),
        ("ideographLegalTraditional", 3, "參"),
        ("chineseCountingThousand", 0, "零"),
        ("unheardOf", 7, "7"),
        ("lowerLetter", 10**9, "1000000000"),
    ],
)
def test_number_formats(format_: str, n: int, printed: str):
    """Each number format of Word is written as Word writes it, decimal where it cannot be."""
    assert format_number(n, format_) == printed


def test_levels_of_an_official_document():
    """The levels of an official document 一、（一）1.（1） count, and a lower level starts anew under each higher one."""
    numbering = single(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
    body = "".join(item("文", 1, i) for i in (0, 1, 2, 3, 3, 2, 3, 1, 2, 0, 1, 2, 3))
    assert numbers(body, numbering) == [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "（2）",
        "2.",
        "（1）",
        "（二）",
        "1.",
        "二、",
        "（一）",
        "1.",
        "（1）",
    ]


def test_compound_labels():
    """A label may name the numbers of higher levels, each in the format of its own level."""
    numbering = single(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("lowerLetter", "%1.%2.%3)"))
    body = item("a") + item("b", 1, 1) + item("c", 1, 2) + item("c", 1, 2) + item("a") + item("b", 1, 1)
    assert numbers(body, numbering) == ["第一章", "一.1 ", "一.1.a)", "一.1.b)", "第二章", "二.1 "]


def test_legal_numbers():
    """isLgl prints the numbers of all levels in Arabic digits."""
    numbering = abstract(
        1, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "%1.%2、", extra="<w:isLgl/>")
    ) + num(1, 1)
    assert numbers(item("甲") + item("乙", 1, 1), numbering) == ["一、", "1.1、"]


def test_start():
    """A list starts at its start value, which may be zero."""
    numbering = (
        abstract(1, level(0, "decimal", "%1.", start=5))
        + num(1, 1)
        + abstract(2, level(0, "decimal", "%1.", start=0))
        + num(2, 2)
    )
    assert numbers(item("甲") + item("乙") + item("丙", 2), numbering) == ["5.", "6.", "0."]


def test_restart_rules():
    """lvlRestart 0 never starts a level anew; lvlRestart 1 only after the first level, not after the second."""
    never = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>')) + num(1, 1)
    assert numbers("".join(item("文", 1, i) for i in (0, 1, 1, 0, 1)), never) == ["1.", "1)", "2)", "2.", "3)"]
    first = abstract(
        1, level(0, "decimal", "%1."), level(1, "decimal", "%2)"), level(2, "decimal", "%3;", extra='<w:lvlRestart w:val="1"/>')
    ) + num(1, 1)  # fmt: skip
    assert numbers("".join(item("文", 1, i) for i in (0, 1, 2, 1, 2, 0, 1, 2)), first) == [
        "1.",
        "1)",
        "1;",
        "2)",
        "2;",
        "2.",
        "1)",
        "1;",
    ]


def test_lists_share_a_count():
    """Two lists of one abstract list count on together; a start override starts the count anew, once."""
    numbering = (
        abstract(1, level(0, "decimal", "%1、"))
        + num(1, 1)
        + num(2, 1)
        + num(3, 1, override(0, '<w:startOverride w:val="1"/>'))
    )
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 1)
    assert numbers(body, numbering) == ["1、", "2、", "1、", "2、", "3、"]


def test_start_override_holds_after_restart():
    """A start override of a lower level is also where that level starts under the next higher one."""
    numbering = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)")) + num(
        1, 1, override(1, '<w:startOverride w:val="4"/>')
    )
    assert numbers("".join(item("文", 1, i) for i in (0, 1, 1, 0, 1)), numbering) == ["1.", "4)", "5)", "2.", "4)"]


def test_level_override():
    """A list may replace a level of its abstract list: another format, the same count."""
    numbering = (
        abstract(1, level(0, "decimal", "%1.")) + num(1, 1) + num(2, 1, override(0, level(0, "chineseCounting", "（%1）")))
    )
    assert numbers(item("甲", 1) + item("乙", 2), numbering) == ["1.", "（二）"]


def test_number_of_a_style():
    """Numbering through the paragraph style: the level is the one tied to the style, a based-on style inherits it, numId 0 switches it off."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1b"><w:basedOn w:val="H1"/></w:style>'
    )
    numbering = (
        abstract(1, level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="H1"/>'), level(1, "decimal", "%2.", extra='<w:pStyle w:val="H2"/>'))
        + num(1, 1)
    )  # fmt: skip
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(p("文", f'<w:pStyle w:val="{s}"/>') for s in ("H1", "H2", "H2", "H1b")) + p(
        "文", f'<w:pStyle w:val="H1"/>{off}'
    )
    assert numbers(body, numbering, styles=styles) == ["一、", "1.", "2.", "二、", None]


def test_numbering_style():
    """An abstract list may be a link to a numbering style; links in a circle end."""
    styles = '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="N"/></w:abstractNum>'
    assert numbers(item("甲"), link + abstract(2, level(0, "upperRoman", "%1.")) + num(1, 1) + num(2, 2), styles=styles) == [
        "I."
    ]
    assert numbers(item("甲"), link + num(1, 1) + num(2, 1), styles=styles) == [None]


def test_bullets_and_empty_labels():
    """Bullets, levels without a pattern and lists that do not exist give no number."""
    numbering = single(("bullet", "●"), ("decimal", "")) + num(9, 77)
    assert numbers(item("甲") + item("乙", 1, 1) + item("丙", 8) + item("丁", 9) + item("戊", 1, 12), numbering) == [None] * 5


def test_skipped_level():
    """A level that the author passed over counts as one."""
    numbering = single(("decimal", "%1."), ("decimal", "%1.%2、"), ("decimal", "%1.%2.%3、"))
    assert numbers(item("甲") + item("乙", 1, 2), numbering) == ["1.", "1.1.1、"]


def test_custom_format():
    """A custom format with leading zeros stands among alternatives, and is read by its first number."""
    choice = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{choice}<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        + num(1, 1)
    )
    assert numbers(item("甲") + item("乙"), numbering) == ["001、", "002、"]


def test_what_counts():
    """An empty numbered paragraph counts and is kept, a hidden or a deleted one does not count."""
    numbering = single(("decimal", "%1、"))
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    pr = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = item("甲") + item("") + p(f"<w:r>{hidden}<w:t>暗</w:t></w:r>", pr + hidden)
    body += p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", pr + "<w:rPr><w:del/></w:rPr>") + item("乙")
    raws, _ = read_raw(word(body, numbering=numbering))
    assert [(raw.text, raw.number) for raw in raws] == [("甲", "1、"), ("", "2、"), ("乙", "3、")]


def test_number_makes_no_figure():
    """A label that would grow into a new figure with the words after it is set apart: 1. and 5万元 are not 1.5万元."""
    numbering = single(("decimal", "%1."), ("decimal", "%2"))
    assert numbers(item("5万元以上") + item("办公费") + item("2023年", 1, 1) + item("印刷费", 1, 1), numbering) == [
        "1. ",
        "2.",
        "1 ",
        "2 ",
    ]


def test_text_boxes_count_apart():
    """A list in a text box does not disturb the count of the body."""
    numbering = single(("decimal", "%1、"))
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{item('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert numbers(item("甲") + p(box) + item("乙"), numbering) == ["1、", "1、", "2、"]


def test_overlong_pattern():
    """A pattern longer than any label gives no number: repeated in each paragraph it would fill the memory."""
    assert numbers(item("甲"), single(("decimal", "%1" * 10_000))) == [None]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_labels_of_libreoffice(tmp_path: Path):
    """LibreOffice prints the labels that the reader rebuilds, and a file that LibreOffice has written anew is read the same."""
    numbering = (
        single(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4"))
        + abstract(2, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
        + num(2, 2)
        + num(3, 2, override(0, '<w:startOverride w:val="7"/>'))
        + abstract(4, level(0, "upperRoman", "%1.", start=3), level(1, "japaneseCounting", "第%2条"))
        + num(4, 4)
        + abstract(5, level(0, "ideographTraditional", "%1."))
        + num(5, 5)
    )
    steps = [(1, 0), (1, 1), (1, 2), (1, 3), (1, 3), (1, 2), (1, 3), (1, 1), (1, 2), (2, 0), (2, 1), (2, 1), (2, 2), (2, 0)]
    steps += [(2, 1), (1, 0), (1, 1), (3, 0), (3, 1), (3, 0), (4, 0), (4, 1), (4, 1), (4, 0), (4, 1), (5, 0), (5, 0)]
    steps += [(2, 2), (2, 1), *[(1, 0)] * 10]  # a level passed over; numbers beyond ten
    source = tmp_path / "source.docx"
    source.write_bytes(word("".join(item("文字", *step) for step in steps), numbering=numbering))
    ours = _labels(source)
    assert None not in ours
    printed = _convert(source, "txt:Text (encoded):UTF8", "txt", tmp_path / "text").read_text("utf-8-sig")
    shown = [_plain(line) for line in printed.splitlines() if line.strip()]
    assert shown == [_plain(f"{label}文字") for label in ours]
    assert [_plain(x) for x in _labels(_convert(source, "docx", "docx", tmp_path / "again"))] == [_plain(x) for x in ours]


def _labels(path: Path) -> list[str]:
    raws, _ = read_raw(path.read_bytes())
    return [raw.number or "" for raw in raws]


def _plain(text: str) -> str:
    """Without blanks: a suffix is a tab in one program and nothing in another."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def _convert(source: Path, filter_: str, suffix: str, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", filter_]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=300)
    return folder / f"{source.stem}.{suffix}"
