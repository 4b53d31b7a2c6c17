"""Plain text: encodings, lines and tables."""

from __future__ import annotations

import codecs
import random

import pytest

from gouji.model.document import DocumentError
from gouji.readers import read
from gouji.readers.raw import RawParagraph, RawTable
from gouji.readers.text import read_raw

REPORT = "一、部门概况\n本部门2023年度预算1,200.50万元，执行率95％。\n\n二、评价结论\n自评得分98分。\n"
LINES = [(1, "一、部门概况"), (2, "本部门2023年度预算1,200.50万元，执行率95％。"), (4, "二、评价结论"), (5, "自评得分98分。")]


def paragraphs(data: bytes) -> list[tuple[int | None, str]]:
    return [(raw.line, raw.text) for raw in read_raw(data) if isinstance(raw, RawParagraph)]


def grid(raw: object) -> list[list[str]]:
    assert isinstance(raw, RawTable)
    rows: dict[int, list[str]] = {}
    for cell in raw.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode("utf-8"),
        REPORT.encode("utf-8-sig"),
        REPORT.encode("gb18030"),
        codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"),
        REPORT.encode("utf-16-le"),
        REPORT.encode("utf-16-be"),
        REPORT.replace("\n", "\r\n").encode("utf-8"),
        REPORT.replace("\n", "\r").encode("gb18030"),
        REPORT.replace("概况", "概\x00\x07况").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be", "crlf", "cr", "control"],
)
def test_every_encoding_gives_the_same_lines(data: bytes) -> None:
    """The encoding is told from the bytes, and line numbers count as an editor counts them."""
    assert paragraphs(data) == LINES


def test_utf_16_without_a_bom_and_without_a_zero_byte_is_read() -> None:
    """A text of Chinese characters alone has no zero byte; it is read as UTF-16 all the same."""
    assert paragraphs("绩效自评报告部门概况全年预算执行情况良好".encode("utf-16-le")) == [
        (1, "绩效自评报告部门概况全年预算执行情况良好")
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \t\r\n", b"\x00\x00\x00\x00", "\ufeff".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    """A file without a character to read is an error, not a report without findings."""
    with pytest.raises(DocumentError) as error:
        read_raw(data)
    assert "空" in error.value.reason.zh


@pytest.mark.parametrize("seed", range(5))
def test_binary_rubbish_is_refused(seed: int) -> None:
    """Random bytes are never read as text."""
    with pytest.raises(DocumentError):
        read_raw(random.Random(seed).randbytes(4000))


def test_a_file_cut_inside_a_character_is_refused() -> None:
    """Half a character behind a BOM means that something is missing."""
    with pytest.raises(DocumentError):
        read_raw("自评报告".encode("utf-8-sig")[:-1])


def test_tab_separated_lines_are_a_table() -> None:
    """Lines of tab-separated cells become one table; short rows are filled up, and each row keeps its line."""
    raws = read_raw("项目支出如下：\n序号\t项目\t金额\n1\t培训\t3.5\n\t合计\t3.5\n以上。".encode())
    assert [type(raw).__name__ for raw in raws] == ["RawParagraph", "RawTable", "RawParagraph"]
    table = raws[1]
    assert isinstance(table, RawTable)
    assert grid(table) == [["序号", "项目", "金额"], ["1", "培训", "3.5"], ["", "合计", "3.5"]]
    assert table.row_lines == (2, 3, 4)


def test_a_drawn_table_loses_its_rules() -> None:
    """Cells between upright strokes are a table, and the row of dashes is none of its rows."""
    raws = read_raw("| 项目 | 金额 |\n|---|---|\n| 培训 | 3.5 |\n".encode())
    assert grid(raws[0]) == [["项目", "金额"], ["培训", "3.5"]]


def test_columns_set_with_blanks_are_a_table() -> None:
    """Three lines and more of equally many cells with figures are a table."""
    raws = read_raw("收入        预算数    决算数\n财政拨款    100.00    90.00\n其他收入    10.00     9.00\n".encode())
    assert grid(raws[0]) == [["收入", "预算数", "决算数"], ["财政拨款", "100.00", "90.00"], ["其他收入", "10.00", "9.00"]]


def test_columns_parted_by_single_blanks_are_a_table_below_a_head_without_figures() -> None:
    """Equally many cells below a head, one column of them figures, are a table; a short row of sums goes under that column."""
    lines = "表1 得分汇总\n一级 二级 分值\n决策 立项 15\n过程 资金 25\n产出 数量 60\n分值合计 100\n复评由第三方承担。\n"
    raws = read_raw(lines.encode())
    assert [type(raw).__name__ for raw in raws] == ["RawParagraph", "RawTable", "RawParagraph"]
    assert grid(raws[1])[1:] == [
        ["决策", "立项", "15"],
        ["过程", "资金", "25"],
        ["产出", "数量", "60"],
        ["分值合计", "", "100"],
    ]


def test_columns_parted_by_single_blanks_may_begin_with_numbers_or_have_one_row() -> None:
    """Numbered rows, and one row below the words of a form's head, are a table as well; 其中： names a row."""
    rows = "序号 指标 分值 得分\n1 目标 15 14\n2 过程 25 23\n合计 40 37\n项目 预算数 执行数 分值 执行率\n全部资金 320.00 304.00 10 95%\n"
    assert [type(raw).__name__ for raw in read_raw(rows.encode())] == ["RawTable", "RawTable"]
    split = "项目 预算数 执行数 执行率\n资金总额 320.00 304.00 95%\n其中：省级补助 160.00 152.00 95%\n"
    assert [row[0] for row in grid(read_raw(split.encode())[0])] == ["项目", "资金总额", "其中：省级补助"]


@pytest.mark.parametrize("mark", [" / ", "\u3000", " ／ "], ids=["slashes", "wide blanks", "wide slashes"])
def test_columns_set_with_slashes_or_wide_blanks_are_a_table(mark: str) -> None:
    """Three lines and more of equally many cells are a table whose title, set like a row, stays text."""
    rows = [["指标", "目标值", "完成值"], ["合格率", "≥95%", "94.1%"], ["覆盖率", "≥90%", "97.6%"]]
    raws = read_raw(("表2" + mark + "指标完成情况\n" + "\n".join(mark.join(r) for r in rows)).encode())
    assert [type(raw).__name__ for raw in raws] == ["RawParagraph", "RawTable"]
    assert grid(raws[1]) == rows


def test_a_header_with_a_blank_corner_stands_over_its_columns() -> None:
    """A header line that is indented and one cell short has a blank first cell."""
    raws = read_raw("　　　　全年预算数　　全年执行数\n财政拨款　　100.00　　90.00\n其他收入　　10.00　　9.00\n".encode())
    assert grid(raws[0])[0] == ["", "全年预算数", "全年执行数"]


@pytest.mark.parametrize(
    "text",
    [
        "优秀 / 良好 / 合格\n甲 / 乙 / 丙\n丁 / 戊 / 己",
        "6、资料征集费。\t年初既定项目，支出9.6万元。\n7、印刷费。支出8万元。",
        "1.\t加强培训\n2.\t完善制度\n3.\t厉行节约",
        "\t本部门全年预算100万元。\n\t实际支出90万元。",
        "政协主席  张三\n秘书长  李四\n办公室  王五",
        "报送 单位 公章\n局长 张三 签字\n科长 李四 签字",
        "全年支出 100 万元\n其中：人员 60 万元\n公用 40 万元",
    ],
    ids=[
        "words between slashes",
        "tab in a sentence",
        "tabs after list numbers",
        "tab as indentation",
        "names in two columns",
        "signatures",
        "lines of figures",
    ],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    """A tab after a number, as indentation or inside a sentence makes no table."""
    assert all(isinstance(raw, RawParagraph) for raw in read_raw(text.encode()))


def test_bracketed_heads_begin_lines_of_their_own(tmp_path):
    """A line that opens with a bracketed head or a bullet is a paragraph, whatever the line before ends with."""
    lines = [
        "【数量】接种点（10分）：目标100处，完成102处，得10分",
        "【质量】合格率（8分）：目标100%，完成100%，得8分",
        "◆其他说明",
    ]
    path = tmp_path / "form.txt"
    path.write_text("某局2023年度绩效自评报告\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert [block.text for block in read(path).blocks][1:] == lines
