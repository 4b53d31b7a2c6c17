"""Scores of execution whose rate stands further off: 执行率94%。预算执行满分10分，以执行率乘权重折算，记9.4分; 安排640万元、用掉576万元…15分里的13.5分.

The weight stands beside the score; the rate is the last one told before it, or what a budget and its spending make. The rule, weight ×
rate, is printed anywhere in the report, or other scores of the report follow it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.build import LIKELY, claim_of, in_points
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain
from gouji.model.record import record

WORDS = ("执行", "支付率", "支出率", "支付进度", "支出进度", "列支", "支付比例", "支出比例")
_CUE = re.compile(r"执行|支[付出](?:率|进度|比例)|列支|权重×")
_RULE = re.compile(  # 以执行率乘权重折算, 按支付比例折算, “权重×执行率”
    r"(?:执行|支付|支出)(?:率|比例|进度)[”’]?(?:结果)?\s?(?:[×*]|乘|折算|折合|计分|计算)"
    r"|(?:按|以|依)(?:照|据)?[^，。；\d]{0,6}(?:执行|支付|支出)(?:率|比例)[^，。；]{0,6}(?:折|计|得|算|赋)"
    r"|(?:分值|权重|满分|\d分?)\s?(?:[×*]|乘以?)\s?[“‘]?(?:预算|资金|实际)?(?:执行|支付|支出)率"
)
_OTHER_RULE = re.compile(
    r"(?:执行|支[付出])(?:率|进度)[^。；]{0,24}(?:以上|不足|低于|每[低少降]|扣)[^。；]{0,16}(?:得|扣|不得分)|达到?\s?\d+(?:\.\d+)?%(?:以上)?(?:的|即|可|，)*[得计记]|之间的?[，可]?[得计记]|节点|分档|序时"
)
_RATE = re.compile(r"(?:执行|支[付出])(?:率|进度|比例)|预算完成率")
_AIM = re.compile(r"目标|要求|应|不低于|≥|以上|上年|去年|同期")
_GOT = re.compile(r"(?:得|计|记|评|打|给|拿到|折合|自评|获)(?:了|分|得|为|到)*\s?$")
_NOT_GOT = re.compile(r"满分|分值|权重|总分|[共总合]计|扣|失|每|减")
_WITHIN = re.compile(r"\s?(?:里|中|当中)(?:的|得|拿到?了?)\s?")
_FULL = re.compile(r"满额\s?$|足额\s?$")
_BUDGET = re.compile(r"预算|安排|下达|到位|资金$|指标")
_SPENT = re.compile(r"支出|支付|列支|用掉|执行|花|使用|拨付")
_CENT, _HALF_POINT, _EARNED = (
    Decimal("0.01"),
    Decimal("0.5"),
    Decimal("0.1"),
)  # how far off a score, a whole one, full marks may be
_FEW = 3  # sentences between a rate and its score


Rate = tuple[Decimal, str, list[tuple[str, Item]]]  # per cent, as it is made, of which figures


@record(slots=True)
class _Pair:
    """What could be had, what was got, and what the score should be by each rate that may be meant, the nearest first."""

    weight: Item
    score: Item
    rates: list[Rate]

    def value(self, n: int) -> Decimal:
        return self.weight.q.base * min(self.rates[n][0], HUNDRED) / HUNDRED

    def holds(self) -> int | None:
        """The rate by which the score is right."""
        score = self.score.q
        near = max(score.figure.ulp, _CENT) if score.figure.places else _HALF_POINT
        full = score.base == self.weight.q.base
        return next((n for n in range(len(self.rates)) if abs(self.value(n) - score.base) <= (_EARNED if full else near)), None)


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every score of execution that no other claim has read."""
    known = {
        c.operands[0].span
        for c in claims
        if c.kind in (ClaimKind.EXECUTION_SCORE, ClaimKind.INDICATOR_SCORE) and c.verdict is not Verdict.UNDECIDABLE
    }
    for passage in scene.telling("÷", "/", "／"):
        if Dimension.SCORE in passage.dimensions:
            yield from _printed(passage)
    for passage in scene.telling("的满分", "分满分"):
        if Dimension.SCORE in passage.dimensions and Dimension.PERCENT in passage.dimensions:
            yield from _lost(passage)
    pairs = [pair for passage in scene.telling(*WORDS) for pair in _pairs(scene, passage, known)]
    if not pairs:
        return
    told = any(_RULE.search(p.text) for p in scene.telling("执行率", "支付率", "支出率", "支付比例", "执行比例"))
    by_rule = any(p.holds() is not None and p.score.q.base < p.weight.q.base for p in pairs) or any(
        c.kind is ClaimKind.EXECUTION_SCORE and c.verdict is Verdict.AGREES for c in claims
    )
    for pair in pairs:
        right = pair.holds()
        if right is not None or told or by_rule:
            yield _claim(pair, right)


_QUOTIENT = re.compile(  # 10×（1,536÷1,600）=
    r"(?<![\d.])(?P<full>\d{1,2}(?:\.\d)?)\s?分?\s?[×✕*xX]\s?[（(]\s?(?P<a>\d[\d,]*(?:\.\d+)?)\s?(?P<u>[万亿]?元)?\s?[÷/／]\s?(?P<b>\d[\d,]*(?:\.\d+)?)\s?(?P=u)?\s?[）)]\s?[=＝]\s?(?=\d)"
)
_SHORT = re.compile(r"\s?的?满分(?:分?值)?(?:少|低|差|扣|失|丢)(?:了|得|掉|去)?\s?")


def _printed(passage: Passage) -> Iterator[Claim]:
    """得分为10×（1,536÷1,600）=9.6分: the quotient that the sentence prints."""
    for found in _QUOTIENT.finditer(passage.text):
        score = next((i for i in passage.items if i.q.span.start == found.end()), None)
        if score is None or score.q.dimension is not Dimension.SCORE:
            continue
        above, below = (Decimal(found[g].replace(",", "")) for g in "ab")
        if below:
            value = Decimal(found["full"]) * above / below
            shown = value.quantize(Decimal(1).scaleb(-max(score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
            agrees = abs(value - score.q.base) <= max(score.q.figure.ulp, _CENT)
            outcome = in_points(
                score.q, value, f"{found['full']} × {found['a']} ÷ {found['b']} = {plain(shown)}", agrees=agrees, shown=shown
            )
            yield claim_of(ClaimKind.EXECUTION_SCORE, score, [], outcome, shape="executed")


def _lost(passage: Passage) -> Iterator[Claim]:
    """执行率97%；以执行率乘10分计算，执行得分比10分的满分少了0.3分: what the rest of the rate takes off."""
    for n, (full, lost) in enumerate(itertools.pairwise(passage.items)):
        if full.q.dimension is not Dimension.SCORE or lost.q.dimension is not Dimension.SCORE or not _SHORT.fullmatch(lost.gap):
            continue
        rates = [i for i in passage.items[:n] if _is_rate(i) and full.q.sentence - i.q.sentence <= 1]
        start = passage.text.rfind("。", 0, full.q.span.start) + 1
        if not rates or not _RULE.search(passage.text, start, full.q.span.start) or rates[-1].q.base > HUNDRED:
            continue
        value = full.q.base * (HUNDRED - rates[-1].q.base) / HUNDRED
        formula = f"{plain(full.q.base)} × (100% - {plain(rates[-1].q.base)}%) = {plain(value)}"
        agrees = abs(value - lost.q.base) <= max(lost.q.figure.ulp, _CENT)
        outcome = in_points(lost.q, value, formula, agrees=agrees)
        others = [("weight", full), ("rate", rates[-1])]
        yield claim_of(ClaimKind.EXECUTION_SCORE, lost, others, outcome, shape="executed", confidence=LIKELY)


def _pairs(scene: Scene, passage: Passage, known: set[Span]) -> Iterator[_Pair]:
    if Dimension.SCORE not in passage.dimensions:
        return
    previous = 0
    points = [i for i in passage.items if i.q.dimension is Dimension.SCORE and not i.hedged and i.role is not Role.DEDUCTED]
    for n, score in enumerate(points):
        weight = score if _FULL.search(score.gap) else points[n - 1] if n else None
        if weight is None or not _is_got(passage, score, weight):
            weight = _told_before(passage, score, points[:n])
        if weight is None:
            continue
        zone = passage.text[max(previous, passage.text.rfind("。", 0, weight.q.label_start) + 1) : score.q.span.end + 4]
        start, previous = previous, score.q.span.end
        if score.q.span in known or not _CUE.search(zone) or _OTHER_RULE.search(zone):
            continue
        rates = _rates(passage, start, score) or _elsewhere(scene, zone)
        if rates:
            yield _Pair(weight, score, rates)


def _told_before(passage: Passage, score: Item, before: Sequence[Item]) -> Item | None:
    """权重为：预算执行10分、过程20分…。预算执行得分为执行率乘以权重，得9.42分: the full marks of a sentence before."""
    start = max(passage.text.rfind(mark, 0, score.q.span.start) for mark in "。；") + 1
    said = passage.text[start : score.q.span.start]
    alone = not any(i.q.span.start >= start for i in before)
    if not alone or not _CUE.search(said) or not _RULE.search(said) or not _GOT.search(score.gap):
        return None
    named = [i for i in before if _CUE.search(i.label) and not _GOT.search(i.gap) and i.q.base >= score.q.base]
    return named[0] if len(named) == 1 else None


def _is_got(passage: Passage, score: Item, weight: Item) -> bool:
    """Whether a score was got out of the full marks right before it."""
    if weight is score:
        return score.after.startswith("计")
    if weight.q.sentence != score.q.sentence or score.q.base > weight.q.base or weight.q.base > HUNDRED / 2:
        return False
    if weight.role is not Role.WEIGHT and _GOT.search(weight.gap) and not _WITHIN.fullmatch(score.gap):
        return False  # 产出得38.5分，效益得19.2分
    lead = passage.text[score.q.label_start : score.q.span.start]
    got = (_GOT.search(score.gap) or _GOT.search(lead)) and not _NOT_GOT.search(lead)
    return _WITHIN.fullmatch(score.gap) is not None or (got is not None and score.q.depth <= weight.q.depth)


def _rates(passage: Passage, start: int, score: Item) -> list[Rate]:
    """The rates that may be meant: told or made by two amounts since the score before, else those told earlier in the paragraph."""
    items = passage.items[: score.order]
    found = [_printed_rate(i) for i in items if _is_rate(i)]
    found += list(_of_amounts(items))
    found.sort(key=lambda rate: rate[2][0][1].q.span.start, reverse=True)
    near = [rate for rate in found if rate[2][0][1].q.span.start >= start]
    far = [rate for rate in found if score.q.sentence - rate[2][0][1].q.sentence <= _FEW]
    return near or far


_OWN = re.compile(
    r"^(?P<name>[^，。；：（\d]{4,30}?)(?:的)?(?:年度|全年)?(?:预算|资金)?(?:执行|支付|支出)(?:率|进度|得分|指标)"
)


def _elsewhere(scene: Scene, zone: str) -> list[Rate]:
    """支付进度设8分，计分方法为支付率乘以分值: the one rate of that name in the report, of a project named its own."""
    rule = _RULE.search(zone)
    name = _RATE.search(rule[0]) if rule is not None else None
    if name is None:
        return []
    own = _OWN.match(zone)
    if own is not None and not _OF_ALL.search(own["name"]):
        named = [p for p in scene.passages if own["name"] in p.text]
        found = [rate for p in named for rate in _of_amounts(p.items) if _names(p, own["name"], rate)]
        return found[:1] if len({rate[0] for rate in found}) == 1 else []
    told = [i for i in scene.items() if _is_rate(i) and i.label.endswith(name[0])]
    return [_printed_rate(told[0])] if len({i.q.base for i in told}) == 1 else []


_OF_ALL = re.compile(r"部门|整体|总体|本单位|本级|全[局委办院馆校]|项下|方面|关于|按")


def _names(passage: Passage, name: str, rate: Rate) -> bool:
    """Whether the clauses of two amounts begin with the project's name."""
    budget = rate[2][-1][1]
    start = passage.text.rfind("。", 0, budget.q.span.start) + 1
    return name in passage.text[start : budget.q.span.start]


def _printed_rate(item: Item) -> Rate:
    return item.q.base, f"{plain(item.q.base)}%", [("rate", item)]


def _of_amounts(items: Sequence[Item]) -> Iterator[Rate]:
    """What every budget and the spending right behind it make."""
    for budget, spent in itertools.pairwise(items):
        if not (budget.money and spent.money and budget.q.base) or spent.q.segment != budget.q.segment:
            continue
        named = _BUDGET.search(budget.label) and not _SPENT.search(budget.label.replace("支出预算", ""))
        if named and _SPENT.search(spent.label) and not (budget.hedged or spent.hedged) and spent.q.base <= budget.q.base:
            share = spent.q.base / budget.q.base * HUNDRED
            yield share, f"{spent.q.raw} ÷ {budget.q.raw}", [("spent", spent), ("budget", budget)]


def _is_rate(item: Item) -> bool:
    share = item.percent or (item.q.dimension is Dimension.BARE and not item.q.base)  # 执行率为0
    moved = item.role in (Role.UP, Role.DOWN, Role.PRIOR, Role.TARGET)
    return (
        bool(share) and not moved and not item.hedged and _RATE.search(item.label) is not None and not _AIM.search(item.label)
    )


def _claim(pair: _Pair, right: int | None) -> Claim:
    n = right or 0
    value, (_, words, others) = pair.value(n), pair.rates[n]
    shown = value.quantize(Decimal(1).scaleb(-max(pair.score.q.figure.places, 2)), rounding=ROUND_HALF_UP)
    formula = f"{plain(pair.weight.q.base)} × {words} = {plain(shown)}"
    outcome = in_points(pair.score.q, value, formula, agrees=right is not None, shown=shown)
    weight = [("weight", pair.weight)] if pair.weight is not pair.score else []
    return claim_of(ClaimKind.EXECUTION_SCORE, pair.score, [*weight, *others], outcome, shape="executed", confidence=LIKELY)
