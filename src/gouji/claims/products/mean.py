"""Means of a list: 甲95分、乙93分、丙91分，平均93分; 五个项目平均得分95分，其中甲98分，乙92分 …: the sum over the number of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import as_printed, compare_percent, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, kin
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Interval, total

_MEAN = re.compile(
    r"(?:简单|算术)?平均(?:得分|分数?|值|水平|满意度|执行率|完成率|率|为|达|约|是|自评)*$|均(?:分|值)为?$|[平月季]均(?:得分|满意度)$"
)
_WEIGHTED = re.compile(r"加权|平均每|人均|户均|每")
_OPENS = re.compile(r"[，：（；](?:其中|即)?[：，]?(?P<told>[^，。；：\d]{0,16}(?:依次|分别)(?:为|是)?)?[^，。；：\d]{0,16}$")
_LEAST = 3
_TWO = re.compile(r"两(?:次|组|轮|位|个|名|家|者|项|期|批|所|年|场)|二者")
_OF_TWO = (
    ("上半年", "下半年"),
    ("一", "二"),
    ("1", "2"),
    ("甲", "乙"),
    ("A", "B"),
    ("春季", "秋季"),
    ("上学期", "下学期"),
    ("城市", "农村"),
    ("期中", "期末"),
)
_FAR = 5  # a mean further off than a fifth is of other figures


def find(passage: Passage) -> Iterator[Claim]:
    """Every mean whose figures stand in one list beside it."""
    if "均" not in passage.text:
        return
    for item in passage.items:
        words = passage.text[item.q.label_start : item.q.span.start].rstrip()
        if item.hedged or not _MEAN.search(words) or _WEIGHTED.search(words):
            continue
        for parts in (_before(passage, item), _behind(passage, item)):
            enough = len(parts) >= _LEAST or (len(parts) == 2 and _both(passage, parts, item))
            claim = _claim(item, parts) if enough else None
            if claim is not None:
                yield claim
                break


_OF_OTHERS = re.compile(r"全[国省市县区镇行系]|[近前去历上]|同类|目标")


def _both(passage: Passage, parts: Sequence[Item], mean: Item) -> bool:
    """两次测评分别得A和B, 上半年A，下半年B: whether the words say that there are no more than two."""
    first, second = parts
    if _OF_OTHERS.search(mean.label):
        return False
    start = passage.text.rfind("。", 0, first.q.span.start) + 1
    if _TWO.search(passage.text, start, first.q.span.start):
        return True
    return any(a in first.label and b in second.label and a not in second.label for a, b in _OF_TWO)


def _member(item: Item, mean: Item) -> bool:
    same = (item.percent and mean.percent) or kin(item.q, mean.q)
    return same and not item.hedged and item.q.depth == mean.q.depth and not _MEAN.search(item.label)


def _before(passage: Passage, mean: Item) -> list[Item]:
    run: list[Item] = []
    for item in reversed(passage.items[: mean.order]):
        if not _member(item, mean) or item.q.sentence != mean.q.sentence:
            break
        if run and not follows(run[0].gap, named=False):
            break
        run.insert(0, item)
    return run


def _behind(passage: Passage, mean: Item) -> list[Item]:
    run: list[Item] = []
    following = passage.items[mean.order + 1 :]
    if following and following[0].q.chinese:
        following = following[1:]  # 平均91.5分，四个子项目依次为93分、…
    told = False
    for item in following:
        opening = None if run else _OPENS.match(passage.text, mean.q.span.end, item.q.span.start)
        goes_on = follows(item.gap, named=False) if run else opening is not None
        told = told or (opening is not None and opening["told"] is not None)
        if not _member(item, mean) or item.q.sentence != mean.q.sentence or not goes_on or not (item.label or told):
            break
        run.append(item)
    return run


def _claim(mean: Item, parts: Sequence[Item]) -> Claim | None:
    number = Decimal(len(parts))
    value = sum((p.q.base for p in parts), Decimal(0)) / number
    words = f"({' + '.join(as_printed(p.q.figure) for p in parts)}) ÷ {len(parts)}"
    spread = total([figure_interval(p.q.figure) for p in parts])
    spread = Interval(spread.low / number, spread.high / number)
    if mean.q.dimension is Dimension.PERCENT:
        outcome = compare_percent(mean.q.figure, value, spread, words)
    else:
        outcome = compare_value(mean.q.figure, value, spread, words)
    if not outcome.holds and abs(value - mean.q.base) * _FAR > max(value, mean.q.base):
        return None
    return claim_of(
        ClaimKind.AVERAGE,
        mean,
        [("part", p) for p in parts],
        outcome,
        shape="mean",
        confidence=SURE if outcome.holds else LIKELY,
    )
