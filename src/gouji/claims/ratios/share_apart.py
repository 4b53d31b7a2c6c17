"""Shares told apart from their parts: 甲占33.91%、乙占23.37%… below the paragraph that gives the amounts; 基本支出 here, 项目支出 there.

The whole is what the parts make up together, or a figure of their own paragraph; it is certain where all shares but one are of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from gouji.claims.arithmetic import Outcome, compare_ratio
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role, partition_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, Dimension, Figure

_BACK = 2  # passages before the shares that their parts are looked for in
_LEAST = 3
_PART = re.compile(
    r"^(?:其中|而|以及|和|与)*(?P<name>[\u4e00-\u9fff、“”（）]{2,20}?)(?:所)?(?:仅|约|也|则|各|分别|的)?占(?:比|到)?(?:为|达)?$"
)
_OF = re.compile(r"^(?P<part>[\u4e00-\u9fff]*)占(?P<whole>[\u4e00-\u9fff]{3,14}?)的?(?:比例|比重)?(?:为|达)?$")
_OUT = frozenset({Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD})


def find(scene: Scene, settled: AbstractSet[int]) -> Iterator[Claim]:
    """A claim for every share whose part another paragraph gives, where at least its siblings are borne out."""
    spread: dict[str, list[tuple[Item, Item]]] = {}
    for n, passage in enumerate(scene.passages):
        if Dimension.PERCENT not in passage.dimensions or "占" not in passage.text:
            continue
        yield from _listed(scene.passages[max(0, n - _BACK) : n], passage, settled)
        for item in passage.items:
            match = _OF.match(item.label) if item.percent and id(item.q) not in settled and not item.hedged else None
            part = passage.items[item.order - 1] if match is not None and item.order else None
            if match is not None and part is not None and part.money and part.q.segment == item.q.segment and not part.hedged:
                spread.setdefault(match["whole"], []).append((item, part))
    for group in spread.values():
        yield from _partition(group)


def _listed(before: Sequence[Passage], passage: Passage, settled: AbstractSet[int]) -> Iterator[Claim]:
    """Three shares or more by the names of their parts, all found in one paragraph before."""
    shares = [(i, m["name"]) for i in passage.items if i.percent and not i.hedged and (m := _PART.match(i.label))]
    if len(shares) < _LEAST or all(id(i.q) in settled for i, _ in shares):
        return
    for earlier in reversed(before):
        pairs = [(i, p) for i, name in shares if (p := _called(earlier, name)) is not None]
        if len(pairs) == len(shares):
            yield from _of_one_whole(pairs, _wholes(earlier, [p for _, p in pairs]), settled)
            return


def _called(passage: Passage, name: str) -> Item | None:
    """The one figure of a paragraph that is called by a name."""
    found = [i for i in passage.items if not i.percent and i.role not in _OUT and i.label.endswith(name) and not i.hedged]
    return found[0] if len({i.q.base for i in found}) == 1 else None


def _wholes(passage: Passage, parts: Sequence[Item]) -> list[Figure]:
    """What the parts may be of: their sum, and the larger figures of their paragraph."""
    total = sum((p.q.base for p in parts), ZERO)
    largest = max(p.q.base for p in parts)
    figures = [i.q.figure for i in passage.items if kin(i.q, parts[0].q) and i.q.base > largest and not i.hedged]
    return [Figure(total / parts[0].q.figure.unit.factor, 2, parts[0].q.figure.unit), *figures]


def _of_one_whole(pairs: Sequence[tuple[Item, Item]], wholes: Sequence[Figure], settled: AbstractSet[int]) -> Iterator[Claim]:
    """The shares of the whole that bears out all of them but one at the most."""
    for whole in wholes:
        tried: list[tuple[Item, Item, Outcome]] = []
        for item, part in pairs:
            outcome = compare_ratio(item.q.figure, part.q.figure, whole)
            if outcome is not None:
                tried.append((item, part, outcome))
        if sum(o.holds for _, _, o in tried) < max(len(pairs) - 1, 2):
            continue
        for item, part, outcome in tried:
            if id(item.q) not in settled:
                sure = SURE if outcome.holds else LIKELY
                yield claim_of(ClaimKind.SHARE, item, [("part", part)], outcome, shape="apart", confidence=sure)
        return


def _partition(group: Sequence[tuple[Item, Item]]) -> Iterator[Claim]:
    """基本支出A，占支出总额的P … 项目支出B，占支出总额的Q: of A + B, where one of the two is borne out."""
    parts = [p for _, p in group]
    if len(group) < 2 or len({p.q.base for p in parts}) != len(parts) or not all(kin(p.q, parts[0].q) for p in parts):
        return
    if partition_of([p.label for p in parts]) != "expenditure":
        return
    whole = Figure(sum((p.q.base for p in parts), ZERO) / parts[0].q.figure.unit.factor, 2, parts[0].q.figure.unit)
    outcomes = [(i, p, compare_ratio(i.q.figure, p.q.figure, whole)) for i, p in group]
    if not any(o is not None and o.holds for _, _, o in outcomes):
        return
    for item, part, outcome in outcomes:
        if outcome is not None:
            sure = SURE if outcome.holds else LIKELY
            yield claim_of(ClaimKind.SHARE, item, [("part", part)], outcome, shape="apart", confidence=sure)


_NAME = 3  # characters of a subject that says enough to be looked for
_GENERAL_SUBJECT = re.compile(
    r"[该此这其所]|上述|以上|资金|支出|金额|数量|人数|经费|总[计额量数]?$|合计|共计|约|仅|只|已|均|主要|全[部体年市县区省]|[本我][级年单部局院区县市]"
)


def of_another(subject: str, part: Item) -> bool:
    """实有763人，大专以上学历占92.0%: whether a share names what it is of by words that the figure before it does not bear."""
    if len(subject) < _NAME or _GENERAL_SUBJECT.match(subject):
        return False
    said = part.label + part.q.noun
    return not any(subject[n : n + 2] in said for n in range(len(subject) - 1))
