"""Two figures that are each other with two digits swapped: how many digits make them one fact, and what names are needed below that.

Of two unrelated amounts with six telling digits one in tens of thousands of pairs differs by a swap; with four digits one in some thousand,
and then a word must be common to their names, or one of the two stands without a name of its own. A figure that refers back (上述972.80万元)
must stand elsewhere: where it does not and another differs from it by a slip, that one was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, may_be_one
from gouji.claims.restated.restate_names import alike, apart, bare, ending, pairs
from gouji.claims.restated.scope import PARTIAL
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

_ALONE = {Dimension.MONEY: 6, Dimension.COUNT: 5, Dimension.MEASURE: 5}  # telling digits that need no name
_NAMED = {Dimension.MONEY: 5, Dimension.COUNT: 4, Dimension.MEASURE: 4}  # that need a common word
_MANY = 3  # pairs of characters that two names have in common: 基金收入
_RATE_DIGITS = 4
_FAR_SWAP = 6  # telling digits of which two that are not neighbours may have been swapped
_POSTED = ("在岗", "在编", "在职", "实有", "编制", "人员")  # said of every unit alike
_COUNTED = 100  # numbers of things below it are each other swapped too often
_BACK = re.compile(
    r"(?:上述|前述|上文|前文)[^，。；\d占项类个种依分]{0,12}$|(?:如前所述|上面|以上)(?:所列|提到|说)?的?(?:这笔)?\s?$"
    r"|(?:如[前上]所述|前[文面]?已(?:述及?|说明|交代)|(?:对照|参照|联系)(?:第[一二三四五六七八九十]+部分|前文|上文|前述))，[^，。；\d占比较每]{0,10}$"
)
_SATISFIED = re.compile(r"(?:的|总体|综合|群众|公众|服务对象)*满意[度率]")


def swapped(a: Stated, b: Stated) -> bool:
    """Whether two figures of one unit, each other with two digits swapped, are one fact."""
    dimension, digits = a.item.q.dimension, max(len(a.digits.rstrip("0")), len(b.digits.rstrip("0")))
    if (a.listed and b.listed) or a.item.q.figure.places != b.item.q.figure.places:
        return False
    if digits < _FAR_SWAP and not _neighbours(a.digits, b.digits):
        return False
    if dimension is Dimension.PERCENT:
        return _one_rate(a, b, digits) and not apart(a, b)
    if digits >= _ALONE.get(dimension, 99):
        return True
    if dimension is Dimension.MONEY:
        crowded = a.enumerated and b.enumerated and len(pairs(a) & pairs(b)) < _MANY
        return digits >= _NAMED[dimension] and not crowded and not apart(a, b, qualified=False) and _one_name(a, b)
    if apart(a, b):
        return False
    return (digits >= _NAMED.get(dimension, 99) and _one_name(a, b)) or _called_alike(a, b)


def _neighbours(one: str, other: str) -> bool:
    """Whether the two digits that are swapped stand side by side."""
    wrong = [n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y]
    return len(one) == len(other) and len(wrong) == 2 and wrong[1] == wrong[0] + 1


def _one_name(a: Stated, b: Stated) -> bool:
    return alike(a, b) or bare(a) or bare(b)


def _called_alike(a: Stated, b: Stated) -> bool:
    """经审查立案286件, 立案的268件提案: three digits, and the same word right before both."""
    if min(a.item.q.base, b.item.q.base) < _COUNTED or min(len(a.digits), len(b.digits)) < 3:
        return False
    if a.planned or b.planned or PARTIAL.search(a.item.label[-4:]) or PARTIAL.search(b.item.label[-4:]):
        return False
    name = ending(a)
    return name != "" and name not in _POSTED and name == ending(b)


def _one_rate(a: Stated, b: Stated, digits: int) -> bool:
    """预算执行率 and 按执行率: the same three characters before both percentages; 满意度 that nothing qualifies."""
    first, second = a.core[-3:], b.core[-3:]
    if digits >= _RATE_DIGITS and len(first) == 3 and first == second and first[-1] in "率度比":
        return True
    unqualified = [_SATISFIED.fullmatch(f.core) or _SATISFIED.match(f.item.q.noun) for f in (a, b)]
    return digits >= 3 and all(unqualified)


def referring(facts: Sequence[Stated], tied: set[Span]) -> Iterator[Claim]:
    """Every figure that refers back to one that stands nowhere, where a slip of the pen makes it of one that does."""
    back = [
        f for f in facts if len(f.digits) >= 3 and f.item.q.dimension is not Dimension.PERCENT and _BACK.search(f.before[-24:])
    ]
    if not back:
        return
    standing = Counter((f.item.q.dimension, f.item.q.base) for f in facts)
    for fact in back:
        q = fact.item.q
        if standing[q.dimension, q.base] > 1:
            continue
        meant: dict[object, tuple[Stated, bool]] = {}
        for other in facts:
            o = other.item.q
            if o.figure.unit != q.figure.unit or o.base == q.base or not may_be_one(other, fact, tied):
                continue
            cause = digit_cause(q.figure, o.base / q.figure.unit.factor)
            if (cause is TRANSPOSED and _neighbours(fact.digits, other.digits)) or (
                cause is ONE_DIGIT and len(fact.digits) >= 4
            ):
                meant.setdefault(o.base, (other, cause is TRANSPOSED))
        if len(meant) == 1:
            other, turned = next(iter(meant.values()))
            yield claim_between(other, fact, TRANSPOSED if turned else ONE_DIGIT, tied, LIKELY)
