"""A product and what comes on top of it in one total: 每户1,490元补助72户，连同工作经费14.64万元，共需25.368万元."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.arithmetic import as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.scene import Item
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, point

_ADDEND = re.compile(r"(?:[，、]|^)\s?(?:另|再|并)?(?:连同|加上|另加|外加|附加|加|计入|算上|含上|包括)[^，。；\d]*$")
_TOTAL = re.compile("共|合|总|计|需")


def addends(sentence: Sequence[Item], standard: Item) -> list[Item]:
    """The amounts behind a standard that come on top of its product, where a further one stands behind them."""
    after = [i for i in sentence if i.order > standard.order and i.money and i.role is not Role.STANDARD and not i.hedged]
    return [i for i in after[:-1] if _ADDEND.search(i.gap)]


def claim(standard: Item, counts: Sequence[Item], totals: Sequence[Item], more: Sequence[Item]) -> Claim | None:
    """The total against quantity × standard and what comes on top; None where another total or quantity may be meant."""
    if len(counts) != 1 or len(totals) != 1 or totals[0].order < more[-1].order:
        return None
    count, total = counts[0], totals[0]
    if count.hedged or standard.hedged or total.hedged or _TOTAL.search(total.gap) is None:
        return None
    extra = sum((a.q.base for a in more), ZERO)
    spread = figure_interval(count.q.figure) * point(standard.q.base) + point(extra)
    words = "".join(f" + {a.q.raw}" for a in more)
    formula = f"{as_printed(count.q.figure)} × {standard.q.raw}{words}"
    outcome = compare_value(total.q.figure, count.q.base * standard.q.base + extra, spread, formula)
    others = [("standard", standard), ("count", count), *(("part", a) for a in more)]
    return claim_of(ClaimKind.PRODUCT, total, others, outcome, shape="with_more", confidence=LIKELY)
