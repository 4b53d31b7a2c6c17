"""The levels of a score sheet: weights that make 100 or the parent's, scores that make the total, points lost.

Indicators of one level stand in one sentence, in consecutive items or lines, or in the rows of a table. That a level is complete is proven
by one of its two sums: where the weights make their whole, a total that the scores miss is wrong; where the scores make the total,
weights that miss their whole are. What neither proves is left alone, unless the list is closed by its own total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.claims.arithmetic import Outcome, compare_sum, digit_cause
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Scene
from gouji.claims.score_entries import Entry, Told, Whole, collect
from gouji.claims.sheet import Sheet, component
from gouji.claims.table_grid import Section
from gouji.facts.units import SCORE
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Figure, plain

_BONUS = re.compile(r"加分|附加|奖励|倒扣|另扣|扣减|扣除|调减|折合|加权|换算|系数|四舍五入|取整")
_WEIGHTS = re.compile(r"满分|权重|分值|百分制|标准分|评价体系|指标体系|总分\s?100|各占|框架|评分标准")
_NEAR = Decimal(10)  # points: a sum further from its total is of other things
_REACH = 3  # blocks between a list and its total


@dataclass(slots=True, eq=False)
class Level:
    """The indicators of one level, what their weights should make, and the totals that their scores may make."""

    entries: list[Entry]
    whole: Quantity | None  # printed
    full: Decimal
    totals: list[Quantity]
    closed: bool  # a total closes or heads the list itself
    words: str
    parent: Entry | None = None


def find(scene: Scene, sections: Sequence[Section], sheet: Sheet) -> Iterator[Claim]:
    """Every relation of the levels of the document's score sheets."""
    told = list(collect(scene, sections))
    levels = [level for t in told if (level := _inline(scene, told, t)) is not None]
    levels += _runs(scene, told)
    levels += [level for t in told for level in _inside(t)]
    _weigh(levels)
    own = {t.q.base: t.q for t in sheet.totals if not t.subject}
    alone = sum(1 for level in levels if level.parent is None and _sum_of([e.score for e in level.entries])) == 1
    for level in levels:
        if alone and level.parent is None and not level.totals and len(own) == 1:
            level.totals = list(own.values())
        yield from _judge(level)
        yield from _less(level)
    losses = [(label, q) for t in told for label, q in t.losses]
    yield from _named_losses(levels, losses)
    yield from _loss_lists(scene, told)


# ---- levels ---------------------------------------------------------------------------------------------------------------------


def _inline(scene: Scene, told: Sequence[Told], t: Told) -> Level | None:
    """The level that one paragraph or table tells."""
    top = _merged(t.top)
    if len(top) < 3 or len({e.name for e in top}) < len(top):
        return None
    words = scene.facts.blocks[t.block].normal if t.passage is not None else ""
    whole = next((w.q for w in t.wholes if w.weight and w.q.base == HUNDRED), None)
    totals = [w.q for w in t.wholes if not w.weight]
    closed = bool(totals)
    if not totals:
        totals = [w.q for w in _near(told, t.block, t.block) if not w.weight]
    _decide(top, words, whole, totals)
    return Level(top, whole, HUNDRED, totals, closed or t.passage is None, words)


def _inside(t: Told) -> Iterator[Level]:
    """The parts that a paragraph breaks out of one of its indicators."""
    for parent in t.top:
        parts = [e for e in t.entries if e.of is parent]
        full = parent.full
        if len(parts) < 2 or len({e.name for e in parts}) < len(parts) or full is None:
            continue
        words = t.passage.text if t.passage is not None else ""
        totals = [q for q in (parent.score,) if q is not None]
        _decide(parts, words, None, totals)
        yield Level(parts, full, full.base, totals, closed=True, words=words, parent=parent)


def _near(told: Sequence[Told], first: int, last: int) -> Iterator[Whole]:
    """The totals right behind a list, then those right before it."""
    for t in told:
        if last < t.block <= last + _REACH and not t.entries:
            yield from t.wholes
            break
        if t.block > last and t.entries:
            break
    for t in reversed(told):
        if first - _REACH <= t.block < first and not t.entries:
            yield from t.wholes
            break
        if t.block < first and t.entries:
            break


def _merged(entries: Sequence[Entry]) -> list[Entry]:
    """Weights and scores told in two lists of one paragraph, joined by their names."""
    out: list[Entry] = []
    for entry in entries:
        first = next((e for e in out if e.name == entry.name), None)
        full = first.full if first is not None else None
        if first is None or full is None or first.score is not None or entry.score is None or entry.score.base > full.base:
            out.append(entry)
            continue
        first.weight, first.plain, first.score, first.lost = full, None, entry.score, entry.lost
    return out


def _decide(entries: Sequence[Entry], words: str, whole: Quantity | None, totals: Sequence[Quantity]) -> None:
    """Figures that no word tells are weights or scores, all alike."""
    open_ = [e for e in entries if e.plain is not None]
    if not open_ or any(e.weight is not None and e.score is not None for e in entries):
        return
    weights = all(e.score is None for e in entries) and any(e.weight is not None for e in entries)
    scores = all(e.weight is None for e in entries) and any(e.score is not None for e in entries)
    if not weights and not scores:
        figure = sum((e.plain.base for e in open_ if e.plain is not None), Decimal(0))
        told = whole is not None or _WEIGHTS.search(words) is not None
        weights = figure == HUNDRED or (told and not any(abs(figure - t.base) <= _NEAR for t in totals))
        scores = not weights
    for e in open_:
        if weights:
            e.weight, e.plain = e.plain, None
        else:
            e.score, e.plain = e.plain, None


def _runs(scene: Scene, told: Sequence[Told]) -> Iterator[Level]:
    """Consecutive items or lines that open with one entry each, and the items below each of them."""
    stack: list[tuple[object, list[Told]]] = []
    root: int | None = -1
    for t in told:
        if t.passage is None or not t.head or len(t.top) != 1:
            continue
        here, style = _root(scene, t.block), _style(scene, t.block)
        if here != root:
            yield from _closed(scene, told, stack, 0)
            stack, root = [], here
        at = next((n for n, (s, _) in enumerate(stack) if s == style), None)
        if at is None:
            stack.append((style, [t]))
        else:
            yield from _closed(scene, told, stack, at + 1)
            del stack[at + 1 :]
            stack[at][1].append(t)
    yield from _closed(scene, told, stack, 0)


def _style(scene: Scene, block: int) -> object:
    marker = scene.document.blocks[block].marker
    return marker.style if marker is not None else None


def _root(scene: Scene, block: int) -> int | None:
    """The heading of the first level above a block."""
    at = scene.document.blocks[block]
    while at.parent is not None and at.level != 1:
        at = scene.document.blocks[at.parent]
    return at.index if at.level == 1 else None


def _closed(scene: Scene, told: Sequence[Told], stack: Sequence[tuple[object, list[Told]]], start: int) -> Iterator[Level]:
    """The levels of the runs from `start` on that have come to their end."""
    for n in range(len(stack) - 1, start - 1, -1):
        run = stack[n][1]
        entries = [t.top[0] for t in run]
        if len(entries) < 2 or len({e.name for e in entries}) < len(entries):
            continue
        parent = stack[n - 1][1][-1].top[0] if n else None
        words = "".join(scene.facts.blocks[t.block].normal for t in run)
        if parent is not None:
            full = parent.full
            totals = [q for q in (parent.score,) if q is not None]
            if full is not None:
                _decide(entries, words, None, totals)
                yield Level(entries, full, full.base, totals, closed=True, words=words, parent=parent)
            continue
        if len(entries) < 3:
            continue
        wholes = [*run[-1].wholes, *_near(told, run[0].block, run[-1].block)]
        totals = [w.q for w in wholes if not w.weight]
        whole = next((w.q for w in wholes if w.weight and w.q.base == HUNDRED), None)
        _decide(entries, words, whole, totals)
        yield Level(entries, whole, HUNDRED, totals, closed=bool(totals), words=words)


def _weigh(levels: Sequence[Level]) -> None:
    """Weights told in one list and scores in another: joined by the names where all match."""
    weighted = [lv for lv in levels if all(e.weight is not None and e.score is None for e in lv.entries)]
    for scored in levels:
        if scored.parent is not None or not all(e.score is not None and e.weight is None for e in scored.entries):
            continue
        for other in weighted:
            pairs = [(e, next((w for w in other.entries if _same(w.name, e.name)), None)) for e in scored.entries]
            if len(other.entries) == len(pairs) and all(
                w is not None and w.weight is not None and e.score is not None and e.score.base <= w.weight.base
                for e, w in pairs
            ):
                for e, w in pairs:
                    e.weight = w.weight if w is not None else None
                scored.whole = scored.whole or other.whole
                break


def _same(a: str, b: str) -> bool:
    first = component(a)
    return a == b or (first is not None and first == component(b)) or (len(a) >= 2 and len(b) >= 2 and (a in b or b in a))


# ---- judging --------------------------------------------------------------------------------------------------------------------


def _sum_of(figures: Sequence[Quantity | None]) -> Decimal | None:
    found = [q.base for q in figures if q is not None]
    return sum(found, Decimal(0)) if len(found) == len(figures) else None


def _judge(level: Level) -> Iterator[Claim]:
    """The two sums of a level, each proven or proving."""
    weights, scores = [e.weight for e in level.entries], [e.score for e in level.entries]
    whole, got = _sum_of(weights), _sum_of(scores)
    if _BONUS.search(level.words):
        return
    total = next((q for q in level.totals if q.base == got), level.totals[0] if level.totals else None)
    full = whole == level.full
    ties = total is not None and got == total.base
    if whole is not None and (full or ((ties or level.whole is not None) and abs(whole - level.full) <= _NEAR * 3 / 2)):
        yield _weights(level, [w for w in weights if w is not None], ties or level.closed)
    if got is None or total is None:
        return
    figures = [s for s in scores if s is not None]
    outcome = compare_sum(_in_points(total), [_in_points(q) for q in figures])
    if outcome.holds:
        yield _claim(ClaimKind.SCORE_TOTAL, total, figures, outcome, SURE)
    elif abs(outcome.right - total.base) <= _NEAR and (full or (level.closed and len(figures) >= 4)):
        sure = full and len(figures) >= 3
        yield _claim(ClaimKind.SCORE_TOTAL, total, figures, outcome, SURE if sure else LIKELY)


def _in_points(q: Quantity) -> Figure:
    """A figure of a list without 分 is in points all the same."""
    return q.figure if q.figure.unit == SCORE else replace(q.figure, unit=SCORE)


def _claim(kind: ClaimKind, stated: Quantity, parts: Sequence[Quantity], outcome: Outcome, confidence: float) -> Claim:
    return Claim(
        kind,
        outcome.verdict,
        stated.raw,
        outcome.computed,
        (Operand("stated", stated.span, stated), *(Operand("part", p.span, p) for p in parts)),
        difference=outcome.difference,
        formula=outcome.formula,
        cause=outcome.cause,
        confidence=confidence,
        shape="level",
        right=outcome.right,
    )


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


def _less(level: Level) -> Iterator[Claim]:
    """效益30分，扣2分，得28.5分: what an indicator lost is what its score lacks."""
    for entry in level.entries:
        weight, score = entry.weight, entry.score
        if weight is None or score is None or not entry.lost or score is weight:
            continue
        lost = sum((q.base for q in entry.lost), Decimal(0))
        value = weight.base - lost
        if value < score.base or value == score.base:
            agrees = value == score.base
            yield Claim(
                ClaimKind.SCORE_TOTAL,
                Verdict.AGREES if agrees else Verdict.DISAGREES,
                score.raw,
                f"{plain(value)}分",
                (
                    Operand("stated", score.span, score),
                    Operand("weight", weight.span, weight),
                    *(Operand("deducted", q.span, q) for q in entry.lost),
                ),
                difference=None if agrees else f"{plain(score.base - value)}分",
                formula=f"{plain(weight.base)} - " + " - ".join(plain(q.base) for q in entry.lost) + f" = {plain(value)}",
                cause=None if agrees else digit_cause(score.figure, value),
                confidence=LIKELY,
                shape="less",
                right=value,
            )


_OF_ALL = re.compile(r"(?:(?:类|一级|二级)?指标|类|方面|部分|一?项|维度|环节)*(?:$|共|累计|合计|因|由于|受)")
_SOME = re.compile(r"主要|其中|包括|之一|等|各|分别")


def _named_losses(levels: Sequence[Level], losses: Sequence[tuple[str, Quantity]]) -> Iterator[Claim]:
    """产出质量扣1.2分 in the words, 20分 and 18.8分 in the list: what an indicator is said to have lost is what its score lacks."""
    for level in levels:
        for entry in level.entries:
            weight, score = entry.weight, entry.score
            if weight is None or score is None or entry.lost:
                continue
            found = [(label, q) for label, q in losses if _is_of(label, entry.name)]
            if len(found) != 1 or _SOME.search(found[0][0]):
                continue
            lost, gap = found[0][1], weight.base - score.base
            agrees = lost.base == gap
            yield Claim(
                ClaimKind.SCORE_TOTAL,
                Verdict.AGREES if agrees else Verdict.DISAGREES,
                lost.raw,
                f"{plain(gap)}分",
                (
                    Operand("stated", lost.span, lost),
                    Operand("weight", weight.span, weight),
                    Operand("part", score.span, score),
                ),
                difference=None if agrees else f"{plain(abs(lost.base - gap))}分",
                formula=f"{plain(weight.base)} - {plain(score.base)} = {plain(gap)}",
                cause=None if agrees else digit_cause(lost.figure, gap),
                confidence=LIKELY,
                shape="less",
                right=gap,
            )


def _is_of(label: str, name: str) -> bool:
    core = re.sub(r"(?:类|一级|二级)?指标$|类$|情况$", "", name)
    return len(core) >= 2 and label.startswith(core) and _OF_ALL.match(label[len(core) :]) is not None


# ---- lists of points lost -------------------------------------------------------------------------------------------------------

_ITEMISED = re.compile(r"扣分(?:的)?(?:说明|情况|明细|项目?|因素|事项|原因|点|如下|理由)|失分")


def _loss_lists(scene: Scene, told: Sequence[Told]) -> Iterator[Claim]:
    """自评得分95.3分，扣分说明如下：1.…扣0.5分；2.…扣2分: items that each lost points make up what the total lacks of a hundred."""
    by_block = {t.block: t for t in told}
    for t in told:
        totals = [w.q for w in t.wholes if not w.weight]
        text = scene.facts.blocks[t.block].normal
        if len(totals) != 1 or t.losses or "主要" in text:
            continue
        at = t.block + 1
        blocks = scene.document.blocks
        headed = at < len(blocks) and blocks[at].level is not None and _ITEMISED.search(blocks[at].text) is not None
        if not headed and not _ITEMISED.search(text):
            continue
        lost = _lost_below(scene, by_block, at + headed)
        if len(lost) >= 2:
            yield from _of_hundred(totals[0], lost)


def _lost_below(scene: Scene, by_block: dict[int, Told], at: int) -> list[Quantity]:
    """The points of consecutive items that each tell of one loss; none where one of them tells of none or of scores."""
    lost: list[Quantity] = []
    style = _style(scene, at) if at < len(scene.document.blocks) else None
    while at < len(scene.document.blocks) and style is not None and _style(scene, at) == style:
        t = by_block.get(at)
        if t is None or len(t.losses) != 1 or t.entries or t.wholes:
            return []
        lost.append(t.losses[0][1])
        at += 1
    return lost


def _of_hundred(total: Quantity, lost: Sequence[Quantity]) -> Iterator[Claim]:
    value = HUNDRED - sum((q.base for q in lost), Decimal(0))
    agrees = value == total.base
    if agrees or abs(value - total.base) <= _NEAR:
        yield Claim(
            ClaimKind.SCORE_TOTAL,
            Verdict.AGREES if agrees else Verdict.DISAGREES,
            total.raw,
            f"{plain(value)}分",
            (Operand("stated", total.span, total), *(Operand("deducted", q.span, q) for q in lost)),
            difference=None if agrees else f"{plain(abs(value - total.base))}分",
            formula="100 - " + " - ".join(plain(q.base) for q in lost) + f" = {plain(value)}",
            cause=None if agrees else digit_cause(total.figure, value),
            confidence=LIKELY,
            shape="deducted",
            right=value,
        )
