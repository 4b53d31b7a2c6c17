"""The grid of a table: sections under their headers, what each column holds, what each row is, figures with their units.

A form (自评表) is often one table with several headers; each header opens a section. Two tables side by side in one (收入支出决算总表)
are two panels. Codes, serial numbers and years are never amounts; a blank cell, — and / are no zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from gouji.claims.scene import Scene
from gouji.claims.tables.words import (
    ADDITIVE_SORTS,
    NOT_ADDITIVE,
    NUMERIC_SORTS,
    STRONG_SORTS,
    Sort,
    header_unit,
    money_like,
    sort_of,
    squeeze,
)
from gouji.facts.units import PERCENT, SCORE, unit_of
from gouji.model import patterns as re
from gouji.model.document import Block, Cell, Table
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Dimension, Unit
from gouji.model.record import record

__all__ = ["Column", "Kind", "Line", "Section", "Sort", "grids", "is_indicators", "leaf_weight"]

_TOTAL = re.compile(
    r"(?:总|本年|全年)?合计数?(?:（.*）)?|总计(?:（.*）)?|总分值?|总得分|得分合计|分值合计|总体得分|综合得分|汇总|合计得分|自评总分"
)
_SUBTOTAL = re.compile(r".*(?:小计|合计|总计)(?:（.*）)?")
_OF_WHICH = re.compile(r"(?:其中|[#＃])[：:、]?")
_NUMBERS_ROW = re.compile(r"栏次|行次|列次")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_CODE_HEAD = re.compile(r"(\d{3}(?:\d\d){0,2})(?![\d.,%年月])[\s-]*(?=[\u4e00-\u9fff])")
_NONE = re.compile(r"[—–\-－/／\\]*|无|不适用")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[-+]?[\d,，]*\d(?:\.\d+)?(?:%|万元|元|分)?")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NO_NAME = re.compile(r".*：-?[\d,]*\d(?:\.\d+)?(?:万元|元|分|%)?|按.{2,8}分类?：?")  # a name with its figure; 按收入性质分


class Kind:
    """What a row is."""

    NORMAL = "normal"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OF_WHICH = "of_which"


@record(slots=True, eq=False)
class Column:
    """A column: its own name, the names above it, what it holds, and the unit that its header declares."""

    index: int
    name: str
    group: str
    sort: Sort
    unit: Unit | None

    @property
    def additive(self) -> bool:
        """Whether the figures of the column may be added up."""
        return self.sort in ADDITIVE_SORTS and not NOT_ADDITIVE.search(self.name)


@record(slots=True, eq=False)
class Line:
    """A row of figures. `texts` are the cells in normal form without blanks, merged ones carried down; `values` the lone figures."""

    block: int
    label: str
    kind: str
    code: str
    texts: dict[int, str]
    spans: dict[int, Span]  # of the row's own cells
    values: dict[int, Quantity]
    damaged: set[int]  # cells with digits that are no lone figure

    def blank(self, column: int) -> bool:
        """Whether a cell says nothing: empty, — or /."""
        return column not in self.values and not _DIGIT.search(self.texts.get(column, ""))

    def none(self, column: int) -> bool:
        """Whether a cell says that there is nothing: —, /, 无."""
        text = self.texts.get(column, "")
        return bool(text) and _NONE.fullmatch(text) is not None

    @property
    def words(self) -> str:
        return "".join(self.texts[c] for c in sorted(self.texts) if c not in self.values)


@record(slots=True, eq=False)
class Section:
    """The rows under one header."""

    table: Table
    columns: list[Column]
    rows: list[Line] = field(default_factory=list)
    unit: Unit | None = None
    headers: tuple[int, ...] = ()  # block indexes

    def of(self, *sorts: Sort) -> list[Column]:
        return [c for c in self.columns if c.sort in sorts]

    def first(self, *sorts: Sort) -> Column | None:
        return next((c for c in self.columns if c.sort in sorts), None)


def is_indicators(section: Section) -> bool:
    """Whether a section lists indicators with weights or scores."""
    return bool(section.of(Sort.WEIGHT, Sort.SCORE)) and bool(section.of(Sort.LEVEL, Sort.TARGET, Sort.ACTUAL))


def leaf_weight(section: Section) -> Column | None:
    """The column of the indicators' own weights: the last one; those before it are their parents'."""
    weights = section.of(Sort.WEIGHT)
    return weights[-1] if weights else None


def grids(scene: Scene) -> list[Section]:
    """Every section of every table, in reading order."""
    found: list[Section] = []
    for table in scene.document.tables:
        for section in _sections(scene, table):
            if found and _goes_on(found[-1], section):
                found[-1].rows.extend(section.rows)
            else:
                found.append(section)
    return found


def _goes_on(first: Section, second: Section) -> bool:
    """Whether a section repeats the header of the one just before, which has not come to its total: a page break.

    A total that stands first, as in a code tree, is over all that follows, unless the second section has its own.
    """
    same = [(c.index, c.name) for c in first.columns] == [(c.index, c.name) for c in second.columns]
    near = second.rows[0].block - first.rows[-1].block <= 1 + len(second.headers)
    ended = any(r.kind == Kind.TOTAL for r in first.rows[1:])
    topped = first.rows[0].kind == Kind.TOTAL and any(r.kind == Kind.TOTAL for r in second.rows)
    return same and near and any(c.name for c in first.columns) and not ended and not topped


# ---- header rows and sections ---------------------------------------------------------------------------------------------------


def _sections(scene: Scene, table: Table) -> Iterator[Section]:
    blocks = [scene.document.blocks[i] for i in table.rows]
    header: list[Block] = []
    body: list[Block] = []
    for at, block in enumerate(blocks):
        if _names_columns(block, scene.profile.columns) or (at < table.header_rows and not body):
            if body:
                yield from _section(scene, table, header, body)
                header, body = [], []
            header.append(block)
        else:
            body.append(block)
    if body:
        yield from _section(scene, table, header, body)


def _names_columns(block: Block, own: Mapping[str, Sequence[str]]) -> bool:
    """Whether a row names columns: two known names at least, one of them of figures or of indicators, and no figure."""
    names = [squeeze(c.text) for c in block.cells]
    names = [n for n in names if n]
    if len(names) < 2 or any((_NUMBER.fullmatch(n) and not _YEAR.fullmatch(n)) or _NO_NAME.fullmatch(n) for n in names):
        return False
    sorts = [sort_of(n, own) for n in names if len(n) <= 24]
    known = [s for s in sorts if s is not None]
    return len(known) >= 2 and len(known) * 2 >= len(names) and any(s in STRONG_SORTS for s in known)


def _is_field(block: Block) -> bool:
    """Whether a row of a form's head is 项目名称 | its value and no header."""
    names = [n for n in (squeeze(c.text) for c in block.cells) if n]
    sorts = [sort_of(n) for n in names]
    return (
        len(names) % 2 == 0 and all(s is Sort.LABEL for s in sorts[::2]) and all(s in (None, Sort.LABEL) for s in sorts[1::2])
    )


def _section(scene: Scene, table: Table, header: Sequence[Block], body: Sequence[Block]) -> Iterator[Section]:
    columns, starts = _columns(table, [b for b in header if b is header[-1] or not _is_field(b)], scene.profile.columns)
    section = Section(table, columns, headers=tuple(b.index for b in header))
    _sort_by_content(section, body, starts)
    unit = unit_of(table.unit) if table.unit else None
    for column in columns:
        if column.sort is Sort.LABEL and column.unit is not None and column.unit.dimension is Dimension.MONEY:
            unit = column.unit
    panels = _panels(section)
    for panel in panels:
        part = Section(table, panel, unit=unit, headers=section.headers)
        _fill(scene, part, body, starts, alone=len(panels) == 1)
        if part.rows:
            yield part


def _columns(table: Table, header: Sequence[Block], own: Mapping[str, Sequence[str]]) -> tuple[list[Column], dict[int, int]]:
    """The columns with their names, and for each grid column the column whose header cell covers it."""
    stacks: dict[int, list[str]] = {}
    starts: dict[int, int] = {}
    wide = max((c.column + c.colspan for b in header for c in b.cells), default=table.columns)
    named = [{c.column for c in b.cells if c.text.strip()} for b in header]
    for n, block in enumerate(header):
        whole = len(named[n]) == 1 and len(header) > 1
        flat = all(c.colspan == 1 for c in block.cells)  # a text has no merged cells: a name reaches over the blanks beside it
        name = ""
        for cell in block.cells:
            below = any(cell.column in more for more in named[n + 1 :])
            name = squeeze(cell.text) or (name if flat and below else "")
            if not name or (whole and cell.colspan >= wide - 1):
                continue
            for at in range(cell.column, cell.column + cell.colspan):
                stacks.setdefault(at, []).append(name)
                starts[at] = cell.column
    columns = []
    for at in range(max(table.columns, wide)):
        if starts.get(at, at) != at:
            continue
        names = stacks.get(at, [])
        leaf, group = (names[-1], "".join(names[:-1])) if names else ("", "")
        sort = (
            sort_of(leaf, own)
            or (sort_of(group, own) if group else None)
            or (Sort.AMOUNT if _YEAR.match(leaf) else Sort.UNKNOWN)
        )
        unit = header_unit(leaf) or header_unit(group)
        columns.append(Column(at, leaf, group, sort, unit))
    first = next((c.index for c in columns if c.sort is Sort.LEVEL), 0)
    for column in columns:
        if column.index < first and column.sort in NUMERIC_SORTS:  # 绩效目标（80分）, a name beside all rows
            column.sort = Sort.LABEL
    return columns, starts


def _sort_by_content(section: Section, body: Sequence[Block], starts: dict[int, int]) -> None:
    """What the cells say decides where the header does not."""
    numbers: dict[int, int] = {}
    words: dict[int, int] = {}
    percents: dict[int, int] = {}
    opened: dict[int, bool] = {}  # whether a column begins with a figure: the words below it belong to another part of a form
    for block in body:
        for cell in block.cells:
            text = squeeze(cell.text)
            if not text or _NONE.fullmatch(text):
                continue
            at = starts.get(cell.column, cell.column)
            kind = numbers if _NUMBER.fullmatch(text) else words
            kind[at] = kind.get(at, 0) + 1
            opened.setdefault(at, kind is numbers)
            percents[at] = percents.get(at, 0) + text.endswith("%")
    for column in section.columns:
        n, w = numbers.get(column.index, 0), words.get(column.index, 0)
        if column.sort is Sort.UNKNOWN and n > 2 * w and column.index:
            column.sort = Sort.AMOUNT
        elif column.sort is Sort.UNKNOWN or (column.sort in ADDITIVE_SORTS and w > n and not opened[column.index]):
            column.sort = Sort.LABEL
        elif column.sort in ADDITIVE_SORTS and percents.get(column.index, 0) * 2 > n:
            column.sort = Sort.RATE


def _panels(section: Section) -> list[list[Column]]:
    """Label, figures, label, figures with the same names: two tables side by side."""
    panels: list[list[Column]] = []
    figures = False
    for column in section.columns:
        if not panels or (column.sort in (Sort.LABEL, Sort.CODE) and figures):
            panels.append([])
            figures = False
        figures = figures or column.sort in ADDITIVE_SORTS
        panels[-1].append(column)
    names = [[c.name for c in p if c.sort is not Sort.SERIAL] for p in panels]
    alike = len(panels) > 1 and all(n == names[0] for n in names) and len(names[0]) > 1
    labels = [squeeze(p[0].name) for p in panels]
    same_label = len(panels) == 2 and labels[0] == labels[1] and bool(labels[0])
    return panels if alike or same_label else [section.columns]


# ---- rows -----------------------------------------------------------------------------------------------------------------------


def _fill(scene: Scene, section: Section, body: Sequence[Block], starts: dict[int, int], *, alone: bool) -> None:
    inside = {c.index: c for c in section.columns}
    carried: dict[int, tuple[str, int]] = {}  # merged cells: text and the last grid row that they reach
    for block in body:
        line = Line(block.index, "", Kind.NORMAL, "", {}, {}, {}, set())
        found: dict[int, list[Quantity]] = {}
        for q in scene.facts.blocks[block.index].quantities:
            if q.cell is not None:
                found.setdefault(q.cell, []).append(q)
        text = scene.facts.blocks[block.index].normal
        for ordinal, cell in enumerate(block.cells):
            at = starts.get(cell.column, cell.column)
            at = cell.column if at in line.spans else at
            if at not in inside and not (alone and at == cell.column):
                continue
            words = squeeze(text[cell.start : cell.end])
            line.texts[at] = words
            line.spans[at] = Span(block.index, cell.start, cell.end)
            if cell.rowspan > 1:
                carried[at] = (words, cell.row + cell.rowspan - 1)
            _value(line, inside.get(at), cell, found.get(ordinal, []), text)
        row = block.cells[0].row if block.cells else 0
        for at, (words, last) in carried.items():
            if at not in line.texts and row <= last:
                line.texts[at] = words
        _name(line, section)
        if any(line.texts.values()) and not _counts_columns(line):
            section.rows.append(line)
    _carry(section)
    _units(section)
    if not any(r.kind == Kind.TOTAL for r in section.rows):
        subtotals = [r for r in section.rows if r.kind == Kind.SUBTOTAL]
        if len(subtotals) == 1 and subtotals[0] in (section.rows[0], section.rows[-1]):
            subtotals[0].kind = Kind.TOTAL


def _counts_columns(line: Line) -> bool:
    """栏次: a row that numbers the columns, with its name or without."""
    numbers = [t for _, t in sorted(line.texts.items()) if t]
    bare = len(numbers) >= 3 and all(t.isdigit() and int(t) == int(numbers[0]) + n for n, t in enumerate(numbers))
    return _NUMBERS_ROW.fullmatch(line.label) is not None or (bare and int(numbers[0]) == 1)


def _carry(section: Section) -> None:
    """A text has no merged cells: a level of indicators left blank is the one above it, where a lower level is named."""
    levels = section.of(Sort.LEVEL)
    above: dict[int, str] = {}
    for line in section.rows:
        if line.kind != Kind.NORMAL:
            above.clear()
            continue
        for n, column in enumerate(levels):
            text = line.texts.get(column.index, "")
            if text:
                above = {c.index: above.get(c.index, "") for c in levels[:n]} | {column.index: text}
            elif above.get(column.index) and any(line.texts.get(c.index) for c in levels[n + 1 :]):
                line.texts[column.index] = above[column.index]
                line.spans.pop(column.index, None)


def _value(line: Line, column: Column | None, cell: Cell, found: Sequence[Quantity], text: str) -> None:
    words = text[cell.start : cell.end]
    if column is None or column.sort not in NUMERIC_SORTS:
        return
    if len(found) == 1 and (found[0].raw == words or squeeze(found[0].raw) == squeeze(words)):
        q = found[0]
        if cell.stored or cell.formula:
            q = replace(q, stored=Decimal(cell.stored) * q.figure.unit.factor if cell.stored else None, formula=cell.formula)
        line.values[column.index] = q
    elif _DIGIT.search(words):
        line.damaged.add(column.index)


def _name(line: Line, section: Section) -> None:
    """Label, code and kind of a row."""
    leading: list[str] = []
    for column in section.columns:
        text = line.texts.get(column.index, "")
        if column.sort is Sort.CODE and text:
            line.code += text
        if (column.sort in (Sort.LABEL, Sort.LEVEL) and text and column.index in line.spans) or (
            column.sort in (Sort.SERIAL, Sort.CODE) and text and not _DIGIT.search(text)
        ):
            leading.append(text)
    line.label = next((t for t in leading if _SUBTOTAL.fullmatch(t) or _TOTAL.fullmatch(t)), leading[0] if leading else "")
    if line.code and not _CODE.fullmatch(line.code):
        line.code = ""
    if not line.code and (head := _CODE_HEAD.match(line.label)):
        line.code = head[1]
    if _TOTAL.fullmatch(line.label):
        line.kind = Kind.TOTAL
    elif _SUBTOTAL.fullmatch(line.label):
        line.kind = Kind.SUBTOTAL
    elif _OF_WHICH.match(line.label):
        line.kind = Kind.OF_WHICH


def _units(section: Section) -> None:
    """Figures without a unit take that of their row, their column or the table."""
    measure = section.first(Sort.MEASURE_UNIT)
    units: dict[int, Unit | None] = {}
    for column in section.columns:
        if column.sort in (Sort.RATE, Sort.SHARE, Sort.CHANGE_RATE):
            units[column.index] = PERCENT
        elif column.sort in (Sort.WEIGHT, Sort.SCORE):
            units[column.index] = SCORE
        else:
            units[column.index] = column.unit or (section.unit if money_like(column.name, column.sort) else None)
    sorts = {c.index: c.sort for c in section.columns}
    for line in section.rows:
        own = unit_of(line.texts.get(measure.index, "")) if measure and line.texts.get(measure.index) else None
        for at, q in line.values.items():
            unit = (own if sorts[at] in (Sort.TARGET, Sort.ACTUAL) else None) or units[at]
            if unit is not None and q.dimension is Dimension.BARE:
                held = None if q.stored is None else q.stored / q.figure.unit.factor * unit.factor
                line.values[at] = q.in_unit(unit, held)
