"""A rate above 100% that by what it measures cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="CL302",
    name="rate-above-hundred",
    theme="claims",
    severity=Severity.ERROR,
    zh="比率超过100%",
    en="a rate that cannot exceed 100 % does",
)
def rate_above_hundred(ctx: AuditContext) -> Iterator[Hit]:
    """A rate above 100% that by what it measures cannot be.

    What it does
    Reports 合格率, 达标率, 及时率, 准确率, 知晓率, 完好率, 满意度 and their like above 100%, in sentences and in the targets and actuals of
    forms. Rates of work done against a plan (完成率, 到位率, 覆盖率) may exceed it and are left alone.

    Why is this bad
    A share of the whole is never more than the whole: a digit too many, or two changed.

    Example
    Flagged::

        工程验收合格率为107%。

    Accepted::

        工程验收合格率为97%。
        ----
        入户走访完成率107%。

    Rests on
    Arithmetic.
    """
    for claim in ctx.claims_of(ClaimKind.BOUND, Verdict.DISAGREES):
        if claim.shape == "natural":
            yield claim_hit(claim, Text(f"比率{claim.stated}超过100%", f"a rate of {claim.stated} that cannot exceed 100 %"))
