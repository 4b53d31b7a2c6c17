"""Distribution of grades differs from the list."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC202",
    name="distribution-mismatch",
    theme="scoring",
    severity=Severity.ERROR,
    zh="等级分布与各项目得分不符",
    en="distribution of grades differs from the list",
)
def distribution_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Distribution of grades differs from the list.

    What it does
    Compares “8个优、1个良、1个差” with the scores of the listed projects under the scale in force, and with the stated number of
    projects.

    Why is this bad
    The distribution is what is copied into the summary of all departments.

    Example
    Flagged::

        共3个项目：
        1、培训项目，支出10万元，自评得分95分。
        2、会议项目，支出20万元，自评得分96分。
        3、宣传项目，支出30万元，自评得分85分。
        其中3个项目自评等级为优，0个项目自评等级为良。

    Accepted::

        共3个项目：
        1、培训项目，支出10万元，自评得分95分。
        2、会议项目，支出20万元，自评得分96分。
        3、宣传项目，支出30万元，自评得分85分。
        其中2个项目自评等级为优，1个项目自评等级为良。

    Rests on
    Arithmetic over the scale in force.
    """
    for claim in ctx.claims_of(ClaimKind.DISTRIBUTION, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"等级分布{claim.stated}与各项目得分推算的{claim.computed}不符",
                f"distribution {claim.stated} differs from {claim.computed}, counted from the listed scores",
            ),
        )
