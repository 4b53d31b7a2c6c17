"""Which two figures a change compares, where the words name both: 下半年比上半年多148件; 第二年较第一年增长46.7%; 后者比前者高3.2万元.

A name is that of a figure of the paragraph, a year or an ordinal that counts the members of a list (近三年支出依次为A、B、C), or
前者 and 后者 of the two figures right before.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.changes.change_words import DELTA
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import by_words
from gouji.model import patterns as re
from gouji.text.numerals import parse_chinese

_THAN = re.compile(
    r"(?:^|，|；)(?:其中|而|但|且)?(?P<x>[\u4e00-\u9fff\d]{2,8}?)(?:比|较|对比|相比)(?P<y>[\u4e00-\u9fff\d]{2,8}?)的?(?:则|又|相应|仅|只|约|净|共|分别|同比|环比)*"
    r"(?:多|少|增|减|高|低|节|升|降|上[升涨]|下[降滑跌]|回[落升]|提[高升]|压|缩|扩|涨|跌)"
)
_ORDINAL = re.compile(r"第?([一二三四五六七八九])(?:年|季度?|期|批|轮|个?月|次|年度|阶段|学期|标段)$")
_YEAR = re.compile(r"(20\d\d)年?$")
_SPAN = re.compile(r"(20\d\d)年?(?:[至到]|[—–~～-]+)(20\d\d)年")
_LISTED = re.compile(r"依次|分别|各年|逐年|每年|近[两二三四五六]年|[：为]\s?$")
_JOINT = re.compile(r"\s?[、和与及，]\s?")
_BOTH = ("前者", "后者")
_NEAR = 8


def named_pair(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """(current, base) of a difference or a growth whose label names both, each told once; else None."""
    names = _names(item.label)
    if names is None:
        return None
    near = [i for i in passage.items[max(0, item.order - _NEAR) : item.order] if item.q.sentence - i.q.sentence <= 1]
    near = [i for i in near if i.role not in DELTA and not i.percent and (item.percent or kin(i.q, item.q))]
    found = [_of_name(passage, name, near) for name in names]
    if found[0] is None or found[1] is None or found[0] is found[1] or not kin(found[0].q, found[1].q):
        return None
    return found[0], found[1]


@by_words
def _names(label: str) -> tuple[str, str] | None:
    told = _THAN.search(label)
    return None if told is None or told["x"] == told["y"] else (told["x"], told["y"])


def _of_name(passage: Passage, name: str, near: Sequence[Item]) -> Item | None:
    """The one figure that a name tells."""
    if name in _BOTH:
        return near[-2:][_BOTH.index(name)] if len(near) > 1 else None
    called = [i for i in near if name in _SPAN.sub("", i.label)]
    if len(called) == 1:
        return called[0]
    run = _list(near)
    if called or not run:
        return None
    ordinal, year = _ORDINAL.search(name), _YEAR.search(name)
    if ordinal is not None:
        place = int(parse_chinese(ordinal[1]) or 0)
        return run[place - 1] if 0 < place <= len(run) else None
    head = passage.text[max(0, run[0].q.span.start - 40) : run[0].q.span.start].rpartition("。")[2]
    span = _SPAN.search(head)
    if year is None or span is None or int(span[2]) - int(span[1]) + 1 != len(run):
        return None
    place = int(year[1]) - int(span[1])
    return run[place] if 0 <= place < len(run) else None


def _list(near: Sequence[Item]) -> list[Item]:
    """The last list of unnamed figures that one head tells: 依次为A、B、C."""
    at = len(near) - 1
    while at > 0:
        first = at
        while (
            first > 0 and not near[first].label and _JOINT.fullmatch(near[first].gap) and kin(near[first - 1].q, near[first].q)
        ):
            first -= 1
        if first < at and _LISTED.search(near[first].gap) and not any(i.hedged for i in near[first : at + 1]):
            return list(near[first : at + 1])
        at = first - 1 if first < at else at - 1
    return []
