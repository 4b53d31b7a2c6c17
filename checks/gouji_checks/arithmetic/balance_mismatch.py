"""Balance does not tie."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR601",
    name="balance-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="收支结余不平",
    en="balance does not tie",
)
def balance_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Balance does not tie.

    What it does
    Recomputes what is left (预算 − 支出, 年初结转 + 收入 − 支出) and adjusted budgets (年初预算 + 追加 − 调减).

    Why is this bad
    Money has been lost or invented between two lines of the report.

    Example
    Flagged::

        全年预算100万元，支出90万元，结余20万元。

    Accepted::

        全年预算100万元，支出90万元，结余10万元。

    Rests on
    部门决算报表 (收入支出决算总表: 收入 + 年初结转 = 支出 + 年末结转).
    """
    for claim in ctx.claims_of(ClaimKind.BALANCE, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"{claim.stated}与计算结果{claim.computed}不符（{claim.formula}）",
                f"{claim.stated} is not {claim.computed} ({claim.formula})",
            ),
        )
