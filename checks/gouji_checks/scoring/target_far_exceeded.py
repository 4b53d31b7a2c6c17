"""A target is far exceeded, at full marks and without a word."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC306",
    name="target-far-exceeded",
    theme="scoring",
    severity=Severity.NOTICE,
    zh="大幅超额完成未说明原因",
    en="target far exceeded without a word",
)
def target_far_exceeded(ctx: AuditContext) -> Iterator[Hit]:
    """A target is far exceeded, at full marks and without a word.

    What it does
    Reports an actual above the profile's over_achievement times its target (national: 1.3) with full marks and an empty reason. A notice; a profile
    whose rules take points off may make it a warning.

    Why is this bad
    A target beaten by far was set too low; the rules ask for the reason, and some bureaus take points off.

    Example
    Flagged::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        维修泵站	≥10座	26座	10	10

    Accepted::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        维修泵站	≥10座	26座	10	10	新增应急修复任务
        ----
        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        维修泵站	≥10座	12座	10	10

    Rests on
    财预〔2020〕10号, 定量指标: 因年初指标值设定明显偏低的，按偏离度适度调减分值.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.UNDECIDABLE, "far_above"):
        yield claim_hit(
            claim,
            Text(
                f"{claim.formula}，得满分而未说明原因",
                f"target far exceeded with full marks, no reason given ({claim.formula})",
            ),
        )
