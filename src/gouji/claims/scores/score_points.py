"""Points lost by the percentage point: 每低于目标1个百分点扣0.5分，目标90%，实际82%，扣4分，得6分; 每低一个百分点扣0.2分，低18个百分点，扣3.6分.

What was missed is printed, or is the goal less what was reached; what is lost is that many times the points of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, in_points
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import HUNDRED, ZERO, Dimension, plain

CUE = "百分点"
_RULE = re.compile(
    r"每(?:再)?(?P<way>低|少|差|下降|降低|降|不足|偏低|高|超|增加|上升|偏离|偏差)(?:于|出|过)?[^，。；\d]{0,8}?(?:100%)?\s?(?:一|1\s?)个?百分点[，的]?(?:就|则|即|相应|应)?(?:扣除?|减)\s?$"
)
_WHOLE = re.compile(r"(?:低|少|差)于?\s?100%")
_LIMITED = re.compile(r"最[多高]扣|扣完|封顶|上限|酌情|超过|以上的?部分|不足[一1]个百分点|四舍五入|取整")
_GOAL = re.compile(r"目标|要求|标准|指标值|计划|应达|基准")
_APART = re.compile(r"低|差|少|高|超|落后|相差|未完成|缺")
_EXECUTION = re.compile(r"执行率|支出率|支付率|支出进度|执行进度")


def find(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """What a rule by the percentage point makes of the points lost and of the score, in one sentence."""
    for loss in sentence:
        head = passage.text[max(0, loss.q.span.start - 32) : loss.q.span.start]
        rule = _RULE.search(head) if loss.q.dimension is Dimension.SCORE and not loss.hedged else None
        if rule is None or _LIMITED.search(passage.text, sentence[0].q.label_start, sentence[-1].q.span.end):
            continue
        missed = _missed(sentence, loss, rule)
        if missed is None:
            continue
        points, told, formula = missed
        yield from _apart(sentence, told)
        execution = _EXECUTION.search(passage.text, sentence[0].q.label_start, sentence[-1].q.span.end) is not None
        kind = ClaimKind.EXECUTION_SCORE if execution else ClaimKind.INDICATOR_SCORE
        value = points * loss.q.base
        others = [("deducted", loss), *told]
        lost = next((i for i in sentence if i.order > loss.order and i.role is Role.DEDUCTED and not i.hedged), None)
        if lost is not None:
            words = f"{formula} × {plain(loss.q.base)} = {plain(value)}"
            yield claim_of(kind, lost, others, in_points(lost.q, value, words), shape="by_points", confidence=SURE)
        full, got = _marks(sentence)
        if full is not None and got is not None and got.order > loss.order:
            left = max(full.q.base - value, ZERO)
            words = f"{plain(full.q.base)} - {formula} × {plain(loss.q.base)} = {plain(left)}"
            outcome = in_points(got.q, left, words)
            yield claim_of(kind, got, [("weight", full), *others], outcome, shape="by_points", confidence=LIKELY)


def _missed(sentence: Sequence[Item], loss: Item, rule: re.Match[str]) -> tuple[Decimal, list[tuple[str, Item]], str] | None:
    """By how many points the goal was missed, the figures that tell so, and the formula."""
    less = rule["way"] not in ("高", "超", "增加", "上升", "偏离", "偏差")
    percents = [i for i in sentence if i.percent and i.q.figure.unit.symbol == "%" and not i.hedged]
    goals = [i for i in percents if _GOAL.search(i.label)]
    whole = _WHOLE.search(rule[0]) is not None
    done = [i for i in percents if i not in goals and not (whole and i.q.base == HUNDRED)]
    printed = [i for i in sentence if i.q.dimension is Dimension.POINTS and i.order > loss.order and _APART.search(i.label)]
    if len(done) == 1 and (len(goals) == 1 or (whole and not goals)):
        goal = goals[0].q.base if goals else HUNDRED
        points = goal - done[0].q.base if less else done[0].q.base - goal
        told = [*(("target", g) for g in goals), ("actual", done[0]), *(("points", p) for p in printed[:1])]
        shown = f"({plain(goal)} - {plain(done[0].q.base)})" if less else f"({plain(done[0].q.base)} - {plain(goal)})"
        return (points, told, shown) if points > 0 else None
    if len(printed) == 1 and not printed[0].hedged:
        return printed[0].q.base, [("points", printed[0])], plain(printed[0].q.base)
    return None


def _apart(sentence: Sequence[Item], told: Sequence[tuple[str, Item]]) -> Iterator[Claim]:
    """执行率82%，低18个百分点: the printed difference of the goal and what was reached."""
    roles = dict(told)
    points, done, goal = roles.get("points"), roles.get("actual"), roles.get("target")
    goal = goal or next((i for i in sentence if i.percent and i.q.base == HUNDRED and i is not done), None)
    if points is None or done is None or goal is None:
        return
    high, low = sorted((goal, done), key=lambda i: i.q.base, reverse=True)
    outcome = compare_sum(points.q.figure, [high.q.figure, low.q.figure], [1, -1])
    others = [("target", goal), ("actual", done)]
    yield claim_of(ClaimKind.CHANGE, points, others, outcome, shape="points_apart", confidence=LIKELY)


def _marks(sentence: Sequence[Item]) -> tuple[Item | None, Item | None]:
    """The full marks and the score, where the sentence tells one of each."""
    scores = [i for i in sentence if i.q.dimension is Dimension.SCORE and i.role is not Role.DEDUCTED and "扣" not in i.label]
    if len(scores) != 2 or any(i.hedged for i in scores) or scores[1].role is not Role.SCORED:
        return None, None
    return (scores[0], scores[1]) if scores[0].role in (Role.WEIGHT, Role.PLAIN) else (None, None)
