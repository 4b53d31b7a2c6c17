"""Two hedges on one figure."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import within

_DOUBLE = re.compile(
    r"(?:大约|约|将近|近|逾|超过|超)\s?\d[\d,.]*\s?(?:[十百千万亿]?余[十百千万]?|[十百千万亿]?多)(?!年|次|项|个部门)[万亿]?[\u4e00-\u9fff]"
    r"|(?:大约|约|将近|近|逾|超过)(?:为|是|有|在)?\s?\d[\d,.]*\s?(?:[万亿]?[元人个户项次天名吨亩件]|公里|人次|%|分)?左右"
)


@check(
    code="ST114",
    name="double-hedge",
    theme="structure",
    severity=Severity.NOTICE,
    zh="约数词叠用",
    en="two hedges on one figure",
)
def double_hedge(ctx: AuditContext) -> Iterator[Hit]:
    """Two hedges on one figure.

    What it does
    Reports a figure hedged before and after: 约60余万元, 近300多人, 逾20多万.

    Why is this bad
    The figure has no exact meaning: about, or more than? It cannot be checked.

    Example
    Flagged::

        全年共捐款捐物约60余万元。
        ----
        培训逾300多人次。

    Accepted::

        全年共捐款捐物60余万元。
        ----
        近3年多次获奖，惠及约600人。

    Rests on
    GB/T 15835: one word of approximation for one figure.
    """
    for block in within(ctx, ctx.wording.having("约", "近", "逾", "超") & ctx.wording.having("余", "多", "左右")):
        for match in _DOUBLE.finditer(ctx.facts.blocks[block.index].normal):
            words = block.text[match.start() : match.end()]
            yield Hit(
                Text(f"约数词叠用：“{words}”", f"two hedges on one figure: “{words}”"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
            )
