"""Alternatives of the template left standing."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose_with

_UP = "增加|增长|上升|提高|大于|高于|多于|节约|盈余|增"
_DOWN = "减少|下降|降低|小于|低于|少于|超支|亏损|减"
_ALTERNATIVE = re.compile(
    rf"(?:(?:{_UP})\s?(?:（(?:{_DOWN})）|[/／](?:{_DOWN}))|(?:{_DOWN})\s?(?:（(?:{_UP})）|[/／](?:{_UP})))(?=了?\s?[\d_ ]|了?为|%|万元|的?主要原因|，(?:变化|变动|增减|主要)?原因|所致|等原因)"
    r"|大小于|(?<![“])(?:已|足额|按时|有|能|是)（(?:未|不|无|没有|否|不能)(?:足额|按时)?）(?!”)|(?<![“])(?P<done>完成|达到|实现|到位|合格|通过)（未(?P=done)）|[：:]\s?是[/／]否(?=[。；]|$)|是[/／]否(?=达到|完成|实现)|等级为优（良、中、差）|(?:等[级次]|结果|评级)(?:为|是|：)?[“（]?优[/／]良[/／]中(?:[/／]差)?[”）]?(?=[，。；]|$)|无(?:增减|变化|调整)[/／]有(?:增减|变化|调整)|有[/／]无(?:增减|变化|调整)|[大高多]（[小低少]）于|[小低少]（[大高多]）于|有所(?:增（减）|减（增）)(?=[，。；])"
)

_BEGINNINGS = "增上提大高多节盈减下降小低少超亏"
_CHOICES = ("（未", "（不", "（无", "（没", "（否", "/良", "／良", "/否", "／否", "（良", "/有", "／有", "/无", "／无")
_NEAR = re.compile(rf"[（/／][{_BEGINNINGS}]|大小于|（[未不无没否良]|[/／][否有无良]")  # of every match, and quickly found
_WORDS = ("/", "／", "大小于", *_CHOICES, *(f"（{char}" for char in _BEGINNINGS))


@check(
    code="CP103",
    name="template-alternative",
    theme="copying",
    severity=Severity.WARNING,
    zh="模板备选词未选定",
    en="alternatives of the template left standing",
)
def template_alternative(ctx: AuditContext) -> Iterator[Hit]:
    """Alternatives of the template left standing.

    What it does
    Reports 增加（减少）0.46万元, 增长（下降）, 大小于, 高（低）于 and the like in running text where a figure follows or the author should have
    chosen. Column heads of tables and definitions without a figure are left alone.

    Why is this bad
    The direction of the change is not stated: an increase and a decrease read the same.

    Example
    Flagged::

        公务接待费3.12万元，较上年增加（减少）0.46万元，增长（下降）17.29%。
        ----
        决算数大小于预算数的主要原因是压缩开支。

    Accepted::

        公务接待费3.12万元，较上年减少0.46万元，下降17.29%。
        ----
        本表反映各项支出增加（减少）的情况。

    Rests on
    The forms of final accounts: of two printed alternatives one is to be chosen.
    """
    for block in prose_with(ctx, *_WORDS):
        text = ctx.facts.blocks[block.index].normal
        found = list(_ALTERNATIVE.finditer(text)) if _NEAR.search(text) else []
        if found:
            words = "、".join(dict.fromkeys(m.group() for m in found))
            yield Hit(
                Text(
                    f"模板备选词“{words}”未选定，增减方向不明",
                    f"alternatives left standing: “{words}”; the direction is not stated",
                ),
                tuple(Place(Span(block.index, m.start(), m.end())) for m in found),
                stated=words,
            )
