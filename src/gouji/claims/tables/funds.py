"""The funds in a form's head: 年度资金总额 and its sources, in rows of their own or named inside cells (基本支出：238.90).

财预〔2020〕10号: 年度资金总额 = 财政拨款 + 上年结转 + 其他资金.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Scene
from gouji.claims.tables.build import better, hedged, table_claim
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.facts.units import unit_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension

FUNDS = re.compile(r"资金总额|资金合计|^总额$|^年度资金|^项目资金$|预算总额|支出总额$|整体支出$")
_SOURCE = re.compile(
    r"拨款|一般公共预算|政府性基金|国有资本|结转|结余|其他|其它|单位资金|自有资金|自筹|专户|中央|省级|市级|县级|区级|地方|上级|本级|财政"
)
_USE = re.compile(r"^(?:其中：?)?(?P<use>基本|项目)支出(?:总额|合计)?：?$")
_CLOSING = re.compile(r"其他|其它|单位资金|自筹")
_LEVELS = ("中央", "省", "市", "县", "区", "地方")
_NAMED = re.compile(r"(?:其中：?)?(?:\d\.)?(?P<name>[\u4e00-\u9fff、（）]{2,20})：-?[\d,]*\d(?:\.\d+)?(?:万元|元)?")
_REACH = 12  # rows below the total


def find(scene: Scene, section: Section) -> Iterator[Claim]:
    """The total of the funds against its sources, in each column of amounts, and against the funds named inside cells."""
    found = fund_rows(section)
    if found is None:
        return
    at, below = found
    row = section.rows[at]
    for rows in (below, _uses(section, at, below)):
        for column in section.columns if rows else ():
            yield from _sources(row, rows, column)
    yield from _named(scene, section, row, section.rows[at + 1 : at + _REACH])


def fund_rows(section: Section) -> tuple[int, list[Line]] | None:
    """Where the row 年度资金总额 stands, and the rows of its sources below it."""
    for at, row in enumerate(section.rows):
        if FUNDS.search(fund_label(row)):
            below: list[Line] = []
            for other in section.rows[at + 1 : at + _REACH]:
                if not _SOURCE.search(fund_label(other)) or FUNDS.search(fund_label(other)) or other.kind == Kind.TOTAL:
                    break
                below.append(other)
            return at, below
    return None


def _uses(section: Section, at: int, sources: Sequence[Line]) -> list[Line]:
    """基本支出 and 项目支出, which make up the funds as well, behind the sources or without them; none where another use stands beside them."""
    start = at + 1 + len(sources)
    rows = section.rows[start : start + 2]
    used = {m["use"] for r in rows if (m := _USE.match(fund_label(r))) is not None}
    after = fund_label(section.rows[start + 2]) if len(section.rows) > start + 2 else ""
    return rows if len(used) == 2 and not re.search("支出|补助|经费", after) else []


def fund_label(row: Line) -> str:
    """The name of the funds that a row holds."""
    words = [t for c, t in sorted(row.texts.items()) if c in row.spans and c not in row.values and t]
    return next((t for t in words if FUNDS.search(t) or _SOURCE.search(t) or _USE.match(t)), row.label)


# ---- sources in rows ------------------------------------------------------------------------------------------------------------


def _sources(row: Line, below: Sequence[Line], column: Column) -> Iterator[Claim]:
    stated = row.values.get(column.index)
    if stated is None or not column.additive or hedged(stated) or stated.dimension is Dimension.PERCENT:
        return
    best: tuple[list[Quantity], Outcome] | None = None
    for rows in _lists(below):
        parts = [r.values[column.index] for r in rows if column.index in r.values]
        if not parts or hedged(*parts):
            continue
        outcome = compare_sum(stated.figure, [p.figure for p in parts])
        if outcome.holds and better(best[1] if best else None, outcome):
            best = (parts, outcome)
    if best is not None:
        yield table_claim(ClaimKind.TOTAL, stated, [("part", p) for p in best[0]], best[1], shape="funds")
        return
    parts = [r.values[column.index] for r in below if column.index in r.values]
    gaps = any(column.index in r.damaged or (r.blank(column.index) and not r.none(column.index)) for r in below)
    closed = any(_CLOSING.search(fund_label(r)) or _USE.match(fund_label(r)) for r in below)
    if not parts or hedged(*parts) or gaps:
        return
    outcome = compare_sum(stated.figure, [p.figure for p in parts])
    if len(parts) >= 2 or outcome.right > stated.base:
        sure = SURE if closed and len(parts) >= 2 and len(below) <= 5 else LIKELY
        yield table_claim(ClaimKind.TOTAL, stated, [("part", p) for p in parts], outcome, shape="funds", confidence=sure)


def _lists(below: Sequence[Line]) -> list[list[Line]]:
    """The ways to read which rows make up the funds: all, the first few, those that are no level of government."""
    lists = [list(below[:k]) for k in range(len(below), 0, -1)]
    first = [r for r in below if not r.label.startswith(_LEVELS)]
    return [*lists, first] if len(first) >= 2 and first not in lists else lists


# ---- funds named inside cells ---------------------------------------------------------------------------------------------------


def _named(scene: Scene, section: Section, row: Line, below: Sequence[Line]) -> Iterator[Claim]:
    """按收入性质分, 按支出性质分: each column of 基本支出：238.90, 项目支出：119.22 makes up one figure of the row 年度资金总额.

    Which of its figures is not said: the one that a column ties to is that of the others.
    """
    groups = [g for g in _groups(scene, section, below) if len(g) >= 2 and not hedged(*g)]
    wholes = [
        row.values[c.index]
        for c in reversed(section.columns)
        if c.sort in (Sort.SPENT, Sort.BUDGET, Sort.AMOUNT, Sort.TOTAL) and c.index in row.values
    ]
    wholes = [q for q in wholes if q.base and not hedged(q)]
    open_groups = []
    proved: Quantity | None = None
    for parts in groups:
        tied = [(q, compare_sum(q.figure, [p.figure for p in parts])) for q in wholes]
        hit = next(((q, o) for q, o in tied if o.holds), None)
        if hit is not None:
            proved = hit[0]
            yield table_claim(ClaimKind.TOTAL, hit[0], [("part", p) for p in parts], hit[1], shape="funds")
        else:
            open_groups.append((parts, tied))
    for parts, tied in open_groups:
        slips = [(q, o) for q, o in tied if (q is proved if proved is not None else o.cause is not None)]
        for q, outcome in slips[:1]:
            sure = SURE if proved is not None else LIKELY
            yield table_claim(ClaimKind.TOTAL, q, [("part", p) for p in parts], outcome, shape="funds", confidence=sure)


def _groups(scene: Scene, section: Section, below: Sequence[Line]) -> list[list[Quantity]]:
    groups: dict[int, list[Quantity]] = {}
    money = section.unit or unit_of("万元")
    for line in below:
        for column, span in line.spans.items():
            if not _NAMED.fullmatch(line.texts.get(column, "")):
                continue
            found = [q for q in scene.facts.blocks[line.block].quantities if span.start <= q.span.start < span.end]
            if not found:
                continue
            q = found[-1]
            if q.dimension is Dimension.BARE and money is not None:
                q = replace(q, figure=replace(q.figure, unit=money))
            groups.setdefault(column, []).append(q)
    return list(groups.values())
