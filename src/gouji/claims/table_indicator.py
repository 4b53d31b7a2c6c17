"""Indicator rows (绩效指标): target, actual, weight and score; and the cost indicators that make up the funds.

财预〔2020〕10号: a quantitative indicator that is met has its full weight, one that is missed weight × actual ÷ target; never more than the
weight. What is not a plain figure on both sides is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Scene
from gouji.claims.table_build import hedged, table_claim
from gouji.claims.table_grid import Kind, Line, Section, Sort, leaf_weight
from gouji.facts.units import SCORE
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension, plain, show
from gouji.model.text import Text

_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d~～—–\-至到、，；。≥≤<>=+（）]{0,8}?(?:（[^\d（）]{1,6}）)?)"
_TARGET = re.compile(
    rf"(?P<op>≥|>=|>|≤|<=|<|=|不低于|不少于|不超过|不高于|不多于|大于等于|小于等于|大于|小于|至少|达到)?{_NUMBER}(?P<tail>以上|及以上|以内|以下|之内)?"
)
_ACTUAL = re.compile(rf"(?:实际完成|实际|已完成|完成|达到|达|共|=)?{_NUMBER}")
_OPERATOR = re.compile(r"≥|>=|>|≤|<=|<|=|大于等于|小于等于|等于|大于|小于|不低于|不超过")
_AT_LEAST = {"≥", ">=", ">", "不低于", "不少于", "大于等于", "大于", "至少", "达到", "以上", "及以上"}
_AT_MOST = {"≤", "<=", "<", "不超过", "不高于", "不多于", "小于等于", "小于", "以内", "以下", "之内"}
_DURATIONS = {"天", "小时", "分钟", "工作日", "个工作日", "个月", "季度", "年", "秒", "周"}
_DATES = {"月", "日", "号", "时", "月底", "年底", "月前", "日前", "月末", "年末"}
_CALENDAR = 1900  # years from here on are dates
_LOW_IS_GOOD = re.compile(
    r"成本|造价|单价|费用|支出|经费|投诉|差错|事故|逾期|违规|死亡|发病|下降|降低|减少|能耗|排放|时长|时间|时限|周期|天数|控制|偏差|变动|流失|失业|空置|超支"
)
_HIGH_IS_GOOD = re.compile(r"节约|节省|优良|覆盖|办结|处[理置]|化解|完成率|合格|达标|整改|及时|按时|准时")
_NO_REASON = re.compile(r"[—–\-/无]*")
_LENIENT = re.compile(r"(?:[789]\d)%(?:（含）)?(?:及)?以上[^。；]{0,14}(?:得|计|记)?满分")
FAR_ABOVE = Decimal("1.3")  # a target beaten by so much may cost points: it was set too low


@dataclass(frozen=True, slots=True)
class _Goal:
    """A target and an actual that can be compared. `direction`: 1 more is better, -1 less is better, 0 not said."""

    target: Decimal
    actual: Decimal
    direction: int
    said: bool  # the form gives the operator
    sure: bool  # both print one unit
    words: str

    @property
    def met(self) -> bool:
        return self.actual <= self.target if self.direction < 0 else self.actual >= self.target

    @property
    def ratio(self) -> Decimal:
        a, b = (self.target, self.actual) if self.direction < 0 else (self.actual, self.target)
        return a / b if b else Decimal(1)


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Every claim of an indicator's score, and the cost indicators that add up to a figure of the document."""
    lenient: bool | None = None
    for section in sections:
        weight, score = leaf_weight(section), section.first(Sort.SCORE)
        if weight is None or score is None:
            continue
        places = max((r.values[score.index].figure.places for r in section.rows if score.index in r.values), default=0)
        for row in section.rows:
            w, s = row.values.get(weight.index), row.values.get(score.index)
            if w is None or s is None or hedged(w, s) or row.kind == Kind.SUBTOTAL:
                continue
            claim = _row_claim(scene, section, row, w, s, places)
            if claim is not None and claim.shape == "missed" and claim.verdict is Verdict.DISAGREES:
                lenient = any(_LENIENT.search(b.normal) for b in scene.facts.blocks) if lenient is None else lenient
                if lenient:
                    continue
            if claim is not None:
                yield claim
    yield from _costs(scene, sections)


def _row_claim(scene: Scene, section: Section, row: Line, weight: Quantity, score: Quantity, places: int) -> Claim | None:
    others = [("weight", weight)]
    full = plain(weight.base)
    if score.base > weight.base:
        outcome = _outcome(score, weight.base, f"得分{plain(score.base)} > 分值{full}", holds=False)
        return table_claim(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape="above_weight")
    goal = _goal(section, row) if row.kind == Kind.NORMAL else None
    if goal is None or not weight.base:
        return None
    others += _figures(scene, section, row)
    if goal.met:
        if score.base == weight.base:
            return _claim(score, others, _outcome(score, weight.base, f"{goal.words}，满分{full}", holds=True), "met")
        if not goal.direction and not goal.said:
            return None
        if goal.ratio < FAR_ABOVE and _no_reason(section, row) and goal.sure:
            words = f"{goal.words}，已达目标应得满分{full}"
            return _claim(score, others, _outcome(score, weight.base, words, holds=False), "met", LIKELY)
        return None
    right = weight.base * goal.ratio
    shown = right.quantize(Decimal(1).scaleb(-max(score.figure.places, 2)), rounding=ROUND_HALF_UP)
    words = f"{goal.words}：{full} × {plain((goal.ratio * 100).quantize(Decimal('0.01')))}% = {plain(shown)}"
    if score.base != weight.base:
        holds = right in score.figure.rounded() or right in score.figure.truncated()
        return _claim(score, others, _outcome(score, right, words, holds=True), "missed") if holds else None
    if goal.direction == 0 or (not goal.said and goal.direction < 0):
        return None
    unseen = right.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) == weight.base
    sure = goal.sure and not unseen
    return _claim(score, others, _outcome(score, right, words, holds=False), "missed", SURE if sure else LIKELY)


def _claim(
    score: Quantity, others: Sequence[tuple[str, Quantity]], outcome: Outcome, shape: str, confidence: float = SURE
) -> Claim:
    return table_claim(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape=shape, confidence=confidence)


def _outcome(score: Quantity, right: Decimal, formula: str, *, holds: bool) -> Outcome:
    value = right.quantize(Decimal(1).scaleb(-max(score.figure.places, 2)), rounding=ROUND_HALF_UP)
    gap = None if holds else show(abs(score.base - value), SCORE)
    return Outcome(Verdict.AGREES if holds else Verdict.DISAGREES, value, show(value, SCORE), gap, formula)


def _figures(scene: Scene, section: Section, row: Line) -> Iterator[tuple[str, Quantity]]:
    """Target and actual as printed."""
    for role, column in (("target", section.first(Sort.TARGET)), ("actual", section.first(Sort.ACTUAL))):
        span = row.spans.get(column.index) if column else None
        if span is not None:
            found = scene.facts.blocks[row.block].quantities
            yield from ((role, q) for q in found if span.start <= q.span.start < span.end)


def _no_reason(section: Section, row: Line) -> bool:
    """Whether the form has a column for reasons and this row leaves it empty."""
    reasons = section.of(Sort.REASON)
    return bool(reasons) and all(_NO_REASON.fullmatch(row.texts.get(c.index, "")) for c in reasons)


# ---- target and actual ----------------------------------------------------------------------------------------------------------


def _goal(section: Section, row: Line) -> _Goal | None:
    targets, actuals = section.of(Sort.TARGET), section.of(Sort.ACTUAL)
    if len(targets) != 1 or len(actuals) != 1:
        return None
    target_text = row.texts.get(targets[0].index, "")
    target = _TARGET.fullmatch(target_text)
    actual = _ACTUAL.fullmatch(row.texts.get(actuals[0].index, ""))
    if target is None or actual is None:
        return None
    measure = section.first(Sort.MEASURE_UNIT)
    unit = row.texts.get(measure.index, "") if measure else ""
    ours, theirs = target["unit"] or unit, actual["unit"] or unit
    if ours in _DATES or theirs in _DATES or ("%" in ours + theirs and ours != theirs):
        return None
    if ours and theirs and ours != theirs and {ours, theirs} not in ({"人", "名"}, {"个", "家"}, {"处", "个"}):
        return None
    names = "".join(row.texts.get(c.index, "") for c in section.of(Sort.LEVEL, Sort.LABEL))
    operator = target["op"] or target["tail"] or _column_operator(section, row)
    if ours in _DURATIONS and (ours != theirs or not operator or operator in ("=", "等于")):
        return None  # whether sooner or later is better is not said
    named = row.texts.get(section.of(Sort.LEVEL, Sort.LABEL)[-1].index, "") if section.of(Sort.LEVEL, Sort.LABEL) else ""
    low = _LOW_IS_GOOD.search(names) is not None and not _HIGH_IS_GOOD.search(named)
    if operator in _AT_LEAST:
        direction, said = 1, True
    elif operator in _AT_MOST:
        direction, said = -1, True
    elif operator in ("=", "等于"):
        direction, said = (0 if low else 1), True
    else:
        direction, said = (0 if low else 1), False
    a, b = (Decimal(m["number"].replace(",", "")) for m in (target, actual))
    if ours == "年" and max(a, b) >= _CALENDAR:
        return None
    strict = operator in (">", "<", "大于", "小于") and a == b
    passed = operator in ("=", "等于") and b > a  # more than was wanted: good or bad as the case may be
    if strict or passed or (direction == 0 and a != b):
        return None
    return _Goal(a, b, direction, said, ours == theirs, f"目标{target_text}、实际{row.texts[actuals[0].index]}")


def _column_operator(section: Section, row: Line) -> str:
    column = section.first(Sort.OPERATOR)
    match = _OPERATOR.fullmatch(row.texts.get(column.index, "")) if column else None
    return match[0] if match else ""


# ---- costs ----------------------------------------------------------------------------------------------------------------------


def _costs(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Cost indicators in money that add up to a figure of the same document: tied, never accused."""
    known: dict[Decimal, Quantity] | None = None
    for section in sections:
        column = section.first(Sort.TARGET)
        if column is None or not section.of(Sort.LEVEL):
            continue
        costs = [r.values[column.index] for r in section.rows if r.kind == Kind.NORMAL and column.index in r.values]
        costs = [q for q in costs if q.dimension is Dimension.MONEY]
        if len(costs) < 2 or len({q.figure.unit.symbol for q in costs}) != 1 or hedged(*costs):
            continue
        known = _amounts(scene, sections) if known is None else known
        whole = known.get(sum((q.base for q in costs), Decimal(0)))
        if whole is None or whole.span in {q.span for q in costs}:
            continue
        outcome = compare_sum(whole.figure, [q.figure for q in costs])
        if outcome.verdict is Verdict.AGREES:
            reason = Text("成本指标之和等于资金总额", "the cost indicators add up to the funds")
            yield table_claim(ClaimKind.TOTAL, whole, [("part", q) for q in costs], outcome, shape="costs", reason=reason)


def _amounts(scene: Scene, sections: Sequence[Section]) -> dict[Decimal, Quantity]:
    """The amounts of the document by value; those in tables, with their table's unit, before those in text."""
    found: dict[Decimal, Quantity] = {}
    for section in sections:
        for row in section.rows:
            for q in row.values.values():
                if q.dimension is Dimension.MONEY:
                    found.setdefault(q.base, q)
    for q in scene.facts.quantities:
        if q.dimension is Dimension.MONEY:
            found.setdefault(q.base, q)
    return found
