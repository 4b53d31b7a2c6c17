"""A list or table is announced and none comes."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, MarkerStyle, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose_with

_LIST = re.compile(
    r"(?:(?:具体|详细|主要|情况|内容|明细|分述|报告|汇报|说明|做法|措施|问题|建议)?如下|(?:主要)?包括|分别(?:是|为)|有以下[^，。；]{0,8}|表现在|(?:问题|做法|措施|原因|经验|建议|困难|成效)(?:主要)?(?:有|是|为|如下))\s?：\s*$"
)
_TABLE = re.compile(r"(?:见|如)下表(?:所示|所列)?\s?[。：]?\s*$")
# What may be a table in a text without rows: columns set apart by blanks or bars, or short lines, a cell each.
_COLUMNS = re.compile(r"\S(?:\s{2,}|\t|\s?[|｜│]\s?)\S+(?:\s{2,}|\t|\s?[|｜│]\s?)\S")
_CAPTION = re.compile(r"^\s*(?:附?表\s?[\d一二三四五六七八九十]|续表|单位：)")
_CELLS = re.compile(r"(?!\s*(?:20\d\d|二〇)[^年]{0,3}年)(?=[^\n]*\d)[^。；，\n]{1,60}")
_WHOLE_SENTENCE = re.compile(r"[^。]{8,}。")
# The text goes on as if the list had been given: 通过以上制度，….
_POINTS_BACK = re.compile(r"(?:通过|经过|按照|根据|对)?(?:以上|上述)(?![^。；]{0,30}：)")
_THREE = 3  # classes: of two the other may be told of in other words
# 分为服务、资源、活动三类：服务类…；活动类…: the classes named, and how many they are said to be.
_CLASSES = re.compile(
    r"分为(?P<names>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){1,5}(?:[和及与][\u4e00-\u9fff]{2,4})?)(?:等)?[两二三四五六七](?:个)?(?P<kind>类|方面|部分|层面|板块)："
)
# 分为三个标段，一标段…，三标段…: how many parts there are said to be, and the numbers of those told of.
_PARTS = re.compile(r"分为?(?:为|成)?(?P<n>[两二三四五六])(?:个)?(?P<kind>标段|标包|阶段|批次?|片区|期)(?!以)")
_JOINT = re.compile(r"(?P<nos>[一二三四五六])[、和及与]第?[一二三四五六](?=标段|标包|阶段|批|片区|期)")
_PART = re.compile(r"第?(?P<no>[一二三四五六])(?P<kind>标段|标包|阶段|批|片区|期)")
_REST = re.compile(r"其余|其他|剩余|余下|后[两二三]|前[两二三]|最后|末|首批|首期|各|分别|均|尾")
_NUMBERS = "零一二三四五六"
# What cannot be told without a figure, and is said to follow: 总体得分及等级如下：.
_FIGURES = re.compile(
    r"(?:得分|分值|评分|分数|金额|支出|收支|收入|执行率|完成率|构成|数量|人数|数据|资金|经费)[\u4e00-\u9fff]{0,6}如下\s?：\s*$"
)
_DIGIT = re.compile(r"\d|[一二三四五六七八九十]是|详见|见附|附件|附表")
_TOLD = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})
_BODY = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ROW})


@check(
    code="ST118",
    name="announced-missing",
    theme="structure",
    severity=Severity.WARNING,
    zh="预告的列举或表格没有出现",
    en="a list or table is announced and none comes",
)
def announced_missing(ctx: AuditContext) -> Iterator[Hit]:
    """A list or table is announced and none comes.

    What it does
    Reports a paragraph that ends 如下：, 主要包括： or 见下表 where the next section, or nothing at all, follows;
    also 见下表 where running text goes on and no table stands in the rest of the report, and the one class that is named
    nowhere again where all others head a clause (分为服务、资源、活动三类：服务类…；活动类…), or the one part without its number (分为三个标段，一标段…，三标段…).

    Why is this bad
    What was announced was deleted; figures may have gone with it.

    Example
    Flagged::

        一、资金情况
        全年支出构成具体如下：
        二、绩效情况
        任务已完成。
        ----
        一、资金情况
        各项支出的构成见下表：
        上述支出均有凭证，与账簿核对相符。
        二、绩效情况
        任务已完成。

    Accepted::

        一、资金情况
        全年支出构成具体如下：
        1.人员经费80万元。
        2.公用经费20万元。
        二、绩效情况
        现将情况报告如下：
        （一）产出情况
        任务已完成。
        ----
        一、资金情况
        各项支出的构成见下表：
        项目    预算    支出
        人员    80    80
        上述支出均有凭证，与账簿核对相符。
        ----
        一、资金情况
        各项支出的构成见下表：
        上述支出均有凭证，与账簿核对相符。
        人员 80 80
        公用 20 20

    Rests on
    None: what is announced is to be given.
    """
    if ctx.document.unread:
        return
    yield from _part_left_out(ctx)
    blocks = [b for b in ctx.document.blocks if b.kind in _BODY and b.text.strip()]
    classes, tables = ctx.wording.having("分为"), ctx.wording.having("下表")
    for at, block in enumerate(blocks):
        if block.index in classes and "：" in block.text and block.kind is not BlockKind.ROW:
            behind = "\n".join(b.text for b in blocks[at + 1 :])
            for found, name in _left_out(ctx.facts.blocks[block.index].normal, behind):
                yield Hit(
                    Text(f"预告的“{name}”没有出现：“{found.group()}”", f"“{name}” is announced and does not come"),
                    (Place(Span(block.index, found.start(), found.end())),),
                    stated=name,
                )
        text = ctx.facts.blocks[block.index].normal
        if (block.index not in tables and not text.rstrip().endswith("：")) or block.kind not in _TOLD:
            continue
        table = _TABLE.search(text, max(0, len(text) - 16))
        match = _LIST.search(text, max(0, len(text) - 30)) or table
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if match and (
            _ends_here(block, following)
            or _points_back(block, following)
            or _goes_on(blocks[at + 1 :], table, _FIGURES.search(text))
        ):
            yield Hit(
                Text(f"“{match.group().strip()}”之后没有下文", f"nothing follows “{match.group().strip()}”"),
                (Place(Span(block.index, match.start(), match.end())),),
            )


def _part_left_out(ctx: AuditContext) -> Iterator[Hit]:
    """The one part of those announced that is named nowhere, where two others and more are told of in the same paragraph."""
    for block in prose_with(ctx, "个标段", "个标包", "个阶段", "批", "个片区", "期"):
        text = ctx.facts.blocks[block.index].normal
        for match in _PARTS.finditer(text):
            kind, number = match["kind"].removesuffix("次"), 2 if match["n"] == "两" else _NUMBERS.index(match["n"])
            rest = text[match.end() :]
            told = {_NUMBERS.index(m["no"]) for m in _PART.finditer(rest) if m["kind"] == kind}
            told |= {_NUMBERS.index(no) for m in _JOINT.finditer(rest) for no in m["nos"]}  # 三、四标段相加26公里
            missing = set(range(1, number + 1)) - told
            if len(told) < _TOLD_OF or len(missing) != 1 or max(told) > number or _REST.search(rest):
                continue
            name = f"{_NUMBERS[missing.pop()]}{kind}"
            if name not in ctx.wording.whole.replace(match[0], ""):
                yield Hit(
                    Text(f"预告的“{name}”没有出现：“{match[0]}”", f"“{name}” is announced and does not come"),
                    (Place(Span(block.index, match.start(), match.end())),),
                    stated=name,
                )


_TOLD_OF = 2  # parts told of, for the other to be missed


def _left_out(text: str, behind: str) -> Iterator[tuple[re.Match[str], str]]:
    """The one class of those announced that is not told of, where all others head a clause of the same paragraph."""
    for match in _CLASSES.finditer(text):
        names, kind = re.split(r"[、和及与]", match["names"]), match["kind"][0]
        rest = text[match.end() :]
        missing = [name for name in names if not re.once(rf"(?:^|[；。，：）]){name}{kind}").search(rest)]
        if len(missing) == 1 and len(names) >= _THREE and missing[0] not in rest and missing[0] + kind not in behind:
            yield match, missing[0]


def _points_back(block: Block, following: Block | None) -> bool:
    """Whether the next paragraph speaks of what was listed, and nothing was."""
    plain = following is not None and following.kind is BlockKind.PARAGRAPH and following.marker is None
    return plain and following is not None and "如下" in block.text[-12:] and bool(_POINTS_BACK.match(following.text.strip()))


def _goes_on(rest: list[Block], table: re.Match[str] | None, figures: re.Match[str] | None) -> bool:
    """Whether text follows where a table was announced, or text without a figure where figures were, and nowhere anything like a table."""
    if not (table or (figures and rest and not _DIGIT.search(rest[0].text))):
        return False
    return (
        bool(rest)
        and rest[0].kind is BlockKind.PARAGRAPH
        and bool(_WHOLE_SENTENCE.match(rest[0].text.strip()))
        and not any(_may_be_table(block) for block in rest)
    )


def _may_be_table(block: Block) -> bool:
    """Whether a block is a row, a caption, aligned columns, or figures without a sentence about them."""
    if block.kind is BlockKind.ROW or _COLUMNS.search(block.text) or _CAPTION.match(block.text):
        return True
    return block.kind is not BlockKind.HEADING and bool(_CELLS.fullmatch(block.text.strip()))


def _ends_here(block: Block, following: Block | None) -> bool:
    """Whether the section is over: the text ends, or a heading follows that is not the first of a list."""
    if following is None:
        return True
    if following.marker is None or following.kind not in {BlockKind.HEADING, BlockKind.LIST_ITEM}:
        return False
    if following.kind is BlockKind.LIST_ITEM:  # a run-in heading behind a paragraph that has none
        return (
            following.marker.style is MarkerStyle.CN_PAREN and following.marker.number > 1 and block.kind is BlockKind.PARAGRAPH
        )
    upper = following.marker.style in {MarkerStyle.CN, MarkerStyle.CN_PAREN, MarkerStyle.CHAPTER}
    if not upper or following.marker.number == 1:
        return False
    if block.marker is None:
        return following.parent is None or following.parent != block.parent
    return block.marker.style is following.marker.style and following.marker.number == block.marker.number + 1
