"""Placeholder or instruction of the template left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check

_X = "[XxＸｘ×✕╳]"
_TITLE = re.compile(r"《[^》]*》")
_MARKS = ("X", "x", "×", "╳", "✕", "_", "某", "填", "字", "名称", "○○", "**", "20")
_PLACEHOLDER = re.compile(
    rf"(?:20|2){_X}{{2,3}}\s?年?度?|20\d{_X}\s?年|20_+\d?年"
    rf"|(?<![A-Za-z0-9.]){_X}{{2,}}(?![A-Za-z0-9])(?=[\u4e00-\u9fff，。、；（））%]|$)[\u4e00-\u9fff]{{0,6}}"
    r"|_{3,}(?!_|\s?(?:[万亿]?元|%|分|人|个|项|次))|○○+|(?<=[\u4e00-\u9fff])\*{2,}(?=[\u4e00-\u9fff])|某某[\u4e00-\u9fff]{1,6}|某(?:县|区|市|局|单位|项目)(?=[\u4e00-\u9fff])"
    r"|[（【\[](?:单位名称|部门名称|项目名称|填写[^）】\]]{0,60}|请填写[^）】\]]{0,60}|请根据[^）】\]]{0,60}|此处[^）】\]]{0,60}|不超过\s?\d+\s?字|\d+\s?字(?:以内|左右))[）】\]]"
    r"|此处填写[^，。；]{0,12}|\d+字以内(?=[）。])|^填写说明|填报说明：|（_人）"
)


@check(
    code="CP102",
    name="placeholder",
    theme="copying",
    severity=Severity.WARNING,
    zh="模板占位符或填写说明未删",
    en="placeholder or instruction of the template left in",
)
def placeholder(ctx: AuditContext) -> Iterator[Hit]:
    """Placeholder or instruction of the template left in.

    What it does
    Reports XX, ××, 20XX年, 202×年, ____, 某某单位, （单位名称）, 此处填写…, （100字以内）, 填写说明 in the text and in tables. Names of forms and
    documents inside 《》 are not looked at.

    Why is this bad
    The template was not filled in: what should stand there is missing, or another unit's text was taken over.

    Example
    Flagged::

        XX县水务局20XX年度部门整体支出绩效自评报告
        ----
        根据××县财政局要求，我单位开展自评。
        ----
        （100字以内）部门职能如下。
        ----
        项目负责人：____，联系电话完整。

    Accepted::

        严格执行《××县预算管理办法》。
        ----
        实行“A+B”模式，开展XXL口罩采购。

    Rests on
    The forms of self-evaluation: instructions are not part of the report.
    """
    for block in ctx.document.blocks:
        if block.kind is BlockKind.HEADER:
            continue
        text = ctx.facts.blocks[block.index].normal
        if not any(mark in text for mark in _MARKS):
            continue
        titles = [m.span() for m in _TITLE.finditer(text)]
        for match in _PLACEHOLDER.finditer(text):
            start, end = match.span()
            if any(a < start < b for a, b in titles):
                continue
            yield Hit(
                Text(
                    f"模板占位符或填写说明未删：“{block.text[start:end]}”", f"left from the template: “{block.text[start:end]}”"
                ),
                (Place(Span(block.index, start, end)),),
                stated=block.text[start:end],
            )
            break
