"""PDF to raw paragraphs and tables.

The text comes through pdfium, page by page; pdfplumber's table geometry is loaded only for pages that have rulings. Actions,
scripts and embedded files are never run or opened.
"""

from __future__ import annotations

import threading

from gouji.model import patterns as re
from gouji.model.document import Box, DocumentError, NotChecked, Piece
from gouji.model.text import Text
from gouji.readers.pdf_aligned import aligned_of
from gouji.readers.pdf_blank import BlankPages
from gouji.readers.pdf_characters import BAD
from gouji.readers.pdf_furniture import take_notes, take_out
from gouji.readers.pdf_lines import Line, lines_of
from gouji.readers.pdf_native import Glyph, Native, Sheet
from gouji.readers.pdf_paragraphs import flow
from gouji.readers.pdf_tables import Grid, grids_of, link, shown_box
from gouji.readers.raw import Raw, RawParagraph

_PDFIUM = threading.Lock()  # pdfium must not be entered by two threads
_BIG_IMAGE = 0.3  # of the page: an image that may hold a page of text
_OUTLINES = 30  # drawings on a page without a text layer: words turned to shapes
_DIGIT_BESIDE_BAD = re.compile(rf"\d{BAD}|{BAD}[\d.%％]")


def read_raw(data: bytes, name: str) -> tuple[list[Raw], list[NotChecked], int]:  # noqa: ARG001  # every reader takes the name
    """The paragraphs and tables of a PDF in reading order, what was not read, and the number of pages.

    Raises DocumentError where the file cannot be opened as a PDF.
    """
    _refuse_what_is_no_pdf(data)
    try:
        with _PDFIUM:
            return _read(data)
    except DocumentError:
        raise
    except Exception as error:  # whatever a damaged file does to the libraries is said as one reason
        kind = type(error).__name__
        raise DocumentError(
            f"PDF文件已损坏，解析时出错（{kind}）", f"the PDF is damaged, reading it failed ({kind})"
        ) from error


def _refuse_what_is_no_pdf(data: bytes) -> None:
    if not data:
        raise DocumentError("文件是空的（0字节）", "the file is empty (0 bytes)")
    if b"%PDF-" not in data[:1024]:
        raise DocumentError("不是PDF文件：开头没有%PDF标记", "this is no PDF: it does not begin with the %PDF mark")


def _read(data: bytes) -> tuple[list[Raw], list[NotChecked], int]:
    with Native(data) as native:
        count = len(native)
        if count == 0:
            raise DocumentError("PDF文件中一页也没有", "the PDF has no page")
        native.refuse_if_cut_off()
        unread: list[NotChecked] = []
        if native.dynamic_form:
            unread.append(
                _unread_page(
                    None, "这是动态表单（XFA），填写的内容没有读取", "a dynamic form (XFA): what is filled in was not read"
                )
            )
        book = _Book(BlankPages(data))
        for sheet in native.sheets():
            unread += book.add(sheet)
        if not any(sheet.opened for sheet in book.sheets):
            raise DocumentError("PDF文件已损坏，没有一页能打开", "the PDF is damaged, none of its pages can be opened")
    return book.raws(), unread, count


class _Book:
    """What has been read of the pages so far."""

    def __init__(self, blanks: BlankPages) -> None:
        self.blanks = blanks
        self.sheets: list[Sheet] = []
        self.pages: list[list[Line]] = []
        self.grids: dict[int, Grid] = {}
        self.slanted: dict[str, RawParagraph] = {}

    def add(self, sheet: Sheet) -> list[NotChecked]:
        """Take in a page; say what of it could not be read."""
        unread = _gaps(sheet, self.blanks)
        grids, glyphs = grids_of(sheet)
        more, runs = aligned_of(sheet, glyphs, len(grids) + 1)
        grids += more
        for grid in grids:
            run = grid.run
            run.table = len(self.grids)
            self.grids[run.table] = grid
            runs.append(run)
        self.pages.append(lines_of(runs, sheet.number))
        for paragraph in _slanted(sheet):
            self.slanted.setdefault(paragraph.text, paragraph)
        sheet.glyphs, sheet.slanted, sheet.rules = [], [], []  # a long document is not kept glyph by glyph
        self.sheets.append(sheet)
        return unread

    def raws(self) -> list[Raw]:
        """Everything in reading order; what is outside of the flow at the end."""
        heights = [sheet.reading.size[1] for sheet in self.sheets]
        widths = {sheet.number: sheet.reading.size[0] for sheet in self.sheets}
        running = take_out(self.pages, heights)
        notes = take_notes(self.pages, heights)
        link(self.pages, self.grids)
        body = flow([line for lines in self.pages for line in lines], widths, self._box)
        raws: list[Raw] = [self.grids[item].table if isinstance(item, int) else item for item in body]
        raws += [item for item in flow(notes, widths, self._box, "footnotes") if not isinstance(item, int)]
        for found in running:
            piece = Piece(0, len(found.line.text), self._box(found.line))
            raws.append(RawParagraph(found.line.text, found.part, pieces=(piece,), continues=False))
        raws += self.slanted.values()
        return raws

    def _box(self, line: Line) -> Box:
        return shown_box(self.sheets[line.page - 1], line.x0, line.top, line.x1, line.bottom)


def _slanted(sheet: Sheet) -> list[RawParagraph]:
    """Words that run in another direction than the page's text, such as a watermark (水印), in the order they are drawn."""
    glyphs = sheet.slanted
    text = "".join(g.char for g in glyphs).strip()
    if not text:
        return []
    box = shown_box(
        sheet, min(g.x0 for g in glyphs), min(g.top for g in glyphs), max(g.x1 for g in glyphs), max(g.bottom for g in glyphs)
    )
    return [RawParagraph(text, "textbox", pieces=(Piece(0, len(text), box),), continues=False)]


def _gaps(sheet: Sheet, blanks: BlankPages) -> list[NotChecked]:
    """What stands on the page and was not read: pages of images, images beside text, characters without a name."""
    if not sheet.opened:
        return [_unread_page(sheet.number, "这一页已损坏，打不开", "the page is damaged and cannot be opened")]
    text = "".join("".join([g.char for g in sheet.glyphs]).split())
    if not text and not sheet.slanted:
        if sheet.images or sheet.drawings >= _OUTLINES:
            return [_no_text(sheet.number)]
        if sheet.objects or blanks.is_blank(sheet.number):
            return []
        return [_unread_page(sheet.number, "页面内容损坏或缺失，读不出来", "what stands on the page is damaged or missing")]
    bad = text.count(BAD)
    if bad >= max(3, 0.02 * len(text)) or _DIGIT_BESIDE_BAD.search(text):
        return [
            _unread_page(
                sheet.number,
                f"字体没有给出字符编码，有{bad}个字符无法识别",
                f"a font does not say which characters it shows: {bad} cannot be read",
            )
        ]
    if any(_is_unread_image(sheet, image) for image in sheet.images):
        return [_unread_page(sheet.number, "大幅图像中的内容没有读取", "what a large image shows was not read")]
    return []


def _is_unread_image(sheet: Sheet, image: tuple[float, float, float, float]) -> bool:
    """Whether an image is large and hardly any text lies over it; over a scanned page lies its recognised text."""
    wide, high = sheet.reading.size
    x0, top, x1, bottom = max(image[0], 0.0), max(image[1], 0.0), min(image[2], wide), min(image[3], high)
    if x1 <= x0 or bottom <= top or (x1 - x0) * (bottom - top) < _BIG_IMAGE * wide * high:
        return False
    return sum(_inside(g, x0, top, x1, bottom) for g in sheet.glyphs) < 30


def _inside(glyph: Glyph, x0: float, top: float, x1: float, bottom: float) -> bool:
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom


def _no_text(page: int) -> NotChecked:
    return NotChecked(
        Text(f"第{page}页", f"page {page}"),
        Text(
            f"第{page}页没有文字层（可能是扫描件），其中的内容没有核对",
            f"page {page} has no text layer (it may be a scan); nothing on it was checked",
        ),
    )


def _unread_page(page: int | None, zh: str, en: str) -> NotChecked:
    what = Text("整个文件", "the whole file") if page is None else Text(f"第{page}页", f"page {page}")
    return NotChecked(what, Text(zh if page is None else f"第{page}页：{zh}", en if page is None else f"page {page}: {en}"))
