"""What a clause without figures says of a limit: 仍处在上限之内; 守住了这条底线; 都没有突破承诺; 场次目标已经兑现; 比这一标准还略高.

A verdict is a verb of keeping, reaching or passing with a noun for the limit. It speaks of the figure right before it, of all figures of
one kind since the limit where it says 都 or 无一, and of the limit that stands before them in the sentence (or in the one before, to which
这一标准 points). Which way the limit binds is told by the limit's own words, else by the verdict's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gouji.claims.bounds.compare_words import LOWER_IS_BETTER, comparison, same
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension, Hedge

_CEILED = r"上限|限值|限额|限价|限量|封顶数?|封顶线|红线|时限|期限|工期|控制[线数额值]|天花板|警戒线|最高[限值]|约束值|额度"
_FLOORED = r"底线|下限|门槛|及格线|最低[线限值]|保底[线数值]?"
_NEUTRAL = r"比例|目标|指标|标准|要求|任务|规定|承诺|约定|计划|考核线|达标线|标线|控制"
_NOUN = rf"(?:{_CEILED}|{_FLOORED}|{_NEUTRAL})(?:[值数线量]|水平|范围)?"
WORDS = (
    "上限", "限值", "限额", "限价", "限量", "封顶", "红线", "时限", "期限", "工期", "控制", "天花板", "警戒线", "最高", "约束值", "额度",
    "底线", "下限", "门槛", "及格线", "最低", "保底", "目标", "指标", "标准", "要求", "任务", "规定", "承诺", "约定", "计划", "考核线", "达标", "标线", "比例",
    "超期", "超时", "超限", "超标", "逾期",
)  # fmt: skip
_BETWEEN = r"[^，。；\d未没不]{0,10}?"
_NOT = (
    r"(?:都没有?|均没有?|没有?|未曾?|不曾|从未|并未|均未|无一[^，。；\d未没不]{0,6}?|无)(?:一[批次个项]次?)?(?:出现|发生|任何)?"
)
_SAID = re.compile(
    rf"(?:(?P<kept>{_NOT}(?:超过|超出|突破|冲破|越过|逾越|触及|触碰|高于|多于|大于|超|逾)了?{_BETWEEN}{_NOUN}|{_NOT}(?:超[期时限标]|逾期))"
    rf"|(?P<held>{_NOT}(?:跌破|低于|少于|击穿|破)了?{_BETWEEN}{_NOUN})"
    rf"|(?:处|保持|维持|控制|落|停留|稳定|压|压减|压缩|限定|守|定格|[仍均都还也])(?:在|于)了?{_BETWEEN}{_NOUN}(?:(?P<inside>之内|以内|范围内|范围之内|以下|之下|内|里)|(?P<over>以上|之上))"
    rf"|(?P<guarded>(?:守住|守牢|守稳|坚守|保住|兜住|稳住)了?{_BETWEEN}{_NOUN})"
    rf"|(?P<passed>(?:跨过|越过|迈过|站上|超过|超出|高于|高出|突破|跃上)了?{_BETWEEN}(?:{_FLOORED}|目标|指标|标准|要求|任务|计划|标线|达标线|考核线)[值数线]?)"
    rf"|(?P<under>(?:低于|少于|小于|短于)了?{_BETWEEN}(?:{_CEILED}|目标|标准|要求|承诺|规定)[值数线]?)"
    rf"|(?P<met>(?:符合|满足|达到|达成|兑现|实现|完成|合乎|契合|优于|好于)了?{_BETWEEN}{_NOUN})"
    rf"|(?P<done>{_NOUN}(?:已经?|均已?|都已?|也|全部|如[期数]|顺利|全面|得到|得以|圆满|悉数)*(?:兑现|实现|达成|完成|达到|达标|守住|满足)了?)"
    rf"|比{_BETWEEN}{_NOUN}(?:还|要|略|稍|都|更|有所)*(?:(?P<more>高|多)|(?P<less>低|少|短))(?:出|一些|一点|不少|些|了)*"
    rf")(?:的?(?:要求|规定|水平|标准))?$"
)
_NO_VERDICT = re.compile(
    r"未能|没能|没有?(?:达到|完成|实现|满足|兑现|守住)|未(?:达|完成|实现|满足|全部|按)|不(?:符合|达|足|满足|能)|差|距离|部分|基本|接近|尚|将|力争|确保|"
    r"应[当该按]|必须|须|如果|若|拟|目的|为了|争取|才|方可|即[可为得]|视[同为]|得满分|计满分|的得|的计|只有|预计|有望|可望|其[他余]|个别|少数|多数|大部|分别|仅|制定|确定|设定|提出|明确|下达|分解|申报"
)
_EVERY = re.compile(r"都|均|无一|全部|两项|三项|各项")
_POINTS_BACK = re.compile(r"这一|该|上述|前述|此|这条|这个|所定|其")
_CEILING = re.compile(
    r"不[得应能可]?(?:超过?|超出|高|多|大|长|晚|迟)于?|以内|之内|封顶|最高|上限|限额|限价|限值|控制在|(?<!不)(?:要求|应)低于?|≤|红线|约定工期|合同工期"
)
_FLOOR = re.compile(r"不[得应能可]?(?:低|少|小|短)于?|至少|下限|底线|最低|≥|门槛|保底")
_GOAL = re.compile(r"目标|计划(?!生育)|任务|要求|规定|标准|指标|承诺|约定|时限|期限")
_ACHIEVED = re.compile(r"实际|实测|完成[了为]?$|达到?[了为]?$|结果|抽查|全年|平均|年末|年底|用时|审定|结算|建成|累计")
_INSIDE = re.compile(r"\s?(?:的)?(?:(?:工作|自然|交易)?日内|小时内|分钟内|以内|之内|以下|封顶)|为(?:上限|限)")
_ABOVE = re.compile(r"\s?(?:及)?以上|为(?:下限|底线)")
_OUT = frozenset({Role.UP, Role.DOWN, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT, Role.SCORED})
_TIMES = frozenset({"天", "日", "小时", "分钟", "秒", "月"})
_TIME_NOUN = re.compile("(?:工作|自然|交易)?日|小时|分钟|月")
_EACH = re.compile("[每均/]|单[价位个]")
_JOINED = re.compile(r"\s?[、和与及]")
_CLAUSE = re.compile(r"[，；]([^，。；\d]{3,26})(?=[，。；]|$)")


class Said(NamedTuple):
    """What a clause says: 1 that a floor is reached, -1 that a ceiling is kept, 0 that a limit is met; of every figure; and in whose name."""

    way: int
    every: bool
    back: bool  # it points back: 这一标准
    words: str


@by_words
def verdict_of(words: str) -> Said | None:
    """The verdict that a clause without figures gives, if it gives one."""
    found = _SAID.search(words)
    if found is None or _NO_VERDICT.search(words):
        return None
    told = found.lastgroup
    if told in ("kept", "inside", "under", "less"):
        way = -1
    elif told in ("held", "over", "passed", "more"):
        way = 1
    else:
        way = -1 if re.search(_CEILED, found[0]) else 1 if re.search(_FLOORED, found[0]) else 0
    return Said(way, _EVERY.search(words) is not None, _POINTS_BACK.search(words) is not None, words)


def verdicts(passage: Passage) -> Iterator[tuple[Said, Item]]:
    """The verdicts of a paragraph with the figure right before it."""
    for clause in _CLAUSE.finditer(passage.text):
        said = verdict_of(clause[1])
        if said is None:
            continue
        last = next((i for i in reversed(passage.items) if i.q.span.end <= clause.start()), None)
        if last is not None and not re.search("[，。；]", passage.text[last.q.span.end : clause.start()]):
            yield said, last


def find(passage: Passage, told: frozenset[int]) -> Iterator[Claim]:
    """Every figure that a verdict right behind it holds to a limit before it; `told` are the figures that were held to one otherwise, by identity."""
    for said, last in verdicts(passage):
        limit = _limit_of(passage, said, last)
        if limit is None:
            continue
        way = way_of(passage, limit) or said.way
        if said.way and way != said.way:
            continue
        if not way:
            lower = LOWER_IS_BETTER.search(limit.label + last.label) or limit.q.figure.unit.symbol in _TIMES
            lower = lower or _TIME_NOUN.match(limit.q.noun) is not None
            if lower or limit.money:
                continue
            way = 1
        held = [last]
        if said.every:
            held = [i for i in passage.items[limit.order + 1 : last.order + 1] if same(i, limit)]
        for value in held:
            if not value.hedged and id(value.q) not in told and value.role not in _OUT:
                yield comparison(limit, value, below=way < 0, sure=False, words=f"{said.words}：")


def way_of(passage: Passage, limit: Item) -> int:
    """-1 for a ceiling, 1 for a floor, 0 where the words about a figure tell neither."""
    hedge, words = limit.q.figure.hedge, passage.text[limit.q.label_start : limit.q.span.start]
    if hedge is Hedge.AT_MOST or _CEILING.search(words) or _INSIDE.match(limit.q.noun + limit.after):
        return -1
    if hedge is Hedge.AT_LEAST or _FLOOR.search(words) or _ABOVE.match(limit.after):
        return 1
    return 0


def _is_limit(passage: Passage, item: Item) -> bool:
    words = item.label + passage.text[item.q.label_start : item.q.span.start]
    return way_of(passage, item) != 0 or (_GOAL.search(words) is not None and _ACHIEVED.search(item.label) is None)


def _limit_of(passage: Passage, said: Said, last: Item) -> Item | None:
    """The limit that a verdict on `last` speaks of: the only figure of its kind before it that is told as one."""
    if last.hedged or last.q.dimension in (Dimension.SCORE, Dimension.BARE, Dimension.POINTS) or _is_limit(passage, last):
        return None
    before = [i for i in passage.items[: last.order] if same(i, last) and last.q.sentence - i.q.sentence <= int(said.back)]
    here = [i for i in before if i.q.sentence != last.q.sentence or i.q.segment == last.q.segment]
    limits = [i for i in here if _is_limit(passage, i)]
    since = passage.items[limits[0].order + 1 : last.order + 1] if limits else []
    if last.money and limits and _EACH.search(limits[0].label) and not any(_EACH.search(i.label) for i in since):
        return None  # 人均不超过810元的标准，共120人，实际支出6.56万元: one is for each
    if since and _JOINED.match(since[0].gap) and not _ACHIEVED.search(since[0].label):
        return None  # 计划新建5座、改建3座，实际新建5座、改建2座，新建任务全部完成: several goals in a row
    if len(limits) != 1 or (not said.every and here[-1] is not limits[0]):
        return None
    return limits[0]
