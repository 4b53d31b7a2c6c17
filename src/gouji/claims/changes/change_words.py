"""Directions of change: the sign that the words give, and directions told without a figure: 有所增长, 基本持平, 由A降至B."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gouji.claims.arithmetic import Outcome, as_printed
from gouji.claims.build import SURE, claim_of, operand, place
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, plain
from gouji.model.text import Text

DELTA = {Role.UP, Role.DOWN}
SKIP = re.compile(r"同口径|可比口径|年均(?!浓度|气温|降水|水位|值|质量)|平均每年|环比|复合|剔除|扣除")
_WITH_OTHERS = re.compile(  # 采购均价比市场零售价低8.6%: compared with something of another kind, not with what it was
    r"[\u4e00-\u9fff]{2,}(?:比|较)(?!上|去|前|往|原|年初|年末|同期|计划|预算|目标|此|以|首|第|最|期|改|实施|工|高|低|大|小|多|少|快|好|为|之)[\u4e00-\u9fff]{2,}"
)
DIFFERENCE = re.compile(r"(?:差额|差值|相差|差距|之差)(?:为|达)?$")
_ACCUMULATED = {Role.STANDARD, Role.DEDUCTED, Role.WEIGHT}
WRONG_WAY = Text("增减方向与数字相反", "the direction word contradicts the figures")
_ABOUT = r"(?:本年|今年)?(?:总体|整体|规模|总量|数量|人数|总额|金额|费用|成本|经费|支出|投入|收入|资金|开支|水平|指标|工作量|占比|比例|满意度|降幅|增幅|增长|下降)*(?:规模|总量|总体)?"
_VERSUS = r"(?:同比|环比|(?:与|和|同|较|比)(?:上年|去年|上一年|前一年|上年度|上年同期|去年同期|往年)(?:度|同期)?(?:决算数?|数)?(?:相比|比较)?，?)?"
_HOW = r"(?:有所|明显|大幅|大幅度|小幅|略有|稍有|稳步|持续|逐步|逐年|显著|呈|出现|呈现|实现|总体|有)*"
_RISE = r"(?:增长|增加|上升|提高|扩大|提升|回升|增多|走高|上涨|攀升|稳中有[增升])"
_FALL = r"(?:下降|减少|降低|压减|缩小|回落|收窄|缩减|减小|下滑|走低|压缩|下跌|稳中有降)"
_TREND = r"(?:了)?(?:态势|趋势|势头|明显|较大|较快|显著|较多|幅度较大|幅度明显)?"
_END = r"(?=[，。；）]|$)"
_WORD_ONLY = re.compile(
    r"(?:[^。；\d]{0,12}?[，）]|\s?(?:相比|比较|比)，?)"
    rf"(?P<said>{_ABOUT}{_VERSUS}{_ABOUT}(?P<flat>(?:基本|大体|总体|大致)?(?:持平|相当|不变)|变化不大|保持(?:稳定|不变)|无明显变化|没有明显变化|变动不大|无增减变化){_END}"
    rf"|{_ABOUT}{_VERSUS}{_ABOUT}{_HOW}(?:(?P<up>{_RISE}|增幅|升幅)|(?P<down>{_FALL}|降幅|减幅)){_TREND}{_END})"
)
_SAID_AHEAD = re.compile(
    rf"(?P<said>(?:同比|(?:与|和|同|较|比)(?:上年|去年|上一年|前一年|上年度|上年同期|去年同期)(?:度|同期)?(?:相比|比较)?，?){_ABOUT}"
    rf"(?:(?P<flat>(?:基本|大体|总体|大致)?(?:持平|相当|不变))|{_HOW}(?:(?P<up>{_RISE})|(?P<down>{_FALL})){_TREND}))[，：]$"
)
_REACHED = re.compile(
    r"(?P<up>增加到|增至|提高到|上升到|增长到|升至|扩大到|提升到|提升至|提高至|增加至|上升至|增长至|上涨到|涨到|涨至)"
    r"|(?P<down>减少到|降至|减至|下降到|降低到|降到|压减到|压缩到|下降至|降低至|减少至|压减至|压缩至|缩减到|缩短到|缩短至|回落到|回落至|降为|减为)"
)
_MOVED = re.compile(r"(?:变为|变成|调整为|调整到|变动为|变化为|变化到|到|至|为)\s?$")
_THIS_YEAR = re.compile("^(?:本年|今年|当年)")
_LAST_YEAR = re.compile("(?:上年|去年)$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,14}$")


def directions(passage: Passage) -> Iterator[Claim]:
    """本年A，上年B，同比有所增长; 由A增至B，降幅较大: a direction told without a figure."""
    for first, second in pairwise(passage.items):
        if not kin(first.q, second.q) or second.q.sentence != first.q.sentence or first.hedged or second.hedged:
            continue
        came = _FROM.search(first.label)
        reached = _REACHED.search(second.gap) if came else None
        moved = came is not None and (reached is not None or _MOVED.search(second.gap) is not None)
        if second.role is Role.PRIOR and first.role not in (Role.PRIOR, *DELTA) and not first.percent:
            current, prior = first, second
        elif moved or (first.role is Role.PRIOR and second.role not in DELTA and not first.percent):
            current, prior = second, first
        elif _THIS_YEAR.search(second.label) and _LAST_YEAR.search(first.label) and kin(first.q, second.q):
            current, prior = second, first  # 生均上年为412课时，本年为396课时: standards of their years
        else:
            continue
        claim = _told(passage, current, prior, second, reached if moved else None)
        if claim is not None:
            yield claim


def _told(passage: Passage, current: Item, prior: Item, last: Item, reached: re.Match[str] | None) -> Claim | None:
    """What the words behind the two figures, or those between them, say of the change, where it is not what they show."""
    change = current.q.base - prior.q.base
    match = _WORD_ONLY.match(passage.text, last.q.span.end)
    if match is None and reached is None:
        first = current if last is prior else prior
        match = _SAID_AHEAD.search(passage.text, max(0, first.q.label_start - 30), first.q.label_start)
    if match and re.search(r"今年|本年|当年", passage.text[last.q.span.end : match.start("said")]):
        return None  # speaks of a figure that is not printed
    if match is None and reached is None:
        return None
    if match and match["flat"]:
        share = 10 if re.search(r"基本|大体|大致|总体|不大|稳定|明显", match["said"]) else 20
        if abs(change) * share <= prior.q.base:
            return None
    else:
        rises = match["up"] is not None if match else reached is not None and reached["up"] is not None
        if not change or (change > 0) == rises:
            return None
    start, end = match.span("said") if match else (last.q.label_start, last.q.span.start)
    return Claim(
        kind=ClaimKind.CHANGE,
        verdict=Verdict.DISAGREES,
        stated=passage.text[start:end],
        computed="下降" if change < 0 else "增长",
        operands=(
            place(Span(passage.block.index, start, end), "stated"),
            operand(current, "current"),
            operand(prior, "base"),
        ),
        formula=f"{as_printed(current.q.figure)} - {as_printed(prior.q.figure)} = {plain(change / current.q.figure.unit.factor)}",
        cause=WRONG_WAY,
        confidence=SURE,
        shape="direction",
    )


def clause_of(passage: Passage, item: Item) -> str:
    """The words before a figure, as far as forty characters in its sentence."""
    start = item.q.label_start
    sentence = passage.text.rfind("。", 0, item.q.span.start) + 1
    return passage.text[max(sentence, start - 40) : item.q.span.start]


def currents(passage: Passage, item: Item, like: Item | None) -> list[Item]:
    """Figures that the growth may speak of, the nearest first: this sentence, then the one before."""
    out = []
    for other in reversed(passage.items[: item.order]):
        if other.q.sentence < item.q.sentence - 1:
            break
        standard = other.role is Role.STANDARD and item.order - other.order <= 3
        if (
            other.role in DELTA
            or (other.role in _ACCUMULATED and not standard)
            or other.percent
            or other.q.dimension is Dimension.POINTS
        ):
            continue
        if like is not None and not kin(other.q, like.q):
            continue
        if like is None and other.q.dimension not in (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE):
            continue
        out.append(other)
    return out[:6]


_THAN = re.compile(r"(?:本年|今年|当年|20\d\d年)(?:比|较|同|与)(20\d\d年)")


def is_base_year(item: Item, other: Item) -> bool:
    """本年较2023年增长P: whether a figure is of the year that a change is told against."""
    than = _THAN.search(item.label)
    return than is not None and other.label.endswith(than[1])


def sign_of(item: Item) -> int:
    """+1 for a rise, -1 for a fall; 增长-5% is a fall."""
    sign = 1 if item.role is Role.UP else -1
    return -sign if item.q.figure.value < 0 else sign


def wrong_way(item: Item, delta: Item, current: Item, outcome: Outcome) -> Claim:
    """A difference of the right size told in the wrong direction."""
    wrong = replace(outcome, verdict=Verdict.DISAGREES, cause=WRONG_WAY, shape="")
    others = [("change", delta)] if delta is not item else []
    return claim_of(ClaimKind.CHANGE, item, [*others, ("current", current)], wrong, shape="direction")


def moved_behind(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """增长18.7%，即从A增至B: the two figures behind the percentage."""
    behind = passage.items[item.order + 1 : item.order + 3]
    if (
        len(behind) < 2
        or behind[1].q.sentence != item.q.sentence
        or behind[0].q.segment != item.q.segment
        or not kin(behind[0].q, behind[1].q)
    ):
        return None
    if _complete(passage, item):
        return None  # 接待费2.40万元，较上年4.24万元下降43.40%，接待批次由36批次减至21批次: its own two figures stand before it
    if (
        behind[0].percent
        or not re.search(r"(?:由|从)[^，。；]{0,12}$", behind[0].gap)
        or not re.search(r"[到至为]了?\s?$", behind[1].gap)
    ):
        return None
    return behind[1], behind[0]


def _complete(passage: Passage, item: Item) -> bool:
    """甲2.40万元，较上年4.24万元下降P: whether what a percentage is of and is measured from both stand right before it."""
    if item.order < 2 or "，" in item.gap:
        return False
    current, prior = passage.items[item.order - 2 : item.order]
    together = current.q.segment == prior.q.segment == item.q.segment and current.q.sentence == item.q.sentence
    return together and prior.role is Role.PRIOR and current.role not in (*DELTA, Role.PRIOR) and kin(current.q, prior.q)


@by_words
def with_others(label: str) -> bool:
    """Whether a percentage tells how one thing stands to another: 采购均价比市场零售价低."""
    return _WITH_OTHERS.search(label) is not None
