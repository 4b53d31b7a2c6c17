"""Counts before what a verb or a colon lists: 检查4次，分别检查《A》《B》《C》; 扣分说明四条：…，扣1分；…，扣1分；…，扣2分。"""

from __future__ import annotations

from gouji.claims.build import LIKELY, SURE
from gouji.claims.counts.names import TITLE, count_claim, together
from gouji.claims.scene import Item, Passage
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.fact import Span

_TITLES_BEHIND = re.compile(
    r"[^，。；：《]{0,12}(?:[，；：]|（)(?:[\u4e00-\u9fff]{0,8}?(?:分别|依次|先后|逐一|即|包括|为|有|是)[\u4e00-\u9fff]{0,8}?)?：?"
    r"(?P<list>(?:《[^《》]{1,60}》(?:[、，和及与]|以及)?){2,})(?P<open>等)?"
)
_COUNTED = frozenset("次部项件本期个场份篇种条类")
_MAY_REPEAT = frozenset("次期场")  # two trainings may have been on one law
_POINTS = frozenset("条点项处个类")
_CLAUSES = re.compile(r"[^，。；：]{0,10}：(?P<body>[^。：]*；[^。：]*)(?:。|$)")
_ENDS_WITH = re.compile(r"(?P<verb>扣减?|减|加|得|占|为|计)?\s?[\d.]+\s?(?P<unit>[\u4e00-\u9fff%]{1,3})$")


def titles_behind(passage: Passage, item: Item) -> Claim | None:
    """开展执法检查4次，分别检查《A》《B》《C》: the titles that one by one were what was counted."""
    if item.q.figure.unit.symbol[:1] not in _COUNTED or "《" not in passage.text:
        return None
    match = _TITLES_BEHIND.match(passage.text, item.q.span.end)
    if match is None or match["open"] or "分别" not in match[0].partition("《")[0]:
        return None
    titles = TITLE.findall(match["list"])
    span = Span(passage.block.index, *match.span("list"))
    verdict = Verdict.AGREES if len(titles) == int(item.q.figure.value) else Verdict.DISAGREES
    if verdict is Verdict.DISAGREES and (any("、" in t for t in titles) or together(passage, item, len(titles))):
        return None
    return count_claim(
        item,
        span,
        len(titles),
        "、".join(titles),
        verdict,
        LIKELY if item.q.figure.unit.symbol in _MAY_REPEAT else SURE,
        "titles",
    )


def clauses_behind(passage: Passage, item: Item) -> Claim | None:
    """Points behind a colon, parted by ；, each of which ends with a figure of one kind: …，扣1分；…，扣2分。"""
    if item.q.figure.unit.symbol not in _POINTS or item.order + 1 >= len(passage.items):
        return None
    match = _CLAUSES.match(passage.text, item.q.span.end)
    if match is None:
        return None
    clauses = match["body"].rstrip("；").split("；")
    ends = [_ENDS_WITH.search(c) for c in clauses]
    kinds = {(e["verb"], e["unit"]) for e in ends if e}
    if None in ends or len(kinds) != 1 or any(not e["verb"] for e in ends if e):
        return None
    span = Span(passage.block.index, match.start("body"), match.end("body"))
    verdict = Verdict.AGREES if len(clauses) == int(item.q.figure.value) else Verdict.DISAGREES
    return count_claim(item, span, len(clauses), "", verdict, SURE, "clauses")
