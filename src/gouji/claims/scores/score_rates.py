"""Scores in running text that a rate decides: weight × execution rate, weight × actual ÷ target, by the rule that the words print.

财预〔2020〕10号: execution score = weight × rate, never above the weight; indicators not met lose in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY, SURE, claim_of, in_points
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, Dimension, plain

_RATE = re.compile(r"执行率|支出率|支付率|执行进度|支出进度|完成预算")
_OVERALL = re.compile(r"(?:总体|整体|总|综合|部门|全年|预算)(?:支出)?(?:预算)?执行率$")
_EXECUTION = re.compile(r"执行|预算|支出")
_ONE_PROJECT = re.compile(
    r"^[^，。；（]{2,30}?(?:项目|专项|工程|经费|补助|补贴|行动|活动|计划|服务|工作|改造|建设)(?:资金|经费)?(?:的)?[“‘]?(?:年度|全年)?(?:预算|资金)?执行"
)
_OF_ALL = re.compile(r"部门|整体|总体|本单位|本级|全[局委办院馆校]")
_OWN_RULE = re.compile(
    r"扣|档|季度|序时|进度考核|分段|满分|得满分|区间|以上得|不低于|不得分|即得|低于\s?\d|不足\s?\d|达到?\s?\d+(?:\.\d+)?%(?:以上|的|即)"
)
_LOST_BESIDE = re.compile(r"，扣(?:了|除)?\s?\d+(?:\.\d+)?分")  # the rest of the full marks, no rule
_FORMULA = re.compile(
    r"(?:分值|权重|\d+分?)\s?[×*xX乘]\s?(?:以)?(?:预算)?执行率|执行率[^，。；]{0,8}(?:[×*xX]|乘)|按(?:照)?(?:比例|执行率)|折算"
)
_SCORED = re.compile(r"^的分值[^，。；]{0,10}[得计记]$")
OFFERED = re.compile(r"\s?的?[\u4e00-\u9fff]{0,6}(?:分值|权重|满分)|的[\u4e00-\u9fff]{2,10}指标按")
_TARGET = re.compile(r"目标|计划|应|任务|指标值|年初(?:设定|制定)|要求|设定|拟")
_ACTUAL = re.compile(r"实际|交付|按期|完成|组织|开展|达到|举办|实现|建成|新增|培训|仅|已")


def find(scene: Scene, passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """Every score of a sentence that its rate, or its target and actual, decides."""
    yield from _execution(scene, passage, sentence)
    yield from _by_rule(scene, passage, sentence)
    yield from _by_percent(passage, sentence)
    yield from _by_formula(passage, sentence)
    yield from _by_amounts(passage, sentence)
    yield from _proportional(passage, sentence)


def _weight_and_score(items: Sequence[Item]) -> tuple[Item, Item] | None:
    """The two scores of a sentence: what can be had and what was got."""
    scores = [i for i in items if i.q.dimension is Dimension.SCORE and i.role is not Role.DEDUCTED and not i.hedged]
    if len(scores) != 2:
        return None
    first, second = scores
    if first.role is Role.WEIGHT or OFFERED.match(first.after) or second.role is Role.SCORED:
        got = second.role is not Role.WEIGHT or _SCORED.search(second.gap) is not None  # 10分的分值按比例得8.04分
        return (first, second) if got else None
    if second.role is Role.WEIGHT:
        return second, first
    if first.label.endswith("指标") and re.search(r"，[^，。；\d]{0,8}计\s?$", second.gap):
        return first, second  # 时效指标10分，按比例计6.82分
    return None


def _overall(scene: Scene, words: str) -> list[Item]:
    """The one execution rate of the document, where the score is said to follow it: 按执行率比例计算得9.59分."""
    if not re.search(r"按(?:照)?(?:预算)?执行率", words) or (_ONE_PROJECT.search(words) and not _OF_ALL.search(words)):
        return []  # 某工程预算执行率指标（分值10分）按执行率折算: by its own rate
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
    own = sum(1 for i in sentence if i.money) > 1  # 全年预算A，支出B，按执行率折算: by its own rate, see `_by_amounts`
    if not rates and not own and (pair := _leading(sentence)) is not None:
        opening = passage.text.rfind("。", 0, pair[0].q.span.start) + 1
        rates = _overall(scene, passage.text[opening : pair[1].q.span.end])
    if len(rates) != 1 or pair is None:
        return
    rate, (weight, score) = rates[0], pair
    if score.label.endswith(("总分", "总得分")):
        return  # 执行率90%，得分9分，总分92分: the second is no score of the first
    start = passage.text.rfind("。", 0, min(weight.q.span.start, score.q.span.start)) + 1
    if rate.q.span.block == weight.q.span.block:
        start = passage.text.rfind("。", 0, min(weight.q.span.start, rate.q.span.start)) + 1
    words = passage.text[start : score.q.span.end + 30]
    if rate.hedged or weight.q.base > 60 or not _EXECUTION.search(words):
        return
    full = min(rate.q.base, HUNDRED)
    value = weight.q.base * full / HUNDRED
    ulp = max(score.q.figure.ulp, Decimal("0.01"))
    agrees = abs(value - score.q.base) <= ulp or _by_finer_rate(sentence, rate, weight, score)
    if not agrees and (score.q.base > weight.q.base and weight.role is Role.WEIGHT and not _FORMULA.search(words)):
        return  # above its weight: see `_above_weight`
    if not agrees and _OWN_RULE.search(_LOST_BESIDE.sub("", words.replace("满分", ""))) and not _FORMULA.search(words):
        return
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    words_of = f"{plain(weight.q.base)} × {plain(full)}% = {plain(right)}"
    outcome = in_points(score.q, value, words_of, agrees=agrees, shown=right)
    confidence = SURE if _FORMULA.search(words) else LIKELY
    yield claim_of(ClaimKind.EXECUTION_SCORE, score, [("weight", weight), ("rate", rate)], outcome, confidence=confidence)


def _by_finer_rate(sentence: Sequence[Item], rate: Item, weight: Item, score: Item) -> bool:
    """预算8616.93万元，支出8148.17万元，执行率95%，得9.46分: a score finer than the printed rate goes by what the rate is rounded from."""
    ulp = max(score.q.figure.ulp, Decimal("0.01"))
    money = [i for i in sentence if i.money and not i.hedged and i.order < rate.order][-2:]
    for spent, budget in (money, money[::-1]) if len(money) == 2 else ():
        exact = spent.q.base / budget.q.base * HUNDRED if budget.q.base else None
        if exact is not None and exact in rate.q.figure.rounded():
            return abs(weight.q.base * exact / HUNDRED - score.q.base) <= ulp
    half = rate.q.figure.ulp / 2
    finer = score.q.figure.places and score.q.figure.ulp / weight.q.base * HUNDRED < rate.q.figure.ulp
    return bool(finer) and abs(rate.q.base - score.q.base / weight.q.base * HUNDRED) <= half + ulp


_ACHIEVED = re.compile(r"(?:完成率|完成比例|达成率|实现率|达标率|比例)(?:为|达|达到|的)?$")
_BY_ACHIEVED = re.compile(r"按(?:照)?[^，。；\d]{0,10}$")
_WORKED_OUT = re.compile(r"(?:的?比例)?(?:计分|折算|计算|计得|得分|给分|赋分)")


def _by_percent(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """15分的产出数量指标按实际完成率79.7%计分，计得11.96分: the full marks times the rate that the words name."""
    rates = [
        i
        for i in sentence
        if i.percent
        and not i.hedged
        and _ACHIEVED.search(i.label)
        and _BY_ACHIEVED.search(passage.text[max(0, i.q.span.start - 16) : i.q.span.start])
        and _WORKED_OUT.match(i.after)
    ]
    pair = _weight_and_score(sentence)
    if len(rates) != 1 or pair is None or rates[0].q.base > HUNDRED:
        return
    rate, (weight, score) = rates[0], pair
    value = weight.q.base * rate.q.base / HUNDRED
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
    formula = f"{plain(weight.q.base)} × {plain(rate.q.base)}% = {plain(right)}"
    outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
    yield claim_of(ClaimKind.INDICATOR_SCORE, score, [("weight", weight), ("rate", rate)], outcome, shape="proportional")


_BY_AMOUNTS = re.compile(r"按(?:照)?(?:预算)?(?:执行)?(?:率|比例)|折算")


def _by_amounts(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """“预算执行”分值20分，年度预算259.83万元、全年执行238.41万元，按比例得18.35分: the rate is not printed, what it is made of is."""
    pair = _weight_and_score(sentence)
    money = [i for i in sentence if i.money and not i.hedged]
    if pair is None or len(money) != 2 or any(i.percent for i in sentence):
        return
    (budget, spent), (weight, score) = money, pair
    words = passage.text[weight.q.label_start : score.q.span.start]
    told = _EXECUTION.search(weight.label) is not None and _BY_AMOUNTS.search(words) is not None
    if not told or budget.role is not Role.BUDGET or spent.role is not Role.SPENT or not budget.q.base:
        return
    value = weight.q.base * min(spent.q.base / budget.q.base, Decimal(1))
    right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
    formula = f"{plain(weight.q.base)} × {spent.q.raw} ÷ {budget.q.raw} = {plain(right)}"
    outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
    others = [("weight", weight), ("spent", spent), ("budget", budget)]
    yield claim_of(ClaimKind.EXECUTION_SCORE, score, others, outcome, shape="amounts")


_WEIGHT = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d)?)\s?分?\s?[×✕*xX]\s?[（(]?\s?$")
_OVER = re.compile(r"\s?(?:万元)?\s?[÷/／]\s?[^，。；：\d=＝]{0,8}")
_MAKES = re.compile(r"\s?[）)]?\s?[=＝]\s?(?:得分)?")


def _by_formula(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """预算执行得分=10×296.36万元÷311.11万元=9.53分: the quotient that the sentence prints."""
    if not passage.tells("÷", "/"):
        return
    for spent, budget, score in zip(sentence, sentence[1:], sentence[2:], strict=False):
        weight = _WEIGHT.search(passage.text, max(0, spent.q.span.start - 12), spent.q.span.start)
        printed = weight is not None and _OVER.fullmatch(budget.gap) and _MAKES.fullmatch(score.gap)
        if not printed or score.q.dimension is not Dimension.SCORE or not kin(spent.q, budget.q) or not budget.q.base:
            continue
        full = Decimal(weight[1]) if weight is not None else Decimal(0)
        value = full * spent.q.base / budget.q.base
        right = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
        agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, Decimal("0.01"))
        formula = f"{plain(full)} × {spent.q.raw} ÷ {budget.q.raw} = {plain(right)}"
        outcome = in_points(score.q, value, formula, agrees=agrees, shown=right)
        yield claim_of(ClaimKind.EXECUTION_SCORE, score, [("spent", spent), ("budget", budget)], outcome, shape="amounts")


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
