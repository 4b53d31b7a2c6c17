"""Total score differs from the sum of the scores."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC101",
    name="score-total-mismatch",
    theme="scoring",
    severity=Severity.ERROR,
    zh="总得分与各项得分之和不符",
    en="total score differs from the sum of the scores",
)
def score_total_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Total score differs from the sum of the scores.

    What it does
    Adds up the scores that a total score announces, weights left aside, in text and in the form.

    Why is this bad
    The total decides the grade.

    Example
    Flagged::

        自评得分98分，其中：决策20分、过程20分、产出30分、效益20分。

    Accepted::

        自评得分90分，其中：决策20分、过程20分、产出30分、效益20分。

    Rests on
    财预〔2020〕10号 (总分由各项得分汇总).
    """
    for claim in ctx.claims_of(ClaimKind.SCORE_TOTAL, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"总得分{claim.stated}与各项得分之和{claim.computed}不符，相差{claim.difference}",
                f"total score {claim.stated} is not the sum of the scores, {claim.computed}; difference {claim.difference}",
            ),
        )
