"""Execution score differs from weight × rate."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC301",
    name="execution-score-mismatch",
    theme="scoring",
    severity=Severity.ERROR,
    zh="预算执行得分与执行率不符",
    en="execution score differs from weight × rate",
)
def execution_score_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Execution score differs from weight × rate.

    What it does
    Multiplies the weight of budget execution with the rate, capped at the weight, and compares with the score that stands
    beside them.

    Why is this bad
    The execution score is the one part of the total that is pure arithmetic.

    Example
    Flagged::

        预算执行分值10分，预算执行率85%，得分9.5分。

    Accepted::

        预算执行分值10分，预算执行率85%，得分8.5分。

    Rests on
    财预〔2020〕10号: execution score = weight × rate, never above the weight.
    """
    for claim in ctx.claims_of(ClaimKind.EXECUTION_SCORE, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"执行得分{claim.stated}与分值×执行率的结果{claim.computed}不符（{claim.formula}）",
                f"execution score {claim.stated} is not weight × rate, {claim.computed} ({claim.formula})",
            ),
        )
