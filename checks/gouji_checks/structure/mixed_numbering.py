"""Headings of one level numbered in different styles."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, MarkerStyle, Severity, Text, check
from gouji_checks.outline import ARABIC, Item, items, numeral, odd_items


@check(
    code="ST104",
    name="mixed-numbering",
    theme="structure",
    severity=Severity.WARNING,
    zh="同级标题编号样式混用",
    en="headings of one level numbered in different styles",
)
def mixed_numbering(ctx: AuditContext) -> Iterator[Hit]:
    """Headings of one level numbered in different styles.

    What it does
    Reports headings that take their number from the series of their level but print it in another style: 1、 二、 2、 4、 五、 at
    the first level (warning), （一） （2） （三） at the second (notice). One finding for each level.

    Why is this bad
    Automatic numbers were lost in conversion or sections were taken from another text; the outline cannot be trusted.

    Example
    Flagged::

        一、基本情况
        本单位编制10名。
        2、资金情况
        全年支出100万元。
        三、存在问题
        支付进度偏慢。

    Accepted::

        一、基本情况
        1、主要职能
        负责水利工作。
        2、人员情况
        编制10名。
        二、资金情况
        全年支出100万元。
        三、存在问题
        支付进度偏慢。

    Rests on
    GB/T 9704: one style for each heading level.
    """
    yield from _misplaced(ctx)
    yield from _lone(ctx)
    for level, style in ((1, MarkerStyle.CN), (2, MarkerStyle.CN_PAREN)):
        own = [i for i in ctx.once(items) if i.style is style]
        odd = odd_items(ctx.once(items), level)
        if not any(_fits(item, own) for item in odd):
            continue
        labels = " ".join(item.label for item in odd)
        expected = " ".join(numeral(style, item.number) for item in odd)
        yield Hit(
            Text(
                f"同级标题编号样式混用：本级用“{style.value}”，此处用“{labels}”，依次应为“{expected}”样式",
                f"headings of one level are numbered in different styles: “{labels}” among “{style.value}”",
            ),
            tuple(item.place() for item in odd),
            stated=labels,
            computed=expected,
            severity=None if level == 1 else Severity.NOTICE,
        )


def _lone(ctx: AuditContext) -> Iterator[Hit]:
    """（1）成本 as a heading behind 1． 2． 3．, with no （2） after it: a number of another level."""
    found = ctx.once(items)
    for before, item, after in zip(found, found[1:], found[2:], strict=False):
        if (
            item.style is MarkerStyle.ARABIC_PAREN
            and item.number == 1
            and item.block.kind is BlockKind.HEADING
            and before.style in ARABIC
            and before.number >= 2
            and after.style in {MarkerStyle.CN_PAREN, MarkerStyle.CN}
            and after.number >= 2
        ):
            yield Hit(
                Text(
                    f"编号层级混乱：“{before.label}”之后出现“{item.label}”，其后没有（2）",
                    f"“{item.label}” stands alone behind “{before.label}”: no second follows",
                ),
                (item.place(), before.place("previous")),
                stated=item.label,
                severity=Severity.NOTICE,
            )


def _misplaced(ctx: AuditContext) -> Iterator[Hit]:
    """（七） after 六、 or （三） after 2.: a bracketed number that goes on with a series of another style and has none of its own."""
    open_: Item | None = None  # the last bracketed number under the section
    before: Item | None = None
    heading: Item | None = None
    used: set[int] = set()  # bracketed numbers so far: （四） after a pasted section goes on with its own
    for item in ctx.once(items):
        if item.style is MarkerStyle.CN_PAREN:
            if heading is not None and heading.number == item.number - 1 and item.number - 1 not in used:
                before = heading
            goes_on = before is not None and before.style in {MarkerStyle.CN, *ARABIC} and before.number == item.number - 1
            resumed = before is heading and item.number - 1 in used
            if open_ is None and goes_on and not resumed and before is not None and item.number >= 3:
                expected = numeral(before.style, item.number)
                yield Hit(
                    Text(
                        f"编号样式混用：“{before.label}”之后是“{item.label}”，应为“{expected}”",
                        f"“{before.label}” is followed by “{item.label}”; “{expected}” was expected",
                    ),
                    (item.place(), before.place("previous")),
                    stated=item.label,
                    computed=expected,
                )
            open_ = item
            used.add(item.number)
        elif item.style in {MarkerStyle.CN, MarkerStyle.CHAPTER}:
            open_, heading = None, item
        before = item


def _fits(item: Item, own: list[Item]) -> bool:
    """Whether the number is missing from the level's series just where the heading stands."""
    earlier = [i for i in own if i.block.index < item.block.index and _same_parent(i, item)]
    later = [i for i in own if i.block.index > item.block.index and _same_parent(i, item)]
    low = earlier[-1].number if earlier else 0
    if not later:
        return bool(earlier) and item.number == low + 1
    return low < item.number < later[0].number


def _same_parent(one: Item, other: Item) -> bool:
    return one.block.parent == other.block.parent
