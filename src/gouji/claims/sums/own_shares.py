"""Wholes whose parts prove themselves: 受理投诉72件，质量类87件（29.1%）、服务类140件（46.8%）、价格类72件（24.1%).

Percentages that make up a hundred, each the share of its figure in the sum of them all, leave nothing out: whatever figure heads the list
is that sum, told as such or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Passage, Scene, how_many, kin
from gouji.claims.sums.cues import NOT_A_PART
from gouji.claims.sums.judge import total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension

_ITS_SHARE = re.compile(r"\s?(?:（|，|、|（?，?[占即]|（?，?占比|（?占)[^，。；：\d）]{0,14}")
_OF_SOME = re.compile(r"其中|里面|另|[中里]，|以上|不含|主要|前[两三四五]|(?<!一)部分|扣除|剔除")
_HOLDS = (Verdict.AGREES, Verdict.AGREES_BY_ROUNDING)
_LEAST = 2
_MANY = 12


def merged(claims: Sequence[Claim], proven: Sequence[Claim]) -> list[Claim]:
    """All claims, those that the shares prove in the place of others of the same whole, but for one that holds already."""
    holds = {c.operands[0].span for c in claims if c.kind is ClaimKind.TOTAL and c.verdict in _HOLDS}
    new = [c for c in proven if c.operands[0].span not in holds]
    told = {c.operands[0].span for c in new}
    return [*(c for c in claims if c.kind is not ClaimKind.TOTAL or c.operands[0].span not in told), *new]


def find(scene: Scene) -> Iterator[Claim]:
    """Every such whole."""
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions or len(passage.items) < 2 * _LEAST + 1:
            continue
        at = 1
        while at < len(passage.items) - 2 * _LEAST + 1:
            run = _run(passage, at)
            at += max(1, 2 * len(run))
            whole = _head(passage, run) if len(run) >= _LEAST else None
            if whole is None or not _closed(run):
                continue
            figures = [p for p, _ in run]
            outcome = compare_sum(whole.q.figure, [p.q.figure for p in figures])
            if outcome.holds or not _printed(passage, whole, figures):
                yield total_claim(whole, figures, outcome, "own_shares", SURE if outcome.holds or whole.money else LIKELY)


def _run(passage: Passage, start: int) -> list[tuple[Item, Item]]:
    """Figures of one kind, each with a percentage right behind it, one pair behind the other."""
    run: list[tuple[Item, Item]] = []
    for n in range(start, min(len(passage.items) - 1, start + 2 * _MANY), 2):
        part, share = passage.items[n], passage.items[n + 1]
        fits = share.percent and not part.percent and not part.hedged and not share.hedged and part.q.base > 0
        if not fits or part.role in NOT_A_PART or share.role in (Role.UP, Role.DOWN) or not _ITS_SHARE.fullmatch(share.gap):
            break
        if run and not (kin(part.q, run[0][0].q) and part.q.depth == run[0][0].q.depth):
            break
        run.append((part, share))
    return run


def _closed(run: Sequence[tuple[Item, Item]]) -> bool:
    """Whether the percentages make up a hundred, each of them the share of its figure in the sum of the figures."""
    shares = [s.q.figure for _, s in run]
    if abs(sum((s.base for s in shares), ZERO) - HUNDRED) > sum((s.ulp for s in shares), ZERO) / 2:
        return False
    if len(run) == _LEAST and any(not s.places for s in shares):
        return False
    total = sum((p.q.base for p, _ in run), ZERO)
    return all(p.q.base / total * HUNDRED in s.q.figure.rounded() for p, s in run)


def _head(passage: Passage, run: Sequence[tuple[Item, Item]]) -> Item | None:
    """The figure right before the list: 支出264.7万元，结构上呈现“一大两小”的特点：…."""
    first = run[0][0]
    before = [i for i in passage.items[: first.order] if not how_many(i)]
    head = before[-1] if before else None
    if head is None or not kin(head.q, first.q) or head.hedged or head.role in NOT_A_PART or head.q.depth > first.q.depth:
        return None
    between = passage.text[head.q.span.end : first.q.span.start]
    near = head.q.sentence == first.q.sentence or (head.q.sentence == first.q.sentence - 1 and len(between) <= _SHORT)
    return None if not near or _OF_SOME.search(between) else head


_SHORT = 24  # characters between a whole and the list in the sentence behind it


def _printed(passage: Passage, whole: Item, parts: Sequence[Item]) -> bool:
    """Whether another figure before the list is what its parts make up."""
    value = sum((p.q.base for p in parts), ZERO)
    return any(i.q.base == value and kin(i.q, whole.q) for i in passage.items[: parts[0].order])
