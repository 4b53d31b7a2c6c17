"""Stated count differs from the list."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="CL101",
    name="count-mismatch",
    theme="claims",
    severity=Severity.ERROR,
    zh="所称数量与列举不符",
    en="stated count differs from the list",
)
def count_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Stated count differs from the list.

    What it does
    Counts the names in a bracket, behind a colon or behind 分别为, 《》 titles, 一是二是三是 and numbered items, and compares with
    the count that announces them. 等 leaves a list open.

    Why is this bad
    Something is missing from the list or was left in the count.

    Example
    Flagged::

        内设3个科室，分别为：办公室、财务科、业务科、人事科。

    Accepted::

        内设4个科室，分别为：办公室、财务科、业务科、人事科。
        ----
        内设5个科室：办公室、财务科、业务科等。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.COUNT, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"文称{claim.stated}，实际列出{claim.computed}",
                f"{claim.stated} announced, {claim.computed} listed",
            ),
        )
