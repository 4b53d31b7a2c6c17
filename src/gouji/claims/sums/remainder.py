"""What is left of a number when a part of it is told: 286件提案中立案241件，未立案的45件; 131批次中13批次…；其余118批次….

T − X = R, where R is called the rest (其余, 剩下), or by the word of X with 未 before it, and X is the only figure of its kind between.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import chance, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.ratios.rate_counts import due_and_done
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.cues import ADDITIVE, EACH
from gouji.claims.sums.judge import total_claim
from gouji.claims.sums.parallel import likeness
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension

_WORDS = ("其余", "余下", "剩", "未", "没", "不予", "空编", "缺编", "空缺", "空余", "空岗", "余编", "缺员")
_REST = re.compile(r"(?:^|[，；。：、（])(?:而|并|其|还有)?(?:其余|余下|剩余|剩下)的?[\u4e00-\u9fff]{0,4}$")
_NOT_DONE = re.compile(
    r"(?:^|[，；。：、（])(?:[\u4e00-\u9fff]{0,4}?(?:中|里))?(?:另有|还有|仍有|尚有|其中|有|而)?(?:尚未|还未|仍未|未能|未|没有|没能|没|不予)(?P<done>[\u4e00-\u9fff]{1,6}?)(?:的|完)*[\u4e00-\u9fff]{0,4}$"
)
_VACANT = re.compile(
    r"(?:^|[，；。：、（])(?:尚|还|仍)?(?:空编|缺编|空缺|空余|空岗|余编|缺员)(?:编制|岗位|名额)?(?:为|了|有)?$"
)
_STAFF = re.compile(r"在编|实有|实$|在岗|在职|现有|现$|在册|实际")
_POSTS = re.compile(r"编制|核定|定编")
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.EXTREME, Role.WEIGHT)
_ASIDE = re.compile(r"[比较同][^，。；]{0,12}$|另(?!一)|不含|上年|去年|累计")
_AMONG = re.compile(r"\s?的?[\u4e00-\u9fff]{0,6}(?<!其)[中里]，")
_SUM = re.compile(r"共|合计|总计")
_MANY = 8  # parts and the rest
_SELDOM = Decimal("0.02")
_NEAR = 20  # a list that misses by more than a twentieth may hold a breakdown of one of its members
_FAR = 3  # figures of other kinds between
_BACK = 2  # sentences


def find(scene: Scene, stated: set[int], parts: set[int]) -> Iterator[Claim]:
    """Every rest that is told beside its whole and what was taken off. `stated` and `parts` hold id() of the figures of sums."""
    used = stated | parts
    for passage in scene.telling(*_WORDS):
        if not passage.dimensions & ADDITIVE or len(passage.items) < 3:
            continue
        for rest in passage.items[2:]:
            if id(rest.q) in used or not _is_rest(rest):
                continue
            claim = _of_one(passage, rest) or _of_many(passage, rest, used)
            if claim is not None:
                yield claim


def _is_rest(item: Item) -> bool:
    plain = (
        item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and not item.hedged and item.role not in _OUT
    )
    return plain and any(p.search(item.gap) for p in (_REST, _NOT_DONE, _VACANT)) and not EACH.search(item.gap)


def _of_one(passage: Passage, rest: Item) -> Claim | None:
    before = [
        i
        for i in passage.items[: rest.order]
        if kin(i.q, rest.q) and i.q.depth == rest.q.depth and rest.q.sentence - i.q.sentence < _BACK
    ]
    if len(before) < 2:
        return None
    whole, part = before[-2], before[-1]
    if any(i.hedged or i.role in _OUT for i in (whole, part)) or rest.order - part.order > _FAR:
        return None
    if not whole.q.base > max(part.q.base, rest.q.base) or not _told(passage, whole, part, rest):
        return None
    if _ASIDE.search(part.gap) or _ASIDE.search(rest.gap):
        return None
    outcome = compare_sum(rest.q.figure, [whole.q.figure, part.q.figure], [1, -1])
    heads = not any(i.q.sentence == whole.q.sentence for i in before[:-2]) or _SUM.search(whole.gap) is not None
    if not outcome.holds and not (heads and _meant(passage, whole, part, rest)):
        return None  # 保洁331.74万元；维修198.40万元；剩下的82.00万元: members of one list
    sure = SURE if outcome.holds else LIKELY
    return claim_of(ClaimKind.BALANCE, rest, [("plus", whole), ("minus", part)], outcome, shape="rest", confidence=sure)


def _meant(passage: Passage, whole: Item, part: Item, rest: Item) -> bool:
    """Whether figures that do not tie are hardly the members of one list: of a whole further ahead, or of likes."""
    total = whole.q.base + part.q.base + rest.q.base
    ahead = (i for i in passage.items[: whole.order] if kin(i.q, rest.q) and i.q.base > whole.q.base)
    if any(abs(i.q.base - total) * _NEAR <= i.q.base for i in ahead) or (
        likeness([whole.label, part.label]) and not due_and_done(whole, part)
    ):
        return False
    off = abs(whole.q.base - part.q.base - rest.q.base)
    return off * 10 <= whole.q.base or _REST.search(rest.gap) is None


def _of_many(passage: Passage, rest: Item, used: set[int]) -> Claim | None:
    """机具86台，拖拉机52台，还田机21台，余下13台: the first figure of the sentence is what all the others make up."""
    if not _REST.search(rest.gap):
        return None
    run = [i for i in passage.items[: rest.order] if i.q.sentence == rest.q.sentence and kin(i.q, rest.q)]
    whole, parts = (run[0], [*run[1:], rest]) if run else (rest, [])
    fit = 3 <= len(parts) <= _MANY and whole.order + 1 == parts[0].order and id(whole.q) not in used
    if not fit or any(i.hedged or i.q.depth != rest.q.depth or i.role in _OUT or _ASIDE.search(i.gap) for i in run[1:]):
        return None
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    near = (
        abs(outcome.right - whole.q.base) * _NEAR <= whole.q.base
        or chance(whole.q.figure, [p.q.figure for p in parts]) <= _SELDOM
    )
    # 742.8万元资金中，中央A，省级B，余下C; not 按结算价D的3%预留
    bound = _AMONG.match(parts[0].gap) is not None and not any("按" in p.gap or p.q.base >= whole.q.base for p in parts)
    if whole.hedged or whole.role in _OUT or not (outcome.holds or near or bound):
        return None
    return total_claim(whole, parts, outcome, "rest" if near or not bound else "counted", SURE if outcome.holds else LIKELY)


def _told(passage: Passage, whole: Item, part: Item, rest: Item) -> bool:
    """Whether the words say that the part and the rest are what the whole is made of."""
    if _VACANT.search(rest.gap):
        return _STAFF.search(part.label) is not None and _POSTS.search(whole.label) is not None
    if _REST.search(rest.gap):
        return whole.q.sentence == rest.q.sentence
    undone = _NOT_DONE.search(rest.gap)
    done = undone["done"] if undone else ""
    words = part.gap + re.split("[，、；。]", passage.text[part.q.span.end : part.q.span.end + 12])[0]
    return bool(done) and done[:2] in words
