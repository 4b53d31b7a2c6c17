"""Growth differs from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR301",
    name="change-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="增减额或增减率与数据不符",
    en="growth differs from its figures",
)
def change_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Growth differs from its figures.

    What it does
    Recomputes a growth from the figures beside it: the base is the printed figure of the year before, or the current
    figure less the difference. 同口径 and 年均 growth, whose bases are not printed, are left alone.

    Why is this bad
    Growth is the first thing that readers compare; a wrong one hides what happened.

    Example
    Flagged::

        2023年支出120万元，比上年增加20万元，增长25%。

    Accepted::

        2023年支出120万元，比上年增加20万元，增长20%。
        ----
        2023年支出120万元，同口径增长25%。

    Rests on
    Arithmetic: prior = current − difference; rate = difference ÷ prior.
    """
    for claim in ctx.claims_of(ClaimKind.CHANGE, Verdict.DISAGREES):
        if claim.shape == "trend":
            yield claim_hit(
                claim,
                Text(
                    f"所称“{claim.stated}”与数据不符：{claim.computed}（{claim.formula}）",
                    f"“{claim.stated}” is contradicted by the figures: {claim.formula}",
                ),
            )
        elif claim.shape != "direction":
            yield claim_hit(
                claim,
                Text(
                    f"增减数{claim.stated}与计算结果{claim.computed}不符（{claim.formula}）",
                    f"growth {claim.stated} is not {claim.computed} ({claim.formula})",
                ),
            )
