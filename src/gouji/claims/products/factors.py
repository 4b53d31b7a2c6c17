"""The counts that a standard is multiplied with, or that a sum is shared out among: by the unit that 每X, /X or X均 names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from gouji.claims.scene import Item
from gouji.facts.units import size_of, unit_of
from gouji.model import patterns as re
from gouji.model.quantity import Dimension

PER = re.compile(r"每(?:个(?=[\u4e00-\u9fff]{2}))?([\u4e00-\u9fff]{1,2})|/\s?([\u4e00-\u9fff]{1,2})|(?!平)([\u4e00-\u9fff])均")
_PER_UNIT = re.compile(r"(?:每|/\s?)(平方米|平方公里|立方米|公里|千米|厘米|米|公顷|亩|吨|公斤|千克|斤|克|升|千瓦时|度)")
_ANY = frozenset({"个", "处", "项"})
_PERIOD = {"天", "日", "个", "次", "期", "场", "月", "学期", "年"}
_OVER_TIME = re.compile(r"([年月日])均(?!工资|收入|气温)")


def choices(counts: Sequence[Item], standard: Item) -> list[tuple[Item, ...]]:
    """Which counts the standard is multiplied with: the unit that 每X or /X names first."""
    span = _OVER_TIME.search(standard.label)
    if span is not None:
        counts = [c for c in counts if names(c, span[1])]  # 年均: not of the 30 projects told beside it
    named = PER.search(standard.label + standard.q.figure.unit.symbol)
    word = next((g for g in named.groups() if g), "") if named else ""
    ordered = sorted(counts, key=lambda c: (not names(c, word), abs(c.order - standard.order)))
    singles: list[tuple[Item, ...]] = [(c,) for c in ordered]
    pairs = list(combinations(ordered, 2))
    both = doubled(counts, standard)
    if both is not None:
        return [both, *singles, *pairs]
    many = len(counts) == 2 and sum(1 for c in counts if is_period(c)) == 1
    triples = [tuple(counts)] if len(counts) == 3 else []
    return [*pairs, *singles, *triples] if many else [*singles, *pairs, *triples]


def doubled(counts: Sequence[Item], standard: Item) -> tuple[Item, ...] | None:
    """每人每天600元 with 4批, 30人, 120人, 5天: all the people and the days."""
    named = re.findall("每(人|名|生|户)|每(天|日)", standard.label)
    if len(counts) < 3 or len(named) != 2:
        return None
    people = [c for c in counts if names(c, "人") and c.q.figure.unit.symbol in "名人位"]
    days = [c for c in counts if c.q.figure.unit.symbol == "天"]
    if not people or len({d.q.base for d in days}) != 1:
        return None
    return max(people, key=lambda c: c.q.base), days[0]


def scale(count: Item, standard: Item) -> Decimal:
    """How many of the unit that a standard is told for one of are one of the count's: 24公里 at 每米380元 are 24000米."""
    size = size_of(count.q.figure.unit) if count.q.dimension is Dimension.MEASURE else None
    if size is None:
        return Decimal(1)
    words = standard.label + standard.q.figure.unit.symbol
    for match in _PER_UNIT.finditer(words):
        per = size_of(unit_of(match[1]))
        if per is not None and per[0] == size[0]:
            return round(size[1] / per[1], 6)  # 15亩 to the 公顷
    return Decimal(1)


def is_period(count: Item) -> bool:
    """3天, 12个月, 4次: the second factor beside people or things."""
    return count.q.figure.unit.symbol in _PERIOD - {"个"} or count.q.noun.startswith("月")


def names(count: Item, word: str) -> bool:
    unit = count.q.figure.unit.symbol
    if unit in _ANY and word and word in count.label[-4:]:
        return True  # 固定岗位520个 … 岗均
    if (word == "日" and unit == "天") or (word == "案" and unit == "件"):
        return True  # 日均, 案均
    return bool(word) and (
        unit in word or word[0] in unit or count.q.noun.startswith(word) or (word[0] == "人" and unit in "名位人")
    )
