"""Comparisons told in words: a figure said to keep within, reach or pass another one of its sentence.

未超过B, 低于B, 高于B, 不少于B … 完成任务, 超额完成 … 计划N，实际M, 不超过B的限额，实际V，未突破.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, Hedge, show

_LARGER = re.compile(
    r"(?:决算|支出|执行)数?(?P<word>大于|高于|多于|小于|低于|少于|等于)(?P<base>年初|全年|调整后?)?预算数?(?!的?\d)"
)
_OUT = {Role.UP, Role.DOWN}
_THAN = re.compile(
    r"(?:(?P<kept>(?:总体|整体|全部|均|有效|严格)?控制在$)|(?P<below>(?<!不)低于|(?<!不)小于|未超过|没有超过|未超出|未突破|(?<!不)少于|不超过|不高于|不大于)"
    r"|(?P<above>不低于|不少于|不小于|(?<!不)高于|(?<![未不有])超过|(?<!不)大于|(?<!不)多于))"
    r"[^，。；]{0,10}$"
)
_LINE = re.compile(
    r"\s?(?:个|的|这一)?[^，。；\d]{0,10}?(?:线|标准|要求|目标|水平|限|上限|下限|规定|任务|底线|红线|指标|值|限额|时限|控制数|计划|数)"
)
_WITHIN = re.compile(
    r"(?:未|没有|不)(?:突破|超过?|超出)|控制在[^，。；]{0,10}(?:内|以内|范围)|达到(?:了)?(?:要求|目标|标准|规定|预期)|达标|符合(?:要求|规定)|在(?:限额|控制数|预算|规定)[^，。；]{0,4}(?:内|以内)"
)
_LIMIT = re.compile(r"不超过|不高于|不得超过|限额|控制数|上限|最高限")
_FLOOR = re.compile(r"不少于|不低于|至少|不得少于|不得低于")
_IN_BUDGET = re.compile(
    r"，(?:总体|均|全部|全年|整体)?(?:(?:未|没有|不)(?:突破|超过?|超出)(?:年初|全年|部门|批复)?预算|控制在(?:年初|全年|部门|批复)?预算[^，。；]{0,4}内)"
)
_OVERFULFILLED = re.compile(r"超额(?:完成|实现)|超(?:计划|目标|任务)(?:完成)?")
_FULFILLED = re.compile(
    r"(?<!未)(?<!未能)(?<!尚未)(?:完成|达到|达成|实现|满足)(?:了|核查|考核|年度|预期|既定|培训|检查|全部)?[^，。；\d]{0,6}(?:任务|目标|要求|计划|标准|指标)"
    r"|^，(?:合格|达标|符合)"
)
_PLANNED = re.compile(r"计划|目标|任务|应|指标|拟|预计|要求")
_ACTUAL = re.compile(r"实际|实测|完成|举办|开展|组织|实现|核查|检查|培训|达|建成|支出|发放|仅|为$")
_NOT_FULFILLED = re.compile(r"未(?:能)?(?:完成|达到|达成|实现|达标)|没有(?:完成|达到)|不足|缺口|只完成|仅完成|尚未")


def find(scene: Scene) -> Iterator[Claim]:
    """Every comparison of two figures that stand in one sentence."""
    for passage in scene.passages:
        yield from _than_budget(passage)
        for n, item in enumerate(passage.items):
            claim = _than(passage, n, item) or _limit(passage, n, item) or _plan(passage, n, item) or _kept(passage, n, item)
            if claim is not None:
                yield claim


def _than_budget(passage: Passage) -> Iterator[Claim]:
    """预算A，决算B … 决算数大于预算数: the word against the two figures before it."""
    for match in _LARGER.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start() and i.money and not i.hedged]
        spent = next((i for i in reversed(before) if i.role is Role.SPENT), None)
        budget = next((i for i in reversed(before) if i.role is Role.BUDGET), None)
        if spent is None or budget is None or spent.q.span.block != budget.q.span.block:
            continue
        named = match["base"]
        if named and named not in budget.label and any(named in i.label for i in before):
            budget = next(i for i in reversed(before) if named in i.label)
        if spent.q.sentence != budget.q.sentence and sum(1 for i in before if i.q.sentence == spent.q.sentence and i.money) > 1:
            continue  # one of several expenditures of another sentence
        between = passage.text[max(spent.q.span.end, budget.q.span.end) : match.start()]
        if between.count("。") > 1:
            continue
        said = {"大": 1, "高": 1, "多": 1, "小": -1, "低": -1, "少": -1, "等": 0}[match["word"][0]]
        change = spent.q.base - budget.q.base
        fact = (change > 0) - (change < 0)
        yield Claim(
            kind=ClaimKind.BOUND,
            verdict=Verdict.AGREES if said == fact else Verdict.DISAGREES,
            stated=match[0],
            computed={1: "大于", 0: "等于", -1: "小于"}[fact],
            operands=(
                place(Span(passage.block.index, match.start(), match.end()), "stated"),
                operand(spent, "spent"),
                operand(budget, "budget"),
            ),
            formula=f"{spent.q.raw} {'>' if fact > 0 else '<' if fact < 0 else '='} {budget.q.raw}",
            confidence=SURE,
            shape="larger",
        )


def _than(passage: Passage, n: int, bound: Item) -> Claim | None:
    """结余率2.53%，低于2%的控制线; 平均办结15天，未超过17天的时限."""
    if n == 0:
        return None
    match = _THAN.search(passage.text[bound.q.label_start : bound.q.span.start])
    if match is None or re.search(r"(?:须|应当?)$", passage.text[: bound.q.label_start + match.start()]):
        return None  # 优须不低于92分 is a rule
    value = passage.items[n - 1]
    same = value.percent if bound.percent else kin(value.q, bound.q)
    if (
        not same
        or value.hedged
        or value.q.sentence != bound.q.sentence
        or bound.q.clause - value.q.clause > 1
        or (value.role in _OUT and match["kept"] is None)
    ):
        return None
    if match["kept"] is not None and not (bound.percent and re.match(r"\s?(?:以内|之内|以下)", bound.after)):
        return None
    told = _LINE.match(bound.after.lstrip("”’")) or re.search(
        r"限额|预算|计划|目标|任务|标准|控制数|上限|定额|指标|上年|去年|水平", match[0]
    )
    if match["kept"] is None and not told:
        return None
    if re.search(
        r"差距|未(?:能)?达|没有达到|不达|低于|相差", passage.text[bound.q.span.end : bound.q.span.end + 24].split("。")[0]
    ):
        return None
    return _claim(bound, value, below=match["above"] is None, sure=True, words=match[0].strip())


def _kept(passage: Passage, n: int, value: Item) -> Claim | None:
    """预算5万元，实际支出5.8万元，未超过预算; 控制在12万元以内，实际支出13.6万元."""
    if n == 0 or not value.money or value.hedged or value.role is not Role.SPENT:
        return None
    bound = passage.items[n - 1]
    if not bound.money or bound.q.sentence != value.q.sentence or value.q.clause - bound.q.clause > 1:
        return None
    if bound.q.figure.hedge is Hedge.AT_MOST and bound.label.endswith("控制在") and re.search(r"实际|决算", value.label):
        return _claim(bound, value, below=True, sure=False, words="控制在")
    if bound.role is Role.BUDGET and not bound.hedged and _IN_BUDGET.match(passage.text, value.q.span.end):
        return _claim(bound, value, below=True, sure=True, words="未超过预算")
    return None


def _limit(passage: Passage, n: int, bound: Item) -> Claim | None:
    """不超过B的限额，实际V，未突破限额."""
    clause = passage.text[bound.q.label_start : bound.q.span.end + 10]
    if not _LIMIT.search(clause) or n + 1 >= len(passage.items):
        return None
    value = passage.items[n + 1]
    same = value.percent if bound.percent else kin(value.q, bound.q)
    if (
        not same
        or value.hedged
        or value.q.sentence != bound.q.sentence
        or value.role in _OUT
        or not _ACTUAL.search(value.label)
    ):
        return None
    after = passage.text[value.q.span.end : value.q.span.end + 24].split("。")[0]
    if not _WITHIN.search(after):
        return None
    return _claim(bound, value, below=True, sure=True, words="不超过")


def _plan(passage: Passage, n: int, plan: Item) -> Claim | None:
    """超额完成任务，计划N，实际M; 按不少于N的要求核查M，完成任务."""
    if n + 1 >= len(passage.items) or plan.q.dimension is Dimension.SCORE or plan.money:
        return None
    actual = passage.items[n + 1]
    floor = _FLOOR.search(plan.label + passage.text[plan.q.label_start : plan.q.span.start]) is not None
    floor = floor or (plan.q.figure.hedge is Hedge.AT_LEAST and re.search(r"应|须|要求|目标|计划", plan.label) is not None)
    if not (floor or _PLANNED.search(plan.label)) or not kin(plan.q, actual.q) or actual.hedged or actual.role in _OUT:
        return None
    if actual.q.sentence != plan.q.sentence or actual.q.clause - plan.q.clause > 1 or not _ACTUAL.search(actual.label):
        return None
    start = passage.text.rfind("。", 0, plan.q.span.start) + 1
    stop = passage.text.find("。", actual.q.span.end)
    sentence = passage.text[start : stop if stop >= 0 else len(passage.text)]
    behind = passage.text[actual.q.span.end : stop if stop >= 0 else len(passage.text)]
    if _NOT_FULFILLED.search(sentence):
        return None
    over = _OVERFULFILLED.search(sentence)
    done = re.match(r"[^，。；]{0,8}，", behind) is not None and _FULFILLED.search(behind.split("；")[0][:20]) is not None
    if not over and not done:
        return None
    return _claim(plan, actual, below=False, sure=True, words="超额完成" if over else "完成")


def _claim(bound: Item, value: Item, *, below: bool, sure: bool, words: str) -> Claim:
    holds = value.q.base <= bound.q.base if below else value.q.base >= bound.q.base
    sign = ("≤" if below else "≥") if holds else (">" if below else "<")
    unit = value.q.figure.unit
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=f"{words}{bound.q.raw}",
        computed=value.q.raw,
        operands=(operand(value, "stated"), operand(bound, "bound")),
        difference=None if holds else show(abs(value.q.base - bound.q.base), unit),
        formula=f"{value.q.raw} {sign} {bound.q.raw}",
        confidence=SURE if sure else LIKELY,
        shape="compared",
    )
