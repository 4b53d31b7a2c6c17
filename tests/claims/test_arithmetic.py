"""The comparison of a stated figure with its recomputation: four verdicts, tolerances, and the likeliest cause."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.claims.arithmetic import compare_percent, compare_ratio, compare_sum, compare_value, quotient
from gouji.facts.units import unit_of
from gouji.model.claim import Verdict
from gouji.model.quantity import Figure, Hedge, point


def figure(printed: str, hedge: Hedge = Hedge.NONE) -> Figure:
    """36.89万元 as the lexer would read it."""
    number = "".join(c for c in printed if c in "-0123456789.")
    return Figure(Decimal(number), len(number.partition(".")[2]), unit_of(printed.removeprefix(number)), hedge)


def figures(*printed: str) -> list[Figure]:
    return [figure(p) for p in printed]


@pytest.mark.parametrize(
    ("stated", "parts", "verdict"),
    [
        ("10万元", ("4万元", "6万元"), Verdict.AGREES),
        ("10万元", ("4万元", "5万元"), Verdict.DISAGREES),
        ("20.01万元", ("6.67万元", "6.67万元", "6.66万元"), Verdict.AGREES_BY_ROUNDING),
        ("131.73万元", ("36.89万元", "7万元", "5万元", "11万元", "11.83万元", "30万元", "30万元"), Verdict.AGREES_BY_ROUNDING),
        ("131.75万元", ("36.89万元", "7万元", "5万元", "11万元", "11.83万元", "30万元", "30万元"), Verdict.DISAGREES),
        ("43.9万元", ("36.89万元", "7万元"), Verdict.AGREES),
        ("44.5万元", ("36.89万元", "7万元"), Verdict.DISAGREES),
        ("2.89亿元", ("2.85亿元", "361万元"), Verdict.AGREES),
        ("2.98亿元", ("2.85亿元", "361万元"), Verdict.DISAGREES),
        ("2364万元", ("12万元", "1356万元", "995万元"), Verdict.AGREES_BY_ROUNDING),
        ("183万元", ("100万元", "80万元"), Verdict.DISAGREES),
        ("46人", ("19人", "24人", "3人"), Verdict.AGREES),
        ("46人", ("19人", "24人", "4人"), Verdict.DISAGREES),
        ("98.5分", ("38分", "20.5分", "40分"), Verdict.AGREES),
        ("97分", ("38分", "20.5分", "40分"), Verdict.DISAGREES),
    ],
)
def test_sums(stated, parts, verdict):
    """Sums tie exactly, by the rounding of long decimals or mixed units, or not at all; counts and scores have no tolerance."""
    assert compare_sum(figure(stated), figures(*parts)).verdict is verdict


def test_an_integer_among_decimals_is_exact():
    """7万元 beside 36.89万元 is 7.00万元: half a 万元 of rounding is not granted."""
    assert compare_sum(figure("44.24万元"), figures("36.89万元", "7万元")).verdict is Verdict.DISAGREES


def test_a_hedged_part_widens_the_sum():
    """约7万元 may be 6.3 to 7.7."""
    parts = [figure("36.89万元"), figure("7万元", Hedge.ABOUT)]
    assert compare_sum(figure("44.24万元"), parts).verdict is Verdict.AGREES


def test_signed_sums_show_their_signs():
    """Opening plus income less expenditure."""
    outcome = compare_sum(figure("27万元"), figures("38万元", "560万元", "571万元"), [1, 1, -1])
    assert (outcome.verdict, outcome.formula) == (Verdict.AGREES, "38 + 560 - 571 = 27万元")


def test_mixed_units_are_named_in_the_formula():
    """Where parts differ in unit each one shows its own."""
    outcome = compare_sum(figure("1.26亿元"), figures("9800万元", "0.28亿元"))
    assert outcome.formula == "9800万元 + 0.28亿元 = 1.26亿元"


@pytest.mark.parametrize(
    ("stated", "parts", "cause"),
    [
        ("24.52万元", ("8.4万元", "3.15万元", "12.7万元"), "两位数字颠倒"),
        ("24.75万元", ("8.4万元", "3.15万元", "12.7万元"), "一位数字有误"),
        ("242.5万元", ("8.4万元", "3.15万元", "12.7万元"), "数量级错误：为正确值的10^1倍"),
        ("2.425万元", ("8.4万元", "3.15万元", "12.7万元"), "数量级错误：为正确值的1/10^1倍"),
        ("210万元", ("80万元", "75万元", "55万元", "30万元"), "合计漏加第4项（30）"),
        ("295万元", ("80万元", "75万元", "55万元", "30万元"), "合计重复计入第3项（55）"),
    ],
)
def test_causes_of_a_wrong_sum(stated, parts, cause):
    """The slip that explains a wrong total is named: digits swapped, one digit off, a power of ten, a part missing or doubled."""
    outcome = compare_sum(figure(stated), figures(*parts))
    assert outcome.verdict is Verdict.DISAGREES
    assert outcome.cause is not None
    assert outcome.cause.zh == cause


def test_a_slip_in_one_part_is_proposed():
    """Where one part has two digits swapped, the part and its right value are named."""
    outcome = compare_sum(figure("1000.00万元"), figures("412.70万元", "582.30万元", "59.00万元"))
    assert outcome.cause is not None
    assert "第2项582.30若为528.3则相符" in outcome.cause.zh


@pytest.mark.parametrize(
    ("stated", "numerator", "denominator", "verdict", "shape"),
    [
        ("95.70%", "612.48万元", "640.00万元", Verdict.AGREES, ""),
        ("95%", "36.4万元", "38.5万元", Verdict.AGREES, ""),
        ("94.5%", "36.4万元", "38.5万元", Verdict.AGREES, ""),
        ("92%", "3.94亿元", "4.26亿元", Verdict.AGREES, ""),
        ("93.8%", "629人", "670人", Verdict.AGREES, "truncated"),
        ("58.07%", "18000人", "31000人", Verdict.AGREES, "last_digit"),
        ("97.50%", "612.48万元", "640.00万元", Verdict.DISAGREES, ""),
        ("9.4%", "75.2万元", "80万元", Verdict.DISAGREES, ""),
    ],
)
def test_percentages(stated, numerator, denominator, verdict, shape):
    """A percentage ties as printed, cut off, or bumped by one in its last digit; each is told apart."""
    outcome = compare_ratio(figure(stated), figure(numerator), figure(denominator))
    assert outcome is not None
    assert outcome.verdict is verdict
    assert outcome.shape in ({shape} if shape else {"", "rounded_inputs"})


def test_no_rate_over_zero():
    """A budget of zero has no rate."""
    assert compare_ratio(figure("0%"), figure("0万元"), figure("0万元")) is None
    assert quotient(figure("3万元"), figure("0万元")) is None


def test_a_hedged_percentage():
    """90%以上 holds for 92.6 and not for 88."""
    assert compare_percent(figure("90%", Hedge.AT_LEAST), Decimal("92.6"), None, "").verdict is Verdict.AGREES
    assert compare_percent(figure("90%", Hedge.AT_LEAST), Decimal(88), None, "").verdict is Verdict.DISAGREES


def test_the_difference_of_percentages_is_in_points():
    """A wrong percentage is off by 个百分点, never by %."""
    outcome = compare_ratio(figure("97.50%"), figure("612.48万元"), figure("640.00万元"))
    assert outcome is not None
    assert (outcome.computed, outcome.difference) == ("95.7%", "1.8个百分点")


def test_products_round_to_the_printed_place():
    """2.96万元 may be printed as 3.0万元 and not as 3.1."""
    value = Decimal(29600)
    assert compare_value(figure("3.0万元"), value, point(value), "37 × 800").verdict is Verdict.AGREES
    assert compare_value(figure("3.1万元"), value, point(value), "37 × 800").verdict is Verdict.DISAGREES


amounts = st.lists(st.decimals(min_value="0.01", max_value=10**5, places=2), min_size=2, max_size=12)


@given(amounts)
def test_a_right_total_is_never_accused(parts):
    """The exact sum of any parts agrees."""
    wan = unit_of("万元")
    outcome = compare_sum(Figure(sum(parts), 2, wan), [Figure(p, 2, wan) for p in parts])
    assert (outcome.verdict, outcome.difference) == (Verdict.AGREES, None)


@given(st.lists(st.decimals(min_value="0.0001", max_value=10**5, places=4), min_size=2, max_size=12))
def test_a_total_of_amounts_rounded_apart_is_never_an_error(exact):
    """Amounts rounded to two places each, and their exact total rounded, tie at least by rounding (尾差)."""
    wan, cent = unit_of("万元"), Decimal("0.01")
    parts = [Figure(p.quantize(cent, ROUND_HALF_UP), 2, wan) for p in exact]
    assert compare_sum(Figure(sum(exact).quantize(cent, ROUND_HALF_UP), 2, wan), parts).holds


@given(amounts, st.decimals(min_value="0.2", max_value=1000, places=2))
def test_a_total_beyond_all_rounding_is_always_wrong(parts, gap):
    """A gap larger than the rounding of all parts together disagrees, and the right value is given."""
    wan = unit_of("万元")
    outcome = compare_sum(Figure(sum(parts) + gap, 2, wan), [Figure(p, 2, wan) for p in parts])
    assert outcome.verdict is Verdict.DISAGREES
    assert outcome.right == sum(parts) * 10_000


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2))
def test_a_rate_rounded_to_any_place_agrees(numerator, denominator, places):
    """The quotient of two counts, rounded half up to 0, 1 or 2 places, agrees."""
    percent = (Decimal(numerator) / Decimal(denominator) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    counted = [Figure(Decimal(n), 0, unit_of("户")) for n in (numerator, denominator)]
    outcome = compare_ratio(Figure(percent, places, unit_of("%")), *counted)
    assert outcome is not None
    assert outcome.verdict is Verdict.AGREES
