"""Claims: what the author asserts with several facts, and whether it holds."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.choice import Choice
from gouji.model.fact import Quantity, Span
from gouji.model.record import record
from gouji.model.text import Text


class ClaimKind(Choice):
    """The kinds of the design's table of claims."""

    TOTAL = "total"
    RATE = "rate"
    CHANGE = "change"
    SHARE = "share"
    PRODUCT = "product"
    AVERAGE = "average"
    BALANCE = "balance"
    COUNT = "count"
    SCORE_TOTAL = "score_total"
    WEIGHT_TOTAL = "weight_total"
    EXECUTION_SCORE = "execution_score"
    INDICATOR_SCORE = "indicator_score"
    GRADE = "grade"
    DISTRIBUTION = "distribution"
    RESTATEMENT = "restatement"
    BOUND = "bound"
    SESSION = "session"
    IDENTITY = "identity"
    PERIOD = "period"


class Verdict(Choice):
    """The four verdicts; `agrees_by_rounding` is 尾差."""

    AGREES = "agrees"
    AGREES_BY_ROUNDING = "agrees_by_rounding"
    DISAGREES = "disagrees"
    UNDECIDABLE = "undecidable"


@record(frozen=True, slots=True)
class Operand:
    """A figure or a phrase that takes part in a claim. `role`: stated, part, numerator, denominator, base, item …"""

    role: str
    span: Span
    quantity: Quantity | None = None


@record(frozen=True, slots=True)
class Claim:
    """An assertion recomputed. `operands[0]` is the stated figure; evidence follows the operands' order."""

    kind: ClaimKind
    verdict: Verdict
    stated: str
    computed: str | None
    operands: tuple[Operand, ...]
    difference: str | None = None
    formula: str | None = None
    cause: Text | None = None
    reason: Text | None = None  # why undecidable, or which other readings were tried
    confidence: float = 0.9
    shape: str = ""  # finer kind within the kind, e.g. of_which, list, truncated
    right: Decimal | None = None  # the value that would make it tie, in base units
    missing: bool = False  # undecidable because a figure that it needs is blank or unreadable in the document
