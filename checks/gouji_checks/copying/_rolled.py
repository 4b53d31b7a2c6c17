"""Sentences of last year's report rolled over whole: general praise without a figure, the unit's own budget, a year held against itself."""

from __future__ import annotations

from gouji.engine.kit import AuditContext, Block, BlockKind
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import sentence

_UNIT = r"(?:(?:我|本)(?:单位|局|部门|院|会|委|办|校|中心|处|站|所|馆|园|镇|乡|街道|机关|级|县|市|区)|全(?:局|院|校|办|县|区|市|镇|乡)|本?项目|部门|单位)"
_MARKER = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）)\s*[^，。：；\d]{0,8}[。：]?\s*"
)
_LEAD = re.compile(
    r"(?:(?:综上(?:所述)?|总体(?:来)?看|总的来[看说]|整体(?:来)?看|总之|因此|经(?:综合)?(?:自评|评价|评定|评分)|为此|同时|此外|另外)，?)?"
    rf"{_UNIT}?(?:在|从|对|对照|按照|根据|通过|依据|围绕)?{_UNIT}?"
)
# What is said in praise of anybody's year.
_GOOD = re.compile(
    r"(?:圆满|顺利|全面|全部|按期|如期|基本|较好|均已?|已)(?:地)?(?:完成|实现|达成|落实)|(?:完成|执行|开展|使用|推进|落实|管理|运行|总体|到位|支出|资金|绩效|制度|工作)[^，。；\d]{0,8}"
    r"(?:规范|有效|合规|到位|良好|较好|平稳|有序|及时|合理|健全|高效|紧密|显著|明显)|按计划(?:有序)?推进|有序(?:推进|开展)|集体(?:研究|决策)|始终坚持|坚持“"
    r"|(?:未|没有|无)(?:发生|发现|出现)?[^，。；\d]{0,10}(?:违规|违纪|挪用|截留|挤占|问题)|(?:全部|均)(?:用于|按规定)|按(?:照)?规定[^，。；\d]{0,10}(?:公开|使用|执行|办理)"
    r"|(?:能力|水平|效率|质量|满意度|获得感)(?:得到)?(?:明显|显著|有效|进一步|不断|稳步|持续)+(?:增强|提升|提高|改善)|全面自查|(?:得到|取得)了?[^，。；\d]{0,10}(?:成效|成绩|肯定)"
)
_NO_PRAISE = re.compile(
    r"上年|去年|以来|曾|整改|应用|指出|审计|巡察|往年|以前年度|历年|近.年|相比|对比|[比较](?!好|为)|获|荣|评为|拟|计划(?!有序|推进)|将|预计|一期|前期|首期|二期|改革|撤并|合并|换届|划转|挂牌|搬迁|立项|启动|开工"
    r"|建成|验收|反馈|报告中|中发现|结转|结余|试点|疫情|同期|因|由于|当时|起|至|—|～|普查|创建|申报|机构"
)
_BUDGET = re.compile(
    rf"(?:度)?[，,]?{_UNIT}*(?:汇总|地方|本年|全年|年初|财政|一般公共|公用|人员|[\u4e00-\u9fff]{{2,6}}专项|专项|项目|整体|部门|三公|“三公”|纳入|列入|经费)*(?:的)?"
    r"(?:收入|支出|预算|决算|收、支|收支|自评)(?!评审|编制|管理|公开|绩效)(?:总[额计]|合计|均|安排|总量)?(?:总?计|具体|资金|经费|数)?(?:（[^）]{2,12}）)?[^，。；\d]{0,12}?(?:为|共|是|达|\s)?\s?\d[\d,.]*\s?(?:[万亿]?元|个)"
)
_NO_BUDGET = re.compile(
    r"与|同期|两年|持平|结转|结余|上年|上一年|以来|计划|拟|预计|跨年|分年|历年|近.年|往年|为基数|压减|挂钩|整改|比|较|曾|至|—|～|启动|开工|建成|追溯|一期|二期|前期|批次|同比|，(?:本年|今年)?(?:增长|下降|减少|增加|提高|上升|增幅|降幅)"
)
_EARLIER = re.compile(
    r"应用|整改|上年|往年|历年|分年|以前年度|历史|沿革|背景|结果|来由|回顾|由来|对比|趋势|变化|比较|三年|五年|两年|20\d\d"
)
_NEXT = re.compile(r"[。；]\s?(?:[^。；\d]{0,12})(?:与|比|较|同)(?P<year>20\d\d)年(?:度|的|决算|相比|增|减|提|下|上|多|少)")


def is_rolled(ctx: AuditContext, block: Block, date: DateFact, own: int, alone: int) -> bool:
    """Whether the year before last's report speaks; `alone` is how often its year stands in the document without a reason."""
    year = date.year or own
    if date.kind is not DateKind.YEAR or year >= own or block.kind is BlockKind.ROW:
        return False
    facts = ctx.facts.blocks[block.index]
    text = facts.normal
    start, end = sentence(text, date.span.start, date.span.end)
    if is_held_against_itself(text, date, end, own):
        return True
    if text.endswith(("纳入", "列入"), start, date.span.start) and _UNITS.match(text, date.span.end):
        return alone <= 2 and not _NO_BUDGET.search(text[start:end])
    words, before, after = text[start:end], text[start : date.span.start], text[date.span.end : end]
    others = [d for d in facts.dates if d is not date and not d.cited and d.year]
    if any(start <= d.span.start < end for d in others) or _of_earlier_years(ctx, block):
        return False
    if not _LEAD.fullmatch(_MARKER.sub("", before)):
        return False
    if not any(char.isdigit() for char in after):
        return alone <= 2 and bool(_GOOD.search(after)) and not _NO_PRAISE.search(words)
    near = any(d.year != own for d in others) or any(d.year == own for d in others)
    if near or _NO_BUDGET.search(words) or _in_a_row(ctx, date) or _is_base_year(ctx, year):
        return False
    return alone <= 2 and bool(_BUDGET.match(after))


def _is_base_year(ctx: AuditContext, year: int) -> bool:
    """Whether figures are compared with that year's elsewhere: 与2022年相比增加2万元."""
    return any(f"{word}{year}年" in ctx.wording.whole for word in "与比较同")


def is_held_against_itself(text: str, date: DateFact, end: int, own: int) -> bool:
    """Whether the year's figure is then compared with the same year's: 2022年支出100万元。与2022年相比增加2万元."""
    following = _NEXT.match(text, end)
    if following is not None and int(following["year"]) == date.year == own - 1 and f"{own}年" not in text[:end]:
        head = text[sentence(text, date.span.start, date.span.end)[0] : date.span.start]
        return not head.strip() and _FIGURE.search(text[date.span.end : end]) is not None
    return False


_UNITS = re.compile(r"度?部门(?:预算|决算)(?:汇编|编制|编报|公开)?范围")
_FIGURE = re.compile(r"\d\s?[万亿]?元")


def _in_a_row(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the paragraphs around begin with years too: a history, or one year after another."""
    at = date.span.block
    near = [n for n in (at - 1, at + 1) if 0 <= n < len(ctx.facts.blocks)]
    return any(d.year and d.year != date.year and d.span.start < 6 for n in near for d in ctx.facts.blocks[n].dates)


def _of_earlier_years(ctx: AuditContext, block: Block) -> bool:
    """Whether a heading over the block is of earlier years, of the background or of what became of results."""
    parent = block.parent
    while parent is not None:
        heading = ctx.document.blocks[parent]
        words = heading.text.replace(str(ctx.document.year), "")
        if heading.kind is not BlockKind.TITLE and _EARLIER.search(words):
            return True
        parent = heading.parent
    return False
