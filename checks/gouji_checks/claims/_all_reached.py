"""四个场馆的开放天数都达到了年度目标, where one of the figures told just before is below the target that the report sets."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Quantity
from gouji.model import patterns as re
from gouji.model.quantity import Hedge
from gouji_checks.spans import within

# (the words, the figure below, the target)
Missed = tuple[Block, tuple[int, int], Quantity, Quantity]

_REACHED = re.compile(
    r"(?:[一二三四五六七八九十\d]+[个座所家项处][\u4e00-\u9fff]{1,6}|各[个\u4e00-\u9fff]{1,6})的?(?P<what>[\u4e00-\u9fff]{2,10}?)"
    r"(?:均|都|全部)(?:已)?(?:达到|超过|完成|实现|高于|符合)了?(?:年度|绩效|既定|预期|规定|年初|目标)*(?:目标|任务|指标|要求|标准)(?:值)?"
)
_PLANNED = re.compile(r"目标|计划|要求|标准|不少于|不低于|不超过|上年|去年|同期|较|比")
_ENOUGH = 2


def all_reached(ctx: AuditContext) -> Iterator[Missed]:
    """What is said of all with the figure and the target that deny it, once a statement."""
    having = ctx.wording.having
    for block in within(ctx, having("目标", "任务", "指标", "要求", "标准") & having("均", "都", "全部")):
        for said in _REACHED.finditer(block.text):
            missed = _missed(ctx, block, said)
            if missed is not None:
                low, target = missed
                yield block, said.span(), low, target


def _missed(ctx: AuditContext, block: Block, said: re.Match[str]) -> tuple[Quantity, Quantity] | None:
    """The figure below the target: both of one unit, the target's label naming what is measured."""
    what = said["what"]
    told = [
        q
        for q in ctx.facts.blocks[block.index].quantities
        if q.span.end <= said.start() and q.exact and not _PLANNED.search(q.label)
    ]
    for target in ctx.facts.quantities:
        if target.figure.hedge is not Hedge.AT_LEAST or target.span.block == block.index or not _names(target.label, what):
            continue
        alike = [q for q in told if q.figure.unit == target.figure.unit and q.sentence == _last(told).sentence]
        low = next((q for q in alike if q.base < target.base), None)
        if len(alike) >= _ENOUGH and low is not None:
            return low, target
    return None


def _last(told: list[Quantity]) -> Quantity:
    return max(told, key=lambda q: q.span.start)


def _names(label: str, what: str) -> bool:
    """Whether the label names what is measured: by all of its words, or by the first and the last two."""
    return what in label or (len(what) >= 4 and what[:2] in label and what[-2:] in label)
