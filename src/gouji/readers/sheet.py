"""The cells of a spreadsheet's pages -> raw paragraphs and tables.

A page (工作表) is a field of cells on which titles, unit lines, tables and notes stand under each other. Rows before a table's
header that hold one cell, or labels only, are paragraphs; so are the notes after it. A blank row ends a table where a new
title or header follows it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace

from gouji.model import patterns as re
from gouji.model.document import DocumentError, NotChecked
from gouji.model.record import record
from gouji.model.text import Text
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.readers.tables import is_figure
from gouji.readers.vocabulary import is_column_name

MAX_CELLS = 200_000  # filled cells of a file: some 4,000 printed pages
_MERGE_WORK = 2_000_000
_SAMPLES = 6
_LABEL = re.compile(
    r"\s*(?:公开|财决|预决?|附)?\s*0?\d{1,2}\s*表|附?表\s*[\d一二三四五六七八九十]+|.{0,8}(?:单位|部门|名称|年度|日期|盖章|负责人|填报人|联系电话)"
    r"(?:（[^）]*）|\([^)]*\))?\s*[：:].*|（?\(?单位\s*[：:].*"
)
_NOTE = re.compile(r"\s*(?:注|备\s*注|说\s*明|填表说明|制表|填报人|审核|负责人|单位负责人)\s*\d*\s*[：:.、]")
_TITLE = re.compile(r"(?:表|一览|明细)\s*(?:[（(].{1,12}[）)])?\s*$")
_LONG = 60  # characters above which a lone cell is a paragraph, not a row
_COLUMN_LETTERS = 26


@record(frozen=True, slots=True)
class Merge:
    """A merged range, ends included, all counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@record(slots=True)
class Page:
    """A sheet as its format's reader gives it: the filled cells by row and column, counted from 0."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    stored: dict[tuple[int, int], str] = field(default_factory=dict)  # numbers that are shown with fewer digits
    uncached: list[tuple[int, int]] = field(default_factory=list)  # formulas whose result the file lacks


def address(row: int, column: int) -> str:
    """B5 for row 4, column 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _COLUMN_LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def to_raws(pages: Sequence[Page]) -> tuple[list[Raw], list[NotChecked]]:
    """The raws of all visible sheets in order, and what is hidden or without a result; DocumentError if nothing is filled."""
    raws: list[Raw] = []
    unread: list[NotChecked] = []
    several = sum(bool(page.cells) and not page.hidden for page in pages) > 1
    for page in pages:
        unread += _aside(page)
        if page.hidden or not page.cells:
            continue
        raws += _page(page, f"{page.name}!" if several else "")
    if not raws and not unread:
        raise DocumentError("表格文件是空的", "The spreadsheet is empty")
    return raws, unread


def too_many() -> DocumentError:
    return DocumentError(f"单元格超过 {MAX_CELLS} 个，拒绝读取", f"More than {MAX_CELLS} filled cells; refused")


def _aside(page: Page) -> Iterator[NotChecked]:
    """What a reader of the printed sheet does not see, and what the file does not hold."""
    name = Text(f"工作表“{page.name}”", f"sheet “{page.name}”")
    if page.hidden:
        if page.cells:
            yield NotChecked(name, Text("工作表被隐藏，未作核对", "the sheet is hidden; not checked"))
        return
    rows = sorted({row for row, _ in page.cells} & page.hidden_rows)
    if rows:
        shown = _some([str(r + 1) for r in rows])
        yield NotChecked(
            Text(f"{name.zh}第 {shown} 行", f"{name.en}, rows {shown}"),
            Text("行被隐藏：已参与核对，但页面上看不到，请人工查看", "hidden rows: recomputed, but not seen on the page"),
        )
    columns = sorted({column for _, column in page.cells} & page.hidden_columns)
    if columns:
        shown = _some([address(0, c).rstrip("1") for c in columns])
        yield NotChecked(
            Text(f"{name.zh}第 {shown} 列", f"{name.en}, columns {shown}"),
            Text("列被隐藏：已参与核对，但页面上看不到，请人工查看", "hidden columns: recomputed, but not seen on the page"),
        )
    if page.uncached:
        shown = _some([address(*place) for place in page.uncached])
        yield NotChecked(
            Text(f"{name.zh} {shown}", f"{name.en}, {shown}"),
            Text(
                "公式没有保存计算结果，请用表格软件打开并保存后再提交",
                "formulas without a stored result; open and save the file",
            ),
        )
    errors = [place for place, text in page.cells.items() if text.startswith("#") and text.rstrip("!?").isupper()]
    if errors:
        shown = _some([f"{address(*place)} {page.cells[place]}" for place in errors])
        yield NotChecked(
            Text(f"{name.zh} {shown}", f"{name.en}, {shown}"), Text("公式出错，没有数值", "the formula fails and has no value")
        )


def _some(names: Sequence[str]) -> str:
    more = f" …（{len(names)}）" if len(names) > _SAMPLES else ""
    return "、".join(names[:_SAMPLES]) + more


def _page(page: Page, prefix: str) -> list[Raw]:
    """The raws of one sheet."""
    spans = _spans(page)
    rows: dict[int, list[RawCell]] = {}
    for (row, column), text in sorted(page.cells.items()):
        if spans.get((row, column), (1, 1)) == (0, 0):
            continue  # under a merged cell: no program shows it
        high, wide = spans.get((row, column), (1, 1))
        place = (row, column)
        cell = RawCell(text, row, column, high, wide, address=prefix + address(row, column))
        cell.stored, cell.formula = page.stored.get(place, ""), page.formulas.get(place, "")
        rows.setdefault(row, []).append(cell)
    raws: list[Raw] = []
    for block in _blocks(rows):
        raws += _cut(page.name, block, prefix)
    if raws and isinstance(raws[0], RawTable) and re.search(r"[一-鿿]{3}", page.name):
        raws.insert(0, RawParagraph(page.name, page.name, continues=False))
    return raws


def _spans(page: Page) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Height and width of the merged cells, cut to the rows and columns in use; (0, 0) for a filled cell under one."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(page.cells):
        by_row.setdefault(row, []).append(column)
    rows = sorted(by_row)
    last = max((column for _, column in page.cells), default=0)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    work = 0
    for merge in page.merges:
        inside = rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]
        work += len(inside) + 1
        if work > _MERGE_WORK:
            raise DocumentError("合并单元格过多，拒绝读取", "Too many merged cells; refused")
        for row in inside:
            columns = by_row[row]
            for column in columns[bisect_left(columns, merge.left) : bisect_right(columns, merge.right)]:
                spans[row, column] = (0, 0)
        corner = (merge.top, merge.left)
        if corner in page.cells:
            bottom = min(merge.bottom, rows[-1])
            spans[corner] = (bottom - merge.top + 1, min(merge.right, last) - merge.left + 1)
    return spans


def _blocks(rows: Mapping[int, list[RawCell]]) -> Iterator[list[list[RawCell]]]:
    """The rows in runs; a blank row divides where a title, a label or a header follows it."""
    numbers = sorted(rows)
    block: list[list[RawCell]] = []
    before = reach = -1
    for at, number in enumerate(numbers):
        row = rows[number]
        gap = number - before > 1 and number > reach
        after = rows[numbers[at + 1]] if at + 1 < len(numbers) else []
        if block and ((gap and _begins(row, after)) or _titles(row, block)):
            yield block
            block = []
        block.append(row)
        before = number
        reach = max([reach, *(c.row + c.rowspan - 1 for c in row)])
    if block:
        yield block


def _begins(row: Sequence[RawCell], after: Sequence[RawCell]) -> bool:
    """A row that can only begin something new: a title, labels, or names of columns."""
    if _lead(row):
        return len(row) > 1 or _aloof(row[0]) or _header(after) or (bool(after) and _lead(after))
    return _header(row)


def _header(row: Sequence[RawCell]) -> bool:
    named = sum(is_column_name(c.text) for c in row)
    return len(row) > 1 and named * 2 >= len(row) and not any(is_figure(c.text) for c in row)


def _aloof(cell: RawCell) -> bool:
    """A cell whose words say that it is no row of a table."""
    text = cell.text.strip()
    return (
        cell.colspan >= 3
        or len(text) > _LONG
        or text.endswith("。")
        or any(p.match(text) for p in (_LABEL, _NOTE))
        or _TITLE.search(text) is not None
    )


def _titles(row: Sequence[RawCell], above: Sequence[Sequence[RawCell]]) -> bool:
    """A merged title that stands straight under the figures of another table."""
    held = any(is_figure(c.text) for above_row in above for c in above_row)
    return held and len(row) == 1 and row[0].colspan >= 3 and _TITLE.search(row[0].text) is not None


def _lead(row: Sequence[RawCell]) -> bool:
    """A line above a table: one cell, or labels such as 编制单位：… and 单位：万元."""
    if any(is_figure(c.text) for c in row):
        return False
    return len(row) == 1 or all(_LABEL.fullmatch(c.text.strip()) for c in row)


def _cut(part: str, block: list[list[RawCell]], prefix: str) -> Iterator[Raw]:
    """Lead lines as paragraphs, the table, the notes below it as paragraphs."""
    start = 0
    while start < len(block) and _lead(block[start]):
        start += 1
    stop = len(block)
    while stop > start and _lead(block[stop - 1]) and (len(block[stop - 1]) > 1 or _aloof(block[stop - 1][0])):
        stop -= 1
    if stop - start < 2 and not any(is_figure(c.text) for row in block[start:stop] for c in row):
        start = stop
    for row in block[:start]:
        yield from _paragraphs(part, row)
    if start < stop:
        yield _table(part, block[start:stop], prefix)
    for row in block[stop:]:
        yield from _paragraphs(part, row)


def _paragraphs(part: str, row: Sequence[RawCell]) -> Iterator[RawParagraph]:
    for cell in row:
        for line in cell.text.splitlines():
            if line.strip():
                yield RawParagraph(line, part, line=cell.row + 1, continues=False)


def _table(part: str, rows: list[list[RawCell]], prefix: str) -> RawTable:
    """The rows as a grid that begins at 0, with its blank cells where they are not too many to be meant."""
    numbers = {row[0].row: at for at, row in enumerate(rows)}
    ends = sorted(numbers)
    left = min(c.column for row in rows for c in row)
    cells = []
    for row in rows:
        for cell in row:
            high = bisect_right(ends, cell.row + cell.rowspan - 1) - bisect_left(ends, cell.row)
            cells.append(replace(cell, row=numbers[cell.row], column=cell.column - left, rowspan=max(high, 1)))
    columns = {c.column for c in cells}
    if len(rows) * len(columns) <= 10 * len(cells) + 1000:
        cells += _blank(cells, columns, ends, left, prefix)
    cells.sort(key=lambda c: (c.row, c.column))
    return RawTable(cells, part, row_lines=tuple(n + 1 for n in ends))


def _blank(
    cells: Sequence[RawCell], columns: AbstractSet[int], numbers: Sequence[int], left: int, prefix: str
) -> Iterator[RawCell]:
    taken = {
        (row, column)
        for c in cells
        for row in range(c.row, min(c.row + c.rowspan, len(numbers)))
        for column in range(c.column, c.column + c.colspan)
    }
    for row in range(len(numbers)):
        for column in columns:
            if (row, column) not in taken:
                yield RawCell("", row, column, address=prefix + address(numbers[row], column + left))
