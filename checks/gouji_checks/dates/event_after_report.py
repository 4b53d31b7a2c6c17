"""Event told as done dated after the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks import national
from gouji_checks.spans import clause, prose, sentence

_DATED = re.compile(r"(?:填报|报告|编制|报送|提交|填表)(?:日期|时间)\s?：?\s?$")
_DONE = re.compile(
    r"已|(?<![将拟待前须应])完成[^，。；]{1,10}(?:上报|报送|建设|采购|安装|改造|培训|发放|验收|清查|录入|整理|移交)|(?:支付|拨付|发放|兑付|建设|整改)(?:完毕|到位)|完成了|(?<!拟)召开|举行|举办|通过|召开了|举行了|完工|竣工|验收|支付了|拨付了|顺利|(?:出具|印发|下达|批复|签订|召开|报送|收到|反馈|提交|开展|组织|举办)(?:了|的)"
    r"|出具[^，。；]{0,12}(?:报告|意见)|(?:检查|审计|抽查|评价|回访|调查)(?:发现|指出|认定|认为|显示|表明)|经[^，。；]{0,12}(?:审议|研究|评审|验收)|投入使用|正式启用"
    r"|进场|撤场|(?<!拟)开展(?:了)?工作|发布[^，。；]{0,8}(?:公报|公告|数据|结果)|结束$|开班|结业|结课|揭牌|首发|上线|签约|运抵|到货|开标|征求意见"
    r"|对[^，。；]{1,16}(?:复核|核查|抽查|检查|验收|审计|评审|考核)|(?:开展|进行|组织|举办|完成|召开)了|报送?[^，。；]{0,10}[局厅部委办府院](?:备案|审[核批定])?$"
)
_PLANS = re.compile(r"下一?步|打算|计划|安排|下半年|今后|努力方向|工作思路")
_UNTIL = re.compile(r"截[至止]$")
_COUNTED_UNTIL = re.compile(r"(?:数据|情况|数字|指标)(?:均|都)?(?:统计|更新|采集|取数|核对)?(?:到|至|截至|截止|截止到|截至到)$")
_GIVEN = re.compile(r"(?:止|底|末)?，?(?![^。；]{0,30}(?:预计|将|拟|计划))[^。；]{0,24}\d")
_AIM = re.compile(
    r"计划|拟|将|打算|预计|力争|准备|安排|有望|届时|约定|工期|目标|待|尚未|须|预期|预定|原定|倒排|节点|进度表|时间表|要求|宽限|延至|推迟|顺延|争取|估计|预估|排定|排期"
)
_OTHER_YEAR = re.compile(r"次年|翌年|上年|去年|上一年|往年|历年|每年")
_SIGNED = frozenset({DateKind.DAY, DateKind.MONTH})
_NAME = 24  # characters of a name beside the date
# A stretch of a year told by its name, with the month before which none of it is past.
_STRETCHES = {
    "秋季": 8, "下半年": 7, "第三季度": 7, "三季度": 7, "第四季度": 10, "四季度": 10, "冬季": 10, "暑期": 7, "暑假": 7, "国庆": 10,
}  # fmt: skip
_STRETCH = re.compile(rf"度?(?P<name>{'|'.join(_STRETCHES)})(?!前)")
_COUNTED = re.compile(
    r"(?:实际|共|已|累计|新增|招收|完成|入学|发放|支出|支付|办理|开展|举办|组织)[^，。；]{0,14}\d[\d.]*\s?(?:万?元|亿元|[万]?人|名|个|户|次|期|件|场|套|台|公里|平方米|%)"
)
_RANGE = re.compile(r"(?<=日)[至—\-~～](?=\d{1,2}月\d{1,2}日)")  # its own 至 sets no deadline
_SHOWN = re.compile(r"(?:普查|调查|监测|检测|抽查|测评|统计)(?:结果|数据)?(?:显示|表明)")  # 2025年秋季普查结果显示
_SENTENCE = re.compile(r"[，。；：、]|[于在]$|截至")
_AHEAD = re.compile(
    r"将|定于|预定|待|须|方可|才[付能可]|拟|计划|预计|之?前(?:完成|支付|完工|竣工|达|实现)|截止|力争|预期|到期|有效期|底前|日前|年前|月前|至|质保|届满|不迟于|要求"
    r"|有望|届时|约定|工期|尚未|尚需|预定|原定|节点|顺延|推迟|延期|宽限|争取|估计|预估|打算|准备|安排在|排在|排定|应[于在当]|可望|可[于在]|方能|再[行于]|未(?!发[现生])"
)


@check(
    code="DT102",
    name="event-after-report",
    theme="dates",
    severity=Severity.WARNING,
    zh="已发生事项晚于报告日期",
    en="event told as done dated after the report",
)
def event_after_report(ctx: AuditContext) -> Iterator[Hit]:
    """Event told as done dated after the report.

    What it does
    Compares the date under the report, or beside 填报日期, with the days in its text. An event told as done that lies later is
    reported, and so is what was counted in a season or quarter not yet past (2021年秋季实际新入学1284人, signed in March); plans, expectations
    and deadlines are not.

    Why is this bad
    One of the two dates is wrong, or the text was changed after it was signed.

    Example
    Flagged::

        一、资金情况
        全年支出100万元。项目已于2024年7月15日通过验收。
        某县水务局
        2024年6月20日
        ----
        一、存在问题
        2024年7月15日，县审计局出具的跟踪审计意见指出，变更手续办理滞后。
        某县水务局
        2024年6月20日
        ----
        一、工作情况
        我局认真学习贯彻党的二十届三中全会精神，完成培训。
        某县水务局
        2023年2月27日
        ----
        一、工作情况
        2021年，我局深入学习贯彻党的二十大精神，组织宣讲12场。

    Accepted::

        一、资金情况
        项目已于2024年5月15日通过验收。余款将于2024年7月15日前支付。
        某县水务局
        2024年6月20日
        ----
        一、工作情况
        我局认真学习贯彻党的二十大精神和二十届二中全会精神，2022年初做好迎接党的二十大召开的安全保障。
        某县水务局
        2023年3月20日

    Rests on
    None: a report cannot tell what has not happened.
    """
    signed = _signature(ctx)
    yield from national.hits(ctx, (signed.year, signed.month) if signed and signed.year and signed.month else None)
    if signed is None:
        return
    for block in prose(ctx):
        facts = ctx.facts.blocks[block.index]
        if block.parent is not None and _PLANS.search(ctx.document.blocks[block.parent].text):
            continue
        for printed in facts.dates:
            if _is_stretch_ahead(facts.normal, printed, signed):
                yield _hit(printed, signed)
                continue
            date = _with_year(ctx, facts, printed)
            if printed is signed or date.cited or not date.valid or not _is_later(date, signed):
                continue
            start, end = _told(facts.normal, date)
            before = facts.normal[sentence(facts.normal, start, end)[0] : start]
            ahead = facts.normal[: date.span.start]
            if (_COUNTED_UNTIL.search(ahead) or (_UNTIL.search(ahead) and _GIVEN.match(facts.normal, date.span.end))) or (
                _DONE.search(facts.normal[start:end])
                and not _AHEAD.search(_RANGE.sub("", facts.normal[start:end].removeprefix("截至")))
                and not _AIM.search(before)
            ):
                yield _hit(date, signed)


def _is_stretch_ahead(text: str, date: DateFact, signed: DateFact) -> bool:
    """Whether figures are told of a season, half or quarter of the signing's year that was not past: 2021年秋季实际新入学1284人."""
    name = _STRETCH.match(text, date.span.end) if date.kind is DateKind.YEAR and date.year == signed.year else None
    if name is None or (signed.month or 12) >= _STRETCHES[name["name"]] or date.cited:
        return False
    start, end = sentence(text, date.span.start, date.span.end)
    stop = clause(text, name.end(), name.end())[1]
    told = _COUNTED.search(text, name.end(), stop) or _SHOWN.search(text, name.end(), stop)
    return told is not None and not (
        _AIM.search(text[start:end])
        or _AHEAD.search(text[start:end])
        or _PLANS.search(text[start:end].replace(name["name"], ""))
    )


def _hit(date: DateFact, signed: DateFact) -> Hit:
    return Hit(
        Text(
            f"“{date.raw}”的事项写作已完成，晚于报告日期“{signed.raw}”",
            f"an event of “{date.raw}” is told as done, after the report's date “{signed.raw}”",
        ),
        (Place(date.span), Place(signed.span, "signed")),
        stated=date.raw,
    )


def _with_year(ctx: AuditContext, facts: BlockFacts, date: DateFact) -> DateFact:
    """A day or month printed without its year: of the year its paragraph named before, else of the report's."""
    if date.kind not in {DateKind.MONTH_DAY, DateKind.BARE_MONTH}:
        return date
    before = [d.year for d in facts.dates if d.year and not d.cited and d.span.start < date.span.start]
    if before or _OTHER_YEAR.search(facts.normal[: date.span.start]):
        return date  # 2022年9月至12月, 次年1月: whose year it is would be a guess
    kind = DateKind.DAY if date.kind is DateKind.MONTH_DAY else DateKind.MONTH
    return replace(date, kind=kind, year=ctx.document.year)


def _is_later(date: DateFact, signed: DateFact) -> bool:
    """Whether a day, or a month, lies after the report's own at the precision that both have."""
    if date.kind not in {DateKind.DAY, DateKind.MONTH} or not date.year:
        return False
    precision = 3 if date.kind is signed.kind is DateKind.DAY else 2
    return _key(date)[:precision] > _key(signed)[:precision]


def _told(text: str, date: DateFact) -> tuple[int, int]:
    """The bounds of the clause that tells of the date: the one it stands in, or the next where it stands alone before a comma."""
    start, end = clause(text, date.span.start, date.span.end)
    if end <= date.span.end + 1 and text[end : end + 1] in {"，", ","}:
        end = clause(text, end + 1, end + 1)[1]
    return start, end


def _key(date: DateFact) -> tuple[int, int, int]:
    return date.year or 0, date.month or 0, date.day or 0


def _signature(ctx: AuditContext) -> DateFact | None:
    """The report's own date: alone on one of the last lines, or beside 填报日期. None where there are several."""
    found: list[DateFact] = []
    blocks = list(prose(ctx))
    for at, block in enumerate(blocks):
        facts = ctx.facts.blocks[block.index]
        days = [d for d in facts.dates if d.kind in _SIGNED and d.valid]
        alone = at >= len(blocks) - 4 and len(days) == 1 and _is_signature(facts.normal, days[0])
        if len(days) == 1 and (alone or _DATED.search(facts.normal[: days[0].span.start])):
            found.append(days[0])
    return found[0] if len(found) == 1 else None


def _is_signature(text: str, date: DateFact) -> bool:
    """Whether a line is a date alone, or a short name with the date at its end."""
    before, after = text[: date.span.start].strip(), text[date.span.end :].strip()
    return len(after) <= 2 and len(before) <= _NAME and not _SENTENCE.search(before)
