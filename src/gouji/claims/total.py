"""Totals in running text: a stated figure and the parts that make it up.

Ties `T，其中：A、B`, `T（A、B）`, `T，分别为`, `T，具体如下：`, fixed partitions without a cue (基本支出 + 项目支出), and
`A、B，合计T`. Where several readings of the parts are possible (nested 其中, segments divided by ；, budgets beside
expenditures), the one that ties is taken; where none ties, the plainest one is judged by how surely the parts are exhaustive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension

NOT_A_PART = {Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED}
WEIGHTY = re.compile(r"满分|分值|权重|总分值")
ADDITIVE = {Dimension.MONEY, Dimension.COUNT, Dimension.SCORE, Dimension.MEASURE}
_HEAD_CUE = re.compile(rf"(?:^|[，；：。（、]\s*|其中[^，；：。]{{0,6}}[，：])(?:{v.CUE.pattern})")
_SUM_AFTER = re.compile(
    r"^[，；、。（：\s]*(?:以上|上述|前述|这)?[\u4e00-\u9fff、]{0,8}?(?:合计|共计|总计|总共|一共|相加|加总|加起来|合起来)[\u4e00-\u9fff]{0,6}$"
    r"|^[，；](?:全[局系院县区市校馆委镇乡站所会]|合|总|在职|以上|上述)[\u4e00-\u9fff]{0,10}共(?:有)?$"
    r"|^[，；。]?(?:以上|上述|前述|[两二三四五六七八九十]+(?:项|个|类|批|部分)[\u4e00-\u9fff]{0,4})[^，。；]{0,10}(?:共|合计|总计|合共)[\u4e00-\u9fff]{0,5}$"
)
_APART = re.compile(r"[，；（]\s?(?:另有|另外|另|此外|还有|不含)")
_VAGUE = {"有", "涉及", "由", "分", "即", "含", "系", "如"}
_REST = re.compile(r"其余|其他|其它|剩余|另")
_FUNCTION = re.compile(
    r"(?:一般公共服务|社会保障和就业|卫生健康|住房保障|农林水|教育|科学技术|公共安全|城乡社区|交通运输|节能环保|文化旅游体育与传媒|灾害防治及应急管理|自然资源海洋气象等)(?:支出|类)"
)


def find(scene: Scene) -> Iterator[Claim]:
    """Every total of the running text."""
    for passage in scene.passages:
        done: set[int] = set()
        for n, sentence in enumerate(passage.sentences):
            before = passage.sentences[n - 1] if n else []
            yield from _announced(scene, passage, sentence, before, done)
            yield from _bare_partitions(sentence, done)
            yield from _after(sentence, before, done)
            yield from _bare_list(passage, sentence, done)
        yield from _implicit(passage, done)


# ---- T, cue, parts ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cue:
    """A cue before item `first`: its kind, whether its list is open-ended, and whether it opens a bracket behind the total."""

    kind: str
    first: int
    bracket: bool


def _cue_before(passage: Passage, sentence: Sequence[Item], n: int) -> _Cue | None:
    item = sentence[n]
    gap = item.gap.rpartition("。")[2]
    which = gap.rfind("其中")
    if which >= 0:
        mainly = re.search(r"其中[：，]?(?:主要|重点|如|用于)", gap)
        return _Cue(
            "mainly" if mainly else "which", n, "（" in gap[:which] and gap.rfind("）", 0, which) < gap.rfind("（", 0, which)
        )
    best = None
    for match in _HEAD_CUE.finditer(gap):
        kind = match.lastgroup
        if (
            best is None
            or kind == "mainly"
            or (best[best.lastgroup or 0] in _VAGUE and kind is not None and match[kind] not in _VAGUE)
        ):
            best = match
        if kind == "mainly":
            break
    if best is None and re.search(r"(?:分别为|分别是|依次为|依次是)：?$", gap):
        return _Cue("listed", n, bracket=False)
    if best is None or best.lastgroup is None:
        if gap.startswith("（") and n and item.q.depth > sentence[n - 1].q.depth:
            return _Cue("bracket", n, bracket=True)
        return None
    kind = best.lastgroup
    word = best[kind]
    if word == "由" and _composed(passage, sentence, n):
        return _Cue("respect", n, bracket=False)
    if word in _VAGUE:
        if not (word in ("含", "即") and gap.startswith("（")):
            return None
        kind = "mainly" if word == "含" else kind
    if word == "：" and not gap.startswith("："):
        return None
    return _Cue(kind, n, "（" in gap[: best.start() + 1] and "）" not in gap)


def _composed(passage: Passage, sentence: Sequence[Item], n: int) -> bool:
    """由A、B和C组成: whether the list that begins at item n closes with 组成 or 构成."""
    last = sentence[n]
    for item in sentence[n + 1 :]:
        if item.q.clause != last.q.clause or not kin(item.q, sentence[n].q):
            break
        last = item
    return re.match(r"[\u4e00-\u9fff（）]{0,14}?(?:组成|构成|承担|解决|安排)", passage.text[last.q.span.end :]) is not None


def _announced(
    scene: Scene, passage: Passage, sentence: Sequence[Item], before: Sequence[Item], done: set[int]
) -> Iterator[Claim]:
    for n, item in enumerate(sentence):
        cue = _cue_before(passage, sentence, n)
        if cue is None or item.q.dimension not in ADDITIVE | {Dimension.PERCENT, Dimension.BARE}:
            continue
        first = _first_part(sentence, n)
        if first is None:
            continue
        wholes = _wholes(scene, passage, sentence, before, n, first, cue)
        wholes = [w for w in wholes if id(w.q) not in done or w.q.dimension is not Dimension.SCORE]
        if not wholes:
            continue
        claim = _judge_readings(passage, wholes, sentence, first, cue)
        if claim is not None:
            if claim.verdict is not Verdict.UNDECIDABLE:
                done.update(id(o.quantity) for o in claim.operands[:1])
            yield claim


def _first_part(sentence: Sequence[Item], n: int) -> int | None:
    """The first item from n on that can be a part: a count of items announced before the parts is stepped over."""
    for k in range(n, min(n + 3, len(sentence))):
        item = sentence[k]
        if item.q.dimension in ADDITIVE and item.role not in NOT_A_PART:
            return k
    return None


def _ties(whole: Item, rest: Sequence[Item]) -> bool:
    parts = [i for i in rest if kin(i.q, whole.q) and i.role not in NOT_A_PART]
    return any(compare_sum(whole.q.figure, [p.q.figure for p in parts[:k]]).holds for k in range(len(parts), 1, -1))


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
    scene: Scene, passage: Passage, sentence: Sequence[Item], before: Sequence[Item], n: int, first: int, cue: _Cue
) -> list[Item]:
    part = sentence[first]
    depth = part.q.depth - (1 if cue.bracket else 0)
    same = [
        i
        for i in reversed(sentence[:n])
        if kin(i.q, part.q) and i.q.depth <= depth and i.role not in (Role.STANDARD, Role.DEDUCTED)
    ]
    if cue.bracket or cue.kind == "bracket":
        return [i for i in same[:1] if i is sentence[n - 1]]
    if cue.kind == "by":
        # parallel breakdowns of the paragraph's own whole: the one that ties, else the one of this sentence
        far = [i for i in reversed(passage.items[: sentence[n].order]) if kin(i.q, part.q) and i.role not in NOT_A_PART]
        return far[:12] if any(_ties(i, sentence[first:]) for i in far[:12]) else same[:1]
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
            same = [i for i in same if _ties(i, sentence[first:])] or [i for i in same if i.role is Role.SCORED][:1]
    if not same and cue.kind in ("which", "follows", "respect", "includes"):
        named = _named_before(scene, passage, sentence[n], part)
        same = [named] if named is not None else []
    if part.role is Role.SCORED:
        same = [i for i in same if i.role is Role.SCORED or re.search(r"得分|总分|总评", i.label)]
    plain = [i for i in same if i.role not in (Role.UP, Role.DOWN, Role.PRIOR)]
    deltas = [i for i in same[:1] if i.role in (Role.UP, Role.DOWN)]
    return (plain + deltas)[:4]


def _readings(passage: Passage, whole: Item, sentence: Sequence[Item], first: int) -> list[list[Item]]:
    """The ways to read which figures are the parts of `whole`, the plainest first."""
    head = sentence[first]
    region: list[Item] = []
    for item in sentence[first:]:
        if item.q.depth < head.q.depth or (region and (_SUM_AFTER.match(item.gap) or _APART.search(item.gap))):
            break
        if region and item.q.dimension is Dimension.SCORE and item.gap in ("，共", "；共"):
            break
        if item.q.depth == head.q.depth and kin(item.q, whole.q):
            region.append(item)
    base = [i for i in region if i.role not in NOT_A_PART] if whole.role not in (Role.UP, Role.DOWN) else region
    if not base:
        return []
    if whole.q.dimension is Dimension.SCORE:
        weights = whole.role is Role.WEIGHT
        base = [i for i in base if (i.role is Role.WEIGHT) == weights] or base
    readings = [base]
    segment = [i for i in base if i.q.segment == head.q.segment]
    firsts = _first_of_each(base)
    nested = _without_nested(sentence, base)
    same_role = [i for i in base if i.role is whole.role]
    spent = [i for i in base if i.role is Role.SPENT]
    budget = [i for i in base if i.role is Role.BUDGET]
    cut = _until_next_whole(sentence, base)
    bracket = _in_bracket(sentence, whole, first)
    if bracket and base:
        readings += [[*bracket, *[i for i in base if i.role is not Role.SPENT]], [*bracket, *base]]
    for reading in (nested, cut, segment, firsts, same_role, spent, budget):
        if len(reading) >= 2 and reading not in readings:
            readings.append(reading)
    for k in range(len(base) - 1, 1, -1):
        if base[:k] not in readings and _breaks(base, k):
            readings.append(base[:k])
    return readings


def _breaks(base: Sequence[Item], k: int) -> bool:
    """Whether a list may end before its item k: the marks change there, or other words or figures come between."""
    before, here = base[k - 1], base[k]
    if here.order - before.order > 1 or here.q.segment != before.q.segment:
        return True
    marks = {i.q.mark for i in base[1:k]}
    return here.q.mark not in marks or re.search(r"另|其中|此外|还|同时|比|较|年|除", here.gap) is not None


def _in_bracket(sentence: Sequence[Item], whole: Item, first: int) -> list[Item]:
    """预算580万元（含上年结转46.20万元），其中…: what the bracket behind the whole sets apart counts as a part."""
    at = sentence.index(whole) if whole in sentence else -1
    if at < 0:
        return []
    return [
        i
        for i in sentence[at + 1 : first]
        if i.q.depth > whole.q.depth and kin(i.q, whole.q) and re.search(r"（(?:含|其中)", i.gap)
    ]


def _first_of_each(base: Sequence[Item]) -> list[Item]:
    seen: set[int] = set()
    out = []
    for item in base:
        if item.q.segment not in seen:
            seen.add(item.q.segment)
            out.append(item)
    return out


def _without_nested(sentence: Sequence[Item], base: Sequence[Item]) -> list[Item]:
    """The parts without those that a second 其中 or 包括 breaks down, up to the next ；."""
    out: list[Item] = []
    skip_segment: int | None = None
    for n, item in enumerate(base):
        inner = n > 0 and re.search(r"其中|[，：（]\s*(?:包括|含|分别为)", item.gap) is not None
        if inner:
            skip_segment = item.q.segment
        if skip_segment is not None and item.q.segment == skip_segment:
            continue
        out.append(item)
    return out


def _until_next_whole(sentence: Sequence[Item], base: Sequence[Item]) -> list[Item]:
    """The parts up to the figure that the next 其中 breaks down, when that figure begins another statement."""
    for n, item in enumerate(base):
        if n > 1 and "其中" in item.gap:
            return list(base[: n - 1])
    return list(base)


def _judge_readings(passage: Passage, wholes: list[Item], sentence: Sequence[Item], first: int, cue: _Cue) -> Claim | None:
    main: tuple[Item, list[Item], Outcome] | None = None
    for whole in wholes:
        for parts in _readings(passage, whole, sentence, first):
            if len(parts) == 1:
                claim = _single(whole, parts[0], cue)
                if claim is not None and claim.verdict is not Verdict.DISAGREES:
                    return claim
                continue
            outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
            if outcome.holds:
                if outcome.verdict is Verdict.AGREES or main is None or parts is main[1]:
                    return _claim(whole, parts, outcome, cue.kind)
            elif main is None:
                main = (whole, parts, outcome)
    if main is None:
        single = _readings(passage, wholes[0], sentence, first)
        return _single(wholes[0], single[0][0], cue) if single and len(single[0]) == 1 else None
    return _judge(passage, *_plainest(passage, main, wholes, sentence, first), cue)


def _plainest(
    passage: Passage, main: tuple[Item, list[Item], Outcome], wholes: list[Item], sentence: Sequence[Item], first: int
) -> tuple[Item, list[Item], Outcome]:
    """Among readings that do not tie, the one an auditor would take: parts of the whole's own role, without nested ones."""
    whole, base, _ = main
    roles = {i.role for i in base}
    candidates = [base]
    cut = _until_next_whole(sentence, base)
    if 2 <= len(cut) < len(base):
        candidates.insert(0, cut)
        base = cut
    if whole.role is Role.BUDGET and Role.SPENT in roles and any(i.role not in (Role.SPENT, Role.BUDGET) for i in base):
        candidates.insert(0, [i for i in base if i.role is not Role.SPENT])
    elif {Role.BUDGET, Role.SPENT} <= roles:
        role = whole.role if whole.role in roles else Role.BUDGET
        candidates.insert(0, [i for i in base if i.role is role])
    nested = _without_nested(sentence, base)
    if len(nested) >= 2 and len(nested) < len(base):
        candidates.insert(0, nested)
    parts = candidates[0] if len(candidates[0]) >= 2 else base
    return whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts])


def _claim(whole: Item, parts: Sequence[Item], outcome: Outcome, shape: str, confidence: float = SURE) -> Claim:
    kind = ClaimKind.TOTAL
    if whole.q.dimension is Dimension.SCORE:
        weights = whole.role is Role.WEIGHT or all(p.role is Role.WEIGHT for p in parts)
        kind = ClaimKind.WEIGHT_TOTAL if weights else ClaimKind.SCORE_TOTAL
    return claim_of(kind, whole, [("part", p) for p in parts], outcome, shape=shape, confidence=confidence)


def _single(whole: Item, part: Item, cue: _Cue) -> Claim | None:
    """One part only: it may not exceed its whole; a rest that is not named is no fault."""
    if whole.hedged or part.hedged or whole.role in (Role.UP, Role.DOWN) or cue.kind in ("respect", "follows"):
        return None
    outcome = compare_sum(whole.q.figure, [part.q.figure])
    if outcome.holds:
        return _claim(whole, [part], outcome, "of_which")
    if part.q.base > whole.q.base and cue.kind == "which" and _same_measure(whole, part):
        above = replace(outcome, right=whole.q.base, computed=f"不超过{whole.q.raw}", formula=f"{part.q.raw} > {whole.q.raw}")
        sure = SURE if whole.money else LIKELY
        return claim_of(ClaimKind.TOTAL, part, [("whole", whole)], above, shape="part_exceeds", confidence=sure)
    return None


def _same_measure(whole: Item, part: Item) -> bool:
    if {whole.role, part.role} == {Role.BUDGET, Role.SPENT} or (part.role is Role.BUDGET and whole.role is not Role.BUDGET):
        return False
    if part.role in (Role.OPENING, Role.LEFT):
        return False
    return whole.money or whole.q.figure.unit.symbol == part.q.figure.unit.symbol


def _judge(passage: Passage, whole: Item, parts: Sequence[Item], outcome: Outcome, cue: _Cue) -> Claim | None:
    """How sure is it that these parts were meant to make up the whole?"""
    claim = _claim(whole, parts, outcome, cue.kind)
    if whole.hedged or any(p.hedged for p in parts):
        return undecidable(claim, "含约数，不能精确加总", "hedged figures do not add exactly")
    closed = parts[-1].order + 1 < len(passage.items) and _SUM_AFTER.match(passage.items[parts[-1].order + 1].gap)
    if cue.kind == "mainly" or closed or open_ended(passage, parts):
        return undecidable(claim, "所列只是主要部分", "the list names the main parts only")
    labels = [p.label for p in parts]
    if not all(labels) and cue.kind not in ("respect",) and cue.kind in ("which", "bracket"):
        return undecidable(claim, "有分项未说明名称", "a part has no name")
    if any(p.role is not parts[0].role and Role.LEFT in (p.role, parts[0].role) for p in parts):
        return undecidable(claim, "分项口径不一", "the parts are of different kinds")
    sure = exhaustive(whole, parts, outcome, cue.kind)
    if sure is None:
        return undecidable(claim, "“其中”所列未必是全部", "the list after 其中 need not be complete")
    return _claim(whole, parts, outcome, cue.kind, sure)


def open_ended(passage: Passage, parts: Sequence[Item]) -> bool:
    """Whether 等 closes the list, or a part's words say 主要."""
    last = parts[-1].q.span.end
    return bool(v.NOT_EXHAUSTIVE.match(passage.text[last : last + 6].lstrip("）”’ ")))


def exhaustive(whole: Item, parts: Sequence[Item], outcome: Outcome, kind: str) -> float | None:
    """Confidence that the parts were meant to be all of the whole, from cue, labels and the size of what is missing."""
    labels = [p.label for p in parts]
    short = whole.q.base - outcome.right  # positive: the parts do not reach the whole
    share = abs(short) / whole.q.base if whole.q.base else 1
    fixed = v.partition_of(labels)
    count = whole.q.dimension is Dimension.COUNT
    if count and outcome.cause in (TRANSPOSED,) and len(str(int(whole.q.base))) >= 3:
        return SURE
    if fixed is not None:
        return SURE if not count or fixed in ("posts", "staff", "retired", "sexes") else LIKELY
    if kind in ("follows", "respect", "by") or (kind in ("includes", "bracket") and len(parts) >= 2):
        return SURE if share <= 1 and (not count or len(parts) >= 2) else LIKELY
    if kind == "after":
        return SURE
    if kind == "listed":
        return LIKELY if (outcome.cause is not None and not count) or share * 50 <= 1 else None
    if outcome.cause is not None and not count:
        return SURE
    if short < 0:
        if not count:
            return SURE
        if len(parts) >= 3 and share <= Decimal("0.05"):
            return LIKELY if whole.q.figure.unit.symbol in v.PEOPLE else SURE
        return LIKELY if len(parts) >= 3 and _parallel(labels) else None
    if any(_FUNCTION.search(label) for label in labels):
        return None
    if any("其他" in label for label in labels):
        return SURE if not count else LIKELY
    if count:
        near = share <= Decimal("0.1") or (abs(short) <= 1 and whole.q.base <= 15)
        return LIKELY if len(parts) >= 3 and near else None
    if whole.q.dimension is Dimension.SCORE:
        return SURE
    if len(parts) >= 3:
        return SURE if share <= 0.1 else (LIKELY if share <= 0.25 else None)
    return LIKELY if share <= 0.1 else None


def _parallel(labels: Sequence[str]) -> bool:
    return all(labels) and len({label[-1] for label in labels}) == 1


def _bare_list(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """教职工638人，专任教师486人，行政人员82人，…。: a whole and its parts told without a cue, to the end of the sentence.

    Tied when they agree; accused only when the sum misses by so little, or by such a slip, that no chance explains it.
    """
    if (
        len(sentence) < 4
        or id(sentence[0].q) in done
        or "其中" in sentence[0].gap
        or any(i.hedged or i.q.depth for i in sentence)
    ):
        return
    whole, parts = sentence[0], list(sentence[1:])
    if whole.q.dimension not in (Dimension.MONEY, Dimension.COUNT) or any(not kin(p.q, whole.q) or not p.label for p in parts):
        return
    if "分别" in whole.gap or "分别" in whole.label or parts[0].q.mark == "、":
        return
    if len({p.role for p in parts}) > 1 or parts[0].role in NOT_A_PART or len({p.q.mark for p in parts[1:]}) > 1:
        return
    if id(parts[-1].q) in done or open_ended(passage, parts) or any(re.search("其中|另|还", p.gap) for p in parts):
        return
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    gap = abs(outcome.right - whole.q.base)
    if outcome.holds or (gap * (200 if whole.money else 50) <= whole.q.base and whole.q.base >= 100):
        done.add(id(whole.q))
        yield _claim(whole, parts, outcome, "bare", SURE if outcome.holds else LIKELY)


# ---- partitions without a cue, and totals after their parts ---------------------------------------------------------------------


def _bare_partitions(sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """支出T，基本支出A，项目支出B: the labels alone say that A and B make up T."""
    for n, whole in enumerate(sentence):
        if id(whole.q) in done or whole.q.dimension not in (Dimension.MONEY, Dimension.COUNT) or whole.role in NOT_A_PART:
            continue
        parts = []
        for item in sentence[n + 1 :]:
            if not kin(item.q, whole.q) or item.role in NOT_A_PART:
                continue
            if item.q.depth != whole.q.depth:
                continue
            if v.partition_of([p.label for p in [*parts, item]]) is None and parts:
                break
            parts.append(item)
        name = v.partition_of([p.label for p in parts]) if len(parts) >= 2 else None
        if name not in (("expenditure", "basic", "vehicles") if whole.money else ("grades", "passes", "handled")):
            continue
        if v.partition_of([whole.label, *(p.label for p in parts)]) == name:
            continue  # the first figure is a part itself
        if whole.money and not next(w for p, w, _ in v.PARTITIONS if p == name).search(whole.label):
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
        if any(i.hedged for i in (whole, *parts)):
            continue
        if not outcome.holds and (parts[0].order - whole.order > 1 or {p.role for p in parts} != {parts[0].role}):
            continue
        done.add(id(whole.q))
        yield _claim(whole, parts, outcome, "partition")


def _closes(whole: Item, before: Sequence[Item]) -> bool:
    """Whether the words before a figure say that it sums up what stands before it."""
    gap = whole.gap
    if gap and gap[0] not in "，；、。（：" and before and before[-1].order == whole.order - 1 and not before[-1].money:
        return False  # 380套共计5.51万元 is a product
    if _SUM_AFTER.match(gap.lstrip("。")):
        return True
    if whole.q.dimension is Dimension.SCORE and re.search(r"[，；]共$", gap):
        return True
    if whole.q.dimension is Dimension.SCORE and re.search(
        r"[，；](?:自评|评价|最终|综合)?(?:总分|总得分|总评分)(?:为|是)?$", gap
    ):
        return sum(1 for i in before if i.role is not Role.WEIGHT and i.q.dimension is Dimension.SCORE) >= 3
    if re.search(r"^[，；]共(?:有|建|完成|发放|投入)?$", gap) and len(before) >= 3:
        tail = before[-3:]
        joined = all(i.q.mark == "、" for i in tail[1:])
        return joined and (_parallel([i.label for i in tail]) or v.partition_of([i.label for i in tail]) is not None)
    if re.search(r"^[，；]共$", gap) and before and re.search(r"分别(?:为|是|有)?$", _list_head(before)):
        return True
    if re.search(r"^[，；]全年(?:累计|合计|共|总计)?[\u4e00-\u9fff]{0,4}$", gap):
        return (
            v.partition_of([i.label for i in before[-2:]]) == "halves"
            or v.partition_of([i.label for i in before[-4:]]) == "quarters"
        )
    batches = sum(1 for i in before if re.search(r"第[一二三四五六七八九十\d]+(?:批|期|季度|阶段|轮|次)", i.label))
    return batches >= 2 and re.search(r"^[，；](?:累计|全年|共)[\u4e00-\u9fff]{0,6}$", gap) is not None


def _tight_list(before: Sequence[Item]) -> list[Item]:
    """The last figures that stand in one list divided by 、 only."""
    out = list(before[-1:])
    for item in reversed(before[:-1]):
        if out[0].q.mark != "、" and out[0].gap.strip() not in ("和", "及"):
            break
        out.insert(0, item)
    return out


def _list_head(before: Sequence[Item]) -> str:
    """The words before the first figure of the list that ends with the last of `before`."""
    first = before[-1]
    for item in reversed(before[:-1]):
        if not re.fullmatch(r"\s*[、和及与，]\s*", first.gap):
            break
        first = item
    return first.gap


def _after(sentence: Sequence[Item], previous: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """A、B，合计T."""
    for n, whole in enumerate(sentence):
        if (
            id(whole.q) in done
            or whole.q.dimension not in ADDITIVE
            or whole.role is Role.DEDUCTED
            or not _closes(whole, sentence[:n])
        ):
            continue
        if _REST.search(whole.gap):
            continue
        head = sentence[:n] if n else previous
        if whole.role in (Role.UP, Role.DOWN):
            yield from _deltas(whole, head, done)
            continue
        before = [i for i in head if kin(i.q, whole.q) and i.q.depth == whole.q.depth and i.role not in NOT_A_PART]
        if whole.q.dimension is Dimension.SCORE:
            scored = [i for i in before if i.role is not Role.WEIGHT]
            before = scored if whole.role is not Role.WEIGHT and len(scored) >= 2 else before
        tight = _tight_list(before)
        readings = [tight] if whole.q.dimension is Dimension.SCORE and len(tight) >= 2 else []
        readings += [before, [i for i in before if i.q.segment == whole.q.segment], _first_of_each(before)]
        readings += [before[k:] for k in range(1, len(before) - 1)]
        readings = [r for r in readings if len(r) >= 2]
        if not readings:
            continue
        outcomes = [(r, compare_sum(whole.q.figure, [p.q.figure for p in r])) for r in readings]
        best = next(((r, o) for r, o in outcomes if o.verdict is Verdict.AGREES), None)
        best = best or next(((r, o) for r, o in outcomes if o.holds), outcomes[0])
        parts, outcome = best
        claim = _claim(whole, parts, outcome, "after")
        if not outcome.holds:
            cued = any(_HEAD_CUE.search(i.gap) or "其中" in i.gap for i in sentence[n + 1 : n + 2])
            named = all(p.label for p in parts) or not any(p.label for p in parts[1:])
            plain = named and not any(p.hedged for p in (*parts, whole)) and len({p.role for p in parts}) == 1
            if cued or not plain:
                continue
            claim = _claim(whole, parts, outcome, "after", SURE if whole.money else LIKELY)
        done.add(id(whole.q))
        yield claim


def _deltas(whole: Item, before: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """人员经费增加A、公用经费减少B，合计增加C: signed parts of a net change."""
    parts = [i for i in before if kin(i.q, whole.q) and i.role in (Role.UP, Role.DOWN)]
    if len(parts) < 2 or any(i.hedged for i in (whole, *parts)):
        return
    up = 1 if whole.role is Role.UP else -1
    signs = [up if i.role is Role.UP else -up for i in parts]
    done.add(id(whole.q))
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts], signs)
    yield _claim(whole, parts, outcome, "net_change")


def _implicit(passage: Passage, done: set[int]) -> Iterator[Claim]:
    """Figures of one sentence that add up to a figure of the sentences before, with no cue: tied when they agree, else nothing."""
    for n, sentence in enumerate(passage.sentences):
        run = [i for i in sentence if i.q.dimension in ADDITIVE and i.role not in NOT_A_PART and not i.hedged]
        if len(run) < 2:
            continue
        earlier = [i for s in passage.sentences[max(0, n - 2) : n] for i in s] + run[:1]
        for whole in reversed(earlier):
            if id(whole.q) in done or whole.hedged or whole.q.dimension not in ADDITIVE:
                continue
            parts = [i for i in run if i is not whole and kin(i.q, whole.q)]
            if len(parts) < 2 or any(id(p.q) in done for p in parts):
                continue
            if len(parts) < 3 and (whole.q.figure.places == 0 or whole.q.dimension is Dimension.COUNT):
                continue
            outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
            if outcome.verdict is Verdict.AGREES and outcome.shape == "" and whole.q.base >= 10:
                done.add(id(whole.q))
                yield _claim(whole, parts, outcome, "implicit")
                break
