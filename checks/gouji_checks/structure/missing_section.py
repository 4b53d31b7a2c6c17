"""A section that the profile asks for is missing."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check

_WHOLE = 5  # chapters from which a report is whole


@check(
    code="ST131",
    name="missing-section",
    theme="structure",
    severity=Severity.NOTICE,
    zh="缺少规定的章节",
    en="required section missing",
)
def missing_section(ctx: AuditContext) -> Iterator[Hit]:
    """A report lacks a section that its profile asks for.

    What it does
    In a report of at least five chapters, looks for each of the profile's `sections` among the headings (any of the words parted by |).
    The national profile asks for 存在问题 (or 原因) and 改进措施 (or 建议).

    Why is this bad
    The rules list what a report must say; a part left out is a part not evaluated.

    Example
    Flagged::

        2023年度部门整体支出绩效自评报告
        一、部门概况
        本局编制20人。
        二、预算执行情况
        全年预算100万元，支出95万元。
        三、绩效目标完成情况
        各项目标完成较好。
        四、主要经验
        制度先行。
        五、其他事项
        无其他需要说明的事项。

    Accepted::

        2023年度部门整体支出绩效自评报告
        一、部门概况
        本局编制20人。
        二、预算执行情况
        全年预算100万元，支出95万元。
        三、绩效目标完成情况
        各项目标完成较好。
        四、存在问题
        进度偏慢。
        五、改进措施
        加快进度。

    Rests on
    财预〔2020〕10号: 绩效自评报告 states 存在的问题、原因 and 改进措施; the sections of the profile in force.
    """
    headings = _chapters([b for b in ctx.document.blocks if b.kind is BlockKind.HEADING and b.level == 1])
    if len(headings) < _WHOLE or "报告" not in ctx.document.title:
        return
    words = "\n".join(
        b.text
        for b in ctx.document.blocks
        if b.kind is not BlockKind.ROW and (b.marker is not None or b.kind is BlockKind.HEADING)
    )
    for section in ctx.profile.sections:
        if not any(word in words for word in section.split("|")):
            name = section.replace("|", "、")
            yield Hit(
                Text(f"没有“{name}”一类的章节", f"no section on “{name}”"),
                (Place(Span(headings[-1].index, 0, len(headings[-1].text)), "last_heading"),),
                stated=None,
                computed=section,
            )


def _chapters(headings: list[Block]) -> list[Block]:
    """The headings of the report itself: an attachment begins again at 一、."""
    again = (n for n, b in enumerate(headings) if n and b.marker is not None and b.marker.number == 1)
    return headings[: next(again, len(headings))]
