"""Average differs from total ÷ number."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR502",
    name="average-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="平均数与总数÷数量不符",
    en="average differs from total ÷ number",
)
def average_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Average differs from total ÷ number.

    What it does
    Divides a total by the number of people, households or items of the same sentence and compares with the stated
    average.

    Why is this bad
    A wrong average is quoted as a cost standard.

    Example
    Flagged::

        公务用车4辆，运行维护费8万元，平均每辆2.4万元。

    Accepted::

        公务用车4辆，运行维护费8万元，平均每辆2万元。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.AVERAGE, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"平均数{claim.stated}与计算结果{claim.computed}不符（{claim.formula}）",
                f"average {claim.stated} is not {claim.computed} ({claim.formula})",
            ),
        )
