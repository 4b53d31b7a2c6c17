"""An indicator has a weight and no score."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC304",
    name="blank-score",
    theme="scoring",
    severity=Severity.WARNING,
    zh="指标未填得分",
    en="indicator without a score",
)
def blank_score(ctx: AuditContext) -> Iterator[Hit]:
    """An indicator has a weight and no score.

    What it does
    In a form that scores at least three rows in four, reports a row with a weight whose score is left blank (— and / say that there is none).

    Why is this bad
    The total cannot be recomputed: it is green by nothing but a hole.

    Example
    Flagged::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	95%	10

    Accepted::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	95%	10	—

    Rests on
    财预〔2020〕10号: every indicator is scored.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.UNDECIDABLE, "blank"):
        yield claim_hit(
            claim,
            Text(
                f"该指标分值{claim.operands[0].quantity.raw if claim.operands[0].quantity else ''}，未填得分",
                "indicator with a weight and no score",
            ),
        )
