"""Event told as done dated after the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import clause, prose

_DATED = re.compile(r"(?:填报|报告|编制|报送|提交|填表)(?:日期|时间)\s?：?\s?$")
_DONE = re.compile(r"已|完成了|通过|召开了|举行了|完工|竣工|验收|支付了|拨付了|顺利")
_AHEAD = re.compile(
    r"将|拟|计划|预计|之?前(?:完成|支付|完工|竣工|达|实现)|截止|力争|预期|到期|有效期|底前|日前|至|质保|届满|不迟于|要求"
)


@check(
    code="DT102",
    name="event-after-report",
    theme="dates",
    severity=Severity.WARNING,
    zh="已发生事项晚于报告日期",
    en="event told as done dated after the report",
)
def event_after_report(ctx: AuditContext) -> Iterator[Hit]:
    """Event told as done dated after the report.

    What it does
    Compares the date under the report, or beside 填报日期, with the days in its text. An event told as done that lies later is
    reported; plans and deadlines are not.

    Why is this bad
    One of the two dates is wrong, or the text was changed after it was signed.

    Example
    Flagged::

        一、资金情况
        全年支出100万元。项目已于2024年7月15日通过验收。
        某县水务局
        2024年6月20日

    Accepted::

        一、资金情况
        项目已于2024年5月15日通过验收。余款将于2024年7月15日前支付。
        某县水务局
        2024年6月20日

    Rests on
    None: a report cannot tell what has not happened.
    """
    signed = _signature(ctx)
    if signed is None:
        return
    for block in prose(ctx):
        facts = ctx.facts.blocks[block.index]
        for date in facts.dates:
            if date is signed or date.kind is not DateKind.DAY or date.cited or not date.valid or _key(date) <= _key(signed):
                continue
            start, end = clause(facts.normal, date.span.start, date.span.end)
            words = facts.normal[start:end]
            if _DONE.search(words) and not _AHEAD.search(words):
                yield Hit(
                    Text(
                        f"“{date.raw}”的事项写作已完成，晚于报告日期“{signed.raw}”",
                        f"an event of “{date.raw}” is told as done, after the report's date “{signed.raw}”",
                    ),
                    (Place(date.span), Place(signed.span, "report date")),
                    stated=date.raw,
                    computed=signed.raw,
                )


def _key(date: DateFact) -> tuple[int, int, int]:
    return date.year or 0, date.month or 0, date.day or 0


def _signature(ctx: AuditContext) -> DateFact | None:
    """The report's own date: alone on one of the last lines, or beside 填报日期. None where there are several."""
    found: list[DateFact] = []
    blocks = list(prose(ctx))
    for at, block in enumerate(blocks):
        facts = ctx.facts.blocks[block.index]
        days = [d for d in facts.dates if d.kind is DateKind.DAY and d.valid]
        alone = at >= len(blocks) - 4 and len(days) == 1 and len(block.text.strip()) <= len(days[0].raw) + 2
        if len(days) == 1 and (alone or _DATED.search(facts.normal[: days[0].span.start])):
            found.append(days[0])
    return found[0] if len(found) == 1 else None
