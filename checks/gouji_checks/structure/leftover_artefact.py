"""Leftover of a conversion or field code."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_ARTEFACT = re.compile(
    r"\[bookmark:[^\]]*\]|\{?\s?(?:MERGEFIELD|HYPERLINK|PAGEREF|SEQ|STYLEREF)\s+[\\\"\w][^\s}，。]*\s?\}?|_Toc\d+|_GoBack"
    r"|错误[!！]\s?(?:未找到引用源|未定义书签|超链接引用无效)[。.]?|Error! Reference source not found\.?"
    r"|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|#\d+);|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!)|</?(?:p|br|span|td|tr|div)\b[^>]*>|\ufffd+"
)
_MARKS = ("[", "错误", "Error", "&", "#", "<", "_Toc", "_GoBack", "MERGEFIELD", "LINK", "PAGEREF", "SEQ", "STYLEREF", "\ufffd")


@check(
    code="ST112",
    name="leftover-artefact",
    theme="structure",
    severity=Severity.NOTICE,
    zh="残留的转换或域代码",
    en="leftover of a conversion or field code",
)
def leftover_artefact(ctx: AuditContext) -> Iterator[Hit]:
    """Leftover of a conversion or field code.

    What it does
    Reports what a conversion or a word processor left in the text: [bookmark: …], field codes, 错误!未找到引用源, &nbsp;, #REF!, and the
    replacement character.

    Why is this bad
    A cross-reference or a figure that was computed by a field may be missing.

    Example
    Flagged::

        [bookmark: _GoBack]9、政协委员视察经费7万元。
        ----
        详见错误!未找到引用源。
        ----
        合计#REF!万元。

    Accepted::

        详见附件1。

    Rests on
    None: a text handed in is to be free of such marks.
    """
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having(*_MARKS))):
        for match in _ARTEFACT.finditer(block.text):
            yield Hit(
                Text(f"残留的转换痕迹：“{match.group()}”", f"leftover of a conversion: “{match.group()}”"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=match.group(),
            )
