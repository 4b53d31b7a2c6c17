"""Budget execution in a form: its score by 执行率, in the form's head or as a row of the indicators.

财预〔2020〕10号: execution score = weight × 执行率, never above the weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import Outcome, compare_value, quotient
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Scene
from gouji.claims.tables.build import better, hedged, table_claim
from gouji.claims.tables.funds import FUNDS, fund_label
from gouji.claims.tables.grid import Kind, Line, Section, Sort, is_indicators, leaf_weight
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension, Interval, plain, point
from gouji.model.record import record

EXECUTION = re.compile(r"预算执行|预算完成|资金执行|执行率")
_OTHER_FORMULA = re.compile(
    r"执行率[^。；]{0,30}(?:以上|≥|>|大于|超过|达到|低于|小于|不足|<)[^。；]{0,24}(?:得|计|扣|满分)|分档|序时进度|每(?:低|少|降低|下降)[^。；]{0,14}扣"
)
POINT = Decimal("0.1")  # of a score: less is a slip of rounding
FAR = Decimal("0.3")  # more than a full score in whole points may be rounded up by
_NEAR = 15  # blocks between the two halves of a form that is split in two tables


@record(frozen=True, slots=True)
class Execution:
    """The row of the amounts: its weight, rate and score where printed."""

    weight: Quantity | None
    rate: Quantity | None
    score: Quantity | None


Rate = tuple[Decimal, Interval, str]  # value, what it may stand for, how it is printed


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """The execution score of every form."""
    other: bool | None = None
    places = _score_places(sections)
    for at, section in enumerate(sections):
        listed = is_indicators(section)
        claims = _listed(sections, at, places, scene.profile.execution_weights) if listed else _headed(scene, section, places)
        for n, claim in enumerate(claims):
            if claim.verdict is Verdict.DISAGREES:
                other = _other_formula(scene) if other is None else other
                if other or (n and not listed and not _by_row(scene)):
                    continue
            yield claim


def execution_before(scene: Scene, sections: Sequence[Section], at: int) -> Execution | None:
    """The execution row of the section just before, in the same table or the one before it."""
    section = sections[at]
    for other in reversed(sections[max(0, at - 3) : at]):
        near = section.rows[0].block - other.rows[-1].block <= _NEAR
        if not near or is_indicators(other):
            return None
        rows = _scored(scene, other)
        if not rows:
            rows = [e for r in other.rows if FUNDS.search(fund_label(r)) and (e := _execution(scene, other, r)) is not None]
        if rows:
            return rows[0]
    return None


# ---- in the form's head ---------------------------------------------------------------------------------------------------------


def _headed(scene: Scene, section: Section, places: int) -> Iterator[Claim]:
    for row in section.rows:
        found = _execution(scene, section, row)
        if found is None or found.weight is None or found.rate is None or found.score is None or row.kind == Kind.TOTAL:
            continue
        claim = _score(found.weight, found.score, found.rate, list(_rates(section, row, found.rate)), places)
        if claim is not None:
            yield claim


def _scored(scene: Scene, section: Section) -> list[Execution]:
    """The rows with weight, rate and score: that of all funds first."""
    rows = [_execution(scene, section, r) for r in section.rows if r.kind != Kind.TOTAL]
    return [e for e in rows if e is not None and e.weight is not None and e.rate is not None and e.score is not None]


def _execution(scene: Scene, section: Section, row: Line) -> Execution | None:
    """Weight, rate and score of a row of amounts; the weight may stand in the header: 得分（20分×执行率）."""
    if section.first(Sort.TARGET) is not None:
        return None
    weight, rate, score = section.first(Sort.WEIGHT), section.first(Sort.RATE), section.first(Sort.SCORE)
    found = [row.values.get(c.index) if c is not None else None for c in (weight, rate, score)]
    if weight is None and score is not None and found[2] is not None:
        found[0] = _header_weight(scene, section)
    return Execution(*found) if found[0] is not None or found[2] is not None else None


def _header_weight(scene: Scene, section: Section) -> Quantity | None:
    """The one weight that the header's cells name."""
    found = [
        q
        for index in section.headers
        for q in scene.facts.blocks[index].quantities
        if q.dimension is Dimension.SCORE and q.base in scene.profile.execution_weights
    ]
    return found[-1] if len({q.base for q in found}) == 1 else None


# ---- among the indicators -------------------------------------------------------------------------------------------------------


def _listed(sections: Sequence[Section], at: int, places: int, shares: Sequence[Decimal]) -> Iterator[Claim]:
    """A row 预算执行率 without a target of its own, by the rate of the form's head."""
    section = sections[at]
    weight, score = leaf_weight(section), section.first(Sort.SCORE)
    if weight is None or score is None:
        return
    for row in section.rows:
        w, s = row.values.get(weight.index), row.values.get(score.index)
        if w is None or s is None or row.kind != Kind.NORMAL or not EXECUTION.match(row.label):
            continue
        if w.base not in shares or any(not row.blank(c.index) for c in section.of(Sort.TARGET, Sort.ACTUAL)):
            continue
        head = _rate_before(sections, at)
        claim = _score(w, s, head, [_printed(head)], places) if head is not None else None
        if claim is not None:
            yield claim


def _rate_before(sections: Sequence[Section], at: int) -> Quantity | None:
    """The rate of all funds in the sections just before."""
    for other in reversed(sections[max(0, at - 3) : at]):
        rate = other.first(Sort.RATE)
        if rate is None or sections[at].rows[0].block - other.rows[-1].block > 2 * _NEAR:
            continue
        return next((r.values[rate.index] for r in other.rows if FUNDS.search(fund_label(r)) and rate.index in r.values), None)
    return None


# ---- judging --------------------------------------------------------------------------------------------------------------------


def _score(weight: Quantity, score: Quantity, rate: Quantity, rates: Sequence[Rate], places: int) -> Claim | None:
    """weight × rate, never above the weight, against the score."""
    if hedged(weight, rate, score) or weight.base > HUNDRED:
        return None
    best: Outcome | None = None
    for value, spread, words in rates:
        exact = weight.base * min(value, HUNDRED) / HUNDRED
        wide = Interval(*(weight.base * min(max(v, Decimal(0)), HUNDRED) / HUNDRED for v in (spread.low, spread.high)))
        outcome = compare_value(score.figure, exact, wide, f"{plain(weight.figure.value)} × {words}")
        if better(best, outcome):
            best = outcome
    if best is None:
        return None
    confidence = SURE
    lost = weight.base - best.right
    if best.holds and score.base == weight.base and _unearned(best.right, weight.base, places):
        confidence = SURE if lost >= POINT and places else LIKELY
        shown = f"{plain(lost.quantize(Decimal(1).scaleb(-max(places, 2)), ROUND_HALF_UP))}分"
        best = replace(best, verdict=Verdict.DISAGREES, difference=shown)
    others = [("weight", weight), ("rate", rate)]
    return table_claim(ClaimKind.EXECUTION_SCORE, score, others, best, shape="row", confidence=confidence)


def _score_places(sections: Sequence[Section]) -> int:
    """To how many digits after the point the document prints scores in its tables."""
    scores = [r.values[c.index] for s in sections for c in s.of(Sort.SCORE) for r in s.rows if c.index in r.values]
    return max((q.figure.places for q in scores), default=0)


def _unearned(right: Decimal, full: Decimal, places: int) -> bool:
    """Whether a full score is more than the rate earns in the digits that the document's other scores print; if they are whole, by far."""
    return right.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) < full if places else full - right >= FAR


def _printed(rate: Quantity) -> Rate:
    return rate.base, rate.figure.rounded(), f"{plain(rate.figure.value)}%"


def _rates(section: Section, row: Line, rate: Quantity) -> Iterator[Rate]:
    """The printed rate, and those that the row's amounts give."""
    yield _printed(rate)
    for above in section.of(Sort.SPENT):
        for below in section.of(Sort.BUDGET):
            x, y = row.values.get(above.index), row.values.get(below.index)
            value = quotient(x.figure, y.figure) if x is not None and y is not None else None
            if value is not None and value in rate.figure.rounded():
                yield value, point(value), f"{plain(value.quantize(Decimal('0.0001')))}%"


_EACH_ROW = re.compile(  # 各行得分等于执行率乘以分值
    r"得分\s?(?:[=＝]|等于|为|按)\s?(?:分值|权重|满分)\s?(?:[×*]|乘以?)[^，。；]{0,4}(?:执行|支出|支付)率|得分\s?(?:[=＝]|等于|为|按)[^，。；]{0,6}(?:执行|支出|支付)率\s?(?:[×*]|乘以?)"
)


def _by_row(scene: Scene) -> bool:
    """Whether the document says that every row's score is its weight × its rate, not that of the whole alone."""
    return any(_EACH_ROW.search(scene.facts.blocks[n].normal) for n in scene.wording.having("执行率", "支出率", "支付率"))


def _other_formula(scene: Scene) -> bool:
    """Whether the document scores execution by another rule than weight × rate."""
    return scene.profile.execution == "free" or any(_OTHER_FORMULA.search(b.normal) for b in scene.facts.blocks)
