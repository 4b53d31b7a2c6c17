"""Multiples and fractions in words: 是上年800万元的1.5倍; 由20万元增至50万元，增长1.5倍; 240人中女性160人，占三分之二.

A growth of n times is told by many for the n-fold: it is wrong only where it is neither. A fraction is rounded by nature: it is wrong only
where it is off by more than a twentieth of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gouji.claims.arithmetic import as_printed
from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene, how_many, kin
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, plain

_TIMES = re.compile(r"\s?的\s?(?P<n>\d+(?:\.\d+)?)倍(?!以|多|左)")
_GROWN = re.compile(r"，?(?:同比|较上年)?(?:增长|增加|提高|上升)(?:了)?(?P<n>\d+(?:\.\d+)?)倍(?!以|多|左)")
_TOLD = re.compile(  # 上年只有70万份，相当于上年的2.4倍; 前者是后者的7倍
    r"，(?:[\u4e00-\u9fff]{0,6})?(?:是|为|相当于|达到?|恰为)(?P<of>上年|去年|上年同期|去年同期|后者|前者)的\s?(?P<n>\d+(?:\.\d+)?)倍(?!以|多|左)"
)
_YEAR_BEFORE = re.compile("上年|去年|同期")
_FRACTION = re.compile(
    r"，占(?:其中的?|总数的?|全部的?|总人数的?)?(?P<under>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九])(?![以多左强弱])"
)
_IS = re.compile(r"(?:^|，)(?:约)?(?:是|为|相当于|达到?)[^，。；\d]{0,14}\s?$")
_FROM = re.compile(r"[由从][^，。；：]{0,18}$")
_TO = re.compile(r"[到至为]了?\s?$")
_DIGITS = "一二三四五六七八九十"
_LOOSE = Decimal("0.05")
_FIGURES = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)


def find(scene: Scene) -> Iterator[Claim]:
    """A claim for every multiple or fraction that stands right behind its two figures."""
    for passage in scene.telling("倍", "分之"):
        figures = [i for i in passage.items if not how_many(i)]
        for first, second in pairwise(figures):
            plain_pair = not (first.hedged or second.hedged) and first.q.dimension in _FIGURES
            if not plain_pair or not kin(first.q, second.q) or first.q.sentence != second.q.sentence or not first.q.base:
                continue
            claim = _multiple(passage, first, second) or _fraction(passage, first, second)
            if claim is not None and second.q.base:
                yield claim


def _multiple(passage: Passage, first: Item, second: Item) -> Claim | None:
    times = _TIMES.match(passage.text, second.q.span.end)
    if times is not None and _IS.search(second.gap) and second.q.base:
        words = f"{as_printed(first.q.figure)} ÷ {as_printed(second.q.figure)}"
        return _claim(passage, times, [first.q.base / second.q.base], first, second, words)
    told = _TOLD.match(passage.text, second.q.span.end)
    if told is not None:
        base, part = (first, second) if _is_base(told, first, second) else (second, first)
        if told["of"] in ("前者", "后者") or _YEAR_BEFORE.search(base.label):
            words = f"{as_printed(part.q.figure)} ÷ {as_printed(base.q.figure)}"
            return _claim(passage, told, [part.q.base / base.q.base], part, base, words) if base.q.base else None
    grown = _GROWN.match(passage.text, second.q.span.end)
    if grown is not None and _FROM.search(first.label) and _TO.search(second.gap):
        fold = second.q.base / first.q.base
        words = f"({as_printed(second.q.figure)} - {as_printed(first.q.figure)}) ÷ {as_printed(first.q.figure)}"
        return _claim(passage, grown, [fold - 1, fold], second, first, words)
    return None


def _is_base(told: re.Match[str], first: Item, second: Item) -> bool:
    """Whether the first of two figures is what the words take the multiple of."""
    if told["of"] in ("前者", "后者"):
        return told["of"] == "前者"
    return _YEAR_BEFORE.search(first.label) is not None and _YEAR_BEFORE.search(second.label) is None


def _claim(passage: Passage, match: re.Match[str], values: list[Decimal], part: Item, base: Item, words: str) -> Claim:
    stated = Decimal(match["n"])
    half = Decimal(1).scaleb(-len(match["n"].partition(".")[2])) / 2
    holds = any(abs(v - stated) <= half for v in values)
    return _told(passage, match, holds, f"{plain(round(values[0], 2))}倍", part, base, words)


def _fraction(passage: Passage, whole: Item, part: Item) -> Claim | None:
    match = _FRACTION.match(passage.text, part.q.span.end)
    if match is None or part.q.base > whole.q.base:
        return None
    stated = Decimal(_DIGITS.index(match["over"]) + 1) / Decimal(_DIGITS.index(match["under"]) + 1)
    value = part.q.base / whole.q.base
    words = f"{as_printed(part.q.figure)} ÷ {as_printed(whole.q.figure)}"
    holds = abs(value - stated) <= _LOOSE
    earlier = passage.items[: whole.order] if not holds else ()
    if any(kin(i.q, part.q) and i.q.sentence == part.q.sentence and _near(part, i, stated) for i in earlier):
        return None  # 800万元，其中甲600万元，占四分之三；乙200万元，占四分之一: of what both belong to
    return _told(passage, match, holds, f"{plain(round(value * 100, 1))}%", part, whole, words)


def _near(part: Item, whole: Item, stated: Decimal) -> bool:
    return whole.q.base > part.q.base and abs(part.q.base / whole.q.base - stated) <= _LOOSE


def _told(passage: Passage, match: re.Match[str], holds: bool, computed: str, part: Item, base: Item, words: str) -> Claim:
    start = match.start("n") if "n" in match.groupdict() else match.start("under")
    return Claim(
        kind=ClaimKind.RATE,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=passage.text[start : match.end()],
        computed=computed,
        operands=(
            place(Span(passage.block.index, start, match.end()), "stated"),
            operand(part, "numerator"),
            operand(base, "denominator"),
        ),
        formula=f"{words} = {computed}",
        confidence=LIKELY,
        shape="multiple",
    )
