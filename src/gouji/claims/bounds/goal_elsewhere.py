"""A figure said to keep or reach its goal, where the goal stands in another paragraph: 增幅8.40%，控制在目标以内 … 增幅控制在5%以内.

The goal is the one of the document that has the figure's unit and shares its name; where two have, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.bounds.compare_words import LOWER_IS_BETTER, comparison, same
from gouji.claims.bounds.verdict import WORDS, Said, verdicts, way_of
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension, Hedge

_ADJECTIVES = r"(?:年度|年初|全年|预期|既定|绩效|设定|规定|计划|考核|下达|要求)*"
_KEPT = re.compile(
    rf"\s?[^，。；\d]{{0,6}}，[均都全部仍也并且]*(?:严格|有效|始终|总体)?控制在(?:了)?{_ADJECTIVES}的?(?:目标|要求|限额|时限|标准|指标|范围|期限|限值)[^，。；\d]{{0,6}}(?:内|以下)"
    rf"|\s?[^，。；\d]{{0,6}}，(?:均|都|并)?(?:未|没有)(?:超过|突破|超出){_ADJECTIVES}的?(?:目标|限额|时限|标准|指标|限值)"
)
_REACHED = re.compile(
    rf"\s?[^，。；\d]{{0,6}}，[均都全部已也并且]*(?:达到|超过|高于|优于|完成|实现|超额完成|圆满完成)了?{_ADJECTIVES}的?(?:目标|任务|指标|要求)+值?(?=[，。；]|$)"
)
_GOAL = re.compile(r"目标|指标|计划|年初|任务|承诺|要求")
_BOUND = re.compile(
    r"(?:[不未]?(?:低于|少于|高于|超过|多于)|至少|达到?|控制在?|保持在?|在|为|≥|≤|[：，、。]|年度|全年|目标|指标|计划|其中|实现|平均|实际|累计|单位|本年|项目)+"
)
_WITHIN = re.compile(r"\s?[\u4e00-\u9fff]{0,4}(?:以内|之内|以下)")
_SHARED = 4  # characters in a row that two names of one thing have in common


def find(scene: Scene, held: frozenset[int] = frozenset()) -> Iterator[Claim]:
    """Every figure that is said to meet a goal of another sentence; `held` are those that were held to one otherwise, by identity."""
    goals: list[tuple[Item, int]] | None = None
    read: set[int] = set(held)
    for passage in scene.telling("目标", "控制在", "任务"):
        for item in passage.items:
            aim = _said(passage, item)
            if not aim:
                continue
            goals = list(_goals(scene)) if goals is None else goals
            found = {g.q.base: g for g, way in goals if way == aim and _of_one(g, item)}
            if len(found) == 1:
                goal = next(iter(found.values()))
                read.add(id(item.q))
                yield comparison(goal, item, below=aim < 0, sure=False, words="控制在" if aim < 0 else "达到")
    for passage in scene.telling(*WORDS):
        for said, item in verdicts(passage):
            if id(item.q) in read or item.hedged or item.q.dimension in _UNMEASURED or item.role in _MOVED:
                continue
            goals = list(_goals(scene)) if goals is None else goals
            named = {(g.q.base, way): g for g, way in goals if _is_named(g, way, item, said)}
            if len(named) == 1:
                (_, way), goal = next(iter(named.items()))
                yield comparison(goal, item, below=way < 0, sure=False, words=f"{said.words}：")


_UNMEASURED = (Dimension.SCORE, Dimension.BARE, Dimension.POINTS)
_MOVED = (Role.UP, Role.DOWN, Role.PRIOR, Role.BUDGET)
_EMPTY = re.compile(
    r"各级|各类|各项|全[市县区省州镇乡]|开展|举办|组织|实施|共|办|三级|本年度?|全年|实际|完成|累计|的|了|平均|新增|新建"
)


def _is_named(goal: Item, way: int, item: Item, said: Said) -> bool:
    """Whether a verdict speaks of a goal: of the figure's unit, by a name that the two, or the verdict and the goal, share."""
    if (said.way and said.way != way) or not same(goal, item) or goal.q.span.block == item.q.span.block:
        return False
    if LOWER_IS_BETTER.search(item.label) and way > 0:
        return False
    a, b = (_EMPTY.sub("", _BOUND.sub("", i.label)) for i in (goal, item))
    shared = _WORD if item.q.dimension is Dimension.COUNT else _SHARED
    alike = a == b if min(len(a), len(b)) < shared else a.endswith(b) or b.endswith(a) or a[-shared:] in b or b[-shared:] in a
    return len(b) >= _WORD and alike and goal.q.figure.unit.symbol == item.q.figure.unit.symbol


_WORD = 2


def _said(passage: Passage, item: Item) -> int:
    """-1 where a figure is said to keep within its goal, 1 where it is said to reach it; 0 where the sentence names the goal itself."""
    if item.hedged or item.q.dimension in (Dimension.SCORE, Dimension.BARE) or item.role is Role.PRIOR:
        return 0
    end = item.q.span.end
    aim = -1 if _KEPT.match(passage.text, end) else 1 if _REACHED.match(passage.text, end) else 0
    if not aim or (item.money and aim > 0) or (item.role in (Role.UP, Role.DOWN) and not item.label):
        return 0
    others = (i for i in passage.items if i is not item and i.q.sentence == item.q.sentence and same(i, item))
    return 0 if any(i.hedged or _GOAL.search(i.label) for i in others) else aim


def _goals(scene: Scene) -> Iterator[tuple[Item, int]]:
    """The bounds of the document that are told as goals, with the way in which they bind."""
    for passage in scene.passages:
        blocks = scene.document.blocks
        parent = blocks[passage.block.index].parent
        headed = parent is not None and "目标" in blocks[parent].text
        for item in passage.items:
            way = _way(item) or way_of(passage, item)
            if not way:
                continue
            start = passage.text.rfind("。", 0, item.q.span.start) + 1
            if headed or _GOAL.search(passage.text, start, item.q.span.start) or _GOAL.search(passage.text[:20]):
                yield item, way


def _way(item: Item) -> int:
    """-1 for a ceiling, 1 for a floor, 0 for what binds neither way: 控制在10个工作日以内 has a noun before 以内."""
    if item.q.figure.hedge is Hedge.AT_MOST or (item.label.endswith("控制在") and _WITHIN.match(item.after)):
        return -1
    return 1 if item.q.figure.hedge is Hedge.AT_LEAST else 0


def _of_one(goal: Item, value: Item) -> bool:
    """Whether goal and figure have one unit and one name."""
    if not same(goal, value) or (goal.q.span.block == value.q.span.block and goal.q.sentence == value.q.sentence):
        return False
    a, b = _BOUND.sub("", goal.label), _BOUND.sub("", value.label)
    if len(b) < 2 or len(a) < 2:
        return False
    if a == b or (len(b) <= _SHARED and a.endswith(b)):
        return True
    return any(b[n : n + _SHARED] in a for n in range(len(b) - _SHARED + 1))
