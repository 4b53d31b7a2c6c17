"""Limits said to be kept behind both figures: 约定工期A天，实际用时B天，未超出约定工期; 应达到A以上，测评为B，目标已经实现.

The limit and what was done stand alone in their sentence, but for the difference of the two, each named for what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.bounds.compare_words import comparison, same
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension, Hedge

WORDS = (
    "未超",
    "没有超",
    "不超",
    "未突破",
    "没有突破",
    "未高",
    "控制在",
    "符合",
    "满足",
    "目标",
    "要求",
    "标准",
    "未逾",
    "并未",
)
_FLOOR = re.compile(r"应(?:当)?(?:达到|不低于|不少于)|不低于|不少于|不小于|至少|≥")
_CEILING = re.compile(
    r"标准|约定|概算|定额|限额|上限|最高|不得(?:高于|超过|突破|多于)|不(?:高于|超过|大于)|控制数|(?:合同|计划|批复)工期|年初预算|预算控制|限价|批复"
)
_DONE = re.compile(r"实际|实测|实付|支出|决算|审定|测评|调查|用时|完成|结果|执行|发生|耗时")
_BELOW = re.compile(
    r"[，；](?:全年|总体|整体)?(?:均|都|并|始终|严格)?(?:未|没有|不|并未)(?:超出|超过|突破|高于|超|逾|突破)了?(?P<limit>[^，。；\d]{0,10})(?=[，。；]|$)"
    r"|[，；](?:均|都|严格|全部|有效|始终)*控制在(?P<within>[^，。；\d]{0,10})(?:之内|以内|范围内|内)(?=[，。；]|$)"
)
_MET = re.compile(
    r"[，；](?P<what>[^，。；\d]{0,10}?)(?:(?:符合|满足|达到)[^，。；\d未没]{0,6}(?:规定|要求|标准|目标)|(?:目标|要求|标准)[^，。；\d未没不]{0,4}(?:实现|完成|达到|达成|满足))(?=[，。；]|$)"
)
_DOUBT = re.compile(r"未(?:能|达|实现|完成)|没有(?:达到|完成|实现)|尚未|不符合|不达|力争|确保|应当|拟|计划(?!工期)|将")


def find(passage: Passage, told: frozenset[int]) -> Iterator[Claim]:
    """Every limit that the end of its sentence says was kept; `told` are the limits that were read otherwise, by identity."""
    yield from _on_the_wrong_side(passage)
    yield from (pairs := list(_pairs(passage, told)))
    read = {c.operands[1].span for c in pairs} | {i.q.span for i in passage.items if id(i.q) in told}
    yield from (c for c in _named_limit(passage) if c.operands[1].span not in read)


def _pairs(passage: Passage, told: frozenset[int]) -> Iterator[Claim]:
    for n, limit in enumerate(passage.items[:-1]):
        done = passage.items[n + 1]
        if id(limit.q) in told or not _is_pair(passage, limit, done):
            continue
        claim = _said(passage, limit, done)
        if claim is not None:
            yield claim


_THAN_GOAL = re.compile(r"(?:比|较|与|同)[\u4e00-\u9fff]{0,6}(?:目标|指标|标准|要求|上限|下限|控制)[\u4e00-\u9fff]{0,2}$")
_FEWER = re.compile(r"[少低短]")
_MORE = re.compile(r"[多高长]")
_GOAL_REACHED = re.compile(r"，(?:已|均|都|顺利|圆满|全面)*(?:达到|完成|实现|符合|达成)")


def _on_the_wrong_side(passage: Passage) -> Iterator[Claim]:
    """平均29.9天，比目标值“不超过28天”少1.9天，已达到目标: the difference is right, its direction is not."""
    for value, limit, apart in zip(passage.items, passage.items[1:], passage.items[2:], strict=False):
        ceiling = limit.q.figure.hedge is Hedge.AT_MOST
        if not (ceiling or limit.q.figure.hedge is Hedge.AT_LEAST) or not _THAN_GOAL.search(limit.label):
            continue
        one = same(value, limit) and same(limit, apart) and value.q.segment == apart.q.segment and not value.hedged
        wrong = (_FEWER if ceiling else _MORE).search(apart.label) is not None
        gap = value.q.base - limit.q.base
        passed = gap > 0 if ceiling else gap < 0
        if one and wrong and passed and abs(gap) == apart.q.base and _GOAL_REACHED.match(passage.text, apart.q.span.end):
            yield comparison(limit, value, below=ceiling, sure=True, words="不超过" if ceiling else "不低于")


_NAMED_LIMIT = re.compile(
    r"，(?:均|都|并|始终|从)?(?:未|没有|不)(?:超出|超过|突破|超)了?(?P<name>(?:总|核定|设计|额定|可用|批准)[\u4e00-\u9fff]{1,6}|容量|床位|库容|编制)(?:数|量|数量)?(?=[，。；]|$)"
)
_CAME_TO = re.compile(r"(?:增|升|扩|提高?|减|降|增加|扩大|调整|减少)?[到至为]\s?$")


def _named_limit(passage: Passage) -> Iterator[Claim]:
    """总数由165间增至400间，高峰日入住462间，未超过总数: the limit called by its name, what was done right before."""
    for match in _NAMED_LIMIT.finditer(passage.text):
        before = [i for i in passage.items if i.q.span.end <= match.start()]
        done = before[-1] if before else None
        if done is None or done.hedged or re.search("[。；，]", passage.text[done.q.span.end : match.start()]):
            continue
        named = [i for i in before[:-1] if match["name"] in i.label and same(i, done) and done.q.sentence - i.q.sentence <= 1]
        limit = named[-1] if named else None
        behind = passage.items[limit.order + 1] if limit is not None else None
        if (
            limit is not None
            and behind is not None
            and behind is not done
            and _CAME_TO.search(behind.gap)
            and same(behind, done)
        ):
            limit = behind
        if limit is not None and not limit.hedged and limit is not done:
            yield comparison(limit, done, below=True, sure=False, words="未超过")


def _is_pair(passage: Passage, limit: Item, done: Item) -> bool:
    """A limit and what was done, the only figures of their kind in the sentence but for their difference."""
    if limit.q.sentence != done.q.sentence or limit.q.dimension is not done.q.dimension or not _DONE.search(done.label):
        return False
    if limit.q.dimension in (Dimension.SCORE, Dimension.BARE, Dimension.POINTS) or not same(limit, done):
        return False
    if done.hedged or done.role in (Role.UP, Role.DOWN, Role.PRIOR):
        return False
    if limit.q.figure.hedge not in (Hedge.NONE, Hedge.AT_LEAST, Hedge.AT_MOST):
        return False
    others = [i for i in passage.items if i.q.sentence == limit.q.sentence and i not in (limit, done) and same(i, limit)]
    apart = abs(limit.q.base - done.q.base)
    return all(i.order == done.order + 1 and i.q.base == apart for i in others)


def _said(passage: Passage, limit: Item, done: Item) -> Claim | None:
    text, start = passage.text, done.q.span.end
    end = text.find("。", start)
    rest = text[start : end if end >= 0 else len(text)] + "。"
    words = text[limit.q.label_start : limit.q.span.start]
    floor = limit.q.figure.hedge is Hedge.AT_LEAST or _FLOOR.search(words) is not None
    ceiling = limit.q.figure.hedge is Hedge.AT_MOST or (not floor and _CEILING.search(words) is not None)
    below = _BELOW.search(rest)
    said = below if ceiling and below else _MET.search(rest) if floor or ceiling else None
    if said is None or _DOUBT.search(rest):
        return None
    named = re.sub(r"约定|合同|规定|批复|预算|标准|目标|要求|年度|额度|的|限额", "", next((g for g in said.groups() if g), ""))
    if len(named) > 1 and not any(named[k : k + 2] in words + done.label for k in range(len(named) - 1)):
        return None  # 接待人数符合规定: of another matter
    return comparison(limit, done, below=not floor, sure=False, words="不低于" if floor else "不超过")
