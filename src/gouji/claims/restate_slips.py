"""Two figures that are each other with two digits swapped: how many digits make them one fact, and what names are needed below that.

Measured on freely written reports: of two unrelated amounts of one report with six telling digits one in thirty thousand pairs differs by a
swap; with four digits one in three thousand, and then a word must be common to their names, or one of the two stands without a name of its own.
"""

from __future__ import annotations

from gouji.claims.restate_fact import Stated
from gouji.claims.restate_names import alike, apart, bare
from gouji.model.quantity import Dimension

_ALONE = {Dimension.MONEY: 6, Dimension.COUNT: 5, Dimension.MEASURE: 5}  # telling digits that need no name
_NAMED = {Dimension.MONEY: 5, Dimension.COUNT: 4, Dimension.MEASURE: 4}  # that need a common word
_RATE_DIGITS = 4


def swapped(a: Stated, b: Stated) -> bool:
    """Whether two figures of one unit, each other with two digits swapped, are one fact."""
    dimension, digits = a.item.q.dimension, max(len(a.digits.rstrip("0")), len(b.digits.rstrip("0")))
    if a.listed and b.listed:
        return False
    if dimension is Dimension.PERCENT:
        return digits >= _RATE_DIGITS and _one_rate(a, b) and not apart(a, b)
    if digits >= _ALONE.get(dimension, 99):
        return True
    if digits < _NAMED.get(dimension, 99) or (a.enumerated and b.enumerated) or apart(a, b):
        return False
    return alike(a, b) or bare(a) or bare(b)


def _one_rate(a: Stated, b: Stated) -> bool:
    """预算执行率 and 按执行率: the same three characters before both percentages."""
    first, second = a.core[-3:], b.core[-3:]
    return len(first) == 3 and first == second and first[-1] in "率度比"
