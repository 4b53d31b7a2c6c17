"""Another fiscal year spoken of as one's own."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Text, check
from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind
from gouji_checks.copying._concluded import is_concluded
from gouji_checks.copying._in_hand import is_in_hand
from gouji_checks.copying._lone_result import is_lone_result
from gouji_checks.copying._rolled import is_rolled
from gouji_checks.copying._stale_years import is_before_its_base, is_before_its_work, is_glossed, is_stale
from gouji_checks.copying._title_year import title_year
from gouji_checks.spans import PROSE, sentence

_ENOUGH = 3  # mentions of the own year, fewer where the title bears it
_STRAY, _ANY = 2, 1000  # how often another year may stand, for the sentence to be taken for a leftover
_MARKER = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）)\s*")
_UNIT = r"(?:(?:我|本)(?:单位|局|部门|院|会|委|办|校|中心|处|站|所|镇|乡|街道)|部门|单位|全年|共|年初|本级|一般公共预算|财政拨款|机关|整体|项目|基本|公用|人员|专项|补助|财政|上级|中央|省级|市级|县级|区级|全[省市县区镇乡])"
_OWN = re.compile(
    rf"度?[，,]?{_UNIT}*(?:收入|支出|预算|决算|收、支|收支|开支|“三公”经费|运行经费|政府采购(?:支出|金额|预算|总额|规模)|可用资金|资金|绩效|自评)"
)
_UNIT_ITSELF = r"(?:我|本)(?:单位|局|部门|院|会|委|办|校|中心|处|站|所|馆|镇|乡|街道|机关|级)"
# What may stand between the head of the sentence and the year.
_LEAD = re.compile(
    rf"(?:(?:综上(?:所述)?|总体(?:来)?看|总的来[看说]|整体(?:来)?看|总之|因此|经(?:综合)?(?:自评|评价)|为此|同时|此外)，)?(?:{_UNIT_ITSELF}|全(?:局|院|校|办|县|区|市|镇|乡))?(?:在|对)?"
)
_SUBJECT = re.compile(rf"度?[，,]?(?:{_UNIT_ITSELF}|全(?:局|院|校|办|馆|系统))")
_RESULT = re.compile(r"自评(?:等级|得分|结论|总分|为)")
# What a unit says of its own conduct in the year of the report, in general words: no history is told so.
_CONDUCT = re.compile(
    r"度[，,]?[^，。；、\d]{0,16}?(?:资金|经费|项目|工作|预算|支出|各项制度|管理)[^。；\d]{0,24}?"
    r"(?:严格(?:按照?|执行|落实|遵守|管理)|专款专用|无[^，。；\d]{0,10}(?:现象|情况|行为|问题)|未(?:发现|出现|发生)|(?:规范|到位|扎实|有序|较好|良好|圆满|平稳|合规|合理|有效|高效|有力|显著)(?=[，。；]|$|地?(?:开展|推进))"
    r"|(?:顺利|全面|圆满|如期|按期)(?:完成|实现|实施))"
)
# What a report does for its own year only: its evaluation, and its publication with the accounts of the same year.
_SCOPE = r"(?:度|部门|项目|整体|财政|预算|本级|县级|区级|市级|单位|支出|收支|资金|专项|的)"
_PROCEDURE = re.compile(
    rf"{_SCOPE}*(?:全面|组织)?(?:开展|进行|实施)?(?:绩效)?(?:自评|自我评价|绩效评价)(?!结果|发现|问题|反馈|中发现|办法|指标)|{_SCOPE}*决算(?:报告)?(?:一并|一同|同步|一起|同时|在)[^，。；]{{0,14}}公开"
)
_PROCEDURE_LEAD = re.compile(r"(?:随|随同|与|和|开展|开展了|组织|完成|做好|对|将|在|实施|进行|本次|按照|按)$")
_SCORED = re.compile(r"度?(?:绩效|综合|整体|部门)*(?:自评|评价)?(?:总|综合)?得分(?:为)?\s?\d")
# The score of a whole report, sixty points and more.
_SCORE = re.compile(r"[^。；，\d]{0,8}(?:得分|总分|总评|得|自评)[^。；，\d]{0,4}(?P<score>(?:[6-9]\d|100)(?:\.\d+)?)\s?分")
_LAST = re.compile(r"上年|去年|上一|指标|满分|权重")
_FIGURE = re.compile(r"\d\s?(?:[万亿]?元|%|分)")
_FUNDS = re.compile(r"采购|支出|开支|经费|预算|资金|绩效|执行|自评|决算|收入")
_EXPLAINED = re.compile(
    r"与|同期|两年|两者|持平|上一年|结转|结余|以来|计划|拟|(?<!现)将|预计|批复|印发|通知|文件|成立|启动|开工|始建|建成|验收|完工|下达|"
    r"换届|改革|划入|划转|转隶|组建|合并|挂牌|搬迁|任期|签订|荣获|获得|获评|(?<!自)评为|整改|应用|指出|立项|跨年|分年|历年|近.年|至今|审计|巡察|追溯|往年|以前年度|为基数|据此|压减|挂钩|-|—|～|~"
)
_NOW = re.compile(r"[，、；](?:而)?[本今]年(?!度?(?:预算|目标))")
_COMPARED = re.compile(r"(?:与|较|比|相较|对比|同|从|由|高于|低于|和|及)(?:上年（)?$")
# What a unit states as of the end of its own year.
_AS_OF = re.compile(r"支付|拨付|发放|结余|资产|账面|价值|新增|[比较]上年|同比|到位|支出|编制|实有|在职|执行率|车辆|本年度|全年")
_PLAN = re.compile(rf"{_SCOPE}*(?:各项|年度)?绩效目标|度?部门预算(?!编制)")
_PLAN_LEAD = re.compile(r"(?:对照|围绕|按照|根据|依据|确保|保证|力争)$")
_BASE_OF_GROWTH = re.compile(
    r"\d[^，。；\d]{0,4}，(?:同比|本年|今年)?(?:增长|下降|减少|增加|提高|上升|增幅|降幅)[^，。；\d]{0,4}\d"
)
_CHAPTER = re.compile(
    r"度?(?:主要|重点)?(?:工作总结|工作完成情况|目标完成情况|任务完成情况|履职情况|绩效目标|绩效情况|预算执行情况|支出情况)"
)
_GOALS_THIS_YEAR = re.compile(rf"{_SCOPE}*(?:各项|年度)?绩效目标，(?:本年|今年|当年)")
_EVALUATED = re.compile(
    r"度?，?[^，。；\d]{0,16}对[^，。；]{0,24}(?:开展|进行|实施)了?[^，。；]{0,6}(?:绩效)?(?:自评|自我评价)"
)
_LONG_AGO = re.compile(
    r"上年|上一年|以来|整改|应用|指出|审计|巡察|往年|以前年度|曾|历年|近.年|相比|对比|较|比上|获|荣|(?<!现)将(?!随|同|一并)|拟|计划"
)
_WORDS = re.compile(r"[^\d。；]{2,14}")
_AFTERMATH = re.compile(r"应用|整改|上年|往年|历年|分年|以前年度|历史|沿革")
_NOTHING = re.compile(r"度?(?:全年，?)?[^，。；]{0,10}(?:未|没有)(?:发生[^，。；]{0,12}(?:事故|事件|案件)|委托|组织|开展)")
# The year of the report itself, told by what stands before it and what stands behind it.
_PERIOD_NAME = re.compile(
    r"(?:评价|自评|评估|报告|预算|考核)的?(?:时段|期间|时间范围|时间|范围|周期|年度|基准日|时点|期)(?:界定)?(?:为|是|：|系|覆盖)?$"
    r"|(?:数据|明细|报告|统计|资料|台账|名单)的?截[止至](?:日期|时间|时点|日)(?:为|是|：|系)?$"
)
_ALL_PAID = re.compile(
    r"，(?![^。；]{0,12}(?:上年|结转|往年|以前|上期))[^。；]{0,16}(?:均|都|已|全部)+(?:支付|拨付|发放|执行|使用|兑付)(?:完毕|到位|完成|完)"
)
_DONE = re.compile(r"(?:完成|实现|达成|兑现|落实)了?$")
_TASKS = re.compile(r"度?的?(?:各项|全部|既定|预定|全年|年初)?[^，。；\d]{0,4}(?:工作|目标|任务)")
_OF_ITSELF = re.compile(
    r"^(?:经(?:综合)?(?:自评|评价)，|综上(?:所述)?，|总体(?:来)?看，|总的来[看说]，|(?:自评|评价组?|我们|综合评价)认为，)?(?:本(?:项目|部门|单位|专项)|我(?:局|委|办|院|校|会|部|中心|单位)|该项目)?$"
)
_STATE = re.compile(
    rf"{_SCOPE}*(?:[^，。；\d]{{2,16}}?(?:经费|资金|项目|专项)(?:的|年度)?(?:绩效目标)|绩效目标|绩效指标|预算执行|整体支出|项目支出|项目资金|专项资金|支出绩效|工作任务|年度任务|目标任务)[^，。；\d]{{0,12}}?"
    r"(?:良好|较好|规范|到位|合理|有序|实现|完成|达到|达成|达标)"
)
_REPORTED = re.compile(r"(?:以上|上述|本报告|现)(?:就是|是|为|将|即)?[^，。；]{0,8}$|纳入(?:了)?$|涉及$")
_MATTER = re.compile(rf"{_SCOPE}*(?:绩效|自评|评价)")
_IN = re.compile(r"^(?:我(?:局|委|办|院|校|会|部)|本(?:单位|部门))?在$")
_WORK = re.compile(r"度?的?(?:各项)?(?:工作|预算执行|项目实施|资金使用|绩效管理)(?:过程)?中")
# An evaluation over several years (评估期2016—2018年), and what is set beside this year's: 2019年度同类抽查合格率.
_OF_OTHERS = re.compile(r"\s?[—\-~～至]{1,2}\s?20\d\d年|年?度?的?(?:同类|同期|同批|同口径|同样)")
_EDGE = re.compile(r"[末底]|年末|年底|年?初(?!预算|部门预算|批复)")
_SHORT_LEADS = frozenset({"", "在", "对", "（", "其中", "即", "我县", "我市", "我区"})
_BACKGROUND = re.compile(r"背景|历年|分年|往年|概况|历史|沿革|上年|以前|结果应用|整改")


@check(
    code="CP105",
    name="foreign-year",
    theme="copying",
    severity=Severity.WARNING,
    zh="误留其他年度",
    en="another fiscal year spoken of as one's own",
)
def foreign_year(ctx: AuditContext) -> Iterator[Hit]:
    """Another fiscal year spoken of as one's own.

    What it does
    Reports a sentence that speaks of an earlier fiscal year as the report's own (2021年度，我单位支出…) where the report's year stands at
    least three times and the other year once or twice: at the head of a sentence or heading, or where the evaluation of that year or the
    publication with its accounts is told of. Comparisons, carry-over, citations, histories and projects begun earlier are not
    reported. So are general praise and the unit's own budget told of an earlier year alone, a plan set for a year gone by, a year held
    against itself, a result dated in a year that is named this once, and last year's title over a text that is on the year behind it and signed the year after.

    Why is this bad
    Last year's text was rolled over; the figures beside it may be last year's.

    Example
    Flagged::

        某县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        2023年，我单位预算100万元。2023年全年支出98万元。2023年开展培训4期。2023年度绩效目标已完成。2023年新增设备12台。
        二、绩效情况
        2021年度，我单位项目支出执行规范，资金使用效益良好。
        ----
        某县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        2023年，我单位预算100万元。2023年全年支出98万元。2023年开展培训4期。2023年度绩效目标已完成。2023年新增设备12台。
        二、结果公开
        本报告随2022年部门决算一并公开。
        ----
        某县水务局2023年度供水项目支出绩效自评报告
        一、资金情况
        年末结余12万元，结转到2022年继续使用。
        二、自评结论
        总体判断，2022年度本项目绩效目标全部完成。
        ----
        某县水务局2023年度供水项目支出绩效自评报告
        一、项目进度
        2023年4月20日签订合同，5月8日开工。截至2022年12月31日，20处工程全部完工。
        二、项目效益
        2021年供水保证率达到96%，比2022年的91%提高5个百分点。
        ----
        某县水务局2023年度供水项目支出绩效自评报告
        一、产出情况
        2022年更换水表420只，受益群众1860户。
        二、下一步打算
        2023年，我局将加大管网维护投入。

        某县水务局
        2024年3月8日

    Accepted::

        某县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        2023年，我单位预算100万元。2023年全年支出98万元。2023年开展培训4期。2023年度绩效目标已完成。2023年新增设备12台。
        二、绩效情况
        与2022年度相比，我单位支出减少2万元。2021年我单位启动供水工程建设，资金分年度安排。
        ----
        某县水务局2023年度供水项目支出绩效自评报告
        一、项目进度
        2023年4月20日签订二期合同，5月8日开工。截至2022年12月31日，一期10处工程全部完工。
        二、项目效益
        2023年供水保证率达到96%，比2021年的91%提高5个百分点。
        ----
        某县水务局2023年度供水项目支出绩效自评报告
        一、产出情况
        2022年排查的420只老旧水表，本年全部更换。

    Rests on
    None: a report speaks of its own year.
    """
    own = ctx.document.year
    every = [d for facts in ctx.facts.blocks for d in facts.dates if d.year]
    titled = own is not None and str(own) in ctx.document.title
    if own is None:
        return
    told = sum(d.year == own for d in every)
    if (wrong := title_year(ctx)) is not None:
        yield _titled_wrongly(*wrong)
        return
    usual = told >= (_ENOUGH - 1 if titled else _ENOUGH)
    if not usual and not titled:
        return
    unexplained: dict[int, int] = {}
    for date in every:
        year = date.year or own
        if date.cited or not own - 8 <= year <= own + 1:
            continue
        told_of = not _is_compared(ctx, date) and not (_is_followed(ctx, date) and not _is_goal(ctx, date))
        block = ctx.document.blocks[date.span.block]
        if date.kind is DateKind.YEAR and _OF_OTHERS.match(ctx.facts.blocks[date.span.block].normal, date.span.end):
            continue
        if not (told_of or is_glossed(ctx, date)) or block.kind is BlockKind.HEADER or _is_last_score(ctx, date):
            continue
        if year not in unexplained:
            unexplained[year] = sum(1 for d in every if d.year == year and _stands_alone(ctx, d))
        stands = unexplained[year]
        often = _own_voice(ctx, block, date, own) if block.kind in PROSE and year < own else 0
        rolled = usual and often and stands <= often
        rolled = rolled or ((usual or titled) and is_stale(ctx, block, date, own, stands))
        rolled = rolled or ((usual or titled) and is_rolled(ctx, block, date, own, stands))
        impossible = is_before_its_base(ctx, date, own) or is_before_its_work(ctx, block, date, own)
        rolled = rolled or is_concluded(ctx, block, date, own) or is_lone_result(ctx, block, date, own)
        if rolled or impossible:
            yield Hit(
                Text(
                    f"报告年度为{own}年，此处写“{date.raw}”，疑为上一份报告的文字未改",
                    f"the report is on {own}; “{date.raw}” is spoken of here as its own year",
                ),
                (Place(date.span),),
                stated=date.raw,
                computed=date.raw.replace(str(year), str(own)),
            )


def _titled_wrongly(titled: DateFact, told: DateFact) -> Hit:
    return Hit(
        Text(
            f"标题写“{titled.raw}”，全文所述为{told.year}年，疑为上一年度的标题未改",
            f"the title says “{titled.raw}”; the text is on {told.year} all through",
        ),
        (Place(titled.span), Place(told.span, "elsewhere")),
        stated=titled.raw,
        computed=titled.raw.replace(str(titled.year), str(told.year)),
    )


def _stands_alone(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the year is named without a reason: no citation, no base of a comparison, nothing that explains it."""
    return not (date.cited or _is_compared(ctx, date) or _is_followed(ctx, date) or _is_explained(ctx, date))


def _is_explained(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the sentence gives a reason to name another year."""
    text = ctx.facts.blocks[date.span.block].normal
    start, end = sentence(text, date.span.start, date.span.end)
    return bool(_EXPLAINED.search(text[start:end]))


def _is_last_score(ctx: AuditContext, date: DateFact) -> bool:
    """综合得分97.5分。2018年自评得分95.1分: last year's score, where another one is told as the report's own."""
    text = ctx.facts.blocks[date.span.block].normal
    start, end = sentence(text, date.span.start, date.span.end)
    if _SCORED.match(text, date.span.end) is not None and "得分" in text[:start]:
        return True
    score = _SCORE.search(text, date.span.end, end)
    if score is None:
        return False
    others = (m for m in _SCORE.finditer(ctx.wording.whole.replace(text[start:end], "")) if not _LAST.search(m.group()))
    return any(float(m["score"]) != float(score["score"]) for m in others)


def _is_compared(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the year stands as the base of a comparison: 比2022年的, 与2022年度相比."""
    return bool(_COMPARED.search(ctx.facts.blocks[date.span.block].normal, max(0, date.span.start - 10), date.span.start))


def _is_followed(ctx: AuditContext, date: DateFact) -> bool:
    """Whether the sentence goes on to this year: 2022年度完成率为96%，本年为98%."""
    text = ctx.facts.blocks[date.span.block].normal
    end = sentence(text, date.span.start, date.span.end)[1]
    return bool(_NOW.search(text, date.span.end, end))


def _is_goal(ctx: AuditContext, date: DateFact) -> bool:
    """Whether this year's tasks are held to the goals of that year: 对照2019年度绩效目标，本年各项任务完成."""
    text = ctx.facts.blocks[date.span.block].normal
    held_to = _PLAN_LEAD.search(text, max(0, date.span.start - 2), date.span.start)
    return held_to is not None and _GOALS_THIS_YEAR.match(text, date.span.end) is not None


def _own_voice(ctx: AuditContext, block: Block, date: DateFact, own: int) -> int:
    """How often the year may stand for the sentence to be a leftover; 0 where it has a reason to name the year.

    A leftover begins with the year and tells of the unit's own funds, without anything that explains the year.
    """
    facts = ctx.facts.blocks[block.index]
    start, end = sentence(facts.normal, date.span.start, date.span.end)
    words, before, after = facts.normal[start:end], facts.normal[start : date.span.start], facts.normal[date.span.end : end]
    if any(d.year == own and not d.cited and start <= d.span.start < end for d in facts.dates):
        return 0
    if is_in_hand(date, words, before, after):
        return 0 if _is_background(ctx, block) or _is_aftermath(ctx, block) else _ANY
    if _is_procedure(date, words, before, after):
        return 0 if _is_background(ctx, block) else _ANY if _EVALUATED.match(after) else _STRAY
    if _BASE_OF_GROWTH.search(after) and any(char.isdigit() for char in facts.normal[:start]):
        return 0  # 支出293万元…。2021年支出281万元，增长4.37%
    lead = _MARKER.sub("", before)
    if lead in {"截至", "截止"} and (date.month, date.day) == (12, 31) and _ALL_PAID.match(after):
        return 0 if _is_background(ctx, block) or _is_aftermath(ctx, block) else _ANY
    if _is_report_year(words, lead, after):
        return 0 if _is_background(ctx, block) or _is_aftermath(ctx, block) else _STRAY
    if (
        _EXPLAINED.search(words)
        or (any(d.year == own and not d.cited for d in facts.dates) and not _is_praise(after))
        or _is_one_of_several(ctx, date, after)
    ):
        return 0
    if lead in {"截至", "截止"}:
        until = after.startswith(("底", "末", "年底", "年末")) or (date.month, date.day) == (12, 31)
        return _ANY if until and _AS_OF.search(after) and not _is_background(ctx, block) else 0
    if date.kind is not DateKind.YEAR or _EDGE.match(after):
        return 0
    if (lead not in _SHORT_LEADS and not _LEAD.fullmatch(lead)) or _is_aftermath(ctx, block):
        return 0
    if not lead and (_NOTHING.match(after) or _is_conduct(ctx, block, date, words, after)):
        return 1
    return _STRAY if (_FUNDS.search(words) or block.kind is BlockKind.HEADING) and _tells_of_itself(block, lead, after) else 0


def _is_conduct(ctx: AuditContext, block: Block, date: DateFact, words: str, after: str) -> bool:
    """Whether general praise of the unit's conduct is dated in the fiscal year: 2019年度，养护资金严格按照进度拨付，无挪用现象."""
    told = date.fiscal and _CONDUCT.match("度" + after) is not None
    return told and not (_LONG_AGO.search(words) or _is_background(ctx, block))


def _tells_of_itself(block: Block, lead: str, after: str) -> bool:
    """Whether what follows the year is the unit's own: its funds with a figure, itself as the subject, a heading of its report."""
    if block.kind is BlockKind.HEADING and _CHAPTER.match(after):
        return True
    if _SUBJECT.match(after):
        return True
    if not _OWN.match(after):
        return False
    return (
        block.kind is BlockKind.HEADING or bool(_FIGURE.search(after) or _RESULT.search(after)) or lead.startswith(("我", "本"))
    )


def _is_report_year(words: str, lead: str, after: str) -> bool:
    """Whether the year is said to be that of the evaluation, of its funds or of the work done: 评价时段为…, 完成了…各项任务."""
    if _PERIOD_NAME.search(lead):
        return True
    if _EXPLAINED.search(words) or _LONG_AGO.search(words):
        return False
    return any(
        before.search(lead) and behind.match(after)
        for before, behind in ((_DONE, _TASKS), (_OF_ITSELF, _STATE), (_REPORTED, _MATTER), (_IN, _WORK))
    )


def _is_praise(after: str) -> bool:
    """Whether the unit itself is said to have done well, without a figure: no history, whatever years stand beside it."""
    return bool(_SUBJECT.match(after)) and not any(char.isdigit() for char in after)


def _is_procedure(date: DateFact, words: str, before: str, after: str) -> bool:
    """Whether the year is that of the evaluation or publication in hand: 随2022年部门决算一并公开, 在2022年度绩效自评中."""
    if date.kind is not DateKind.YEAR or _LONG_AGO.search(words):
        return False
    return bool(
        (_PROCEDURE_LEAD.search(before) and _PROCEDURE.match(after))
        or (_PLAN_LEAD.search(before) and _PLAN.match(after))
        or (not before.strip() and _EVALUATED.match(after))
    )


def _is_aftermath(ctx: AuditContext, block: Block) -> bool:
    """Whether the section tells what became of an earlier year's results."""
    parent = ctx.document.blocks[block.parent] if block.parent is not None else None
    return parent is not None and bool(_AFTERMATH.search(parent.text))


def _is_background(ctx: AuditContext, block: Block) -> bool:
    """Whether the section tells of the background, of earlier years or of what became of their results."""
    parent = ctx.document.blocks[block.parent] if block.parent is not None else None
    return parent is not None and bool(_BACKGROUND.search(parent.text))


def _is_one_of_several(ctx: AuditContext, date: DateFact, after: str) -> bool:
    """Whether a sentence nearby tells the same of another year: a series of years, not a leftover."""
    same = _WORDS.match(after)
    near = ctx.facts.blocks[max(0, date.span.block - 2) : date.span.block + 3]
    others = (f.normal[d.span.end :] for f in near for d in f.dates if d is not date and d.year != date.year)
    return any(same and (other := _WORDS.match(words)) and same.group() == other.group() for words in others)
