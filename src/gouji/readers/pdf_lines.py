"""Glyphs to printed lines, column by column.

A run is a stretch of glyphs that the file draws one after the other on one line without a wide gap. Runs are put in rows by
height, rows in columns where the page has a gutter (栏间空白), so that the order in which the file draws them is of no matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import pairwise
from operator import sub
from statistics import median, median_low

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.readers.pdf_native import Glyph

_CJK = "\u2e80"  # first code point of the ideographs and their punctuation
_TAB_GAP = 1.5  # in widths of a character: a gap that separates cells, not words
_RUN_GAP = 0.8  # in heights of a character: narrower than any gutter
_SPACE_GAP = 0.6  # between ideographs, or an ideograph and a digit: Word itself puts a quarter there, with no space
_WORD_GAP = 0.2  # between Latin letters and digits
_ARTEFACT = 0.15  # a space no wider than this between two ideographs is the producer's, not the author's
_COLUMN_LINES = 4  # fewer lines side by side than this are a table or a signature, not columns
_CLOSING = "，。、；：！？）》〉」』】〕”’％℃%)]},.;:!?"
_TWICE = re.compile(r"(.)(?=\1)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9.,%+\-/]+")


@record(slots=True)
class Run:
    """Glyphs drawn together; or, with `table` set, the place of a table in the flow."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    table: int | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top


@record(slots=True, eq=False)
class Line:
    """A printed line, equal to itself alone. `em` is the width of an ideograph on it, `lead` that of its first unbreakable stretch."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    lead: float
    page: int = 0
    column: int = 0
    spaced: bool = False  # a space was printed after its last character
    table: int | None = None
    left: float = field(default=0.0)  # margins of its column, set when the whole document is known
    right: float = field(default=0.0)


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Cut the glyphs, in the order in which they are drawn, where the line changes or a wide gap opens."""
    runs: list[Run] = []
    run = Run([], 0.0, 0.0, 0.0, 0.0)
    end = high = low = 0.0  # the right edge, top and bottom of the run so far
    for glyph in glyphs:
        x0, top, x1, bottom, _ = glyph
        em = bottom - top
        if high < (top + bottom) / 2 < low and -0.5 * em < x0 - end < _RUN_GAP * em:
            run.glyphs.append(glyph)
            if x1 > end:
                run.x1 = end = x1
            if em > low - high:  # the taller glyph is the line; a small one is raised or lowered
                run.top, run.bottom = high, low = top, bottom
            continue
        run = Run([glyph], x0, top, x1, bottom)
        end, high, low = x1, top, bottom
        runs.append(run)
    return [found for found in map(_trimmed, runs) if found is not None]


def _trimmed(run: Run) -> Run | None:
    """The run with its box around what is printed: leading spaces are indentation."""
    glyphs = run.glyphs
    if not glyphs[0].char.isspace() and not glyphs[-1].char.isspace():
        return run
    ink = [g for g in glyphs if not g.char.isspace()]
    if not ink:
        return None
    run.x0, run.x1 = ink[0].x0, max(g.x1 for g in ink)
    return run


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs that stand on one line, lines from top to bottom, runs from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.top + r.bottom) / 2):
        row = rows[-1] if rows else None
        if row is not None and run.table is None and row[0].table is None:
            shared = min(run.bottom, row[0].bottom) - max(run.top, row[0].top)
            if shared > 0.5 * min(run.height, row[0].height):
                row.append(run)
                continue
        rows.append([run])
    for row in rows:
        row.sort(key=lambda r: r.x0)
    return rows


def lines_of(runs: Sequence[Run], page: int) -> list[Line]:
    """The page's lines in reading order, column by column where it has columns."""
    lines = []
    for column, group in _columns(runs):
        for row in rows_of(group):
            line = line_of(row)
            if line.text or line.table is not None:
                line.page, line.column = page, column
                lines.append(line)
    return lines


def line_of(row: list[Run]) -> Line:
    """The printed line of one row of runs."""
    first = row[0]
    if first.table is not None:
        return Line("", first.x0, first.top, first.x1, first.bottom, 0.0, 0.0, table=first.table)
    glyphs = row[0].glyphs
    if len(row) > 1:
        glyphs = sorted((g for run in row for g in run.glyphs), key=lambda g: g.x0)
    chars = "".join([g.char for g in glyphs])
    if again := _drawn_again(glyphs, chars):
        glyphs = [g for place, g in enumerate(glyphs) if place not in again]
        chars = "".join([g.char for g in glyphs])
    plain = chars.split() == [chars]  # nothing in it is a space, as on most lines
    lefts, rights = [g.x0 for g in glyphs], [g.x1 for g in glyphs]
    wide = [right - left for left, right, char in zip(lefts, rights, chars, strict=True) if char >= _CJK]
    em = max(median_low(wide) if wide else 0.9 * median_low([g.bottom - g.top for g in glyphs]), 1.0)
    apart = max(map(sub, lefts[1:], rights), default=0.0) / em > _WORD_GAP
    text = _text(glyphs, em) if apart or not plain else chars
    ink = glyphs if plain else [g for g in glyphs if not g.char.isspace()]
    end = max(rights) if plain else max(g.x1 for g in ink)
    top, bottom = min(r.top for r in row), max(r.bottom for r in row)
    return Line(text.strip(), ink[0].x0, top, end, bottom, em, _lead(ink), spaced=text[-1:].isspace())


def _drawn_again(glyphs: list[Glyph], chars: str) -> set[int]:
    """The places of glyphs that were drawn a second time over themselves to look bold."""
    found = set()
    for match in _TWICE.finditer(chars):
        before, glyph = glyphs[match.start()], glyphs[match.end()]
        if abs(glyph.x0 - before.x0) <= 0.3 * (glyph.x1 - glyph.x0) and glyph.x1 != glyph.x0:
            found.add(match.end())
    return found


def _text(glyphs: list[Glyph], em: float) -> str:
    """The line's characters, with a space or a tab where the print has a gap and no character."""
    spread = _is_spread(glyphs, em)
    parts: list[str] = []
    before: Glyph | None = None  # the last character that is not a space
    pending = ""
    for glyph in glyphs:
        if glyph.char.isspace():
            pending += glyph.char
            continue
        if before is not None:
            gap = glyph.x0 - before.x1
            parts.append(_between(before.char, glyph.char, gap / em, pending, spread))
        else:
            parts.append(pending)
        parts.append(glyph.char)
        before, pending = glyph, ""
    return "".join(parts) + pending


def _between(left: str, right: str, gap: float, printed: str, spread: bool) -> str:
    """What stands between two characters that are `gap` ideographs apart, `printed` being the spaces the file has there."""
    ideographs = left >= _CJK and right >= _CJK
    if printed:
        return "" if ideographs and (gap < _ARTEFACT or spread) else printed
    if spread:
        return ""
    if gap >= _TAB_GAP:
        return "\t"
    return " " if gap > (_WORD_GAP if left < _CJK and right < _CJK else _SPACE_GAP) else ""


def _is_spread(glyphs: list[Glyph], em: float) -> bool:
    """Whether ideographs stand apart one by one, as in a title that is spaced out."""
    ink = [g for g in glyphs if not g.char.isspace()]
    if not 2 <= len(ink) <= 20 or any(g.char < _CJK for g in ink):
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(ink)]
    return min(gaps) > 0.4 * em and max(gaps) < 1.5 * min(gaps) + 0.5 * em and (len(gaps) > 1 or max(gaps) < 4 * em)


def _lead(ink: list[Glyph]) -> float:
    """The width of the stretch at the line's head that no line break may divide."""
    end = 1
    if ink[0].char < _CJK:
        while end < len(ink) and _WORD.match(ink[end].char) and ink[end].x0 - ink[end - 1].x1 < 1.0:
            end += 1
    while end < len(ink) and ink[end].char in _CLOSING:
        end += 1
    return ink[end - 1].x1 - ink[0].x0


def _columns(runs: Sequence[Run]) -> list[tuple[int, list[Run]]]:
    """The runs in groups to be read one after the other; column 0 spans the page, 1 and 2 are left and right."""
    gutter = _gutter(runs)
    if gutter is None:
        return [(0, list(runs))]
    low, high = gutter
    groups: list[tuple[int, list[Run]]] = []
    wide: list[Run] = []
    for band in _bands(runs, low, high):
        left, right = band
        if _is_text(left) and _is_text(right):
            if wide:
                groups.append((0, wide))
                wide = []
            groups += [(1, left), (2, right)]
        else:
            wide += left + right
    if wide:
        groups.append((0, wide))
    return groups


def _bands(runs: Sequence[Run], low: float, high: float) -> Iterable[tuple[list[Run], list[Run]]]:
    """The page cut at the runs that cross the gutter: each band as its left and its right runs; a crossing run is a band."""
    crossing = sorted((r for r in runs if r.x0 < low and r.x1 > high), key=lambda r: r.top)
    rest = sorted((r for r in runs if not (r.x0 < low and r.x1 > high)), key=lambda r: r.top)
    place = 0
    for barrier in [*crossing, None]:
        left: list[Run] = []
        right: list[Run] = []
        while place < len(rest):
            run = rest[place]
            if barrier is not None and (run.top + run.bottom) / 2 > (barrier.top + barrier.bottom) / 2:
                break
            (left if run.x1 <= high else right).append(run)
            place += 1
        yield left, right
        if barrier is not None:
            yield [barrier], []


def _is_text(side: list[Run]) -> bool:
    """Whether one side of a gutter is running text: several lines, most of them as wide as the widest."""
    rows = rows_of(r for r in side if r.table is None)
    if len(rows) < _COLUMN_LINES:
        return False
    widths = [row[-1].x1 - row[0].x0 for row in rows]
    characters = [sum(len(r.glyphs) for r in row) for row in rows]
    return median(widths) >= 0.75 * max(widths) and median(characters) >= 8


def _gutter(runs: Sequence[Run]) -> tuple[float, float] | None:
    """The widest strip in the middle of the page that few runs cross."""
    text = [r for r in runs if r.table is None]
    if len(text) < 2 * _COLUMN_LINES:
        return None
    left, right = min(r.x0 for r in text), max(r.x1 for r in text)
    width = right - left
    if (
        sum(r.x0 > left + 0.4 * width for r in text) < _COLUMN_LINES
        or sum(r.x1 < right - 0.4 * width for r in text) < _COLUMN_LINES
    ):
        return None
    start, bins = left + 0.35 * width, int(0.3 * width) + 1
    crossed = [0] * bins
    for run in text:
        for place in range(max(int(run.x0 - start), 0), min(int(run.x1 - start) + 1, bins)):
            crossed[place] += 1
    fewest = min(crossed)
    if fewest > len(text) / 4:
        return None
    best = (0, 0)
    place = 0
    while place < bins:
        end = place
        while end < bins and crossed[end] <= fewest:
            end += 1
        if end - place > best[1] - best[0]:
            best = (place, end)
        place = max(end, place + 1)
    tall = median_low([r.height for r in text])
    if best[1] - best[0] < 0.7 * tall:
        return None
    return start + best[0], start + best[1]
