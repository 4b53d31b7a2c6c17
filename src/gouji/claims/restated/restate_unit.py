"""The unit's own accounts, told in several sentences: its budget, what it spent, on posts and on projects, and the rate of both.

本部门2022年度全年预算数A，全年支出B ↔ 财务决算反映，本部门当年花费B，人员和公用等基本支出C，其余D为项目支出. A sentence whose only subject is
the unit itself names these figures by a handful of words; told twice with one scope, they are one fact whatever stands between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, may_be_one
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

_UNIT = re.compile(r"部门|整体支出|[我本][局委办院会校镇乡馆台站所团处室中县市区]|单位")
_FILLER = re.compile(  # what may stand in such a sentence beside the names of the figures
    r"20\d\d年度?|\d{1,2}月末?|截至|截止|年末|年底|年终|年初|从[\u4e00-\u9fff]{1,4}看|综上(?:所述)?|总体(?:上看)?|综合以上情况|综合来看|本次|此次|本年度?|当年|全年|年度|今年|"
    r"财务决算|决算报表|部门决算|报表|账面|反映|显示|汇总|统计|评价|自评|绩效|对象|范围|涉及|包括|根据|按照|经|县|市|区|省|财政局?|本?部门|本?单位|本级|我(?=单位)|年度|我[局委办院会校镇乡馆台站所团处室]|"
    r"本[局委办院会校镇乡馆台站所团处室]|核定|批复|下达|安排|整体|全部|总|共计|合计|总计|累计|实际|为|的|是|了|达到?|即|均|其中|由|以|对|在|情况|资金|[，：、（）\s]"
)
_SCOPE = re.compile(
    r"财政拨款|公共预算|基金|国有资本|非税|三公|专项|上级|中央|省级|市级|县级|区级|自有|其他|其它|结转|结余|上年|上一年|去年|往年|同期|年初|调整|追加|口径|扣除|剔除|不含|除|另|本级|合并|政府采购|[一二三四上下]季|半年"
)
_HEADED = ("财政拨款", "一般公共预算", "政府性基金", "三公", "机关运行", "政府采购", "项目实施", "项目绩效")
_LEAD = r"(?:其中|内含|包括|分为|用于|加上|减去|即为?|其余|[，：、与和及])*"
_TAIL = r"(?:决算|总额|合计|共计|总计|总数|数|额|资金)*(?:分别|各)?(?:为|是|达到?|约)?"
_NAMES: tuple[tuple[str, Dimension, re.Pattern[str]], ...] = (
    ("budget", Dimension.MONEY, re.compile(rf"{_LEAD}(?:整体支出)?(?:支出)?预算{_TAIL}")),
    ("spent", Dimension.MONEY, re.compile(rf"{_LEAD}(?:整体)?(?:支出|花费|执行|使用|开支)(?:支出)?{_TAIL}")),
    ("basic", Dimension.MONEY, re.compile(rf"{_LEAD}(?:人员和公用等)?基本支出{_TAIL}")),
    ("project", Dimension.MONEY, re.compile(rf"{_LEAD}项目支出{_TAIL}")),
    ("rate", Dimension.PERCENT, re.compile(r"(?:整体支出|整体|支出)?(?:预算)?(?:执行|支出)率(?:已|约)?(?:为|是|达到?)?")),
)
_PAIR = re.compile(rf"{_LEAD}(?:基本支出[和与、]项目支出){_TAIL}")
_REST = re.compile(r"^(?:万?元|亿元)?\s?(?:为|是|系|用于)项目支出")
_FAR = 3  # times: figures farther apart are not one fact


def find(scene: Scene, facts: Sequence[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Every figure of the unit's own accounts that most of its other mentions contradict."""
    stated = {f.item.q.span: f for f in facts}
    told: dict[tuple[str, frozenset[str]], list[Stated]] = {}
    for passage in scene.telling("部门", "单位", "整体", "支出", "预算"):
        if passage.block.level is not None or _headed(scene, passage):
            continue
        for items in passage.sentences:
            for name, item, scope in _accounts(scene, passage, items):
                fact = stated.get(item.q.span)
                if fact is not None and not fact.listed:
                    told.setdefault((name, scope), []).append(fact)
    for mentions in told.values():
        yield from _conflicts(mentions, tied, accused)


def _headed(scene: Scene, passage: Passage) -> bool:
    """Whether the heading above narrows what the paragraph speaks of: 财政拨款支出情况."""
    parent = passage.block.parent
    return parent is not None and any(w in scene.document.blocks[parent].text for w in _HEADED)


def _accounts(scene: Scene, passage: Passage, items: Sequence[Item]) -> Iterator[tuple[str, Item, frozenset[str]]]:
    """The figures of a sentence about the unit itself, by what they are of its accounts, up to the first of anything else."""
    first = items[0].q.span.start
    start = max(passage.text.rfind("。", 0, first), passage.text.rfind("；", 0, first)) + 1
    if passage.block.marker is not None:
        start = max(start, passage.block.marker.end)
    opening = passage.text[start:first]
    organisation = scene.document.organisation
    own = organisation is not None and organisation in opening
    if own and organisation:
        opening = opening.replace(organisation, "部门")
    if not _UNIT.search(opening):
        return
    previous, halves = start, 0
    for item in items:
        words = opening if item is items[0] else passage.text[previous : item.q.span.start]
        previous = item.q.span.end
        scope = frozenset(_SCOPE.findall(passage.text[start : item.q.span.start]))
        name = _name(words, item.q.dimension, item.after)
        if halves:
            name, halves = ("project", 0) if words.strip("，、和与及") == "" else (None, 0)
        elif name == "pair":
            name, halves = "basic", 1
        if name is None:
            return
        if item.role not in (Role.PRIOR, Role.UP, Role.DOWN, Role.OPENING, Role.STANDARD) and not item.hedged:
            yield name, item, scope


@by_words
def _name(words: str, dimension: Dimension, after: str) -> str | None:
    """What the words before a figure make it of the unit's accounts; None where anything else is named."""
    bare = _FILLER.sub("", words)
    if dimension is Dimension.MONEY and bare == "其余":
        return "project" if _REST.match(after) else None
    if dimension is Dimension.MONEY and _PAIR.fullmatch(bare):
        return "pair"
    return next((name for name, own, pattern in _NAMES if own is dimension and pattern.fullmatch(bare)), None)


def _conflicts(mentions: Sequence[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """The mentions that differ from what most of the others say, or of two the later one."""
    if len({m.item.q.base for m in mentions}) < 2:
        return
    often = Counter(m.item.q.base for m in mentions)
    right = max(mentions, key=lambda m: often[m.item.q.base])
    for fact in mentions:
        q, other = fact.item.q, right.item.q
        if q.span in accused or other.span in accused or q.base == other.base:
            continue
        if q.figure.rounded().meets(other.figure.rounded()) or not may_be_one(right, fact, tied):
            continue
        cause = digit_cause(q.figure, other.base / q.figure.unit.factor)
        low, high = sorted((q.base, other.base))
        if cause is None and low * _FAR < high:
            continue
        accused.add(q.span)
        yield claim_between(right, fact, cause, tied, LIKELY, shape="unit")
