"""Totals whose parts are told by form alone: a list of like names right behind the whole, or right before it.

`惠及群众822户，甲镇338户、乙镇266户、丙镇218户。` needs no 其中: the names are of one kind, the list goes to the end of the clause, and the
figure before it is of another kind. How like the names are decides whether a difference is said; where it is open, only agreement is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.sums.cues import ADDITIVE, EACH, NOT_A_PART, chosen_of
from gouji.claims.sums.judge import as_many, open_ended, total_claim
from gouji.claims.sums.signed import moves
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension

_FIRST = re.compile(
    r"(?:\s?的?[\u4e00-\u9fff]{0,8}[中里]|\s*[\u4e00-\u9fff]{0,6})[，：](?:即|也就是|其中)?[：，]?\s*[\u4e00-\u9fffA-Za-z（）“”《》]{1,18}\s*"
)
_BREAK = re.compile(r"其中|另(?!一)|还|同比|比上|较上|主要|包括|含|不含|超|未|结余|剩余[\u4e00-\u9fff]*资金|年末|年底")
_END = re.compile(r"(?:[（(][^（）()]{0,12}[）)])?\s*(?:[。；）]|$)")
_SIBLINGS = re.compile("其余|其他|其它|余下|剩下")  # 甲镇A、乙镇B，其他乡镇合计C: the sum of what is not listed
_CLOSED = re.compile(r"，(?:再|此外|别|另)?无其他")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:街道办?|社区|[镇乡村县区市州旗]|开发区|管委会|学校|小学|中学|幼儿园|卫生院|医院|分局|支队|大队|中队|[所站馆队校院园])$"
)
_REST = re.compile(r"^(?:其余|剩余|余下|其他|其它|未[上达入列评定参获]|其余[\u4e00-\u9fff]{1,6})")
_WHOLE = re.compile(r"共|总|合计|累计|全部|全[县市区镇乡年]|规模|各[\u4e00-\u9fff]{1,4}(?:合计|分)")
_AFTER = re.compile(
    r"^[，；。]?\s*(?:以上|上述|这|前述)?(?:[两二三四五六七八九十]+(?:地|者|项|家|处|个[\u4e00-\u9fff]{1,4}|[镇乡村校县区级类方批笔期]))?"
    r"(?:[\u4e00-\u9fff]{0,16}(?<!公)(?:共[计有同]?(?!同)|总[\u4e00-\u9fff]{0,4}|合计|累计)[\u4e00-\u9fff]{0,14}|[\u4e00-\u9fff]{2,24}?(?:总?规模|总[额量数]|总投[资入])(?:达到?|为|共)?)$"
)
_FRAME = re.compile(r"[费款类员级性型金品物车]$|..$")  # what like names end with: a noun, or two characters
_STAGE = re.compile(r"(?:开工|完工|竣工|完成|验收|计划|实施|交付|启动|通过)$")  # steps of one thing, not parts of it
_VALUES = re.compile(r"\s*(?:[、，]\s*(?:和|及|与|以及)?|和|及|与|以及)\s*")
_SUMS = re.compile(  # the words between the last part and the sum
    rf"^(?:[上里中](?=，)|等?方面(?=，)|共同[\u4e00-\u9fff]{{2,24}}|由[\u4e00-\u9fff]{{2,8}})?[，；。、]?\s*(?:以上|上述|这|其)?[\u4e00-\u9fff、]{{0,16}}?(?:"
    rf"(?P<strong>{v.SUMMING}|之和|总和|总价|总评|总分|满分|构成|规模|(?<!公)共(?![同享建产]))"
    rf"|(?P<run>累计)|(?:总(?:额|量|投资|投入|支出|收入|成本|费用|造价|数)|全部))(?:[\u4e00-\u9fff]{{0,12}}|(?<=起来)，[\u4e00-\u9fff“”]{{0,24}}|(?<=一起)，[\u4e00-\u9fff“”]{{0,24}})$"
)
_AND_NAMED = re.compile(r"\s*(?:与|和|及|加上?)[\u4e00-\u9fff“”]{1,14}")
_ORDINAL = re.compile(r"第([一二三四五六七八九十\d]+)|([一二三四])季度|([一二三四五六七八九十\d]+)[期批]")


_AS_PARTS = re.compile(r"其中|包括|分别|：|（|由|分为|即")


def parallel_lists(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """Totals of lists of like names, with the whole before or behind the list."""
    n = 0
    usable = [_usable(item) for item in sentence]
    while n < len(usable):
        run = _run(sentence, n, usable)
        if len(run) < 2:
            n += 1
            continue
        claim = _whole_first(passage, sentence, run, done) or _whole_last(passage, sentence, run, done)
        if claim is not None:
            done.add(id(claim.operands[0].quantity))
            yield claim
        by_chance = n == 0 and claim is None and len(run) == 2 and len(_run(sentence, 1, usable)) >= 3
        n += 1 if by_chance else len(run)  # the first figure may be the whole, alike to the first part alone


def _run(sentence: Sequence[Item], n: int, usable: Sequence[bool]) -> list[Item]:
    """The longest list of like names from item n on; without the first figure where only the rest are alike."""
    if not usable[n]:
        return []
    run = [sentence[n]]
    for at in range(n + 1, len(sentence)):
        item, last = sentence[at], run[-1]
        if not (
            usable[at]
            and kin(item.q, last.q)
            and item.q.depth == last.q.depth
            and item.order - last.order == 1
            and follows(item.gap, named=True)
            and not _BREAK.search(item.gap)
            and (len(run) < 2 or item.gap.strip()[0] == run[1].gap.strip()[0] or _REST.match(item.label))
        ):
            break
        if likeness([i.label for i in (*run, item)]) == 0:
            break
        run.append(item)
    return run


def _usable(item: Item) -> bool:
    return (
        item.q.dimension in ADDITIVE
        and item.role not in NOT_A_PART
        and not item.hedged
        and len(item.label) >= 2
        and not EACH.search(item.label)
        and (not moves(item) or _REST.match(item.label) is not None)
    )


_LEAST_IN_ORDER = 3  # 一类, 二类: there may be a third


def likeness(labels: Sequence[str]) -> int:
    """2: names of one kind that make up a whole (places, quarters, a fixed partition, a list that a 其余 closes); 1: of one form; 0: not."""
    return _likeness(tuple(labels))


@v.by_words
def _likeness(labels: tuple[str, ...]) -> int:
    rest = len(labels) >= 2 and _REST.match(labels[-1]) is not None
    if not all(labels):
        return 0
    named = [x[1:] if x[0] in "和及与" and len(x) > 2 else x for x in labels[: -1 if rest else None]]
    if len(set(named)) < len(named):
        return 0
    frame = v.common_ending(named)
    # 太平镇领, 石门镇领: the places, whatever they share behind their names
    places = any(all(_PLACE.search(x[: len(x) - k]) for x in named) for k in range(min(len(frame), 8) + 1))
    fixed = v.partition_of(list(named)) if len(named) >= 2 else None
    if places or _ordered(named) or (fixed is not None and not (fixed in v.IN_ORDER and len(named) < _LEAST_IN_ORDER)):
        return 2
    if rest and len(named) == 1:
        return 2
    if len(named) >= 2 and _FRAME.search(frame) and not any(_STAGE.search(x) for x in named):
        return 2 if rest else 1
    return 0


def shape_of(parts: Sequence[Item], shape: str, words: str = "") -> str:
    """`one_kind` or `counted` where the names, or the number that the words tell, leave no doubt that the parts are all of the whole.

    However far off the sum is, they were meant as its parts.
    """
    if as_many(words, parts):
        return "counted"
    sure = len(parts) >= 3 and not _REST.match(parts[-1].label) and likeness([p.label for p in parts]) == 2
    return "one_kind" if sure else shape


def _ordered(labels: Sequence[str]) -> bool:
    """第一批、第二批、…: numbered from one without a gap."""
    numbers = []
    for label in labels:
        match = _ORDINAL.search(label)
        if match is None:
            return False
        numbers.append(next(g for g in match.groups() if g))
    said = "".join(numbers)
    return said in "一二三四五六七八九十" and said[0] == "一" if not said.isdigit() else said == "123456789"[: len(said)]


def _whole_first(passage: Passage, sentence: Sequence[Item], run: list[Item], done: set[int]) -> Claim | None:
    at = sentence.index(run[0])
    candidates = [(sentence[at - 1], run)] if at else []
    if len(run) >= 3 and likeness([i.label for i in run[1:]]) > likeness([i.label for i in run]):
        candidates.append((run[0], run[1:]))
    for whole, parts in candidates:
        last = parts[-1]
        if (
            not _whole_of(whole, parts, done)
            or _opens(whole)
            or not _heads(sentence, whole)
            or not _FIRST.fullmatch(parts[0].gap)
            or _BREAK.search(parts[0].gap.replace("其中", ""))
            or parts[0].order - whole.order != 1
            or open_ended(passage, parts)
            or not (
                _END.match(passage.text, last.q.span.end)
                or _REST.match(last.label)
                or _CLOSED.match(passage.text, last.q.span.end)
            )
        ):
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
        if outcome.holds:
            return total_claim(whole, parts, outcome, "parallel", SURE)
        if outcome.right * 2 < whole.q.base and not _AS_PARTS.search(parts[0].gap):
            continue  # 全年开放358天，春节闭馆3天，检修闭馆4天，台风闭馆1天: of something else
        if _surely_all(passage, whole, parts, outcome):
            return total_claim(whole, parts, outcome, shape_of(parts, "parallel"), LIKELY)
    return None


def _opens(whole: Item) -> bool:
    """测试成绩：甲中心96.2分，乙站77分: a score right behind a colon is the first of a list, unless it is called a total."""
    return (
        whole.q.dimension is Dimension.SCORE and whole.q.mark == "：" and _WHOLE.search(whole.gap.rpartition("。")[2]) is None
    )


def _surely_all(passage: Passage, whole: Item, parts: list[Item], outcome: Outcome) -> bool:
    """Whether a list that does not tie was surely meant to be all of its whole."""
    if _CLOSED.match(passage.text, parts[-1].q.span.end):
        return True
    like = likeness([p.label for p in parts])
    said = _WHOLE.search(whole.gap.rpartition("。")[2]) is not None
    off = abs(outcome.right - whole.q.base)
    if like == 2:
        return said or off * 2 <= whole.q.base or len(parts) >= 3
    told = re.match(r"\s?的?[\u4e00-\u9fff]{0,8}[中里]，", parts[0].gap) is not None  # T当中，甲A，乙B
    # names of one form may overlap (高级教师, 骨干教师): only a slip or a trifle is said of them
    slip = outcome.cause is not None or off * 20 <= whole.q.base
    return bool(like) and ((told and off * 2 <= whole.q.base) or (said and slip and len(parts) >= 3))


_OF_MANY = re.compile("平均|均分|最[高低]")


def _any_run(sentence: Sequence[Item], at: int) -> list[Item]:
    """The figures right before item `at` that one kind of mark divides, named one by one or all at once (依次为A、B和C)."""
    run: list[Item] = []
    for item in reversed(sentence[:at]):
        last = run[0] if run else None
        if item.q.dimension not in ADDITIVE or item.role in NOT_A_PART or item.hedged or moves(item) or EACH.search(item.label):
            break
        if item.q.dimension is Dimension.SCORE and _OF_MANY.search(item.label):
            break  # 平均91.2分，最高98分，最低84分
        if last is not None:
            joined = (
                _VALUES.fullmatch(last.gap)
                or _AND_NAMED.fullmatch(last.gap)
                or (follows(last.gap, named=True) and not _BREAK.search(last.gap))
            )
            if not joined or not kin(item.q, last.q) or item.q.depth != last.q.depth or last.order - item.order != 1:
                break
        run.insert(0, item)
    return run


def named_list(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """设主任1名、副主任3名、科员19名，共有工作人员23名; 价款依次为A、B和C，合同总价T: behind a list the figure that says it is the sum."""
    for at in range(2, len(sentence)):
        whole = sentence[at]
        gap = passage.text[sentence[at - 1].q.span.end : whole.q.span.start]
        said = _said_to_sum(gap)
        if (
            id(whole.q) in done
            or said is None
            or _BREAK.search(gap)
            or _SIBLINGS.search(gap)
            or heads_list(whole, sentence[at + 1 : at + 2])
            or whole.order - sentence[at - 1].order != 1
        ):
            continue
        run = _any_run(sentence, at)
        joined = len(run) == 2 and (run[1].q.mark == "、" or _VALUES.fullmatch(run[1].gap) or _AND_NAMED.fullmatch(run[1].gap))
        tight = (joined and said["strong"]) or (len(run) == 2 and _unit_slip(whole, run))
        if (len(run) < 3 and not tight) or whole.hedged or not kin(whole.q, run[0].q) or whole.q.depth != run[0].q.depth:
            continue
        if whole.role in NOT_A_PART or any(
            kin(i.q, whole.q) and i.q.segment == run[0].q.segment and i not in run for i in sentence[:at]
        ):
            continue
        if not _addable(whole, run, said) or chosen_of(gap, run):
            continue  # 前两类共C: some of them only
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in run])
        off = abs(outcome.right - whole.q.base) * 2 > whole.q.base
        if not outcome.holds and (
            any(_WHOLE.search(p.gap) for p in run[1:]) or (off and not said["strong"] and outcome.cause is None)
        ):
            continue
        done.add(id(whole.q))
        yield total_claim(whole, run, outcome, shape_of(run, "after", gap), SURE if outcome.holds else LIKELY)


def heads_list(item: Item, behind: Sequence[Item]) -> bool:
    """满分依次为10分、50分…: the first of figures that are told in the order of names before them."""
    ordered = re.search(r"(?:分别|依次|各)(?:自|项)?(?:为|是|得|获|扣|评)?\s?$", item.gap) is not None
    return ordered and any(re.fullmatch(r"\s*[、，和及与]\s*", i.gap) is not None for i in behind)


@v.by_words
def _said_to_sum(gap: str) -> re.Match[str] | None:
    return _SUMS.match(gap)


def _unit_slip(whole: Item, run: Sequence[Item]) -> bool:
    """上级119.43万元，县级256.65万元，总额376.08元: the digits are right, the unit is not."""
    right = sum((p.q.base for p in run), Decimal(0))
    return whole.money and whole.q.base * 10_000 == right


def _addable(whole: Item, run: Sequence[Item], said: re.Match[str]) -> bool:
    """Whether figures of these kinds add up: points that were got do not make the points to be had, a running total holds more."""
    if _OUT_OF.match(whole.after):
        return False  # 两者在满分100分中占比较高
    if whole.q.dimension is Dimension.SCORE:
        offered = re.search(r"满分|总分值|分值|权重", said[0]) is not None
        return not offered or all(p.role is not Role.SCORED for p in run)
    return said["run"] is None or (all(p.label for p in run) and _batches([p.label for p in run]))


_OUT_OF = re.compile(r"\s?(?:中|里)(?:占|的|，|仅|只|各|所)")


def _batches(labels: Sequence[str]) -> bool:
    return _ordered(labels) or re.search(r"首[批期次轮]|第一|上半年|一季度", labels[0]) is not None


def closed_list(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """固定资产原值T，房屋A，设备B，家具C，再无其他类别: the words behind say that the list is complete."""
    if not passage.tells("无其他") or not _CLOSED.match(passage.text, sentence[-1].q.span.end):
        return
    run = _any_run(sentence, len(sentence))
    ahead = sentence[sentence.index(run[0]) - 1] if run and run[0] is not sentence[0] else None
    if ahead is not None and kin(ahead.q, run[0].q) and run[0].order - ahead.order == 1:
        run.insert(0, ahead)  # 年末固定资产原值T: no member of the list, but its whole
    if len(run) >= 3 and all(p.label for p in run) and id(run[0].q) not in done:
        outcome = compare_sum(run[0].q.figure, [p.q.figure for p in run[1:]])
        done.add(id(run[0].q))
        yield total_claim(run[0], run[1:], outcome, "closed", SURE)


def _whole_last(passage: Passage, sentence: Sequence[Item], run: list[Item], done: set[int]) -> Claim | None:
    at = sentence.index(run[-1]) + 1
    if at >= len(sentence):
        return None
    whole = sentence[at]
    gap = passage.text[run[-1].q.span.end : whole.q.span.start]
    if (
        not _whole_of(whole, run, done)
        or not _AFTER.match(gap.strip())
        or _BREAK.search(gap)
        or _SIBLINGS.search(gap)
        or whole.order - run[-1].order != 1
    ):
        return None
    if len(chosen := chosen_of(gap, run)) == 1:  # 一季度A，…，四季度D，三季度末累计T: of some of them
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in chosen[0]])
        told = outcome.holds or outcome.cause is not None
        return total_claim(whole, chosen[0], outcome, "after", SURE if outcome.holds else LIKELY) if told else None
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in run])
    if outcome.holds:
        return total_claim(whole, run, outcome, "after", SURE)
    if any(kin(i.q, whole.q) and i.q.segment == run[0].q.segment and i not in run for i in sentence[:at]):
        return None  # the list begins further ahead than its like names
    if likeness([p.label for p in run]) == 2 or len(run) >= 3:
        return total_claim(whole, run, outcome, shape_of(run, "after", gap), LIKELY)
    return None


def _heads(sentence: Sequence[Item], whole: Item) -> bool:
    """Whether a figure can head a list: the first of its kind in the sentence, or one that says that it is a sum."""
    first = next(i for i in sentence if kin(i.q, whole.q))
    return "其中" not in whole.gap and (first is whole or _WHOLE.search(whole.gap.rpartition("。")[2]) is not None)


def _whole_of(whole: Item, parts: Sequence[Item], done: set[int]) -> bool:
    """Whether a figure may be the whole of a list: of its kind, named, and not a member of it."""
    if id(whole.q) in done or whole.hedged or whole.q.dimension not in ADDITIVE or not kin(whole.q, parts[0].q):
        return False
    if whole.role in NOT_A_PART or whole.q.depth != parts[0].q.depth or whole.q.dimension is Dimension.BARE:
        return False
    return not _PLACE.search(whole.label) or not all(_PLACE.search(p.label) for p in parts)
