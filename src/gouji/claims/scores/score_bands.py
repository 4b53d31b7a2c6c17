"""Scores by a rule of steps that the report prints: 支付率95%以上得10分，90%至95%得8分，低于90%得5分; 每低一个百分点扣0.2分.

The rate is the last one of its name before the rule, in its sentence or before it, or the only one of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import Outcome
from gouji.claims.build import LIKELY, claim_of, in_points
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension, plain
from gouji.model.record import record

_STEP = re.compile(  # 95%（含）以上得10分; 90%（含）至95%得8分; 低于90%得5分; 不足90%不得分; 100%得4分
    r"(?:(?P<under>低于|不足|不到|未达到?|小于|不满)\s?(?P<u>\d+(?:\.\d+)?)%的?(?:，)?(?:(?:得|计|为|记)(?P<up>\d{1,2}(?:\.\d+)?)分|(?P<none>不得分|不计分|得0分|计0分))"
    r"|(?P<a>\d+(?:\.\d+)?)%(?:（[^）]{1,4}）)?(?:(?:及|或)?以上|[至到—~～-](?P<b>\d+(?:\.\d+)?)%(?:（[^）]{1,4}）)?(?:之间)?)?的?(?:，)?(?:得|计|为|记)(?P<p>\d{1,2}(?:\.\d+)?)分)"
)
_GOT = re.compile(r"(?:得|计|记|评|给|自评)(?:了|分|得|为)*\s?$")
_EACH = re.compile(
    r"每(?P<way>低于?|少|降低|下降|减少|超过?|高出?|高于)(?P<of>目标值?|基准)?\s?(?:1|一)?个?百分点，?扣(?:减|除)?\s?(?P<k>\d+(?:\.\d+)?)分"
)
_BASE = re.compile(r"以\s?(?P<n>\d+(?:\.\d+)?)%为(?:基准|基数|标准|满分)")
_AIM = re.compile(r"目标|要求|指标值|基准|应")
_RATE = re.compile(r"(?:率|比例|满意度|进度)$")


_LIMITED = re.compile(r"最[多高]扣|扣完|封顶|上限|为止|不足1个|不足一个|以内的?不扣|内不扣")


@record(slots=True)
class _Steps:
    """The bands of a rule, falling, with where they stand."""

    name: str
    bands: list[tuple[Decimal, Decimal]]  # from how much on, how many points
    start: int
    end: int


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every score behind a rule of steps, or of so much for each point, that no other claim has read."""
    known = {c.operands[0].span for c in claims if c.verdict is Verdict.DISAGREES}
    for passage in scene.telling("以上", "不足", "低于", "百分点"):
        if Dimension.SCORE not in passage.dimensions or Dimension.PERCENT not in passage.dimensions:
            continue
        found = [*_by_steps(scene, passage), *_by_points(scene, passage)]
        yield from (c for c in found if c.operands[0].span not in known)


def _by_steps(scene: Scene, passage: Passage) -> Iterator[Claim]:
    rules = _rules(passage.text)
    stops = [*(r.start for r in rules[1:]), len(passage.text)]
    for rule, stop in zip(rules, stops, strict=False):
        got = [
            i
            for i in passage.items
            if rule.end <= i.q.span.start < stop
            and i.q.dimension is Dimension.SCORE
            and i.role is not Role.DEDUCTED
            and _GOT.search(passage.text[max(0, i.q.span.start - 6) : i.q.span.start])
        ]
        rate = _rate(scene, passage, rule.name, rule.start, got[0].q.span.start) if got else None
        if rate is None or got[0].hedged or got[0].q.base > max(points for _, points in rule.bands):
            continue
        low, points = next((b for b in rule.bands if rate.q.base >= b[0]), (ZERO, ZERO))
        formula = (
            f"{rate.q.raw} {'≥' if low else '<'} {plain(low or rule.bands[-1][0] or rule.bands[-2][0])}%，得{plain(points)}分"
        )
        outcome = in_points(got[0].q, points, formula)
        yield claim_of(ClaimKind.INDICATOR_SCORE, got[0], [("rate", rate)], outcome, shape="steps", confidence=LIKELY)


def _rules(text: str) -> list[_Steps]:
    """The rules of steps of a paragraph: bands side by side, at least two, whose points fall with them."""
    rules: list[_Steps] = []
    for match in _STEP.finditer(text):
        low = ZERO if match["under"] else Decimal(match["a"])
        points = Decimal(match["up"] or "0") if match["under"] else Decimal(match["p"])
        near = rules and match.start() - rules[-1].end <= _APART and "。" not in text[rules[-1].end : match.start()]
        if near and low < rules[-1].bands[-1][0] and points < rules[-1].bands[-1][1]:
            rules[-1].bands.append((low, points))
            rules[-1].end = match.end()
        else:
            head = re.search(
                r"(?P<name>[\u4e00-\u9fff]{0,6}(?:率|比例|满意度|进度))[\u4e00-\u9fff]{0,3}$", text[: match.start()]
            )
            head = head or re.search(r"(?P<name>[\u4e00-\u9fff]{0,6}(?:率|满意度))[^。]{0,16}$", text[: match.start()])
            rules.append(_Steps(head["name"] if head else "", [(low, points)], match.start(), match.end()))
    return [r for r in rules if len(r.bands) > 1 and r.name and not r.bands[-1][0]]


_APART = 6  # characters between two bands of one rule


def _rate(scene: Scene, passage: Passage, name: str, start: int, stop: int) -> Item | None:
    """The rate that a rule asks for: told behind the rule, else the last before it, else the only one of the report."""
    word = re.search(r"[\u4e00-\u9fff]{0,2}(?:率|比例|满意度|进度)$", name)
    if word is None:
        return None
    mine = [i for i in passage.items if _is_actual(i, word[0])]
    behind = [i for i in mine if start <= i.q.span.start < stop and not _STEP.match(passage.text, i.q.span.start)]
    behind = [i for i in behind if not re.search(r"(?:低于|不足|不到|未达到?|小于|不满|[至到—~～-])\s?$", i.gap)]
    before = [i for i in mine if i.q.span.start < start]
    if behind or before:
        return (behind or before[::-1])[0]
    found = [i for i in scene.items() if _is_actual(i, word[0])]
    return found[0] if len({i.q.base for i in found}) == 1 else None


def _is_actual(item: Item, name: str) -> bool:
    moved = item.role in (Role.UP, Role.DOWN, Role.PRIOR, Role.TARGET)
    return item.percent and not moved and not item.hedged and item.label.endswith(name) and not _AIM.search(item.label)


def _by_points(scene: Scene, passage: Passage) -> Iterator[Claim]:
    """以100%为基准，每低一个百分点扣0.2分，执行率92%，扣1.6分; 目标98%，实际95%，每低于目标1个百分点扣0.5分，满分9分，得7.5分."""
    for rule in _EACH.finditer(passage.text):
        start = passage.text.rfind("。", 0, passage.text.rfind("。", 0, rule.start())) + 1
        opening = passage.text.rfind("。", 0, rule.start()) + 1
        base = _BASE.search(passage.text, opening, rule.start())
        near = [i for i in passage.items if start <= i.q.span.start < rule.start() and i.percent and not i.hedged]
        aims = [i for i in near if _AIM.search(i.label) and not (base and base.start() <= i.q.span.start < base.end())]
        limit = Decimal(base["n"]) if base is not None else aims[-1].q.base if len(aims) == 1 else None
        done = [i for i in near if i not in aims and _RATE.search(i.label) and i.role is Role.PLAIN]
        if not done and base is not None:
            name = re.search(r"[\u4e00-\u9fff]{2}率", passage.text[opening : rule.start()])
            rate = _rate(scene, passage, name[0], opening, rule.start()) if name is not None else None
            done = [rate] if rate is not None else []
        if limit is None or len(done) != 1 or _LIMITED.search(passage.text, rule.end(), rule.end() + 40):
            continue
        lower = rule["way"] not in ("超", "超过", "高", "高出", "高于")
        short = (limit - done[0].q.base) if lower else (done[0].q.base - limit)
        lost = short * Decimal(rule["k"])
        if short > 0 and short == short.to_integral_value():
            yield from _lost(passage, rule.end(), done[0], lost, f"{plain(short)} × {rule['k']}")


def _lost(passage: Passage, end: int, done: Item, lost: Decimal, words: str) -> Iterator[Claim]:
    """The points behind the rule: what was lost, else what was got of the full marks."""
    behind = [i for i in passage.items if i.q.span.start >= end and i.q.dimension is Dimension.SCORE and not i.hedged]
    stop = passage.text.find("。", passage.text.find("。", end) + 1)
    behind = [i for i in behind if stop < 0 or i.q.span.start < stop]
    if behind and behind[0].role is Role.DEDUCTED:
        outcome: Outcome = in_points(behind[0].q, lost, f"{words} = {plain(lost)}")
        yield claim_of(ClaimKind.INDICATOR_SCORE, behind[0], [("actual", done)], outcome, shape="steps", confidence=LIKELY)
    elif len(behind) > 1 and behind[0].role is Role.WEIGHT and behind[1].q.base <= behind[0].q.base <= HUNDRED:
        value = max(behind[0].q.base - lost, ZERO)
        outcome = in_points(behind[1].q, value, f"{plain(behind[0].q.base)} - {words} = {plain(value)}")
        others = [("weight", behind[0]), ("actual", done)]
        yield claim_of(ClaimKind.INDICATOR_SCORE, behind[1], others, outcome, shape="steps", confidence=LIKELY)
