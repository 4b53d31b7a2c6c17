"""Last year's title over this year's report: the text speaks of the year behind it all through, and is signed the year after that."""

from __future__ import annotations

from gouji.engine.kit import AuditContext, Block, BlockKind
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import sentence

_ENOUGH = 3  # mentions of the year that the text is on, where no date of signing tells it
_ITS_OWN = re.compile(r"度?[，,]?[^，。；\d]{0,12}(?:自评|绩效|决算|预算|收入|支出|完成|资金|目标|任务|项目|共|全年)|年?[底末]")
_PLANS = re.compile(r"下一?步|打算|建议|改进|措施|安排|计划|努力方向|整改")
_AHEAD = re.compile(r"度?，?[^，。；]{0,10}(?:将|拟|计划|预计|力争|打算|预算编制|申报|起)")


def title_year(ctx: AuditContext) -> tuple[DateFact, DateFact] | None:
    """The year of the title and a mention of the year that the text is on; None where title and text agree.

    A report of one year that is handed in the next names that next year for its plans and its date alone: what tells the slip is
    that the title's year is named nowhere as the report's own, and that the text is signed two years after it.
    """
    own, titled = ctx.document.year, _titled(ctx)
    if own is None or titled is None:
        return None
    told: list[DateFact] = []
    named = 0
    for block in ctx.document.blocks:
        if block.kind in {BlockKind.TITLE, BlockKind.HEADER} or block.index == titled.span.block:
            continue
        facts = ctx.facts.blocks[block.index]
        planned = block.parent is not None and _PLANS.search(ctx.document.blocks[block.parent].text) is not None
        for date in facts.dates:
            if date.cited or not date.year:
                continue
            if date.year == own and not _is_base(facts.normal, date):
                return None
            if date.year == own + 1:
                named += 1
                if not planned and _is_own(ctx, block, date):
                    told.append(date)
    signed = _signed(ctx)
    enough = len(told) >= 1 and named >= 2 if signed == own + 2 else len(told) >= 2 and named >= _ENOUGH
    return (titled, told[0]) if enough and signed in {None, own + 2} and (signed or any(d.fiscal for d in told)) else None


def _titled(ctx: AuditContext) -> DateFact | None:
    """The year in the title, where it names one alone."""
    found = [
        d
        for block in ctx.document.blocks[:4]
        if block.kind is BlockKind.TITLE
        for d in ctx.facts.blocks[block.index].dates
        if d.kind is DateKind.YEAR
    ]
    return found[0] if len(found) == 1 and found[0].year == ctx.document.year else None


def _is_base(text: str, date: DateFact) -> bool:
    """Whether the year is the base of a comparison, of a history or of what was carried over."""
    start, end = sentence(text, date.span.start, date.span.end)
    return _BASE.search(text[start:end]) is not None


_BASE = re.compile(
    r"[比较与同]|上年|去年|结转|结余|以来|起|由|从|印发|批复|通知|立项|启动|开工|成立|挂牌|改革|划|获|评为|指出|整改|应用|累计|历年|近.年|增长|下降|提高|升|降|减|增"
)


def _is_own(ctx: AuditContext, block: Block, date: DateFact) -> bool:
    """Whether the sentence accounts for the year: its budget, its goals, its end, and no plan."""
    text = ctx.facts.blocks[block.index].normal
    end = sentence(text, date.span.start, date.span.end)[1]
    if date.kind is DateKind.DAY:
        return (date.month, date.day) == (12, 31)
    after = text[date.span.end : end]
    return date.kind is DateKind.YEAR and _ITS_OWN.match(after) is not None and _AHEAD.match(after) is None


def _signed(ctx: AuditContext) -> int | None:
    """The year of the date at the end."""
    for block in reversed(ctx.document.blocks[-4:]):
        dates = ctx.facts.blocks[block.index].dates
        if len(dates) == 1 and dates[0].year and dates[0].month and len(block.text.strip()) <= len(dates[0].raw) + 24:
            return dates[0].year
    return None
