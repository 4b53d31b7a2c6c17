"""One fact stated with two figures."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR701",
    name="restatement-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="同一事实前后数据不一致",
    en="one fact stated with two figures",
)
def restatement_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """One fact stated with two figures.

    What it does
    Follows a figure that is stated more than once under the same name, period and scope and reports where the statements
    differ.

    Why is this bad
    At most one of the figures is right.

    Example
    Flagged::

        2023年度部门整体支出预算总额1268.45万元。
        2023年度部门整体支出预算总额1286.45万元，已全部下达。

    Accepted::

        2023年度部门整体支出预算总额1268.45万元。
        2022年度部门整体支出预算总额1286.45万元。

    Rests on
    A report may not contradict itself.
    """
    for claim in ctx.claims_of(ClaimKind.RESTATEMENT, Verdict.DISAGREES):
        if claim.shape == "count":
            continue
        yield claim_hit(
            claim,
            Text(
                f"同一事实前后不一致：此处{claim.stated}，他处{claim.computed}",
                f"one fact, two figures: {claim.stated} here, {claim.computed} elsewhere",
            ),
        )
