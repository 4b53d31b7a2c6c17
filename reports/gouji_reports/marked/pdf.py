"""Highlights with pop-up notes on the quoted words of a PDF, appended to the file: what was there keeps its bytes.

The reader knows in which line of a page a quotation stands; which characters of the line these are is asked of pdfium, as the
line's characters lie in the same order. Where they are not found again the whole line is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from gouji.model.document import Box
from gouji.model.record import record
from gouji.model.result import DocumentResult, Evidence
from gouji.model.writer import WriterError
from gouji_reports.marked.note import AUTHOR, faulty, marked, needs_office, note

Rect = tuple[float, float, float, float]  # left, bottom, right, top in the page's own space
_COLOURS = {"error": (1.0, 0.72, 0.68), "warning": (1.0, 0.89, 0.55), "notice": (0.74, 0.86, 1.0)}
_EDGE = 1.5  # points that a character may stand out of its line


@record(frozen=True, slots=True)
class _Letter:
    char: str
    rect: Rect


class _Page:
    """A page of the original: its frame, its rotation, its characters."""

    def __init__(self, page: Any) -> None:
        self.crop: Rect = page.get_cropbox()
        self.turn = page.get_rotation() % 360
        text = page.get_textpage()
        count = text.count_chars()
        self.letters = []
        for index in range(count):
            char = text.get_text_range(index, 1)
            if char.strip():
                left, bottom, right, top = text.get_charbox(index, loose=True)
                self.letters.append(_Letter(char, (left, bottom, right, top)))
        text.close()

    def own(self, box: Box) -> Rect:
        """A box as the page is shown, in the page's own space."""
        left, bottom, right, top = self.crop
        if self.turn == 90:
            return left + box.top, bottom + box.x0, left + box.bottom, bottom + box.x1
        if self.turn == 180:
            return right - box.x1, bottom + box.top, right - box.x0, bottom + box.bottom
        if self.turn == 270:
            return right - box.bottom, top - box.x1, right - box.top, top - box.x0
        return left + box.x0, top - box.bottom, left + box.x1, top - box.top

    def inside(self, frame: Rect) -> list[_Letter]:
        """The characters in a line or cell, in their order."""
        left, bottom, right, top = (frame[0] - _EDGE, frame[1] - _EDGE, frame[2] + _EDGE, frame[3] + _EDGE)
        return [
            letter
            for letter in self.letters
            if left <= (letter.rect[0] + letter.rect[2]) / 2 <= right and bottom <= (letter.rect[1] + letter.rect[3]) / 2 <= top
        ]


def mark(result: DocumentResult, data: bytes, lang: str) -> bytes:
    """The file with a highlight and a note for each finding that nobody waived. Raises WriterError where it cannot be written to."""
    try:
        from pypdf import PdfWriter
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise needs_office(result.path) from error

    places = _places(result, data)
    try:
        writer = PdfWriter(BytesIO(data), incremental=True)
        for number, rects, lines, severity, key in _notes(result, places, lang):
            _annotate(writer, number, rects, lines, severity, key)
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, NotImplementedError) as error:
        said = f"{type(error).__name__}: {error}"
        raise WriterError(
            f"{result.path}：不能在此 PDF 中批注（{said}）", f"{result.path}: cannot be annotated ({said})"
        ) from error
    return out.getvalue()


def _places(result: DocumentResult, data: bytes) -> dict[int, _Page]:
    """The pages on which a finding quotes words."""
    import pypdfium2  # type: ignore[import-untyped]

    numbers = {box.page for f in marked(result) for e in f.evidence if e.document is None for box in e.boxes}
    document = pypdfium2.PdfDocument(data)
    try:
        return {number: _Page(document[number - 1]) for number in sorted(numbers) if 0 < number <= len(document)}
    finally:
        document.close()


def _notes(result: DocumentResult, pages: dict[int, _Page], lang: str) -> Iterable[tuple[int, list[Rect], list[str], str, str]]:
    """Page, rectangles, words, severity and key of each annotation; a finding has one on each page that its faulty words touch."""
    for finding in marked(result):
        rects: dict[int, list[Rect]] = defaultdict(list)
        if first := faulty(result, finding):
            for page, rect in words(result, first, pages):
                rects[page].append(rect)
        lines = note(finding, lang)
        for page in sorted(rects) or [1]:
            yield page, rects[page], lines, finding.severity.value, f"{finding.fingerprint}-{page}"


def words(result: DocumentResult, evidence: Evidence, pages: dict[int, _Page]) -> list[tuple[int, Rect]]:
    """The rectangles of exactly the quoted words, line by line."""
    assert result.document is not None
    found = []
    for piece in result.document.blocks[evidence.block].anchor.pieces:
        low, high = max(piece.start, evidence.start), min(piece.end, evidence.end)
        page = pages.get(piece.box.page)
        if low >= high or page is None:
            continue
        frame = page.own(piece.box)
        letters = page.inside(frame)
        sought = "".join(evidence.context[low:high].split())
        before = len("".join(evidence.context[piece.start : low].split()))
        span = _span("".join(x.char for x in letters), sought, before)
        rects = [x.rect for x in letters[span : span + len(sought)]] if span is not None else [frame]
        found.append((piece.box.page, _round(rects)))
    return found


def _span(line: str, sought: str, expected: int) -> int | None:
    """Where the words stand in the line: at the place expected, else the nearest."""
    places = [at for at in range(len(line) - len(sought) + 1) if line.startswith(sought, at)] if sought else []
    return min(places, key=lambda at: abs(at - expected), default=None)


def _round(rects: list[Rect]) -> Rect:
    return min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects)


def _annotate(writer: Any, number: int, rects: list[Rect], lines: list[str], severity: str, key: str) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

    page = writer.pages[number - 1]
    crop = page.cropbox
    frame = (
        _round(rects) if rects else (float(crop.left) + 20, float(crop.top) - 40, float(crop.left) + 40, float(crop.top) - 20)
    )

    def floats(values: Iterable[float]) -> ArrayObject:
        return ArrayObject(FloatObject(round(value, 2)) for value in values)

    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight" if rects else "/Text"),
            NameObject("/Rect"): floats(frame),
            NameObject("/C"): floats(_COLOURS[severity]),
            NameObject("/F"): NumberObject(4),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/NM"): TextStringObject(key),
            NameObject("/Contents"): TextStringObject("\n".join(lines)),
        }
    )
    if rects:
        corners = [v for left, bottom, right, top in rects for v in (left, top, right, top, left, bottom, right, bottom)]
        made[NameObject("/QuadPoints")] = floats(corners)
    annotations = page.get("/Annots")
    kept = ArrayObject(annotations.get_object() if annotations is not None else [])
    kept.append(writer._add_object(made))  # noqa: SLF001 - pypdf's way to a reference; add_annotation cannot set a key
    page[NameObject("/Annots")] = kept
