"""Statements that exclude one another, as pairs of patterns: what is claimed of the whole, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.spans import clause, prose, prose_with, sentence

# Of the whole unit and year only: a claim about one project says nothing about another.
_LEAD = re.compile(
    r"(?:(?:综上(?:所述)?|总体(?:来)?看|总的来[看说]|截至(?:年末|年底|目前)|经自评|自评(?:结果)?(?:显示|表明))，|(?:20\d\d年度?|本年度?|全年)，?)*"
    r"(?:(?:我|本)(?:局|委|办|院|校|会|部|中心|单位|部门|镇|乡|街道|项目))?\s*"
)
_WISH = re.compile(
    r"确保|力争|争取|下一步|将|计划|预计|要求|(?<![供响反效])应(?![急用])|如果|若|标准|推动|督促|防止|避免|杜绝|是否|严禁|上年|去年|以前|整改"
)
_FIGURE = re.compile(r"\d\s?(?:[万亿]?元|%)")
_MISUSE = r"(?:截留|挤占|挪用|虚列)"
_MISHAPS = "触电|坠落|溺水|坍塌|火灾|机械伤害|中毒|爆炸|高处|物体打击|施工|人身|伤亡|窒息"
# Each with words of which every claim holds one: they spare most blocks the search.
_PAIRS = tuple(
    (tuple(hint.split("|")), re.compile(claim), re.compile(against))
    for hint, claim, against in (
        (
            "各项|所有|全部",
            r"(?:各项|所有|全部)(?:年度|绩效|预期)?(?:目标|工作|重点)?(?:任务|指标|目标|工作)(?:均|已|都)*(?:全部|全面|按期|如期|圆满)*(?:完成|实现|达成|达到预期|达标)",
            r"(?:部分|个别|\d+[个项]|[一二两三四五六七八九][个项])[^，。；、]{0,8}(?:任务|指标|目标|工作)(?:尚)?(?:未能?(?:按期|如期|全部)?(?:完成|实现|达到|达成|达标)|没有(?:完成|达到))",
        ),
        (
            "发生",
            r"(?:未|没有)发生(?:一起|任何|各类)?安全(?:生产)?(?:责任)?事故",
            (
                r"发生(?:一般|轻微)?(?:安全)?(?:生产)?(?:责任)?事故\s?(?:\d+|[一二两三])起"
                rf"|发生(?:一般|轻微)?(?:{_MISHAPS})[^，。；\d]{{0,4}}事故\s?(?:\d+|[一二两三])起|发生(?:了)?\s?(?:\d+|[一二两三])起(?:一般|轻微)?(?:{_MISHAPS})[^，。；\d]{{0,4}}事故"
            ),
        ),
        (
            "截留|挤占|挪用|虚列",
            rf"(?:不存在|没有|未发现|无)(?:任何)?{_MISUSE}(?:[^。；]{{0,20}}(?:情况|现象|问题|行为)|(?:[、和及或]?{_MISUSE})*(?=[，。；]|$))",
            rf"(?<!不)存在[^，。；]{{0,6}}{_MISUSE}|(?:审计|检查|巡察|巡视|抽查|核查|稽核)[^，。；]{{0,8}}(?:发现|指出|查出)[^。；未无没]{{0,10}}{_MISUSE}[^，。；]{{0,12}}\d",
        ),
        ("相符|账实一致", r"账实相符|账账相符|账实一致", r"账实不符|账账不符|账实不一致"),
        (
            "招标|政府采购",
            r"(?:所有|全部)[^，。；]{0,8}(?:项目|采购|工程)[^，。；]{0,4}(?:均|都|全部)[^，。；]{0,10}(?:公开招标|招标|政府采购)",
            r"(?:未|没有)(?:经|履行|按规定|进行|实行|组织)[^，。；]{0,6}(?:招标|政府采购)|直接委托[^，。；]{0,8}(?:施工|承建|实施|供应)",
        ),
        (
            "车",
            r"(?:未|没有)(?:新增|新购|购置|购买|更新)(?:车辆|汽车)|资金(?:均|都|全部)?未用于(?:车辆购置|购置车辆|购买车辆|购车)",
            r"(?<!未)(?<!没有)(?<!计划)(?:购置|新购|购买|采购|更新)[^，。；]{0,10}车辆?\s?\d+\s?辆",
        ),
        (
            "三公",
            r"(?:无|没有|未发生|未产生)[^，。；“]{0,4}“?三公”?经费(?:支出|开支)?(?=[，。；]|$)",
            r"公务(?:接待费|用车[^，。；]{0,6}费)(?:支出|开支)?(?:为|共)?\s?(?!0(?:\.0+)?\s?万?元)\d[\d.,]*\s?万?元",
        ),
        (
            "投诉",
            r"(?:无|未收到|没有|零)(?:任何|一起)?(?:群众|服务对象)?投诉",
            r"(?:收到|接到|转来|受理)[^，。；]{0,6}投诉\s?\d",
        ),
        (
            "变更",
            r"(?:项目|工程|建设内容)?(?:无|未发生|没有)(?:任何)?(?:设计|工程)?变更(?=[，。；]|$)",
            r"(?:办理|发生|进行)了?(?:设计|工程)?变更(?:手续)?\s?\d|(?:设计|工程)变更\s?\d+\s?[次项处]",
        ),
        (
            "齐全|完整",
            r"(?:档案|资料|手续)[^，。；]{0,4}(?:齐全|完整)(?=[，。；]|$)",
            r"部分[^，。；]{0,8}(?:档案|资料|手续)[^，。；]{0,4}(?:缺失|不全|不完整|不齐)",
        ),
        (
            "全部",
            r"(?:预算|资金|经费)(?:均|已)*全部(?:执行|支出|支付|使用|拨付)",
            (
                r"(?:尚有|仍有|还有)\s?[\d.,]+\s?万?元[^，。；]{0,6}(?:未|没有)(?:执行|支出|支付|使用|拨付)"
                r"|(?:没有|尚?未)(?:付出去?|支付|拨付|使用|支出|用完|花完)的(?:资金|经费|款项|余款)?\s?[\d.,]+\s?[万亿]?元"
            ),
        ),
        (
            "验收",
            r"项目(?:均|全部)已?(?:通过)?验收|验收(?:合格|通过)率(?:达到?|为)?\s?100%",
            r"(?:\d+|[一二两三四五六])个[^，。；]{0,8}(?:尚?未(?:通过|组织|完成)?验收|验收不合格)",
        ),
        (
            "预算",
            r"(?:全年|年中|本年)?(?:未|没有)(?:调整|追加)(?:过)?预算|无预算(?:调整|追加)",
            r"追加(?:预算|资金|经费|指标)\s?\d",
        ),
        ("超预算", r"(?:未|没有|无)超预算(?!率)", r"超(?:出)?预算\s?\d"),
    )
)

_IN_BOTH = frozenset({("截留", "挤占", "挪用", "虚列"), ("发生",), ("投诉",)})  # what contradicts holds one of them as well

Found = tuple[Block, re.Match[str]]


def opposites(ctx: AuditContext) -> Iterator[tuple[Found, Found]]:
    """(the claim, what contradicts it), each with its block; once for each pair of patterns."""
    for hint, claim, against in _PAIRS:
        said = next(_told(prose_with(ctx, *hint), claim, whole=True), None)
        if said is not None:
            denied = prose_with(ctx, *hint) if hint in _IN_BOTH else prose(ctx)
            other = next(
                (f for f in _told(denied, against, whole=False) if f[1].span() != said[1].span() or f[0] is not said[0]),
                None,
            )
            if other is not None:
                yield said, other


def _told(blocks: Iterable[Block], pattern: re.Pattern[str], *, whole: bool) -> Iterator[Found]:
    for block in blocks:
        for match in pattern.finditer(block.text):
            start, end = sentence(block.text, match.start(), match.end())
            if _WISH.search(block.text[start:end]):
                continue
            lead = block.text[clause(block.text, match.start(), match.end())[0] : match.start()]
            before = block.text[start : match.start()]
            bound = not lead.strip() and _FIGURE.search(before) is not None  # 实际支出8.44万元，没有超预算: said of that figure
            led = _LEAD.fullmatch(lead.strip()) is not None and block.marker is None and not bound
            if not whole or led or _LEAD.fullmatch(before.strip()):
                yield block, match
