"""Directions of change: the sign that the words give, and directions told without a figure: 有所增长, 基本持平, 由A降至B."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gouji.claims.arithmetic import Outcome, as_printed
from gouji.claims.build import SURE, claim_of, operand, place
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import plain
from gouji.model.text import Text

DELTA = {Role.UP, Role.DOWN}
WRONG_WAY = Text("增减方向与数字相反", "the direction word contradicts the figures")
_WORD_ONLY = re.compile(
    r"[^。；\d]{0,12}?[，）]((?:同比|较上年|比上年|总体|规模|与上年相比|降幅|增幅|增长|下降|支出|投入)?[\u4e00-\u9fff]{0,4}?"
    r"(?:(?P<up>有所(?:增长|增加|上升|提高)|增长(?:较大|明显|较快|显著)|增幅(?:较大|明显|显著)|(?:略|稍)有(?:增长|增加|上升)|明显(?:增长|增加|上升)|大幅(?:增长|增加|上升))"
    r"|(?P<flat>基本持平|大体(?:不变|持平)|变化不大|保持(?:稳定|不变))"
    r"|(?P<down>有所(?:下降|减少|降低|压减)|下降(?:较大|明显|较快|显著)|降幅(?:较大|明显|显著)|(?:略|稍)有(?:下降|减少|降低)|明显(?:下降|减少|降低)|大幅(?:下降|减少|降低))))"
)


def directions(passage: Passage) -> Iterator[Claim]:
    """本年A，上年B，同比有所增长; 由A增至B，降幅较大: a direction told without a figure."""
    for first, second in pairwise(passage.items):
        if (
            not kin(first.q, second.q)
            or first.percent
            or second.q.sentence != first.q.sentence
            or first.hedged
            or second.hedged
        ):
            continue
        reached = re.search(
            r"(?P<up>增加到|增至|提高到|上升到|增长到|升至)|(?P<down>减少到|降至|减至|下降到|降低到|降到|压减到|压缩到)",
            second.gap,
        )
        if second.role is Role.PRIOR and first.role not in (Role.PRIOR, *DELTA):
            current, prior = first, second
        elif first.role is Role.PRIOR or (reached and re.search(r"(?:由|从)", first.label)):
            current, prior = second, first
        else:
            continue
        change = current.q.base - prior.q.base
        match = _WORD_ONLY.match(passage.text, second.q.span.end)
        if match and re.search(r"今年|本年|当年", passage.text[second.q.span.end : match.end()]):
            continue  # speaks of a figure that is not printed
        if match is None and reached is None:
            continue
        rises = match["up"] is not None if match else reached is not None and reached["up"] is not None
        if match and match["flat"]:
            if abs(change) * 10 <= prior.q.base:
                continue
        elif not change or (change > 0) == rises:
            continue
        start, end = (match.start(1), match.end()) if match else (second.q.label_start, second.q.span.start)
        span = Span(passage.block.index, start, end)
        yield Claim(
            kind=ClaimKind.CHANGE,
            verdict=Verdict.DISAGREES,
            stated=passage.text[start:end],
            computed="下降" if change < 0 else "增长",
            operands=(place(span, "stated"), operand(current, "current"), operand(prior, "base")),
            formula=f"{as_printed(current.q.figure)} - {as_printed(prior.q.figure)} = {plain(change / current.q.figure.unit.factor)}",
            cause=WRONG_WAY,
            confidence=SURE,
            shape="direction",
        )


def sign_of(item: Item) -> int:
    """+1 for a rise, -1 for a fall; 增长-5% is a fall."""
    sign = 1 if item.role is Role.UP else -1
    return -sign if item.q.figure.value < 0 else sign


def wrong_way(item: Item, delta: Item, current: Item, outcome: Outcome) -> Claim:
    """A difference of the right size told in the wrong direction."""
    wrong = replace(outcome, verdict=Verdict.DISAGREES, cause=WRONG_WAY, shape="")
    others = [("change", delta)] if delta is not item else []
    return claim_of(ClaimKind.CHANGE, item, [*others, ("current", current)], wrong, shape="direction")
