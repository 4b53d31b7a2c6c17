"""Makes the claim of a rate from its figures."""

from __future__ import annotations

from dataclasses import replace

from gouji.claims.arithmetic import Outcome, compare_ratio
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Item
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.text import Text

_BETWEEN_BUDGETS = re.compile(
    r"(?:调整|调增|调减|压减|追加|变动|核减|到位|下达|批复|细化|指标|安排|提前|分解)[\u4e00-\u9fff]{0,4}(?:率|比例|幅度|进度)"
)


def of_two_budgets(item: Item, one: Item, other: Item) -> bool:
    """年初预算A，调整预算B，本年支出为年初预算的P: what was spent is not printed, so neither budget is part of the other."""
    return _budgeted(one) and _budgeted(other) and _BETWEEN_BUDGETS.search(item.label) is None


def _budgeted(item: Item) -> bool:
    told = item.role in (Role.PLAIN, Role.OPENING, Role.INCOME) and _SET.fullmatch(item.label) is not None
    return item.role is Role.BUDGET or told


_SET = re.compile(r"(?:其中|含)?(?:年初|期初|年中|原|调整后?|追加后|全年|批复)(?:安排|批复|核定|下达|追加|数|为)*")


def rate_claim(
    item: Item, numerator: Item, denominator: Item, outcome: Outcome, kind: ClaimKind, confidence: float = SURE
) -> Claim:
    """The claim that `item` is `numerator` over `denominator`; where only the inverse holds, the cause says so."""
    claim = claim_of(
        kind, item, [("numerator", numerator), ("denominator", denominator)], outcome, confidence=confidence or 0.5
    )
    if outcome.verdict is Verdict.DISAGREES and outcome.cause is None:
        inverse = compare_ratio(item.q.figure, denominator.q.figure, numerator.q.figure)
        if inverse is not None and inverse.holds:
            return replace(claim, cause=Text("分子与分母颠倒", "numerator and denominator swapped"))
    return claim
