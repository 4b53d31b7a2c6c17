"""Tracked changes, comments or highlighted words left in."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, Trace, TraceKind, check
from gouji.model import patterns as re
from gouji_checks.spans import sentence

_SHOWN = 3  # places quoted of each kind: twenty marks are one matter
_SAMPLE = 20  # characters quoted of each
_KINDS = {
    TraceKind.INSERTED: ("修订插入的文字未接受", "tracked insertions not accepted", Severity.WARNING),
    TraceKind.DELETED: ("修订删除的文字未确认", "tracked deletions not settled", Severity.WARNING),
    TraceKind.COMMENT: ("批注未删除", "comments left in", Severity.WARNING),
    TraceKind.HIGHLIGHTED: ("突出显示的文字未处理", "highlighted words left", Severity.NOTICE),
}
# How a word processor prints its balloons: 批注 [李1]: …, 删除的内容: …, 带格式的: 字体….
_PRINTED = re.compile(
    r"批注\s?[\[［【(（][^\]］】)）。]{1,16}\d*[\]］】)）]\s?[:：]|(?:^|[\s　。])(?:删除的内容|带格式的|设置格式|格式化)\s?[:：]\s?(?=\S)"
)


@check(
    code="ST122",
    name="unfinished-editing",
    theme="structure",
    severity=Severity.WARNING,
    zh="修订、批注或突出显示未清理",
    en="tracked changes, comments or highlighted words left in",
)
def unfinished_editing(ctx: AuditContext) -> Iterator[Hit]:
    """Tracked changes, comments or highlighted words left in.

    What it does
    Reports what a Word file carries that was not finished: insertions and deletions not accepted, comments, and (as a notice) highlighted words;
    one finding of each kind, with its first places. In other formats, the balloons that a word processor prints: 批注 [李1]: ….
    Figures are checked as Word shows them, insertions in and deletions out.

    Why is this bad
    A draft was handed in: which of the two wordings holds is open, and comments were not meant for the auditor.

    Example
    Flagged::

        一、资金情况
        全年支出100万元。批注 [李1]: 此数与决算不一致，请再核。
        ----
        一、资金情况
        全年支出100万元。
        删除的内容: 全年支出98万元

    Accepted::

        一、资金情况
        全年支出100万元。县长批注“抓紧整改”，批示件已归档。设置格式统一的台账。

    Rests on
    None: a report handed in is final.
    """
    for kind, (zh, en, severity) in _KINDS.items():
        traces = [trace for trace in ctx.document.traces if trace.kind is kind]
        if traces:
            samples = [trace.words[:_SAMPLE] for trace in traces[:_SHOWN] if trace.words]
            quoted = "：" + "、".join(f"“{sample}”" for sample in samples) if samples else ""
            yield Hit(
                Text(f"{zh}，共{len(traces)}处{quoted}", f"{en} ×{len(traces)}{quoted.replace('：', ': ', 1)}"),
                tuple(Place(_span(ctx, trace)) for trace in traces[:_SHOWN]),
                stated=samples[0] if samples else None,
                severity=severity,
            )
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("批注", "删除的内容", "带格式的"))):
        match = _PRINTED.search(block.text)
        if match is not None:
            end = sentence(block.text, match.end(), match.end())[1]
            yield Hit(
                Text(
                    f"修订或批注的痕迹：“{block.text[match.start() : end].strip()}”", "a printed balloon of changes or comments"
                ),
                (Place(Span(block.index, match.start(), end)),),
                stated=match.group().strip(),
            )


def _span(ctx: AuditContext, trace: Trace) -> Span:
    """Where the trace stands; a note on a whole paragraph is shown at its first sentence."""
    text = ctx.document.blocks[trace.block].text
    whole = (trace.start, trace.end) == (0, len(text))
    return (
        Span(trace.block, trace.start, sentence(text, 0, 0)[1] or trace.end)
        if whole
        else Span(trace.block, trace.start, trace.end)
    )
