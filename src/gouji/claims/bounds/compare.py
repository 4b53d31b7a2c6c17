"""Comparisons told in words: a figure said to keep within, reach or pass another one of its sentence.

未超过B, 低于B, 高于B, 不少于B … 计划N，实际M，任务完成 … 不超过B的限额，实际V，未突破 … 预算A，支出B，资金全部用完.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.bounds import compare_words, goal_elsewhere, kept, met, tenths, verdict, verdict_ratio
from gouji.claims.bounds.compare_words import LOWER_IS_BETTER, comparison, same
from gouji.claims.scene import Item, Passage, Scene, wholes
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension, Hedge
from gouji.model.record import record

_OUT = {Role.UP, Role.DOWN}

# ---- V is said to be below or above B, which follows -----------------------------------------------------------------------

_THAN = re.compile(
    r"(?:(?P<kept>(?:总体|整体|全部|均|有效|严格)?控制在(?:了)?(?:预算|年初预算|限额|目标)?$|(?:^|[，；均都仍])在(?:年初|年度|全年)?(?:预算|限额|控制数|规定|目标)[^，。；]{0,4}$)"
    r"|(?P<below>(?<!不)低于|(?<!不)小于|(?<!不)少于|(?<!不)短于|不长于|不晚于|不迟于|(?:未|没有?|不曾|均未|并未)(?:超过?|超出|突破|高于|大于|多于)|不超过?|不高于|不大于|不突破|不多于)"
    r"|(?P<better>(?<!不)(?:好于|优于))|(?P<above>(?:不|未|没有)(?:低于|少于|小于)|(?<!不)(?<!未)高于|(?<![未不有])(?:超过|突破)|(?<!不)大于|(?<!不)多于)"
    r"|(?P<reached>(?:达到|实现|完成)了?$)"
    r"|(?P<than>比[^，。；]{0,8}(?:预算|承诺|规定|限额|目标|计划|标准|控制)数?的?$))"
    r"(?(than)|(?(reached)|(?(kept)|[^，。；]{0,10}$)))"
)
_RULED = re.compile(r"(?:须|应当?|每|凡|如|若)$")
_QUALITY = re.compile(r"(?<!不)(?:合格|达标|满意|优良|完好|及时|准确|覆盖|知晓|成活|巩固|入学|毕业|就业|保存|正常)[率度]$")
_LINE = re.compile(
    r"\s?(?:个|的|这一)?[^，。；\d]{0,10}?(?:线|标准|要求|目标|水平|限|上限|下限|规定|任务|底线|红线|指标|值|限额|时限|控制数|计划|数|门槛|阈值|范围)"
)
_LIMIT_WORDS = re.compile(
    r"限额|预算|计划|目标|任务|标准|控制数|上限|定额|指标|上年|去年|水平|规定|承诺|下限|底线|批复|核定|约定|限定|核准"
)
_BARE = re.compile(r"，(?:均|都|且|并|远|也|已)?(?:不超过?|未超过?|低于|没有超过|小于|不高于|高于|超过|不低于|大于)\s?")
_A_RATE = re.compile(r"(?:率|比例|幅度|度|比重)$")
_INSIDE = re.compile(
    r"\s?(?:的[^，。；\d]{0,8}|(?:限额|标准|目标|指标|预算|控制数|控制额|红线|规定|要求|定额)的?)?(?:以内|之内|以下|范围内|范围之内|内)"
)
_ABOVE_GOAL = re.compile(r"\s?(?:及)?以上的?[^，。；\d]{0,6}(?:目标|要求|标准|任务|水平|指标|规定)(?!值?为?\s?\d)")
_LESS = re.compile(r"\s?(?:有所|明显|略|大幅)?(?:少|低|短|小|缩短|减少|降低|节约|提前)(?:了)?(?=[，。；]|$)")
_MORE = re.compile(r"\s?(?:有所|明显|略|大幅)?(?:多|高|长|大|增加|超出|提高)(?:了)?(?=[，。；]|$)")
_DENIED = re.compile(
    r"(?:未能?|没有?能?|不能|难以)[^，。；\d]{0,4}(?:达到?|满足|符合|实现|完成)"
)  # 面积42平方米，未达到不少于60平方米的要求
_FALLS_SHORT = re.compile(r"差距|未(?:能)?达|没有达到|不达|低于|相差")

# ---- B is given first, then V, then what is said of them -------------------------------------------------------------------

_LIMIT = re.compile(r"控制线|红线|限价|不超过|不高于|不得超过|不得高于|限额|控制数|上限|最高限|控制在|不突破|不大于")
_BOUNDING = (  # where no figure is hedged, one of these is in whatever `_said` finds
    "控制", "红线", "限", "不超过", "不高于", "不得", "突破", "不大于", "不少于", "不低于", "至少", "不小于", "计划", "目标", "任务", "应", "指标", "拟", "预计", "要求", "须", "预期", "设定", "需", "约定", "规定", "承诺", "批复", "核定", "额度", "超", "在预算",
)  # fmt: skip
_FLOOR = re.compile(r"不少于|不低于|至少|不得少于|不得低于|不小于|下限")
_YEAR = re.compile(r"(20\d\d)年")
_OTHER_YEAR = re.compile(r"上年|去年|同期|上半年|[一二三]季度|基期")
_PLANNED = re.compile(
    r"计划|目标|任务|(?<![供适效响反相对])应(?![急用届对答收付变到参出])|指标|拟|预计|要求|须|预期|设定|需(?:要)?完成"
)
_ACTUAL = re.compile(
    r"实际|实测|实有|结果|完成|举办|开展|组织|实现|核查|检查|抽查|培训|达|建成|支出|发放|仅|为$|已|全年|年末|年底|累计|当年|调查|测评|新增"
)
_TIMES = frozenset({"天", "日", "小时", "分钟", "时"})
_MET = (
    r"(?:完成|达到|达成|实现|满足)(?:(?!部分|其他|其余|其它|率|比例|情况|低|未|不|距|约|近)[^，。；、\d]){0,10}?"
    r"(?:任务|目标|要求|计划|标准|指标|预期|规定)(?!值?(?:的|为)?\s?\d|值?的[\u4e00-\u9fff]{0,4}\d)"
)
_FULFILLED = re.compile(
    rf"(?<![未没不无])(?<!未能)(?<!尚未)(?<!没有)(?<!基本)(?<!部分){_MET}"
    r"|(?<!其余)(?<!其他)(?<!部分)(?:任务|目标|指标|计划)(?:均|已|都|如期|按期|按时|全部|圆满|顺利|超额|全面|基本上?)*(?<!基本)(?:完成|实现|达成|达标|达到)(?!率|情况|比例|[的]?\s?\d)"
    r"|^，(?:均|已|已经|全部|如期|按期|按时|圆满|顺利|超额)*(?:合格|达标|完成|符合(?:[^，。；\d]{0,6}要求)?)(?=[，。；]|$)"
    r"|超额(?:完成|实现)|超(?:计划|目标|任务)(?:完成)?"
    r"|(?<![未没不])(?:超过|高于|优于|好于)了?(?:年度|年初|预期|既定|设定|绩效)*(?:目标|计划|任务|指标|要求)(?:值|数)?(?=[，。；]|$)"
    r"|^，(?:均|已|均已)?全部(?:到岗|到位|建成|完工|竣工|投用|完成|落实|发放|开工|办结|整改|销号)(?:投用|到位|完毕)?(?=[，。；]|$)"
    r"|得满分|全部得满|得到满分|分全得|(?:分值|满分)\s?(?P<full>\d+(?:\.\d+)?)分，(?:实际|自评)?得分?\s?(?P=full)分"
)
_NOT_FULFILLED = re.compile(
    r"视同|不扣分|以上(?:的)?(?:得|计)满分|没能|未能|未实现|没有实现|未(?:能)?(?:全部|如期|按期|按时|全面)?(?:完成|达到|达成|实现|达标)|没有(?:完成|达到)|差距|还差|确保|不足|缺口|只完成|仅完成|尚未|滞后|基本(?:完成|达到|实现)|不达标"
)
_OVERFULFILLED = re.compile(r"超额(?:完成|实现)|超(?:计划|目标|任务)(?:完成)?")
_WITHIN = re.compile(
    r"(?:未|没有|不|均未|并未)(?:突破|超(?!额|前)过?|超出|超标|超支|超预算)|控制在[^，。；\d]{0,10}(?:内|以内|范围)|达到(?:了)?(?:要求|目标|标准|规定|预期)|达标|符合(?:[^，。；\d]{0,6}(?:要求|规定|标准|承诺|约定))|(?:分值|满分)\s?(?P<full>\d+(?:\.\d+)?)分，(?:实际|自评)?得分?\s?(?P=full)分"
    r"|在(?:限额|控制数|预算|规定|要求|目标)[^，。；\d]{0,4}(?:内|以内)|(?<!不)合规|控制(?:有效|较好|良好|到位|得当)"
)
_SET = re.compile(r"约定|规定|承诺|限定|批复|核定|额度|控制价|限价|时限")
_WITHIN_IT = re.compile(
    r"^(?:[^，。；\d]{0,5}(?:办结|完成|成交|中标))?，(?:均|都|且|并|也)*(?:(?:未|没有|均未|并未)(?:突破|超过?|超出)|控制在[^，。；\d]{0,10}(?:内|以内|范围)|在[^，。；\d]{0,8}(?:以内|之内|范围内|时限内|工期内|额度内))"
)
_BROKEN = re.compile(r"(?<![未没有不])超过|(?<![未没有不])超出|(?<![未没有不])突破|超标|不符合|不达标")
_IN_BUDGET = re.compile(
    r"，(?:总体|均|全部|全年|整体|并|且)?(?:(?:未|没有|不|并未|均未)(?:突破|超过?|超出|超)(?:年初|全年|年度|部门|批复|既定)?预算(?!\s?\d)|控制在(?:年初|全年|年度|部门|批复)?预算[^，。；\d]{0,4}内|在预算[^，。；\d]{0,4}内)"
)

_RESET = re.compile(r"调[减增整][^，。；\d]{0,4}[为至到]|变更为|核减[为至到]|修订为")
_RULE = re.compile(r"\s?(?:以上)?的?(?:即|就|可|便|方可|才)得?")  # 达到95%即得满分
_ANOTHER = re.compile(r"[，；](?:另外?|此外|同时|额外|临时|新增)")  # 计划内检查420家，全部完成，另增加检查66家
_GOAL = re.compile(r"(?:目标|指标|计划|标准|要求|任务)值?(?:为|是)?$")
_REACHED_IT = re.compile(
    r"\s?(?:以上|以内)?，(?:已|均|均已|现已|全部|如期|圆满)?(?:达到|达标|达成|完成|实现)(?:了?(?:目标|要求))?(?=[，。；]|$)"
)
_GOAL_MET = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{0,4}(?=以))?(?:以上|以内|以下|之内)?的[^，。；\d]{0,6}(?:目标|任务|要求|指标|标准)(?:已|均|都|顺利|圆满|全面|如期|得到|得以)*(?:实现|达成|完成|达到)(?=[，。；]|$)"
)


@record(frozen=True, slots=True)
class _Bound:
    """What kind of bound a figure is: not to be passed, to be reached, or planned."""

    ceiling: bool
    floor: bool
    planned: bool


def find(scene: Scene) -> Iterator[Claim]:
    """Every comparison of two figures that stand in one sentence."""
    every: set[int] = set()
    for passage in scene.passages:
        yield from compare_words.find(passage)
        bounded = passage.tells(*_BOUNDING) or any(i.hedged for i in passage.items)
        told: set[int] = set()
        held: set[int] = set()
        for n, item in enumerate(passage.items):
            claim = _than(passage, n, item) or (_said(passage, n, item) if bounded else None) or _goal(passage, n, item)
            if claim is not None:
                told.add(id(item.q))
                held.add(id(claim.operands[0].quantity))
                yield claim
            if item.q.figure.hedge is Hedge.AT_MOST:
                yield from _each_within(passage, n, item)
        more: list[Claim] = []
        if len(passage.items) > 1 and passage.tells(*met.WORDS):
            more += met.find(passage, frozenset(told))
        if len(passage.items) > 1 and passage.tells(*kept.WORDS):
            more += kept.find(passage, frozenset(told))
        if len(passage.items) > 1 and passage.tells(*verdict.WORDS):
            held |= {id(o.quantity) for c in more for o in c.operands}
            more += verdict.find(passage, frozenset(held))
        every |= held
        every |= {id(o.quantity) for c in more for o in c.operands}
        yield from more
    elsewhere = list(goal_elsewhere.find(scene, frozenset(every)))
    yield from elsewhere
    every |= {id(c.operands[0].quantity) for c in elsewhere}
    yield from verdict_ratio.find(scene, frozenset(every))
    yield from tenths.find(scene)


def _than(passage: Passage, n: int, bound: Item) -> Claim | None:
    """结余率2.53%，低于2%的控制线; 平均办结15天，未超过17天的时限; 合格率85%，达到了80%以上的目标."""
    if n == 0:
        return None
    match = _than_what(passage.text[bound.q.label_start : bound.q.span.start])
    if match is None or bound.role is Role.DEDUCTED or _RULED.search(passage.text[: bound.q.label_start + match.start()]):
        return None  # 优须不低于92分, 每低于目标一个百分点扣0.5分 are rules
    value = _before_bracket(passage, n, bound)
    kept = match["kept"] is not None
    if (
        not same(value, bound)
        or value.hedged
        or value.q.sentence != bound.q.sentence
        or bound.q.clause - value.q.clause > 1
        or (value.role in _OUT and not kept)
        or value.role is Role.PRIOR
        or (kept and _of_something_else(value, bound))
    ):
        return None
    after = bound.after.lstrip("”’")
    if kept:
        below = True
        if not _INSIDE.match(after) or (value.money and value.role is Role.BUDGET) or "实际" in match[0] + bound.label:
            return None  # 概算批复A，实际控制在B以内: B is what was spent
    elif match["reached"]:
        below = False
        if not _ABOVE_GOAL.match(after) or value.role is Role.TARGET or _PLANNED.search(value.label):
            return None
    elif match["than"]:
        below = _LESS.match(after) is not None
        if not below and not _MORE.match(after):
            return None
    else:
        well = match["better"] is not None and bound.percent and _QUALITY.search(value.label) is not None
        if match["better"] and value.q.figure.unit.symbol not in _TIMES and not well:
            return None  # 优于国家规定的0.3%: lower or higher, as the matter is
        below = match["above"] is None and not well  # 合格率98%，优于95%的控制线
        bare = bound.percent and _BARE.fullmatch(bound.gap) and _A_RATE.search(value.label) and re.match("[，。；]|$", after)
        if not bare and not _LINE.match(after) and not _LIMIT_WORDS.search(match[0]):
            return None
    if not _keeps(value, bound, below) and any(_keeps(i, bound, below) for i in _others(passage, n, bound)):
        return None  # 编发126篇，获批示31篇次，完成“不少于110篇”的目标: of the first
    value = value if _keeps(value, bound, below) else _parted(passage, value)
    if _is_short(passage, value, bound) or _by_as_many(passage, value, bound):
        return None
    return comparison(bound, value, below=below, sure=True, words=match[0].strip("，； "))


def _of_something_else(value: Item, bound: Item) -> bool:
    """登记率100%，漏登率控制在0.3%以内: whether the limit names a rate of its own."""
    own = bound.label.partition("控制在")[0]
    return own.endswith(("率", "比例")) and not any(own[n : n + 2] in value.label for n in range(len(own) - 1))


def _before_bracket(passage: Passage, n: int, bound: Item) -> Item:
    """件均7.07万元（以679万元计算），低于8万元: the figure before the bound, without what a bracket adds."""
    return next((i for i in reversed(passage.items[:n]) if i.q.depth <= bound.q.depth), passage.items[n - 1])


@by_words
def _than_what(words: str) -> re.Match[str] | None:
    return _THAN.search(words)


def _keeps(value: Item, bound: Item, below: bool) -> bool:
    return value.q.base <= bound.q.base if below else value.q.base >= bound.q.base


def _others(passage: Passage, n: int, bound: Item) -> list[Item]:
    """The figures of the bound's kind and sentence before the one right ahead of it."""
    near = passage.items[max(0, n - 3) : n - 1] if bound.q.dimension is Dimension.COUNT else []
    return [i for i in near if same(i, bound) and i.q.sentence == bound.q.sentence]


def _by_as_many(passage: Passage, value: Item, bound: Item) -> bool:
    """计划3620户，实际3584户，少于计划36户: whether a figure tells by how much another one before it was missed or passed."""
    return any(same(i, bound) and abs(i.q.base - value.q.base) == bound.q.base for i in passage.items[: bound.order])


_PARTED = re.compile(r"其中|分别|依次|包括|（|：")


def _parted(passage: Passage, part: Item) -> Item:
    """河道12.4公里，其中甲5.1公里、乙7.3公里，超过计划的12公里: the whole of the list that a figure closes, where it closes one."""
    before = [i for i in passage.items[: part.order + 1] if same(i, part) and i.q.sentence == part.q.sentence]
    listed = wholes(before)
    if part not in listed:
        return listed[-1]
    heads = [n for n, i in enumerate(before) if n and _PARTED.search(i.gap)]
    return before[heads[-1] - 1] if heads and len(before) - heads[-1] > 1 else part


def _goal(passage: Passage, n: int, bound: Item) -> Claim | None:
    """满意度92%。满意度不低于95%的年度目标圆满达成: the goal and the verdict in one, the figure right before."""
    if n == 0:
        return None
    if bound.hedged and _REACHED_IT.match(passage.text, bound.q.span.end) and _GOAL.search(bound.label):
        return _behind_value(passage.items[n - 1], bound)
    if "的" not in bound.after or not _GOAL_MET.match(passage.text, bound.q.span.end):
        return None
    kind = _bound_of(passage, bound)
    value = passage.items[n - 1]
    if (
        kind is None
        or kind.ceiling == kind.floor
        or not same(value, bound)
        or value.hedged
        or value.role in (*_OUT, Role.PRIOR)
    ):
        return None
    name = re.sub(r"(?:不低于|不少于|不超过|不高于|达到|控制在|保持在|大于|小于)+$", "", bound.label)[-3:]
    near = value.q.sentence == bound.q.sentence and bound.q.clause - value.q.clause == 1 and len(name) < 2
    if not near and not (len(name) >= 2 and name in value.label and bound.q.sentence - value.q.sentence <= 1):
        return None
    return comparison(bound, value, below=kind.ceiling, sure=False, words="达成")


def _behind_value(value: Item, bound: Item) -> Claim | None:
    """结案率98.9%，目标≥99%，已达到: the goal behind what it is about."""
    above = bound.q.figure.hedge in (Hedge.AT_LEAST, Hedge.OVER)
    near = value.q.sentence == bound.q.sentence and bound.q.clause - value.q.clause == 1
    if not near or not same(value, bound) or value.hedged or value.role in (*_OUT, Role.PRIOR) or _GOAL.search(value.label):
        return None
    return comparison(bound, value, below=not above, sure=True, words="已达到")


def _each_within(passage: Passage, n: int, bound: Item) -> Iterator[Claim]:
    """单个成本控制在80万元以内，4个中心分别为68.50万元、74.20万元、82.00万元: each of the list keeps within."""
    if not re.search("控制在|不超过|不高于", bound.label + bound.gap):
        return
    listed = [i for i in passage.items[n + 1 :] if i.q.segment == bound.q.segment and i.q.sentence == bound.q.sentence]
    start = next((k for k, i in enumerate(listed) if same(i, bound) and re.search("分别|依次|各", i.gap)), None)
    if start is None or start > 1:
        return
    for item in listed[start:]:
        if not same(item, bound) or item.hedged or item.role in _OUT:
            return
        yield comparison(bound, item, below=True, sure=False, words="控制在")


def _bound_of(passage: Passage, item: Item) -> _Bound | None:
    """The kind of bound that the words about a figure make of it."""
    head = passage.text[max(0, item.q.label_start - 5) : item.q.label_start]
    words = (head[:-1].split("。")[-1] if head.endswith("：") else "") + passage.text[item.q.label_start : item.q.span.start]
    words = item.label + words
    behind = item.after[:10].split("，")[0].split("。")[0]
    return None if item.role in _OUT or item.role is Role.PRIOR else _bound_told(words, behind, item.q.figure.hedge)


@by_words
def _bound_told(words: str, behind: str, hedge: Hedge) -> _Bound | None:
    """The kind of bound that the words before and behind a figure tell."""
    ceiling = _LIMIT.search(words + behind) is not None or hedge is Hedge.AT_MOST
    planned = _PLANNED.search(words) is not None
    told = planned or _PLANNED.search(behind) is not None
    floor = _FLOOR.search(words) is not None or (told and (hedge is Hedge.AT_LEAST or behind.startswith("以上")))
    return _Bound(ceiling and not floor, floor, planned) if ceiling or floor or planned else None


@by_words
def _is_set(label: str) -> bool:
    return _SET.search(label) is not None


_MORE_BY = re.compile(r"(?:超额|超计划|超任务|超目标|超出|超过|超|多|少|欠|差|短)(?:完成|实现|[\u4e00-\u9fff])?了?$")
_ABOVE_IT = re.compile(r"(?:超额|超计划|超任务|超目标)(?:完成|实现)?了?$")


def _told_apart(bound: Item, value: Item) -> bool:
    """共120台，计划110台，超额完成10台; 超额完成95人，但当年少检75人: by how many, or what an earlier year did."""
    return (
        _ABOVE_IT.search(bound.label) is not None
        or value.role is Role.PRIOR
        or (value.q.base < bound.q.base and _MORE_BY.search(value.label) is not None)
    )


def _said(passage: Passage, n: int, bound: Item) -> Claim | None:
    """计划N，实际M，任务完成; 按不少于N的要求核查M，完成任务; 控制在A以内，实际B，没有超预算."""
    if n + 1 >= len(passage.items) or bound.q.dimension is Dimension.SCORE:
        return None
    value = passage.items[n + 1]
    if not same(bound, value) and n + 2 < len(passage.items) and value.q.depth > bound.q.depth:
        value = passage.items[n + 2]
    verb = value.percent and bound.label[-2:] == value.label[-2:] and len(value.label) >= 2  # 压减不少于6%，压减了5.95%
    if not same(bound, value) or value.hedged or (value.role in _OUT and not verb) or _told_apart(bound, value):
        return None
    if value.q.sentence == bound.q.sentence:
        if value.q.clause - bound.q.clause > 2 or value.q.segment != bound.q.segment:
            return None
    elif not _next_sentence(bound, value):
        return None
    within = bound.money and bound.role is Role.BUDGET and not bound.hedged and value.role is Role.SPENT
    kind, limited = _bound_of(passage, bound), _is_set(bound.label)
    if not (within or kind or limited):
        return None
    unset = _RULE.match(value.after) or _RESET.search(value.gap) or _ANOTHER.search(value.gap)
    if unset or _of_other_year(passage, value):
        return None  # 原定39项，调减为33项: the goal itself was changed
    behind = re.split("[。；]", passage.text[value.q.span.end : value.q.span.end + 60])[0]
    if within and _IN_BUDGET.match(behind):
        return comparison(bound, value, below=True, sure=True, words="未超过预算")
    if kind is None and limited and _WITHIN_IT.search(behind) and not _BROKEN.search(behind):
        return comparison(bound, value, below=True, sure=True, words="不超过")
    if kind is None or not _ACTUAL.search(value.label + passage.text[value.q.label_start : value.q.span.start]):
        return None
    if re.search(r"(?:目标|计划|任务|要求|预期)[值数量]?(?:为|是)?$", value.label) and not re.search("实际|完成", value.label):
        return None
    if kind.ceiling:
        return _ceiling(bound, value, behind, passage.text[bound.q.span.end : value.q.span.start])
    return _reached(passage, bound, value, kind, behind)


def _of_other_year(passage: Passage, value: Item) -> bool:
    """2022年实际91.3%，2023年实际96%: the first of two years is none that a goal is held against."""
    year, after = _YEAR.match(value.label), passage.items[value.order + 1 : value.order + 2]
    later = _YEAR.match(after[0].label) if after else None
    return _OTHER_YEAR.search(value.label) is not None or (year is not None and later is not None and later[1] > year[1])


def _next_sentence(bound: Item, value: Item) -> bool:
    """目标：覆盖率达到80%。实际覆盖率76%，目标完成: the same thing named in two sentences that follow one another."""
    if value.q.sentence - bound.q.sentence != 1 or "实际" not in value.label:
        return False
    name = re.sub(r"(?:不低于|不少于|达到|达|为|实现)+$", "", bound.label)[-3:]
    return len(name) == 3 and name in value.label


def _ceiling(bound: Item, value: Item, behind: str, between: str) -> Claim | None:
    if _NOT_FULFILLED.search(between) or _NOT_FULFILLED.search(behind):
        return None
    if (_WITHIN.search(behind) or _FULFILLED.search(behind)) and not _BROKEN.search(behind):
        return comparison(bound, value, below=True, sure=True, words="不超过")
    if bound.money and bound.label.endswith("控制在") and value.role is Role.SPENT and re.search(r"实际|决算", value.label):
        return comparison(bound, value, below=True, sure=False, words="控制在")
    return None


def _reached(passage: Passage, bound: Item, value: Item, kind: _Bound, behind: str) -> Claim | None:
    label = bound.label + value.label
    if bound.money and not re.search("目标|任务|计划(?:投资|征收|收入|募集|筹)", label):
        return None
    if not kind.floor and (LOWER_IS_BETTER.search(label) or bound.q.figure.unit.symbol in _TIMES):
        return None  # less may be better
    start = passage.text.rfind("。", 0, bound.q.span.start) + 1
    stop = passage.text.find("。", value.q.span.end)
    sentence = passage.text[start : stop if stop >= 0 else len(passage.text)]
    if _NOT_FULFILLED.search(sentence) or _rest_is_told(passage, bound, value):
        return None
    own = (
        re.split("；", passage.text[start : value.q.span.start])[-1]
        + passage.text[value.q.span.start :].partition("；")[0].partition("。")[0]
    )
    over = _OVERFULFILLED.search(
        own
    )  # 电梯计划12部，完成9部；车位计划300个，实际312个，超额完成: each statement has its own word
    between = passage.text[bound.q.span.end : value.q.label_start]
    done = _FULFILLED.search(behind) or _FULFILLED.search(between)
    if not over and not done:
        return None
    return comparison(bound, value, below=False, sure=True, words="超额完成" if over else "完成")


_REST = re.compile(r"(?:其余|剩余|余下|另外?|少|差|欠|缺|节约|节省|结余|调整|调减|核减|取消|停产?)[\u4e00-\u9fff]{0,4}了?$")


def _rest_is_told(passage: Passage, bound: Item, value: Item) -> bool:
    """应完成100户，完成95户，其余5户次年完成; 计划500人，实际480人，少训20人: whether what is missing is accounted for."""
    missing = bound.q.base - value.q.base
    return missing > 0 and any(
        i.q.base == missing and same(i, bound) and i.q.sentence == value.q.sentence and _REST.search(i.label)
        for i in passage.items[value.order + 1 :]
    )


def _is_short(passage: Passage, value: Item, bound: Item) -> bool:
    """未达到不少于60平方米的要求; 低于60%，差距较大: whether the words themselves say that the bound was missed."""
    behind = passage.text[bound.q.span.end : bound.q.span.end + 24].split("。")[0]
    return _FALLS_SHORT.search(behind) is not None or (
        _DENIED.search(passage.text, value.q.span.end, bound.q.span.start) is not None
    )
