"""Total and parts tie only by rounding."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR102",
    name="total-off-by-rounding",
    theme="arithmetic",
    severity=Severity.WARNING,
    zh="合计与分项之和有尾差",
    en="total and parts tie only by rounding",
)
def total_off_by_rounding(ctx: AuditContext) -> Iterator[Hit]:
    """Total and parts tie only by rounding.

    What it does
    Reports a total that its printed parts miss by no more than their rounding allows.

    Why is this bad
    The printed figures do not add up for a reader who checks them by hand; the total or a part was rounded twice, or one
    of them is wrong in its last digit.

    Example
    Flagged::

        全年支出100.01万元，其中：基本支出60.00万元，项目支出40.00万元。

    Accepted::

        全年支出100.00万元，其中：基本支出60.00万元，项目支出40.00万元。

    Rests on
    Calculation consistency of XBRL Calculations 1.1.
    """
    for claim in ctx.claims_of(ClaimKind.TOTAL, Verdict.AGREES_BY_ROUNDING):
        yield claim_hit(
            claim,
            Text(
                f"合计{claim.stated}与各分项之和{claim.computed}相差{claim.difference}，仅能以四舍五入解释（尾差）",
                f"total {claim.stated} and the sum of its parts {claim.computed} differ by {claim.difference}: explainable by rounding only",
            ),
        )
