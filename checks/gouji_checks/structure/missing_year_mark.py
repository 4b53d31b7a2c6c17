"""Year without its 年."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose

_YEAR = re.compile(r"(?:(?<=[。；，：\s])|^)20[0-4]\d(?:是|全年|上半年|下半年|以来|度(?=[^电\d]))[^，。；]{0,10}")


@check(
    code="ST115",
    name="missing-year-mark",
    theme="structure",
    severity=Severity.NOTICE,
    zh="年份后缺“年”字",
    en="year without its 年",
)
def missing_year_mark(ctx: AuditContext) -> Iterator[Hit]:
    """Year without its 年.

    What it does
    Reports a year at the head of a clause that is followed by a verb or 全年 without 年: 2021是换届之年.

    Why is this bad
    A slip of editing; the year may also be the wrong one.

    Example
    Flagged::

        2021是换届之年，工作任务繁重。

    Accepted::

        2021年是换届之年，工作任务繁重。
        ----
        共培训2021人。

    Rests on
    GB/T 15835: a year is printed with 年.
    """
    for block in prose(ctx):
        text = ctx.facts.blocks[block.index].normal
        for match in _YEAR.finditer(text) if "20" in text else ():
            words = block.text[match.start() : match.end()]
            yield Hit(
                Text(f"“{words}”中年份后缺“年”字", f"“{words}”: the year lacks its 年"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
                computed=words[:4] + "年" + words[4:],
            )
