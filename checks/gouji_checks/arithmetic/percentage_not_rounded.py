"""Percentage cut off or bumped in its last digit."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit

PERCENTAGES = (ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.CHANGE)


@check(
    code="AR202",
    name="percentage-not-rounded",
    theme="arithmetic",
    severity=Severity.NOTICE,
    zh="百分比末位未按四舍五入",
    en="percentage cut off or bumped in its last digit",
)
def percentage_not_rounded(ctx: AuditContext) -> Iterator[Hit]:
    """Percentage cut off or bumped in its last digit.

    What it does
    Reports a percentage that is cut off instead of rounded, or whose last digit was moved by one.

    Why is this bad
    Harmless by itself; it shows that the figure was typed and not computed.

    Example
    Flagged::

        全年预算300万元，实际支出200万元，预算执行率66.66%。

    Accepted::

        全年预算300万元，实际支出200万元，预算执行率66.67%。

    Rests on
    GB/T 8170 (rounding).
    """
    for claim in ctx.claims:
        if claim.verdict is Verdict.AGREES and claim.shape in ("truncated", "last_digit") and claim.kind in PERCENTAGES:
            yield claim_hit(
                claim,
                Text(
                    f"{claim.stated}应为{claim.computed}（末位未按四舍五入）",
                    f"{claim.stated} should read {claim.computed} (last digit not rounded)",
                ),
            )
