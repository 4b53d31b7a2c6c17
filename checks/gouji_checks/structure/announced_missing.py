"""A list or table is announced and none comes."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, MarkerStyle, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_LIST = re.compile(
    r"(?:(?:具体|详细|主要|情况|内容|明细|分述|报告|汇报|说明|做法|措施|问题|建议)?如下|(?:主要)?包括|分别(?:是|为)|有以下[^，。；]{0,8}|表现在)\s?：\s*$"
)
_TABLE = re.compile(r"(?:见|如)下表(?:所示)?\s?[。：]?\s*$")
_NEAR = re.compile(r"：\s*$|下表")  # of every match, and quickly found
_BODY = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ROW})


@check(
    code="ST118",
    name="announced-missing",
    theme="structure",
    severity=Severity.WARNING,
    zh="预告的列举或表格没有出现",
    en="a list or table is announced and none comes",
)
def announced_missing(ctx: AuditContext) -> Iterator[Hit]:
    """A list or table is announced and none comes.

    What it does
    Reports a paragraph that ends 如下：, 主要包括： or 见下表 where the next section, or nothing at all, follows.

    Why is this bad
    What was announced was deleted; figures may have gone with it.

    Example
    Flagged::

        一、资金情况
        全年支出构成具体如下：
        二、绩效情况
        任务已完成。

    Accepted::

        一、资金情况
        全年支出构成具体如下：
        1.人员经费80万元。
        2.公用经费20万元。
        二、绩效情况
        现将情况报告如下：
        （一）产出情况
        任务已完成。

    Rests on
    None: what is announced is to be given.
    """
    if ctx.document.unread:
        return
    blocks = [b for b in ctx.document.blocks if b.kind in _BODY and b.text.strip()]
    for at, block in enumerate(blocks):
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING}:
            continue
        text = ctx.facts.blocks[block.index].normal
        if not _NEAR.search(text, max(0, len(text) - 30)):
            continue
        match = _LIST.search(text, max(0, len(text) - 30)) or _TABLE.search(text, max(0, len(text) - 16))
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if match and _ends_here(block, following):
            yield Hit(
                Text(f"“{match.group().strip()}”之后没有下文", f"nothing follows “{match.group().strip()}”"),
                (Place(Span(block.index, match.start(), match.end())),),
            )


def _ends_here(block: Block, following: Block | None) -> bool:
    """Whether the section is over: the text ends, or a heading follows that is not the first of a list."""
    if following is None:
        return True
    if following.kind is not BlockKind.HEADING or following.marker is None:
        return False
    upper = following.marker.style in {MarkerStyle.CN, MarkerStyle.CN_PAREN, MarkerStyle.CHAPTER}
    if not upper or following.marker.number == 1:
        return False
    if block.marker is None:
        return following.parent is None or following.parent != block.parent
    return block.marker.style is following.marker.style and following.marker.number == block.marker.number + 1
