"""Small numbers of one thing under one full name, told twice: 改造桥梁5座 … 改造桥梁6座, and more of them than there are: 9期主体班学员.

Numbers this small are each other's neighbours everywhere, so that the name must be the same word for word, nothing may narrow either of
the two (a place, a time, a part, a goal), and no third number of the same name may stand in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, compatible
from gouji.claims.restated.restate_counts import unit
from gouji.claims.restated.restate_names import apart
from gouji.claims.restated.restate_whole import PROJECT_CHAPTER
from gouji.claims.scene import Scene
from gouji.claims.vocabulary import by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

_NEAR = 3  # the two differ by no more than a third of the greater
_LONG = 3  # pairs of characters of a name that is particular by itself: 养护水库
_COUNTED = (Dimension.COUNT, Dimension.MEASURE)
_EMPTY = re.compile(
    r"^[一二三四五六七八九][是要]以?|^(?:通过|经过?|先后|对|围绕)|（[一二三四五六七八九十\d]{1,3}）|\d{2,4}年度?|同时|另外|此外|全年|本年度?|当年|今年|年末|年底|期末|共计|累计|合计|一共|总共|共|已|的|了|"
    r"全[县市区省镇乡州院馆局校]|我[县市区省镇乡州局院校馆部委办会]|本[县市区省镇乡州局院校馆部委办会]"
)
# What narrows a number or tells another time or a goal, in its sentence before it.
_NARROWED = re.compile(
    r"其中|含|上年|去年|年初|期初|季度|半年|截至|\d月|第[一二三四五六七八九十\d]|[一二三四五六七八九十]期|目标|计划|任务|指标|(?<![供响反效])应(?![急用答])|拟|将|预计|力争|原|实际|剩余|其余|另|部分|新增|增加|减少|达到|由|从|比|较|每|各|平均|"
    r"(?<![农城乡])[镇乡村](?![级村镇民])|街道|社区|标段|学校|中学|小学|医院|分局|片区|下属|所属|批|春季|秋季|上学期|下学期|线上|线下|省级|市级|县级|区级|国家级|一等|二等"
)
_PART = re.compile(r"其中|每|各|部分|另|余|抽查|随机|选派|下派|未|约|计划|目标|优秀|先进|重点")
_GOALS = re.compile(r"目标|计划|任务|申报|立项|批复|设定|概算|设计|拟")
_PLANS = re.compile(r"目标|计划|任务|下一?步|打算|安排|立项|依据|建议|改进|措施|上年|历年|往年|背景")
_REACHED = re.compile(r"(?:目标|计划|任务|指标)[^，。；]{0,6}(?:完成|实现|达成)|完成情况|实现程度")
_YEAR = re.compile(r"\d{2,4}年")
_PLACES = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[镇乡村]|街道)、?|其中")
_FEW = 3  # characters of a figure that may stand anywhere
_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,6}")
_OTHERWISE = re.compile(r"未|没有|尚|余|待|不合格|不达标|超|欠|缺|退|停")


def find(scene: Scene, facts: Sequence[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Every small number that another of the same full name contradicts."""
    counts = [f for f in facts if f.item.q.dimension in _COUNTED and f.item.q.cell is None and f.item.q.exact]
    for there, odd in (*_told_twice(scene, counts, tied), *_too_many(counts, tied)):
        if accused.isdisjoint((there.item.q.span, odd.item.q.span)):
            accused.add(odd.item.q.span)
            cause = digit_cause(odd.item.q.figure, there.item.q.base / odd.item.q.figure.unit.factor)
            yield claim_between(there, odd, cause, tied, LIKELY, shape="count")


def _told_twice(scene: Scene, counts: Sequence[Stated], tied: set[Span]) -> Iterator[tuple[Stated, Stated]]:
    """The first and the odd one of two numbers of one full name."""
    named: dict[tuple[str, str], list[Stated]] = {}
    for fact in counts:
        name = "" if _is_listed(fact) else _name(fact.item.label, _noun(fact.item.q.noun))
        if len(name) > _LONG:
            named.setdefault((name, unit(fact)), []).append(fact)
    for (name, _), found in named.items():
        if len(found) < 2 or len({f.item.q.base for f in found}) != 2 or _OTHERWISE.search(name):
            continue
        first = found[0]
        odd = next(f for f in found if f.item.q.base != first.item.q.base)
        if _is_one(scene, first, odd, tied):
            yield first, odd


def _is_listed(fact: Stated) -> bool:
    """Whether the name is one of several in a row: 大坪、响水、老鸦岩三个工区, 大坪工区3个、响水工区2个."""
    q = fact.item.q
    return q.mark == "、" and (not fact.above or fact.above[-2:] == fact.item.label[-2:] or "、" in fact.item.gap[1:])


def _too_many(counts: Sequence[Stated], tied: set[Span]) -> Iterator[tuple[Stated, Stated]]:
    """(how many there are, more of them than that): 举办主体班8期 … 9期主体班学员均; 由3家施工单位承建 … 4家施工单位均."""
    for fact in counts:
        q = fact.item.q
        told = _EACH.match(q.noun + fact.item.after[len(q.noun) :])
        if told is None or not _CLAUSE_HEAD.search(fact.before) or _VAGUE.match(told["what"]):
            continue
        what = told["what"][:2]
        same = [
            f
            for f in counts
            if f is not fact and unit(f) == unit(fact) and (f.item.q.noun.startswith(what) or what in f.item.label[-6:])
        ]
        if len({f.item.q.base for f in same}) != 1:
            continue
        there, other = same[0], same[0].item.q
        near = q.base > other.base and (q.base - other.base) * _NEAR <= q.base
        part = _OTHERWISE.search(there.before[-12:] + other.noun[:4]) or _PART.search(there.item.label[-6:])
        if near and not part and not there.planned and q.span not in tied and compatible(there, fact, tied):
            yield there, fact


_EACH = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,16}?)(?:均(?![价衡等匀值])|都(?!市)|全部|全数|悉数|一律)")
_CLAUSE_HEAD = re.compile(r"(?:^|[。；，：])(?:[\u4e00-\u9fff]{0,4}?(?:上述|以上|这))?$")
_VAGUE = re.compile(r"项目|问题|方面|单位均|部门|任务|指标|工作|措施|资金")


@by_words
def _name(label: str, noun: str) -> str:
    """The words that name a number, before it and behind it, without those that say nothing."""
    if _YEAR.search(label):
        return ""
    words = _EMPTY.sub("", label).removesuffix("的") + noun
    return words if words.isalpha() and not _PART.search(label[-6:]) else ""


@by_words
def _noun(behind: str) -> str:
    found = _BEHIND.match(behind)
    return found[0] if found else ""


def _is_one(scene: Scene, one: Stated, other: Stated, tied: set[Span]) -> bool:
    """Whether nothing sets the two apart."""
    a, b = one.item.q, other.item.q
    if a.span.block == b.span.block or abs(a.base - b.base) * _NEAR > max(a.base, b.base):
        return False
    if a.span in tied and b.span in tied:
        return False
    if not compatible(one, other, tied) or apart(one, other) or any(_is_goal(scene, f) for f in (one, other)):
        return False
    told = [f.before for f in (one, other)]
    if _are_told_alike(scene, one, other):
        told = [_PLACES.sub("", words) for words in told]
    return not any(_NARROWED.search(words) for words in told)


def _are_told_alike(scene: Scene, one: Stated, other: Stated) -> bool:
    """Whether both sentences hold another figure in common: 建设公路36.4公里，改造桥梁5座 and 建成公路36.4公里…；改造桥梁6座."""
    beside = [
        {
            (i.q.base, i.q.figure.unit.symbol)
            for i in passage.items
            if i.q.sentence == f.item.q.sentence and i.q.span != f.item.q.span and len(i.q.raw) > _FEW
        }
        for f in (one, other)
        if (passage := scene.by_block.get(f.item.q.span.block)) is not None
    ]
    return len(beside) > 1 and bool(beside[0] & beside[1])


def _is_goal(scene: Scene, fact: Stated) -> bool:
    """Whether the paragraph or a heading above tells of what is meant to be done, or of one project of several."""
    block = scene.document.blocks[fact.item.q.span.block]
    if _GOALS.search(scene.facts.blocks[block.index].normal, 0, fact.item.q.span.start):
        return True
    several = "项目" not in scene.document.title  # a chapter on projects tells of one after the other
    parent = block.parent
    while parent is not None:
        heading = scene.document.blocks[parent]
        planned = _PLANS.search(heading.text) and not _REACHED.search(heading.text)
        if heading.level and (planned or (several and PROJECT_CHAPTER.search(heading.text))):
            return True
        parent = heading.parent
    return False
