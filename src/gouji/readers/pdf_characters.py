"""The characters of a page as pdfium gives them: codes, boxes, directions.

pdfium gives every character's box through one C call of about half a microsecond, which is why the reader works from glyphs
and not from a layout engine: a page of text costs two or three milliseconds.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections.abc import Iterator
from ctypes import PYFUNCTYPE, addressof, byref, c_float, c_int, c_void_p, cast
from itertools import repeat
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # ships no types

BAD = "\ufffd"  # stands for a glyph that names no character
TEXT, FORM = 1, 5  # types of page objects
_NO_WIDTH = 0.1  # points; what is narrower pdfium takes for nothing (its own bound is 0.01)
_LINE_END = 10  # code of a character that is passed over
_MANY_CODES = 10_000  # that are remembered
# Simplified radicals that fonts name instead of the character they look like; compatibility normalisation leaves them alone.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


Character = tuple[float, float, float, float, str]  # left, top, right, bottom in the page's own coordinates
Stretch = tuple[int | None, list[Character]]  # the direction in quarters of a turn, None where it is slantwise


def _of_each(function: Any, *more: Any) -> Any:
    """A function of pdfium that is called for every glyph, so that the call costs half: handles and places are plain numbers
    and no other thread gets its turn meanwhile (`ctypes.PYFUNCTYPE`).
    """
    return PYFUNCTYPE(function.restype, c_void_p, c_int, *more)(cast(function, c_void_p).value or 0)


_CODE, _UNNAMED = _of_each(pdfium.FPDFText_GetUnicode), _of_each(pdfium.FPDFText_HasUnicodeMapError)
_BOX = _of_each(pdfium.FPDFText_GetLooseCharBox, c_void_p)
_EDGES = Struct("4f")  # of an FS_RECTF: left, top, right, bottom


def has_foreign_font(page: Any) -> bool | None:
    """Whether text stands in a font that is not in the file. None if pdfium would miss some of it without the glyphs' outlines:
    of a single character, or of a line that runs upwards, they are all the width there is.
    """
    foreign = False
    left, bottom, right, top = (c_float() for _ in range(4))
    edges = byref(left), byref(bottom), byref(right), byref(top)
    for item in _text_objects(page):
        font = pdfium.FPDFTextObj_GetFont(item)
        if font and pdfium.FPDFFont_GetIsEmbedded(font) == 1:
            continue
        foreign = True
        if not pdfium.FPDFPageObj_GetBounds(item, *edges) or right.value - left.value < _NO_WIDTH:
            return None
    return foreign


def _text_objects(page: Any) -> Iterator[Any]:
    """Every text object of a page, those inside of forms too."""
    waiting = [(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)]
    while waiting:
        holder, count, get = waiting.pop()
        for index in range(count(holder)):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == TEXT:
                yield item
            elif kind == FORM:
                waiting.append((item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject))


def characters_of(page: Any, *, foreign: bool) -> list[Stretch] | None:
    """Every printed character with its box, in stretches of one direction.

    `foreign`: some stand in fonts whose outlines were not opened. The boxes of narrow glyphs then reach into the next ones,
    where they are cut; for text that does not run upright the answer is None.
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        angle_of, generated = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_IsGenerated
        stretches: list[Stretch] = []
        found: list[Character] = []
        turn: int | None = None
        before, x, y = math.inf, 0.0, 0.0  # left edge, right edge less 1, foot of the last one
        for i, (code, (left, top, right, bottom)) in enumerate(_boxed(text)):
            # pdfium adds line ends, spaces and hyphens of its own; where a space belongs is decided from the boxes.
            if code <= 32 and code != 0 and (code not in (2, 9, 32) or generated(text, i)):
                continue
            if turn != 0 or left < x or not -1 <= bottom - y <= 1:  # else the line goes on as it did
                angle = angle_of(text, i)
                now = _quarter(angle) if angle else 0
                if foreign:
                    if now != 0 or left == right:
                        return None
                    if before < left < x + 1 and -1 <= bottom - y <= 1:
                        found[-1] = (*found[-1][:2], left, *found[-1][3:])
                if now != turn or not stretches:
                    turn, found = now, []
                    stretches.append((turn, found))
            before, x, y = left, right - 1, bottom
            found.append((left, top, right, bottom, _CHARACTERS[code]))
        return stretches
    finally:
        pdfium.FPDFText_ClosePage(text)


def _boxed(text: Any) -> Iterator[tuple[int, tuple[float, ...]]]:
    """The code and the box of every character; 0 for one that its font does not name, a line end for one without a box."""
    count = max(pdfium.FPDFText_CountChars(text), 0)
    handle = repeat(
        addressof(text.contents)
    )  # ctypes.cast, and a ctypes array of each length, would hold themselves in circles
    boxes = array("f", bytes(_EDGES.size * count))
    first, length = boxes.buffer_info()
    boxed = list(map(_BOX, handle, range(count), range(first, first + length * boxes.itemsize, _EDGES.size)))
    codes = list(map(_CODE, handle, range(count)))
    unnamed = list(map(_UNNAMED, handle, range(count)))
    if any(unnamed):  # then the code is the glyph's number in its font, and says nothing
        codes = [0 if nameless else code for code, nameless in zip(codes, unnamed, strict=True)]
    if not all(boxed):
        codes = [code if has else _LINE_END for code, has in zip(codes, boxed, strict=True)]
    return zip(codes, _EDGES.iter_unpack(boxes), strict=True)


def _quarter(angle: float) -> int | None:
    quarters = angle / (math.pi / 2)  # clockwise
    return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.02 else None


class _Characters(dict[int, str]):
    """The character that stands for a code of pdfium's."""

    def __missing__(self, code: int) -> str:
        character = _character(code)
        if len(self) < _MANY_CODES:
            self[code] = character
        return character


_CHARACTERS = _Characters()


def _character(code: int) -> str:
    if 0x20 < code < 0x2E80:
        return "-" if code == 0xAD else chr(code)
    if code in (9, 32):
        return " "
    if code in (2, 0xFFFE):  # how pdfium marks a hyphen at a line's end
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code >= 0xF0000 or 0xE000 <= code < 0xF000 or 0xF100 <= code < 0xF900:
        return BAD
    char = chr(code)
    if 0x2E80 <= code <= 0x2FDF:  # radicals: some producers name them for the character itself
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", char)
    return char
