"""A qualitative indicator scored outside its band."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC307",
    name="quality-band-mismatch",
    theme="scoring",
    severity=Severity.WARNING,
    zh="定性指标得分与所属档次不符",
    en="qualitative indicator scored outside its band",
)
def quality_band_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """A qualitative indicator scored outside its band.

    What it does
    Where the actual value is one of the profile's band words (部分达成), reports a score outside that band's share of the weight.

    Why is this bad
    A target reached in part and scored in full inflates the result.

    Example
    Flagged::

        三级指标	年度指标值	实际完成值	分值	得分
        群众办事便利程度	明显改善	部分达成	10	10

    Accepted::

        三级指标	年度指标值	实际完成值	分值	得分
        群众办事便利程度	明显改善	部分达成	10	7

    Rests on
    财预〔2020〕10号: 达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差 score 100–80%, 80–60%, 60–0% of the weight.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.DISAGREES, "band"):
        yield claim_hit(
            claim,
            Text(
                f"定性指标得分{claim.stated}超出所属档次（{claim.formula}）",
                f"score {claim.stated} outside its band ({claim.formula})",
            ),
        )
