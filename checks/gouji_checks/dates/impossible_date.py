"""Date that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_SCHOOL_YEAR = re.compile(
    r"(?<!\d)(?P<a>20\d\d)年?\s?[—–~～/-]+\s?(?P<b>20\d\d|\d\d)(?!\d)年?学年度?(?P<term>第[一二三]学期|[春秋上下]学?[季期])?"
)
_FIFTH = re.compile(r"(?<![续前近到至、])第(?:[五六七八九]|[5-9])季度(?!以来|增长|下降|回升)")


@check(
    code="DT101",
    name="impossible-date",
    theme="dates",
    severity=Severity.ERROR,
    zh="日期不存在",
    en="date that no calendar has",
)
def impossible_date(ctx: AuditContext) -> Iterator[Hit]:
    """Date that no calendar has.

    What it does
    Reports 2月30日, 2023年2月29日, 13月, 第五季度, 2022—2021学年. Dates inside titles of documents are not looked at.

    Why is this bad
    The date is mistyped; the order of events and the year's cut-off rest on it.

    Example
    Flagged::

        项目于2023年2月30日完工。
        ----
        截至2023年13月，资金全部支付。
        ----
        资助2022—2021学年第一学期学生637人次。

    Accepted::

        资助2021—2022学年第一学期学生637人次，2019—2022学年三年共2100人次。
        ----
        项目于2024年2月29日完工。
        ----
        年底发放13月工资。

    Rests on
    The calendar; GB/T 15835 for the form of dates.
    """
    for number in sorted(ctx.wording.having("季度")):
        for match in _FIFTH.finditer(ctx.facts.blocks[number].normal):
            yield Hit(
                Text(f"一年只有四个季度，没有“{match.group()}”", f"no year has “{match.group()}”"),
                (Place(Span(number, *match.span())),),
                stated=match.group(),
            )
    for number in sorted(ctx.wording.having("学年")):
        for match in _SCHOOL_YEAR.finditer(ctx.facts.blocks[number].normal):
            first, last = int(match["a"]), int(match["b"]) if len(match["b"]) == 4 else int(match["a"][:2] + match["b"])
            if last <= first or (match["term"] and last != first + 1):
                yield Hit(
                    Text(f"学年“{match.group()}”首尾年份不成一个学年", f"“{match.group()}” is no school year"),
                    (Place(Span(number, *match.span())),),
                    stated=match.group(),
                )
    for facts in ctx.facts.blocks:
        for date in facts.dates:
            if not date.valid and not date.cited:
                yield Hit(
                    Text(f"日期“{date.raw}”不存在", f"no calendar has the date “{date.raw}”"),
                    (Place(date.span),),
                    stated=date.raw,
                )
