"""What a clause without figures says of how the figures right before it moved.

由312个调整为298个，布点数量稳步增加; 差错率依次是a、b、c，呈逐轮下降态势; 2022年获5项、2023年获4项，获奖数刷新了最好成绩; 上年1406起，实现翻番;
A、B、C，B的投入居各项之首. The clause's subject must be the figures' own: none, a bare measure (数量, 规模), or a word of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from gouji.claims.bounds.compare_words import same
from gouji.claims.build import LIKELY, operand, place
from gouji.claims.changes.change_words import WRONG_WAY
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import ZERO, Dimension, plain

CUES = (
    "增加", "增长", "增多", "上升", "提高", "提升", "扩大", "走高", "攀升", "上涨", "回升", "升高", "递增", "上扬", "有升", "有增", "不增", "增势", "升势", "新高", "成绩",
    "最好", "最高", "纪录", "减少", "下降", "降低", "回落", "下滑", "缩小", "递减", "走低", "缩减", "收窄", "有降", "有减", "不减", "降势", "新低", "持平", "不变", "变化",
    "翻", "一倍", "成倍", "未增", "首", "第一", "最多", "最大", "最少", "最小", "最低", "末位",
)  # fmt: skip
_UP = r"增加|(?<![零负])增长|增多|上升|提高|提升|扩大|走高|攀升|上涨|回升|升高|递增|上扬|有升|有增|只增不减|增势|升势|(?:刷新|创出?|创下|创造|达到?)了?[^，。；]{0,6}(?:新高|最好成绩|最好水平|最高水平|最高纪录|历史最好|历史最高|纪录)"
_DOWN = r"负增长|减少|下降|降低|回落|下滑|缩小|递减|走低|缩减|收窄|有降|有减|只减不增|降势|创出?了?[^，。；]{0,4}新低"
_FLAT = r"零增长|持平|保持不变|维持不变|没有变化|无变化|不增不减|未增未减"
_SAID = re.compile(
    rf"(?:(?P<twice>(?:实现)?了?翻(?:了)?一?番|翻了一倍|增长(?:了)?一倍(?!多)|成倍增长)|(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<flat>{_FLAT}))了?(?:的)?(?:态势|趋势|势头|局面|走势|状态|格局|明显|良好)*$"
)
_STEPWISE = re.compile(r"逐[年轮月季次批期步]|年年|连续|持续|连年|一路|一直|节节|依次|逐渐")
_OPEN = re.compile(
    r"由于|因为|因|但|其中|预计|将|力争|确保|目标|计划|如果|若|应|要求|不再|未|没有(?!变化)|难以|不能|有望|防止|遏制|避免|基本|大致|大体|总体|略|稍|小幅|比重|占比|结构|建议|主要|原因|需|增幅|降幅|增速|速度|幅度"
)
_ADVERB = (
    r"(?:均|都|也|已|仍|又|再|更|并|且|呈现?出?|实现了?|保持了?|维持|出现|取得|总|整体|全年|同比|环比|明显|大幅度?|有所|稳步|稳定|稳中|逐[年轮月季次批期步]|年年|连续(?:[两二三四五六\d]个?(?:年|季度|月|轮|批|期))?|持续|连年|一路|一直|逐渐|显著|快速|"
    r"(?:与|和|同|较|比)(?:上年|去年|上一年度?|往年|前一年|上年同期|去年同期|同期)(?:相比|比较)?)*"
)
_ADVERBS = re.compile(rf"{_ADVERB}$")
_BARE_SUBJECT = re.compile(r"(?:数量|总量|规模|人数|总数|指标|水平|数值|数字|金额|总额|数额|次数|频次|力度)$")
_GOOD_RATE = re.compile(
    r"合格率|满意[率度]|达标率|优良率|覆盖率|办结率|完成率|及格率|就业率|升学率|治愈率|普及率|好评率|成功率"
)
_GOOD_STATE = re.compile(r"形势|质量|水平|状况|成效|效果|局面")
_PRIOR = re.compile(
    r"^(?:而|，)?(?:上年度?|去年|上一年度?|前一年|上年同期|去年同期|同期|上期|上届|上一轮|20\d\d年)(?:度|同期)?(?:的)?(?:也?为|是|达|只有|仅为|仅|有)?$"
)
_FROM = re.compile(r"(?:由|从)[^，。；]{0,20}$")
_TO = re.compile(r"(?:到|至|为|成)了?\s?$")
_YEAR = re.compile(r"(20\d\d)年")
_IN_TURN = re.compile(r"(?:依次|分别|先后)[为是达到有]*$")
_OVER_TIME = re.compile(
    r"20\d\d年?(?:至|到|—|-|、)|[两三四五]轮|[两三四五]年|[两三四]个?季度|各季度|逐[年轮月季]|[两三四五]次|[两三四五]批|[两三四五]期|[一二]季度"
)
_CLAUSE = re.compile(r"[，；]([^，。；\d]{2,24})(?=[，。；]|$)")
_TWICE = Decimal("1.9")
_THREE = 3
_SHARED = 2


class _Trend(NamedTuple):
    """What a clause says: 1 a rise, -1 a fall, 0 no change, 2 twice as much; step by step or in all; and of what."""

    way: int
    stepwise: bool
    subject: str


@by_words
def _trend_of(words: str) -> _Trend | None:
    said = _SAID.search(words)
    if said is None or _OPEN.search(words):
        return None
    way = 2 if said["twice"] else 1 if said["up"] else -1 if said["down"] else 0
    subject = _ADVERBS.sub("", words[: said.start()])
    return _Trend(way, _STEPWISE.search(words) is not None, subject)


def find(scene: Scene, told: AbstractSet[int]) -> Iterator[Claim]:
    """Every trend that the figures right before it contradict or bear out; `told` are those whose direction is read otherwise, by identity."""
    for passage in scene.telling(*CUES):
        if len(passage.items) < _SHARED:
            continue
        for clause in _CLAUSE.finditer(passage.text):
            before = [i for i in passage.items if i.q.span.end <= clause.start()]
            if len(before) < _SHARED or re.search("[，。；]", passage.text[before[-1].q.span.end : clause.start()]):
                continue
            span = Span(passage.block.index, *clause.span(1))
            claim = _most(before, clause[1], span)
            trend = _trend_of(clause[1]) if claim is None else None
            if trend is not None:
                series = _series(passage, before)
                if series and not any(id(i.q) in told for i in series) and _is_theirs(trend, series):
                    claim = _held(trend, series, clause[1], span)
            if claim is not None:
                yield claim


def _series(passage: Passage, before: Sequence[Item]) -> Sequence[Item]:
    """The figures of one thing that a trend right behind them speaks of, the earliest first."""
    last, first = before[-1], before[-2]
    if not same(last, first):
        return ()
    if last.q.sentence != first.q.sentence or last.hedged or first.hedged or last.q.dimension is Dimension.SCORE:
        return ()
    if {last.role, first.role} & {Role.UP, Role.DOWN, Role.BUDGET, Role.DEDUCTED, Role.WEIGHT}:
        return ()
    run = [last]
    while len(run) < len(before) and run[0].q.mark == "、" and not run[0].label and kin(before[-len(run) - 1].q, last.q):
        run.insert(0, before[-len(run) - 1])
    if len(run) >= _THREE:
        start = passage.text.rfind("。", 0, run[0].q.span.start) + 1
        words = passage.text[start : run[0].q.span.start]
        return run if _IN_TURN.search(words) and _OVER_TIME.search(words) and len(run) <= 6 else ()
    if _FROM.search(first.label) and _TO.search(last.gap):
        return (first, last)
    years = [_YEAR.search(i.label) for i in (first, last)]
    if years[0] and years[1]:
        rest = [_YEAR.sub("", i.label).rstrip("为是达有获") for i in (first, last)]
        if len(rest[1]) > 1 and rest[1] != rest[0]:
            return ()
        return (first, last) if years[0][1] < years[1][1] else (last, first)
    if _PRIOR.match(last.label) and last.q.segment == first.q.segment and not _PRIOR.match(first.label):
        earlier = years[1] is None or years[0] is None
        return (last, first) if earlier and last.q.clause - first.q.clause <= 1 else ()
    return ()


def _is_theirs(trend: _Trend, series: Sequence[Item]) -> bool:
    """Whether the clause speaks of the figures: of nothing else, by a bare measure, or by a word of their own name."""
    subject, label = trend.subject, "".join(i.label for i in series)
    if not subject or len(subject) == 1:
        return True
    if any(subject[n : n + _SHARED] in label for n in range(len(subject) - 1)):
        return True
    if _BARE_SUBJECT.search(subject) or (subject.endswith(("数", "量")) and subject[0] in label):
        return not any(i.percent for i in series)
    return bool(_GOOD_STATE.search(subject) and _GOOD_RATE.search(label))


def _held(trend: _Trend, series: Sequence[Item], words: str, span: Span) -> Claim:
    """The claim that the figures move as they are said to."""
    values = [i.q.base for i in series]
    first, last = values[0], values[-1]
    steps = [b - a for a, b in pairwise(values)] if trend.stepwise else [last - first]
    if trend.way == _SHARED:
        holds = not first or last >= first * _TWICE
    elif trend.way == 0:
        holds = abs(last - first) * 20 <= max(abs(first), abs(last))
    else:
        holds = all(step * trend.way > 0 for step in steps)
    shown = "→".join(i.q.raw for i in series)
    move = (last > first) - (last < first)
    fact = (
        f"{plain((last / first).quantize(Decimal('0.01')))}倍"
        if trend.way == _SHARED and first
        else ("下降", "未变", "上升")[move + 1]
    )
    if len(values) >= _THREE and not holds and any(s * trend.way > 0 for s in steps):
        fact = "有升有降"
    return Claim(
        kind=ClaimKind.CHANGE,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=words,
        computed=fact,
        operands=(place(span, "stated"), *(operand(i, "step") for i in series)),
        formula=shown,
        cause=None if holds or trend.way in (0, _SHARED) else WRONG_WAY,
        confidence=LIKELY,
        shape="trend",
    )


_FIRST = re.compile(
    r"^(?P<name>[^，。；\d]{2,12}?)(?:的)?(?:投入|支出|资金|金额|数量|占比|比重|份额|面积|产量|人数|规模)?(?:居|位居|位列|排在|高居|列|排)(?:各[项类县乡镇站所]|全[县市区]|所有)?[^，。；\d]{0,4}?(?:之?首位?|第一位?|榜首)$"
    r"|^(?P<most>[^，。；\d]{2,12}?)(?:的)?(?:投入|支出|资金|金额|数量|占比|比重|份额|面积|产量|人数|规模)?(?:最[多大高])$|^(?:以|其中以)(?P<with>[^，。；\d]{2,12}?)(?:为)?最[多大高]$"
    r"|^(?P<least>[^，。；\d]{2,12}?)(?:的)?(?:投入|支出|资金|金额|数量|占比|比重|份额|面积|产量|人数|规模)?(?:最[少小低]|居末位?|排名?末位)$"
)


def _most(before: Sequence[Item], words: str, span: Span) -> Claim | None:
    """灌溉612万元、道路548万元、土壤340万元，道路的投入居各项之首: the one said to be the greatest of the list right before."""
    match = _FIRST.match(words)
    if match is None:
        return None
    last = before[-1]
    listed = [last]
    while listed[0].order and listed[0].q.mark in ("、", "，"):
        item = before[-len(listed) - 1] if len(listed) < len(before) else None
        if item is None or not kin(item.q, last.q) or item.q.sentence != last.q.sentence or item.hedged or not item.label:
            break
        listed.insert(0, item)
        if item.q.mark not in (last.q.mark, "、"):
            break
    name = (match["name"] or match["most"] or match["with"] or match["least"]).removeprefix("其中")
    mine = [i for i in listed if i.label.endswith(name)]
    together = sum((i.q.base for i in listed), ZERO) / 2
    listed = [
        i for i in listed if i.q.base != together
    ]  # 甲520万元、乙860万元、丙620万元，三项2000万元: their sum is none of them
    if len(listed) < _THREE or len(mine) != 1 or last.hedged:
        return None
    top = (min if match["least"] else max)(listed, key=lambda i: i.q.base)
    holds = top.q.base == mine[0].q.base
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=words,
        computed=f"{top.label[-10:]}{top.q.raw}",
        operands=(place(span, "stated"), operand(mine[0], "value"), operand(top, "bound")),
        formula=f"{mine[0].q.raw} {'=' if holds else '>' if match['least'] else '<'} {top.q.raw}",
        confidence=LIKELY,
        shape="most",
    )
