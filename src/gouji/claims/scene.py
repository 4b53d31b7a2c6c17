"""The scene that every claim finder works on: figures with their roles, grouped by block and sentence, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.claims import vocabulary as v
from gouji.claims.ratios import respective_names
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.document import Block, BlockKind, Document
from gouji.model.fact import Facts, Quantity, Span
from gouji.model.profile import Band, Profile
from gouji.model.quantity import ZERO, Dimension, Hedge
from gouji.model.record import record
from gouji.model.wording import Wording


@dataclass(slots=True, eq=False, init=False)
class Item:
    """A figure as a claim finder sees it. `gap` is the normal text between the figure before and this one."""

    q: Quantity
    role: Role
    order: int  # in the block
    gap: str
    after: str  # a few characters behind the figure
    label: str
    money: bool
    percent: bool
    hedged: bool

    def __init__(self, q: Quantity, role: Role, order: int, gap: str, after: str) -> None:
        self.q = q
        self.role = role
        self.order = order
        self.gap = gap
        self.after = after
        self.label = q.label
        self.money = q.dimension is Dimension.MONEY
        self.percent = q.dimension is Dimension.PERCENT
        self.hedged = q.figure.hedge is not Hedge.NONE


@record(slots=True, eq=False)
class Passage:
    """A block of running text with its items."""

    block: Block
    text: str  # normal form
    items: list[Item]
    sentences: list[list[Item]]
    dimensions: frozenset[Dimension]  # of the items
    roles: frozenset[Role]
    wording: Wording  # of the document

    def tells(self, *words: str) -> bool:
        """Whether any of the words stands in the paragraph, in print or in normal form: asked before it is searched."""
        try:
            return self.block.index in self.wording.known[words]
        except KeyError:
            return self.block.index in self.wording.having(*words)


@record(slots=True)
class Scene:
    """Everything that claim finders share: the document, its facts, and the passages that hold figures, in reading order."""

    document: Document
    facts: Facts
    profile: Profile
    passages: list[Passage]
    wording: Wording  # of the document
    by_block: dict[int, Passage] = field(default_factory=dict)
    beside: dict[int, list[Passage]] = field(default_factory=dict)  # further cells of a row that tell something
    order: dict[int, int] = field(default_factory=dict)  # block index -> position in `passages`
    labels: dict[str, list[Item]] | None = None  # items by the last words of their label, once they have been indexed
    budgets: list[Item] | None = None  # every named budget, once they have been gathered
    scale: tuple[tuple[tuple[Band, ...], Span] | None] | None = None  # a printed grade scale, once it has been looked for

    def telling(self, *words: str) -> list[Passage]:
        """The passages that hold any of the words, in reading order: what a finder asks whose relation these words tell."""
        told = sorted(self.wording.having(*words) & self.by_block.keys())
        if not self.beside:
            return [self.by_block[index] for index in told]
        return [passage for index in told for passage in (self.by_block[index], *self.beside.get(index, ()))]

    def named(self, name: str) -> list[Item]:
        """The figures of the whole document whose label ends with `name` (four characters or more)."""
        if self.labels is None:
            self.labels = {}
            for item in self.items():
                self.labels.setdefault(item.label[-4:], []).append(item)
        return [i for i in self.labels.get(name[-4:], ()) if i.label.endswith(name)]

    def items(self) -> Iterator[Item]:
        for passage in self.passages:
            yield from passage.items


def kin(a: Quantity, b: Quantity) -> bool:
    """Whether two figures may stand in one sum: the same dimension, and of counts the same kind of thing."""
    dimension = a.dimension
    if dimension is not b.dimension:
        return False
    if dimension is Dimension.COUNT:
        one, other = a.figure.unit.symbol, b.figure.unit.symbol
        return one == other or v.unit_kind(one) == v.unit_kind(other)
    if dimension is Dimension.MEASURE:
        return a.figure.unit.symbol[-1] == b.figure.unit.symbol[-1]
    return dimension is not Dimension.RATE


def how_many(item: Item) -> bool:
    """三家单位, 两笔: how many figures there are, in words."""
    return item.q.chinese and item.q.base <= _FEW


def wholes(items: Sequence[Item]) -> list[Item]:
    """Without the parts that make up the figure before them: 完成1.93万亩，人工造林0.65万亩，退化林修复1.28万亩."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        whole, at = items[at], at + 1
        kept.append(whole)
        for stop in range(at + 2, min(len(items), at + 8) + 1):
            parts = items[at:stop]
            if all(kin(i.q, whole.q) for i in parts) and sum((i.q.base for i in parts), ZERO) == whole.q.base:
                at = stop
                break
    return kept


_FEW = 20
_NAME_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,14}(?=[，。；、])")


def name_of(item: Item) -> str:
    """The words before a figure, or where there are none those behind it: 524人满意, 320万元用于道路."""
    behind = None if item.label not in ("", "其中", "有") else _NAME_BEHIND.match(item.after)
    return behind[0] if behind else item.label


_YEAR = re.compile(r"(20\d\d)年")
_FUNDS = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|公共财政预算|预算单位|预算内|预算管理|转移支付")
_REACHED = re.compile(r"(?:提高|增加|增长|上升|降低|下降|减少|调整|调高|调低|[上下]?调|提|加|减|增|涨|升|降)?(?:到|至|为)")
_PRIOR_CLAUSE = re.compile(r"(?:比|较|同(?!期)|与|相比|相较)")


_POINTS = re.compile(r"(?:得分|评分|总分|分数|分值|满分|权重|得)$")  # 分值10, 得9.5


_REACHES = re.compile(r"(?<!达)[到至]\s?$")
_REACHES_BETWEEN = re.compile(  # 由A压减为B, 由A扩成B
    r"\s?(?:压减|减少|调减|核减|降低|下降|压缩|缩减|缩短|缩小|削减|回落|下调|增加|调增|提高|上升|扩大|增长|提升|上涨|回升|上调|[减缩降压跌落增扩升涨])了?[为成]\s?"
)
_COMPARED = re.compile(r"(?:比|较|与|由|从|同|跟|和)[^，。；占]{0,18}$")
_STANDARD_AFTER = re.compile(r"\s?的?(?:标准|控制价|限价|基准|平均水平|均价|上限|下限)")
_LOST = re.compile(r"\s?(?:未得|被扣|扣除|扣分|未获)")
_COMPARED_ON = re.compile(
    r"\s?(?:的[\u4e00-\u9fff]{1,6}?)?(?:累计|共|净)?(?:相比|比较|增加|增长|减少|下降|上升|提高|提升|降低|压减|扩大|缩减|节约|节省|缩短|[多少高低](?!于)|，?(?:到|[升降增减涨跌扩缩压调提][至到为成]|下降到))"
)


_ADJUSTED = re.compile(r"(?P<up>调增|净?增加)|(?:调减|核减|净?减少)")
_ADJUSTED_TO = re.compile(
    r"(?:^|，)[\u4e00-\u9fff]{0,6}(?:调整|变更|追加|调增|调减|核减|压减)(?:后|为|到|至)[\u4e00-\u9fff]{0,8}$"
)
_SPARED = re.compile(r"(?:共|累计)?(?:节约|节省|节支)(?:了|资金|经费|金额)?")
_OF_BUDGET = re.compile(r"^的[\u4e00-\u9fff]{0,4}(?:预算|指标|额度)(?!数|为|$)")
_BUDGET_AFTER = re.compile(
    r"\s?的(?:可支配|可用|年初|全年|年度|调整后?|批复|财政|专项|项目)?(?:预算(?!执行|完成)|指标|额度|概算|控制数)"
)


AIMED = re.compile(  # 与下降25%的目标有差距: what was aimed at, not what came out
    r"[”’]?\s?(?:及?以上|以内|以下|左右)?的(?:年度|年初|预期|绩效|既定|总体|考核|省定|市定|规定|工作)*(?:目标|指标(?!值?(?:完成|得))|要求|任务|计划|标准|底线|红线)"
)


def role_of(q: Quantity, clause: str, after: str = "") -> Role:
    """The role that the words before the figure give it; the last telling word wins."""
    label = q.label
    if q.dimension is Dimension.RATE:
        return Role.STANDARD
    if q.dimension is Dimension.SCORE or (q.dimension is Dimension.BARE and _POINTS.search(label)):
        return Role.DEDUCTED if _LOST.match(after) else _score_role(label)
    if label.endswith(_EXTREMES) or (label.endswith(_SHORT) and _OF_GOAL.match(after)):
        return Role.EXTREME
    moved = _direction(label, clause)
    if moved is not None:
        return moved
    if q.dimension is Dimension.PERCENT:
        return Role.PRIOR if _compared(clause) and _COMPARED_ON.match(after) else Role.PLAIN
    if _standard(label) or (q.dimension is Dimension.MONEY and _STANDARD_AFTER.match(after)):
        than = label.startswith(("比", "较")) and _COMPARED_ON.match(after)  # 比最低工资标准2490元高670元
        return Role.PRIOR if than else Role.STANDARD
    earlier = _earlier(label, clause)
    if earlier is not None:
        return earlier
    if _compared(clause) and _COMPARED_ON.match(after):
        return Role.PRIOR
    if q.dimension is not Dimension.MONEY:
        return Role.PLAIN
    role = _money_role(label)
    if role is not Role.LEFT and _BUDGET_AFTER.match(after) and not re.search("完成|占|超|低于|为$", label):
        return Role.BUDGET  # A的预算支出了B
    return role


_SHORT, _OF_GOAL = ("差", "缺", "少"), re.compile(r"\s?(?:即?可?达标|达到|及格|合格|过关)")  # 差1处达标
_EXTREMES = (
    "最高",
    "最低",
    "最多",
    "最少",
    "最大",
    "最小",
    "最长",
    "最短",
    "最高的",
    "最低的",
    "最多的",
    "最少的",
    "最大的",
    "最小的",
)


@v.by_words
def _direction(label: str, clause: str) -> Role | None:
    """Whether the words tell a rise or a fall by the figure."""
    told = clause.rstrip()
    moved = v.MOVED.search(told) or v.MOVED.search(label)
    if moved and not _REACHES.search(clause) and not _REACHES_BETWEEN.fullmatch(clause):
        if v.UP.search(label) or v.UP.search(told):
            return Role.UP
        if v.DOWN.search(label) or v.DOWN.search(told):
            return Role.DOWN
    return None


@v.by_words
def _compared(clause: str) -> bool:
    return _COMPARED.search(clause) is not None


@v.by_words
def _standard(label: str) -> bool:
    return v.STANDARD.search(label) is not None


@v.by_words
def _earlier(label: str, clause: str) -> Role | None:
    """Whether the words tell a figure of a time before: what a year began with, or last year's."""
    if v.OPENING_WORDS.search(label):
        return Role.OPENING
    return Role.PRIOR if v.PRIOR.search(label) and not _PRIOR_CLAUSE.search(clause) else None


def _pass_on(items: list[Item]) -> None:
    """生均由A提高到B: the figure that a standard moves to is a standard."""
    for first, second in pairwise(items):
        if first.role is Role.STANDARD and _REACHED.fullmatch(second.gap.strip()) and kin(first.q, second.q):
            second.role = Role.STANDARD


def _differences(items: list[Item]) -> None:
    """年初预算A，调整为B，调增D; 较上年R节约D: a difference that its own word does not tell from a part."""
    for prior, now, item in zip(items, items[1:], items[2:], strict=False):
        word = _ADJUSTED.fullmatch(item.label)
        if (
            word
            and now.role in (Role.BUDGET, Role.PLAIN)
            and kin(now.q, item.q)
            and kin(prior.q, item.q)
            and _ADJUSTED_TO.search(now.gap)
        ):
            item.role = Role.UP if word["up"] else Role.DOWN
            prior.role = Role.PRIOR
    for prior, item in pairwise(items):
        if prior.role is Role.BUDGET and item.role is Role.PLAIN and kin(prior.q, item.q) and _ADJUSTED_TO.search(item.gap):
            item.role = Role.BUDGET  # 年初安排A，年中调整为B
        if (
            prior.role is Role.PRIOR
            and item.role is Role.PLAIN
            and _SPARED.fullmatch(item.gap.strip())
            and kin(prior.q, item.q)
        ):
            item.role = Role.DOWN


_OF_EACH = ("各权重", "每项权重", "权重各", "各项权重均", "权重均", "各占权重")


@v.by_words
def _score_role(label: str) -> Role:
    if v.DEDUCT.search(label) or label.startswith(("扣", "失分", "减分")):
        return Role.DEDUCTED
    if label.endswith(_OF_EACH):
        return Role.STANDARD  # 两项各权重3分
    if v.WEIGHT.search(label) and not label.endswith("中得"):
        return Role.WEIGHT
    return Role.SCORED if v.SCORED.search(label) else Role.PLAIN


_DEDUCTING = ("扣除", "扣减", "减去")


def _listed_on(item: Item) -> bool:
    """Whether a figure goes on a list: 19分、18分和27分."""
    return item.q.mark == "、" or re.match(r"\s?(?:和|与|以?及)", item.gap) is not None


def _pair_scores(items: list[Item]) -> None:
    """预算执行20分，得17分: a score with no verb before a bare 得 is the weight of what is scored."""
    deducting = False
    for item in items:
        deducting = item.label.startswith(_DEDUCTING) or (deducting and item.q.mark == "、" and item.role is Role.PLAIN)
        if deducting and item.q.dimension is Dimension.SCORE:
            item.role = Role.DEDUCTED  # 扣除甲类指标2.3分、乙类指标1.3分
    scores = [i for i in items if i.q.dimension is Dimension.SCORE and i.role is not Role.DEDUCTED]
    for first, second in pairwise(scores):
        listed = _listed_on(second) and not second.label and second.order - first.order == 1
        if listed and second.role is Role.PLAIN:
            second.role = first.role  # 权重依次为10分、50分、30分
    for n, (first, second) in enumerate(pairwise(scores)):
        close = first.q.segment == second.q.segment and all(
            i.role is Role.DEDUCTED for i in items[first.order + 1 : second.order]
        )
        if _listed_on(first) and not _listed_on(second):
            continue  # 决策8分、过程22.9分、效益30分，综合得分90.9分: the last of a list and what it adds up to
        if (
            n
            and second.q.base > first.q.base
            and scores[n - 1].role is Role.PLAIN
            and scores[n - 1].q.segment == first.q.segment
        ):
            continue  # 决策8分，过程22.9分，效益30分，得90.9分
        bonus = re.search(r"加$|加[\u4e00-\u9fff]{1,6}$|奖励", first.label)
        if close and not bonus and first.role is Role.PLAIN and v.SHORT_SCORED.match(second.label):
            first.role = Role.WEIGHT
            second.role = Role.SCORED


def _earlier_years(items: list[Item], year: int | None) -> None:
    """2022年支出A in a report on 2023 is a prior figure."""
    if year is None:
        return
    told: Item | None = None  # the last figure that names an earlier year
    for item in items:
        match = _YEAR.match(item.label)
        goes_on = told is not None and item.q.mark == "、" and item.order - told.order == 1  # 2021年办理612件、受益538人
        if match is not None or not goes_on:
            told = item if match is not None and int(match[1]) < year else None
        elif goes_on:
            told = item
        if (
            told is item
            and item.role in (Role.PLAIN, Role.SPENT, Role.BUDGET, Role.INCOME)
            and item.q.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)
        ):
            item.role = Role.PRIOR


@v.by_words
def _money_role(label: str) -> Role:
    if v.LEFT_WORDS.search(label):
        return Role.LEFT
    if label.startswith("的"):
        label = _OF_BUDGET.sub("", label)
    label = _FUNDS.sub("", label)
    if "实际" in label or "决算" in label or "执行数" in label or "已支" in label or "实支" in label:
        return Role.BUDGET if re.search(r"实际(?:到位|下达|收到|安排)", label) else Role.SPENT
    last = {}
    for role, pattern in ((Role.BUDGET, v.BUDGET_WORDS), (Role.SPENT, v.SPENT_WORDS), (Role.INCOME, v.INCOME_WORDS)):
        ends = [m.end() for m in pattern.finditer(label)]
        if ends:
            last[role] = ends[-1]
    if not last:
        return Role.PLAIN
    if Role.BUDGET in last and re.search(r"预算(?!执行|支付|使用)", label):
        return Role.BUDGET
    return max(last, key=lambda r: last[r])


MANY = 400  # figures in one paragraph: no report holds so many, and the readings of a list grow with their square


def build(document: Document, facts: Facts, profile: Profile) -> Scene:
    """Roles and gaps for every figure of the running text, that in the cells of tables included."""
    scene = Scene(document, facts, profile, [], facts.wording(document))
    for block, found in zip(document.blocks, facts.blocks, strict=True):
        if not found.quantities or block.kind is BlockKind.HEADER:
            continue
        if block.kind is not BlockKind.ROW:
            _add(scene, block, found.normal, found.quantities)
        elif any(mark in found.normal for mark in "，。；"):
            for text, told in _prose_cells(block, found.normal, found.quantities):
                _add(scene, block, text, told)
    return scene


def _prose_cells(block: Block, text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[str, list[Quantity]]]:
    """The cells of a row that tell something in sentences, each with the row's text up to its end, the cells before it blanked out."""
    told: dict[int, list[Quantity]] = {}
    for q in quantities:
        if q.cell is not None:
            told.setdefault(q.cell, []).append(q)
    for ordinal, inside in told.items():
        cell = block.cells[ordinal]
        words = text[cell.start : cell.end]
        if len(inside) > 1 and _TELLS.search(words):
            yield "。" * cell.start + words, inside


_TELLS = re.compile(r"[\u4e00-\u9fff][^，。；]{0,12}[，。；](?:[^，。；]{0,40}[，。；])?[^，。；\d]{0,16}[\u4e00-\u9fff]{2}")


def _add(scene: Scene, block: Block, text: str, quantities: Sequence[Quantity]) -> None:
    if len(quantities) > MANY:
        return
    items: list[Item] = []
    previous = 0
    for order, q in enumerate(quantities):
        gap = text[previous : q.span.start]
        clause = text[max(q.label_start, previous) : q.span.start]
        after = text[q.span.end : q.span.end + 16]
        items.append(Item(q, role_of(q, clause, after), order, gap, after))
        previous = q.span.end
    dimensions = frozenset([item.q.dimension for item in items])
    if len(items) > 1:
        if Dimension.SCORE in dimensions:
            _pair_scores(items)
        _pass_on(items)
        _differences(items)
        if "分别" in text or "依次" in text or "各" in text:
            respective_names.give(items)
    _earlier_years(items, scene.document.year)
    sentences: list[list[Item]] = []
    for item in items:
        if sentences and sentences[-1][0].q.sentence == item.q.sentence:
            sentences[-1].append(item)
        else:
            sentences.append([item])
    roles = frozenset([item.role for item in items])
    passage = Passage(block, text, items, sentences, dimensions, roles, scene.wording)
    if block.index in scene.by_block:
        scene.beside.setdefault(block.index, []).append(passage)
    else:
        scene.by_block[block.index] = passage
        scene.order[block.index] = len(scene.passages)
    scene.passages.append(passage)
