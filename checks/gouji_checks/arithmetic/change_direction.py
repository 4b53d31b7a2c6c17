"""Direction word contradicts the figures."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR302",
    name="change-direction",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="增减方向与数据相反",
    en="direction word contradicts the figures",
)
def change_direction(ctx: AuditContext) -> Iterator[Hit]:
    """Direction word contradicts the figures.

    What it does
    Reports 增长 where the figures fall, 下降 where they rise, and an amount that rises beside a percentage that falls.

    Why is this bad
    The sentence says the opposite of its figures.

    Example
    Flagged::

        2023年支出80万元，上年支出100万元，同比增长20%。

    Accepted::

        2023年支出80万元，上年支出100万元，同比下降20%。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.CHANGE, Verdict.DISAGREES):
        if claim.shape == "direction":
            yield claim_hit(
                claim,
                Text(
                    f"增减方向与数字相反：{claim.stated}（{claim.formula}）",
                    f"the direction contradicts the figures: {claim.stated} ({claim.formula})",
                ),
            )
