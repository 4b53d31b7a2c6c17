"""Tables: rows, headers, units, captions, and tables rebuilt from one cell a line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from gouji.model.document import BlockKind, Document, Table
from gouji.readers.assemble import assemble
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.readers.text import read_raw


def read(text: str) -> Document:
    return assemble("report.txt", "0" * 64, "txt", read_raw(dedent(text).strip("\n").encode()))


def rows(document: Document, table: Table) -> list[list[str]]:
    return [[cell.text for cell in document.blocks[index].cells] for index in table.rows]


def one_cell_a_line(*cells: str) -> Document:
    return read("一、评价情况\n" + "\n".join(cells) + "\n二、存在问题\n执行偏慢。")


def test_a_table_has_rows_unit_and_caption() -> None:
    """Rows are blocks of tab-joined cells with offsets and addresses; the unit and the caption come from the words before it."""
    document = read("项目支出见下表：\n单位：万元\n项目\t预算数\t执行数\n培训\t3.50\t3.20\n合计\t3.50\t3.20\n以上。")
    assert document.tables == (Table(0, (2, 3, 4), 3, 1, "万元", 0),)
    row = document.blocks[3]
    assert (row.kind, row.text, row.anchor.paragraph) == (BlockKind.ROW, "培训\t3.50\t3.20", 4)
    assert [(c.text, c.start, c.end, c.row, c.column, c.address) for c in row.cells] == [
        ("培训", 0, 2, 1, 0, "T1R2C1"),
        ("3.50", 3, 7, 1, 1, "T1R2C2"),
        ("3.20", 8, 12, 1, 2, "T1R2C3"),
    ]


def test_merged_and_broken_cells() -> None:
    """A merged cell stands in its first row only, the others keep their columns; a cell's lines join to one."""
    cells = [
        RawCell("指标", 0, 0),
        RawCell("权重", 0, 1),
        RawCell("产出\n指标", 1, 0, rowspan=2),
        RawCell("1,072\n.52", 1, 1),
        RawCell("20", 2, 1),
    ]
    document = assemble("a.docx", "", "docx", [RawTable(cells)])
    assert [b.text for b in document.blocks] == ["指标\t权重", "产出指标\t1,072.52", "20"]
    assert [(c.column, c.rowspan) for c in document.blocks[1].cells] == [(0, 2), (1, 1)]
    assert document.blocks[2].cells[0].column == 1


def test_a_header_of_two_rows() -> None:
    """Rows without figures under a spanning name belong to the header; a year is no figure, a row of column numbers is header."""
    cells = [
        RawCell("项目", 0, 0, rowspan=2),
        RawCell("支出（万元）", 0, 1, colspan=2),
        RawCell("2022", 1, 1),
        RawCell("2023", 1, 2),
        *(RawCell(str(n + 1), 2, n) for n in range(3)),
        *(RawCell(text, 3, n) for n, text in enumerate(("培训", "3.5", "4.5"))),
    ]
    table = assemble("a.docx", "", "docx", [RawTable(cells)]).tables[0]
    assert (table.header_rows, table.unit, table.columns) == (3, "万元", 3)


def test_a_table_that_goes_on_is_one_table() -> None:
    """The part on the next page continues the rows of the first."""
    raws: list[Raw] = [
        RawParagraph("表1 支出明细表"),
        RawTable([RawCell("项目", 0, 0), RawCell("金额", 0, 1), RawCell("甲", 1, 0), RawCell("1", 1, 1)]),
        RawTable([RawCell("乙", 0, 0), RawCell("2", 0, 1)], continued=True),
    ]
    document = assemble("a.pdf", "", "pdf", raws)
    assert document.tables == (Table(0, (1, 2, 3), 2, 1, None, 0),)
    assert [c.row for c in document.blocks[3].cells] == [2, 2]


def test_one_cell_a_line_with_blank_lines_between_rows() -> None:
    """Blank lines after each row are evidence enough, whatever the columns hold; a leftover stays in its cell."""
    cells = "\t序号\n\t单位名称\n\t单位性质\n\t经费形式\n\n\t1\n\t县林业局(本级)\n\t行政\n\t[bookmark: _GoBack]全额\n\n\t注：1、单位性质分为两类。"
    document = read("具体情况如下：\n" + cells)
    table = document.tables[0]
    assert table.flattened
    assert rows(document, table) == [
        ["序号", "单位名称", "单位性质", "经费形式"],
        ["1", "县林业局(本级)", "行政", "[bookmark: _GoBack]全额"],
    ]
    assert document.blocks[-1].text == "注：1、单位性质分为两类。"


def test_one_cell_a_line_without_blank_lines() -> None:
    """What may stand under each name tells the rows apart; the total row keeps its figures under their columns."""
    document = one_cell_a_line(
        *("序号", "项目名称", "全年预算数", "全年执行数", "执行率"),
        *("1", "河道整治", "120.00", "118.50", "98.75%"),
        *("2", "水库维修", "80.00", "80.00", "100%"),
        *("合计", "200.00", "198.50", "99.25%"),
    )
    table = document.tables[0]
    assert rows(document, table) == [
        ["序号", "项目名称", "全年预算数", "全年执行数", "执行率"],
        ["1", "河道整治", "120.00", "118.50", "98.75%"],
        ["2", "水库维修", "80.00", "80.00", "100%"],
        ["合计", "200.00", "198.50", "99.25%"],
    ]
    assert [c.column for c in document.blocks[table.rows[-1]].cells] == [0, 2, 3, 4]
    assert document.blocks[table.rows[-1] + 1].text == "二、存在问题"


def test_a_last_column_of_words_is_no_remark() -> None:
    """A column that every row fills takes its cell; only a column of remarks may be blank."""
    document = one_cell_a_line(*("序号", "单位名称", "经费形式"), *("1", "县林业局", "全额"), "注：经费形式分为两类。")
    assert rows(document, document.tables[0]) == [["序号", "单位名称", "经费形式"], ["1", "县林业局", "全额"]]


def test_an_indicator_form_in_scraps() -> None:
    """Scraps of cells join up to the operator, level names span their rows, a blank unit or weight is a blank cell."""
    document = one_cell_a_line(
        *("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单", "位", "权重"),
        *("产出指标", "数量指标", "培训委员", "(35", "人", ")", "举办班次", "≥", "3", "期", "10"),
        *("印发资料", "、", "刊物", "＝", "500", "册", "10"),
        *("质量指标", "培训效果", "定性", "优良中", "20"),
        *("满意度指标", "服务对象满意度指", "标", "学员满意度", "≥", "95", "%"),
    )
    table = document.tables[0]
    assert rows(document, table) == [
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
        ["产出指标", "数量指标", "培训委员(35人)举办班次", "≥", "3", "期", "10"],
        ["印发资料、刊物", "＝", "500", "册", "10"],
        ["质量指标", "培训效果", "定性", "优良中", "", "20"],
        ["满意度指标", "服务对象满意度指标", "学员满意度", "≥", "95", "%", ""],
    ]
    assert [c.rowspan for c in document.blocks[table.rows[1]].cells][:2] == [3, 2]
    assert [c.column for c in document.blocks[table.rows[2]].cells] == [2, 3, 4, 5, 6]


def test_a_form_with_actual_values_and_remarks() -> None:
    """A remark in the last column is told from the next row by the figures that follow."""
    document = one_cell_a_line(
        *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
        *("产出指标", "数量指标", "整治河道", "≥12公里", "12.5公里", "20", "20"),
        *("质量指标", "合格率", "100%", "96%", "20", "19", "个别标段返工"),
        *("效益指标", "社会效益指标", "受益人口", "≥2万人", "2.3万人", "30", "30"),
        *("总分", "70", "69"),
    )
    assert [row[-2:] for row in rows(document, document.tables[0])[1:]] == [
        ["20", ""],
        ["19", "个别标段返工"],
        ["30", ""],
        ["70", "69"],
    ]


def test_a_remark_of_one_word_before_every_next_row() -> None:
    """无 in the last column belongs to its row, whether the next begins with a level's name or with an indicator's."""
    document = one_cell_a_line(
        *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"),
        *("产出指标", "数量指标", "受益学生", "≥1560人", "1580人", "10", "10", "无"),
        *("参加学生", "≥1400人", "1440人", "5", "5", "无"),
        *("质量指标", "合格率", "=100%", "97%", "5", "4.75", "4名教师请假"),
        *("满意度指标", "服务对象满意度指标", "家长满意度", "≥90%", "93.6%", "5", "5", "无"),
        *("总分", "25", "24.75"),
    )
    assert document.blocks[1].text == "绩效指标"
    assert rows(document, document.tables[0])[1:] == [
        ["产出指标", "数量指标", "受益学生", "≥1560人", "1580人", "10", "10", "无"],
        ["参加学生", "≥1400人", "1440人", "5", "5", "无"],
        ["质量指标", "合格率", "=100%", "97%", "5", "4.75", "4名教师请假"],
        ["满意度指标", "服务对象满意度指标", "家长满意度", "≥90%", "93.6%", "5", "5", "无"],
        ["总分", "25", "24.75"],
    ]


def test_half_a_table_is_none() -> None:
    """Where cells are left over after the last row that could be read, no row is trusted."""
    document = one_cell_a_line(
        *("项目名称", "预算数", "执行数", "得分"),
        *("培训费", "3.5", "3.2", "10"),
        *("印刷费", "2.5", "10"),
        *("设备费", "2.5", "2.5", "10"),
    )
    assert document.tables == ()


def test_short_total_row_of_a_drawn_table() -> None:
    """总分 with two figures has them under the two columns of figures; a stroke at the end of a line is a blank cell."""
    document = read(
        "三级指标 | 指标值 | 分值 | 得分 | 备注\n培训 | 3期 | 10 | 9 | 减少\n印刷 | 5册 | 10 | 10 |\n总分 | 20 | 19"
    )
    assert rows(document, document.tables[0])[2:] == [["印刷", "5册", "10", "10", ""], ["总分", "", "20", "19", ""]]


def test_amounts_under_their_names() -> None:
    """Names of amounts followed by as many figures are a table; rows with a name of their own get a first column."""
    plain = one_cell_a_line("资金总额", "财政拨款", "其他资金", "1,072.52", "1,072.52", "0.00")
    assert rows(plain, plain.tables[0]) == [["资金总额", "财政拨款", "其他资金"], ["1,072.52", "1,072.52", "0.00"]]
    named = one_cell_a_line(
        *("年初预算数", "全年预算数", "全年执行数"),
        *("年度资金总额", "100", "120", "118"),
        *("其中：财政拨款", "90", "110", "108"),
    )
    assert rows(named, named.tables[0]) == [
        ["", "年初预算数", "全年预算数", "全年执行数"],
        ["年度资金总额", "100", "120", "118"],
        ["其中：财政拨款", "90", "110", "108"],
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("项目名称", "预算数", "执行数", "培训费", "3.5"),
        ("项目名称", "预算数", "执行数", "得分", "培训费", "3.5", "10", "印刷费", "2.5", "10"),
        ("任务名称", "主要内容", "培训", "举办培训班"),
        ("基本支出", "项目支出"),
        ("预算数", "3.5"),
    ],
    ids=["no whole row", "one figure short, unclear which", "words only", "names only", "one name"],
)
def test_unclear_evidence_stays_text(cells: tuple[str, ...]) -> None:
    """Where a row could be read in two ways or in none, the lines stay text: no figure moves to another column."""
    document = one_cell_a_line(*cells)
    assert document.tables == ()
    assert not [b for b in document.blocks if b.kind is BlockKind.ROW]


def test_the_tables_of_real_reports(seeds: Path) -> None:
    """The flattened tables of two real reports come out with all their rows and columns."""
    by_name = {p.name[:3]: assemble(p.name, "", "txt", read_raw(p.read_bytes())) for p in seeds.glob("*.txt")}
    assert [(t.columns, len(t.rows)) for t in by_name["002"].tables] == [(4, 2), (3, 11)]
    form = by_name["004"]
    assert [(t.columns, len(t.rows), t.unit) for t in form.tables] == [(3, 2, "万元"), (7, 13, None)]
    weights = [row[-1] for row in rows(form, form.tables[1])[1:]]
    assert weights == ["5", "5", "5", "5", "10", "10", "10", "10", "10", "10", "10", ""]
