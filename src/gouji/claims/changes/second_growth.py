"""What a growth that no other finder has settled may be of, by the figures on both sides of it.

平均车速由22.4公里提到25.1公里，快了12.05%; 与2020年支出4658.93万元相比，下降5.7%，减支267.66万元; 压缩幅度7.04%，压缩前142万元，压缩后132万元;
增长6.5%（上年11.72亿元）. Figures that merely stand nearest bear a precise percentage out and never accuse it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from gouji.claims.arithmetic import Outcome, compare_growth, compare_growth_by
from gouji.claims.bounds.compare_words import same
from gouji.claims.changes.change_words import DELTA
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import Dimension
from gouji.model.record import record

FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE, Dimension.RATE})
_OUT = frozenset({Role.DEDUCTED, Role.WEIGHT})
_FROM = re.compile(r"[由从自][^，。；：]{0,18}$")
_TO = re.compile(r"[到至为成]了?\s?$")
_FORMER = re.compile(r"(?:上年|去年|前年|同期|20\d\d年|[\u4e00-\u9fff]前|^原)[^，。；]{0,8}$|(?:目标|计划|任务)[值数]?$")
_DIFFERENCE = re.compile(r"[多少增减升降长短快慢][\u4e00-\u9fff]?$|节约|节省")
_FORMERLY = re.compile(r"，(?:而|其中)?(?:上年|去年|前年|同期|20\d\d年)")
_LATTER = re.compile(r"(?:本年|今年|当年|现|[\u4e00-\u9fff]后|20\d\d年)[^，。；]{0,8}$")
_PRECISE = 3  # digits of a percentage that chance hardly gives
_NEAR = 6


@record(frozen=True, slots=True)
class Growth:
    """A percentage as the growth between two figures, or as a difference (`part`) of what it is measured from.

    `sure` where words bind them, else only a slip of the pen accuses, or nothing where it `ties` only.
    """

    part: Item
    base: Item
    outcome: Outcome
    sure: bool
    ties: bool = False
    beside: bool = False  # nothing else can be meant, however far off the percentage is


def told(passage: Passage, item: Item) -> Iterator[Growth]:
    """The readings that words tell."""
    yield from _in_turn(passage, item)
    yield from _called_before(passage, item)
    yield from _moved(passage, item)
    yield from _both_behind(passage, item)
    yield from _difference_behind(passage, item)
    yield from _former_behind(passage, item)


def _usable(item: Item) -> bool:
    return item.q.dimension in FIGURES and item.q.base > 0 and item.role not in _OUT and not item.hedged


_LISTED_FORMER = re.compile(r"(?:上年|去年|同期|前年|20\d\d年)(?:同期)?(?:分别|依次)(?:为|是)?\s?$")
_JOINT = re.compile(r"\s*[、，和及与]\s*")
_LEAST = 2


_THAN = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,10}?)(?:较|比|与|同)(?:上年|去年)(?:同期)?(?:决算数?|的)?$")


def _called_before(passage: Passage, item: Item) -> Iterator[Growth]:
    """基本支出A，项目支出B。基本支出较上年的C增长P: the figure of this name in the sentence before."""
    prior = passage.items[item.order - 1] if item.order else None
    named = _THAN.fullmatch(prior.label) if prior is not None and item.role in DELTA else None
    if prior is None or named is None or not _usable(prior) or prior.q.segment != item.q.segment:
        return
    found = [i for i in passage.items[: prior.order] if i.label.endswith(named["name"]) and _usable(i) and same(i, prior)]
    found = [i for i in found if i.role not in (*DELTA, Role.PRIOR) and prior.q.sentence - i.q.sentence == 1]
    if len(found) == 1:
        yield Growth(found[0], prior, compare_growth(item.q.figure, found[0].q.figure, prior.q.figure), sure=True)


def _in_turn(passage: Passage, item: Item) -> Iterator[Growth]:
    """事故17起、死亡19人，上年分别为20起、25人，起数下降15%，死亡人数下降24%: the pair whose measure word or name the percentage bears."""
    here = [i for i in passage.items[: item.order] if i.q.sentence == item.q.sentence]
    head = next((n for n, i in enumerate(here) if _LISTED_FORMER.search(i.gap)), None)
    if head is None or not item.label or item.role not in DELTA:
        return
    end = head + 1
    while end < len(here) and _JOINT.fullmatch(here[end].gap):
        end += 1
    number = end - head
    if number < _LEAST or head < number or any(not _usable(i) for i in here[head - number : end]):
        return
    pairs = list(zip(here[head - number : head], here[head:end], strict=True))
    if not all(same(a, b) for a, b in pairs):
        return
    named = [(a, b) for a, b in pairs if _bears(item.label, a)]
    if len(named) == 1:
        current, prior = named[0]
        yield Growth(current, prior, compare_growth(item.q.figure, current.q.figure, prior.q.figure), sure=True, beside=True)


def _bears(label: str, figure: Item) -> bool:
    """Whether the words of a percentage name a figure: by its measure word (起数), or by the end of its own name (死亡人数)."""
    unit = figure.q.figure.unit.symbol
    return f"{unit}数" in label or (len(figure.label) >= _LEAST and figure.label[-_LEAST:] in label)


def _moved(passage: Passage, item: Item) -> Iterator[Growth]:
    """由A提到B，快了P: nothing but the difference between them and the percentage."""
    before = passage.items[max(0, item.order - 3) : item.order]
    if before and before[-1].role in DELTA and not before[-1].percent and not _TO.search(before[-1].gap):
        before = before[:-1]
    if len(before) < 2 or not all(_usable(i) for i in before[-2:]) or not same(before[-2], before[-1]):
        return
    prior, current = before[-2:]
    start = passage.items[prior.order - 1].q.span.end if prior.order else 0
    moved = _FROM.search(passage.text, start, prior.q.span.start) and _TO.search(current.gap) and len(current.gap) <= 14
    if moved and "，" not in current.gap and prior.q.segment == item.q.segment and prior.q.sentence == item.q.sentence:
        yield Growth(current, prior, compare_growth(item.q.figure, current.q.figure, prior.q.figure), sure=True)


def _both_behind(passage: Passage, item: Item) -> Iterator[Growth]:
    """下降3.03%，本年为77.10万元，上年为79.51万元; 压缩幅度7.04%，压缩前142万元，压缩后132万元."""
    behind = passage.items[item.order + 1 : item.order + 3]
    if len(behind) < 2 or not all(_usable(i) for i in behind) or not same(*behind):
        return
    if any(i.q.segment != item.q.segment or i.q.sentence != item.q.sentence or i.role in DELTA for i in behind):
        return
    for current, prior in (behind, behind[::-1]):
        if _FORMER.search(prior.label) and _LATTER.search(current.label) and not _LATTER.search(prior.label[-4:]):
            yield Growth(current, prior, compare_growth(item.q.figure, current.q.figure, prior.q.figure), sure=True)
            return


def _difference_behind(passage: Passage, item: Item) -> Iterator[Growth]:
    """与上年的A相比，下降P，减支D: the difference stands behind, what it is measured from before."""
    prior = passage.items[item.order - 1] if item.order else None
    delta = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if prior is None or delta is None or not (_usable(prior) and _usable(delta)) or not same(prior, delta):
        return
    together = prior.q.segment == item.q.segment == delta.q.segment and delta.q.sentence == prior.q.sentence
    if together and prior.role is Role.PRIOR and delta.role in DELTA and not _TO.search(delta.gap):
        outcome = compare_growth_by(item.q.figure, delta.q.figure, prior.q.figure)
        if outcome is not None:
            yield Growth(delta, prior, outcome, sure=True)


def _former_behind(passage: Passage, item: Item) -> Iterator[Growth]:
    """同比增长6.5%（上年11.72亿元）; 下降8.6%，上年该项支出为119.007万元."""
    prior = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if prior is None or not _usable(prior) or prior.q.sentence != item.q.sentence or not _FORMER.search(prior.label):
        return
    if prior.role in DELTA or prior.after.startswith("的") or not (prior.q.depth > item.q.depth or _FORMERLY.match(prior.gap)):
        return
    figures = [i for i in passage.items[: item.order] if _usable(i) and i.role not in (*DELTA, Role.PRIOR)]
    figures = [i for i in figures if same(i, prior) and i.q.sentence == item.q.sentence]
    for current in figures[-_NEAR:]:
        yield Growth(
            current,
            prior,
            compare_growth(item.q.figure, current.q.figure, prior.q.figure),
            sure=len(figures) == 1,
            ties=len(figures) > 1,
        )


def nearest(passage: Passage, item: Item) -> Iterator[Growth]:
    """A precise percentage of the figures that stand nearest before it, with one behind; no more than a tie."""
    if len(str(abs(item.q.figure.value)).replace(".", "").lstrip("0")) < _PRECISE:
        return
    near = [i for i in passage.items[max(0, item.order - 9) : item.order] if _usable(i) and item.q.sentence - i.q.sentence <= 1]
    behind = [i for i in passage.items[item.order + 1 : item.order + 2] if _usable(i) and i.q.sentence == item.q.sentence]
    for one, other in _pairs([*near[-_NEAR:], *behind]):
        former = other.role in (Role.PRIOR, Role.BUDGET) or _FORMER.search(other.label) or _FROM.search(other.gap)
        difference = _apart(one) and not _apart(other)
        if former:
            compared = compare_growth_by if difference else compare_growth
            outcome = compared(item.q.figure, one.q.figure, other.q.figure)
        elif difference:
            outcome = compare_growth_by(item.q.figure, one.q.figure, other.q.figure, 1 if one.role is Role.DOWN else -1)
        else:
            outcome = None
        if outcome is not None:
            yield Growth(one, other, outcome, sure=False, ties=True)


def _apart(item: Item) -> bool:
    return item.role in DELTA or (_DIFFERENCE.search(item.label) is not None and not _TO.search(item.gap))


def _pairs(figures: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    return ((a, b) for a, b in permutations(figures, 2) if same(a, b))
