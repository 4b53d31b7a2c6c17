"""Another place's organ named as one's own."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model import patterns as re
from gouji.model.fact import Organisation
from gouji.model.record import record
from gouji_checks.copying._other_town import other_towns
from gouji_checks.spans import sentence

_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}?)(自治县|县|(?<![小社园景校辖城片库灾厂牧矿新地])区|旗)(?![域级直属])")
_CITY = re.compile(r"(?:[\u4e00-\u9fff]{2,6}省)?([\u4e00-\u9fff]{2,4}?)市(?![场政民级直容])")
_VILLAGE = re.compile(r"(?:[\u4e00-\u9fff]{2,12}[县区市镇乡])?([\u4e00-\u9fff]{2,4}?)村(?!镇|级|民政|级组织)")
_LIES = re.compile(r"地处|位于|现有|共有|全境|总面积|国土面积|总人口|常住人口|[下共]?辖\d|境内")
# What only the author says of an organ.
_SPEAKS = re.compile(
    r"(?:党组|班子|领导班子|党支部|党委)?(?:对20\d\d年度?[^，。；]{0,20}(?:自评|评价)|高度重视|严格(?:执行|按照|落实)|将(?:进一步|继续|加强|加大)|"
    r"(?:较好|全面|圆满)[^，。；]{0,4}完成|20\d\d年度?(?:部门|整体|预算|决算|收入|支出))"
)
# Who acts through the very project that the report is on is its author, whatever else the sentence tells.
_OWN_PROJECT = re.compile(
    r"(?:通过|实施|承担|组织实施)了?(?:本|此)(?:项目|专项|工程)|(?:为|是|作为)本项目的?(?:实施|主管|牵头)"
)
# What a report says of nobody but its own author, whatever it tells of that place in other sentences.
_AUTHOR_BEHIND = re.compile(
    r"（(?:以下|下)(?:文)?(?:简)?称[“‘]?[本我]|（即[本我](?:部门|单位|局|委|办)|作为本(?:报告|次自评)[^，。；]{0,6}(?:单位|部门)|自行组织(?:实施)?，"
    r"|(?:党组|班子|领导班子|局务会|办公会)?集体(?:审定|审议|研究)[^。；]{0,30}本(?:部门|单位)|本级[^。；]{0,30}，本部门其他|财务[^，。；]{0,10}，并入本(?:部门|单位)"
)
_AUTHOR_BEFORE = re.compile(
    r"(?:填报|编制|编报|自评|报送|申报|填表)(?:单位|部门)(?:名称)?(?:（[^）]{0,6}）)?[：:\t ]\s*$|(?:[本我](?:部门|单位))（$|本次自评(?:工作)?由$"
)
_ORDERS = re.compile(r"(?:根据|按照|依据|依照|遵照|按)[照据]?$")
_ZONE = re.compile(
    r"开发|高新|[新园景社校山林库灌牧矿港湾市地]$|产业|示范|度假|保税|经济|技术"
)  # 开发区, 灌区: no district's name
_ELSEWHERE = re.compile(
    r"考察|学习|交流|对口|支援|协作|帮扶|结对|赴|前往|借鉴|参照|参考|仿照|派员|经验|邻|友好|联合(?!会)|会同|协同|配合|中标|签订|委托|来自|兄弟|外地|外县|跨|[\u4e00-\u9fff]{2}省(?![里级厅委政定市内])|外省|省[内外]|转入|转出|移交|追逃|联动|共建|合作|援|毗邻|相邻|接壤|周边|外出|到访|来访|来我|来函|来电|来信|函询|询问|咨询|函复|答复|取经|请教|索要|慕名|双方|两[地县区家]|邀请|对标|互派|互访|馆际|授课|系统(?:课题|内)|选送|比肩|存在交叉|联席|(?:与|和|同)[^，。；]{2,20}(?:对接|衔接|协商|沟通|协调|交叉)|籍|生源|户籍|原籍"
)
# What an author says of one's own place: its affairs after these words, or its leaders.
_SERVED = re.compile(
    r"(?:为|助力|助推|推动|推进|促进|加快|带动|服务(?:于|了)?|支撑(?:了)?|保障(?:了)?|护航|维护(?:了)?|结合|立足|符合|围绕|提升(?:了)?|推动了|促进了|带动了|繁荣(?:了)?|壮大(?:了)?)$"
)
_DONE_FOR = re.compile(r"(?:负责|承担|覆盖|惠及|遍及|辐射|提高|改善|增强|满足|净化|优化|完善|是|做好)了?$")
_LED = re.compile(
    r"各(?:乡镇|镇街|镇乡|街道|行政村|村[居（]|预算单位|学校|科室|部门)|委、?[县区旗]?(?:人民)?政府|委员?会?的(?:坚强|正确)?领导|实际|现有|共有|总人口|常住人口|[下共]?辖\d"
)

# What an author says of how one's own place fares, at the head of a clause: 青溪县社会治安形势持续平稳.
_FARES = re.compile(
    r"的?[^，。；\d]{2,16}?(?:持续|稳步|不断|明显|显著|进一步|逐年|大幅度?|更加?|得到|日益|总体|有效|逐步|全面)+(?:了|的)?"
    r"(?:平稳|稳定|向好|好转|优化|提升|提高|改善|增强|增长|和谐|完善|发展|丰富|浓厚|下降|保障|满足|巩固|夯实|缓解|遏制)"
    r"|的?[^，。；\d]{2,16}?(?:率|度|人数|收入|面积)(?:由[\d.]+%?)?(?:已)?(?:提高|提升|达到?|上升|增长|下降|降)(?:到|至|了|为)?\s?\d"
)
_CLAUSE_HEAD = re.compile(r"(?:^|[，。；：\s]|(?:使|让|确保|使得|保障了?))$")
_COMPARES = re.compile(
    r"(?:[比与和同较向来到给对于]|、)[我本][县区市]|高于|低于|好于|优于|[比较](?!较)|相当|持平|以外|之外|一带"
)


@check(
    code="CP106",
    name="foreign-organisation",
    theme="copying",
    severity=Severity.WARNING,
    zh="误留其他单位名称",
    en="another place's organ named as one's own",
)
def foreign_organisation(ctx: AuditContext) -> Iterator[Hit]:
    """Another place's organ named as one's own.

    What it does
    Reports an organ or town that bears another county's or district's name than the report's own: the title says 清河县水利局, the
    text says 南安县水利局 or cites 南安县财政局 once; and another county whose development or leaders the author speaks of as one's
    own (为南安县高质量发展提供保障). Sentences about visits, exchanges, aid, contracts and other places are left
    alone, and cities are not compared: a city's bureau may be the superior one.

    Why is this bad
    The text was cloned from another place's submission.

    Example
    Flagged::

        清河县水利局2023年度部门整体支出绩效自评报告
        一、基本情况
        清河县水利局设3个股。清河县财政局批复预算100万元。清河县水利局编制20名。
        二、下一步打算
        南安县水利局将加强资金监管。
        ----
        清河县水利局2023年度部门整体支出绩效自评报告
        一、履职成效
        清河县水利局完成水库除险加固4座，为南安县经济社会发展提供了用水保障。
        ----
        清河县柳林镇2023年度部门整体支出绩效自评报告
        一、履职成效
        槐树镇坚持全镇一盘棋，统筹推进垃圾分类。
        二、下一步打算
        绿化槐树镇至柳林镇的道路。
        ----
        清河县水利局2023年度部门整体支出绩效自评报告
        一、评价工作
        赴南安县水利局学习节水经验。
        本次自评由南安县水利局自行组织，未委托第三方。

    Accepted::

        清河县水利局2023年度部门整体支出绩效自评报告
        一、基本情况
        清河县水利局设3个股。清河县财政局批复预算100万元。清河县水利局编制20名。
        二、主要做法
        赴南安县水利局考察学习节水经验。根据石安市水利局要求开展检查。
        ----
        清河县柳林镇2023年度部门整体支出绩效自评报告
        一、履职成效
        柳林镇坚持全镇一盘棋，统筹推进垃圾分类。赴槐树镇学习，槐树镇坚持全镇统一收运，值得借鉴。

    Rests on
    None: a report speaks of its own place.
    """
    for span, town in other_towns(ctx, _ELSEWHERE):
        words = ctx.document.blocks[span.block].text[span.start : span.end]
        yield Hit(
            Text(f"本报告属“{town}”，此处写“{words}”，疑为其他单位的文字", f"the report is {town}'s; “{words}” is named here"),
            (Place(span),),
            stated=words,
            computed=town,
        )
    home = _home(ctx)
    if not home.places:
        return
    everything = "\n".join(facts.normal for facts in ctx.facts.blocks)
    for facts in ctx.facts.blocks:
        for named in facts.organisations:
            own = home.places.get(named.level)
            if own is None:
                continue
            if not _is_author(named, own, home, facts.normal):
                if not _is_foreign(named, own, home, everything, facts.normal):
                    continue
                if not _OWN_PROJECT.match(facts.normal, named.span.end) and _is_elsewhere(ctx, named):
                    continue
            home_name = own if named.level in {"市", "村"} else own[-2:]
            expected = home_name + named.level + named.tail
            yield Hit(
                Text(
                    f"本报告属“{home_name}{named.level}”，此处写“{named.raw}”，疑为其他单位的文字",
                    f"the report is {home_name}{named.level}'s; “{named.raw}” is named here",
                ),
                (Place(named.span),),
                stated=named.raw,
                computed=expected,
            )


def _is_author(named: Organisation, own: str, home: _Home, text: str) -> bool:
    """Whether another place's organ of one's own kind is named as the one that reports: 填报单位：…, 以下称“本部门”."""
    if named.level in {"市", "村"} or not named.tail or not home.organ.endswith(named.tail):
        return False
    if named.name.endswith(own[-2:]) or own.endswith(named.name):
        return False
    before = text[max(0, named.span.start - 16) : named.span.start]
    return _AUTHOR_BEHIND.match(text, named.span.end) is not None or _AUTHOR_BEFORE.search(before) is not None


def _is_elsewhere(ctx: AuditContext, named: Organisation) -> bool:
    """Whether any sentence that names the place tells what another place has to do with the author: visits, aid, contracts."""
    place = named.name + named.level
    for facts in ctx.facts.blocks:
        at = facts.normal.find(place)
        while at >= 0:
            start, end = sentence(facts.normal, at, at + len(place))
            if _ELSEWHERE.search(facts.normal[start:end]):
                return True
            at = facts.normal.find(place, end)
    return False


@record(frozen=True, slots=True)
class _Home:
    """Where the author belongs: a name for each level that title and organisation print, and the organ itself."""

    places: dict[str, str]
    organ: str


def _home(ctx: AuditContext) -> _Home:
    organ = "".join((ctx.document.organisation or "").split())
    title = "".join(ctx.document.title.split())
    places = {level: name for words in (organ, title) for name, level in _PLACE.findall(words)}
    for words in (organ, title):
        city = _CITY.match(words.removeprefix("中共").removeprefix("政协"))
        if city and not places:
            places["市"] = city[1]
        village = _VILLAGE.match(words)
        if village:
            places["村"] = village[1]
    return _Home(places, organ)


def _is_foreign(named: Organisation, own: str, home: _Home, everything: str, text: str) -> bool:
    """Whether the organ bears another name than one's own, once, where one's own place or organ is named time and again."""
    if named.name.endswith(own[-2:]) or own.endswith(named.name) or (named.level == "区" and _ZONE.search(named.name)):
        return False
    if named.level in {"市", "村"}:
        return _is_other_city(named, home, everything, text)
    short = named.name[-2:]
    same = own[-2:] + named.level + named.tail if named.tail else ""
    often = 4 if same and everything.count(same) >= everything.count(short + named.level) else 2
    if everything.count(short + named.level) > often or everything.count(short) > everything.count(short + named.level):
        return False  # at home here too, or an ordinary word
    if not named.tail:
        return _is_cited(named, text) or _is_served(named, text)
    at_home = own[-2:] + named.level
    if at_home + named.tail in everything:
        return True
    if _SPEAKS.match(text, named.span.end):
        return True
    orders = "财政局" in named.tail and _ORDERS.search(text[: named.span.end - len(named.tail) - 3])
    return everything.count(at_home) >= (1 if orders else 2)


def _is_other_city(named: Organisation, home: _Home, everything: str, text: str) -> bool:
    """Whether another city (or village) than one's own is spoken of as one's own: its lie, its affairs, an organ like one's own."""
    if named.above and home.places.get("县"):
        return False
    if everything.count(named.name + named.level) > 1:
        return False
    if named.level == "村":
        return True
    if not named.tail:
        return bool(_LIES.match(text, named.span.end))
    return home.organ.endswith(named.tail) or bool(_SPEAKS.match(text, named.span.end))


def _is_cited(named: Organisation, text: str) -> bool:
    """Whether the place stands at the head of a title: 《南安县预算管理办法》."""
    return text[: named.span.start].endswith("《")


def _is_served(named: Organisation, text: str) -> bool:
    """Whether the author speaks of the place as one's own: of serving its development, or of its leaders."""
    before = text[max(0, named.span.start - 6) : named.span.start]
    if _SERVED.search(before) or _DONE_FOR.search(before) or _LED.match(text, named.span.end):
        return True
    start, end = sentence(text, named.span.start, named.span.end)
    fares = _CLAUSE_HEAD.search(before) and _FARES.match(text, named.span.end)
    return bool(fares) and not _COMPARES.search(text[start:end])
