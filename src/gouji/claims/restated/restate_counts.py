"""Numbers of things told once more by what stands beside them, by a word that takes them all, or in a summing-up.

6期480人次 … 6期培训共有408人次; 全县19处渡口 … 17处渡口全部更新; 防雹作业437点次 … 综合上述情况，防雹作业384点次.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.claims.arithmetic import TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between, compatible
from gouji.claims.restated.restate_names import apart
from gouji.claims.restated.scope import PARTIAL, SCOPES
from gouji.claims.scene import Scene
from gouji.claims.vocabulary import PEOPLE, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

_CLOSE = 12  # characters between two figures that are told together
_ALL = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:全部|均已|都已|全都|全数|悉数)")
_WHOLE = re.compile(r"全[县区市省镇乡州旗校院馆局]|辖区|共有|现有|共计|立案$|共$")
_SUMMING = re.compile(r"(?:^|。)(?:综合上述|综上|总之|总的来看|总体上?看|概括)[^。]*$")
_NEAR = 6  # a whole and what is said of all of it differ by no more than a sixth


def find(scene: Scene, facts: Sequence[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Every number of things that another statement of the same things contradicts."""
    counts = [f for f in facts if f.item.q.dimension is Dimension.COUNT and not f.item.q.figure.places]
    found = (*_beside(counts, tied), *_all_of(counts, tied), *_summed_up(scene, counts, tied), *_stock(counts, tied))
    for claim in found:
        if claim.operands[0].span not in accused and claim.operands[1].span not in accused:
            accused.add(claim.operands[0].span)
            yield claim


def unit(fact: Stated) -> str:
    """What is counted; 人, 名 and 位 are one."""
    symbol = fact.item.q.figure.unit.symbol
    return "人" if symbol in PEOPLE else symbol


def _beside(counts: Sequence[Stated], tied: set[Span]) -> Iterator[Claim]:
    """The same number of one thing beside numbers of another that are each other with two digits swapped."""
    known: dict[tuple[object, ...], Stated] = {}
    for first, second in pairwise(counts):
        a, b = first.item.q, second.item.q
        if a.span.block != b.span.block or a.sentence != b.sentence or second.item.order - first.item.order != 1:
            continue
        if unit(first) == unit(second) or len(second.item.gap) > _CLOSE or b.base < 10 or "其中" in second.item.gap:
            continue
        key = (a.base, unit(first), unit(second))
        other = known.setdefault(key, second)
        if other is second or other.item.q.base == b.base or not compatible(other, second, tied):
            continue
        cause = digit_cause(b.figure, other.item.q.base)
        if cause is TRANSPOSED and other.item.q.span.block != b.span.block and not apart(other, second):
            yield claim_between(other, second, cause, tied, LIKELY, shape="count")


@by_words
def _named(noun: str, label: str) -> str:
    """The two characters that say what is counted: behind the figure, else those before it."""
    behind = re.match(r"[\u4e00-\u9fff]{2}", noun)
    return behind[0] if behind else SCOPES.sub("", label)[-2:]


@by_words
def _of_all(label: str) -> bool:
    return _WHOLE.search(label) is not None


def _all_of(counts: Sequence[Stated], tied: set[Span]) -> Iterator[Claim]:
    """17处渡口全部更新 where the county has 19处渡口: what is said of all of them is said of the whole number."""
    of_all = [f for f in counts if _ALL.match(f.item.q.noun)]
    wholes: dict[tuple[str, str], list[Stated]] = {}
    every: dict[tuple[str, str], set[object]] = {}
    for fact in counts if of_all else ():
        key = (_named(fact.item.q.noun, fact.item.label), unit(fact))
        every.setdefault(key, set()).add(fact.item.q.base)
        if _of_all(fact.item.label) and not fact.planned and fact.item.q.base >= 10:
            wholes.setdefault(key, []).append(fact)
    for fact in of_all:
        q = fact.item.q
        key = (_named(q.noun, fact.item.label), unit(fact))
        if len(wholes.get(key, ())) != 1 or len(every[key]) != 2:
            continue
        whole = wholes[key][0]
        other = whole.item.q
        if (
            other.base == q.base
            or other.span.block == q.span.block
            or PARTIAL.search(re.sub("未来|[一二三]年内", "", fact.item.label[-4:]))
        ):
            continue
        if abs(other.base - q.base) * _NEAR > other.base or not compatible(whole, fact, tied):
            continue
        cause = digit_cause(q.figure, other.base)
        if cause is not None:
            yield claim_between(whole, fact, cause, tied, LIKELY, shape="count")


@by_words
def _without_verb(label: str) -> str:
    return re.sub(r"^(?:全年|共|完成|开展|实施)+", "", label)


def _summed_up(scene: Scene, counts: Sequence[Stated], tied: set[Span]) -> Iterator[Claim]:
    """综合上述情况，防雹作业384点次: a summing-up repeats what stood above under the same name."""
    above: dict[tuple[str, str], list[Stated]] = {}
    for fact in counts:
        q = fact.item.q
        name = _without_verb(fact.item.label)
        key = (name, unit(fact))
        if len(name) < 4:
            continue
        text = scene.facts.blocks[q.span.block].normal
        if _SUMMING.search(text, max(0, q.span.start - 80), q.span.start) is None:
            if not re.search("目标|计划|任务", fact.item.label):
                above.setdefault(key, []).append(fact)
            continue
        found = above.get(key, [])
        if len({f.item.q.base for f in found}) == 1 and found[0].item.q.base != q.base and compatible(found[0], fact, tied):
            yield claim_between(found[0], fact, digit_cause(q.figure, found[0].item.q.base), tied, LIKELY, shape="count")


_STOCK = re.compile(r"(?:现有|共有|建有|拥有|辖有|实有|现存)(?P<what>[\u4e00-\u9fff]{3,10})$")
_PLAN = re.compile(r"目标|计划|拟|预计|将|力争|争取|任务|应")
_THEN = re.compile(r"年初|期初|上年|去年|原|改造前|此前|曾|以前|新增|新建|减少|增加")
_MOVES = re.compile(r"新增|新建|新设|关停|撤并|关闭|报废|注销|退出|合并|迁出|取缔|增加|减少")


def _stock(counts: Sequence[Stated], tied: set[Span]) -> Iterator[Claim]:
    """我县现有小型水库142座 … 全县共有小型水库146座: what there is of a thing, where nothing says that it became more or less."""
    stocks: dict[tuple[str, str], list[Stated]] = {}
    for fact in counts:
        match = _STOCK.search(fact.item.label)
        told = fact.before.rpartition("，")[2]
        if match is not None and fact.item.q.base >= 10 and not (_PLAN.search(told) or _THEN.search(fact.before)):
            stocks.setdefault((match["what"], unit(fact)), []).append(fact)
    for (what, _), found in stocks.items():
        if len({f.item.q.base for f in found}) != 2 or any(_MOVES.search(f.before) and what[-2:] in f.words for f in counts):
            continue
        first = found[0]
        odd = next(f for f in found if f.item.q.base != first.item.q.base)
        a, b = first.item.q, odd.item.q
        if a.span.block == b.span.block or _years(first) != _years(odd) or abs(a.base - b.base) * _NEAR > max(a.base, b.base):
            continue
        if apart(first, odd) or not _one_place(first.item.label, odd.item.label):
            continue
        yield claim_between(first, odd, digit_cause(b.figure, a.base), tied, LIKELY, shape="count")


def _years(fact: Stated) -> list[str]:
    """The years told before a figure in its sentence, those of plans aside."""
    return re.findall(r"20\d\d(?=年)", re.sub(r"(?:计划|拟|将|预计)[于在]?20\d\d年", "", fact.before))


@by_words
def _place_of(label: str) -> str:
    """The place before 现有: 全县, 东岭镇."""
    found = re.search(r"[\u4e00-\u9fff]{0,8}?[县区市省镇乡州旗街道](?=(?:现有|共有|建有|拥有|辖有|实有|现存))", label)
    return found[0] if found else ""


def _one_place(one: str, other: str) -> bool:
    """Whether both are of the same place, or of the unit's own: 全县 and 平阳县, but not 全县 and 东岭镇."""
    a, b = _place_of(one), _place_of(other)
    return not a or not b or a[-1] == b[-1]
