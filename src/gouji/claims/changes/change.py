"""Growth in running text: an amount and a percentage against last year's, the budget's or another named base.

prior = current − signed difference; the percentage is tested on the prior figure, printed or derived. Direction words must
agree with the signs. 同口径 and 年均 (compound) growth have bases that the text does not print and are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from gouji.claims.arithmetic import (
    Outcome,
    as_printed,
    compare_growth,
    compare_growth_by,
    compare_percent,
    compare_sum,
    compare_value,
    figure_interval,
)
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.changes import change_amount, saving, trends
from gouji.claims.changes.change_words import (
    DELTA,
    DIFFERENCE,
    SKIP,
    clause_of,
    currents,
    directions,
    is_base_year,
    moved_behind,
    sign_of,
    with_others,
    wrong_way,
)
from gouji.claims.changes.named_pair import named_pair
from gouji.claims.ratios import respective
from gouji.claims.scene import AIMED, Item, Passage, Scene, kin, wholes
from gouji.claims.slips import OTHER_BASE
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, Figure, Interval, plain

_VERSUS = re.compile(r"比|较|同比|与[^，。]{1,12}相比|相比|由|从|增长|下降|增加|减少")
_FROM = re.compile(r"由|从|上年|去年|上期|前一年|之?前$")
_DELTA_WORDS = re.compile(r"(?:较|比|同)[^，。；]{0,10}|净?(?:增加|增长|减少|下降|降低|上升|提高)了?$")
_LAST_YEAR = re.compile(r"上年|去年")
_THAN_YEAR = re.compile(r"(?:较|比|同|与|对比)(?:上年|去年|20\d\d年)")  # 较2020年的19万元减支8万元
_BETWEEN = re.compile(r"[少多增减差超降压砍掉落涨省升退缩]|节约|回收")
_REACHED = re.compile(r"[到至为]了?\s?$")  # 由A缩短到B: B is no difference
_CAME = re.compile(r"(?:增|减|升|降|涨|扩|缩)[加长高大少低短小]?[到至为]了?\s?")
_UNSIGNED = re.compile(r"(?:变动|变化|增减|波动|差异|偏差|偏离)(?:率|幅度|比例)?(?:为|达)?$")
_AIM = ("目标", "计划", "要求", "任务")
_GOAL = re.compile(rf"(?:{'|'.join(_AIM)})(?:值|数)?[是为：]?[^，。；\d]{{0,6}}$")
_COMPARED = {Dimension.MONEY, Dimension.PERCENT}  # whose difference may be told by a label: 差额, 变动率
_ADJUSTMENT = re.compile(r"(?:调整|净增|净减|追加|调增|调减)(?:的)?(?:幅度|率|比例)(?:为|达)?$")
_INITIAL = re.compile(r"年初|批复|原预算|初始")
_ADJUSTED = re.compile(r"调整后|调整为|调整至|最终|变更为")


def find(scene: Scene) -> Iterator[Claim]:
    """Every growth whose figures stand beside it."""
    directed: set[int] = set()  # figures whose direction is told
    for passage in scene.passages:
        if Role.PRIOR in passage.roles or passage.tells("由", "从", "上年", "去年"):
            moved = list(directions(passage))
            yield from moved
            directed |= {id(o.quantity) for c in moved for o in c.operands}
        if passage.roles & DELTA:
            yield from change_amount.nets(passage)
        saved = list(saving.find(passage))
        yield from saved
        if not (passage.roles & DELTA or passage.dimensions & _COMPARED):
            continue
        listed = list(respective.find(passage))
        if Dimension.PERCENT not in passage.dimensions:
            yield from listed  # beside percentages they stand with the rates
        told = {id(c.operands[0].quantity) for c in (*saved, *listed)}
        for item in passage.items:
            recomputed = _recomputed_by(passage, item)
            if recomputed is None or id(item.q) in told or AIMED.match(item.after):
                continue
            if passage.tells(*_AIM) and _GOAL.search(passage.text, 0, item.q.span.start):
                continue
            claim = recomputed(passage, item)
            if claim is not None:
                yield claim
    yield from trends.find(scene, directed)


def _recomputed_by(passage: Passage, item: Item) -> Callable[[Passage, Item], Claim | None] | None:
    """What recomputes the change that a figure tells; None where it tells none."""
    delta = item.role in DELTA
    if delta and not item.percent and _moved_to(passage, item):
        return None
    if item.percent:
        if _bracketed(passage, item):
            return _beside_difference
        if _tells_adjustment(item.label):
            return _adjustment
        return _percent if delta else _by_two if _tells_unsigned(item.label) else None
    if delta:
        if item.q.dimension is Dimension.POINTS:
            return _points
        return change_amount.find if item.q.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE) else None
    return change_amount.find if item.money and _tells_difference(item.label) else None


def _moved_to(passage: Passage, item: Item) -> bool:
    """由28.4万人次增为31.25万人次: a figure that something came to is no difference."""
    before = passage.items[item.order - 1] if item.order else None
    came = before is not None and _CAME.fullmatch(item.gap) is not None and re.search("[由从]", before.label) is not None
    return came and before is not None and kin(before.q, item.q)


@by_words
def _tells_adjustment(label: str) -> bool:
    return _ADJUSTMENT.search(label) is not None


@by_words
def _tells_unsigned(label: str) -> bool:
    return _UNSIGNED.search(label) is not None


@by_words
def _tells_difference(label: str) -> bool:
    return DIFFERENCE.search(label) is not None


def _bracketed(passage: Passage, item: Item) -> bool:
    """本期较上期增支60.72万元（27.22%）: a bare percentage in the bracket behind a difference."""
    before = passage.items[item.order - 1] if item.order else None
    return (
        before is not None
        and item.gap.strip() == "（"
        and item.after.startswith("）")
        and before.role in DELTA
        and not before.percent
        and before.q.dimension is not Dimension.POINTS
    )


def _beside_difference(passage: Passage, item: Item) -> Claim | None:
    """The percentage of the two figures whose difference stands before its bracket."""
    delta = passage.items[item.order - 1]
    amount = change_amount.find(passage, delta)
    if amount is None or amount.verdict is not Verdict.AGREES:
        return None
    spans = {o.role: o.span for o in amount.operands}
    found = {role: next((i for i in passage.items if i.q.span == span), None) for role, span in spans.items()}
    current, prior = found.get("current"), found.get("base")
    if current is None or prior is None or not prior.q.base:
        return None
    outcome = compare_growth(item.q.figure, current.q.figure, prior.q.figure)
    return claim_of(ClaimKind.CHANGE, item, [("current", current), ("base", prior)], outcome, confidence=LIKELY)


def _adjustment(passage: Passage, item: Item) -> Claim | None:
    """年初预算A，调整后B，调整幅度P: (B - A) ÷ A (预算调整率，财预〔2013〕53号)."""
    money = [i for i in passage.items[: item.order] if i.money and i.q.sentence == item.q.sentence and not i.hedged]
    first = [i for i in money if _INITIAL.search(i.label)]
    last = [i for i in money if _ADJUSTED.search(i.label) and i not in first]
    if len(first) != 1 or len(last) != 1 or item.hedged:
        return None
    claim = _compare_two(item, last[0], first[0], told=True)
    if claim is not None and claim.shape == "direction":
        return None  # 调整率 has no direction
    if claim is None or claim.verdict is not Verdict.DISAGREES:
        return claim
    of_last = abs(last[0].q.base - first[0].q.base) / last[0].q.base * HUNDRED
    return replace(claim, cause=OTHER_BASE) if of_last in item.q.figure.rounded() else claim


def _delta_before(passage: Passage, item: Item) -> Item | None:
    """The amount that the percentage restates: 增加10万元，增长5%."""
    for other in reversed(passage.items[: item.order]):
        if other.q.sentence != item.q.sentence or item.order - other.order > 2 or other.q.segment != item.q.segment:
            return None
        if other.percent:
            return None
        if _REACHED.search(other.gap) and other.role in DELTA:
            return None  # 缩减到了62万元，降幅22.5%
        if (other.role in DELTA or DIFFERENCE.search(other.label)) and other.q.dimension is not Dimension.POINTS:
            return other
        return None
    return None


def _percent(passage: Passage, item: Item) -> Claim | None:
    if SKIP.search(clause_of(passage, item)) or with_others(item.label) or _than_unprinted(passage, item):
        return None
    later = change_amount.both_ahead(passage, item)
    if later is not None:
        return _compare_two(item, *later, told=True)
    delta = _delta_before(passage, item)
    if delta is not None and _of_another_name(item, delta):
        return None
    if delta is None:
        return _by_two(passage, item)
    claim = _by_delta(passage, item, delta)
    if claim is not None and claim.verdict is Verdict.DISAGREES:
        printed = _by_two(passage, item)  # the difference may be what is wrong
        if printed is not None and printed.verdict is Verdict.AGREES:
            return printed
    return claim


_PRICE = re.compile(r"(?:比|较|低于|高于)(?:最高)?(控制价|限价|概算|评估价|市场价|参考价|指导价)")


def _than_unprinted(passage: Passage, item: Item) -> bool:
    """甲标段比控制价低4.4%: whether it is compared with a price that the paragraph does not print."""
    told = _PRICE.search(item.label)
    return told is not None and not any(told[1] in i.label for i in passage.items if i is not item)


_OWN_NAME = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}(?:人数|件数|起数|户数|数量|总量|面积|金额))(?:同比|比上年|较上年|较去年)?$"
)


def _of_another_name(item: Item, delta: Item) -> bool:
    """事故1084起，比上年减少96起，死亡人数下降6.8%: whether the percentage has a name of its own that the difference does not bear."""
    told = _OWN_NAME.search(_DELTA_WORDS.sub("", item.label))
    return told is not None and told["name"] not in delta.label and told["name"][:2] not in delta.label


def _positive(item: Item) -> Figure:
    figure = item.q.figure
    return figure if figure.value >= 0 else replace(figure, value=-figure.value)


def _by_delta(passage: Passage, item: Item, delta: Item) -> Claim | None:
    """V，比上年增加D，增长P%."""
    if SKIP.search(clause_of(passage, delta)):
        return None
    nearby = currents(passage, delta, delta)
    subject = _DELTA_WORDS.sub("", delta.label)
    if len(subject) >= 3:
        # 本年收入增加10万元 speaks of the figure of that name, not of the nearest one
        nearby.sort(key=lambda i: not i.label.endswith(subject))
    whole = wholes(nearby[::-1])
    nearby.sort(key=lambda i: i not in whole)  # 经费A，其中甲B、乙C，同比减少D: of A, not of its last part
    sign = sign_of(delta)
    main = None
    for current in nearby:
        # a printed prior figure serves as the base itself; otherwise prior = current − difference
        printed = current.role is Role.PRIOR or _THAN_YEAR.search(current.label) or _of_year_before(current, delta)
        if "两年" in delta.gap and _of_one_year(passage, current):
            ways: tuple[int, ...] = (-sign, 0)
        else:
            ways = (0,) if printed else (-sign, 0) if current.role is Role.BUDGET else (-sign,)
        for way in ways:
            outcome = compare_growth_by(_positive(item), delta.q.figure, current.q.figure, way)
            if outcome is None:
                continue
            if outcome.holds:
                if sign_of(item) != sign:
                    return wrong_way(item, delta, current, outcome)
                if _nearly_another(outcome, subject, current):
                    continue
                return _claim(item, delta, current, outcome)
            main = main or (outcome, current)
    if main is None or item.hedged or delta.hedged or main[1].hedged:
        return None
    outcome, base = main
    if len(subject) >= 3 and base.label.endswith(subject) and base.q.span.block == delta.q.span.block:
        return _claim(item, delta, base, _explained(item, delta, base, outcome), SURE)
    near = delta.order - base.order == 1 and base.q.sentence == delta.q.sentence
    confidence = SURE if near and base.role is not Role.LEFT else LIKELY
    claim = _claim(item, delta, base, _explained(item, delta, base, outcome), confidence)
    if base.q.sentence != delta.q.sentence:
        return undecidable(claim, "增减所指的本期数不能确定", "the current figure is uncertain")
    return claim


def _of_year_before(current: Item, delta: Item) -> bool:
    """2020年决算A，2021年增加D: the figure of an earlier year than the difference is its base."""
    told = change_amount.years(current, delta)
    return told is not None and told[0] < told[1]


def _of_one_year(passage: Passage, item: Item) -> bool:
    """2020年人均74元、服务42.15万人，筹资A；两年相比增加D: the sentence of the figure begins with a year, and tells of that year alone."""
    start = passage.text.rfind("。", 0, item.q.span.start) + 1
    words = passage.text[start : item.q.span.start]
    return re.match(r"\s*20\d\d年", words) is not None and len(re.findall(r"20\d\d年|本年|今年|当年|上年", words)) == 1


def _nearly_another(outcome: Outcome, subject: str, current: Item) -> bool:
    """Whether a percentage fits but for its last digit a figure that is not the one it names: chance, not a slip."""
    return outcome.shape in ("truncated", "last_digit") and len(subject) >= 3 and not current.label.endswith(subject)


def _explained(item: Item, delta: Item, current: Item, outcome: Outcome) -> Outcome:
    """Whether the current figure was taken as the divisor."""
    if outcome.cause is None and current.q.base:
        wrong = abs(delta.q.base) / current.q.base * HUNDRED
        if wrong in item.q.figure.rounded():
            return replace(outcome, cause=OTHER_BASE)
    return outcome


def _by_two(passage: Passage, item: Item) -> Claim | None:
    """2023年V，2022年R，增长P%; 由R增加到V，增长P%."""
    ahead = moved_behind(passage, item)
    if ahead is not None and "其中" not in ahead[1].gap:
        return _compare_two(item, *ahead, told=True)
    named = named_pair(passage, item)
    if named is not None:
        claim = _compare_two(item, *named, told=True)
        return claim if claim is None or claim.shape else replace(claim, shape="paired")
    amounts = [i for i in currents(passage, item, None) if i.q.sentence == item.q.sentence and i.q.segment == item.q.segment]
    if len(amounts) < 2:
        return None
    amounts = _with_whole(amounts)
    apart = _difference_of_two(item, amounts)
    if apart is not None:
        claim = _compare_two(item, *apart, told=True)
        return claim if claim is None or claim.shape else replace(claim, shape="paired")
    if any(is_base_year(item, i) for i in amounts[1:2]):
        return None  # 2023年A，2022年B，本年较2023年增长P: the figure of this year is not beside
    if amounts[0].role is Role.PRIOR:  # 46，比2019年的53下降P，较2015年的71下降Q: the other base is no current figure
        amounts = [amounts[0], *(i for i in amounts[1:] if i.role is not Role.PRIOR)]
        if len(amounts) < 2:
            return None
    known = [i for i in amounts[:2] if i.role in (Role.PRIOR, Role.OPENING) or _FROM.search(i.label)]
    if not known and _UNSIGNED.search(item.label) and {i.role for i in amounts[:2]} == {Role.BUDGET, Role.SPENT}:
        known = [i for i in amounts[:2] if i.role is Role.BUDGET]  # 预算A，支出B，差异率R
    if not known and not _VERSUS.search(clause_of(passage, item)):
        return None
    pairs = [(a, b) for a, b in ((amounts[0], amounts[1]), (amounts[1], amounts[0])) if kin(a.q, b.q)]
    pairs = [(v, r) for v, r in pairs if not (v in known and r not in known)]
    claims = [c for c in (_compare_two(item, v, r, told=r in known) for v, r in pairs) if c is not None]
    return next((c for c in claims if c.verdict is Verdict.AGREES), claims[0] if claims else None)


def _difference_of_two(item: Item, amounts: list[Item]) -> tuple[Item, Item] | None:
    """2021年R，2022年V，多借出D，增长P%: the nearest figure is the difference of the two before it, which are what is compared."""
    if len(amounts) < 3 or not all(kin(i.q, amounts[0].q) for i in amounts[1:3]) or item.role not in DELTA:
        return None
    low, high = sorted(amounts[1:3], key=lambda i: i.q.base)
    if high.q.base - low.q.base != amounts[0].q.base or not low.q.base or not _BETWEEN.search(amounts[0].label):
        return None
    return (high, low) if sign_of(item) > 0 else (low, high)


def _with_whole(amounts: list[Item]) -> list[Item]:
    """接待T，其中甲A、乙B，比上年R增长P: the parts that make up T give way to it."""
    base, parts = amounts[0], amounts[1:]
    for n, item in enumerate(parts[1:], 1):
        inner = parts[:n]
        if "其中" in inner[-1].gap and kin(item.q, base.q) and compare_sum(item.q.figure, [i.q.figure for i in inner]).holds:
            return [base, *parts[n:]]
    return amounts


def _compare_two(item: Item, current: Item, prior: Item, *, told: bool) -> Claim | None:
    """The percentage between two printed figures; `told` = the words say which of them is the base."""
    if prior.q.base <= 0:
        return None
    change = current.q.base - prior.q.base
    stated = _positive(item)
    outcome = compare_growth(stated, current.q.figure, prior.q.figure)
    right_way = _UNSIGNED.search(item.label) is not None or (change >= 0) == (sign_of(item) > 0)
    if outcome.holds and right_way:
        return claim_of(ClaimKind.CHANGE, item, [("current", current), ("base", prior)], outcome)
    if any(i.hedged for i in (item, current, prior)):
        return None
    small, large = sorted((current, prior), key=lambda i: i.q.base)
    for base in (
        ()
        if _REACHED.search(small.gap) or (small.role not in DELTA and not _BETWEEN.search(small.label))
        else (large.q.base, large.q.base - small.q.base, large.q.base + small.q.base)
    ):
        # the smaller figure may itself be the difference: A，少了D，下降P%
        share = (
            compare_percent(stated, small.q.base / base * HUNDRED, None, f"{as_printed(small.q.figure)} ÷ {plain(base)}")
            if base > 0
            else None
        )
        if share is not None and share.holds:
            return claim_of(ClaimKind.CHANGE, item, [("change", small), ("current", large)], share)
    moved = re.search(r"[由从]", prior.label) and re.search(r"[到至为成]了?\s?(?:20\d\d年的?)?$", current.gap)
    beside = moved is not None and current.order - prior.order == 1 and item.order - current.order == 1
    shape = "beside" if beside and item.q.segment == prior.q.segment == current.q.segment else ""
    claim = claim_of(ClaimKind.CHANGE, item, [("current", current), ("base", prior)], outcome, shape=shape, confidence=SURE)
    if outcome.holds:
        return wrong_way(item, item, current, outcome) if told else None
    return claim if told else undecidable(claim, "增长所比的两个数不能确定", "which two figures are compared is uncertain")


def _points(passage: Passage, item: Item) -> Claim | None:
    """由30%提高到35%，提高5个百分点."""
    percents = [i for i in passage.items[: item.order] if i.percent and i.q.segment == item.q.segment and i.role not in DELTA]
    if len(percents) < 2 or item.hedged:
        return None
    a, b = percents[-2], percents[-1]
    years = change_amount.years(a, b)
    if years is not None and years[0] > years[1]:
        a, b = b, a  # 2023年13.4%，2020年11.2%
    elif b.role is Role.PRIOR or (_LAST_YEAR.search(b.label) and not _LAST_YEAR.search(a.label)):
        now = [i for i in percents if i.role is not Role.PRIOR and i is not b]
        if not now or item.order - b.order > 1:
            return None
        a, b = b, now[-1]
    elif not re.search(r"由|从|上年|去年|20\d\d年", a.label + b.label):
        return None
    change = abs(b.q.base - a.q.base)
    spread = figure_interval(b.q.figure) - figure_interval(a.q.figure)
    if b.q.base < a.q.base:
        spread = Interval(-spread.high, -spread.low)
    outcome = compare_value(item.q.figure, change, spread, f"|{plain(b.q.base)} - {plain(a.q.base)}|")
    others = [("current", b), ("base", a)]
    if (
        outcome.holds
        and b.q.base != a.q.base
        and re.search(r"上年|去年|20\d\d年", a.label)
        and not _UNSIGNED.search(item.label)
        and (b.q.base > a.q.base) != (sign_of(item) > 0)
    ):
        return wrong_way(item, item, b, outcome)
    if not outcome.holds and item.order - max(a.order, b.order) > 1:
        return None
    return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="points", confidence=SURE)


def _claim(item: Item, delta: Item, base: Item, outcome: Outcome, confidence: float = SURE) -> Claim:
    return claim_of(ClaimKind.CHANGE, item, [("change", delta), ("current", base)], outcome, confidence=confidence)
