"""Printed figures as intervals: rounding, truncation, hedges, interval arithmetic and printing."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.quantity import Dimension, Figure, Hedge, Interval, Unit, plain, point, show, total

YUAN = Unit("元", Dimension.MONEY)
WAN = Unit("万元", Dimension.MONEY, Decimal(10_000))
YI = Unit("亿元", Dimension.MONEY, Decimal(100_000_000))
PERCENT = Unit("%", Dimension.PERCENT)

numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
intervals = st.tuples(numbers, numbers).map(lambda pair: Interval(min(pair), max(pair)))


def wan(text: str, hedge: Hedge = Hedge.NONE) -> Figure:
    return Figure(Decimal(text), len(text.partition(".")[2]), WAN, hedge)


def inside(interval: Interval, share: Decimal) -> Decimal:
    return interval.low + (interval.high - interval.low) * share


def test_base_and_last_place_follow_the_unit():
    """36.89万元 is 368,900 元, and its last printed digit is worth 100 元."""
    assert (wan("36.89").base, wan("36.89").ulp) == (Decimal(368900), Decimal(100))


def test_rounded_is_half_a_last_place_either_way():
    """36.89万元 stands for 368,850 to 368,950 元."""
    assert wan("36.89").rounded() == Interval(Decimal(368850), Decimal(368950))


@pytest.mark.parametrize(("text", "low", "high"), [("36.89", 368900, 369000), ("-36.89", -369000, -368900), ("0", 0, 10000)])
def test_truncated_lies_away_from_zero(text, low, high):
    """A cut-off tail can only have made the figure smaller in size."""
    assert wan(text).truncated() == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        (Hedge.NONE, 595000, 605000),
        (Hedge.ABOUT, 540000, 660000),
        (Hedge.OVER, 600000, 700000),
        (Hedge.AT_LEAST, 600000, 700000),
        (Hedge.NEARLY, 500000, 600000),
        (Hedge.AT_MOST, 500000, 600000),
    ],
)
def test_hedges_widen_a_figure(hedge, low, high):
    """约 is a tenth either way, 余 and 以上 go up to the next leading digit, 近 and 以内 down to the one before."""
    assert wan("60", hedge).hedged() == Interval(Decimal(low), Decimal(high))


def test_zero_can_be_hedged():
    """0余 is no error; it reaches one last place up."""
    assert wan("0", Hedge.OVER).hedged() == Interval(Decimal(0), Decimal(10000))


def test_no_quotient_by_an_interval_around_zero():
    """What may be zero divides nothing."""
    assert point(Decimal(1)).over(Interval(Decimal(-1), Decimal(1))) is None
    assert point(Decimal(1)).over(point(Decimal(0))) is None


def test_intervals_that_touch_meet():
    """Intervals are closed."""
    assert Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
    assert not Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal("2.01"), Decimal(3)))


def test_total_of_nothing_is_zero():
    """An empty sum is the point zero."""
    assert total([]) == point(Decimal(0))


@pytest.mark.parametrize(
    ("value", "text"), [("131.730", "131.73"), ("1E+4", "10000"), ("0.00", "0"), ("-2.50", "-2.5"), ("1000", "1000")]
)
def test_plain_has_no_exponent_and_no_idle_zeros(value, text):
    """A computed figure prints as a person writes it."""
    assert plain(Decimal(value)) == text


def test_show_prints_in_the_unit():
    """A base value is shown in the unit of the figure it answers, with its places where they matter."""
    assert show(Decimal(126000000), YI) == "1.26亿元"
    assert show(Decimal(368900), WAN, 3) == "36.890万元"
    assert show(Decimal("95.7"), PERCENT) == "95.7%"


@given(numbers, st.integers(0, 3))
def test_what_is_rounded_lies_in_the_interval_of_what_is_printed(value, places):
    """Whatever is rounded half up and printed is among the values its interval allows; so with what is cut off."""
    quantum = Decimal(1).scaleb(-places)
    assert value in Figure(value.quantize(quantum, ROUND_HALF_UP), places, YUAN).rounded()
    cut = value.quantize(quantum, ROUND_DOWN)
    if cut:  # a minus sign is lost on zero
        assert value in Figure(cut, places, YUAN).truncated()


@given(intervals, intervals, st.decimals(0, 1, places=3), st.decimals(0, 1, places=3))
def test_interval_arithmetic_holds_every_result(a, b, s, t):
    """Sum, difference, product and quotient of any two values lie in the sum, difference, product and quotient of their intervals."""
    x, y = inside(a, s), inside(b, t)
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    quotient = a.over(b)
    if quotient is not None:
        slack = Decimal("1e-18") * max(abs(quotient.low), abs(quotient.high), Decimal(1))
        assert x / y in Interval(quotient.low - slack, quotient.high + slack)


@given(intervals, numbers)
def test_scaling_keeps_the_ends_in_order(interval, factor):
    """A negative factor turns an interval round and does not break it."""
    scaled = interval.scaled(factor)
    assert scaled.low <= scaled.high


@given(numbers, st.sampled_from([YUAN, WAN, YI, PERCENT]))
def test_shown_and_read_again(value, unit):
    """What is shown in a unit stands for the same base value."""
    assert Decimal(show(value, unit).removesuffix(unit.symbol)) * unit.factor == value
