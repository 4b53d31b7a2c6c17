"""Rates of execution whose base stands in an earlier paragraph: （一）全年预算数480.00万元。（二）全年支出468.00万元，执行率97.50%.

The words of the rate name its base (占调整后预算的), or the paragraph before tells one budget. Where several may be meant, only a slip of the
pen in the percentage accuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.arithmetic import compare_ratio, slipped
from gouji.claims.build import LIKELY
from gouji.claims.ratios.rate_claim import rate_claim
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind

_RATE = re.compile(
    r"(?:执行|支出|使用|支付|用款)(?:率|进度|比例)(?:由此|得出|约|为|达|是)*$"
    r"|(?:占|为|完成|是|相当于)[^，。；占]{0,6}(?:预算|资金|指标)(?:总额|数|额度)?的?$"
)
_KEY = re.compile(r"调整|年初|年中|年终|年末|全年|到位|批复|下达|可用|概算|合同")
_WHOLE = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).、．]|[-—－·●①-⑨])?\s*(?:截至|截止|到|至|年末|年底|年|底|月|\d|日|[一二三四五六七八九十]+[个项]|全年|本年度?|当年|累计|实际|已|共|总|项目|专项|资金|部门|整体|决算)*"
    r"(?:支出|支付|使用|执行|拨付|发放|列支|支用|付出|花去)(?:资金|数|总额|金额|合计|了)?"
)
_NOT_ALL = re.compile(r"其中|另|上年|去年|20\d\d年(?!12月|底|末|全年)")
_BACK = 12  # paragraphs that a base may stand before its rate
_FEW = 4  # bases that a slip of the pen is told among


def find(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """The rate of what was spent in all over a budget of an earlier paragraph."""
    if item.hedged or not _RATE.search(item.label):
        return None
    spent = _spent(passage, item)
    if spent is None:
        return None
    key = _KEY.search(item.label) or _KEY.search(item.gap)
    bases = [b for b in _before(scene, passage) if spent.q.base <= b.q.base * 2]
    named = [b for b in bases if key is not None and key[0] in b.label]
    told = named if key is not None else bases
    claims = []
    for base in reversed(told):
        outcome = compare_ratio(item.q.figure, spent.q.figure, base.q.figure)
        if outcome is not None:
            claim = replace(rate_claim(item, spent, base, outcome, ClaimKind.RATE, LIKELY), shape="elsewhere")
            if outcome.holds:
                return claim if item.q.figure.places else None
            claims.append((claim, slipped(item.q.figure, outcome)))
    if not claims or any(_bears_out(item, spent, i) for i in _amounts(scene, passage)):
        return None  # another amount, whatever it is called, makes the rate
    alone = len({b.q.base for b in (named or _last(scene, passage, bases))}) == 1
    if alone:
        return claims[0][0]
    if len({b.q.base for b in told}) <= _FEW:
        return next((claim for claim, slip in claims if slip), None)
    return None


def _spent(passage: Passage, item: Item) -> Item | None:
    """What was spent in all, right before the rate but for other rates of it."""
    before = [i for i in passage.items[: item.order] if i.q.sentence == item.q.sentence]
    while before and before[-1].percent:
        before = before[:-1]
    if not before or before[-1].role is not Role.SPENT or not before[-1].money or before[-1].hedged:
        return None
    others = [i for i in before if i.money and i.q.segment == item.q.segment]
    whole = _WHOLE.fullmatch(before[-1].label) is not None and not _NOT_ALL.search(before[-1].gap)
    return before[-1] if whole and len(others) == 1 else None


def _before(scene: Scene, passage: Passage) -> list[Item]:
    """The budgets of the paragraphs before, in their order."""
    found: list[Item] = []
    at = scene.order[passage.block.index]
    for earlier in scene.passages[max(0, at - _BACK) : at]:
        found += _budgets(earlier)
    return found


def _amounts(scene: Scene, passage: Passage) -> Iterator[Item]:
    """All amounts of the paragraph and of those before."""
    at = scene.order[passage.block.index]
    return (i for earlier in scene.passages[max(0, at - _BACK) : at + 1] for i in earlier.items if i.money and i.q.base > 0)


def _bears_out(item: Item, spent: Item, base: Item) -> bool:
    outcome = compare_ratio(item.q.figure, spent.q.figure, base.q.figure) if base is not spent else None
    return outcome is not None and outcome.holds


def _budgets(passage: Passage) -> Iterator[Item]:
    return (i for i in passage.items if i.money and i.role is Role.BUDGET and not i.hedged and i.q.base > 0)


def _last(scene: Scene, passage: Passage, bases: Sequence[Item]) -> list[Item]:
    """The budgets of the paragraph right before, where it tells no expenditure of its own."""
    at = scene.order[passage.block.index]
    if not at:
        return []
    before = scene.passages[at - 1]
    spent = any(i.money and i.role is Role.SPENT for i in before.items)
    return [] if spent else [b for b in bases if b.q.span.block == before.block.index]
