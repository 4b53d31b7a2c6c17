"""Shares of a list in paragraphs of their own: 财政拨款支出T，主要用于以下方面： 1.教育支出A，占P； 2.卫生健康支出B，占Q。

The shares name no whole: it is the amount of the paragraph that announces the list, once half of the items bear that out. Where the shares
add up to a hundred the items are all of it, whatever 主要 says.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.arithmetic import Outcome, compare_ratio, compare_sum
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.cues import NOT_A_PART
from gouji.claims.sums.judge import total_claim
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.document import BlockKind
from gouji.model.quantity import HUNDRED, ZERO, Dimension

_BARE = re.compile(r"，占(?:比|到)?(?:为)?\s?")
_MOST = 40  # items of one list
_LEAST = 3

_Row = tuple[Item, Item]


def find(scene: Scene, stated: set[int]) -> Iterator[Claim]:
    """The shares of every such list, and its sum; `stated` holds id() of the figures that claims have settled."""
    for passage in scene.passages:
        if not passage.text.endswith(("：", ":")) or Dimension.MONEY not in passage.dimensions:
            continue
        rows = _rows(scene, passage)
        if len(rows) < _LEAST:
            continue
        wholes = [i for i in passage.sentences[-1] if i.money and not i.hedged and i.role not in NOT_A_PART]
        for whole in wholes:
            outcomes = [compare_ratio(p.q.figure, a.q.figure, whole.q.figure) for a, p in rows]
            if sum(1 for o in outcomes if o is not None and o.holds) * 2 >= len(rows):
                yield from _told(whole, rows, outcomes, stated)
                break


def _rows(scene: Scene, passage: Passage) -> list[_Row]:
    """The amount and the bare share of each paragraph behind the announcement."""
    rows: list[_Row] = []
    for block in scene.document.blocks[passage.block.index + 1 : passage.block.index + 1 + _MOST]:
        member = scene.by_block.get(block.index)
        if member is None or block.kind in (BlockKind.ROW, BlockKind.HEADER) or len(member.items) < 2:
            break
        amount, share = member.items[0], member.items[1]
        if not amount.money or amount.hedged or not share.percent or share.hedged or not _BARE.fullmatch(share.gap):
            break
        rows.append((amount, share))
    return rows


def _told(whole: Item, rows: list[_Row], outcomes: list[Outcome | None], stated: set[int]) -> Iterator[Claim]:
    for (amount, share), outcome in zip(rows, outcomes, strict=True):
        if outcome is not None and id(share.q) not in stated:
            others = [("part", amount), ("base", whole)]
            yield claim_of(ClaimKind.SHARE, share, others, outcome, shape="beside")
    parts = [amount for amount, _ in rows if kin(amount.q, whole.q)]
    shares = sum((share.q.base for _, share in rows), ZERO)
    if id(whole.q) not in stated and len(parts) == len(rows) and abs(shares - HUNDRED) * 10 <= len(rows):
        yield total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "follows", SURE)
