"""A table whose declared unit is not that of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Quantity, Severity, Span, Text, check
from gouji.model import patterns as re

_FACTORS = {"元": Decimal(1), "万元": Decimal(10_000)}
_UNIT = re.compile(r"单\s*位\s*[：:]?\s*[（(]?\s*(万元|元)")
_ABOVE = 8  # blocks between a table and the line that declares its unit
_ENOUGH = 3  # amounts of the text that the table holds in another unit, and none in its own
_DIGITS = 4  # of an amount too particular to turn up by chance

Told = dict[tuple[Decimal, Decimal], Quantity]  # by size of the last digit and value in 元


@check(
    code="AR801",
    name="table-unit-mismatch",
    theme="arithmetic",
    severity=Severity.WARNING,
    zh="表格的单位与表中数字不符",
    en="a table's unit is not that of its figures",
)
def table_unit_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """A table whose declared unit is not that of its figures.

    What it does
    Looks for the text's amounts in each table. Where three or more stand there if the table is in 元 instead of the 万元 that it
    declares, or the other way round, and none in the unit declared, the unit is reported.

    Why is this bad
    Every figure of the table is ten thousand times too large or too small.

    Example
    Flagged::

        2023年度支出合计230.50万元，其中基本支出150.25万元，项目支出80.25万元。
        支出情况表（单位：万元）
        项目	支出数
        基本支出	1502500.00
        项目支出	802500.00
        合计	2305000.00

    Accepted::

        2023年度支出合计230.50万元，其中基本支出150.25万元，项目支出80.25万元。
        支出情况表（单位：元）
        项目	支出数
        基本支出	1502500.00
        项目支出	802500.00
        合计	2305000.00

    Rests on
    Arithmetic: the same amount is one amount in the text and in the table.
    """
    declaring = [(table.unit, table, _cells(ctx, table.rows)) for table in ctx.document.tables if table.unit in _FACTORS]
    declaring = [(unit, table, cells) for unit, table, cells in declaring if len(cells) >= _ENOUGH]
    told = _told(ctx) if declaring else {}
    for declared, table, cells in declaring if told else ():
        other = next(u for u in _FACTORS if u != declared)
        if any(_in_text(told, q, _FACTORS[declared]) for q in cells):
            continue
        found = [(q, text) for q in cells if (text := _in_text(told, q, _FACTORS[other])) is not None]
        if len({text.span for _, text in found}) >= _ENOUGH:
            cell, text = found[0]
            places = (_declared(ctx, table.rows[0]) or Place(cell.span), Place(cell.span, "part"), Place(text.span, "restated"))
            yield Hit(
                Text(
                    f"表格单位写作“{declared}”，表中{cell.raw}等{len(found)}个数按“{other}”才与正文（{text.raw}）相符",
                    f"the table declares {declared}; {len(found)} of its figures agree with the text only as {other}",
                ),
                places,
                stated=declared,
                computed=other,
            )


def _particular(q: Quantity) -> bool:
    return len(q.raw) >= _DIGITS and len(re.sub(r"\D", "", q.raw).strip("0")) >= _DIGITS


def _cells(ctx: AuditContext, rows: Sequence[int]) -> list[Quantity]:
    """The figures of a table that can be recognised in the text."""
    return [q for i in rows for q in ctx.facts.blocks[i].quantities if q.cell is not None and _particular(q)]


def _told(ctx: AuditContext) -> Told:
    """The amounts of the running text."""
    return {
        (q.figure.ulp, q.base): q
        for block, facts in zip(ctx.document.blocks, ctx.facts.blocks, strict=True)
        if block.kind is not BlockKind.ROW
        for q in facts.quantities
        if q.figure.unit.symbol in _FACTORS and _particular(q)
    }


def _in_text(told: Told, q: Quantity, factor: Decimal) -> Quantity | None:
    """The amount of the text that a cell is if its number counts `factor` 元."""
    value = q.figure.value * factor
    for ulp in {ulp for ulp, _ in told}:
        near = told.get((ulp, (value / ulp).quantize(Decimal(1)) * ulp))
        if near is not None:
            return near
    return None


def _declared(ctx: AuditContext, row: int) -> Place | None:
    """Where the unit is declared: in a line above the table."""
    for index in range(row - 1, max(row - 1 - _ABOVE, -1), -1):
        found = _UNIT.search(ctx.document.blocks[index].text)
        if found:
            return Place(Span(index, found.start(1), found.end(1)))
    return None
