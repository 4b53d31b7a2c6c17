"""How a part of something is told: as a percentage, or in words (四成五, 三分之一, 一半) that round it or bound it (不足三分之一, 超过四分之三).

What a printed share allows: a bare word is loose by nature, 正好 is not, 不足 and 超过 only say on which side it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from gouji.claims.scene import AIMED, Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, Interval
from gouji.model.record import record
from gouji.text.numerals import parse_chinese

_MARKS = "，。；：（"
FRACTIONS = ("分之", "一半", "半数")
_WORDS = re.compile(
    r"(?<![百第])(?P<under>[二两三四五六七八九十]+)分之(?P<over>[一二三四五六七八九])(?![点\u4e00-\u9fff]?部)"
    r"|(?<![第一二三四五六七八九十百千万两〇零])(?P<tenths>[一二两三四五六七八九])成(?P<part>[一二三四五六七八九半]?)(?![\u4e00-\u9fff]?(?:不变|熟|新)|[立效员功果长本品套])"
    r"|(?P<half>一半|半数)(?!以)"
)
_BEFORE = re.compile(
    r"(?:(?P<less>不足|不到|低于|未到|少于|不及)|(?P<more>超过|高于|多于|大于|突破|超|逾|过)|(?P<near>接近|将近|逼近|近)|(?P<exact>正好|恰好|刚好|恰恰|恰))"
    r"(?:是|为|占|达到?)?[^，。；：\d]{0,10}?$"
)
_BEHIND = re.compile(r"(?:(?P<more>以上|多|强)|(?P<less>以下|以内|弱))")
_EXCEPT = re.compile(r"不低于|不少于|不高于|不超过|至少|最多")  # a bound that was set
_BEYOND = re.compile("[高低]于|超过|不到")  # 高于四成五的标准: what was set is what it is compared with
_AIM = re.compile(r"目标|计划|拟|力争|争取|预计|预期|将(?!近)|应当|要求|原则|规定|约定|按|每|签订|支付|付|设计")
_LOOSE = Decimal(5)  # points either way of a word for a fraction …
_OF_IT = Decimal("0.2")  # … and of the fraction itself
_TENTH = Decimal("4.5")
_FINE = Decimal("1.5")  # of 四成五
_EXACT = Decimal("0.5")
_NEARLY = (8, 1)  # points below and above 接近六成
_EDGE = Decimal("0.05")


@record(frozen=True, slots=True)
class Share:
    """A part of something as it is told. `order` is that of the first figure behind it, `item` the figure itself where it is one."""

    span: Span
    raw: str
    order: int
    sentence: int
    stated: Decimal  # %
    allowed: Interval
    clause: str  # the words before it, back to the last mark
    before: str  # of the sentence
    words: bool
    item: Item | None = None

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end


def shares(
    passage: Passage, settled: set[int], wanted: Callable[[str], bool], but: frozenset[Role] = frozenset()
) -> Iterator[Share]:
    """Every percentage that is not `settled` (id() of its figure) nor of a role in `but`, and every share in words, whose clause is `wanted`."""
    if Dimension.PERCENT in passage.dimensions:
        for item in passage.items:
            if item.percent and id(item.q) not in settled and (item.q.chinese or item.role not in but) and item.q.base > 0:
                share = _lexed(passage, item, wanted)
                if share is not None:
                    yield share
    if not passage.tells(*FRACTIONS):
        return
    for match in _WORDS.finditer(passage.text):
        clause = _clause(passage.text, match.start())
        told = _told(passage, match) if wanted(clause) else None
        share = _found(passage, match, clause, *told) if told is not None else None
        if share is not None and _is_told(passage, share):
            yield share


def _lexed(passage: Passage, item: Item, wanted: Callable[[str], bool]) -> Share | None:
    """A percentage, or the tenths that the lexer knows."""
    span, text = item.q.span, passage.text
    tenths = item.q.chinese and "成" in item.q.raw
    if not tenths and (item.hedged or item.q.chinese):
        return None
    head = item.q.label_start
    clause = text[head : span.start] if not head or text[head - 1] in _MARKS else _clause(text, span.start)
    if not wanted(clause) or (not tenths and AIMED.match(item.after)):
        return None
    told: tuple[Decimal, Interval] | None = (item.q.base, _printed(item))
    if tenths:
        match = _WORDS.match(text, span.start)
        told = _told(passage, match) if match is not None else None
    if told is None:
        return None
    before = text[text.rfind("。", 0, span.start) + 1 : span.start]
    own = None if tenths else item
    raw = text[span.start : span.end]
    share = Share(span, raw, item.order, item.q.sentence, *told, clause, before, tenths, own)
    return share if not tenths or _is_told(passage, share) else None


def _is_told(passage: Passage, share: Share) -> bool:
    """Whether a share in words is told of what was, and not of what was to be."""
    if _AIM.search(share.clause):
        return False
    return _BEYOND.fullmatch(share.clause) is not None or not AIMED.match(passage.text[share.end : share.end + 16])


def _clause(text: str, start: int) -> str:
    return text[max(text.rfind(mark, 0, start) for mark in _MARKS) + 1 : start]


def _printed(item: Item) -> Interval:
    """What a printed percentage stands for, rounded or cut off."""
    return Interval(item.q.figure.rounded().low, item.q.base + item.q.figure.ulp)


def _found(passage: Passage, match: re.Match[str], clause: str, stated: Decimal, allowed: Interval) -> Share | None:
    """A fraction in words, placed among the figures."""
    text, (start, end) = passage.text, match.span()
    order = sum(i.q.span.start < start for i in passage.items)
    last = passage.items[order - 1] if order else None
    following = next((i for i in passage.items if i.q.span.start >= end), None)
    if last is not None:
        sentence = last.q.sentence + len(re.findall("[。！？]", text[last.q.span.end : start]))
    elif following is not None:
        sentence = following.q.sentence - len(re.findall("[。！？]", text[end : following.q.span.start]))
    else:
        return None
    opening = max(text.rfind(mark, 0, start) for mark in "。！？")
    span = Span(passage.block.index, start, end)
    return Share(span, match[0], order, sentence, stated, allowed, clause, text[opening + 1 : start], words=True)


def _told(passage: Passage, match: re.Match[str]) -> tuple[Decimal, Interval] | None:
    """What a share in words says, and what it allows."""
    loose = _LOOSE
    if match["under"]:
        under, over = parse_chinese(match["under"]), parse_chinese(match["over"])
        if not under or not over or over >= under:
            return None
        value = HUNDRED * over / under
        loose = min(_LOOSE, value * _OF_IT)
    elif match["half"]:
        value = Decimal(50)
    else:
        part = 5 if match["part"] == "半" else parse_chinese(match["part"]) or 0
        value = Decimal((parse_chinese(match["tenths"]) or 0) * 10 + part)
        loose = _FINE if match["part"] else _TENTH
    text = passage.text[max(0, match.start() - 16) : match.start()]
    if _EXCEPT.search(text):
        return None
    before, behind = _BEFORE.search(text), _BEHIND.match(passage.text, match.end())
    group = (before.lastgroup if before else None) or (behind.lastgroup if behind else None)
    if group == "less":
        return value, Interval(Decimal(0), value + _EDGE)
    if group == "more":
        return value, Interval(value - _EDGE, HUNDRED)
    if group == "near":
        return value, Interval(value - _NEARLY[0], value + _NEARLY[1])
    if group == "exact":
        loose = _EXACT
    return value, Interval(value - loose, value + loose)
