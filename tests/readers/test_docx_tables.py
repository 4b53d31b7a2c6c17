"""Tables of Word files: the grid, merged and nested cells, what stands in a cell."""

from __future__ import annotations

from word_files import abstract, item, level, num, p, r, table, tc, tr, word

from gouji.readers.docx import read_raw
from gouji.readers.raw import RawCell, RawParagraph, RawTable


def cells(body: str, **others: str) -> list[tuple[str, int, int, int, int]]:
    raws, _ = read_raw(word(body, **others))
    found = next(raw for raw in raws if isinstance(raw, RawTable))
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in found.cells]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells():
    """A merged cell appears once, at its upper left corner, with its spans."""
    body = table(
        tr(tc("项目", START), tc("资金", span(2))),
        tr(tc("", ON), tc("预算"), tc("支出")),
        tr(tc("", ON), tc("1"), tc("2")),
        tr(tc("合计"), tc("3", START + span(2))),
        tr(tc("备注"), tc("", ON + span(2))),
    )
    assert cells(body) == [
        ("项目", 0, 0, 3, 1),
        ("资金", 0, 1, 1, 2),
        ("预算", 1, 1, 1, 1),
        ("支出", 1, 2, 1, 1),
        ("1", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
        ("合计", 3, 0, 1, 1),
        ("3", 3, 1, 2, 2),
        ("备注", 4, 0, 1, 1),
    ]


def test_merge_without_beginning():
    """A cell that goes on from nothing is a cell of its own: no text is lost."""
    assert cells(table(tr(tc("甲", ON), tc("1")), tr(tc("乙"), tc("2")), tr(tc("丙", ON), tc("3"))))[4] == ("丙", 2, 0, 1, 1)


def test_rows_that_begin_later():
    """Cells skipped before a row move its cells to their columns, and the addresses say so."""
    raws, _ = read_raw(word(table(tr(tc("甲"), tc("乙")), tr(tc("1"), properties='<w:gridBefore w:val="1"/>'))))
    assert [(c.column, c.address) for c in raws[0].cells] == [(0, "T1R1C1"), (1, "T1R1C2"), (1, "T1R2C2")]


def test_old_horizontal_merge():
    """hMerge of old files widens the cell before it."""
    assert cells(table(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>')), tr(tc("1"), tc("2"))))[0] == (
        "甲", 0, 0, 1, 2,
    )  # fmt: skip


def test_monstrous_spans_are_cut():
    """A span of a thousand million columns does not pass on."""
    assert cells(table(tr(tc("甲", span(1_000_000_000)), tc("乙"))))[0] == ("甲", 0, 0, 1, 255)


def test_wrapped_rows_and_cells():
    """Rows and cells inside content controls are read."""
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(control.format(tr(tc("甲"), control.format(tc("1")))), tr(tc("乙"), tc("2")))
    assert [c[0] for c in cells(body)] == ["甲", "1", "乙", "2"]


def test_nested_table():
    """A nested table follows the outer one as a table of its own; its figures stand in the document once."""
    inner = table(tr(tc("内1"), tc("内2")))
    raws, _ = read_raw(word(table(tr(tc("外"), tc(p("说明") + inner + p())))))
    assert [[(c.text, c.address) for c in raw.cells] for raw in raws] == [
        [("外", "T1R1C1"), ("说明", "T1R1C2")],
        [("内1", "T2R1C1"), ("内2", "T2R1C2")],
    ]


def test_frame():
    """A table of one cell is a frame: its paragraphs and tables are read as those of the body."""
    raws, _ = read_raw(word(p("前") + table(tr(tc(p("一、概况") + p("文。") + table(tr(tc("甲"), tc("1"))))))))
    assert [raw.text if isinstance(raw, RawParagraph) else [c.text for c in raw.cells] for raw in raws] == [
        "前",
        "一、概况",
        "文。",
        ["甲", "1"],
    ]


def test_lines_of_a_cell():
    """Paragraphs of a cell are set apart by a blank, a word stacked in a narrow column is closed up."""
    stacked = tc(p("合") + p("计"))
    body = table(
        tr(stacked, tc(p("12.5") + p("13.6")), tc(p(r("<w:t>预算数</w:t><w:br/><w:t>（万元）</w:t>"))), tc(p("优") + p("良")))
    )
    assert [c[0] for c in cells(body)] == ["合计", "12.5 13.6", "预算数（万元）", "优 良"]


def test_numbers_in_cells():
    """The automatic number of a cell is part of its text: a column of serial numbers is not empty."""
    numbering = abstract(1, level(0, "decimal", "%1")) + num(1, 1)
    body = table(tr(tc(item("")), tc("办公费")), tr(tc(item("")), tc("印刷费")), tr(tc(item("甲") + item("5万元")), tc("")))
    assert [c[0] for c in cells(body, numbering=numbering)] == ["1", "办公费", "2", "印刷费", "3 甲 4 5万元", ""]


def test_text_box_in_cell():
    """A text box anchored in a cell is read after the table."""
    box = r(f"<w:pict><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></w:pict>")
    raws, _ = read_raw(word(table(tr(tc(p(box)), tc("甲"))) + p("后")))
    assert [raw.part for raw in raws] == ["body", "textbox", "body"]


def test_empty_table_is_dropped():
    """A table without a word is no block; an empty cell beside others is kept, for blank is not zero."""
    raws, _ = read_raw(word(table(tr(tc(), tc())) + table(tr(tc("甲"), tc()))))
    assert [raw.cells for raw in raws if isinstance(raw, RawTable)] == [
        [RawCell("甲", 0, 0, address="T2R1C1"), RawCell("", 0, 1, address="T2R1C2")]
    ]
