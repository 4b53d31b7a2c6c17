"""Quarters, halves and months of one course of events that are told out of turn: 第四季度选聘到位，并于第三季度完成核查."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.model import patterns as re

_NAMED = {
    "第一季度": 1,
    "一季度": 1,
    "第二季度": 4,
    "二季度": 4,
    "第三季度": 7,
    "三季度": 7,
    "第四季度": 10,
    "四季度": 10,
    "上半年": 1,
    "下半年": 7,
}
_TIME = rf"(?P<{{0}}>{'|'.join(sorted(_NAMED, key=len, reverse=True))})"
# What says that the second clause tells of what came after: only then does the order of telling bind.
_THEN = r"(?:并|随后|之后|其后|此后|随即|继而|接着|然后|最后|最终)(?:又|再|即|便|就)?(?:于|在|至|到)?"
_NEXT = re.compile(
    rf"(?:于|在|从|自)?(?<![前近至到、和及与同比较])(?:当年|同年|本年)?{_TIME.format('one')}(?!度?(?:末|前|以前|之前|起|以来|开始))[^，。；、\d季半]{{2,20}}，"
    rf"{_THEN}(?:当年|同年|本年)?{_TIME.format('other')}[^，。；、季半]{{2,}}"
)
_NEXT_YEAR = re.compile(r"次年|翌年|来年|下一?年|第二年|跨年|学年|财年|每年|20\d\d年")
_HINTS = ("季度", "半年")
_HEAD = re.compile(
    r"(?:^|(?<=[，；。：]))[^，；。：、\d]{0,12}?(?<![至到前近])(?P<m>1[0-2]|[1-9])月(?:份|底|初|中旬|上旬|下旬|末)?(?![\d—\-~～至到、和及])"
)
# A course that goes from place to place or from stage to stage.
_COURSE = re.compile(r"首[站场展演]|巡[至到回展演]|移师|转[至到场战]|抵达|收官|闭幕|落幕|结束|收尾|完成全部")
_LEAST = 4
# 第一批6月下达500万元，第二批3月下达: the same done in numbered turns.
_TURN = re.compile(
    r"第(?P<n>[一二三四五六])(?P<kind>批|轮)次?[^，。；、\d]{0,8}?(?P<m>1[0-2]|[1-9])月(?:份|底|初|中旬|上旬|下旬|\d{1,2}日)?(?P<verb>[\u4e00-\u9fff]{2})"
)
_TURNS = "一二三四五六"
_LATE, _EARLY = 10, 3  # months over which a course runs into the next year


def out_of_turn(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where something is told out of turn: start, end, the time before and the time that should not follow it."""
    if any(hint in text for hint in _HINTS):
        for match in _NEXT.finditer(text):
            left = max(text.rfind(stop, 0, match.start()) for stop in "。；") + 1
            alike = match["one"][-1] == match["other"][-1]  # quarters both, or halves
            if alike and _NAMED[match["other"]] < _NAMED[match["one"]] and not _NEXT_YEAR.search(text[left : match.end()]):
                yield *match.span(), match["one"], match["other"]
    if "第二批" in text or "第二轮" in text:
        yield from _turns(text)
    if text.count("月") >= _LEAST and _COURSE.search(text):
        yield from _months(text)


def _turns(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The numbered turns of one act in a sentence of which the later one has the earlier month."""
    start = 0
    for sentence in text.split("。"):
        found = list(_TURN.finditer(sentence)) if not _NEXT_YEAR.search(sentence) else []
        for one, other in pairwise(found):
            months = int(one["m"]), int(other["m"])
            follows = _TURNS.index(other["n"]) == _TURNS.index(one["n"]) + 1
            alike = (one["kind"], one["verb"]) == (other["kind"], other["verb"])
            if follows and alike and months[1] < months[0] and not (months[0] >= _LATE and months[1] <= _EARLY):
                yield start + one.start(), start + other.end("m") + 1, f"{months[0]}月", f"{months[1]}月"
        start += len(sentence) + 1


def _months(text: str) -> Iterator[tuple[int, int, str, str]]:
    """5月开幕，6月巡至甲区，3月巡至乙区，12月收官: one month out of turn among at least four that head their clauses."""
    start = 0
    for sentence in text.split("。"):
        found = [(m, int(m["m"])) for m in _HEAD.finditer(sentence)]
        if len(found) >= _LEAST and len(found) == sentence.count("月") and not _NEXT_YEAR.search(sentence):
            odd = [n for n in range(1, len(found) - 1) if _rises([of for at, (_, of) in enumerate(found) if at != n])]
            months = [of for _, of in found]
            at = next(n for n, of in enumerate([*months, 0]) if n and of < months[n - 1])
            new_year = at < len(months) and months[at - 1] >= 10 and months[at] <= 3
            if odd and at < len(months) and not new_year and _COURSE.search(sentence):
                yield start + found[at - 1][0].start(), start + found[at][0].end() + 4, f"{months[at - 1]}月", f"{months[at]}月"
        start += len(sentence) + 1


def _rises(months: list[int]) -> bool:
    return all(a <= b for a, b in pairwise(months))
