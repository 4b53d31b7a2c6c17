"""Totals down the columns of a table: 合计 and 小计 rows, groups, 其中 rows, code trees.

A total row can be read in several ways (all rows, subtotals only, rows above or below). The reading that ties in most columns is
the table's; a column in which no reading ties is wrong only if the reading is proved by another column or is the only one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import Decimal

from gouji.claims.arithmetic import Outcome
from gouji.claims.build import LIKELY, SURE, undecidable
from gouji.claims.tables.build import better, hedged, rank, sum_of, table_claim
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension
from gouji.model.record import record

_TOP = re.compile(r"[一二三四五六七八九十]+、")
_MIDDLE = re.compile(r"（[一二三四五六七八九十]+）")
_ARABIC = re.compile(r"\d{1,2}[.、]")
_FUNDS = re.compile(r"资金总额|资金合计|^总额$|^年度资金")
DEEP = 12  # rows that one row may hold
FAR = 200  # rows that a total is searched for over other totals
MAX_GAP = Decimal("0.2")  # of the stated total: more than this is another scope, not a slip


@record(slots=True)
class Reading:
    """Which rows a total covers, and how well that ties."""

    rows: list[Line]
    outcomes: dict[int, Outcome] = field(default_factory=dict)  # by column
    ties: int = 0  # columns that tie, in which at least two parts are not zero


def find(section: Section) -> Iterator[Claim]:
    """Every total down the columns of a section."""
    columns = [c for c in section.columns if c.additive]
    if not columns:
        return
    coded = sum(1 for r in section.rows if r.code) * 2 > len(section.rows)
    if coded:
        yield from _tree(section, columns)
    for at, row in enumerate(section.rows):
        sums = row.kind in (Kind.TOTAL, Kind.SUBTOTAL) or (row.kind == Kind.NORMAL and _opens(section.rows, at))
        if sums and not _FUNDS.search(row.label):
            yield from _judge(row, readings(section.rows, at, coded=coded), columns)


# ---- readings -------------------------------------------------------------------------------------------------------------------


def readings(rows: Sequence[Line], at: int, *, coded: bool = False) -> list[Reading]:
    """The ways to read which rows the total at `at` covers, the plainest first."""
    row = rows[at]
    lists: list[list[Line]] = []
    if row.kind == Kind.TOTAL:
        start = max((i + 1 for i in range(at) if rows[i].kind == Kind.TOTAL), default=0)
        stop = next((i for i in range(at + 1, len(rows)) if rows[i].kind == Kind.TOTAL), len(rows))
        for pool, last in ((list(rows[start:at]), True), (list(rows[at + 1 : stop]), False)):
            lists += _of_pool(pool, last, coded)
        if start and at <= FAR:
            lists += _of_pool(list(rows[:at]), True, coded)
    elif row.kind == Kind.SUBTOTAL:
        bounds = (Kind.TOTAL, Kind.SUBTOTAL)
        start = max((i + 1 for i in range(at) if rows[i].kind in bounds), default=0)
        stop = next((i for i in range(at + 1, len(rows)) if rows[i].kind in bounds), len(rows))
        for pool in (list(rows[start:at]), list(rows[at + 1 : stop])):
            lists += [[r for r in pool if r.kind == Kind.NORMAL], pool, without_of_which(pool)]
        if at <= FAR:
            lists += _of_pool(list(rows[:at]), True, coded)
    elif _has_of_which(rows, at):
        lists += [list(rows[at + 1 : k]) for k in range(_end_of_which(rows, at), at + 1, -1)]
    else:
        stop = next((i for i in range(at + 1, len(rows)) if _TOP.match(rows[i].label) or rows[i].kind == Kind.TOTAL), len(rows))
        lists.append([r for r in rows[at + 1 : stop] if _MIDDLE.match(r.label)])
    found: list[Reading] = []
    for parts in lists:
        if len(parts) >= 2 and not any(parts == f.rows for f in found):
            found.append(Reading(parts))
    return found


def _of_pool(pool: list[Line], above: bool, coded: bool) -> list[list[Line]]:
    plain = [r for r in pool if r.kind == Kind.NORMAL]
    clean = [r for r in without_of_which(pool) if r.kind == Kind.NORMAL]
    subtotals = [r for r in pool if r.kind == Kind.SUBTOTAL]
    lists = [] if coded else [clean, plain, [r for r in pool if r.kind != Kind.SUBTOTAL]]
    if subtotals:
        marks = [i for i, r in enumerate(pool) if r.kind == Kind.SUBTOTAL]
        loose = pool[marks[-1] + 1 :] if above else pool[: marks[0]]
        lists += [subtotals, subtotals + loose, pool[: marks[0]] + subtotals, [*subtotals, *pool[marks[-1] + 1 :]]]
    codes = [r for r in pool if r.code]
    if codes:
        short = min(len(r.code) for r in codes)
        lists.append([r for r in codes if len(r.code) == short])
    for pattern in (_TOP, _MIDDLE, _ARABIC):
        lists.append([r for r in pool if pattern.match(r.label)])
    return lists


def without_of_which(pool: Sequence[Line]) -> list[Line]:
    """The rows that are not under a 其中: a 其中 row hides itself and what follows it up to the next subtotal or numbered row."""
    kept: list[Line] = []
    hiding = False
    numbered = sum(1 for r in pool if _TOP.match(r.label)) >= 2
    for row in pool:
        if row.kind == Kind.OF_WHICH:
            hiding = True
        elif row.kind != Kind.NORMAL or not numbered or _TOP.match(row.label):
            hiding = False
        if not hiding:
            kept.append(row)
    return kept


def _opens(rows: Sequence[Line], at: int) -> bool:
    """Whether a row is the sum of rows below it: 其中 follows, or （一） follows 一、."""
    below = at + 1 < len(rows) and _MIDDLE.match(rows[at + 1].label) is not None
    return _has_of_which(rows, at) or (below and _TOP.match(rows[at].label) is not None)


def _has_of_which(rows: Sequence[Line], at: int) -> bool:
    return at + 1 < len(rows) and rows[at + 1].kind == Kind.OF_WHICH


def _end_of_which(rows: Sequence[Line], at: int) -> int:
    """Where the rows after 其中 end at the latest: at a total, a subtotal, another 其中."""
    stop = at + 2
    while stop < len(rows) and rows[stop].kind == Kind.NORMAL and stop - at <= 12 and not _has_of_which(rows, stop):
        stop += 1
    return stop


# ---- judging --------------------------------------------------------------------------------------------------------------------


def weigh(reading: Reading, row: Line, columns: Sequence[Column]) -> None:
    """Compare the total with the reading's rows in every column."""
    for column in columns:
        stated = row.values.get(column.index)
        parts = parts_of(reading.rows, column)
        if stated is None or len(parts) < 1 or hedged(stated, *parts):
            continue
        outcome = sum_of(stated, parts)
        reading.outcomes[column.index] = outcome
        if rank(outcome) == 0 and sum(1 for p in parts if p.base) >= 2:
            reading.ties += 1


def parts_of(rows: Sequence[Line], column: Column) -> list[Quantity]:
    return [r.values[column.index] for r in rows if column.index in r.values]


def _judge(row: Line, options: list[Reading], columns: Sequence[Column]) -> Iterator[Claim]:
    if not options:
        return
    for reading in options:
        weigh(reading, row, columns)
    options = [*options, *_unnested(row, max(options, key=lambda r: len(r.rows)), columns)]
    main = max(options, key=lambda r: (r.ties, any(p.kind == Kind.SUBTOTAL for p in r.rows)))  # the first of equals
    longest = max(options, key=lambda r: len(r.rows))
    wrong = 0
    found: list[Claim] = []
    for column in columns:
        best: Reading | None = None
        for reading in [main, *options]:
            outcome = reading.outcomes.get(column.index)
            if outcome is not None and outcome.holds and better(best.outcomes[column.index] if best else None, outcome):
                best = reading
        if best is not None:
            found.append(_claim(row, best, column, SURE))
        elif (nested := _nested(row, [main, options[0], longest], column)) is not None:
            found.append(_claim(row, nested, column, SURE))
        elif column.index in main.outcomes:
            wrong += 1
            claim = _accuse(row, main, options, column)
            if claim is not None:
                found.append(claim)
    if main.ties == 0 and wrong > 1:  # nothing ties anywhere: the rows are not what they seem
        explained = sum(1 for c in found if c.verdict.value == "disagrees" and c.cause is not None)
        found = [c for c in found if c.verdict.value != "disagrees" or (c.cause is not None and explained == wrong)]
    yield from found


def _unnested(row: Line, longest: Reading, columns: Sequence[Column]) -> list[Reading]:
    """Readings without the rows that other rows hold, where two columns at least show the same ones: 其中 in a list without numbers."""
    seen: dict[tuple[int, ...], list[Reading]] = {}
    for column in columns:
        found = _nested(row, [longest], column) if column.index in row.values else None
        if found is not None:
            seen.setdefault(tuple(r.block for r in found.rows), []).append(found)
    proved = [same[0] for same in seen.values() if len(same) >= 2]
    for reading in proved:
        reading.ties = 0
        weigh(reading, row, columns)
    return proved


def _nested(row: Line, options: Sequence[Reading], column: Column) -> Reading | None:
    """A reading without the rows that the row above them already holds, if that ties: their indent is lost in the cells."""
    for option in options:
        rows = [r for r in option.rows if column.index in r.values]
        kept: list[Line] = []
        at = 0
        while at < len(rows):
            value = rows[at].values[column.index].base
            kept.append(rows[at])
            held, reach, below = 0, value, at + 1
            while value and below < len(rows) and below - at <= DEEP and reach > 0:
                reach -= rows[below].values[column.index].base
                held = below - at if reach == 0 else held
                below += 1
            at += 1 + held
        if 2 <= len(kept) < len(rows):
            reading = Reading(kept)
            weigh(reading, row, [column])
            outcome = reading.outcomes.get(column.index)
            if outcome is not None and rank(outcome) == 0:
                return reading
    return None


def _claim(row: Line, reading: Reading, column: Column, confidence: float) -> Claim:
    parts = [("part", q) for q in parts_of(reading.rows, column)]
    outcome = reading.outcomes[column.index]
    return table_claim(ClaimKind.TOTAL, row.values[column.index], parts, outcome, shape="column", confidence=confidence)


def _accuse(row: Line, main: Reading, options: Sequence[Reading], column: Column) -> Claim | None:
    """A total that no reading explains: wrong if the reading is proved elsewhere in the row or is the only one."""
    if column.sort is Sort.CHANGE:
        return None  # sizes without their signs do not add up; each row's difference is checked for itself
    outcome = main.outcomes[column.index]
    stated = row.values[column.index]
    parts = parts_of(main.rows, column)
    if any(column.index in r.damaged for r in main.rows):
        return undecidable(
            _claim(row, main, column, SURE), "有单元格不能识别", "a cell of the column could not be read", missing=True
        )
    gap = abs(stated.base - outcome.right)
    near = gap <= MAX_GAP * abs(outcome.right)
    inside = len(parts) >= 3 and min(p.base for p in parts) <= stated.base <= max(p.base for p in parts)
    if row.kind == Kind.NORMAL and main.ties == 0:
        return None  # 其中 need not be complete
    if inside and outcome.cause is None and not near:
        return None  # an average, a maximum, a share of the rows
    blanks = any(r.blank(column.index) and not r.none(column.index) for r in main.rows)
    only = len(options) == 1 or all(set(map(id, o.rows)) == set(map(id, main.rows)) for o in options)
    if not main.ties and not (only and (near or outcome.cause is not None)):
        return None
    if blanks and outcome.cause is None:
        return undecidable(_claim(row, main, column, SURE), "有单元格空白", "a cell of the column is blank", missing=True)
    counted = stated.dimension in (Dimension.COUNT, Dimension.BARE) and outcome.right > stated.base  # one thing in two rows
    if not main.ties and any(abs(gap - abs(p.base)) < stated.figure.ulp / 2 for p in parts):
        return _claim(row, main, column, LIKELY)  # a row left out or a row that holds another: the layout may say so
    sure = (near or outcome.cause is not None) and not blanks and not (counted and outcome.cause is None)
    return _claim(row, main, column, SURE if sure else LIKELY)


# ---- code trees -----------------------------------------------------------------------------------------------------------------


def _tree(section: Section, columns: Sequence[Column]) -> Iterator[Claim]:
    """Each code is the sum of the codes one level below it (政府收支分类科目: 类 3, 款 5, 项 7 digits)."""
    parents: list[tuple[Line, Reading]] = []
    stack: list[tuple[Line, list[Line]]] = []
    children: dict[int, tuple[Line, list[Line]]] = {}
    for row in section.rows:
        if not row.code:
            continue
        while stack and not (row.code.startswith(stack[-1][0].code) and len(row.code) > len(stack[-1][0].code)):
            stack.pop()
        if stack:
            parent, below = stack[-1]
            below.append(row)
            children[id(parent)] = (parent, below)
        stack.append((row, []))
    for parent, below in children.values():
        if len({len(r.code) for r in below}) == 1:
            reading = Reading(below)
            weigh(reading, parent, columns)
            parents.append((parent, reading))
    outcomes = [o for _, r in parents for o in r.outcomes.values()]
    tied = sum(1 for o in outcomes if o.holds)
    for parent, reading in parents:
        for column in columns:
            outcome = reading.outcomes.get(column.index)
            if outcome is None:
                continue
            if outcome.holds:
                yield _tree_claim(parent, reading, column, outcome, SURE)
            elif tied >= 2 and tied * 3 >= len(outcomes) * 2:
                short = outcome.right < parent.values[column.index].base and outcome.cause is None
                unsure = short or any(r.blank(column.index) for r in reading.rows) or len(reading.rows) < 2
                yield _tree_claim(parent, reading, column, outcome, LIKELY if unsure else SURE)


def _tree_claim(parent: Line, reading: Reading, column: Column, outcome: Outcome, confidence: float) -> Claim:
    parts = [("part", q) for q in parts_of(reading.rows, column)]
    return table_claim(ClaimKind.TOTAL, parent.values[column.index], parts, outcome, shape="code_tree", confidence=confidence)
