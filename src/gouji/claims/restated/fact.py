"""A stated figure with what tells whether another one is the same fact: name, qualifiers, year, place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial

from gouji.claims.restated.scope import DECISIVE, DECISIVE_FOR_COUNTS, core_of, marks_of, particular
from gouji.claims.scene import Item, Scene, role_of
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import Block, BlockKind, MarkerStyle
from gouji.model.fact import DateKind, Span
from gouji.model.quantity import Dimension, show
from gouji.model.record import record
from gouji.model.text import Text

_OUT = {Role.UP, Role.DOWN, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT, Role.OPENING}
_RUN_IN = {MarkerStyle.CN_IS, MarkerStyle.CN_ORDINAL, MarkerStyle.CN, MarkerStyle.CN_PAREN}


@record(slots=True)
class Stated:
    """A stated figure. What only a figure much like it is compared by is worked out when it is asked for: few have one."""

    item: Item
    words: str  # the label; of a count with what is counted
    core: str  # the words without noise
    year: int | None
    listed: bool  # inside a numbered list item
    before: str = ""  # its sentence up to the figure
    enumerated: bool = False  # one of three or more amounts of one kind in a sentence: a part of some whole
    month: int | None = None  # the last that its sentence names before it: 截至6月底
    lent: Callable[[], str] | None = None  # the name that a heading lends it; None of a row, which has its own
    above: str = ""  # the label of the figure before it in its sentence: 隔离带计划35公里 of 实际完成36.8公里
    digits: str = field(init=False)  # as printed, without zeros ahead
    _marks: frozenset[str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.digits = "".join(filter(str.isdecimal, self.item.q.raw)).lstrip("0")

    @property
    def marks(self) -> frozenset[str]:
        """The qualifying words."""
        if self._marks is None:
            self._marks = marks_of(self.words if self.core or not self.lent else self.words + self.lent())
        return self._marks

    @property
    def own(self) -> str:
        """The core without generic words: what is left of the name without what a heading lends."""
        return particular(self.core) if self.lent else ""

    @property
    def name(self) -> str:
        """项目支出 under （二）森林防火项目 goes by the heading's name."""
        return (self.own or self.lent()) if self.lent else self.core

    @property
    def planned(self) -> bool:
        """Told as a goal: 年度目标是供水人口5.6万人; not 380处 of 目标350处，实际380处."""
        told = [m.end() for m in _PLANNED.finditer(self.before)]
        return bool(told) and _REAL.search(self.before, told[-1]) is None

    @property
    def estimated(self) -> bool:
        """Told as what was reckoned before the thing was done: 立项时测算惠及113户."""
        return _ESTIMATED.search(self.before[-_CLAUSE:]) is not None

    @property
    def unused(self) -> bool:
        """Whether the words behind tell it as what is left of its name's amount: 补贴有24万元没有用完."""
        return self.item.q.dimension is Dimension.MONEY and _UNUSED.match(self.item.after) is not None


def collect(scene: Scene) -> Iterator[Stated]:
    for block, found in zip(scene.document.blocks, scene.facts.blocks, strict=True):
        if not found.quantities or block.kind is BlockKind.HEADER:
            continue
        passage = scene.by_block.get(block.index) if block.kind is not BlockKind.ROW else None
        if passage is not None:
            items: Sequence[Item] = passage.items
        else:
            items = [Item(q, role_of(q, q.label), n, "", "") for n, q in enumerate(found.quantities) if q.label]
        years = [d for d in found.dates if d.year is not None and not d.cited and d.kind is not DateKind.RELATIVE]
        months = [d for d in found.dates if d.month is not None and not d.cited]
        listed = block.kind is BlockKind.ROW or (
            block.kind is BlockKind.LIST_ITEM and block.marker is not None and block.marker.style not in _RUN_IN
        )
        lent = partial(_lent, scene, block)
        amounts = [i.q.sentence for i in items if i.money]
        for item in items:
            label = item.label
            if item.hedged or item.role in _OUT or not item.q.base or _moved(label) or label.endswith("各"):
                continue
            if item.percent and _heads_list(items, item, found.normal):
                continue
            start = item.q.span.start
            sentence = found.normal.rfind("。", 0, start) + 1
            year = next((d.year for d in reversed(years) if sentence <= d.span.start < start), None) if years else None
            month = next((d.month for d in reversed(months) if sentence <= d.span.start < start), None) if months else None
            if item.q.dimension is Dimension.COUNT:
                label = label + "·" + item.q.noun[:8]
            elif not label:
                label = item.q.noun[:8]
            core = core_of(label)
            if item.percent and label.startswith("占"):
                core = _part_named(items, item) + core  # 占基本支出: of what is what tells it apart
            if item.q.dimension is Dimension.SCORE:
                core = re.sub(r"(?:得|评|打|总)?分数?$|得$", "", core)
            crowded = len(amounts) >= 3 and amounts.count(item.q.sentence) >= 3
            last = items[item.order - 1] if 0 < item.order < len(items) else None
            above = last.label if last is not None and last.q.sentence == item.q.sentence else ""
            yield Stated(item, label, core, year, listed, found.normal[sentence:start], crowded, month, lent, above)


def _heads_list(items: Sequence[Item], item: Item, text: str) -> bool:
    """学校、市场两类场所，发现率分别为3.1%和4.6%: the first of several that go by one name."""
    behind = items[item.order + 1] if item.order + 1 < len(items) else None
    if behind is None or behind.label not in ("", item.label) or not behind.gap.strip().startswith(("、", "和", "与", "及")):
        return False
    return re.search("分别|依次", text[item.q.label_start : item.q.span.start]) is not None


@by_words
def _moved(label: str) -> bool:
    return _MOVED.search(label) is not None


def _part_named(items: Sequence[Item], item: Item) -> str:
    """The name of the part that a bare share is of, with the place of the figure where it has none: no two are one fact then."""
    part = items[item.order - 1] if 0 < item.order < len(items) else None
    named = part is not None and part.label and not part.percent and part.q.segment == item.q.segment
    return core_of(part.label) if part is not None and named else f"{item.q.span.block}.{item.order}"


_MOVED = re.compile(r"由[^，。；]{0,16}$|从[^，。；]{0,12}$|上年|去年|原")
_PLANNED = re.compile(r"目标|计划|拟|预计|将|力争|争取|不少于|不低于|任务|(?<![供响反效])应(?![急用答])")
_UNUSED = re.compile(
    r"\s?(?:的?(?:资金|经费|补贴|补助|款项|款|尾款|额度|指标|预算))?(?:因[^，。；]{1,14})?(?:至今|一直|年内|当年|全年|年底前)?"
    r"(?:(?:没有?|尚未|还未|仍未|暂未|并未|未能?|没能|还没|不曾)(?:能够?|得到|及时|按时|实际|来得及)?"  # 未能全部执行 is told of the whole
    r"(?:用|使用|支|花|付|拨|动用|执行|发放|兑付|列支|报销|结算|安排)|(?:(?:结余|剩余|结转)(?!资金|款|的|经费)|闲置|沉淀|待付|待拨|待支付|退回|收回|上缴|交回|缴回|核减|压减))"
)
_ESTIMATED = re.compile(
    r"测算|估算|匡算|估计|预估|预测|粗算|概算|摸底|摸排|初步(?:统计|核算|掌握)|(?:立项|申报|论证|可研|申请)(?:时|阶段|之初)"
)
_CLAUSE = 24  # characters before a figure that tell how it was come by
_REAL = re.compile(r"实际|现有|共有|实[到有发收]|已(?:完成|建成)")
_RUN_IN_HEAD = re.compile(r"[\s　·—\-*]*([^。：；，、（）“”\d\s]{2,14})[。：]")
_CHAPTER = re.compile(
    r"情况|分析|绩效|管理$|概况|总体|来源|去向|使用|到位|安排|支出$|收入$|预算$|决算$|执行$|指标$|产出|效益|结论|建议|问题|其中|合计|说明|摘要|下一步|变化|数量$|质量$|时效$|成本$|人员$|资金$|经费$|单位"
)
_PROJECT = re.compile(r"项目|专项|经费|工程|资金|活动|培训|会议")


def _lent(scene: Scene, block: Block) -> str:
    return particular(core_of(_subject(scene, block)))


def _subject(scene: Scene, block: Block) -> str:
    """The project that a run-in heading or the heading above names, for figures that only say 项目支出 or 执行率."""
    if block.kind is BlockKind.ROW:
        return ""
    head = _RUN_IN_HEAD.match(block.text, block.marker.end if block.marker is not None else 0)
    if head:
        return "" if _CHAPTER.search(head[1]) else head[1]
    parent = scene.document.blocks[block.parent] if block.parent is not None else None
    if parent is None or parent.level is None or parent.level < 2 or parent.marker is None:
        return ""
    words = parent.text[parent.marker.end :].strip()
    return (
        words if _PROJECT.search(words) and len(words) <= 20 and not re.search(r"情况|分析|绩效|管理|概况|总体", words) else ""
    )


def may_be_one(a: Stated, b: Stated, tied: set[Span]) -> bool:
    """Whether two figures may be one fact by where they stand: of no different times, not of one sentence, not both borne out."""
    if a.item.q.span in tied and b.item.q.span in tied:
        return False  # both are borne out by figures of their own: two facts
    if a.year is not None and b.year is not None and a.year != b.year:
        return False
    if a.month is not None and b.month is not None and a.month != b.month:
        return False  # 截至6月底已支付A; 截至12月底已支付B
    if a.estimated != b.estimated:
        return False  # 立项时测算惠及113户; 验收时核实惠及133户
    if a.unused != b.unused and Role.LEFT not in (a.item.role, b.item.role):
        return False  # 补贴310万元; 补贴有24万元没有用完
    if _subject_level(a) != _subject_level(b) or _of_two_sessions(a, b):
        return False
    qa, qb = a.item.q, b.item.q
    same_number = qa.figure.value == qb.figure.value and qa.figure.unit != qb.figure.unit  # 128.4元 beside 128.4万元
    return not (qa.span.block == qb.span.block and qa.sentence == qb.sentence and not same_number)


def compatible(a: Stated, b: Stated, tied: set[Span]) -> bool:
    """Whether roles and qualifying words too let two figures be one fact."""
    ra, rb = a.item.role, b.item.role
    if Role.STANDARD in (ra, rb) and a.item.q.figure.value != b.item.q.figure.value:
        return False
    if {ra, rb} in ({Role.BUDGET, Role.SPENT}, {Role.BUDGET, Role.INCOME}, {Role.SPENT, Role.LEFT}, {Role.BUDGET, Role.LEFT}):
        return False
    if not may_be_one(a, b, tied):
        return False
    if a.item.q.dimension is Dimension.COUNT:
        return not (a.marks ^ b.marks) & DECISIVE_FOR_COUNTS
    return not (a.marks ^ b.marks) & DECISIVE


_SESSION = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})届[^，。；\d]{0,12}?([一二三四五六七八九十]{1,3}|\d{1,2})次")


def _of_two_sessions(a: Stated, b: Stated) -> bool:
    """十一届二次会议收到提案128件; 十一届一次会议立案108件: the last session that each sentence names before its figure."""
    if "届" not in a.before or "届" not in b.before:
        return False
    one, other = (_SESSION.findall(fact.before)[-1:] for fact in (a, b))
    return bool(one and other) and one != other


_SUBJECT = re.compile(r"（([款项])）[”]?[^，。；（]{0,6}$")


def _subject_level(fact: Stated) -> str:
    """款 or 项, where the figure is told of a budget subject of that level: 教育支出（类）普通教育（款）小学教育（项）48.2万元."""
    level = _SUBJECT.search(fact.before) if fact.before.find("）", -12) >= 0 else None
    return level[1] if level else ""


def claim_between(a: Stated, b: Stated, cause: Text | None, tied: set[Span], confidence: float, shape: str = "") -> Claim:
    """The later statement is accused, unless it alone is borne out by other figures."""
    good, bad = (b, a) if b.item.q.span in tied and a.item.q.span not in tied else (a, b)
    q, other = bad.item.q, good.item.q
    return Claim(
        ClaimKind.RESTATEMENT,
        Verdict.DISAGREES,
        q.raw,
        other.raw,
        (Operand("stated", q.span, q), Operand("restated", other.span, other)),
        difference=show(abs(q.base - other.base), q.figure.unit),
        formula=f"{bad.item.label or q.noun[:8]}：{q.raw}；{good.item.label or other.noun[:8]}：{other.raw}",
        cause=cause,
        confidence=confidence,
        shape=shape,
        right=other.base,
    )
