"""Another unit speaks in the author's place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji_checks.copying.foreign_organisation import foreign_organisation
from gouji_checks.spans import clause, prose, sentence

# What only the author of a self-evaluation says of a subject: care for the evaluation, a group set up for it, one's own funds.
_VOICE = re.compile(
    r"(?<=[局会室联协委院部关导子人道处站])(?:领导班子|党组|党委|班子|主要领导|主要负责人)?(?:一直|始终)?(?:"
    r"高度重视[^，。；]{0,8}(?:绩效|自评|预算|资金|财务|此项|该项|本次|这项)"
    r"|高度重视，[^。；]{0,24}(?:自评|绩效)"
    r"|(?:专门|迅速|及时|专题|随即)?(?:成立|组建)了?[^，。；]{0,16}(?:自评|绩效)[^，。；]{0,8}(?:小组|专班|工作组)"
    r"|(?:较好|全面|圆满|顺利|基本|按期)地?(?:完成|实现)了?[^，。；]{0,12}绩效目标"
    r"|(?:20\d\d年度?)?(?:整体支出|部门预算|绩效目标)(?:总体|基本|全部|均已?)(?:实现|完成)"
    r"|严格(?:控制|执行|落实|按照)[^，。；]{0,10}(?:三公|预算|经费|财务|资金|国库)"
    r"|(?:制定|完善|修订|健全|建立健全|建立)了?[^，。；]{0,4}(?:财务|内控|内部控制|预算绩效|预算管理|资产管理|经费)[^，。；]{0,8}(?:制度|办法|机制|细则)"
    r"|(?:认真|扎实|积极|严格按照[^，。；]{2,12}要求)(?:组织)?(?:开展|进行)了?[^，。；]{0,14}自评"
    r"|对[^，。；]{0,24}(?:开展|进行|实施)了?[^，。；]{0,10}自评|全体(?:干部|党员|职工|同志|工作人员)"
    r"|(?:今后|下一步)?将(?:进一步|继续)?(?:建立|健全|完善|加强|强化|严格)[^。；]{0,30}(?:资金|预算|绩效|项目|制度|链条|机制))"
)
_CUES = ("全体", "将", "高度重视", "成立", "组建", "绩效目标", "整体支出", "严格", "制度", "办法", "机制", "细则", "自评")
_WHO = re.compile(r"(?:领导班子|班子|主要领导|主要负责人|机关|领导)$")
_SUBJECT = re.compile(
    r"(?:(?P<upper>[\u4e00-\u9fff]{2,8}?)(?P<upper_level>[省市州盟]))?(?:(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<level>自治县|[县区旗市镇乡])|[县区旗市])?"
    r"(?P<organ>[\u4e00-\u9fff]{1,14}?(?:局|委员会|办公室|总工会|联合会|工商联|红十字会|妇联|残联|文联|科协|侨联|团委|政协|法院|检察院|(?<=[健改])委|[传织战装作]部|街道(?:办事处)?|(?<=[\u4e00-\u9fff]{3})(?:总站|站)))"
)
_PEER = re.compile(r"(?:局|部|委员会|办公室|会|联|协|院|委|政协|人大|党校|供销社|联合社|人民政府|街道办事处|镇|乡)$")
# Who evaluates, orders or audits, and who is not one unit: no author's stand-in.
_ABOVE = re.compile(
    r"^(?:各|相关|有关|全|本|我|原|省|国家|中央)|财政|审计|税务|国库|主管|上级|所属|下属|评价|评审|采购|专项|项目|领导小组|、"
)
_AUTHOR = re.compile(r"[我本](?:单位|部门|局|会|委|院|办|部|校|中心|镇|乡|街道|社|馆)")
_NAMED = re.compile(r"以下简称|简称|加挂|挂.{0,20}牌|合署|代管|归口|隶属|主管|下属|所属")
_SHARED = re.compile(r"(?:会同|联合|配合|协助|牵头|指导|监督)$")


@check(
    code="CP108",
    name="foreign-voice",
    theme="copying",
    severity=Severity.WARNING,
    zh="以其他单位的口吻叙述",
    en="another unit speaks in the author's place",
)
def foreign_voice(ctx: AuditContext) -> Iterator[Hit]:
    """Another unit speaks in the author's place.

    What it does
    Reports a sentence that says of another unit what only the author says of itself: 县总工会领导班子高度重视绩效管理工作 in the report of
    a county's party office. The other unit is named nowhere else. Short forms of one's own name (卫健委 for
    卫生健康委员会) are recognised; finance bureaus, auditors and superior units are left alone, and so are the reports of
    subordinate units and of evaluating companies.

    Why is this bad
    The text was cloned from another unit's submission.

    Example
    Flagged::

        平陇县文化广电旅游局2023年度部门整体支出绩效自评报告
        一、自评组织
        县总工会领导班子高度重视绩效管理工作，召开专题会议2次。
        ----
        平陇县文化广电旅游局2023年度部门整体支出绩效自评报告
        一、自评结论
        综上，县司法局较好地完成了年度绩效目标。

    Accepted::

        平陇县文化广电旅游局2023年度部门整体支出绩效自评报告
        一、自评组织
        县文旅局高度重视绩效管理工作，成立自评工作小组。县财政局高度重视绩效管理工作，组织了培训。
        ----
        平陇县图书馆2023年度部门整体支出绩效自评报告
        一、自评组织
        县文旅局高度重视绩效管理工作，成立自评工作小组。

    Rests on
    None: the author of a self-evaluation is the unit itself.
    """
    own = "".join((ctx.document.organisation or "").split())
    if not _PEER.search(own):
        return
    everything = "\n".join(facts.normal for facts in ctx.facts.blocks)
    for block in prose(ctx):
        text = ctx.facts.blocks[block.index].normal
        if not any(cue in text for cue in _CUES):
            continue
        for match in _VOICE.finditer(text):
            span = _stand_in(text, match.start(), own, everything, block)
            if span is not None and span not in {p.span for hit in foreign_organisation.run(ctx) for p in hit.places}:
                words = block.text[span.start : span.end]
                yield Hit(
                    Text(f"本报告单位为“{own}”，此处以“{words}”的口吻叙述", f"the report is by “{own}”; “{words}” speaks here"),
                    (Place(span),),
                    stated=words,
                    computed=own,
                )


def _stand_in(text: str, end: int, own: str, everything: str, block: Block) -> Span | None:
    """The other unit whose name is the whole subject of the clause that ends at `end`."""
    if _AUTHOR.search(text[slice(*sentence(text, end, end))]):
        return None
    start = clause(text, end, end)[0]
    if block.marker is not None and start < block.marker.end <= end:
        start = block.marker.end
    subject = _WHO.sub("", text[start:end].strip())
    match = _SUBJECT.fullmatch(subject)
    if match is None or _ABOVE.search(subject) or _SHARED.search(text[max(0, start - 8) : start]):
        return None
    organ, place, level = match["organ"], match["place"] or match["upper"], match["level"] or match["upper_level"]
    if place and _is_short_for(organ, own) and level in own and place not in own and everything.count(place) == 1:
        return Span(block.index, start, start + len(subject))
    if _is_short_for(organ, own) or everything.count(organ) > 1 or _is_named_as_own(organ, everything):
        return None
    return Span(block.index, start, start + len(subject))


def _is_short_for(organ: str, own: str) -> bool:
    """Whether every character of the name stands in the own name in this order: 文旅局 in 文化广电旅游局."""
    rest = iter(own)
    return all(char in rest for char in organ)


def _is_named_as_own(organ: str, everything: str) -> bool:
    """Whether the text tells how the unit belongs to the author."""
    at = everything.find(organ)
    return bool(_NAMED.search(everything[max(0, at - 30) : at + len(organ) + 12]))
