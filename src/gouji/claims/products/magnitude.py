"""Products and quotients whose digits are right and whose unit is not: 每桶25升，1800桶合计45升; 全年1387万立方米，折合每天3.8立方米.

What one thing comes to stands beside how many there are (每X, 单X, X均, /X). That three or more digits of the printed figure are those of the
product, and its size is a power of ten off, is no chance: the multiplier or the unit was lost. Whatever is off in its digits is left to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from math import log10

from gouji.claims.arithmetic import Outcome, as_printed
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.products.factors import names, scale
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role, by_words
from gouji.facts.units import size_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension, plain
from gouji.model.text import Text

WORDS = ("每", "均", "单", "/", "一台", "一次", "一套", "一辆", "一座", "一口", "一件")
_EACH = re.compile(
    r"(?:每(?:一)?(?:个(?=[\u4e00-\u9fff]{2}))?|单(?=[间车船机库班顶盏门处站点校炉线个位台座套件辆户人条份次家项只亩口头所株张名吨桶箱袋瓶盒根块])|(?:^|[，、]?)一(?=[台套辆座次口件]\D{0,6}$))(?P<each>(?!每)[\u4e00-\u9fff](?:(?!每)[\u4e00-\u9fff])?)"
    r"|(?!平)(?P<mean>[人户亩件次日月车台班场校村点店家个座棵株头])均"
)
_BEHIND = re.compile(r"\s?/\s?(?P<each>[\u4e00-\u9fff]{1,2})")
_PERIODS = {"天": (365, 366), "日": (365, 366), "月": (12,), "季": (4,), "周": (52,)}
_PACE = frozenset("小分秒天日月年季周次")  # of a speed or a rhythm, which a lone number of things says nothing of
_OF_MANY = "千万百十"  # 每千人4批次 is of a sample
_OF_TWO = {"人天": "天", "人日": "天", "车日": "天", "人时": "小时"}  # people times days are told as days for each of them
_YEARLY = re.compile(r"全年|年度|本年|当年|一年|年[产供用耗处发]|20\d\d年")
_OUT = frozenset({Role.UP, Role.DOWN, Role.PRIOR})
_TALLY = (Dimension.COUNT, Dimension.MEASURE)
_EACH_OF = frozenset({Dimension.MONEY, *_TALLY, Dimension.RATE})
_BACK, _AHEAD = 6, 2
_DIGITS = 3  # that tie by no chance
_LOST = frozenset({-8, -6, -4, -3, 3, 4, 6, 8})  # powers of ten that a lost 万 or a mistaken unit makes
_MOST = 8
_WAN = 10_000
_CAUSE = Text("数字相符而单位或量级有误", "the digits tie, the unit or its multiplier does not")


def find(scene: Scene, settled: set[int], failing: set[int]) -> Iterator[Claim]:
    """Every such figure; `settled` holds id() of the figures that a claim has recomputed, `failing` of those of claims that fail."""
    for passage in scene.telling(*WORDS):
        if len(passage.items) < 2:
            continue
        told = [i for i in passage.items if _may_be_each(i)]
        rates = [(i, each) for i in told if not i.hedged and id(i.q) not in failing and (each := _each(i))]
        if not rates:
            continue
        products = []
        for item in passage.items:
            if id(item.q) in settled or id(item.q) in failing or not _may_be(item):
                continue
            beside = [(r, w) for r, w in rates if _by(r, item)]
            if beside:
                claim = _multiplied(passage, item, beside)
                if claim is not None:
                    products.append(claim)
        yield from products
        wrong = {id(c.operands[0].quantity) for c in products}
        for item, each in rates:
            if id(item.q) not in settled and id(item.q) not in wrong and _may_be(item):
                claim = _shared_out(passage, item, each, wrong)
                if claim is not None:
                    yield claim


def _by(rate: Item, item: Item) -> bool:
    """Whether what one comes to stands in the sentence of a figure and near it."""
    return rate is not item and rate.q.sentence == item.q.sentence and -_BACK <= rate.order - item.order <= _AHEAD


def _may_be(item: Item) -> bool:
    return item.q.base > 0 and not item.hedged and item.role not in _OUT and not item.q.chinese and _kind(item) is not None


def _may_be_each(item: Item) -> bool:
    """Whether one of the marks of a figure for one of many stands by it: asked of all before any is searched."""
    if item.q.dimension not in _EACH_OF:
        return False
    label = item.label
    return (
        "每" in label
        or "均" in label
        or "单" in label
        or "一" in label
        or item.after.lstrip().startswith("/")
        or item.q.dimension is Dimension.RATE
    )


def _each(item: Item) -> list[str]:
    """The units that a figure is told for one of: 每车每日平均行驶85公里."""
    if not _may_be_each(item):
        return []
    words = [*_named_in(item.label)]
    if item.after.lstrip().startswith("/") and (behind := _BEHIND.match(item.after)) is not None:
        words.append(behind["each"])
    if item.q.dimension is Dimension.RATE and "/" in item.q.figure.unit.symbol:
        words.append(item.q.figure.unit.symbol.rsplit("/", 1)[1])
    return words if not any(w[0] in _OF_MANY for w in words) else []


@by_words
def _named_in(label: str) -> tuple[str, ...]:
    return tuple(g for m in _EACH.finditer(label) for g in m.groups() if g and g[0] != "年")


def _kind(item: Item) -> tuple[str, Decimal] | None:
    """What a figure measures, and its value in the unit of that kind."""
    q = item.q
    if q.dimension in (Dimension.MONEY, Dimension.RATE):
        return "money", q.base
    if q.dimension is Dimension.MEASURE:
        size = size_of(q.figure.unit)
        return (size[0], q.base * size[1]) if size else (q.figure.unit.symbol[-2:], q.base)
    if q.dimension is Dimension.COUNT:
        symbol = q.figure.unit.symbol.lstrip("十百千万亿") or q.figure.unit.symbol
        return _OF_TWO.get(symbol, symbol), q.base
    return None


def _near(passage: Passage, item: Item) -> list[Item]:
    """The figures around one that may be multiplied with another."""
    around = passage.items[max(0, item.order - _BACK) : item.order + 1 + _AHEAD]
    return [i for i in around if i is not item and 0 <= item.q.sentence - i.q.sentence <= 1 and i.q.base > 0 and not i.hedged]


def _multiplied(passage: Passage, item: Item, rates: Sequence[tuple[Item, list[str]]]) -> Claim | None:
    """What one comes to, times how many."""
    kind = _kind(item)
    alike = [(rate, words, of[1]) for rate, words in rates if kind and (of := _kind(rate)) and of[0] == kind[0]]
    if kind is None or not alike:
        return None
    near, own = _near(passage, item), _each(item)
    found: Claim | None = None
    for rate, words, one in alike:
        if rate not in near or any(w in own for w in words):
            continue
        counts = [i for i in near if i is not rate and i.q.dimension in _TALLY and not _each(i)]
        if "米" in words:  # 每米165元，74公里: kilometres are thousands of metres
            counts = [i for i in counts if i.q.figure.unit.symbol != "公里"]
        here = [i for i in counts if i.q.sentence == item.q.sentence]
        named = [i for i in counts if any(names(i, w) or names(i, w[0]) for w in words)]
        paced = any(w[0] in _PACE for w in words)
        alone = len(here) == len(words) == 1 and not paced
        sets = [(c,) for c in counts if len(words) == 1 and (c in named or (alone and c in here))]
        many = [p for p in combinations(here, 2) if len(words) > 1 and any(c in named for c in p)]
        for chosen in (*sets, *many):
            value = one
            for count in chosen:
                value *= count.q.base * scale(count, rate)
            power = _off(item, value, kind[1])
            if power == 0:
                return None
            if power is not None and found is None:
                words_ = " × ".join(as_printed(i.q.figure) + i.q.figure.unit.symbol for i in (rate, *chosen))
                others = [("rate", rate), *(("count", c) for c in chosen)]
                found = _claim(item, ClaimKind.PRODUCT, others, value, kind[1], words_)
    return found


def _shared_out(passage: Passage, item: Item, words: Sequence[str], wrong: set[int]) -> Claim | None:
    """What there is of all, over how many or over the days of the year."""
    kind = _kind(item)
    near = [i for i in _near(passage, item) if i.q.sentence == item.q.sentence and id(i.q) not in wrong]
    if kind is None or len(words) != 1 or item.q.dimension is Dimension.RATE:
        return None
    found: Claim | None = None
    for whole in near:
        of = _kind(whole)
        if of is None or of[0] != kind[0] or _each(whole) or whole.order > item.order:
            continue
        counts = [
            (i.q.base, i)
            for i in near
            if i is not whole and i.q.dimension in _TALLY and (names(i, words[0]) or names(i, words[0][0]))
        ]
        periods = _PERIODS.get(words[0][0], ()) if _YEARLY.search(passage.text, 0, whole.q.span.start) else ()
        for count, told in (*counts, *((Decimal(n), None) for n in periods)):
            value = of[1] / count
            power = _off(item, value, kind[1])
            if power == 0:
                return None
            if power is not None and found is None:
                words_ = f"{whole.q.raw} ÷ {as_printed(told.q.figure) if told else plain(count)}"
                others = [("total", whole), *([("count", told)] if told else [])]
                found = _claim(item, ClaimKind.AVERAGE, others, value, kind[1], words_)
    return found


def _off(item: Item, value: Decimal, stated: Decimal) -> int | None:
    """By which power of ten the figure is more than a value whose digits it has; 0 where it is that value, None where the digits differ."""
    ratio = float(stated) / float(value)
    power = round(log10(ratio))
    if abs(ratio / 10.0**power - 1) > float(item.q.figure.ulp / item.q.base):
        return None  # most pairs of figures: told without an exact logarithm
    right = value * Decimal(10) ** power
    one = stated / item.q.base  # of the figure's base unit in the unit of its kind
    if abs(right - stated) > item.q.figure.ulp * one / 2:
        return None
    if power and abs(power) > _MOST:
        return None
    digits = len(plain(item.q.figure.value).replace(".", "").strip("0"))
    return power if not power or digits >= _DIGITS or (digits == _DIGITS - 1 and power in _LOST) else None


def _claim(
    item: Item, kind: ClaimKind, others: Sequence[tuple[str, Item]], value: Decimal, stated: Decimal, words: str
) -> Claim:
    right = item.q.base * value / stated
    shown = _shown(item, right)
    outcome = Outcome(Verdict.DISAGREES, right, shown, None, f"{words} = {shown}", "", _CAUSE)
    return claim_of(kind, item, others, outcome, shape="unit", confidence=LIKELY)


def _shown(item: Item, value: Decimal) -> str:
    """A value in the figure's unit, with 万 where it is large."""
    symbol, printed = item.q.figure.unit.symbol, value / item.q.figure.unit.factor
    if item.q.figure.unit.factor == 1 and abs(printed) >= _WAN:
        symbol, printed = "万" + symbol, printed / _WAN
    return f"{plain(printed.quantize(Decimal('0.0001')))}{symbol}"
