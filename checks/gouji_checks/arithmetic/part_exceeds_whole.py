"""Part exceeds its whole."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR103",
    name="part-exceeds-whole",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="分项大于总项",
    en="part exceeds its whole",
)
def part_exceeds_whole(ctx: AuditContext) -> Iterator[Hit]:
    """Part exceeds its whole.

    What it does
    Reports a figure after 其中 that is larger than the figure it is said to be part of.

    Why is this bad
    A part cannot exceed its whole: one of the two is wrong, or the sentence names the wrong whole.

    Example
    Flagged::

        全年支出100万元，其中：项目支出120万元。

    Accepted::

        全年支出100万元，其中：项目支出20万元。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.TOTAL, Verdict.DISAGREES):
        if claim.shape == "part_exceeds":
            yield claim_hit(
                claim,
                Text(
                    f"分项{claim.stated}大于其总项（{claim.formula}）",
                    f"the part, {claim.stated}, exceeds its whole ({claim.formula})",
                ),
            )
