"""Accusations without a cause that the rest of the document speaks against, or that nothing but the place of the figures speaks for.

Who slips leaves a trace: a digit, a unit, a part left out. Where there is none, and the stated figure is what another recomputation of the
same document gives, or is printed elsewhere as the recomputed one is, or its parts stand among other figures of their kind, the finder
has most likely taken the wrong figures. Of what was accused in reports seen for the first time (corpora m to ah), of totals without a cause
six were wrong and nineteen were right; of those whose figure another claim bore out none was wrong and eight were right; where stated and
recomputed figure were both printed elsewhere, none was wrong and five were right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from gouji.claims.alone import sole
from gouji.claims.build import SURE
from gouji.claims.scene import Scene
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension

_BORNE_OUT = (ClaimKind.TOTAL, ClaimKind.BALANCE, ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.PRODUCT, ClaimKind.AVERAGE)
_LISTS = frozenset(
    {"which", "respect", "partition", "by", "after", "includes", "bracket", "follows", "listed", "parallel", "slip"}
)
_QUOTIENTS = (ClaimKind.RATE, ClaimKind.SHARE)
_NEAR = Decimal("0.88")  # the smaller percentage over the larger one
_CLOSE = Decimal("0.9")  # the same of sums
_SECOND = Decimal("0.95")  # the same of a second division of one whole
_FEW = 20  # few things are counted: 3 where 8 are listed is a slip
_PAIR = 2
_LONG = 3  # digits of a figure that no other one shares by chance


class Unsure:
    """Asks of a failing claim whether it is more likely a wrong binding. `holding`: the arithmetic that holds."""

    def __init__(self, scene: Scene, holding: Iterable[Claim]) -> None:
        self._scene = scene
        self._told = {o.span for c in holding for o in c.operands}
        self._printed: Counter[tuple[Dimension, Decimal]] | None = None

    def __call__(self, claim: Claim) -> bool:
        stated = claim.operands[0].quantity
        if stated is None or stated.cell is not None or claim.verdict is not Verdict.DISAGREES:
            return False
        if self._twice(stated, claim):
            return True
        return claim.cause is None and (
            _fits_otherwise(stated, claim) or self._proven(claim) or self._among_others(stated, claim) or _beside(stated, claim)
        )

    def _count(self, value: Decimal, dimension: Dimension) -> int:
        if self._printed is None:
            self._printed = Counter((i.q.dimension, i.q.base) for i in self._scene.items())
        return self._printed[dimension, value]

    def _twice(self, stated: Quantity, claim: Claim) -> bool:
        """Both the stated figure and the recomputed one are printed elsewhere: two facts, of which the wrong one was taken."""
        if claim.right is None or claim.kind is ClaimKind.RESTATEMENT or not _long(stated.base) or not _long(claim.right):
            return False
        told = sum(o.quantity is not None and o.quantity.base == claim.right for o in claim.operands[1:])
        return self._count(stated.base, stated.dimension) > 1 and self._count(claim.right, stated.dimension) > told

    def _proven(self, claim: Claim) -> bool:
        """Another relation of the document bears the stated figure out. Of a change it may bear out the figures that are wrong."""
        if claim.kind not in _BORNE_OUT or claim.operands[0].span not in self._told or claim.shape == "part_exceeds":
            return False
        stated = claim.operands[0].quantity
        if claim.shape != "by" or claim.confidence < SURE or stated is None or claim.right is None:
            return True
        # 职工785人，其中…；按用工性质划分，…: a whole that is divided twice is borne out by one division and not by the other
        return _apart(stated.base, claim.right) < _SECOND

    def _among_others(self, stated: Quantity, claim: Claim) -> bool:
        """A sum whose figures stand among others, further off than a slip is."""
        if claim.kind is not ClaimKind.TOTAL or claim.shape not in _LISTS or claim.right is None or sole(self._scene, claim):
            return False
        few = stated.dimension is not Dimension.MONEY and stated.base < _FEW
        return not few and _apart(stated.base, claim.right) < _CLOSE


def _fits_otherwise(stated: Quantity, claim: Claim) -> bool:
    """A percentage that is another quotient of the same two figures: 年末110万册，新入藏3.31万册，增长3.01%; 甲3.1亿、乙2.1亿，占60%和40%."""
    figures = [o.quantity for o in claim.operands[1:] if o.quantity is not None]
    if len(figures) != _PAIR or stated.dimension is not Dimension.PERCENT or min(q.base for q in figures) <= 0:
        return False
    low, high = sorted(q.base for q in figures)
    if claim.kind is ClaimKind.CHANGE and claim.shape == "near":
        others = [low / high] if low * _PAIR < high else []  # what was added, and what it was added to
    elif claim.kind is ClaimKind.SHARE:
        others = [low / (low + high), high / (low + high)]
    else:
        return False
    return any(value * HUNDRED in stated.figure.rounded() for value in others)


def _beside(stated: Quantity, claim: Claim) -> bool:
    """A percentage of the figures in the bracket behind it, far off: they need not be its own."""
    if claim.kind not in _QUOTIENTS or claim.shape != "beside" or claim.confidence >= SURE or claim.right is None:
        return False
    return _apart(stated.base, claim.right) < _NEAR


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """The smaller over the larger."""
    low, high = sorted((abs(one), abs(other)))
    return low / high if high else Decimal(1)


def _long(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) >= _LONG
