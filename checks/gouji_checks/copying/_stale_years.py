"""Years that cannot be right where they stand: plans dated in the past, 上年 glossed with the wrong year, results of a year gone by."""

from __future__ import annotations

from gouji.engine.kit import AuditContext, Block, BlockKind
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.spans import sentence

_GLOSS = re.compile(r"(?P<word>上一?年|去年|今年|本年|当年|本?报告年|评价年)度?[（(]即?$")
_HELD_AGAINST = re.compile(r"(?:[比较与同]|相较于?)(?:上一?年|去年)度?[（(]即?$")
_PLAN_HEAD = re.compile(r"下一?步|打算|改进|整改|计划|安排|措施|建议|下阶段|努力方向|工作思路")
_NO_PLAN_HEAD = re.compile(r"问题|情况|落实|成效|结果|完成")
_INTENDS = re.compile(r"度?，?[^，。；\d]{0,8}(?:将|拟(?!定|建)|计划(?!资金|数|外)|力争|打算)")
_WE_INTEND = re.compile(
    r"(?:[上下]半年|第?[一二三四]季度)?度?，?(?:(?:我|本|全)(?:[局院校县市区镇乡村馆园办委会]|单位|部门|中心|街道|系统))?(?:将|拟|计划(?=[\u4e00-\u9fff])|力争|打算)(?!.*(?:了|已))"
)
_STRIVES = re.compile(r"(?:力争|争取|确保|拟于?|打算)(?:在|于|到)?$")
_TO_BE_DONE = re.compile(
    r"(?:[上下]半年|第?[一二三四]季度|年?[底末]前?)?(?:内|前)?，?[^，。；]{0,8}(?:建成|完成|达到|实现|投用|投入|启用|开工|出台)"
)
_HAPPENED = re.compile(  # 2022年6月再下达2.44亿元: money that came, whatever the sentence intends
    r"(?:\d{1,2}日|[上中下]旬|份|底|初)?(?:又|再|再次|继续|另)?(?:追加|补充|分批)?(?:下达|拨付|拨入|到账|到位|安排|支付|收到)(?:资金|经费)?\d"
)
_STAGE = re.compile(r"度?(?:[上下]半年|第?[一二三四]季度|\d{1,2}月|年?内|先|再|要)")
_AIMS = re.compile(r"(?:力争|争取|确保|计划|拟|打算|须|要求|建议|准备)(?:在|于|自|到|从)?$")
_MARKED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）)\s*|^(?:下一?步|今后|接下来)，?"
)
_NEXT_STEP = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]+[、.．）)])?\s*(?:下一?步|今后|接下来)[^。；]{0,24}(?:在|于|自)$"
)
_DONE = re.compile(r"[^为除]了|已|曾|实际|(?<!\d)分别为|[比较]上年|年末结|工资|标准为|同期")
_AHEAD = re.compile(r"将|拟|计划|力争|确保|争取|准备|打算|预计|实现|完成|建立|形成|启动|做到|达到")
_DEADLINE = re.compile(r"(?:\d{1,2}月)?(?:[底末初]|年[底末]|[\u4e00-\u9fff]{2,4}期)?(?:之前|以前|前|内)")
_DUE = re.compile(
    r"(?:\d{1,2}月)?(?:[底末初]|年[底末])?(?:之前|以前|前)，?[^，。；]{0,14}(?:完成|支付|拨付|发放|到位|兑付|结清|付清|上报|报送|交付|办结|投入|分解|下达|划拨)"
)
_REASON = re.compile(
    r"与|同期|两年|持平|结转|结余|以来|批复|印发|通知|文件|成立|启动|开工|始建|建成|立项|跨年|换届|改革|划转|转隶|挂牌|任期|签订|获|荣|评为|整改|指出|审计|"
    r"巡察|往年|上年|去年|历年|近.年|至今|追溯|为基数|原定|原计划|曾|规划|“十|招标|中标|因|由于|疫情|一期|二期|延期|顺延|历史|累计到"
)
_RESULT = re.compile(
    r"[，,]?(?:我|本|全)?(?:[局院校县市区镇乡村馆办委会]|单位|部门)?(?:共|共计|全年|累计|总计|合计|一共|实际|实有|全部)[^，。；]{0,16}\d"
    r"|(?:末|底)?[^，。；\d]{2,20}(?:率|度)(?:均|已)?(?:达到?|为|是|实现)了?\s?\d|[，,]?[^，。；\d]{0,6}(?:未|没有)(?:发生|委托|组织|开展|收到|出现)"
)
_BEFORE_PLAN = re.compile(r"印发|批复|以来|已|曾|获|评为|指出|发现|存在|问题|上年|去年|往年|由于|因为|原定|原计划")
_CLAUSE_HEAD = re.compile(r"，(?:于|在|并于|至|截至)?$")
_DONE_AHEAD = re.compile(r"，?[^，。；]{0,6}(?:实际|共|已|全部)(?:完成|支出|发放|开展|组织|实现|执行)[^。；]{0,16}\d")
_INTENT = re.compile(r"预算|计划|拟|将|目标|安排|预计|力争|截至|截止|1月|2月|3月|一季度|目前")
# 2019年…达到23.8%，比2020年…提高: what grew since the year before is this year's.
_SINCE_BASE = re.compile(
    r"[^。；\d]{1,20}[\d.]+[^。；，\d]{0,6}，(?:比|较)(?P<base>20\d\d)年[^。；]{0,16}(?:提高|增长|增加|上升|提升|下降|降低|减少)"
)
_UNTIL = re.compile(r"(?:^|[，；])(?:截至|截止到?)$")
_ALL_DONE = re.compile(
    r"(?:，|前，?)[^，。；]{0,14}(?:(?:全部|均已?|都已?)(?:按期|如期)?(?:完工|完成|建成|竣工|验收|交付|移交)|(?:上述|以上|该[项笔批]|两批|各批)[^，。；]{0,4}(?:资金|经费|指标|款项)(?:已|共|均|全部)*(?:支付|支出|拨付|使用))"
)
_EARLIER_PART = re.compile(r"一期|前期|首批|上年|往年|以前|累计|其中|结转|续建|上一|先行")
_FORM = re.compile(
    r"度?[^，。；、《》\d]{0,8}(?:自评表|自评报告|绩效自评材料|绩效评价报告|绩效监控表|目标完成情况表|自评得分|自评结果为)"
)
_AFTER_FORM = re.compile(r"结果|反馈|整改|应用|问题|上年|往年|历年|对照|相比|参照|以往|修订|模板|范本|归档|审计|抽查|复核")
_BACKGROUND = re.compile(r"背景|概况|历史|沿革|上年|以前|依据|由来|立项|简介|基本情况|应用|整改|往年")


def is_glossed(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the year explains a word before it: 上年（2022年）."""
    return bool(_GLOSS.search(ctx.facts.blocks[date.span.block].normal, max(0, date.span.start - 12), date.span.start))


def is_stale(ctx: AuditContext, block: Block, date: DateFact, own: int, often: int) -> bool:
    """Whether the year is wrong in its place. `often` is how often it stands in the document without a reason to be named."""
    facts = ctx.facts.blocks[block.index]
    text = facts.normal
    start, end = sentence(text, date.span.start, date.span.end)
    before, after, words = text[start : date.span.start], text[date.span.end : end], text[start:end]
    year = date.year or own
    gloss = _GLOSS.search(before)
    if gloss:
        if gloss["word"][0] in "上去":
            of_signing = year == own and _signed_in(ctx) == own + 1 and not _HELD_AGAINST.search(before)
            return year != own - 1 and not of_signing  # 去年 of the day of signing
        return year != own and not (gloss["word"] == "今年" and year == own + 1)
    if year == own and (date.month or _is_intent(before, after)) and _signed_in(ctx) == own + 1:
        happened = _HAPPENED.match(after) is not None
        return not happened and _is_plan(ctx, block, words, before, after) and not _is_under(ctx, block, _NO_PLAN_HEAD)
    if year == own + 1 and date.kind is DateKind.YEAR and date.fiscal and not before.strip():
        return bool(_DONE_AHEAD.match(after)) and not _INTENT.search(words)
    if (
        year < own
        and not _MARKED.sub("", before).strip()
        and _INTENDS.match(after)
        and _is_plan(ctx, block, words, before, after)
    ):
        return True  # 2022年将把2023年结转的资金用于…
    if year >= own or any(d.year == own and not d.cited and start <= d.span.start < end for d in facts.dates):
        return False
    if year >= own - 2 and _is_plan(ctx, block, words, before, after):
        return True
    if _FORM.match(after) and not _AFTER_FORM.search(words):
        return often <= 1 and not _is_under(ctx, block, _BACKGROUND)
    if often > 1 or _REASON.search(words) or _is_under(ctx, block, _BACKGROUND):
        return False
    if before.strip(" \t"):  # inside a sentence: a deadline only, at the head of its clause
        return bool(date.month and _CLAUSE_HEAD.search(before) and _DUE.match(after))
    if date.kind is DateKind.MONTH:
        return bool(_DUE.match(after))
    return date.kind is DateKind.YEAR and bool(_RESULT.match(after) or _DUE.match(after))


def _is_intent(before: str, after: str) -> bool:
    """Whether the author says what is meant to be done in the year, with nothing of the year before the verb: 2023年，我局将, 力争2023年建成."""
    return _WE_INTEND.match(after) is not None or (_STRIVES.search(before) is not None and _TO_BE_DONE.match(after) is not None)


def is_before_its_base(ctx: AuditContext, date: DateFact, own: int) -> bool:
    """Whether the year's figure is said to have grown since a later one, the year before the report's: 2019年…比2020年提高."""
    text = ctx.facts.blocks[date.span.block].normal
    start, end = sentence(text, date.span.start, date.span.end)
    found = _SINCE_BASE.match(text, date.span.end, end)
    head = text[start : date.span.start]
    return (
        date.kind is DateKind.YEAR
        and found is not None
        and int(found["base"]) == own - 1 > (date.year or own)
        and f"{own}年" not in text[start:end]
        and (not head.strip() or head.endswith(("，", "、", "；")))
    )


def is_before_its_work(ctx: AuditContext, block: Block, date: DateFact, own: int) -> bool:
    """Whether works dated in the report's year are said to have been finished by the end of the year before."""
    facts = ctx.facts.blocks[block.index]
    text = facts.normal
    start, end = sentence(text, date.span.start, date.span.end)
    if date.year != own - 1 or date.month not in {None, 12} or not _UNTIL.search(text[start : date.span.start]):
        return False
    if date.month is None and not text.startswith(("底", "末", "年底", "年末"), date.span.end):
        return False
    begun = [d for d in facts.dates if d.span.start < start and not d.cited]
    return (
        bool(_ALL_DONE.search(text[date.span.end : end]))
        and not _EARLIER_PART.search(text[start:end])
        and any(d.year == own for d in begun)
        and not any(d.year and d.year != own for d in begun)
        and not _is_under(ctx, block, _BACKGROUND)
    )


def _signed_in(ctx: AuditContext) -> int | None:
    """The year of the date that stands alone at the end."""
    for block in reversed(ctx.document.blocks[-8:]):
        dates = ctx.facts.blocks[block.index].dates
        if len(dates) == 1 and dates[0].year and len(block.text.strip()) <= len(dates[0].raw) + 2:
            return dates[0].year
    return None


def _is_plan(ctx: AuditContext, block: Block, words: str, before: str, after: str) -> bool:
    """Whether a plan sets the year as a goal ahead: 2022年6月底前完成 under 改进措施, 下一步，2022年将.

    Under a heading that tells of problems as well the words themselves must tell the plan.
    """
    plans = _plans(ctx, block)
    if block.kind is BlockKind.ROW or plans is None or before.endswith(("对", "把")):
        return False
    mixed = _NO_PLAN_HEAD.search(plans) is not None
    told = before[max(before.rfind("；"), before.rfind("："), before.rfind("，")) + 1 :]
    if _BEFORE_PLAN.search(words if mixed else told + after) or _DONE.search(after):
        return False
    due = _DEADLINE.match(after) or _STAGE.match(after)
    if _INTENDS.match(after) and not _MARKED.sub("", told).strip():
        return True
    if _AIMS.search(told):
        return not mixed or bool(due or _AHEAD.search(after))
    return not mixed and bool(due or _NEXT_STEP.match(before))


def _plans(ctx: AuditContext, block: Block) -> str | None:
    """The nearest heading over the block that tells of plans."""
    parent = block.parent
    for _ in range(3):
        if parent is None:
            return None
        heading = ctx.document.blocks[parent]
        if _PLAN_HEAD.search(heading.text):
            return heading.text
        parent = heading.parent
    return None


def _is_under(ctx: AuditContext, block: Block, words: re.Pattern[str]) -> bool:
    """Whether the heading over the block says so, or the one over that."""
    parent = block.parent
    for _ in range(3):
        if parent is None:
            return False
        heading = ctx.document.blocks[parent]
        if words.search(heading.text):
            return True
        parent = heading.parent
    return False
