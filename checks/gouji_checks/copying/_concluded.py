"""Years that the report's own verdict, balance and publication name: they can be no other year's than its own, however often one is named.

总体判断，2022年度绩效目标全部完成 in the report on 2023; 年末结余结转到2021年使用 in that on 2022.
"""

from __future__ import annotations

from gouji.engine.kit import AuditContext, Block, BlockKind
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import clause, sentence

_UNIT = r"(?:我|本)(?:单位|局|部门|院|会|委|办|校|中心|处|站|所|馆|镇|乡|街道|机关|级|县|市|区)"
_SELF = rf"(?:(?:{_UNIT}|[本该]?(?:项目|专项)(?:支出|资金)?|部门|单位|整体支出|我们)(?:的)?)"
# What the sentence may begin with: a word of summing up, or nothing but the author.
_LEAD = re.compile(
    rf"(?:(?:综[上合]|总[体的之]|整体|经|对照|对标|按照|根据|依据|从|通过|由此|因此|可见|可以说|应当说|自评|评价|结论|看来|以上|汇总)[^，。；：\d]{{0,22}}[，：])?(?:我们认为，?|认为，?|可以认定，?)?{_SELF}?(?:在)?"
)
_VERDICT = re.compile(
    rf"度?，?{_SELF}?(?:所?设定的?|的|预算)?(?:各项|各类|全部|年度|总体|整体|预期|既定|年初|所有|主要|三级|二级|设定|批复|部门|整体|支出|项目|\d+[项个])*的?(?:绩效)?(?:产出|效益|满意度|数量|质量|时效)?(?:目标|指标|任务|工作)(?:值)?(?:[中里]的?(?:全部|各项|所有|\d+[项个])?(?:指标|任务|内容|目标))?"
    r"(?:总体|基本|均|全部|全面|已|按期|圆满|如期|顺利|较好|都|整体|的?情况|地|上|超额|按时|得到|任务|了|，)*(?:完成(?!率)|实现(?!率)|达成|达到预期|达到(?=[，。；]|$)|达标|良好|较好)"
)
_SCORE = re.compile(
    rf"度?，?{_SELF}?(?:绩效|部门|整体|支出|项目|资金|专项|预算|财政)*(?:(?:自评|评价)(?:总?得分|综合得分|等[级次]|结果|总分|结论)|绩效等[级次]|综合评定等[级次])(?:为|是|达|：)"
)
_SCORED = re.compile(
    rf"度?，?{_SELF}?(?:[^，。；\d]{{2,18}}?(?:项目|专项|资金|经费|支出))?(?:绩效)?(?:自评|评价)(?:总?得分|总分|得分?|为)*\s?\d{{2,3}}(?:\.\d+)?\s?分(?!值)"
)
_LISTED = re.compile(rf"度?，?{_UNIT}?(?:主要|重点)(?:完成|开展|抓|做|实施)了?(?:好|的)?(?:以下|如下|下列)")
_NOW = re.compile(r"[本今]年(?!度?(?:预算|目标))|本年度")
# A people's congress approves the execution of the year before its session.
_APPROVES = re.compile(r"(?:审查|审议)(?:和|并|、)?(?:批准|通过)了?[^，。；\d]{0,8}$")
_EXECUTED = re.compile(r"度?(?:全?[省市州县区镇乡]本?级?)?(?:财政|地方)?(?:总)?预算执行情况")
_CARRIED = re.compile(r"(?:结转|结余|滚存|顺延)[^，。；\d]{0,6}(?:到|至|于|入)$|结转$")
_USED = re.compile(r"度?(?:继续|统筹|安排|结转)?(?:使用|用于|支出|支付|安排|列支|执行|实施)")
_END = re.compile(r"年末|年度结余|期末|年底|年终|当年|本年")
_EARLIER = re.compile(r"上年|去年|年初|往年|以前|历年|期初|上一年")
_REASON = re.compile(
    r"与|同期|比|较(?!好|为)|上年|去年|往年|历年|以前|近.年|三年|两年|以来|曾|整改|指出|审计|巡察|复核|抽查|反馈|应用|一期|二期|计划|预计|力争|确保|将于|拟|申报|下达|批复|编制|其中|分年|分别|"
    r"一直|当时|时任|跨年|累计到|结转"
)
_HEAD = re.compile(r"背景|概况|历史|沿革|上年|以前|往年|历年|应用|整改|周期|分年|三年|中期|回顾")
_MARKER = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）)\s*")
_ROW_DONE = re.compile(r"(?:实际|年度|全年|总体)*(?:目标)?(?:实际)?(?:完成|达成|执行)情况")
_ROW_RESULT = re.compile(
    r"度?[，,]?(?:我|本)?(?:[局院校馆委会]|单位|项目)?(?:已|共|共计|全年|累计|实际|完成|开展|组织)[^，。；]{0,16}\d"
)
_TITLE_YEAR = re.compile(r"20\d\d")


def is_concluded(ctx: AuditContext, block: Block, date: DateFact, own: int) -> bool:
    """Whether a year that is not the report's stands where the report sums itself up, or says where its balance goes."""
    facts = ctx.facts.blocks[block.index]
    text = facts.normal
    start, end = sentence(text, date.span.start, date.span.end)
    before, after, words = text[start : date.span.start], text[date.span.end : end], text[start:end]
    if date.kind is not DateKind.YEAR or date.year is None or _is_of_years(ctx, own):
        return False
    others = {d.year for d in facts.dates if d is not date and d.year and not d.cited and start <= d.span.start < end}
    if _CARRIED.search(before) and _USED.match(after):
        early = bool(_EARLIER.search(words)) or bool(others - {date.year, own})
        return not early and (date.year < own or (date.year == own and bool(_END.search(words)))) and own not in others
    if _APPROVES.search(before) and _EXECUTED.match(after):
        return date.year <= own - 2 and own not in others and "年" not in before
    if date.year >= own or others - {date.year}:
        return False
    if block.kind is BlockKind.ROW:
        cell = text[: date.span.start].split("\t")
        return (
            len(cell) >= 2
            and not cell[-1].strip()
            and bool(_ROW_DONE.fullmatch(cell[-2].strip()))
            and bool(_ROW_RESULT.match(after))
        )
    if _under(ctx, block) or _REASON.search(text[slice(*clause(text, date.span.start, date.span.end))]):
        return False
    if _NOW.search(after) or not _LEAD.fullmatch(_MARKER.sub("", before)):
        return False
    return bool(
        _VERDICT.match(after)
        or _SCORE.match(after)
        or (_MARKER.sub("", before).strip() and _SCORED.match(after))
        or _LISTED.match(after)
    )


def _is_of_years(ctx: AuditContext, own: int) -> bool:
    """Whether the title tells of several years: each of them is the report's."""
    return bool({int(y) for y in _TITLE_YEAR.findall(ctx.document.title)} - {own})


def _under(ctx: AuditContext, block: Block) -> bool:
    """Whether a heading over the block is of earlier years, of the background or of what became of results."""
    parent = block.parent
    while parent is not None:
        heading = ctx.document.blocks[parent]
        if heading.kind is not BlockKind.TITLE and (_HEAD.search(heading.text) or _TITLE_YEAR.search(heading.text)):
            return True
        parent = heading.parent
    return False
