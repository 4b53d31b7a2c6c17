"""County for district, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.copying._county_district import stray_levels
from gouji_checks.spans import prose_with, sentence

_LED = re.compile(
    r"在(?P<body>(?P<level>[县区])委(?:、|和|、?(?=[县区]))?(?:[县区](?:人民)?政府)?)的?[^，。；]{0,8}领导下|(?P<body2>(?P<level2>[县区])委、[县区](?:人民)?政府)(?:高度重视|的?决策部署)"
)
_RANK = {"省": 0, "市": 1, "州": 1, "县": 2, "区": 2, "旗": 2, "镇": 3, "乡": 3, "街道": 3, "村": 4}
_WE = re.compile(
    r"(?:(?<!自)我|(?<![根原基日成标样剧版])本(?=[省市州县区旗镇乡村道街]{1,2}(?:将|已|共|对|拟|严格|积极|认真|承担|组织|开展|职业|教育|财政|经济|社会|未|成立|制定|现有|统筹|实际)))(?P<level>[省市州县区旗镇乡村]|街道)(?![域间别场民镇村级段])"
)
_ALL = re.compile(r"(?<=[。；，、\n\s在对为的])全(?P<level>[县镇乡])(?![域村级])|^全(?P<level2>[县镇乡])(?![域村级])")
_OWN = (*(f"{we}{level}" for we in "我本" for level in "省市州县区旗镇乡村街"), "全县", "全镇", "全乡")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_CITY_ACTS = re.compile(
    r"(?:(?<=[。；，])|^)(我市)(?=已|将|共|对|在[^，。]{2,12}中|严格|积极|扎实|认真|完成|制定|建立|出台|组织|安排)"
)
_HOUSE = re.compile(r"(?:学院|大学|医院|公司|研究院)$")  # a house of no level: no county is its own
_TITLE = re.compile(r"《[^》]*》")
_NAMED = {level: re.compile(rf"[\u4e00-\u9fff]{{2}}{level}(?![域级])") for level in "县区"}
_NAME = {level: re.compile(rf"([\u4e00-\u9fff]{{2}}){level}") for level in "县区"}
_NAMED_PLACE = {
    level: re.compile(rf"[\u4e00-\u9fff]{{2}}(?<![各本全我该小社园景校])(?<!对口)(?<!所在){level}(?![域级委内直财政城乡长])")
    for level in "县区"
}
_HISTORY = re.compile(r"原|撤|设区|设县|更名|改为|前身|历史|合并|划归|区划")


@check(
    code="CP107",
    name="level-word",
    theme="copying",
    severity=Severity.WARNING,
    zh="县、区等级次用词不一",
    en="county for district, or the reverse",
)
def level_word(ctx: AuditContext) -> Iterator[Hit]:
    """County for district, or the reverse.

    What it does
    Reports a single 县委, 县财政局, 县级 or 全县 in a district's report that says 区委 and 区政府 all through, and the reverse; where the
    unit puts itself under the leadership of a body of another level (在县委、县政府的坚强领导下 in a district's or a city's report), or
    calls a place of another kind its own: 我县 in a district's report, 全乡 in a town's.

    Why is this bad
    The text was taken from a unit of another level.

    Example
    Flagged::

        清港区水利局2023年度绩效自评报告
        一、主要工作
        区委、区政府高度重视。落实区委部署，向区政府汇报。根据区财政局要求自评。
        二、下一步打算
        在县委领导下，继续做好工作。
        ----
        清港区水利局2023年度绩效自评报告
        一、主要工作
        在县委、县政府的坚强领导下，我局完成各项任务。
        ----
        清港区水利局2023年度绩效自评报告
        一、主要工作
        我局为我县经济社会发展提供了用水保障。

    Accepted::

        清港区水利局2023年度绩效自评报告
        一、主要工作
        区委、区政府高度重视。落实区委部署，向区政府汇报。学习南安县委经验，服务市县政府。

    Rests on
    None: worth a look.
    """
    title = "".join(f"{ctx.document.organisation or ''}\n{ctx.document.title}".split(" "))
    own_level = _own_level(title) or ("市" if _HOUSE.search(title.split("\n")[0]) else None)
    told = [*_called(ctx, own_level), *_acts_above(ctx, own_level), *_misnamed(ctx, own_level)] if own_level else []
    levels = [level for level, named in _NAMED.items() if named.search(title)]
    city = not levels and re.search(r"[\u4e00-\u9fff]{2}市(?!场|政|民|级|直)", title)
    if len(levels) == 1 or city:
        told += _led_by_others(ctx, levels[0] if levels else "市")
    yield from told
    if told or len(levels) > 1 or own_level in {"州", "省", "旗"}:
        return
    for stray in stray_levels(ctx, levels[0] if levels else "市" if city else None):
        words = stray.block.text[stray.start : stray.end]
        yield Hit(
            Text(f"本报告属{stray.own}级，此处写“{words}”", f"the report is a {stray.own}'s; “{words}” stands here"),
            (Place(Span(stray.block.index, stray.start, stray.end)),),
            stated=words,
            computed=re.sub("[县区]", stray.own, words),
        )


def _own_level(title: str) -> str | None:
    """The level of the unit: the last place of its name."""
    found = re.findall(
        r"[\u4e00-\u9fff]{2}(街道|(?<!城)镇|乡(?!村)|县|(?<![小社园景校])区|旗|市|州|省|(?<![农乡])村)(?![域级场政民间容])",
        title,
    )
    return max(found, key=lambda level: _RANK[level]) if found else None


def _other_parent(title: str, own: str) -> str:
    """What a town's or village's own county is not, where the title names it: 区 of 槐荫县柳沟镇."""
    parents = {level for level, named in _NAMED.items() if named.search(title)}
    return {"县": "区", "区": "县"}[parents.pop()] if len(parents) == 1 and own in {"镇", "乡", "街道", "村"} else "-"


def _misnamed(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """蘅州区水利局 in the report of 蘅州县水利局: one's own name with the other level, once, outside of history."""
    other = {"县": "区", "区": "县"}.get(own)
    name = _NAME[own].search("".join(ctx.document.title.split())) if other else None
    if other is None or name is None:
        return
    wrong = name[1] + other
    whole = ctx.wording.whole
    if whole.count(wrong) != 1 or wrong in "".join(ctx.document.title.split()):
        return
    organ = re.once(
        rf"{wrong}(?=[\u4e00-\u9fff]{{1,10}}(?:局|委|办公室|政府|中心|院|会|校|馆|站)|20\d\d|委|政府)(?![域位间段块])"
    )
    for block in prose_with(ctx, wrong):
        text = _TITLE.sub(_blank, ctx.facts.blocks[block.index].normal)
        match = organ.search(text)
        if match and not _HISTORY.search(text[slice(*sentence(text, match.start(), match.end()))]):
            yield Hit(
                Text(f"本报告属“{name[0]}”，此处写“{wrong}”", f"the report is {name[0]}'s; “{wrong}” stands here"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=wrong,
                computed=name[0],
            )


def _called(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """我县 in a district's report, 全乡 in a town's: a place of another kind, or of a lower level, called one's own."""
    other_parent = _other_parent("".join(f"{ctx.document.organisation or ''}{ctx.document.title}".split()), own)
    blocks = prose_with(ctx, f"全{own}", *_OWN)
    texts = [(b, _QUOTED.sub(_blank, ctx.facts.blocks[b.index].normal)) for b in blocks]
    for pattern, ours in ((_WE, f"我{own}"), (_ALL, f"全{own}")):
        found = [(b, m, m["level"] or m.groupdict().get("level2") or "") for b, text in texts for m in pattern.finditer(text)]
        odd = [
            (b, m, level)
            for b, m, level in found
            if (level != own and _RANK[level] >= _RANK[own] and (pattern is _WE or _RANK[level] == _RANK[own]))
            or (level in "县区" and level == other_parent)
        ]
        if not 1 <= len(odd) <= 2 or (pattern is _ALL and sum(text.count(ours) for _, text in texts) < 2):
            continue
        for block, match, _ in odd:
            words = match.group()
            yield Hit(
                Text(f"本报告属{own}级，此处写“{words}”", f"the report is a {own}'s; “{words}” stands here"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
                computed=ours,
            )


def _acts_above(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """我市已…, once, as the subject of what a county's unit did."""
    if own != "县":
        return
    blocks = prose_with(ctx, "我市")
    found = [(b, m) for b in blocks for m in _CITY_ACTS.finditer(_QUOTED.sub(_blank, ctx.facts.blocks[b.index].normal))]
    if len(found) == 1 and ctx.wording.whole.count("我市") == 1:
        block, match = found[0]
        yield Hit(
            Text(f"本报告属{own}级，此处以“我市”的口吻叙述", f"the report is a {own}'s; “我市” speaks here"),
            (Place(Span(block.index, match.start(1), match.end(1))),),
            stated="我市",
            computed=f"我{own}",
        )


def _led_by_others(ctx: AuditContext, own: str) -> Iterator[Hit]:
    """The one place where the unit is led by a body of another level than its own."""
    blocks = prose_with(ctx, "县委", "区委")
    found = [(b, m) for b in blocks for m in _LED.finditer(_TITLE.sub(_blank, ctx.facts.blocks[b.index].normal))]
    odd = [(b, m) for b, m in found if (m["level"] or m["level2"]) != own]
    if len(odd) != 1:
        return
    block, match = odd[0]
    group = "body" if match["body"] else "body2"
    if _is_of_partner(ctx, ctx.facts.blocks[block.index].normal, match.start(group)):
        return
    yield Hit(
        Text(f"本报告属{own}级，此处写“{match[group]}”", f"the report is a {own}'s; “{match[group]}” stands here"),
        (Place(Span(block.index, match.start(group), match.end(group))),),
        stated=match[group],
        computed=own + match[group][1:],
    )


def _is_of_partner(ctx: AuditContext, text: str, start: int) -> bool:
    """Whether the body that begins at `start` is that of a place named for itself: 结对的洛溪县…，洛溪县委、县政府高度重视."""
    before, level = text[max(0, start - 2) : start], text[start]
    whole = ctx.wording.whole
    named = len(before) == 2 and whole.count(before + level) > whole.count(f"{before}{level}委")
    return named or _NAMED_PLACE[level].search(text[:start]) is not None


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match.group())
