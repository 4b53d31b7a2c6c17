"""A sibling's full name in the author's own place: 平岭县统计局是县政府工作部门，内设6个股 in the report of 平岭县林业局.

Of the other departments of its county an author says 县统计局; the county's own name before it is what one's own full name bears.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Span
from gouji.model import patterns as re
from gouji_checks.spans import prose_with, sentence

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治县|[县区市旗州])(?![场民政级])")
_END = "局|委员会|办公室|联合会|总工会|[务理设展教疗训导援挥体询测]中心|[图书文化博物档案科技体育]{2,4}馆|医院|学院|学校|[中小]学|幼儿园|卫生院|保健院"
_SELF = (
    r"(?:（(?:以下|下[称简]|简称|本级|机关)|(?:是|为|系|属)[^，。；]{0,24}(?:组成部门|工作部门|直属|派出|群团|群众团体|人民团体|事业单位|预算单位|综合部门|主管部门|职能部门|群众组织)"
    r"|(?:机关|本级|共|现)?(?:内设|下设|核定|编制数|人员编制|现有(?:编制|在职|职工|人员)|在职|实有)|主要(?:职责|职能)|主管全|成立于|始建于|于20\d\d年\d{1,2}月(?:挂牌|成立|组建|申报|启动|实施)|20\d\d年\d{1,2}月挂牌"
    r"|(?:党组|领导班子|班子)?(?:始终|一直)?高度重视|严格(?:执行|按照|落实|控制)|认真(?:组织|开展|落实|对照)|20\d\d年(?:度)?(?:部门|整体|项目|预算|决算|收入|支出|年初|财政|一般|绩效|共|全年|部门整体)|将(?:进一步|继续|严格|加强|加大|强化)|部门(?:整体|预算|决算)|整体支出|成立了?以[^，。；]{1,8}为组长|(?:20\d\d年度?)?(?:项目|整体支出)?绩效目标(?:总体|基本|全部|全面|均|已)*(?:实现|完成)|(?P<year>全年(?:共|累计)?(?:完成|实现|开展|组织|举办|培训|发放|办理|查处))|(?:专项经费|项目支出|财务|预算|经费|资金|绩效|采购|合同|资产)[^，。；》]{0,8}(?:办法|制度|细则|规定|手册))"
)
_ORGAN = re.compile(rf"(?P<organ>[\u4e00-\u9fff]{{2,14}}?(?:{_END}))(?={_SELF})")  # behind the name of its county
# What may stand before the name in its sentence.
_LEAD = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十\d]+）[^。]{0,10}。?|\d+[.、．]|[^，。]{0,8}：)?"
    r"(?:现将|为|对|《|由|经|[^，。；]{0,8}(?:按照|执行|修订了?|制定了?|落实)|依据《?|根据《?|执行《?|综上，|总体来?看，|下一步，|今后，|20\d\d年度?，?|截至[^，]{2,12}，|其中：?|纳入[^，。]{0,30}(?:分别为|包括|：))?《?$"
)
_PEER = re.compile(r"(?:局|委员会|办公室|联合会|总工会)$")  # a house below one names it rightly
_ABOVE = re.compile(r"财政|审计|税务|国库|发展和?改革|主管|所属|下属|评审|领导小组|机关事务|人民政府|人大|政协|纪")
_NEAR = 14  # characters behind the name that tell what it has to do there
_PARTNERS = re.compile(
    r"会同|联合|配合|协助|委托|签订|对口|合作|协作|移交|划转|划入|合署|更名|前身|加挂|牌子|并入|抄送|来函|复函|批复|下达|印发|转发|提供|出具|公布|发布"
)


def siblings(ctx: AuditContext, own: str) -> Iterator[Span]:
    """Where another department of the author's own county, by its full name, is spoken of as only the author is."""
    place = _PLACE.match(own)
    if place is None or "".join(ctx.document.title.split()).find(own) < 0:
        return
    home = place.group()
    everything = ctx.wording.whole
    for block in prose_with(ctx, home):
        text = ctx.facts.blocks[block.index].normal
        for at, match in _organs(text, home):
            organ = match["organ"]
            start, end = sentence(text, at, match.end())
            if (
                _LEAD.match(text[start:at])
                and not _ABOVE.search(organ)
                and bool(_PEER.search(organ)) is bool(_PEER.search(own))
                and everything.count(organ) == 1
                and not _fits(organ, own)
                and not _fits(own.removeprefix(home), organ)
                and not _PARTNERS.search(text[start : min(end, match.end() + _NEAR)])
                and not (match["year"] and _tells_of_several(everything, home, own))
            ):
                yield Span(block.index, at, at + len(home) + len(organ))


def _organs(text: str, home: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The departments named behind the name of the county, each with where that begins."""
    at = text.find(home)
    while at >= 0:
        match = _ORGAN.match(text, at + len(home))
        if match is not None:
            yield at, match
        at = text.find(home, at + 1 if match is None else match.end())


def _tells_of_several(everything: str, home: str, own: str) -> bool:
    """Whether the report names two departments and more of its county by their full names: it tells what each of them did."""
    named = set(re.once(rf"{home}[\u4e00-\u9fff]{{2,12}}?(?:局|委员会|联合会)").findall(everything)) - {own}
    return len([name for name in named if "财政" not in name]) > 1


def _fits(short: str, full: str) -> bool:
    """Whether every character of the one stands in the other in this order: 卫健局 in 卫生健康局."""
    rest = iter(full)
    return all(char in rest for char in short)
