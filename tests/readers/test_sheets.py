"""Spreadsheets and web pages: what they show, what they hide, and what an enemy may send."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from sheet_files import figure, old_workbook, parts, row, words, workbook
from word_files import zipped

from gouji.engine.runner import audit_file
from gouji.model.document import DocumentError
from gouji.readers import delimited, html, read, sheet, xls, xlsx
from gouji.readers.number_format import render
from gouji.readers.raw import Raw, RawParagraph, RawTable

HEAD = row(1, words("A1", "收入支出决算总表")) + row(2, words("A2", "部门：某某局"), words("C2", "单位：万元"))
NAMES = row(3, words("A3", "项目"), words("B3", "预算数"), words("C3", "决算数"))


def shape(raws: list[Raw]) -> list[object]:
    """Paragraphs as their words, tables as lists of rows."""
    found: list[object] = []
    for raw in raws:
        if isinstance(raw, RawParagraph):
            found.append(raw.text)
        else:
            rows: dict[int, list[str]] = {}
            for cell in raw.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            found.append(list(rows.values()))
    return found


def refused(read_raw: object, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_raw(data)  # type: ignore[operator]
    assert caught.value.reason.en
    return caught.value.reason.zh


def test_title_table_and_notes():
    """Lines above a header and notes below the last row are paragraphs; what lies between is one table with its blank cells."""
    rows = HEAD + NAMES + row(4, words("A4", "基本支出"), figure("C4", "1.5")) + row(6, words("A6", "注：万元为单位。"))
    raws, unread = xlsx.read_raw(workbook(rows))
    assert shape(raws) == [
        "收入支出决算总表", "部门：某某局", "单位：万元", [["项目", "预算数", "决算数"], ["基本支出", "", "1.5"]], "注：万元为单位。",
    ]  # fmt: skip
    assert unread == []


def test_blank_row_inside_a_table():
    """A blank row before the total does not divide a table; a blank row before a new title does."""
    rows = NAMES + row(4, words("A4", "甲"), figure("B4", "1")) + row(6, words("A6", "合计"), figure("B6", "1"))
    second = (
        row(8, words("A8", "支出决算表"))
        + row(9, words("A9", "项目"), words("B9", "金额"))
        + row(10, words("A10", "乙"), figure("B10", "2"))
    )
    assert shape(xlsx.read_raw(workbook(rows + second))[0]) == [
        [["项目", "预算数", "决算数"], ["甲", "1", ""], ["合计", "1", ""]],
        "支出决算表",
        [["项目", "金额"], ["乙", "2"]],
    ]


def test_merged_cells():
    """A merged cell stands once, with its spans; a value under it, which no program shows, is left out."""
    rows = (
        row(1, words("A1", "项目"), words("B1", "金额"), words("C1", "看不见"))
        + row(2, words("B2", "预算"), words("C2", "决算"))
        + row(3, words("A3", "甲"), figure("B3", "1"), figure("C3", "2"))
    )
    merges = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    raws, _ = xlsx.read_raw(workbook(rows, after=merges))
    table = raws[0]
    assert isinstance(table, RawTable)
    assert [(c.text, c.rowspan, c.colspan, c.address) for c in table.cells][:4] == [
        ("项目", 2, 1, "A1"), ("金额", 1, 2, "B1"), ("预算", 1, 1, "B2"), ("决算", 1, 1, "C2"),
    ]  # fmt: skip


def test_hidden_is_said():
    """Hidden rows and columns are read and said; a hidden sheet is not read and said."""
    rows = NAMES + row(4, words("A4", "甲"), figure("B4", "1"), hidden=True) + row(5, words("A5", "乙"), figure("B5", "2"))
    after = ""
    data = parts(rows, row(1, words("A1", "机密")), after=after, states=("visible", "hidden"))
    name = "xl/worksheets/sheet1.xml"
    data[name] = str(data[name]).replace("<sheetData>", '<cols><col min="2" max="16384" hidden="1"/></cols><sheetData>')
    raws, unread = xlsx.read_raw(zipped(data))
    assert shape(raws) == [[["项目", "预算数", "决算数"], ["甲", "1", ""], ["乙", "2", ""]]]
    assert [u.what.zh for u in unread] == ["工作表“表1”第 4 行", "工作表“表1”第 B、C 列", "工作表“表2”"]


def test_formulas():
    """A formula counts by its stored result; without one, or with an error, the place is said."""
    rows = NAMES + row(4, words("A4", "甲"), figure("B4", "3", formula="1+2"), figure("C4", "", formula="B4*2"))
    error = row(5, words("A5", "乙"), '<c r="B5" t="e"><v>#DIV/0!</v></c>')
    raws, unread = xlsx.read_raw(workbook(rows + error))
    assert shape(raws)[0][1:] == [["甲", "3", ""], ["乙", "#DIV/0!", ""]]  # type: ignore[index]
    assert [u.what.zh for u in unread] == ["工作表“表1” C4", "工作表“表1” B5 #DIV/0!"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("0.8567", "0.00%", "85.67%"),
        ("-1234.565", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-1,234.57"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("0", "0.00;-0.00;", ""),
        ("12", '0.00"万元"', "12.00万元"),
        ("5", "(0)", "(5)"),
        ("123.45000000000002", "General", "123.45"),
        ("12345678", "0,", "12346"),
        ("12345", "0!.0,", "12345"),
        ("2.50", "0.##", "2.5"),
        ("1E+400", "0.00", "1E+400"),
        ("NaN", "0.00", "NaN"),
    ],
)
def test_number_formats(value: str, code: str, shown: str):
    """A number reads as the sheet shows it, without the noise of its binary form."""
    assert render(value, code) == shown


def test_dates():
    """A day reads as a day, not as its serial number."""
    rows = NAMES + row(4, words("A4", "甲"), figure("B4", "45356", style=1), figure("C4", "7"))
    assert shape(xlsx.read_raw(workbook(rows, formats=("yyyy\\-mm\\-dd",)))[0])[0][1] == ["甲", "2024年3月5日", "7"]  # type: ignore[index]


def test_written_by_another_program(tmp_path: Path):
    """A workbook as a library writes it, with shared strings and styles, reads whole, each cell with its sheet and address."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "公开01表"
    for values in (["项目", "预算数"], ["甲", 1.25], ["合计", 1.25]):
        page.append(values)
    other = book.create_sheet("公开02表")
    other.append(["项目", "决算数"])
    other.append(["甲", 2])
    path = tmp_path / "决算.xlsx"
    book.save(path)
    document = read(path)
    assert (document.format, len(document.tables)) == ("xlsx", 2)
    assert [c.address for b in document.blocks for c in b.cells][-1] == "公开02表!B2"


def test_old_workbook():
    """An .xls gives its merged cells, formats and addresses as an .xlsx does."""
    rows = [["项目", "金额", None], [None, "预算数", "决算数"], ["甲", 1, 2.5], ["乙", 3, 4]]
    raws, unread = xls.read_raw(old_workbook(rows, merges=[(0, 0, 1, 2), (0, 1, 0, 0)], style="0.00"))
    assert shape(raws) == [[["项目", "金额"], ["预算数", "决算数"], ["甲", "1.00", "2.50"], ["乙", "3.00", "4.00"]]]
    assert isinstance(raws[0], RawTable)
    assert (raws[0].cells[1].colspan, raws[0].cells[-1].address, unread) == (2, "C4", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('项目,预算数,决算数\n甲,"1,234.50",2\n合计,"1,234.50",2\n', [["项目", "预算数", "决算数"], ["甲", "1,234.50", "2"], ["合计", "1,234.50", "2"]]),
        ("项目\t预算数\n甲\t1\n", [["项目", "预算数"], ["甲", "1"]]),
        ("sep=;\n项目;预算数\n甲;1,5\n", [["项目", "预算数"], ["甲", "1,5"]]),
        ('编码,金额\n="0201",1\n', [["编码", "金额"], ["0201", "1"]]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_delimited(text: str, expected: list[list[str]], encoding: str):
    """Commas, tabs and semicolons part cells, quoted ones do not, in either usual encoding."""
    assert shape(delimited.read_raw(text.encode(encoding))[0]) == [expected]


def test_name_decides_only_between_text_and_csv(tmp_path: Path):
    """A text with commas is a table only where the file says so."""
    for name, form in (("a.csv", "csv"), ("a.txt", "txt")):
        (tmp_path / name).write_text("项目,预算数\n甲,1\n", "utf-8")
        assert read(tmp_path / name).format == form


def test_web_page():
    """A published page gives heading, paragraphs and tables with their spans; scripts, menus and layout tables do not show."""
    page = """<html><head><title>站</title><script>var x = "1万元"</script></head><body><ul><li><a href="/">首页</a></li></ul>
    <h1>2023年度部门决算</h1><table><tr><td><p>一、收入100万元。<br>二、支出90万元。</p></td><td>
    <table><tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr><tr><td>预算数</td><td>决算数</td></tr>
    <tr><td>甲</td><td>1</td><td>2</td></tr></table></td></tr></table><p style="display: none">隐藏5万元</p></body></html>"""
    raws, unread = html.read_raw(page.encode("gb18030"))
    assert shape(raws) == [
        "2023年度部门决算", "一、收入100万元。", "二、支出90万元。", [["项目", "金额"], ["预算数", "决算数"], ["甲", "1", "2"]],
    ]  # fmt: skip
    assert isinstance(raws[0], RawParagraph) and raws[0].heading == 0
    assert isinstance(raws[3], RawTable)
    assert [(c.column, c.rowspan, c.colspan) for c in raws[3].cells] == [
        (0, 2, 1), (1, 1, 2), (1, 1, 1), (2, 1, 1), (0, 1, 1), (1, 1, 1), (2, 1, 1),
    ]  # fmt: skip
    assert unread[0].what.zh == "隐藏内容 1 处：“隐藏5万元”"


def test_hostile_workbooks(monkeypatch: pytest.MonkeyPatch):
    """Bombs, entities, macros, binary workbooks and missing parts are refused with the reason."""
    good = parts(NAMES)
    assert "DOCTYPE" in refused(
        xlsx.read_raw,
        zipped(
            good
            | {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'}
        ),
    )
    assert "压缩炸弹" in refused(xlsx.read_raw, zipped(good | {"xl/media/a.png": b"\x00" * (8 << 20)}))
    assert "含宏" in refused(xlsx.read_raw, zipped(good | {"xl/vbaProject.bin": b""}))
    assert "不是完整的 XML" in refused(xlsx.read_raw, zipped(good | {"xl/styles.xml": "<a"}))
    assert "缺少" in refused(xlsx.read_raw, zipped({"xl/workbook.bin": b""}))
    assert "空的" in refused(xlsx.read_raw, workbook(""))
    monkeypatch.setattr(xlsx, "MAX_CELLS", 2)
    assert "单元格超过" in refused(xlsx.read_raw, workbook(NAMES))


def test_huge_dimensions():
    """A merge over the whole sheet, a cell in its last corner and a monstrous row number cost nothing and lose nothing."""
    rows = (
        row(1, words("A1", "项目"), words("B1", "金额"))
        + row(2, words("A2", "甲"), figure("B2", "1"))
        + '<row r="99999999999999"><c r="XFD1048576"><v>7</v></c></row>'
    )
    merges = '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="rubbish"/></mergeCells>'
    raws, _ = xlsx.read_raw(workbook(rows, after=merges))
    assert [c.text for raw in raws if isinstance(raw, RawTable) for c in raw.cells if c.text] == ["项目", "金额", "1", "7"]


def test_cell_beyond_the_last_column():
    """A cell where no sheet has one is damage, and said."""
    assert "超出最后一列" in refused(xlsx.read_raw, workbook(row(1, words("XFD1", "甲"), words("ZZZ1", "乙"))))


def test_too_many_merges():
    """A hundred thousand merges over every row are refused, not worked through."""
    rows = "".join(row(r, figure(f"A{r}", "1")) for r in range(1, 2001))
    merges = "<mergeCells>" + '<mergeCell ref="A1:B2000"/>' * 3000 + "</mergeCells>"
    assert "合并单元格过多" in refused(xlsx.read_raw, workbook(rows, after=merges))


def test_damaged_old_workbooks():
    """An .xls cut short, or of rubbish behind the signature, is called damaged."""
    data = old_workbook([["项目", "金额"], ["甲", 1]])
    for broken in (data[:600], data[: len(data) // 2], data[:512] + b"\xff" * 4096 + "Workbook".encode("utf-16-le")):
        assert "已损坏" in refused(xls.read_raw, broken)


def test_hostile_pages(monkeypatch: pytest.MonkeyPatch):
    """A page with entities that name files, with spans beyond measure or without words is refused or read without them."""
    raws, _ = html.read_raw(b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>' + "支出&x;1万元".encode())
    assert "root:" not in str(shape(raws))
    span = '<td rowspan="999999999" colspan="999999999">1</td>'
    spanned = html.read_raw(f"<table><tr>{span}<td>2</td></tr><tr><td>3</td></tr></table>".encode())[0][0]
    assert isinstance(spanned, RawTable)
    assert (spanned.cells[0].rowspan, spanned.cells[0].colspan) == (2, 1000)
    assert "没有" in refused(html.read_raw, b"<html><script>1</script></html>")
    assert "单元格超过" in refused(html.read_raw, ("<table>" + f"<tr>{span}<td>2</td></tr>" * 300 + "</table>").encode())


def test_deep_page():
    """A page nested a hundred thousand deep gives a reason, not a crash."""
    try:
        raws, _ = html.read_raw(b"<div>" * 100_000 + "支出1万元".encode())
    except DocumentError as error:
        assert "嵌套过深" in error.reason.zh
    else:
        assert "支出1万元" in str(shape(raws))


def test_quote_bomb():
    """A quote that never ends is refused by its reason."""
    assert "CSV" in refused(delimited.read_raw, ('a,"' + "甲" * 200_000).encode())


def test_cell_limit_of_csv(monkeypatch: pytest.MonkeyPatch):
    """More cells than any report has are refused."""
    monkeypatch.setattr(delimited, "MAX_CELLS", 3)
    assert "单元格超过" in refused(delimited.read_raw, b"a,b\nc,d\n")


def test_address():
    """Columns count A to Z, AA and on, as every spreadsheet counts them."""
    assert [sheet.address(0, c) for c in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


def test_random_bytes_in_a_zip():
    """A workbook whose parts hold other well-formed XML gives no traceback."""
    data = zipped(parts(NAMES) | {"xl/workbook.xml": "<w/>"})
    assert "不是 Excel 工作簿" in refused(xlsx.read_raw, data)
    assert BytesIO(data).read(2) == b"PK"


def totals(tmp_path: Path, *amounts: str, whole: str) -> list[str]:
    """The verdicts on a column of amounts shown with two decimals, and its total."""
    rows = NAMES + "".join(
        row(4 + n, words(f"A{4 + n}", name), figure(f"B{4 + n}", amount, style=1))
        for n, (name, amount) in enumerate([*zip("甲乙丙", amounts, strict=True), ("合计", whole)])
    )
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(rows, formats=("0.00",)))
    result = audit_file(path)
    assert [e.claim.verdict.value for e in result.ledger] or result.findings == ()
    return [f"{f.code} {f.evidence[0].quote}" for f in result.findings]


def test_rounded_only_on_the_screen(tmp_path: Path):
    """A sum that holds in the cells and is a hundredth off as shown is no remark; one that holds in neither is."""
    assert totals(tmp_path, "1.004", "2.004", "3.004", whole="6.012") == []
    assert totals(tmp_path, "0.1", "0.2", "0.30000000000000004", whole="0.6000000000000001") == []
    assert totals(tmp_path, "1.004", "2.004", "3.004", whole="6.02") == ["AR102 6.02"]
    assert totals(tmp_path, "1.004", "2.004", "3.004", whole="7.012") == ["AR101 7.01"]


def test_formula_of_a_wrong_total_is_shown(tmp_path: Path):
    """A total whose formula leaves out a row is reported with that formula."""
    rows = NAMES + row(4, words("A4", "甲"), figure("B4", "1.50")) + row(5, words("A5", "乙"), figure("B5", "2.50"))
    rows += row(6, words("A6", "丙"), figure("B6", "4.25")) + row(
        7, words("A7", "合计"), figure("B7", "4", formula="SUM(B4:B5)")
    )
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(rows))
    (finding,) = audit_file(path).findings
    assert (finding.code, finding.evidence[0].cell) == ("AR101", "B7")
    assert finding.cause is not None
    assert "=SUM(B4:B5)" in finding.cause.zh
