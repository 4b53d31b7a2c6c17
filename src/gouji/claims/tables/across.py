"""Totals across a row: a column 合计, 小计 or 资金总额 and the columns that make it up (三公经费, 基本支出 + 项目支出, 资金来源)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import Outcome
from gouji.claims.build import LIKELY, SURE
from gouji.claims.tables.build import better, hedged, rank, sum_of, table_claim
from gouji.claims.tables.grid import Column, Line, Section, Sort
from gouji.claims.vocabulary import partition_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension

_STAGE = re.compile(r"年初|预算数|执行数|决算数|支出数|调整|上年|本年|全年|实际|计划|[12]\d{3}年")
_COMPARES = re.compile(
    r"(?:增减|增长|升降|变动|下降)(?:[率幅%％（]|百分|$)|[率%％]$|比重|占比"
)  # a row of percentages, whatever its columns
_OF_WHICH = re.compile(r"其中")
_FUNDS = re.compile(r"拨款|补助|资金|自筹|配套|中央|省级|市级|县级|区级|地方|其他")
_MOST = 10  # columns that one total may cover: a wider table is no breakdown

_ALL_SCORES = re.compile(r"(?:自评|考核|综合|评价)?(?:总分|总得分|合计得分|得分合计)")  # 县区 | 空气 | 水 | 土壤 | 总分
_NO_SCORE = re.compile(r"排名|名次|排序|位次|人数|户数|次数|数量|金额")
_LEAST = 2  # columns that a total is made of

Choice = tuple[int, ...]  # column indexes


def find(section: Section) -> Iterator[Claim]:
    """Every total across the rows of a section."""
    columns = [c for c in section.columns if c.sort in (Sort.TOTAL, Sort.AMOUNT, Sort.SPENT, Sort.BUDGET) and c.additive]
    for at, column in enumerate(columns):
        if column.sort is Sort.TOTAL:
            choices = _choices(columns, at)
            if choices:
                yield from _judge(section, column, choices)
    scores = next((c for c in section.columns if _ALL_SCORES.fullmatch(c.name)), None)
    parts = [c for c in section.columns if c.sort in (Sort.AMOUNT, Sort.SCORE) and not _ALL_SCORES.search(c.name)]
    if scores is not None and len(parts) >= _LEAST and not section.of(Sort.WEIGHT):
        yield from _judge(section, scores, [tuple(c for c in parts if not _NO_SCORE.search(c.name))])


def _choices(columns: Sequence[Column], at: int) -> list[tuple[Column, ...]]:
    """The ways to read which columns a total column covers, the plainest first."""
    total = columns[at]
    found: list[tuple[Column, ...]] = []
    for side in (columns[at + 1 :], list(reversed(columns[:at]))):
        group = [c for c in side if c.group.startswith(total.group)]
        for run in (_until_total(side), _until_total(group), side, group):
            plain = [c for c in run if not _STAGE.search(c.name) or _STAGE.search(total.name)]
            for parts in (*_nested(plain), [c for c in plain if not _OF_WHICH.search(c.name)]):
                choice = tuple(sorted(parts, key=lambda c: c.index))
                if 2 <= len(choice) <= _MOST and choice not in found:
                    found.append(choice)
    return found


def _until_total(side: Sequence[Column]) -> list[Column]:
    stop = next((i for i, c in enumerate(side) if c.sort is Sort.TOTAL), len(side))
    return list(side[:stop])


def _nested(run: Sequence[Column]) -> list[list[Column]]:
    """The run without subtotals, and with each subtotal in the place of the columns after it."""
    leaves = [c for c in run if c.sort is not Sort.TOTAL]
    readings = [leaves, list(run)]
    inner = [i for i, c in enumerate(run) if c.sort is Sort.TOTAL]
    if inner:
        readings.append([run[i] for i in inner])
        first = inner[0]
        for width in range(2, min(6, len(run) - first)):
            readings.append([*run[: first + 1], *run[first + 1 + width :]])
    return readings


def _judge(section: Section, column: Column, choices: Sequence[tuple[Column, ...]]) -> Iterator[Claim]:
    ties: dict[Choice, int] = {}
    rows: list[tuple[Line, list[tuple[Choice, Outcome]]]] = []
    for row in section.rows:
        if _COMPARES.search(row.label):
            continue
        stated = row.values.get(column.index)
        if stated is None or hedged(stated):
            continue
        tried = []
        for choice in choices:
            parts = _parts(row, choice)
            if len(parts) < 2 or hedged(*parts) or any(p.dimension is not stated.dimension for p in parts):
                continue
            outcome = sum_of(stated, parts)
            key = tuple(c.index for c in choice)
            tried.append((key, outcome))
            if rank(outcome) == 0 and sum(1 for p in parts if p.base) >= 2:
                ties[key] = ties.get(key, 0) + 1
        rows.append((row, tried))
    by_key = {tuple(c.index for c in choice): choice for choice in choices}
    main = max(ties, key=lambda k: ties[k], default=None)
    fixed = _fixed(choices) if main is None else None
    bad = sum(1 for _, tried in rows if tried and not any(o.holds for _, o in tried))
    for row, tried in rows:
        best: tuple[Choice, Outcome] | None = None
        for key, outcome in sorted(tried, key=lambda t: t[0] != main):
            if outcome.holds and better(best[1] if best else None, outcome):
                best = (key, outcome)
        if best is not None:
            yield _claim(row, column, by_key[best[0]], best[1], SURE)
            continue
        wanted = main or (tuple(c.index for c in fixed) if fixed else None)
        wrong = dict(tried).get(wanted) if wanted is not None else None
        if wrong is None or wanted is None or any(_gap(row, c) for c in by_key[wanted]):
            continue
        proved = main is not None and ties[main] >= 2 and ties[main] >= 2 * bad
        known = (main is not None or fixed is not None) and _is_partition(by_key[wanted])
        if proved or (known and bad <= 2):
            sure = known or wrong.cause is not None or ties.get(wanted, 0) >= 3
            yield _claim(row, column, by_key[wanted], wrong, SURE if sure else LIKELY)


def _gap(row: Line, column: Column) -> bool:
    """Whether a cell could not be read, or is blank and does not say —."""
    return column.index in row.damaged or (row.blank(column.index) and not row.none(column.index))


def _fixed(choices: Sequence[tuple[Column, ...]]) -> tuple[Column, ...] | None:
    """The columns that accounting says make up the total, where no row can prove it."""
    return next((c for c in choices if _is_partition(c)), None)


def _is_partition(choice: Sequence[Column]) -> bool:
    names = [c.group + c.name for c in choice]
    return partition_of(names) is not None or (all(_FUNDS.search(n) for n in names) and any("其他" in n for n in names))


def _parts(row: Line, choice: Sequence[Column]) -> list[Quantity]:
    return [
        row.values[c.index] for c in choice if c.index in row.values and row.values[c.index].dimension is not Dimension.PERCENT
    ]


def _claim(row: Line, column: Column, choice: Sequence[Column], outcome: Outcome, confidence: float) -> Claim:
    parts = [("part", q) for q in _parts(row, choice)]
    return table_claim(ClaimKind.TOTAL, row.values[column.index], parts, outcome, shape="row", confidence=confidence)
