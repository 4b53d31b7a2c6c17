"""The dated steps of works, calls for entries and examinations, and those that go against their natural order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks.spans import clause, sentence

RANGE = re.compile(
    r"\s?(?:(?:开始|起始?|开工|动工|启动|进场)(?:实施|施工|建设)?[，,]?)?\s?(?:至|到(?![货达场位账岗任])|-|—|——|–|~|～)\s?"
)
# The steps of a work, by rank. A clause that names several (通过竣工验收) is of the last of them.
STEPS = (
    re.compile(r"(?:招标|采购|比选|磋商|询价|发布)的?公告|挂网"),
    re.compile(r"招标(?!文件|公告)|开标|评标|中标|成交"),
    re.compile(r"签订[^，。；]{0,10}合同|签约|合同签订|签订"),
    re.compile(r"开工|开始(?:施工|建设|实施)|进场|动工|启动(?:施工|建设|实施)|破土|起(?:开始)?(?:施工|建设)"),
    re.compile(r"到货|交货|供货|运抵"),
    re.compile(r"安装(?:完成|完毕|到位)|完成[^，。；]{0,4}安装|调试"),
    re.compile(r"完工|竣工|建成|全部完成|完成(?:建设|施工)|主体封顶"),
    re.compile(r"验收"),
    re.compile(r"(?:结算|决算)(?:审计|审核|评审)|审计结算|办理(?:竣工)?(?:结算|决算)"),
    re.compile(r"通车|投入使用|投用|投产|交付使用|正式启用|投入运行|投运|对外开放"),
)
_NOTICE, _BID, _CONTRACT, _BEGUN, _DELIVERED, _INSTALLED, _COMPLETED, _ACCEPTED, _SETTLED, _USED = range(10)
# What each step follows by nature. Work is begun before its contract often enough, and wrongly; that is another matter.
_AFTER = {
    _BID: {_NOTICE},
    _CONTRACT: {_NOTICE, _BID},
    _DELIVERED: {_NOTICE, _BID, _CONTRACT},
    _INSTALLED: {_NOTICE, _BID, _CONTRACT, _DELIVERED},
    _COMPLETED: {_NOTICE, _BID, _CONTRACT, _BEGUN},
    _ACCEPTED: {_NOTICE, _BID, _CONTRACT, _BEGUN, _DELIVERED, _INSTALLED, _COMPLETED},
    _SETTLED: {_NOTICE, _BID, _CONTRACT, _BEGUN, _COMPLETED},
    _USED: {_BEGUN, _DELIVERED},
}
ORDERED = frozenset((first, second) for second, firsts in _AFTER.items() for first in firsts)
_UNSURE = re.compile(
    r"初验|预验|中间|阶段|分部|隐蔽|土建|单项|消防|主体工程|计划|预计|分期|分批|首批|[一二三]批|部分|一期|二期|三期|标段|合同约定|合同工期|应于|要求|续建|终验后|前期|上一"
)
_AGREED = re.compile(r"(?:合同|协议)(?:约定|规定)|合同工期(?:为|：)?|计划(?:于)?")
LABEL = re.compile(r"(?:招标|开标|中标|合同签订|签约|开工|完工|竣工|验收|通车|投用)(?:时间|日期)(?:为|是|：|于|在)?$")
_SAME_YEAR = re.compile(r"(?:当年|同年|本年|今年)$")
_NEXT_YEAR = re.compile(r"(?:次年|翌年|第二年|转年)$")
LEAD = re.compile(
    r"该[\u4e00-\u9fff]{1,4}$|[\s于在已即又并并且自从至到]|(?:验收|竣工|完工|开工)(?:时间|日期)(?:为|是|：)?|车辆|货物|同年|当年|次年|翌年|第二年|该项目|项目|该工程|工程|设备|最终|随后|实际|而|却|但|后|经[^，]{0,8}"
)
_YEARLY = re.compile(r"跨年|学年|次年|翌年|第二年|转年|上年|去年|每年|20\d\d")
ANY_YEAR = 2023  # of a report whose year is unknown: only days of one sentence are compared
_WRAP = 75  # days: two dates without their year that lie farther apart may belong to two years
_BARE = frozenset({DateKind.MONTH_DAY, DateKind.BARE_MONTH})


def dated(facts: BlockFacts, own: int) -> Iterator[DateFact]:
    """The days and months of a block; one printed without its year is of the year that its sentence named before.

    In a sentence without any year all of them are of one year, the report's `own`.
    """
    year, at = None, 0
    for date in facts.dates:
        if not date.valid or date.cited:
            continue
        if "。" in facts.normal[at : date.span.start]:
            year = None
        at = date.span.end
        year = date.year or year
        if date.kind in {DateKind.DAY, DateKind.MONTH}:
            yield date
        elif date.kind in _BARE:
            yearless = own if year is None and not _YEARLY.search(facts.normal[slice(*_sentence(facts, date))]) else year
            if yearless is None:
                continue
            if _NEXT_YEAR.search(facts.normal[: date.span.start]):
                yearless += 1
                year = yearless if year else None
            kind = DateKind.DAY if date.kind is DateKind.MONTH_DAY else DateKind.MONTH
            if not RANGE.match(facts.normal, date.span.end) and not RANGE.search(facts.normal[: date.span.start][-1:]):
                yield replace(date, kind=kind, year=yearless)


def _sentence(facts: BlockFacts, date: DateFact) -> tuple[int, int]:
    return sentence(facts.normal, date.span.start, date.span.end)


def is_wrapped(facts: BlockFacts, one: DateFact, other: DateFact) -> bool:
    """Whether two dates printed without a year lie so far apart that they may belong to two."""
    if _YEARLY.search(facts.normal[slice(*_sentence(facts, one))]):
        return False
    if any(_SAME_YEAR.search(facts.normal[: d.span.start]) for d in (one, other)):
        return False
    days = [(d.month or 1) * 30 + (d.day or 15) for d in (one, other)]
    return abs(days[0] - days[1]) > _WRAP


def is_later(one: DateFact, other: DateFact) -> bool:
    """Whether `one` is later than `other` at the precision that both have."""
    a, b = (one.year or 0, one.month or 0), (other.year or 0, other.month or 0)
    return a > b or (a == b and one.day is not None and other.day is not None and one.day > other.day)


def reversed_steps(facts: BlockFacts, dates: list[DateFact]) -> Iterator[tuple[DateFact, DateFact]]:
    """The dated steps of one work, told in one sentence, that go against their natural order; a step told twice says nothing."""
    sentences: dict[tuple[int, int], dict[int, list[DateFact]]] = {}
    for date in dates:
        step = step_of(facts, date)
        if step is not None:
            around = _sentence(facts, date)
            sentences.setdefault(around, {}).setdefault(step, []).append(date)
        agreed = _agreed(facts, date)
        if agreed is not None and (step := step_of(facts, date, agreed=True)) is not None:
            sentences.setdefault(agreed, {}).setdefault(step, []).append(date)
    for steps in sentences.values():
        for first, second in sorted(ORDERED):
            one, other = steps.get(first, []), steps.get(second, [])
            if (
                len(one) == len(other) == 1
                and is_later(one[0], other[0])
                and not is_wrapped(facts, one[0], other[0])
                and _is_one_work(facts, one[0], other[0])
            ):
                yield one[0], other[0]
                break


def _agreed(facts: BlockFacts, date: DateFact) -> tuple[int, int] | None:
    """The clause of the date where it tells of one contract's dates, which are in their order as well; told apart from a sentence."""
    start, end = clause(facts.normal, date.span.start, date.span.end)
    found = _AGREED.match(facts.normal, start, end)
    return (-1 - start, end) if found and not _UNSURE.search(facts.normal[found.end() : end]) else None


def step_of(facts: BlockFacts, date: DateFact, *, agreed: bool = False) -> int | None:
    """Which step of a work the date's clause names, after the date and before the next one."""
    start, end = clause(facts.normal, date.span.start, date.span.end)
    end = min([end, *(d.span.start for d in facts.dates if d.span.start >= date.span.end)])
    words = facts.normal[date.span.end : end]
    if not agreed and _UNSURE.search(facts.normal[start:end]):
        return None
    label = LABEL.search(facts.normal[start : date.span.start])
    found = [n for n, step in enumerate(STEPS) if step.search(label.group() if label else words)]
    return max(found) if found else None


def _is_one_work(facts: BlockFacts, one: DateFact, other: DateFact) -> bool:
    """Whether the later of the two clauses names no work of its own: 泵站工程2022年8月建成，渠道工程2022年10月开工 are two."""
    later = max(one, other, key=lambda d: d.span.start)
    start = clause(facts.normal, later.span.start, later.span.end)[0]
    dates = [d for d in facts.dates if start <= d.span.start < later.span.start]
    return len(LEAD.sub("", facts.normal[start : later.span.start])) < 2 or bool(dates)
