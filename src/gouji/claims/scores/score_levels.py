"""The levels of a score sheet: the indicators that stand in one sentence, in consecutive items or lines, or in the rows of a table.

A level knows what its weights should make, and the totals that its scores may make: those that close or head its list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.scene import Scene
from gouji.claims.scores.sheet import component
from gouji.claims.scores.told import Entry, Told, Whole
from gouji.model import patterns as re
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED
from gouji.model.record import record

_WEIGHTS = re.compile(r"满分|权重|分值|百分制|标准分|评价体系|指标体系|总分\s?100|各占|框架|评分标准|构成|设置|组成")
NEAR = Decimal(10)  # points: a sum further from its total is of other things
_REACH = 3  # blocks between a list and its total


@record(slots=True, eq=False)
class Level:
    """The indicators of one level, what their weights should make, and the totals that their scores may make."""

    entries: list[Entry]
    whole: Quantity | None  # printed
    full: Decimal
    totals: list[Quantity]
    closed: bool  # a total closes or heads the list itself
    words: str
    parent: Entry | None = None


def levels_of(scene: Scene, told: Sequence[Told]) -> list[Level]:
    """Every level that the paragraphs and tables tell, weights told apart from their scores joined to them."""
    levels = [level for t in told if (level := _inline(scene, told, t)) is not None]
    levels += _runs(scene, told)
    levels += [level for t in told for level in _inside(t)]
    _weigh(levels)
    return levels


def _inline(scene: Scene, told: Sequence[Told], t: Told) -> Level | None:
    """The level that one paragraph or table tells."""
    top = _merged(_before_total(t))
    names = [e.name for e in top]
    again = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if again is not None and again >= 3 and t.passage is not None and all(e.weight and e.score for e in top[:again]):
        top = top[:again]  # behind the list, 产出失分最多，4.8分里面…: more is said of one of it
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


def _before_total(t: Told) -> list[Entry]:
    """The indicators up to the total that closes their list; what is said of them behind it is no list of its own."""
    ends = [w.q.span.start for w in t.wholes if not w.weight]
    for end in ends:
        before = [e for e in t.top if e.first.span.start < end]
        if len(before) >= 3 and t.passage is not None:
            return before
    return t.top


_BROKEN_DOWN = re.compile("下设|分设|分为|分解|细化|包括|包含|其中|：")


def _inside(t: Told) -> Iterator[Level]:
    """The parts that a paragraph breaks out of one of its indicators."""
    for parent in t.top:
        parts = [e for e in t.entries if e.of is parent]
        full = parent.full
        if len(parts) < 2 or len({e.name for e in parts}) < len(parts) or full is None:
            continue
        words = t.passage.text if t.passage is not None else ""
        totals = [q for q in (parent.score,) if q is not None]
        between = words[parent.first.span.end : parts[0].first.span.start]
        if not totals and t.passage is not None and not _BROKEN_DOWN.search(between):
            continue
        _decide(parts, words, full if not totals else None, totals)
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
    """Figures that stand alone beside their names are weights or scores, all alike."""
    lone = [q for e in entries if (q := e.weight or e.plain or e.score) is not None]
    if any(e.weight is not None and e.score is not None for e in entries) or len(lone) < len(entries):
        return
    if all(e.plain is None for e in entries) and len({e.score is None for e in entries}) == 1:
        return
    figure = sum((q.base for q in lone), Decimal(0))
    full = whole.base if whole is not None else HUNDRED
    told = whole is not None or _WEIGHTS.search(words) is not None
    if any(figure == t.base for t in totals):
        weights = False
    else:
        said = any(e.weight is not None for e in entries) and all(e.score is None for e in entries)
        weights = figure == full or ((said or told) and not any(abs(figure - t.base) <= NEAR for t in totals))
    for entry, q in zip(entries, lone, strict=True):
        entry.weight, entry.plain, entry.score = (q, None, None) if weights else (None, None, q)


def _runs(scene: Scene, told: Sequence[Told]) -> Iterator[Level]:
    """Consecutive items or lines that open with one entry each, and the items below each of them."""
    stack: list[tuple[object, list[Told]]] = []
    root: int | None = -1
    for t in told:
        if t.passage is None or not t.head or len(t.top) != 1:
            continue
        here, style = _root(scene, t.block), style_of(scene, t.block)
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


def style_of(scene: Scene, block: int) -> object:
    """The style of a block's number; None without one."""
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
