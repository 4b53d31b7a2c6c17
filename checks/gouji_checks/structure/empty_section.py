"""Heading with nothing under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, MarkerStyle, Place, Severity, Span, Text, check
from gouji_checks.outline import Item

_STYLES = frozenset({MarkerStyle.CN, MarkerStyle.CN_PAREN, MarkerStyle.CHAPTER})
_BODY = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ROW, BlockKind.TITLE})
_LONGEST = 24


@check(
    code="ST119",
    name="empty-section",
    theme="structure",
    severity=Severity.WARNING,
    zh="标题下没有内容",
    en="heading with nothing under it",
)
def empty_section(ctx: AuditContext) -> Iterator[Hit]:
    """Heading with nothing under it.

    What it does
    Reports a short heading 四、 or （四） that is followed by the next one of its level, or by the end, where the others of its level
    have text. Tables of contents and headings that say all themselves (四、其他需要说明的情况：无) are left alone.

    Why is this bad
    The section was not written, or was lost.

    Example
    Flagged::

        一、基本情况
        编制20名。
        二、绩效情况
        任务完成。
        三、偏差原因分析
        四、下一步打算
        加强管理。

    Accepted::

        一、基本情况
        编制20名。
        二、绩效情况
        （一）产出情况
        任务完成。
        （二）其他情况：无
        三、下一步打算
        加强管理。

    Rests on
    The forms of self-evaluation: every section asked for is to be written.
    """
    if ctx.document.unread:
        return
    blocks = [b for b in ctx.document.blocks if b.kind in _BODY and b.text.strip()]
    texts = ["".join(b.text.split()) for b in blocks]
    standing = Counter(texts)
    heads = [
        (b, blocks[at + 1] if at + 1 < len(blocks) else None)
        for at, b in enumerate(blocks)
        if _is_head(b) and standing[texts[at]] == 1
    ]
    for style in _STYLES:
        own = [(b, n) for b, n in heads if b.marker is not None and b.marker.style is style]
        empty = [(b, n) for b, n in own if _is_empty(b, n)]
        if len(empty) > 2 or len(own) - len(empty) < 2:
            continue  # a list of headings, or a table of contents
        for block, _ in empty:
            yield Hit(
                Text(f"“{block.text.strip()}”之下没有内容", f"nothing stands under “{block.text.strip()}”"),
                (Place(Span(block.index, 0, len(block.text))),),
            )


def _is_head(block: Block) -> bool:
    """Whether a numbered block reads like a heading that needs a text: few words, no figure, no stop."""
    if block.marker is None or block.marker.style not in _STYLES or block.kind in {BlockKind.ROW, BlockKind.PARAGRAPH}:
        return False  # a paragraph with a number stands in a list of contents or annexes
    words = Item(block, block.marker.style, block.marker.number).words
    return (
        2 <= len(words) <= _LONGEST
        and words[-1] not in "。；;，、无略）)"
        and not any(c.isdigit() or c in "，。：:；" for c in words)
    )


def _is_empty(block: Block, following: Block | None) -> bool:
    if following is None:
        return True
    a, b = block.marker, following.marker
    if a is None or b is None:
        return False
    if a.style is b.style:
        return b.number == a.number + 1 and following.kind is block.kind
    return (
        a.style is MarkerStyle.CN_PAREN and b.style is MarkerStyle.CN and b.number > 1 and following.kind is BlockKind.HEADING
    )
