"""What pdfium tells of a page: its glyphs, its thin lines, its images. Only this module and `pdf_characters` call pdfium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import field
from typing import Any, NamedTuple, Self

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types

from gouji.model.document import DocumentError
from gouji.model.record import record
from gouji.readers.pdf_characters import FORM, TEXT, Stretch, characters_of, has_foreign_font

_THIN = 3.0  # points: a path no thicker than this is a line
_MOST_RULES = 20_000  # a drawing with more lines than this is no table
_DEEPEST = 6  # levels of forms inside forms
_PATH, _IMAGE = 2, 3  # types of page objects
_LIVE_ANNOTATIONS = {3, 13, 20}  # free text, stamp, form field: they hold words that are not in the page's own text
_ERRORS = {
    0: ("PDF文件不完整：结尾缺失，可能没有传完", "the PDF is cut off: its end is missing"),
    2: ("文件读不出来", "the file cannot be read"),
    3: ("不是有效的PDF文件，或者文件已损坏", "this is no valid PDF, or it is damaged"),
    4: ("PDF文件已加密，需要密码才能打开", "the PDF is encrypted and needs a password"),
    5: ("PDF文件的加密方式不受支持", "the PDF uses an encryption that is not supported"),
}


class Glyph(NamedTuple):
    """A character with its box (advance wide, font high), in points from the upper left corner as the text is read."""

    x0: float
    top: float
    x1: float
    bottom: float
    char: str


class Rule(NamedTuple):
    """A thin line, horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float


@record(frozen=True, slots=True)
class Frame:
    """Turns the page's own coordinates by `turn` quarters clockwise into points from the upper left corner."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    def place(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The rectangle with corners (x0, y0) below left and (x1, y1) above right, as x0, top, x1, bottom."""
        if self.turn == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def unplace(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """The way back: the corners in the page's own coordinates."""
        if self.turn == 0:
            return x0 + self.left, self.top - bottom, x1 + self.left, self.top - top
        if self.turn == 1:
            return top + self.left, x0 + self.bottom, bottom + self.left, x1 + self.bottom
        if self.turn == 2:
            return self.right - x1, top + self.bottom, self.right - x0, bottom + self.bottom
        return self.right - bottom, self.top - x1, self.right - top, self.top - x0

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turn % 2 else (wide, high)


@record(slots=True)
class Sheet:
    """A page as pdfium gives it. Coordinates are those of `reading`, in which its text runs from left to right."""

    number: int
    shown: Frame
    reading: Frame
    glyphs: list[Glyph] = field(default_factory=list)
    slanted: list[Glyph] = field(default_factory=list)  # glyphs that run in another direction, such as a watermark's
    rules: list[Rule] = field(default_factory=list)
    images: list[tuple[float, float, float, float]] = field(default_factory=list)
    drawings: int = 0
    objects: int = 0  # of any kind that could be decoded
    opened: bool = True


def has_end(data: bytes) -> bool:
    """Whether the file has the mark that every PDF ends with."""
    return b"%%EOF" in data[-2048:]


class Native:
    """An open PDF. Use as a context manager.

    Where a font is not in the file, pdfium opens one of this machine's for the outline of every glyph, which costs ten times
    what all the rest of a page does. Upright text needs no outlines, so a document is opened without these fonts first.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data  # pdfium reads from it as long as the document is open
        self._outlines = False  # whether the machine's fonts are looked at
        self._document: Any = None
        self._open()

    def _open(self) -> None:
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo() if self._outlines else None)
        self._document = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        if not self._document:
            error = pdfium.FPDF_GetLastError()
            self._close()
            if error == 3 and not has_end(self._data):
                error = 0
            raise DocumentError(*_ERRORS.get(error, _ERRORS[3]))

    def _close(self) -> None:
        """Close the document and give the fonts back, for whoever draws pages in this process."""
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
        self._document = None
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __len__(self) -> int:
        return int(pdfium.FPDF_GetPageCount(self._document))

    def refuse_if_cut_off(self) -> None:
        """pdfium opens what it finds of a file that was cut off; a part must not pass for the whole."""
        if not has_end(self._data) and not pdfium.FPDF_DocumentHasValidCrossReferenceTable(self._document):
            raise DocumentError(*_ERRORS[0])

    @property
    def dynamic_form(self) -> bool:
        """Whether the pages are made by a program inside the file (XFA), so that what is stored is only a notice."""
        return int(pdfium.FPDF_GetFormType(self._document)) == 2

    def sheets(self) -> Iterator[Sheet]:
        """The pages in order; each is closed before the next is opened."""
        for index in range(len(self)):
            sheet = self._sheet(index)
            if sheet is None:
                self._close()
                self._outlines = True
                self._open()
                sheet = self._sheet(index)
            assert sheet is not None
            yield sheet

    def _sheet(self, index: int) -> Sheet | None:
        """The page, None if it takes the outlines of glyphs to read it."""
        page = self._page(index)
        if not page:
            frame = Frame(0, 0.0, 0.0, 0.0, 0.0)
            return Sheet(index + 1, frame, frame, opened=False)
        try:
            foreign = not self._outlines and has_foreign_font(page)
            if foreign is None:
                return None
            found = characters_of(page, foreign=foreign)
            return None if found is None else _sheet(page, index + 1, found)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _page(self, index: int) -> Any:
        """The page with its form fields and text annotations made part of it."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if page and _has_live_annotations(page) and pdfium.FPDFPage_Flatten(page, 0) == 1:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(self._document, index)
        return page


def _has_live_annotations(page: Any) -> bool:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in _LIVE_ANNOTATIONS:
                return True
    return False


def _sheet(page: Any, number: int, found: list[Stretch]) -> Sheet:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    corners = (box.left, box.bottom, box.right, box.top)
    shown = Frame(int(pdfium.FPDFPage_GetRotation(page)) % 4, *corners)
    turns: Counter[int] = Counter()
    for way, characters in found:
        if way is not None:
            turns[way] += len(characters)
    turn = turns.most_common(1)[0][0] if turns else shown.turn
    sheet = Sheet(number, shown, Frame(turn, *corners))
    low_x, low_y, high_x, high_y = corners
    place = sheet.reading.place
    new, upright = tuple.__new__, turn == 0
    for way, characters in found:
        # Without those that stand outside of what the page shows.
        if upright and way == 0:  # as `place` has it, without a call for each of ten thousand glyphs
            sheet.glyphs += [
                new(Glyph, (x0 - low_x, high_y - y1, x1 - low_x, high_y - y0, char))
                for x0, y1, x1, y0, char in characters
                if low_x <= (x0 + x1) / 2 <= high_x and low_y <= (y0 + y1) / 2 <= high_y
            ]
        else:
            kept = sheet.glyphs if way == turn else sheet.slanted
            kept += [
                Glyph(*place(x0, y0, x1, y1), char)
                for x0, y1, x1, y0, char in characters
                if low_x <= (x0 + x1) / 2 <= high_x and low_y <= (y0 + y1) / 2 <= high_y
            ]
    _objects(page, sheet)
    return sheet


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(page: Any, sheet: Sheet) -> None:
    """Collect thin lines and images."""
    count = sheet.objects = max(pdfium.FPDFPage_CountObjects(page), 0)
    _walk((pdfium.FPDFPage_GetObject(page, i) for i in range(count)), _IDENTITY, sheet, 0)


def _walk(objects: Iterator[Any], matrix: _Matrix, sheet: Sheet, depth: int) -> None:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == TEXT:
            continue
        if kind == FORM:
            if depth < _DEEPEST:
                count = max(pdfium.FPDFFormObj_CountObjects(item), 0)
                inner = _times(_matrix(item), matrix)
                _walk((pdfium.FPDFFormObj_GetObject(item, i) for i in range(count)), inner, sheet, depth + 1)
            continue
        box = _bounds(item, matrix)
        if box is None:
            continue
        if kind == _IMAGE:
            sheet.images.append(sheet.reading.place(*box))
        elif kind == _PATH:
            sheet.drawings += 1
            if len(sheet.rules) < _MOST_RULES:
                _path(item, box, matrix, sheet)


def _path(item: Any, box: tuple[float, float, float, float], matrix: _Matrix, sheet: Sheet) -> None:
    """The thin lines of a path: itself where it is thin, else its straight sides."""
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke)) or not (fill.value or stroke.value):
        return
    if not stroke.value and _is_white(item):
        return
    x0, y0, x1, y1 = box
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        _add(sheet, x0, y0, x1, y1)
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if count > 2000:
        return
    matrix = _times(_matrix(item), matrix)
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        here = _apply(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)  # 0 line, 1 curve, 2 move
        if kind == 0:
            _side(sheet, last, here)
        elif kind == 2:
            start = here
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            _side(sheet, last, start)
            last = start


def _side(sheet: Sheet, a: tuple[float, float], b: tuple[float, float]) -> None:
    if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5:
        _add(sheet, min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _add(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    left, top, right, bottom = sheet.reading.place(x0, y0, x1, y1)
    if right - left >= bottom - top:
        middle = (top + bottom) / 2
        rule = Rule(left, middle, right, middle)
    else:
        middle = (left + right) / 2
        rule = Rule(middle, top, middle, bottom)
    if max(right - left, bottom - top) > _THIN:
        sheet.rules.append(rule)


def _is_white(item: Any) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium.FPDFPageObj_GetFillColor(item, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= 254


def _bounds(item: Any, matrix: _Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    if matrix is _IDENTITY:
        return left.value, bottom.value, right.value, top.value
    points = [_apply(matrix, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: Any) -> _Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(m)):
        return _IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
