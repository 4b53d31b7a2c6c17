"""The one row of a form that is out of line: scores in proportion to target and actual everywhere else, and here but for one digit.

财预〔2020〕10号: a missed indicator has weight × actual ÷ target. Other deductions are free to the department, so that a row is accused only
where its score was plainly worked out (9.79: nobody gives that by hand) or where the other missed rows of the form all follow the rule, and
where a single digit of the score, the target or the actual makes the row follow it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.tables.goal import Goal
from gouji.model.fact import Quantity
from gouji.model.record import record

_GRID = 20  # parts of a point in which scores are given by hand: 0.05
_DIGITS = "0123456789"
_HALF = Decimal("0.5")


@record(frozen=True, slots=True)
class Partly:
    """A row with a goal and less than its full weight."""

    weight: Quantity
    score: Quantity
    goal: Goal

    @property
    def right(self) -> Decimal:
        """The score by the rule, unrounded."""
        return self.weight.base if self.goal.met else self.weight.base * self.goal.ratio

    @property
    def worked_out(self) -> bool:
        """Whether the score has digits that nobody gives by hand."""
        return self.score.figure.places >= 2 and self.score.base * _GRID % 1 != 0


def out_of_line(rows: Sequence[Partly], held: int) -> Iterator[Partly]:
    """The one row whose score breaks the rule by a digit. `held`: missed rows of the form that follow it."""
    failing = [r for r in rows if not _near(r)]
    if len(failing) != 1:
        return
    row = failing[0]
    if not row.goal.sure or not row.goal.direction or not row.score.base:
        return
    if not row.goal.met and digit_cause(row.score.figure, row.right) is not None:
        if row.worked_out or (held >= 2 and row.score.figure.places >= 1):
            yield row
    elif _follows(row, held) and not _by_rate(row) and _digit_off(row):
        yield row


def _follows(row: Partly, held: int) -> bool:
    """Whether the score was worked out by the rule when target and actual were other figures."""
    return (row.worked_out and held >= 1) or (held >= 2 and row.score.figure.places >= 1 and not row.goal.met)


def _near(row: Partly) -> bool:
    """Whether the score follows from what a printed percentage may stand for."""
    goal = row.goal
    if row.worked_out and goal.met:
        return False
    slack = _HALF.scaleb(int(goal.actual.normalize().as_tuple().exponent)) / goal.target if goal.target else Decimal(0)
    return (
        not goal.met and abs(row.right - row.score.base) <= row.weight.base * min(slack, Decimal("0.01")) + row.score.figure.ulp
    )


def _by_rate(row: Partly) -> bool:
    """满意度96%得9.6分: the weight times the actual, whatever the target."""
    return abs(row.weight.base * row.goal.actual / 100 - row.score.base) <= row.score.figure.ulp


def _digit_off(row: Partly) -> bool:
    """Whether one digit of target or actual makes the score follow."""
    goal = row.goal
    pairs = [(goal.target, other) for other in _neighbours(goal.actual)]
    pairs += [(other, goal.actual) for other in _neighbours(goal.target)]
    unit = Decimal(1).scaleb(-row.score.figure.places)
    for target, actual in pairs:
        below, above = (target, actual) if goal.direction > 0 else (actual, target)
        if below > above and (row.weight.base * above / below).quantize(unit, ROUND_HALF_UP) == row.score.base:
            return True
    return False


def _neighbours(value: Decimal) -> Iterator[Decimal]:
    """The figures that differ from this one in one digit."""
    text = str(value)
    for at, digit in enumerate(text):
        if digit.isdigit():
            yield from (Decimal(text[:at] + other + text[at + 1 :]) for other in _DIGITS if other != digit)
