"""Sums over paragraphs that follow one another like the items of a list, whatever marks they bear: ——河口村：41.20万元; A.助餐 231.54万元.

The figure that announces them stands in the paragraph before, the one that closes them in the paragraph behind or in their last item
(四项相加6720万元, 4.三项合计：176.80万元, A至E合计). Numbered lists of amounts that words announce are in `listing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import TRANSPOSED, chance, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.cues import ADDITIVE
from gouji.claims.sums.judge import total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.document import BlockKind
from gouji.model.quantity import Dimension
from gouji.text.numerals import parse_chinese

_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.WEIGHT)
_LEAD = re.compile(
    r"\s*([—\-－·•○●◆◇■□▲△★☆>*]+|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z①-⑳])[）)、.．：:]|[①-⑳]|[一二三四五六七八九十]是)?"
)
_CLOSING = re.compile(
    r"(?:^|[，；。：、.．）)])\s*(?:以上|上述|前述|这|以上各项|A至[A-Z])?(?:(?P<n>[两二三四五六七八九十]|\d{1,2})[项笔块类者家个种部]分?[\u4e00-\u9fff]{0,8}?)?"
    r"(?P<sum>合计|共计|总计|小计|相加|加总|加起来|合起来|共)[\u4e00-\u9fff]{0,8}[，：:]?$"
)
_SOME = re.compile(
    r"主要|重点|大头|大额|较大|部分|几[项个笔]|例如|前[两二三四五六七八九十]|其他|另|除|上一|第[\d一二三四五六七八九十]"
)
_ANNOUNCES = re.compile(
    r"(?:如下|以下|包括|分别为|分别是|分为|明细|构成|其中|按[\u4e00-\u9fff]{1,6}|分[\u4e00-\u9fff]{1,4}看?)[^。；]{0,6}[：:。，]?$|[：:]$"
)
_EARLY = 40  # characters before the figure that an item is about
_SHORT = 50  # characters of an item that bears no mark
_LEAST = 3
_MANY = 20
_NEAR = 10
_SELDOM = Decimal("0.005")


def find(scene: Scene, stated: set[int], used: set[int]) -> Iterator[Claim]:
    """Every such sum. `stated` and `used` hold id() of the wholes and the parts of sums."""
    for run in _runs(scene):
        if all(id(i.q) in used for p in run if (i := _first(p)) is not None):
            continue
        for claim in (_closed(scene, run, stated), _announced(scene, run, stated)):
            if claim is not None:
                stated.add(id(claim.operands[0].quantity))
                yield claim


def mark_of(text: str) -> str:
    """What an item begins with: its own sign, or the kind of its number."""
    lead = _LEAD.match(text)
    sign = lead[1] if lead and lead[1] else ""
    return re.sub(r"[\d一二三四五六七八九十A-Za-z①-⑳]+", "0", sign)


def _runs(scene: Scene) -> Iterator[list[Passage]]:
    """Neighbouring paragraphs that begin alike, each with a figure of one kind near its beginning."""
    run: list[Passage] = []
    for passage in scene.passages:
        fits = _first(passage) is not None and len(passage.sentences) <= _LEAST
        goes_on = bool(run) and fits and passage.block.index - run[-1].block.index == 1 and _alike(run[-1], passage)
        if goes_on:
            run.append(passage)
            continue
        if len(run) >= 2:
            yield run
        run = [passage] if fits and passage.block.kind is not BlockKind.HEADING else []
    if len(run) >= 2:
        yield run


def _first(passage: Passage) -> Item | None:
    """The figure that an item of a list is about: the first that may be added."""
    for item in passage.items:
        if item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and item.role not in _OUT:
            return item if item.q.span.start <= _EARLY and not item.q.chinese else None
    return None


def _alike(a: Passage, b: Passage) -> bool:
    one, other = _first(a), _first(b)
    same = a.block.kind is b.block.kind and mark_of(a.text) == mark_of(b.text)
    return same and one is not None and other is not None and kin(one.q, other.q)


def _whole_list(scene: Scene, run: Sequence[Passage]) -> bool:
    """Whether the run is a list, and no paragraph beside it begins like its items, with another figure or none: 4、上年结余325万元."""
    mark, blocks = mark_of(run[0].text), scene.document.blocks
    if not mark and any(len(p.text) > _SHORT for p in run):
        return False
    beside = [n for n in (run[0].block.index - 1, run[-1].block.index + 1) if 0 <= n < len(blocks)]
    return not mark or all(mark_of(blocks[n].text) != mark or _CLOSING.search(blocks[n].text[:_EARLY]) for n in beside)


def _figures(run: Sequence[Passage], whole: Item) -> Iterator[list[Item]]:
    """The figures that the items may add: the first of each, or the first of the whole's own role."""
    firsts = [i for p in run if (i := _first(p)) is not None and kin(i.q, whole.q)]
    yield firsts
    own = [next((i for i in p.items if i.role is whole.role and kin(i.q, whole.q) and not i.q.depth), None) for p in run]
    roles = [i for i in own if i is not None]
    if len(roles) == len(run) and roles != firsts:
        yield roles


def _tied(whole: Item, run: Sequence[Passage]) -> Claim | None:
    for figures in _figures(run, whole):
        if len(figures) == len(run) and len(figures) >= 2 and sum((i.q.base for i in figures), Decimal(0)) == whole.q.base:
            return total_claim(whole, figures, compare_sum(whole.q.figure, [i.q.figure for i in figures]), "list", SURE)
    return None


def _closed(scene: Scene, run: list[Passage], stated: set[int]) -> Claim | None:
    """The sum that the last item, or the paragraph behind the run, tells."""
    at = scene.order[run[-1].block.index]
    behind = scene.passages[at + 1 : at + 2]
    near = behind and behind[0].block.index - run[-1].block.index == 1
    tried = [(run[-1], run[:-1]), *([(behind[0], run)] if near else [])]
    for passage, members in tried:
        whole = next((i for i in passage.items[:4] if not i.q.chinese and i.q.dimension in ADDITIVE), None)
        told = _CLOSING.search(passage.text[: whole.q.span.start]) if whole is not None else None
        if whole is None or told is None or whole.hedged or whole.role in _OUT or id(whole.q) in stated or len(members) < 2:
            continue
        claim = _tied(whole, members)
        if claim is not None:
            return claim
        number = (int(told["n"]) if told["n"].isdigit() else parse_chinese(told["n"])) if told["n"] else None
        figures = next(_figures(members, whole))
        plain = len(figures) == len(members) and not any(i.hedged for i in figures) and _alone(members, whole)
        told_so = number == len(members) or (number is None and told["sum"] != "共")
        if plain and told_so and whole.q.base > max(i.q.base for i in figures) and not _SOME.search(told[0]):
            return _failing(whole, figures) if _whole_list(scene, run) else None
    return None


def _announced(scene: Scene, run: list[Passage], stated: set[int]) -> Claim | None:
    """The whole that the paragraph before the run tells."""
    at = scene.order[run[0].block.index]
    if not at or run[0].block.index - scene.passages[at - 1].block.index != 1:
        return None
    intro = scene.passages[at - 1]
    last = intro.items[-1].q.sentence
    heads = [
        i
        for i in reversed(intro.items)
        if i.q.dimension in ADDITIVE and i.role not in _OUT and not i.hedged and not i.q.depth and i.q.sentence >= last - 1
    ]
    for whole in heads:
        fine = len(run) >= _LEAST or (whole.q.figure.places > 0 and len(whole.q.raw) > _LEAST + 1)
        claim = _tied(whole, run) if fine and id(whole.q) not in stated else None
        if claim is not None:
            return claim
    tail = intro.text[intro.items[-1].q.span.end :]
    here = [i for i in heads if i.q.sentence == last and (first := _first(run[0])) is not None and kin(i.q, first.q)]
    if len(here) != 1 or id(here[0].q) in stated or _SOME.search(tail) or len(run) < _LEAST:
        return None
    figures = next(_figures(run, here[0]))
    sure = (
        _ANNOUNCES.search(intro.text.rstrip()) is not None or chance(here[0].q.figure, [i.q.figure for i in figures]) <= _SELDOM
    )
    plain = len(figures) == len(run) and not any(i.hedged for i in figures) and _alone(run, here[0])
    bigger = plain and here[0].q.base > max(i.q.base for i in figures)
    return _failing(here[0], figures) if sure and bigger and _whole_list(scene, run) else None


def _alone(run: Sequence[Passage], whole: Item) -> bool:
    """Whether each item tells one figure of the whole's kind, outside brackets and breakdowns."""
    return all(sum(1 for i in p.items if kin(i.q, whole.q) and not i.q.depth and i.role not in _OUT) == 1 for p in run)


def _failing(whole: Item, figures: Sequence[Item]) -> Claim | None:
    outcome = compare_sum(whole.q.figure, [i.q.figure for i in figures])
    off = abs(outcome.right - whole.q.base) * _NEAR
    if outcome.holds or not (off <= whole.q.base or outcome.cause is TRANSPOSED):
        return None
    return total_claim(whole, figures, outcome, "list", LIKELY)
