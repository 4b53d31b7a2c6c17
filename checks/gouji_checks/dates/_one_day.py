"""One step of a work that is named alike in two paragraphs, dated with two days: 春晖里10月26日验收, 春晖里在10月8日验收合格."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.dates._steps import ANY_YEAR, STEPS, dated
from gouji_checks.spans import clause, within

_NAME = re.compile(
    r"(?:而|其中|但|却|另外|同时|此外|，|(?:受[^，]{2,10}影响))*(?P<name>[\u4e00-\u9fff]{3,12}?)(?:则|却|又|也|均|已|还|就|随后|最后|最终|实际|于|在|是)*$"
)
_NO_NAME = re.compile(
    r"项目$|工程$|设备$|合同$|货物$|分别|先后|依次|陆续|以来|截[至止]|公告|时间|日期|招标|开标|中标|签订|签约|验收|完工|竣工|开工|动工|通车|投用|第[一二三四五六七八九十]|[年月日全各部分我本其该]|标段|首批|期$|单位|公司|小区$|学校$|乡镇$|局$"
)
_STEPS = {1: "开标", 2: "签约", 3: "开工", 6: "完工", 7: "验收"}
_UNSURE = re.compile(
    r"初验|预验|中间|阶段|分部|隐蔽|单项|消防|主体|计划|预计|分期|分批|[首一二三四]批|部分|[一二三四]期|标段|约定|应于|要求|续建|终验|前期|上一|原定|拟|将|重新|二次|再次|复验|整改后|上年|去年|次年|初步|专项"
)


def two_days(ctx: AuditContext) -> Iterator[tuple[DateFact, DateFact]]:
    """(the day told first, the other one) of each step told twice with two days of one year, and of no more than two."""
    told: dict[tuple[str, int], list[DateFact]] = {}
    dates_in = {n for n, facts in enumerate(ctx.facts.blocks) if len(facts.dates) > 0}
    for block in within(ctx, dates_in & ctx.wording.having("开标", "签", "开工", "完工", "竣工", "验收")):
        facts = ctx.facts.blocks[block.index]
        for date in dated(facts, ctx.document.year or ANY_YEAR):
            if date.kind is not DateKind.DAY:
                continue
            start, end = clause(facts.normal, *_bounds(date))
            start = max([start, *(d.span.end for d in facts.dates if d.span.end <= date.span.start)])
            end = min([end, *(d.span.start for d in facts.dates if d.span.start >= date.span.end)])
            name = _NAME.fullmatch(facts.normal[start : date.span.start])
            behind = facts.normal[date.span.end : end]
            steps = [n for n in _STEPS if STEPS[n].search(behind)]
            if name is None or _NO_NAME.search(name["name"]) or not steps or _UNSURE.search(facts.normal[start:end]):
                continue
            told.setdefault((name["name"], max(steps)), []).append(date)
    for days in told.values():
        first, other = days[0], days[-1]
        apart = first.span.block != other.span.block and first.year == other.year
        if len(days) == 2 and apart and (first.month, first.day) != (other.month, other.day):
            yield first, other


def _bounds(date: DateFact) -> tuple[int, int]:
    return date.span.start, date.span.end
