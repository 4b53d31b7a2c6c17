"""An overall score is announced and none is given."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import clause, prose

_ANNOUNCED = re.compile(
    r"(?:给出|得出|计算出?|评出|汇总出?|确定)[^，。；：\d]{0,6}(?:总得分|总分|综合得分|自评得分|评价得分)(?![^，。；]{0,8}\d)"
)
_FULL_MARKS = re.compile(r"，满分\s?\d+\s?分")
_SCORE = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d+)?\s?分(?![之钟别为包项局公配])")
_BOUND = re.compile(r"满分|满|共|[≥≤><＜＞]|分值|权重|总计|低于|高于|不足|以上|以下|至|-|~|—")
_TOTAL_ROW = re.compile(r"总分|总得分|综合得分|合计|总计")


@check(
    code="ST107",
    name="missing-score",
    theme="structure",
    severity=Severity.WARNING,
    zh="文中称给出总得分，但没有得分",
    en="an overall score is announced and none is given",
)
def missing_score(ctx: AuditContext) -> Iterator[Hit]:
    """An overall score is announced and none is given.

    What it does
    Reports words such as 给出总得分 where no overall score follows anywhere, in text or table. Full marks (满分100分), the bounds of
    a grade scale and the scores of single projects are no overall score.

    Why is this bad
    The result of the evaluation, the point of the report, is missing.

    Example
    Flagged::

        一、评价结论
        根据各项工作情况进行综合评价，给出总得分，满分100分。得分≥85分为优秀；60≤得分＜85分为一般。
        二、存在问题
        支付进度偏慢。

    Accepted::

        一、评价结论
        根据各项工作情况进行综合评价，给出总得分，满分100分。经评价，得分96.5分。
        二、存在问题
        支付进度偏慢。

    Rests on
    财预〔2020〕10号: self-evaluation gives a score and a grade.
    """
    if ctx.document.unread or _has_score(ctx):
        return
    for block in prose(ctx):
        text = ctx.facts.blocks[block.index].normal
        announced = _ANNOUNCED.search(text)
        if announced:
            start, end = clause(text, *announced.span())
            follow = _FULL_MARKS.match(text, end)
            yield Hit(
                Text(
                    f"称“{announced.group()}”，但全文没有给出总得分",
                    f"“{announced.group()}” announces an overall score; none is given anywhere",
                ),
                (Place(Span(block.index, start, follow.end() if follow else end)),),
            )
            return


def _has_score(ctx: AuditContext) -> bool:
    """Whether an overall score stands anywhere: in the text, or in a table's line of totals."""
    for block in ctx.document.blocks:
        text = ctx.facts.blocks[block.index].normal
        if block.kind is BlockKind.ROW:
            if _TOTAL_ROW.search(text) and re.search(r"\d", text):
                return True
        elif any(not _BOUND.search(text[max(0, m.start() - 8) : m.start()]) for m in _SCORE.finditer(text)):
            return True
    return False
