"""Makes claims out of the figures of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import ZERO, Hedge
from gouji.model.text import Text

_FORMULA = 60  # characters of a cell's formula that are shown
_NOISE = 100  # part of the last digit shown within which sums of binary numbers may differ
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
    if stated.formula and not outcome.holds:
        formula = stated.formula[:_FORMULA]
        outcome = replace(outcome, cause=Text(f"单元格的公式是 ={formula}", f"the cell's formula is ={formula}"))
    if outcome.formula.count(" + ") >= MANY:
        outcome = replace(outcome, formula=_short(outcome.formula))
    return claim_of(kind, stated, others, outcome, shape=shape, confidence=confidence, reason=reason)


def _short(formula: str) -> str:
    """36.89 + 7 + … + 5（共40项） = 131.72: the ends of a long sum."""
    left, _, right = formula.rpartition(" = ")
    parts = left.split(" + ")
    return f"{parts[0]} + {parts[1]} + … + {parts[-1]}（共{len(parts)}项） = {right}"


def sum_of(stated: Quantity, parts: Sequence[Quantity], signs: Sequence[int] | None = None) -> Outcome:
    """Whether a cell is the sum of others: as shown, else by what the cells of a spreadsheet hold behind what they show."""
    outcome = compare_sum(stated.figure, [p.figure for p in parts], signs)
    if outcome.verdict is not Verdict.AGREES_BY_ROUNDING or all(q.stored is None for q in (stated, *parts)):
        return outcome
    held = [p.base if p.stored is None else p.stored for p in parts]
    whole = sum((sign * value for sign, value in zip(signs or [1] * len(held), held, strict=True)), ZERO)
    gap = abs(whole - (stated.base if stated.stored is None else stated.stored))
    return replace(outcome, verdict=Verdict.AGREES, shape="rounded") if gap <= stated.figure.ulp / _NOISE else outcome


def better(a: Outcome | None, b: Outcome) -> bool:
    """Whether `b` ties more exactly than `a`."""
    return a is None or rank(b) < rank(a)


def rank(outcome: Outcome) -> int:
    return {Verdict.AGREES: 0, Verdict.AGREES_BY_ROUNDING: 1}.get(outcome.verdict, 2)


def hedged(*quantities: Quantity) -> bool:
    return any(q.figure.hedge is not Hedge.NONE for q in quantities)
