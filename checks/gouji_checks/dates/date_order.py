"""Dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact, DateKind
from gouji_checks.dates._in_turn import out_of_turn
from gouji_checks.dates._one_day import two_days
from gouji_checks.dates._outcomes import reversed_outcomes
from gouji_checks.dates._steps import ANY_YEAR, RANGE, dated, is_later, reversed_steps
from gouji_checks.dates._works import reversed_works
from gouji_checks.spans import within

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
    order, are dated against their nature: notice, bids, contract, beginning, delivery, completion, acceptance, settlement. So are the steps of a
    work told in several sentences of its paragraph or by its name (一标段), of contests and examinations, and a quarter or month that is said to
    have come after a later one (第四季度…，并于第三季度…); so is what comes of an act dated before it (a report before its survey, a payment before the bids).

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
        ----
        东干渠5月12日开工，西干渠6月3日开工；东干渠于4月28日完工。
        ----
        调查员在第四季度招聘到位，并于第二季度完成了名录核查。

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
    for first, other in two_days(ctx):
        yield _hit(first, other, Text("同一环节前后写了两个日期", "one step is dated with two days"))
    for block in within(
        ctx, ctx.wording.having("季度", "半年") | {n for n, facts in enumerate(ctx.facts.blocks) if facts.dates}
    ):
        facts = ctx.facts.blocks[block.index]
        dates = list(dated(facts, ctx.document.year or ANY_YEAR))
        for before, after in pairwise(dates):
            if is_later(before, after) and RANGE.fullmatch(facts.normal[before.span.end : after.span.start]):
                yield _hit(before, after, Text("期间的起止日期颠倒", "the period ends before it begins"))
        yield from _days(facts)
        yield from _quarters(block, facts.normal)
        yield from _months_of_quarters(block, facts.normal)
        yield from _out_of_turn(block, facts.normal)
        known: set[Span] = set()
        for before, after in (*reversed_steps(facts, dates), *reversed_works(facts, dates), *reversed_outcomes(facts, dates)):
            if known & {before.span, after.span}:
                continue
            known |= {before.span, after.span}
            yield _hit(before, after, Text("后一环节的日期早于前一环节", "the later step is dated before the earlier one"))


def _days(facts: BlockFacts) -> Iterator[Hit]:
    """公示期为5月12日至5月8日: a stretch within one month, printed without a year, that ends before it begins."""
    for before, after in pairwise(d for d in facts.dates if d.kind is DateKind.MONTH_DAY and d.valid and not d.cited):
        joined = RANGE.fullmatch(facts.normal[before.span.end : after.span.start])
        if joined and before.month == after.month and (before.day or 0) > (after.day or 0):
            yield _hit(before, after, Text("期间的起止日期颠倒", "the period ends before it begins"))


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


def _out_of_turn(block: Block, text: str) -> Iterator[Hit]:
    """What is told to have come after, of an earlier quarter or month."""
    for start, end, before, after in out_of_turn(text):
        yield Hit(
            Text(f"先后颠倒：先写“{before}”，随后却写“{after}”", f"told out of turn: “{before}” and then “{after}”"),
            (Place(Span(block.index, start, min(end, len(block.text)))),),
            stated=after,
        )


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


def _hit(before: DateFact, after: DateFact, what: Text) -> Hit:
    return Hit(
        Text(
            f"{what.zh}：前为“{before.raw}”，后为“{after.raw}”",
            f"{what.en}: first “{before.raw}”, then “{after.raw}”",
        ),
        (Place(after.span), Place(before.span, "before")),
        stated=after.raw,
    )
