"""Amount differs from quantity × standard."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR501",
    name="product-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="金额与数量×标准不符",
    en="amount differs from quantity × standard",
)
def product_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Amount differs from quantity × standard.

    What it does
    Multiplies a standard (每人350元, 350元/人·天) with the quantity it applies to and compares with the amount of the same
    sentence.

    Why is this bad
    Either the number of people, the standard or what was paid is wrong.

    Example
    Flagged::

        为100名困难群众发放慰问金，每人500元，共计6万元。

    Accepted::

        为100名困难群众发放慰问金，每人500元，共计5万元。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.PRODUCT, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"金额{claim.stated}与数量×标准的结果{claim.computed}不符（{claim.formula}）",
                f"amount {claim.stated} is not {claim.computed} ({claim.formula})",
            ),
        )
