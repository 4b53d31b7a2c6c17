"""A result of a year that the report names once and for no reason, where it tells the results of its own: 2019年度享受津贴老人共8915人.

The same figure told as the report's own, last year's result held to this year's goal, and the rate of execution that a payment
by the end of the year before gives with this year's funds tell the slip as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Quantity
from gouji.model import patterns as re
from gouji.model.claim import ClaimKind
from gouji.model.fact import DateFact, DateKind
from gouji.model.quantity import Dimension
from gouji_checks.spans import sentence

_UNIT = r"(?:(?:我|本)(?:单位|局|部门|院|校|会|委|办|中心|处|站|所|馆|园|镇|乡|街道|县|市|区|项目)|全(?:局|院|校|办|馆|县|区|市|镇|乡)|项目|各)"
# What may stand before the year: a marker, the name of an indicator, the author.
_LEAD = re.compile(
    rf"\s*(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十\d]+）|\d+[.、．]|[①-⑩]|[-—·•]+)?\s*(?:[^，。；：\d]{{2,10}}：)?(?:{_UNIT}?(?:在|于)?)?"
)
# What an own result is told by, right behind the year: the author, then what was done or reached.
_ACT = (
    r"(?:完成|开展|组织|举办|开放|接待|发放|培训|新建|新增|建成|改造|修复|维修|更换|安装|购置|检查|检测|排查|筛查|抽检|办理|受理|办结|登记|服务|享受|惠及|受益|救助|资助|"
    r"补助|治疗|管理|清淤|种植|造林|巡查|查处|审结|调解|印发|印制|编印|发布|采集|接种|体检|配备|配送|供应|处置|整治|整改|落实|引进|推广|招录|录取|毕业|出动|走访|慰问|安置|回访|评审|推送)"
)
_TOLD = re.compile(
    rf"度?，?(?:全年|{_UNIT}|[\u4e00-\u9fff]{{0,6}}?(?<![现由从]))?，?(?:共|累计|实际|总计)?(?:[\u4e00-\u9fff]{{0,12}}?)(?:{_ACT}|(?:率|度|人数|总数|数量|面积|结果|调查显示)[^。；]{{0,6}}?(?:达到?了?|为|是)?)(?=[^。；]{{0,24}}?\d)"
)
_RESULTS = re.compile(
    r"产出|效益|完成|履职|成效|成果|数量|质量|时效|满意度|实现|开展|实施|绩效(?:目标|指标|分析|情况)|主要工作|主要做法|服务|工作情况"
)
_NO_RESULTS = re.compile(
    r"背景|概况|历史|沿革|上年|往年|历年|以前|依据|由来|立项|简介|基本情况|应用|整改|问题|下一?步|打算|建议|计划|对比|趋势|变化|原因|20\d\d"
)
_REASON = re.compile(
    r"与|同期|两年|两者|持平|结转|以来|批复|通知|文件|成立|启动|开工|始建|立项|跨年|换届|改革|划转|转隶|挂牌|任期|签订|荣获|获得|获评|评为|指出|审计|巡察|往年|去年|历年|近.年|至今|追溯|基数|基准|原定|原计划|"
    r"曾|规划|“十|招标|中标|因|由于|疫情|一期|二期|三期|前期|首批|延期|顺延|历史|累计到|累计已|滞后|当时|首次|首届|试点|普查|比上一轮|届|计划|拟|(?<!现)将|预计|目标值?|下达|安排|—|－|～|~|到20|至20|学年|采暖|年度?报告|调查队|统计局|年鉴|公报|"
    r"合同|尾款|余款|质保|遗留|上线|投用|投入使用|建立|出台|修订|撤并|合并|搬迁|更名|调整为"
)
_NOW = re.compile(
    r"[本今当]年|本年度|目前|现在|现已|截至(?!20)|后续|随后|去年|上年度?(?!增|下|减|提|上升|分别|同|多|少|的)|同比(?!增|下|减|提|上|多|少)"
)
_BEGUN = re.compile(r"立项|启动|开工|实施|批复|建设|开始|起|以来|签订|招标|试点|跨|改造|获|评为")
_HELD_TO = re.compile(
    r"[^。；]{0,40}?(?:率|度|结果|得分|评分)[^，。；]{0,6}?[\d.]+%?，(?:达到|完成|高于|超过|超出|优于|实现|符合)了?(?P<year>20\d\d)年[^，。；]{0,14}(?:目标|指标|计划|任务)"
)
_GOALS = re.compile(r"(?:年度|总体|绩效|预期)目标(?:为|是)?：?$")
_SEVERAL = re.compile(r"规划|三年|五年|分年|中期|长期|至20|到20|“十")
_TO_DATE = re.compile(r"(?:^|[，；。])(?:截至|截止到?|至)$")
_PAID = re.compile(r"(?:支出|支付|拨付|使用|执行)")
_PART = re.compile(r"累计|上年|以前|前期|一期|首批|其中|结转(?:资金|的)|两年|跨年")
_PARTICULAR = 3  # digits of a figure that does not stand twice by chance
_LATEST = 3  # years back: what lies farther behind is history


def is_lone_result(ctx: AuditContext, block: Block, date: DateFact, own: int) -> bool:
    """Whether a year gone by, named this once, dates a result that can be the report's own alone."""
    year = date.year or own
    if not own - _LATEST <= year < own or block.kind is BlockKind.ROW or date.cited:
        return False
    text = ctx.facts.blocks[block.index].normal
    start, end = sentence(text, date.span.start, date.span.end)
    before, after = text[start : date.span.start], text[date.span.end : end]
    if date.kind is DateKind.YEAR and _GOALS.search(before):
        return _is_alone(ctx, block, date, own, text) and not _SEVERAL.search(text[start:end])
    if date.kind is DateKind.YEAR and _LEAD.fullmatch(before):
        held = _HELD_TO.match(after)
        if held is not None and int(held["year"]) == own:
            return True
        return _is_alone(ctx, block, date, own, text) and _is_own_result(ctx, block, date, end)
    return _is_year_end(date, text) and _TO_DATE.search(before) is not None and _is_of_own_funds(ctx, date, end, own)


def _is_alone(ctx: AuditContext, block: Block, date: DateFact, own: int, text: str) -> bool:
    """Whether nothing else in the report has to do with that year, and nothing in the paragraph with another."""
    years = [d.year for d in ctx.facts.blocks[block.index].dates if d.year and d is not date and not d.cited]
    if years or _NOW.search(text):
        return False
    others = [d for facts in ctx.facts.blocks for d in facts.dates if d is not date and d.year == date.year and not d.cited]
    if len(others) > 1 or any(not _is_aside(ctx, d) for d in others):
        return False
    near = (ctx.facts.blocks[n].dates for n in (block.index - 1, block.index + 1) if 0 <= n < len(ctx.facts.blocks))
    return not any(d.year and d.year != own and d.span.start < _HEAD for dates in near for d in dates)


_HEAD = 6


def _is_aside(ctx: AuditContext, date: DateFact) -> bool:
    """Whether that year is named for its money, or in a chapter on the background, and nothing is said to have begun in it."""
    facts = ctx.facts.blocks[date.span.block]
    start, end = sentence(facts.normal, date.span.start, date.span.end)
    counted = any(q.dimension is Dimension.COUNT and start <= q.span.start < end for q in facts.quantities)
    begun = _BEGUN.search(facts.normal, start, end) is not None
    return not begun and (not counted or _under_other(ctx, ctx.document.blocks[date.span.block]))


def _is_own_result(ctx: AuditContext, block: Block, date: DateFact, end: int) -> bool:
    """Whether the sentence tells a result, under a heading on results or with a figure that stands elsewhere as the report's own."""
    facts = ctx.facts.blocks[block.index]
    start = date.span.start
    words = facts.normal[start:end]
    if _REASON.search(words) or _TOLD.match(facts.normal, date.span.end, end) is None:
        return False
    if _is_compared_with(ctx, block.index, start, end):
        return False
    if _under_results(ctx, block):
        return True
    again = [_told_elsewhere(ctx, q) for q in facts.quantities if start <= q.span.start < end]
    return not _under_other(ctx, block) and (again.count(True) > 0 or len(again) - again.count(None) > 1)


def _is_compared_with(ctx: AuditContext, block: int, start: int, end: int) -> bool:
    """查处268件。2021年查处215件，同比增加53件: whether the paragraph tells of the same thing, in the same unit, for the report's own year."""
    told = ctx.facts.blocks[block].quantities
    inside = [q for q in told if start <= q.span.start < end]
    beside = [q for q in told if not start <= q.span.start < end]
    return any(a.figure.unit == b.figure.unit and a.base != b.base and _pairs(a) & _pairs(b) for a in inside for b in beside)


def _headings(ctx: AuditContext, block: Block) -> Iterator[str]:
    """The headings above a block, the title left out."""
    parent = block.parent
    while parent is not None:
        heading = ctx.document.blocks[parent]
        if heading.kind is not BlockKind.TITLE:
            yield heading.text
        parent = heading.parent


def _under_results(ctx: AuditContext, block: Block) -> bool:
    """Whether the headings above tell of results and none of them of anything else."""
    return not _under_other(ctx, block) and any(_RESULTS.search(words) for words in _headings(ctx, block))


def _under_other(ctx: AuditContext, block: Block) -> bool:
    """Whether a heading above is of the background, of plans or of other years."""
    return any(_NO_RESULTS.search(words) for words in _headings(ctx, block))


def _told_elsewhere(ctx: AuditContext, quantity: Quantity) -> bool | None:
    """Whether the same figure stands in another sentence under a name that shares a word; None where it does not stand."""
    if sum(map(str.isdecimal, quantity.raw)) < _PARTICULAR:
        return None
    same = [
        other
        for other in ctx.facts.quantities
        if other.span != quantity.span and (other.base, other.figure.unit) == (quantity.base, quantity.figure.unit)
    ]
    return any(_pairs(quantity) & _pairs(other) for other in same) if same else None


def _pairs(quantity: Quantity) -> set[str]:
    """The pairs of characters of what names a figure."""
    return {part[n : n + 2] for part in (quantity.label[-10:], quantity.noun[:6]) for n in range(len(part) - 1)}


def _is_year_end(date: DateFact, text: str) -> bool:
    behind = text[date.span.end : date.span.end + 2]
    return (date.month, date.day) == (12, 31) or (date.month is None and behind.startswith(("底", "末", "年底", "年末")))


def _is_of_own_funds(ctx: AuditContext, date: DateFact, end: int, own: int) -> bool:
    """Whether what was paid by the end of the year before gives, with the funds of the report's year, the rate printed beside it."""
    block = date.span.block
    text = ctx.facts.blocks[block].normal
    if date.year != own - 1 or _PART.search(text[date.span.start : end]) or not _PAID.search(text, date.span.end, end):
        return False
    for claim in ctx.claims:
        if claim.kind is not ClaimKind.RATE:
            continue
        spans = [operand.span for operand in claim.operands]
        if not any(s.block == block and date.span.end <= s.start < end for s in spans[1:]):
            continue
        for span in spans[1:]:
            if _year_of(ctx, span.block, span.start) == own:
                return True
    return False


def _year_of(ctx: AuditContext, block: int, at: int) -> int | None:
    """The year that the sentence names before a figure."""
    facts = ctx.facts.blocks[block]
    start = sentence(facts.normal, at, at)[0]
    return next((d.year for d in reversed(facts.dates) if d.year and not d.cited and start <= d.span.start < at), None)
