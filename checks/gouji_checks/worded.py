"""What a clause without figures says of the figures right before it: 比上年少18件，投诉量有所增加; 计划6月完工，实际9月完工，工期有所提前.

Each kind is read in one sentence, where the words leave no other figures to be meant: the direction of a change, all of what was checked
against the part that failed, a plan's month against the actual one, a balance or an overrun against budget and spending.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Quantity
from gouji.model import patterns as re
from gouji_checks.spans import sentence, within

Said = tuple[Block, tuple[int, int], tuple[int, int]]  # the words, and what they contradict

_RISE = "增加|增长|增多|上升|提高|提升|扩大|上涨|攀升|走高"
_FALL = "减少|下降|降低|回落|下滑|缩小|缩减|走低|少了"
_THAN = r"(?:比|较|与|同)(?:上一?年度?|去年|上年同期|去年同期|同期|上期|上一期|20\d\d年)(?:相比)?(?:的)?"
_CHANGED = re.compile(
    rf"{_THAN}[^，。；\d]{{0,10}}?(?:(?P<up>{_RISE}|多|高)|(?P<down>{_FALL}|少|低))了?(?:约|近)?\s?\d[\d.,]*"
    rf"|由\s?[\d.,]+[^，。；\d]{{1,6}}(?:(?P<rose>增|升|提|涨|扩)|(?P<fell>减|降|压|缩|跌))[^，。；\d]{{0,4}}[到至]\s?\d[\d.,]*"
)
_TREND = re.compile(
    rf"，(?P<noun>[\u4e00-\u9fff]{{2,10}}?)(?:较上年|比上年|同比)?(?:有所|明显|大幅度?|略有|稍有|持续|稳步|显著|小幅|呈)(?:(?P<up>{_RISE})|(?P<down>{_FALL}))(?:趋势|态势)?(?=[，。；]|$)"
)
_MEASURED = re.compile(r"[量数率额度次值]$|规模$|支出$|收入$|费用$|经费$|成本$|人员$")
_OTHER_TREND = re.compile(
    r"增[速幅]|降幅|速度|势头|压力|难度|能力|水平|意识|质量|效率|效果|力度|主要|原因|由于|因|但|其中|预计|将|结余"
)
_PAIR = re.compile(  # 92%，比上年的95%有所提高
    rf"(?P<now>\d+(?:\.\d+)?)\s?(?P<unit>%|个百分点|万元|件|人次|人|起|户|次|公里)，{_THAN}[^，。；\d]{{0,6}}?(?P<prior>\d+(?:\.\d+)?)\s?(?P=unit)(?:[，]?(?:有所|略有|明显|大幅)?(?:(?P<up>{_RISE})|(?P<down>{_FALL}))(?:了)?(?=[，。；]|$)|[，]?(?P<level>(?:基本)?持平))"
)
_LEVEL = 10  # a figure told as level lies within a tenth of last year's
_FAILED = re.compile(
    r"(?:其中|有|查出|发现|仅)?\s?(?P<n>\d+)\s?(?P<unit>批次|[份件个户座处家批起人名台套组条项所栋])[^，。；\d]{0,6}?(?:不(?P<root>合格|达标|规范|符合)|未(?:能)?(?:通过)?(?P<act>通过|完成|办结|达标|整改|完工|验收|答复))(?=[，。；])"
)
_ALL_WELL = (
    r"[，；](?P<said>[^，。；\d]{{0,12}}?(?:全部|均|都|100%|无一例外)[^，。；\d]{{0,6}}?(?<!不)(?<!未){0})(?=[，。；]|$)"
)
_SETTLED = re.compile(
    r"其余|其他|剩余|除|外|后(?!续)|复[检查]|重新|补[办验]|再次|整改|下架|召回|已|最终|随|应|须|要求|目标|确保|力争|将|抽|产品(?:已|均)|另"
)
_ENDED = "完工|竣工|完成|交付|建成|投用|验收|结题|上线|办结"
_PLANNED_MONTH = re.compile(
    rf"(?:计划|原定|合同约定|约定|应(?:当)?(?:于|在)|要求)[^，。；\d]{{0,8}}(?:(?P<y>20\d\d)年)?(?P<m>\d{{1,2}})月(?:份|底|末|初|中旬|上旬|下旬|\d{{1,2}}日)?(?:之?前)?[^，。；\d]{{0,4}}(?P<end>{_ENDED})，"
    rf"[^，。；\d]{{0,8}}(?:(?P<ay>20\d\d)年)?(?P<am>\d{{1,2}})月(?:份|底|末|初|中旬|上旬|下旬|\d{{1,2}}日)?(?:才|正式|全面|全部)*(?P=end)[^，。；]{{0,4}}，(?P<said>[^，。；\d]{{0,8}}?(?:(?P<early>提前|按期|按时|如期|准时)|(?P<late>延误|滞后|延期|推迟|拖延|逾期))[^，。；\d]{{0,6}})(?=[，。；]|$)"
)
_BUDGETED = re.compile(r"预算|安排|下达|核定|批复|到位")
_SPENT = re.compile(r"支出|执行|使用|花费|列支|支付")
_LEFT = re.compile(
    r"，(?P<said>(?:尚|仍|还|略|也)?(?:有|存在|形成)(?:了)?(?:部分|少量|一定|些许|资金|小额)*(?:结余|节余|剩余)(?:资金)?)(?=[，。；]|$)"
)
_OVER = re.compile(
    r"，(?P<said>(?:略有|有所|存在|出现|形成|已)?(?:超支|超预算|超出预算)(?:部分[^，。；\d]{0,10}|现象|情况|情形)?)(?=[，。；]|$)"
)

_DUE = re.compile(r"应(?!急|用|对|届|变)|计划|目标|任务|需")
_DONE = re.compile(r"实际|完成|实施|到位|已|新建|举办|办班|发放|实[发收缴到训建]")
_AS_DUE = re.compile(
    r"，(?P<said>(?P<all>[^，。；\d]{0,10}?(?:全部(?:完成|到位|发放|拨付|办结|建成|落实)|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|如数(?:完成|到位|发放))(?!率)[^，。；\d]{0,4})"
    r"|(?P<short>[^，。；\d]{0,10}?(?:未能?|没有?能?)(?:按[期时]|如期|全面|全部)?(?:完成|达到|实现)[^，。；\d]{0,10}))(?=[，。；]|$)"
)
_SOME = re.compile(r"部分|其中|个别|其他|其余|质量|时效|成本|满意|指标值|除|但|后|将|应当|要求|确保|支付|资金支出")


def worded(ctx: AuditContext) -> Iterator[Said]:
    """The clauses that the figures right before them contradict."""
    having = ctx.wording.having
    trends = having("有所", "明显", "大幅", "略有", "稍有", "持续", "稳步", "显著", "小幅", "呈", "持平")
    for block in within(ctx, trends & having("比", "较", "由", "与", "同")):
        yield from _trends(block)
    for block in within(
        ctx, having("全部", "均", "都", "100%", "无一例外") & having("不合格", "不达标", "不规范", "不符合", "未")
    ):
        yield from _all_well(block)
    for block in within(
        ctx, having("提前", "按期", "按时", "如期", "准时", "延误", "滞后", "延期", "推迟", "拖延", "逾期") & having("月")
    ):
        yield from _months(block)
    for block in within(ctx, having("结余", "节余", "剩余", "超支", "超预算", "超出预算")):
        yield from _balance(ctx, block)
    for block in within(ctx, having("应", "计划", "目标", "任务", "需") & having("全部", "尽", "如数", "未", "没")):
        yield from _as_due(ctx, block)


def _trends(block: Block) -> Iterator[Said]:
    text = block.text
    for trend in _TREND.finditer(text):
        start, _ = sentence(text, trend.start(), trend.end())
        changes = list(_CHANGED.finditer(text, start, trend.start() + 1))
        before = text[start : trend.start()]
        if len(changes) != 1 or _OTHER_TREND.search(trend[0]) or not _MEASURED.search(trend["noun"]):
            continue
        rose = bool(changes[0]["up"] or changes[0]["rose"])
        noun = trend["noun"]
        same = any(noun[n : n + 2] in before for n in range(len(noun) - 1))
        if rose != bool(trend["up"]) and same and "，" not in text[changes[0].end() : trend.start()]:
            yield block, (trend.start() + 1, trend.end()), changes[0].span()
    for pair in _PAIR.finditer(text):
        now, prior = (float(pair[g]) for g in ("now", "prior"))
        apart = abs(now - prior) * _LEVEL > max(now, prior)
        wrong = apart if pair["level"] else now < prior if pair["up"] else now > prior
        if wrong or (now == prior and not pair["level"]):
            word = "level" if pair["level"] else "up" if pair["up"] else "down"
            yield block, pair.span(word), (pair.start("now"), pair.end("prior"))


def _all_well(block: Block) -> Iterator[Said]:
    text = block.text
    for failed in _FAILED.finditer(text):
        if int(failed["n"]) == 0:
            continue
        _, end = sentence(text, failed.start(), failed.end())
        root = failed["root"] or failed["act"]
        well = next(re.once(_ALL_WELL.format(root)).finditer(text, failed.end(), end), None)
        if well is not None and not _SETTLED.search(text[failed.end() : well.end()]):
            yield block, well.span("said"), failed.span()


def _months(block: Block) -> Iterator[Said]:
    for found in _PLANNED_MONTH.finditer(block.text):
        year = found["y"] or "0"
        planned, actual = (int(year), int(found["m"])), (int(found["ay"] or year), int(found["am"]))
        if (found["ay"] and not found["y"]) or planned == actual:
            continue
        if (actual > planned) == bool(found["early"]):
            yield block, found.span("said"), (found.start("m"), block.text.index("月", found.start("am")) + 1)


def _balance(ctx: AuditContext, block: Block) -> Iterator[Said]:
    for pattern, left in ((_LEFT, True), (_OVER, False)):
        for found in pattern.finditer(block.text):
            start, _ = sentence(block.text, found.start(), found.end())
            pair = _budget_and_spent(ctx, block, start, found.start())
            if pair is None:
                continue
            budget, spent = pair
            if (spent.base >= budget.base) if left else (spent.base < budget.base):
                yield block, found.span("said"), (budget.span.start, spent.span.end)


def _budget_and_spent(ctx: AuditContext, block: Block, start: int, end: int) -> tuple[Quantity, Quantity] | None:
    """The two amounts of a sentence, where there are no others: what was budgeted and what was spent."""
    money = [q for q in ctx.facts.blocks[block.index].quantities if start <= q.span.start < end and q.dimension == "money"]
    if len(money) != 2 or not all(q.exact for q in money):
        return None
    budget, spent = money
    named = _BUDGETED.search(budget.label) and not _SPENT.search(budget.label) and _SPENT.search(spent.label)
    return (budget, spent) if named and not _BUDGETED.search(spent.label) else None


def _as_due(ctx: AuditContext, block: Block) -> Iterator[Said]:
    """应到位300万元，实际到位280万元，资金全部到位; 计划6期，实际办班6期，培训任务未完成."""
    for found in _AS_DUE.finditer(block.text):
        start, _ = sentence(block.text, found.start(), found.end())
        figures = [q for q in ctx.facts.blocks[block.index].quantities if start <= q.span.start < found.start()]
        if len(figures) != 2 or not all(q.exact for q in figures) or _SOME.search(block.text[start : found.end()]):
            continue
        due, done = figures
        if due.figure.unit != done.figure.unit or due.dimension == "percent" or _DONE.search(due.label.replace("完成目标", "")):
            continue
        if not _DUE.search(due.label) or not _DONE.search(done.label) or _DUE.search(done.label):
            continue
        if (done.base < due.base) if found["all"] else (done.base >= due.base):
            yield block, found.span("said"), (due.span.start, done.span.end)
