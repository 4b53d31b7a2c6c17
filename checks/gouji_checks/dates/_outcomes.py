"""What comes of an act, dated before the act: a report before its survey, a payment before the bids, a prize before the contest."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact
from gouji_checks.dates._steps import is_later, is_wrapped
from gouji_checks.spans import clause, sentence

Pair = tuple[DateFact, DateFact]
_SURVEYS = r"(?:问卷|调查|测评|评估|审计|检测|监测|普查|核查|评价|检查|鉴定|测绘|勘察)"
# What is done, what comes of it, and what the sentence or paragraph of both must hold for the two to be of one thing.
_TRAINS = (
    (re.compile(r"征求意见|征询意见|公开征集意见"), re.compile(r"(?:意见|建议)?[^，。；]{0,4}(?:反馈|收集|汇总)[^，。；]{0,4}(?:截止|结束|完毕|收齐|完成)"), None),
    (
        re.compile(rf"(?:开展|进行|组织|实施|启动|发放)了?[^，。；]{{0,6}}{_SURVEYS}|{_SURVEYS}(?:机构|组|小组|人员|单位|队)?(?:进场|入场|入驻)"),
        re.compile(rf"{_SURVEYS}[^，。；]{{0,4}}(?:报告|结果|结论|意见书)[^，。；]{{0,20}}?(?:提交|出具|形成|印发|反馈|交付)|(?:提交|出具|形成)了?[^，。；]{{0,8}}{_SURVEYS}(?:报告|结论|意见)"),
        None,
    ),
    (re.compile(r"(?:完成|举行|举办|结束|进行|开展)了?[^，。；]{0,8}(?:比赛|竞赛|决赛|评选|实操)"), re.compile(r"颁奖|授奖|表彰大会|表彰仪式"), None),
    (
        re.compile(r"(?:招标|采购|磋商|比选)公告|开标|签订(?:了)?[^，。；]{0,6}合同|签约"),
        re.compile(r"(?:支付|付清|结清|拨付)了?[^，。；]{0,6}(?:合同(?:价|货)?款|合同金额|价款|货款|设备款|工程款)"),
        None,
    ),
    (re.compile(r"(?:最后|最终)审定|审定通过|审议通过"), re.compile(r"(?:报送|送|上报|提交)(?:给|至|到)?[省市县区州]?(?:财政|主管|人大|审计)"), re.compile(r"报告")),
    (re.compile(r"(?:正式)?(?:开始|启动)(?:现场|入户)?(?:登记|普查|采集|施工)"), re.compile(r"(?:抽查|核查|复查|回访)组?(?:已|全部)?(?:完成|结束)"), re.compile(r"事后|抽查|复查")),
)  # fmt: skip
_APART = re.compile(
    r"上年|去年|次年|翌年|每年|第[一二三四]季度|两次|[二三四]次|分别|首[次轮批]|[一二三]批|一期|二期|三期|预付|上一|另一|再次|重新|拟|计划|将于|预计|下一|前期|中期|年度|抽样|初步|原"
)
_CUES = ("征求意见", "征询意见", "意见", "报告", "结果", "结论", "颁奖", "授奖", "表彰", "支付", "付清", "结清", "拨付", "审定", "审议通过", "抽查", "核查", "复查", "回访")  # fmt: skip


def reversed_outcomes(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    """(the act, its outcome dated before it) in one paragraph, each told once; both of one year."""
    if len(dates) < 2 or not any(cue in facts.normal for cue in _CUES):
        return
    told = [(date, _words(facts, date)) for date in dates]
    for act, outcome, holding in _TRAINS:
        acts = [d for d, words in told if act.search(words) and not _APART.search(words)]
        ends = [d for d, words in told if outcome.search(words) and not act.search(words) and not _APART.search(words)]
        if len(ends) != 1 or not acts or (holding is not None and not holding.search(facts.normal)):
            continue
        first = min(acts, key=lambda d: (d.year or 0, d.month or 0, d.day or 0))
        if is_later(first, ends[0]) and not is_wrapped(facts, first, ends[0]):
            yield first, ends[0]


def _words(facts: BlockFacts, date: DateFact) -> str:
    """The clause of a date, or the next one where it stands alone before a comma; no further than the next date."""
    text = facts.normal
    start, end = clause(text, date.span.start, date.span.end)
    stop = sentence(text, date.span.start, date.span.end)[1]
    if end <= date.span.end + 2 and text[end : end + 1] == "，" and end < stop:
        end = clause(text, end + 1, end + 1)[1]
    end = min([end, *(d.span.start for d in facts.dates if d.span.start >= date.span.end)])
    start = max([start, *(d.span.end for d in facts.dates if d.span.end <= date.span.start)])
    return text[start:end]
