"""What was saved against a price, a budget or a bill: 控制价A，中标价B，节约D，节约率R; 送审A，审定B，审减D，审减率R.

D = A − B, R = D ÷ A. The words before the two amounts tell which is which; where they do not, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.arithmetic import as_printed, compare_percent, compare_ratio, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, Interval

_WORDS = ("节约", "节省", "节支", "节资", "审减", "核减", "下浮", "压减", "节余", "压缩", "降本")
_SAVED = f"(?:{'|'.join(_WORDS)})"
_AMOUNT = re.compile(rf"{_SAVED}(?:了|财政|资金|金额|额|投资|经费|成本|采购|费用|支出|共|约)*$")
_RATE = re.compile(rf"{_SAVED}(?:资金|成本)?(?:率|比例|幅度)(?:达|为|约|到)*$")
_ASKED = re.compile(
    r"(?:控制价|限价|拦标价|标底|概算|估算|(?:采购|项目|招标|年初|批复|原|政府采购)预算(?:价|金额|总额|资金|数)?|预算(?:价|金额|总额|控制价)?|送审(?:金额|价|造价|总额|额)?|报审(?:金额|价|总额)?|申报(?:金额|价)?|上报金额)$"
)
_PAID = re.compile(
    r"(?:中标(?:金额|价|价格|总价)?|成交(?:金额|价|总价)?|合同(?:金额|价|总价|额)|采购(?:金额|总额|价)|实际采购(?:金额)?|审定(?:金额|价|造价|总额|额)?|核定(?:金额|造价)?|评审(?:金额|价)?|审核(?:金额|后)?|结算(?:金额|价|总价)?)$"
)
_COPULA = re.compile(r"(?:为|是|的|合计|共计|总计|共|约|：)+$")


def find(passage: Passage) -> Iterator[Claim]:
    """Every saving, in amount and in rate, whose two prices stand before it in its sentence or the one before."""
    if not passage.tells(*_WORDS):
        return
    for item in passage.items:
        amount = item.money and _AMOUNT.search(item.label)
        rate = item.percent and _RATE.search(item.label)
        if not (amount or rate) or item.hedged:
            continue
        prices = _prices(passage, item)
        if prices is not None:
            yield _rate(passage, item, *prices) if rate else _amount(item, *prices)


def _named(item: Item, name: re.Pattern[str]) -> bool:
    return name.search(_COPULA.sub("", item.label)) is not None


def _prices(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """(what was asked, what was paid), the nearest of each; None where a name stands twice in the sentence."""
    near = [
        i
        for i in passage.items[: item.order]
        if i.money and not i.hedged and item.q.sentence - 1 <= i.q.sentence and item.order - i.order <= 8
    ]
    here = [i for i in near if i.q.sentence == item.q.sentence]
    near = here if sum(1 for i in here if _named(i, _ASKED) or _named(i, _PAID)) >= 2 else near
    asked = [i for i in near if _named(i, _ASKED)]
    paid = [i for i in near if _named(i, _PAID)]
    if len(paid) > 1 and "总" in paid[-1].label and paid[-1].order + 1 == item.order:
        paid = paid[-1:]  # 三个包中标价分别为A、B和C，中标总价T
    if len(asked) != 1 or len(paid) != 1 or asked[0].q.base <= paid[0].q.base:
        return None
    return asked[0], paid[0]


def _difference(asked: Item, paid: Item) -> Interval:
    return figure_interval(asked.q.figure) - figure_interval(paid.q.figure)


def _amount(item: Item, asked: Item, paid: Item) -> Claim:
    words = f"{as_printed(asked.q.figure)} - {as_printed(paid.q.figure)}"
    outcome = compare_value(item.q.figure, asked.q.base - paid.q.base, _difference(asked, paid), words)
    near = item.order - max(asked.order, paid.order) == 1 and item.q.sentence == paid.q.sentence
    others = [("base", asked), ("current", paid)]
    return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="saving", confidence=SURE if near else LIKELY)


def _rate(passage: Passage, item: Item, asked: Item, paid: Item) -> Claim:
    saved = [i for i in passage.items[paid.order + 1 : item.order] if i.money and _AMOUNT.search(i.label)]
    value = (asked.q.base - paid.q.base) / asked.q.base * HUNDRED
    over = _difference(asked, paid).over(figure_interval(asked.q.figure))
    words = f"({as_printed(asked.q.figure)} - {as_printed(paid.q.figure)}) ÷ {as_printed(asked.q.figure)}"
    outcome = compare_percent(item.q.figure, value, over.scaled(HUNDRED) if over else None, words)
    others = [("base", asked), ("current", paid)]
    if not outcome.holds and saved:
        of_saved = compare_ratio(item.q.figure, saved[-1].q.figure, asked.q.figure)
        if of_saved is not None and of_saved.holds:
            return claim_of(ClaimKind.CHANGE, item, [("change", saved[-1]), ("base", asked)], of_saved, shape="saving")
    near = item.q.sentence == paid.q.sentence and item.role is not Role.STANDARD
    return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="saving", confidence=SURE if near else LIKELY)
