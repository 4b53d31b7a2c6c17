"""Heading number skipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Document, Hit, MarkerStyle, Severity, Text, check
from gouji.model import patterns as re
from gouji_checks.outline import ARABIC, MAIN, Item, Series, is_printed_between, items, odd_items, resumes, series

_QUOTED = re.compile(
    r"摘自|摘录|节录|节选|摘编|摘引|引自|援引|原文|序号[^，。]{0,8}(?:一致|沿用|保留)|(?:相关|有关|涉及)[^，。]{0,8}条[款文]"
)
_NEAR = 40  # characters of the paragraph above or below that tell where clauses come from
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
    missing number stands in the text between after all, where clauses are quoted under their own numbers, where a page was not read, and where the number was typed in
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
        ----
        一、基本情况
        实施依据节录自上级办法：
        （二）补助对象为脱贫户。
        （四）补助资金由县级统筹。
        二、资金情况
        全年支出100万元。

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
            if not 1 <= len(missing) <= _WIDEST or resumes(run, before, after) or _is_excerpt(ctx.document, run, before, after):
                continue
            if not _is_explained(ctx, before, after, odd):
                labels = "".join(before.printed(n) for n in missing)
                yield Hit(
                    Text(
                        f"标题编号不连续：“{before.label}”之后是“{after.label}”，缺“{labels}”",
                        f"heading numbers skip: “{before.label}” is followed by “{after.label}”; “{labels}” is missing",
                    ),
                    (after.place(), before.place("previous")),
                    stated=after.label,
                    computed=before.printed(before.number + 1),
                )


def _is_excerpt(document: Document, run: Series, before: Item, after: Item) -> bool:
    """Whether one of the two is a clause quoted under its own number: 依据摘自办法：（三）…（五）….

    The paragraph above the quoted clauses, or the one below them, says so; or it ends with a colon and the numbers below it begin
    anew with another one than the first.
    """
    blocks = document.blocks
    for item in (before, after):
        first = last = next(n for n, i in enumerate(run.items) if i is item)
        while first and _follows(run.items[first - 1], run.items[first]):
            first -= 1
        while last + 1 < len(run.items) and _follows(run.items[last], run.items[last + 1]):
            last += 1
        top, end = run.items[first].block.index, run.items[last].block.index
        above = blocks[top - 1].text.rstrip() if top else ""
        below = blocks[end + 1].text if end + 1 < len(blocks) else ""
        if _QUOTED.search(above[-_NEAR:]) or _QUOTED.search(below[:_NEAR]):
            return True
        goes_on = item is after or (first > 0 and run.items[first - 1].number == run.items[first].number - 1)
        if above.endswith(("：", ":")) and run.items[first].number > 1 and not goes_on:
            return True
    return False


def _follows(one: Item, other: Item) -> bool:
    return other.block.index == one.block.index + 1


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
