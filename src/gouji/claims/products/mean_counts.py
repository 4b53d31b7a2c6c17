"""Numbers for each of another number: 144场，参加者17280人次，平均每场120人次; 58.4万亩，产量24.82万吨，亩产425公斤.

total ÷ count = mean, each a count or a measure; weights are compared in kilograms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin, wholes
from gouji.claims.vocabulary import PEOPLE, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension, point

_PER = re.compile(
    r"每(?:个(?=[\u4e00-\u9fff]{2}))?(?P<each>[\u4e00-\u9fff]{1,2})|(?P<yield>[亩]产|平均单产|单产|公顷产)|(?!平)(?P<mean>[\u4e00-\u9fff])均"
)
_TWICE = re.compile(  # for each of two things, or no mean that came out
    r"每[\u4e00-\u9fff]{1,2}每|(?!平)[\u4e00-\u9fff]均(?:每|[月日年天])|[月年][\u4e00-\u9fff]{1,2}均|目标|计划|标准|上年|去年|不低于|最[高低]"
)
_KILOS = {
    **dict.fromkeys(("吨", "t"), Decimal(1000)),
    **dict.fromkeys(("公斤", "千克", "kg"), Decimal(1)),
    "斤": Decimal("0.5"),
    "克": Decimal("0.001"),
}
_THINGS = {
    "头": "头只",
    "队": "支",
    "车": "辆台",
    "家": "家户",
    "案": "件",
    "校": "所",
    "店": "家个",
    "馆": "个座",
    "站": "个座处",
}
_TALLY = (Dimension.COUNT, Dimension.MEASURE)
_OUT = (Role.UP, Role.DOWN, Role.PRIOR)
_OPEN = re.compile(r"另|主要|部分|含|最[高低多]|以上|以内|以下|约|左右|其中|同比|上年|去年")
_NORM = re.compile(r"按|标准|计划|应|须|安排|规定|配|补|不|限|发|计$")
_TO_NORM = 4  # a mean that misses by more than a quarter may be a norm
_HALF = Decimal("0.5")


def find(passage: Passage) -> Iterator[Claim]:
    """Every mean of a number whose total and count stand before it in its sentence."""
    if not passage.tells("均", "每", "亩产", "单产"):
        return
    for sentence in passage.sentences:
        for item in sentence:
            if item.q.dimension not in _TALLY or item.role in _OUT:
                continue
            told = _PER.search(item.label)
            if told is None:
                continue
            word = "亩" if told["yield"] else told["each"] or told["mean"]
            claim = _mean(passage, sentence, item, word)
            each = told["each"] and "均" not in item.label
            if claim is not None and (not each or _came_out(item, claim)):
                yield replace(claim, confidence=LIKELY) if each and claim.verdict is Verdict.DISAGREES else claim


def _came_out(item: Item, claim: Claim) -> bool:
    """24期，2,610人次，每期90人次: without 均 a mean only right behind both, else it may be a norm."""
    if item.hedged or claim.shape != "beside" or claim.right is None or _NORM.search(item.label):
        return False
    return claim.verdict is Verdict.AGREES or abs(item.q.base - claim.right) * _TO_NORM <= claim.right


def _mean(passage: Passage, sentence: Sequence[Item], mean: Item, word: str) -> Claim | None:
    before = [i for i in sentence if i.order < mean.order and i.q.dimension in _TALLY and not i.hedged and i.q.base]
    before = [
        i for i in before if i.role not in _OUT and (i.q.dimension is Dimension.COUNT or mean.q.dimension is Dimension.MEASURE)
    ]
    listed = [i for i in before if alike(i, mean) and i.role is not Role.STANDARD and not _PER.search(i.label)]
    totals = wholes(listed)  # 总长14.3公里，分别是4.2公里、3.6公里、…，平均每条2.86公里
    parts = sum(1 for i in listed if i not in totals and i.order > totals[-1].order)
    counts = [i for i in before if i not in listed and _counts(i, word)]
    if len({i.q.base for i in counts}) == 1:
        counts = counts[-1:]  # 计划5条，完成5条
    if not counts and totals and mean.order - totals[-1].order == 1:
        counts = _of_the_sentence_before(passage, mean, word)
    tried = [(t, c, _compare(t, mean, c)) for t in reversed(totals) for c in reversed(counts)]
    if not tried:
        return None
    holding = next((x for x in tried if x[2].holds), None) or next(
        (x for t in listed for c in counts if (x := (t, c, _compare(t, mean, c)))[2].holds), None
    )  # 申报21.36万亩，核减0.36万亩，核定21.00万亩: of what is left
    if holding is not None:
        return _claim(mean, *holding, SURE)
    total, count, outcome = min(tried, key=lambda x: abs(x[2].right - mean.q.base))
    beside = mean.order - max(total.order, count.order) == 1 and len(totals) == len(counts) == 1
    near = mean.order - total.order - parts <= 1
    if not (beside or near or _told_once(mean, totals, counts)):
        return None
    moved = outcome.cause is not None and outcome.cause not in (TRANSPOSED, ONE_DIGIT)
    if (mean.hedged and not moved) or _TWICE.search(mean.label):
        return None
    right_before = mean.order - total.order == 1 and count.q.sentence == mean.q.sentence
    claim = _claim(mean, total, count, outcome, SURE if right_before else LIKELY)
    return replace(claim, shape="beside") if _alone(passage, mean, total, count, outcome) else claim


def _of_the_sentence_before(passage: Passage, mean: Item, word: str) -> list[Item]:
    """实际开馆318天。全年进馆41.34万人次，日均1,300人次: the one count of its kind in the sentence before."""
    earlier = [i for i in passage.items if i.q.sentence == mean.q.sentence - 1 and i.q.dimension is Dimension.COUNT]
    found = [i for i in earlier if not i.hedged and i.q.base and i.role not in _OUT and _counts(i, word)]
    return found if len(found) == 1 else []


def _told_once(mean: Item, totals: Sequence[Item], counts: Sequence[Item]) -> bool:
    """58.4万亩，产量24.82万吨，比上年增加0.46万吨，亩产425公斤: one total and one count, and a change between."""
    return "产" in mean.label and len(totals) == len(counts) == 1


def alike(total: Item, mean: Item) -> bool:
    """Whether one may be the mean of the other: of one kind, both weights, or both people (132人次, 每次22人)."""
    people = _plain(total) == "人次" and _plain(mean) in PEOPLE
    return people or kin(total.q, mean.q) or (_plain(total) in _KILOS and _plain(mean) in _KILOS)


def _plain(item: Item) -> str:
    """The unit without its multiplier: 户 of 24.6万户."""
    symbol = item.q.figure.unit.symbol
    return symbol.lstrip("十百千万亿") or symbol if symbol not in _KILOS else symbol


def _counts(item: Item, word: str) -> bool:
    """Whether a figure counts what 每X names: 1228名 for 人, 工位总数2185个 for 工位, 24.6万户 for 户, 615期 for 期 of 每期培训."""
    return _counts_that(item, word) or (len(word) > 1 and _plain(item) == word[0])


def _counts_that(item: Item, word: str) -> bool:
    unit = _plain(item)
    named = word in item.label or item.q.noun.startswith(word) or word in item.q.noun[:4]
    return (
        unit == word
        or (word[0] == "人" and unit in "名位人")
        or (word[0] == "日" and unit == "天")
        or (unit in "个家所处支" and named)
        or (unit in _THINGS.get(word, "") and (named or unit not in "个家处"))
    )


def _compare(total: Item, mean: Item, count: Item) -> Outcome:
    weight = weight_of(total, mean)
    value = total.q.base * weight / count.q.base
    over = figure_interval(total.q.figure).scaled(weight).over(figure_interval(count.q.figure))
    units = total.q.figure.unit.symbol if weight != 1 else ""
    words = f"{as_printed(total.q.figure)}{units} ÷ {as_printed(count.q.figure)}{count.q.figure.unit.symbol if units else ''}"
    return compare_value(mean.q.figure, value, over or point(value), words)


def weight_of(total: Item, mean: Item) -> Decimal:
    """What turns the total's base into the mean's: 1000 of 吨 into 公斤."""
    return _KILOS.get(_plain(total), Decimal(1)) / _KILOS.get(_plain(mean), Decimal(1)) if _weighed(total, mean) else Decimal(1)


def _weighed(total: Item, mean: Item) -> bool:
    return _plain(total) in _KILOS and _plain(mean) in _KILOS


def _alone(passage: Passage, mean: Item, total: Item, count: Item, outcome: Outcome) -> bool:
    """Whether the three stand in a row with nothing else in their segment, near enough that one of them is mistaken."""
    segment = [i for i in passage.items if i.q.sentence == mean.q.sentence and i.q.segment == mean.q.segment]
    low, high = sorted((mean.q.base, outcome.right))
    first = min(i.q.label_start for i in segment)
    plain = _OPEN.search(passage.text, first, mean.q.span.end + 4) is None and not mean.hedged
    return plain and len(segment) == 3 and {id(i) for i in segment} == {id(mean), id(total), id(count)} and low >= high * _HALF


def _claim(mean: Item, total: Item, count: Item, outcome: Outcome, confidence: float) -> Claim:
    return claim_of(ClaimKind.AVERAGE, mean, [("numerator", total), ("count", count)], outcome, confidence=confidence)
