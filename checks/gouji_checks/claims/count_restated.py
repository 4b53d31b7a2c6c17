"""One body of people or things counted with two numbers."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="CL102",
    name="count-restated",
    theme="claims",
    severity=Severity.WARNING,
    zh="同一对象前后数量不一致",
    en="one body of people or things counted with two numbers",
)
def count_restated(ctx: AuditContext) -> Iterator[Hit]:
    """One body of people or things counted with two numbers.

    What it does
    Follows what is counted (委员, 联络站, 行政村) through the document and reports numbers that differ by little; small ones
    where the full name is the same, or where all of them are more than there are. Parts, selections and plans are left alone.

    Why is this bad
    One of the numbers is wrong or a difference of scope is not said.

    Example
    Flagged::

        全县共有157名政协委员参加活动。
        县政协对156名政协委员进行考核。
        ----
        全年维修养护水库12座。
        受益群众反映良好，维修养护水库11座。

    Accepted::

        全县共有157名政协委员参加活动。
        县政协对157名政协委员进行考核。
        ----
        全县共有157名政协委员参加活动。
        县政协组织30名政协委员视察。

    Rests on
    A report may not contradict itself.
    """
    for claim in ctx.claims_of(ClaimKind.RESTATEMENT, Verdict.DISAGREES, "count"):
        yield claim_hit(
            claim,
            Text(
                f"同一对象数量不一致：此处{claim.stated}，他处{claim.computed}",
                f"{claim.stated} here, {claim.computed} elsewhere",
            ),
        )
