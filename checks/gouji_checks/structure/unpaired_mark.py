"""Quotation mark or bracket without its partner."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose

_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))
_LIST_MARKER = re.compile(r"(?<![（\d.])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})）")
_SHORTEST = 12


@check(
    code="ST110",
    name="unpaired-mark",
    theme="structure",
    severity=Severity.NOTICE,
    zh="引号、书名号或括号不成对",
    en="quotation mark or bracket without its partner",
)
def unpaired_mark(ctx: AuditContext) -> Iterator[Hit]:
    """Quotation mark or bracket without its partner.

    What it does
    Reports 《》 “” （） of which one partner is missing in a paragraph. Markers such as 1） are no brackets, and a quotation that runs
    over paragraphs is not reported.

    Why is this bad
    Part of a title or remark has been lost.

    Example
    Flagged::

        制定了《水利资金管理办法，严格执行财务制度。
        ----
        全年支出100万元（其中基本支出60万元，项目支出40万元。

    Accepted::

        制定了《水利资金管理办法》（试行），提出：1）加强监管；2）规范支付。
        ----
        会议强调：“要加强资金监管，提高使用效益。
        各单位要抓好落实，按月报告进度情况。”

    Rests on
    GB/T 15834: paired marks.
    """
    blocks = list(prose(ctx))
    marked = [(*pair, ctx.wording.having(*pair)) for pair in _PAIRS]
    for at, block in enumerate(blocks):
        if len(block.text.strip()) < _SHORTEST:
            continue
        for opening, closing, holding in marked:
            text = ctx.facts.blocks[block.index].normal
            if block.index not in holding or text.count(opening) == text.count(closing):
                continue
            spot = _unpaired(text, opening, closing)
            if spot is None:
                continue
            around = "".join(ctx.facts.blocks[b.index].normal for b in blocks[max(0, at - 3) : at + 4])
            if block.text and _unpaired(around, opening, closing) is not None:
                start, end = max(0, spot - 3), min(len(block.text), spot + 7)
                yield Hit(
                    Text(f"“{block.text[spot]}”没有配对的另一半", f"“{block.text[spot]}” has no partner"),
                    (Place(Span(block.index, start, end)),),
                    stated=block.text[spot],
                )


def _unpaired(text: str, opening: str, closing: str) -> int | None:
    """The place of the first mark without a partner."""
    open_: list[int] = []
    skip = {m.end() - 1 for m in _LIST_MARKER.finditer(text)} if closing == "）" else set()
    for at, char in enumerate(text):
        if char == opening:
            open_.append(at)
        elif char == closing:
            if open_:
                open_.pop()
            elif at not in skip:
                return at
    return open_[0] if open_ else None
