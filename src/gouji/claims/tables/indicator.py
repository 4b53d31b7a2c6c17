"""Indicator rows (绩效指标): target, actual, weight and score; and the cost indicators that make up the funds.

财预〔2020〕10号: a quantitative indicator that is met has its full weight, one that is missed weight × actual ÷ target; never more than the
weight. What is not a plain figure on both sides is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Scene
from gouji.claims.tables.build import hedged, table_claim
from gouji.claims.tables.goal import Goal, goal_of
from gouji.claims.tables.grid import Kind, Line, Section, Sort, leaf_weight
from gouji.claims.tables.prorated import Partly, out_of_line
from gouji.claims.tables.reason import earned, unexplained
from gouji.facts.units import SCORE
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension, plain, show
from gouji.model.text import Text

_LENIENT = re.compile(r"(?:[789]\d)%(?:（含）)?(?:及)?以上[^。；]{0,14}(?:得|计|记)?满分")
_FAR_ABOVE = Decimal(
    "1.3"
)  # a target beaten by so much may cost points: it was set too low (the profile may say another bound)


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Every claim of an indicator's score, and the cost indicators that add up to a figure of the document."""
    lenient: bool | None = None
    for section in sections:
        score = section.first(Sort.SCORE)
        if score is None:
            continue
        places = max((r.values[score.index].figure.places for r in section.rows if score.index in r.values), default=0)
        partly: list[tuple[Partly, Line]] = []
        held = 0
        for row in section.rows:
            w, s = own_weight(scene, section, row), row.values.get(score.index)
            if w is None or s is None or hedged(w, s) or row.kind == Kind.SUBTOTAL:
                continue
            claim = _row_claim(scene, section, row, w, s, places)
            if claim is not None and claim.shape == "missed" and claim.verdict is Verdict.DISAGREES:
                lenient = any(_LENIENT.search(b.normal) for b in scene.facts.blocks) if lenient is None else lenient
                if lenient:
                    continue
            if claim is not None:
                held += claim.shape == "missed" and claim.verdict is not Verdict.DISAGREES
                yield claim
            elif row.kind == Kind.NORMAL and w.base > s.base and (goal := goal_of(section, row)) is not None:
                partly.append((Partly(w, s, goal), row))
        lines = {id(p): line for p, line in partly}
        for found in out_of_line([p for p, _ in partly], held):
            others = [("weight", found.weight), *_figures(scene, section, lines[id(found)])]
            outcome = _outcome(found.score, found.right, _prorated(found.goal, found.weight, found.right), holds=False)
            yield _claim(found.score, others, outcome, "prorated", LIKELY)
    yield from _costs(scene, sections)


def own_weight(scene: Scene, section: Section, row: Line) -> Quantity | None:
    """The weight of a row's own indicator: in its column, or in the brackets behind its name where no column holds weights."""
    column = leaf_weight(section)
    if column is not None:
        return row.values.get(column.index)
    levels = section.of(Sort.LEVEL)
    span = row.spans.get(levels[-1].index) if levels else None
    if span is None or len(levels) < 2:
        return None
    found = [q for q in scene.facts.blocks[row.block].quantities if span.start <= q.span.start < span.end]
    return found[0] if len(found) == 1 and found[0].dimension is Dimension.SCORE else None


def _prorated(goal: Goal, weight: Quantity, right: Decimal) -> str:
    """How a missed target's score is worked out."""
    full = plain(weight.base)
    if goal.met:
        return f"{goal.words}，已达目标应得满分{full}"
    share = plain((goal.ratio * 100).quantize(Decimal("0.01")))
    return f"{goal.words}：{full} × {share}% = {plain(right.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP))}"


def _row_claim(scene: Scene, section: Section, row: Line, weight: Quantity, score: Quantity, places: int) -> Claim | None:
    others = [("weight", weight)]
    full = plain(weight.base)
    if score.base > weight.base:
        outcome = _outcome(score, weight.base, f"得分{plain(score.base)} > 分值{full}", holds=False)
        return table_claim(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape="above_weight")
    goal = goal_of(section, row) if row.kind == Kind.NORMAL else None
    if goal is None or not weight.base:
        return None
    others += _figures(scene, section, row)
    if goal.met:
        if score.base == weight.base:
            return _claim(score, others, _outcome(score, weight.base, f"{goal.words}，满分{full}", holds=True), "met")
        if earned(scene, goal) and unexplained(scene, section, row, due=True):
            words = _prorated(goal, weight, weight.base)
            return _claim(score, others, _outcome(score, weight.base, words, holds=False), "met", LIKELY)
        return None
    right = weight.base * goal.ratio
    shown = right.quantize(Decimal(1).scaleb(-max(score.figure.places, 2)), rounding=ROUND_HALF_UP)
    words = _prorated(goal, weight, shown)
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
