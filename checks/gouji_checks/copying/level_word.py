"""County for district, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji_checks.spans import prose

_BODY = re.compile(r"(?:^|[，。；、：\s在由向经按为对据受])(?P<body>(?P<level>[县区])(?:委|政府|人大|政协|财政局))")
_TITLE = re.compile(r"《[^》]*》")
_ENOUGH = 4


@check(
    code="CP107",
    name="level-word",
    theme="copying",
    severity=Severity.NOTICE,
    zh="县、区等级次用词不一",
    en="county for district, or the reverse",
)
def level_word(ctx: AuditContext) -> Iterator[Hit]:
    """County for district, or the reverse.

    What it does
    Reports a single 县委 or 县政府 in a district's report that says 区委 and 区政府 all through, and the reverse.

    Why is this bad
    The text was taken from a unit of another level.

    Example
    Flagged::

        清港区水利局2023年度绩效自评报告
        一、主要工作
        区委、区政府高度重视。落实区委部署，向区政府汇报。根据区财政局要求自评。
        二、下一步打算
        在县委领导下，继续做好工作。

    Accepted::

        清港区水利局2023年度绩效自评报告
        一、主要工作
        区委、区政府高度重视。落实区委部署，向区政府汇报。学习南安县委经验，服务市县政府。

    Rests on
    None: worth a look.
    """
    title = "".join(ctx.document.title.split())
    levels = [level for level in ("县", "区") if re.search(rf"[\u4e00-\u9fff]{{2}}{level}(?![域级])", title)]
    if len(levels) != 1:
        return
    own, other = levels[0], "区" if levels[0] == "县" else "县"
    found = [
        (block, m) for block in prose(ctx) for m in _BODY.finditer(_TITLE.sub(_blank, ctx.facts.blocks[block.index].normal))
    ]
    odd = [(block, m) for block, m in found if m["level"] == other]
    if len(odd) != 1 or sum(m["level"] == own for _, m in found) < _ENOUGH:
        return
    block, match = odd[0]
    words = match["body"]
    yield Hit(
        Text(f"本报告属{own}级，此处写“{words}”", f"the report is a {own}'s; “{words}” stands here"),
        (Place(Span(block.index, match.start("body"), match.end("body"))),),
        stated=words,
        computed=own + words[1:],
    )


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match.group())
