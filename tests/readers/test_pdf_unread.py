"""What the PDF reader says it cannot read, and what it reads though it does not stand in the page's plain text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pdf_files import HIGH, SONG, WIDE, paper, put
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gouji.model.document import NotChecked
from gouji.readers.pdf import read_raw
from gouji.readers.raw import RawParagraph

LEFT = 87.0
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LINE = "本部门全年预算数为五百二十六万八千七百元，实际支出四百九十八万元。"


def body(data: bytes) -> list[str]:
    """The body's paragraphs."""
    raws, _, _ = read_raw(data, "x.pdf")
    return [r.text for r in raws if isinstance(r, RawParagraph) and r.part == "body"]


def unread(data: bytes) -> tuple[NotChecked, ...]:
    """What the reader says it did not read."""
    return tuple(read_raw(data, "x.pdf")[1])


def scan() -> ImageReader:
    """A grey picture."""
    out = io.BytesIO()
    Image.new("L", (60, 80), 128).save(out, "PNG")
    out.seek(0)
    return ImageReader(out)


def test_a_page_without_text_layer_is_said_aloud() -> None:
    """A scanned page is named with its number; a blank page is nothing to speak of."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "第一页有字。")
        canvas.showPage()
        canvas.drawImage(scan(), 0, 0, WIDE, HIGH)
        canvas.showPage()
        canvas.showPage()

        put(canvas, LEFT, 80, " ")
        canvas.showPage()
        canvas.line(80, 60, 500, 60)
        canvas.showPage()

    gaps = unread(paper(draw))
    assert [g.what.zh for g in gaps] == ["第2页"]
    assert "第2页没有文字层" in gaps[0].why.zh
    assert "page 2 has no text layer" in gaps[0].why.en


def test_an_image_that_fills_much_of_a_page_of_text_is_said_aloud() -> None:
    """What a large picture shows beside the text was not read, and that is not kept back."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "以下为自评表。")
        canvas.drawImage(scan(), 80, 100, 440, 600)

    assert [g.what.zh for g in unread(paper(draw))] == ["第1页"]


def test_recognised_text_under_a_scan_is_read() -> None:
    """Invisible text (rendering mode 3) is what text recognition leaves; the page counts as read."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(scan(), 0, 0, WIDE, HIGH)
        text = canvas.beginText(LEFT, 700)
        text.setFont(SONG, 12)
        text.setTextRenderMode(3)
        text.textLine(LINE)
        canvas.drawText(text)

    data = paper(draw)
    assert body(data) == [LINE]
    assert unread(data) == ()


@pytest.mark.skipif(not DEJAVU.exists(), reason="needs the DejaVu font")
def test_a_font_that_names_no_characters_is_said_aloud() -> None:
    """Without a way from glyph to character the words are not guessed."""
    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("DejaVu", 12)
        canvas.drawString(LEFT, 700, "Бюджет исполнен на 95 процентов")

    data = paper(draw, pageCompression=0)
    assert unread(data) == ()
    blind = data.replace(b"/ToUnicode", b"/ToNowhere")
    gaps = unread(blind)
    assert [g.what.zh for g in gaps] == ["第1页"]
    assert "无法识别" in gaps[0].why.zh


def test_what_is_filled_into_a_form_is_read() -> None:
    """The value of a form field is text of its page."""

    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, 80, "Score:")
        canvas.acroForm.textfield(value="98.5", x=LEFT + 60, y=HIGH - 96, width=80, height=18, fontSize=12, name="score")

    assert "98.5" in "".join(body(paper(draw)))


def test_scripts_are_ignored_and_the_text_is_read() -> None:
    """A document with JavaScript gives its text and nothing else."""
    plain = paper(lambda canvas: put(canvas, LEFT, 80, "预算执行率95%。"), pageCompression=0)
    armed = plain.replace(b"/Type /Catalog", b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Type /Catalog", 1)
    assert armed != plain
    assert body(armed) == ["预算执行率95%。"]
