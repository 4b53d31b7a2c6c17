"""Totals without a cue: fixed partitions, a whole told before its parts, figures that add up to one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.sums.cues import ADDITIVE, NOT_A_PART
from gouji.claims.sums.judge import NOT_TOLD, open_ended, total_claim
from gouji.claims.sums.signed import moves
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension

_TOTAL_NAME = re.compile(r"总(?:投资|投入|支出|额|收入|成本|费用|规模|量|数|资金)?$|(?:合计|共计|总计)$")
_BY_NAME = (
    "ownership",
    "built",
    "reached",
    "tiers",
    "accidents",
    "ages",
    "stars",
    "quota",
    "scales",
    "sizes",
    "cadres",
)  # told by their names alone
_COUNTED = ("grades", "passes", "handled", "truth", "kinds", "letters", "completion", "ranks", "satisfied", *_BY_NAME)
_OPEN_SETS = ("completion", "ranks", "satisfied", "kinds", "letters")  # whose words also stand where another whole is meant
_LEAST_IN_ORDER = 3
_REST = re.compile(r"余下|其余|剩余|剩下")


def bare_list(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
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
    if any(moves(p) for p in (whole, *parts)):
        return  # 原有A，移出B，补入C is no list of parts
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    gap = abs(outcome.right - whole.q.base)
    told = (
        whole.q.noun.startswith(("中", "里")) or re.match(r"[\u4e00-\u9fff]{0,8}(?:中|里)，", whole.q.noun + "，") is not None
    )
    told = told or _TOTAL_NAME.search(whole.label) is not None
    small = gap * (200 if whole.money else 50) <= whole.q.base and whole.q.base >= 100
    if outcome.holds or small or (told and len(parts) >= 3 and gap * 10 <= whole.q.base):
        done.add(id(whole.q))
        yield total_claim(whole, parts, outcome, "bare", SURE if outcome.holds else LIKELY)


def bare_partitions(passage: Passage, sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """支出T，基本支出A，项目支出B: the labels alone say that A and B make up T."""
    for n, whole in enumerate(sentence):
        if id(whole.q) in done or whole.q.dimension not in (Dimension.MONEY, Dimension.COUNT) or whole.role in NOT_A_PART:
            continue
        parts: list[Item] = []
        for item in sentence[n + 1 :]:
            if not kin(item.q, whole.q) or item.role in NOT_A_PART:
                continue
            if item.q.depth != whole.q.depth:
                continue
            if v.partition_of([p.label for p in [*parts, item]]) is None and parts:
                break
            parts.append(item)
        rest = [i for i in sentence[n + 1 :] if kin(i.q, whole.q) and i not in parts and i.q.depth == whole.q.depth]
        if rest and len(parts) >= 2 and _REST.search(rest[0].gap):
            parts.append(rest[0])  # …，余下7份为差
            rest = rest[1:]
            name: str | None = "grades" if v.partition_of([p.label for p in parts[:-1]]) == "grades" else None
        else:
            name = v.partition_of([p.label for p in parts]) if len(parts) >= 2 else None
        if name not in (("expenditure", "basic", "vehicles", "classes", "payments") if whole.money else _COUNTED):
            continue
        if v.partition_of([whole.label, *(p.label for p in parts)]) == name:
            continue  # the first figure is a part itself
        if whole.money and not next(w for p, w, _ in v.PARTITIONS if p == name).search(whole.label):
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
        if any(i.hedged for i in (whole, *parts)) or _rest_untold(passage, name, whole, parts, outcome):
            continue
        if (
            not outcome.holds
            and outcome.cause is not TRANSPOSED
            and (name in _OPEN_SETS or not whole.money)
            and abs(outcome.right - whole.q.base) * 2 > max(whole.q.base, outcome.right)
        ):
            continue
        if not outcome.holds and (rest or parts[0].order - whole.order > 1 or {p.role for p in parts} != {parts[0].role}):
            continue
        done.add(id(whole.q))
        sure = LIKELY if not outcome.holds and name in _BY_NAME else SURE
        yield total_claim(whole, parts, outcome, "partition", sure)


_ASPECT = re.compile(
    r"(?:^|。)\s?(?:按|从|在)?(?:学历|文化程度|年龄|性别|职称|岗位|学位)(?:结构|构成|方面|分布|层次)?(?:来?看|上|方面)?，[^，。；：\d]{0,6}$"
)
_OF_EACH = re.compile("各|每")


def aspects(sentence: Sequence[Item], before: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """50人分布在…。学历方面，本科12人，专科41人: kinds that exclude one another are no more than all of the sentence before."""
    if not before or not _ASPECT.search(sentence[0].gap) or sentence[0].hedged:
        return
    run = [sentence[0]]
    for item in sentence[1:]:
        apart = (
            item.q.segment != run[0].q.segment
            or not kin(item.q, run[0].q)
            or v.partition_of([i.label for i in (*run, item)]) is None
        )
        if apart or item.hedged:
            break
        run.append(item)
    wholes = [
        i for i in before if kin(i.q, run[0].q) and not i.hedged and not _OF_EACH.search(i.label) and i.role not in NOT_A_PART
    ]
    whole = max(wholes, key=lambda i: i.q.base, default=None)
    if whole is None or len(run) < 2 or id(whole.q) in done:
        return
    outcome = compare_sum(whole.q.figure, [i.q.figure for i in run])
    if outcome.holds or outcome.right > whole.q.base:
        done.add(id(whole.q))
        yield total_claim(whole, run, outcome, "partition", SURE if outcome.holds else LIKELY)


_UNTOLD = re.compile(r"[，；](?:其余|其他|余下|剩余|剩下)的?[^，。；\d]{0,16}(?:[，。；]|$)")


def _rest_untold(passage: Passage, name: str | None, whole: Item, parts: Sequence[Item], outcome: Outcome) -> bool:
    """收回184份，其中满意150份、比较满意31份; 满意330份、一般60份，余为空白卷: the rest is not told."""
    if name in v.IN_ORDER and outcome.right < whole.q.base and ("其中" in parts[0].gap or len(parts) < _LEAST_IN_ORDER):
        return True  # 其中一类坝12座、二类坝15座: there may be a third
    some = name == "satisfied" and "其中" in parts[0].gap and outcome.right < whole.q.base
    beside = name in _BY_NAME and _REST.search(parts[-1].after) is not None  # 公办A，占47%；民办B，占43%，其余为…
    if some or beside or NOT_TOLD.match(parts[-1].after) is not None:
        return True
    behind = passage.text[parts[-1].q.span.end :].partition("。")[0]
    return not outcome.holds and _UNTOLD.search(behind) is not None  # 两者占87.8%，其余事项跨年办理


def implicit(passage: Passage, done: set[int]) -> Iterator[Claim]:
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
            if whole.q.base >= 10 and sum(p.q.base for p in parts) == whole.q.base:
                done.add(id(whole.q))
                yield total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "implicit")
                break
