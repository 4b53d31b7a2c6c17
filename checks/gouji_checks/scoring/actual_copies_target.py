"""The actual value is the target copied."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, ClaimKind, Hit, Severity, Text, Verdict, check, claim_hit


@check(
    code="SC305",
    name="actual-copies-target",
    theme="scoring",
    severity=Severity.WARNING,
    zh="实际完成值照抄指标值",
    en="actual value copies the target",
)
def actual_copies_target(ctx: AuditContext) -> Iterator[Hit]:
    """The actual value is the target copied.

    What it does
    Reports an actual that repeats the bound of its target, operator and all (≥95%), where the figure reached is due.

    Why is this bad
    Nobody can tell whether the target was met, and the score stands on nothing.

    Example
    Flagged::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	≥95%	10	10

    Accepted::

        三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        巡查次数	≥40次	40次	10	10
        培训人次	≥200人次	215人次	10	10
        宣传场次	≥12场	12场	10	10
        设备完好率	≥95%	95%	10	10

    Rests on
    财预〔2020〕10号: 定量指标 are scored by the value that was reached.
    """
    for claim in ctx.claims_of(ClaimKind.INDICATOR_SCORE, Verdict.UNDECIDABLE, "copied"):
        yield claim_hit(
            claim,
            Text(
                f"实际完成值“{claim.stated}”照抄指标值，没有实际完成的数字",
                f"actual value “{claim.stated}” copies the target; no figure reached",
            ),
        )
