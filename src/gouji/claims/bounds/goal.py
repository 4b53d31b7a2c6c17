"""Full marks on a missed target inside one item: 目标90%，实际83.6%，得10分 of 10; 完工率≥95%，实际91.3%，得满分.

财预〔2020〕10号: a quantitative indicator that is met has its full weight, one that is missed loses in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.claims.arithmetic import Outcome
from gouji.claims.bounds.compare_words import same
from gouji.claims.build import LIKELY, claim_of, operand, place
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, Hedge, plain
from gouji.model.text import Text

_TARGET = re.compile(
    r"目标|计划|(?<![供适效响反相对])应(?![急用届对答收付变到参出])|任务|指标值|年初(?:设定|制定)|要求|设定|拟"
)
_ACTUAL = re.compile(r"实际|实测|交付|按期|完成|组织|开展|达到|举办|实现|建成|新增|培训|仅|已|检查|抽查|实有")
_AIMED = re.compile(r"(?:目标|计划|指标值|要求)(?:值|应)?(?:完成|达到|开展|组织)$")
_CEILING = re.compile(r"不超过|不高于|不多于|不大于|控制在|不突破|≤|<")
_LOW_IS_GOOD = re.compile(
    r"时限|时间|耗时|时长|周期|成本|造价|费用|投诉|事故|偏差|偏离|结余|结转|变动|死亡|发病|能耗|浓度|漏损|损耗|失业|超标|误差|增幅|流失|辍学|违规|差错|发生率|逾期|工期|期限|天数|单价|标准"
)
_TIMES = re.compile(r"个?(?:工作日|月|天|日|小时|分钟|周|季度)")
_OTHER_YEAR = re.compile(r"20\d\d年|上年|去年|同期|上半年|[一二三]季度|基期|原来?$|截至[1-9]月|前[一两三]个")
_FULL = re.compile(r"(?<![未没不])(?:得|得到|得了|计|记|给|自评|评为|为)满分|(?<![未没不])满分(?=[，。；）]|$)")
_LENIENT = re.compile(
    r"扣|按比例|酌情|视同|调整|疫情|核减|同意|批准|不计入|豁免|不可抗|(?:[789]\d%|[八九]成)以上[^，。；]{0,8}满分"
)
_MEASURED = (Dimension.COUNT, Dimension.PERCENT, Dimension.MEASURE, Dimension.MONEY, Dimension.RATE)


def find(passage: Passage) -> Iterator[Claim]:
    """Targets that the same item says were missed, with what was scored for them."""
    scored = Role.SCORED in passage.roles or Dimension.SCORE in passage.dimensions
    scores = [i for i in passage.items if i.role is Role.SCORED or (_is_score(i) and "得分" in i.label)] if scored else []
    if not scores and not (passage.tells("满分") and "满分" in passage.text):
        return
    for n, target in enumerate(passage.items):
        aim = aim_of(passage, target) if target.q.dimension in _MEASURED else 0
        actual = _actual(passage.items[n + 1 : n + 4], target, aim) if aim else None
        if actual is None or (actual.q.base - target.q.base) * aim >= 0:
            continue
        claim = _scored(passage, target, actual, scores, aim) or _full_in_words(passage, target, actual)
        if claim is not None:
            yield claim
            return


def _is_score(item: Item) -> bool:
    return item.q.dimension is Dimension.SCORE


def aim_of(passage: Passage, target: Item) -> int:
    """1 where more is better, -1 where less is; 0 for what is no target."""
    words = target.label + passage.text[target.q.label_start : target.q.span.start]
    hedge = target.q.figure.hedge
    if hedge is Hedge.AT_MOST or _CEILING.search(words):
        return -1 if not _ACTUAL.search(target.label[-4:]) else 0
    planned = _TARGET.search(words) and (_AIMED.search(target.label) or not _ACTUAL.search(target.label[-4:]))
    asked = hedge is Hedge.AT_LEAST and re.search(r"≥|不低于|不少于|至少", words) is not None
    if not planned and not asked:
        return 0
    unit = target.q.figure.unit.symbol + target.q.noun[:3]
    if hedge is not Hedge.AT_LEAST and (target.role is Role.STANDARD or _TIMES.match(unit)):
        return 0  # sooner is better as a rule
    if target.money or (hedge is not Hedge.AT_LEAST and _LOW_IS_GOOD.search(words)):
        return 0
    return 1


def _actual(items: Sequence[Item], target: Item, aim: int) -> Item | None:
    """What was reached: the next figure of the kind that is told as an actual one."""
    for item in items:
        if not same(item, target) or _is_score(item) or _OTHER_YEAR.search(item.label):
            continue
        if item.hedged or _TARGET.search(item.label) or not _ACTUAL.search(item.label):
            return None if item.hedged else _later(items, item, target, aim)
        if item.role in (Role.UP, Role.DOWN, Role.PRIOR) or (
            item.role is Role.STANDARD and target.role is not Role.STANDARD and aim > 0
        ):
            return None
        return item
    return None


def _later(items: Sequence[Item], item: Item, target: Item, aim: int) -> Item | None:
    rest = items[items.index(item) + 1 :]
    return _actual(rest, target, aim) if rest and not _TARGET.search(item.label) else None


def _weight(passage: Passage, target: Item, score: Item) -> Item | None:
    """What could be had: beside the score, or the points that head the item (满意度指标10分，目标…)."""
    after = passage.items[score.order + 1 : score.order + 2]
    if (
        after
        and after[0].role is Role.WEIGHT
        and _is_score(after[0])
        and re.match(r"（(?:该项|本项)?(?:满分|分值)", after[0].gap)
    ):
        return after[0]
    before = [i for i in passage.items[: score.order] if _is_score(i) and i.role is not Role.DEDUCTED and not i.hedged]
    near = [i for i in before if i.q.sentence == score.q.sentence and i.role is not Role.SCORED and i.order >= target.order - 2]
    weights = [i for i in near if i.role is Role.WEIGHT] or near
    return weights[-1] if weights else None


def _scored(passage: Passage, target: Item, actual: Item, scores: Sequence[Item], aim: int) -> Claim | None:
    score = next((s for s in scores if s.order > actual.order), None)
    if score is None or sum(1 for i in passage.items[actual.order + 1 : score.order] if not _is_score(i)) > 2:
        return None
    if score.q.sentence - actual.q.sentence > 1:
        return None
    weight = _weight(passage, target, score)
    full = weight.q.base if weight is not None else HUNDRED
    share = (
        (actual.q.base / target.q.base if aim > 0 else target.q.base / actual.q.base)
        if actual.q.base and target.q.base
        else None
    )
    if share is None:
        return None
    right = (full * share).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = score.q.base >= full
    if score.q.base <= right or (not whole and (score.q.base - right) * 50 < full) or (not whole and aim < 0):
        return None
    if whole and _LENIENT.search(passage.text, target.q.label_start, score.q.span.end + 24):
        return None
    a, b = (actual, target) if aim > 0 else (target, actual)
    outcome = Outcome(
        Verdict.DISAGREES,
        right,
        plain(right) + "分",
        plain(abs(score.q.base - right)) + "分",
        f"{plain(full)} × {plain(a.q.figure.value)} ÷ {plain(b.q.figure.value)} = {plain(right)}",
        "",
        _MISSED if whole else Text("扣分少于未完成的比例", "fewer points lost than missed"),
    )
    others = [("target", target), ("actual", actual)] + ([("weight", weight)] if weight is not None else [])
    shape = "full_on_miss" if whole else "little_lost"
    return claim_of(ClaimKind.INDICATOR_SCORE, score, others, outcome, shape=shape, confidence=LIKELY if whole else 0.5)


_MISSED = Text("目标未完成却得满分", "full marks on a missed target")


def _full_in_words(passage: Passage, target: Item, actual: Item) -> Claim | None:
    """完工率≥95%，实际91.3%，得满分."""
    start = actual.q.span.end
    stops = [at for c in "。；" if (at := passage.text.find(c, start)) >= 0]
    stop = min(stops, default=len(passage.text))
    match = _FULL.search(passage.text, start, stop)
    if match is None or actual.q.sentence != target.q.sentence:
        return None
    if _LENIENT.search(passage.text, target.q.label_start, stop):
        return None
    between = [i for i in passage.items[actual.order + 1 :] if i.q.span.start < match.start() and not _is_score(i)]
    if between:
        return None
    sign = "<" if actual.q.base < target.q.base else ">"
    return Claim(
        kind=ClaimKind.INDICATOR_SCORE,
        verdict=Verdict.DISAGREES,
        stated="满分",
        computed=f"{actual.q.raw} {sign} {target.q.raw}",
        operands=(
            place(Span(passage.block.index, match.end() - 2, match.end()), "stated"),
            operand(target, "target"),
            operand(actual, "actual"),
        ),
        formula=f"{actual.q.raw} {sign} {target.q.raw}",
        cause=_MISSED,
        confidence=LIKELY,
        shape="full_on_miss",
    )
