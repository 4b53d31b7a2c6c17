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
from gouji.claims.restate_counts import unit
from gouji.claims.restate_fact import Stated, claim_between, compatible
from gouji.claims.restate_names import apart, pairs
from gouji.claims.restate_scope import PARTIAL
from gouji.claims.scene import Scene
from gouji.claims.vocabulary import by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension
from gouji.model.text import Text

_TELLING = 4  # digits of an amount, zeros at the end left out
_TELLING_COUNT = 3
_WORDS = 2  # pairs of characters: 村级服, 服务点
_LEAST = 10  # smaller numbers are each other's neighbours everywhere
_NEAR = 20  # a group and what is told of it, no slip of the pen apart, differ by no more than a twentieth
_LEAD = re.compile(r"(?:^|[。；，：:（(　\s）、])(?:上述|以上|这|该|全部|覆盖|全部覆盖|除|对|在|涉及|如仍按)?\s?$")
_MODIFIED = re.compile(r"[\u4e00-\u9fff]{2}的\s?$|全部\s?$")
_GENERIC = frozenset(("专项", "工程", "经费", "补助", "任务", "指标", "目标", "人员", "数量", "补贴", "服务", "设施", "活动"))
_OTHERS = re.compile(r"(?:未|没有?|不|其余|其他|另外?|抽[查取样审检]|随机|部分|新增|当年|退|取消)[^，。；：]{0,8}的?\s?$")
_AMONG = re.compile(
    r"\s?[\u4e00-\u9fff]{0,8}?(?:当中|之中|中(?![心小学央医共国级等专高层型期断标草药])|里(?!程)|都|均(?!价)|全部|全数|悉数|外(?![部来]))"
)


def one_fact(a: Stated, b: Stated, cause: Text, standing: Mapping[tuple[Dimension, Decimal], int]) -> bool:
    """Whether two figures of compatible words, a slip apart, are one fact by a word that they share. `standing`: how often each value stands."""
    qa, qb = a.item.q, b.item.q
    if min(standing[qa.dimension, qa.base], standing[qb.dimension, qb.base]) > 1 or a.planned or b.planned:
        return False
    if qa.figure.places != qb.figure.places or qa.figure.unit.factor != qb.figure.unit.factor or len(a.digits) != len(b.digits):
        return False
    if (a.listed and b.listed) or (a.enumerated and b.enumerated) or apart(a, b):
        return False
    shared = (pairs(a) & pairs(b)) - _GENERIC
    telling = max(len(a.digits.rstrip("0")), len(b.digits.rstrip("0")))
    if not shared or (cause is TRANSPOSED and not _neighbours(a.digits, b.digits)):
        return False
    if qa.dimension is Dimension.MONEY:
        return telling >= _TELLING - (cause is TRANSPOSED) and (telling > _TELLING or len(shared) >= _WORDS)
    if qa.dimension is not Dimension.COUNT or _partial(a) or _partial(b):
        return False
    return telling >= _TELLING_COUNT and len(shared) >= _WORDS


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
    back = [f for f in counts if f.item.q.cell is None and f.item.q.span not in accused and _refers_back(scene, f)]
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
    if not _among(fact.item.after):
        return False
    marker = scene.document.blocks[q.span.block].marker
    before = fact.before[-16:]
    if marker is not None and 0 <= q.span.start - marker.end <= 1:
        return True
    return (_LEAD.search(before) is not None or _MODIFIED.search(before) is not None) and not _OTHERS.search(before)


@by_words
def _among(after: str) -> bool:
    return _AMONG.match(after) is not None


def _same_group(fact: Stated, other: Stated, tied: set[Span]) -> bool:
    """Whether another number of the same things, told elsewhere, is near enough to be meant."""
    q, o = fact.item.q, other.item.q
    if o.base == q.base or unit(fact) != unit(other) or (o.span.block == q.span.block and o.sentence == q.sentence):
        return False
    cause = digit_cause(q.figure, o.base)
    if abs(o.base - q.base) * _NEAR > max(o.base, q.base) and cause not in (TRANSPOSED, ONE_DIGIT):
        return False
    return (
        bool((pairs(fact) & pairs(other)) - _GENERIC)
        and not _partial(other)
        and not other.planned
        and compatible(other, fact, tied)
    )
