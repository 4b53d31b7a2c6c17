"""Accusations that are more likely a wrong binding than a wrong figure.

Who writes a report slips by a digit, a unit or a part; the figure that results is near the right one, or away from it in a way that has a
name (a power of ten, two digits swapped). Where the recomputed value is far away and nothing explains it, the figures were most likely
meant to be tied to others: the claim is undecidable. Measured on freely written reports seen for the first time, eight of ten false
findings were of this kind and one of fifteen true ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.alone import alone
from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED
from gouji.claims.build import SURE
from gouji.claims.otherwise import Otherwise
from gouji.claims.ratios.no_choice import NoChoice
from gouji.claims.scene import Scene
from gouji.claims.unsure import Unsure
from gouji.claims.vocabulary import Role
from gouji.facts.units import PERCENT
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure
from gouji.model.text import Text

_FAR = {
    ClaimKind.RATE: Decimal("0.88"),
    ClaimKind.SHARE: Decimal("0.8"),
    ClaimKind.CHANGE: Decimal("0.75"),
    ClaimKind.AVERAGE: Decimal("0.7"),
    ClaimKind.PRODUCT: Decimal("0.7"),
    ClaimKind.BALANCE: Decimal("0.8"),
    ClaimKind.TOTAL: Decimal("0.85"),
    ClaimKind.SCORE_TOTAL: Decimal("0.7"),
}  # the smaller value over the larger one, below which a difference without a cause is no slip
_FAR_ABOVE = Decimal("0.5")  # the same of a part that is above its whole
_BOUND_BY_WORDS = (
    "beside",
    "hundred",
    "one_kind",
    "counted",
    "paired",
    "losses",
    "run",
    "worded",
    "lost",
    "lacking",
    "apart",
    "left",
    "flow",
    "netted",
    "own_shares",
)
_FEW = 20
_BORNE_OUT = (ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.TOTAL, ClaimKind.BALANCE, ClaimKind.PRODUCT, ClaimKind.CHANGE)
_TOLD = (ClaimKind.RATE, ClaimKind.SHARE, ClaimKind.CHANGE)
_HOLDS = (Verdict.AGREES, Verdict.AGREES_BY_ROUNDING)
_NEAR = Decimal("0.8")
_WELL = re.compile("满意|好评|合格|达标")  # the grades above the line
_ILL = re.compile("不|未|差|无|没|一般|中等")
_TOGETHER = re.compile("合计|[两三]项|优良|优秀|满意|合格|达标|好评|以上")
_SOME = Text("所列各项未必是全部", "the parts listed need not be all")
_WHY = Text("按所列数字计算相差过大，可能另有口径", "the figures found are too far off: other ones may be meant")


def doubtful(claim: Claim, *, no_choice: bool = False) -> bool:
    """Whether the binding of a failing claim is in doubt: far off without a cause, above the whole, or of too few things.

    Where the figures leave no choice, how far off they are tells nothing against them.
    """
    if claim.verdict is not Verdict.DISAGREES:
        return False
    if claim.shape in ("beside", "goal"):
        return False  # the words leave no choice
    if claim.kind is ClaimKind.RATE and (_above_whole(claim) or _of_few(claim)):
        return not (no_choice and _counted(claim))
    return not no_choice and _too_far(claim)


def _operand(claim: Claim, role: str) -> Quantity | None:
    return next((o.quantity for o in claim.operands if o.role == role), None)


def _counted(claim: Claim) -> bool:
    """A rate of things counted: 计划960公里，完成972公里，完成率95%. One of a hundred may be capped."""
    stated, base = claim.operands[0].quantity, _operand(claim, "denominator")
    counted = base is not None and base.dimension in (Dimension.COUNT, Dimension.MEASURE)
    return counted and stated is not None and stated.base != HUNDRED


def _above_whole(claim: Claim) -> bool:
    """96% stated, 103.2% computed: more was spent than this base, so another one is meant."""
    stated = claim.operands[0].quantity
    if stated is None or claim.right is None or not stated.base <= HUNDRED < claim.right:
        return False
    return claim.cause is None or stated.base == HUNDRED  # 计划960公里，完成972公里，完成率100%: capped


def _of_few(claim: Claim) -> bool:
    """94.2% is no quotient of two numbers of things below twenty."""
    stated, base = claim.operands[0].quantity, _operand(claim, "denominator")
    if stated is None or base is None or base.dimension is not Dimension.COUNT or base.base >= 20 or claim.shape == "beside":
        return False
    return all(
        not stated.figure.rounded().meets((Figure(Decimal(n) * 100 / base.base, 9, PERCENT)).rounded())
        for n in range(int(base.base) + 1)
    )


def _too_far(claim: Claim) -> bool:
    bound = _FAR_ABOVE if claim.shape == "part_exceeds" else _FAR.get(claim.kind)
    stated = claim.operands[0].quantity
    if (
        bound is None
        or claim.verdict is not Verdict.DISAGREES
        or claim.cause is not None
        or claim.right is None
        or stated is None
    ):
        return False
    if claim.kind is ClaimKind.TOTAL and stated.dimension is not Dimension.MONEY and stated.base < _FEW:
        return False  # few things are counted: 3 where 8 are listed is a slip
    if claim.shape in _BOUND_BY_WORDS:
        return False  # 由A变为B，增长P; 甲镇A、乙镇B、丙镇C，合起来T; 由四块组成：A、B、C、D: nothing else can be meant
    if stated.cell is not None:
        return False  # the columns of a table bind, whatever the figures
    low, high = sorted((abs(stated.base), abs(claim.right)))
    if not high or low >= high * bound:
        return False
    if stated.dimension is Dimension.PERCENT and low * 90 < high < low * 110:
        return False  # 0.06% for 5.92%: the quotient was printed as a percentage
    return not _digit_more(stated, claim.right)


def _digit_more(stated: Quantity, right: Decimal) -> bool:
    """Whether one digit too many or too few makes the printed figure of the right one: 16% for 6%."""
    value = round(abs(right) / stated.figure.unit.factor, stated.figure.places)
    said, true = (
        re.sub(r"\D", "", str(abs(v)).rstrip("0") if "." in str(v) else str(abs(v))) for v in (stated.figure.value, value)
    )
    longer, shorter = (said, true) if len(said) > len(true) else (true, said)
    return len(longer) == len(shorter) + 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _borne_out(claim: Claim, proven: set[Span]) -> bool:
    """A sum far off without a cause, whose figure another recomputation bears out: it is the parts that were mistaken."""
    if claim.kind not in (ClaimKind.TOTAL, ClaimKind.BALANCE) or claim.cause is not None or claim.right is None:
        return False
    stated = claim.operands[0].quantity
    if stated is None or stated.cell is not None or claim.operands[0].span not in proven or claim.shape == "part_exceeds":
        return False
    low, high = sorted((abs(stated.base), abs(claim.right)))
    return low < high * _NEAR


def _base_of_another(claim: Claim, bases: set[tuple[Span, Span]]) -> bool:
    """两个项目共775万元，支出742.60万元，执行率95.82%；甲支出579.60万元，执行率96.6%: the base is the whole's, not that of 甲."""
    if claim.kind is not ClaimKind.RATE or claim.shape == "beside" or claim.cause in (TRANSPOSED, ONE_DIGIT):
        return False
    base = next((o.span for o in claim.operands if o.role == "denominator"), None)
    top = next((o.span for o in claim.operands if o.role == "numerator"), None)
    return any(span == base and over != top for span, over in bases)


def _twice(claim: Claim, sums: Sequence[tuple[Span, frozenset[Span]]]) -> bool:
    """Whether the parts of a failing sum hold a whole and what makes it up: 126, 118, 107 and their sum 351."""
    if claim.kind is not ClaimKind.TOTAL:
        return False
    parts = {o.span for o in claim.operands[1:]}
    return any(whole in parts and members <= parts for whole, members in sums)


_WHOLE_AHEAD = frozenset({"which", "respect", "follows", "includes", "by", "bracket", "listed", "parallel", "slip"})


def _of_another_whole(claim: Claim, sums: Sequence[tuple[Span, frozenset[Span]]]) -> bool:
    """支付A…结算价B的3%…。支付额由C与D构成: the very parts of a failing sum make up another figure told before them."""
    if claim.kind is not ClaimKind.TOTAL or claim.shape not in _WHOLE_AHEAD:
        return False
    stated, parts = claim.operands[0].span, frozenset(o.span for o in claim.operands[1:])
    return any(members == parts and whole != stated and whole.block <= stated.block for whole, members in sums)


def _told_already(claim: Claim, told: set[tuple[ClaimKind, frozenset[Span]]]) -> bool:
    """1.85亿元，较上年1.79亿元增长3.4%，按报表口径增长37.4%: the pair has its percentage, the second one is of another scope."""
    stated = claim.operands[0].quantity
    return (
        stated is not None
        and stated.dimension is Dimension.PERCENT
        and (claim.kind, frozenset(o.span for o in claim.operands[1:])) in told
    )


_NOT_DONE = re.compile(r"[未没跨差欠缺除剩余]|不|尚|延期|退出|停")


def _of_the_rest(scene: Scene, claim: Claim) -> bool:
    """10件民生实事，其中1件跨年，完成率90%: the rate is of those that are not told."""
    stated = claim.operands[0].quantity
    part, base = (
        _operand(claim, "numerator") or _operand(claim, "part"),
        _operand(claim, "denominator") or _operand(claim, "base"),
    )
    if stated is None or part is None or base is None or stated.dimension is not Dimension.PERCENT or not base.base:
        return False
    if claim.shape == "beside" and claim.confidence >= SURE:
        return False  # 结余15.5万元，结余率91.44%: the part itself is the rest
    passage = scene.by_block.get(stated.span.block)
    if passage is None or part.span.block != stated.span.block or part.span.start > stated.span.start:
        return False
    rest = (base.base - part.base) / base.base * HUNDRED
    told = passage.text[part.label_start : stated.span.start]
    return rest in stated.figure.rounded() and _NOT_DONE.search(told) is not None


_TERMS = re.compile(r"\s?（(?P<terms>[^（）]{0,40}?(?:分母|分子|基数|为基|口径|剔除|扣除|不含|不计|加权|折算)[^（）]{0,20})）")


def _on_terms(scene: Scene, claim: Claim) -> bool:
    """累计修复率7.2%（以已修与待修之和442册为分母）: the bracket behind a percentage gives terms that the claim did not take in."""
    stated = claim.operands[0].quantity
    passage = scene.by_block.get(stated.span.block) if stated is not None else None
    if stated is None or passage is None or stated.dimension is not Dimension.PERCENT:
        return False
    match = _TERMS.match(passage.text, stated.span.end)
    return match is not None and not any(
        o.span.block == stated.span.block and match.start() < o.span.start < match.end() for o in claim.operands
    )


def _of_valid(scene: Scene, claim: Claim) -> bool:
    """访问800人，有效样本764个，满意668人，满意率87.43%: of the answers that count, whatever unit they are told in."""
    stated, part = claim.operands[0].quantity, _operand(claim, "numerator") or _operand(claim, "part")
    passage = scene.by_block.get(stated.span.block) if stated is not None else None
    if stated is None or part is None or passage is None or stated.dimension is not Dimension.PERCENT:
        return False
    near = (i.q for i in passage.items if i.q.sentence == stated.sentence and i.q.base and _VALID.search(i.label))
    return any(q.dimension is Dimension.COUNT and part.base / q.base * HUNDRED in stated.figure.rounded() for q in near)


def _difference_told(scene: Scene, claim: Claim) -> bool:
    """支出2502.60万元 … 支出2502.50万元，另有0.10万元为印制费: what two tellings of one fact differ by stands beside one of them."""
    if claim.kind is not ClaimKind.RESTATEMENT or claim.right is None:
        return False
    told = [o.quantity for o in claim.operands if o.quantity is not None]
    apart = abs(told[0].base - claim.right) if told else ZERO
    passages = ((q, scene.by_block.get(q.span.block)) for q in told)
    beside = (
        i.q
        for q, p in passages
        if p is not None
        for i in p.items
        if i.q.sentence == q.sentence and i.q.dimension is q.dimension
    )
    return bool(apart) and any(q.dimension is Dimension.MONEY and q.base == apart for q in beside)


_PAID = re.compile("已(?:经|先行|累计|陆续|预)?(?:兑付|兑现|拨付|支付|发放|付|拨|到位)$")


def _paid_in_part(claim: Claim) -> bool:
    """每亩100元，2000亩，已兑付15万元: less than the product may be paid so far."""
    stated = claim.operands[0].quantity
    less = claim.kind is ClaimKind.PRODUCT and stated is not None and claim.right is not None and stated.base < claim.right
    return less and stated is not None and _PAID.search(stated.label) is not None


_VALID = re.compile("有效|收回|回收|样本")


def _overlap(claim: Claim, shares: set[tuple[Span, Span]]) -> bool:
    """Whether each part of a failing sum has a percentage of the whole that holds: 中小企业76%，其中小微企业48% count some twice."""
    if claim.kind is not ClaimKind.TOTAL or len(claim.operands) < 3:
        return False
    whole = claim.operands[0].span
    return all((whole, o.span) in shares for o in claim.operands[1:])


def _some_of(scene: Scene, claim: Claim) -> bool:
    """评价4218次，非常满意3987次，满意198次，合计满意率99.22%: parts above the line only, which fall short of their whole."""
    stated = claim.operands[0].quantity
    parts = [o.quantity for o in claim.operands[1:] if o.quantity is not None]
    if claim.kind is not ClaimKind.TOTAL or stated is None or claim.right is None or len(parts) < 2 or stated.cell is not None:
        return False
    passage = scene.by_block.get(stated.span.block)
    if passage is None or not 0 < claim.right < stated.base or any(q.span < stated.span for q in parts):
        return False
    names = [q.label + q.noun[:4] for q in parts]
    well = not any(_ILL.search(name) for name in names)
    if well and all(_WELL.search(name) for name in names):
        return True
    end = max(q.span.end for q in parts)
    behind = next((i for i in passage.items if i.q.span.start > end), None)
    if behind is None or not behind.percent or behind.q.sentence != parts[-1].sentence or behind.role in (Role.UP, Role.DOWN):
        return False
    ratio = claim.right / stated.base * HUNDRED
    told = well and _TOGETHER.search(behind.label) is not None
    return behind.q.base < HUNDRED and (told or ratio in behind.q.figure.rounded())


def held_back(scene: Scene, claims: Iterable[Claim]) -> list[Claim]:
    """The claims, those undecidable whose binding is doubtful, by itself or beside the claims that hold."""
    claims = list(claims)
    if all(c.verdict is not Verdict.DISAGREES for c in claims):
        return claims
    beside = any(c.verdict is Verdict.DISAGREES and c.kind in _BORNE_OUT for c in claims)  # the others fail by themselves
    holding = [c for c in claims if c.verdict in _HOLDS and c.kind in _BORNE_OUT] if beside else []
    proven = {o.span for c in holding for o in c.operands if o.quantity is not None}
    sums = [
        (c.operands[0].span, frozenset(o.span for o in c.operands[1:]))
        for c in holding
        if c.kind is ClaimKind.TOTAL and len(c.operands) > 2
    ]
    bases = {
        (o.span, c.operands[1].span)
        for c in holding
        if c.kind is ClaimKind.RATE and len(c.operands) > 1
        for o in c.operands
        if o.role == "denominator"
    }
    percents = [
        c for c in holding if c.kind in _TOLD and (q := c.operands[0].quantity) is not None and q.dimension is Dimension.PERCENT
    ]
    exact = [c for c in percents if (q := c.operands[0].quantity) is not None and q.exact]  # 压缩31%，达到“压缩20%以上”的目标
    told = {(c.kind, frozenset(o.span for o in c.operands[1:])) for c in exact if len(c.operands) > 2}
    no_choice = NoChoice(scene, holding)
    unsure = Unsure(scene, holding)
    otherwise = Otherwise(scene)
    shares = {(a.span, b.span) for c in percents for a in c.operands[1:] for b in c.operands[1:]}
    out = []
    for claim in claims:
        doubt = claim.verdict is Verdict.DISAGREES and (
            _base_of_another(claim, bases)
            or (doubtful(claim) and not alone(scene, claim) and doubtful(claim, no_choice=no_choice(claim)))
            or _borne_out(claim, proven)
            or _twice(claim, sums)
            or _of_another_whole(claim, sums)
            or unsure(claim)
            or _told_already(claim, told)
            or _overlap(claim, shares)
            or _of_the_rest(scene, claim)
            or _on_terms(scene, claim)
            or otherwise(claim)
            or _of_valid(scene, claim)
            or _difference_told(scene, claim)
            or _paid_in_part(claim)
        )
        some = claim.verdict is Verdict.DISAGREES and not doubt and _some_of(scene, claim)
        out.append(replace(claim, verdict=Verdict.UNDECIDABLE, reason=_SOME if some else _WHY) if doubt or some else claim)
    return out
