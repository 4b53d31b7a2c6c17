"""Punctuation doubled."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_DOUBLED = re.compile(
    r"、[、，。；：]+|，[，。；、：,]+|,[,，。；、]+|；[；。，、：]+|：[：，。；、]+|(?<!。)。[，；、：]|(?<!。)。。(?!。)|%%|％％|占[，,](?=\d)"
)

_SIDE_BY_SIDE = (
    *(f"{one}{other}" for one in "、，,；：。%％" for other in "、，。；：:,%％"),
    "占，",
    "占,",
)  # one of them in every match


@check(
    code="ST109",
    name="doubled-punctuation",
    theme="structure",
    severity=Severity.NOTICE,
    zh="标点重复或误连",
    en="punctuation doubled",
)
def doubled_punctuation(ctx: AuditContext) -> Iterator[Hit]:
    """Punctuation doubled.

    What it does
    Reports two marks in a row that cannot stand together: 、、 ，， 。。 ，。 、， %%. The dashes —— and the dots …… and 。。。 are not
    reported.

    Why is this bad
    Words between the marks were deleted, or the sentence was put together from a template.

    Example
    Flagged::

        负责全体会议、、主席会议的筹备工作。
        ----
        群众出行条件明显改善，，满意度提高。
        ----
        执行率为98%%，进度良好。

    Accepted::

        他说：“资金已到位。”——会议记录……
        ----
        印发《办法》、《细则》等制度，落实“双控”、“双查”。

    Rests on
    GB/T 15834: use of punctuation marks.
    """
    for number in sorted(ctx.wording.having(*_SIDE_BY_SIDE)):
        block = ctx.document.blocks[number]
        if block.kind is BlockKind.HEADER:
            continue
        for match in _DOUBLED.finditer(block.text):
            start, end = max(0, match.start() - 2), min(len(block.text), match.end() + 2)
            words = block.text[start:end]
            yield Hit(
                Text(f"标点重复或误连：“{match.group()}”（{words}）", f"doubled punctuation “{match.group()}” in “{words}”"),
                (Place(Span(block.index, start, end)),),
                stated=match.group(),
            )
