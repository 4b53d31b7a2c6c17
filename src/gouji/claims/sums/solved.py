"""Sums and balances told in words that no cue lists, one slip of the pen off: 可用券共5720张，用去5236张以后，有448张转到下年;
到账三次，3月680万元、7月415万元、11月230万元，到账数为1335万元.

The result is told by what it is (a sum, or something left, owed, held), its members are the figures of its kind right before it, or, where
the words say so, right behind. Where the words of a member do not tell whether it came in or went out, both are tried. What ties in any
way is left alone; only two swapped digits or one wrong digit in the result accuse, and only where the ways tried are few for its digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, compare_sum, sums_up
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.scene import Item, Passage, Scene, how_many, kin
from gouji.claims.sums.cues import ADDITIVE
from gouji.claims.sums.judge import open_ended, total_claim
from gouji.claims.sums.signed import sign_of
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, Dimension

_SUM = re.compile(
    r"共|合|总|累|计|凑|加|一起|全[年市县区镇乡省校院局场站馆国]|[两二三四五六七八九][个项类群处家块笔批次期]|达到?$|到账数|[收付支]款数|数[量额]?为"
)
_LEFT = re.compile(
    r"剩|余|结转|结存|留存|库存|存栏|存量|在[册圃库编岗押]|[还尚仍][有欠差存押剩余需]|[尚仍]|欠|未[付销办结退还支执用发]|待[付发拨结销]|积[案压]|尾款|转[入到至]?下|留待|盘点|年[末底终]|期末|账[上面]|押|现有|减为|增[为至到]|升[到至]|降[到至]"
)
_LEFT_BEHIND = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{0,3}?)(?:转[入到至]|留待|没有?[销办付退]|未[销办付退支执用发]|待[付发拨结销]|结转|尚未|还没)"
)
_SPELLED = re.compile(
    r"\s?(?:（|，(?:这|该|此)(?:个|一)?(?:数|数字|数额|余额|结果)?(?:是|为|由|系|等于)|，(?:由|系|是|即)|；[^，。；\d]{0,4}前的)"
)
_FIRST_IN = re.compile(
    r"年初|期初|上年|原|总|合同|批复|预算|安排|下达|到位|可用|设计|计划|借|共|台账|库存|印制|购|存|收|申|建|在册|由"
)
_APART = re.compile(r"其中|另(?!一)|同比|比上年|较上年|[比较]去年|目标|计划(?!内)|不含|主要|重点|以上|平均|每|占")
_BESIDES = re.compile(r"[之以]外|除[^，。]{1,12}外|另外|此外")
_FLOWS = (Role.BUDGET, Role.SPENT, Role.INCOME)
_OWED = re.compile(r"[待欠未尚仍剩余]")
_COMPARED = re.compile(r"同比|[比较](?:上年|去年|20\d\d年|同期|计划|年初)|目标|其中(?!已)")
_ASIDE = frozenset({Role.STANDARD, Role.DEDUCTED, Role.WEIGHT, Role.SCORED})
_MANY = 6
_WAYS = {n: [(1, *rest) for rest in product((1, -1), repeat=n - 1)] + ([(-1, 1)] if n == 2 else []) for n in range(1, 6)}
_FLOATS = 1e-9
_FEW_WAYS = {2: 1, 3: 4, 4: 16}  # ways to read the members, by the digits of the result


def find(scene: Scene, settled: set[int]) -> Iterator[Claim]:
    """Every such sum or balance whose result `settled` (id() of figures) does not hold."""
    for passage in scene.passages:
        if len(passage.items) < 3 or not passage.dimensions & ADDITIVE:
            continue
        for result in passage.items:
            if id(result.q) in settled or not _may_be_result(result):
                continue
            claim = _claim(passage, result)
            if claim is not None:
                settled.add(id(result.q))
                yield claim


def _may_be_result(item: Item) -> bool:
    fits = item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and not item.hedged and item.q.base > 0
    return (
        fits
        and item.role not in _ASIDE
        and not how_many(item)
        and "每" not in item.label
        and "均" not in item.label
        and _digits(item) > 1
    )


def _digits(item: Item) -> int:
    return sum(map(str.isdecimal, item.q.raw))


def _claim(passage: Passage, result: Item) -> Claim | None:
    clause = re.split("[，。；：（]", result.gap)[-1]
    words = clause + result.label
    left = _LEFT.search(words) is not None or _LEFT_BEHIND.match(result.after) is not None
    summed = _SUM.search(clause) is not None or _SUM.search(result.label) is not None
    if not (left or summed):
        return None
    before, behind = _before(passage, result), _behind(passage, result)
    if any(_ties_somehow(result, run) for run in (before, behind)) or _of_two(passage, result):
        return None
    if left and (result.role not in _FLOWS or _OWED.search(words)):
        claim = _balance(result, before) or _balance(result, behind)
        if claim is not None:
            return claim
    return _sum(passage, result, before) if summed else None


def _before(passage: Passage, result: Item) -> list[Item]:
    """The figures of the result's kind before it in its sentence, or with those of the sentence before where they are too few."""
    near = [i for i in passage.items[: result.order] if _may_be_member(i, result)]
    here = [i for i in near if i.q.sentence == result.q.sentence]
    if len(here) < 2:
        here = [i for i in near if result.q.sentence - i.q.sentence <= 1]
    return here[-_MANY:]


def _behind(passage: Passage, result: Item) -> list[Item]:
    if not _SPELLED.match(result.after):
        return []
    return [i for i in passage.items[result.order + 1 :] if i.q.sentence == result.q.sentence and _may_be_member(i, result)][
        :_MANY
    ]


def _may_be_member(item: Item, result: Item) -> bool:
    plain = kin(item.q, result.q) and not item.hedged and item.role not in _ASIDE and not how_many(item)
    return plain and not re.search("每|均(?!衡)", item.label) and item.q.base > 0


def _ties_somehow(result: Item, run: Sequence[Item]) -> bool:
    """Whether some neighbouring figures make the result up in any way."""
    wanted, values = float(result.q.base), [float(i.q.base) for i in run]
    loose = [float(i.q.figure.ulp) for i in (result, *run)]
    slack = sum(loose) + (wanted + sum(values)) * _FLOATS
    for length in range(1, min(len(run), 5) + 1):
        ways = _WAYS[length]
        for start in range(len(run) - length + 1):
            near = values[start : start + length]
            for signs in ways:
                if abs(sum(map(mul, near, signs)) - wanted) > slack:
                    continue  # most: told without decimals
                if sums_up(result.q.figure, [i.q.figure for i in run[start : start + length]], signs):
                    return True
    return False


def _of_two(passage: Passage, result: Item) -> bool:
    """Whether any two figures of the paragraph, or any of those right before it, make the result up."""
    alike = [i for i in passage.items if i is not result and _may_be_member(i, result)]
    values = {i.q.base for i in alike}
    if any(result.q.base + v in values or result.q.base - v in values for v in values):
        return True
    near = [i.q.base for i in alike if i.order < result.order][-2 * _MANY :]
    sums = {ZERO}
    for value in near:
        sums |= {s + value for s in sums}
    return result.q.base in sums


def _sum(passage: Passage, result: Item, run: Sequence[Item]) -> Claim | None:
    """The whole list, what stands in the result's own segment, or its tail, all in one bracket or none."""
    if len(run) < 2 or any(_APART.search(i.gap) for i in run[1:]) or _APART.search(result.gap):
        return None
    start = passage.text.rfind("。", 0, run[0].q.span.start) + 1
    if _BESIDES.search(passage.text, max(0, start - 30), run[0].q.span.start):
        return None
    own = [i for i in run if i.q.segment == result.q.segment]
    readings = [list(run), own, *(list(run[k:]) for k in range(1, len(run) - 1))]
    for parts in readings:
        if len(parts) < 2 or len({p.q.depth for p in parts}) > 1 or parts[-1].q.sentence < result.q.sentence - 1:
            continue
        outcome = compare_sum(result.q.figure, [p.q.figure for p in parts])
        slip = outcome.cause is TRANSPOSED or (outcome.cause is ONE_DIGIT and _digits(result) > 2)
        if slip and result.q.base > max(p.q.base for p in parts) and not open_ended(passage, parts):
            return total_claim(result, parts, outcome, "solved", LIKELY)
    return None


def _balance(result: Item, run: Sequence[Item]) -> Claim | None:
    """The figures from the last one that may be what there was at first, with the signs that their words give."""
    heads = [n for n, i in enumerate(run[:-1]) if _FIRST_IN.search(i.label + i.gap[-6:])]
    for n in heads[::-1] if len(heads) > 1 else heads:
        members = list(run[n:])
        if len({m.q.depth for m in members}) > 1 or any(_COMPARED.search(m.gap) for m in members):
            continue
        claim = _solved(result, members)
        if claim is not None:
            return claim
    return None


def _solved(result: Item, members: Sequence[Item]) -> Claim | None:
    options: list[tuple[int, ...]] = []
    signs: list[int] = [1]
    for n, member in enumerate(members[1:], 1):
        told = _printed_sign(member) or sign_of(member)
        if not told and n > 1 and re.match(r"\s?[、和及与]", member.gap) and len(options[-1]) == 1:
            told = options[-1][0]
        options.append((told,) if told else (1, -1))
    ways = list(product(*options))
    if len(ways) > _FEW_WAYS.get(_digits(result), 32):
        return None
    found = []
    for way in ways:
        signs = [1, *way]
        if min(signs) > 0:
            continue
        outcome = compare_sum(result.q.figure, [m.q.figure for m in members], signs)
        if outcome.right > 0 and outcome.cause in (TRANSPOSED, ONE_DIGIT):
            found.append((signs, outcome))
    if len(found) != 1:
        return None
    signs, outcome = found[0]
    roles = ["plus" if s > 0 else "minus" for s in signs]
    others = list(zip(roles, members, strict=True))
    return claim_of(ClaimKind.BALANCE, result, others, outcome, shape="solved", confidence=LIKELY)


def _printed_sign(member: Item) -> int:
    """＋当年采购1200只－投放1145只: the sign printed before a member."""
    marks = re.findall(r"[＋+－−]|-(?=[\u4e00-\u9fff])|加上?|减去?|扣除?|除去", member.gap)
    return 0 if not marks else 1 if marks[-1][0] in "＋+加" else -1
