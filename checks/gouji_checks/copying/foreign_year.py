"""Another fiscal year spoken of as one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Text, check
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks.spans import prose, sentence

_ENOUGH = 4
_MARKER = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）)\s*")
_OWN = re.compile(
    r"度?[，,]?(?:全年)?(?:(?:我|本)(?:单位|局|部门|院|会|委|办|校|中心|处|站|所|镇|乡|街道)|(?:部门)?(?:整体)?(?:支出|收入|预算|决算|财政拨款|绩效|收支)|全年)"
)
_RESULTS = re.compile(r"新增|[比较]上年|同比")
_FUNDS = re.compile(r"支出|预算|资金|绩效|执行|自评|决算|收入")
_EXPLAINED = re.compile(
    r"较|比|同期|上年|上一年|结转|结余|以来|计划|拟|将|预计|批复|印发|通知|文件|成立|启动|开工|始建|建成|验收|完工|截至|年初|"
    r"增长|下降|减少|增加|换届|任期|签订|荣获|获得|获评|评为|整改|应用|指出|立项|跨年|分年|历年|近.年|至今|审计|巡察|追溯|往年|-|—|～|~"
)


@check(
    code="CP105",
    name="foreign-year",
    theme="copying",
    severity=Severity.WARNING,
    zh="误留其他年度",
    en="another fiscal year spoken of as one's own",
)
def foreign_year(ctx: AuditContext) -> Iterator[Hit]:
    """Another fiscal year spoken of as one's own.

    What it does
    Reports a sentence that speaks of an earlier fiscal year as the report's own (2021年度，我单位支出…) where the report's year stands at
    least four times and the other year once. Comparisons, carry-over, citations, histories and projects begun earlier are not
    reported.

    Why is this bad
    Last year's text was rolled over; the figures beside it may be last year's.

    Example
    Flagged::

        某县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        2023年，我单位预算100万元。2023年全年支出98万元。2023年开展培训4期。2023年度绩效目标已完成。2023年新增设备12台。
        二、绩效情况
        2021年度，我单位项目支出执行规范，资金使用效益良好。

    Accepted::

        某县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        2023年，我单位预算100万元。2023年全年支出98万元。2023年开展培训4期。2023年度绩效目标已完成。2023年新增设备12台。
        二、绩效情况
        与2022年度相比，我单位支出减少2万元。2021年我单位启动供水工程建设，资金分年度安排。

    Rests on
    None: a report speaks of its own year.
    """
    own = ctx.document.year
    dates = [d for facts in ctx.facts.blocks for d in facts.dates if d.year and not d.cited]
    if own is None or sum(d.year == own for d in dates) < _ENOUGH:
        return
    for block in prose(ctx):
        for date in ctx.facts.blocks[block.index].dates:
            rare = sum(d.year == date.year for d in dates) == 1
            if rare and not date.cited and date.year and own - 5 <= date.year < own and _is_own_voice(ctx, block, date, own):
                yield Hit(
                    Text(
                        f"报告年度为{own}年，此处写“{date.raw}”，疑为上一份报告的文字未改",
                        f"the report is on {own}; “{date.raw}” is spoken of here as its own year",
                    ),
                    (Place(date.span),),
                    stated=date.raw,
                    computed=date.raw.replace(str(date.year), str(own)),
                )


def _is_own_voice(ctx: AuditContext, block: Block, date: DateFact, own: int) -> bool:
    """Whether the sentence begins with the year and tells of the unit's own funds, without anything that explains the year."""
    facts = ctx.facts.blocks[block.index]
    start, end = sentence(facts.normal, date.span.start, date.span.end)
    words = facts.normal[start:end]
    lead = facts.normal[start : date.span.start]
    if _is_closing(facts, date, words, lead):
        return True
    if date.kind is not DateKind.YEAR or len(_MARKER.sub("", lead)) > 2 or _EXPLAINED.search(words) or not _FUNDS.search(words):
        return False
    if any(start <= d.span.start < end and d.year == own for d in facts.dates):
        return False
    return bool(_OWN.match(facts.normal[date.span.end : end]))


def _is_closing(facts: BlockFacts, date: DateFact, words: str, lead: str) -> bool:
    """Whether the sentence gives a year's results as of its end: 截至2021年底，新增…."""
    until = _MARKER.sub("", lead) in {"截至", "截止", "至", "到"} and facts.normal[date.span.end : date.span.end + 1] in {
        "底",
        "末",
    }
    return until and bool(_RESULTS.search(words))
