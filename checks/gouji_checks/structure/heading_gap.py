"""Heading number skipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Hit, MarkerStyle, Severity, Text, check
from gouji_checks.outline import ARABIC, MAIN, Item, is_printed_between, items, numeral, odd_items, resumes, series

_WIDEST = 8  # a wider gap is rather a number misread


@check(
    code="ST101",
    name="heading-gap",
    theme="structure",
    severity=Severity.WARNING,
    zh="标题编号缺号",
    en="heading number skipped",
)
def heading_gap(ctx: AuditContext) -> Iterator[Hit]:
    """Heading number skipped.

    What it does
    Follows the headings 一、二、三 and （一）（二）（三） under each parent and reports a number that is left out. Silent where the
    missing number stands in the text between after all, where a page was not read, and where the number was typed in
    another style (ST104).

    Why is this bad
    A section was deleted or lost in conversion, and with it figures that should have been reported.

    Example
    Flagged::

        一、基本情况
        本单位编制10名。
        二、资金情况
        全年支出100万元。
        四、存在问题
        支付进度偏慢。

    Accepted::

        一、基本情况
        本单位编制10名。
        二、资金情况
        全年支出100万元。
        三、存在问题
        支付进度偏慢。
        ----
        一、基本情况
        本单位编制10名。二、资金情况
        全年支出100万元。
        三、存在问题
        支付进度偏慢。

    Rests on
    GB/T 9704: heading levels run 一、 （一） 1. （1） without a gap.
    """
    if ctx.document.unread:
        return
    odd = [item for level in (1, 2) for item in odd_items(ctx.once(items), level)]
    runs = ctx.once(series)
    arabic = not any(run.style in {*MAIN, MarkerStyle.CHAPTER} for run in runs)  # 1. 2. 3. are the headings
    for run in runs:
        if run.style not in (*MAIN, MarkerStyle.CHAPTER) and not (arabic and run.style in ARABIC):
            continue
        for before, after in pairwise(run.items):
            missing = range(before.number + 1, after.number)
            if run.style in ARABIC and not (before.is_short() and after.is_short() and before.number > 1):
                continue
            if 1 <= len(missing) <= _WIDEST and not resumes(run, before, after) and not _is_explained(ctx, before, after, odd):
                labels = "".join(numeral(run.style, n) for n in missing)
                yield Hit(
                    Text(
                        f"标题编号不连续：“{before.label}”之后是“{after.label}”，缺“{labels}”",
                        f"heading numbers skip: “{before.label}” is followed by “{after.label}”; “{labels}” is missing",
                    ),
                    (after.place(), before.place("previous")),
                    stated=after.label,
                    computed=numeral(run.style, before.number + 1),
                )


def _is_explained(ctx: AuditContext, before: Item, after: Item, odd: list[Item]) -> bool:
    """Whether the missing number is there in another style or inside a paragraph."""
    first, last = before.block.index, after.block.index
    if any(first < item.block.index < last for item in odd):
        return True
    missing = range(before.number + 1, after.number)
    between = [i for i in ctx.once(items) if first < i.block.index < last and i.style is MarkerStyle.ARABIC_PAREN]
    if before.style is MarkerStyle.CN_PAREN and between and between[0].number in missing:
        return True  # （2） for （二）, in a paragraph of its own
    return any(is_printed_between(ctx.document, first, last, before.style, number) for number in missing)
