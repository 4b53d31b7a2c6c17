"""Full marks told in other words for what the same sentence says was missed: 目标92%，结果89.4%，这5分一分未扣; 未启动，完成数为0，4分照样填了4分.

财预〔2020〕10号: an indicator that is missed has less than its weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.claims.bounds import goal
from gouji.claims.bounds.compare_words import same
from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, Hedge
from gouji.model.text import Text

WORDS = ("满分", "一分未扣", "分文未扣", "扣减", "未扣", "没扣", "没有扣", "不扣", "全部", "照样", "分值与得分", "照给", "照得")
_FULL = re.compile(
    r"(?:得|计|记|评|给|自评|按|拿)(?:了|到|为)?(?:\d+(?:\.\d+)?分)?的?满分"
    r"|分[^，。；\d]{0,6}(?:一分(?:未|没)扣|分文未扣|未[作做]?扣减|未扣(?:分|减)?|没有?扣(?:分|减)|不扣分|全部得分|全得|照得)"
    r"|(?:拿到|得到|得|计|获得)[^，。；\d]{0,8}全部(?:的)?\d+(?:\.\d+)?分|照(?:样|旧|常)?(?:填|得|计|给|记)了?\d+(?:\.\d+)?分"
    r"|(?:分值与得分|得分与分值)[^，。；\d]{0,6}(?P<a>\d+(?:\.\d+)?)\s?[/／]\s?(?P=a)(?![\d.])"
)
_MISSED = re.compile(
    r"晚于|迟于|拖至|拖到|推迟[至到]|逾期|(?:未能?|没有?能?)(?:如期|按期|按时|全部|及时)?(?:建成|完工|完成|达到|达标|启动|实现|开展|实施)(?!率)|完成(?:数|量|值)?为\s?(?:0|零)(?![\d.])"
    r"|目标[^，。；]{0,4}为?(?P<goal>[一二三四五六][级星])[^。；]{0,30}?(?:只|仅)[^，。；]{0,6}?(?!(?P=goal))[一二三四五六][级星]"
)
_SPARED = re.compile(
    r"酌情|细则|\d%(?:及|或)?以上|疫情|同意|批准|批复同意|不计入|豁免|不可抗|调整后|按规定不|规则|规定|第三方|其余|其他|另|仍需|整改|(?:[789]\d%|[八九]成)以上[^，。；]{0,8}满分|除|的不得|(?<![供适效反响相对])应(?![急用届对答收付变到])|须"
)
_OF_IT = re.compile(r"(?:自评表|评分表|该|此|这)[^，。；\d]{0,4}(?:中|上|里|项|一)|对应")  # ；自评表中“完工及时性”一栏…
_GIVEN = Text("目标未完成却得满分", "full marks on a missed target")


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every full score that its own sentence contradicts and no other claim has read."""
    known = {o.span for c in claims if c.kind is ClaimKind.INDICATOR_SCORE for o in c.operands}
    for passage in scene.telling("自评", "得", "计", "记"):
        if Dimension.SCORE in passage.dimensions:
            yield from (c for c in _kept_back(passage) if c.operands[0].span not in known)
    for passage in scene.telling(*WORDS):
        for full in _FULL.finditer(passage.text):
            start = max(passage.text.rfind(mark, 0, full.start()) for mark in "。；") + 1
            if _OF_IT.match(passage.text, start):
                start = passage.text.rfind("。", 0, start) + 1
            stop = _end(passage.text, full.end())
            if _SPARED.search(passage.text[start : full.start()].replace("对应", "")) or not _one(passage.text[start:stop]):
                continue
            items = [i for i in passage.items if start <= i.q.span.start < full.start()]
            missed = _pair(passage, items) or _words(passage, start, full.start(), items)
            missed = missed or _elsewhere(scene, passage, items)
            if missed is None or any(o.span in known for o in missed[0]):
                continue
            operands, shown = missed
            span = Span(passage.block.index, *full.span())
            yield Claim(
                kind=ClaimKind.INDICATOR_SCORE,
                verdict=Verdict.DISAGREES,
                stated=full[0],
                computed=shown,
                operands=(place(span, "stated"), *operands),
                formula=shown,
                cause=_GIVEN,
                confidence=LIKELY,
                shape="full_on_miss",
            )


def _end(text: str, start: int) -> int:
    return min([at for mark in "。；" if (at := text.find(mark, start)) >= 0], default=len(text))


def _one(words: str) -> bool:
    """Whether a sentence tells one score in full alone."""
    return len(_FULL.findall(words)) == 1


Missed = tuple[tuple[Operand, ...], str]


def _pair(passage: Passage, items: Sequence[Item]) -> Missed | None:
    """A goal and what was reached, in the sentence of the score."""
    for target in items:
        aim = goal.aim_of(passage, target)
        if not aim:
            continue
        like = [i for i in items if i is not target and same(i, target) and i.q.dimension is not Dimension.SCORE]
        actual = like[0] if len(like) == 1 and like[0].order > target.order else None
        if actual is None or actual.hedged or actual.role in (Role.UP, Role.DOWN, Role.PRIOR, Role.TARGET):
            continue
        if (actual.q.base - target.q.base) * aim < 0 and not goal.aim_of(passage, actual):
            return _told(target, actual)
    return None


def _told(target: Item, actual: Item) -> Missed:
    sign = "<" if actual.q.base < target.q.base else ">"
    return (operand(target, "target"), operand(actual, "actual")), f"{actual.q.raw} {sign} {target.q.raw}"


def _words(passage: Passage, start: int, stop: int, items: Sequence[Item]) -> Missed | None:
    """What the words themselves say was missed."""
    match = _MISSED.search(passage.text, start, stop)
    if match is None or sum(1 for i in items if i.percent) > 1:
        return None
    return (place(Span(passage.block.index, *match.span()), "actual"),), match[0]


_CUT = re.compile(r"(?:此|该|本)项(?:指标)?(?:分值|满分|权重)?(?:为)?\s?$|(?:分值|满分|权重)(?:为)?\s?$")
_GOT = re.compile(r"，(?:实际|最终)?(?:自评|得|计|记|评|评定|给|自评得|实得)(?:了|分|得|为)?\s?$")
_REASON = re.compile(r"因|由于|鉴于|考虑|但|扣|折|按|不足|欠|酌|资料|佐证|整改|分档|问题|每|其中|另|偏|超出|规则|明显")


def _kept_back(passage: Passage) -> Iterator[Claim]:
    """目标值不低于95%，实测96.2%，此项8分，自评6.5分: points kept back from what was reached, and no word why."""
    for weight, score in pairwise(passage.items):
        told = _CUT.search(passage.text, 0, weight.q.span.start) and _GOT.search(score.gap)
        if weight.q.dimension is not Dimension.SCORE or score.q.dimension is not Dimension.SCORE or not told:
            continue
        start = max(passage.text.rfind(mark, 0, weight.q.span.start) for mark in "。；") + 1
        items = [i for i in passage.items if start <= i.q.span.start < weight.q.span.start]
        behind = passage.text[_end(passage.text, score.q.span.end) :][:16]
        words = passage.text[start : score.q.span.end] + passage.text[score.q.span.end : _end(passage.text, score.q.span.end)]
        if (
            len(items) != _LEAST
            or score.q.base >= weight.q.base
            or _REASON.search(words)
            or re.search("扣|原因|因|主要", behind)
        ):
            continue
        target, actual = items
        aim = goal.aim_of(passage, target)
        reached = aim and same(target, actual) and (actual.q.base - target.q.base) * aim >= 0
        if not reached or actual.hedged or goal.aim_of(passage, actual) or score.hedged or weight.hedged:
            continue
        sign = "≥" if aim > 0 else "≤"
        yield Claim(
            kind=ClaimKind.INDICATOR_SCORE,
            verdict=Verdict.DISAGREES,
            stated=score.q.raw,
            computed=weight.q.raw,
            operands=(
                operand(score, "stated"),
                operand(weight, "weight"),
                operand(target, "target"),
                operand(actual, "actual"),
            ),
            formula=f"{actual.q.raw} {sign} {target.q.raw}",
            cause=Text("目标已完成却未得满分，未说明原因", "points kept back from a goal that was reached, no reason given"),
            confidence=LIKELY,
            shape="kept_back",
        )


_LEAST = 2
_NAME = 3  # characters that a goal's name and the figure's share


def _elsewhere(scene: Scene, passage: Passage, items: Sequence[Item]) -> Missed | None:
    """漏登率实测0.14%，…未作扣减, where another paragraph sets 漏登率不高于0.1%."""
    measured = [i for i in items if i.percent and not i.hedged and i.label.endswith(("实测", "实际", "率", "调查", "测评"))]
    if len(measured) != 1:
        return None
    actual = measured[0]
    name = re.sub(r"(?:实测|实际|调查|测评|结果|达到|为|全年)+$", "", actual.label)[-6:]
    goals = [
        i
        for i in scene.items()
        if same(i, actual)
        and i.q.figure.hedge in (Hedge.AT_LEAST, Hedge.AT_MOST)
        and len(name) >= _NAME
        and name in i.label
        and (i.q.span.block, i.q.sentence) != (passage.block.index, actual.q.sentence)
    ]
    if len({i.q.base for i in goals}) != 1:
        return None
    way = 1 if goals[0].q.figure.hedge is Hedge.AT_LEAST else -1
    return _told(goals[0], actual) if (actual.q.base - goals[0].q.base) * way < 0 else None
