"""The slip that explains a failing quotient or product: in an operand, a copied figure, the rest for the share, the wrong base.

`arithmetic.digit_cause` finds a slip in the stated figure, `sum_cause` one in the parts of a sum. Here the operands of rates, shares,
averages and growths are tried: each with two digits swapped, its point moved, and, where the quotient is printed with two decimals,
one digit changed. What makes the quotient true is named as the cause; so is the current figure taken as the base of a growth, and in a
product one small factor more or fewer than was counted (11 months for 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, as_printed
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.quantity import HUNDRED, Dimension, Figure, plain
from gouji.model.text import Text

_COPIED = Text("两个数完全相同，疑似照抄了相邻的数", "two figures are identical: one may be copied from its neighbour")
_THE_REST = Text("写成了其余部分所占的比例", "the percentage of the rest is printed")
OTHER_BASE = Text("以本期数作了分母，应以基期数为分母", "divided by the current figure instead of the base")
_SWAPPED = Text("分子与分母颠倒", "numerator and denominator swapped")
_SMALL = 12  # a factor up to this is miscounted by one: days, months, times
_SHIFTED = Text("小数点移位", "decimal point moved")
_UNIT = Text("万元与元混用", "yuan and ten thousand yuan mixed up")
_Formula = Callable[[Decimal, Decimal], Decimal]
_OVER = {"numerator", "part", "current"}
_UNDER = {"denominator", "base", "count"}


def explained(claim: Claim) -> Claim:
    """The claim with the likeliest slip as its cause, where it fails without one."""
    if claim.verdict is not Verdict.DISAGREES or claim.cause is not None or claim.right is None:
        return claim
    cause = _the_rest(claim) or _inverted(claim) or _other_base(claim) or _factor(claim) or _in_operand(claim) or _copied(claim)
    return replace(claim, cause=cause) if cause is not None else claim


def _copied(claim: Claim) -> Text | None:
    operands = claim.operands[1:] if claim.kind is ClaimKind.TOTAL else claim.operands  # a part may be all of its whole
    figures = [o.quantity for o in operands if o.quantity is not None and o.quantity.dimension is not Dimension.PERCENT]
    for a, b in combinations(figures, 2):
        digits = plain(abs(a.figure.value)).replace(".", "").strip("0")
        if len(digits) >= 3 and a.figure.value == b.figure.value and a.figure.unit == b.figure.unit and a.span != b.span:
            return _COPIED
    return None


def _the_rest(claim: Claim) -> Text | None:
    stated = claim.operands[0].quantity
    if stated is None or stated.dimension is not Dimension.PERCENT or claim.kind not in (ClaimKind.RATE, ClaimKind.SHARE):
        return None
    if any(o.quantity is None or o.quantity.dimension is not Dimension.MONEY for o in claim.operands[1:]):
        return None  # 抽查480份，存疑5份，真实率98.96%
    rest = HUNDRED - (claim.right or HUNDRED)
    return _THE_REST if rest > 0 and rest in stated.figure.rounded() else None


def _inverted(claim: Claim) -> Text | None:
    """占全年支出的293.02% for 34.13%: the whole over its part."""
    stated = claim.operands[0].quantity
    figures = [o.quantity for o in claim.operands[1:] if o.quantity is not None]
    if claim.kind is not ClaimKind.SHARE or stated is None or len(figures) != 2 or not all(f.base for f in figures):
        return None
    fine = stated.dimension is Dimension.PERCENT and stated.figure.places > 0
    return _SWAPPED if fine and figures[1].base / figures[0].base * HUNDRED in stated.figure.rounded() else None


def _other_base(claim: Claim) -> Text | None:
    if claim.kind is not ClaimKind.CHANGE:
        return None
    stated = claim.operands[0].quantity
    figures = {o.role: o.quantity for o in claim.operands[1:]}
    current, base = figures.get("current"), figures.get("base")
    if stated is None or current is None or base is None or not current.base or stated.dimension is not Dimension.PERCENT:
        return None
    return OTHER_BASE if abs(current.base - base.base) / current.base * HUNDRED in stated.figure.rounded() else None


def _factor(claim: Claim) -> Text | None:
    stated = claim.operands[0].quantity
    if claim.kind is not ClaimKind.PRODUCT or stated is None or not claim.right:
        return None
    for operand in claim.operands[1:]:
        q = operand.quantity
        if q is None or q.dimension is not Dimension.COUNT or not 2 <= q.base <= _SMALL or q.base % 1:
            continue
        for meant in (q.base - 1, q.base + 1):
            if stated.base * q.base == claim.right * meant:
                return Text(
                    f"{as_printed(q.figure)}{q.figure.unit.symbol}若为{plain(meant)}则相符（次数或期数少算、多算一）",
                    f"{as_printed(q.figure)}{q.figure.unit.symbol} would tie as {plain(meant)} (one too many or too few)",
                )
    return None


def _in_operand(claim: Claim) -> Text | None:
    formula = _FORMULAS.get(claim.kind)
    over = [o for o in claim.operands[1:] if o.role in _OVER]
    under = [o for o in claim.operands[1:] if o.role in _UNDER]
    stated = claim.operands[0].quantity
    if formula is None or stated is None or len(over) != 1 or len(under) != 1 or len(claim.operands) != 3:
        return None
    top, bottom = over[0].quantity, under[0].quantity
    if top is None or bottom is None or not bottom.base or not (top.exact and bottom.exact):
        return None
    wanted = stated.figure.rounded()
    fine = stated.figure.places >= 2
    unlike = top.figure.unit.factor != bottom.figure.unit.factor
    for operand, first in ((over[0], True), (under[0], False)):
        figure = operand.quantity.figure if operand.quantity is not None else None
        for value, slip in _slips(figure, fine, unlike) if figure is not None else ():
            base = value * figure.unit.factor if figure is not None else value
            n, d = (base, bottom.base) if first else (top.base, base)
            if d and formula(n, d) in wanted:
                return _would_tie(operand, value, slip)
    return None


def _would_tie(operand: Operand, value: Decimal, slip: Text) -> Text | None:
    if operand.quantity is None:
        return None
    raw = as_printed(operand.quantity.figure)
    return Text(f"{raw}若为{plain(value)}则相符（{slip.zh}）", f"{raw} would tie as {plain(value)} ({slip.en})")


def _slips(figure: Figure, fine: bool, unlike: bool) -> Iterator[tuple[Decimal, Text]]:
    """What may have been meant: swapped digits, a moved point, 万 left out where the units are `unlike`, one digit where `fine` enough."""
    digits = str(int(abs(figure.value).scaleb(figure.places)))
    if len(digits) < 2:
        return
    scale = -figure.places
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            yield Decimal(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]).scaleb(scale), TRANSPOSED
    for power in (-1, 1, -2, 2):
        yield figure.value.scaleb(power), _SHIFTED
    if unlike:
        for power in (-4, 4):
            yield figure.value.scaleb(power), _UNIT
    if fine and len(digits) >= 3:
        for n, digit in enumerate(digits):
            for other in "0123456789":
                if other != digit and not (n == 0 and other == "0"):
                    yield Decimal(digits[:n] + other + digits[n + 1 :]).scaleb(scale), ONE_DIGIT


_FORMULAS: dict[ClaimKind, _Formula] = {
    ClaimKind.RATE: lambda n, d: n / d * HUNDRED,
    ClaimKind.SHARE: lambda n, d: n / d * HUNDRED,
    ClaimKind.AVERAGE: lambda n, d: n / d,
    ClaimKind.CHANGE: lambda n, d: abs(n - d) / d * HUNDRED,
}
