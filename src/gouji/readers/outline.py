"""The outline of a document: its title, which blocks are headings, of which level, and under which heading a block stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.model import patterns as re
from gouji.model.document import Block, BlockKind, Marker, MarkerStyle
from gouji.readers.raw import Raw, RawParagraph
from gouji.text.markers import parse_marker

LEVELS = {
    MarkerStyle.CHAPTER: 0,
    MarkerStyle.CN: 1,
    MarkerStyle.CN_PAREN: 2,
    MarkerStyle.ARABIC_DOT: 3,
    MarkerStyle.ARABIC_COMMA: 3,
    MarkerStyle.ARABIC_PAREN: 4,
    MarkerStyle.ARABIC_HALF: 4,
    MarkerStyle.CIRCLED: 4,
}
_TWINS = {  # what a conversion makes of Word's automatic 一、 and （一）
    MarkerStyle.ARABIC_COMMA: MarkerStyle.CN,
    MarkerStyle.ARABIC_DOT: MarkerStyle.CN,
    MarkerStyle.ARABIC_PAREN: MarkerStyle.CN_PAREN,
}
_UPPER = (MarkerStyle.CHAPTER, MarkerStyle.CN, MarkerStyle.CN_PAREN)
_TITLE_LENGTH, _HEADING_LENGTH, _TITLE_LINES = 50, 60, 6
_ATTACHMENT = re.compile(r"\s*附\s*[件表录]?\s*[\d０-９一二三四五六七八九十]*\s*[-－\d]*\s*[:：]?\s*$")
_TITLE_END = re.compile(
    r"(?:报告|报告书|说明|自评表|评价表|申报表|目标表|总结|方案|情况|公开|决算|预算|汇报|自评|评价|情况表|表|材料|自评结果|评价结果|分析|综述|简报|摘要|汇编|述评|答问|自查)\s*(?:[（(][^）)]*[）)])?\s*$"
)
_LETTERHEAD = re.compile(r"〔\s*\d{4}\s*〕\s*\d+\s*号\s*$|文\s*件\s*$|^\s*公开\s*\d+\s*表\s*$|^\s*机密|^\s*急件")
_WHOLE_TITLE = re.compile(r"(?:报告|报告书|总结|汇报|自评表)\s*$")
_SENTENCE = re.compile(r"[。！？；!?;]")
_STOP = re.compile(r"[。！？；：，!?;:]")
_FIGURES = re.compile(r"\d[\d,.]*\s*(?:[万亿]?元|[%％]|分$)")
_LEADER = re.compile(r"(?:[.．…·]{2,}|\t|\s{2,})\s*\d{1,3}\s*$")
_PAGE = re.compile(r"[\s.．…·]+\d{1,3}\s*$")  # of an entry in a table of contents
_ANNEX_LIST = re.compile(r"\s*附\s*[件表录注]?\s*[:：]\s*一\s*[、.．]")
_CONTENTS = re.compile(r"\s*目\s*录\s*$")


def title_span(raws: Sequence[Raw]) -> tuple[int, int] | None:
    """Which of the first raws are the title's lines, as a half-open range; an 附件 line before it is none of them."""
    lines: list[str] = []
    start = None
    for at, raw in enumerate(raws[: _TITLE_LINES + 4]):
        if not isinstance(raw, RawParagraph) or len(lines) == _TITLE_LINES:
            break
        text = raw.text.strip()
        if start is None and (not text or _ATTACHMENT.match(text) or _LETTERHEAD.search(text)):
            continue
        if not text or not _title_like(raw, text) or _LETTERHEAD.search(text):
            break
        start = at if start is None else start
        lines.append(text)
        if _WHOLE_TITLE.search("".join(lines)):  # over the lines' joint: a title may break inside 报告
            break
    if start is None:
        return None
    styled = [i for i in range(len(lines)) if _styled(raws[start + i])]
    ends = [i for i in range(len(lines)) if _TITLE_END.search("".join(lines[: i + 1]))]
    if ends:
        return start, start + ends[-1] + 1
    if styled and styled[0] == 0:
        return start, start + max(i for i in range(len(styled)) if styled[i] == i) + 1
    return None


def _styled(raw: Raw) -> bool:
    return isinstance(raw, RawParagraph) and raw.heading == 0


def _title_like(raw: RawParagraph, text: str) -> bool:
    if raw.heading == 0:
        return True
    return len(text) <= _TITLE_LENGTH and not raw.number and _STOP.search(text) is None and parse_marker(text) is None


def kind_of(text: str, marker: Marker | None, style: int | None) -> BlockKind:
    """Heading, list item or paragraph, by the words of the block alone."""
    if style is not None and len(text) <= 2 * _HEADING_LENGTH and not text.endswith("。"):
        return BlockKind.HEADING
    if marker is None:
        return BlockKind.PARAGRAPH
    words = text[marker.end :].strip()
    upper = marker.style in _UPPER
    if marker.style not in LEVELS or not words or len(words) > _HEADING_LENGTH:
        return BlockKind.LIST_ITEM
    if _LEADER.search(words):
        return BlockKind.PARAGRAPH
    inner = words.rstrip("。：:") if upper else words.rstrip("：:")
    if _SENTENCE.search(inner) or "：" in inner or ":" in inner:
        return BlockKind.LIST_ITEM
    ended = words.endswith("。")
    if ended and len(words) > 40:
        return BlockKind.LIST_ITEM
    return BlockKind.LIST_ITEM if (ended or not upper) and _FIGURES.search(words) else BlockKind.HEADING


def outline(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with kinds revised by their neighbours, levels of headings, and parents."""
    revised = _lists(_annexes(_contents(list(blocks))))
    levels = _levels(revised)
    done: list[Block] = []
    open_: list[tuple[int, int]] = []  # level, index
    for block in revised:
        level = levels.get(block.index)
        if level is not None:
            while open_ and open_[-1][0] >= level:
                open_.pop()
        parent = open_[-1][1] if open_ else None
        if level is not None:
            open_.append((level, block.index))
        in_flow = block.kind not in (BlockKind.NOTE, BlockKind.HEADER, BlockKind.TITLE)
        done.append(block.placed(level, parent if in_flow else None))
    return done


def _contents(blocks: list[Block]) -> list[Block]:
    """The entries of a table of contents (目录) are no headings."""
    start = next((b.index for b in blocks[:60] if _CONTENTS.match(b.text)), None)
    if start is None or start + 1 >= len(blocks):
        return blocks
    first = _entry(blocks[start + 1].text)
    stop = next((b.index for b in blocks[start + 2 :] if _entry(b.text) == first), None)
    if stop is None:
        return blocks
    for block in blocks[start + 1 : stop]:
        if block.kind is BlockKind.HEADING:
            blocks[block.index] = replace(block, kind=BlockKind.PARAGRAPH)
    return blocks


def _annexes(blocks: list[Block]) -> list[Block]:
    """The annexes listed below a text in Chinese numerals (附表：一、… and 二、… on lines of their own) are no headings."""
    for block in blocks:
        due = 2 if _ANNEX_LIST.match(block.text) else 0
        for below in blocks[block.index + 1 :] if due else ():
            if below.marker is None or below.marker.style is not MarkerStyle.CN or below.marker.number != due:
                break
            blocks[below.index] = replace(below, kind=BlockKind.PARAGRAPH)
            due += 1
    return blocks


def _entry(text: str) -> str:
    return re.sub(r"\s+", "", _PAGE.sub("", text))


def _lists(blocks: list[Block]) -> list[Block]:
    """Headings that turn out to be items: with a full stop and nothing under them, or three and more in a row without a text."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        bare = below is None or (below.kind is BlockKind.HEADING and _rank(below) <= _rank(block)) or _next_of(block, below)
        if block.kind is BlockKind.HEADING and block.marker is not None and block.text.endswith("。") and bare:
            blocks[block.index] = replace(block, kind=BlockKind.LIST_ITEM)
    at = 0
    while at < len(blocks):
        run = at
        while run < len(blocks) and _low_heading(blocks[run]) and (run == at or _next_of(blocks[run - 1], blocks[run])):
            run += 1
        upper = run - at >= 3 and _rank(blocks[at]) < LEVELS[MarkerStyle.ARABIC_DOT]
        if run - at >= 3 and not (upper and run < len(blocks) and _rank(blocks[run]) > _rank(blocks[at])):
            for index in range(at, run):
                blocks[index] = replace(blocks[index], kind=BlockKind.LIST_ITEM)
        at = max(run, at + 1)
    return blocks


def _rank(block: Block) -> int:
    return LEVELS.get(block.marker.style, 9) if block.marker is not None else 9


def _low_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.marker is not None and block.marker.style not in _UPPER[:2]


def _next_of(before: Block, block: Block) -> bool:
    a, b = before.marker, block.marker
    return a is not None and b is not None and a.style is b.style and b.number == a.number + 1


def _levels(blocks: Sequence[Block]) -> dict[int, int]:
    """The level of every heading: that of its marker's style, unless it takes its number from the series above."""
    marked = [b for b in blocks if b.marker is not None and b.marker.style in LEVELS and b.kind is not BlockKind.ROW]
    upper_after: dict[MarkerStyle, Block | None] = {}
    after: list[dict[MarkerStyle, Block | None]] = []
    for block in reversed(marked):
        after.append(dict(upper_after))
        if block.kind is BlockKind.HEADING and block.marker is not None:
            if block.marker.style is MarkerStyle.CN:
                upper_after.pop(MarkerStyle.CN_PAREN, None)
            upper_after[block.marker.style] = block
    after.reverse()
    levels: dict[int, int] = {}
    last: dict[MarkerStyle, int] = {}
    headed = False  # an arabic heading is open: （一） under it does not begin its series anew
    for block, ahead in zip(marked, after, strict=True):
        marker = block.marker
        if marker is None:
            continue
        level = LEVELS[marker.style]
        if block.kind is BlockKind.HEADING:
            twin = _TWINS.get(marker.style)
            if twin is not None and _belongs_above(marker, twin, last, ahead):
                level = LEVELS[twin]
                _forget(last, level)
                last[twin] = marker.number
                levels[block.index] = level
                headed = False
                continue
            levels[block.index] = level
        inverted = marker.style is MarkerStyle.CN_PAREN and marker.number == 1 and marker.style not in last and headed
        if marker.style in _UPPER and not inverted:
            _forget(last, level)
            headed = False
        headed = headed or (block.kind is BlockKind.HEADING and level == LEVELS[MarkerStyle.ARABIC_DOT])
        last[marker.style] = marker.number
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.index not in levels:
            levels[block.index] = _style_level(block)
    return levels


def _style_level(block: Block) -> int:
    return block.level if block.level is not None else 1


def _forget(last: dict[MarkerStyle, int], level: int) -> None:
    """A heading of `level` begins every deeper series anew."""
    for style in [s for s in last if LEVELS[s] > level]:
        del last[style]


def _belongs_above(
    marker: Marker, twin: MarkerStyle, last: dict[MarkerStyle, int], ahead: dict[MarkerStyle, Block | None]
) -> bool:
    """Whether an arabic heading is one of the Chinese-numbered series above it whose number a conversion has changed."""
    own = last.get(marker.style)
    above = last.get(twin)
    if own is not None and marker.number == own + 1:
        return False
    coming = ahead.get(twin)
    fits_before = above is not None and marker.number == above + 1
    fits_after = coming is not None and coming.marker is not None and coming.marker.number == marker.number + 1
    if marker.number == 1:
        return above is None and fits_after
    child = ahead.get(MarkerStyle.CN_PAREN) if twin is MarkerStyle.CN else None
    heads = child is not None and child.marker is not None and child.marker.number == 1 and MarkerStyle.CN_PAREN not in last
    return fits_before or fits_after or heads
