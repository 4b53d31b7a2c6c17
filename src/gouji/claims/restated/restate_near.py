"""Figures a slip of the pen apart whose names share a word, and groups referred back to by their number: 14个司法所中有5个.

Measured on some hundred clean reports: two amounts of four telling digits that differ by one of them, or by two neighbours swapped, and
share a word that nothing qualifies differently, do not occur by chance; nor do two numbers of one thing of which one is told as of a
group already known (立项的12个项目中, 全部241个普查区, 5216户居民都) and is not the number that any group of the report has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, compatible
from gouji.claims.restated.restate_counts import unit
from gouji.claims.restated.restate_names import apart, told_by
from gouji.claims.restated.scope import PARTIAL
from gouji.claims.scene import Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension
from gouji.model.text import Text

_NAMED = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)  # scores and percentages of many things are alike
_TELLING = 4  # digits of an amount, zeros at the end left out
_TELLING_COUNT = 3
_WORDS = 2  # pairs of characters: 村级服, 服务点
_LEAST = 10  # smaller numbers are each other's neighbours everywhere
_NEAR = 20  # a group and what is told of it, no slip of the pen apart, differ by no more than a twentieth
_LEAD = re.compile(r"(?:^|[。；，：:（(　\s）、])(?:上述|以上|这|该|全部|覆盖|全部覆盖|除|对|在|涉及|如仍按)?\s?$")
_MODIFIED = re.compile(r"[\u4e00-\u9fff]{2}的\s?$|全部\s?$")
_GENERIC = frozenset(("专项", "工程", "经费", "补助", "任务", "指标", "目标", "人员", "数量", "补贴", "服务", "设施", "活动"))
_OTHERS = re.compile(r"(?:未|没有?|不|其余|其他|另外?|抽[查取样审检]|随机|部分|新增|当年|退|取消)[^，。；：]{0,8}的?\s?$")
_QUOTED = re.compile(r"[“\"]([\u4e00-\u9fff]{3,8})[”\"][^“”。；]{0,16}$")
_VERBAL = re.compile(r"([\u4e00-\u9fff]{2})的\s?$")
_VAGUE_VERBS = ("完成", "新增", "增加", "减少", "支出", "安排", "共有", "涉及", "其中", "不同", "超过", "达到")
_COVERED = re.compile(r"，?(?:已|实现)?(?:覆盖|涵盖)了?(?:全[县市区镇乡省州])?(?:所有|全部)")
_AMONG = re.compile(
    r"\s?[\u4e00-\u9fff]{0,8}?(?:当中|之中|中(?![心小学央医共国级等专高层型期断标草药])|里(?!程)|都|均(?!价)|全部|全数|悉数|外(?![部来]))"
)


def one_fact(a: Stated, b: Stated, cause: Text, standing: Mapping[tuple[Dimension, Decimal], int], *, fitting: bool) -> bool:
    """Whether two figures a slip apart are one fact by the words that they share.

    `standing`: how often each value stands. `fitting`: whether role and qualifying words let them be one; two neighbouring digits
    swapped under one name weigh more than a word that tells a goal from a result.
    """
    qa, qb = a.item.q, b.item.q
    if min(standing[qa.dimension, qa.base], standing[qb.dimension, qb.base]) > 1:
        return False
    one, other = a.digits, b.digits
    if qa.figure.unit.factor != qb.figure.unit.factor and qa.dimension is Dimension.COUNT:
        one, other = (in_full(f) for f in (a, b))  # 9.84万个, 98,040个
    elif qa.figure.places != qb.figure.places or qa.figure.unit.factor != qb.figure.unit.factor:
        return False
    if len(one) != len(other):
        return False
    shared = len((told_by(a) & told_by(b)) - _GENERIC)
    if not shared or (a.listed and b.listed) or qa.dimension not in _NAMED or apart(a, b):
        return False
    telling = max(len(one.rstrip("0")), len(other.rstrip("0")))
    loose = not fitting or a.planned or b.planned or (a.enumerated and b.enumerated)
    if cause is TRANSPOSED:
        least = 1 if telling >= (_TELLING if qa.dimension is Dimension.MONEY else _TELLING_COUNT) and _close(a, b) else _WORDS
        if loose and qa.dimension is Dimension.COUNT and telling > _TELLING_COUNT:
            loose = False  # 应发对象3,264人, 优抚对象3,246人: four digits are not the same but for a swap by chance
        return _neighbours(one, other) and shared >= (_WORDS + 1 if loose else least)
    if loose:
        return False
    if qa.dimension is Dimension.MONEY:
        return telling >= _TELLING and (telling > _TELLING or shared >= _WORDS)
    if qa.dimension is not Dimension.COUNT or _partial(a) or _partial(b):
        return False
    return telling >= _TELLING_COUNT and shared >= _WORDS


def in_full(fact: Stated) -> str:
    """The digits of a number of things written out in full: 98400 of 9.84万."""
    base = fact.item.q.base
    return str(int(base)) if base == int(base) else ""


def _close(a: Stated, b: Stated) -> bool:
    """Whether a word that both share stands right beside both figures: 作业小班412个, 421个小班."""
    first, second = (f.item.label[-4:] + "·" + f.item.q.noun[:3] for f in (a, b))
    return any(first[n : n + 2] in second for n in range(len(first) - 1) if "·" not in first[n : n + 2])


def _partial(fact: Stated) -> bool:
    return PARTIAL.search(fact.item.label[-4:]) is not None


def _neighbours(one: str, other: str) -> bool:
    """Whether the two digits that are swapped stand side by side."""
    wrong = [n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y]
    return len(one) == len(other) and len(wrong) == 2 and wrong[1] == wrong[0] + 1


def find(scene: Scene, facts: Sequence[Stated], tied: set[Span], accused: AbstractSet[Span]) -> Iterator[Claim]:
    """Every group referred back to by a number that stands nowhere else, where one near it is that of such a group."""
    counts = [
        f for f in facts if f.item.q.dimension is Dimension.COUNT and not f.item.q.figure.places and f.item.q.base >= _LEAST
    ]
    known = accused | tied
    back = [f for f in counts if f.item.q.cell is None and f.item.q.span not in known and _refers_back(scene, f)]
    if not back:
        return
    standing = Counter((q.dimension, q.base) for q in scene.facts.quantities)
    for fact in back:
        q = fact.item.q
        if standing[q.dimension, q.base] > 1:
            continue
        meant: dict[object, Stated] = {}
        for other in counts:
            if _same_group(fact, other, tied):
                meant.setdefault(other.item.q.base, other)
        if len(meant) == 1:
            group = next(iter(meant.values()))
            if group.item.q.span not in accused:
                yield claim_between(group, fact, digit_cause(q.figure, group.item.q.base), tied, LIKELY, shape="count")


def _refers_back(scene: Scene, fact: Stated) -> bool:
    """Whether a number is told as that of a group that is known: 24个小区都, 立案的426件中."""
    q = fact.item.q
    if _modifier(fact) and fact.item.q.base >= 2 * _LEAST and not _OTHERS.search(fact.before[-16:]):
        return True
    if not _among_them(fact):
        return False
    marker = scene.document.blocks[q.span.block].marker
    before = fact.before[-16:]
    if marker is not None and 0 <= q.span.start - marker.end <= 1:
        return True
    if _COVERED.match(fact.item.after):
        return True
    return (_LEAD.search(before) is not None or _MODIFIED.search(before) is not None) and not _OTHERS.search(before)


def _quoted(fact: Stated) -> set[str]:
    """The pairs of characters of what the sentence puts in quotation marks before the figure: 对“计划解决”类提案跟踪督办，39件."""
    words = _QUOTED.findall(fact.before)
    return {words[-1][n : n + 2] for n in range(len(words[-1]) - 1)} if words else set()


def _among_them(fact: Stated) -> bool:
    """Whether the words behind the figure take the group as known: 中, 里, 都, 均, 覆盖所有."""
    return (_AMONG.match(fact.item.after) or _COVERED.match(fact.item.after)) is not None


def _modifier(fact: Stated) -> str:
    """The verb that says which group is meant: 实到 of 实到的216名委员."""
    found = _VERBAL.search(fact.before)
    return found[1] if found and found[1] not in _VAGUE_VERBS else ""


def _same_group(fact: Stated, other: Stated, tied: set[Span]) -> bool:
    """Whether another number of the same things, told elsewhere, is near enough to be meant."""
    q, o = fact.item.q, other.item.q
    if o.base == q.base or unit(fact) != unit(other) or (o.span.block == q.span.block and o.sentence == q.sentence):
        return False
    cause = digit_cause(q.figure, o.base)
    if abs(o.base - q.base) * _NEAR > max(o.base, q.base) and cause not in (TRANSPOSED, ONE_DIGIT):
        return False
    if _quoted(fact) & _quoted(other):
        return True
    if _partial(other) or other.planned or not compatible(other, fact, tied):
        return False
    if not _among_them(fact):
        return other.before.endswith(_modifier(fact))
    return bool((told_by(fact) & told_by(other)) - _GENERIC)
