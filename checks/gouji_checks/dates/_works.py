"""Steps of one work told in several sentences, of a work told by its name among others, and of contests and examinations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact
from gouji_checks.dates._steps import LABEL, LEAD, ORDERED, STEPS, is_later, is_wrapped, step_of
from gouji_checks.spans import clause, sentence

Pair = tuple[DateFact, DateFact]
# A step named before its date, with a verb of any act behind it: 开标会3月23日举行, 实际完工9月2日.
_NAMES = (
    "(?:招标|采购|比选|磋商)公告|挂网",
    "开标|评标",
    "合同签订|签约",
    "开工|动工|进场",
    "到货|供货",
    "安装|调试",
    "完工|竣工",
    "验收",
    "结算审[计核]|决算审[计核]",
    "通车|投用",
)
_ADVERBS = r"(?:则|却|又|也|均|已|还|就|随后|之后|其后|此后|最后|最终|定于|定在|当年|同年|于|在|从|自|是|为)*[：:]?\s?$"
_LIGHT = re.compile(
    r"\s?(?:当天|上午|下午|起|前后|左右|晚)?(?:正式|全面|集中|统一|公开|现场)?(?:发布|发出|刊登|启动|开始|举行|举办|进行|开展|结束|截止|完成|开放|组织|办理|出具|提交|形成)"
    r"|\s?(?=[，。；、]|$)"
)
_HEADS = tuple(re.compile(rf"(?:{names})(?:工作|会议?|仪式|活动|时间|日期)?{_ADVERBS}") for names in _NAMES)
_KINDS = re.compile(r"网络|线上|现场|公众|大众|群众|专家|媒体|正式|统一|公开|集中|实际|最终|工程|项目|其中|而|但")
# What one paragraph tells of several works, or of a work in parts.
_PARTED = re.compile(
    r"[一二三四]期|标段|分期|分批|首批|[一二三四]批|分别|部分|另一|其余|续建|上年|去年|次年|翌年|重新|二次|流标|废标|改签|补充(?:协议|合同)"
)
_PLANNED = re.compile(
    r"初验|预验|中间|阶段|分部|隐蔽|土建|单项|消防|主体工程|计划|预计|合同约定|应于|应在|要求|终验后|上一?年|前期|拟|将"
)
_WORK = re.compile(
    r"(?:而|其中|但|却|另外|同时|此外|，)*(?P<name>[\u4e00-\u9fff\d]{2,14}?)(?:则|却|又|也|均|已|还|就|随后|最后|最终|实际|定)*(?:于|在|从|自)?$"
)
_NO_NAME = re.compile(
    r"^(?:该|本|上述)?(?:项目|工程|设备|货物|车辆|合同)$|分别|先后|依次|陆续|以来|截[至止]|公告|时间|日期|[于在经由至到从自是为将]|招标|开标|中标|签订|签约|验收|完工|竣工|开工|动工|通车|投用"
)
_NAMED_DAY = re.compile(r"(?:时间|日期)(?:为|是)?[：:]?\s?$")  # 验收时间：8月10日；开工时间：9月1日
_LEAST = 3  # steps from which a paragraph tells the course of a work

# Contests, calls for entries and examinations: what is told in one sentence or paragraph, from the first step to the last.
_EVENTS = tuple(
    tuple(
        (
            re.compile(rf"(?:{names})(?:工作|会|仪式|活动|环节|典礼|阶段)?{_ADVERBS}"),
            re.compile(rf"[^，。；]{{0,6}}?(?:{names})(?!结果|名单)"),
        )
        for names in train
    )
    for train in (
        ("征集|申报|报名", "初评|初选|海选|初赛|预赛", "终评|(?<!半)决赛|复评", "颁奖|授奖|表彰大会"),
        ("征集|申报|报名", "投票", "颁奖|授奖|表彰大会"),
        ("报名", "笔试", "面试", "体检"),
        ("报名", "开班|开课", "结业|结课"),
        ("采样|采集|抽样|取样", "化验|检测|检验"),
        ("初稿", "专家评审|评审|定稿|终稿"),
        ("选民登记|登记选民", "投票", "当选证书"),
    )
)
_THING = re.compile(r"[水土]?样品?|检测|检验|学员|名单|选手|作品|培训班|考生|资料|报告|方案|文本")
_OTHER_ROUND = re.compile(
    r"下一?[届轮期]|上一?[届轮期]|[二三]轮|第二[届轮期次批]|次年|明年|去年|上年|补[录报考]|复试|计划|拟|将于|预计"
)


def reversed_works(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    """Dated steps of a paragraph that go against their order: (what comes first by nature, what is dated before it)."""
    if len(dates) < 2:
        return
    yield from _named(facts, dates)
    yield from _course(facts, dates)
    yield from _events(facts, dates)
    yield from _orders(facts, dates)


def _lead(facts: BlockFacts, date: DateFact) -> tuple[str, str]:
    """The clause of a date before it and behind it, up to another date."""
    start, end = clause(facts.normal, date.span.start, date.span.end)
    if start >= _LEAST and facts.normal[start - 1] in "：:":  # 验收时间：8月10日
        start = clause(facts.normal, start - 2, start - 2)[0]
    start = max([start, *(d.span.end for d in facts.dates if d.span.end <= date.span.start)])
    end = min([end, *(d.span.start for d in facts.dates if d.span.start >= date.span.end)])
    return facts.normal[start : date.span.start], facts.normal[date.span.end : end]


def _headed(facts: BlockFacts, date: DateFact) -> int | None:
    """The step that stands before its date."""
    lead, behind = _lead(facts, date)
    if not _LIGHT.match(behind):
        return None
    found = [n for n, head in enumerate(_HEADS) if head.search(lead)]
    return max(found) if found else None


def _any_step(facts: BlockFacts, date: DateFact) -> int | None:
    """The step of a date, in whichever order the clause names the two."""
    lead, behind = _lead(facts, date)
    headed = _headed(facts, date)
    if headed is not None or _PLANNED.search(lead + behind):
        return None if _PLANNED.search(lead + behind) else headed
    found = [n for n, step in enumerate(STEPS) if step.search(behind)]
    return max(found) if found else step_of(facts, date)


def _named(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    """一标段4月20日开工，二标段5月6日开工；一标段4月8日通过验收: the steps of the work that is named alike each time."""
    works: dict[str, dict[int, list[DateFact]]] = {}
    for date in dates:
        name = _WORK.match(_lead(facts, date)[0])
        step = _any_step(facts, date) if name is not None and not _NO_NAME.search(name["name"]) else None
        if name is not None and step is not None:
            works.setdefault(name["name"], {}).setdefault(step, []).append(date)
    for steps in works.values():
        yield from _first_pair(facts, steps)


def _course(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    """招标公告3月1日发布，3月23日开标。合同签订日期为3月18日: the course of the one work that a paragraph tells of."""
    steps: dict[int, list[DateFact]] = {}
    for date in dates:
        step = _any_step(facts, date)
        if step is not None:
            if steps and not _is_bare(facts, date):
                return
            steps.setdefault(step, []).append(date)
    if not all(len(told) == 1 for told in steps.values()) or _PARTED.search(facts.normal):
        return
    one = len({_sentence(facts, told[0]) for told in steps.values()}) == 1
    labelled = all(_NAMED_DAY.search(_lead(facts, told[0])[0]) for told in steps.values())
    if len(steps) >= _LEAST or one or labelled:
        yield from _first_pair(facts, steps)


def _is_bare(facts: BlockFacts, date: DateFact) -> bool:
    """Whether nothing but the step and words of time stand before the date in its clause."""
    lead = LABEL.sub("", _lead(facts, date)[0])
    for head in _HEADS:
        lead = head.sub("", lead)
    return len(LEAD.sub("", _KINDS.sub("", lead))) < 2


def _sentence(facts: BlockFacts, date: DateFact) -> tuple[int, int]:
    return sentence(facts.normal, date.span.start, date.span.end)


def _first_pair(facts: BlockFacts, steps: dict[int, list[DateFact]]) -> Iterator[Pair]:
    for first, second in sorted(ORDERED):
        one, other = steps.get(first, []), steps.get(second, [])
        if len(one) == len(other) == 1 and is_later(one[0], other[0]) and not is_wrapped(facts, one[0], other[0]):
            yield one[0], other[0]
            return


def _events(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    """评选5月1日举行颁奖，网络投票随后在当年11月启动: the steps of one contest, told in one sentence."""
    for train in _EVENTS:
        sentences: dict[tuple[int, int], dict[int, list[DateFact]]] = {}
        for date in dates:
            lead, behind = _lead(facts, date)
            found = [
                n for n, (head, act) in enumerate(train) if (head.search(lead) and _LIGHT.match(behind)) or act.match(behind)
            ]
            if found and not _OTHER_ROUND.search(facts.normal[slice(*_sentence(facts, date))]):
                sentences.setdefault(_sentence(facts, date), {}).setdefault(max(found), []).append(date)
        for steps in sentences.values():
            told = sorted((n, of[0]) for n, of in steps.items() if len(of) == 1)
            pairs = [(a, b) for i, (_, a) in enumerate(told) for _, b in told[i + 1 :] if _is_of_one(facts, train, a, b)]
            yield from [(a, b) for a, b in pairs if is_later(a, b) and not is_wrapped(facts, a, b)][:1]


def _is_of_one(
    facts: BlockFacts, train: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], one: DateFact, other: DateFact
) -> bool:
    """Whether two steps are not told of two things: 水厂8月12日完成检测，泵站样品8月20日采集."""
    names = []
    for date in (one, other):
        lead = _lead(facts, date)[0]
        for head, _ in train:
            lead = head.sub("", lead)
        names.append(LEAD.sub("", _THING.sub("", _KINDS.sub("", lead))))
    return any(len(name) < 2 for name in names) or names[0] == names[1]


# What is done by an order, told behind it in its sentence: 任务于2023年2月下达，截至…全部完成; 批复印发于…，依据该批复，资金在…下达.
_ORDERED_BEHIND = re.compile(r"(?:正式)?(?:下达|印发|签发|下发|批复)")
_ORDER = re.compile(r"(?:任务|计划|目标|批复|文件|通知)[^，。；]{0,6}?(?:于|在|已)*$")
_ORDERED_BEFORE = re.compile(r"(?:任务|计划|目标|批复|文件|通知)[^，。；]{0,4}(?:下达|印发|签发|下发)(?:于|在)$")
_BY_THEN = re.compile(r"(?:截[至止]|到)$")
_FULFILLED = re.compile(r"(?:底|末|初|中旬|上旬|下旬)?，?(?:已|均已|已经|均)?(?:全部|全面|如期|按期)(?:完成|办结|落实|达成)")
_BY_ORDER = re.compile(
    r"，(?:依据|根据|按照?|依照)(?:该|此|上述)(?:批复|文件|通知|任务|计划)[^。；]{0,12}$|，据此[^。；]{0,12}$"
)
_ACTED = re.compile(r"(?:底|初)?(?:下达|拨付|到位|下拨|支付|实施|启动|开工)")
_NOT_AFTER = re.compile(r"提前|预拨|先行|垫付|追溯|补[发办记助]|追认|上年度?任务|结转|续建|重新")


def _orders(facts: BlockFacts, dates: list[DateFact]) -> Iterator[Pair]:
    for one, other in pairwise(dates):
        if _sentence(facts, one) != _sentence(facts, other) or not is_later(one, other):
            continue
        start, end = _sentence(facts, one)
        text = facts.normal
        lead, behind = text[start : one.span.start], text[one.span.end : end]
        between, last = text[one.span.end : other.span.start], text[other.span.end : end]
        ordered = (_ORDER.search(lead) and _ORDERED_BEHIND.match(behind)) or _ORDERED_BEFORE.search(lead)
        fulfilled = _BY_THEN.search(between) and _FULFILLED.match(last)
        acted = _BY_ORDER.search(between) and _ACTED.match(last)
        if ordered and (fulfilled or acted) and not _NOT_AFTER.search(text, start, end) and not is_wrapped(facts, one, other):
            yield one, other
