"""Figure that cannot be read: two decimal points, thousands separators in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_UNIT = r"(?:[万亿]?元|%|‰|个百分点|分贝|分(?!别|为)|公里|千米|平方米|亩|公顷|吨|人次?|户|件|次|米|毫克|微克|度|台|套)"
_POINTS = re.compile(rf"(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)?(?=\s?{_UNIT})|(?<![\d.])\d+\.\.+\d+(?![\d.])")
_COMMAS = re.compile(
    rf"(?<![\d,.、])(?:\d{{1,3}},\d{{1,2}}(?=\.\d)|\d{{1,3}}(?:,\d{{3}})*,(?:\d{{1,2}}|\d{{4,}}),\d{{3}}(?:,\d{{3}})*)(?:\.\d+)?(?=\s?{_UNIT})"
)

_MARKED = (".", "．", *(f",{digit}" for digit in "0123456789"))
_NEAR = re.compile(r"[.．]\d*[.．]|\d,\d")  # of every match, and quickly found


@check(
    code="ST120",
    name="malformed-number",
    theme="structure",
    severity=Severity.WARNING,
    zh="数字写法有误，无法确认数值",
    en="figure that cannot be read",
)
def malformed_number(ctx: AuditContext) -> Iterator[Hit]:
    """Figure that cannot be read.

    What it does
    Reports a figure with two decimal points (61.2.4分贝) or with a thousands separator where none can stand (12,34.50万元). Dates,
    versions and section numbers have no unit and are left alone.

    Why is this bad
    Nobody can tell which figure was meant, and nothing can be recomputed with it.

    Example
    Flagged::

        全年支出120.36.5万元。
        ----
        全年支出12,34.50万元。

    Accepted::

        全年支出1,234.50万元，见4.2.1条，2023.12.31前完成，采用3.0.1版系统。

    Rests on
    GB/T 15835: the form of figures.
    """
    for number in sorted(ctx.wording.having(*_MARKED)):
        block = ctx.document.blocks[number]
        if block.kind is BlockKind.HEADER or not _NEAR.search(block.text):
            continue
        text = block.text.replace("，", "；").replace("．", ".")
        for match in (*_POINTS.finditer(text), *_COMMAS.finditer(text)):
            words = block.text[match.start() : match.end()]
            yield Hit(
                Text(f"数字“{words}”写法有误，无法确认数值", f"the figure “{words}” cannot be read"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
            )
