"""The amounts of a sentence that a standard may make up: no other standards, no changes, none told as one for each."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.scene import Item
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re

_ALL = re.compile(r"每[月年天日周季期次](?:[^人名户个\d]{0,6}(?:共|合|总|薪|支出|发放))")
_PAY = re.compile("[月日时周年]薪|工资|津贴")  # of pay for a period, a smaller sum is another rate and no total of it
_NEAR = 4
COMPARED = (Role.UP, Role.DOWN, Role.PRIOR, Role.EXTREME)  # what a change is told by: 比上年的6.74万元减少0.92万元
_EACH_TOLD = re.compile(
    r"每[\u4e00-\u9fff]{1,5}(?:计算?|折算|测算|算|来看|看|为单位)?，?(?:分别|依次|各)?(?:为|是|合|约|折合)*\s?$"
)


def amounts(sentence: Sequence[Item], standard: Item) -> list[Item]:
    """The amounts that the standard may make up."""
    near = [i for i in sentence if i.money and i.role not in COMPARED and _apart(sentence, i, standard) <= _NEAR]
    near = [i for i in near if not _goes_on(sentence, i)]
    near = [i for i in near if not _each_told(sentence, i) and not i.label.startswith(("另", "其余", "剩余"))]
    if standard.q.depth and any(i.q.depth == standard.q.depth and i.role is not Role.STANDARD for i in near):
        near = []  # 折资68万元（筹资28万元、筹劳4000个工日，每工日折100元）: neither is made of the days alone
    totals = [i for i in near if i.role is not Role.STANDARD]
    if not any(i.money and i.role not in (*COMPARED, Role.STANDARD) for i in sentence):  # 去年支出1.2万元，60人，人均200元
        totals = [i for i in sentence if i.money and i.role is Role.PRIOR and _apart(sentence, i, standard) <= _NEAR]
    if _PAY.search(standard.label):
        totals = [t for t in totals if t.q.base >= standard.q.base]
    # 每人每月4000元，每月共计12万元: the later figure is what all of them get in the period
    return totals or [
        i for i in sentence if i.money and i.role is Role.STANDARD and i.order > standard.order and _ALL.search(i.label)
    ]


def _goes_on(sentence: Sequence[Item], item: Item) -> bool:
    """每公里控制在县道1万元、乡道5,000元、村道3,000元以内: whether an amount goes on the list of a standard."""
    at = sentence.index(item)
    while at and sentence[at].q.mark == "、" and sentence[at].gap.startswith("、") and sentence[at - 1].money:
        at -= 1
    return sentence[at] is not item and sentence[at].role is Role.STANDARD


def _each_told(sentence: Sequence[Item], item: Item) -> bool:
    """按每人每天计，分别为2651元和2275元: whether an amount, or the head of its list, is told as one for each."""
    at = sentence.index(item)
    while at and not sentence[at].label and sentence[at - 1].money and re.fullmatch(r"\s?[、和与及]\s?", sentence[at].gap):
        at -= 1
    gap = sentence[at].gap.rpartition("。")[2]
    return not sentence[at].label and _EACH_TOLD.search(gap) is not None


def _apart(sentence: Sequence[Item], one: Item, other: Item) -> int:
    """How far two figures stand from each other, without what is told of the year before between them."""
    low, high = sorted((one.order, other.order))
    return 1 + sum(1 for i in sentence if low < i.order < high and i.role not in COMPARED)
