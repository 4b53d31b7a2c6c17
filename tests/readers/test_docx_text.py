"""What the Word reader takes for the words of a document, and what it leaves out."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from word_files import p, parts, r, table, tc, tr, word, zipped

from gouji.model.document import DocumentError
from gouji.readers import read
from gouji.readers.docx import read_raw
from gouji.readers.raw import RawParagraph, RawTable


def texts(body: str, part: str = "body", **others: str) -> list[str]:
    raws, _ = read_raw(word(body, **others))
    return [raw.text for raw in raws if isinstance(raw, RawParagraph) and raw.part == part]


def begin(code: str = "PAGE") -> str:
    return r('<w:fldChar w:fldCharType="begin"/>') + r(f"<w:instrText> {code} </w:instrText>")


SEPARATE, END = r('<w:fldChar w:fldCharType="separate"/>'), r('<w:fldChar w:fldCharType="end"/>')


def test_python_docx_file():
    """A file of python-docx is read whole: headings, paragraphs and tables in the order of the body."""
    made = docx.Document()
    made.add_heading("部门整体支出绩效自评报告", 0)
    made.add_heading("一、部门概况", 1)
    made.add_paragraph("全年预算36.89万元。")
    made.add_table(1, 2).cell(0, 0).text = "合计"
    made.add_paragraph("以上。")
    out = BytesIO()
    made.save(out)
    raws, unread = read_raw(out.getvalue())
    seen = [(raw.text, raw.heading) if isinstance(raw, RawParagraph) else [c.text for c in raw.cells] for raw in raws]
    assert seen == [
        ("部门整体支出绩效自评报告", 0),
        ("一、部门概况", 1),
        ("全年预算36.89万元。", None),
        ["合计", ""],
        ("以上。", None),
    ]
    assert unread == []


def test_line_is_paragraph_index():
    """`line` is the index of the body paragraph; empty paragraphs count, paragraphs in tables do not."""
    raws, _ = read_raw(word(p("甲") + p() + table(tr(tc("乙"), tc("丙"))) + p("丁")))
    assert [(raw.line, type(raw)) for raw in raws] == [(0, RawParagraph), (2, RawTable), (2, RawParagraph)]


def test_runs_join_without_gap():
    """Word cuts a figure into runs at will; it is read as one."""
    assert texts(p(r("36.8") + r("9万") + r("元"))) == ["36.89万元"]


def test_tracked_changes():
    """Tracked insertions are read and deletions are not, moved text once and at its new place."""
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    moved_from = "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
    moved_to = "<w:moveTo><w:r><w:t>移</w:t></w:r></w:moveTo>"
    assert texts(p(f"<w:ins>{r('新')}</w:ins>{deleted}{moved_from}{r('文')}{moved_to}")) == ["新文移"]


def test_deleted_paragraph_mark():
    """A tracked deletion of a paragraph mark joins the paragraph with the next one, also at the end of the document."""
    gone = "<w:rPr><w:del/></w:rPr>"
    assert texts(p("预算", gone) + p("执行率") + p("完", gone)) == ["预算执行率", "完"]


def test_deleted_paragraph_mark_at_a_border():
    """A deleted paragraph mark joins nothing across the border of a cell, a table, a text box or a note."""
    gone = "<w:rPr><w:del/></w:rPr>"
    box = r(f"<w:pict><v:textbox><w:txbxContent>{p('框', gone)}</w:txbxContent></v:textbox></w:pict>")
    notes = f'<w:footnote w:id="1">{p("注一", gone)}</w:footnote><w:footnote w:id="2">{p("注二")}</w:footnote>'
    references = '<w:footnoteReference w:id="1"/><w:footnoteReference w:id="2"/>'
    body = p("前", gone) + table(tr(tc(p("甲", gone)), tc("乙"))) + p(box) + p(box + r("后") + r(references))
    raws, _ = read_raw(word(body, footnotes=notes))
    seen = [raw.text if isinstance(raw, RawParagraph) else [c.text for c in raw.cells] for raw in raws]
    assert seen == ["前", ["甲", "乙"], "框", "后", "框", "注一", "注二"]


def test_deleted_row():
    """A table row deleted by tracked change is not read; an inserted one is."""
    raws, _ = read_raw(word(table(tr(tc("旧"), tc("1"), properties="<w:del/>"), tr(tc("新"), tc("2"), properties="<w:ins/>"))))
    assert [(c.text, c.row) for raw in raws if isinstance(raw, RawTable) for c in raw.cells] == [("新", 0), ("2", 0)]


def test_old_properties_are_not_read():
    """The properties before a tracked change of format (hidden, centred, numbered) have no effect."""
    old = '<w:pPrChange><w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr></w:pPrChange>'
    run = "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>正文</w:t></w:r>"
    raws, unread = read_raw(word(p(run, old)))
    assert raws == [RawParagraph("正文", line=0)]
    assert unread == []


def test_hidden_text_is_reported():
    """Hidden text is not part of the text and is said aloud, whether hidden by the run, a character style or a paragraph style."""
    styles = (
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
    )
    body = (
        p(r("见") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗一</w:t></w:r>")
        + p('<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>暗二</w:t></w:r>')
        + p("暗三", '<w:pStyle w:val="Q"/>')
        + p('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见二</w:t></w:r>', '<w:pStyle w:val="Q"/>')
    )
    raws, unread = read_raw(word(body, styles=styles))
    assert [raw.text for raw in raws] == ["见", "见二"]
    assert [u.what.zh for u in unread] == ["隐藏文字 3 处：“暗一”、“暗二”、“暗三”"]
    assert unread[0].what.en.startswith("hidden text ×3")


def test_hidden_row_is_reported():
    """A hidden table row is not read and is said aloud."""
    raws, unread = read_raw(word(table(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties="<w:hidden/>"))))
    assert [c.text for c in raws[0].cells] == ["甲", "1"]
    assert [u.what.zh for u in unread] == ["隐藏文字 1 处：“乙 2”"]


def test_field_results():
    """The result of a field is read and its code is not, in both notations and nested."""
    simple = f'<w:fldSimple w:instr="DATE">{r("2023年")}</w:fldSimple>'
    nested = begin("IF") + begin() + SEPARATE + r("7") + END + SEPARATE + r("结果") + END
    assert texts(p(simple + nested + r("完"))) == ["2023年结果完"]


def test_field_over_paragraphs():
    """A field that ends in a later paragraph, as a table of contents does, loses nothing."""
    assert texts(p(begin("TOC") + SEPARATE + r("一、概况")) + p("二、情况") + p(END + r("正文"))) == [
        "一、概况",
        "二、情况",
        "正文",
    ]


def test_unfinished_field_swallows_nothing():
    """A field that is never closed does not hide the paragraphs that follow."""
    assert texts(p(begin()) + p("预算10万元") + p(END + END + SEPARATE + r("支出9万元"))) == ["预算10万元", "支出9万元"]


def test_drop_down_field():
    """Of a form's drop-down list the chosen entry is read."""
    entries = '<w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/>'
    start = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar>'
    assert texts(p(r("等级：") + r(start) + r("<w:instrText>FORMDROPDOWN</w:instrText>") + END)) == ["等级：良"]


def test_wrappers():
    """Content controls, hyperlinks, smart tags and custom XML are opened, at block and at run level."""
    link = f'<w:hyperlink r:id="none">{r("链接")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{p('块')}</w:sdtContent></w:sdt>"
    tag = f"<w:smartTag>{r('标')}</w:smartTag><w:customXml>{r('签')}</w:customXml>"
    assert texts(block + p(link + control + tag)) == ["块", "链接控件标签"]


def test_special_characters():
    """Tabs are blanks, hyphens hyphens, check marks of symbol fonts characters, ruby its base text."""
    ruby = f"<w:ruby><w:rt>{r('jì')}</w:rt><w:rubyBase>{r('绩')}</w:rubyBase></w:ruby>"
    mark = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    assert texts(p(r("<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>") + r(mark) + r(ruby))) == [
        "甲 乙-丙☑绩"
    ]


def test_formula():
    """The letters and figures of a formula are read, a fraction with its stroke."""
    fraction = "<m:f><m:num><m:r><m:t>支出</m:t></m:r></m:num><m:den><m:r><m:t>预算</m:t></m:r></m:den></m:f>"
    assert texts(p(f"<m:oMath><m:r><m:t>执行率=</m:t></m:r>{fraction}</m:oMath>")) == ["执行率=支出/预算"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("人民政府办公室", "部门绩效自评报告", ["人民政府办公室部门绩效自评报告"]),
        ("预算", "36.89万元", ["预算 36.89万元"]),
        ("一、办公费", "二、印刷费", ["一、办公费", "二、印刷费"]),
        ("1.办公费", "2.印刷费", ["1.办公费", "2.印刷费"]),
        ("支出合计", "1.5万元", ["支出合计 1.5万元"]),
        ("已全部完成。", "下一步", ["已全部完成。", "下一步"]),
        ("某某局", "填报日期：2023年", ["某某局", "填报日期：2023年"]),
    ],
)
def test_line_breaks(left: str, right: str, expected: list[str]):
    """A manual line break divides paragraphs where the words say so, and is closed up where the words go on."""
    assert texts(p(r(f"<w:t>{left}</w:t><w:br/><w:t>{right}</w:t>"))) == expected


def test_page_break_is_no_gap():
    """A page break inside a sentence leaves no blank."""
    assert texts(p(r('<w:t>预</w:t><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>算</w:t>'))) == ["预算"]


def test_text_box_once():
    """A text box that Word stores in two notations is read once, after its paragraph, with the paragraph's place."""
    box = f"<w:txbxContent>{p('框中预算5万元')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    raws, _ = read_raw(
        word(p("前") + p(r(both) + r("文")) + p(r(f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>")))
    )
    assert [(raw.text, raw.part, raw.line) for raw in raws] == [
        ("前", "body", 0),
        ("文", "body", 1),
        ("框中预算5万元", "textbox", 1),
        ("框中预算5万元", "textbox", 2),
    ]


def test_unknown_alternative():
    """Of alternatives that need an unknown extension the fallback is read, as Word shows it."""
    both = f'<mc:AlternateContent><mc:Choice Requires="x">{r("新")}</mc:Choice><mc:Fallback>{r("旧")}</mc:Fallback></mc:AlternateContent>'
    assert texts(p(both)) == ["旧"]


def test_notes():
    """Footnotes and endnotes that the text refers to are read, in the order of their references; others are not."""
    notes = '<w:footnote w:type="separator" w:id="-1">{}</w:footnote><w:footnote w:id="1">{}</w:footnote><w:footnote w:id="2">{}</w:footnote><w:footnote w:id="3">{}</w:footnote>'
    body = p(r("预算") + r('<w:footnoteReference w:id="2"/>') + r("10万元") + r('<w:footnoteReference w:id="1"/>'))
    body += p(r("尾") + r('<w:endnoteReference w:id="1"/>'))
    others = {
        "footnotes": notes.format(p(), p("注一"), p("注二"), p("无人提及")),
        "endnotes": f'<w:endnote w:id="1">{p("尾注")}</w:endnote>',
    }
    assert texts(body, **others) == ["预算10万元", "尾"]
    assert texts(body, "footnotes", **others) == ["注二", "注一", "尾注"]


def test_headers_once():
    """Headers and footers in use are read once, apart from the body; a first-page header only where it is switched on."""

    def section(first: str) -> str:
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
            f'<w:headerReference w:type="even" r:id="header3"/><w:footerReference w:type="default" r:id="footer1"/>{first}</w:sectPr>'
        )

    others = {"header1": p("眉"), "header2": p("首页眉"), "header3": p("偶页眉"), "footer1": table(tr(tc("第"), tc("1页")))}
    body = p("文") + p("", section("")) + section("")
    assert texts(body, "header", **others) == ["眉"]
    assert texts(body, "footer", **others) == ["第 1页"]
    assert texts(body, **others) == ["文"]
    assert texts(p("文") + section("<w:titlePg/>"), "header", **others) == ["眉", "首页眉"]
    assert texts(p("文") + section(""), "header", settings="<w:evenAndOddHeaders/>", **others) == ["眉", "偶页眉"]


def test_heading_levels():
    """A heading is known by the outline level, else by the style's name, also through the style it is based on."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="5"><w:name w:val="标题 3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="6"><w:basedOn w:val="7"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="7"><w:basedOn w:val="6"/></w:style>'
    )
    body = "".join(p("文", f'<w:pStyle w:val="{style}"/>') for style in ("1", "2", "3", "4", "5", "6", "none"))
    body += p("文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>') + p("文", '<w:outlineLvl w:val="2"/>')
    raws, _ = read_raw(word(body, styles=styles))
    assert [(raw.heading, raw.centred) for raw in raws] == [
        (1, False),
        (1, False),
        (None, False),
        (0, True),
        (3, False),
        (None, False),
        (None, False),
        (None, False),
        (3, False),
    ]


def test_styles_behind_table_styles():
    """How a table style paints its rows is passed over, and nothing else: not where a comment makes text look like it."""
    part = '<w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>'
    heading = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    table = f'<w:style w:type="table" w:styleId="t"><w:name w:val="Light"/>{part}{part}</w:style>'
    for styles in (
        table + heading,
        f'<!-- <w:tblStylePr w:type="x"> -->{heading}{table}',
        f'<w:tblStylePr w:type="x"/>{heading}{table}',
    ):
        raws, unread = read_raw(word(p("文", '<w:pStyle w:val="1"/>'), styles=styles))
        assert ([raw.heading for raw in raws], unread) == ([1], [])


def test_strict_notation():
    """A file saved as Strict Open XML is read like any other."""
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts(p("严格", '<w:jc w:val="center"/>')).items()
    }
    raws, _ = read_raw(zipped(strict))
    assert [(raw.text, raw.centred) for raw in raws] == [("严格", True)]


def test_what_cannot_be_read_is_said():
    """A large picture, an embedded sheet, a chart and an embedded chunk are reported as not checked; a small emblem is not."""

    def picture(cx: int, cy: int) -> str:
        return r(
            f'<w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing>'
        )

    body = p(r("文") + picture(5_000_000, 3_000_000)) + p(picture(900_000, 900_000))
    body += p(r('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>')) + '<w:altChunk r:id="none"/>'
    body += p(r('<w:drawing><wp:inline><wp:extent cx="1" cy="1"/><c:chart r:id="none"/></wp:inline></w:drawing>'))
    _, unread = read_raw(word(body))
    assert [u.what.zh for u in unread] == ["大幅图片 1 处", "嵌入对象 1 处：“Excel.Sheet.12”", "图表 1 处", "外部内容块 1 处"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (p(), "没有文字"),
        (p(r('<w:drawing><wp:extent cx="9000000" cy="9000000"/><pic:pic/></w:drawing>')), "扫描件"),
    ],
)
def test_no_words_is_an_error(body: str, reason: str):
    """A file without a word is not a file without a fault: it is refused, a scan by its name."""
    with pytest.raises(DocumentError) as caught:
        read_raw(word(body))
    assert reason in caught.value.reason.zh


def test_main_part_by_its_link():
    """The body is the part that the package links to, whatever its name."""
    contents = {
        name.replace("document", "document2"): content.replace("word/document.xml", "word/document2.xml")
        for name, content in parts(p("文")).items()
    }
    assert [raw.text for raw in read_raw(zipped(contents))[0]] == ["文"]


def test_readers_load_nothing_heavy():
    """Importing the readers loads no format library: each is loaded with the first file of its format."""
    heavy = "{'lxml', 'docx', 'pdfplumber', 'pypdfium2', 'zipfile'}"
    code = f"import sys, gouji.readers; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_real_reports_as_word(seeds: Path):
    """A real report typed into Word, a paragraph a line, makes the same blocks as its text."""
    for source in sorted(seeds.glob("*.txt")):
        made = docx.Document()
        for line in source.read_text("utf-8-sig").splitlines():
            made.add_paragraph(line)
        out = BytesIO()
        made.save(out)
        from_text, from_word = read(source), read(source, out.getvalue())
        assert [b.text.split() for b in from_word.blocks] == [b.text.split() for b in from_text.blocks]
        assert [b.kind for b in from_word.blocks] == [b.kind for b in from_text.blocks]
