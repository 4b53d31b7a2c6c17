"""Scores that other scores make up in words: 平时考核占40%，得86分；年终考核占60%，得91分，综合得分89分; 满分20分，扣2.4分，得17.6分 in any order.

The weights of a weighted mean make a hundred and are as many as its scores; a score in proportion stands behind its rate and its full marks;
points lost stand beside full marks and score, and nothing else does.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import as_printed
from gouji.claims.build import LIKELY, claim_of, in_points
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores.score import MORE
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain

_WORDS = ("权", "占", "折", "扣", "按", "失分", "丢", "少", "差", "减", "×", "*")
_WEIGHTED = re.compile(r"权重|加权|占|折算|[×*]|比例")
_EACH = re.compile(r"各(?:占|按|以)|权重(?:均|各)为?$|均占")
_FAR = 10  # points: a mean further off is of other scores
_IN_PROPORTION = re.compile(
    r"按(?:照)?(?:其|该|实际|完成|满意|达标|合格)?(?:比例|完成率|满意度|达标率|合格率|满意率|覆盖率|及时率|到位率)|折合|折算|按比例"
)
_RATE = re.compile(r"(?:率|度|比例)(?:仅|约|为|是|达到?|实际|完成)*$")
_NO_RATE = re.compile(r"执行率|支出率|支付率|增长|提高|下降|目标|不低于|要求|扣")
_GIVEN = re.compile(r"得分|评分|得$|为$|分数")
_PART = re.compile(r"其中|另外?|主要|等|各|每|原|累计|合计|共|总")
_BY_RULE = re.compile(r"每|低于|不足|少于|超过|逾期|如|若|凡|则")  # 每降1个百分点扣0.5分
_CLAUSE = 20  # characters before points lost that tell a rule
_SUMMED = re.compile(r"(?:[两二三四五六七八九]项|以上|上述|各项)?(?:合计|共计?|总计|累计)(?:得|自评|实)?(?:分|得)?(?:为)?$")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The scores and percentages of a sentence in their order."""

    passage: Passage
    items: Sequence[Item]
    scores: Sequence[Item]
    percents: Sequence[Item]

    def words(self, first: Item, last: Item) -> str:
        return self.passage.text[first.q.label_start : last.q.span.end]


def find(scene: Scene, failing: AbstractSet[Span]) -> Iterator[Claim]:
    """Every weighted mean, score in proportion, and score less what was lost, that one sentence tells whole.

    What holds two figures of `failing`, those of claims that fail already, is not accused once more.
    """
    for claim in _found(scene):
        if claim.verdict is not Verdict.DISAGREES or len(failing & {o.span for o in claim.operands}) < 2:
            yield claim


def _found(scene: Scene) -> Iterator[Claim]:
    for passage in scene.telling(*_WORDS):
        if Dimension.SCORE not in passage.dimensions:
            continue
        for items in passage.sentences:
            scores = [i for i in items if i.q.dimension is Dimension.SCORE]
            if len(scores) < 2 or any(i.hedged for i in scores):
                continue
            sentence = _Sentence(passage, items, scores, [i for i in items if i.percent])
            yield from _mean(sentence)
            yield from _proportional(sentence)
            yield from _lost(sentence)
            yield from _net(sentence)


def _mean(sentence: _Sentence) -> Iterator[Claim]:
    """自评94.5分按权重30%折算，第三方评分90.2分按权重70%折算，最终得分91.49分."""
    scores, weights = list(sentence.scores), list(sentence.percents)
    number = len(scores) - 1
    if number < 2 or any(w.hedged or not w.q.base for w in weights) or any(s.role is Role.DEDUCTED for s in scores):
        return
    even = len(weights) == 1 and weights[0].q.base * number == HUNDRED and _EACH.search(weights[0].label) is not None
    if not even and (len(weights) != number or sum((w.q.base for w in weights), Decimal(0)) != HUNDRED):
        return
    if not _WEIGHTED.search(sentence.words(sentence.items[0], sentence.items[-1])):
        return
    for result, parts in ((scores[-1], scores[:-1]), (scores[0], scores[1:])):
        shares = [weights[0]] * number if even else _paired(parts, weights, result)
        if shares and all(p.q.base > w.q.base for p, w in zip(parts, shares, strict=True)):
            claim = _weighted(result, parts, shares, even=even)
            if claim is not None:
                yield claim
                return


def _paired(parts: Sequence[Item], weights: Sequence[Item], result: Item) -> list[Item]:
    """The weight of each score, where scores and weights alternate."""
    between = [i for i in (*parts, *weights) if min(parts[0].order, weights[0].order) <= i.order]
    between.sort(key=lambda i: i.order)
    kinds = [i.percent for i in between]
    alternate = all(a != b for a, b in itertools.pairwise(kinds))
    outside = not between[0].order < result.order < between[-1].order
    if alternate or not outside or weights[-1].order > parts[0].order:
        return list(weights) if alternate and outside else []
    named = {re.sub("[占的由]|权重|比重", "", w.label): w for w in weights}  # 自评占40%、第三方占60%，自评92分，第三方87分
    if {p.label for p in parts} == set(named):
        return [named[p.label] for p in parts]
    return list(weights) if all(_named_alike(p, w) for p, w in zip(parts, weights, strict=True)) else []


def _named_alike(part: Item, weight: Item) -> bool:
    """由单位自评（占40%）和部门复核（占60%）加权产生，自评96分，复核84.6分: the words before the weight hold the score's name."""
    name = _GIVEN.sub("", part.label)
    return any(name[k : k + 2] in weight.gap for k in range(len(name) - 1))


def _weighted(result: Item, parts: Sequence[Item], weights: Sequence[Item], *, even: bool) -> Claim | None:
    value = sum((p.q.base * w.q.base for p, w in zip(parts, weights, strict=True)), Decimal(0)) / HUNDRED
    if sum((p.q.base for p in parts), Decimal(0)) == result.q.base or abs(value - result.q.base) > _FAR:
        return None
    agrees = abs(value - result.q.base) < result.q.figure.ulp
    words = " + ".join(f"{as_printed(p.q.figure)} × {plain(w.q.base)}%" for p, w in zip(parts, weights, strict=True))
    outcome = in_points(result.q, value, f"{words} = {plain(value)}", agrees=agrees)
    others = [("part", p) for p in parts] + [("weight", w) for w in (weights[:1] if even else weights)]
    return claim_of(ClaimKind.AVERAGE, result, others, outcome, shape="weighted", confidence=LIKELY)


def _proportional(sentence: _Sentence) -> Iterator[Claim]:
    """任务完成率96%，分值15分，折合14.4分."""
    if len(sentence.percents) != 1 or len(sentence.scores) != 2:
        return
    rate, (weight, score) = sentence.percents[0], sentence.scores
    if weight.role not in (Role.WEIGHT, Role.PLAIN) or score.role not in (Role.SCORED, Role.PLAIN) or rate.hedged:
        return
    first = min((rate, weight), key=lambda i: i.order)
    words = sentence.words(first, score)
    if not _RATE.search(rate.label) or _NO_RATE.search(words) or rate.order > score.order or not 0 < rate.q.base <= HUNDRED:
        return
    if not _IN_PROPORTION.search(sentence.passage.text, max(rate.q.span.end, weight.q.span.start), score.q.span.start) and not (
        _IN_PROPORTION.search(sentence.passage.text, rate.q.label_start - 6, rate.q.span.start)
    ):
        return
    value = weight.q.base * rate.q.base / HUNDRED
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    agrees = abs(value - score.q.base) <= max(score.q.figure.ulp / 2, Decimal("0.01"))
    formula = f"{plain(weight.q.base)} × {plain(rate.q.base)}% = {plain(right)}"
    outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
    others = [("weight", weight), ("rate", rate)]
    yield claim_of(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape="proportional", confidence=LIKELY)


def _lost(sentence: _Sentence) -> Iterator[Claim]:
    """得17.6分（满分20分，扣2.4分）; 得9.1分，比满分10分少0.9分: the three that stand alone in their segment."""
    segments: dict[int, list[Item]] = {}
    for item in sentence.scores:
        segments.setdefault(item.q.segment, []).append(item)
    for scores in segments.values():
        if len(scores) != 3 or _PART.search("".join(i.gap for i in scores[1:])):
            continue
        by_role = {i.role: i for i in scores}
        lost, score = by_role.get(Role.DEDUCTED), by_role.get(Role.SCORED)
        weight = by_role.get(Role.WEIGHT) or (scores[0] if scores[0].role is Role.PLAIN else None)
        if lost is None or score is None or weight is None or len(by_role) != 3:
            continue
        if _BY_RULE.search(sentence.passage.text, max(0, lost.q.span.start - _CLAUSE), lost.q.span.start):
            continue
        if lost is scores[0] and lost.q.depth > weight.q.depth:
            continue  # （产出…，酌扣1分）效益30分，得28分: lost in brackets that are closed
        if score.q.base > weight.q.base or lost.q.base > weight.q.base or MORE.search(score.label):
            continue
        value = weight.q.base - lost.q.base
        outcome = in_points(score.q, value, f"{plain(weight.q.base)} - {plain(lost.q.base)} = {plain(value)}")
        others = [("weight", weight), ("deducted", lost)]
        yield claim_of(ClaimKind.SCORE_TOTAL, score, others, outcome, shape="left", confidence=LIKELY)


def _net(sentence: _Sentence) -> Iterator[Claim]:
    """信息公开5分未扣分；制度执行5分扣0.4分；两项合计得9.6分: full marks less what was lost, where they make the sum."""
    *parts, total = sentence.scores
    lost = [i for i in parts if i.role is Role.DEDUCTED]
    full = [i for i in parts if i.role is not Role.DEDUCTED]
    if not lost or len(full) < 2 or not _SUMMED.search(total.label) or any(i.role is Role.SCORED for i in full):
        return
    value = sum((i.q.base for i in full), Decimal(0)) - sum((i.q.base for i in lost), Decimal(0))
    words = " + ".join(plain(i.q.base) for i in full) + " - " + " - ".join(plain(i.q.base) for i in lost)
    outcome = in_points(total.q, value, f"{words} = {plain(value)}")
    others = [("weight", i) for i in full] + [("deducted", i) for i in lost]
    yield claim_of(ClaimKind.SCORE_TOTAL, total, others, outcome, shape="net", confidence=LIKELY)
