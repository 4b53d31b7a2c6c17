"""Share differs from part ÷ whole."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR401",
    name="share-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="占比与其分子分母不符",
    en="share differs from part ÷ whole",
)
def share_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Share differs from part ÷ whole.

    What it does
    Divides a part by the whole that the sentence names or that its siblings share, and compares with the stated
    percentage.

    Why is this bad
    Shares describe the structure of spending; a wrong one misstates it.

    Example
    Flagged::

        全年总支出200万元，其中：基本支出150万元，占总支出的70%；项目支出50万元，占总支出的25%。

    Accepted::

        全年总支出200万元，其中：基本支出150万元，占总支出的75%；项目支出50万元，占总支出的25%。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.SHARE, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"占比{claim.stated}与计算结果{claim.computed}不符（{claim.formula}）",
                f"share {claim.stated} is not {claim.computed} ({claim.formula})",
            ),
        )
