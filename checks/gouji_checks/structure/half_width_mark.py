"""Half-width punctuation among Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》）])(?<!错误)[,;?!](?=[\u4e00-\u9fff“《（])")
_MARKS = (",", ";", "?", "!")
_RARE = 5  # times as many full-width marks: else half-width ones are the author's manner, and one finding says so


@check(
    code="ST121",
    name="half-width-mark",
    theme="structure",
    severity=Severity.NOTICE,
    zh="中文中夹用半角标点",
    en="half-width punctuation among Chinese",
)
def half_width_mark(ctx: AuditContext) -> Iterator[Hit]:
    """Half-width punctuation among Chinese.

    What it does
    Reports , ; ? ! between Chinese characters where the report prints ，；？！ elsewhere. In a report that prints half-width marks all
    through, it reports the first of them alone.

    Why is this bad
    The words beside the mark were often pasted from elsewhere.

    Example
    Flagged::

        编制操作指引,并给予预算保障。

    Accepted::

        编制操作指引，并给予预算保障。全年支出1,200.50万元，采购PM2.5监测仪（A,B两型）。

    Rests on
    GB/T 15834: Chinese text takes full-width marks.
    """
    blocks = [ctx.document.blocks[n] for n in sorted(ctx.wording.having(*_MARKS))]
    found = [(b, m) for b in blocks if b.kind is not BlockKind.HEADER for m in _HALF.finditer(b.text)]
    full = sum(b.text.count("，") + b.text.count("；") for b in ctx.document.blocks) if len(found) > 1 else 0
    for block, match in found if full >= _RARE * len(found) else found[:1]:
        start, end = max(0, match.start() - 4), min(len(block.text), match.end() + 4)
        words = block.text[start:end]
        yield Hit(
            Text(f"半角标点：“{match.group()}”（{words}）", f"half-width “{match.group()}” in “{words}”"),
            (Place(Span(block.index, start, end)),),
            stated=match.group(),
        )
