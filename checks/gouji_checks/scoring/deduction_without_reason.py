"""Points are deducted and nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC303",
    name="deduction-without-reason",
    theme="scoring",
    severity=Severity.WARNING,
    zh="指标扣分未说明原因",
    en="points deducted without a reason",
)
def deduction_without_reason(ctx: AuditContext) -> Iterator[Hit]:
    """Points are deducted and nobody says why.

    What it does
    Where a form has a column for reasons, reports each row whose score is below its weight, whose reason is empty, and of which no sentence of the
    document speaks with a cause either; in a form without scores, each row that misses its target so.

    Why is this bad
    A deviation without its reason and measure cannot be put right, and the deduction cannot be defended.

    Example
    Flagged::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	90.25%	10	9.5

    Accepted::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	90.25%	10	9.5	两台设备待修

    Rests on
    财预〔2020〕10号: 未完成绩效目标或偏离绩效目标较大的，要分析并说明原因，研究提出改进措施.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.DISAGREES, "unexplained"):
        if all(o.role != "weight" for o in claim.operands):  # a form without scores
            yield claim_hit(
                claim,
                Text(
                    f"实际完成{claim.stated}未达到指标值，原因一栏为空",
                    f"{claim.stated} misses the target, no reason given",
                ),
            )
            continue
        yield claim_hit(
            claim,
            Text(
                f"指标分值与得分{claim.stated}不等，偏差原因一栏为空",
                f"score {claim.stated} below its weight, no reason given",
            ),
        )
