"""Makes claims out of the figures of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.claims.arithmetic import Outcome
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import Hedge
from gouji.model.text import Text

MANY = 20  # members from which a sum is not written out


def item(q: Quantity) -> Item:
    return Item(q, Role.PLAIN, 0, "", "")


def table_claim(
    kind: ClaimKind,
    stated: Quantity,
    others: Sequence[tuple[str, Quantity]],
    outcome: Outcome,
    *,
    shape: str,
    confidence: float = SURE,
    reason: Text | None = None,
) -> Claim:
    """A claim over the figures of cells."""
    pairs = [(role, item(q)) for role, q in others]
    if outcome.formula.count(" + ") >= MANY:
        outcome = replace(outcome, formula=_short(outcome.formula))
    return claim_of(kind, item(stated), pairs, outcome, shape=shape, confidence=confidence, reason=reason)


def _short(formula: str) -> str:
    """36.89 + 7 + … + 5（共40项） = 131.72: the ends of a long sum."""
    left, _, right = formula.rpartition(" = ")
    parts = left.split(" + ")
    return f"{parts[0]} + {parts[1]} + … + {parts[-1]}（共{len(parts)}项） = {right}"


def better(a: Outcome | None, b: Outcome) -> bool:
    """Whether `b` ties more exactly than `a`."""
    return a is None or rank(b) < rank(a)


def rank(outcome: Outcome) -> int:
    return {Verdict.AGREES: 0, Verdict.AGREES_BY_ROUNDING: 1}.get(outcome.verdict, 2)


def hedged(*quantities: Quantity) -> bool:
    return any(q.figure.hedge is not Hedge.NONE for q in quantities)
