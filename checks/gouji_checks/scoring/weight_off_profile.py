"""Weights of the first level that are not the profile's."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC103",
    name="weight-off-profile",
    theme="scoring",
    severity=Severity.NOTICE,
    zh="一级指标权重与规定不同",
    en="first-level weight differs from the rule",
)
def weight_off_profile(ctx: AuditContext) -> Iterator[Hit]:
    """A first-level indicator does not have the weight that the profile gives it.

    What it does
    In a form that names exactly the first-level indicators of the profile, reports each whose rows do not make the profile's weight. A notice:
    where an indicator does not apply, its weight goes to others.

    Why is this bad
    Results are compared across projects only if they are weighed alike; a shift is explained.

    Example
    Flagged::

        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
        产出指标	数量指标	巡查次数	≥40次	40次	60	60
        效益指标	社会效益	知晓率	≥90%	92%	20	20
        满意度指标	服务对象	群众满意度	≥90%	93%	10	10

    Accepted::

        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
        产出指标	数量指标	巡查次数	≥40次	40次	50	50
        效益指标	社会效益	知晓率	≥90%	92%	30	30
        满意度指标	服务对象	群众满意度	≥90%	93%	10	10

    Rests on
    财预〔2020〕10号: 预算执行率10分、产出指标50分、效益指标30分、服务对象满意度指标10分; the weights of the profile in force.
    """
    for claim in ctx.claims_of(ClaimKind.WEIGHT_TOTAL, Verdict.UNDECIDABLE, "off_profile"):
        yield claim_hit(
            claim,
            Text(
                f"一级指标权重{claim.stated}，规定为{claim.computed}（{claim.formula}）",
                f"weight {claim.stated}, the rule says {claim.computed}",
            ),
        )
