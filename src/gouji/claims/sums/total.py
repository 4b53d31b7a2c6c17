"""Totals in running text: a stated figure and the parts that make it up.

Ties `T，其中：A、B`, `T（A、B）`, `T，分别为`, `T，具体如下：`, fixed partitions without a cue (基本支出 + 项目支出), and
`A、B，合计T`. Where several readings of the parts are possible (nested 其中, segments divided by ；, budgets beside
expenditures), the one that ties is taken; where none ties, the plainest one is judged by how surely the parts are exhaustive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import Outcome, chance, compare_sum, sums_up
from gouji.claims.build import LIKELY
from gouji.claims.ratios import hundred
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums import printed_sum
from gouji.claims.sums.after import after
from gouji.claims.sums.bare import aspects, bare_list, bare_partitions, implicit
from gouji.claims.sums.cues import ADDITIVE, NOT_A_PART, Cue, cue_before
from gouji.claims.sums.judge import judge, part_exceeds, single_part, total_claim
from gouji.claims.sums.parallel import closed_list, named_list, parallel_lists
from gouji.claims.sums.readings import plainest, readings_of, slipped, ties
from gouji.claims.sums.signed import direction
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.quantity import Dimension
from gouji.text.numerals import parse_chinese

_SUMMED = re.compile(
    r"，(?:以上|上述)?(?:(?P<number>[二两三四五六七八九十])[者项]|各项)?(?:相加|之和|加总|加起来|合计)(?:即|就|便|正好|恰好)?(?:为|是|等于)"
)


_SELDOM = Decimal("0.06")  # the same of a fixed breakdown
_RARE = Decimal("0.02")  # a part above its whole that one slip of the pen explains
_ANNOUNCED = ADDITIVE | {Dimension.PERCENT, Dimension.BARE}


def find(scene: Scene) -> Iterator[Claim]:
    """Every total of the running text."""
    for passage in scene.passages:
        done: set[int] = set()
        for n, sentence in enumerate(passage.sentences):
            before = passage.sentences[n - 1] if n else []
            yield from _announced(scene, passage, sentence, before, done)
            if sum(1 for i in sentence if v.may_be_part(i.label)) > 1:
                yield from aspects(sentence, before, done)
                yield from bare_partitions(passage, sentence, done)
            yield from after(passage, sentence, before, done)
            if len(sentence) > 2:  # a whole and two parts
                yield from bare_list(passage, sentence, done)
                yield from _summed_back(passage, sentence, done)
                yield from closed_list(passage, sentence, done)
                yield from parallel_lists(passage, sentence, done)
                yield from named_list(passage, sentence, done)
                yield from _above_whole(passage, sentence, done)
        yield from implicit(passage, done)
    yield from printed_sum.find(scene)
    yield from hundred.find(scene)


_MEAN = re.compile(r"平均|均分")


_AMONG = re.compile(r"[\u4e00-\u9fff]{0,10}[中里]，?(?![、和及]|央|小|型|期|心|国|等|专|学|医|标|队|旬|级)")


def _above_whole(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """98名职工里，本科43名，大专26名，其他127名: no part of the 98 is above them."""
    whole = sentence[0]
    if whole.q.dimension is not Dimension.COUNT or whole.hedged or id(whole.q) in done:
        return
    if not _AMONG.match(passage.text, whole.q.span.end):
        return
    for n, item in enumerate(sentence[1:], 1):
        if not kin(item.q, whole.q) or item.hedged or item.q.depth or item.order != n + whole.order or item.role in NOT_A_PART:
            return
    for item in sentence[1:]:
        if item.q.base > whole.q.base and item.q.figure.unit == whole.q.figure.unit:
            outcome = compare_sum(whole.q.figure, [item.q.figure])
            done.add(id(whole.q))
            yield part_exceeds(whole, item, outcome, LIKELY)
            return


def _announced(
    scene: Scene, passage: Passage, sentence: Sequence[Item], before: Sequence[Item], done: set[int]
) -> Iterator[Claim]:
    for n, item in enumerate(sentence):
        cue = cue_before(passage, sentence, n) if item.q.dimension in _ANNOUNCED else None
        if cue is None:
            continue
        first = _first_part(sentence, n)
        if first is None or (cue.kind == "listed" and first != n):
            continue
        if cue.kind == "follows" and before and "其中" in before[0].gap:
            at = next(k for k, s in enumerate(passage.sentences) if s is sentence)  # T。其中A，B。分部门情况是：…: of T as well
            before = passage.sentences[at - 2] if at > 1 else before
        wholes = _wholes(scene, passage, sentence, before, n, first, cue)
        wholes = [w for w in wholes if id(w.q) not in done or w.q.dimension is not Dimension.SCORE]
        wholes = [w for w in wholes if not _MEAN.search(w.label)]  # the mean of its parts, not their sum
        if not wholes:
            continue
        yield from _beside(sentence, n, first, cue, done)
        for group in _apart(wholes, sentence[first:]):
            claim = _judge_readings(passage, group, sentence, first, cue)
            if claim is not None:
                if claim.verdict is not Verdict.UNDECIDABLE:
                    done.update(id(o.quantity) for o in claim.operands[:1])
                yield claim


def _beside(sentence: Sequence[Item], n: int, first: int, cue: Cue, done: set[int]) -> Iterator[Claim]:
    """培训21期、960人次，其中线上10期、468人次，线下11期、482人次: the second figure of each pair has a total of its own."""
    if n < 2 or first + 1 >= len(sentence) or cue.kind not in ("which", "respect", "follows", "includes"):
        return
    head, whole = sentence[first], sentence[n - 1]
    other = sentence[n - 2]
    if (
        kin(whole.q, head.q)
        or not kin(other.q, head.q)
        or whole.q.mark not in ("、", "，")
        or whole.hedged
        or id(whole.q) in done
    ):
        return
    lead = [i for i in sentence[first:] if kin(i.q, head.q)]
    parts = [i for i in sentence[first:] if kin(i.q, whole.q)]
    paired = len(lead) == len(parts) >= 2 and all(
        p.order == x.order + 1 and (whole.q.mark == "、" or len(p.gap) <= 1) for x, p in zip(lead, parts, strict=True)
    )  # 合同31份，金额177.2万元，其中施工类10份44.3万元，…
    if not paired or any(p.hedged or p.role in NOT_A_PART for p in parts) or whole.q.dimension not in ADDITIVE:
        return
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    if outcome.holds or sums_up(other.q.figure, [p.q.figure for p in lead]):
        done.add(id(whole.q))
        yield total_claim(whole, parts, outcome, "paired")


def _summed_back(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """全年收入T，甲A，乙B，丙C，三者相加即为总收入: the words behind the list say what it adds up to."""
    told = _SUMMED.match(passage.text, sentence[-1].q.span.end)
    if told is None or id(sentence[0].q) in done or (told["number"] and parse_chinese(told["number"]) == len(sentence)):
        return  # 按岗位分，甲A、乙B、丙C，三者相加即为总数: all are parts, the whole stands further ahead
    whole, parts = sentence[0], list(sentence[1:])
    if not all(kin(p.q, whole.q) and p.q.depth == whole.q.depth and p.role not in NOT_A_PART for p in parts):
        return
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    done.add(id(whole.q))
    yield total_claim(whole, parts, outcome, "after")


def _first_part(sentence: Sequence[Item], n: int) -> int | None:
    """The first item from n on that can be a part: a count of items announced before the parts is stepped over."""
    for k in range(n, min(n + 3, len(sentence))):
        item = sentence[k]
        if k + 1 < len(sentence) and _weighed(item, sentence[k + 1]):
            continue
        if item.q.dimension in ADDITIVE and item.role not in NOT_A_PART:
            return k
    return None


def _weighed(item: Item, following: Item) -> bool:
    """预算执行（10分）得9.59分: the points to be had stand in a bracket before those that were got."""
    scores = item.q.dimension is Dimension.SCORE and following.q.dimension is Dimension.SCORE
    return scores and item.gap.endswith("（") and following.q.depth < item.q.depth and following.gap.startswith("）")


def _named_before(scene: Scene, passage: Passage, item: Item, part: Item) -> Item | None:
    """项目支出共4个，其中：…: the sentence names its whole, whose figure stands in a paragraph before."""
    start = passage.text.rfind("。", 0, item.q.span.start) + 1
    subject = re.match(
        r"[（\d）、.．\s]*(?:\d{4}年度?|本年度?|全年|我[局委办院中单]位?心?|本部门)*([\u4e00-\u9fff]{4,10}?)(?:共|为|有|包括|的|，|：|总|合)",
        passage.text[start:],
    )
    if subject is None or subject[1] not in _WHOLE_NAMES:
        return None
    index = scene.order[passage.block.index]
    for earlier in reversed(scene.passages[max(0, index - 8) : index]):
        for other in reversed(earlier.items):
            if kin(other.q, part.q) and other.label.endswith(subject[1]) and other.role not in NOT_A_PART and not other.hedged:
                return other
    return None


_WHOLE_NAMES = frozenset(
    [
        "项目支出",
        "基本支出",
        "三公经费",
        "人员经费",
        "公用经费",
        "专项资金",
        "专项经费",
        "项目资金",
        "项目经费",
        "财政拨款收入",
        "机关运行经费",
    ]
)


def _wholes(
    scene: Scene, passage: Passage, sentence: Sequence[Item], before: Sequence[Item], n: int, first: int, cue: Cue
) -> list[Item]:
    part = sentence[first]
    depth = part.q.depth - (1 if cue.bracket else 0)
    same = [
        i
        for i in reversed(sentence[:n])
        if kin(i.q, part.q) and i.q.depth <= depth and i.role not in (Role.STANDARD, Role.DEDUCTED)
    ]
    if cue.kind == "bracketed":
        return [i for i in sentence[n - 1 : n] if kin(i.q, part.q) and i.q.depth == part.q.depth + 1]
    if same and same[0] is sentence[n - 1] and same[0].role in (Role.UP, Role.DOWN) and cue.kind == "includes":
        return same[:1]  # 较上年的A净减B：…: what follows the colon is about B
    if cue.bracket or cue.kind == "bracket":
        return [i for i in same[:1] if i is sentence[n - 1]]
    if cue.kind == "by":
        return _wholes_by(passage, sentence, before, n, first, same)
    if not same and cue.kind in ("which", "follows", "respect", "includes", "listed"):
        same = [i for i in reversed(before) if kin(i.q, part.q) and i.q.depth == 0 and i.role not in NOT_A_PART]
        following = [i for i in sentence[first:] if kin(i.q, part.q) and i.role not in NOT_A_PART]
        if len(same) > 1 and len(following) < 2:
            return []  # one part and several wholes: which one it belongs to is open
        if len(same) > 1:
            # the whole of the sentence before stands before its parts; of budget and expenditure the later one is meant
            same.sort(key=lambda i: (i.role in (Role.SPENT, Role.INCOME), i.q.base), reverse=True)
        if part.q.dimension is Dimension.SCORE and len(same) > 1:
            # of several scores the one that ties, else the one that is said to be scored
            same = [i for i in same if ties(i, sentence[first:])] or [i for i in same if i.role is Role.SCORED][:1]
    if not same and cue.kind in ("which", "follows", "respect", "includes"):
        named = _named_before(scene, passage, sentence[n], part)
        same = [named] if named is not None else []
    if part.role is Role.SCORED:
        same = [i for i in same if i.role is Role.SCORED or re.search(r"得分|总分|总评", i.label)]
    same = _of_people(_without_list_before(sentence, n, same, told=cue.kind in ("respect", "listed")), sentence[first:])
    plain = [i for i in same if i.role not in (Role.UP, Role.DOWN, Role.PRIOR) or (i is sentence[n - 1] and _of_before(i))]
    deltas = [i for i in same[:1] if i.role in (Role.UP, Role.DOWN)]
    return (plain + deltas)[:4]


_VERSUS = re.compile("比|较|同|与|上年|去年|前年|上期")


def _of_before(item: Item) -> bool:
    """2023年末享受补助3246人，包括…: what an earlier year counts, and nothing is compared with."""
    return item.role is Role.PRIOR and _VERSUS.search(item.label) is None


_PRESENT = re.compile(r"实有?$|实有|在职|在编|在岗|现有|在册|实际")


def _of_people(wholes: list[Item], rest: Sequence[Item]) -> list[Item]:
    """编制32名，在职34人，包括行政31人、工勤1人: the parts are people, who are no parts of the posts further ahead."""
    if len(wholes) < 2 or not _PRESENT.search(wholes[0].label) or any("编制" in i.label for i in rest if kin(i.q, wholes[0].q)):
        return wholes
    return [wholes[0], *(w for w in wholes[1:] if "编" not in w.label or _PRESENT.search(w.label))]


def _wholes_by(
    passage: Passage, sentence: Sequence[Item], before: Sequence[Item], n: int, first: int, same: list[Item]
) -> list[Item]:
    """按等级分，…: parallel breakdowns of the paragraph's own whole: the one that ties, else the one of this sentence."""
    part = sentence[first]
    far = [i for i in reversed(passage.items[: sentence[n].order]) if kin(i.q, part.q) and i.role not in NOT_A_PART]
    earlier = passage.text.rfind("。", 0, sentence[n].q.span.start) + 1
    if len(re.findall(r"按[\u4e00-\u9fff]{1,8}?分", passage.text[earlier : sentence[n].q.span.start])) > 1:
        same = []  # the second breakdown of a sentence: the figures before it belong to the first
    if any(ties(i, sentence[first:]) for i in far[:12]):
        return far[:12]
    subject = re.search(
        r"([\u4e00-\u9fff]{2,12})按(?:照)?[\u4e00-\u9fff]{1,8}?分", passage.text[earlier : sentence[n].q.span.start]
    )
    named = [i for i in far[:12] if subject and i.label and subject[1].endswith(i.label[-4:]) and len(i.label) >= 2]
    if len(named) == 1:
        return named  # 其中专业技术人员17人。专业技术人员按职称分：…
    akin = [i for i in before if subject and kin(i.q, part.q) and len(i.label) > 1 and subject[1].startswith(i.label[-2:])]
    if len(akin) == 1:
        return akin  # 收到提案A件，审查立案B件。立案提案按内容分：…
    alone = [i for i in before if kin(i.q, part.q) and i.q.depth == 0 and i.role not in NOT_A_PART]
    if len(alone) > 2 and ties(alone[0], alone[1:]):
        return alone[:1]  # T，其中A、B、C。按等级，…: the sentence before is about T
    if alone and alone[-1] is before[-1] and re.search("合计|共计|总计", alone[-1].gap):
        alone = alone[-1:]  # A件，B件，合计T件。按结果分，…
    own = same[::-1]
    if len(own) > 2 and ties(own[0], own[1:]):
        return own[:1]  # T，其中A、B、C；按等级，…: the same inside one sentence
    chosen = re.search(r"前[一二三四五六七八九十\d]|主要|居|排名|最", sentence[n].gap) is not None
    return same[:1] or (alone if len(alone) == 1 and not chosen else [])


def _without_list_before(sentence: Sequence[Item], n: int, same: list[Item], *, told: bool) -> list[Item]:
    """T，其中A、B、C，由两家承储：D、E: the members of the list right before are no wholes of the next one.

    Where they are all there is, a list that is told one by one (两类需A、B，分别支付C、D) has no whole.
    """
    k = n - 1
    if k < 1 or sentence[k].q.mark != "、":
        return same
    while k > 0 and sentence[k].q.mark == "、":
        k -= 1
    members = [i for i in sentence[k:n] if kin(i.q, sentence[n].q)]
    return [i for i in same if i not in members] or ([] if told and len(members) > 1 else same)


def _apart(wholes: list[Item], rest: Sequence[Item]) -> list[list[Item]]:
    """满分100分，自评95分，其中…: what can be had and what was got are two wholes of one list."""
    weights = [w for w in wholes if w.role is Role.WEIGHT]
    scores = [w for w in wholes if w.role is not Role.WEIGHT]
    if not (weights and scores and scores[0].q.dimension is Dimension.SCORE):
        return [wholes]
    beside = any(i.role is Role.WEIGHT and i.q.depth == rest[0].q.depth for i in rest)
    return [scores, weights] if beside else [scores]


def _signs(whole: Item, parts: Sequence[Item]) -> list[int] | None:
    """Of a rise or a fall the parts count by their own direction: 多出30万元，其中甲多出35万元，乙少用5万元."""
    delta = {Role.UP, Role.DOWN}
    if whole.role not in delta:
        return None
    if all(p.role in delta for p in parts):
        return [1 if p.role is whole.role else -1 for p in parts]
    up = 1 if whole.role is Role.UP else -1
    moved = [direction(p) for p in parts]  # 减少2名（退休3名、新招聘1名）
    return [up * m for m in moved] if all(moved) else None


def _judge_readings(passage: Passage, wholes: list[Item], sentence: Sequence[Item], first: int, cue: Cue) -> Claim | None:
    main: tuple[Item, list[Item], Outcome] | None = None
    head = sentence[first]
    if len(wholes) > 1 and head.role not in NOT_A_PART:
        wholes = [w for w in wholes if w.q.base >= head.q.base] or wholes
    for whole in wholes:
        for parts in readings_of(whole, sentence, first):
            if len(parts) == 1:
                claim = single_part(whole, parts[0], cue)
                if claim is not None and claim.verdict is not Verdict.DISAGREES:
                    return claim
                continue
            figures, signs = [p.q.figure for p in parts], _signs(whole, parts)
            if main is not None and not sums_up(whole.q.figure, figures, signs):
                continue
            outcome = compare_sum(whole.q.figure, figures, signs)
            if outcome.holds:
                if outcome.verdict is Verdict.AGREES or main is None or parts is main[1]:
                    return total_claim(whole, parts, outcome, cue.kind)
            else:
                main = (whole, parts, outcome)
    if main is None:
        single = next(readings_of(wholes[0], sentence, first), [])
        return single_part(wholes[0], single[0], cue) if len(single) == 1 else None
    above = main[0].q.sentence != sentence[0].q.sentence and any(p.q.base > main[0].q.base for p in main[1])
    fixed = v.partition_of([p.label for p in main[1]]) is not None
    if above and chance(main[0].q.figure, [p.q.figure for p in main[1]]) > (_SELDOM if fixed else _RARE):
        return None  # 项目支出A。其中财政拨款支出B: B above A belongs to a whole further ahead
    if main[0].role in (Role.UP, Role.DOWN) and (any(direction(p) for p in main[1]) or "净" in main[0].gap):
        return None  # 净减1人（调出2人、某某1人）: comings and goings whose signs the words do not all tell
    whole, parts, outcome = plainest(main[0], main[1])
    if outcome.cause is None:
        readings = [(w, r) for w in wholes for r in readings_of(w, sentence, first) if len(r) > 1]
        whole, parts, outcome = slipped(readings) or (whole, parts, outcome)
    if cue.kind == "by" and outcome.cause is None:  # 按内容分，A、B；按来源分，C、D
        own = [p for p in parts if p.q.segment == parts[0].q.segment]
        parts = own if len(own) > 1 else parts
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    return judge(passage, whole, parts, outcome, cue)
