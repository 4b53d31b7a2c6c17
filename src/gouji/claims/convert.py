"""One amount printed in two units side by side: 2,594,791元（259.4791万元）, 折合317.79万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from gouji.claims.arithmetic import compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import plain

WAN = 10_000
_FINE = 4  # decimals of an amount in 万元 that is printed to the yuan
_LONG = 6  # digits of an amount that no other one shares by chance
TELLING = 10  # 元: digits of a smaller figure may be equal by chance
_EACH = re.compile(r"每|均|单|标准|价|/")
_PAID = re.compile(r"[付支发拨用列决算预收入补助费款额]")
_TOLD = re.compile(
    r"^(?:，|；|（)?(?:约)?(?:折合|合计约|即|约合|相当于|也就是|合|折算|换算(?:过来)?|[按以](?:万|亿)?元(?:计|为单位)，?)(?:就是|人民币|为|约|成|是)*$"
)
_AGREE = re.compile(r"，(?:两者|二者|两数|双方|账表|账实|账账|数据|金额)(?:相符|一致|吻合|相等)")


def find(scene: Scene) -> Iterator[Claim]:
    """Every amount that is restated in another unit right behind itself."""
    for passage in scene.passages:
        for first, second in pairwise(passage.items):
            if not (first.money and second.money) or second.q.sentence != first.q.sentence:
                continue
            gap = second.gap.strip()
            if Role.STANDARD in (first.role, second.role):
                continue
            units = first.q.figure.unit.factor != second.q.figure.unit.factor
            bracketed = (
                gap == "（"
                and (units or _shifted(first.q.base, second.q.base))
                and passage.text[second.q.span.end : second.q.span.end + 1] == "）"
            )
            told = _TOLD.match(gap) and (units or "折合" in gap or "换算" in gap or _shifted(first.q.base, second.q.base))
            agree = _AGREE.match(passage.text, second.q.span.end) and (units or _shifted(first.q.base, second.q.base))
            if not (bracketed or told or agree or _same_digits(first, second)):
                continue
            own = _in_turn(passage.items, first, second)
            if own is not None:
                yield _restated(own, second)
    yield from _slips(scene)


_JOINED = re.compile(r"\s?[、和与及]\s?")


def _in_turn(items: Sequence[Item], first: Item, second: Item) -> Item | None:
    """甲A元、乙B元、丙C元，折合a万元、b万元、c万元: the first amount of as many; None where the lists are not of one length."""
    number = 1
    for item in items[second.order + 1 :]:
        if not item.money or item.label or not _JOINED.fullmatch(item.gap):
            break
        number += 1
    run = items[max(0, first.order - number + 1) : first.order + 1]
    whole = len(run) == number and all(i.money and i.q.sentence == first.q.sentence for i in run)
    return (run[0] if whole else None) if number > 1 else first


def _restated(first: Item, second: Item) -> Claim:
    """That both are one amount: of the second, unless it is the first whose decimals no amount in 元 has."""
    if _fraction_of_a_fen(first) and not _fraction_of_a_fen(second):
        first, second = second, first
    outcome = compare_value(second.q.figure, first.q.base, figure_interval(first.q.figure), first.q.raw)
    if _fraction_of_a_fen(second) and not outcome.holds:
        right = f"{plain(first.q.base / WAN)}万元"  # in the unit that was meant
        outcome = replace(outcome, computed=right, formula=f"{first.q.raw} = {right}")
    return claim_of(ClaimKind.RESTATEMENT, second, [("restated", first)], outcome, shape="unit", confidence=SURE)


def _shifted(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts have the same digits: 54.0906元 and 540906.00元."""
    return (
        a != b
        and a.normalize().as_tuple().digits == b.normalize().as_tuple().digits
        and len(a.normalize().as_tuple().digits) >= 3
    )


def _fraction_of_a_fen(item: Item) -> bool:
    """448.74597元: no amount has such decimals, the unit is not 元."""
    return item.q.figure.unit.factor == 1 and item.q.figure.places > 2


def _same_digits(a: Item, b: Item) -> bool:
    """凭证金额1467333.70元，填列146.73337万元: one amount in two units, which no word says; all the digits, but for one slip, are the same.

    Numbers of six digits that mean different things are hardly ever so alike.
    """
    yuan, other = (a, b) if a.q.figure.unit.factor == 1 and not _fraction_of_a_fen(a) else (b, a)
    fit = yuan.q.figure.unit.factor == 1 and (other.q.figure.unit.factor > 1 or _fraction_of_a_fen(other))
    if not fit or a.hedged or b.hedged or other.q.figure.places < _FINE:
        return False
    one, two = (str(f.value.normalize().as_tuple().digits) for f in (yuan.q.figure, other.q.figure))
    if len(one) != len(two) or len(yuan.q.figure.value.normalize().as_tuple().digits) < _LONG:
        return False
    wrong = [n for n, (x, y) in enumerate(zip(one, two, strict=True)) if x != y]
    swapped = len(wrong) == 2 and one[wrong[0]] == two[wrong[1]] and one[wrong[1]] == two[wrong[0]]
    return len(wrong) <= 1 or swapped


def _slips(scene: Scene) -> Iterator[Claim]:
    """实发206.85元 in a document that says 支付206.85万元 elsewhere: 万 was left out."""
    if not any(i.money and i.q.figure.unit.factor == 1 and i.q.figure.places == 2 for i in scene.items()):
        return
    large = {i.q.figure.value: i for i in scene.items() if i.money and i.q.figure.unit.factor == WAN and i.q.figure.places == 2}
    for passage in scene.passages:
        for item in passage.items:
            twin = large.get(item.q.figure.value) if item.money and item.q.figure.unit.factor == 1 else None
            if twin is None or item.q.figure.places != 2 or item.hedged or item.role is Role.STANDARD:
                continue
            if item.q.base < TELLING or _EACH.search(item.label) or not _PAID.search(item.label):
                continue
            value = figure_interval(twin.q.figure)
            outcome = compare_value(item.q.figure, twin.q.base, value, twin.q.raw)
            yield claim_of(ClaimKind.RESTATEMENT, item, [("restated", twin)], outcome, shape="unit", confidence=LIKELY)
