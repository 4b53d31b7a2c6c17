"""A change told twice with two figures: 办结案件1,356件，同比上升11.7% … 办结案件数同比增长17.1%.

What changed is named before the word for the change, or is the figure before it. Two tellings are of one change where name, direction, base
year, times and places are the same; the figures then differ by a slip of the pen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY, operand
from gouji.claims.changes.change_words import DELTA, SKIP, sign_of
from gouji.claims.restated.scope import DECISIVE, core_of, marks_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, show

_VERSUS = re.compile(
    r"(?P<base>同比|环比|(?:比|较|与|和|同)\s?(?:上年度?|去年|上一年度?|前一年|前年|20\d\d\s?年度?)(?:同期)?)(?:决算数?|全年|实际)?(?:相比|比较)?[，]?|(?:比|较)[^，。；]{0,12}$"
)
_MOVED = re.compile(
    r"(?:总体|累计|净|又|再|也|均|实现|已|有所|明显|大幅|稳步|持续)*(?:增加|增长|上升|提高|提升|上涨|增收|增支|增幅|涨幅|升幅|升高|多|减少|下降|降低|压减|减支|减收|降幅|减幅|缩减|压缩|下滑|少|减|增|降)(?:了|为|达到?|额|率|幅度?|约)*$"
)
_LEAD = re.compile(
    r"^(?:从[\u4e00-\u9fff]{1,6}看|[\u4e00-\u9fff]{0,6}方面|其中|全年|当年|年内|本年度?|今年|20\d\d年度?|全年共|共|累计|实际|完成|实现|达到|[我全][县市区镇乡局院校馆州旗])+"
)
_TRAIL = re.compile(r"(?:总数量|总量|总数|总额|数量|人数|规模|金额|情况|水平|决算数?|数|量|额)+$")
_LESS = ("支出", "费用", "经费", "浓度", "收入")
_MEAN = re.compile("年平均|年均|平均")
_PLANNED = re.compile(
    r"目标|计划|预计|预期|力争|不低于|不少于|要求|应|将|拟|考核|规划|任务|指标值|高于|低于|超过|评分|满分|得分"
)
_TIME = re.compile(
    r"\d{1,2}月|上半年|下半年|[一二三四]季度|第[一二三四五六七八九十\d]+(?:批|期|季度|轮)|春节|五一|国庆|假期|[春夏秋冬]季|“[一二三四五六七八九十]+五”|[近前后]\s?[一二三两四五六\d]+年|历年|累计(?=[比较])"
)
_PLACE = re.compile(
    r"全国|全省|全市|全县|全区|全[镇乡州旗校院馆局]|周边|同类|行业|外地|省外|市外|境[内外]|城[镇乡市]|农村|[东南西北中]部|[\u4e00-\u9fff]{1,3}[县区镇乡村](?=[\u4e00-\u9fff])"
)
_GENERAL = frozenset(
    ("支出", "收入", "总支出", "总收入", "收支", "支出总", "收入总", "预算", "经费", "资金", "人数", "本年支出", "本年收入")
)
_LEAST = 2  # digits
_LEAST_OF_GENERAL = 3
_SAME = frozenset(("平均", "决算", "上年"))  # words that what changed may be told with or without
_SHARED = 3  # characters of a name that may end a longer one
_MOST_MORE = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """A change with the name of what changed and the words that keep it from others."""

    item: Item
    name: str
    marks: frozenset[str]
    sign: int
    year: str
    times: frozenset[str]
    places: frozenset[str]


def find(scene: Scene, tied: AbstractSet[Span], accused: AbstractSet[Span]) -> Iterator[Claim]:
    """Every change told elsewhere with a figure a slip of the pen away; `tied` figures are borne out by others."""
    changes = [c for passage in scene.passages for c in _of(passage, scene.document.year)]
    if len(changes) < 2:
        return
    standing = Counter((c.item.q.dimension, c.item.q.base) for c in changes)
    endings: dict[str, list[_Change]] = {}
    done: set[Span] = set()
    for change in changes:
        q = change.item.q
        earlier = endings.setdefault(change.name[-2:], [])
        for other in earlier:
            o = other.item.q
            if done & {q.span, o.span} or accused & {q.span, o.span} or {q.span, o.span} <= tied or not _one(other, change):
                continue
            if min(standing[q.dimension, q.base], standing[o.dimension, o.base]) > 1 or not _slip(other, change):
                continue
            bad, good = (other, change) if q.span in tied else (change, other)
            done.add(bad.item.q.span)
            yield _claim(bad.item, good.item)
        earlier.append(change)


def _of(passage: Passage, year: int | None) -> Iterator[_Change]:
    """The changes of a paragraph that are told of something by name."""
    if not DELTA & passage.roles:
        return
    for item in passage.items:
        if item.role not in DELTA or item.hedged or not item.q.base or item.q.dimension is Dimension.POINTS:
            continue
        start = max(passage.text.rfind(mark, 0, item.q.span.start) for mark in "。；") + 1
        before = passage.text[start : item.q.span.start]
        versus = _VERSUS.search(before[-40:])
        base = (versus["base"] or "") if versus is not None else ""
        if _PLANNED.search(before[-30:]) or SKIP.search(before) or base == "环比" or "前年" in base or (versus and not base):
            continue
        told = base[-5:-1] if base[-1:] in "年度" and base[-5:-1].isdecimal() else ""
        if told and year is not None and int(told) != year - 1:
            continue
        name, label = _name(passage, item)
        if len(name) < 2:
            continue
        years = re.findall(r"20\d\d(?=\s?年)", _VERSUS.sub("", before))
        yield _Change(
            item,
            name,
            (marks_of(label) & DECISIVE) - _SAME,
            sign_of(item),
            years[-1] if years else "",
            frozenset(_TIME.findall(_VERSUS.sub("", before))),
            frozenset(_PLACE.findall(label)),
        )


def _name(passage: Passage, item: Item) -> tuple[str, str]:
    """The core of the name of what changed, and the words that it is from."""
    own = _subject(item.label)
    if own:
        return own, _VERSUS.sub("", item.label)
    for other in reversed(passage.items[: item.order]):
        if other.q.sentence != item.q.sentence or other.q.segment != item.q.segment:
            break
        if other.role in DELTA and not _subject(other.label):
            continue  # 较上年减少1,860起，下降7.45%
        if other.percent or other.role in DELTA or other.q.dimension in (Dimension.SCORE, Dimension.BARE):
            break
        return _subject(other.label), other.label
    return "", ""


@by_words
def _subject(label: str) -> str:
    """办结案件 of 办结案件数同比增长."""
    words = _VERSUS.sub("", _MOVED.sub("", _VERSUS.sub("", label)))
    words = _LEAD.sub("", words.strip(" ，“”的")).replace("”", "").replace("“", "")
    words = _TRAIL.sub("", _MEAN.sub("", core_of(words))).strip(" ，的")
    for ending in _LESS:
        less = words.removesuffix(ending)
        words = less if len(less) >= _SHARED else words
    return words


def _one(a: _Change, b: _Change) -> bool:
    """Whether two changes are told of one thing."""
    qa, qb = a.item.q, b.item.q
    if qa.span.block == qb.span.block or not kin(qa, qb) or qa.figure.unit != qb.figure.unit or a.sign != b.sign:
        return False
    if (a.year and b.year and a.year != b.year) or a.times != b.times or a.marks != b.marks:
        return False
    if a.places != b.places and a.places and b.places:
        return False
    if a.name == b.name:
        return True
    short, long = sorted((a.name, b.name), key=len)
    return len(short) >= _SHARED and long.endswith(short) and len(long) - len(short) <= _MOST_MORE and not a.places ^ b.places


def _slip(a: _Change, b: _Change) -> bool:
    qa, qb = a.item.q, b.item.q
    if qa.figure.places != qb.figure.places:
        return False
    cause = digit_cause(qb.figure, qa.figure.value)
    least = _LEAST_OF_GENERAL if a.name in _GENERAL or b.name in _GENERAL else _LEAST
    digits = len(re.sub(r"\D", "", qb.raw).lstrip("0"))
    if cause is TRANSPOSED:
        return digits >= least
    return cause is ONE_DIGIT and digits >= least and a.name not in _GENERAL and qb.figure.places > 0


def _claim(bad: Item, good: Item) -> Claim:
    q, other = bad.q, good.q
    points = q.dimension is Dimension.PERCENT
    gap = show(abs(q.base - other.base), q.figure.unit)
    return Claim(
        ClaimKind.RESTATEMENT,
        Verdict.DISAGREES,
        q.raw,
        other.raw,
        (operand(bad, "stated"), operand(good, "restated")),
        difference=gap.removesuffix("%") + "个百分点" if points else gap,
        formula=f"{bad.label}：{q.raw}；{good.label}：{other.raw}",
        cause=digit_cause(q.figure, other.figure.value),
        confidence=LIKELY,
        shape="change",
        right=other.base,
    )
