"""Shares told in round words behind the percentage that they round: 46.8%，难度较高的手术已经过半; 满意率82.4%，近九成老人认可.

The words have to speak of what the sentence told before the percentage, by a word of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Passage, Scene
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Hedge
from gouji.text.numerals import parse_chinese

CUES = ("成", "过半", "半数", "一半", "大半", "分之")
_CLAUSE = re.compile(r"[，；]([^，。；\d]{2,26})(?=[，。；]|$)")
_ROUND = re.compile(
    r"(?P<over>超过?|逾|过|突破|不低于|不止)?(?P<near>接近|将近|近|不到|不足|约|大约)?(?:(?P<tenths>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])?(?![功果立效员本熟套为])|(?P<share>[三四五]分之[一二三四])|(?P<middle>一半|半数|半))(?P<more>以上|多|有余)?(?P<less>以下)?"
)
_SHARED = 2
_SLACK = Decimal(5)  # a tenth told near or about is within half a tenth
_APART = Decimal(12)  # percentage points
_STOP = re.compile(r"目标|计划|要求|力争|预计|上年|去年|其中|另|由于|但|占|折合|相当|季度|月|的(?:[^，。；]{0,3}[成一半])|拟")


def find(scene: Scene) -> Iterator[Claim]:
    """Every round share in a clause right behind a percentage that it tells once more."""
    for passage in scene.telling(*CUES):
        for clause in _CLAUSE.finditer(passage.text):
            claim = _told(passage, clause)
            if claim is not None:
                yield claim


@by_words
def _bounds(words: str) -> tuple[Decimal, Decimal] | None:
    """Between which percentages a share told in round words lies."""
    match = _ROUND.search(words)
    if match is None or (match["middle"] == "半" and not (match["over"] or match["near"])):
        return None
    if match["tenths"]:
        half = match["half"]
        value = Decimal(
            10 * (parse_chinese(match["tenths"]) or 0) + (5 if half == "半" else parse_chinese(half) or 0 if half else 0)
        )
    elif match["share"]:
        under, over = (parse_chinese(c) or 1 for c in match["share"].split("分之"))
        value = HUNDRED * over / under
    else:
        value = HUNDRED / 2
    if match["over"] or match["more"]:
        return value, value + 2 * _SLACK if match["tenths"] else HUNDRED
    if match["less"] or match["near"] in ("不到", "不足"):
        return Decimal(0), value
    if match["near"] in ("接近", "将近", "近"):
        return value - _SLACK, value
    return value - _SLACK, value + _SLACK


def _told(passage: Passage, clause: re.Match[str]) -> Claim | None:
    bounds = _bounds(clause[1])
    if bounds is None or _STOP.search(clause[1]):
        return None
    before = [i for i in passage.items if i.q.span.end <= clause.start()]
    last = before[-1] if before else None
    if (
        last is None
        or not last.percent
        or last.q.figure.hedge is not Hedge.NONE
        or last.role in (Role.UP, Role.DOWN, Role.PRIOR)
    ):
        return None
    if re.search("[，。；]", passage.text[last.q.span.end : clause.start()]):
        return None
    start = passage.text.rfind("。", 0, last.q.span.start) + 1
    round_words = _ROUND.search(clause[1])
    subject = clause[1] if round_words is None else clause[1].replace(round_words[0], "，")
    told = passage.text[start : last.q.span.start]
    if not any(subject[n : n + _SHARED] in told for n in range(len(subject) - 1) if "，" not in subject[n : n + _SHARED]):
        return None
    low, high = bounds
    if not low - _APART < last.q.base < high + _APART:
        return None  # of another matter
    holds = low <= last.q.base <= high
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=clause[1],
        computed=last.q.raw,
        operands=(place(Span(passage.block.index, *clause.span(1)), "stated"), operand(last, "value")),
        formula=f"{last.q.raw} {'∈' if holds else '∉'} [{low.normalize():f}%, {high.normalize():f}%]",
        confidence=LIKELY,
        shape="tenths",
    )
