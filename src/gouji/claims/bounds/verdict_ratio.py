"""Verdicts on a figure that is not printed: 预备费240万元，动用14.4万元，符合控制要求, where the share that the two make is what a limit binds.

The limit is a percentage (or an amount for each of something) whose own name tells what is divided: 动用比例 of 动用, 护理型床位占比 of 护理型床位,
残膜回收率 of 回收; 图书流通比上年增长8% of 图书流通 that went from one figure to another; 生均 of an amount and the number of 在校生.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.bounds.verdict import WORDS, Said, verdicts, way_of
from gouji.claims.build import LIKELY, operand
from gouji.claims.scene import Item, Scene, kin
from gouji.claims.vocabulary import PEOPLE, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, Hedge, plain
from gouji.model.record import record

_A_SHARE = re.compile(r"(?:率|比例|占比|比重|幅度|份额)|占[^，。；]{0,12}(?:的|不)?")
_GROWTH = re.compile(r"(?:比|较)(?:上年|去年|上一年)[^，。；]{0,6}(?:增长|增加|提高|增幅)|增长|增幅")
_OF_GROWTH = re.compile(r"增幅|增长|增速|增量|提升幅度")
_FOR_EACH = re.compile(r"(?P<of>[生人户亩村床])均")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,14}$")
_TO = re.compile(r"[到至为]了?\s?$")
_WHOLE = re.compile(r"总|共|全|应|年末|使用|预算|年内|登记|受理|建安")
_GENERIC = re.compile(
    r"本年度?|全年|当年|年度|年末|年底|全[市县区省州镇乡院校]|实[际列有]|其中|当中|总[量数额值]|共|累计|完成|目标|要求|规定|不[得应]?[低少高超多]于?过?|控制在?|达到?|应|须|按|的|为|在|占比?|比例|比重|率"
)
_SHARED = 2  # characters in a row that two names of one thing have in common
_PAIR = 2


@record(frozen=True, slots=True)
class _Ratio:
    """What two figures make, as printed in the claim, in the unit that the limit has."""

    value: Decimal
    shown: str
    formula: str
    over: Item
    under: Item


def find(scene: Scene, held: frozenset[int]) -> Iterator[Claim]:
    """Every verdict on what two figures right before it make; `held` are the figures that were held to a limit otherwise, by identity."""
    limits: list[tuple[Item, int, str]] | None = None
    for passage in scene.telling(*WORDS):
        if len(passage.items) < _PAIR:
            continue
        for said, last in verdicts(passage):
            if last.order == 0 or id(last.q) in held or last.hedged or last.percent:
                continue
            pair = passage.items[last.order - 1 : last.order + 1]
            if pair[0].hedged or last.q.sentence != pair[0].q.sentence or last.q.segment != pair[0].q.segment:
                continue
            limits = list(_limits(scene)) if limits is None else limits
            read = {
                (limit.q.base, way): (limit, way, ratio)
                for limit, way, name in limits
                if (ratio := _ratio(pair, limit, name, said)) is not None and limit.q.span != last.q.span
            }
            if len(read) == 1:
                limit, way, ratio = next(iter(read.values()))
                if not said.way or said.way == way:
                    yield _claim(said, limit, way, ratio)


def _limits(scene: Scene) -> Iterator[tuple[Item, int, str]]:
    """The percentages and amounts for each that bind, with the way they do and their name."""
    for passage in scene.passages:
        for item in passage.items:
            each = item.money and _FOR_EACH.search(item.label) is not None
            if not (item.percent or each) or item.q.figure.hedge in (Hedge.ABOUT, Hedge.NEARLY):
                continue
            way = way_of(passage, item)
            if way:
                yield item, way, _GENERIC.sub("", item.label)


@by_words
def _share_a_word(name: str, other: str) -> bool:
    return any(name[n : n + _SHARED] in other for n in range(len(name) - 1))


def _ratio(pair: Sequence[Item], limit: Item, name: str, said: Said) -> _Ratio | None:
    """What a pair of figures makes of what the limit names."""
    first, last = pair
    if limit.money:
        return _for_each(first, last, limit)
    if not kin(first.q, last.q) or not first.q.base or not last.q.base:
        return None
    if _GROWTH.search(limit.label):
        moved = _FROM.search(first.label) and _TO.search(last.gap)
        same = _share_a_word(_GENERIC.sub("", first.label), _GROWTH.sub("", name))
        if not moved or not same or not _OF_GROWTH.search(said.words):
            return None
        growth = (last.q.base - first.q.base) / first.q.base * HUNDRED
        shown = f"{growth:.2f}%"
        return _Ratio(growth, shown, f"({last.q.raw} - {first.q.raw}) ÷ {first.q.raw} = {shown}", last, first)
    if not _A_SHARE.search(limit.label) or last.q.base > first.q.base or last.label.endswith(("余", "剩")):
        return None
    of_last = _share_a_word(_GENERIC.sub("", last.label), name)
    if not of_last or not (_WHOLE.search(first.label) or _share_a_word(_GENERIC.sub("", first.label), name)):
        return None
    share = last.q.base / first.q.base * HUNDRED
    shown = f"{share:.2f}%"
    return _Ratio(share, shown, f"{last.q.raw} ÷ {first.q.raw} = {shown}", last, first)


def _for_each(amount: Item, number: Item, limit: Item) -> _Ratio | None:
    """总值4212万元，按7200名学生平均: an amount for each, of which the limit is one."""
    each = _FOR_EACH.search(limit.label)
    if each is None or not amount.money or number.q.dimension is not Dimension.COUNT or not number.q.base:
        return None
    people = number.q.figure.unit.symbol in PEOPLE
    told = (each["of"] in "生人" and people) or number.q.figure.unit.symbol == each["of"]
    mean = "平均" in number.after or number.label.endswith(("平均", "摊", "计算"))
    if not told or not mean or not _share_a_word(_FOR_EACH.sub("", limit.label)[-6:], amount.label):
        return None
    value = amount.q.base / number.q.base
    shown = f"{plain((value / limit.q.figure.unit.factor).quantize(Decimal('0.0001')))}{limit.q.figure.unit.symbol}"
    return _Ratio(value, shown, f"{amount.q.raw} ÷ {number.q.raw} = {shown}", amount, number)


def _claim(said: Said, limit: Item, way: int, ratio: _Ratio) -> Claim:
    holds = ratio.value <= limit.q.base if way < 0 else ratio.value >= limit.q.base
    sign = ("≤" if way < 0 else "≥") if holds else (">" if way < 0 else "<")
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=f"{said.words}（{limit.q.raw}）",
        computed=ratio.shown,
        operands=(operand(ratio.over, "stated"), operand(limit, "bound"), operand(ratio.under, "whole")),
        formula=f"{ratio.formula} {sign} {limit.q.raw}",
        confidence=LIKELY,
        shape="compared",
    )
