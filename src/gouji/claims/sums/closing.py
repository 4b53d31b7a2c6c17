"""Sums at the end of what makes them up, told by how many they are or by what they are for: 三块加起来1698.25万元, 五个月进账236,965元, 可用资金4,056.48万元.

Figures of the sentence, or of the one before, without those that break one of them down. That they tie is proof enough; where they do
not, the words must say that the figure is their sum: as many as the list has members, or money at hand behind what was carried over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, chance, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Passage, Scene, how_many, kin, wholes
from gouji.claims.sums.cues import ADDITIVE, EACH
from gouji.claims.sums.judge import open_ended, total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension
from gouji.text.numerals import parse_chinese

_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.WEIGHT)
_COUNTED = re.compile(
    r"(?:^|[，；。：、（）])\s*(?:以上|上述|这|前述|全部|其)?(?P<n>[两二三四五六七八九十])"
    r"(?:个(?P<of>月|年度?|季度|学期|项目|部分|方面|渠道|来源|村|乡镇|镇|县区?|区|市|单位|标段|片区|品种|批次|地方|标包|包|专项|工程|科目|口子)?|[项类笔块者年批家处期条股路样桩地方种档头边])"
    r"(?P<words>[^，。；：\d]{0,12}(?:，[^，。；：\d]{0,12})?)$"
)
_SOME = re.compile(r"前$|后$|其中|平均|各|每|分别|均|占|比|较|余|剩|未|另")
_AT_HAND = re.compile(r"可用|可支配|可动用|可安排|可使用|能用|可供|可花|能花")
_CARRIED = re.compile(r"结转|结余|滚存|结存|尾款|上年|去年|年初|期初|余额|沉淀")
_SAID = re.compile(r"总|共|合|计$|计为|加|凑|汇|累计|小计|全年|全部|(?:三|两|四|五)年|一年|年终|最终|实有|达$")
_LESS = re.compile(r"收回|[减扣压剔]|上缴|后")
_ADDED = re.compile(r"共|合|总|加|凑|汇|计|之和|进账|算下来|一并|拢|用去|用了|花|到位|拿走|(?:[项笔块类]|年度?|个月)$")
_PLAIN_SUM = re.compile(r"[\u4e00-\u9fff]{0,4}[，；](?:合计|一共|总共|总计|共计|共有?)[\u4e00-\u9fff]{0,4}")
_NEAR = 10  # a sum that misses by more than a tenth, and by no slip, may hold more
_SELDOM = Decimal("0.005")
_FINE = 4  # digits of amounts that no other two add up to by chance
_MANY = 12
_WORD = 2  # characters at the end of labels that are called alike


def find(scene: Scene, stated: set[int], parts: set[int]) -> Iterator[Claim]:
    """Every sum behind its parts that no other finder has recomputed. `stated` and `parts` hold id() of the figures of sums."""
    used = stated | parts
    for passage in scene.passages:
        if len(passage.items) < 3 or not passage.dimensions & ADDITIVE:
            continue
        for whole in passage.items[2:]:
            if id(whole.q) not in used and _may_close(whole):
                claim = _claim(scene, passage, whole)
                if claim is not None:
                    yield claim


def _may_close(item: Item) -> bool:
    fit = item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and not item.hedged and item.q.base > 0
    return fit and item.role not in _OUT and not EACH.search(item.gap) and not how_many(item)


def _claim(scene: Scene, passage: Passage, whole: Item) -> Claim | None:
    run = _before(passage, whole)
    if len(run) < 2:
        return None
    words = passage.text[run[-1].q.span.end : whole.q.span.start]
    along = _along(scene, passage, whole, run)
    if along:
        return _made(whole, along, LIKELY)
    counted = _COUNTED.search(words)
    number = parse_chinese(counted["n"]) if counted else None
    if counted and _SOME.search(counted[0]):
        number = None
    if number is not None and 2 <= number < len(run):
        run = _called_alike(passage, whole, int(number)) or run[-int(number) :]
    for parts in (run, wholes(run)):
        if (
            len(parts) >= 2
            and sum((p.q.base for p in parts), Decimal(0)) == whole.q.base
            and _telling(whole, parts, words, number)
        ):
            return _made(whole, parts, SURE)
    return _failing(passage, whole, wholes(run), words, number)


def _before(passage: Passage, whole: Item) -> list[Item]:
    """The figures that the whole may sum up: those before it in its sentence, or all of the sentence before."""
    near = [i for i in passage.items[: whole.order] if kin(i.q, whole.q) and i.q.depth == whole.q.depth and not how_many(i)]
    here = [i for i in near if i.q.sentence == whole.q.sentence]
    before = [i for i in near if i.q.sentence == whole.q.sentence - 1]
    if len(here) == 1 and _AT_HAND.search(whole.gap) and _CARRIED.search(here[0].gap):  # 收入A，其中…。加上年结转B，可用资金T
        heads = wholes([i for i in before if i.role not in _OUT and not i.hedged])
        tied = [i for i in heads if i.q.base + here[0].q.base == whole.q.base]
        return [*(tied[:1] or (heads if len(heads) == 1 else [])), *here]
    return [i for i in here or before if i.role not in _OUT and not i.hedged][-_MANY:]


_ALONG = re.compile(
    r"[，；]\s?(?:连同|加上|算上|包括)(?:前述|上述|已)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:金额|资金|支出|费用|经费|款项?|数)?，[^，。；\d]{1,12}$"
)


def _along(scene: Scene, passage: Passage, whole: Item, here: list[Item]) -> list[Item]:
    """服务费A、推广费B，连同核销金额，总支出T: the figures of the sentence with the one that is named."""
    told = _ALONG.search(passage.text[max(0, whole.q.span.start - 40) : whole.q.span.start])
    if told is None or not here or here[-1].q.sentence != whole.q.sentence:
        return []
    at = scene.order[passage.block.index]
    near = [*(i for p in scene.passages[max(0, at - 1) : at] for i in p.items), *passage.items[: here[0].order]]
    named = [i for i in near if kin(i.q, whole.q) and told["name"] in i.label[-len(told["name"]) - 2 :]]
    plain = len({i.q.base for i in named}) == 1 and not named[0].hedged and named[0].q.depth == whole.q.depth
    return [*here, named[0]] if plain and named[0].role not in (*_OUT, Role.LEFT) else []


def _called_alike(passage: Passage, whole: Item, number: int) -> list[Item]:
    """2021年预算A、支出B；2022年预算C、支出D；…。三年累计预算T: the figures that bear the whole's own word, as many as it says."""
    word = whole.label[-_WORD:]
    near = [i for i in passage.items[: whole.order] if kin(i.q, whole.q) and i.q.depth == whole.q.depth and not i.hedged]
    here = [i for i in near if i.q.sentence == whole.q.sentence] or [i for i in near if i.q.sentence == whole.q.sentence - 1]
    alike = [i for i in here if len(word) == _WORD and i.label.endswith(word)]
    return alike if len(alike) == number < len(here) else []


def _telling(whole: Item, parts: Sequence[Item], words: str, number: object) -> bool:
    """Whether figures that tie do so by no chance."""
    if number == len(parts) or len(parts) >= 4 or _AT_HAND.search(words):
        return True
    if _SOME.search(words.rpartition("，")[2]):
        return False
    fine = sum(1 for p in (whole, *parts) if len(p.q.raw.replace(",", "")) > _FINE and p.q.figure.places) >= 2
    return fine or (len(parts) >= 3 and whole.q.base >= 20) or _SAID.search(words) is not None


def _failing(passage: Passage, whole: Item, parts: Sequence[Item], words: str, number: object) -> Claim | None:
    if len(parts) < 2 or open_ended(passage, parts) or any(EACH.search(p.gap) for p in parts):
        return None
    if whole.q.base <= max(p.q.base for p in parts):
        return None  # 一类41座、二类53座; 两个站48人: a member of the list
    if number is not None:
        return _made(whole, parts, LIKELY) if number == len(parts) and _ADDED.search(words) else None
    figures = [p.q.figure for p in parts]
    if _AT_HAND.search(words) and len(parts) == 2 and any(_CARRIED.search(p.gap) for p in parts) and not _LESS.search(words):
        return _made(whole, parts, LIKELY)
    if _PLAIN_SUM.fullmatch(words) and _all_before(passage, whole, parts):
        outcome = compare_sum(whole.q.figure, figures)
        off = abs(outcome.right - whole.q.base) * _NEAR
        if off <= whole.q.base or outcome.cause in (TRANSPOSED, ONE_DIGIT):
            return _made(whole, parts, LIKELY)
    near = whole.q.sentence == parts[0].q.sentence
    if near and _SAID.search(words) and not _SOME.search(words) and chance(whole.q.figure, figures) <= _SELDOM:
        return _made(whole, parts, LIKELY)
    return None


def _all_before(passage: Passage, whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts are all that the whole's segment tells of its kind, each with a name."""
    of_segment = [i for i in passage.items[: whole.order] if i.q.segment == whole.q.segment and kin(i.q, whole.q)]
    return (
        len(of_segment) == len(parts)
        and parts[0].q.sentence == whole.q.sentence
        and all(p.label for p in parts)
        and len({p.role for p in (whole, *parts)} - {Role.PLAIN}) < 2
        and not any(_LESS.search(p.gap) or _SOME.search(p.gap) for p in parts)
    )


def _made(whole: Item, parts: Sequence[Item], sure: float) -> Claim:
    return total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "after", sure)
