"""Makes claims out of items and outcomes, so that every kind words its figures alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import Outcome, digit_cause
from gouji.claims.scene import Item
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import plain
from gouji.model.text import Text

SURE = 0.9
LIKELY = 0.7  # reported as a warning


def in_points(
    score: Quantity, value: Decimal, formula: str, *, agrees: bool | None = None, shown: Decimal | None = None
) -> Outcome:
    """The outcome of points against what they should be: `value` exactly, unless `agrees` tells; `shown` is `value` as it is printed."""
    holds = value == score.base if agrees is None else agrees
    right = value if shown is None else shown
    return Outcome(
        Verdict.AGREES if holds else Verdict.DISAGREES,
        value,
        plain(right) + "分",
        None if holds else plain(abs(right - score.base)) + "分",
        formula,
        "",
        None if holds else digit_cause(score.figure, value),
    )


def operand(item: Item | Quantity, role: str) -> Operand:
    q = item.q if isinstance(item, Item) else item
    return Operand(role, q.span, q)


def place(span: Span, role: str) -> Operand:
    return Operand(role, span)


def claim_of(
    kind: ClaimKind,
    stated: Item | Quantity,
    others: Sequence[tuple[str, Item | Quantity]],
    outcome: Outcome,
    *,
    shape: str = "",
    confidence: float = SURE,
    reason: Text | None = None,
) -> Claim:
    """A claim from a comparison. `shape` gives way to the outcome's own (truncated, last_digit …) when that says more."""
    return Claim(
        kind,
        outcome.verdict,
        stated.q.raw if isinstance(stated, Item) else stated.raw,
        outcome.computed,
        (operand(stated, "stated"), *[operand(i, r) for r, i in others]),
        outcome.difference,
        outcome.formula,
        outcome.cause,
        reason,
        confidence,
        outcome.shape if outcome.shape in ("truncated", "last_digit") else shape,
        outcome.right,
    )


def undecidable(claim: Claim, zh: str, en: str, *, missing: bool = False) -> Claim:
    """The same claim, with its binding in doubt or an operand `missing`: never an accusation."""
    return replace(claim, verdict=Verdict.UNDECIDABLE, reason=Text(zh, en), missing=missing)


def quantity_sum(
    kind: ClaimKind, stated: Quantity, parts: Sequence[Quantity], outcome: Outcome, confidence: float, shape: str
) -> Claim:
    """A claim that the parts make up what is stated."""
    return claim_of(kind, stated, [("part", p) for p in parts], outcome, shape=shape, confidence=confidence)
