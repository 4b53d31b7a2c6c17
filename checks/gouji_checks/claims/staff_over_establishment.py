"""Staff in service above the establishment."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="CL201",
    name="staff-over-establishment",
    theme="claims",
    severity=Severity.WARNING,
    zh="在职人数超过编制数",
    en="staff in service above the establishment",
)
def staff_over_establishment(ctx: AuditContext) -> Iterator[Hit]:
    """Staff in service above the establishment.

    What it does
    Compares the people in service (在职, 在编, 实有) with the establishment (编制), in total and by category. Silent where the
    text speaks of staff outside the establishment (编外, 聘用, 派遣) or explains the excess.

    Why is this bad
    Staff above the establishment is paid without a post, or one of the two figures is wrong.

    Example
    Flagged::

        本单位总编制20名。在职人员总数25名。

    Accepted::

        本单位总编制20名。在职人员总数18名。
        ----
        本单位总编制20名。在职人员总数25名，其中聘用人员5名。

    Rests on
    机构编制管理 (三定方案): posts are filled within the establishment.
    """
    for claim in ctx.claims_of(ClaimKind.BOUND, Verdict.DISAGREES, "establishment"):
        yield claim_hit(
            claim,
            Text(
                f"在职{claim.stated}多于{claim.computed}，超{claim.difference}，请说明原因",
                f"{claim.stated} in service exceed the establishment ({claim.computed}) by {claim.difference}",
            ),
        )
