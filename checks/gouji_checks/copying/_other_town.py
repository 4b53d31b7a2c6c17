"""Another town's government as the subject of a sentence in a town's report: 梧桐镇党委、政府把此项工作列入…."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Span
from gouji.model import patterns as re
from gouji_checks.spans import clause, prose_with, sentence

_HOME = re.compile(
    r"(?:^|[省市县区旗])(?P<name>[\u4e00-\u9fff]{2,5}?)(?P<level>镇|乡|街道)(?:党[工]?委|人民政府|办事处|人大|财政所)?$"
)
_TOWN = re.compile(
    r"(?:接下来，|下一步，|今后，|同时，|此外，|综上，|为此，)?(?P<town>(?:[\u4e00-\u9fff]{2,4}[县区])?(?P<name>[\u4e00-\u9fff]{2,4}?)(?:镇|乡|街道)"
    r"(?:党工?委、(?:人民)?政府|党工委、?办事处|党工?委|人民政府|政府|办事处|人大|领导班子))"
    r"(?:将|把|高度重视|成立|组建|严格|认真|积极|坚持|制定|落实|列|组织|开展|始终|及时|专门|迅速|对|按照|根据|结合|通过|投入|完成|实现|建立|健全|抽调|召开|20\d\d)"
)
# What only the town itself says: 坚持全镇一盘棋. Such a town may be named elsewhere, as a neighbour on the road.
_WHOLE_TOWN = re.compile(
    r"(?P<town>(?P<name>[\u4e00-\u9fff]{2,4}?)(?P<level>镇|乡|街道))(?:始终|一直)?(?:坚持|动员|发动|组织|号召|统筹|树立)[^，。；镇乡]{0,6}全(?P=level)"
)
_COMMON = re.compile(r"[各全该我本与和同及由被向]|相关|有关|所属|所在|其他|部分|两个|三个|邻")
_AUTHOR = re.compile(r"[我本](?:镇|乡|街道|办)")


def other_towns(ctx: AuditContext, elsewhere: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    """(where the other town's government stands, one's own town), each named this once and by no sentence of dealings between towns."""
    own = "".join((ctx.document.organisation or "").split())
    home = _HOME.search(own)
    if home is None:
        return
    for block in prose_with(ctx, "镇", "乡", "街道"):
        text = ctx.facts.blocks[block.index].normal
        lead = block.marker.end if block.marker is not None else 0
        for match in (*_TOWN.finditer(text), *_WHOLE_TOWN.finditer(text)):
            start, end = sentence(text, match.start(), match.end())
            head = clause(text, match.start("town"), match.end("town"))[0]
            name, words = match["name"], text[start:end]
            if match.start("town") not in {head, max(head, lead)} or _COMMON.search(name):
                continue
            alike = name in home["name"] or home["name"] in name or name in own
            once = match.re is not _TOWN or ctx.wording.whole.count(name) == 1
            if not alike and once and not elsewhere.search(words) and not _AUTHOR.search(words):
                yield Span(block.index, match.start("town"), match.end("town")), home["name"] + home["level"]
