"""Sums that fail by the unit of one figure: 下达120万元，甲镇分得34元，乙镇分得86万元; 总投资3.63万元，上级补助28,247万元，本级安排8,024万元.

A run of amounts in one sentence whose first or last figure is the sum of the others, were one of them told in 元, 万元 or 亿元 instead of
what is printed. That the digits tie to the last place is no chance where there are enough of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import compare_sum, sums_up
from gouji.claims.build import LIKELY
from gouji.claims.scene import Item, Scene
from gouji.claims.sums.judge import total_claim
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim
from gouji.model.quantity import Figure

_STEP = Decimal(10_000)  # 元 to 万元, 万元 to 亿元
_APART = 1000  # how many times one amount is another where their units may be mixed up
_DIGITS = 6  # of all figures of the sum, above which it is no chance that they tie
_LONGEST = 6
_SMALLEST = 100  # of which part a whole is made up at least


def find(scene: Scene, stated: set[int], used: set[int]) -> Iterator[Claim]:
    """Every such sum. `stated` and `used` hold id() of the wholes and of the parts of sums that are already recomputed."""
    settled = stated | used
    for passage in scene.passages:
        for sentence in passage.sentences:
            for run in _runs(sentence, settled):
                claim = _odd(run)
                if claim is not None:
                    yield claim


def _runs(sentence: Sequence[Item], settled: set[int]) -> Iterator[list[Item]]:
    """Neighbouring amounts of one depth, some of which differ by thousands."""
    run: list[Item] = []
    for item in [*sentence, None]:
        fits = item is not None and item.money and not item.hedged and item.role is not Role.STANDARD and item.q.base > 0
        fits = fits and item is not None and "每" not in item.label and "均" not in item.label and id(item.q) not in settled
        if item is not None and fits and (not run or (item.order - run[-1].order == 1 and item.q.depth == run[-1].q.depth)):
            run.append(item)
            continue
        if 3 <= len(run) <= _LONGEST and max(i.q.base for i in run) > _APART * min(i.q.base for i in run):
            yield run
        run = [item] if item is not None and fits else []


def _odd(run: Sequence[Item]) -> Claim | None:
    if sum(len(str(i.q.figure.value).replace(".", "").strip("0")) for i in run) < _DIGITS:
        return None
    for whole, parts in ((run[0], run[1:]), (run[-1], run[:-1])):
        if sums_up(whole.q.figure, [p.q.figure for p in parts]):
            return None
    for whole, parts in ((run[0], run[1:]), (run[-1], run[:-1])):
        for odd in run:
            for factor in (_STEP, 1 / _STEP):
                figures = {id(i): _moved(i.q.figure, factor) if i is odd else i.q.figure for i in run}
                least = min(figures[id(i)].base for i in run)
                if least * _SMALLEST < figures[id(whole)].base:
                    continue  # next to nothing, which any sum may do without
                if sums_up(figures[id(whole)], [figures[id(p)] for p in parts]):
                    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
                    return total_claim(whole, list(parts), outcome, "beside", LIKELY)
    return None


def _moved(figure: Figure, factor: Decimal) -> Figure:
    return replace(figure, unit=replace(figure.unit, factor=figure.unit.factor * factor))
