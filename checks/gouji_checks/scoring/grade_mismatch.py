"""Grade differs from the scale."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC201",
    name="grade-mismatch",
    theme="scoring",
    severity=Severity.ERROR,
    zh="等级与得分不符",
    en="grade differs from the scale",
)
def grade_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Grade differs from the scale.

    What it does
    Reads the scale that the document defines, else the scale of the profile, and compares the grade that stands beside a
    score.

    Why is this bad
    Grades decide on next year's budget.

    Example
    Flagged::

        部门整体支出绩效自评得分85分，自评等级为优。

    Accepted::

        部门整体支出绩效自评得分85分，自评等级为良。
        ----
        得分≥85分为优秀，75≤得分＜85分为良好，60≤得分＜75分为一般。部门整体支出绩效自评得分85分，自评等级为优秀。

    Rests on
    财预〔2020〕10号: 优 90–100, 良 80–90, 中 60–80, 差 below 60; the scale printed in the document goes before.
    """
    for claim in ctx.claims_of(ClaimKind.GRADE, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"得分对应的等级应为“{claim.computed}”，文中为“{claim.stated}”（{claim.formula}）",
                f"the score is graded {claim.computed} by the scale, the text says {claim.stated} ({claim.formula})",
            ),
        )
