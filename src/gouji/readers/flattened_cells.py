"""The cells of a flattened table: what may stand under each column, and the grid that they are put into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from gouji.model import patterns as re
from gouji.model.document import Box, MarkerStyle
from gouji.model.record import record
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.readers.reflow import merge
from gouji.readers.vocabulary import FIGURES, GRADES, LEVEL1, LEVEL2, OPERATORS, Kind
from gouji.text.markers import parse_marker

SCRAPS = 3  # a name is broken into at most so many lines
COLUMNS = 24
CELL_LENGTH = 60
_NUMBER = re.compile(r"[-+－]?[\d,，]+(?:[.．]\d+)?\s*[%％]?(?:万元|元|分)?|[-－—–/／]+")
_POINTS = re.compile(r"\d{1,3}(?:[.．]\d+)?\s*分?|[-－—–/／]+")
SUM = re.compile(r"(?:自评)?(?:合\s*计|总\s*计|小\s*计|总\s*分|总得分|总分值|合计得分|得分合计)(?:[（(]\d{2,3}分[）)])?")
MEASURED = re.compile(r"[≥≧≤≦＝=<>＜＞]{1,2}\s*\d|(?:不[低少超高多]于?过?|[大小]于(?:等于)?)\s*\d")
_WHOLE = re.compile(r"总额|合计|小计|总计")
_GRADE_NAME = re.compile(r"(?:绩效|综合|总体)?(?:自评|评价|评定)?(?:等级|等次|结论)[：:]?")
_GRADED = re.compile(rf"(?:绩效|综合|总体)?(?:自评|评价|评定)(?:等级|等次|结论|结果)[：:]\s*(?:{'|'.join(sorted(GRADES))})")
_LEVEL2 = re.compile(r"[\u4e00-\u9fff]{2,12}指标")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_HEADS = (MarkerStyle.CHAPTER, MarkerStyle.CN, MarkerStyle.CN_PAREN)


@record(frozen=True, slots=True)
class Taken:
    """A cell of a row: the scraps from `start` to `stop` stand in `column`; none where it is blank."""

    column: int
    start: int
    stop: int
    colspan: int = 1


@record(slots=True)
class Grid:
    """A table as it is rebuilt: `header` and `rows` as runs of scraps."""

    kinds: list[Kind]
    header: list[Taken]
    stop: int
    rows: list[list[Taken]] = field(default_factory=list)
    labelled: bool = False  # the rows have a name that the header leaves blank

    @property
    def operators(self) -> bool:
        return Kind.OPERATOR in self.kinds


def fits(kind: Kind, text: str) -> bool:
    """Whether a scrap may stand in a column of this kind."""
    if not text or len(text) > CELL_LENGTH:
        return False
    if kind is Kind.NUMBER:
        return _NUMBER.fullmatch(text) is not None
    if kind is Kind.POINTS:
        return _POINTS.fullmatch(text) is not None
    if kind is Kind.GRADE:
        return text in GRADES
    if kind is Kind.OPERATOR:
        return text in OPERATORS
    if kind is Kind.UNIT:
        return len(text) <= 8 and re.search(r"\d", text) is None and text not in OPERATORS
    if text in OPERATORS:
        return False
    marker = parse_marker(text)
    return marker is None or marker.style not in _HEADS


def label(grid: Grid, texts: Sequence[str]) -> None:
    """A header of amounts alone over rows that begin with a name has lost its first, blank cell.

    资金总额 or 合计 behind the names of the columns is the name of the first row where figures for the columns before it follow.
    """
    figures = grid.stop
    while figures < len(texts) and fits(Kind.NUMBER, texts[figures]):
        figures += 1
    run = figures - grid.stop
    last = "".join(texts[grid.header[-1].start : grid.header[-1].stop])
    numbered = grid.kinds[0] in FIGURES and Kind.TEXT in grid.kinds  # the next row's number follows
    wanted = sum(kind in FIGURES for kind in grid.kinds[int(numbered) : -1])
    if _WHOLE.search(last) and run > 1 and run in (wanted, wanted + numbered):
        grid.stop = grid.header.pop().start
        grid.kinds.pop()
        run = 0
    numbers = len(grid.kinds) - (grid.kinds[-1] is Kind.REMARK)
    if run or grid.stop >= len(texts) or not all(kind in FIGURES for kind in grid.kinds[:numbers]):
        return
    grid.kinds.insert(0, Kind.TEXT)
    blank = Taken(0, grid.header[0].start, grid.header[0].start)
    grid.header = [blank, *(Taken(t.column + 1, t.start, t.stop) for t in grid.header)]
    grid.labelled = True


def end(grid: Grid, texts: Sequence[str]) -> None:
    """自评等级, 优 behind a table's total are its last row."""
    at = grid.stop
    if at >= len(texts) or not grid.rows:
        return
    if _GRADED.fullmatch(texts[at]):
        grid.rows.append([Taken(0, at, at + 1)])
        grid.stop += 1
    elif _GRADE_NAME.fullmatch(texts[at]) and at + 1 < len(texts) and fits(Kind.GRADE, texts[at + 1]):
        grid.rows.append([Taken(0, at, at + 1), Taken(1, at + 1, at + 2)])
        grid.stop += 2


def is_level(text: str, grid: Grid) -> bool:
    name = _TAIL.sub("", text)
    return (Kind.LEVEL1 in grid.kinds and name in LEVEL1) or (
        Kind.LEVEL2 in grid.kinds and (name in LEVEL2 or _LEVEL2.fullmatch(name) is not None)
    )


def level_end(texts: Sequence[str], at: int, kind: Kind, grid: Grid) -> int:
    """Where the name of an indicator level that begins at `at` ends, or `at`."""
    for scraps in range(min(SCRAPS, len(texts) - at), 0, -1):
        name = _TAIL.sub("", "".join(texts[at : at + scraps]))
        if kind is Kind.LEVEL1 and name in LEVEL1:
            lower = Kind.LEVEL2 in grid.kinds and name in LEVEL2
            return at + scraps if not lower or level_end(texts, at + scraps, Kind.LEVEL2, grid) > at + scraps else at
        if kind is Kind.LEVEL2 and (name in LEVEL2 or (scraps == 1 and _LEVEL2.fullmatch(name))):
            return at + scraps
    return at


def gap(raws: Sequence[Raw], at: int) -> bool | None:
    """Whether a blank line stands before raw `at`; None where the format has no lines."""
    before, here = raws[at - 1], raws[at]
    return None if before.line is None or here.line is None else here.line - before.line > 1


def table(grid: Grid, raws: Sequence[Raw], at: int) -> RawTable:
    """The grid as raw cells; a name that stands over several rows spans them."""
    cells: list[RawCell] = []
    last: dict[int, RawCell] = {}
    for number, row in enumerate([grid.header, *grid.rows]):
        seen = set()
        for taken in row:
            lines = [raw for raw in raws[taken.start : taken.stop] if isinstance(raw, RawParagraph)]
            cell = RawCell(_joined(lines), number, taken.column, colspan=taken.colspan, box=_box(lines))
            cells.append(cell)
            seen |= set(range(taken.column, taken.column + taken.colspan))
            if number:
                last[taken.column] = cell
        for column, kind in enumerate(grid.kinds):
            if kind in (Kind.LEVEL1, Kind.LEVEL2) and column not in seen and column in last:
                last[column].rowspan += 1
    numbers = [raws[row[0].start].line for row in [grid.header, *grid.rows]]
    known = tuple(number for number in numbers if number is not None)
    return RawTable(cells, line=raws[at].line, flattened=True, row_lines=known if len(known) == len(numbers) else ())


def _joined(lines: Sequence[RawParagraph]) -> str:
    return merge(lines).text.strip() if lines else ""


def _box(lines: Sequence[RawParagraph]) -> Box | None:
    """The rectangle around the scraps that stand on the first one's page."""
    boxes = [p.box for line in lines for p in line.pieces]
    if not boxes:
        return None
    page = [b for b in boxes if b.page == boxes[0].page]
    return Box(
        boxes[0].page, min(b.x0 for b in page), min(b.top for b in page), max(b.x1 for b in page), max(b.bottom for b in page)
    )
