"""A list of amounts without its whole: 支付的去向是：A、B、C、D, where the whole was told some paragraphs before.

Which figure is the whole is not said, so that only a sum that ties is taken, or one that two swapped digits would make tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.cues import NOT_A_PART
from gouji.claims.sums.judge import open_ended, total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim

_PARTIAL = re.compile(
    r"其中|主要|重点|部分|大额|等|另|未|结余|结转|剩余|上年|同比|较|比|追加|调[增减整]|[核压]减|年初|全年预算|变为|合计|共计"
)
_LEAST = 3  # parts
_LONG = 6  # characters of an amount with its unit: 408万元 turns into another amount by chance
_FAR = 8  # paragraphs back
_WHOLE_ROLES = (Role.SPENT, Role.BUDGET, Role.PLAIN, Role.INCOME)


def find(scene: Scene, taken: set[int]) -> Iterator[Claim]:
    """Every list of amounts whose whole stands in a paragraph before. `taken` holds id() of quantities of other sums."""
    for number, passage in enumerate(scene.passages):
        for sentence in passage.sentences:
            parts = _list(passage, sentence)
            if len(parts) < _LEAST or any(id(p.q) in taken for p in parts):
                continue
            wholes = [i for p in scene.passages[max(0, number - _FAR) : number] for i in p.items if _may_be_whole(i, parts)]
            wholes += [i for i in passage.items if i.q.sentence < parts[0].q.sentence and _may_be_whole(i, parts)]
            claim = _judged(wholes, parts)
            if claim is not None:
                yield claim


def _list(passage: Passage, sentence: Sequence[Item]) -> list[Item]:
    """The amounts of a sentence, if they are all that it states, each with a name of its own."""
    parts = list(sentence)
    if (
        len(parts) < _LEAST
        or any(not i.money or len(i.q.raw.replace(" ", "")) < _LONG for i in parts)
        or any(not i.money or i.hedged or i.q.depth or not i.label for i in parts)
    ):
        return []
    if any(i.role in NOT_A_PART for i in parts) or any(not follows(i.gap, named=True) for i in parts[1:]):
        return []
    start = passage.text.rfind("。", 0, parts[0].q.span.start) + 1
    if _PARTIAL.search(passage.text, start, parts[-1].q.span.start) or open_ended(passage, parts):
        return []
    return parts


def _may_be_whole(item: Item, parts: Sequence[Item]) -> bool:
    right = sum(p.q.base for p in parts)
    near = abs(item.q.base - right) * 10 <= right
    return near and item.role in _WHOLE_ROLES and kin(item.q, parts[0].q) and not item.hedged


def _judged(wholes: Sequence[Item], parts: Sequence[Item]) -> Claim | None:
    swapped: list[tuple[Item, Outcome]] = []
    for whole in reversed(wholes):
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
        if outcome.holds:
            return total_claim(whole, parts, outcome, "breakdown", SURE)
        if outcome.cause is not None and TRANSPOSED.zh in outcome.cause.zh:
            swapped.append((whole, outcome))
    if not swapped or len({w.q.base for w, _ in swapped}) > 1:
        return None
    return total_claim(swapped[0][0], parts, swapped[0][1], "breakdown", LIKELY)
