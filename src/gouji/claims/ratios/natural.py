"""Percentages that cannot exceed a hundred by what they measure: 合格率107%, 满意度981%.

Rates of things done against a plan (完成率, 执行率, 到位率, 覆盖率) may: they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import LIKELY, SURE, operand
from gouji.claims.scene import Scene
from gouji.claims.tables.facts import indicator_actuals
from gouji.claims.tables.grid import Section
from gouji.facts.units import PERCENT
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension, Hedge, plain

_WORDS = ("合格率", "达标率", "及时率", "准时率", "准确率", "知晓率", "完好率", "优良率", "出勤率", "公开率", "满意")
_RATE = re.compile(
    r"(?:合格率|达标率|及时率|准时率|准确率|知晓率|完好率|优良率|出勤率|公开率|满意度|满意率)(?:[（(][^（）()]*[）)])?"
    r"(?:[指得]?标)?(?:评价|测评|调查)?(?:结果)?(?:[也均分]?别?[为是]|达到?了?|[:：=＝]|(?:实际)?(?:完成)?值?(?:[为是]|达到?))?$"
)
_NOT = re.compile(r"指数|提高|提升|增长|同比|较|比|相对|目标的|计划的|完成率|超额?|得分率")
_DIGITS_MORE = 1000  # percent: beyond it the figure is of something else


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Every such percentage above a hundred, of sentences and of the targets and actuals of forms."""
    for passage in scene.telling(*_WORDS):
        for item in passage.items if Dimension.PERCENT in passage.dimensions else ():
            if item.percent and _above(item.q) and _RATE.search(item.label) and not _NOT.search(item.label):
                yield _claim(item.q)
    for name, actual, target in indicator_actuals(scene, sections):
        for q in (actual, target):
            if q is not None and q.figure.unit == PERCENT and _above(q) and _RATE.search(name) and not _NOT.search(name):
                yield _claim(q, SURE if q is actual else LIKELY)


def _above(q: Quantity) -> bool:
    return HUNDRED < q.base < _DIGITS_MORE and q.figure.hedge is Hedge.NONE


def _claim(q: Quantity, confidence: float = SURE) -> Claim:
    over = plain(q.base - HUNDRED)
    return Claim(
        ClaimKind.BOUND,
        Verdict.DISAGREES,
        q.raw,
        "100%",
        (operand(q, "stated"),),
        difference=f"{over}个百分点",
        formula=f"{plain(q.base)}% > 100%",
        confidence=confidence,
        shape="natural",
        right=HUNDRED,
    )
