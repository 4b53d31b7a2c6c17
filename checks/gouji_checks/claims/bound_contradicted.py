"""Stated bound contradicted by the figures."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="CL301",
    name="bound-contradicted",
    theme="claims",
    severity=Severity.WARNING,
    zh="所称控制幅度与数据不符",
    en="stated bound contradicted by the figures",
)
def bound_contradicted(ctx: AuditContext) -> Iterator[Hit]:
    """Stated bound contradicted by the figures.

    What it does
    Compares a bound (控制在5%以内, 不低于90%) with the deviation or rate that the document itself gives.

    Why is this bad
    The report claims a target that its own figures miss; the claim's scope may be narrower, so it is asked, not accused.

    Example
    Flagged::

        变更增加8%，变更比例控制在5%以内。

    Accepted::

        变更增加3%，变更比例控制在5%以内。
        ----
        变更比例要求控制在5%以内。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.BOUND, Verdict.DISAGREES):
        if claim.shape in ("establishment", "natural"):
            continue  # CL201, CL302
        yield claim_hit(
            claim,
            Text(
                f"所称{claim.stated}与数据{claim.computed}不符（{claim.formula}）",
                f"the bound {claim.stated} is contradicted by {claim.computed} ({claim.formula})",
            ),
        )
