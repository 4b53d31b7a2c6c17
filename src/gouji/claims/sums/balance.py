"""Balances in running text: what is left, what is carried over, what a budget was adjusted to.

budget − spent = left; opening + income − spent = closing; 年初预算 + 追加 − 调减 = 调整后预算 (部门决算报表 收入支出决算总表).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.arithmetic import ONE_DIGIT, SIGN, TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.scene import Item, Passage, Scene, kin, wholes
from gouji.claims.sums.listing import NumberedList
from gouji.claims.vocabulary import CLOSING_WORDS, OPENING_WORDS, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.record import record

_ADJUSTED_WORDS = (
    "调整后",
    "调整预算",
    "全年预算",
    "最终预算",
    "调整为",
    "调整至",
    "预算总额",
    "预算数为",
    "实际下达",
    "合计下达",
    "全年下达",
)
_ADJUSTED = re.compile("|".join(_ADJUSTED_WORDS))
_COMES_IN = re.compile(r"收入|拨款|到位|下达|收到|预算|拨入")
_INITIAL = re.compile(r"年初|批复|初始|原")
_MORE = re.compile(r"追加|调增|增加|新增|年中(?:安排|下达)|补充|调入")
_LESS = re.compile(r"追减|调减|核减|压减|减少|收回|扣减|调出|削减")

_MISSING = re.compile(r"(?:还|尚|仍|相)?(?:差|缺|欠)|(?:还|尚|仍)?(?:未完成|少完成)(?:了|的)?")
_PLAN = re.compile(r"计划|目标|任务|应|需|拟")
_WHOLE = re.compile(r"(?:收入|预算|资金|指标)(?:总计|合计|总额)?数?$")
_RETURNED = re.compile(r"收回|交回|缴回|上缴|退回|注销|核销")
_QUOTIENTS = {ClaimKind.RATE: ("numerator", "denominator"), ClaimKind.SHARE: ("part", "base")}
_TO_BE_SPENT = re.compile("预算|安排|资金|到位|合同|总价|中标|成交|概算|总投资|指标|下达|需")
_JOINED = re.compile(r"^\s?[、和及](?:[\u4e00-\u9fff]{0,6}利息|其他收入|退款|罚款)")
_OF_INCOME = re.compile("收支(?:相抵|相减|轧差|相较|相比|两抵|抵减|差)|收入(?:减|扣|抵)")
_MORE_MONEY = re.compile(r"年初结|上年|结转|动用|其他|自筹|自有|调剂|追加|垫|历年|以前|滚存|另|含|超支|赤字|不足|差额")
_RUNNING = re.compile(r"累计|滚存|历年|存量")
_STOCK = re.compile(r"余额|结存|库存")  # what an account holds, not what is left of the year's income
_NEW = re.compile(r"新开|新设|新立|开户|(?:年初|期初)(?:余额)?(?:为零|为0|无余额|没有余额)")
_AT_FIRST = re.compile(r"(?:的?(?:年初|期初|上年末|上年年末|\d{1,2}月初|月初|季初)).*$")


@record(slots=True)
class _Equation:
    """stated = Σ sign·member."""

    members: list[Item]
    signs: list[int]
    weight: float  # confidence if it is the plainest reading


def find(scene: Scene, runs: Sequence[NumberedList], rates: Sequence[Claim] = ()) -> Iterator[Claim]:
    """Every balance of the running text whose members stand in its paragraph or in one numbered list.

    `rates` are the claims found so far: an execution rate that holds tells which budget, printed elsewhere, an expenditure is of.
    """
    for run in runs:
        claim = _listed(run)
        if claim is not None:
            yield claim
    for passage in scene.telling("差", "缺", "欠", "未完成", "少完成"):
        yield from _shortfalls(passage)
    told = [p for p in scene.passages if Role.LEFT in p.roles or p.tells(*_ADJUSTED_WORDS)]
    bases = _bases(scene, rates) if told else {}
    for passage in told:
        amounts = [i for i in passage.items if i.money and i.role is not Role.STANDARD]
        index = scene.order[passage.block.index]
        earlier = [
            i
            for p in scene.passages[max(0, index - 2) : index]
            for i in p.items
            if i.money and i.role in (Role.BUDGET, Role.INCOME) and _WHOLE.search(i.label)
        ]
        ahead = [i for p in scene.passages[max(0, index - 2) : index] for i in p.items if id(i.q) in bases]
        if len(amounts) + len(earlier) < 3 and not any(id(i.q) in bases for i in (*ahead, *amounts)):
            continue
        for item in amounts:
            if item.role is Role.LEFT and not OPENING_WORDS.search(item.label):
                equations = _left(item, amounts, earlier, _opening_elsewhere(scene, passage, item, amounts))
                before = [i for p in scene.passages[max(0, index - 2) : index] for i in p.items if i.money]
                claim = _overspent(passage, item) or _solve(item, [*equations, *_of_all_at_hand(item, amounts, before)])
                if claim is None or claim.verdict is Verdict.UNDECIDABLE:
                    claim = _through_rate(item, amounts, bases) or _of_before(item, amounts, ahead, bases) or claim
            elif item.role in (Role.BUDGET, Role.PLAIN) and _ADJUSTED.search(item.label):
                claim = _solve(item, _adjusted(item, amounts))
            else:
                continue
            if claim is not None and not (claim.verdict is Verdict.DISAGREES and _left_out(claim, item, amounts)):
                yield claim


def _left_out(claim: Claim, item: Item, amounts: Sequence[Item]) -> bool:
    """调剂60万元用于防汛: whether an amount between, which is no member, is just what the balance misses by."""
    members = {id(o.quantity) for o in claim.operands}
    here = [i for i in amounts if i.q.sentence == item.q.sentence and i.order < item.order and id(i.q) not in members]
    missing = abs(item.q.base - claim.right) if claim.right is not None else None
    return any(i.q.base == missing and _MOVED.search(i.label) for i in here)


def _overspent(passage: Passage, item: Item) -> Claim | None:
    """批复预算A，只支出B，剩下C收回: where B is above A nothing can be left, and nothing else is told to have come in."""
    here = [i for i in passage.items if i.q.sentence == item.q.sentence and i.money]
    if [i.role for i in here] != [Role.BUDGET, Role.SPENT, Role.LEFT] or here[-1] is not item or any(i.hedged for i in here):
        return None
    budget, spent = here[0], here[1]
    words = passage.text[budget.q.label_start : item.q.span.end]
    if spent.q.base <= budget.q.base or not item.q.base or _MORE_MONEY.search(words) or budget.q.depth or item.q.depth:
        return None
    outcome = compare_sum(item.q.figure, [budget.q.figure, spent.q.figure], [1, -1])
    return replace(_claim(item, _Equation([budget, spent], [1, -1], LIKELY), outcome, LIKELY), shape="left")


_MOVED = re.compile(r"调剂|划转|转作|用于")
_TO_GOAL = re.compile(r"\s?(?:达标|即?可?达|到|及格|合格|过关|满)")  # 差1处达标: of what was aimed at


def _shortfalls(passage: Passage) -> Iterator[Claim]:
    """计划85户，改造71户，完成83.5%，差14户: what is missing of a plan."""
    for item in passage.items[2:]:
        if not _MISSING.fullmatch(item.label) or item.hedged or item.percent or _TO_GOAL.match(item.after):
            continue
        before = [
            i for i in passage.items[max(0, item.order - 4) : item.order] if i.q.segment == item.q.segment and not i.percent
        ]
        if len(before) < 2 or not all(kin(i.q, item.q) and not i.hedged for i in before[-2:]):
            continue
        plan, done = before[-2:]
        if not _PLAN.search(plan.label) or _PLAN.search(done.label) or done.q.base >= plan.q.base or done.role is Role.PRIOR:
            continue
        outcome = compare_sum(item.q.figure, [plan.q.figure, done.q.figure], [1, -1])
        yield _claim(item, _Equation([plan, done], [1, -1], LIKELY), outcome, SURE if outcome.holds else LIKELY)


def _bases(scene: Scene, claims: Sequence[Claim]) -> dict[int, Item]:
    """The budget of each expenditure whose execution rate holds, by id() of the expenditure's quantity."""
    items = {i.q.span: i for i in scene.items()}
    found: dict[int, Item] = {}
    for claim in claims:
        if claim.kind not in _QUOTIENTS or claim.verdict is not Verdict.AGREES or claim.shape == "elsewhere":
            continue
        top, below = _QUOTIENTS[claim.kind]
        over = [o for o in claim.operands if o.role == top and o.quantity is not None]
        under = [o for o in claim.operands if o.role == below and o.quantity is not None]
        if claim.kind is ClaimKind.SHARE and not _all_paid_of(
            claim, [items[o.span] for o in (*over, *under) if o.span in items]
        ):
            continue
        if len(over) == len(under) == 1 and over[0].quantity is not None and under[0].span in items:
            found[id(over[0].quantity)] = items[under[0].span]
    return found


def _all_paid_of(claim: Claim, pair: Sequence[Item]) -> bool:
    """支付合同款A，占成交总价的P: whether a share tells what was spent of all that was to be spent."""
    stated = claim.operands[0].quantity
    if len(pair) != 2 or stated is None or stated.figure.places == 0:
        return False
    spent, whole = pair
    return spent.role is Role.SPENT and whole.money and _TO_BE_SPENT.search(whole.label) is not None


def _through_rate(item: Item, amounts: Sequence[Item], bases: dict[int, Item]) -> Claim | None:
    """支出S，执行率R，结余L, with the budget in a paragraph before: R tells which one, and L is what S leaves of it."""
    if item.hedged or _RETURNED.search(item.label) or _RUNNING.search(item.label):
        return None
    near = [i for i in amounts if i.order < item.order and 0 <= item.q.sentence - i.q.sentence <= 2 and id(i.q) in bases]
    between = [i for i in amounts if near and near[-1].order < i.order < item.order and i.q.sentence == item.q.sentence]
    if not near or between:
        return None
    spent, budget = near[-1], bases[id(near[-1].q)]
    equation = _Equation([budget, spent], [1, -1], LIKELY)
    outcome = compare_sum(item.q.figure, [budget.q.figure, spent.q.figure], equation.signs)
    return _claim(item, equation, outcome, SURE if outcome.holds else LIKELY)


def _of_before(item: Item, amounts: Sequence[Item], ahead: Sequence[Item], bases: dict[int, Item]) -> Claim | None:
    """年末结转结余L, which opens a paragraph, behind the one that tells the expenditure and its rate: said where a slip explains it."""
    if (
        not ahead
        or item is not amounts[0]
        or item.hedged
        or not CLOSING_WORDS.search(item.label)
        or _RUNNING.search(item.label)
    ):
        return None
    spent = ahead[-1]
    budget = bases[id(spent.q)]
    outcome = compare_sum(item.q.figure, [budget.q.figure, spent.q.figure], [1, -1])
    if not outcome.holds and outcome.cause is not TRANSPOSED:
        return None
    return _claim(item, _Equation([budget, spent], [1, -1], LIKELY), outcome, SURE if outcome.holds else LIKELY)


def _listed(run: NumberedList) -> Claim | None:
    """1.年初结转 2.本年收入 3.本年支出 4.年末结转, each in an item of its own."""
    firsts = [next((m for m in i.money if m.role not in (Role.UP, Role.DOWN)), None) for i in run.items]
    heads = [i for i in firsts if i is not None]
    if not 3 <= len(heads) <= 8 or len(heads) != len(run.items):
        return None
    opening = [i for i in heads if i.role is Role.OPENING]
    closing = [i for i in heads if i.role is Role.LEFT and CLOSING_WORDS.search(i.label)]
    spent = [i for i in heads if i.role is Role.SPENT]
    income = [i for i in heads if i not in opening and i not in closing and i not in spent]
    if len(closing) != 1 or len(spent) != 1 or len(opening) != 1 or not income:
        return None
    if not all(i.role is Role.INCOME or _COMES_IN.search(i.label) for i in income):
        return None
    members = [*opening, *income, *spent]
    equation = _Equation(members, [1] * (len(members) - 1) + [-1], SURE)
    outcome = compare_sum(closing[0].q.figure, [m.q.figure for m in members], equation.signs)
    return _claim(closing[0], equation, outcome, SURE)


def _near(item: Item, amounts: Sequence[Item]) -> list[Item]:
    """Other amounts of the sentence and the two before it."""
    return [i for i in amounts if i is not item and 0 <= item.q.sentence - i.q.sentence <= 2]


def _opening_elsewhere(scene: Scene, passage: Passage, item: Item, amounts: Sequence[Item]) -> list[Item] | None:
    """The opening balance that another paragraph tells of the account that the sentence names; None where none is asked for.

    专户全年收入346万元、支出258万元，年末余额102.7万元: what the account held at first is part of it, told here or not.
    """
    if not _STOCK.search(item.label) or any(i.role is Role.OPENING for i in _near(item, amounts)):
        return None
    start = passage.text.rfind("。", 0, item.q.span.start) + 1
    if _NEW.search(passage.text, start, item.q.span.start):
        return None
    told = [i for i in scene.items() if i.money and i.role is Role.OPENING and not i.hedged]
    words = passage.text[start : item.q.span.end]
    named = [i for i in told if len(name := _AT_FIRST.sub("", i.label)) >= 4 and name in words]
    return named if len(named) == 1 else []


def _broken_down(part: Item, item: Item, amounts: Sequence[Item]) -> bool:
    """收入总计T（上年结转A加本年收入B），支出总计C: whether a figure is one of those that a bracket makes the income up of."""
    if part.q.depth <= item.q.depth or part.role not in (Role.OPENING, Role.INCOME, Role.BUDGET):
        return False
    whole = next((i for i in reversed(amounts) if i.order < part.order and i.q.depth < part.q.depth), None)
    return whole is not None and whole.role in (Role.INCOME, Role.BUDGET)


def _left(item: Item, amounts: Sequence[Item], earlier: Sequence[Item], elsewhere: Sequence[Item] | None) -> list[_Equation]:
    near = [i for i in _near(item, amounts) if not _broken_down(i, item, amounts)]
    opening = [i for i in near if i.role is Role.OPENING] or list(elsewhere or ())
    spent = [i for i in near if i.role is Role.SPENT]
    if not any(i.role in (Role.BUDGET, Role.INCOME) for i in near) and spent:
        near = [*earlier, *near]
    into = [i for i in near if i.role in (Role.BUDGET, Role.INCOME) or (i.role is Role.PLAIN and i.order < item.order)]
    here = [i for i in near if i.q.sentence == item.q.sentence and i.q.span.block == item.q.span.block]
    told = [i for i in here if i.role in (Role.BUDGET, Role.INCOME)]
    plain = sum(1 for i in here if i.role is Role.SPENT) == 1 and len(told) == 1
    told_of = {id(i) for i in (*told, *spent, *opening)}
    if any(
        i.order < item.order and id(i) not in told_of and i.role not in (Role.UP, Role.DOWN, Role.PRIOR)
        for i in here
        if i.order > (spent[-1].order if spent else -1)
    ):
        plain = False  # 预算A，支出B，再留足尾款C，可统筹的结余D
    if any(_JOINED.search(i.gap) and i.role is Role.PLAIN and i.order < item.order for i in here):
        plain = False  # 收到拨款A、利息B，支付C: all that came in
    returned = [i for i in here if i.order < item.order and _RETURNED.search(i.label)]
    if returned or _RETURNED.search(item.label) or (_RUNNING.search(item.label) and not opening):
        plain = False  # 收回 and 结余 share what is left; 累计结余 has years behind it
    plain = plain and (elsewhere is None or bool(elsewhere))
    equations: list[_Equation] = []
    for i in reversed(told[-2:] if returned else []):
        for s in reversed([m for m in spent if m in here][-2:]):
            equations.append(_Equation([i, s, *returned], [1, -1, *([-1] * len(returned))], LIKELY))
    if _OF_INCOME.search(item.label):
        into = [i for i in into if i.role is Role.INCOME or "收入" in i.label]  # 收支相抵结余: of what came in, no budget
        told = [i for i in told if i in into]
    closing = CLOSING_WORDS.search(item.label) is not None
    for o in opening[:2]:
        for i in into[:4]:
            for s in spent[:3]:
                sure = SURE if plain and i in told and s in here and len(opening) == 1 and closing else 0.0
                equations.append(_Equation([o, i, s], [1, 1, -1], sure))
    for i in reversed(into[-4:]):
        for s in reversed(spent[-3:]):
            if i is s:
                continue
            weight = SURE if plain and not opening and i in told and s in here else 0.0
            equations.append(_Equation([i, s], [1, -1], weight))
    return equations


_AT_HAND = re.compile(
    r"(?:(?:可用|可支配|可安排|可使用)(?:资金|财力|预算)|收入总计|资金来源|资金总额)(?:合计|总计|总量|总额)?$"
)


def _of_all_at_hand(item: Item, amounts: Sequence[Item], before: Sequence[Item]) -> list[_Equation]:
    """可用资金合计T。本年支出B，其中基本支出C，项目支出D；年末结转L: what came in is told as all there was, and one amount as all that was spent."""
    if _RETURNED.search(item.label) or _RUNNING.search(item.label) or item.q.depth:
        return []
    near = [i for i in (*before, *_near(item, amounts)) if i.q.span < item.q.span]
    if any(_RETURNED.search(i.label) for i in near):
        return []
    hand = [i for i in near if _AT_HAND.search(i.label)]
    whole = [i for i in wholes([i for i in near if i not in before]) if i.role is Role.SPENT]
    if len(hand) != 1 or len(whole) != 1 or whole[0].q.span < hand[0].q.span or whole[0].hedged:
        return []
    return [_Equation([hand[0], whole[0]], [1, -1], LIKELY)]


def _adjusted(item: Item, amounts: Sequence[Item]) -> list[_Equation]:
    near = [i for i in amounts if i is not item and i.q.sentence == item.q.sentence and i.order < item.order]
    near = [i for i in near if i.q.depth <= item.q.depth]  # 追加314.5万元（其中救灾96万元）
    ahead = [i for i in amounts if i.q.sentence == item.q.sentence - 1]
    if len(ahead) == 1 and _INITIAL.search(ahead[0].label):
        near = [*ahead, *near]  # 年初预算A。年中追加B，追减C，调整后D
    initial = [i for i in near if _INITIAL.search(i.label) or i.role is Role.BUDGET]
    more = [i for i in near if _MORE.search(i.label)]
    less = [i for i in near if _LESS.search(i.label)]
    initial = [i for i in initial if i not in more and i not in less]
    if not initial or not (more or less):
        return []
    base = initial[0]
    carried = [i for i in near if i.role is Role.OPENING]
    told = {id(i) for i in (*more, *less, base)}
    other = [i for i in near if id(i) not in told and i.role not in (Role.PRIOR, Role.STANDARD, Role.SPENT, Role.OPENING)]
    equations = [_Equation([base, *more, *less], [1, *([1] * len(more)), *([-1] * len(less))], 0.0 if other else SURE)]
    if other:  # 年初A，省里下达B，追加C，由此变为D: B counts as well
        members = [base, *other, *more, *less]
        equations.append(_Equation(members, [1] * (len(members) - len(less)) + [-1] * len(less), 0.0))
    if carried:
        members = [base, *carried, *more, *less]
        equations.insert(0, _Equation(members, [1] * (1 + len(carried) + len(more)) + [-1] * len(less), LIKELY))
    return equations


def _solve(item: Item, equations: Sequence[_Equation]) -> Claim | None:
    main: tuple[_Equation, Outcome] | None = None
    for equation in equations:
        outcome = compare_sum(item.q.figure, [m.q.figure for m in equation.members], equation.signs)
        if outcome.holds:
            return _claim(item, equation, outcome, SURE)
        slip = outcome.cause is TRANSPOSED or (outcome.cause is ONE_DIGIT and item.q.figure.places >= 2)
        slip = slip or (outcome.cause is not None and outcome.cause.zh.startswith("数量级"))
        if slip and not equation.weight:
            equation.weight = LIKELY
        if main is None or equation.weight > main[0].weight:
            main = (equation, outcome)
    if main is None:
        return None
    equation, outcome = main
    if outcome.right < 0 and outcome.cause in (None, SIGN):
        return None  # 支出A，动用预算B、结转C: what was carried over is spent here
    claim = _claim(item, equation, outcome, equation.weight or 0.5)
    if not equation.weight and item.q.sentence != equation.members[-1].q.sentence:
        return None
    if not equation.weight or item.hedged or any(m.hedged for m in equation.members):
        return undecidable(claim, "结余所对应的收支不能确定", "which figures the balance refers to is uncertain")
    return claim


def _claim(item: Item, equation: _Equation, outcome: Outcome, confidence: float) -> Claim:
    roles = ["plus" if s > 0 else "minus" for s in equation.signs]
    return claim_of(ClaimKind.BALANCE, item, list(zip(roles, equation.members, strict=True)), outcome, confidence=confidence)
