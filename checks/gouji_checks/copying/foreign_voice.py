"""Another unit speaks in the author's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.copying._decided_elsewhere import decided_elsewhere
from gouji_checks.copying._organ_acts import organ_acts
from gouji_checks.copying._sibling import siblings
from gouji_checks.copying.foreign_organisation import foreign_organisation
from gouji_checks.spans import clause, prose, sentence, within

# What only the author of a self-evaluation says of a subject: care for the evaluation, a group set up for it, one's own funds.
_VOICE = re.compile(
    r"(?<=[局会室联协委院部关导子人道处站])(?:领导班子|党组|党委|班子|主要领导|主要负责人)?(?:一直|始终)?(?:"
    r"高度重视[^，。；]{0,8}(?:绩效|自评|预算|资金|财务|此项|该项|本次|这项)"
    r"|高度重视，[^。；]{0,24}(?:自评|绩效)"
    r"|(?:专门|迅速|及时|专题|随即)?(?:成立|组建)了?[^，。；]{0,16}(?:自评|绩效)[^，。；]{0,8}(?:小组|专班|工作组)"
    r"|(?:较好|全面|圆满|顺利|基本|按期)地?(?:完成|实现)了?[^，。；]{0,12}绩效目标"
    r"|(?:20\d\d年度?)?(?:部门)?(?:整体|项目)?(?:支出)?(?:部门预算|绩效目标|工作任务|整体支出)(?:总体|基本|全部|全面|均已?|圆满)(?:实现|完成)"
    r"|严格(?:控制|执行|落实|按照)[^，。；]{0,10}(?:三公|预算|经费|财务|资金|国库)"
    r"|(?:制定|完善|修订|健全|建立健全|建立)了?[^，。；]{0,4}(?:财务|内控|内部控制|预算绩效|预算管理|资产管理|经费)[^，。；]{0,8}(?:制度|办法|机制|细则)"
    r"|(?:认真|扎实|积极|严格按照[^，。；]{2,12}要求)(?:组织)?(?:开展|进行)了?[^，。；]{0,14}自评"
    r"|对[^，。；]{0,24}(?:开展|进行|实施)了?[^，。；]{0,10}自评|全体(?:干部|党员|职工|同志|工作人员)"
    r"|(?:今后|下一步)?将(?:进一步|继续)?(?:建立|健全|完善|加强|强化|严格)[^。；]{0,30}(?:资金|预算|绩效|项目|制度|链条|机制))"
)
# The first characters of what is said, behind who says it.
_LEAD = re.compile(
    r"[局会室联协委院部关导子人道处站](?:领导班子|党组|党委|班子|主要领导|主要负责人)?(?:一直|始终)?"
    r"[高专迅及随成组较全圆顺基按2整部绩严制完修健建认扎积对今下将]"
)
_CUES = ("全体", "将", "高度重视", "成立", "组建", "绩效目标", "整体支出", "严格", "制度", "办法", "机制", "细则", "自评")
# What stands around the name of the author's own house in such a report, and hardly around another's.
_ORGAN = (
    r"(?P<org>(?:[\u4e00-\u9fff]{2,10}?[省市县区旗镇乡])?(?:[\u4e00-\u9fff]{1,12}?(?:局|委员会|办公室|总工会|联合会|工商联|红十字会|妇联|残联|文联|科协|侨联|团委|法院|检察院"
    r")|[\u4e00-\u9fff]{0,12}?(?:医院|保健院|卫生院|疾控中心|[务理设展教疗训导援挥体询测]中心|图书馆|文化馆|博物馆|档案馆|科技馆|体育馆|美术馆|纪念馆|展览馆|学院|大学|中学|小学|幼儿园|党校|学校"
    r"|管理[所处站]|服务[所站]|工作站|[兽牧推]站|电视台|供销社|福利院|敬老院|研究[院所]|林场)))"
)
_NO_NAME = re.compile(r"[的了经由报告在为被把将与及和至末年月初其此该本我们]|各|全[县市区镇乡体]|相关|有关|上级|同级|主管|部分")
_ENDS = "局会室联协委院心馆学校园站所社场台"  # of such a name
_LEADS = r"(?:下一步，|今后，|为此，|因此，|据此，|20\d\d年，?|(?:对于?|针对|结合|围绕|按照|根据)[^，。；]{2,24}，)?"
# Each with sets of words, of each of which every match holds one: they spare most blocks the search.
_HOUSE = tuple(
    (tuple(tuple(words.split("|")) for words in needed.split("&")), re.compile(pattern))
    for needed, pattern in (
        (
            "会|班子|党支部|党总支&审议|研究|讨论|批准|同意|通过",
            rf"(?:经|由|报|提交|提请)(?:本|该)?{_ORGAN}(?:职工代表大会|职代会|党委会|党组会|党总支|院长办公会|局长办公会|局务会|校务会|院务会|馆务会|所务会|站务会|党政联席会|校长办公会|主任办公会|馆长办公会|行长办公会|办公会|领导班子|班子会|党支部)[^，。；]{{0,6}}(?:审议|研究|讨论|批准|同意|通过)",
        ),
        (
            "正常|有序|平稳|高效|顺利|规范&保证|保障|确保|维持|维护|支撑&开展|运转|运行|进行|履职|履行",
            rf"(?:保证|保障|确保|维持|维护|支撑)了?{_ORGAN}的?(?:各项|日常|机关|整体)?(?:工作|事业|业务|职能|机构)?的?(?:正常|有序|平稳|高效|顺利|规范)(?:有序)?(?:开展|运转|运行|进行|履职|履行)",
        ),
        (
            "领导下",
            rf"在{_ORGAN}(?:党组|党委|党总支|党支部|领导班子|班子)的?(?:坚强|正确|有力|统一|集体)?领导下",
        ),
        (
            "内设|编制|在职|实有|在编",
            rf"(?:(?<=[。；\n])|^){_ORGAN}(?:机关)?(?:内设|核定编制|现有编制|共有编制|编制数|人员编制|机构编制|现有在职|年末实有|在职在编|在编在岗)",
        ),
        (
            "20&预算|决算|总支出|总收入|总额|拨款",
            rf"(?:(?<=[。；，\n])|^){_ORGAN}(?:20\d\d年度?)(?:部门预算|年初预算|收入预算|支出预算|部门决算|预算支出|决算支出|总支出|总收入|支出总额|收入总额|财政拨款)",
        ),
        (
            "小组|专班&绩效",
            rf"(?:(?<=[。；，由\n])|^){_ORGAN}(?:绩效|预算绩效)(?:自评|评价|管理)(?:工作)?(?:领导)?(?:小组|专班)",
        ),
        (
            "将继续|将进一步|将加大|将加强|将强化|将完善|将以|将在",
            rf"(?:(?<=[。；\n])|^)(?:下一步，|今后，|20\d\d年，?)?{_ORGAN}将(?:继续|进一步|加大|加强|强化|完善|以|在(?:今后|以后|下一?步|后续|未来|新的一年))",
        ),
        (
            "将从|将按|将把|将通过|将采取|将着力|将于|将在",
            rf"(?:(?<=[。；\n])|^){_LEADS}{_ORGAN}(?:机关)?将(?P<plan>从|按|把|通过|采取|着力|[于在]20\d\d年)",
        ),
        (
            "人大常委会|政协&将",
            rf"(?:(?<=[。；\n])|^){_LEADS}(?P<org>[\u4e00-\u9fff]{{0,4}}?[省市县区旗州](?:人大常委会|政协))(?:机关|办公室)?将(?P<plan>从|按|把|通过|采取|着力|继续|进一步|加强|加大)",
        ),
        (
            "下一步|今后&将",
            rf"(?:(?<=[。；\n])|^){_LEADS}{_ORGAN}(?:机关)?(?:在)?(?:下一?步|今后)(?:工作中)?，?(?P<plan>将)",
        ),
        (
            "预算|绩效|支出|支付|内控|资产&不够|不高|不细|偏慢|较慢|薄弱|不足|滞后|不强|不完善|不健全",
            rf"(?:(?<=[。；\n])|^){_ORGAN}的?(?P<fault>(?:部门|项目|年初)?(?:预算编制|预算执行|绩效目标|绩效管理|绩效意识|绩效指标|支出进度|资金支付|内控制度|内部控制|资产管理)[^，。；]{{0,8}}(?:不够|不高|不细|偏慢|较慢|薄弱|不足|滞后|不强|不完善|不健全))",
        ),
        (
            "股室|科室|处室",
            rf"(?:(?<=[。；，\n])|^){_ORGAN}(?:机关)?各(?:业务)?(?:股室|科室|处室)(?:按|对|根据|结合|围绕|填报|填写|开展|认真|严格|分工|均|共同)",
        ),
        (
            "实际|职能|职责&根据|结合|立足|按照|依据",
            rf"(?:根据|结合|立足|按照|依据){_ORGAN}的?(?:工作|部门|自身|单位)?(?:实际(?:情况|工作)?|职能职责|职责分工|“三定”(?:规定|方案))(?=[，、。；制修编出])",
        ),
        (
            "编制&预算",
            rf"(?:(?<=[。；，\n])|^){_ORGAN}在?编制(?:20\d\d年度?|下一?年度?|次年|来年)(?:的|部门|项目|年初)*预算(?:时|中|过程中)",
        ),
        (
            "本项目|本专项|本资金|本工程|此项目&部门|单位|主体",
            rf"(?:(?<=[。；，\n])|^){_ORGAN}(?:作为|是|为|系)(?:本|此)(?:项目|专项|资金|工程)的?(?:主管|实施|牵头|责任|承办|执行)(?:部门|单位|主体)",
        ),
        (
            "政协|人大&自评|我办|本办|我会|我委&研究|审议|讨论|同意|审定|批准|通过",
            r"(?:(?<=[。；，\n])|^)经(?P<org>(?:[\u4e00-\u9fff]{2,4}?)?[省市县区旗](?:政协(?=主席|党组)|人大常委会(?=主任|党组)))(?:主席|主任|党组)会议?(?:集体)?(?:研究|审议|讨论|同意|审定|批准|通过)",
        ),
        (
            "内控|内部控制|部门预算&制度|办法|规程|手册",
            rf"(?:落实|执行|完善|健全|修订|按照|遵守|制定)了?《?{_ORGAN}的?(?:部门)?(?:预算)?(?:绩效管理)?(?:内控|内部控制|部门预算绩效)[^，。；]{{0,10}}(?:制度|办法|规程|手册|规范)",
        ),
        (
            "会务|筹备&承担|负责&政协|人大",
            r"(?:承担|负责)了?(?P<org>(?:[\u4e00-\u9fff]{2,4}?)?[省市县区旗](?:政协|人大)(?:常委|常务委员|主席|主任|全体)会)议?的?(?:会务|筹备)",
        ),
        (
            "自评",
            rf"(?:(?<=[。；\n])|^)(?:综上(?:所述)?，|总体(?:来)?看，|经自评，|对照[^，。；]{{2,16}}，)?{_ORGAN}(?:20\d\d年度?)?(?:整体支出|部门整体支出|项目)?(?:绩效)?自评(?:得分|得|为|\d)",
        ),
    )
)
# The names of departments with a word in them that else tells of two.
_JOINED = re.compile(r"住房和|改革和|发展和|文化和|工业和|资源和|规划和|林业和|卫生和|科学和|教育和")
_ASSEMBLY = re.compile("人大|人民代表|政协|政治协商")
_HOUSE_CUES = (
    "领导下",
    "会",
    "正常",
    "有序",
    "平稳",
    "编制",
    "内设",
    "在职",
    "实有",
    "算",
    "总",
    "拨款",
    "小组",
    "专班",
    "将",
    "自评",
    "运转",
    "预算",
    "单位",
    "部门",
    "绩效",
    "科室",
    "股室",
    "处室",
    "实际",
    "职责",
)
_PARTED = re.compile(
    r"(?:主管|实施|牵头|责任|承办|执行|建设)(?:部门|单位|主体)(?:是|为|：)|(?:是|为|作为)(?:本|该)?(?:项目|工程|专项)?的?(?:主管|实施|牵头|责任|承办|执行|建设)(?:部门|单位|主体)"
)
_ASKED = re.compile(r"请|提请|恳请|建议|督促|督办|要求|争取|协调|商|函|向|给|由|与|和|同|及|在|对|待|经")
_FAULTS = re.compile(r"问题|不足|困难|短板|偏差|原因")
_SITTING = re.compile("(?:政协主席|政协党组|人大常委会主任|人大常委会党组)会")
_PLANS = re.compile(r"下一?步|打算|改进|整改|安排|措施|计划|努力方向|工作思路|建议")
_WHO = re.compile(r"(?:领导班子|班子|主要领导|主要负责人|机关|领导)$")
_SUBJECT = re.compile(
    r"(?:(?P<upper>[\u4e00-\u9fff]{2,8}?)(?P<upper_level>[省市州盟]))?(?:(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<level>自治县|[县区旗市镇乡])|[县区旗市])?"
    r"(?P<organ>[\u4e00-\u9fff]{1,14}?(?:局|委员会|办公室|总工会|联合会|工商联|红十字会|妇联|残联|文联|科协|侨联|团委|政协|人大|法院|检察院|(?<=[健改])委|[传织战装作]部|街道(?:办事处)?|(?<=[\u4e00-\u9fff]{3})(?:总站|站)))"
)
_PEER = re.compile(r"(?:局|部|委员会|办公室|会|联|协|院|委|政协|人大|党校|供销社|联合社|人民政府|街道办事处|镇|乡)$")
# Who evaluates, orders or audits, and who is not one unit: no author's stand-in.
_EQUAL = re.compile(r"(?:局|委员会|办公室|部|政府|联合会|总工会)$")
_ABOVE = re.compile(
    r"^(?:各|相关|有关|全|本|我|原|省|国家|中央)|财政|审计|税务|国库|主管|上级|所属|下属|评价|评审|采购|专项|项目|领导小组|、"
)
_AUTHOR = re.compile(r"[我本](?:单位|部门|局|会|委|院|办|部|校|中心|镇|乡|街道|社|馆)")
_NAMED = re.compile(r"以下简称|简称|加挂|挂.{0,20}牌|合署|代管|归口|隶属|主管|下属|所属")
_PLACE_BEFORE = re.compile(r"^(?:[省市县区旗镇乡]|[\u4e00-\u9fff]{2,10}?[省市县区旗镇乡])(?=[\u4e00-\u9fff]{2})")
_PARTNERS = re.compile(r"会同|联合|配合|协助|指导|监督|支持|帮扶|对口|合作|协作|签订|委托|兄弟|所属|下属|下设|等\d|考察|学习")
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
    a county's party office. So is another unit that sets forth the plan of the report's last chapter, that draws up its budget by the evaluation, or
    that is called the house of this project. The other unit is named nowhere else. Short forms of one's own name (卫健委 for
    卫生健康委员会) are recognised; finance bureaus, auditors and superior units are left alone, and so are the reports of
    subordinate units and of evaluating companies. So is what only one organ does, told as the author's own: 组织政协委员开展视察 by a bureau.

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
        ----
        平陇县水利局2023年度供水项目绩效自评报告
        一、下一步打算
        县住房和城乡建设局将在今后工作中强化项目管理。
        ----
        平陇县水利局2023年度部门整体支出绩效自评报告
        一、履职情况
        组织政协委员开展界别活动12次，形成调研报告4篇。
        ----
        平陇县人大常委会办公室2023年度部门整体支出绩效自评报告
        一、履职情况
        本室还承担了县政协主席会议的会务工作，全年保障会议6次。

    Accepted::

        平陇县水利局2023年度部门整体支出绩效自评报告
        一、履职情况
        配合县政协组织政协委员开展饮水安全视察1次。
        ----
        平陇县文化广电旅游局2023年度部门整体支出绩效自评报告
        一、自评组织
        县文旅局高度重视绩效管理工作，成立自评工作小组。县财政局高度重视绩效管理工作，组织了培训。
        ----
        平陇县图书馆2023年度部门整体支出绩效自评报告
        一、自评组织
        县文旅局高度重视绩效管理工作，成立自评工作小组。
        ----
        平陇县文化广电旅游局2023年度部门整体支出绩效自评报告
        一、机构与人员
        群众文化服务中心核定编制18名，实有在编15名，没有超编。
        ----
        平陇县机关事务服务中心2023年度部门整体支出绩效自评报告
        一、履职情况
        本中心承担了县政协主席会议的会务工作，会同县住房和城乡建设局将在今后强化管理。

    Rests on
    None: the author of a self-evaluation is the unit itself.
    """
    own = "".join((ctx.document.organisation or "").split())
    everything = ctx.wording.whole
    yield from _houses(ctx, own, everything)
    for act in (*organ_acts(ctx, own), *decided_elsewhere(ctx, own)):
        yield from _hit(ctx.document.blocks[act.block], act, own)
    for sibling in siblings(ctx, own):
        yield from _hit(ctx.document.blocks[sibling.block], sibling, own)
    if not _PEER.search(own):
        return
    for block in prose(ctx):
        text = ctx.facts.blocks[block.index].normal
        if not (_LEAD.search(text) and any(cue in text for cue in _CUES)):
            continue
        for match in _VOICE.finditer(text):
            span = _stand_in(text, match.start(), own, everything, block)
            if span is not None and span not in {p.span for hit in foreign_organisation.run(ctx) for p in hit.places}:
                yield from _hit(block, span, own)


def _hit(block: Block, span: Span, own: str) -> Iterator[Hit]:
    words = block.text[span.start : span.end]
    first, joint, _ = words.partition("会同")
    if joint and own.endswith(first):
        return  # 市应急管理局会同市粮食和物资储备局 in the report of the former
    yield Hit(
        Text(f"本报告单位为“{own}”，此处以“{words}”的口吻叙述", f"the report is by “{own}”; “{words}” speaks here"),
        (Place(span),),
        stated=words,
        computed=own,
    )


def _houses(ctx: AuditContext, own: str, everything: str) -> Iterator[Hit]:
    """Another house's name where only one's own fits: 经县妇幼保健院职代会审议 in the report of the second hospital."""
    if not own:
        return
    having = ctx.wording.having
    organs = having(*_ENDS)
    likely = [(_with_all(organs, needed, having), pattern) for needed, pattern in _HOUSE]
    for block in within(ctx, set().union(*(blocks for blocks, _ in likely))):
        text = ctx.facts.blocks[block.index].normal
        if not any(cue in text for cue in _HOUSE_CUES):
            continue
        for match in (m for blocks, pattern in likely if block.index in blocks for m in pattern.finditer(text)):
            organ = match["org"]
            if block.marker is not None and match.start("org") < block.marker.end:
                continue
            if match.group().endswith("领导下") and not _EQUAL.search(own):
                continue  # a subordinate house works under its bureau's lead
            if match.group().endswith(("部门", "单位", "主体")) and _PARTED.search(everything.replace(match.group(), "")):
                continue  # 县发改局为本项目的主管部门，我局为实施单位
            said = match.groupdict()
            heading = _PLANS if said.get("plan") else _FAULTS if said.get("fault") else None
            if heading is not None and not _is_under(ctx, block, heading):
                continue  # a partner's part may be told of elsewhere
            if match.group()[0] == "经" and _SITTING.search(match.group()) and not _ASSEMBLY.search(own):
                continue
            if match.group()[0] in "承负" and not _ASSEMBLY.search(own):
                continue  # a government's house may serve the assemblies' meetings
            if _is_other_house(
                organ, own, everything.replace(match.group(), organ), text[slice(*sentence(text, match.start(), match.start()))]
            ):
                span = Span(block.index, match.start("org"), match.end("org"))
                yield Hit(
                    Text(f"本报告单位为“{own}”，此处写“{organ}”", f"the report is by “{own}”; “{organ}” stands here"),
                    (Place(span),),
                    stated=organ,
                    computed=own,
                )


def _is_under(ctx: AuditContext, block: Block, words: re.Pattern[str]) -> bool:
    """Whether the block stands under a heading of what the author is going to do, or has not done well."""
    parent = block.parent
    while parent is not None:
        if words.search(ctx.document.blocks[parent].text):
            return True
        parent = ctx.document.blocks[parent].parent
    return False


def _with_all(
    blocks: AbstractSet[int], needed: tuple[tuple[str, ...], ...], having: Callable[..., AbstractSet[int]]
) -> AbstractSet[int]:
    """Those of the blocks that hold a word of each set; most hold none of the first."""
    for words in needed:
        if not blocks:
            return blocks
        blocks = blocks & having(*words)
    return blocks


def _is_other_house(organ: str, own: str, everything: str, words: str) -> bool:
    """Whether the name is another's: named this once, not short for one's own, not said to belong to the author."""
    core = _PLACE_BEFORE.sub("", organ)
    if (
        _NO_NAME.search(_JOINED.sub("", organ))
        or _ABOVE.search(organ)
        or _AUTHOR.search(organ)
        or _PARTNERS.search(words.replace(core, ""))
        or _ASKED.match(organ)
        or everything.count(core) > 1
    ):
        return False
    if _is_short_for(core, own) or core in own or _is_named_as_own(organ, everything):
        return False
    if _PEER.search(own) and not _PEER.search(core):
        return False  # a bureau's report tells of the centres and stations below it
    return not (_PEER.search(core) and not _PEER.search(own))  # a superior may order and lead


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
