"""Dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks.spans import clause, sentence, within

_RANGE = re.compile(r"\s?(?:(?:开始|起始?|开工|动工|启动|进场)(?:实施|施工|建设)?[，,]?)?\s?(?:至|到|-|—|——|–|~|～)\s?")
# The steps of a work, by rank. A clause that names several (通过竣工验收) is of the last of them.
_STEPS = (
    re.compile(r"(?:招标|采购|比选|磋商|询价|发布)的?公告|挂网"),
    re.compile(r"招标(?!文件|公告)|开标|评标|中标|成交"),
    re.compile(r"签订[^，。；]{0,10}合同|签约|合同签订|签订"),
    re.compile(r"开工|开始(?:施工|建设|实施)|进场|动工|启动(?:施工|建设|实施)|破土"),
    re.compile(r"到货|交货|供货|运抵"),
    re.compile(r"安装(?:完成|完毕|到位)|完成安装|调试"),
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
_ORDERED = frozenset((first, second) for second, firsts in _AFTER.items() for first in firsts)
_UNSURE = re.compile(
    r"初验|预验|中间|阶段|分部|隐蔽|计划|预计|分期|分批|首批|[一二三]批|部分|一期|二期|三期|标段|合同约定|合同工期|应于|要求|续建|终验后|前期|上一"
)
_AGREED = re.compile(r"(?:合同|协议)(?:约定|规定)|合同工期(?:为|：)?|计划(?:于)?")
_LABEL = re.compile(r"(?:招标|开标|中标|合同签订|签约|开工|完工|竣工|验收|通车|投用)(?:时间|日期)(?:为|是|：|于|在)?$")
_NEXT_YEAR = re.compile(r"(?:次年|翌年|第二年|转年)$")
_LEAD = re.compile(
    r"该[\u4e00-\u9fff]{1,4}$|[\s于在已即又并并且自从至到]|(?:验收|竣工|完工|开工)(?:时间|日期)(?:为|是|：)?|车辆|货物|同年|当年|次年|翌年|第二年|该项目|项目|该工程|工程|设备|最终|随后|实际|而|却|但|后|经[^，]{0,8}"
)
_QUARTER = re.compile(r"第?([一二三四])季度")
# A stretch of the year glossed with months: 四季度（9—11月）, 上半年（1月至7月）, 10—12月（三季度）.
_STRETCH = r"(?<![前至到、和及—\-近连后])(?P<name>第?[一二三四]季度|上半年|下半年|前[一二三两]个?季度)(?:度)?"
_MONTHS = r"(?P<m>\d{1,2})月?(?:份)?\s?[至到\-—–~～]{1,2}\s?(?P<n>\d{1,2})月(?:份)?"
_GLOSSED = (
    re.compile(rf"{_STRETCH}\s?[（(](?:即|指|为)?\s?{_MONTHS}\s?[，,）)]"),
    re.compile(rf"(?<!\d){_MONTHS}\s?[（(](?:即|为)?{_STRETCH}[，,）)]"),
)
_OWN_MONTHS = {"上半年": (1, 6), "下半年": (7, 12), "前二": (1, 6), "前两": (1, 6), "前三": (1, 9), "前一": (1, 3)}
_LISTED = re.compile(r"[^。；一二三四]{0,14}[、，,；;]\s?(?:第|和)?")
_OTHER_CALENDAR = re.compile(r"学年|财年|学期|考核年|会计年|采暖|供暖|榨季|每个?")
_YEARLY = re.compile(r"跨年|学年|次年|翌年|第二年|转年|上年|去年|每年|20\d\d")
_ANY_YEAR = 2023  # of a report whose year is unknown: only days of one sentence are compared
_WRAP = 75  # days: two dates without their year that lie farther apart may belong to two years
_BARE = frozenset({DateKind.MONTH_DAY, DateKind.BARE_MONTH})


@check(
    code="DT103",
    name="date-order",
    theme="dates",
    severity=Severity.WARNING,
    zh="日期先后颠倒",
    en="dates in the wrong order",
)
def date_order(ctx: AuditContext) -> Iterator[Hit]:
    """Dates in the wrong order.

    What it does
    Reports a period that ends before it begins (自2023年9月至2023年5月), a quarter or half of the year glossed with months that are not its own, and a project whose steps, told in one sentence in whatever
    order, are dated against their nature: notice, bids, contract, beginning, delivery, completion, acceptance, settlement.

    Why is this bad
    One of the dates is mistyped, or the acceptance was made before the work was done.

    Example
    Flagged::

        工程于2022年2月18日开工建设，2022年10月30日完工，2022年9月12日通过完工验收。
        ----
        工程于2021年9月动工，2022年11月竣工，同年10月通过验收。
        ----
        设备采购4月17日发布公告，5月12日开标，8月20日全部到货，8月11日组织验收。
        ----
        项目建设期自2023年9月至2023年5月。
        ----
        抚育作业自2022年9月10日开始，至2022年3月20日结束。
        ----
        第二季度（7月至9月）集中开展入户调查。

    Accepted::

        工程于2022年2月18日开工建设，2022年10月30日完工，2022年12月12日通过验收。
        ----
        一期2022年3月完工，二期2022年5月开工。
        ----
        项目建设期自2022年9月至2023年5月。
        ----
        抚育作业自2022年9月10日开始，至2023年3月20日结束；巡护自10月开始，至4月结束。
        ----
        本学年第一季度（9月至11月）招生。第三季度（7月至9月）开展入户调查，第四季度（11月至12月）汇总，前三季度（1月至9月）支出过半。

    Rests on
    None: work begins, ends and is accepted in this order.
    """
    for block in within(
        ctx, ctx.wording.having("季度", "半年") | {n for n, facts in enumerate(ctx.facts.blocks) if facts.dates}
    ):
        facts = ctx.facts.blocks[block.index]
        dates = list(_dated(facts, ctx.document.year or _ANY_YEAR))
        for before, after in pairwise(dates):
            if _is_later(before, after) and _RANGE.fullmatch(facts.normal[before.span.end : after.span.start]):
                yield _hit(before, after, Text("期间的起止日期颠倒", "the period ends before it begins"))
        yield from _quarters(block, facts.normal)
        yield from _months_of_quarters(block, facts.normal)
        for before, after in _reversed(facts, dates):
            yield _hit(before, after, Text("后一环节的日期早于前一环节", "the later step is dated before the earlier one"))


def _quarters(block: Block, text: str) -> Iterator[Hit]:
    """The quarters of a year listed once each, and not in their order."""
    found = [(m, "一二三四".index(m[1])) for m in _QUARTER.finditer(text)]
    for start, size in ((s, z) for s in range(len(found)) for z in (4, 3)):
        run = found[start : start + size]
        if len(run) < size:
            continue
        numbers = [n for _, n in run]
        gaps = [text[a.end() : b.start()] for (a, _), (b, _) in pairwise(run)]
        if len(set(numbers)) == len(numbers) and numbers != sorted(numbers) and all(_LISTED.fullmatch(g) for g in gaps):
            odd = next(n for n in range(1, len(run)) if numbers[n] < max(numbers[:n]))
            words = run[odd][0].group()
            yield Hit(
                Text(f"季度先后颠倒：“{words}”排在“{run[odd - 1][0].group()}”之后", f"quarters out of order at “{words}”"),
                (Place(Span(block.index, run[0][0].start(), run[-1][0].end())),),
                stated=words,
            )
            return


def _months_of_quarters(block: Block, text: str) -> Iterator[Hit]:
    """A quarter or half of the year explained by months that are not its own: 第四季度（7月至9月）, 四季度（9—11月）.

    A part of its months is no contradiction; nor are quarters of another year than the calendar's, all shifted alike.
    """
    wrong = [match for pattern in _GLOSSED for match in pattern.finditer(text) if not _is_glossed_well(match, text)]
    for match in wrong if len(wrong) == 1 else ():
        first, last = _own_months(match["name"])
        right = f"{first}月至{last}月"
        yield Hit(
            Text(f"“{match.group()}”：该期间为{right}", f"“{match.group()}”: it has the months {first} to {last}"),
            (Place(Span(block.index, *match.span())),),
            stated=match.group(),
            computed=right,
        )


def _is_glossed_well(match: re.Match[str], text: str) -> bool:
    """Whether the months lie within the stretch, or belong to a school or financial year or to no calendar."""
    own_first, own_last = _own_months(match["name"])
    first, last = int(match["m"]), int(match["n"])
    other_year = _OTHER_CALENDAR.search(text[max(0, match.start() - 12) : match.start()])
    return bool(other_year) or not 1 <= first <= last <= 12 or own_first <= first <= last <= own_last


def _own_months(name: str) -> tuple[int, int]:
    """The first and the last month of a quarter, of a half of the year or of its first quarters."""
    known = _OWN_MONTHS.get(name) or _OWN_MONTHS.get(name[:2])
    if known:
        return known
    quarter = "一二三四".index(name.removeprefix("第")[0])
    return 3 * quarter + 1, 3 * quarter + 3


def _dated(facts: BlockFacts, own: int) -> Iterator[DateFact]:
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
            if not _RANGE.match(facts.normal, date.span.end) and not _RANGE.search(facts.normal[: date.span.start][-1:]):
                yield replace(date, kind=kind, year=yearless)


def _sentence(facts: BlockFacts, date: DateFact) -> tuple[int, int]:
    return sentence(facts.normal, date.span.start, date.span.end)


def _is_wrapped(facts: BlockFacts, one: DateFact, other: DateFact) -> bool:
    """Whether two dates printed without a year lie so far apart that they may belong to two."""
    if _YEARLY.search(facts.normal[slice(*_sentence(facts, one))]):
        return False
    days = [(d.month or 1) * 30 + (d.day or 15) for d in (one, other)]
    return abs(days[0] - days[1]) > _WRAP


def _is_later(one: DateFact, other: DateFact) -> bool:
    """Whether `one` is later than `other` at the precision that both have."""
    a, b = (one.year or 0, one.month or 0), (other.year or 0, other.month or 0)
    return a > b or (a == b and one.day is not None and other.day is not None and one.day > other.day)


def _reversed(facts: BlockFacts, dates: list[DateFact]) -> Iterator[tuple[DateFact, DateFact]]:
    """The dated steps of one work, told in one sentence, that go against their natural order; a step told twice says nothing."""
    sentences: dict[tuple[int, int], dict[int, list[DateFact]]] = {}
    for date in dates:
        step = _step(facts, date)
        if step is not None:
            around = _sentence(facts, date)
            sentences.setdefault(around, {}).setdefault(step, []).append(date)
        agreed = _agreed(facts, date)
        if agreed is not None and (step := _step(facts, date, agreed=True)) is not None:
            sentences.setdefault(agreed, {}).setdefault(step, []).append(date)
    for steps in sentences.values():
        for first, second in sorted(_ORDERED):
            one, other = steps.get(first, []), steps.get(second, [])
            if (
                len(one) == len(other) == 1
                and _is_later(one[0], other[0])
                and not _is_wrapped(facts, one[0], other[0])
                and _is_one_work(facts, one[0], other[0])
            ):
                yield one[0], other[0]
                break


def _agreed(facts: BlockFacts, date: DateFact) -> tuple[int, int] | None:
    """The clause of the date where it tells of one contract's dates, which are in their order as well; told apart from a sentence."""
    start, end = clause(facts.normal, date.span.start, date.span.end)
    found = _AGREED.match(facts.normal, start, end)
    return (-1 - start, end) if found and not _UNSURE.search(facts.normal[found.end() : end]) else None


def _step(facts: BlockFacts, date: DateFact, *, agreed: bool = False) -> int | None:
    """Which step of a work the date's clause names, after the date and before the next one."""
    start, end = clause(facts.normal, date.span.start, date.span.end)
    end = min([end, *(d.span.start for d in facts.dates if d.span.start >= date.span.end)])
    words = facts.normal[date.span.end : end]
    if not agreed and _UNSURE.search(facts.normal[start:end]):
        return None
    label = _LABEL.search(facts.normal[start : date.span.start])
    found = [n for n, step in enumerate(_STEPS) if step.search(label.group() if label else words)]
    return max(found) if found else None


def _is_one_work(facts: BlockFacts, one: DateFact, other: DateFact) -> bool:
    """Whether the later of the two clauses names no work of its own: 泵站工程2022年8月建成，渠道工程2022年10月开工 are two."""
    later = max(one, other, key=lambda d: d.span.start)
    start = clause(facts.normal, later.span.start, later.span.end)[0]
    dates = [d for d in facts.dates if start <= d.span.start < later.span.start]
    return len(_LEAD.sub("", facts.normal[start : later.span.start])) < 2 or bool(dates)


def _hit(before: DateFact, after: DateFact, what: Text) -> Hit:
    return Hit(
        Text(
            f"{what.zh}：前为“{before.raw}”，后为“{after.raw}”",
            f"{what.en}: first “{before.raw}”, then “{after.raw}”",
        ),
        (Place(after.span), Place(before.span, "before")),
        stated=after.raw,
    )
