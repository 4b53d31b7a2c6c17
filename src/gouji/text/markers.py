"""List and heading markers at the head of a text: 壹、 一、 （一） 1. 1、 （1） 1） ① 一是 第一， 第一部分.

Multi-level numbers (1.1, 1.1.1) are read as `ARABIC_DOT` with their last number: 1.2 is the second of its parent. Two levels are
believed only where a blank or a 、 follows or where the line is short and no unit follows, because 1.5 is far more often a figure.
"""

from __future__ import annotations

from functools import lru_cache

from gouji.model import patterns as re
from gouji.model.document import Marker, MarkerStyle
from gouji.text.normal import normal, printed_as
from gouji.text.numerals import parse_chinese

LEFTOVER = re.compile(
    r"(?:\[(?:bookmark|书签)[:：][^\]]*\]|错误[！!]未定义书签。?)\s*"
)  # what a conversion leaves before the words
_CN = "一二三四五六七八九十百零〇"
_UNIT = "万亿千百元%‰个人名次项件户公里米平亩吨倍分届年月日天岁度小时台辆套册本篇场期类级位家所处批条美斤克升"
UNIT_WORD = (  # words that begin like a unit: 1.2 分解, 2.1 项目支出, 3.3 人员情况
    r"分[解析配工类项单内年月级期批段部区县管层阶]|年[度初末底]|月[度均]|日常|项目|人[员才均口]|个[人别体案]|件均|处[置理罚]|家[庭属]|名[称单]|期[限间末初]"
    r"|场[所地馆]|类[别型]|级[别次]|平[均台安]|小[型学区微计]|批[复次准]|条[件例]|时[间效限]|所[属需]|位置|本[级部单年期项]|台账|户[均籍]|公[用共务车开示益路]"
    r"|度量|升级|美[丽化]|吨位|倍增|亩均|次[均要]|天然|篇[幅章]"
)
_PATTERN = re.compile(
    rf"""
    (?P<chapter>第\s*(?P<chapter_n>[{_CN}]+|\d{{1,2}})\s*(?:部分|章|节|篇|编)(?![的中和及、])[：、.]?)
  | (?P<capital>[壹贰叁肆伍陆柒捌玖拾]{{1,2}})\s*、
  | 第(?P<ordinal>[{_CN}]{{1,2}}|\d{{1,2}})[，,、：]
  | (?P<cn_is>[{_CN}]{{1,3}})是(?!否|非)
  | (?P<cn>[{_CN}]{{1,3}})\s*(?:、(?![{_CN}]+[、至]?[{_CN}]*(?:季|月|级|类|批|年|届|次|期|等|线|楼|名|个|产|者|中全会))|[.](?!\d))
  | （\s*(?P<cn_paren>[{_CN}]{{1,3}})\s*）[、.]?
  | （\s*(?P<paren>\d{{1,3}})\s*）[、.]?
  | (?P<half>\d{{1,3}})\s*）[、.]?
  | (?P<comma>\d{{1,3}})\s*、(?!\d+\s*(?:[、，,月日号季和至到\-—~～]|\d*$))
  | (?P<deep>\d{{1,2}}(?:\.\d{{1,2}}){{2,3}})(?:\.(?!\d)|、|(?![\d.]))
  | (?P<two>[1-9]\d?\.[1-9]\d?)(?P<two_end>[.、](?!\d)|\s+(?:(?={UNIT_WORD})|(?![{_UNIT}\d]))|(?=[\u4e00-\u9fff])(?![{_UNIT}]))
  | (?P<dot>\d{{1,2}})\s*\.(?:(?!\d)|(?=(?:19|20)\d\d\s*年))
  | (?P<sign>[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇⒈-⒛㈠-㈩])[、.]?
    """,
    re.VERBOSE,
)
_STYLES = {
    "ordinal": MarkerStyle.CN_ORDINAL,
    "cn_is": MarkerStyle.CN_IS,
    "cn": MarkerStyle.CN,
    "cn_paren": MarkerStyle.CN_PAREN,
    "paren": MarkerStyle.ARABIC_PAREN,
    "half": MarkerStyle.ARABIC_HALF,
    "comma": MarkerStyle.ARABIC_COMMA,
    "dot": MarkerStyle.ARABIC_DOT,
}
_SIGNS = (  # first sign, last sign, number of the first, style
    ("①", "⑳", 1, MarkerStyle.CIRCLED),
    ("㉑", "㉟", 21, MarkerStyle.CIRCLED),
    ("㊱", "㊿", 36, MarkerStyle.CIRCLED),
    ("❶", "❿", 1, MarkerStyle.CIRCLED),
    ("⑴", "⒇", 1, MarkerStyle.ARABIC_PAREN),
    ("⒈", "⒛", 1, MarkerStyle.ARABIC_DOT),
    ("㈠", "㈩", 1, MarkerStyle.CN_PAREN),
)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")  # as on a cheque: 壹、 heads a chapter
_PLAIN_HEAD = set("第（0123456789壹贰叁肆伍陆柒捌玖拾" + _CN) | {
    chr(c) for a, b, _, _ in _SIGNS for c in range(ord(a), ord(b) + 1)
}
_HEAD = frozenset(_PLAIN_HEAD | printed_as(_PLAIN_HEAD))
_LEFT = ("[", "错")
_SHORT = 30
_LOOK = 60  # no marker is longer than this many characters


def parse_marker(text: str, number: str | None = None) -> Marker | None:
    """The marker at the head of `text`, or None.

    Blanks and leftovers of a conversion (`[bookmark: …]`) before the marker are passed over. `number` is the label that Word
    computed for the paragraph; it stands at the head of `text` already and makes the marker automatic.
    """
    start = len(text) - len(text.lstrip())
    while text[start : start + 1] in _LEFT and (left := LEFTOVER.match(text, start)) is not None:
        start = left.end()
    if text[start : start + 1] not in _HEAD:
        return None
    read = _parsed(text[start : start + _LOOK], len(text) - start > _SHORT)
    if read is None:
        return None
    style, value, size = read
    end = start + size
    while end < len(text) and text[end].isspace():
        end += 1
    return Marker(style, value, start, end, automatic=bool(number))


@lru_cache(maxsize=2048)
def _parsed(head: str, long: bool) -> tuple[MarkerStyle, int, int] | None:
    """Style, number and size of the marker at the head of a text; most heads are asked for several times."""
    found = _PATTERN.match(normal(head))
    read = None if found is None else _read(found, long=long)
    return None if found is None or read is None else (*read, found.end())


def _read(found: re.Match[str], *, long: bool) -> tuple[MarkerStyle, int] | None:
    """Style and number of a match; `long`: the text it heads is."""
    kind = found.lastgroup or ""
    groups = found.groupdict()
    if groups["chapter"]:
        value = _value(groups["chapter_n"])
        return None if value is None else (MarkerStyle.CHAPTER, value)
    if groups["capital"]:
        value = parse_chinese(groups["capital"].translate(_CAPITALS))
        return None if value is None else (MarkerStyle.CHAPTER, value)
    if groups["sign"]:
        return _sign(groups["sign"])
    if groups["deep"]:
        return MarkerStyle.ARABIC_DOT, int(groups["deep"].rsplit(".", 1)[1])
    if groups["two"]:
        if not groups["two_end"] and long:
            return None
        return MarkerStyle.ARABIC_DOT, int(groups["two"].split(".")[1])
    value = _value(groups[kind])
    return None if not value else (_STYLES[kind], value)  # 〇、 is no number of a series


def _sign(sign: str) -> tuple[MarkerStyle, int] | None:
    for first, last, number, style in _SIGNS:
        if first <= sign <= last:
            return style, ord(sign) - ord(first) + number
    return None


def _value(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else parse_chinese(digits)
