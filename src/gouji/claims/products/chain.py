"""Products over several steps, each told by its own 每: 98个班，每班20课时，每课时120元，共23.52万元; 26期，每期50人，培训1300人.

A figure for each X is multiplied by the number of X before it; where that number is itself for each Y, by the number of Y, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, point

_EACH = re.compile(r"每(?:个|一)?([\u4e00-\u9fff]{1,3})[^每]{0,14}$")
_RATE_OF = re.compile(r"/\s?([\u4e00-\u9fff]{1,2})$")
_RESULT = re.compile(r"^[，；]?\s?[^，。；：每]{0,14}$")
_APART = re.compile(r"部分|陆续|新增|其余|停|除外|至少|不少于|以上|不超过|最多|最高|左右|(?<![签节公])约|不等|起")
_A_DAY = re.compile(r"每(?P<who>[人生名户])每[天日][^每]{0,8}$")
_DAYS = ("天", "日")
_TALLY = (Dimension.COUNT, Dimension.MEASURE)
_LONGEST = 4


def find(passage: Passage) -> Iterator[Claim]:
    """Every product of two or more steps of running counts, with its result right behind the last step."""
    if "每" not in passage.text and "/" not in passage.text:
        return
    for last in passage.items:
        yield from _daily(passage, last)
        if last.order + 1 >= len(passage.items) or _per(last) is None or last.hedged:
            continue
        result = passage.items[last.order + 1]
        money = last.q.dimension in (Dimension.MONEY, Dimension.RATE)
        if result.hedged or result.q.segment != last.q.segment or not _RESULT.match(result.gap) or _per(result) is not None:
            continue
        if not (result.money if money else kin(result.q, last.q)):
            continue
        if result.q.dimension is Dimension.SCORE and "扣" in last.label and result.role is not Role.DEDUCTED:
            continue  # 每处扣0.5分，该项分值10分: what can be had, or what is left
        steps = _steps(passage, last)
        if len(steps) < (3 if money else 2) or _APART.search(passage.text, steps[-1].q.label_start, result.q.span.end):
            continue
        claim = _claim(result, steps)
        if claim is not None:
            yield claim


def _daily(passage: Passage, last: Item) -> Iterator[Claim]:
    """3期，每期60人，每人每天350元，培训5天，培训费31.5万元: the days stand beside the standard, before it or behind."""
    both = _A_DAY.search(last.label)
    if both is None or last.hedged or last.q.dimension not in (Dimension.MONEY, Dimension.RATE):
        return
    behind = [i for i in passage.items[last.order + 1 : last.order + 3] if i.q.segment == last.q.segment and not i.hedged]
    days = behind[0] if len(behind) > 1 and behind[0].q.figure.unit.symbol in _DAYS else None
    result = behind[1] if days is not None else None
    people = _steps(passage, last, both["who"])
    if days is None or result is None or not result.money or len(people) < 3 or not _RESULT.match(result.gap):
        return
    if result.role is Role.STANDARD or _APART.search(passage.text, people[-1].q.label_start, result.q.span.end):
        return
    claim = _claim(result, [people[0], days, *people[1:]])
    if claim is not None:
        yield claim


def _per(item: Item) -> str | None:
    """What a figure is for each of."""
    match = _EACH.search(item.label) or _RATE_OF.search(item.q.figure.unit.symbol)
    return match[1] if match else None


def _steps(passage: Passage, last: Item, first: str | None = None) -> list[Item]:
    """The figure for each X, the number of X, … from the last step back to a plain number; `first` is X where it is told apart."""
    steps = [last]
    while (word := first if first and len(steps) == 1 else _per(steps[-1])) is not None and len(steps) < _LONGEST:
        here = steps[-1]
        number = next(
            (
                i
                for i in reversed(passage.items[: here.order])
                if i.q.dimension in _TALLY and not i.hedged and here.q.sentence - i.q.sentence <= 1 and _is_number_of(i, word)
            ),
            None,
        )
        if number is None:
            return []
        steps.append(number)
    return steps if _per(steps[-1]) is None else []


def _is_number_of(item: Item, word: str) -> bool:
    unit = item.q.figure.unit.symbol.lstrip("万千百亿")
    return word.startswith(unit) or (unit in "个名位所家" and (item.q.noun.startswith(word) or item.label.endswith(word)))


def _claim(result: Item, steps: list[Item]) -> Claim | None:
    value, spread = Decimal(1), point(Decimal(1))
    for step in steps:
        value *= step.q.base
        exact = step.money and not (step.q.figure.places and step.q.figure.unit.factor > 1)
        spread = spread * (point(step.q.base) if exact else figure_interval(step.q.figure))
    words = " × ".join(as_printed(s.q.figure) for s in reversed(steps))
    outcome = compare_value(result.q.figure, value, spread, words)
    if not outcome.holds and outcome.cause is None and not result.q.base * 2 > value * 3 > result.q.base:
        return None
    others = [("standard" if s is steps[0] else "count", s) for s in reversed(steps)]
    return claim_of(ClaimKind.PRODUCT, result, others, outcome, shape="chain", confidence=SURE if outcome.holds else LIKELY)
