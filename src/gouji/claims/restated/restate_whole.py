"""The document's own totals (expenditure, execution rate), stated in several sections under whatever name."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, compatible
from gouji.claims.restated.scope import DECISIVE
from gouji.claims.scene import Scene
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

# The figures that every whole-department report states more than once, by all the words that may stand in their names.
# A label is one of them when nothing is left once these words are taken away; 年初, 调整后 and the like keep figures apart.
_CONCEPTS: tuple[tuple[str, Dimension, re.Pattern[str], re.Pattern[str]], ...] = (
    ("basic", Dimension.MONEY, re.compile(r"基本支出"), re.compile(r"基本支出|实际|决算|共|数")),
    ("project", Dimension.MONEY, re.compile(r"项目支出"), re.compile(r"项目支出|实际|决算|共|数")),
    (
        "spent",
        Dimension.MONEY,
        re.compile(
            r"(?:部门|单位|整体|全年|年度|本年|总|合计|[局委院])[^，。]{0,8}支出|支出(?:总额|合计|总计)|(?:当年|全年|本年)(?:实际)?(?:执行|花费|使用)"
        ),
        re.compile(r"支出|花费|使用|执行|决算|合计|总额|总计|总数|实际|累计|共|数"),
    ),
    (
        "rate",
        Dimension.PERCENT,
        re.compile(r"预算执行率|(?:整体|部门|总体|综合|全年)[^，。]{0,6}(?:执行率|支出率)"),
        re.compile(r"预算|执行率|支出率|支出|率"),
    ),
)
_HALVES = ("basic", "project")
_OF_ALL = re.compile(r"部门|整体|[本我][单局委办院]")
_NOT_SPENT = re.compile(r"预算|批复|安排|计划|拨款|收入|指标|上年|去年|财政")
_FRAME = re.compile(
    r"如[前上]所述|[前上][文面](?:已述|所述|已提及?)?|前述|\d{4}年度?|\d{1,2}月\d{1,2}日|截至|年末|年底|从[\u4e00-\u9fff]{1,4}看|本次|自评|涉及|综上|总体|综合|以上|情况|经|由|按|根据|我[局委办院县市区镇乡校馆部单场所站队园处中]位?心?|"
    r"本[局委办院镇乡校馆部单]位?|部门|单位|整体|全年|年度|本年|当年|达到|完成|为|的|了|有|，|：|实现|确定|最后|最终|合计|总计|总额"
)


def find(scene: Scene, facts: list[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """The document's total expenditure and execution rate, under whatever name."""
    known: dict[tuple[str, frozenset[str]], Stated] = {}
    for fact in facts:
        q = fact.item.q
        if fact.listed or q.cell is not None:
            continue
        concept = _concept_of(fact)
        if concept is None or not speaks_of_all(scene, fact) or (concept in _HALVES and not _of_all(fact)):
            continue
        key = (concept, (fact.marks & DECISIVE) | _heading_marks(scene, q.span.block))
        first = known.setdefault(key, fact)
        if first is fact or q.span in accused or not compatible(first, fact, tied):
            continue
        other = first.item.q
        if q.figure.rounded().meets(other.figure.rounded()):
            continue
        accused.add(q.span)
        yield claim_between(first, fact, digit_cause(q.figure, other.base / q.figure.unit.factor), tied, LIKELY)


def _of_all(fact: Stated) -> bool:
    """部门项目支出207万元; 部门全年支出744万元，基本支出537万元，…: a half of what the whole department spent, by the words of its sentence."""
    return _OF_ALL.search(fact.before) is not None and not _NOT_SPENT.search(fact.before)


_BUDGET_LIFE = re.compile(
    r"年初|全年|调整后?|预算数?|安排|批复|下达|指标|支出|决算|执行率|执行|实际|合计|财政|资金|项目|基本|其中|完成|总体|得分|等级|为|是|分|数|共|优|良|占|比|上年|增加|减少|增长|下降|较|同|主要"
)


_RECKONED = re.compile(r"\s?(?:来|进行)?(?:折算|计算|测算|核算|分摊|均摊|推算|计，|口径)")


def speaks_of_all(scene: Scene, fact: Stated) -> bool:
    """Whether the sentence up to the figure has no subject but the unit itself."""
    q = fact.item.q
    passage = scene.by_block.get(q.span.block)
    if passage is None or _one_of_many(scene, q.span.block):
        return False
    start = passage.text.rfind("。", 0, q.span.start) + 1
    if passage.block.marker is not None and not re.search(
        r"部门|整体|单位|[我本][局委办院]", passage.text[start : q.span.start]
    ):
        return False  # a run-in heading names the subject
    if passage.block.marker is not None:
        start = max(start, passage.block.marker.end)
    if _RECKONED.match(passage.text, q.span.end):
        return False  # 按全年支出333万元折算，某项目每人次成本…: of what is told behind it
    words = passage.text[start : q.label_start]
    for item in passage.items[: fact.item.order]:
        if item.q.span.start >= start:
            words = words.replace(item.q.raw, "")
    organisation = scene.document.organisation
    if organisation:
        words = words.replace(organisation, "")
    return not re.sub(r"[^\u4e00-\u9fff]", "", _BUDGET_LIFE.sub("", _FRAME.sub("", words)))


PROJECT_CHAPTER = re.compile(
    r"项目(?:实施|完成|支出|执行|资金|开展|组织|进展|绩效|情况|自评)|[各分]项目|重点项目|专项(?:资金|经费|工作)"
)


def _one_of_many(scene: Scene, block: int) -> bool:
    """Whether a block stands under one of the projects of a chapter on projects: 二、项目实施情况, （一）智慧水务平台运维."""
    parent = scene.document.blocks[block].parent
    levels = []
    while parent is not None:
        above = scene.document.blocks[parent]
        levels.append(above)
        parent = above.parent
    return len(levels) > 1 and levels[-1].level == 1 and PROJECT_CHAPTER.search(levels[-1].text) is not None


def _heading_marks(scene: Scene, block: int) -> frozenset[str]:
    """Scopes that the heading above a figure sets: 财政拨款支出情况."""
    parent = scene.document.blocks[block].parent
    text = scene.document.blocks[parent].text if parent is not None else ""
    return frozenset(
        w for w in ("财政拨款", "一般公共预算", "政府性基金", "三公", "机关运行", "政府采购", "基本", "项目") if w in text
    )


def _concept_of(fact: Stated) -> str | None:
    concept = _named(fact.item.q.dimension, fact.item.label)
    return None if concept == "spent" and fact.item.role is Role.BUDGET else concept


@by_words
def _named(dimension: Dimension, label: str) -> str | None:
    for name, own, wanted, words in _CONCEPTS:
        if dimension is own and wanted.search(label):
            if name == "spent" and "预算" in label:
                return None
            return name if not words.sub("", _FRAME.sub("", label)) else None
    return None
