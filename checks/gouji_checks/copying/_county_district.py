"""One word of a county in a district's report that speaks of its district all through, and the reverse: 全县, 县财政局, 县级."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.spans import prose, sentence

_WORD = re.compile(
    r"(?:^|[，。；、：\s（）“”在由向经按为对据受与和及是将报被给从至同了的地为部处家联会])(?P<body>(?P<level>[县区])"
    r"(?:委(?!托|员会)|(?:人民)?政府|人大|政协|纪委|[\u4e00-\u9fff]{2,8}?局(?!面|部|限|势)|财政|级(?=财政|预算|资金|配套|部门|自评|专项|补助)|直(?=机关|部门|单位|各)|本级))"
    r"|(?P<we>[我全](?P<level2>[县区]))(?![域级别间段内划块分号])"
)
_REGION = re.compile(r"自治区|内蒙古|广西|宁夏|新疆|西藏")  # whose 全区, 区党委 are a province's
_ZONE = re.compile(r"(?:开发|高新|保护|[园景灌林矿库新牧垦校]|管理|试验|示范|项目|度假)区")
_BESIDE = re.compile(
    r"[县区市][（(、/／和及与或]?[县区市]|各[县区]|县乡|县以上|\d+个?[县区]|[一二三四五六七八九十两]个?[县区]|邻[县区]|外[县区]|原(?:属|名|为|[县区])|撤[县区并]|设区|更名|改为|对口|帮扶|协作|支援|学习|考察|交流|经验"
    r"|[比较于](?:[我本全]?[县区]|邻)|相邻|毗邻|跨[县区]|[县区]外|共建|联合|移交|转入|转出|省[级直]|所辖|下辖|[县区]长制"
)
_NAMED = {
    "县": re.compile(r"[\u4e00-\u9fff]{2}(?<![各本全我该])县(?![域级委内直财政城乡长])"),
    "区": re.compile(r"[\u4e00-\u9fff]{2}(?<![小社园景校辖城片库灾厂牧矿新山林灌各本全我该])区(?![域级委内直财政长])"),
}
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
_USUAL = 3  # mentions of the own level, where nothing but the text tells it
_CITY = re.compile(r"[我全]市(?![场民])|市(?:委|政府|财政|级(?!以上))")


class StrayLevel(NamedTuple):
    """Where a word of the other level stands, and the level that the report speaks of otherwise."""

    block: Block
    start: int
    end: int
    own: str


def stray_levels(ctx: AuditContext, named: str | None) -> Iterator[StrayLevel]:
    """The only word of the other level; `named` is the level that the unit's name prints, None where it prints neither."""
    found = [
        (block, m, m["level"] or m["level2"])
        for block in prose(ctx)
        if "县" in block.text or "区" in block.text
        for m in _WORD.finditer(_QUOTED.sub(_blank, ctx.facts.blocks[block.index].normal))
    ]
    counts = {level: sum(of == level for *_, of in found) for level in "县区"}
    if named == "市":
        found = [item for item in found if item[1]["we"] and item[2] == "县"]
        own, other = "市", "县"
        if counts["县"] != 1 or len(found) != 1 or len(_CITY.findall(ctx.wording.whole)) < _USUAL - 1:
            return
    else:
        own = named or max(counts, key=lambda level: counts[level])
        other = {"县": "区", "区": "县"}[own]
        if counts[other] != 1 or (not named and counts[own] < _USUAL):
            return
    block, match, _ = next(item for item in found if item[2] == other)
    text = ctx.facts.blocks[block.index].normal
    if other == "区" and (_REGION.search(ctx.wording.whole) or _ZONE.search(f"{ctx.document.title}\n{text}")):
        return  # 全区 of an autonomous region, of a zone
    words = text[slice(*sentence(text, match.start() + 1, match.end()))]
    if not _BESIDE.search(words) and not _NAMED[other].search(_title_free(ctx)):
        group = "body" if match["body"] else "we"
        yield StrayLevel(block, match.start(group), match.end(group), own)


def _title_free(ctx: AuditContext) -> str:
    """The whole text without citations."""
    return _QUOTED.sub("", ctx.wording.whole)


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match.group())
