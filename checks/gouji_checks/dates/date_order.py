"""Dates in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks.spans import clause, prose, sentence

_RANGE = re.compile(r"\s?(?:至|到|-|—|——|–|~|～)\s?")
_STEPS = (
    re.compile(r"开工|开始(?:施工|建设|实施)|进场|动工|启动(?:施工|建设|实施)"),
    re.compile(r"完工|竣工|建成|全部完成|完成(?:建设|施工)"),
    re.compile(r"验收"),
)
_UNSURE = re.compile(r"初验|中间|阶段|分部|隐蔽|计划|预计|分期|一期|二期|合同")


@check(
    code="DT103",
    name="date-order",
    theme="dates",
    severity=Severity.WARNING,
    zh="日期先后颠倒",
    en="dates in the wrong order",
)
def date_order(ctx: AuditContext) -> Iterator[Hit]:
    """Dates in the wrong order.

    What it does
    Reports a period that ends before it begins (自2023年9月至2023年5月), and a project whose completion is dated before its beginning or
    whose acceptance before its completion, told in one sentence in their natural order.

    Why is this bad
    One of the dates is mistyped, or the acceptance was made before the work was done.

    Example
    Flagged::

        工程于2022年2月18日开工建设，2022年10月30日完工，2022年9月12日通过完工验收。
        ----
        项目建设期自2023年9月至2023年5月。

    Accepted::

        工程于2022年2月18日开工建设，2022年10月30日完工，2022年12月12日通过验收。
        ----
        一期2022年3月完工，二期2022年5月开工。
        ----
        项目建设期自2022年9月至2023年5月。

    Rests on
    None: work begins, ends and is accepted in this order.
    """
    for block in prose(ctx):
        facts = ctx.facts.blocks[block.index]
        dates = list(_dated(facts))
        for before, after in pairwise(dates):
            if not _is_later(before, after):
                continue
            between = facts.normal[before.span.end : after.span.start]
            if _RANGE.fullmatch(between):
                yield _hit(before, after, Text("期间的起止日期颠倒", "the period ends before it begins"))
            elif _is_reversed(facts, before, after):
                yield _hit(before, after, Text("后一环节的日期早于前一环节", "the later step is dated before the earlier one"))


def _dated(facts: BlockFacts) -> Iterator[DateFact]:
    """The days and months of a block; one printed without its year is of the year that its sentence named before."""
    year, at = None, 0
    for date in facts.dates:
        if not date.valid or date.cited:
            continue
        if "。" in facts.normal[at : date.span.start]:
            year = None
        at = date.span.end
        year = date.year or year
        if date.kind in {DateKind.DAY, DateKind.MONTH}:
            yield date
        elif date.kind is DateKind.MONTH_DAY and year is not None:
            yield replace(date, kind=DateKind.DAY, year=year)


def _is_later(one: DateFact, other: DateFact) -> bool:
    """Whether `one` is later than `other` at the precision that both have."""
    a, b = (one.year or 0, one.month or 0), (other.year or 0, other.month or 0)
    return a > b or (a == b and one.day is not None and other.day is not None and one.day > other.day)


def _is_reversed(facts: BlockFacts, before: DateFact, after: DateFact) -> bool:
    """Whether both stand in one sentence as steps of one work, in their natural order."""
    start, end = sentence(facts.normal, before.span.start, before.span.end)
    if not start <= after.span.start < end:
        return False
    first, second = _step(facts, before), _step(facts, after)
    return first is not None and second is not None and first < second


def _step(facts: BlockFacts, date: DateFact) -> int | None:
    """Which step of a work the date's clause names: 0 beginning, 1 completion, 2 acceptance."""
    words = facts.normal[date.span.end : clause(facts.normal, date.span.start, date.span.end)[1]]
    if _UNSURE.search(words):
        return None
    found = [n for n, step in enumerate(_STEPS) if step.search(words)]
    return max(found) if found else None


def _hit(before: DateFact, after: DateFact, what: Text) -> Hit:
    return Hit(
        Text(
            f"{what.zh}：前为“{before.raw}”，后为“{after.raw}”",
            f"{what.en}: first “{before.raw}”, then “{after.raw}”",
        ),
        (Place(after.span), Place(before.span, "before")),
        stated=after.raw,
    )
