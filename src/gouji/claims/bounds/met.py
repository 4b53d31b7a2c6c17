"""Bounds said to be met in more words: a quoted goal, goals taken respectively, a list of which every member is said to reach one goal.

超过“找矿靶区不少于5处”的年度目标; 分别超过56小时、48小时、42小时的最低要求; 三者均达到90%的目标; 指标值≥95%，实际15起中14起，比率93.3%，达到指标要求.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.bounds.compare_words import LOWER_IS_BETTER, comparison, same
from gouji.claims.build import LIKELY, operand
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension, Hedge

WORDS = ("目标", "要求", "标准", "任务", "规定", "承诺", "指标")
_OUT = (Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED)
_MOVED = (Role.UP, Role.DOWN, Role.PRIOR)
_GOAL_WORD = r"(?:目标|要求|标准|任务|规定|承诺|指标)"
_REACHED = re.compile(
    r"(?<![未没不能否应须拟需可力争求到近])(?:达到|实现|满足|符合|完成|超过|超出|超额完成|高于|优于)了?(?P<named>[^，。；\d]{0,18}?)\s?$"
)
_OF_GOAL = re.compile(rf"(?:及?以上|以内|以下)?[”’]?\s?的?[^，。；\d]{{0,8}}{_GOAL_WORD}(?!值?[为是]?\s?\d)(?!率)")
_IN_BRACKET = re.compile(r"(?:达到|超过|超出|高于|完成)了?(?:年度|年初|预期|既定)*(?:目标|指标|计划)值?（(?:为|即)?\s?$")
_FLOOR = re.compile(r"不少于|不低于|至少|≥|不小于")
_CEILING = re.compile(r"不超过|不高于|不大于|不多于|控制在|≤|以内|以下|低于|少于|不晚于")
_SPENDING = re.compile(r"时长|周期|负担|发生|支出|经费")
_TIMES = frozenset({"天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "月"})
_SHORT = re.compile(r"差距|未(?:能)?达|没有达到|不达|相差|尚有|还差|有所|要求较|距离")
_EACH = re.compile(r"(?:[两三四五六]者|[两三四五六]项|各项|均|都|全部)")
_RESPECTIVELY = re.compile(r"分别(?P<way>超过|高于|优于|达到|多于|低于|少于|短于)了?\s?$")
_TARGET = re.compile(r"(?:目标|指标|计划|要求)值?(?:为|是|：)?[≥≤不低高少多于超过]*$")
_SAID_MET = re.compile(rf"，(?:均|已|都|全部)?(?:达到|满足|符合|完成|实现)了?[^，。；\d]{{0,6}}{_GOAL_WORD}(?!值?[为是]?\d)")
_NAME = 2  # characters that a goal's name and the figure's share


def find(passage: Passage, told: frozenset[int]) -> Iterator[Claim]:
    """Every bound said to be met that the plainer comparisons have not read; `told` are the bounds they have, by identity."""
    for n, bound in enumerate(passage.items):
        if bound.q.dimension in (Dimension.SCORE, Dimension.BARE, Dimension.POINTS) or bound.money:
            continue
        claims = list(_respectively(passage, n, bound))
        if not claims:
            claims = list(_each(passage, n, bound))
        if not claims and id(bound.q) not in told:
            readings = (read(passage, n, bound) for read in (_reached, _given_first, _required, _sampled))
            claims = [c for c in readings if c is not None][:1]
        yield from claims


def _way(words: str, bound: Item, value: Item) -> int:
    """1 for a floor, -1 for a ceiling, 0 where the words do not tell."""
    if _FLOOR.search(words) or bound.q.figure.hedge is Hedge.AT_LEAST:
        return 1
    if _CEILING.search(words) or bound.q.figure.hedge is Hedge.AT_MOST:
        return -1
    lower = (
        LOWER_IS_BETTER.search(words + value.label)
        or _SPENDING.search(words + value.label)
        or value.q.figure.unit.symbol in _TIMES
    )
    return 0 if lower else 1


def _reached(passage: Passage, n: int, bound: Item) -> Claim | None:
    """V，达到目标N的要求; V，超过“X不少于N”的目标; V，超出目标（N）."""
    if n == 0:
        return None
    value, text = passage.items[n - 1], passage.text
    match = _REACHED.search(bound.gap)
    bracket = _IN_BRACKET.search(bound.gap) is not None and text[bound.q.span.end : bound.q.span.end + 2] in (
        "），",
        "）。",
        "）；",
    )
    if not bracket and (match is None or not _OF_GOAL.match(text, bound.q.span.end)):
        return None
    if not _may_be_held(passage, value, bound):
        return None
    name = (
        re.sub(
            r"[“”‘’]|年度|年初|目标|要求|不少于|不低于|不超过|规定|合同|约定|计划|的|为|标准|达到|全年|省定|市定",
            "",
            match["named"],
        )
        if match
        else ""
    )
    if len(name) >= _NAME and not any(name[k : k + _NAME] in value.label for k in range(len(name) - 1)):
        return None  # another thing's goal
    way = _way(bound.gap, bound, value)
    others = passage.items[max(0, n - 3) : n - 1] if len(name) < _NAME else []
    if not way or any(same(i, bound) and (i.q.base - bound.q.base) * way >= 0 for i in others):
        return None  # 编发126篇，获批示31篇次，完成“不少于110篇”的目标: of the first
    return comparison(bound, value, below=way < 0, sure=False, words="达到")


def _may_be_held(passage: Passage, value: Item, bound: Item) -> bool:
    """Whether a figure can be what is held against a bound right behind it."""
    if not same(value, bound) or value.hedged or value.role in _OUT or value.q.sentence != bound.q.sentence:
        return False
    if bound.q.clause - value.q.clause > 1 or _TARGET.search(value.label):
        return False
    rest = passage.text[bound.q.span.end : bound.q.span.end + 28].split("。")[0]
    return _SHORT.search(rest) is None and _SHORT.search(bound.gap) is None


def _listed(passage: Passage, last: Item) -> list[Item]:
    """The list of figures of one kind, joined by 、, that ends with `last`."""
    out = [last]
    while out[0].order and (out[0].q.mark == "、" or out[0].gap.startswith(("、", "和", "与", "及"))):
        before = passage.items[out[0].order - 1]
        if not same(before, last) or before.q.sentence != last.q.sentence:
            break
        out.insert(0, before)
    return out


def _each(passage: Passage, n: int, bound: Item) -> Iterator[Claim]:
    """满意度各为86.2%、91.4%、93.7%，三者均达到90%的目标: the members that do not."""
    match = _REACHED.search(bound.gap) if n else None
    if match is None or not _EACH.search(bound.gap) or not _OF_GOAL.match(passage.text, bound.q.span.end):
        return
    last = passage.items[n - 1]
    if not _may_be_held(passage, last, bound):
        return
    listed = _listed(passage, last)
    if len(listed) < 2:
        return
    way = _way(bound.gap, bound, last)
    for value in listed:
        short = (value.q.base - bound.q.base) * way < 0
        if way and short and not value.hedged and value is not last:
            yield comparison(bound, value, below=way < 0, sure=False, words="均达到")


def _respectively(passage: Passage, n: int, first: Item) -> Iterator[Claim]:
    """V1，V2，V3，分别超过A、B、C的要求: the n-th bound holds the n-th figure."""
    match = _RESPECTIVELY.search(first.gap)
    if match is None:
        return
    bounds: list[Item] = [first]
    for item in passage.items[n + 1 :]:
        if (
            not same(item, first)
            or item.q.sentence != first.q.sentence
            or not item.gap.strip().startswith(("、", "和", "与", "，"))
        ):
            break
        bounds.append(item)
    if not _OF_GOAL.match(passage.text, bounds[-1].q.span.end) or len(bounds) < 2:
        return
    values: Sequence[Item] = [i for i in passage.items[:n] if same(i, first) and i.q.sentence == first.q.sentence][
        -len(bounds) :
    ]
    if len(values) != len(bounds) or any(i.hedged or i.role in _MOVED for i in values):
        return
    below = match["way"] in ("低于", "少于", "短于")
    for value, bound in zip(values, bounds, strict=True):
        yield comparison(bound, value, below=below, sure=False, words=match["way"])


def _given_first(passage: Passage, n: int, bound: Item) -> Claim | None:
    """指标值≥95%，实际15起中有14起当日扑灭，比率93.3%，达到指标要求: the goal first, figures of other kinds between."""
    way = 1 if bound.q.figure.hedge is Hedge.AT_LEAST else -1 if bound.q.figure.hedge is Hedge.AT_MOST else 0
    if not way or not _TARGET.search(passage.text[bound.q.label_start : bound.q.span.start]):
        return None
    here = [i for i in passage.items[n + 1 :] if i.q.sentence == bound.q.sentence and same(i, bound)]
    if len(here) != 1 or here[0].order == n + 1 or here[0].hedged or here[0].role in _OUT:
        return None
    value = here[0]
    if value.order - n > 4 or not _SAID_MET.match(passage.text, value.q.span.end):
        return None
    return comparison(bound, value, below=way < 0, sure=False, words="达到")


_ASKED = re.compile(r"要求|规定|应|须|不得")
_SAID_KEPT = re.compile(rf"，(?:均|已|都|全部)?(?:达到|满足|符合|完成|实现)了?[^，。；\d]{{0,8}}{_GOAL_WORD}(?!值?[为是]?\d)")
_VERB = 2  # characters at the end of both labels


def _required(passage: Passage, n: int, bound: Item) -> Claim | None:
    """县里要求支出压减不少于7%，本项目压减了6.12%，完成压减任务: the requirement first, what was done by the same verb behind it."""
    way = 1 if bound.q.figure.hedge is Hedge.AT_LEAST else -1 if bound.q.figure.hedge is Hedge.AT_MOST else 0
    value = passage.items[n + 1] if n + 1 < len(passage.items) else None
    if not way or value is None or not _ASKED.search(bound.label) or not same(value, bound) or value.hedged:
        return None
    alike = bound.label[-_VERB:] == value.label[-_VERB:] and value.q.sentence == bound.q.sentence
    if not alike or len(value.label) < _VERB or not _SAID_KEPT.match(passage.text, value.q.span.end):
        return None
    return comparison(bound, value, below=way < 0, sure=False, words="完成")


_WHOLE = re.compile(r"(?:全部|共有?|总共|总数|应查)[\u4e00-\u9fff]{0,4}$")
_TAKEN = re.compile(r"(?:抽查|抽取|抽检|检查|核查|抽样|随机抽[查取检])了?$")


def _sampled(passage: Passage, n: int, bound: Item) -> Claim | None:
    """抽查比例应在19%以上，全部102家中抽查15家，符合比例要求: the share that the sample makes against the one that is asked for."""
    if not bound.percent or bound.q.figure.hedge is not Hedge.AT_LEAST or "比例" not in bound.label:
        return None
    pair = passage.items[n + 1 : n + 3]
    if len(pair) < 2 or any(i.hedged or i.q.dimension is not Dimension.COUNT for i in pair):
        return None
    whole, part = pair
    said = _SAID_KEPT.match(passage.text, part.q.span.end)
    if not said or not _WHOLE.search(whole.label) or not _TAKEN.search(part.label) or not 0 < part.q.base <= whole.q.base:
        return None
    share = part.q.base * 100 / whole.q.base
    holds, shown = share >= bound.q.base, f"{share:.2f}%"
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=f"符合{bound.q.raw}",
        computed=shown,
        operands=(operand(part, "stated"), operand(bound, "bound"), operand(whole, "whole")),
        difference=None if holds else f"{bound.q.base - share:.2f}个百分点",
        formula=f"{part.q.raw} ÷ {whole.q.raw} = {shown} {'≥' if holds else '<'} {bound.q.raw}",
        confidence=LIKELY,
        shape="compared",
    )
