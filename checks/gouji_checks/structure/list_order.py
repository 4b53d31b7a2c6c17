"""List number skipped or used twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.outline import (
    ARABIC,
    LISTED,
    RUN_ON_CUES,
    Item,
    Series,
    chinese_number,
    is_printed_between,
    numeral,
    resumes,
    run_on_faults,
    series,
)
from gouji_checks.spans import prose

_ORDINAL = re.compile(r"第(?P<n>[一二三四五六七八九十])(?=，|、|是)|(?P<m>[一二三四五六七八九十])(?=是)")


_NEXT_ORDINAL = re.compile(r"(?<=[；。])\s?(?:第(?P<n>[一二三四五六七八九十])[，,是]|(?P<m>[一二三四五六七八九十])是)")


@check(
    code="ST105",
    name="list-order",
    theme="structure",
    severity=Severity.WARNING,
    zh="列举编号跳号或重号",
    en="list number skipped or used twice",
)
def list_order(ctx: AuditContext) -> Iterator[Hit]:
    """List number skipped or used twice.

    What it does
    Reports items 1. 2. 3. that skip a number or use one twice within one list, and the same of 一是…二是…, 第一，第二，, 目标1：目标2： and
    （1）（2） run on in a paragraph. A list that begins again at 1 is a new list. Items with other text between them are only a notice.

    Why is this bad
    An item is missing or was added without being counted; totals over the list may be wrong.

    Example
    Flagged::

        主要做法如下：
        1.完善管理制度，落实责任分工。
        2.加强资金监管，严格审核支付。
        4.开展绩效培训，提高业务水平。
        5.强化结果应用，优化支出结构。
        ----
        主要做法如下：
        1.完善管理制度，落实责任分工。
        2.加强资金监管，严格审核支付。
        2.开展绩效培训，提高业务水平。
        3.强化结果应用，优化支出结构。
        ----
        存在以下问题：一是预算编制不细，二是支付进度偏慢，四是台账不够规范。
        ----
        第一，加强领导。第二，健全制度。第四，强化监督。
        ----
        主要问题：1.预算不细；2.进度偏慢；4.指标不全。
        ----
        第一，落实全过程监理，逐月通报。
        第二，落实保密管理，签订协议。
        第四，落实日清日结，当日归库。
        ----
        操作流程为：步骤1，村级申报；步骤2，乡镇审核；步骤4，公示发放。
        ----
        1.推行限时办结。
        2.压减周转天数。4.健全预拨机制，减少结转。
        ----
        1.预算执行不均衡。
        2.监管人员不足。
        3.成本测算较粗。
        2.监控结果没有与预算挂钩。
        ----
        ①职责履行情况良好。
        ②机构设置合理。
        ④人员配备到位。

    Accepted::

        主要做法如下：
        1.完善管理制度，落实责任分工。
        2.加强资金监管，严格审核支付。
        下一步打算：
        1.开展绩效培训，提高业务水平。
        2.强化结果应用，优化支出结构。
        ----
        一是加强学习，二要压实责任，三是严格考核。见图（1）和（3）。

    Rests on
    GB/T 9704: numbers of one level run in order.
    """
    if ctx.document.unread:
        return
    for run in ctx.once(series):
        if run.style not in ARABIC and run.style not in LISTED:
            continue
        for before, after in pairwise(run.items):
            if not _is_fault(ctx, run, before, after):
                continue
            expected = numeral(run.style, before.number + 1)
            adjacent = after.block.index == before.block.index + 1
            if run.style in LISTED and not adjacent:
                continue  # （2） is often printed for （二）
            yield Hit(
                Text(
                    f"列举编号有误：“{before.label}”之后是“{after.label}”，应为“{expected}”",
                    f"list numbers out of order: “{before.label}” is followed by “{after.label}”; “{expected}” was expected",
                ),
                (after.place(), before.place("previous")),
                stated=after.label,
                computed=expected,
                severity=None if adjacent else Severity.NOTICE,
            )
    yield from _run_on(ctx)
    yield from _ordinals(ctx)


def _ordinals(ctx: AuditContext) -> Iterator[Hit]:
    """Paragraphs in a row that begin 第一，第二，第四，or 一是, 二是, 四是."""
    last: tuple[Block, re.Match[str]] | None = None
    for block in prose(ctx):
        match = _ORDINAL.match(ctx.facts.blocks[block.index].normal)
        if match is None:
            last = None
            continue
        if last is not None and last[1].lastgroup == match.lastgroup and block.index == last[0].index + 1:
            before, now = (chinese_number(m["n"] or m["m"]) for m in (last[1], match))
            if now in {before, before + 2} and before:
                right = match[0].replace(match["n"] or match["m"], "一二三四五六七八九十"[before : before + 1] or "下一项")
                yield Hit(
                    Text(f"列举序号有误：“{last[1][0]}”之后是“{match[0]}”", f"“{last[1][0]}” is followed by “{match[0]}”"),
                    (
                        Place(Span(block.index, match.start(), match.end())),
                        Place(Span(last[0].index, last[1].start(), last[1].end()), "previous"),
                    ),
                    stated=match[0],
                    computed=right,
                )
        # 一是…；二是…。 goes on with 三是
        within = [m for m in _NEXT_ORDINAL.finditer(ctx.facts.blocks[block.index].normal) if m.lastgroup == match.lastgroup]
        last = (block, within[-1] if within else match)


def _run_on(ctx: AuditContext) -> Iterator[Hit]:
    """The numbers run on in a paragraph that skip one or use one twice."""
    begun = ctx.wording.having(*RUN_ON_CUES)
    for block in prose(ctx):
        if block.index not in begun and (block.marker is None or block.marker.style not in ARABIC):
            continue
        for before, after, expected in run_on_faults(ctx.facts.blocks[block.index].normal, block.marker):
            label = block.text[slice(*after)]
            yield Hit(
                Text(
                    f"列举序号有误：“{block.text[slice(*before)]}”之后是“{label}”，应为“{expected}”",
                    f"run-on numbers out of order: “{block.text[slice(*before)]}” is followed by “{label}”",
                ),
                (Place(Span(block.index, *after)), Place(Span(block.index, *before), "previous")),
                stated=label,
                computed=expected,
            )


def _is_fault(ctx: AuditContext, run: Series, before: Item, after: Item) -> bool:
    """Whether the step is a repeat, or skips one or two numbers that stand nowhere in between, in a list under way."""
    if before.number < 2 or before.block.parent != after.block.parent or resumes(run, before, after):
        return False
    if after.number == before.number:
        return True
    if 2 <= after.number < before.number:  # 3. 4. 2.
        return after.block.index == before.block.index + 1
    missing = range(before.number + 1, after.number)
    first, last = before.block.index, after.block.index
    return len(missing) in {1, 2} and not any(
        is_printed_between(ctx.document, first, last, run.style, number) for number in missing
    )
