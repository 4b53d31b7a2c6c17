"""Signed before the year that the report accounts for was over."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import clause, prose, prose_with

# Reports on a part of a year, and those on projects that end within it, are signed early.
_HEAD = 6  # blocks in which a report names its year
_PART = re.compile(
    r"监控|监测|中期|上半年|半年|季度|[—\-至]\s?\d{1,2}月|1[—\-至]|阶段|事前|预算编制|目标申报|征求意见|进度|结项|竣工|验收"
)
_ALL_YEAR = re.compile(
    r"全年[^。；]{0,20}\d|年末[^。；]{0,12}\d|年底[^。；]{0,12}\d|第?四季度[^。；]{0,16}\d|(?<!\d年)12月|年终"
)
_RATED = "执行率"  # of the whole year, unless the report says up to which day it counts: 截至5月31日…执行率99%
_UP_TO = re.compile(r"截[至止]到?\s?$")
_SIGNED = frozenset({DateKind.DAY, DateKind.MONTH})
_ITSELF = ("本说明", "本报告", "本自评", "本决算", "本次自评")
_PUBLISHED = re.compile(
    r"[^，。；]{0,6}(?:本(?:说明|报告|自评报告|决算|决算说明|次自评(?:结果|报告)?))(?:应当?|将|须|拟|已|定于|计划)?[在于]?"
)
_PUBLIC = re.compile(r"(?:之?以?前|之前|内|起)?[^，。；]{0,12}(?:公开|公布|公示|报送|上报|提交|备案)")
_YEAR = re.compile(r"20\d\d")
_LAST = 3


@check(
    code="DT104",
    name="early-signature",
    theme="dates",
    severity=Severity.WARNING,
    zh="落款日期早于报告年度终了",
    en="signed before the year of the report was over",
)
def early_signature(ctx: AuditContext) -> Iterator[Hit]:
    """Signed before the year of the report was over.

    What it does
    Compares the date alone at the end, and the day on which the report is to be published or handed in, with the year that it accounts
    for. Signed in an earlier year, or in the same year before November while the text gives figures of the whole year: reported.
    Monitoring, mid-term and quarterly reports are left alone.

    Why is this bad
    Nobody can account for a year that is not over: the date, the year or the text is another report's.

    Example
    Flagged::

        平岭县水务局2023年度部门整体支出绩效自评报告
        一、资金情况
        全年支出100万元，执行率98%。
        平岭县水务局
        2023年5月18日
        ----
        平岭县水务局2023年度部门决算公开说明
        一、资金情况
        全年支出100万元，执行率98%。
        本说明应在2023年9月20日以前公开。

    Accepted::

        平岭县水务局2023年度部门整体支出绩效自评报告
        一、资金情况
        全年支出100万元，执行率98%。
        平岭县水务局
        2024年5月18日
        ----
        平岭县水务局2023年上半年绩效运行监控报告
        一、资金情况
        上半年支出50万元，执行率48%。
        平岭县水务局
        2023年7月18日

    Rests on
    None: a year is accounted for when it is over.
    """
    own, title = ctx.document.year, "".join(ctx.document.title.split())
    if own is None or _PART.search(title) or not _is_on(ctx, own, title):
        return
    for due in _publications(ctx, own):
        yield Hit(
            Text(
                f"报告年度为{own}年，此处写在“{due.raw}”公开或报送，早于年度终了",
                f"the report is on {own}; it is said to be published by “{due.raw}”, before the year was over",
            ),
            (Place(due.span),),
            stated=due.raw,
        )
    signed = _signature(ctx)
    if signed is None or not signed.year:
        return
    head = title + "\n".join(block.text for block in ctx.document.blocks[:_HEAD])
    named = re.once(rf"{own}\s*年(?!\s*\d{{1,2}}\s*月)").search(head) is not None
    early = signed.year == own and named and (signed.month or 12) <= 10 and _tells_all_year(ctx, own, signed.month or 12)
    if own - 3 <= signed.year < own or early:
        yield Hit(
            Text(
                f"报告年度为{own}年，落款日期为“{signed.raw}”，早于年度终了",
                f"the report is on {own}; it is dated “{signed.raw}”, before the year was over",
            ),
            (Place(signed.span),),
            stated=signed.raw,
        )


def _is_on(ctx: AuditContext, own: int, title: str) -> bool:
    """Whether the title names that one year, or the first paragraphs say that it is evaluated."""
    years = set(_YEAR.findall(title))
    if years:
        return years == {str(own)}
    said = re.once(rf"{own}年[^。]{{0,30}}(?:自评|评价|决算)|^\s*[（(]?{own}年度?[）)]?\s*$")
    return any(said.search(ctx.facts.blocks[b.index].normal) for b in ctx.document.blocks[:6])


def _publications(ctx: AuditContext, own: int) -> Iterator[DateFact]:
    """The days, within the year accounted for or before it, on which the report itself is said to be published or handed in."""
    for block in prose_with(ctx, *_ITSELF):
        facts = ctx.facts.blocks[block.index]
        for date in facts.dates:
            if date.kind not in _SIGNED or date.cited or not date.year or not own - 3 <= date.year <= own:
                continue
            start, end = clause(facts.normal, date.span.start, date.span.end)
            if _PUBLISHED.fullmatch(facts.normal[start : date.span.start]) and _PUBLIC.match(facts.normal[date.span.end : end]):
                yield date


def _signature(ctx: AuditContext) -> DateFact | None:
    """The date that stands alone on one of the last lines."""
    for block in list(prose(ctx))[-_LAST:]:
        dates = ctx.facts.blocks[block.index].dates
        if len(dates) == 1 and dates[0].kind in _SIGNED and dates[0].valid and len(block.text.strip()) <= len(dates[0].raw) + 2:
            return dates[0]
    return None


def _tells_all_year(ctx: AuditContext, own: int, signed: int) -> bool:
    """Whether the report accounts for a whole year: by figures of the year's end, or by a rate and no day that it counts up to."""
    december = f"{own}年12月"
    texts = [ctx.facts.blocks[b.index].normal for b in prose(ctx)]
    if any(_ALL_YEAR.search(text) or december in text for text in texts):
        return True
    return any(_RATED in text for text in texts) and not any(
        date.month is not None
        and date.month <= signed
        and date.year in {own, None}
        and _UP_TO.search(facts.normal[: date.span.start])
        for facts in ctx.facts.blocks
        for date in facts.dates
    )
