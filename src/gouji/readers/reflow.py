"""Hard-wrapped lines -> paragraphs, for every format.

A reader that knows whether a paragraph goes on says so (`RawParagraph.continues`); where it does not know, the words decide.
The characters of the lines are kept as they are: without its blanks the joined text equals the lines without theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.model import patterns as re
from gouji.model.document import Marker, Piece
from gouji.model.record import record
from gouji.readers.raw import Raw, RawParagraph
from gouji.text.markers import parse_marker

_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》】\]〕\"']*\s*$")
_TAILS = re.compile(r"[，、,（(“‘《〈【〔—\-/＋+]\s*$")  # a sentence cannot end on these
_HEADS = re.compile(r"\s*[，。、；：！？）)》”’】〕」』%％‰,;!?]")  # nor can a paragraph begin with these
_ONLY_MARKS = re.compile(r"\s*[，。、；：！？（）()《》“”‘’【】〔〕,.;:!?/+\-—]+\s*$")
_DANGLING = re.compile(r"[的和与及或对将把被在为从于并向以由按使让给其各]$")
_NUMBER_END = re.compile(r"[\d０-９][.．,，]?\s*$")
_NUMBER_GOES_ON = re.compile(r"\s*(?:[\d０-９]|[万亿]?元|[年月日%％个人名次项件])")
_FIGURE = re.compile(r"\s*[-－]?[\d,.，．]+\s*[%％]?\s*$")
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN = re.compile(r"[A-Za-z]")
_PART = re.compile(r"[，、。；：,]")
_STARTER = re.compile(
    r"\s*(?:\d{4}年|截[至止]|[我本][局单部院校会办中]|全年|根据|按照|依据|同时|此外|另外|综上|总之|附件|附表|附：|表\s*\d|图\s*\d|注[：:1-9]"
    r"|[^，。；：、]{2,14}(?<!原因)：)"
)
_SUBJECT_GOES_ON = re.compile(r"[^（，。；]{0,16}（项）")  # …（类）…（款）… | …（项）: 政府收支分类科目
_SUBJECT = re.compile(r"（[类款]）[^（，。；]{0,16}$")
_AMOUNT_HEAD = re.compile(r"\d[\d,，.]*\s?(?:[万亿]?元|[%％])\s?[。，；,;]")
_VALUE = re.compile(r"(?:为|是)$")
_SENTENCE_WITH_SUMS = re.compile(r"\d\s?[万亿]?元[^。]*[，,]")
_ATTACHMENT = re.compile(r"\s*(?:附件|附表|附：|表\s*\d|注[：:]|单位[：:]|[（(]此页无正文)")
DATE_LINE = re.compile(
    r"\s*(?:\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)\s*$"
)
ORG_LINE = re.compile(
    r"\s*[^，。；：、\d]{2,40}(?:局|委员会|政协|办公室|厅|院|中心|政府|委|会|所|站|校|学|公司|部|处|队|办|社|团|馆|园|大学|军|科|（盖章）|\(盖章\))\s*$"
)
_OPENS = re.compile(
    r"【[^】]{1,16}】[^，。；、]|[A-H]\d{1,2}[ \u3000][\u4e00-\u9fff“]|[◆◇■□●○▲△★☆※]\s?[\u4e00-\u9fff]"
)  # a line of its own, whatever the one before ends with
_INDENT = re.compile(r"\f?(?:\u3000| {2}|\t|\xa0)")
_UNIT_LABEL = re.compile(r"单\s*位\s*[：:]$")
_UNIT = re.compile(r"(?:[万亿千]?元|人|个)$")
_COUNTED = "一二三四五六七八九"
_ALONE = set("优良中差好无是否有人次个元件户项月年日天计量名份分高低达注男女")
_SHORTER = 10  # half characters by which a wrapped line of figures may fall short of the others
_SHORT_HEADING = 60
_BODY = 25  # characters below which an unmarked line without a comma is taken for a heading or a cell
_OPEN, _CLOSE = "（(《“【〔", "）)》”】〕"


def width(text: str) -> int:
    """The width of a line in half characters."""
    return len(text.encode("gb18030", "replace"))


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which the document's lines are wrapped, or None where they are not."""
    widths = sorted(w for line in lines if (w := width(line.rstrip())) >= 30)
    if len(widths) < 4:
        return None
    top = widths[int(len(widths) * 0.95) - 1] if len(widths) >= 20 else widths[-1]
    near = sum(top - 6 <= w <= top + 4 for w in widths)
    return top if near >= 3 and near * 5 >= len(widths) * 2 and top <= 160 else None


@record(frozen=True, slots=True)
class _Page:
    """How the document's lines are set: wrapped at `limit` half characters or not at all, paragraphs indented or not."""

    limit: int | None
    indents: bool
    blanks: bool  # blank lines divide the paragraphs

    def full(self, line: str) -> bool:
        """Whether a line reaches the right margin."""
        return self.limit is not None and self.limit - 6 <= width(line.rstrip()) <= self.limit + 4

    def adjoin(self, before: RawParagraph, after: RawParagraph) -> bool:
        """Whether the layout says that `after` begins no paragraph, whatever the words say."""
        if before.line is None or after.line is None or after.line - before.line != 1:
            return False
        return self.indents or self.blanks


def _page(raws: Sequence[Raw]) -> _Page:
    body = [r for r in raws if isinstance(r, RawParagraph) and r.part == "body"]
    limit = wrap_width([r.text for r in body])
    if limit is None:
        return _Page(None, indents=False, blanks=False)
    steps = [b.line - a.line for a, b in pairwise(body) if a.line is not None and b.line is not None]
    indents = sum(_INDENT.match(r.text) is not None for r in body)
    gaps = sum(step > 1 for step in steps)
    return _Page(limit, indents=2 <= indents <= 0.7 * len(body), blanks=2 <= gaps <= 0.7 * len(steps))


def reflow(raws: Sequence[Raw]) -> list[Raw]:
    """The same raws with the lines of one paragraph joined."""
    page = _page(raws)
    joined: list[Raw] = []
    group: list[RawParagraph] = []
    for raw in raws:
        if not isinstance(raw, RawParagraph):
            _close(group, joined)
            joined.append(raw)
            continue
        if not raw.text.strip():
            continue
        if group and not _joins(group, raw, page):
            _close(group, joined)
        group.append(raw)
    _close(group, joined)
    return joined


def _close(group: list[RawParagraph], out: list[Raw]) -> None:
    if group:
        out.append(group[0] if len(group) == 1 else merge(group))
        group.clear()


def merge(lines: Sequence[RawParagraph]) -> RawParagraph:
    """One paragraph out of several lines; the pieces keep their place."""
    text = lines[0].text.rstrip()
    pieces: list[Piece] = list(lines[0].pieces)
    for line in lines[1:]:
        words = line.text.strip()
        glue = " " if _LATIN.match(words) and _LATIN.match(text[-1:]) else ""
        shift = len(text) + len(glue) - (len(line.text) - len(line.text.lstrip()))
        pieces.extend(Piece(max(p.start + shift, len(text)), max(p.end + shift, len(text)), p.box) for p in line.pieces)
        text += glue + words
    return replace(lines[0], text=text, pieces=tuple(pieces), continues=lines[-1].continues)


def _joins(group: Sequence[RawParagraph], after: RawParagraph, page: _Page) -> bool:
    """Whether `after` goes on in the paragraph whose lines so far are `group`."""
    head, before = group[0], group[-1]
    if before.part != after.part or head.heading is not None or after.heading is not None or after.number:
        return False
    if before.continues is not None:
        return before.continues
    last, words = "".join(line.text.strip() for line in group[-3:]), after.text.strip()
    if _ONLY_MARKS.match(words) or (_HEADS.match(words) and parse_marker(words) is None):
        return True
    if _UNIT_LABEL.search(last) and _UNIT.match(words):
        return True
    if after.pieces and _in_series(group, words):
        return True
    if parse_marker(words) is not None or _ATTACHMENT.match(words) or _signs(last) or _signs(words):
        return False
    if page.indents and _INDENT.match(after.text):
        return False
    if _OPENS.match(words) and not _TAILS.search(last):
        return False
    if _ENDS.search(last):
        return page.full(before.text) and page.adjoin(before, after) and _prose(group)
    if _broken(last, words) or _opened(group, words) or _orphan(last, words):
        return True
    return _wrapped(group, words, page)


def _in_series(group: Sequence[RawParagraph], words: str) -> bool:
    """A line on a page that begins with 三是, while 二是 stands inside the paragraph before it, goes on in that paragraph."""
    at = _COUNTED.find(words[:1])
    if at < 1 or words[1:2] != "是":
        return False
    return any(line.text.find(f"{_COUNTED[at - 1]}是", 0 if number else 2) >= 0 for number, line in enumerate(group))


def _prose(group: Sequence[RawParagraph]) -> bool:
    """The paragraph so far is running text, not a heading or an item of one line."""
    return len(group) > 1 or parse_marker(_numbered(group[0])) is None


def _numbered(line: RawParagraph) -> str:
    """The line with the number that Word prints before it."""
    return (line.number or "") + line.text.strip()


def _orphan(last: str, words: str) -> bool:
    """One character alone, torn off the end of the line before."""
    return (
        len(words) == 1 and "\u4e00" <= words <= "\u9fff" and words not in _ALONE and len(last) >= 8 and not last[-1].isdigit()
    )


def _signs(text: str) -> bool:
    """A line of the signature (落款): a date alone, or an organisation alone."""
    return DATE_LINE.match(text) is not None or (len(text) <= 24 and ORG_LINE.match(text) is not None)


def _broken(last: str, words: str) -> bool:
    """The break falls where no sentence can end: after a comma, inside a number or a word."""
    if _TAILS.search(last):
        return True
    if _SUBJECT.search(last) and _SUBJECT_GOES_ON.match(words):
        return True
    if (_VALUE.search(last) and words[0].isdigit()) or (last.endswith("以") and words.startswith("下")):
        return True  # 年初预算为 | 256.44万元; 用于以 | 下方面
    if _AMOUNT_HEAD.match(words):
        return True  # 收入支出总计 | 4733.14万元。
    if _FIGURE.match(last) and words[0].isdigit():
        return False  # two cells, not one figure
    if _NUMBER_END.search(last) and _NUMBER_GOES_ON.match(words):
        return True
    return _LATIN_END.search(last) is not None and words[0].islower() and words[0].isascii()


def _opened(group: Sequence[RawParagraph], words: str) -> bool:
    """A bracket or a quote is still open at the end of the last line."""
    last = group[-1].text
    if last.count("“") > last.count("”") and -1 < words.find("”") < (words.find("“") % (len(words) + 1)):
        return True  # “…（类）…（款） | …（项）”
    opened = sum(map(last.count, _OPEN)) - sum(map(last.count, _CLOSE))
    return opened > 0 and max(map(last.rfind, _OPEN)) > max(map(last.rfind, _CLOSE))


def _wrapped(group: Sequence[RawParagraph], words: str, page: _Page) -> bool:
    """The words do not say; the widths and the look of the two lines do."""
    first, last = _numbered(group[0]), group[-1].text.rstrip()
    limit = page.limit
    full = limit is not None and page.full(last) and width(words) <= limit + 4
    marker = parse_marker(first) if len(group) == 1 else None
    if marker is not None and _heading_like(first, marker):
        if limit is not None and width(last) >= limit - _SHORTER and _SENTENCE_WITH_SUMS.search(first):
            return not _STARTER.match(words)  # （一）总收入581.45万元，其中本年收 | 入390.55万元
        return full or _DANGLING.search(last) is not None
    if full:
        return True
    if limit is not None and width(last) < limit - 6 and width(last) < 2 * _BODY:
        return False
    if len(last) < _BODY or _PART.search(last) is None or _STARTER.match(words):
        return False
    return len(words) >= _BODY or _PART.search(words) is not None or _ENDS.search(words) is not None


def _heading_like(text: str, marker: Marker) -> bool:
    return len(text) <= _SHORT_HEADING and re.search(r"[。！？；]", text[marker.end :]) is None
