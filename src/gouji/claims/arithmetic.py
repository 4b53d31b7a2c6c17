"""Comparing a stated figure with its recomputation: four verdicts, and the likeliest cause where they differ.

Tolerances follow the design's section on arithmetic (XBRL Calculations 1.1 for rounding and truncation).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from math import isfinite, log10

from gouji.model.claim import Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure, Hedge, Interval, plain, point, show, total
from gouji.model.record import record
from gouji.model.text import Text

EXACT = (Dimension.COUNT, Dimension.SCORE)


@record(frozen=True, slots=True)
class Outcome:
    """A comparison: the verdict, the recomputed value in base units, and how it was reached."""

    verdict: Verdict
    right: Decimal
    computed: str
    difference: str | None
    formula: str
    shape: str = ""
    cause: Text | None = None

    @property
    def holds(self) -> bool:
        return self.verdict is not Verdict.DISAGREES


def as_printed(figure: Figure) -> str:
    """The number as it stands in the text, without grouping marks."""
    return format(figure.value, "f") if figure.places else plain(figure.value)


def sum_formula(parts: Sequence[Figure], signs: Sequence[int] | None = None) -> str:
    """36.89 + 7 + 5, with the unit of each part where they differ."""
    same = len({p.unit.symbol for p in parts}) == 1
    words = [as_printed(p) + ("" if same else p.unit.symbol) for p in parts]
    if signs is None:
        return " + ".join(words)
    head = ("-" if signs[0] < 0 else "") + words[0]
    return head + "".join(f" {'+' if s > 0 else '-'} {w}" for s, w in zip(signs[1:], words[1:], strict=True))


def interval_in_sum(figure: Figure, finest: int) -> Interval:
    """A member of a sum: counts, scores and integers among decimals are exact, the rest is rounded."""
    if figure.hedge is not Hedge.NONE:
        return figure.hedged()
    if figure.unit.dimension in EXACT and figure.unit.factor == 1:
        return figure.exact()
    if figure.places == 0 and finest > 0:
        return figure.exact()
    return figure.rounded()


def compare_sum(stated: Figure, parts: Sequence[Figure], signs: Sequence[int] | None = None) -> Outcome:
    """Whether `stated` = Σ sign·part."""
    signs = signs or [1] * len(parts)
    verdict, exact, shape = _tie(stated, parts, signs)
    right = show(exact, stated.unit)
    formula = f"{sum_formula(parts, signs if min(signs) < 0 else None)} = {right}"
    if exact == stated.base:
        return Outcome(verdict, exact, right, None, formula)
    difference = show(abs(stated.base - exact), stated.unit)
    cause = None
    if verdict is Verdict.DISAGREES:
        places = max([p.places for p in parts if p.unit.factor == stated.unit.factor] + [stated.places])
        cause = sum_cause(stated, parts, exact, places, signs)
    return Outcome(verdict, exact, right, difference, formula, shape, cause)


def sums_up(stated: Figure, parts: Sequence[Figure], signs: Sequence[int] | None = None) -> bool:
    """Whether `compare_sum` holds, for one who tries many readings: without the words and the cause."""
    return _tie(stated, parts, signs or [1] * len(parts))[0] is not Verdict.DISAGREES


def _tie(stated: Figure, parts: Sequence[Figure], signs: Sequence[int]) -> tuple[Verdict, Decimal, str]:
    """The verdict on a sum, the sum, and in what way it ties."""
    exact = sum((s * p.base for s, p in zip(signs, parts, strict=True)), ZERO)
    if exact == stated.base:
        return Verdict.AGREES, exact, ""
    if _beyond_rounding(exact, stated, parts):
        return Verdict.DISAGREES, exact, ""  # most readings of a list: told without intervals
    if (
        _rounds_to(exact, stated)
        and min(p.ulp for p in parts) < stated.ulp
        and (any(p.places for p in parts) or min(p.unit.factor for p in parts) < stated.unit.factor)
    ):
        return Verdict.AGREES, exact, "rounded"
    whole = all(p.places == 0 for p in parts) and stated.places == 0
    small = abs(stated.value) < 1000 and len({p.unit.symbol for p in (*parts, stated)}) == 1
    if not (whole and small):
        finest = max([p.places for p in parts if p.unit.symbol == stated.unit.symbol] + [stated.places])
        spread = total([interval_in_sum(p, finest).scaled(Decimal(s)) for s, p in zip(signs, parts, strict=True)])
        target = stated.hedged() if stated.hedge is not Hedge.NONE else interval_in_sum(stated, finest)
        if stated.places == 0 and stated.unit.dimension not in EXACT:
            target = stated.rounded()
        if spread.meets(target):
            hedged = stated.hedge is not Hedge.NONE or any(p.hedge is not Hedge.NONE for p in parts)
            return Verdict.AGREES if hedged else Verdict.AGREES_BY_ROUNDING, exact, "rounding"
    if stated.hedge is not Hedge.NONE and exact in stated.hedged():
        return Verdict.AGREES, exact, "hedged"
    return Verdict.DISAGREES, exact, ""


def _beyond_rounding(exact: Decimal, stated: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a sum is farther off than half of the last digits of all its figures allows, none of which is hedged."""
    loose = stated.ulp
    for part in parts:
        if part.hedge is not Hedge.NONE:
            return False
        loose += part.ulp
    return stated.hedge is Hedge.NONE and abs(exact - stated.base) > loose


def _rounds_to(value: Decimal, stated: Figure) -> bool:
    return value in stated.rounded()


_QUOTIENTS = Context(prec=30)


def quotient(numerator: Figure, denominator: Figure) -> Decimal | None:
    """numerator ÷ denominator × 100, or None on a zero divisor."""
    if denominator.base == 0:
        return None
    return _QUOTIENTS.multiply(_QUOTIENTS.divide(numerator.base, denominator.base), HUNDRED)


def compare_percent(stated: Figure, value: Decimal, spread: Interval | None, formula: str) -> Outcome:
    """Whether a printed percentage states `value` (in %). `spread` is what the rounded inputs allow.

    Truncation instead of rounding, and a last digit off by one, are recognised and named in `shape`.
    """
    places = max(stated.places, 2)
    shown = plain(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)) + "%"
    formula = f"{formula} = {shown}"
    if value in stated.rounded():
        return Outcome(Verdict.AGREES, value, shown, None, formula)
    difference = plain(abs(stated.base - value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)) + "个百分点"
    if stated.hedge is not Hedge.NONE:
        ok = value in hedged_percent(stated)
        return Outcome(Verdict.AGREES if ok else Verdict.DISAGREES, value, shown, difference, formula, "hedged")
    if spread is not None and spread.meets(stated.rounded()) and spread.high - spread.low <= 20 * stated.ulp:
        return Outcome(Verdict.AGREES, value, shown, None, formula, "rounded_inputs")
    if _cut_off(stated, value):
        return Outcome(Verdict.AGREES, value, shown, difference, formula, "truncated")
    if stated.places >= 2 and abs(value - stated.base) <= stated.ulp * Decimal("1.5"):
        return Outcome(Verdict.AGREES, value, shown, difference, formula, "last_digit")
    return Outcome(Verdict.DISAGREES, value, shown, difference, formula, "", digit_cause(stated, value))


def hedged_percent(stated: Figure) -> Interval:
    """A hedged percentage: 以上 allows anything above, 约 one point or a twentieth either way."""
    slack = max(abs(stated.base) / 20, Decimal(1))
    match stated.hedge:
        case Hedge.AT_LEAST | Hedge.OVER:
            return Interval(stated.base, stated.base + max(HUNDRED, abs(stated.base) * 10))
        case Hedge.AT_MOST:
            return Interval(-HUNDRED, stated.base)
        case Hedge.NEARLY:
            return Interval(stated.base - 3 * slack, stated.base + stated.ulp)
        case _:
            return Interval(stated.base - slack, stated.base + slack)


def compare_ratio(stated: Figure, numerator: Figure, denominator: Figure) -> Outcome | None:
    """Whether stated % = numerator ÷ denominator; None where the divisor is zero."""
    value = quotient(numerator, denominator)
    if value is None:
        return None
    near = value in stated.rounded()  # most are: the spread is then not asked for
    spread = None if near else figure_interval(numerator).over(figure_interval(denominator))
    same = numerator.unit.symbol == denominator.unit.symbol
    formula = f"{as_printed(numerator)}{'' if same else numerator.unit.symbol} ÷ {as_printed(denominator)}{'' if same else denominator.unit.symbol}"
    return compare_percent(stated, value, spread.scaled(HUNDRED) if spread else None, formula)


def compare_growth(stated: Figure, current: Figure, prior: Figure) -> Outcome:
    """Whether stated % = |current - prior| ÷ prior; `prior` is above zero."""
    value = abs(current.base - prior.base) / prior.base * HUNDRED
    spread = (figure_interval(current) - figure_interval(prior)).over(figure_interval(prior))
    words = f"({as_printed(current)} - {as_printed(prior)}) ÷ {as_printed(prior)}"
    return compare_percent(stated, value, _unsigned(spread), words)


def compare_growth_by(stated: Figure, delta: Figure, base: Figure, sign: int = 0) -> Outcome | None:
    """Whether stated % = delta ÷ (base + sign·delta), None where that is not above zero.

    `sign` is 0 where `base` is what the growth is measured from, -1 where it has grown by `delta` already, 1 where it has shrunk by it.
    """
    prior = base.base + sign * delta.base
    if prior <= 0:
        return None
    spread, words = figure_interval(base), as_printed(base)
    if sign:
        spread = spread + figure_interval(delta).scaled(Decimal(sign))
        words = f"({words} {'+' if sign > 0 else '-'} {as_printed(delta)})"
    over = figure_interval(delta).over(spread)
    return compare_percent(stated, abs(delta.base) / prior * HUNDRED, _unsigned(over), f"{as_printed(delta)} ÷ {words}")


def _unsigned(ratio: Interval | None) -> Interval | None:
    """What a ratio may be in %, without its sign; None where it may have either."""
    if ratio is None or ratio.low * ratio.high < 0:
        return None
    low, high = sorted((abs(ratio.low), abs(ratio.high)))
    return Interval(low * HUNDRED, high * HUNDRED)


def _cut_off(stated: Figure, value: Decimal) -> bool:
    """Whether a figure is its value with the tail cut off; a value that prints without a tail has none."""
    return value in stated.truncated() and abs(value - stated.base) < stated.ulp


def figure_interval(figure: Figure) -> Interval:
    """What a figure may stand for as an operand: counts and scores are exact."""
    if figure.hedge is not Hedge.NONE:
        return figure.hedged()
    if figure.unit.dimension in EXACT and figure.unit.factor == 1:
        return point(figure.base)
    return figure.rounded()


def compare_value(stated: Figure, value: Decimal, spread: Interval, formula: str) -> Outcome:
    """Whether a printed figure states `value` (base units): products, averages, differences of two figures."""
    shown = show(value, stated.unit, max(stated.places, 2)).replace(".00" + stated.unit.symbol, stated.unit.symbol)
    formula = f"{formula} = {shown}"
    if value == stated.base:
        return Outcome(Verdict.AGREES, value, shown, None, formula)
    difference = show(abs(stated.base - value), stated.unit, max(stated.places, 2))
    allowed = stated.hedged() if stated.hedge is not Hedge.NONE else stated.rounded()
    if spread.meets(allowed):
        return Outcome(Verdict.AGREES, value, shown, difference, formula, "rounded")
    if _cut_off(stated, value):
        return Outcome(Verdict.AGREES, value, shown, difference, formula, "truncated")
    return Outcome(Verdict.DISAGREES, value, shown, difference, formula, "", digit_cause(stated, value / stated.unit.factor))


# ---- causes -----------------------------------------------------------------------------------------------------------------

TRANSPOSED = Text("两位数字颠倒", "two digits transposed")
ONE_DIGIT = Text("一位数字有误", "one digit off")
SIGN = Text("符号相反", "sign reversed")


def digit_cause(stated: Figure, exact: Decimal) -> Text | None:
    """The slip of the pen that turns the right value (in stated's unit, unrounded) into the printed one, if there is one."""
    shift = _shift_cause(stated, exact)
    if shift is not None:
        return shift
    right = exact.quantize(Decimal(1).scaleb(-stated.places), rounding=ROUND_HALF_UP)
    if right == 0 or stated.value == 0:
        return None
    if stated.value == -right:
        return SIGN
    if stated.value.adjusted() != right.adjusted():
        return None  # not as many digits
    a, b = _digits(stated.value, stated.places), _digits(right, stated.places)
    if len(a) != len(b):
        return None
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]:
        return TRANSPOSED
    if len(wrong) == 1 and (len(a) >= 3 or (len(a) == 2 and right == exact)):
        return ONE_DIGIT
    return None


def slipped(stated: Figure, outcome: Outcome) -> bool:
    """Whether a percentage fails by a slip of the pen that is hardly there by chance: digits swapped, or one of four or more changed."""
    return (outcome.cause is TRANSPOSED and stated.places >= 1) or (outcome.cause is ONE_DIGIT and stated.places >= 2)


_NO_POWER = 0.0021  # how far from a power of ten, a little over what is allowed


def _shift_cause(stated: Figure, exact: Decimal) -> Text | None:
    """A power of ten between the printed and the right value: a decimal point moved, 元 for 万元."""
    if exact == 0 or stated.value == 0 or (stated.value > 0) != (exact > 0):
        return None
    near = float(stated.value) / (float(exact) or 1.0)
    if isfinite(near) and near > 0 and abs(near / 10.0 ** round(log10(near)) - 1) > _NO_POWER:
        return None  # most: told without an exact quotient
    ratio = stated.value / exact
    power = ratio.adjusted() + (1 if ratio.scaleb(-ratio.adjusted()) > 5 else 0)
    if power == 0 or abs(power) > 4 or abs(ratio - Decimal(10) ** power) > Decimal(10) ** power / 500:
        return None
    shift = f"10^{power}" if power > 0 else f"1/10^{-power}"
    word = "（万元与元混用）" if abs(power) == 4 else ""
    return Text(f"数量级错误：为正确值的{shift}倍{word}", f"order of magnitude: {shift} times the right value")


def _digits(value: Decimal, places: int) -> str:
    return str(int(abs(value).scaleb(places).to_integral_value()))


def sum_cause(
    stated: Figure, parts: Sequence[Figure], exact: Decimal, places: int, signs: Sequence[int] | None = None
) -> Text | None:
    """Why a sum fails: a slip in the total, a part dropped or doubled, a slip in one part."""
    gap, half = exact - stated.base, stated.ulp / 2
    for n, part in enumerate(parts, 1):
        if part.base and abs(gap - part.base) < half:
            return Text(f"合计漏加第{n}项（{as_printed(part)}）", f"part {n} ({as_printed(part)}) left out of the total")
        if part.base and abs(gap + part.base) < half:
            return Text(
                f"合计重复计入第{n}项（{as_printed(part)}）", f"part {n} ({as_printed(part)}) counted twice in the total"
            )
        for power in (-4, 4):
            if exact - part.base + part.base.scaleb(power) == stated.base and len(parts) > 1:
                return Text(
                    f"第{n}项{as_printed(part)}{part.unit.symbol}单位有误",
                    f"the unit of part {n}, {as_printed(part)}, is wrong",
                )
    for n, figure, needed, slip in _slips_in_sum(stated, parts, exact, places, signs):
        if n == 0:
            return slip
        return Text(
            f"第{n}项{as_printed(figure)}若为{plain(needed)}则相符（{slip.zh}）",
            f"part {n}, {as_printed(figure)}, would tie as {plain(needed)} ({slip.en})",
        )
    return None


def _slips_in_sum(
    stated: Figure, parts: Sequence[Figure], exact: Decimal, places: int, signs: Sequence[int] | None = None
) -> Iterator[tuple[int, Figure, Decimal, Text]]:
    """What one slip of the pen would make a failing sum tie: the figure's place (0 is the total), the figure, its right value, the slip."""
    quantum = Decimal(1).scaleb(-places)
    gap = exact - stated.base
    right = (exact / stated.unit.factor).quantize(quantum)
    cause = digit_cause(stated, right)
    if cause:
        yield 0, stated, right, cause
    for n, (part, sign) in enumerate(zip(parts, signs or [1] * len(parts), strict=True), 1):
        needed = (part.base - sign * gap) / part.unit.factor
        if needed <= 0 or needed != needed.quantize(quantum):
            continue
        slip = digit_cause(part, needed.quantize(Decimal(1).scaleb(-part.places)))
        if slip:
            yield n, part, needed, slip


def chance(stated: Figure, parts: Sequence[Figure]) -> Decimal:
    """How likely it is that figures which do not belong together are one slip of the pen away from a sum; 1 where no slip explains it.

    The slips that one may make in the figures, over the values that the total may take at its last digit: two swapped digits in
    amounts of five digits are hardly a chance (3 in 10,000), one wrong digit in numbers of three is (1 in 6).
    """
    exact = sum((p.base for p in parts), ZERO)
    places = max([p.places for p in parts if p.unit.factor == stated.unit.factor] + [stated.places])
    slips = [slip for _, _, _, slip in _slips_in_sum(stated, parts, exact, places)]
    if not slips or not stated.value:
        return Decimal(1)
    values = [int(abs(f.base / stated.unit.factor).scaleb(places)) for f in (stated, *parts)]
    round_to = 1  # of round figures few others are possible
    while all(v % (round_to * 10) == 0 for v in values):
        round_to *= 10
    digits = [len(str(v // round_to)) for v in values]
    if TRANSPOSED in slips:
        ways = sum(d * (d - 1) // 2 for d in digits)
    else:
        ways = sum(9 * d for d in digits) if ONE_DIGIT in slips else 8 * len(digits)
    step = round_to * 5 if all(v % (round_to * 5) == 0 for v in values) else round_to
    return min(Decimal(1), Decimal(ways * step) / values[0])
