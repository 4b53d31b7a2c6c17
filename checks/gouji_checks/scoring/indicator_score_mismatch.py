"""Indicator score contradicts target and actual."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC302",
    name="indicator-score-mismatch",
    theme="scoring",
    severity=Severity.ERROR,
    zh="指标得分与完成情况不符",
    en="indicator score contradicts target and actual",
)
def indicator_score_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Indicator score contradicts target and actual.

    What it does
    Reports a score above its weight, a target missed yet full marks, and a target met yet points deducted with no reason.

    Why is this bad
    Scores that do not follow from the figures are the commonest way in which a self-evaluation is inflated.

    Example
    Flagged::

        产出指标分值30分，得32分。

    Accepted::

        产出指标分值30分，得28分。

    Rests on
    财预〔2020〕10号: never above the weight; 未完成的按比例扣分.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.DISAGREES):
        if claim.shape in ("unexplained", "band"):
            continue  # SC303, SC307
        # points lost on a missed target are a matter of local rules: a look, not an accusation
        severity = Severity.NOTICE if claim.shape == "little_lost" else None
        yield claim_hit(
            claim,
            Text(
                f"指标得分{claim.stated}不合规则，应为{claim.computed}（{claim.formula}）",
                f"indicator score {claim.stated} breaks the rule, expected {claim.computed} ({claim.formula})",
            ),
            severity,
        )
