"""Scores in running text: execution score = weight × rate, no score above its weight, no full score on a missed target.

财预〔2020〕10号: execution score = weight × rate, never above the weight; indicators not met lose in proportion.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims import goal
from gouji.claims.arithmetic import Outcome, compare_sum, digit_cause
from gouji.claims.build import LIKELY, SURE, claim_of, in_points, operand, place
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.total_parallel import heads_list
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain

_RATE = re.compile(r"执行率|支出率|支付率|执行进度|支出进度|完成预算")
_OVERALL = re.compile(r"(?:总体|整体|总|综合|部门|全年|预算)(?:支出)?(?:预算)?执行率$")
_EXECUTION = re.compile(r"执行|预算|支出")
_OWN_RULE = re.compile(
    r"扣|档|季度|序时|进度考核|分段|满分|得满分|区间|以上得|不低于|不得分|即得|低于\s?\d|不足\s?\d|达到?\s?\d+(?:\.\d+)?%(?:以上|的|即)"
)
_LOST_BESIDE = re.compile(r"，扣(?:了|除)?\s?\d+(?:\.\d+)?分")  # the rest of the full marks, no rule
_FORMULA = re.compile(
    r"(?:分值|权重|\d+分?)\s?[×*xX乘]\s?(?:以)?(?:预算)?执行率|执行率[^，。；]{0,8}(?:[×*xX]|乘)|按(?:照)?(?:比例|执行率)|折算"
)
_ITS_WEIGHT = re.compile(r"（|，(?:该|本)(?:项|指标)[\u4e00-\u9fff]{0,4}(?:满分|分值|权重)")
_OFFERED = re.compile(r"\s?的?[\u4e00-\u9fff]{0,6}(?:分值|权重|满分)|的[\u4e00-\u9fff]{2,10}指标按")
_TARGET = re.compile(r"目标|计划|应|任务|指标值|年初(?:设定|制定)|要求|设定|拟")
_ACTUAL = re.compile(r"实际|交付|按期|完成|组织|开展|达到|举办|实现|建成|新增|培训|仅|已")


def find(scene: Scene) -> Iterator[Claim]:
    """Every score of the running text that its weight, its rate or its target decides."""
    for passage in scene.passages:
        if Dimension.PERCENT in passage.dimensions:
            yield from _percent_weights(passage)
        yield from goal.find(passage)
        if Dimension.SCORE not in passage.dimensions:
            continue
        yield from _hundred(passage)
        for sentence in passage.sentences:
            yield from _above_weight(sentence)
            yield from _execution(scene, passage, sentence)
            yield from _by_rule(scene, passage, sentence)
            yield from _proportional(passage, sentence)
            yield from _less(sentence)
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
    if any(re.search(r"[，；](?:共|合计|总)", w.gap) for w in weights[1:]):
        return  # 按百分制计，A分、B分、C分，共93.1分: what was got and its sum
    two = len(weights) == 2 and {re.sub("指标$", "", w.label) for w in weights} == {"共性", "个性"}
    if (len(weights) < 3 and not two) or any(i.role is Role.SCORED for i in passage.items if i.q.sentence == sentence):
        return
    exact = sum((w.q.base for w in weights), Decimal(0))
    agrees = exact == HUNDRED
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


_BEHIND_BRACKET = re.compile(r"）[，：]?(?:自评|实际|实)?得(?:分)?")


def _above_weight(sentence: Sequence[Item]) -> Iterator[Claim]:
    for first, second in itertools.pairwise(i for i in sentence if i.q.dimension is Dimension.SCORE or not i.percent):
        inside = first.role is Role.SCORED and second.role is Role.WEIGHT and _ITS_WEIGHT.match(second.gap) is not None
        weight, score = (second, first) if inside else (first, second)
        if weight.role is not Role.WEIGHT or score.role is not Role.SCORED or weight.hedged or score.hedged:
            continue
        rated = score.order - weight.order == 2  # 满分10分，执行率95.7%，应得9.57分
        aside = (
            weight.q.depth == score.q.depth + 1 and _BEHIND_BRACKET.fullmatch(score.gap.strip()) is not None
        )  # 产出（50分），得52分
        if not inside and (not (aside or weight.q.depth == score.q.depth) or weight.q.clause < score.q.clause - 1 - rated):
            continue
        if weight.q.segment != score.q.segment or re.search(r"总", score.label) or (not inside and _has_own(sentence, score)):
            continue
        if heads_list(score, [i for i in sentence if i.order == score.order + 1]):
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


def _weight_and_score(items: Sequence[Item]) -> tuple[Item, Item] | None:
    """The two scores of a sentence: what can be had and what was got."""
    scores = [i for i in items if i.q.dimension is Dimension.SCORE and i.role is not Role.DEDUCTED and not i.hedged]
    if len(scores) != 2:
        return None
    first, second = scores
    if first.role is Role.WEIGHT or _OFFERED.match(first.after) or second.role is Role.SCORED:
        return (first, second) if second.role is not Role.WEIGHT else None
    if second.role is Role.WEIGHT:
        return second, first
    if first.label.endswith("指标") and re.search(r"，[^，。；\d]{0,8}计\s?$", second.gap):
        return first, second  # 时效指标10分，按比例计6.82分
    return None


def _overall(scene: Scene, words: str) -> list[Item]:
    """The one execution rate of the document, where the score is said to follow it: 按执行率比例计算得9.59分."""
    if not re.search(r"按(?:照)?(?:预算)?执行率", words):
        return []
    found = [i for i in scene.items() if i.percent and _OVERALL.search(i.label) and not i.hedged]
    return found[:1] if len({i.q.base for i in found}) == 1 else []


def _leading(sentence: Sequence[Item]) -> tuple[Item, Item] | None:
    """满分10分，…得9.95分，连同…: the first two scores of a sentence."""
    scores = [i for i in sentence if i.q.dimension is Dimension.SCORE]
    if len(scores) < 2 or scores[0].role is not Role.WEIGHT or scores[1].role is not Role.SCORED:
        return None
    return scores[0], scores[1]


def _execution(scene: Scene, passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    rates = [i for i in sentence if i.percent and _RATE.search(i.label) and i.role not in (Role.UP, Role.DOWN)]
    pair = _weight_and_score(sentence)
    if not rates and (pair := _leading(sentence)) is not None:
        rates = _overall(scene, passage.text[pair[0].q.label_start : pair[1].q.span.end])
    if len(rates) != 1 or pair is None:
        return
    rate, (weight, score) = rates[0], pair
    start = passage.text.rfind("。", 0, min(weight.q.span.start, score.q.span.start)) + 1
    if rate.q.span.block == weight.q.span.block:
        start = passage.text.rfind("。", 0, min(weight.q.span.start, rate.q.span.start)) + 1
    words = passage.text[start : score.q.span.end + 30]
    if rate.hedged or weight.q.base > 60 or not _EXECUTION.search(words):
        return
    full = min(rate.q.base, HUNDRED)
    value = weight.q.base * full / HUNDRED
    ulp = max(score.q.figure.ulp, Decimal("0.01"))
    agrees = abs(value - score.q.base) <= ulp
    if not agrees and (score.q.base > weight.q.base and weight.role is Role.WEIGHT and not _FORMULA.search(words)):
        return  # above its weight: see `_above_weight`
    if not agrees and _OWN_RULE.search(_LOST_BESIDE.sub("", words.replace("满分", ""))) and not _FORMULA.search(words):
        return
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    words_of = f"{plain(weight.q.base)} × {plain(full)}% = {plain(right)}"
    outcome = in_points(score.q, value, words_of, agrees=agrees, shown=right)
    confidence = SURE if _FORMULA.search(words) else LIKELY
    yield claim_of(ClaimKind.EXECUTION_SCORE, score, [("weight", weight), ("rate", rate)], outcome, confidence=confidence)


_RULE = re.compile(  # 执行率×10, 10分乘以执行率
    r"执行率\s?[”’]?\s?(?:[×✕*xX]|乘以?)\s?(?:分值|权重|满分)?\s?(?P<a>\d{1,2})(?![\d.%])|(?<![\d.])(?P<b>\d{1,2})\s?分?\s?(?:[×✕*xX]|乘以?)\s?[“‘]?(?:预算|资金|实际)?执行率"
)


def _by_rule(scene: Scene, passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """执行率93.4%，按“执行率×10”计算得9.34分: the rule that the sentence prints, its weight no figure of its own."""
    start, end = passage.text.rfind("。", 0, sentence[0].q.span.start) + 1, sentence[-1].q.span.end
    rule = _RULE.search(passage.text, start, end) if "执行率" in passage.text else None
    if rule is None or _weight_and_score(sentence) is not None:
        return
    scores = [i for i in sentence if i.q.dimension is Dimension.SCORE and i.q.span.start >= rule.end() and not i.hedged]
    rates = [i for i in sentence if i.percent and _RATE.search(i.label) and not i.hedged] or _overall(scene, "按执行率")
    weight = Decimal(rule["a"] or rule["b"])
    if len(scores) != 1 or len(rates) != 1 or scores[0].q.base > weight or scores[0].role is Role.DEDUCTED:
        return
    score, rate = scores[0], rates[0]
    value = weight * min(rate.q.base, HUNDRED) / HUNDRED
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
    formula = f"{plain(weight)} × {plain(rate.q.base)}% = {plain(right)}"
    outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
    yield claim_of(ClaimKind.EXECUTION_SCORE, score, [("rate", rate)], outcome, shape="rule")


def _proportional(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """计划N，实际M，满分W，按完成比例得S: the score in proportion, where the words say so or a slip of the pen shows it."""
    pair = _weight_and_score(sentence)
    if pair is None:
        return
    weight, score = pair
    things = [
        i for i in sentence if i.q.dimension in (Dimension.COUNT, Dimension.MEASURE) and i.role not in (Role.UP, Role.DOWN)
    ]
    if len(things) != 2 or not kin(things[0].q, things[1].q) or any(i.hedged for i in things) or not things[0].q.base:
        return
    target, actual = things
    if not _TARGET.search(target.label) or not _ACTUAL.search(actual.label) or actual.q.base > target.q.base:
        return
    value = weight.q.base * actual.q.base / target.q.base
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    if score.q.base == weight.q.base and value < score.q.base:
        return  # full marks on a missed target: see `goal`
    agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
    printed = [i for i in sentence if i.percent and things[1].order < i.order < score.order]
    if not agrees and len(printed) == 1:  # 8分乘以完成比例68%
        agrees = abs(weight.q.base * printed[0].q.base / HUNDRED - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
    cause = None if agrees else digit_cause(score.q.figure, right)
    start = passage.text.rfind("。", 0, target.q.span.start) + 1
    told = (
        re.search(
            r"按(?:照)?[^，。；\d]{0,6}(?:比例|进度|完成率)|同比例|乘以(?:该|此)?(?:比例|完成率)",
            passage.text[start : score.q.span.end],
        )
        is not None
    )
    own = _OWN_RULE.search(passage.text[start : score.q.span.end + 20].replace("满分", "").replace("扣分原因", "")) is not None
    computed = score.q.figure.places >= 2 and score.q.base * 4 % 1 != 0 and not own  # 7.37: nobody gives that by hand
    sure = told or computed or (cause is not None and score.q.figure.places >= 1)
    if not agrees and not sure:
        return
    formula = f"{plain(weight.q.base)} × {plain(actual.q.figure.value)} ÷ {plain(target.q.figure.value)} = {plain(right)}"
    outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
    others = [("weight", weight), ("target", target), ("actual", actual)]
    yield claim_of(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape="proportional", confidence=SURE if told else LIKELY)


def _less(sentence: Sequence[Item]) -> Iterator[Claim]:
    """满分100分，扣7.5分，得92.5分: what can be had, what was lost, what was got, side by side."""
    for first, second, score in zip(sentence, sentence[1:], sentence[2:], strict=False):
        # 扣分合计3.2分，用满分100分减去扣分，得96.8分 tells them the other way round
        taken_off = re.match(r"减去?|扣除", second.after) is not None
        turned = taken_off and (first.role is Role.DEDUCTED or "扣分" in first.label)
        weight, lost = (second, first) if turned else (first, second)
        if weight.role is not Role.WEIGHT or not (turned or lost.role is Role.DEDUCTED) or score.role is not Role.SCORED:
            continue
        if any(i.hedged for i in (weight, lost, score)) or score.q.segment != weight.q.segment:
            continue
        value = weight.q.base - lost.q.base
        outcome = in_points(score.q, value, f"{plain(weight.q.base)} - {plain(lost.q.base)} = {plain(value)}")
        yield claim_of(ClaimKind.SCORE_TOTAL, score, [("weight", weight), ("deducted", lost)], outcome, shape="less")


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
