"""Which two numbers of things a rate is of: 收到N件，立案M件，立案率P.

A pair binds by words, not by nearness alone: one of the two is what was due (计划, 应, 目标), the rate bears the name of what was done,
or the second is said to be among the first (N个站中有M个). Every other pair of the sentence may bear a rate out, never accuse it.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import HUNDRED, Dimension

OUT = {Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR}
STEM = re.compile(r"([\u4e00-\u9fff]{1,3})[率度面]$")
_Pair = tuple[Item, Item, float]

_DUE = re.compile(
    r"计划|目标|指标值|应|任务|规划|收到|受理|总|共|需|发放|抽查|检查|参加|登记|涉及|名|有|全部|调查|申请|申报|报名|拟|辖|在册|在校|受检|抽检|检测|安排|下达|排查|发现|交办|征集|承担|目前|符合条件|提交|接到|接收"
)
_LOOKED_AT = re.compile(r"样本|抽样|访问|问卷|有效|收回|回收|拨通|接通|接听|走访|评价|测评|抽[查检测验访]|监测|在册|毕业")
_FOUND_GOOD = re.compile(r"满意|认可|好评|知晓|正常|放心|优良|说好|给了好评|救活")
_DONE = re.compile(
    r"实|已|完成|办|达|合格|满意|完好|收回|回收|立案|处置|整改|通过|到|审核|录取|成功|建成|竣工|投用|解决|落实|采纳|答复|签约|开工|兑现|回复|治愈|修复|验收|在用|运行|就业|入学|参保|接种|建档|销号"
)
_SET = re.compile(  # what was to be done, by words that nothing else is called by
    r"(?:计划|目标|任务|指标|应[\u4e00-\u9fff]{0,2}|规划|设计|约定|下达|原定|拟|要求|须|需|定额|核定|控制)[数量值]?(?:完成|建设|改造|开展|举办|培训|发放|维修|实施|服务|新建|新增|达到|抽检|检查|组织|为|是)*$|^应|年度(?:计划|目标|任务|指标)|计划|目标"
)
_LEFTOVER = re.compile(
    r"^(?:另有?|其余|剩余?|尚有?|余下?|未|差|缺|欠|还有?|没|少|多|其中|不|仅有)|[未没不欠差缺剩余](?:[\u4e00-\u9fff]{0,4})$|以上$"
)
_PARTED = re.compile(r"分类为|分为|其中|包括|分别|依次|含|（|即")
_EXPECTED = re.compile(r"应[\u4e00-\u9fff]{1,4}$")  # 应到30人，实到28人: of a rate by any name
_TURNED_OUT = re.compile(r"实[\u4e00-\u9fff]{0,4}$")
_TOLD_BY = re.compile(r"(?:由此|得出|因此|保持|维持|稳定|达到|在|均|为)+$")
_AFTERWARDS = re.compile(r"(?:整改|返工|重做|补救|处理|处置|更换|修复|治理|消毒)后|复[检测验查]|再次[检抽]")
_OF_FAULTS = re.compile(r"[不未非](?!少于|低于)[\u4e00-\u9fff]{1,4}$|问题|异常|违规|隐患")
_TOGETHER = re.compile(r"合并|综合|合计|总体|平均")
_TIMELY_WORDS = "按期|及时|按时|如期|限时|准时|首次|一次|提前"
_TIMELY = re.compile(_TIMELY_WORDS)
_IN_TIME = re.compile(_TIMELY_WORDS + "|期内|限内|时间内|规定时|日内|小时内|天内")
_OF_GOAL = re.compile(
    r"(?:完成|实现|达成|完工|竣工|建成|执行)(?:率|比例|度|了?$)|(?:任务|计划|目标|指标)[\u4e00-\u9fff]{0,3}率"
)


def stem_fits(item: Item, other: Item) -> bool:
    """Whether the name of a rate stands in that of a figure: 出席率, 出席192人."""
    stem = STEM.search(item.label)
    return stem is not None and stem[1][-2:] in other.label[-8:]


def due_and_done(due: Item, done: Item) -> bool:
    """Whether one count is called what was to be done or looked at and the other what was, no part of it left undone."""
    words = due.label + due.q.noun[:1]
    told = _DUE.search(words) is not None or _LOOKED_AT.search(words) is not None
    told = told and (_DONE.search(done.label + done.q.noun[:4]) is not None or _FOUND_GOOD.search(done.label) is not None)
    return told and not _LEFTOVER.search(done.label) and not _OF_FAULTS.search(done.label)


def told_by_name(item: Item, due: Item, done: Item) -> bool:
    """管理患者14120人，规范管理10703人，规范管理率: one count bears the whole name of the rate, the other is what it is of."""
    if not done_by_name(item, done) or _LEFTOVER.search(done.label) or _name_of(item) in due.label or done.q.mark == "、":
        return False
    words = due.label + due.q.noun[:4]
    shared = any(done.label[n : n + 2] in words for n in range(len(done.label) - 1))
    return shared or within(done, due) or _DUE.search(words) is not None or _LOOKED_AT.search(words) is not None


def pairs(item: Item, window: Sequence[Item], *, told_by_name: bool) -> list[_Pair]:
    """(numerator, denominator, confidence), the surest first; of two counts of one thing, what is done over what was due."""
    counts = [
        i
        for i in window
        if i.q.dimension in (Dimension.COUNT, Dimension.MEASURE) and i.role not in OUT and i.order < item.order and not i.hedged
    ]
    found: list[_Pair] = []
    if not told_by_name:
        found += _set_and_done(item, counts)
    for first, second in zip(reversed(counts[-3:-1]), reversed(counts[-2:]), strict=False):
        if kin(first.q, second.q):
            found.append(_adjacent(item, first, second, told_by_name=told_by_name))
    if not told_by_name:
        found += _by_its_name(item, counts)
    if found:
        # any two counts of the sentence may be meant: they can only bear the rate out, never accuse it
        last = counts[-9:]
        found += [(a, b, 0.0) for a in reversed(last) for b in last if a is not b and kin(a.q, b.q) and a.q.base <= b.q.base]
    if _AFTERWARDS.search(item.label):
        return [(a, b, 0.0) for a, b, _ in found]  # 60份中2份不合格，整改后合格率100%: of another look than the counts
    return found


def done_by_name(item: Item, done: Item) -> bool:
    """勾选“满意”的97份，满意率: whether a count is called by the whole name of the rate, and not for the lack of it."""
    name = _name_of(item)
    return len(name) >= 2 and done.label.rstrip("”的").endswith(name) and not _OF_FAULTS.search(done.label)


def _name_of(item: Item) -> str:
    stem = STEM.search(_TOLD_BY.sub("", item.label))
    return stem[1][-2:] if stem else ""


def _bears(item: Item, name: str) -> bool:
    """Whether a figure is called by the name of the rate: 整改1,866条 of 整改率."""
    return bool(name) and (
        name in item.label[-8:]
        or name[-1] in item.label[-4:]
        or any(not behind.startswith(("率", "度")) for behind in item.q.noun[:7].split(name)[1:])
    )


def _adjacent(item: Item, first: Item, second: Item, *, told_by_name: bool) -> _Pair:
    """Two counts that follow one another right before the rate."""
    near = second.order - first.order == 1 and first.q.sentence == second.q.sentence == item.q.sentence
    near = near and item.order - second.order == 1 and second.q.segment == item.q.segment == first.q.segment
    name = _name_of(item)
    reverse = (
        bool(name) and name in first.label[-6:] and name not in second.label[-6:] and _DUE.search(second.label) is not None
    )
    done, due = (first, second) if reverse else (second, first)
    if _TOGETHER.search(item.label) or any(no + name in done.label[-8:] for no in "不非未"):
        near = False  # a rate of several figures together
    timely = _TIMELY.search(item.label)
    if timely and not _IN_TIME.search(first.label + second.label + second.q.noun):
        near = False  # 收到86件，办结82件，按时办结率90%: how many in time is not told
    if _OF_FAULTS.search(done.label) and not _of_those_faults(item, done):
        near = False  # 不合格31批次，核查处置率100%: of what went wrong
    told = _EXPECTED.search(due.label) is not None and _TURNED_OUT.search(done.label) is not None and done.q.base <= due.q.base
    if told_by_name and not told:
        of = item.label[-5:-3] if re.search("(?:覆盖|完成|合格|达标|完好)率$", item.label) else ""
        told = within(done, due) or (len(of) == 2 and of in done.label[-6:] + done.q.noun[:6])
    elif not told:
        wanted = re.search(r"(?:完成|实现|达成)(?:率|比例)", item.label) and re.search("计划|目标|应|指标值", due.label)
        words = due.label + due.q.noun[:1]
        told = (
            within(done, due)
            or wanted is not None
            or (_DUE.search(words) is not None and _DONE.search(done.label + done.q.noun[:4]) is not None)
        )
    return done, due, SURE if near and (_bears(done, name) or told) else 0.0


def _of_those_faults(item: Item, done: Item) -> bool:
    """检出异常14份，检出率4.4%; 不合格48批次，不合格率1.03%: the rate is of the faults themselves."""
    name = re.sub(r"[率度面]$", "", _TOLD_BY.sub("", item.label))
    return len(name) >= 2 and (done.label.endswith(name) or done.label.startswith(name))


def _here(item: Item, counts: Sequence[Item]) -> list[Item]:
    """The counts of the rate's own segment that are neither parts of a list nor what is left over."""
    own = [
        i for i in counts if i.q.segment == item.q.segment and i.q.sentence == item.q.sentence and i.q.depth <= item.q.depth + 1
    ]
    kept: list[Item] = []
    parted = False
    for one in own:
        parted = (parted and one.q.mark == "、") or (bool(kept) and _PARTED.search(one.gap) is not None)
        if not parted and not _LEFTOVER.search(one.label):
            kept.append(one)
    return kept


def _set_and_done(item: Item, counts: Sequence[Item]) -> list[_Pair]:
    """计划45处，完成46处，其中甲31处、乙15处，完成率; 演出69场，目标65场，完成率: one goal and one figure beside it."""
    if not _OF_GOAL.search(item.label) and not item.label.endswith("完成"):
        return []
    here = _here(item, counts)
    goals = [i for i in here if _SET.search(i.label) or (i.q.depth > item.q.depth and _SET.search(i.gap))]
    if not goals:
        return []
    goal = goals[-1]
    done = [i for i in here if i not in goals and kin(i.q, goal.q)]
    if len(done) > 1 and done[-1].order < goal.order:
        done = done[-1:]
    after = [i for i in done if i.order > goal.order]
    done = after or done
    if item.q.base == HUNDRED and len(here) < sum(1 for i in counts if i.q.segment == item.q.segment):
        return []  # 计划11个，完工10个，另1个经批准移出，完成率100%
    if len(done) != 1 or not goal.q.base or done[0].q.base > goal.q.base * 5 or abs(done[0].order - goal.order) > 2:
        return []
    return [(done[0], goal, SURE)]


def _by_its_name(item: Item, counts: Sequence[Item]) -> list[_Pair]:
    """发现隐患143处，整改140处，尚余3处，整改率: the figure that bears the rate's name over the one other figure of its segment."""
    name = _name_of(item)
    if (
        len(name) < 2
        or ((timely := _TIMELY.search(item.label)) and timely[0] not in "".join(i.label for i in counts[-1:]))
        or _TOGETHER.search(item.label)
        or name in ("比例", "完成")
    ):
        return []
    here = _here(item, counts)
    named = [i for i in here if name in i.label[-8:] and not any(no + name in i.label for no in "不非未")]
    others = [i for i in here if i not in named and named and kin(i.q, named[-1].q)]
    if len(named) != 1 or len(others) != 1:
        return []
    done, due = named[0], others[0]
    if done.q.base > due.q.base or _OF_FAULTS.search(done.label):
        return []
    return [(done, due, SURE if due.order < done.order else LIKELY)]


def within(done: Item, due: Item) -> bool:
    """N台设备中，M台正常; N个点位中已有M个: the second is said to be of the first."""
    inside = re.search(r"(?<![初高集年])[中里内](?:已|有|已有|覆盖|完成|实现)*$", done.label) or re.match(
        r"[^，。；]{0,8}[中里内]，|\s?[中里][\u4e00-\u9fff]", done.gap
    )
    whole = re.match(r"[^，。；\d]{0,8}(?:全部|均|都|一律)", done.after)  # 206人中，愿意的158名全部入住: a rate of the 158
    return done.order - due.order == 1 and inside is not None and not whole and done.q.base <= due.q.base
