"""The tables of the final accounts (部门决算公开表) as one ledger: every named amount under its scope and concept.

The layout is the finance ministry's (公开01表 to 公开09表); which table is which is told by its title, never by its number.
In these forms a cell without an amount is printed blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from gouji.claims.scene import Scene
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.claims.tables.words import squeeze
from gouji.model import patterns as re
from gouji.model.choice import Choice
from gouji.model.document import BlockKind
from gouji.model.fact import Quantity
from gouji.model.record import record


class Form(Choice):
    """The nine tables."""

    GRAND = "收入支出决算总表"
    INCOME = "收入决算表"
    SPENT = "支出决算表"
    FISCAL = "财政拨款收入支出决算总表"
    GENERAL = "一般公共预算财政拨款支出决算表"
    BASIC = "一般公共预算财政拨款基本支出决算表"
    FUND = "政府性基金预算财政拨款收入支出决算表"
    CAPITAL = "国有资本经营预算财政拨款支出决算表"
    TRIPS = "财政拨款“三公”经费支出决算表"


_TITLES: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (Form.TRIPS, r"三公[”\"]?经费[^，。；]{0,14}表"),
        (Form.CAPITAL, r"国有资本经营[^，。；]{0,20}决算表"),
        (Form.FUND, r"政府性基金[^，。；]{0,20}决算表"),
        (Form.BASIC, r"基本支出决算(?:明细)?表"),
        (Form.GENERAL, r"一般公共预算财政拨款支出决算(?:明细)?表"),
        (Form.FISCAL, r"(?<!预算)财政拨款(?:收入支出|收支)决算总?表"),
        (Form.GRAND, r"(?<![款算])(?:收入支出|收支)决算总?表"),
        (Form.INCOME, r"(?<![款算])收入决算(?:总|明细)?表"),
        (Form.SPENT, r"(?<![入款算目本费营])支出决算(?:总|明细)?表"),
    )
)
_OTHER_FIGURES = re.compile(r"预算数|上年|增减|变动|差额")
_ABOVE = 6  # blocks between a table and its title: 公开01表, 部门：…, 单位：万元
_NUMBER = re.compile(r"^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|^其中：|^\d{1,2}[.、]")
_PART = re.compile(r"其中|[一二三四五六七八九十]+、|（|\d")  # a line under another one
_ROWS = (
    (re.compile(r"本年收入合计|收入合计"), "income"),
    (re.compile(r"本年支出合计|支出合计"), "spent"),
    (re.compile(r"(?:收入|支出)?总计"), "grand"),
    (re.compile(r"(?:年初|上年)(?:财政拨款)?结转(?:和|与)?结余"), "opening"),
    (re.compile(r"(?:年末|结转下年)(?:财政拨款)?(?:结转(?:和|与)?结余)?"), "closing"),
    (re.compile(r"使用非财政拨款结余.*|用事业基金弥补收支差额"), "used"),
    (re.compile(r"结余分配"), "shared_out"),
)
_FUNDS = (("general", "一般公共预算"), ("fund", "政府性基金"), ("capital", "国有资本经营"))
_TRIPS = (
    ("run", re.compile(r"公务用车运行(?:维护)?费")),
    ("buy", re.compile(r"公务用车购置费")),
    ("cars", re.compile(r"公务用车购置(?:及|和|与)运行(?:维护)?费")),
    ("abroad", re.compile(r"因公出国")),
    ("guests", re.compile(r"公务接待")),
    ("trips", re.compile(r"三公")),
)


@record(frozen=True, slots=True)
class Key:
    """What an amount is: its scope (all, fiscal, general, fund, capital; trips_budget, trips_actual) and its concept or name."""

    scope: str
    concept: str


@record(frozen=True, slots=True)
class Entry:
    """An amount in a table."""

    key: Key
    form: Form
    q: Quantity
    section: int  # ordinal of its section: the two halves of a table are two
    name: str  # of its row, for people


@record(slots=True)
class Ledger:
    """All entries by key, the code tree's names, and the sections of each table."""

    entries: dict[Key, list[Entry]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # function code -> name
    forms: dict[Form, list[tuple[int, Section]]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)  # sections with amounts between 合计 and 总计 that no concept names

    def get(self, scope: str, concept: str) -> list[Entry]:
        return self.entries.get(Key(scope, concept), [])

    def add(self, scope: str, concept: str, form: Form, q: Quantity, section: int, name: str) -> None:
        key = Key(scope, concept)
        self.entries.setdefault(key, []).append(Entry(key, form, q, section, name))


def ledger_of(scene: Scene, sections: Sequence[Section]) -> Ledger | None:
    """The ledger of a document that holds final accounts: at least three of the nine tables; else None."""
    ledger = Ledger()
    titles: dict[int, Form | None] = {}
    for number, section in enumerate(sections):
        at = section.table.index
        if at not in titles:
            titles[at] = _title(scene, section)
        form = titles[at]
        if form is not None:
            ledger.forms.setdefault(form, []).append((number, section))
    several = any(len({section.table.index for _, section in found}) > 1 for found in ledger.forms.values())
    if len(ledger.forms) < 3 or several:  # the accounts of two units in one file: which sentence speaks of which is not known
        return None
    for form, found in ledger.forms.items():
        for number, section in found:
            _READERS[form](ledger, form, number, section)
    return ledger


def _title(scene: Scene, section: Section) -> Form | None:
    """The table's kind by the nearest title above it."""
    first = section.table.rows[0]
    for index in range(first - 1, max(first - 1 - _ABOVE, -1), -1):
        block = scene.document.blocks[index]
        if block.kind is BlockKind.ROW:
            return None
        text = squeeze(block.text)
        if len(text) > 60:
            return None
        for form, pattern in _TITLES:
            if pattern.search(text):
                return form
    return None


def bare(label: str) -> str:
    """A row's name without its number: 二、政府性基金预算财政拨款收入."""
    return _NUMBER.sub("", label)


def amount_column(section: Section) -> Column | None:
    """The one column of amounts; of several that of the final figures."""
    columns = final_columns(section)
    return columns[-1] if columns else None


def final_columns(section: Section) -> list[Column]:
    """The columns of amounts; where some say 决算, these alone: 年初预算数 and 全年预算数 stand beside them."""
    columns = [c for c in section.columns if c.additive and not _OTHER_FIGURES.search(c.group + c.name)]
    return [c for c in columns if "决算" in c.name + c.group] or columns


def _concept(label: str) -> str | None:
    return next((concept for pattern, concept in _ROWS if pattern.fullmatch(label)), None)


def _grand(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    """公开01表: one half, income or expenditure."""
    column = amount_column(section)
    labels = {_concept(bare(r.label)) for r in section.rows}
    if column is None:
        return
    opened = False
    for row in section.rows:
        q = row.values.get(column.index)
        if q is None:
            continue
        name = bare(row.label)
        concept = _concept(name)
        if concept is not None:
            ledger.add("all", concept, form, q, number, name)
            opened = opened or concept in ("income", "spent")
        elif opened:
            if q.base and not _PART.match(row.label):
                ledger.open.add(number)
        elif "income" in labels:
            scope = next((s for s, w in _FUNDS if name.startswith(w)), None)
            ledger.add(scope or "all", "income" if scope else name, form, q, number, name)
        elif "spent" in labels:
            ledger.add("all", "line:" + name, form, q, number, name)


def _income(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    for row, column, q in _cells(section):
        if row.kind != Kind.TOTAL:
            continue
        if "合计" in column.name:
            ledger.add("all", "income", form, q, number, "合计·" + column.name)
        elif "财政拨款收入" in column.name:
            ledger.add("fiscal", "income", form, q, number, "合计·" + column.name)
        else:
            ledger.add("all", column.name, form, q, number, "合计·" + column.name)


def _spent(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    """公开03表 and 05表: the code tree with basic and project spending."""
    scope = "all" if form is Form.SPENT else "general"
    for row, column, q in _cells(section):
        kind = "basic" if "基本支出" in column.name else "project" if "项目支出" in column.name else ""
        whole = re.search(r"合计|小计", column.name) is not None
        if row.kind == Kind.TOTAL:
            concept = kind or ("spent" if whole else column.name)
            ledger.add(scope, concept, form, q, number, "合计·" + column.name)
        elif row.code and (kind or whole):
            name = _row_name(section, row)
            ledger.codes.setdefault(row.code, name)
            ledger.add(scope, f"{kind or 'code'}:{row.code}", form, q, number, name)
            if whole and len(row.code) == 3:
                ledger.add(scope, "line:" + name, form, q, number, name)


def _fiscal(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    """公开04表: one half."""
    labels = {_concept(bare(r.label)) for r in section.rows}
    opened = False
    for row in section.rows:
        name = bare(row.label)
        concept = _concept(name)
        opened = opened or concept == "opening"
        values = [(c, row.values[c.index]) for c in final_columns(section) if c.index in row.values]
        for column, q in values:
            scope = next((s for s, w in _FUNDS if w in column.name), "fiscal")
            if concept is not None:
                ledger.add(scope, concept, form, q, number, name)
            elif "income" in labels and (own := next((s for s, w in _FUNDS if name.startswith(w)), None)):
                ledger.add(own, "opening" if opened else "income", form, q, number, name)
            elif "spent" in labels:
                ledger.add(scope, "line:" + name, form, q, number, name)


def _basic(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    column = amount_column(section)
    for row in section.rows if column is not None else ():
        q = row.values.get(column.index) if column is not None else None
        found = re.match(r"(人员|(?:日常)?公用)经费合计", row.label)
        if q is not None and found:
            ledger.add("general", "people" if found[1] == "人员" else "office", form, q, number, row.label)


def _fund(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    for row, column, q in _cells(section):
        concept = fund_concept(column)
        if row.kind == Kind.TOTAL and concept:
            ledger.add("fund", concept, form, q, number, "合计·" + (column.group + column.name))


def fund_concept(column: Column) -> str:
    """What a column of 公开07表 holds."""
    name = column.group + column.name
    if re.search(r"年初", name):
        return "opening"
    if re.search(r"年末", name):
        return "closing"
    if "收入" in name:
        return "income"
    if "基本" in name or "项目" in name:
        return "basic" if "基本" in name else "project"
    return "spent" if "支出" in name else ""


def _trips(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    """公开09表: a row of amounts under two headers, or the items down the side."""
    for row, column, q in _cells(section, final=False):
        path = column.group + column.name + row.label
        if re.search(r"上年|增减|20\d\d", path):
            continue
        stage = "budget" if "预算" in path and "决算" not in path else "actual"
        item = _trip(row.label) or _trip(column.name, column.group)
        if item is not None:
            ledger.add("trips_" + stage, item, form, q, number, column.name if not row.label else row.label)


def _trip(name: str, group: str = "") -> str | None:
    """Which of the items a name means; 小计 under 公务用车 is the cars'."""
    if re.fullmatch(r"小计|合计", name):
        return "cars" if "车" in group else "trips"
    return next((item for item, pattern in _TRIPS if pattern.search(name)), None)


def _nothing(ledger: Ledger, form: Form, number: int, section: Section) -> None:
    """公开08表 is read by the checks of any table."""


_READERS = {
    Form.GRAND: _grand, Form.INCOME: _income, Form.SPENT: _spent, Form.FISCAL: _fiscal, Form.GENERAL: _spent,
    Form.BASIC: _basic, Form.FUND: _fund, Form.CAPITAL: _nothing, Form.TRIPS: _trips,
}  # fmt: skip


def _cells(section: Section, *, final: bool = True) -> Iterator[tuple[Line, Column, Quantity]]:
    columns = final_columns(section) if final else [c for c in section.columns if c.additive]
    for row in section.rows:
        for column in columns:
            q = row.values.get(column.index)
            if q is not None:
                yield row, column, q


def _row_name(section: Section, row: Line) -> str:
    """科目名称: the words of a coded row."""
    words = [row.texts.get(c.index, "") for c in section.of(Sort.LABEL, Sort.CODE, Sort.SERIAL)]
    return next((w for w in words if w and not w.isdigit()), re.sub(r"^\d+", "", row.label))
