"""What belongs to the page and not to the text: running headers (页眉), footers (页脚), page numbers (页码), footnotes (脚注).

Nothing is thrown away: what is taken out of the flow is handed on once, in its own part. A line is a running one only where
the same words stand at the same height on other pages and no page has other words there; a title or a unit of money that
opens every sheet of a set of forms stays in the flow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from statistics import median

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.readers.pdf_lines import Line

_MARGIN = 0.15  # of the page's height: running lines stand no deeper
_SAME_HEIGHT = 3.0  # points
_DECORATED = re.compile(
    r"[-–—－―~·•_]{1,2}\s*\d{1,4}\s*[-–—－―~·•_]{1,2}"
    r"|第?\s*\d{1,4}\s*[页頁](?:\s*[,，/、]?\s*[（(]?\s*共\s*\d{1,4}\s*[页頁]\s*[）)]?)?"
    r"|共\s*\d{1,4}\s*[页頁]\s*[,，/]?\s*第\s*\d{1,4}\s*[页頁]|第\s*[一二三四五六七八九十百]{1,5}\s*[页頁]"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?|[ivxIVX]{1,6}"
)
_BARE = re.compile(r"\d{1,4}")
_WORDS = re.compile(r"[^\W\d_]{2}")
_UNIT = re.compile(r"单位[：:]")
_FIGURE = re.compile(r"\d\s*[.．]\s*\d|\d\s*(?:元|万元|亿元|%|％|分)|\d{5}|\d[,，]\d{3}")
_SMALL_NUMBER = re.compile(r"\d{1,4}")
_NOTE_MARK = re.compile(r"[①-⑳*＊\[［〔]|\d{1,2}(?![\d.．、年月])|注[：:]")
_WIDE = str.maketrans({0xFF10 + i: str(i) for i in range(10)})


@record(frozen=True, slots=True)
class Running:
    """A line taken out of the flow. `part`: header or footer."""

    part: str
    line: Line


def take_out(pages: list[list[Line]], heights: list[float]) -> list[Running]:
    """Remove running lines and page numbers from the pages; give back one of each."""
    body = _body_size(pages)
    taken: dict[tuple[str, str], Running] = {}
    for part in ("header", "footer"):
        for _ in range(3):  # a header has at most three lines
            outer = [_outermost(lines, height, part) for lines, height in zip(pages, heights, strict=True)]
            running = _page_numbers(outer, part, pages) | _repeated(outer, heights, part, body, pages)
            if not running:
                break
            for index in sorted(running):
                line = outer[index]
                if line is not None:
                    pages[index].remove(line)
                    kind = "#" if _is_number(line.text) else masked(line.text)
                    taken.setdefault((part, kind), Running(part, line))
    return list(taken.values())


def take_notes(pages: list[list[Line]], heights: list[float]) -> list[Line]:
    """Remove the footnotes: smaller lines at the foot of a page, the first of which bears a mark."""
    texts = [line for lines in pages for line in lines if line.table is None]
    if not texts:
        return []
    body = _body_size(pages)
    high = median(line.bottom - line.top for line in texts)
    notes: list[Line] = []
    for lines, height in zip(pages, heights, strict=True):
        start = len(lines)
        while start and lines[start - 1].top > height / 2 and _is_small(lines[start - 1], body, high):
            start -= 1
        while start < len(lines) and not (_NOTE_MARK.match(lines[start].text) and len(lines[start].text) > 5):
            start += 1
        if 0 < start < len(lines):
            notes += lines[start:]
            del lines[start:]
    return notes


def _is_small(line: Line, body: float, high: float) -> bool:
    return line.table is None and line.em < 0.88 * body and line.bottom - line.top < 0.88 * high


def masked(text: str) -> str:
    """The words of a running line with its page number hidden."""
    return _SMALL_NUMBER.sub("#", re.sub(r"\s+", "", text.translate(_WIDE)))


def _body_size(pages: list[list[Line]]) -> float:
    sizes = [line.em for lines in pages for line in lines if line.table is None for _ in range(1 + len(line.text) // 10)]
    return median(sizes) if sizes else 0.0


def _outermost(lines: list[Line], height: float, part: str) -> Line | None:
    """The highest or lowest thing on the page, where it is a line in the margin."""
    if not lines:
        return None
    if part == "header":
        line = min(lines, key=lambda x: x.top)
        return line if line.table is None and line.bottom < _MARGIN * height else None
    line = max(lines, key=lambda x: x.bottom)
    return line if line.table is None and line.top > (1 - _MARGIN) * height else None


def _is_number(text: str) -> bool:
    text = text.translate(_WIDE)
    return bool(_DECORATED.fullmatch(text) or _BARE.fullmatch(text))


def _page_numbers(outer: list[Line | None], part: str, pages: list[list[Line]]) -> set[int]:
    """The pages whose outermost line is a page number; a bare number must count on from page to page."""
    found = set()
    bare: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(outer):
        text = line.text.translate(_WIDE) if line is not None else ""
        if _DECORATED.fullmatch(text):
            found.add(index)
        elif line is not None and _BARE.fullmatch(text) and _set_apart(line, pages[index], part):
            bare[int(text) - index].append(index)
    if len(pages) == 1:
        return found | set(bare.get(1, []))
    # A figure of the text may stand there by chance: half of the pages must be numbered on, one after the other.
    counted = {index for indexes in bare.values() if len(indexes) > 1 for index in indexes}
    return found | counted if 2 * len(counted) >= len(pages) else found


def _repeated(outer: list[Line | None], heights: list[float], part: str, body: float, pages: list[list[Line]]) -> set[int]:
    """The pages whose outermost line stands, with the same words, at the same height on other pages."""
    places: list[tuple[int, float, str]] = []
    for index, line in enumerate(outer):
        if line is not None:
            height = line.top if part == "header" else heights[index] - line.bottom
            places.append((index, height, masked(line.text)))
    groups: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, height, words in places:
        line = outer[index]
        if line is not None and line.em <= 1.08 * body and _may_run(line.text):
            groups[words].append((index, height))
    candidates: dict[int, float] = {}
    for group in groups.values():
        middle = median(h for _, h in group)
        level = [(i, h) for i, h in group if abs(h - middle) <= _SAME_HEIGHT]
        if len(level) > 2 or (len(level) == 2 and all(_set_apart(outer[i], pages[i], part) for i, _ in level)):
            candidates.update(level)
    every, running = sorted(h for _, h, _ in places), sorted(candidates.values())
    return {index for index, height in candidates.items() if _near(running, height) >= 0.8 * _near(every, height)}


def _near(heights: list[float], height: float) -> int:
    return bisect_right(heights, height + _SAME_HEIGHT) - bisect_left(heights, height - _SAME_HEIGHT)


def _may_run(text: str) -> bool:
    """Whether the words can be a running line: a name, not a sentence, a figure or a unit of money."""
    return bool(_WORDS.search(text)) and not (_UNIT.search(text) or _FIGURE.search(text) or text.endswith(("。", "；", "：")))


def _set_apart(line: Line | None, lines: list[Line], part: str) -> bool:
    """Whether there is clear space between a line in the margin and the rest of its page."""
    others = [x for x in lines if x is not line]
    if line is None or not others:
        return False
    gap = min(x.top for x in others) - line.bottom if part == "header" else line.top - max(x.bottom for x in others)
    return gap > 0.8 * (line.bottom - line.top)
