"""Means for each day or month of a year: 全年清运21.37万吨，日均585.5吨; 全年发电1095万千瓦时，月均91.25万千瓦时.

A year has 365 days, 366, or 360 to some; what does not go on every day of it has fewer (开馆, 工作日), so that a mean too large is held against what
goes on all the year alone, and against other things where a slip of the pen explains it. A mean that would take more days than a year has
is wrong of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.products.mean_counts import alike, weight_of
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Hedge
from gouji.text.numerals import parse_chinese

CUES = ("日均", "月均", "年均", "每天", "每日", "每月", "每年")
_MEAN = re.compile(
    r"(?P<day>日均|平均每[天日]|每[天日]平均)|(?P<year>年均|平均每年|每年平均)(?!增|减|下降|上升|提高|浓度|气温|降)|(?P<month>月均|平均每个?月|每个?月平均)(?!每|[\u4e00-\u9fff]?[人户均])"
)
_TALLY = (Dimension.COUNT, Dimension.MEASURE, Dimension.MONEY)
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD)
_YEAR = re.compile(r"全年|年度|年内|当年|本年|今年|20\d\d年(?!\d{1,2}月)")
_PART = re.compile(
    r"\d{1,2}月|季度|半年|截至|以来|自|起|暑|寒假|学期|春运|期间|月底|个月|开放|开馆|工作日|营业|供餐|供暖|采暖|试运行|目标|计划|设计|设施|能力|不足|最[高低多]|高峰|旺季|超过|其中|由|降|升|达到[\u4e00-\u9fff]*以上|单个|每[座台个处家辆条]"
)
_ALWAYS = re.compile(
    r"垃圾|污水|供水|售水|用水|取水|发电|用电|供电|供气|接警|接报警|热线|客运|客流|车流|公交|地铁|轨道|清运|转运|吞吐"
)
_YEARS = re.compile(
    r"(?<![第近\d])(?P<n>[两二三四五六七八九十]|\d{1,2})年(?:来|间|内|期间)?(?:累计|共计?|合计|总计?)[^，。；]{0,16}$"
)
_NUMBERS: dict[str, Sequence[int]] = {"day": (365, 366, 360), "month": (12,)}
_MOST = {"day": Decimal(367), "month": Decimal("12.2")}
_NEAR = Decimal("0.5")
_MONTHS = range(6, 13)


def find(passage: Passage) -> Iterator[Claim]:
    """Every mean of a day or month whose year's total stands right before it in its sentence."""
    if not passage.tells(*CUES):
        return
    for item in passage.items:
        told = _MEAN.search(item.label) if item.q.dimension in _TALLY and item.order else None
        if told is None or not item.q.base or item.q.figure.hedge not in (Hedge.NONE, Hedge.ABOUT):
            continue
        total = passage.items[item.order - 1]
        if total.q.sentence != item.q.sentence or total.q.dimension not in _TALLY or total.role in _OUT or total.hedged:
            continue
        if not alike(total, item):
            continue
        claim = (
            _of_years(passage, item, total) if told["year"] else _claim(passage, item, total, "day" if told["day"] else "month")
        )
        if claim is not None:
            yield claim


def _claim(passage: Passage, mean: Item, total: Item, period: str) -> Claim | None:
    start = passage.text.rfind("。", 0, total.q.span.start) + 1
    words = passage.text[start : mean.q.span.start]
    tried = [_compare(total, mean, number) for number in _NUMBERS[period]]
    holding = next((o for o in tried if o.holds), None)
    if holding is not None:
        return claim_of(ClaimKind.AVERAGE, mean, [("numerator", total)], holding, shape="yearly", confidence=SURE)
    if not _YEAR.search(words) or _PART.search(words) or _PART.match(mean.after):
        return None
    outcome = tried[0]
    low, high = sorted((mean.q.base, outcome.right))
    if low < high * _NEAR and outcome.cause is None:
        return None
    if not (_too_many(total, mean, period) or (_ALWAYS.search(words) and period == "day") or _slip(mean, outcome, period)):
        return None
    return claim_of(ClaimKind.AVERAGE, mean, [("numerator", total)], outcome, shape="yearly", confidence=LIKELY)


def _of_years(passage: Passage, mean: Item, total: Item) -> Claim | None:
    """三年累计投入1.26亿元，年均4,200万元."""
    start = max(passage.text.rfind(mark, 0, total.q.span.start) for mark in "。；") + 1
    told = _YEARS.search(passage.text, start, total.q.span.start)
    number = (int(told["n"]) if told["n"].isdigit() else parse_chinese(told["n"])) if told else None
    if not number or number < 2:
        return None
    outcome = _compare(total, mean, number)
    low, high = sorted((mean.q.base, outcome.right))
    if not outcome.holds and (low < high * _NEAR or mean.hedged):
        return None
    sure = SURE if outcome.holds else LIKELY
    return claim_of(ClaimKind.AVERAGE, mean, [("numerator", total)], outcome, shape="yearly", confidence=sure)


def _compare(total: Item, mean: Item, number: int) -> Outcome:
    weight = weight_of(total, mean)
    value = total.q.base * weight / number
    spread = figure_interval(total.q.figure).scaled(weight / number)
    symbol = total.q.figure.unit.symbol if total.q.figure.unit.symbol != mean.q.figure.unit.symbol else ""
    return compare_value(mean.q.figure, value, spread, f"{as_printed(total.q.figure)}{symbol} ÷ {number}")


def _too_many(total: Item, mean: Item, period: str) -> bool:
    """Whether the total would take more days, or months, than a year has."""
    if mean.q.figure.hedge is not Hedge.NONE:
        return False
    weight = weight_of(total, mean)
    return figure_interval(total.q.figure).low * weight > figure_interval(mean.q.figure).high * _MOST[period]


def _slip(mean: Item, outcome: Outcome, period: str) -> bool:
    digits = len(re.sub(r"\D", "", mean.q.raw).strip("0"))
    if period == "month" and any(abs(outcome.right * 12 / n - mean.q.base) <= mean.q.figure.ulp / 2 for n in _MONTHS):
        return False
    return outcome.cause is TRANSPOSED if digits < 3 else outcome.cause in (TRANSPOSED, ONE_DIGIT)
