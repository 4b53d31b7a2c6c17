"""Percentages of several figures together: 评价4218次，非常满意3987次，满意198次，合计满意率99.22%."""

from __future__ import annotations

from gouji.claims.arithmetic import compare_ratio, slipped
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, Dimension, Figure

_WELL = re.compile(  # what the grades above the line make up together
    r"合计|[两二三四]项|[两二三四]者|一并|合起来|总[\u4e00-\u9fff]{0,4}率|满意|优良|优秀|合格|达标|好评|以上|(?:已|累计)[\u4e00-\u9fff]{0,6}率"
)
_TOLD = re.compile(r"占|(?:率|度|比例|比重|面|比率|份额)(?:仅|只|为|达|是|达到|约|由此)*$")
_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
_OUT = frozenset({Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT})
_SEVERAL = 5


def find(item: Item, passage: Passage) -> Claim | None:
    """The claim that a percentage makes of the list right before it, of the figure that the list follows."""
    together = _WELL.search(item.label) is not None
    if not (together or _TOLD.search(item.label)):
        return None
    run: list[Item] = []
    for other in reversed(passage.items[: item.order]):
        fit = other.q.dimension in _FIGURES and other.q.sentence == item.q.sentence and not other.hedged
        if not fit or other.role in _OUT or (run and not kin(other.q, run[0].q)) or len(run) > _SEVERAL:
            break
        run.insert(0, other)
    for n in range(len(run) - 3, -1, -1):
        whole, parts = run[n], run[n + 1 :]
        value = sum((i.q.base for i in parts), ZERO)
        if value >= whole.q.base or any(i.q.base >= whole.q.base for i in parts):
            continue
        unit = whole.q.figure.unit
        outcome = compare_ratio(item.q.figure, Figure(value / unit.factor, 2, unit), whole.q.figure)
        if outcome is None or not (outcome.holds or (together and n == 0 and slipped(item.q.figure, outcome))):
            continue
        if outcome.holds and not together and not item.q.figure.places:
            continue
        share = "占" in item.label
        roles = ("part", "base") if share else ("numerator", "denominator")
        others = [*((roles[0], i) for i in parts), (roles[1], whole)]
        sure = SURE if outcome.holds else LIKELY
        kind = ClaimKind.SHARE if share else ClaimKind.RATE
        return claim_of(kind, item, others, outcome, shape="together", confidence=sure)
    return None
