"""Total differs from the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="AR101",
    name="total-mismatch",
    theme="arithmetic",
    severity=Severity.ERROR,
    zh="合计与各分项之和不符",
    en="total differs from the sum of its parts",
)
def total_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Total differs from the sum of its parts.

    What it does
    Adds up the parts that a total announces (其中, 包括, 分别为, 具体如下, a bracket, a numbered list, 基本支出 + 项目支出, A、B合计T) and
    compares the sum with the stated total as decimal intervals. Open lists (主要包括, 等) and lists whose parts need not be
    all never fail. Percentages whose names leave nothing out (age bands, the sexes, 其他) add up to 100.

    Why is this bad
    One of the figures is wrong, and every figure that rests on it.

    Example
    Flagged::

        全年支出100万元，其中：基本支出60万元，项目支出30万元。
        ----
        从年龄看，35岁以下占30%，36至50岁占45%，51岁以上占35%。

    Accepted::

        全年支出100万元，其中：基本支出60万元，项目支出40万元。
        ----
        全年支出100万元，主要包括：培训费30万元、会议费20万元等。

    Rests on
    Calculation consistency of XBRL Calculations 1.1; 部门决算报表编制说明 (表内勾稽关系).
    """
    for claim in ctx.claims_of(ClaimKind.TOTAL, Verdict.DISAGREES):
        if claim.shape == "hundred":
            yield claim_hit(
                claim,
                Text(
                    f"构成整体的各项比例合计为{claim.computed}，不是100%，相差{claim.difference}",
                    f"percentages that make up a whole add up to {claim.computed}, not 100%; difference {claim.difference}",
                ),
            )
        elif claim.shape != "part_exceeds":
            yield claim_hit(
                claim,
                Text(
                    f"合计{claim.stated}与各分项之和{claim.computed}不符，相差{claim.difference}",
                    f"total {claim.stated} is not the sum of its parts, {claim.computed}; difference {claim.difference}",
                ),
            )
