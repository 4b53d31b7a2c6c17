"""Heading numbers restart inside a section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Hit, MarkerStyle, Severity, Text, check
from gouji_checks.outline import MAIN, Item, Series, numeral, series

_SHORT = 25


@check(
    code="ST102",
    name="heading-restart",
    theme="structure",
    severity=Severity.WARNING,
    zh="标题编号中途重新开始",
    en="heading numbers restart inside a section",
)
def heading_restart(ctx: AuditContext) -> Iterator[Hit]:
    """Heading numbers restart inside a section.

    What it does
    Reports headings whose numbers begin again at 一、 inside a running series, as when another text is pasted in with its own
    headings. One finding for each restart; the headings after it are not reported. Another report or attachment that begins
    with its title is no restart, nor is a table of contents. A restart of （一） under one
    一、 is a warning where it heads a section, a notice where it begins a paragraph.

    Why is this bad
    Text pasted from another report often brings foreign facts and figures along.

    Example
    Flagged::

        一、基本情况
        （一）主要职能。负责水利工作。
        （二）年度任务。围绕中心工作，完成了各项任务，成效明显。
        一、加强领导，压实责任
        全年召开会议4次。
        二、突出重点，狠抓落实
        全年检查3次。
        二、资金情况
        全年支出100万元。
        三、存在问题
        支付进度偏慢。

    Accepted::

        一、基本情况
        本单位编制10名。
        二、资金情况
        全年支出100万元。
        附件2
        防汛项目支出绩效自评报告
        一、项目概况
        项目预算50万元。
        二、项目成效
        任务已完成。

    Rests on
    GB/T 9704: heading levels run 一、 （一） 1. （1）; no restart inside a parent.
    """
    for run in ctx.once(series):
        if run.style not in MAIN:
            continue
        for before, after in _restarts(ctx, run):
            expected = numeral(run.style, before.number + 1)
            yield Hit(
                Text(
                    f"标题编号在“{before.label}”之后又从“{after.label}”开始，应为“{expected}”；可能是整段粘贴的文字",
                    f"after “{before.label}” the heading numbers begin again at “{after.label}”; “{expected}” was expected",
                ),
                (after.place(), before.place("previous")),
                stated=after.label,
                computed=expected,
                severity=None if run.style is MarkerStyle.CN or after.is_short() else Severity.NOTICE,
            )


def _restarts(ctx: AuditContext, run: Series) -> Iterator[tuple[Item, Item]]:
    """The steps back to one; the step at which the interrupted series goes on again is no restart."""
    goes_on_at = 0
    for before, after in pairwise(run.items):
        if goes_on_at and after.number == goes_on_at and after.number != before.number + 1:
            goes_on_at = 0
        elif after.number == 1 and not goes_on_at and not _is_contents(run, after) and not _is_introduced(ctx, after):
            goes_on_at = before.number + 1
            yield before, after


def _is_introduced(ctx: AuditContext, item: Item) -> bool:
    """Whether a line without a number heads the new series: 效益指标 and then （一） again."""
    before = ctx.document.blocks[item.block.index - 1]
    words = before.text.strip()
    return before.marker is None and 0 < len(words) <= _SHORT and (words[-1] in "：:" or words[-1] not in "。；;，、")


def _is_contents(run: Series, item: Item) -> bool:
    """Whether the series before the restart was a table of contents: it named the same heading."""
    words = item.words.rstrip("0123456789.…· ")
    return any(other is not item and other.words.rstrip("0123456789.…· ") == words for other in run.items)
