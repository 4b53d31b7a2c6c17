"""Printed figures of the generator: how a value is shown, and the interval that a shown value stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from random import Random

FACTOR = {"wan": Decimal(10000), "yi": Decimal(100000000)}
SUFFIX = {"wan": "万元", "yi": "亿元", "yuan": "元", "pct": "%"}
CN = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is printed. `exact`: a count or a score, which stands for itself and not for an interval."""

    unit: str  # wan, yi, yuan, pct, bare, score
    places: int
    exact: bool = False

    @property
    def factor(self) -> Decimal:
        return FACTOR.get(self.unit, Decimal(1))

    @property
    def ulp(self) -> Decimal:
        """The last printed digit, in base units."""
        return Decimal(1).scaleb(-self.places) * self.factor

    def settle(self, value: Decimal, *, cut: bool = False) -> Decimal:
        """The value that this shape prints, in base units; `cut` drops digits instead of rounding."""
        quantum = Decimal(1).scaleb(-self.places)
        return (value / self.factor).quantize(quantum, ROUND_FLOOR if cut else ROUND_HALF_UP) * self.factor

    def number(self, value: Decimal) -> Decimal:
        """The printed number, without its unit."""
        return (value / self.factor).quantize(Decimal(1).scaleb(-self.places))


@dataclass(frozen=True, slots=True)
class Style:
    """The author's habits, the same through a document."""

    wan_places: int
    pct_places: int
    comma: bool
    spaced: bool
    wide_percent: bool
    cut: bool  # percentages are now and then cut off instead of rounded
    grades: tuple[str, ...]

    @classmethod
    def draw(cls, rng: Random) -> Style:
        grades = rng.choice((("优", "良", "中", "差"), ("优秀", "良好", "中等", "差"), ("优", "良", "中", "差")))
        return cls(
            wan_places=rng.choice((0, 1, 2, 2, 2, 2, 2, 2, 3, 4, 6)),
            pct_places=rng.choice((2, 2, 2, 2, 2, 1, 1, 1, 0)),
            comma=rng.random() < 0.5,
            spaced=rng.random() < 0.08,
            wide_percent=rng.random() < 0.04,
            cut=rng.random() < 0.04,
            grades=grades,
        )

    def printed(self, value: Decimal, shape: Shape, *, bare: bool = False, unit: str | None = None) -> str:
        """The figure as the author writes it; `bare` leaves the unit to the sentence, `unit` prints another one."""
        comma = "," if self.comma and shape.unit in {"yuan", "wan"} else ""
        number = f"{shape.number(value):{comma}.{shape.places}f}"
        suffix = "" if bare else unit if unit is not None else SUFFIX.get(shape.unit, "")
        if suffix == "%":
            return number + ("％" if self.wide_percent else "%")
        if self.spaced and suffix:
            return f" {number} {suffix}"
        return number + suffix


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval; enough arithmetic to recompute a phrasing's relation."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, value: Decimal, shape: Shape) -> Range:
        half = Decimal(0) if shape.exact else shape.ulp / 2
        return cls(value - half, value + half)

    def __add__(self, other: object) -> Range:
        o = as_range(other)
        return Range(self.low + o.low, self.high + o.high)

    __radd__ = __add__

    def __sub__(self, other: object) -> Range:
        o = as_range(other)
        return Range(self.low - o.high, self.high - o.low)

    def __rsub__(self, other: object) -> Range:
        return as_range(other) - self

    def __mul__(self, other: object) -> Range:
        o = as_range(other)
        ends = (self.low * o.low, self.low * o.high, self.high * o.low, self.high * o.high)
        return Range(min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Range:
        o = as_range(other)
        if o.low <= 0 <= o.high:
            raise ZeroDivisionError
        ends = (self.low / o.low, self.low / o.high, self.high / o.low, self.high / o.high)
        return Range(min(ends), max(ends))

    def __abs__(self) -> Range:
        ends = (abs(self.low), abs(self.high))
        return Range(Decimal(0) if self.low <= 0 <= self.high else min(ends), max(ends))

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def gap(self, other: Range) -> Decimal:
        """How far apart the two are; zero where they meet."""
        return max(self.low - other.high, other.low - self.high, Decimal(0))


def as_range(value: object) -> Range:
    if isinstance(value, Range):
        return value
    exact = Decimal(str(value))
    return Range(exact, exact)


def count_between(values: Iterable[Decimal | Range], low: int, high: int) -> Decimal:
    """How many values stand in low..high, the upper end excluded."""
    points = [v.middle if isinstance(v, Range) else v for v in values]
    return Decimal(sum(low <= p < high for p in points))


FUNCTIONS: dict[str, Callable[..., object]] = {
    "sum": lambda values: sum(values, start=Decimal(0)),
    "len": lambda values: Decimal(len(values)),
    "abs": abs,
    "countif": count_between,
}


def chinese(number: int) -> str:
    """两位以内的汉字数 (a count below a hundred in Chinese numerals)."""
    if number <= 10:
        return CN[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else CN[tens]) + "十" + (CN[ones] if ones else "")
