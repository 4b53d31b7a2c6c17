"""Points lost: what an indicator is said to have lost against its score, and lists of losses against the total score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY
from gouji.claims.scene import Scene
from gouji.claims.score_levels import NEAR, Level, style_of
from gouji.claims.score_told import Told
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, plain


def find(scene: Scene, told: Sequence[Told], levels: Sequence[Level]) -> Iterator[Claim]:
    """Every statement of points lost that the scores beside it, or elsewhere in the report, decide."""
    for level in levels:
        yield from _less(level)
    yield from _named_losses(levels, [loss for t in told for loss in t.losses])
    yield from _loss_lists(scene, told)


def _less(level: Level) -> Iterator[Claim]:
    """效益30分，扣2分，得28.5分: what an indicator lost is what its score lacks."""
    for entry in level.entries:
        weight, score = entry.weight, entry.score
        if weight is None or score is None or not entry.lost or score is weight:
            continue
        lost = sum((q.base for q in entry.lost), Decimal(0))
        value = weight.base - lost
        if value < score.base and score.span.start < entry.lost[0].span.start < weight.span.start:
            continue  # 原评18分，复核后扣3分调为15分，该项分值20分: points lost after that score was given
        if value < score.base or value == score.base:
            agrees = value == score.base
            yield Claim(
                ClaimKind.SCORE_TOTAL,
                Verdict.AGREES if agrees else Verdict.DISAGREES,
                score.raw,
                f"{plain(value)}分",
                (
                    Operand("stated", score.span, score),
                    Operand("weight", weight.span, weight),
                    *(Operand("deducted", q.span, q) for q in entry.lost),
                ),
                difference=None if agrees else f"{plain(score.base - value)}分",
                formula=f"{plain(weight.base)} - " + " - ".join(plain(q.base) for q in entry.lost) + f" = {plain(value)}",
                cause=None if agrees else digit_cause(score.figure, value),
                confidence=LIKELY,
                shape="less",
                right=value,
            )


_OF_ALL = re.compile(r"(?:(?:类|一级|二级)?指标|类|方面|部分|一?项|维度|环节)*(?:$|共|累计|合计|因|由于|受)")
_SOME = re.compile(r"主要|其中|包括|之一|等|各|分别")


def _named_losses(levels: Sequence[Level], losses: Sequence[tuple[str, Quantity]]) -> Iterator[Claim]:
    """产出质量扣1.2分 in the words, 20分 and 18.8分 in the list: what an indicator is said to have lost is what its score lacks."""
    for level in levels:
        for entry in level.entries:
            weight, score = entry.weight, entry.score
            if weight is None or score is None or entry.lost:
                continue
            found = [(label, q) for label, q in losses if _is_of(label, entry.name)]
            if len(found) != 1 or _SOME.search(found[0][0]):
                continue
            lost, gap = found[0][1], weight.base - score.base
            agrees = lost.base == gap
            yield Claim(
                ClaimKind.SCORE_TOTAL,
                Verdict.AGREES if agrees else Verdict.DISAGREES,
                lost.raw,
                f"{plain(gap)}分",
                (
                    Operand("stated", lost.span, lost),
                    Operand("weight", weight.span, weight),
                    Operand("part", score.span, score),
                ),
                difference=None if agrees else f"{plain(abs(lost.base - gap))}分",
                formula=f"{plain(weight.base)} - {plain(score.base)} = {plain(gap)}",
                cause=None if agrees else digit_cause(lost.figure, gap),
                confidence=LIKELY,
                shape="less",
                right=gap,
            )


def _is_of(label: str, name: str) -> bool:
    core = re.sub(r"(?:类|一级|二级)?指标$|类$|情况$", "", name)
    return len(core) >= 2 and label.startswith(core) and _OF_ALL.match(label[len(core) :]) is not None


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
        lost.append(t.losses[0][1])
        at += 1
    return lost


def _of_hundred(total: Quantity, lost: Sequence[Quantity]) -> Iterator[Claim]:
    value = HUNDRED - sum((q.base for q in lost), Decimal(0))
    agrees = value == total.base
    if agrees or abs(value - total.base) <= NEAR:
        yield Claim(
            ClaimKind.SCORE_TOTAL,
            Verdict.AGREES if agrees else Verdict.DISAGREES,
            total.raw,
            f"{plain(value)}分",
            (Operand("stated", total.span, total), *(Operand("deducted", q.span, q) for q in lost)),
            difference=None if agrees else f"{plain(abs(value - total.base))}分",
            formula="100 - " + " - ".join(plain(q.base) for q in lost) + f" = {plain(value)}",
            cause=None if agrees else digit_cause(total.figure, value),
            confidence=LIKELY,
            shape="deducted",
            right=value,
        )
