"""Products that the text prints as a formula or tells by their rhythm: 28人×1640元×12个月, 10分×93.5%=9.35分, 24个点位 … 每季度1次.

The factors are read as printed; the result stands behind the equals sign, behind a word that sums up, or before the bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, Dimension, Interval, point

_TIMES = re.compile(r"[^，。；：=]{0,8}[×✕xX*][^，。；：=×]{0,8}")
_RESULT = re.compile(r"[^，。；]{0,6}(?:[=＝≈]|，(?:共|合|总|小)?计|，共(?:需|支出|支付)?|，合计)[\u4e00-\u9fff]{0,6}\s?")
_BEFORE = re.compile(r"[^，。；\d]{0,4}[（：](?:[^，。；\d]{0,8}[：，])?[^，。；\d×]{0,6}")
_WRAP = re.compile(r"[）+＋\-－÷/]")
_TERM = re.compile(r"[+＋÷－][^，。；：]{0,16}$")  # 自评92分×30%＋现场评价88分×70%
_RHYTHM = re.compile(r"每(?P<period>季度?|月|周|半年|年|学期|旬|日|天)[\u4e00-\u9fff]{0,10}$")
_ONCE = re.compile(r"每(?P<period>季度?|月|周|半年|年|学期|旬|日|天)[\u4e00-\u9fff]{0,8}一[次轮场期趟遍](?=，)")
_IN_A_YEAR = {"季": 4, "季度": 4, "月": 12, "半年": 2, "学期": 2, "年": 1, "旬": 36}
_EACH = re.compile(r"每(?:个)?(?P<of>[\u4e00-\u9fff])[\u4e00-\u9fff]{0,6}$")
_SUMS = re.compile(r"，(?:全年|全县|全区|全市|全镇|总)?(?:共|合计|总计|共计|累计)[\u4e00-\u9fff]{0,6}\s?$")
_ALTOGETHER = re.compile(
    r"[，；。](?:[两二三四五六]+[档项类级等]|各[档项类级]|以上|上述)?[\u4e00-\u9fff]{0,4}(?:合计|共计|总计|总额|共)[\u4e00-\u9fff]{0,6}\s?$"
)
_OCCASIONS = frozenset({"次", "轮", "场", "期", "趟", "遍", "场次", "批次", "例"})
_YEARLY = re.compile(r"(?:全年|年度|年内|一年|当年)[^，。；\d]{0,12}$")
_A_MONTH = re.compile(r"每月|月补|/月")
_ALL_YEAR = re.compile(r"全年|年度|一年|当年")
_APART = re.compile(r"部分|陆续|新增|其余|停|除外|至少|不少于|以上")


def find(passage: Passage) -> Iterator[Claim]:
    """Every printed product, and every yearly number that a rhythm decides."""
    if "×" in passage.text or "*" in passage.text or "=" in passage.text or "x" in passage.text.lower():
        for factors in _runs(passage.items):
            claim = _product(passage, factors)
            if claim is not None:
                yield claim
    for sentence in passage.sentences if Role.STANDARD in passage.roles else ():
        claim = _tiers(sentence) or _in_turn(sentence)
        if claim is not None:
            yield claim
    if "每" in passage.text:
        for item in passage.items:
            claim = _yearly(passage, item) or _each(passage, item)
            if claim is not None:
                yield claim


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Neighbouring figures joined by multiplication signs."""
    run: list[Item] = []
    for item in items:
        if run and item.q.sentence == run[-1].q.sentence and _TIMES.fullmatch(item.gap):
            run.append(item)
            continue
        if len(run) >= 2:
            yield run
        run = [item]
    if len(run) >= 2:
        yield run


def _result(passage: Passage, factors: Sequence[Item]) -> Item | None:
    first, last = factors[0], factors[-1]
    after = passage.items[last.order + 1] if last.order + 1 < len(passage.items) else None
    behind = passage.text[last.q.span.end : last.q.span.end + 12]
    if after is not None and after.q.sentence == last.q.sentence and _RESULT.fullmatch(after.gap):
        return after
    if first.order and re.match(r"[^，。；\d]{0,4}）", behind) and _BEFORE.fullmatch(first.gap):
        return passage.items[first.order - 1]
    return None


def _product(passage: Passage, factors: Sequence[Item]) -> Claim | None:
    result = _result(passage, factors)
    if result is None or any(f.hedged for f in factors) or result.percent:
        return None
    if _WRAP.search(factors[0].gap[-1:]) or _TERM.search(factors[0].gap) or any(_WRAP.search(f.gap) for f in factors[1:]):
        return None  # one term of a longer formula
    tail = passage.text[factors[-1].q.span.end : factors[-1].q.span.end + 3]
    if re.match(r"\s?[+＋\-－÷/×]", tail):
        return None
    worth = [f for f in factors if f.q.dimension in (Dimension.MONEY, Dimension.RATE, Dimension.SCORE)]
    if result.q.dimension is Dimension.SCORE:
        if len(worth) != 1 or worth[0].q.dimension is not Dimension.SCORE:
            return None
    elif result.money:
        if len(worth) != 1 or worth[0].q.dimension is Dimension.SCORE:
            return None
    elif worth or result.q.dimension not in (Dimension.COUNT, Dimension.MEASURE):
        return None
    return _claim(result, factors)


def _claim(result: Item, factors: Sequence[Item]) -> Claim:
    value, spread = Decimal(1), point(Decimal(1))
    for factor in factors:
        scale = Decimal(1) / HUNDRED if factor.percent else Decimal(1)
        value *= factor.q.base * scale
        exact = factor.money and not (factor.q.figure.places and factor.q.figure.unit.factor > 1)
        spread = spread * (point(factor.q.base) if exact else figure_interval(factor.q.figure)).scaled(scale)
    words = " × ".join(as_printed(f.q.figure) + ("%" if f.percent else "") for f in factors)
    score = result.q.dimension is Dimension.SCORE
    outcome = compare_value(result.q.figure, value, _around(spread) if score else spread, words)
    if score:
        kind = ClaimKind.EXECUTION_SCORE
        others = [("rate" if f.percent else "weight", f) for f in factors]
    else:
        kind = ClaimKind.PRODUCT
        others = [("standard" if f.q.dimension in (Dimension.MONEY, Dimension.RATE) else "count", f) for f in factors]
    return claim_of(kind, result, others, outcome, shape="formula", confidence=SURE)


def _around(spread: Interval) -> Interval:
    """Scores are rounded to two places."""
    return Interval(spread.low - Decimal("0.005"), spread.high + Decimal("0.005"))


def _yearly(passage: Passage, total: Item) -> Claim | None:
    """24个点位，每季度轮换1次，全年轮换96次."""
    if total.q.figure.unit.symbol not in _OCCASIONS or not total.order or total.hedged or not _YEARLY.search(total.gap):
        return None
    before = [i for i in passage.items[: total.order] if i.q.sentence == total.q.sentence]
    if before and kin(before[-1].q, total.q):
        *before, each = before
        rhythm, number = _RHYTHM.search(each.gap), each.q.base
        if each.hedged or each.order + 1 != total.order:
            return None
    else:
        rhythm, number = _ONCE.search(total.gap), Decimal(1)
    things = _things(before)
    times = _IN_A_YEAR.get(rhythm["period"]) if rhythm else None
    if things is None or times is None or _APART.search(passage.text, things.q.label_start, total.q.span.end):
        return None
    if things.q.figure.unit.symbol in _OCCASIONS or total.q.base == number * times:
        return None  # of each of them
    value = things.q.base * number * times
    formula = f"{as_printed(things.q.figure)} × {number} × {times}"
    outcome = compare_value(total.q.figure, value, point(value), formula)
    return claim_of(ClaimKind.PRODUCT, total, [("count", things)], outcome, shape="rhythm", confidence=LIKELY)


def _things(before: Sequence[Item]) -> Item | None:
    """The one number of things that the rhythm applies to: alone, or with the parts that make it up."""
    if not before or any(i.hedged or i.q.dimension is not Dimension.COUNT for i in before):
        return None
    whole, *parts = before
    if parts and (sum((p.q.base for p in parts), Decimal(0)) != whole.q.base or not all(kin(p.q, whole.q) for p in parts)):
        return None
    return whole


def _each(passage: Passage, total: Item) -> Claim | None:
    """38个村，每村6名保洁员，共228名."""
    if total.order < 2 or total.hedged or total.q.dimension is not Dimension.COUNT or not _SUMS.search(total.gap):
        return None
    each, things = passage.items[total.order - 1], passage.items[total.order - 2]
    named = _EACH.search(each.gap)
    if named is None or not kin(each.q, total.q) or each.hedged or things.hedged or each.q.sentence != total.q.sentence:
        return None
    unit, noun = things.q.figure.unit.symbol, things.q.noun
    if things.q.sentence != total.q.sentence or things.q.dimension is not Dimension.COUNT or kin(things.q, total.q):
        return None
    if not (unit == named["of"] or noun.startswith(named["of"]) or noun[:4].endswith(named["of"])):
        return None
    if _APART.search(passage.text, things.q.label_start, total.q.span.end):
        return None
    value = things.q.base * each.q.base
    outcome = compare_value(total.q.figure, value, point(value), f"{as_printed(things.q.figure)} × {as_printed(each.q.figure)}")
    return claim_of(ClaimKind.PRODUCT, total, [("count", things), ("standard", each)], outcome, shape="each", confidence=SURE)


def _tiers(sentence: Sequence[Item]) -> Claim | None:
    """一等每生4300元，资助1260人；二等每生2300元，资助2180人，两档共1043.20万元: the sum of several products."""
    pairs: list[tuple[Item, Item]] = []
    at = 0
    while at + 1 < len(sentence):
        pair = _pair(sentence[at], sentence[at + 1])
        if pair is not None and pairs and not _like(pairs[0], pair):
            return None  # 每年2000元，春季412人、秋季436人，每学期1000元: one standard told twice
        if pair is not None:
            pairs.append(pair)
            at += 2
            continue
        if len(pairs) >= 2 and at == pairs[-1][0].order - sentence[0].order + 2 - (pairs[-1][0].order > pairs[-1][1].order):
            break
        pairs, at = [], at + 1
    total = sentence[at] if len(pairs) >= 2 and at < len(sentence) else None
    if total is None or not total.money or total.hedged or not _ALTOGETHER.search(total.gap):
        return None
    if total.role is Role.STANDARD or not all(kin(c.q, pairs[0][1].q) for _, c in pairs):
        return None
    value, spread = Decimal(0), point(Decimal(0))
    for standard, count in pairs:
        value += standard.q.base * count.q.base
        spread = spread + figure_interval(count.q.figure).scaled(standard.q.base)
    words = " + ".join(f"{as_printed(c.q.figure)} × {as_printed(s.q.figure)}" for s, c in pairs)
    outcome = compare_value(total.q.figure, value, spread, words)
    if all(_A_MONTH.search(s.label) for s, _ in pairs) and _ALL_YEAR.search(total.label):
        yearly = compare_value(total.q.figure, value * 12, spread.scaled(Decimal(12)), f"({words}) × 12")
        if not yearly.holds and yearly.cause not in (TRANSPOSED, ONE_DIGIT):
            return None  # not everybody was there all the year
        outcome, value = yearly, value * 12
    if not outcome.holds and outcome.cause is None and not Decimal("0.5") < value / total.q.base < 2:
        return None  # days or months are left out
    others = [(role, i) for s, c in pairs for role, i in (("standard", s), ("count", c))]
    return claim_of(ClaimKind.PRODUCT, total, others, outcome, shape="tiers", confidence=LIKELY)


_FOR = re.compile(r"每(?:个|一)?(?P<of>学期|季度|[\u4e00-\u9fff])")


def _like(one: tuple[Item, Item], other: tuple[Item, Item]) -> bool:
    """Whether two tiers are told alike: standard and count in one order, for the same time."""
    order = (one[0].order < one[1].order) == (other[0].order < other[1].order)
    times = [{m["of"] for m in _FOR.finditer(s.label) if m["of"] in _PERIODS} for s, _ in (one, other)]
    return order and (times[0] == times[1] or not all(times))


_PERIODS = frozenset({"学期", "季度", "年", "月", "天", "日", "季", "周", "次", "期"})


_TURN = re.compile(r"(?:分别|依次|各)(?:为|有|是|发放|补助|享受|计)?\s?$")
_ON = re.compile(r"\s?[、和与及]\s?")
_PAID = re.compile(r"共|合|总|计|发放|支付|支出|补助|兑现|拨付|安排|需|使用|金额|资金")


def _in_turn(sentence: Sequence[Item]) -> Claim | None:
    """散居每人1400元、集中每人1900元，分别为286人、94人，发放57.9万元: standards and counts told in one order, and what they make."""
    for at, first in enumerate(sentence):
        if first.q.dimension is not Dimension.COUNT or not _TURN.search(first.gap):
            continue
        stop = at + 1
        while stop < len(sentence) and _ON.fullmatch(sentence[stop].gap) and kin(sentence[stop].q, first.q):
            stop += 1
        counts, number = sentence[at:stop], stop - at
        standards = sentence[max(0, at - number) : at]
        if number < 2 or len(standards) < number or any(s.role is not Role.STANDARD or not s.money for s in standards):
            continue
        total = sentence[stop] if stop < len(sentence) else None
        if total is None or not total.money or total.role is Role.STANDARD or not _PAID.search(total.gap):
            continue
        if any(i.hedged for i in (*counts, *standards, total)):
            continue
        value = sum((c.q.base * s.q.base for c, s in zip(counts, standards, strict=True)), Decimal(0))
        spread = point(value)
        words = " + ".join(
            f"{as_printed(c.q.figure)} × {as_printed(s.q.figure)}" for c, s in zip(counts, standards, strict=True)
        )
        outcome = compare_value(total.q.figure, value, spread, words)
        if not outcome.holds and outcome.cause is None:
            continue  # for how many months is left open
        others = [(r, i) for s, c in zip(standards, counts, strict=True) for r, i in (("standard", s), ("count", c))]
        return claim_of(ClaimKind.PRODUCT, total, others, outcome, shape="tiers", confidence=SURE if outcome.holds else LIKELY)
    return None


def _pair(first: Item, second: Item) -> tuple[Item, Item] | None:
    """(standard, count) of two neighbours, in either order."""
    for standard, count in ((first, second), (second, first)):
        money = standard.q.dimension in (Dimension.MONEY, Dimension.RATE) and standard.role is Role.STANDARD
        if (
            money
            and count.q.dimension is Dimension.COUNT
            and count.role is Role.PLAIN
            and not (standard.hedged or count.hedged)
        ):
            return standard, count
    return None
