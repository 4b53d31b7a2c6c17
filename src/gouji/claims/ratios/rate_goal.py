"""Rates of a goal that another paragraph tells: 绩效目标：培训农民1,500人次 … 实际培训农民1,440人次，完成目标的96%.

The goal is the one number of the same unit and name that the document tells as planned. Several goals of one name may bear a rate out; only one
may be held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gouji.claims.arithmetic import Outcome, as_printed, compare_percent, figure_interval, quotient
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, Dimension, point

_CUES = ("目标", "任务", "计划", "完成率")
_OF_GOAL = re.compile(
    r"(?:完成|占|达到?|为|是|实现)了?(?:年度|全年|年初|既定|预期|绩效|省定|市定|下达|上级|当年|本年)*(?:目标|任务|计划)(?:任务)?[数值量]?的?(?:比例)?(?:为|达)?$"
    r"|(?:任务|目标|计划)?(?:完成率|完成比例)(?:仅|约|为|是|达到?)*$"
)
_PLANNED = re.compile(r"目标|计划(?!生育|免疫)|任务|拟|预计|年初下达|下达|要求|应")
_REAL = re.compile(r"实际|已|完成|竣工|建成|达到|累计|共有|现有")
_NOISE = re.compile(
    r"20\d\d年度?|年度|全年|本年|当年|年初|绩效|既定|实际|已经?|累计|截至[^，]*|目标|任务|计划|下达|指标|要求|拟|预计|应|数|量|值|共|完成|实现|组织|开展|实施|为|是|的|新增|我[县市区局院镇]|市级?|县级?|省级?|省厅|调整后?|最终"
)
_FIGURES = (Dimension.COUNT, Dimension.MEASURE)
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD)
_LATER = re.compile(r"下一步|下年|明年|[一二三四]季度|半年|\d月|[三五]年|“十|调整|其中")
_TO_DATE = re.compile(r"(?:截至|到|至)?(?:20\d\d年)?(?:年底|12月底|12月31日|年末)|截至目前")
_FAR = 15  # percentage points
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Goal:
    """A figure told as planned, with the pairs of characters of its name."""

    item: Item
    name: frozenset[str]
    words: str


def find(scene: Scene, settled: AbstractSet[int]) -> Iterator[Claim]:
    """Every rate of a goal of another paragraph; `settled` figures are told by other claims already."""
    goals: list[_Goal] | None = None
    for passage in scene.telling(*_CUES):
        if Dimension.PERCENT not in passage.dimensions:
            continue
        for item in passage.items:
            actual = _actual(passage, item) if item.percent and id(item.q) not in settled else None
            if actual is None:
                continue
            goals = list(_goals(scene)) if goals is None else goals
            claim = _rate(passage, item, actual, goals)
            if claim is not None:
                yield claim


def _actual(passage: Passage, item: Item) -> Item | None:
    """What was done, right before a rate whose words name a goal that its sentence does not print."""
    if item.hedged or not item.order or not _OF_GOAL.search(item.label) or not 0 < item.q.base <= HUNDRED * 2:
        return None
    actual = passage.items[item.order - 1]
    if actual.q.dimension not in _FIGURES or actual.hedged or actual.role in _OUT or actual.q.segment != item.q.segment:
        return None
    if _LATER.search(_TO_DATE.sub("", _told(passage, actual))) or _planned(passage, actual):
        return None
    same = [i for i in passage.items if i.q.sentence == item.q.sentence and i is not actual and kin(i.q, actual.q)]
    near = [i for i in same if i.q.segment == item.q.segment]
    return actual if not near and not any(_planned(passage, i) for i in same) else None


def _goals(scene: Scene) -> Iterator[_Goal]:
    for passage in scene.passages:
        for item in passage.items:
            if item.q.dimension in _FIGURES and item.role not in _OUT and item.q.base and not item.q.chinese:
                words = _told(passage, item)
                if _planned(passage, item):
                    yield _Goal(item, _name(item.label, item.q.noun), words)


def _told(passage: Passage, item: Item) -> str:
    """The words of a figure's sentence before it."""
    start = max(passage.text.rfind("。", 0, item.q.span.start), passage.text.rfind("；", 0, item.q.span.start)) + 1
    return passage.text[start : item.q.span.start]


def _planned(passage: Passage, item: Item) -> bool:
    """Whether the words before a figure tell it as planned; those at the head of its paragraph do for a list of goals."""
    words = _told(passage, item)
    found = [m.end() for m in _PLANNED.finditer(words)]
    if not found:
        return False
    return _REAL.search(_OF_PLAN.sub("", words[found[-1] :])) is None


_OF_PLAN = re.compile(r"^[^，。；]{0,2}完成")  # 计划完成造林2.4万亩


@by_words
def _name(label: str, noun: str) -> frozenset[str]:
    words = _NOISE.sub("·", label) + "·" + _NOISE.sub("·", noun[:8])
    return frozenset(words[n : n + 2] for n in range(len(words) - 1) if "·" not in words[n : n + 2])


def _compare(item: Item, actual: Item, goal: Item) -> Outcome | None:
    """The rate; a goal is as exact as it is printed."""
    value = quotient(actual.q.figure, goal.q.figure)
    if value is None:
        return None
    spread = figure_interval(actual.q.figure).over(point(goal.q.base))
    formula = f"{as_printed(actual.q.figure)} ÷ {as_printed(goal.q.figure)}"
    return compare_percent(item.q.figure, value, spread.scaled(HUNDRED) if spread else None, formula)


def _rate(passage: Passage, item: Item, actual: Item, goals: Sequence[_Goal]) -> Claim | None:
    name = _name(actual.label, actual.q.noun)
    found = [
        g
        for g in goals
        if kin(g.item.q, actual.q)
        and g.item.q.figure.unit.symbol[-1] == actual.q.figure.unit.symbol[-1]
        and g.item.q.span.block != passage.block.index
        and len(g.name & name) >= min(_LEAST, len(name), len(g.name))
        and (g.name & name or not g.name)  # 调整后目标为850个
    ]
    outcomes = [(g, _compare(item, actual, g.item)) for g in found]
    told = [(g, o) for g, o in outcomes if o is not None]
    tie = next((x for x in told if x[1].holds), None)
    if tie is not None:
        others = [("numerator", actual), ("denominator", tie[0].item)]
        return claim_of(ClaimKind.RATE, item, others, tie[1], shape="goal", confidence=SURE)
    if len({g.item.q.base for g, _ in told}) != 1 or any(_LATER.search(g.words) for g, _ in told):
        return None
    goal, outcome = told[0]
    exact = len(goal.name & name) >= _LEAST or name <= goal.name or goal.name <= name
    near = abs(outcome.right - item.q.base) <= _FAR
    if actual.q.base == goal.item.q.base:
        return None  # 10件民生实事…，完成率90%: the number of what was to be done
    if not exact or not (near or outcome.cause is not None) or goal.item.hedged or actual.q.base > goal.item.q.base * 2:
        return None
    others = [("numerator", actual), ("denominator", goal.item)]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="goal", confidence=LIKELY)
