"""What the PDF reader makes of text: paragraphs, running lines, columns, turned pages, and what it says it cannot read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from pdf_files import HIGH, SONG, WIDE, paper, put
from reportlab.pdfgen.canvas import Canvas

from gouji.readers.pdf import read_raw
from gouji.readers.raw import RawParagraph

LEFT, RIGHT = 87.0, 507.0  # 35 ideographs of 12 points

SENTENCE = (
    "本部门全年预算数为五百二十六万八千七百元，实际支出四百九十八万三千一百元，其中工资福利支出占大部分，公用经费比上年减少，"
    "主要原因是压缩了会议和差旅开支。各科室按照批复的目标逐项收集资料，核对账簿与凭证，形成自评结论并报送财政部门备案，"
    "同时对发现的问题列出整改清单，明确责任人和完成时限，确保资金用在实处。"
)


def wrapped(text: str, first: int = 33, rest: int = 35) -> list[str]:
    """A paragraph set in lines of 35 ideographs, the first one indented by two."""
    lines = [text[:first]]
    lines += [text[i : i + rest] for i in range(first, len(text), rest)]
    return lines


def set_paragraph(canvas: Canvas, top: float, text: str) -> float:
    """Print a paragraph with its first line indented; give back where the next line goes."""
    for number, line in enumerate(wrapped(text)):
        put(canvas, LEFT + (0 if number else 24), top, line)
        top += 20
    return top


def body(data: bytes) -> list[str]:
    """The body's paragraphs."""
    raws, _, _ = read_raw(data, "x.pdf")
    return [r.text for r in raws if isinstance(r, RawParagraph) and r.part == "body"]


def part(data: bytes, name: str) -> list[str]:
    """The paragraphs of another part."""
    raws, _, _ = read_raw(data, "x.pdf")
    return [r.text for r in raws if isinstance(r, RawParagraph) and r.part == name]


def test_lines_that_reach_the_margin_are_joined() -> None:
    """Full lines make one paragraph, character for character; an indented line starts the next one."""

    def draw(canvas: Canvas) -> None:
        top = set_paragraph(canvas, 80, SENTENCE)
        set_paragraph(canvas, top, "第二段从缩进处开始，" + SENTENCE)

    assert body(paper(draw)) == [SENTENCE, "第二段从缩进处开始，" + SENTENCE]


def test_pieces_tell_where_each_printed_line_stands() -> None:
    """Every piece covers one printed line and its box holds that line, measured from the page's upper left corner."""
    raws, _, _ = read_raw(paper(lambda canvas: set_paragraph(canvas, 80, SENTENCE)), "x.pdf")
    paragraph = raws[0]
    assert isinstance(paragraph, RawParagraph)
    assert [paragraph.text[p.start : p.end] for p in paragraph.pieces] == wrapped(SENTENCE)
    first, second = paragraph.pieces[0].box, paragraph.pieces[1].box
    assert (first.page, first.x0, first.x1) == (1, LEFT + 24, RIGHT)
    assert second.x0 == LEFT
    assert 70 < first.top < 85 < first.bottom < 100
    assert second.top - first.top == pytest.approx(20, abs=0.2)


def test_a_short_line_ends_its_paragraph() -> None:
    """A heading and the text under it stay apart though neither is indented."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "一、部门概况")
        put(canvas, LEFT, 100, "本部门设七个科室。")

    raws, _, _ = read_raw(paper(draw), "x.pdf")
    assert [(r.text, r.continues) for r in raws if isinstance(r, RawParagraph)] == [
        ("一、部门概况", False),
        ("本部门设七个科室。", False),
    ]


def test_a_figure_broken_by_the_margin_is_whole_again() -> None:
    """No space comes between the halves of a figure, and Latin words keep one between them."""
    text = "一" * 31

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "二" * 35)
        put(canvas, LEFT, 100, "三" * 32 + "131.7")
        put(canvas, LEFT, 120, "3万元" + text)
        put(canvas, LEFT, 140, "四" * 25 + "performance evaluation")
        put(canvas, LEFT, 160, "report")

    assert body(paper(draw)) == ["二" * 35 + "三" * 32 + "131.73万元" + text + "四" * 25 + "performance evaluation report"]


def test_spaces_inside_figures_stay_as_printed() -> None:
    """A figure grouped by spaces keeps them: what it means is for the lexer to say."""
    data = paper(lambda canvas: put(canvas, LEFT, 80, "全年支出1 129 236元，项目7 个。"))
    assert body(data) == ["全年支出1 129 236元，项目7 个。"]


def test_spaces_that_the_producer_left_between_ideographs_are_dropped() -> None:
    """A space that takes no room between two ideographs is an artefact; one that takes room is the author's."""

    def draw(canvas: Canvas) -> None:
        for place, char in enumerate("预算执行"):
            put(canvas, LEFT + 12 * place, 80, char + " ")
        put(canvas, LEFT, 110, "单位名称 盖章")

    assert body(paper(draw)) == ["预算执行", "单位名称 盖章"]


def test_a_title_spaced_out_is_read_as_words() -> None:
    """Ideographs set apart one by one are joined."""

    def draw(canvas: Canvas) -> None:
        for place, char in enumerate("自评报告"):
            put(canvas, 200 + 40 * place, 80, char, 20)

    assert body(paper(draw)) == ["自评报告"]


def test_a_line_is_read_from_left_to_right_however_it_was_drawn() -> None:
    """The order of drawing does not matter: the lower line was drawn first, the right half before the left."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 120, "第二行。")
        put(canvas, LEFT + 60, 80, "在右边。")
        put(canvas, LEFT, 80, "左边的字，")

    assert body(paper(draw)) == ["左边的字，在右边。", "第二行。"]


def test_words_drawn_twice_to_look_bold_are_read_once() -> None:
    """Overprinting is no repetition, and equal digits side by side are no overprinting."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "合计11万元")
        put(canvas, LEFT + 0.4, 80, "合计11万元")

    assert body(paper(draw)) == ["合计11万元"]


FEET = [
    ("- {} -", "- 1 -"),
    ("{}", "1"),
    ("第{}页 共3页", "第1页 共3页"),
    ("— {} —", "— 1 —"),
    ("{}/3", "1/3"),
]


@pytest.mark.parametrize(("form", "first"), FEET)
def test_a_sentence_goes_on_over_the_page_and_running_lines_stand_apart(form: str, first: str) -> None:
    """Header, footer and page number leave the flow and are handed on once; the sentence they interrupt is whole."""
    text = SENTENCE * 9
    lines = wrapped(text)

    def draw(canvas: Canvas) -> None:
        for page, start in enumerate(range(0, len(lines), 14)):
            put(canvas, 240, 40, "部门自评报告（2023年）", 9)
            for number, line in enumerate(lines[start : start + 14]):
                put(canvas, LEFT + (0 if start + number else 24), 90 + 20 * number, line)
            put(canvas, 290, 790, form.format(page + 1), 9)
            canvas.showPage()

    data = paper(draw)
    assert body(data) == [text]
    assert part(data, "header") == ["部门自评报告（2023年）"]
    assert part(data, "footer") == [first]


def test_a_figure_at_the_foot_is_no_page_number() -> None:
    """A lone figure that does not count the pages stays in the text."""

    def draw(canvas: Canvas) -> None:
        for figure in ("75", "12", "40"):
            put(canvas, LEFT, 700, "全年预算数")
            put(canvas, LEFT, 790, figure)
            canvas.showPage()

    assert body(paper(draw)) == ["全年预算数", "75", "全年预算数", "12", "全年预算数", "40"]


def test_what_opens_every_form_is_no_running_header() -> None:
    """The unit of money at the head of each sheet stays in the text, for the figures under it need it."""

    def draw(canvas: Canvas) -> None:
        for name in ("甲", "乙", "丙"):
            put(canvas, 400, 60, "单位：万元", 9)
            put(canvas, LEFT, 120, f"{name}项目支出四十万元。")
            canvas.showPage()

    texts = body(paper(draw))
    assert texts.count("单位：万元") == 3


def test_a_line_that_other_pages_do_not_repeat_is_no_header() -> None:
    """Where pages begin with different words at that height, the words that two of them share are text."""

    def draw(canvas: Canvas) -> None:
        for line in ("各科室按要求完成自评。", "资金使用合规。", "各科室按要求完成自评。", "绩效目标已经实现。"):
            put(canvas, LEFT, 72, line)
            put(canvas, LEFT, 120, "以下为具体情况。")
            canvas.showPage()

    assert body(paper(draw)).count("各科室按要求完成自评。") == 2


def test_footnotes_do_not_interrupt_the_sentence() -> None:
    """Small marked lines at the foot of a page are notes; the sentence above them goes on over the page."""
    lines = wrapped(SENTENCE)

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines[:2]):
            put(canvas, LEFT + (0 if number else 24), 700 + 20 * number, line)
        put(canvas, LEFT, 760, "① 数据来源于本部门决算报表。", 9)
        canvas.showPage()
        for number, line in enumerate(lines[2:]):
            put(canvas, LEFT, 90 + 20 * number, line)

    data = paper(draw)
    assert body(data) == [SENTENCE]
    assert part(data, "footnotes") == ["① 数据来源于本部门决算报表。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column comes before the right one, under a title that spans both, and a sentence runs from one to the other."""
    text = SENTENCE * 2
    lines = [text[i : i + 17] for i in range(0, len(text), 17)]
    half = (len(lines) + 1) // 2

    def draw(canvas: Canvas) -> None:
        put(canvas, 240, 60, "自评情况通报", 18)
        for number in range(half):
            put(canvas, LEFT, 100 + 20 * number, lines[number])
            if half + number < len(lines):
                put(canvas, LEFT + 17 * 12 + 20, 100 + 20 * number, lines[half + number])

    assert body(paper(draw)) == ["自评情况通报", text]


def test_words_beside_figures_are_no_columns() -> None:
    """A list of names with a figure at the right of each is read line by line."""

    def draw(canvas: Canvas) -> None:
        for number in range(8):
            put(canvas, LEFT, 100 + 20 * number, f"项目{number}经费")
            put(canvas, 420, 100 + 20 * number, f"{number}.5万元")

    assert body(paper(draw)) == [f"项目{n}经费\t{n}.5万元" for n in range(8)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    """/Rotate changes neither the words nor where, seen from the shown page's upper left corner, they stand."""
    across, up = (HIGH, WIDE) if turn % 180 else (WIDE, HIGH)  # reportlab lays the sheet down so that it is shown upright
    moves = {0: (0, 0), 90: (across, 0), 180: (across, up), 270: (0, up)}

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*moves[turn])
        canvas.rotate(turn)
        canvas.setFont(SONG, 12)
        canvas.drawString(100, HIGH - 72, "预算执行率95%。")
        canvas.drawString(100, HIGH - 92, "项目7个。")

    raws, gaps, pages = read_raw(paper(draw), "x.pdf")
    assert [r.text for r in raws if isinstance(r, RawParagraph)] == ["预算执行率95%。", "项目7个。"]
    assert (gaps, pages) == ([], 1)
    assert isinstance(raws[0], RawParagraph)
    box = raws[0].pieces[0].box
    assert box.x0 == pytest.approx(100, abs=1)
    assert 55 < box.top < 72 < box.bottom < 80
    assert box.x1 < 300


def test_a_watermark_does_not_mix_with_the_text() -> None:
    """Slanted words stand apart, once for all pages."""

    def draw(canvas: Canvas) -> None:
        for _ in range(2):
            canvas.saveState()
            canvas.translate(200, 300)
            canvas.rotate(45)
            canvas.setFont(SONG, 50)
            canvas.drawString(0, 0, "仅供审核")
            canvas.restoreState()
            for number, line in enumerate(wrapped(SENTENCE)):
                put(canvas, LEFT + (0 if number else 24), 300 + 20 * number, line)
            canvas.showPage()

    data = paper(draw)
    assert body(data) == [SENTENCE, SENTENCE]
    assert part(data, "textbox") == ["仅供审核"]


def test_the_number_of_pages_is_told() -> None:
    """Pages are counted whether or not they can be read."""

    def draw(canvas: Canvas) -> None:
        for _ in range(3):
            canvas.showPage()

    assert read_raw(paper(draw), "x.pdf")[2] == 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_document_printed_by_an_office_program_comes_back_whole(tmp_path: Path) -> None:
    """Paragraphs of a .docx that LibreOffice prints over several pages are the paragraphs that are read."""
    texts = ["二〇二三年部门自评报告", "一、预算执行情况"]
    texts += [f"{number}、第{number}个项目。" + SENTENCE * 2 for number in range(1, 12)]
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    source = tmp_path / "report.docx"
    document.save(str(source))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "report.pdf").read_bytes()
    assert read_raw(data, "x.pdf")[2] > 1
    assert body(data) == texts
