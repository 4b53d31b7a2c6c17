"""Work done before the project began."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import clause, prose

_PERIOD = re.compile(
    r"(?:项目)?(?:起止(?:时间|日期|年月)|实施(?:期限|周期|时间|期)|建设(?:期限|工期|周期|期)|执行期限?|项目周期)(?:为|是|：|系|自|从)?\s?$"
)
_DONE = re.compile(r"验收|竣工|完工|建成|开工|投入使用|通车|交付|发放完毕")
_OTHER = re.compile(r"前期|一期|上一期|原|勘察|设计|立项|可研|批复|招标|采购|征地|试点|拟|计划")


@check(
    code="DT105",
    name="outside-project",
    theme="dates",
    severity=Severity.WARNING,
    zh="工作完成时间早于项目开始",
    en="work done before the project began",
)
def outside_project(ctx: AuditContext) -> Iterator[Hit]:
    """Work done before the project began.

    What it does
    Where the report declares one period for its project (项目起止时间：2023年3月至12月), reports work told as begun, completed or accepted in a
    month before it. Designs, bids and earlier phases come before a project by nature.

    Why is this bad
    One of the dates is wrong, or the work was another project's.

    Example
    Flagged::

        平岭县林业局2023年防火项目绩效自评报告
        一、项目概况
        项目起止时间：2023年3月至2023年12月。
        二、产出情况
        监控点于2023年2月10日通过竣工验收。

    Accepted::

        平岭县林业局2023年防火项目绩效自评报告
        一、项目概况
        项目起止时间：2023年3月至2023年12月。2023年1月完成设计批复。
        二、产出情况
        监控点于2023年10月10日通过竣工验收。

    Rests on
    None: a project begins before it ends.
    """
    begun = {d.raw: d for d in _beginnings(ctx)}
    if len(begun) != 1:
        return
    beginning = next(iter(begun.values()))
    first = (beginning.year or 0, beginning.month or 1)
    for block in prose(ctx):
        facts = ctx.facts.blocks[block.index]
        for date in facts.dates:
            if date.kind not in {DateKind.DAY, DateKind.MONTH} or date.cited or not date.valid:
                continue
            words = facts.normal[slice(*clause(facts.normal, date.span.start, date.span.end))]
            early = first[0] - 1 <= (date.year or 0) and (date.year or 0, date.month or 0) < first
            if early and _DONE.search(words) and not _OTHER.search(words):
                yield Hit(
                    Text(
                        f"项目自“{beginning.raw}”开始，此处写“{date.raw}”已完成",
                        f"the project began in “{beginning.raw}”; work is told as done in “{date.raw}”",
                    ),
                    (Place(date.span), Place(beginning.span, "beginning")),
                    stated=date.raw,
                )


def _beginnings(ctx: AuditContext) -> Iterator[DateFact]:
    """The first date of each declared period."""
    for block in prose(ctx):
        facts = ctx.facts.blocks[block.index]
        for date in facts.dates:
            if date.year and date.month and not date.cited and _PERIOD.search(facts.normal[: date.span.start]):
                yield date
