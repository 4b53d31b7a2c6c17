"""A budget printed with two digits swapped where a rate bears out the budget of another place: 6884.00万元, 6848.00万元, 执行率97.14%."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY, operand
from gouji.claims.scene import Item, Scene
from gouji.claims.vocabulary import RATE_LABEL, Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, show

_BUDGET = re.compile(r"预算|总投资|资金总额|合同|指标")
_RATE = re.compile(r"执行率|支出率|支付率|完成率|进度")
_MOVED = (Role.PRIOR, Role.UP, Role.DOWN)
_BACK = 3  # passages before the rate that its budget is looked for in
_SPENT = 6  # amounts before the rate that may be what was spent
_DIGITS = 4  # of an amount, zeros at the end left out


def find(scene: Scene, tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Every budget that the rate beside it contradicts and whose swapped digits stand elsewhere in the document."""
    rates = [
        (at, i)
        for at, p in enumerate(scene.passages)
        for i in p.items
        if i.percent and i.q.figure.places >= 2 and not i.hedged and i.q.base and _is_rate(i.label)
    ]
    if not rates:
        return
    amounts = sorted((i for i in scene.items() if i.money and not i.hedged and i.q.base), key=lambda i: i.q.base)
    bases = [i.q.base for i in amounts]
    budgets = [  # of each passage, those that nothing bears out
        [
            i
            for i in p.items
            if i.money and _is_budget(i.label) and i.q.span not in tied and not i.hedged and i.role not in _MOVED
        ]
        for p in scene.passages
    ]
    for at, rate in rates:
        near = [i for passage in budgets[max(0, at - _BACK) : at + 1] for i in passage]
        if not near:
            continue
        here = scene.passages[at].items[: rate.order]
        spent = [i for i in here if i.money and i.role is Role.SPENT and not i.hedged][-_SPENT:]
        for budget in near:
            if budget.q.span in accused:
                continue
            other = next((o for s in spent if (o := _borne_out(s, rate, budget, amounts, bases)) is not None), None)
            if other is not None:
                accused.add(budget.q.span)
                yield _claim(budget, other, rate)


@by_words
def _is_rate(label: str) -> bool:
    return RATE_LABEL.search(label) is not None and _RATE.search(label) is not None


@by_words
def _is_budget(label: str) -> bool:
    return _BUDGET.search(label) is not None


def _borne_out(spent: Item, rate: Item, budget: Item, amounts: list[Item], bases: list[Decimal]) -> Item | None:
    """The amount of the document that the rate fits, which the budget is but for two digits swapped."""
    if budget.q.base <= 0 or rate.q.figure.rounded().low <= 0:
        return None
    if spent.q.base / budget.q.base * HUNDRED in rate.q.figure.rounded() or spent.q.base >= budget.q.base:
        return None
    fits = rate.q.figure.rounded()
    low, high = spent.q.base * HUNDRED / fits.high, spent.q.base * HUNDRED / fits.low
    for item in amounts[bisect_left(bases, low) : bisect_right(bases, high)]:
        digits = re.sub(r"\D", "", item.q.raw).strip("0")
        same = item.q.figure.unit == budget.q.figure.unit and item.q.figure.places == budget.q.figure.places
        if same and len(digits) >= _DIGITS and digit_cause(budget.q.figure, item.q.figure.value) is TRANSPOSED:
            return item
    return None


def _claim(budget: Item, other: Item, rate: Item) -> Claim:
    return Claim(
        ClaimKind.RESTATEMENT,
        Verdict.DISAGREES,
        budget.q.raw,
        other.q.raw,
        (operand(budget, "stated"), operand(other, "restated"), operand(rate, "rate")),
        difference=show(abs(budget.q.base - other.q.base), budget.q.figure.unit),
        formula=f"{budget.label}：{budget.q.raw}；{other.label}：{other.q.raw}，与{rate.label}{rate.q.raw}相符",
        cause=TRANSPOSED,
        confidence=LIKELY,
        shape="rate",
        right=other.q.base,
    )
