"""Percentages in columns: 执行率 by its amounts, 增减 by two years, 占比 by the total of its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import Outcome, compare_percent, compare_ratio, compare_sum, figure_interval, sum_formula
from gouji.claims.build import LIKELY, SURE
from gouji.claims.tables.build import better, hedged, rank, table_claim
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.facts.units import PERCENT
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, ZERO, Dimension
from gouji.model.record import record

_SPENT = re.compile(r"执行|支出|决算|支付|实际|使用|完成|拨付|到位|兑付|已")
_BUDGET = re.compile(r"预算|计划|下达|安排|批复|到位|指标|应|合同|任务|年初|调整|总额|合计|目标|可用|全年")
_ARRIVED = re.compile(r"到位率|下达率|拨付率")
_PRIOR = re.compile(r"上年|去年|上期|同期|以前年度|年初|预算")
_CURRENT = re.compile(r"本年|今年|本期|当年|年末|决算|执行|全年")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_RATE_NOT = re.compile(r"满意|合格|达标|覆盖|参与|知晓|税率|利率|汇率")


@record(frozen=True, slots=True)
class _Try:
    """A stated figure, the two it may rest on, and the comparison."""

    first: Column
    second: Column
    outcome: Outcome

    @property
    def key(self) -> tuple[int, int]:
        return self.first.index, self.second.index


def find(section: Section) -> Iterator[Claim]:
    """Every rate, growth and share of a section."""
    for column in section.of(Sort.RATE):
        if not _RATE_NOT.search(column.name):
            yield from _pairs(section, column, _rate_pairs(section, column), ClaimKind.RATE)
    for column in section.of(Sort.CHANGE_RATE, Sort.CHANGE):
        yield from _pairs(section, column, _change_pairs(section, column), ClaimKind.CHANGE)
    for column in section.of(Sort.SHARE):
        yield from _shares(section, column)


# ---- rates and growth -----------------------------------------------------------------------------------------------------------


def _rate_pairs(section: Section, column: Column) -> list[tuple[Column, Column]]:
    """Numerator and denominator, the likeliest first: what was spent over the adjusted budget."""
    if "得分" in column.name:
        return [(a, b) for a in section.of(Sort.SCORE) for b in section.of(Sort.WEIGHT)]
    amounts = [
        c for c in section.columns if c.sort in (Sort.BUDGET, Sort.SPENT, Sort.AMOUNT, Sort.TOTAL, Sort.TARGET, Sort.ACTUAL)
    ]
    amounts = [c for c in amounts if c.group == column.group or not column.group or not c.group] or amounts
    if not any(c.sort in (Sort.SPENT, Sort.ACTUAL) or _SPENT.search(c.name) for c in amounts):
        return _grouped(amounts)
    above = [c for c in amounts if c.sort in (Sort.SPENT, Sort.ACTUAL) or _SPENT.search(c.name)]
    if _ARRIVED.search(column.name):
        above = [c for c in amounts if "到位" in c.name or "下达" in c.name or "拨付" in c.name] or above
    below = [c for c in amounts if c.sort in (Sort.BUDGET, Sort.TARGET) or _BUDGET.search(c.name) or c.sort is Sort.TOTAL]
    order = {c.index: ("全年" in c.name or "调整" in c.name) * -2 - ("预算" in c.name) for c in below}
    below.sort(key=lambda c: (order[c.index], -c.index))
    above.sort(key=lambda c: -c.index)
    return [(a, b) for a in above[:4] for b in below[:5] if a is not b]


def _grouped(amounts: Sequence[Column]) -> list[tuple[Column, Column]]:
    """预算数（小计、财政拨款、其他）and 执行数（小计、财政拨款、其他）: what was spent and what was planned under one name, the sum first."""
    spent = [c for c in amounts if _SPENT.search(c.group) and not _BUDGET.search(c.group)]
    planned = [c for c in amounts if _BUDGET.search(c.group) and not _SPENT.search(c.group)]
    pairs = [(a, b) for a in spent for b in planned if a.name == b.name]
    return sorted(pairs, key=lambda p: p[0].sort is not Sort.TOTAL)


def _change_pairs(section: Section, column: Column) -> list[tuple[Column, Column]]:
    """This year and last year."""
    amounts = [c for c in section.columns if c.sort in (Sort.BUDGET, Sort.SPENT, Sort.AMOUNT, Sort.TOTAL)]
    amounts = [c for c in amounts if c.group == column.group] if sum(c.group == column.group for c in amounts) >= 2 else amounts
    pairs = []
    for now in amounts:
        for then in amounts:
            if now is then:
                continue
            a, b = _YEAR.search(now.group + now.name), _YEAR.search(then.group + then.name)
            later = a is not None and b is not None and int(a[1]) > int(b[1])
            named = (
                _PRIOR.search(then.name) and not _PRIOR.search(now.name) and (_CURRENT.search(now.name) or len(amounts) == 2)
            )
            if later or (named and not (a and b)):
                pairs.append((now, then))
    return pairs[:12]


def _pairs(section: Section, column: Column, pairs: Sequence[tuple[Column, Column]], kind: ClaimKind) -> Iterator[Claim]:
    if not pairs:
        return
    signed = any(r.values[column.index].base < 0 for r in section.rows if column.index in r.values)
    rows = [(row, _tries(row, column, pairs, kind, signed=signed)) for row in section.rows if column.index in row.values]
    ties: dict[tuple[int, int], int] = {}
    for row, tried in rows:
        for one in tried:
            x, y = row.values[one.first.index], row.values[one.second.index]
            if one.outcome.holds and one.outcome.shape != "capped" and x.base != y.base and x.base:
                ties[one.key] = ties.get(one.key, 0) + 1
    keys = [(a.index, b.index) for a, b in pairs]
    main = max(keys, key=lambda k: ties.get(k, 0))  # the likeliest of equals
    bad = sum(1 for _, tried in rows if tried and not any(t.outcome.holds for t in tried))
    for row, tried in rows:
        best: _Try | None = None
        for one in sorted(tried, key=lambda t: t.key != main):
            if one.outcome.holds and better(best.outcome if best else None, one.outcome):
                best = one
        wrong = next((t for t in tried if t.key == main), None)
        if best is not None:
            yield _pair_claim(row, column, best, kind, SURE)
        elif wrong is not None:
            confidence = _sureness(wrong, ties.get(main, 0), bad, only=len(pairs) == 1)
            if confidence is not None:
                yield _pair_claim(row, column, wrong, kind, confidence)


def _tries(row: Line, column: Column, pairs: Sequence[tuple[Column, Column]], kind: ClaimKind, *, signed: bool) -> list[_Try]:
    stated = row.values[column.index]
    found = []
    for a, b in pairs:
        x, y = row.values.get(a.index), row.values.get(b.index)
        if x is None or y is None or hedged(stated, x, y) or x.dimension is not y.dimension:
            continue
        outcome = _rate(stated, x, y) if kind is ClaimKind.RATE else _change(column, stated, x, y, signed=signed)
        if outcome is not None:
            found.append(_Try(a, b, outcome))
    return found


def _sureness(wrong: _Try, proved: int, bad: int, *, only: bool) -> float | None:
    """How sure it is that a figure which no pair of columns explains is wrong; None: not sure enough to say so."""
    if wrong.first.sort is Sort.ACTUAL:
        return None  # an indicator's rate depends on its direction
    plain = only and wrong.first.sort in (Sort.SPENT, Sort.AMOUNT)
    form = wrong.first.sort is Sort.SPENT and wrong.second.sort is Sort.BUDGET
    if proved >= max(2, bad) or (form and proved >= bad) or (plain and bad <= max(1, proved)):
        return SURE if form or plain or proved >= 3 else LIKELY
    return LIKELY if form and bad == 1 else None


def _rate(stated: Quantity, above: Quantity, below: Quantity) -> Outcome | None:
    outcome = compare_ratio(stated.figure, above.figure, below.figure)
    if outcome is None or outcome.holds:
        return outcome
    if stated.base == HUNDRED and outcome.right > HUNDRED:
        return replace(outcome, verdict=Verdict.AGREES, shape="capped")
    if stated.figure.places >= 2 and abs(stated.base) <= 2 and "%" not in stated.raw:  # 0.9507 for 95.07%
        figure = replace(stated.figure, value=stated.figure.value * 100, places=stated.figure.places - 2)
        other = compare_ratio(figure, above.figure, below.figure)
        if other is not None and other.holds:
            return other
    return outcome


def _change(column: Column, stated: Quantity, now: Quantity, then: Quantity, *, signed: bool) -> Outcome | None:
    """A difference of two years, or its percentage of the first; a column without any sign may hold sizes only."""
    if column.sort is Sort.CHANGE and stated.dimension is not Dimension.PERCENT:
        outcome = compare_sum(stated.figure, [now.figure, then.figure], [1, -1])
        if not outcome.holds and not signed and outcome.right < 0:
            turned = compare_sum(stated.figure, [then.figure, now.figure], [1, -1])
            return turned if turned.holds else outcome
        return outcome
    if not then.base:
        return None
    value = (now.base - then.base) / abs(then.base) * HUNDRED
    spread = (figure_interval(now.figure) - figure_interval(then.figure)).over(figure_interval(then.figure))
    interval = spread.scaled(HUNDRED) if spread else None
    formula = f"({sum_formula([now.figure, then.figure], [1, -1])}) ÷ {then.figure.value}"
    outcome = compare_percent(stated.figure, value, interval, formula)
    if not outcome.holds and not signed and value < 0:
        turned = compare_percent(stated.figure, -value, interval.scaled(Decimal(-1)) if interval else None, formula)
        return turned if turned.holds else outcome
    return outcome


def _pair_claim(row: Line, column: Column, tried: _Try, kind: ClaimKind, confidence: float) -> Claim:
    roles = ("numerator", "denominator") if kind is ClaimKind.RATE else ("current", "base")
    others = [(roles[0], row.values[tried.first.index]), (roles[1], row.values[tried.second.index])]
    return table_claim(kind, row.values[column.index], others, tried.outcome, shape="column", confidence=confidence)


# ---- shares ---------------------------------------------------------------------------------------------------------------------


def _shares(section: Section, column: Column) -> Iterator[Claim]:
    """Each share is its row's amount over the column's total, printed or not."""
    amounts = [c for c in section.columns if c.additive and c.sort is not Sort.CHANGE]
    amounts.sort(key=lambda c: (c.index > column.index, abs(c.index - column.index)))
    tops = [r for r in section.rows if r.kind == Kind.TOTAL]
    best: tuple[int, int, list[tuple[Line, Quantity, Quantity | None, Outcome]]] | None = None
    for amount in amounts[:6]:
        whole = next((r.values[amount.index] for r in tops if amount.index in r.values), None)
        parts = [r.values[amount.index] for r in section.rows if r.kind == Kind.NORMAL and amount.index in r.values]
        if whole is None and len(parts) < 2:
            continue
        base = whole.figure if whole else replace(parts[0].figure, value=sum((p.figure.value for p in parts), ZERO))
        found = []
        for row in section.rows:
            stated, part = row.values.get(column.index), row.values.get(amount.index)
            if stated is None or part is None or hedged(stated, part):
                continue
            outcome = compare_ratio(replace(stated.figure, unit=PERCENT), part.figure, base)
            if outcome is not None:
                found.append((row, part, whole, _bumped(stated, outcome)))
        good = sum(1 for *_, o in found if o.holds)
        if found and (best is None or good > best[0]):
            best = (good, len(found), found)
    if best is None:
        return
    good, count, found = best
    for row, part, whole, outcome in found:
        others = [("part", part), *([("base", whole)] if whole else [])]
        if outcome.holds or (rank(outcome) == 2 and good >= 2 and good * 2 > count):
            yield table_claim(ClaimKind.SHARE, row.values[column.index], others, outcome, shape="column")


def _bumped(stated: Quantity, outcome: Outcome) -> Outcome:
    """A last digit moved by one so that the column adds to 100 is no fault."""
    if not outcome.holds and stated.figure.places and abs(stated.base - outcome.right) <= stated.figure.ulp * 3 / 2:
        return replace(outcome, verdict=Verdict.AGREES, shape="last_digit")
    return outcome
