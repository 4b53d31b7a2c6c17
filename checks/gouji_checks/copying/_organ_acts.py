"""What only one organ does, told as the author's own work by another: 组织政协委员开展视察 in the report of a bureau.

The acts are data: the words of whose names may do it, what tells the act, and words that its every telling holds. A unit that serves, joins or
invites such an organ says so in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Span
from gouji.model import patterns as re
from gouji_checks.spans import sentence, within

_TOWNS = ("镇", "乡", "街道", "人民政府", "财政局")  # they have such organs in their own house, or report on all of them
_BODIES = (
    "政协",
    "人大",
    "工会",
    "妇女联合会",
    "妇联",
    "残",
    "文学艺术",
    "文联",
    "工商",
    "侨",
    "科学技术协会",
    "科协",
    "共青团",
    "团委",
    "红十字",
    "协会",
    "联合会",
    "社科",
)
_OF_MEMBERS = r"(?:组织|安排|发动|动员)(?:了|全体|部分|广大|各级|各界|[住驻]?[省市州县区旗])*"
_HEAD = r"(?:^|[。；，：])(?:[一二三四五六七八九]是)?(?:全年|共|先后|累计|积极|认真|深入|通过|我[局委办院校中心]{1,2}|本[局委办院校中心]{1,2})*"
# Whose names may tell it, words of which every telling holds one, and what tells it.
_ACTS = tuple(
    (owners, words, re.compile(_HEAD + rf"(?P<act>{act})"))
    for owners, words, act in (
        (
            ("政协", "统战", "工商", *_TOWNS),
            ("政协委员",),
            _OF_MEMBERS + r"政协委员[^，。；]{0,6}?(?:开展|进行|深入|视察|调研|协商|围绕)",
        ),
        (
            ("人大", "人民代表", *_TOWNS),
            ("人大代表",),
            _OF_MEMBERS + r"人大代表[^，。；]{0,6}?(?:开展|进行|深入|视察|调研|围绕)",
        ),
        (("人大", "人民代表", *_TOWNS), ("专题询问",), r"(?:开展|组织)了?专题询问"),
        (("政协", *_TOWNS), ("协商",), r"(?:召开|组织|开展|举办)了?(?:专题|对口|界别|远程)(?:协商会?|协商座谈会?|议政会)\s?\d"),
        ((*_BODIES, *_TOWNS), ("主席会", "主任会"), r"召开了?(?:主席|主任)会议?\s?\d"),
        (("党校", "行政学院", "组织部", "干部"), ("主体班",), r"(?:举办|开设|开办)了?主体班(?:次)?\s?\d"),
    )
)
_WITH = re.compile(
    r"邀请|配合|协助|会同|联合|接受|参加|参与|承办|服务|保障|迎接|陪同|要求|部署|支持|派员|选派|按照|根据|依据|印发|汇报|人大(?!代表)|党校|协商民主"
)


def organ_acts(ctx: AuditContext, own: str) -> Iterator[Span]:
    """Where the author tells another organ's act as its own, once."""
    name = own + "".join(ctx.document.title.split())
    if not own:
        return
    for owners, words, act in _ACTS:
        blocks = ctx.wording.having(*words)
        if not blocks or any(owner in name for owner in owners):
            continue
        found = [(b.index, m) for b in within(ctx, blocks) for m in act.finditer(ctx.facts.blocks[b.index].normal)]
        if len(found) != 1:
            continue
        index, match = found[0]
        text = ctx.facts.blocks[index].normal
        clause_end = sentence(text, match.start("act"), match.end())[1]
        comma = text.find("，", match.end(), clause_end)
        if _WITH.search(text, match.start(), comma if comma >= 0 else clause_end) is None:
            yield Span(index, match.start("act"), match.end("act"))
