"""Rates of what is free of faults: 抽查390人，不符合条件2人，准确率99.49%: 1 − faults ÷ all."""

from __future__ import annotations

from dataclasses import replace

from gouji.claims.arithmetic import as_printed, compare_ratio
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, kin
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Figure

_FAULTS = re.compile(
    r"不(?:符合|合格|准确|达标|规范|通过|满意|完好|一致|正确)|差错|错误|未(?:通过|达标|按期|按时|及时|完成|办结|到位)|漏|错|逾期|超期"
)
_GOOD = re.compile(r"(?<!不)(?:准确|合格|正确|达标|完好|规范|通过|一致)(?:的|有|为)?$")
_FREE_OF = re.compile(
    r"(?:准确|合格|正确|达标|完好|规范|通过|一致|及时|按期|按时)[^，。；]{0,2}率(?:由此|得出|保持|达到|在|均|为)*$"
)


def find(passage: Passage, item: Item) -> Claim | None:
    """抽查390人，不符合条件2人，准确率99.49%: what is left when the faults are taken off."""
    if not _FREE_OF.search(item.label) or _FAULTS.search(item.label) or item.order < 2 or item.hedged:
        return None
    whole, faults = passage.items[item.order - 2], passage.items[item.order - 1]
    if _GOOD.search(whole.label):
        return None  # 抽检1240批，合格1221批，不合格19批，合格率98.47%: of all that were examined
    same = whole.q.segment == faults.q.segment == item.q.segment
    if not same or not kin(whole.q, faults.q) or not _FAULTS.search(faults.label) or _FAULTS.search(whole.label):
        return None
    if whole.q.figure.unit != faults.q.figure.unit:
        return None
    if whole.hedged or faults.hedged or whole.q.dimension is not Dimension.COUNT or not faults.q.base < whole.q.base:
        return None
    good = Figure(whole.q.figure.value - faults.q.figure.value, 0, whole.q.figure.unit)
    outcome = compare_ratio(item.q.figure, good, whole.q.figure)
    if outcome is None:
        return None
    words = f"({as_printed(whole.q.figure)} - {as_printed(faults.q.figure)})"
    outcome = replace(outcome, formula=outcome.formula.replace(as_printed(good), words, 1))
    others = [("denominator", whole), ("faults", faults)]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="free_of_faults", confidence=SURE if outcome.holds else LIKELY)
