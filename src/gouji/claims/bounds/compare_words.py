"""Comparisons of two figures that stand before the words: 决算数大于预算数, 前者低于后者, 资金全部用完, 年末无结余."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, show

_LARGER = re.compile(
    r"(?:决算|支出|执行)数?(?P<word>大于|高于|多于|小于|低于|少于|等于|(?:未|没有|并未)?超(?:过|出)?)了?(?P<base>年初|全年|调整后?)?预算(?!的?\d|执行|收入|外|管理|编制)数?(?!的?\d)"
    r"|(?:决算|支出|执行)?数?(?<!基本)(?:与|同|和)(?P<as>年初|全年|调整后?)?预算数?(?P<even>持平|一致|相等|相同)"
)
_THAN = (
    "大于",
    "高于",
    "多于",
    "小于",
    "低于",
    "少于",
    "等于",
    "超",
    "持平",
    "一致",
    "相等",
    "相同",
)  # one of these is in whatever `_LARGER` finds
_ALL_SPENT = re.compile(
    r"[，；](?:项目|专项|财政|补助|预算|上述|该项|以上)*(?:资金|经费|预算|指标|款项)?(?:已|均|已经|全)*"
    r"(?P<words>(?:全部|全额|悉数)(?:支出|支付|使用|用完|执行|花完|用尽)(?:完毕|完)?|(?:圆满|全面|顺利|如期|按期)完成了?(?:全年|年度)?(?:预算)?(?:支出|执行|支付)任务|(?:年末|年底|期末|全年)?(?:资金)?无(?:任何)?(?:结余|剩余|结转))(?=[，。；]|$)"
)
_GIVEN_BACK = re.compile(r"收回|交回|上缴|缴回|统筹|核减|退回|注销|调减|压减")
_FORMER = re.compile(
    r"(?:前者|(?P<goal>实际(?:完成)?值))(?P<word>低于|高于|大于|小于|多于|少于|超过|超出)(?(goal)(?:目标|指标|计划)值?|后者)"
)
_SPENT_RATE = re.compile(r"(?:执行|支付|支出|使用)(?:率|进度)|完成[^，。；]{0,6}预算的?$")
_ALL_OF = re.compile(
    r"，(?P<words>(?:所有|全部)[^，。；\d]{0,6}(?:均|都|全部)?已?[^，。；\d]{0,4}?(?P<verb>合格|完成|通过|建成|达标|到位|验收))(?=[，。；]|$)"
)
LOWER_IS_BETTER = re.compile(
    r"时限|时间|耗时|成本|费用|投诉|事故|偏差|偏离|结余|结转|变动|变更|死亡|发病|负债|债务|能耗|浓度|损耗|受害|失业|超标|响应|误差|增幅|流失|辍学|违规|差错|发生率|差旅|公用经费|三公|漏损|退回|不合格|亏损|逾期|缺勤|空置|撂荒|拖欠|积压|渗漏|破损"
)
_OUT = {Role.UP, Role.DOWN}


def find(passage: Passage) -> Iterator[Claim]:
    """Every comparison told behind its two figures."""
    text, several = passage.text, len(passage.items) > 1
    if several and "预算" in text and passage.tells(*_THAN):
        yield from _than_budget(passage)
    if passage.tells("全部", "全额", "悉数", "任务", "无"):
        yield from _all_spent(passage)
    if several and passage.tells("前者", "实际值", "实际完成值"):
        yield from _former(passage)
    if several and passage.tells("所有", "全部"):
        yield from _all_of(passage)


def same(a: Item, b: Item) -> bool:
    """Whether two figures may be compared: of one dimension and thing, or both percentages."""
    if a.percent or b.percent:
        return a.percent and b.percent
    ua, ub = a.q.figure.unit, b.q.figure.unit
    return kin(a.q, b.q) or (ua.dimension is Dimension.RATE and ua.symbol == ub.symbol)


def comparison(bound: Item, value: Item, *, below: bool, sure: bool, words: str) -> Claim:
    """The claim that `value` is not above (`below`) or not below `bound`."""
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


def _than_budget(passage: Passage) -> Iterator[Claim]:
    """预算A，决算B … 决算数大于预算数: the word against the two figures before it."""
    for match in _LARGER.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start() and i.money and not i.hedged]
        spent = next((i for i in reversed(before) if i.role is Role.SPENT), None)
        budget = next((i for i in reversed(before) if i.role is Role.BUDGET), None)
        if spent is None or budget is None or spent.q.span.block != budget.q.span.block:
            continue
        if match["even"] and {id(i) for i in before[-2:]} != {id(spent), id(budget)}:
            continue  # 接待费决算A，年初安排B；车辆C，与预算数一致
        named = match["base"] or match["as"]
        if named and named not in budget.label and any(named in i.label for i in before):
            budget = next(i for i in reversed(before) if named in i.label)
        if spent.q.sentence != budget.q.sentence and sum(1 for i in before if i.q.sentence == spent.q.sentence and i.money) > 1:
            continue  # one of several expenditures of another sentence
        between = passage.text[max(spent.q.span.end, budget.q.span.end) : match.start()]
        if between.count("。") > 1:
            continue
        said = {"大": 1, "高": 1, "多": 1, "超": 1, "等": 0}.get(match["word"][0], -1) if match["word"] else 0
        change = spent.q.base - budget.q.base
        fact = (change > 0) - (change < 0)
        if fact == 0 and match["word"] and match["word"][0] in "未没并":
            fact = -1  # 未超预算 leaves room for as much
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


def _all_spent(passage: Passage) -> Iterator[Claim]:
    """执行率86%，资金已全部支出; 收到A，支出B，资金全部用完."""
    for match in _ALL_SPENT.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start()]
        last = before[-1] if before else None
        if last is None or re.search("[。；，]", passage.text[last.q.span.end : match.start()]) or last.hedged:
            continue
        others = [i for i in before[-3:-1] if i.q.sentence == last.q.sentence and i.money and not i.hedged]
        if last.percent and _SPENT_RATE.search(last.label) and last.role not in _OUT:
            share, against = last.q.base, [last]
        elif last.role is Role.SPENT and others and others[-1].role in (Role.BUDGET, Role.INCOME) and others[-1].q.base:
            share, against = last.q.base / others[-1].q.base * HUNDRED, [last, others[-1]]
        else:
            continue
        stop = passage.text.find("。", match.end())
        if _GIVEN_BACK.search(passage.text, against[-1].q.label_start, stop if stop >= 0 else len(passage.text)):
            continue
        holds = share > Decimal("99.5")
        yield Claim(
            kind=ClaimKind.BOUND,
            verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
            stated=match["words"],
            computed=against[0].q.raw,
            operands=(
                place(Span(passage.block.index, *match.span("words")), "stated"),
                *(operand(i, "spent") for i in against),
            ),
            formula=" < ".join(i.q.raw for i in against) if len(against) > 1 and not holds else against[0].q.raw,
            confidence=LIKELY,
            shape="all_spent",
        )


def _former(passage: Passage) -> Iterator[Claim]:
    """A、B，前者低于后者; V，目标值B，实际值低于目标值: two figures compared by what stands for them."""
    for match in _FORMER.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start()][-2:]
        if (
            len(before) < 2
            or not same(*before)
            or before[0].q.sentence != before[1].q.sentence
            or any(i.hedged for i in before)
        ):
            continue
        if re.search("[。；]", passage.text[before[1].q.span.end : match.start()]):
            continue
        first, second = before
        if match["goal"]:
            goals = [bool(re.search("目标|指标值|计划", i.label)) for i in before]
            if goals[0] == goals[1]:
                continue
            first, second = (second, first) if goals[0] else (first, second)
        less = match["word"][0] in "低小少"
        yield comparison(second, first, below=less, sure=True, words=match[0])


def _all_of(passage: Passage) -> Iterator[Claim]:
    """50个子项，验收合格44个，所有子项均验收合格."""
    for match in _ALL_OF.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start()][-2:]
        if len(before) < 2 or not kin(before[0].q, before[1].q) or any(i.hedged or i.money or i.percent for i in before):
            continue
        whole, done = before
        told = match["verb"] in done.label + done.q.noun[:6] and done.q.sentence == whole.q.sentence
        if told and not re.search("[。；，]", passage.text[done.q.span.end : match.start()]) and done.q.base <= whole.q.base:
            yield comparison(whole, done, below=False, sure=False, words=match["words"])
