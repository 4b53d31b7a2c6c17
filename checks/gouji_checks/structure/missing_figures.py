"""Report without one figure of budget, expenditure, rate or score."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.quantity import Dimension

_TITLE = re.compile(r"绩效.{0,12}报告")
_FIGURE = re.compile(
    r"\d\s?[万亿]?元|(?:执行率|支出进度|支付率|预算完成率)[^，。；]{0,10}\d|得\s?\d[\d.]*\s?分|(?:得分|总分|评分)[^，。；满]{0,6}\d"
)
_CELL = re.compile(r"\d[\d,]*\.\d+")
_SHORTEST = 300
_DAY = re.compile(r"\d月\d{1,2}日")
_DENSE = 200  # characters to a count, rate or date: a report that tells so many can be checked, and its amounts may stand in the form


@check(
    code="ST106",
    name="missing-figures",
    theme="structure",
    severity=Severity.WARNING,
    zh="报告通篇没有收支、执行率和得分数字",
    en="report without one figure of budget, expenditure, rate or score",
)
def missing_figures(ctx: AuditContext) -> Iterator[Hit]:
    """Report without one figure of budget, expenditure, rate or score.

    What it does
    Reports a performance report that gives neither an amount of money, nor an execution rate, nor a score, in text or table. Short
    notes and documents without a title of such a report are left alone. A notice where the text is dense with counts and dates: the
    amounts may stand in the form that goes with it.

    Why is this bad
    A report on expenditure that states none cannot be checked, and the form asks for these figures.

    Example
    Flagged::

        某县水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。
        二、绩效情况
        全年各项工作任务全部完成，资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。全年各项工作任务全部完成，资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。全年各项工作任务全部完成，资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。
        三、存在问题
        绩效指标体系需要进一步完善。

    Accepted::

        某县水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。我局负责全县水资源管理、防汛抗旱和农村供水等工作，机关设办公室、水政股和工程股，各项职能履行到位，工作有序推进，社会反映良好。
        二、绩效情况
        全年支出1200.50万元，资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。资金使用规范，管理制度健全，预算执行总体良好，群众对供水保障和防汛工作的满意程度进一步提高。
        三、存在问题
        绩效指标体系需要进一步完善。

    Rests on
    财预〔2020〕10号 and the forms of self-evaluation: budget, expenditure, execution rate and score are required contents.
    """
    title = next((b for b in ctx.document.blocks[:12] if _is_title(b)), None)
    if title is None or ctx.document.unread or sum(len(b.text) for b in ctx.document.blocks) < _SHORTEST:
        return
    if any(q.dimension in {Dimension.MONEY, Dimension.SCORE} for q in ctx.facts.quantities):
        return
    if any(_FIGURE.search(facts.normal) for facts in ctx.facts.blocks) or _has_form(ctx):
        return
    yield Hit(
        Text(
            "报告通篇没有一个预算、支出、执行率或得分数字，无法核对",
            "the report gives not one figure of budget, expenditure, execution rate or score; nothing can be checked",
        ),
        (Place(Span(title.index, 0, len(title.text))),),
        severity=Severity.NOTICE if _is_dense(ctx) else None,
    )


def _is_dense(ctx: AuditContext) -> bool:
    """Whether the text tells many other figures: counts, rates, days."""
    told = len(ctx.facts.quantities) + sum(len(_DAY.findall(facts.normal)) for facts in ctx.facts.blocks)
    return told * _DENSE >= sum(len(block.text) for block in ctx.document.blocks)


def _is_title(block: Block) -> bool:
    """Whether the block titles a performance report."""
    return block.kind is BlockKind.TITLE and bool(_TITLE.search("".join(block.text.split())))


def _has_form(ctx: AuditContext) -> bool:
    """Whether a table holds figures: a form gives amounts without a unit in its cells."""
    rows = (block for block in ctx.document.blocks if block.kind is BlockKind.ROW)
    return any(_CELL.fullmatch(cell.text.strip()) for block in rows for cell in block.cells)
