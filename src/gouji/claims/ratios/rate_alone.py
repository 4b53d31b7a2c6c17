"""Rates whose two figures stand alone before them: 参加考试4,860人，缺考243人，缺考率5%; 核定床位600张，入住486人，入住率81%.

The rate bears the name of the second figure, and its segment tells nothing else. What is saved may be of the price or of what was planned
before it was saved: it is accused of a slip of the pen alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from gouji.claims.arithmetic import TRANSPOSED, compare_ratio
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Figure

_NAME = re.compile(r"^(?:其|则|由此)?(?P<name>[\u4e00-\u9fff]{2,6}?)(?:率|比例|占比|面)?(?:仅|约|为|是|达到?)*$")
_PLACES = re.compile(r"床位|岗位|名额|座位|席位|学位|车位|工位|铺位|机位|泊位|编制")  # what one person each takes
_SAVED = re.compile(r"节约|节支|节省|审减|核减")
_PLANNED = re.compile(r"预算|控制价|限价|概算|估算|送审|计划")
_OTHER = re.compile(r"同比|增|减|降|升|目标|标准|上年|去年|平均|满意|完成|执行|提高|占|权重|合计|综合")
_LEFT_OUT = re.compile(r"另|其中|等|部分|主要|(?<!节)约|除|新增|累计")
_TALLY = (Dimension.COUNT, Dimension.MEASURE, Dimension.MONEY)
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED)
_THREE = 3


def find(scene: Scene, settled: AbstractSet[int]) -> Iterator[Claim]:
    """Every such rate that no other claim settles."""
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions or len(passage.items) < _THREE:
            continue
        for items in _segments(passage):
            if len(items) == _THREE and id(items[2].q) not in settled:
                claim = _rate(passage, *items)
                if claim is not None:
                    yield claim


def _segments(passage: Passage) -> Iterator[Sequence[Item]]:
    run: list[Item] = []
    for item in passage.items:
        if run and (item.q.segment, item.q.depth) != (run[-1].q.segment, run[-1].q.depth):
            yield run
            run = []
        run.append(item)
    yield run


def _rate(passage: Passage, whole: Item, part: Item, item: Item) -> Claim | None:
    if not item.percent or whole.q.sentence != item.q.sentence or any(i.hedged or i.q.depth for i in (whole, part, item)):
        return None
    if whole.q.dimension not in _TALLY or any(i.role in _OUT for i in (whole, part, item)) or not whole.q.base:
        return None
    match = _NAME.match(item.label)
    name = match["name"] if match is not None else ""
    if not name or _OTHER.search(item.label) or name[:2] not in part.label or name[:2] in whole.label:
        return None
    words = passage.text[whole.q.span.end : item.q.span.start]
    if _LEFT_OUT.search(words) or part.q.base > whole.q.base or not _of(whole, part):
        return None
    outcome = compare_ratio(item.q.figure, part.q.figure, whole.q.figure)
    if outcome is None:
        return None
    others = [("numerator", part), ("denominator", whole)]
    if outcome.holds:
        return claim_of(ClaimKind.RATE, item, others, outcome, shape="beside", confidence=SURE)
    if _SAVED.search(name):
        before = Figure((whole.q.base + part.q.base) / whole.q.figure.unit.factor, whole.q.figure.places, whole.q.figure.unit)
        of_all = compare_ratio(item.q.figure, part.q.figure, before)
        if (of_all is not None and of_all.holds) or outcome.cause is not TRANSPOSED:
            return None
    elif whole.money:
        return None  # what amounts are of has finders of its own
    low, high = sorted((outcome.right, item.q.base))
    if low * 2 < high:
        return None
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="beside", confidence=LIKELY)


def _of(whole: Item, part: Item) -> bool:
    """Whether the second figure may be of the first: things of one kind, or people in the places there are."""
    if kin(whole.q, part.q):
        return True
    both = whole.q.dimension is part.q.dimension is Dimension.COUNT
    return both and _PLACES.search(whole.label) is not None and part.q.figure.unit.symbol in "人名户位"
