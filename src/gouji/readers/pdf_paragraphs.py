"""Printed lines to paragraphs, by what the page shows: margins, first-line indents (首行缩进), spacing, size.

A line that leaves room for the next word ended its paragraph; a full one goes on unless the next is indented. Where the print
does not tell, the paragraph is handed on with `continues=None` and the words decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import field
from itertools import pairwise, zip_longest
from statistics import median

from gouji.model import patterns as re
from gouji.model.document import Box, Piece
from gouji.model.record import record
from gouji.readers.pdf_lines import Line
from gouji.readers.pdf_tables import joint
from gouji.readers.raw import RawParagraph

_ENDS = re.compile(r"[。！？；：!?;:][”’」』）)】]?$")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff]")
_HANGS = re.compile(r"[，。、；：！？,.]$")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）|\d{1,2}(?:、|[.．](?!\d))|第.{1,3}部分|附[件表]"
)
_OPEN = re.compile(r"(?:[，、（(“‘《〔]|单位[：:]|^[：:])$")  # no paragraph ends with these
_UNIT = re.compile(r"[万亿]?元|[年月日%％]")
_CLOSES = re.compile(r"[，。、；：！？）)”’》〕%％]")  # none begins with these
_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:[、）)]|[.．](?!\d))|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[部章节条、，]|附件|附表|[●■◆▪•\-–—]\s)"
)


@record(slots=True)
class Layout:
    """How the document is set."""

    pitch: float  # from line to line inside a paragraph
    indents: bool  # paragraphs begin with an indent
    spaced: bool  # paragraphs are set apart by space
    long: bool  # most lines are inside paragraphs, so that a full line rarely is a paragraph's last


@record(slots=True)
class _Open:
    """A paragraph being put together."""

    lines: list[Line] = field(default_factory=list)
    continues: bool | None = None


def flow(
    lines: list[Line], widths: dict[int, float], box: Callable[[Line], Box], part: str = "body"
) -> list[RawParagraph | int]:
    """The lines, in reading order over all pages, as paragraphs; a table stands as its number."""
    _set_margins([line for line in lines if line.table is None], widths)
    layout = _layout([line for line in lines if line.table is None])
    items: list[RawParagraph | int] = []
    now = _Open()
    for line, after in zip_longest(lines, lines[1:]):
        if line.table is not None:
            items.append(line.table)
            continue
        now.lines.append(line)
        goes_on = _goes_on(line, after, now.lines, layout) if after is not None and after.table is None else False
        if goes_on is not True:
            now.continues = goes_on
            items.append(_paragraph(now, box, part))
            now = _Open()
    return items


def _paragraph(now: _Open, box: Callable[[Line], Box], part: str) -> RawParagraph:
    text = ""
    pieces = []
    before: Line | None = None
    for line in now.lines:
        text += joint(text, line.text, before)
        pieces.append(Piece(len(text), len(text) + len(line.text), box(line)))
        text += line.text
        before = line
    return RawParagraph(text, part, pieces=tuple(pieces), continues=now.continues, centred=all(map(_is_centred, now.lines)))


def _set_margins(lines: list[Line], widths: dict[int, float]) -> None:
    """Give each line the margins of its column: of all pages of that width, left and right pages apart where they differ."""
    groups: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for line in lines:
        groups[round(widths[line.page]), line.column, line.page % 2].append(line)
    for (width, column, side), group in groups.items():
        other = groups.get((width, column, 1 - side), [])
        left, right = _margins(group if len(group) >= 12 else group + other, width, column)
        for line in group:
            line.left, line.right = left, right


def _margins(lines: list[Line], width: float, column: int) -> tuple[float, float]:
    """Where the lines of a column begin and end.

    The right edge is where many lines end, where they are prose; a list or a column of figures may end anywhere, and then
    the page is taken to have margins of equal width.
    """
    em = median(line.em for line in lines)
    need = max(2, len(lines) // 30)
    lefts = sorted(line.x0 for line in lines)
    left = next((x for x in lefts if sum(x <= y < x + 0.4 * em for y in lefts) >= need), lefts[0])
    # A comma or a full stop may hang over the margin, so it does not tell where the margin is.
    plain = [line for line in lines if not _HANGS.search(line.text)]
    rights = sorted((line.x1 for line in (plain if len(plain) > 2 else lines)), reverse=True)
    right = next((x for x in rights if sum(x - em < y <= x for y in rights) >= need), rights[0])
    if column:
        return left, right
    ending = [line for line in lines if right - em < line.x1 <= right + em]
    is_prose = len(ending) > 2 and median(len(line.text) for line in ending) > 15
    near = right > width - left - 2 * em
    return left, right if near or is_prose else max(right, width - left)


def _layout(lines: list[Line]) -> Layout:
    pitches, gaps_after_short = [], []
    pairs = [(a, b) for a, b in pairwise(lines) if a.page == b.page and a.column == b.column]
    for a, b in pairs:
        if 0 < _pitch(a, b) < 4 * a.em and not _differ(a, b):
            pitches.append(_pitch(a, b))
    full = [_pitch(a, b) for a, b in pairs if a.right - a.x1 < b.lead + 0.7 * a.em and 0 < _pitch(a, b) < 4 * a.em]
    pitch = median(full or pitches) if pitches else 0.0
    for a, b in pairs:
        if a.right - a.x1 > b.lead + 1.5 * a.em and not _is_centred(a):
            gaps_after_short.append(_pitch(a, b) > 1.3 * pitch)
    indented = sum(1.4 < (line.x0 - line.left) / line.em < 2.7 for line in lines)
    flush = sum((line.x0 - line.left) / line.em < 0.5 for line in lines)
    inside = sum(a.right - a.x1 < b.lead + 0.7 * a.em and not _ENDS.search(a.text) for a, b in pairs)
    last = sum(a.right - a.x1 > b.lead + 1.5 * a.em and bool(_ENDS.search(a.text)) for a, b in pairs)
    return Layout(
        pitch,
        indented >= max(2, len(lines) // 12) and flush > 0,
        bool(gaps_after_short) and sum(gaps_after_short) >= 0.7 * len(gaps_after_short),
        inside >= 2 * last,
    )


def _pitch(a: Line, b: Line) -> float:
    return (b.top + b.bottom - a.top - a.bottom) / 2


def _differ(a: Line, b: Line) -> bool:
    """Whether two lines are set in clearly different sizes, judged by width and by height; figures alone tell neither."""
    if not (_IDEOGRAPH.search(a.text) and _IDEOGRAPH.search(b.text)):
        return False
    high_a, high_b = a.bottom - a.top, b.bottom - b.top
    return max(a.em, b.em) > 1.15 * min(a.em, b.em) and max(high_a, high_b) > 1.15 * min(high_a, high_b)


def _is_centred(line: Line) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 2.7 * line.em and after > 1.5 * line.em and abs(before - after) < 2 * line.em


def _goes_on(line: Line, after: Line, so_far: list[Line], layout: Layout) -> bool | None:
    """Whether `after` is of the same paragraph as `line`, the last of `so_far`; None where the print does not tell."""
    if _differ(line, after):
        return False
    if _is_centred(line) or _is_centred(after):
        both = _is_centred(line) and _is_centred(after) and not _ENDS.search(line.text)
        return None if both or _breaks_off(line.text, after.text) else False
    em = line.em
    ended = bool(_ENDS.search(line.text))
    apart = line.page == after.page and line.column == after.column and _pitch(line, after) > 1.3 * layout.pitch > 0
    indent = (after.x0 - after.left) / em
    if line.right - line.x1 >= after.lead + 0.7 * em:  # the next word would have found room
        wide = line.x1 - line.left > 0.5 * (line.right - line.left)
        cut = not ended and (wide or len(so_far) > 1) and not _MARK.match(after.text)
        # A paragraph that stops without a stop was cut by whoever made the file.
        return None if cut or _breaks_off(line.text, after.text) else False
    if apart:
        return False if ended or _MARK.match(after.text) else None
    return _full_goes_on(line, after, so_far, layout, indent, ended=ended)


def _breaks_off(left: str, right: str) -> bool:
    """Whether the words say that no paragraph can end here, whatever the print says."""
    if _OPEN.search(left) or _CLOSES.match(right):
        return True
    return left[-1:].isdigit() and _UNIT.match(right) is not None


def _full_goes_on(line: Line, after: Line, so_far: list[Line], layout: Layout, indent: float, *, ended: bool) -> bool | None:
    """The same for a line that reaches the right margin."""
    step = indent - (line.x0 - line.left) / line.em
    marked = bool(_MARK.match(after.text))
    if step >= 1.0:  # set further in: a new paragraph, unless the list item hangs
        hangs = len(so_far) == 1 and _MARK.match(line.text) and not marked
        return bool(hangs)
    if layout.indents and indent < 0.8:  # a new paragraph would be indented; a heading need not be
        return None if ended and _HEADING.match(after.text) else True
    if marked and ended:
        return False
    if layout.indents and indent >= 1.2 and abs(step) < 0.5:
        if len(so_far) > 1 and abs(so_far[0].x0 - line.x0) > line.em:
            return True  # the later lines of a paragraph that is set in as a whole
        return False if ended or marked else None
    if not ended:
        return None if marked else True
    return True if layout.long or (layout.spaced and line.page == after.page) else None
