"""Percentages whose names make up a whole: 35岁以下32.5%、36至50岁44.1%、51岁以上23.4%; 男性46.8%、女性53.2%; 四个季度分别占12%、21%、26%、41%.

What the names leave out nothing of adds up to a hundred: bands that meet one another and are open at both ends, the two sexes, town and
country, schooling from one level 及以下 to one 及以上, quarters of a year, what is left under 其他. Where only a word (构成, 结构) tells that the
parts are of one whole, more than a hundred is wrong and less is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise

from gouji.claims.ratios.hundred import hundred_claim, slack
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.sums.judge import as_many
from gouji.claims.vocabulary import Role, traits
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import HUNDRED, Dimension
from gouji.model.record import record

_CUES = ("占", "构成", "结构", "分布", "组成", "分担", "负担", "承担", "季度", "权重", "权数")
_JOINT = re.compile(
    r"\s?(?:[，、；]|以及|和|与|及)\s?(?:以及|和|与|及|另有|而)?(?P<name>[^，。；：（）]{0,24}?)\s?(?:（[^，。；：（）]{1,10}）)?\s?"
)
_HEAD = re.compile(r"(?:^|[，。；：（、])(?P<name>[^，。；：（）、]{1,30}?)\s?$")
_TAIL = re.compile(
    r"(?:的)?(?:(?:人员|人数|人口|人群|群体|职工|干部|教师|学员|居民|委员|代表|对象|群众|户|者|学历)(?:的)?)?"
    r"(?:约|各|所)?(?:占(?:比|总数|全体|全部)?(?:的比例|的比重)?|比例|比重)?(?:约|为|是|达|的)*$"
)
_NOT = re.compile(  # no share of the parts' own whole
    r"率|增|减[^员灾]|下降|上升|提高|降低|较|相比|比上|同比|其中|当中|里面|目标|高于|低于|超过|完成|得分|累计|之和|合起来|加起来|[两二三四五六]项|[两三四五六]者|合计|共计|满分|提升|权重|标准"
)
_SHARED = re.compile(r"占|构成|结构|分布|组成")
_ANNOUNCED = re.compile(
    r"(?:构成|结构|分布|组成|划分|分档|分类)(?:比例|情况|比)?(?:来?看|上|中|方面|为|是|如下|依次为|分别为)*[：，]?[^，。；：]{0,16}$"
)
_LEAST_TO_ANNOUNCE = 3
_TOO_FAR = 40  # percentage points either way: no slip of one of them
_FAR = 15  # percentage points above a hundred beyond which the parts overlap
_BAND = re.compile(
    r"(?:(?P<under>不足|不满|未满|低于|小于)\s?(?P<top>\d+(?:\.\d+)?)"
    r"|(?P<low>\d+(?:\.\d+)?)[个周]?(?P<u1>[^\d\s至到—~～\-－以及（含]{0,3})\s?(?:（[不]?含）)?(?:[至到]|—+|–|~|～|-|－)\s?(?P<high>\d+(?:\.\d+)?)[个周]?(?P<u2>[^\d\s以及（]{0,3})(?:（[不]?含）)?"
    r"|(?P<edge>\d+(?:\.\d+)?)[个周]?(?P<u3>[^\d\s至到—~～\-－以及（含]{0,3})(?:（[不]?含）)?\s?(?P<side>及?以下|以内|及?以上))(?:的|之间的?)?[^\d以]{0,8}$"
)
_RETIRED = 59
_LEVELS = (  # of schooling, with the rank of each
    ("博士", 7),
    ("硕士", 6),
    ("研究生", 6),
    ("本科", 5),
    ("大专", 4),
    ("专科", 4),
    ("高中", 3),
    ("中专", 3),
    ("初中", 2),
    ("小学", 1),
)
_LEVEL = re.compile("博士|硕士|研究生|本科|大专|专科|高中|中专|初中|小学")
_SEX = re.compile(r"(?P<sex>男|女)(?:性|职工|生|干部|学生|学员|委员|代表|教师|会员|职员|性别)?$")
_HOME = re.compile(
    r"(?P<home>城镇|城市|城区|农村|乡村)(?P<what>户籍|户口|居民|人口|学生|职工|家庭|地区|生源|劳动力|用户|参保)?"
)
_TOWN = frozenset(("城镇", "城市", "城区"))
_QUARTERS = re.compile(
    r"(?:四个季度|[一1]至[四4]季度|各季度)[^，。；：]{0,6}(?:分别|依次|各)[^，。；：]{0,16}(?:占|的)[^，。；：]{0,16}$"
)
_SO_FAR = re.compile("累计|末|进度|截至")
_TIERS = re.compile(
    r"(?:中央|国家|省级?|自治区|市级?|州级?|县级?|区级?|县区|市县|地方|乡镇|镇级?|村级?)(?:财政|资金)?(?:分担|负担|承担|补助)?"
)
_BORNE = re.compile(r"分担|负担|承担|共担")
_LEFT = re.compile(r"(?:而|还有)?(?:其余|余下|剩余|剩下)的?")
_WEIGHTS = re.compile(r"(?:权重|权数)[^，。；、\d]{0,6}(?:分别|依次|各)(?:为|是|占)?\s?$")
_SOME_OF = re.compile(r"其中|[前后][两二三四五六七八]")
_SOME = re.compile(r"等|左右|，?(?:其余|其他|剩余|另)")
_TWO = re.compile(r"(?:两|二)(?:个)?(?:部分|类|块|项|方面|种)[^，。；]{0,4}(?:构成|组成)|没有(?:第三|其他)")
_REST = re.compile(r"其[他它余]|余下|剩余|不足部分|差额|缺口")
_OTHERS = re.compile(r"^其[他它余][\u4e00-\u9fff]{0,6}$")


@record(frozen=True, slots=True)
class _Run:
    """Percentages of one list with the bare names of what they are of."""

    items: tuple[Item, ...]
    names: tuple[str, ...]
    announced: bool  # 年龄结构为: of one whole by the words before it
    shared: bool  # 占 stands in a name, or the words before announce parts

    def part(self, start: int, stop: int) -> _Run:
        return _Run(self.items[start:stop], self.names[start:stop], self.announced, self.shared)


def find(scene: Scene, settled: AbstractSet[int], failing: AbstractSet[int]) -> Iterator[Claim]:
    """Every list of bare percentages whose names leave nothing out, and every announced one that is above a hundred.

    `settled` and `failing` hold the id() of the figures that other claims state, and of those whose claims fail.
    """
    for passage in scene.telling(*_CUES):
        if Dimension.PERCENT not in passage.dimensions:
            continue
        for run in _runs(passage):
            if all(id(i.q) in settled for i in run.items) or any(id(i.q) in failing for i in run.items):
                continue
            claim = _whole(passage, run)
            if claim is not None:
                yield claim


def _runs(passage: Passage) -> Iterator[_Run]:
    items: list[Item] = []
    names: list[str] = []
    for item in passage.items:
        if not item.percent:
            continue
        joint = _joint(passage, items[-1], item) if items else None
        if joint is None:
            yield from _of(passage, items, names)
            items, names = [item], ["" if _QUARTERS.search(passage.text, 0, item.q.span.start) else _head(passage, item)]
        else:
            items.append(item)
            names.append(joint)
    yield from _of(passage, items, names)


def _of(passage: Passage, items: Sequence[Item], names: Sequence[str]) -> Iterator[_Run]:
    if len(items) < 2 or any(i.hedged or i.role in (Role.UP, Role.DOWN, Role.PRIOR) for i in items):
        return
    first = items[0].q
    start = max(passage.text.rfind(mark, 0, first.span.start) for mark in "。；") + 1
    told = passage.text[start : items[-1].q.span.start]
    announced = _ANNOUNCED.search(passage.text, start, first.span.start) is not None
    run = _Run(tuple(items), tuple(map(_bare, names)), announced, announced or _SHARED.search(told) is not None)
    if _weighted(passage, run, start):
        yield run
        return
    bounds = [-1, *(n for n, name in enumerate(names) if _NOT.search(name)), len(names)]
    for before, after in pairwise(bounds):  # 60岁及以上占18.9%，当中65岁及以上占13.6%
        if after - before > 2:
            yield run.part(before + 1, after)


def _joint(passage: Passage, last: Item, item: Item) -> str | None:
    """The name of a percentage that goes on the list of the one before."""
    if last.q.depth != item.q.depth or last.q.sentence != item.q.sentence:
        return None
    between = passage.items[last.order + 1 : item.order]
    if any(i.q.dimension not in (Dimension.BARE, Dimension.COUNT) or i.q.base > HUNDRED for i in between):
        return None
    match = _JOINT.fullmatch(passage.text, last.q.span.end, item.q.span.start)
    if match is None or (between and _BAND.search(_bare(match["name"])) is None):
        return None
    return match["name"]


def _head(passage: Passage, item: Item) -> str:
    match = _HEAD.search(passage.text, max(0, item.q.span.start - 30), item.q.span.start)
    return match["name"] if match is not None else ""


def _bare(name: str) -> str:
    return _TAIL.sub("", name.strip(" “”")).strip(" “”")


def _whole(passage: Passage, run: _Run) -> Claim | None:
    """The claim of the longest part of a list that makes up a whole."""
    number = len(run.items)
    for length in range(number, 1, -1):
        for start in range(number - length + 1):
            part = run.part(start, start + length)
            if _closed(passage, part):
                begin = max(passage.text.rfind(mark, 0, part.items[0].q.span.start) for mark in "。；") + 1
                slack = Decimal(0) if _weighted(passage, part, begin) else _slack(part.items)  # weights are not rounded
                return hundred_claim(part.items, slack) if _off(part.items) <= _TOO_FAR else None
    over = sum((i.q.base for i in run.items), Decimal(0)) - HUNDRED
    parted = run.announced and number >= _LEAST_TO_ANNOUNCE and all(run.names) and len(set(run.names)) == number
    one_kind = parted and traits(run.names) <= 1 and not any(_REST.search(n) for n in run.names[:-1])
    return hundred_claim(run.items, _slack(run.items)) if one_kind and _slack(run.items) < over <= _FAR else None


def _closed(passage: Passage, run: _Run) -> bool:
    start = max(passage.text.rfind(mark, 0, run.items[0].q.span.start) for mark in "。；") + 1
    if _quarters(passage, run) or _borne(passage, run) or _weighted(passage, run, start) or _both(passage, run, start):
        return True
    if not run.shared:
        return False
    names = run.names
    backwards = tuple(reversed(names))
    return (
        _banded(run, names)
        or _banded(run, backwards)
        or _schooled(names)
        or _schooled(backwards)
        or _halves(names)
        or _with_others(passage, run)
        or _with_rest(passage, run)
        or _surveyed(names)
        or _all_ways(passage, run)
    )


_ANSWERS = (  # to a question on satisfaction, the best and the worst first
    re.compile(r"(?:非常|很|十分|比较|较)?(?:满意|好评|说好)"),
    re.compile(r"(?:很|非常|十分|比较|较)?不(?:太)?满意|差评|说不好"),
    re.compile(r"基本满意|一般|尚可|不(?:太)?(?:了解|清楚)|说不清|弃权|未表态"),
)


def _surveyed(names: Sequence[str]) -> bool:
    """很满意, 满意, 一般 and 不满意: answers from the best to the worst."""
    bare = [re.sub(r"^(?:.*(?:为|显示|看)|选择|回答|认为|表示|其中)+|[“”‘’]|(?:的|者|群众|人)$", "", n) for n in names]
    kinds = {k for n in bare for k, answer in enumerate(_ANSWERS) if answer.fullmatch(n)}
    known = all(any(answer.fullmatch(n) for answer in _ANSWERS) for n in bare)
    return len(names) >= _LEAST_TO_ANNOUNCE and known and kinds == {0, 1, 2} and len(set(bare)) == len(bare)


_ALL = re.compile(
    r"[，；。](?:以上|上述|这)?(?P<n>[两三四五六七])(?:种|类|者|项|块|个[\u4e00-\u9fff]{1,3})[\u4e00-\u9fff]{0,6}(?:覆盖|涵盖|囊括|包括|构成)了?(?:全部|所有|全体)"
)


def _all_ways(passage: Passage, run: _Run) -> bool:
    """甲占14.2%，乙占73.5%，丙占12.3%，三种方式覆盖了全部住户."""
    told = _ALL.match(passage.text, run.items[-1].q.span.end)
    return told is not None and "零一二三四五六七".find(told["n"].replace("两", "二")) == len(run.items) and all(run.names)


def _banded(run: _Run, names: Sequence[str]) -> bool:
    """35岁以下, 36至50岁, 51岁以上: each band begins where the one before ends."""
    bands = [_BAND.search(name) for name in names]
    told = [band for band in bands if band is not None]
    if len(told) < len(names) or len(told) < 2:
        return False
    first, last = told[0], told[-1]
    opens = first["under"] or (first["side"] and "上" not in first["side"]) or first["low"] == "0"
    retired = run.announced and last["high"] is not None and int(float(last["high"])) >= _RETIRED and "岁" in run.names[-1]
    if not opens or not ((last["side"] and "上" in last["side"]) or retired):
        return False
    end = Decimal(first["top"] or first["edge"] or first["high"])
    for band in told[1:]:
        begin = Decimal(band["low"] or band["edge"] or 0)
        if not end <= begin <= end + 1:
            return False
        end = Decimal(band["high"] or band["edge"] or 0)
    return True


def _schooled(names: Sequence[str]) -> bool:
    """小学及以下, 初中, 高中及以上: no level between is left out."""
    found = [_LEVEL.findall(name) for name in names]
    if len(names) < 2 or not all(found):
        return False
    ranks = [[dict(_LEVELS)[level] for level in levels] for levels in found]
    low = "以下" in names[0] or ranks[0] == [1]
    high = "以上" in names[-1] or max(ranks[-1]) >= 6
    inner = any(word in name for name in names[1:-1] for word in ("以上", "以下"))
    meets = all(min(b) == max(a) + 1 for a, b in pairwise(ranks))
    return low and high and not inner and meets and "以上" not in names[0] and "以下" not in names[-1]


def _halves(names: Sequence[str]) -> bool:
    """男性 and 女性, 城镇户籍 and 农村户籍."""
    if len(names) != 2:
        return False
    sexes = [_SEX.search(name) for name in names]
    if sexes[0] is not None and sexes[1] is not None:
        return {m["sex"] for m in sexes if m is not None} == {"男", "女"}
    homes = [_HOME.search(name) for name in names]
    if homes[0] is None or homes[1] is None or homes[0]["what"] != homes[1]["what"]:
        return False
    return (homes[0]["home"] in _TOWN) != (homes[1]["home"] in _TOWN)


def _quarters(passage: Passage, run: _Run) -> bool:
    """四个季度分别占…, unless each takes in those before it: 四个季度累计."""
    head = _QUARTERS.search(passage.text, 0, run.items[0].q.span.start) if len(run.items) == 4 else None
    return head is not None and not _SO_FAR.search(head[0])


def _borne(passage: Passage, run: _Run) -> bool:
    """中央80%、省级12%、县级8%分担."""
    if "中央" not in run.names[0] or not all(_TIERS.fullmatch(name) for name in run.names[1:]):
        return False
    last = run.items[-1].q
    behind = passage.text[last.span.end : last.span.end + 16]
    told = any(_BORNE.search(name) for name in run.names) or _BORNE.match(behind.lstrip(" 的比例")) is not None
    return told and _REST.search(behind) is None


def _with_others(passage: Passage, run: _Run) -> bool:
    """甲占40%、乙占35%、其他占25%."""
    if len(run.names) < 3 or not _OTHERS.match(run.names[-1]) or any(_REST.search(n) for n in run.names[:-1]):
        return False
    first = run.items[0].q
    before = passage.text[max(0, first.span.start - 60) : first.span.start]
    return "其中" not in before and all(run.names) and traits(run.names) <= 1


def _with_rest(passage: Passage, run: _Run) -> bool:
    """非常满意的占52.75%，满意的占40.09%，剩下的7.16%为不满意."""
    if len(run.names) < 3 or not _LEFT.fullmatch(run.names[-1]) or any(_REST.search(n) for n in run.names[:-1]):
        return False
    first = run.items[0].q
    ahead = any(i.percent and i.q.sentence == first.sentence for i in passage.items[: run.items[0].order])
    return all(run.names) and not ahead and "其中" not in passage.text[max(0, first.span.start - 60) : first.span.start]


def _weighted(passage: Passage, run: _Run, start: int) -> bool:
    """由自评、评议、测评三部分加权得出，权重分别为30%、25%、45%: as many weights as there are parts."""
    first = run.items[0].q
    words = passage.text[start : first.span.start]
    told = _WEIGHTS.search(words) is not None and len(run.items) >= _LEAST_TO_ANNOUNCE and not any(run.names[1:])
    return (
        told
        and as_many(words, run.items)
        and not _SOME_OF.search(words)
        and not _SOME.match(passage.text, run.items[-1].q.span.end)
    )


def _both(passage: Passage, run: _Run, start: int) -> bool:
    """由项目类和运转类两部分构成，前者占69.95%，后者占30.05%."""
    words = passage.text[start : run.items[0].q.span.start]
    return run.names == ("前", "后") and _TWO.search(words) is not None


def _off(items: Sequence[Item]) -> Decimal:
    return abs(sum((i.q.base for i in items), Decimal(0)) - HUNDRED)


def _slack(items: Sequence[Item]) -> Decimal:
    """A unit of the last place at least: one of two percentages is often printed as what the other leaves."""
    return max(slack(items), *(i.q.figure.ulp for i in items))
