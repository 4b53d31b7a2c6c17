"""The sums of score sheets: the weights of a level make 100 or the parent's, its scores the total.

That a level is complete is proven by one of its two sums: where the weights make their whole, a total that the scores miss is wrong; where
the scores make the total, weights that miss their whole are. What neither proves is left alone, unless the list is closed by its own total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, SURE, quantity_sum
from gouji.claims.scene import Scene
from gouji.claims.scores import score_losses
from gouji.claims.scores.entries import collect
from gouji.claims.scores.score_levels import NEAR, Level, levels_of
from gouji.claims.scores.sheet import Sheet, component
from gouji.claims.scores.sheet_claims import SETS, execution_of
from gouji.claims.scores.told import Told
from gouji.claims.tables.grid import Section
from gouji.facts.units import SCORE
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension, Figure, plain

_BONUS = re.compile(r"加分|附加|奖励|倒扣|另扣|扣减|扣除|调减|折合|加权|换算|系数|四舍五入|取整")


def find(scene: Scene, sections: Sequence[Section], sheet: Sheet) -> Iterator[Claim]:
    """Every relation of the levels of the document's score sheets."""
    told = list(collect(scene, sections))
    levels = levels_of(scene, told)
    own = {t.q.base: t.q for t in sheet.totals if not t.subject}
    alone = sum(1 for level in levels if level.parent is None and _sum_of([e.score for e in level.entries])) == 1
    for level in levels:
        if alone and level.parent is None and not level.totals and len(own) == 1:
            level.totals = list(own.values())
        yield from _judge(level, _left_over(scene, told, level))
    yield from _execution(scene, told)
    yield from score_losses.find(scene, told, levels)


def _sum_of(figures: Sequence[Quantity | None]) -> Decimal | None:
    found = [q.base for q in figures if q is not None]
    return sum(found, Decimal(0)) if len(found) == len(figures) else None


def _left_over(scene: Scene, told: Sequence[Told], level: Level) -> set[Decimal]:
    """The points told in the paragraphs of a level, or of an indicator anywhere, that the level does not take in."""
    own = {q.span for e in level.entries for q in (e.first, e.weight, e.score, e.plain) if q is not None}
    blocks = {e.first.span.block for e in level.entries}
    figures = [q for t in told for e in t.entries for q in (e.score, e.plain) if q is not None]
    figures += [
        i.q for b in sorted(blocks) if b in scene.by_block for i in scene.by_block[b].items if i.q.dimension is Dimension.SCORE
    ]
    return {q.base for q in figures if q.span not in own and q.base % 1}


def _judge(level: Level, others: AbstractSet[Decimal]) -> Iterator[Claim]:
    """The two sums of a level, each proven or proving; `others` are points that the level does not take in."""
    weights, scores = [e.weight for e in level.entries], [e.score for e in level.entries]
    whole, got = _sum_of(weights), _sum_of(scores)
    if _BONUS.search(level.words):
        return
    total = next((q for q in level.totals if q.base == got), level.totals[0] if level.totals else None)
    full = whole == level.full
    ties = total is not None and got == total.base
    if not ties and whole is not None and any(w is not None and whole - w.base == level.full for w in weights):
        return  # 预算管理25分，内含执行率10分: one of them is inside another
    if level.whole is None and level.full - (whole or 0) == _OF_EXECUTION and not _executes(level):
        whole, full = None, False  # 产出50分、效益30分、满意度10分: the 10 points of execution are told apart
    known = level.whole is not None or _first_level(level)
    if whole is not None and (full or ((ties or known) and abs(whole - level.full) <= NEAR * 3 / 2)):
        yield _weights(level, [w for w in weights if w is not None], ties or level.closed)
    if got is None or total is None:
        return
    figures = [s for s in scores if s is not None]
    outcome = compare_sum(_in_points(total), [_in_points(q) for q in figures])
    if outcome.holds:
        yield quantity_sum(ClaimKind.SCORE_TOTAL, total, figures, outcome, SURE, "level")
    elif total.base - outcome.right in others:
        return  # one of its indicators was not read as such
    elif abs(outcome.right - total.base) <= NEAR and (full or (level.closed and len(figures) >= 4)):
        sure = full and len(figures) >= 3
        yield quantity_sum(ClaimKind.SCORE_TOTAL, total, figures, outcome, SURE if sure else LIKELY, "level")


_OF_EXECUTION = 10  # points of 预算执行率 in the common form (财预〔2020〕10号, 项目支出绩效自评表)


def _executes(level: Level) -> bool:
    return any(component(e.name) == "execution" or "执行" in e.name for e in level.entries)


def _first_level(level: Level) -> bool:
    """Whether whole numbers are given to all that a first level has: 预算执行10分、产出45分、效益30分、满意度10分."""
    whole = all(e.weight is not None and e.weight.base % 1 == 0 for e in level.entries)
    return whole and {component(e.name) for e in level.entries} in SETS


def _execution(scene: Scene, told: Sequence[Told]) -> Iterator[Claim]:
    """The score of budget execution by the document's rate, where the document scores it once."""
    found = [
        (e.weight, e.score) for t in told for e in t.entries if component(e.name) == "execution" and e.score is not e.weight
    ]
    whole = [(w, s) for w, s in found if w is not None and s is not None]
    if len({(w.base, s.base) for w, s in whole}) == 1:
        claim = execution_of(scene, *whole[0])
        if claim is not None:
            yield claim


def _in_points(q: Quantity) -> Figure:
    """A figure of a list without 分 is in points all the same."""
    return q.figure if q.figure.unit == SCORE else replace(q.figure, unit=SCORE)


def _weights(level: Level, weights: Sequence[Quantity], proven: bool) -> Claim:
    """Weights against what they should make; without a printed whole the weights themselves are the place."""
    stated = Figure(level.full, 0, SCORE, weights[0].figure.hedge)
    outcome = compare_sum(stated, [_in_points(w) for w in weights])
    operands = tuple(Operand("weight", w.span, w) for w in weights)
    if level.whole is not None:
        operands = (Operand("stated", level.whole.span, level.whole), *operands)
    return Claim(
        ClaimKind.WEIGHT_TOTAL,
        outcome.verdict,
        level.whole.raw if level.whole is not None else f"{plain(level.full)}分",
        outcome.computed,
        operands,
        difference=outcome.difference,
        formula=outcome.formula,
        confidence=SURE if proven else LIKELY,
        shape="level",
        right=outcome.right,
    )
