"""Printed figures as decimal intervals.

A printed figure stands for an interval: its last printed digit, its unit and its hedge set the width. The semantics follow
XBRL Calculations 1.1 (https://www.xbrl.org/Specification/calculation-1.1/): two figures are consistent when their intervals
meet, for rounding as well as for truncation. Money is never a float.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from gouji.model.choice import Choice
from gouji.model.record import record

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Dimension(Choice):
    """What a unit measures; figures of different dimensions are never added."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"  # 个百分点
    COUNT = "count"
    SCORE = "score"
    MEASURE = "measure"  # length, area, weight, volume
    RATE = "rate"  # money per something: 元/人·天
    BARE = "bare"  # no unit printed


class Hedge(Choice):
    """How the author loosens a figure."""

    NONE = "none"
    ABOUT = "about"  # 约 左右 大约
    OVER = "over"  # 余 多 逾 超过
    NEARLY = "nearly"  # 近 不足
    AT_LEAST = "at_least"  # 不低于 以上 不少于 ≥
    AT_MOST = "at_most"  # 不超过 以内 以下 ≤


@record(frozen=True, slots=True)
class Unit:
    """A printed unit; `factor` turns a printed value into the dimension's base (元, %, single items)."""

    symbol: str
    dimension: Dimension
    factor: Decimal = Decimal(1)


@record(frozen=True, slots=True)
class Interval:
    """A closed interval in base units."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """The quotient, or None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def scaled(self, factor: Decimal) -> Interval:
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))


def point(value: Decimal) -> Interval:
    return Interval(value, value)


def total(intervals: list[Interval]) -> Interval:
    return Interval(sum((i.low for i in intervals), ZERO), sum((i.high for i in intervals), ZERO))


_MANY = 12
_LAST_DIGITS = tuple(Decimal(1).scaleb(-places) for places in range(_MANY))  # 1, 0.1, 0.01 …


@record(frozen=True, slots=True)
class Figure:
    """A printed number with its unit, precision and hedge. `places` counts the printed digits after the point."""

    value: Decimal
    places: int
    unit: Unit
    hedge: Hedge = Hedge.NONE
    base: Decimal = field(init=False, repr=False, compare=False)  # the value in the dimension's base unit

    def __post_init__(self) -> None:
        self.base = self.value * self.unit.factor  # type: ignore[misc]

    @property
    def ulp(self) -> Decimal:
        """One unit in the last printed place, in base units."""
        return (_LAST_DIGITS[self.places] if self.places < _MANY else Decimal(1).scaleb(-self.places)) * self.unit.factor

    def rounded(self) -> Interval:
        """Every value that rounds (half either way) to what is printed."""
        half = self.ulp / 2
        return Interval(self.base - half, self.base + half)

    def truncated(self) -> Interval:
        """Every value that prints as this when the tail is cut off instead of rounded."""
        if self.base < 0:
            return Interval(self.base - self.ulp, self.base)
        return Interval(self.base, self.base + self.ulp)

    def exact(self) -> Interval:
        return point(self.base)

    def hedged(self) -> Interval:
        """The interval widened as far as the hedge allows: a tenth for 约, up to the next leading digit for 余."""
        match self.hedge:
            case Hedge.NONE:
                return self.rounded()
            case Hedge.ABOUT:
                slack = abs(self.base) / 10
                return Interval(self.base - slack, self.base + slack)
            case Hedge.OVER | Hedge.AT_LEAST:
                step = Decimal(1).scaleb(self.value.adjusted()) * self.unit.factor if self.value else self.ulp
                return Interval(self.base, self.base + step)
            case Hedge.NEARLY | Hedge.AT_MOST:
                step = Decimal(1).scaleb(self.value.adjusted()) * self.unit.factor if self.value else self.ulp
                return Interval(self.base - step, self.base)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(base: Decimal, unit: Unit, places: int | None = None) -> str:
    """A base value printed in `unit`, with `places` digits where given."""
    value = base / unit.factor
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places))
        return format(value, "f") + unit.symbol
    return plain(value) + unit.symbol
