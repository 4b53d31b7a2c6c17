"""Points lost: what an indicator is said to have lost against its score, and lists of losses against the total score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY, claim_of, in_points
from gouji.claims.scene import Scene
from gouji.claims.scores.score_levels import NEAR, Level, style_of
from gouji.claims.scores.told import Loss, Told
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED, plain


def find(scene: Scene, told: Sequence[Told], levels: Sequence[Level]) -> Iterator[Claim]:
    """Every statement of points lost that the scores beside it, or elsewhere in the report, decide."""
    parents = {id(e.of) for t in told for e in t.entries if e.of is not None}
    for level in levels:
        yield from _less(level, parents)
    named = list(_named_losses(levels, [loss for t in told for loss in t.losses]))
    yield from named
    yield from _split(told, {c.operands[0].span for c in named if c.verdict is Verdict.AGREES})
    yield from _loss_lists(scene, told)


def _less(level: Level, parents: AbstractSet[int]) -> Iterator[Claim]:
    """效益30分，扣2分，得28.5分: what an indicator lost is what its score lacks.

    `parents` are the indicators that others are broken out of, by id(): which of them lost the points is not said.
    """
    for entry in level.entries:
        weight, score = entry.weight, entry.score
        if weight is None or score is None or not entry.lost or score is weight:
            continue
        lost = sum((q.base for q in entry.lost), Decimal(0))
        if len(entry.lost) > 2 and any(q.base * 2 == lost for q in entry.lost):
            lost /= 2  # 产出扣1.8分，效益扣2.3分，满意度扣3.1分，累计扣7.2分: told once more as a sum
        value = weight.base - lost
        if value != score.base and (entry.of is not None or id(entry) in parents):
            continue
        if value < score.base and score.span.start < entry.lost[0].span.start < weight.span.start:
            continue  # 原评18分，复核后扣3分调为15分，该项分值20分: points lost after that score was given
        if value <= score.base:
            formula = f"{plain(weight.base)} - " + " - ".join(plain(q.base) for q in entry.lost) + f" = {plain(value)}"
            others = [("weight", weight), *(("deducted", q) for q in entry.lost)]
            yield _claim(score, others, value, formula, "less")


def _claim(stated: Quantity, others: Sequence[tuple[str, Quantity]], value: Decimal, formula: str, shape: str) -> Claim:
    return claim_of(ClaimKind.SCORE_TOTAL, stated, others, in_points(stated, value, formula), shape=shape, confidence=LIKELY)


_OF_ALL = re.compile(r"(?:(?:类|一级|二级)?指标|类|方面|部分|一?项|维度|环节)*(?:$|共|累计|合计|因|由于|受)")
_SOME = re.compile(r"主要|其中|包括|之一|等|各|分别")


def _named_losses(levels: Sequence[Level], losses: Sequence[Loss]) -> Iterator[Claim]:
    """产出质量扣1.2分 in the words, 20分 and 18.8分 in the list: what an indicator is said to have lost is what its score lacks."""
    for level in levels:
        for entry in level.entries:
            weight, score = entry.weight, entry.score
            if weight is None or score is None or entry.lost:
                continue
            found = [loss for loss in losses if _is_of(loss.label, entry.name)]
            if len(found) != 1 or _SOME.search(found[0].label):
                continue
            lost, gap = found[0].q, weight.base - score.base
            formula = f"{plain(weight.base)} - {plain(score.base)} = {plain(gap)}"
            yield _claim(lost, [("weight", weight), ("part", score)], gap, formula, "lost")


def _is_of(label: str, name: str) -> bool:
    core = re.sub(r"(?:类|一级|二级)?指标$|类$|情况$", "", name)
    return len(core) >= 2 and label.startswith(core) and _OF_ALL.match(label[len(core) :]) is not None


# ---- losses split ----------------------------------------------------------------------------------------------------------------

_ALONE = re.compile(  # 扣分共3.8分, 总共扣了4.5分, 丢5.2分
    r"(?:^|[，。；：])(?:其)?(?:总共|一共|合计|累计|共计?|全部|四项|各项)?(?:被)?(?:扣|失|丢)(?:分|掉|了|去|的)*(?:共计?|合计|总计|一共)?(?:为|是)?$"
)
_PARTLY = re.compile("主要|等|之一|包括")


def _split(told: Sequence[Told], proven: set[Span]) -> Iterator[Claim]:
    """效益少得的2.5分，一是…扣1.5分；二是…扣1分: what a loss is split into; 扣分共3.8分，分别是…: what the total lacks of a hundred."""
    total: Quantity | None = None
    for t in told:
        totals = {w.q.base: w.q for w in t.wholes if not w.weight and w.q.base > HUNDRED / 2}
        for first, rest in _heads(t.losses):
            whole = next(iter(totals.values())) if len(totals) == 1 else total if not totals else None
            lacking = HUNDRED - whole.base if whole is not None else None
            alone = not first.label and _ALONE.search(first.lead) is not None and lacking is not None
            parts = _parts(first, rest, alone=alone)
            added = sum((q.base for q in parts), Decimal(0))
            if alone and whole is not None and lacking is not None and lacking in (first.q.base, added):
                formula = f"100 - {plain(whole.base)} = {plain(lacking)}"
                yield _claim(first.q, [("total", whole)], lacking, formula, "lacking")
            known = first.q.span in proven or (alone and lacking == first.q.base)
            if len(parts) < 2 or (added != first.q.base and not (known and _slip(first, rest[: len(parts)], added))):
                continue
            formula = " + ".join(plain(q.base) for q in parts) + f" = {plain(added)}"
            yield _claim(first.q, [("part", q) for q in parts], added, formula, "losses")
        if len(totals) == 1:
            total = next(iter(totals.values()))


def _heads(losses: Sequence[Loss]) -> Iterator[tuple[Loss, list[Loss]]]:
    """Each loss with those behind it in its sentence."""
    for n, first in enumerate(losses):
        yield first, [x for x in losses[n + 1 :] if x.q.sentence == first.q.sentence]


def _parts(first: Loss, rest: Sequence[Loss], *, alone: bool) -> list[Quantity]:
    """What a loss is split into: the fewest that make it up, else all that have no name of their own (all, where it is of the whole)."""
    added = Decimal(0)
    for n, loss in enumerate(rest):
        added += loss.q.base
        if added == first.q.base and n:
            return [x.q for x in rest[: n + 1]]
    named = next((n for n, x in enumerate(rest) if x.label), len(rest))
    return [x.q for x in (rest if alone else rest[:named])]


def _slip(first: Loss, rest: Sequence[Loss], added: Decimal) -> bool:
    """Whether the parts of a loss that is borne out miss it by a slip: all of them told, none beyond the whole."""
    whole = all(x.q.base < first.q.base + 1 for x in rest) and not any(_PARTLY.search(x.lead) for x in rest)
    return whole and abs(added - first.q.base) <= first.q.base and digit_cause(first.q.figure, added) is not None


# ---- lists of points lost -------------------------------------------------------------------------------------------------------

_ITEMISED = re.compile(r"扣分(?:的)?(?:说明|情况|明细|项目?|因素|事项|原因|点|如下|理由)|失分")


def _loss_lists(scene: Scene, told: Sequence[Told]) -> Iterator[Claim]:
    """自评得分95.3分，扣分说明如下：1.…扣0.5分；2.…扣2分: items that each lost points make up what the total lacks of a hundred."""
    by_block = {t.block: t for t in told}
    for t in told:
        totals = [w.q for w in t.wholes if not w.weight]
        text = scene.facts.blocks[t.block].normal
        if len(totals) != 1 or t.losses or "主要" in text:
            continue
        at = t.block + 1
        blocks = scene.document.blocks
        headed = at < len(blocks) and blocks[at].level is not None and _ITEMISED.search(blocks[at].text) is not None
        if not headed and not _ITEMISED.search(text):
            continue
        lost = _lost_below(scene, by_block, at + headed)
        if len(lost) >= 2:
            yield from _of_hundred(totals[0], lost)


def _lost_below(scene: Scene, by_block: dict[int, Told], at: int) -> list[Quantity]:
    """The points of consecutive items that each tell of one loss; none where one of them tells of none or of scores."""
    lost: list[Quantity] = []
    style = style_of(scene, at) if at < len(scene.document.blocks) else None
    while at < len(scene.document.blocks) and style is not None and style_of(scene, at) == style:
        t = by_block.get(at)
        if t is None or len(t.losses) != 1 or t.entries or t.wholes:
            return []
        lost.append(t.losses[0].q)
        at += 1
    return lost


def _of_hundred(total: Quantity, lost: Sequence[Quantity]) -> Iterator[Claim]:
    value = HUNDRED - sum((q.base for q in lost), Decimal(0))
    if abs(value - total.base) <= NEAR:
        formula = "100 - " + " - ".join(plain(q.base) for q in lost) + f" = {plain(value)}"
        yield _claim(total, [("deducted", q) for q in lost], value, formula, "deducted")
