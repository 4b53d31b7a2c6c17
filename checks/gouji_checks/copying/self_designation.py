"""Self-designation of another kind of unit."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose, prose_with

# 我局, 我会, 我院; not 我会同…, 我办理…, 我所有…
_SELF = re.compile(
    r"(?:我|(?<![根原基日资成标样剧版])本(?=[局院校馆站镇村所园]|中心|医院))医?(?:(?P<kind>局(?!面|部)|委(?![员托派])|院(?![士校])|会(?![同议计继员场以])|办(?![理法公案])|校(?![对正])|中心|镇|乡(?!村)|街道|馆|站(?![在点])|所(?![有在属以需列谓])|村(?![民镇])|队|社(?![会区])|厅|台|园(?![区林地艺内丁外])|行(?!为(?!小微|企业|客户|农户|个体|全[省市县区])|[动业政使走进程列驶文情李销人情之])))"
)
_NEVER = {  # how a unit's name ends: what it does not call itself. A subordinate unit may say 我局 of its bureau, an office 我委.
    "局": "院校镇乡馆厅村园行",
    "联合会": "局院校镇乡馆村所园行",
    "医院": "局校馆镇乡村所中心园行",
    "学院": "局馆镇乡村所站园行",
    "站": "院校馆镇乡厅村园行",
    "所": "院校馆镇乡厅村站园行",
    "馆": "院校镇乡厅站村所园行",
    "学": "局院馆镇乡站村所中心园行",
    "中心": "院校镇乡厅村馆所园行",
    "保健院": "局校馆镇乡村所站园行",
    "卫生院": "局校馆镇村所站园行",
    "政府": "局院校厅馆所站中心园行",
    "法院": "局校馆镇乡村所园行",
    "队": "院校馆镇乡厅村所园行",
    "部": "院校馆镇乡厅村所站园行",
    "办公室": "院校馆镇乡厅村所站园行",
    "委员会": "院校馆镇乡厅村所站园行",
    "社": "院校馆镇乡厅村所站园行",
    "会": "院校馆镇乡厅村所站园行",
}
_BESIDE_BUREAUS = ("会", "联", "镇", "乡", "街道", "政府", "街道办事处", "法院", "检察院", "大学", "委员会", "局")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_OFTEN = 3
# 作为全市唯一的国有综合性博物馆，我馆: a house of another kind than the unit's own name ends with.
_HOUSES = (
    "博物馆", "图书馆", "文化馆", "美术馆", "科技馆", "体育馆", "纪念馆", "档案馆", "展览馆", "少年宫", "文化宫", "幼儿园", "小学", "中学", "高中",
    "大学", "党校", "医院", "卫生院", "保健院", "福利院", "敬老院", "检察院", "法院", "血站", "殡仪馆", "电视台", "动物园", "植物园", "林场",
)  # fmt: skip
_AS_HOUSE = re.compile(rf"作为[^，。；“《]{{0,22}}?(?P<house>{'|'.join(_HOUSES)})，(?:我|本)[\u4e00-\u9fff]")

# “市局”指…, 所称“本院”，系指…: what the report says it means by its own short name.
_DEFINED = re.compile(
    r"“(?P<term>[本我](?:单位|部门|中心|[局院校会馆站镇乡所园办委厅])|[省市县区州][局厅])”，?(?:均|即|是|系|特)?指(?:的是)?(?P<who>[\u4e00-\u9fff]{4,30}?)(?=[，。；、（]|$)"
)
_HOUSE = re.compile(r"(?:局|委员会|医院|保健院|中心|学校|学院|大学|中学|小学|办公室|政府|联合会|总工会|厅|馆|院|站|所)$")


@check(
    code="CP109",
    name="self-designation",
    theme="copying",
    severity=Severity.WARNING,
    zh="自称与单位性质不符",
    en="self-designation of another kind of unit",
)
def self_designation(ctx: AuditContext) -> Iterator[Hit]:
    """Self-designation of another kind of unit.

    What it does
    Reports a single 我局 in the report of a federation that calls itself 我会 all through, and the like. A kind that occurs in the
    unit's own name, or in a name it also bears (加挂…牌子), is its own; quotations are not looked at.

    Why is this bad
    The sentence was taken from another unit's report.

    Example
    Flagged::

        平陇县残疾人联合会2023年度部门整体支出绩效自评报告
        一、基本情况
        我会编制12名。我会全年支出100万元。我会内设3个股室。
        二、绩效情况
        我局严格执行预算，资金使用规范。

    Accepted::

        平陇县残疾人联合会2023年度部门整体支出绩效自评报告
        一、基本情况
        我会编制12名。我会全年支出100万元。我会内设3个股室。
        二、绩效情况
        我会会同财政部门开展检查，群众说：“我院里修了坡道。”

    Rests on
    None: one unit calls itself by one name.
    """
    own = "".join((ctx.document.organisation or "").split())
    if not own:
        return
    yield from _other_houses(ctx, own)
    yield from _misdefined(ctx, own)
    found: list[tuple[Block, re.Match[str]]] = []
    for block in prose(ctx):
        text = ctx.facts.blocks[block.index].normal
        if "我" in text or "本" in text:
            found += [(block, m) for m in _SELF.finditer(_QUOTED.sub(lambda q: "　" * len(q.group()), text))]
    kinds = own + ("校" if own.endswith(("学", "学院")) else "") + ("园" if ctx.wording.has("幼儿园") else "")
    fitting = [m["kind"] for _, m in found if m["kind"] in kinds]
    odd = [(block, m) for block, m in found if m["kind"] not in kinds]
    if len(odd) != 1 or _also_bears(ctx, odd[0][1]["kind"]):
        return
    if len(fitting) < _OFTEN and not (
        _is_another_house(own, odd[0][1]["kind"]) or (fitting and _is_unheard_of(ctx, own, odd[0][1]["kind"]))
    ):
        return
    block, match = odd[0]
    usual = max(dict.fromkeys(fitting), key=fitting.count) if fitting else own[-1]
    yield Hit(
        Text(f"本报告自称“我{usual}”，此处写“{match.group()}”", f"the report says “我{usual}”; “{match.group()}” stands here"),
        (Place(Span(block.index, *match.span())),),
        stated=match.group(),
        computed=f"我{usual}",
    )


def _other_houses(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """作为…博物馆，我馆 in the report of a library; a unit that bears a second name of that kind may say so."""
    house = next((h for h in _HOUSES if own.endswith(h)), None)
    for block in prose_with(ctx, "作为") if house is not None else ():
        for match in _AS_HOUSE.finditer(ctx.facts.blocks[block.index].normal):
            what = match["house"]
            if what not in own and not _also_bears(ctx, what):
                yield Hit(
                    Text(f"本单位为“{own}”，此处自称“{what}”", f"the unit is {own}; it calls itself {what} here"),
                    (Place(Span(block.index, *match.span())),),
                    stated=what,
                    computed=house,
                )


def _misdefined(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """所称“本院”，系指县人民医院 in the report of another house; “市局”指市卫生健康委员会 in that of a city's bureau of another trade."""
    for block in prose_with(ctx, "指"):
        for match in _DEFINED.finditer(ctx.facts.blocks[block.index].normal):
            term, who = match["term"], match["who"]
            level = term[0] not in "本我"
            if level and not (
                own.endswith(term[1]) and own.count(term[0]) == 1 and not re.search("[省市县区州]", own.partition(term[0])[2])
            ):
                continue
            if _HOUSE.search(who) and not _fits(who, own) and not _fits(own, who):
                yield Hit(
                    Text(
                        f"本报告的“{term}”应为“{own}”，此处写“{who}”",
                        f"“{term}” of this report is {own}; “{who}” is named here",
                    ),
                    (Place(Span(block.index, *match.span())),),
                    stated=who,
                    computed=own,
                )


def _fits(short: str, full: str) -> bool:
    """Whether every character of the one stands in the other in this order: 县卫健局 in 青岭县卫生健康局."""
    rest = iter(full)
    return all(char in rest for char in short)


def _is_another_house(own: str, kind: str) -> bool:
    """Whether a unit of this kind never calls itself so, however seldom it speaks of itself: 我院 in the report of a bureau.

    A subordinate unit may speak of its bureau as 我局, and an office of its committee as 我委.
    """
    ends = next((end for end in _NEVER if own.endswith(end)), None)
    return ends is not None and kind in _NEVER[ends] and not (kind == "镇" and "乡" in own)


def _is_unheard_of(ctx: AuditContext, own: str, kind: str) -> bool:
    """Whether no house of that kind is named, whose words the unit could have taken over; every unit has a bureau above it."""
    if kind in {"局", "委", "办"}:
        return kind != "办" and own.endswith(_BESIDE_BUREAUS)
    named = re.once(rf"(?<![我本]){kind}(?![议计员长])")
    return not any(named.search(ctx.facts.blocks[n].normal) for n in ctx.wording.having(kind))


def _also_bears(ctx: AuditContext, kind: str) -> bool:
    """Whether the text tells that the unit bears a second name of this kind."""
    second = re.once(rf"(?:挂|合署|与|增挂)[^。]{{0,40}}{kind}[^。]{{0,8}}(?:牌|办公)|原[^。，]{{0,10}}{kind}")
    return any(second.search(facts.normal) for facts in ctx.facts.blocks)
