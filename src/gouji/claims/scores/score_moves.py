"""Total scores beside one another: by how much one is above the other, what a review took off, and the mean of several years.

比上年的94.6分提高0.6分; 复核得分比自评低1.4分; 自评96.38分，复核时扣减0.6分，复核分95.78分; 三年平均93.02分.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY, claim_of, in_points
from gouji.claims.scene import Item, Passage, Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED, Dimension, plain

_LEAST = 50  # points: no total score is below, no difference above half of it
_APART = re.compile(r"(?:相差|高出?|低|多|少|提高|提升|上升|增加|增长|下降|降低|减少|回落|差)(?:了|仅|只|约)?$")
_BESIDE = re.compile(r"^(?:[^，。；]{0,4})?(?:比|较|与|同(?!口径|期|类|比)|和|低于|高于)")
_TAKEN = re.compile(r"(?:核减|扣减|调减|减去|扣除|扣去|扣掉|扣|减|调低|下调)(?:了|去|掉)?$")
_GIVEN = re.compile(r"(?:核增|加回|补回|补加|返还|调增|加分?|加上|奖励|附加|调高|上调)(?:了|分)?$")
_BEFORE = re.compile(r"自评|原报|初评|原评|原|基本分|基础分|合计|共|报告给出|百分制")
_AFTER = re.compile(r"复核|最终|核定|终评|复评|审定|评定|调整后|净得|最后|总分|总得分")
_MEAN = re.compile(r"(?P<n>[二两三四五])年平均(?:得?分|得分)?(?:为|是)?$")
_YEARS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_WORDS = ("差", "高", "低", "多", "少", "提升", "上升", "增", "降", "减", "回落", "扣", "加", "奖励", "上调", "年平均")


def find(scene: Scene, overall: Sequence[Quantity], known: set[Span]) -> Iterator[Claim]:
    """Every statement that puts total scores side by side. `overall`: the document's total; `known`: figures judged already."""
    own = overall[0] if len({q.base for q in overall}) == 1 else None
    for passage in scene.telling(*_WORDS):
        if Dimension.SCORE not in passage.dimensions:
            continue
        for claim in (*_differences(passage, own), *_reviews(passage), *_means(passage, own)):
            if claim.operands[0].span not in known:
                yield claim


def _points(item: Item) -> bool:
    return item.q.dimension is Dimension.SCORE and not item.hedged


def _total(item: Item) -> bool:
    return _points(item) and _LEAST <= item.q.base <= HUNDRED


def _differences(passage: Passage, own: Quantity | None) -> Iterator[Claim]:
    """A分，比B分低D分; 上年B分，本年提高D分, where A is the document's total."""
    for item in passage.items:
        if not _points(item) or item.q.base * 2 >= _LEAST or _APART.search(_words(passage, item)) is None:
            continue
        before = [i for i in passage.items[: item.order] if _total(i) and 0 <= item.q.sentence - i.q.sentence <= 1][-2:]
        if not before or item.order - before[-1].order > 1:
            continue
        other = before[-1]
        linked = _BESIDE.search(passage.text[other.q.label_start : other.q.span.start]) is not None
        first = before[0] if len(before) == 2 else None
        if first is not None and other.order - first.order <= 2 and (linked or first.q.sentence == item.q.sentence):
            yield from _apart(item, first.q, other.q, sure=linked and other.q.sentence == item.q.sentence)
        elif first is None and own is not None and re.search("本年|今年|本次|当年|上年|去年|20\\d\\d年", passage.text):
            yield from _apart(item, own, other.q, sure=False)


def _apart(item: Item, a: Quantity, b: Quantity, *, sure: bool) -> Iterator[Claim]:
    gap = abs(a.base - b.base)
    formula = f"|{plain(a.base)} - {plain(b.base)}| = {plain(gap)}"
    outcome = in_points(item.q, gap, formula)
    if outcome.holds or sure or digit_cause(item.q.figure, gap) is not None:
        others = [("first", a), ("second", b)]
        yield claim_of(ClaimKind.SCORE_TOTAL, item, others, outcome, shape="apart", confidence=LIKELY)


def _words(passage: Passage, item: Item) -> str:
    return passage.text[item.q.label_start : item.q.span.start].rstrip()


def _reviews(passage: Passage) -> Iterator[Claim]:
    """自评A分，核减D分，复核B分; 复核B分，自评A分，核减D分; 基本分A分，加D分，最终得分B分."""
    for n, item in enumerate(passage.items):
        words = _words(passage, item)
        taken, given = _TAKEN.search(words), _GIVEN.search(words)
        if not _points(item) or item.q.base * 2 >= _LEAST or not (taken or given):
            continue
        sign = 1 if given and not taken else -1
        around = [i for i in passage.items[max(0, n - 2) : n + 2] if i is not item and _total(i)]
        before = next((i for i in reversed(around) if i.order < item.order and _BEFORE.search(_named(passage, i))), None)
        after = next((i for i in around if _AFTER.search(_named(passage, i)) and i is not before), None)
        if before is None or after is None or abs(after.q.sentence - before.q.sentence) > 2:
            continue
        if not (before.order + 1 == item.order or after.order + 1 == before.order):
            continue
        value = before.q.base + sign * item.q.base
        formula = f"{plain(before.q.base)} {'+' if sign > 0 else '-'} {plain(item.q.base)} = {plain(value)}"
        outcome = in_points(after.q, value, formula)
        if outcome.holds or (after.order - item.order == 1 and after.q.base != before.q.base):
            others = [("base", before), ("deducted" if sign < 0 else "added", item)]
            yield claim_of(ClaimKind.SCORE_TOTAL, after, others, outcome, shape="reviewed", confidence=LIKELY)


def _named(passage: Passage, item: Item) -> str:
    """The clause that leads to a figure."""
    start = max(passage.text.rfind(c, 0, item.q.span.start) for c in "，。；") + 1
    return passage.text[start : item.q.span.start]


def _means(passage: Passage, own: Quantity | None) -> Iterator[Claim]:
    """2020年88.94分，2021年92.17分，三年平均93.02分: the mean of the years told, with this year's where it is not among them."""
    for item in passage.items:
        mean = _MEAN.search(_words(passage, item))
        if mean is None or not _points(item):
            continue
        number = _YEARS[mean["n"]]
        years = [i.q for i in passage.items[: item.order] if _total(i) and re.search("年", i.label)]
        parts = years[-number:]
        if len(parts) == number - 1 and own is not None and own.base not in {p.base for p in parts}:
            parts = [own, *parts]
        if len(parts) != number:
            continue
        value = sum((p.base for p in parts), Decimal(0)) / number
        shown = value.quantize(Decimal(1).scaleb(-item.q.figure.places), ROUND_HALF_UP)
        formula = f"({' + '.join(plain(p.base) for p in parts)}) ÷ {number} = {plain(shown)}"
        outcome = in_points(item.q, value, formula, agrees=abs(value - item.q.base) <= item.q.figure.ulp, shown=shown)
        yield claim_of(ClaimKind.AVERAGE, item, [("part", p) for p in parts], outcome, shape="mean", confidence=LIKELY)
