"""Word written twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose

_PAIRED = "主要|其中|进行|及时|按照|根据|通过|加强|以及|严格|切实|不断|有效|确保|提高|促进|积极|认真|同时|由于|因此|开展|完成|实施|落实|实行|推进|建立|强化|制定|印发|采取|围绕|依据|属于|已经|分别|整理(?=整理归档)|力争|完善|健全|加快|继续|全部|全面|深入|统筹|增强|支持|结合|针对|对照|坚持|明确|召开|达到|实现|虽然|但是|并且|此外|目前|截至|需要|可以|能够"
# Any word of two characters, where the sentence ends or turns right after it: 项目项目库 may be a compound, 口径口径不一 is none.
_ANY_PAIR = r"(?![一二三四五六七八九十两几每逐各层步级件天次])(?P<two>(?!研究|商量|讨论|了解|学习|考虑|比较|打听|合计|琢磨|休息|活动|意思|考验)[\u4e00-\u9fff](?![一二三四五六七八九])[\u4e00-\u9fff])(?P=two)(?=[，。；、：）]|不[一高够足到及明]|未|均|已|$)"
# Any other word of two characters, but nouns that may head a compound (会议会议费) and verbs that are said twice for once over (研究研究).
_HEADS = (
    "项目|工作|中心|资金|管理|服务|预算|人员|学校|公司|单位|部门|领导|教育|信息|安全|工程|社会|经济|农村|城市|政府|人民|人大|委员|会议|文化|体育|财务|财政|审计|绩效|培训"
    "|设备|档案|技术|质量|活动|群众|企业|社区|系统|平台|设施|机制|制度|数据|材料|情况|措施|学生|教师|村民|居民|机关|党员|干部|专家|专业|专项|支部|小组|生产|生活|生态|环境|消费|科技|科学|科研|图书|课程|课题"
    "|家庭|儿童|妇女|青年|老人|卫生|医疗|医院|医保|健康|保险|保障|保护|合同|采购|招标|监督|监理|监测|检测|检查|评价|评审|考核|考试|考察|调研|调查|报告|报表|统计|计划|规划|方案|目标|任务|指标|标准|规范|政策"
    "|法律|法院|法治|合作|产业|产品|农业|工业|林业|水利|水库|道路|公路|交通|运输|旅游|文物|体制|志愿|民族|民主|民生|基层|基础|基地|基金|成果|成效|效益|效果|代表|建议|意见|问题|风险|隐患|应急|防汛|森林|农户"
    "|研究|商量|讨论|了解|学习|考虑|比较|打听|合计|琢磨|休息|意思|考验|来往|往来|有没"
)
_OTHER = rf"(?P<other>(?!{_HEADS})(?![一二三四五六七八九十两几每逐各层步级件天次的了着是在和与或等之有])[\u4e00-\u9fff](?![一二三四五六七八九每的了着是在和与或等之有])[\u4e00-\u9fff])(?P=other)"
# A noun of the field, before what no compound begins with: 养老服务中心中心4个.
_NOUNS = "中心|资金|工程|部门|单位|经费|预算|绩效|群众|乡镇|企业|社区|设备|医院|学校|街道|人员|系统|平台|设施|机制|制度|村民|居民|教师|学生|措施|情况|数据|材料|项目"
_NOUN = rf"(?P<noun>{_NOUNS})(?P=noun)(?=\s?\d|[共将在由的等]|内部)"
# A unit behind its figure: 3.2万立方米米; not 12公里里程, 5亩亩均.
_UNIT = r"(?<=\d)\s?[万亿千]?(?:立方|平方)?(?P<unit>[米元吨亩])(?P=unit)(?![均产面长宽])"
# A word of one character that no word around it shares: 对对民生类档案; 一对对, 针对对手, 对对联 are sound.
_ONE = (
    r"(?<![一面针相应核绝反成])对对(?![联子口症策手方象外内])|(?<![因作成认行所以称])为为(?![民人了何])|(?<![就正总但凡只])是是(?!非)|(?<![存现所内实])在在(?![职编校岗线建])|(?<![涉以普顾])及及(?!时)"
    r"|(?<![自理缘])由由|(?<![合吞兼])并并(?!行|联|存)|已已(?!知|成|婚)|被被|(?<![予加难可所得足用据给何])以以(?!下|上|来|后|前|内|外|及)|(?<![参给])与与(?!会)|按按(?!钮|揭|键)|了了(?![解不结断])|(?<![总温缓])和和(?![谐睦平美])|(?<![即])将将(?!军)|(?P<nth>[一二三四五六七八九十]是)(?P=nth)"
)
_DOUBLED = re.compile(
    rf"(?P<long>(?![一每逐两几百])[\u4e00-\u9fff]{{3,8}})(?P=long)|(?P<pair>{_PAIRED})(?P=pair)|(?:(?<![目标])|(?<=项目)|(?<=科目)|(?<=目标)|(?<=指标))的的(?![确士])"
    rf"|{_ANY_PAIR}|{_OTHER}|{_NOUN}|{_UNIT}|{_ONE}"
)
_CLAUSE = re.compile(r"[\u4e00-\u9fff“”《》]{4,9}")
_MARKS = str.maketrans("；。", "，，")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_SINGLES = (
    "的的",
    "对对",
    "为为",
    "是是",
    "在在",
    "及及",
    "由由",
    "并并",
    "已已",
    "被被",
    "以以",
    "与与",
    "按按",
    "了了",
    "米米",
    "元元",
    "吨吨",
    "亩亩",
    "和和",
    "将将",
)


@check(
    code="ST113",
    name="doubled-word",
    theme="structure",
    severity=Severity.NOTICE,
    zh="词语重复",
    en="word written twice",
)
def doubled_word(ctx: AuditContext) -> Iterator[Hit]:
    """Word written twice.

    What it does
    Reports a word or phrase that stands twice in a row: 主要是主要是, 进一步进一步, 的的. Reduplication that the language knows (常常,
    一项一项) and 目的的 are not reported.

    Why is this bad
    The sentence was edited by halves or taken from a template.

    Example
    Flagged::

        支出减少的主要原因主要原因是压缩开支。
        ----
        下一步进一步进一步加强管理。
        ----
        对对民生类档案开展扫描，录入口径口径不一。

    Accepted::

        逐项逐项核对，常常走访，一件一件落实，按项目的目的的不同分类。
        ----
        开展了了解民情活动。
        ----
        针对对口支援项目库的管理，一对对结对帮扶，研究研究再定。

    Rests on
    None: slips of editing.
    """
    yield from _clauses(ctx)
    for block in _doubling(ctx):
        for match in _DOUBLED.finditer(block.text):
            words = match.group()
            if len(set(words)) == 1 and words not in _SINGLES:
                continue
            yield Hit(
                Text(f"词语重复：“{words}”", f"written twice: “{words}”"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
            )


def _clauses(ctx: AuditContext) -> Iterator[Hit]:
    """Short clauses written twice: 避免“重建轻管”，避免“重建轻管”. Those of ten characters and more are sentences said again."""
    for block in prose(ctx):
        text = block.text.translate(_MARKS)
        told = text.split("，")
        at = 0
        for one, other in pairwise([*told, ""]):
            if one == other and _CLAUSE.fullmatch(one):
                start = at + len(one) + 1
                yield Hit(
                    Text(f"词语重复：“{one}”", f"written twice: “{one}”"),
                    (Place(Span(block.index, start, start + len(one))), Place(Span(block.index, at, at + len(one)), "earlier")),
                    stated=one,
                )
            at += len(one) + 1


def _doubling(ctx: AuditContext) -> Iterator[Block]:
    """The blocks in which two to eight Chinese characters stand twice in a row, or one of those that may not."""
    blocks = [block for block in ctx.document.blocks if block.kind is not BlockKind.HEADER]
    twice = _twice(list({block.text: None for block in blocks}))
    single = ctx.wording.having(*_SINGLES)
    for block in blocks:
        if block.text in twice or (block.index in single and any(words in block.text for words in _SINGLES)):
            yield block


def _twice(texts: list[str]) -> set[str]:
    """The texts in which two to eight Chinese characters stand twice in a row: the whole against itself moved, as one number each."""
    text = "\n".join(texts)
    raw = text.encode("utf-16-le", "replace")
    whole = int.from_bytes(raw, "little")
    wide = len(raw) > 2 * len(text)  # some characters take four bytes
    sizes = (len(text.encode("utf-16-le", "replace")) if wide else 2 * len(text) for text in texts)
    starts = list(accumulate((size + 2 for size in sizes), initial=0))
    found: set[str] = set()
    for n in range(2, 9):
        nothing, same = bytes(2 * n), (whole ^ (whole >> 16 * n)).to_bytes(len(raw), "little")
        at = same.find(nothing)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            inside = at + 2 * n <= starts[number + 1] - 2 and (wide or _CHINESE.match(text, (at + 1) // 2) is not None)
            if inside:
                found.add(texts[number])
            at = same.find(nothing, starts[number + 1] if inside else at + 1)
    return found
