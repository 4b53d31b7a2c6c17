"""Makes the claim of a rate from its figures."""

from __future__ import annotations

from dataclasses import replace

from gouji.claims.arithmetic import Outcome, compare_ratio
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.text import Text


def rate_claim(
    item: Item, numerator: Item, denominator: Item, outcome: Outcome, kind: ClaimKind, confidence: float = SURE
) -> Claim:
    """The claim that `item` is `numerator` over `denominator`; where only the inverse holds, the cause says so."""
    claim = claim_of(
        kind, item, [("numerator", numerator), ("denominator", denominator)], outcome, confidence=confidence or 0.5
    )
    if outcome.verdict is Verdict.DISAGREES and outcome.cause is None:
        inverse = compare_ratio(item.q.figure, denominator.q.figure, numerator.q.figure)
        if inverse is not None and inverse.holds:
            return replace(claim, cause=Text("分子与分母颠倒", "numerator and denominator swapped"))
    return claim
