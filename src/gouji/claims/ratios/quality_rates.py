"""Rates of how good what was looked at turned out: 抽检92公里，优等31公里、良等37公里、中等14公里、次差10公里，优良中等率89.13%;
发放150份，非常满意98份、满意43份、一般9份，满意度94.00%; 抽检4,680批次，不合格112批次，合格率97.61%.

The figures that make up what was looked at are classes, the best first: a rate is of the first class, or of the first ones together. Where
only what fell short is told, the rate is of the rest. Weighted rates are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.arithmetic import Outcome, as_printed, compare_ratio
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure

_QUALITY = re.compile(
    r"(?P<name>满意|合格|达标|优良|优秀|优|通过|有效|完好|正常|可用|准确|真实|整改|办结|及时|完成|规范|好评|良好|验收|接入|合规)"
    r"[^，。；\d]{0,6}(?:率|度|程度|比例|占比)?(?:由此|得出|约|为|达|是|占)*$|以上的?占$|合并计算$"
)
_SHORT = re.compile(  # called for what fell short
    r"(?:不|未|没|欠|无|有待)[\u4e00-\u9fff]{0,8}$|[次较]?差$|存疑|有误|问题|故障|逾期|超期|尚在整改|退回|错|漏|一般$|不好$|异常"
)
_WEIGHTED = re.compile(r"加权|折算|系数|平均|综合|总体|上年|去年|目标|[不低]低于")
_OUT = frozenset({Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR, Role.DEDUCTED})
_BACK = 10
_MOST = 6  # classes


def find(passage: Passage, item: Item) -> Claim | None:
    """The rate of what turned out well among all that was looked at."""
    match = _QUALITY.search(item.label)
    if match is None or _WEIGHTED.search(item.label) or item.hedged or not ZERO < item.q.base < HUNDRED:
        return None
    before = [
        i
        for i in passage.items[max(0, item.order - _BACK) : item.order]
        if i.q.dimension in (Dimension.COUNT, Dimension.MEASURE)
        and i.role not in _OUT
        and not i.hedged
        and item.q.sentence - i.q.sentence <= 1
        and not i.q.chinese
    ]
    return _of_classes(item, before) or _of_the_rest(passage, item, before, match["name"] or "")


def _of_classes(item: Item, before: Sequence[Item]) -> Claim | None:
    """Of the first classes of a list that makes up the figure before it."""
    for first in range(len(before) - 1, 0, -1):
        classes = before[first:]
        whole = next((w for w in reversed(before[max(0, first - 2) : first]) if _makes_up(classes, w)), None)
        if whole is not None and len(classes) <= _MOST:
            return _first_of(item, classes, whole)
    return None


def _makes_up(classes: Sequence[Item], whole: Item) -> bool:
    return (
        len(classes) > 1
        and all(kin(i.q, whole.q) and i.q.base < whole.q.base for i in classes)
        and sum((i.q.base for i in classes), ZERO) == whole.q.base
    )


def _first_of(item: Item, classes: Sequence[Item], whole: Item) -> Claim | None:
    """The reading that holds; else the classes that fall short by no word, where a slip of the pen explains it."""
    tried: list[tuple[Sequence[Item], Outcome]] = []
    for count in range(1, len(classes)):
        outcome = _together(item, classes[:count], whole)
        if outcome is not None and outcome.holds:
            return _claim(item, classes[:count], whole, outcome, SURE)
        if outcome is not None:
            tried.append((classes[:count], outcome))
    good = [i for i in classes if not _SHORT.search(i.label)]
    for parts, outcome in tried:
        if list(parts) == good:
            return _claim(item, parts, whole, outcome, LIKELY)
    return None


def _together(item: Item, parts: Sequence[Item], whole: Item) -> Outcome | None:
    unit = parts[0].q.figure.unit
    total = Figure(sum((i.q.figure.value for i in parts), ZERO), max(i.q.figure.places for i in parts), unit)
    if any(i.q.figure.unit != unit for i in parts):
        return None
    outcome = compare_ratio(item.q.figure, total, whole.q.figure)
    if outcome is None or len(parts) == 1:
        return outcome
    words = f"({' + '.join(as_printed(i.q.figure) for i in parts)})"
    return replace(outcome, formula=outcome.formula.replace(as_printed(total), words, 1))


def _claim(item: Item, parts: Sequence[Item], whole: Item, outcome: Outcome, confidence: float) -> Claim:
    others = [*(("numerator", i) for i in parts), ("denominator", whole)]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="classes", confidence=confidence)


def _of_the_rest(passage: Passage, item: Item, before: Sequence[Item], name: str) -> Claim | None:
    """检出不合格112批次，合格率97.61%; 总合格率97.9%，不合格865批次: what is left when those that fell short are taken off."""
    behind = passage.items[item.order + 1 : item.order + 2]
    shorts = [i for i in before[-3:] if _SHORT.search(i.label)]
    shorts += [
        i for i in behind if _SHORT.search(i.label) and i.q.segment == item.q.segment and i.q.dimension is Dimension.COUNT
    ]
    claims = [c for pair in _pairs(shorts, before) if (c := _without(item, *pair)) is not None]
    tie = next((c for c in claims if c.verdict is not Verdict.DISAGREES), None)
    if tie is not None or len(claims) != 1 or not name:
        return tie
    return claims[0] if any(no + name in shorts[0].label for no in "不未") else None


def _without(item: Item, short: Item, whole: Item) -> Claim | None:
    if whole.q.figure.unit.factor != 1 or short.q.figure.unit.factor != 1:
        return None
    rest = Figure(whole.q.base - short.q.base, 0, whole.q.figure.unit)
    outcome = compare_ratio(item.q.figure, rest, whole.q.figure)
    if outcome is None:
        return None
    words = f"({as_printed(whole.q.figure)} - {as_printed(short.q.figure)})"
    outcome = replace(outcome, formula=outcome.formula.replace(as_printed(rest), words, 1))
    others = [("denominator", whole), ("faults", short)]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="free_of_faults", confidence=SURE if outcome.holds else LIKELY)


def _pairs(shorts: Sequence[Item], before: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    for short in shorts:
        for whole in reversed(before):
            if whole is not short and whole not in shorts and kin(whole.q, short.q) and whole.q.base > short.q.base:
                yield short, whole
