"""Scores that a rule printed beside them decides: 按分值的80%计6.4分; 合格率70.5%，按合格率计4.23分; 4处，每处扣0.5分，8分得6分.

财预〔2020〕10号: quantities in proportion to what was done, qualitative ones in thirds, losses by the case. A clause between semicolons
tells one indicator: its full marks, its score, and the rule with the figures that it asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from gouji.claims.build import LIKELY, SURE, claim_of, in_points
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.scores.score_rates import OFFERED
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, ZERO, Dimension, plain
from gouji.model.record import record

CUES = ("按", "扣", "满分")
_ITEM = re.compile(r"(?:该|本|此)(?:项|指标)(?:指标)?(?:为)?$")
_GOT = re.compile(r"(?:得|计|记|评|打|给|赋)(?:了|分|得|为)?\s?$")
_AN_INDICATOR = re.compile(r"的?指标，")
_OF_MARKS = re.compile(r"按(?:照)?(?:该项|本项|指标)?(?:分值|满分|权重)的\s?$")
_BY_ITS_RATE = re.compile(
    r"按(?:照)?(?:该|实际|此)?(?P<rate>[\u4e00-\u9fff]{1,5}[率比])(?:折算|计算|比例)?(?:计|得|折|记|给|赋)"
)
_ELSEWHERE = ("比率", "完成率", "执行率", "支出率", "支付率")  # see `score_rates`
_INVERSE = re.compile(
    r"按(?:照)?目标(?:值|成本|数)?(?:与|和|[÷/比])实际(?:值|成本|数|完成值)?(?:之比|的?比[例值率])?(?:折|计|得|给|赋)"
)
_DIRECT = re.compile(
    r"按(?:照)?(?:(?:实际)?完成(?:值|数|量|情况)?|实际(?:值|数)?)(?:与|和|占|[÷/比])(?:目标|计划)(?:值|数|任务)?(?:之比|的?比[例值重])?(?:折|计|得|给|赋)"
    r"|按(?:照)?(?:完成)?(?:比例|完成率|完成比)(?:折算)?(?:计|得|折|记|给|赋|扣)"
)
_FULL = re.compile(r"(?:达标|达到(?:目标|要求|标准)值?|完成(?:目标|任务)|超额完成)，?(?:应|按规定|可|故)?得满分")
_ELSE = re.compile(r"未达|未完成|没有?达|不达|否则|不足|低于|差|以上得")  # what else the rule says
_IS_FULL = re.compile(r"\s?（(?:得|即|为)?满分）")
_LOSS = re.compile(r"每(?P<less>少|缺|漏|差)?\s?(?:1|一)?\s?(?P<unit>[\u4e00-\u9fff])[\u4e00-\u9fff]{0,5}扣\s?$")
_LIMITED = re.compile(r"最[多高]扣|扣完|封顶|上限|不扣分|酌情|超过|以上的?部分|第[一二三]次|首次|不可抗力")
_TARGET = re.compile(r"目标|计划|要求|应|任务|全年$")
_ACTUAL = re.compile(r"实际|完成|实测|达到|已|仅|只")
_TALLY = (Dimension.COUNT, Dimension.MEASURE, Dimension.MONEY, Dimension.RATE)


@record(slots=True)
class _Reckoned:
    """What the rule makes of the full marks, as a formula and with the figures that it takes."""

    value: Decimal
    formula: str
    others: list[tuple[str, Item]]


def find(passage: Passage) -> Iterator[Claim]:
    """Every score whose clause prints its rule."""
    if not passage.tells(*CUES):
        return
    for _, group in groupby(passage.items, key=lambda i: (i.q.sentence, i.q.segment)):
        clause = list(group)
        yield from _respective(passage, clause)
        pair = _marks(clause)
        if pair is None:
            continue
        weight, score = pair
        words = passage.text[clause[0].q.label_start : score.q.span.end + 6]
        found = _by_cases(passage, clause, pair, words) or _by_rate(clause, pair, words) or _by_quotient(clause, pair, words)
        if found is None and ((_FULL.search(words) and not _ELSE.search(words)) or _IS_FULL.match(score.after)):
            found = _Reckoned(weight.q.base, f"满分{plain(weight.q.base)}", [("weight", weight)])
        if found is not None:
            yield _claim(score, found)


def _marks(clause: Sequence[Item]) -> tuple[Item, Item] | None:
    """The full marks and the score, where the clause tells one of each."""
    scores = [i for i in clause if i.q.dimension is Dimension.SCORE and i.role is not Role.DEDUCTED and "扣" not in i.label]
    if len(scores) != 2 or any(i.hedged for i in scores):
        return None
    weight, score = scores
    offered = weight.role is Role.WEIGHT or OFFERED.match(weight.after) or _ITEM.search(weight.label)
    offered = offered or _AN_INDICATOR.match(weight.after)  # 按完成比例计分的10分指标，给了8分
    return (weight, score) if offered and _GOT.search(score.gap) and weight.q.base <= HUNDRED else None


def _by_cases(passage: Passage, clause: Sequence[Item], pair: tuple[Item, Item], words: str) -> _Reckoned | None:
    """4处不规范，每处扣0.5分; 应12次，实9次，每少1次扣1分."""
    weight = pair[0]
    for loss in clause:
        told = _LOSS.search(passage.text, max(0, loss.q.span.start - 14), loss.q.span.start)
        if told is None or loss.q.dimension is not Dimension.SCORE or _LIMITED.search(words):
            continue
        cases = [
            i
            for i in clause
            if i.order < loss.order
            and i.q.dimension is Dimension.COUNT
            and i.q.figure.unit.symbol == told["unit"]
            and "每" not in i.label
        ]
        if told["less"] and len(cases) == 2:
            number, shown = cases[0].q.base - cases[1].q.base, f"({plain(cases[0].q.base)} - {plain(cases[1].q.base)})"
        elif not told["less"] and len(cases) == 1:
            number, shown = cases[0].q.base, plain(cases[0].q.base)
        else:
            return None
        if number < 0 or any(i.hedged for i in cases):
            return None
        value = max(weight.q.base - number * loss.q.base, ZERO)
        formula = f"{plain(weight.q.base)} - {shown} × {plain(loss.q.base)}"
        return _Reckoned(value, formula, [("weight", weight), ("deducted", loss), *(("count", i) for i in cases)])
    return None


def _by_rate(clause: Sequence[Item], pair: tuple[Item, Item], words: str) -> _Reckoned | None:
    """按分值的80%计; 合格率70.52%，按合格率计."""
    weight = pair[0]
    percents = [i for i in clause if i.percent and not i.hedged and i.order < pair[1].order]
    told = _BY_ITS_RATE.search(words)
    named = [i for i in percents if _OF_MARKS.search(i.gap)]
    if not named and told is not None and told["rate"] not in _ELSEWHERE:
        named = [i for i in percents if i.label.endswith(told["rate"])]
    if len(named) != 1 or named[0].q.base > HUNDRED:
        return None
    value = weight.q.base * named[0].q.base / HUNDRED
    return _Reckoned(value, f"{plain(weight.q.base)} × {plain(named[0].q.base)}%", [("weight", weight), ("rate", named[0])])


def _by_quotient(clause: Sequence[Item], pair: tuple[Item, Item], words: str) -> _Reckoned | None:
    """目标138处，完成116处，按比例得; 按目标值与实际值之比计分."""
    weight, score = pair
    inverse = _INVERSE.search(words) is not None
    if not inverse and _DIRECT.search(words) is None:
        return None
    things = [i for i in clause if i.q.dimension in _TALLY and not i.hedged and i.order < score.order]
    target = [i for i in things if _TARGET.search(i.label)]
    actual = [i for i in things if i not in target and _ACTUAL.search(i.label)]
    if len(things) != 2 or len(target) != 1 or len(actual) != 1 or not kin(target[0].q, actual[0].q):
        return None
    above, below = (target[0], actual[0]) if inverse else (actual[0], target[0])
    if not below.q.base or above.q.base > below.q.base:
        return None
    value = weight.q.base * above.q.base / below.q.base
    formula = f"{plain(weight.q.base)} × {plain(above.q.figure.value)} ÷ {plain(below.q.figure.value)}"
    return _Reckoned(value, formula, [("weight", weight), ("target", target[0]), ("actual", actual[0])])


_EXECUTION = re.compile(r"执行率|支出率|支付率|支出进度|执行进度")
_EACH_BY_RATE = re.compile(r"按(?:照)?(?:预算|资金|各自的?)?(?:执行率|比例|支出率)|折算")


def _respective(passage: Passage, clause: Sequence[Item]) -> Iterator[Claim]:
    """甲、乙的预算执行率分别为84.4%、80.7%，满分均为10分，按执行率折算，分别得8.44分、8.07分."""
    rates = [i for i in clause if i.percent]
    scores = [i for i in clause if i.q.dimension is Dimension.SCORE]
    if len(rates) < 2 or len(scores) != len(rates) + 1 or any(i.hedged for i in (*rates, *scores)):
        return
    weight, got = scores[0], scores[1:]
    words = passage.text[clause[0].q.label_start : got[0].q.span.start]
    listed = [i.order for i in (*rates, weight, *got)] == list(range(rates[0].order, rates[0].order + len(rates) * 2 + 1))
    told = listed and weight.role is Role.WEIGHT and _EXECUTION.search(words) and _EACH_BY_RATE.search(words)
    if not told or not re.search(r"(?:分别|依次)[^，。；]{0,4}$", got[0].gap) or any(r.q.base > HUNDRED for r in rates):
        return
    for rate, score in zip(rates, got, strict=True):
        value = weight.q.base * rate.q.base / HUNDRED
        formula = f"{plain(weight.q.base)} × {plain(rate.q.base)}%"
        reckoned = _Reckoned(value, formula, [("weight", weight), ("rate", rate)])
        yield _claim(score, reckoned, ClaimKind.EXECUTION_SCORE)


def _claim(score: Item, found: _Reckoned, kind: ClaimKind = ClaimKind.INDICATOR_SCORE) -> Claim:
    right = found.value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    exact = found.value % score.q.figure.ulp == 0  # nothing to be rounded
    agrees = abs(found.value - score.q.base) <= (ZERO if exact else max(score.q.figure.ulp, Decimal("0.01")))
    outcome = in_points(score.q, found.value, f"{found.formula} = {plain(right)}", agrees=agrees, shown=right)
    return claim_of(kind, score, found.others, outcome, shape="ruled", confidence=SURE if agrees else LIKELY)
