"""Counts against a list whose members have figures each: 5个镇：东镇12户、西镇13户…; 东镇（12户）、西镇（13户）…5个镇; 3个标段，一标段结算45万元….

The list is known to be whole by its colon or bracket, or by 分别, or because a sum that is told of it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from gouji.claims.build import LIKELY, SURE
from gouji.claims.counts.names import CONJUNCTION, count_claim
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import NOT_EXHAUSTIVE, Role, common_ending
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.fact import Span

_COUNTED = frozenset("个项类家笔种块处")
_ANY = re.compile(  # what any things may be called that have names of their own
    r"(?:分|子|主要|具体|重点|大|小|专项|工程|建设|支出|资金|经费|一级|二级|三级|扣分|失分|评价|绩效|任务|收入|未达标|未完成|实施|参评|用款|预算|所属|下属|直属|基层)*"
    r"(?:项目?|类|笔|块|专项|部分|方面|内容|环节|用途|方向|科目|来源|渠道|任务|工程|板块|事项|指标|标段|单位|部门|地区|区域|片区|子项|类别|项|点|地方|乡镇|镇街|镇乡|县区|县市区|区县|县市|批次|阶段|领域|因素|原因|工种|岗位|险种)"
)
_PLACES = re.compile(r"乡镇|镇街|镇乡|县区|县市区|区县|县市|地区|区域|片区|单位|部门|点|地方")
_OPENS = re.compile(
    r"(?P<noun>[\u4e00-\u9fff“”]{0,14}?)(?P<open>（(?:分别为|分别是|其中|即|包括)?：?|[，：](?:[\u4e00-\u9fff]{0,6}(?:分别|依次|具体|即|情况|如下|明细|包括)[\u4e00-\u9fff]{0,4}：?)?|(?:分别|依次)[\u4e00-\u9fff]{0,3}：?)"
    r"(?P<lead>[\u4e00-\u9fff“”]{0,8}?)"
)
_PLACE = re.compile(r"[镇乡村县区市局院校站所办司厂园场馆社部队]$|街道|中心|社区")
_HEAD = re.compile(r"^(?:其中|由|包括|分别为|分别是|分别|依次为|即|为|以及|和|及|与)")
_SUMS = re.compile(
    r"合计|总计|小计|总[额量数]|^共|共$|^[两三四五六七八九十][项类个家笔]|平均|人均|占|比|较|自评|得分$|满分$|分值$"
)
_JOINED = re.compile(r"\s?(?:以及|[和及与])")
_BETWEEN = re.compile(
    r"(?:等|共|合计|共计|这|总共|，(?:以上|上述|共|共计|合计|这)|，(?=[\d两二三四五六七八九十]+[项类块笔](?:之和|相加|合计|共|，|\d)))?\s?"
)
_SUMMED = re.compile(r"[\u4e00-\u9fff]{0,6}(?:之和|加总|相加|合计|共计|总计|汇总|加起来|合起来)")  # `count_summed` has these
_FEW = 3  # how far the count may be from the list


def valued(passage: Passage, item: Item, whole: Collection[Span]) -> Claim | None:
    """The count `item` against the members with figures behind it, else before it. `whole`: the parts of sums that hold."""
    if item.q.figure.unit.symbol[-1:] not in _COUNTED or item.q.depth:
        return None
    return _behind(passage, item, whole) or _before(passage, item, whole)


def _behind(passage: Passage, item: Item, whole: Collection[Span]) -> Claim | None:
    if item.order + 2 >= len(passage.items):
        return None
    first = passage.items[item.order + 1]
    if not _plain(first) or kin(first.q, item.q) or first.q.sentence != item.q.sentence:
        return None
    by_segment = _by_segment(passage, item)
    if by_segment is not None:
        return _judged(passage, item, by_segment, closed=True, tied=False)
    opened = _OPENS.fullmatch(passage.text, item.q.span.end, _start(passage, first))
    run = _run(passage.items[first.order :]) if opened is not None else []
    if opened is None or len(run) < _LEAST or _SUMS.search(opened["lead"]):
        return None
    tied = all(m.q.span in whole for m in run)
    return _judged(passage, item, _named(run), closed=opened["open"] not in ("，", "（其中") or tied, tied=tied)


_COLON = re.compile(r"[\u4e00-\u9fff“”]{0,14}(?:，[\u4e00-\u9fff]{0,6}(?:分别|具体|即|包括)[\u4e00-\u9fff]{0,4})?：")


def _by_segment(passage: Passage, item: Item) -> list[tuple[str, Item]] | None:
    """3个子项：体检费，预算68.43万元；检测费，预算4.25万元；…: members parted by ；, each with a figure of its own."""
    opened = _COLON.match(passage.text, item.q.span.end)
    here = [i for i in passage.items[item.order + 1 :] if i.q.sentence == item.q.sentence]
    segments = [next(group) for _, group in groupby(here, lambda i: i.q.segment)]
    if opened is None or len(segments) < _LEAST or segments[0].q.segment != item.q.segment:
        return None
    if not all(kin(i.q, segments[0].q) and not i.percent and not i.hedged and not i.q.depth for i in segments):
        return None
    if [i.q.segment - item.q.segment for i in segments] != list(range(len(segments))) or _SUMS.search(segments[-1].label):
        return None
    starts = [opened.end(), *[passage.text.rfind("；", 0, i.q.span.start) + 1 for i in segments[1:]]]
    heads = [re.split("[，（]", passage.text[a : i.q.span.start])[0].strip() for a, i in zip(starts, segments, strict=True)]
    return list(zip(heads, segments, strict=True)) if all(len(h) >= _LEAST for h in heads) else None


def _start(passage: Passage, item: Item) -> int:
    """Where the name of a figure begins: before the bracket that it opens."""
    at = item.q.label_start
    inside = item.q.mark == "（" and passage.text.endswith(item.label, 0, at - 1)
    return at - 1 - len(item.label) if inside else at


def _before(passage: Passage, item: Item, whole: Collection[Span]) -> Claim | None:
    """东镇12户、西镇13户、南镇14户等3个镇: the list ends right before the count."""
    gap = re.sub(r"^[^（）]*）", "", item.gap)
    if item.order < _LEAST or not _BETWEEN.fullmatch(gap) or _SUMMED.match(passage.text, item.q.span.end):
        return None
    last = passage.items[item.order - 1]
    if kin(last.q, item.q) or last.q.sentence != item.q.sentence:
        return None
    alike = [i for i in passage.items[: item.order] if i.q.sentence == item.q.sentence and kin(i.q, last.q)]
    apart = _mark(last) if _mark(last) != "和" or len(alike) < _LEAST else _mark(alike[-2])
    run: list[Item] = []
    for member in reversed(alike):
        run.append(member)
        if _mark(member) not in (apart, "和"):
            break
    run.reverse()
    rest = sum(m.q.base for m in run[1:])
    if run[0].q.base == rest:
        run = run[1:]
    tied = all(m.q.span in whole for m in run)
    if len(run) < _LEAST or not all(map(_plain, run)) or len({m.q.depth for m in run}) > 1:
        return None
    return _judged(passage, item, _named(run), closed=tied or apart == "、", tied=tied, more="等" in gap)


_LEAST = 2


def _plain(item: Item) -> bool:
    """Whether a figure may be one of a list that has names: exact, an amount or points."""
    kind = item.role in (Role.PLAIN, Role.SPENT, Role.BUDGET, Role.DEDUCTED, Role.SCORED, Role.INCOME, Role.WEIGHT)
    return kind and not item.percent and not item.hedged and bool(_name(item)) and not _SUMS.search(item.label)


def _name(item: Item) -> str:
    return _HEAD.sub("", item.label)


def _named(run: Sequence[Item]) -> list[tuple[str, Item]]:
    return [(_name(i), i) for i in run]


def _mark(item: Item) -> str:
    """What parts a figure from the member before it: its mark, or 和."""
    if item.q.mark == "（":  # 东镇（12户）、西镇（13户）
        return item.gap.lstrip("）")[:1]
    return "和" if item.q.mark != "、" and _JOINED.match(item.gap) else item.q.mark


def _run(items: Sequence[Item]) -> list[Item]:
    """The members of the list that begins with the first item, parted alike; none where one of them is no plain figure."""
    first, depth = items[0], items[0].q.depth
    run, apart = [first], ""
    for item in items[1:]:
        if item.q.sentence != first.q.sentence or item.q.depth < depth:
            break
        if not kin(item.q, first.q) or item.q.depth > depth:
            continue
        apart = apart or _mark(item).replace("和", "")
        if _mark(item) not in (apart, "和") or (_SUMS.search(item.label) and apart != "、"):
            break
        if not _plain(item):
            return []
        run.append(item)
    return run


def _judged(
    passage: Passage, item: Item, run: Sequence[tuple[str, Item]], *, closed: bool, tied: bool, more: bool = False
) -> Claim | None:
    stated, listed = int(item.q.figure.value), len(run)
    names = [name for name, _ in run]
    start, end = _start(passage, run[0][1]), run[-1][1].q.span.end
    if len(set(names)) != listed or not _of_them(item, names):
        return None
    span = Span(passage.block.index, start, end)
    shown = "、".join(names)
    joined = sum(1 for n in names if CONJUNCTION.search(n))  # 伙食及生活用品 may be two
    if listed <= stated <= listed + joined:
        return count_claim(item, span, stated, shown, Verdict.AGREES, SURE, "valued")
    more = more or NOT_EXHAUSTIVE.match(passage.text[end : end + 6].lstrip("）")) is not None
    if not closed or (more and listed < stated) or abs(stated - listed) > _FEW or (listed <= _LEAST and not tied):
        return None
    return count_claim(item, span, listed, shown, Verdict.DISAGREES, SURE if tied else LIKELY, "valued")


def _of_them(item: Item, names: Sequence[str]) -> bool:
    """Whether the noun of the count can be said of the members: 镇 of 东镇, 西镇; 项 of anything."""
    noun = item.q.figure.unit.symbol[-1:] + item.q.noun
    shared = common_ending(names)
    if shared and shared[-1] in item.q.noun[:6]:
        return True
    if _PLACES.search(item.q.noun[:6]):
        return sum(1 for n in names if _PLACE.search(n)) * 2 >= len(names)
    return item.q.figure.unit.symbol[-1:] in "项类笔块处" or _ANY.match(noun) is not None or _ANY.match(item.q.noun) is not None
