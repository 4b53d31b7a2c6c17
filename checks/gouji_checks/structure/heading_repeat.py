"""Heading number used twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, BlockKind, Hit, Severity, Text, check
from gouji_checks.outline import MAIN, Item, Series, numeral, series

_FEWEST, _MOST = 4, 24  # characters of a heading that is known again


@check(
    code="ST103",
    name="heading-repeat",
    theme="structure",
    severity=Severity.WARNING,
    zh="标题编号重复",
    en="heading number used twice",
)
def heading_repeat(ctx: AuditContext) -> Iterator[Hit]:
    """Heading number used twice.

    What it does
    Reports two headings in a row with the same number under one parent: （二） and （二） again; and two of one series that bear the same words.

    Why is this bad
    A section was pasted in or renumbered by hand; references to it are ambiguous.

    Example
    Flagged::

        一、资金情况
        （一）收入情况
        全年收入100万元。
        （二）支出情况
        全年支出90万元。
        （二）结余情况
        年末结余10万元。

        ----
        一、资金情况
        全年收入100万元。
        二、问题及建议
        支付偏慢。
        三、问题及建议
        自评得分97分。

    Accepted::

        一、资金情况
        （一）收入情况
        全年收入100万元。
        （二）支出情况
        全年支出90万元。
        二、绩效情况
        （一）产出情况
        任务已完成。
        （二）效益情况
        效益良好。

    Rests on
    GB/T 9704: heading levels run 一、 （一） 1. （1） in order.
    """
    for run in ctx.once(series):
        if run.style not in MAIN:
            continue
        used, restarted = {run.items[0].number}, False  # a series that has begun again is another finding (ST102)
        for before, after in pairwise(run.items):
            is_used = not restarted and after.number in used
            used.add(after.number)
            restarted = restarted or after.number == 1
            if is_used and 1 < after.number <= before.number:
                expected = numeral(run.style, before.number + 1)
                yield Hit(
                    Text(
                        f"标题编号“{after.label}”在同一级重复出现，应为“{expected}”",
                        f"heading number “{after.label}” stands twice under one parent; “{expected}” was expected",
                    ),
                    (after.place(), before.place("previous")),
                    stated=after.label,
                    computed=expected,
                )
        yield from _same_words(run)


def _same_words(run: Series) -> Iterator[Hit]:
    """四、问题及建议 and 五、问题及建议: two headings of one series under the same words, and under two numbers."""
    first: dict[str, Item] = {}
    number = 0
    for item in run.items:
        if item.number <= number:
            first = {}  # the contents before, a list that begins again
        number = item.number
        words = "".join(item.words.split()).rstrip("：:。")
        if item.block.kind is not BlockKind.HEADING or not _FEWEST <= len(words) <= _MOST:
            continue
        before = first.setdefault(words, item)
        if before is not item:
            yield Hit(
                Text(
                    f"标题“{words}”在同一级出现两次（“{before.label}”和“{item.label}”）",
                    f"the heading “{words}” stands twice in one series, as {before.label} and {item.label}",
                ),
                (item.place(), before.place("previous")),
                stated=words,
            )
