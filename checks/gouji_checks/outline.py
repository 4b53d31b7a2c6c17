"""The numbering of a document as its authors print it, for the checks of headings and lists.

A series is a run of numbers of one style under one parent. A number that belongs to another style's series, because it was
typed 4、 where 四、 was meant, is odd: it is taken out of its own series before the series are built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import pairwise

from gouji.engine.kit import Block, BlockKind, Document, MarkerStyle, Place, Span
from gouji.model import patterns as re
from gouji.model.document import Marker
from gouji.model.record import record

MAIN = (MarkerStyle.CN, MarkerStyle.CN_PAREN)
ARABIC = (MarkerStyle.ARABIC_DOT, MarkerStyle.ARABIC_COMMA)
_ODD_STYLES = frozenset({*ARABIC, MarkerStyle.ARABIC_PAREN})
LISTED = frozenset({MarkerStyle.ARABIC_PAREN, MarkerStyle.ARABIC_HALF, MarkerStyle.CIRCLED})
_HEADINGS = frozenset({MarkerStyle.CHAPTER, *MAIN, *ARABIC, *LISTED})
_KINDS = frozenset({BlockKind.HEADING, BlockKind.LIST_ITEM})
_DIGITS = "零一二三四五六七八九"
_CAPITALS = "壹贰叁肆伍陆柒捌玖拾"  # as on a cheque
_HIGHEST = 99  # number that is printed in Chinese numerals
_RUN_ON = (  # numbers run on in a paragraph: what a number looks like, where it may stand, how the missing one is printed
    (
        "一是",
        re.compile(r"(?:(?<=[。；：，、\s])|^)([一二三四五六七八九])是(?![否非指])"),
        "{cn}是",
        "{cn}[是要、，则者）]|第{cn}",
    ),
    (
        "一要",
        re.compile(r"(?:(?<=[。；：，、\s])|^)([一二三四五六七八九])要(?![求点件素闻道地领么])"),
        "{cn}要",
        "{cn}[是要、，则者）]|第{cn}",
    ),
    (
        "其一",
        re.compile(r"(?:(?<=[。；：，、\s])|^)其([一二三四五六七八九])(?=[，、是：])"),
        "其{cn}",
        "其{cn}|{cn}[是要、]|第{cn}",
    ),
    ("第一，", re.compile(r"(?:(?<=[。；：\s])|^)第([一二三四五六七八九])(?=[，、：])"), "第{cn}", "第{cn}|{cn}[是要、]"),
    ("1.", re.compile(r"(?<=[。；：])\s?(\d{1,2})[.．、](?![\d.])"), "{n}.", "{n}[）、.．]|[（第]{cn}|{cn}[、是]"),
    *(
        (f"{word}1", re.compile(rf"(?:(?<=[。；：，])|^){word}(\d)(?=[：，:])"), f"{word}{{n}}", f"{word}{{n}}|{word}{{cn}}")
        for word in ("目标", "步骤", "措施", "任务", "问题", "阶段", "环节", "指标")
    ),
    ("①", re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])"), "{n}", "[①-⑳]"),
    ("（1）", re.compile(r"(?:(?<=[。；：，、\s])|^)（(\d{1,2})）"), "（{n}）", "{n}[）、.．]|[（第]{cn}|{cn}[、是]"),
)
RUN_ON_CUES = tuple(first for first, *_ in _RUN_ON)  # what a series run on in a paragraph begins with
_HEAD = re.compile(r"\s*(\d{1,2})[.．、]")
_NEW_PART = re.compile(r"报告|附件|附表|附录|情况|说明|方案|总结|部分|自评|目录|表$|公开|第.章")


@record(frozen=True, slots=True)
class Item:
    """A numbered block."""

    block: Block
    style: MarkerStyle
    number: int

    @property
    def words(self) -> str:
        """The text after the number."""
        marker = self.block.marker
        return self.block.text[marker.end if marker else 0 :].strip()

    @property
    def label(self) -> str:
        """The number as printed."""
        marker = self.block.marker
        printed = self.block.text[marker.start : marker.end].strip() if marker else ""
        return printed or numeral(self.style, self.number)

    def printed(self, number: int) -> str:
        """Another number of the series, printed as this one is."""
        if self.label[0] in _CAPITALS:
            return f"{_CAPITALS[number - 1]}、" if number <= len(_CAPITALS) else f"{_CAPITALS[-1]}{_CAPITALS[number - 11]}、"
        return numeral(self.style, number)

    def is_short(self) -> bool:
        """Whether it reads like a heading: few words and no final mark."""
        words = self.words
        return 0 < len(words) <= 40 and words[-1] not in "。；;：:，、" and "。" not in words

    def place(self, role: str = "stated") -> Place:
        """The number with its words."""
        text = self.block.text
        start = len(text) - len(text.lstrip())
        return Place(Span(self.block.index, start, min(len(text.rstrip()), start + 60)), role)


@record(slots=True)
class Series:
    """Numbers of one style under one parent, in reading order."""

    style: MarkerStyle
    items: list[Item] = field(default_factory=list)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1)


def chinese_number(printed: str) -> int:
    """The number of a Chinese numeral below a hundred; 0 for anything else."""
    tens, ten, units = printed.rpartition("十")
    if any(char not in _DIGITS for char in tens + units):
        return 0
    upper = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return upper + (_DIGITS.index(units) if units else 0)


def numeral(style: MarkerStyle, number: int) -> str:
    """A number as the style prints it; from a hundred on in digits."""
    if number > _HIGHEST:
        cn = str(number)
    else:
        tens = "" if number < 20 else _DIGITS[number // 10]
        cn = _DIGITS[number] if number < 10 else tens + "十" + (_DIGITS[number % 10] if number % 10 else "")
    if style is MarkerStyle.CIRCLED:
        return _circled(number)
    sample = str(style.value)
    return sample.replace("一", cn) if "一" in sample else sample.replace("1", str(number))


def items(document: Document) -> list[Item]:
    """The numbered blocks that can be headings or list items; 一是 never heads a section."""
    return [
        Item(block, block.marker.style, block.marker.number)
        for block in document.blocks
        if block.marker is not None and block.kind in _KINDS and block.marker.style in _HEADINGS
    ]


def odd_items(numbered: list[Item], level: int) -> list[Item]:
    """Headings that take their number from the series of `level` but print it in another style: 4、 where 四、 was meant."""
    return [
        item
        for item in numbered
        if item.block.kind is BlockKind.HEADING and item.block.level == level and item.style in _ODD_STYLES and item.is_short()
    ]


def series(document: Document) -> list[Series]:
    """All series of the document, without the odd items."""
    numbered = items(document)
    odd = {i.block.index for level in (1, 2) for i in odd_items(numbered, level)}
    stack: list[Series] = []
    found: list[Series] = []
    last = -1
    for item in numbered:
        if item.block.index in odd:
            continue
        heads = item.style in {MarkerStyle.CHAPTER, MarkerStyle.CN} or (stack and item.style is stack[0].style)
        if item.number == 1 and heads and begins_part(document, last, item.block.index):
            stack = []
        last = item.block.index
        _file(item, stack, found)
    return found


def _file(item: Item, stack: list[Series], found: list[Series]) -> None:
    """Put an item into the open series of its style, or open a new one below the ones that are open."""
    at = next((n for n, s in enumerate(stack) if s.style is item.style), None)
    if at is None and item.style in {MarkerStyle.CHAPTER, MarkerStyle.CN}:
        keep = 1 if item.style is MarkerStyle.CN and stack and stack[0].style is MarkerStyle.CHAPTER else 0
        del stack[keep:]
    if at is None:
        stack.append(Series(item.style))
        found.append(stack[-1])
    else:
        del stack[at + 1 :]
    stack[-1].items.append(item)


def resumes(run: Series, before: Item, after: Item) -> bool:
    """Whether `after` goes on with a series that another one, begun again at 1 and ended at `before`, interrupted."""
    if after.number == before.number + 1:
        return False
    earlier = run.items[: next(n for n, item in enumerate(run.items) if item is after)]
    return any(one.number == 1 and last.number == after.number - 1 for last, one in pairwise(earlier))


def begins_part(document: Document, before: int, index: int) -> bool:
    """Whether a title without a number stands between two numbered blocks: another report, an attachment, a part."""
    for block in document.blocks[before + 1 : index]:
        if block.marker is not None or before < 0:
            continue
        if block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            return True
        text = block.text.strip()
        if (
            block.kind is BlockKind.PARAGRAPH
            and 1 < len(text) <= 40
            and text[-1] not in "。；：，、"
            and _NEW_PART.search(text)
        ):
            return True
    return False


def is_printed_between(document: Document, before: int, after: int, style: MarkerStyle, number: int) -> bool:
    """Whether a missing number stands in the text between after all: run into a paragraph, in a table, in another style."""
    cn = numeral(MarkerStyle.CN, number).rstrip("、")
    forms = rf"(?:^|[。；;：:，\s）])(?:[（(]?\s?(?:{number}|{cn})\s?(?:[）)]|[、．.，,]|是)|第{cn}|[{chr(0x2460 + min(number, 20) - 1)}])"
    if style is MarkerStyle.CN:
        forms = rf"(?:^|[。；;：:\s]){cn}\s?[、．.，,：:]|^\s*{cn}\s|^\s*第{cn}"
    if style is MarkerStyle.CN_PAREN:
        forms = rf"[（(]\s?{cn}\s?[）)]|^\s*{cn}\s?[、．.]|{chr(0x3220 + min(number, 10) - 1)}"
    pattern = re.once(forms)
    return any(pattern.search(block.text) for block in document.blocks[before : after + 1])


def _value(printed: str) -> int:
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    return int(printed) if printed.isascii() else _DIGITS.index(printed)


def _headed(text: str, marker: Marker | None) -> tuple[int, re.Match[str]] | None:
    """The number that heads a paragraph in which others follow: 3.推行…。5.健全…"""
    if marker is None or marker.style not in ARABIC or "。" not in text:
        return None
    found = _HEAD.match(text)
    return (marker.number, found) if found is not None and int(found[1]) == marker.number else None


def run_on_faults(text: str, marker: Marker | None = None) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """The numbers run on in a paragraph that are out of order: the place before, the faulty place, the number expected.

    A series begins at one, or with the number that heads the paragraph. A number that stands between the two in another shape is
    not missing.
    """
    for first, pattern, shape, shapes in _RUN_ON:
        begun = _headed(text, marker) if first == "1." else None
        if first not in text and begun is None:
            continue
        before = begun
        for match in pattern.finditer(text):
            number = _value(match[1])
            if before is not None and number != 1 and before[0] + 1 != number and number - before[0] in {0, 2, 3}:
                due = before[0] + 1
                cn = _DIGITS[due] if due < len(_DIGITS) else str(due)
                between = text[before[1].end() : match.start()]
                repeated = number == before[0] and number > 1
                if repeated or (number > before[0] and not re.once(shapes.format(n=due, cn=cn)).search(between)):
                    yield before[1].span(), match.span(), _circled(due) if first == "①" else shape.format(n=due, cn=cn)
            if number == 1 or before is not None:
                before = (number, match)
