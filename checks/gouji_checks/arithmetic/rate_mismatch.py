"""Rate differs from its quotient."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR201",
    name="rate-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="比率与其分子分母不符",
    en="rate differs from its quotient",
)
def rate_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Rate differs from its quotient.

    What it does
    Divides what was done by what was planned (支出 ÷ 预算, 到位 ÷ 下达, 办结 ÷ 受理) and compares with the stated percentage. Any
    base named in the same paragraph may make it true.

    Why is this bad
    An execution rate enters the score; a wrong one changes it.

    Example
    Flagged::

        全年预算500万元，实际支出400万元，预算执行率85%。

    Accepted::

        全年预算500万元，实际支出400万元，预算执行率80%。
        ----
        年初预算400万元，调整后预算500万元，全年支出400万元，预算执行率80%。

    Rests on
    财预〔2020〕10号 (执行率 = 全年执行数 ÷ 全年预算数).
    """
    for claim in ctx.claims_of(ClaimKind.RATE, Verdict.DISAGREES):
        if claim.computed is None:
            message = Text(
                f"预算为0，没有完成率可言，文中却写{claim.stated}（{claim.formula}）",
                f"the budget is 0 and has no rate of completion; the report says {claim.stated} ({claim.formula})",
            )
        else:
            message = Text(
                f"比率{claim.stated}与计算结果{claim.computed}不符（{claim.formula}）",
                f"rate {claim.stated} is not {claim.computed} ({claim.formula})",
            )
        yield claim_hit(claim, message)
