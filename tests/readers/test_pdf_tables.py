"""What the PDF reader makes of ruled tables."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pdf_files import put
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.readers.pdf import read_raw
from gouji.readers.raw import Raw, RawParagraph, RawTable

SONG = "STSong-Light"
WIDE, HIGH = 595, 842
XS = (80, 200, 320, 440)
ROWS = [("项目", "预算数", "执行数"), ("会议费", "36.89", "36.89"), ("视察费", "7", "6.50")]


def paper(draw: Callable[[Canvas], None], **settings: object) -> bytes:
    """A PDF of what `draw` puts on the canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), **settings)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def ruled(canvas: Canvas, top: float, rows: Sequence[Sequence[str]], xs: Sequence[float] = XS) -> float:
    """Print a table with all its lines; give back its lower edge."""
    ys = [top + 30 * i for i in range(len(rows) + 1)]
    for y in ys:
        canvas.line(xs[0], HIGH - y, xs[-1], HIGH - y)
    for x in xs:
        canvas.line(x, HIGH - ys[0], x, HIGH - ys[-1])
    for y, row in zip(ys, rows, strict=False):
        for x, words in zip(xs, row, strict=False):
            put(canvas, x + 5, y + 8, words)
    return ys[-1]


def read(data: bytes) -> list[Raw]:
    """Everything in reading order."""
    return read_raw(data, "x.pdf")[0]


def grid(table: RawTable) -> list[list[str]]:
    """The words of a table without merged cells, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[number] for number in sorted(rows)]


def only_table(data: bytes) -> RawTable:
    """The one table of a document."""
    (table,) = (r for r in read(data) if isinstance(r, RawTable))
    return table


def test_a_ruled_table_stands_in_its_place_and_its_words_nowhere_else() -> None:
    """Text before, table, text after: each figure is read once."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 80, 80, "下表列出各项目的执行情况。")
        ruled(canvas, 110, ROWS)
        put(canvas, 80, 220, "以上合计两项。")

    before, table, after = read(paper(draw))
    assert isinstance(before, RawParagraph)
    assert isinstance(table, RawTable)
    assert isinstance(after, RawParagraph)
    assert (before.text, after.text) == ("下表列出各项目的执行情况。", "以上合计两项。")
    assert grid(table) == [list(row) for row in ROWS]
    assert not table.continued


def test_a_cell_knows_its_address_and_box() -> None:
    """The second table of the second page says so in each address, and its boxes count from the upper left corner."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 80, 80, "第一页。")
        canvas.showPage()
        ruled(canvas, 100, ROWS)
        put(canvas, 80, 250, "第二张表。")
        ruled(canvas, 300, ROWS)

    table = [r for r in read(paper(draw)) if isinstance(r, RawTable)][1]
    cell = table.cells[5]
    assert (cell.text, cell.address) == ("36.89", "P2T2R2C3")
    assert cell.box is not None
    assert (cell.box.page, cell.box.x0, cell.box.top, cell.box.x1, cell.box.bottom) == (2, 320, 330, 440, 360)


def test_merged_cells_span_their_rows_and_columns() -> None:
    """A cell without inner lines covers the grid places it takes up."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(80, HIGH - 190, 360, 90)
        canvas.line(200, HIGH - 130, 440, HIGH - 130)
        canvas.line(80, HIGH - 160, 440, HIGH - 160)
        canvas.line(200, HIGH - 100, 200, HIGH - 190)
        canvas.line(320, HIGH - 130, 320, HIGH - 190)
        for x, top, words in [(85, 115, "项目"), (240, 105, "资金"), (205, 135, "预算数"), (325, 135, "执行数")]:
            put(canvas, x, top, words)
        for x, words in [(85, "会议费"), (205, "36.89"), (325, "36.89")]:
            put(canvas, x, 165, words)

    cells = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in only_table(paper(draw)).cells[:4]}
    assert cells == {"项目": (0, 0, 2, 1), "资金": (0, 1, 1, 2), "预算数": (1, 1, 1, 1), "执行数": (1, 2, 1, 1)}


def draw_boxes(canvas: Canvas) -> None:
    """Every cell a rectangle of its own."""
    for i, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=False):
            canvas.rect(x, HIGH - 130 - 30 * i, 120, 30)
            put(canvas, x + 5, 108 + 30 * i, words)


def draw_bars(canvas: Canvas) -> None:
    """The lines are thin filled rectangles, as Word prints them."""
    for i in range(4):
        canvas.rect(80, HIGH - 100 - 30 * i, 360.5, 0.5, stroke=0, fill=1)
    for x in XS:
        canvas.rect(x, HIGH - 190, 0.5, 90.5, stroke=0, fill=1)
    for i, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=False):
            put(canvas, x + 5, 108 + 30 * i, words)


def draw_path(canvas: Canvas) -> None:
    """All lines are one path."""
    path = canvas.beginPath()
    for i in range(4):
        path.moveTo(80, HIGH - 100 - 30 * i)
        path.lineTo(440, HIGH - 100 - 30 * i)
    for x in XS:
        path.moveTo(x, HIGH - 100)
        path.lineTo(x, HIGH - 190)
    canvas.drawPath(path)
    for i, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=False):
            put(canvas, x + 5, 108 + 30 * i, words)


def draw_form(canvas: Canvas) -> None:
    """The table stands in a form object that is moved and scaled."""
    canvas.beginForm("table")
    canvas.setFont(SONG, 12)
    draw_path(canvas)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(50, 60)
    canvas.scale(0.8, 0.8)
    canvas.doForm("table")
    canvas.restoreState()


def draw_open(canvas: Canvas) -> None:
    """No lines at the left and the right."""
    for i in range(4):
        canvas.line(80, HIGH - 100 - 30 * i, 440, HIGH - 100 - 30 * i)
    for x in XS[1:-1]:
        canvas.line(x, HIGH - 100, x, HIGH - 190)
    for i, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=False):
            put(canvas, x + 5, 108 + 30 * i, words)


@pytest.mark.parametrize("draw", [draw_boxes, draw_bars, draw_path, draw_form, draw_open])
def test_rulings_are_found_however_they_are_drawn(draw: Callable[[Canvas], None]) -> None:
    """Rectangles, bars, one path, a scaled form, open sides: the table is the same."""
    assert grid(only_table(paper(draw))) == [list(row) for row in ROWS]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_table_on_a_turned_page(turn: int) -> None:
    """/Rotate changes neither the table nor where its cells are seen."""
    across, up = (HIGH, WIDE) if turn % 180 else (WIDE, HIGH)  # reportlab lays the sheet down so that it is shown upright
    moves = {0: (0, 0), 90: (across, 0), 180: (across, up), 270: (0, up)}

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*moves[turn])
        canvas.rotate(turn)
        ruled(canvas, 100, ROWS)

    table = only_table(paper(draw))
    assert grid(table) == [list(row) for row in ROWS]
    box = table.cells[4].box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((200, 130, 320, 160), abs=0.2)


def test_a_sideways_table_on_an_upright_page_has_its_boxes_as_shown() -> None:
    """The words run upwards on the page: they are read, and the boxes are those of the page as it is shown."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDE, 0)
        canvas.rotate(90)
        canvas.translate(0, WIDE - HIGH)
        ruled(canvas, 100, ROWS)

    table = only_table(paper(draw))
    assert grid(table) == [list(row) for row in ROWS]
    box = table.cells[0].box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((100, HIGH - 200, 130, HIGH - 80), abs=0.2)


def test_a_table_that_goes_on_over_the_page_is_marked_and_loses_its_repeated_header() -> None:
    """Same columns, last on its page, first on the next: one table, with its header once."""
    more = [ROWS[0], ("接待费", "3", "3"), ("印刷费", "8", "8")]

    def draw(canvas: Canvas) -> None:
        put(canvas, 80, 80, "下表列出各项目。")
        ruled(canvas, 110, ROWS)
        put(canvas, 290, 790, "- 1 -", 9)
        canvas.showPage()
        ruled(canvas, 70, more)
        put(canvas, 80, 300, "表后的话。")
        put(canvas, 290, 790, "- 2 -", 9)

    first, second = (r for r in read(paper(draw)) if isinstance(r, RawTable))
    assert (first.continued, second.continued) == (False, True)
    assert grid(second) == [list(row) for row in more[1:]]
    assert [c.row for c in second.cells] == [0, 0, 0, 1, 1, 1]
    assert second.cells[0].address == "P2T1R2C1"


def test_a_row_cut_by_a_page_break_is_whole_again() -> None:
    """Words alone under words that fill their cell are the rest of the last row; figures, a group's heading, a whole row are not."""
    xs = (80, 160, 280, 360, 440)
    rows = [("指标", "内容", "指标值", "分值"), ("数量指标", "保障职工基本支出", "36人", "5")]

    def cut(*rest: str) -> list[list[str]]:
        def draw(canvas: Canvas) -> None:
            ruled(canvas, 110, rows, xs)
            canvas.showPage()
            ruled(canvas, 70, [rows[0], rest, ("时效指标", "全年预算支出执行", "90%", "10")], xs)
            canvas.showPage()
            ruled(canvas, 70, [rows[0], ("", "进度", "", ""), ("总分", "", "", "100")], xs)

        return [row for table in read(paper(draw)) if isinstance(table, RawTable) for row in grid(table)]

    whole = cut("", "和单位正常运转", "", "")
    assert whole[1:] == [
        ["数量指标", "保障职工基本支出和单位正常运转", "36人", "5"],
        ["时效指标", "全年预算支出执行进度", "90%", "10"],
        ["总分", "", "", "100"],
    ]
    for row in (("", "", "36", ""), ("质量指标", "", "", ""), ("", "验收合格率", "98%", "5")):
        assert cut(*row)[2] == list(row)


def test_digits_cut_by_a_page_break_are_whole_again() -> None:
    """The last digits of an amount or a code that fills a narrow cell go back to it; a whole figure stays a row of its own."""
    xs = (80, 130, 210, 262, 312)
    rows = [("编码", "名称", "预算数", "执行数"), ("210110", "公务员医疗补", "166.8", "1066.")]

    def cut(*rest: str) -> list[list[str]]:
        def draw(canvas: Canvas) -> None:
            ruled(canvas, 110, rows, xs)
            canvas.showPage()
            ruled(canvas, 70, [rest, ("212", "城乡社区支出", "29.43", "29.43")], xs)

        return [row for table in read(paper(draw)) if isinstance(table, RawTable) for row in grid(table)]

    assert cut("3", "助", "6", "86")[1:] == [
        ["2101103", "公务员医疗补助", "166.86", "1066.86"],
        ["212", "城乡社区支出", "29.43", "29.43"],
    ]
    assert cut("213", "农林水", "6.00", "8.00")[2] == ["213", "农林水", "6.00", "8.00"]


def test_tables_that_only_look_alike_are_not_joined() -> None:
    """Words between two tables, or other columns, make the second one a table of its own."""

    def words_between(canvas: Canvas) -> None:
        ruled(canvas, 110, ROWS)
        canvas.showPage()
        put(canvas, 80, 80, "另一张表。")
        ruled(canvas, 110, ROWS)

    def other_columns(canvas: Canvas) -> None:
        ruled(canvas, 110, ROWS)
        canvas.showPage()
        ruled(canvas, 70, ROWS, (80, 180, 300, 440))

    for draw in (words_between, other_columns):
        tables = [r for r in read(paper(draw)) if isinstance(r, RawTable)]
        assert [(t.continued, len(t.cells)) for t in tables] == [(False, 9), (False, 9)]


def test_words_wrapped_in_a_cell_are_whole_and_items_stay_apart() -> None:
    """A narrow cell breaks words and figures anywhere; numbered items begin lines of their own."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, 100, [("", ""), ("", "")], (80, 150, 300))
        for top, words in ((102, "年初预"), (115, "算数")):
            put(canvas, 85, top, words, 10)
        for top, words in ((102, "1.完成会议"), (115, "2.完成视察")):
            put(canvas, 155, top, words, 10)
        for top, words in ((132, "1,234,56"), (145, "7.89")):
            put(canvas, 85, top, words, 10)
        put(canvas, 155, 140, "达成", 10)

    assert grid(only_table(paper(draw))) == [["年初预算数", "1.完成会议\n2.完成视察"], ["1,234,567.89", "达成"]]


def test_a_heading_that_runs_upwards_in_its_cell_is_read() -> None:
    """Words turned by a quarter belong to the cell they stand in."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, 100, [("", "预算数"), ("", "36.89"), ("", "7")], (80, 110, 300))
        canvas.saveState()
        canvas.translate(100, HIGH - 125)
        canvas.rotate(90)
        canvas.setFont(SONG, 10)
        canvas.drawString(0, 0, "项目")
        canvas.restoreState()

    assert only_table(paper(draw)).cells[0].text == "项目"


@pytest.mark.parametrize("shape", ["frame", "underline", "bars"])
def test_lines_that_make_no_table_leave_the_words_in_the_flow(shape: str) -> None:
    """A frame round a sentence, a line under it, the bars of a chart: none of them is a table."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 100, 110, "本部门自评得分98分。")
        if shape == "frame":
            canvas.rect(80, HIGH - 140, 400, 50)
            canvas.rect(78, HIGH - 142, 404, 54)
        elif shape == "underline":
            for y in (125, 128):
                canvas.line(100, HIGH - y, 300, HIGH - y)
        else:
            for i in range(6):
                canvas.rect(100 + 40 * i, HIGH - 400, 40, 100 + 10 * i, fill=1)

    raws = read(paper(draw))
    assert [r.text for r in raws if isinstance(r, RawParagraph)] == ["本部门自评得分98分。"]
    assert not any(isinstance(r, RawTable) for r in raws)


def test_a_page_without_rulings_never_loads_pdfplumber(tmp_path: Path) -> None:
    """The heavy library is paid for only where there is a table to find."""
    path = tmp_path / "plain.pdf"
    path.write_bytes(paper(lambda canvas: put(canvas, 80, 80, "预算执行率95%。")))
    code = (
        "import sys; from gouji.readers.pdf import read_raw; "
        "read_raw(open(sys.argv[1], 'rb').read(), 'x'); sys.exit('pdfplumber' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=60)
