"""Days counted that the dates beside them do not give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import sentence, within

_DAY = r"(?:(?P<y{0}>20\d\d)年)?(?P<m{0}>\d{{1,2}})月(?P<d{0}>\d{{1,2}})日"
_ONE = re.compile(_DAY.format(""))
_RANGE = re.compile(
    _DAY.format("1")
    + r"(?:上午|下午|起|开始)?\s?(?:至|到|-|—|–|~|～)\s?(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
)
_FROM_TO = re.compile(
    _DAY.format("1")
    + r"(?:正式|全面)?(?:开工|动工|开幕|开展|启动|开始|进场|开馆|开班|破土动工)(?:建设|施工)?[，、]?\s?(?:并?于|至|到)?\s?"
    + r"(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,2})月)(?P<d2>\d{1,2})日(?:全部|全面|正式|顺利|如期)?(?:完工|竣工|结束|闭幕|完成|撤展|结业|建成)(?:施工|建设)?(?=[，、（(])"
)
_AGREED = re.compile(r"(?:合同|计划|约定|批复|要求|核定|目标)(?:建设|施工)?(?:总)?$")  # what was to be
_MONTHS = re.compile(r"(?P<cue>历时|为期|建设工期|工期|建设周期|周期|共)(?:为|是|共计?|了)?\s?(?P<n>\d{1,2})\s?个月(?!以|内)")
_MONTH = 30.44  # days
# What counts the days of a period as a whole. 共 counts them only right behind the dates: 共培训20天 leaves days out.
_SPANS = re.compile(
    r"(?P<cue>公示|历时|为期|会期|展期|公示期|总?工期|持续|共计?|合计|前后|总计)(?:为|是|共计?|了)?\s?(?P<n>\d{1,3})\s?(?:日历天|天|日)(?!以|内|制)"
)
_SPANNING = ("公示", "历时", "为期", "会期", "展期", "公示期", "工期", "周期", "持续", "共", "计", "前后")
_SHIFTED = ("提前", "提早", "推迟", "延", "滞后", "期", "晚", "早")
_LOOSE = frozenset({"共", "共计", "合计", "总计", "前后"})
_GAP = re.compile(
    r"[）)]?(?:在[^，。；\d]{1,10})?(?:召开|举行|举办|开展|进行|完成|展出|公示|止)?[^，。；\d]{0,6}[，（(、]?[^，。；\d]{0,4}"
)
_LEAD = re.compile(
    r"(?P<word>提前|提早|推迟|延迟|延期|延后|滞后|逾期|超期|晚|早)(?:了|竣工|完工|完成|交付|到货|验收|支付|于?[^，。；\d]{0,4})?\s?(?P<n>\d{1,3})\s?(?P<unit>天|日)(?!以|内|前|报|通|告)"
)
_BEGUN = re.compile("开工|动工|开幕|开展|启动|开始|进场|开馆|开班")
_EARLY = frozenset({"提前", "提早", "早"})
_PLANNED = re.compile(r"计划|原定|约定|要求|规定|目标|时限|期限|预定|应当?|截止|节点|预计|[比较]$")
_ACTUAL = re.compile(r"实际|已于|最终|于$")
_EXCEPT = re.compile(
    r"上年|去年|同期|往年|上届|扣除|工作日|节假日|周末|停工|除去|不含|不计|交易日|每[天日周期]|分[\d一二三四]?[次批期段]|顺延|两期|其中"
)


@check(
    code="DT106",
    name="day-count-mismatch",
    theme="dates",
    severity=Severity.WARNING,
    zh="天数与日期不符",
    en="days counted that the dates do not give",
)
def day_count_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Days counted that the dates beside them do not give.

    What it does
    Counts the days of a period printed with its first and last day (6月1日至6月20日，历时30天; 4月10日开工，7月18日竣工), with or without the first day, its months,  and the
    days by which something was done before or after the date planned (比计划的4月30日推迟10天 of 4月20日), with the direction.
    Working days, pauses and several terms are left alone.

    Why is this bad
    One of the dates or the count is wrong; a delay told as an advance changes the score of timeliness.

    Example
    Flagged::

        会议于2月16日至18日召开，会期5天。
        ----
        春季造林于4月20日前完成，比计划的4月30日推迟10天。
        ----
        合同约定2023年9月30日完工，实际9月10日完工，提前30天。
        ----
        项目2023年4月10日开工，2023年7月18日竣工，历时120天。

    Accepted::

        会议于2月16日至18日召开，会期3天。公示期5月6日至5月13日，共7天。
        ----
        春季造林于4月20日完成，比计划的4月30日提前10天。
        ----
        工程6月1日至7月10日施工，扣除雨季停工，历时30天。6月1日至6月30日举办培训，共20期。

    Rests on
    The calendar.
    """
    having = ctx.wording.having
    for block in within(ctx, having("月") & having(*_SPANNING, *_SHIFTED)):
        text = ctx.facts.blocks[block.index].normal
        yield from _periods(ctx, block, text)
        yield from _leads(ctx, block, text)


def _periods(ctx: AuditContext, block: Block, text: str) -> Iterator[Hit]:
    """6月1日至6月20日，历时30天."""
    for period in (*_RANGE.finditer(text), *(_FROM_TO.finditer(text) if _BEGUN.search(text) else ())):
        yield from _months(ctx, block, text, period)
        count = _SPANS.search(text, period.end(), min(len(text), period.end() + 24))
        if count is None or not _GAP.fullmatch(text[period.end() : count.start()]) or _EXCEPT.search(_around(text, count)):
            continue
        if _AGREED.search(text[period.end() : count.start()]):
            continue
        days = _between(ctx, period)
        if days is None:
            continue
        stated = int(count["n"])
        loose = count["cue"] in _LOOSE and count.start() - period.end() > 1
        if stated in {days, days + 1} or (loose and stated < days):
            continue
        yield _hit(block, count, [period], count["n"], days + 1)


def _months(ctx: AuditContext, block: Block, text: str, period: re.Match[str]) -> Iterator[Hit]:
    """9月1日动工，次年8月31日完工，建设工期15个月."""
    count = _MONTHS.search(text, period.end(), min(len(text), period.end() + 24))
    if count is None or not _GAP.fullmatch(text[period.end() : count.start()]) or _EXCEPT.search(_around(text, count)):
        return
    if _AGREED.search(text[period.end() : count.start()]):
        return
    days = _between(ctx, period)
    if days is not None and abs(days / _MONTH - int(count["n"])) > 1:
        yield _hit(block, count, [period], count["n"], f"{days / _MONTH:.1f}个月")


def _leads(ctx: AuditContext, block: Block, text: str) -> Iterator[Hit]:
    """比计划的4月30日推迟10天, told of something done on another day of the same sentence."""
    for lead in _LEAD.finditer(text):
        start, _ = sentence(text, lead.start(), lead.end())
        dates = list(_ONE.finditer(text, start, lead.start()))
        if len(dates) != 2 or _EXCEPT.search(_around(text, lead)) or _RANGE.search(text[start : lead.start()]):
            continue
        planned = [d for d in dates if _PLANNED.search(text[max(start, d.start() - 8) : d.start()]) or _is_due(text, d)]
        if len(planned) != 1 or (text[dates[1].end() : lead.start()].count("，") > 1):
            continue
        actual = next(d for d in dates if d is not planned[0])
        if _ACTUAL.search(text[max(start, planned[0].start() - 4) : planned[0].start()]):
            continue
        first, second = _date(ctx, planned[0], ""), _date(ctx, actual, "")
        if (
            first is None
            or second is None
            or ((planned[0]["y"] is None) != (actual["y"] is None) and first.year != second.year)
        ):
            continue
        days = (second - first).days
        early = lead["word"] in _EARLY
        if days and (days < 0) == early and abs(abs(days) - int(lead["n"])) <= 1:
            continue
        if abs(days) > 300:
            continue
        words = f"{'提前' if days < 0 else '推迟'}{abs(days)}天"
        yield _hit(block, lead, [planned[0], actual], lead[0], words)


def _is_due(text: str, day: re.Match[str]) -> bool:
    """合同约定的9月30日的完工期限: the word for the plan may stand behind the date."""
    return bool(re.match(r"的?(?:计划|约定|规定|目标|交货期|时限|期限|节点|要求)", text[day.end() : day.end() + 8]))


def _around(text: str, match: re.Match[str]) -> str:
    return text[slice(*sentence(text, match.start(), match.end()))]


def _between(ctx: AuditContext, period: re.Match[str]) -> int | None:
    """The days from the first to the last, the first not counted."""
    first = _date(ctx, period, "1")
    year = int(period["y2"] or 0) or (first.year if first else 0)
    try:
        last = date(year, int(period["m2"] or period["m1"]), int(period["d2"]))
    except ValueError:
        return None
    return (last - first).days if first is not None and last >= first else None


def _date(ctx: AuditContext, match: re.Match[str], number: str) -> date | None:
    """The day printed; without a year it is of the report's."""
    year = int(match[f"y{number}"] or 0) or ctx.document.year or 2023
    try:
        return date(year, int(match[f"m{number}"]), int(match[f"d{number}"]))
    except ValueError:
        return None


def _hit(block: Block, count: re.Match[str], dates: list[re.Match[str]], stated: str, right: int | str) -> Hit:
    said = " / ".join(d[0] for d in dates)
    computed = f"{right}天" if isinstance(right, int) else right
    return Hit(
        Text(f"“{said}”按日期为{computed}，文中写“{count[0]}”", f"“{said}” gives {computed}; “{count[0]}” is stated"),
        (
            Place(Span(block.index, count.start(), count.end())),
            *(Place(Span(block.index, d.start(), d.end()), "date") for d in dates),
        ),
        stated=stated,
        computed=computed,
    )
