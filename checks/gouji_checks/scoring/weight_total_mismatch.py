"""Weights do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC102",
    name="weight-total-mismatch",
    theme="scoring",
    severity=Severity.WARNING,
    zh="指标权重之和不等于总分",
    en="weights do not add up",
)
def weight_total_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Weights do not add up.

    What it does
    Adds up the weights of the indicators, in text and in the form, and compares with 100 or with the parent that they
    belong to; a row without a weight is named.

    Why is this bad
    Scores over weights that do not add up cannot be compared.

    Example
    Flagged::

        指标体系满分100分，其中：投入指标分值20分、产出指标分值50分、效益指标分值20分。

    Accepted::

        指标体系满分100分，其中：投入指标分值20分、产出指标分值50分、效益指标分值30分。

    Rests on
    财预〔2020〕10号 (权重总计100).
    """
    for claim in ctx.claims_of(ClaimKind.WEIGHT_TOTAL, Verdict.DISAGREES):
        yield claim_hit(
            claim,
            Text(
                f"权重合计应为{claim.stated}，实际相加为{claim.computed}，相差{claim.difference}",
                f"weights should make {claim.stated}, they add up to {claim.computed}; difference {claim.difference}",
            ),
        )
