"""What a report's score sheet must keep: one total score, its parts adding up to it, weights that make 100, execution by its rate.

Each relation is looked for over the whole document; what one sentence or one table already decides is left to those who read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import TRANSPOSED, compare_sum, digit_cause
from gouji.claims.build import LIKELY, SURE, quantity_sum
from gouji.claims.scene import Scene
from gouji.claims.scores.sheet import Sheet, Total, component
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED, plain

SETS = (
    {"execution", "output", "benefit", "satisfaction"},
    {"decision", "process", "output", "benefit"},
    {"input", "process", "output", "benefit"},
    {"execution", "process", "output", "benefit"},
)
_BONUS = re.compile(r"加分|附加|奖励|倒扣|另扣|扣减|扣除|调减|折算")
_NEAR = Decimal(10)  # points: two totals further apart are of two things


def find(scene: Scene, sheet: Sheet, known: Sequence[Claim]) -> Iterator[Claim]:
    """Every relation of the document's score sheet that `known` does not hold already."""
    decided = {o.span for c in known if c.kind in _TOTALS and c.verdict is not Verdict.UNDECIDABLE for o in c.operands}
    proven = {c.operands[0].span for c in known if c.kind in _TOTALS and c.verdict is Verdict.AGREES}
    yield from _one_total(sheet, proven, dated=scene.document.year is not None)
    yield from _shares(scene, decided)
    execution = _execution(scene, sheet, known)
    for claim in (execution, _weights(sheet, decided), _sum(scene, sheet, decided, execution)):
        if claim is not None:
            yield claim


_TOTALS = (ClaimKind.SCORE_TOTAL, ClaimKind.WEIGHT_TOTAL)

# ---- one total -----------------------------------------------------------------------------------------------------------------


def _one_total(sheet: Sheet, proven: set[Span], *, dated: bool) -> Iterator[Claim]:
    """本项目得分94.7分 … 本项目97.4分的评价结果: the total stated twice, or in the table of scores and in the text.

    `dated`: the report's year is known, so that totals of other years are left out already.
    """
    form = {sheet.form.base} if sheet.form is not None else set()
    values = {t.q.base for t in sheet.totals} | form
    several = any(len(p.scores) > 1 for p in sheet.parts.values())  # a sheet for each project
    own = {t.q.base for t in sheet.totals if not t.subject} | form
    anchor = sheet.form or next((t.q for t in sheet.totals if t.q.span in proven and not t.subject), None)
    first = anchor or next((t.q for t in sheet.totals if not t.subject and t.q.base >= 50), None)
    if first is None or len(values) < 2:
        return
    year = next((t.year for t in sheet.totals if t.q.span == first.span), "")
    for total in sheet.totals:
        q = total.q
        if total.year != year and not (dated and "" in (total.year, year)):
            continue
        if q.span == first.span or q.figure.rounded().meets(first.figure.rounded()) or q.span in proven:
            continue
        cause = digit_cause(q.figure, first.base)
        alike = not total.subject or (len(values) <= 3 and q.figure.places == first.figure.places)  # of another project
        swapped = cause is TRANSPOSED and len(plain(q.base)) >= 4 and alike
        slip = cause is not None and not total.subject and not several and len(own) <= 2
        if not swapped and not slip and (several or total.subject or len(own) > 2 or abs(q.base - first.base) > _NEAR):
            continue
        yield Claim(
            ClaimKind.RESTATEMENT,
            Verdict.DISAGREES,
            q.raw,
            first.raw,
            (Operand("stated", q.span, q), Operand("restated", first.span, first)),
            difference=f"{plain(abs(q.base - first.base))}分",
            formula=f"总分：{q.raw}；{first.raw}",
            cause=cause,
            confidence=SURE if anchor is not None and (swapped or not total.subject) else LIKELY,
            shape="sheet",
            right=first.base,
        )


# ---- the sum of the first level ------------------------------------------------------------------------------------------------


def _sum(scene: Scene, sheet: Sheet, decided: set[Span], execution: Claim | None) -> Claim | None:
    """决策15分得15分 … 过程20分得18.64分 … 项目自评得分95.84分: scattered scores against the one total."""
    totals = {t.q.base: t for t in sheet.totals}
    if len(totals) != 1 or any(t.q.span in decided for t in sheet.totals):
        return None
    if sheet.form is not None and sheet.form.base not in totals:
        return None
    total = next(iter(totals.values()))
    parts = _complete(sheet, total)
    if parts is None:
        return None
    outcome = compare_sum(total.q.figure, [p.figure for p in parts])
    if execution is not None and execution.verdict is Verdict.DISAGREES and execution.right is not None:
        stated = execution.operands[0].quantity
        if stated is not None and outcome.right - stated.base + execution.right == total.q.base:
            return None  # the total is right, one part is told to be wrong
    if not outcome.holds and (abs(outcome.right - total.q.base) > _NEAR or _bonus(scene, [total.q, *parts])):
        return None
    return quantity_sum(ClaimKind.SCORE_TOTAL, total.q, parts, outcome, SURE if len(parts) >= 4 else LIKELY, "sheet")


def _complete(sheet: Sheet, total: Total) -> list[Quantity] | None:
    """The scores of the first level where they are proven to be all: by weights that make 100, or by a full set in a sum."""
    scored = {n: p for n, p in sheet.parts.items() if p.scores}
    if len(scored) < 3 or any(p.score is None for p in scored.values()):
        return None
    scores = [q for p in scored.values() if (q := p.score) is not None]
    weighted = {n: w for n, p in sheet.parts.items() if (w := p.weight) is not None}
    if len(weighted) == len(sheet.parts):
        for inside in (None, "execution", "satisfaction"):  # 过程20分，其中预算执行率5分
            names = [n for n in weighted if n != inside]
            if sum((weighted[n].base for n in names), Decimal(0)) == HUNDRED and all(n in scored for n in names):
                return [q for n in names if (q := sheet.parts[n].score) is not None]
        return None
    if total.summed and set(scored) in SETS and not any(sheet.parts[n].weights for n in sheet.parts):
        return scores
    return None


def _bonus(scene: Scene, figures: Sequence[Quantity]) -> bool:
    return any(_BONUS.search(scene.facts.blocks[q.span.block].normal) for q in figures)


# ---- weights -------------------------------------------------------------------------------------------------------------------


def _weights(sheet: Sheet, decided: set[Span]) -> Claim | None:
    """预算执行10分、产出55分、效益30分、满意度10分: the weights of a full first level make 100."""
    weighted = {n: p for n, p in sheet.parts.items() if p.weights}
    if not any(s <= set(weighted) for s in SETS) or any(p.weight is None for p in weighted.values()):
        return None
    if set(weighted) != {n for n, p in sheet.parts.items()}:
        return None
    weights = [w for p in weighted.values() if (w := p.weight) is not None]
    places = len({w.span.block for w in weights})
    if any(w.span in decided for w in weights):
        return None
    claim = _hundred(weights, "分")
    if claim is not None and claim.verdict is Verdict.DISAGREES and len(weights) // 2 < places < len(weights):
        return None  # some of them were read in one paragraph, some in others
    return claim


def _hundred(weights: Sequence[Quantity], unit: str) -> Claim | None:
    """The claim that weights of a full first level make 100; None where they are too far from it to be all of one level."""
    whole = sum((w.base for w in weights), Decimal(0))
    if abs(whole - HUNDRED) > _NEAR or (whole != HUNDRED and any(whole - w.base == HUNDRED for w in weights)):
        return None  # 效益30分 with 满意度10分 inside it
    agrees = whole == HUNDRED
    return Claim(
        ClaimKind.WEIGHT_TOTAL,
        Verdict.AGREES if agrees else Verdict.DISAGREES,
        f"100{unit}",
        f"{plain(whole)}{unit}",
        tuple(Operand("weight", w.span, w) for w in weights),
        difference=None if agrees else f"{plain(abs(whole - HUNDRED))}{unit}",
        formula=" + ".join(plain(w.base) for w in weights) + f" = {plain(whole)}{unit}",
        confidence=SURE,
        shape="sheet",
    )


def _shares(scene: Scene, decided: set[Span]) -> Iterator[Claim]:
    """预算执行（10%）、产出（50%）、效益（25%）、满意度（10%）四部分构成: weights in percent make 100 as well."""
    for passage in scene.telling(*_WEIGHED):
        for sentence in passage.sentences:
            named = [(n, i.q) for i in sentence if i.percent and not i.hedged and (n := component(i.label)) is not None]
            names, shares = {n for n, _ in named}, [q for _, q in named]
            if len(names) != len(named) or not any(s <= names for s in SETS) or any(q.span in decided for q in shares):
                continue
            claim = _hundred(shares, "%")
            if claim is not None:
                yield claim


_WEIGHED = ("权重", "权数", "构成", "百分制", "100分", "占比", "比重")


# ---- execution by the document's rate --------------------------------------------------------------------------------------------

_RATE = re.compile(
    r"^(?:20\d\d年度?|全年|本年|年度|项目|部门|整体|总体|综合|资金|其?中?|预算|经费|支出|本项目|专项)*(?:执行率|支出率|执行进度|支出进度|支付进度|支付率)(?:为|达|达到|是)*$"
)


def _execution(scene: Scene, sheet: Sheet, known: Sequence[Claim]) -> Claim | None:
    """The execution score of the sheet by the document's rate, where nothing has judged it."""
    part = sheet.parts.get("execution")
    weight, score = (part.weight, part.score) if part is not None else (None, None)
    if weight is None or score is None:
        return None
    if any(c.kind is ClaimKind.EXECUTION_SCORE and c.operands[0].span == score.span for c in known):
        return None
    return execution_of(scene, weight, score)


_PROJECT = re.compile(r"[^，。；：\s\d（）]{2,16}?(?:项目|工程|专项|经费|资金|补助)(?:资金|经费)?")
_ANY_PROJECT = re.compile(r"[该本此]|项目$|专项$|预算|部门|财政")


def _project_of(scene: Scene, q: Quantity) -> str:
    """The project that the sentence of a figure is headed with."""
    text = scene.facts.blocks[q.span.block].normal
    found = _PROJECT.match(text, text.rfind("。", 0, q.span.start) + 1, q.span.start)
    return found[0] if found and not _ANY_PROJECT.match(found[0]) else ""


def _are_two(one: str, other: str) -> bool:
    return bool(one and other) and one not in other and other not in one


def _ruled(scene: Scene) -> bool:
    """Whether the document prints from which rate of execution on full marks are given: 执行率95%以上得满分."""
    blocks = scene.wording.having("满分", "不扣", "≥", ">", "得10分", "计10分")
    texts = (scene.facts.blocks[n].normal for n in blocks)
    return any("执行" in text and _FULL_FROM.search(text) for text in texts)


def _by_another_rate(scene: Scene, weight: Quantity, score: Quantity) -> bool:
    """按可用资金支出率计9.25分: whether another rate of the document gives the score."""
    rates = (i for i in scene.items() if i.percent and i.label.endswith(("率", "进度", "比例")) and i.q.base <= HUNDRED)
    return any(abs(weight.base * i.q.base / HUNDRED - score.base) < score.figure.ulp for i in rates)


def execution_of(scene: Scene, weight: Quantity, score: Quantity) -> Claim | None:
    """预算执行率5分得4.28分, where 执行率96.36% stands elsewhere: by the words, or the digits of weight × rate in another order."""
    rates = {i.q.base: i.q for i in scene.items() if i.percent and _RATE.match(i.label) and not i.hedged and not i.q.depth}
    if len(rates) != 1:
        return None
    rate = next(iter(rates.values()))
    if _are_two(_project_of(scene, score), _project_of(scene, rate)):
        return None
    value = weight.base * min(rate.base, HUNDRED) / HUNDRED
    agrees = abs(value - score.base) <= max(score.figure.ulp, Decimal("0.01"))
    right = value.quantize(Decimal(1).scaleb(-max(score.figure.places, 2)), rounding=ROUND_HALF_UP)
    text = scene.facts.blocks[score.span.block].normal
    near = weight.span.block == score.span.block and weight.span.end <= score.span.start
    words = text[weight.span.end if near else text.rfind("。", 0, score.span.start) + 1 : score.span.start]
    told = _BY_RATE.search(words) is not None
    cause = digit_cause(score.figure, value)
    named = "率" in weight.label and score.figure.places >= 2 and (score.base * 2) % 1 != 0  # 9.5 is given by a rule of its own
    full = score.base == weight.base == _OF_EXECUTION and rate.base < _NEARLY_ALL and not _ruled(scene)
    if not agrees and not told and not full and (cause is None or (cause is not TRANSPOSED and not named)):
        return None
    if not agrees and _by_another_rate(scene, weight, score):
        return None
    return Claim(
        ClaimKind.EXECUTION_SCORE,
        Verdict.AGREES if agrees else Verdict.DISAGREES,
        score.raw,
        f"{plain(right)}分",
        (Operand("stated", score.span, score), Operand("weight", weight.span, weight), Operand("rate", rate.span, rate)),
        difference=None if agrees else f"{plain(abs(right - score.base))}分",
        formula=f"{plain(weight.base)} × {plain(rate.base)}% = {plain(right)}",
        cause=None if agrees else cause,
        confidence=SURE if told else LIKELY,
        shape="sheet",
        right=right,
    )


_OF_EXECUTION = Decimal(10)  # points that the form gives the execution of the budget (财预〔2020〕10号)
_NEARLY_ALL = Decimal("99.5")  # percent: all but rounding
_FULL_FROM = re.compile(
    r"(?:以上|达到|不低于|≥|高于|超过)[^。]{0,16}(?:满分|不扣|[得计]10分)|满分标准|不扣分|[≥>]\s?9\d"
)  # a rule of its own
_BY_RATE = re.compile(r"(?:支付|执行|支出)率[^，。；]{0,6}(?:折算|计算|比例|计|得)(?!满分)|按比例")
