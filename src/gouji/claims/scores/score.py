"""Scores in running text: weights that make a hundred, no score above its weight, what was lost; `score_rates` has those that a rate decides.

财预〔2020〕10号: the weights make 100, a score is never above its weight.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import Outcome, compare_sum, digit_cause
from gouji.claims.bounds import goal
from gouji.claims.build import LIKELY, SURE, claim_of, in_points, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores import score_points, score_rates, score_rules
from gouji.claims.scores.score_rates import OFFERED
from gouji.claims.sums.parallel import heads_list
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain

_ITS_WEIGHT = re.compile(r"（|，(?:该|本)(?:项|指标)[\u4e00-\u9fff]{0,4}(?:满分|分值|权重)")


def find(scene: Scene) -> Iterator[Claim]:
    """Every score of the running text that its weight, its rate or its target decides."""
    for passage in scene.passages:
        if Dimension.PERCENT in passage.dimensions:
            yield from _percent_weights(passage)
        yield from goal.find(passage)
        if Dimension.SCORE not in passage.dimensions:
            continue
        yield from _hundred(passage)
        yield from _composed(scene, passage)
        yield from _in_order(passage)
        ruled = list(score_rules.find(passage))
        if passage.tells(score_points.CUE):
            ruled += [c for sentence in passage.sentences for c in score_points.find(passage, sentence)]
        settled = {c.operands[0].span for c in ruled}
        yield from ruled
        for sentence in passage.sentences:
            yield from (c for c in _above_weight(sentence) if c.operands[0].span not in settled)
            rated = [c for c in score_rates.find(scene, passage, sentence) if c.operands[0].span not in settled]
            yield from rated
            wrong = {c.operands[0].span for c in rated if c.verdict is Verdict.DISAGREES}
            yield from (c for c in _less(sentence) if not wrong & {o.span for o in c.operands})
        yield from _deducted(passage)


_INDICATOR = re.compile(r"指标|预算|产出|效益|效果|满意|决策|过程|投入|管理|执行|绩效|目标")
_OUT_OF_HUNDRED = re.compile(r"百分制|(?:总分|满分|总分值|分值合计)(?:值|共)?(?:为)?\s?100\s?分。")


def _hundred(passage: Passage) -> Iterator[Claim]:
    """采用百分制，投入15分；过程25分…: weights that must make 100 though no figure says so."""
    found = _OUT_OF_HUNDRED.search(passage.text)
    if found is None:
        return
    at = found.start()
    sentence = passage.text.count("。", 0, found.end())
    weights = [
        i
        for i in passage.items
        if i.q.dimension is Dimension.SCORE
        and i.q.sentence == sentence
        and i.q.span.start >= found.end()
        and i.q.depth == 0
        and i.role in (Role.PLAIN, Role.WEIGHT)
        and not i.hedged
    ]
    segment = [w for w in weights if weights and w.q.segment == weights[0].q.segment]
    weights = segment if len(segment) >= 3 else weights
    if found[0] != "百分制" and sum(1 for w in weights if _INDICATOR.search(w.label)) < 3:
        return
    if any(re.search(r"[，；](?:共|合计|总)|相加|之和|加起来|正好|恰好", w.gap) for w in weights[1:]):
        return  # 按百分制计，A分、B分、C分，共93.1分: what was got and its sum
    two = len(weights) == 2 and {re.sub("指标$", "", w.label) for w in weights} == {"共性", "个性"}
    if (len(weights) < 3 and not two) or any(i.role is Role.SCORED for i in passage.items if i.q.sentence == sentence):
        return
    if any(w.q.base * 2 % 1 for w in weights):
        return  # 按百分制，执行9.45分，产出45.5分: what was got
    exact = sum((w.q.base for w in weights), Decimal(0))
    agrees = exact == HUNDRED
    if abs(exact - HUNDRED) > HUNDRED / 2:
        return  # 场馆服务（百分制）：开放95分、借阅88分、环境90分
    yield Claim(
        kind=ClaimKind.WEIGHT_TOTAL,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated="100分",
        computed=f"{plain(exact)}分",
        operands=(
            place(Span(passage.block.index, at, found.end()), "stated"),
            *(operand(w, "weight") for w in weights),
        ),
        difference=None if agrees else f"{plain(abs(exact - HUNDRED))}分",
        formula=" + ".join(plain(w.q.base) for w in weights) + f" = {plain(exact)}分",
        confidence=SURE,
        shape="hundred",
    )


_COMPOSED = re.compile(
    r"总分(?:值)?(?:由|分为|分成|包括|包含|下设)[^。；]*?(?P<end>组成|构成|[四五六]个?(?:部分|方面|类|项))?(?=[，。；])"
)
_WHOLE_MARKS = re.compile(r"(?:总分|满分)(?:值)?(?:设定?|定|确定)?(?:为|是)?$")


def _composed(scene: Scene, passage: Passage) -> Iterator[Claim]:
    """评价总分由决策15分、过程20分、产出25分、效益40分组成, where the total is told in another place."""
    if not passage.tells("总分") or (found := _COMPOSED.search(passage.text)) is None:
        return
    parts = [i for i in passage.items if found.start() <= i.q.span.start < found.end() and i.q.depth == 0]
    marks = all(i.q.dimension is Dimension.SCORE and i.role in (Role.PLAIN, Role.WEIGHT) and not i.hedged for i in parts)
    if len(parts) < 3 or not marks or any(not i.label for i in parts):
        return
    wholes = [
        i
        for i in scene.items()
        if i.q.dimension is Dimension.SCORE and _WHOLE_MARKS.search(i.label) and not i.hedged and i not in parts
    ]
    if len({i.q.base for i in wholes}) != 1:
        return
    whole = next((i for i in reversed(wholes) if i.q.span < parts[0].q.span), wholes[0])
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    others = [("weight", p) for p in parts]
    sure = SURE if outcome.holds else LIKELY
    yield claim_of(ClaimKind.WEIGHT_TOTAL, whole, others, outcome, shape="hundred", confidence=sure)


_IN_ORDER = re.compile(r"(?:权重|满分|分值|标准分)[^，。；]{0,4}(?:依次|分别|各)?(?:为|是|：)?$")


def _in_order(passage: Passage) -> Iterator[Claim]:
    """四项一级指标权重依次为10分、50分、30分、10分，得分依次为…: weights without names, as many as the scores behind them."""
    items = passage.items
    for first in items:
        if first.role is not Role.WEIGHT or not _IN_ORDER.search(passage.text[first.q.label_start : first.q.span.start]):
            continue
        run = [first, *_listed(items, first.order + 1)]
        behind = items[run[-1].order + 1] if run[-1].order + 1 < len(items) else None
        scores = [behind, *_listed(items, behind.order + 1)] if behind is not None and _GOT.match(behind.label) else []
        if len(run) < 3 or len(scores) != len(run) or any(i.hedged for i in run):
            continue
        whole = sum((i.q.base for i in run), Decimal(0))
        if abs(whole - HUNDRED) > _NEAR_HUNDRED or any(s.q.base > w.q.base for w, s in zip(run, scores, strict=True)):
            continue
        stated = replace(first.q.figure, value=HUNDRED, places=0)
        outcome = compare_sum(stated, [i.q.figure for i in run])
        yield Claim(
            ClaimKind.WEIGHT_TOTAL,
            outcome.verdict,
            "100分",
            outcome.computed,
            tuple(operand(i, "weight") for i in run),
            difference=outcome.difference,
            formula=outcome.formula,
            confidence=LIKELY,
            shape="in_order",
            right=outcome.right,
        )


_NEAR_HUNDRED = Decimal(15)
_GOT = re.compile("(?:自评|实际|各项)?(?:得分|实得|自评|得)")


def _listed(items: Sequence[Item], start: int) -> list[Item]:
    """The figures without a name that go on a list with 、 or 和."""
    run: list[Item] = []
    for item in items[start:]:
        if item.label or item.q.dimension is not Dimension.SCORE or item.gap.strip() not in ("、", "和", "及", "与", "以及"):
            break
        run.append(item)
    return run


_BARE_WEIGHT = re.compile(
    r"(?:其|该|本|此)?(?:项|指标|类|部分)?(?:的)?(?:满分|总分值?|标准分值?|分值|权重分?值?|应得分?|设定分?|占)?[数值]?(?:为|是|共|计)?"
)
_BEHIND_BRACKET = re.compile(r"）[，：]?(?:自评|实际|实)?得(?:分)?")


_REASONED = re.compile(r"，(?:因|由于|鉴于|考虑到)[^，。；\d]*，(?:自评|实际|故|酌情)?(?:得|计|记|评|给)(?:了|分|为)?")
_OF_SEVERAL = re.compile("总|综合|加权|平均|合计|最终得分|最后得分")


def _above_weight(sentence: Sequence[Item]) -> Iterator[Claim]:
    for first, second in itertools.pairwise(i for i in sentence if i.q.dimension is Dimension.SCORE or not i.percent):
        inside = first.role is Role.SCORED and second.role is Role.WEIGHT and _ITS_WEIGHT.match(second.gap) is not None
        if inside and second.gap.startswith("（") and not _BARE_WEIGHT.fullmatch(second.label):
            continue  # 产出得49.4分（泵房指标分值10分）: of one of its parts
        weight, score = (second, first) if inside else (first, second)
        if weight.role is not Role.WEIGHT or score.role is not Role.SCORED or weight.hedged or score.hedged:
            continue
        rated = score.order - weight.order == 2  # 满分10分，执行率95.7%，应得9.57分
        reasoned = _REASONED.fullmatch(score.gap.strip()) is not None  # 分值4分，因场次超出计划较多，记4.5分
        aside = (
            weight.q.depth == score.q.depth + 1 and _BEHIND_BRACKET.fullmatch(score.gap.strip()) is not None
        )  # 产出（50分），得52分
        if not inside and (
            not (aside or weight.q.depth == score.q.depth) or weight.q.clause < score.q.clause - 1 - (rated or reasoned)
        ):
            continue
        if weight.q.segment != score.q.segment or _OF_SEVERAL.search(score.label) or (not inside and _has_own(sentence, score)):
            continue
        if heads_list(score, [i for i in sentence if i.order == score.order + 1]) or (
            not weight.label and weight.q.mark == "、"
        ):
            continue  # 满分分别为20分、15分，实得分别为19分、14.2分: two lists side by side
        if score.q.base >= HUNDRED / 2 > weight.q.base * 2:
            continue  # 满意度10分，得分97.06分: the total
        above = score.q.base > weight.q.base
        outcome = Outcome(
            Verdict.DISAGREES if above else Verdict.AGREES,
            weight.q.base,
            f"不超过{weight.q.raw}" if above else score.q.raw,
            plain(score.q.base - weight.q.base) + "分" if above else None,
            f"得分{plain(score.q.base)} {'>' if above else '≤'} 分值{plain(weight.q.base)}",
        )
        if above:
            yield claim_of(ClaimKind.INDICATOR_SCORE, score, [("weight", weight)], outcome, shape="above_weight")


def _has_own(sentence: Sequence[Item], score: Item) -> bool:
    """满意度10分，得分97.06分（满分100分）: whether a score's own full marks stand in brackets behind it."""
    behind = next((i for i in sentence if i.order == score.order + 1), None)
    own = behind is not None and behind.role is Role.WEIGHT and behind.q.depth > score.q.depth and behind.gap.startswith("（")
    return own and behind is not None and behind.q.base >= score.q.base


MORE = re.compile(r"[比较][^，。；]*[高低多少]$")  # 比上年自评得分高1分


def _less(sentence: Sequence[Item]) -> Iterator[Claim]:
    """满分100分，扣7.5分，得92.5分: what can be had, what was lost, what was got, side by side."""
    plain_items = [i for i in sentence if not i.q.depth]  # 共扣3.3分（进度扣1.9分、资料扣1.4分），得96.7分
    runs = {
        (a.order, b.order, c.order): (a, b, c)
        for s in (sentence, plain_items)
        for a, b, c in zip(s, s[1:], s[2:], strict=False)
    }
    for first, second, score in runs.values():
        # 扣分合计3.2分，用满分100分减去扣分，得96.8分 tells them the other way round
        taken_off = re.match(r"减去?|扣除", second.after) is not None
        turned = taken_off and (first.role is Role.DEDUCTED or "扣分" in first.label)
        weight, lost = (second, first) if turned else (first, second)
        if weight.role is not Role.WEIGHT or not (turned or lost.role is Role.DEDUCTED) or score.role is not Role.SCORED:
            continue
        if any(i.hedged for i in (weight, lost, score)) or score.q.segment != weight.q.segment or MORE.search(score.label):
            continue
        value = weight.q.base - lost.q.base
        outcome = in_points(score.q, value, f"{plain(weight.q.base)} - {plain(lost.q.base)} = {plain(value)}")
        yield claim_of(ClaimKind.SCORE_TOTAL, score, [("weight", weight), ("deducted", lost)], outcome, shape="left")
    yield from _rest(sentence)


_BARE_LOSS = re.compile(r"，(?:扣|扣了|扣分|失|失分|丢|丢分|减)$")


def _rest(sentence: Sequence[Item]) -> Iterator[Claim]:
    """10分的分值中得8.85分，扣1.15分: what was lost right behind what was got is the rest."""
    scores = [i for i in sentence if i.q.dimension is Dimension.SCORE]
    for n, (weight, score, lost) in enumerate(zip(scores, scores[1:], scores[2:], strict=False)):
        bare = lost.role is Role.DEDUCTED and _BARE_LOSS.fullmatch(lost.gap.strip()) is not None
        more = n + 3 < len(scores) and scores[n + 3].role is Role.DEDUCTED
        if not bare or more or score.role is not Role.SCORED or any(i.hedged for i in (weight, score, lost)):
            continue
        if not (weight.role is Role.WEIGHT or OFFERED.match(weight.after)) or score.q.base > weight.q.base:
            continue
        value = weight.q.base - score.q.base
        outcome = in_points(lost.q, value, f"{plain(weight.q.base)} - {plain(score.q.base)} = {plain(value)}")
        others = [("weight", weight), ("part", score)]
        yield claim_of(ClaimKind.SCORE_TOTAL, lost, others, outcome, shape="lost", confidence=LIKELY)


def _percent_weights(passage: Passage) -> Iterator[Claim]:
    """权数：安全40%、便捷35%、整洁25%，合计100%."""
    for item in passage.items:
        if (
            not item.percent
            or item.q.base != HUNDRED
            or not re.search(r"[，；](?:权重|占比|权数)?(?:合计|共计|总计|共|之和|总和)(?:为|是)?$", item.gap)
        ):
            continue
        parts = [i for i in passage.items[: item.order] if i.percent and i.q.sentence == item.q.sentence and not i.hedged]
        start = passage.text.rfind("。", 0, item.q.span.start) + 1
        if len(parts) < 3 or not re.search(r"权|比重|占比|构成", passage.text[start : item.q.span.start]):
            continue
        if any(i.q.mark not in "、，：" for i in parts):
            continue
        outcome = compare_sum(item.q.figure, [i.q.figure for i in parts])
        yield claim_of(ClaimKind.WEIGHT_TOTAL, item, [("weight", i) for i in parts], outcome, shape="percent")


_LOSSES = re.compile(r"扣分(?:明细|情况|原因|项|点|因素|事项|如下|：|的?有)|[，；。][^，。；]{0,6}(?:合计|共|总共|累计)扣")
_TOTAL_LABEL = re.compile(r"总分|总得分|得分|评分|最终|自评$|^(?:本|我)[^，。]{1,5}得$")


def _deducted(passage: Passage) -> Iterator[Claim]:
    """A扣3分，B扣2.3分，自评总分94.7分; 满分100分，自评96.27分。扣分明细：…，合计扣3.28分: the full score less what was lost."""
    for sentence in passage.sentences:
        yield from _less_losses(passage.text, sentence, sentence)
    if len(passage.sentences) > 1 and _LOSSES.search(passage.text):
        for first, second in itertools.pairwise(passage.sentences):
            if second[0].q.sentence - first[0].q.sentence <= 1 and not any(i.role is Role.DEDUCTED for i in first):
                yield from _less_losses(passage.text, first, second)


def _less_losses(text: str, head: Sequence[Item], body: Sequence[Item]) -> Iterator[Claim]:
    """The one total of `head` against what `body` says was lost."""
    lost = [i for i in body if i.role is Role.DEDUCTED and not i.hedged]
    totals = [
        i for i in head if i.q.dimension is Dimension.SCORE and _TOTAL_LABEL.search(i.label) and i.role is not Role.WEIGHT
    ]
    first = bool(lost) and _SUMMED.search(lost[0].gap) is not None  # 共扣4分，其中A扣1分、B扣3分
    if lost and lost[-1].after.lstrip().startswith("等"):
        return  # the main losses only
    if not lost or len(totals) != 1 or totals[0].q.base < 50 or any("其中" in i.gap for i in lost[2 if first else 1 :]):
        return
    total, summed = totals[0], [i for i in lost if _SUMMED.search(i.gap)]
    parts = [i for i in lost if i not in summed]
    added = sum((i.q.base for i in parts), Decimal(0))
    if len(summed) > 1 or (summed and summed[0] is not lost[-1] and summed[0] is not lost[0]):
        return
    if summed and parts and added != summed[0].q.base:
        if HUNDRED - added == total.q.base and len(parts) >= 2:
            yield claim_of(
                ClaimKind.SCORE_TOTAL,
                summed[0],
                [("part", i) for i in parts],
                compare_sum(summed[0].q.figure, [i.q.figure for i in parts]),
                shape="losses",
                confidence=LIKELY,
            )
        return
    value = HUNDRED - (added or summed[0].q.base)
    agrees = value == total.q.base
    apart = head is not body
    itemised = len(lost) > 2 and _ITEMISED.search(text, total.q.span.end, lost[0].q.span.start) is not None
    proven = bool(summed) or any(i.role is Role.WEIGHT and i.q.base == HUNDRED for i in head)
    if not agrees and (
        (
            not apart
            and not summed
            and (
                len(lost) < 2
                or (total.order < lost[-1].order and not _ITEMISED.search(text, total.q.span.end, lost[0].q.span.start))
                or "指标" in total.label
            )
        )
        or (apart and not (proven and (summed or digit_cause(total.q.figure, value) is not None)) and not itemised)
    ):
        return
    outcome = in_points(total.q, value, "100 - " + " - ".join(plain(i.q.base) for i in parts or summed) + f" = {plain(value)}")
    yield claim_of(ClaimKind.SCORE_TOTAL, total, [("deducted", i) for i in lost], outcome, shape="deducted", confidence=LIKELY)


_ITEMISED = re.compile(r"(?<!主要)扣分(?:点|项|明细|情况|因素|事项|原因)?(?:如下|分别为|为|：|包括)")
_SUMMED = re.compile(r"(?:合计|共|总共|累计|总计)[^，。；]{0,4}扣(?:了|除|减|去|掉)?(?:分)?$")
