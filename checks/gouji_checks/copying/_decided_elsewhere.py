"""The author's own report or spending decided on by another house: 本报告经柳沟镇党委会研究通过 in the report of a county's centre."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Span
from gouji.model import patterns as re
from gouji_checks.copying.other_trade import shares_trade
from gouji_checks.spans import prose_with, sentence

_DECIDED = re.compile(
    r"(?:(?:本|自评|整改|评价|总结|上述|该)?报告|重大(?:开支|支出|事项)|大额(?:资金|支出|开支)|(?:自评|评价)(?:结果|结论)|重要事项)"
    r"(?:同时|已|均|再|须|应|也|统一|提前|一并|初稿|定稿|草案)*(?:提交|报|提请|报请|报经|经|由|送)"
    r"(?P<org>(?:[\u4e00-\u9fff]{2,6}?[省市县区州旗])?[\u4e00-\u9fff]{0,10}?(?:政协|人大|工会|[\u4e00-\u9fff]{2}(?:局|镇|乡|街道|厅|委员会|中学|小学|医院|集团|公司|学院|中心)))(?:机关)?"
    r"(?:党组会议?|党组|党委会议?|党委会|党委|党支部|党总支|局务会议?|院务会议?|办公会议?|主席会议|主任会议)[^，。；]{0,16}?"
    r"(?:审定|审议|研究|讨论|通过|同意|批准|报送|上报|确定)"
)
_ABOVE = re.compile(r"财政|主管|政府|纪|组织部|上级|审计|市委|县委|区委|省委|国资|发展和?改革|机关事务")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{0,6}?(?:自治县|[省市县区州旗])")
_TOGETHER = re.compile(r"会同|联合|共同|双方|分别|代管|托管|合署|隶属|下属|所属|转报|协助|各")
_SHORT = {"政协": "政治协商", "人大": "人民代表", "工会": "总工会"}


def decided_elsewhere(ctx: AuditContext, own: str) -> Iterator[Span]:
    """Where another house than the author's, neither above it nor of its trade and named this once, decides on what is its own."""
    name = own + "".join(ctx.document.title.split())
    for block in (
        prose_with(ctx, "党组", "党委", "党支部", "党总支", "局务会", "院务会", "办公会", "主席会议", "主任会议") if own else ()
    ):
        text = ctx.facts.blocks[block.index].normal
        for match in _DECIDED.finditer(text):
            organ = _PLACE.sub("", match["org"]) or match["org"]
            named = _SHORT.get(organ, organ)
            kin = any(organ[n : n + 2] in name for n in range(len(organ) - 1)) or named in name
            start, end = sentence(text, *match.span())
            if (
                not kin
                and not _ABOVE.search(match["org"])
                and not _TOGETHER.search(text, start, end)
                and ctx.wording.whole.count(organ) == 1
                and not shares_trade(organ, name)
            ):
                yield Span(block.index, match.start("org"), match.end())
