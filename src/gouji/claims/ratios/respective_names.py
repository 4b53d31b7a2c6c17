"""Names told before their figures: 基本支出与项目支出分别为A和B, where the n-th name is that of the n-th figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gouji.model import patterns as re

if TYPE_CHECKING:
    from gouji.claims.scene import Item

_ONE_BY_ONE = re.compile(  # 基本支出与项目支出分别为
    r"(?P<names>[\u4e00-\u9fff“”]{2,16}(?:(?:、|和|与|以?及)[\u4e00-\u9fff“”]{2,16})+?)(?:分别|依次|各)(?:为|是|有|达|安排|支出|完成|投入)?\s?$"
)
_TOLD = re.compile(r"(?:分别|依次|各)(?:为|是|有|达|安排|支出|完成|投入)?\s?$")  # how that ends, in a few characters
_JOINT = re.compile(r"\s?(?:、|和|与|以?及)\s?")
_JOINED = re.compile(r"以?及|和|与")

_TAIL = 8


def _names(words: str, number: int) -> list[str]:
    """The names of a list, where it holds as many: A、B和C."""
    names = words.split("、")
    if len(names) == number - 1:
        joints = list(_JOINED.finditer(names[-1]))
        names[-1:] = [names[-1][: joints[-1].start()], names[-1][joints[-1].end() :]] if len(joints) == 1 else []
    return names if len(names) == number and all(len(n) > 1 for n in names) else []


def give(items: Sequence[Item]) -> None:
    """Calls each figure of such a list by its own name."""
    for n, head in enumerate(items):
        if head.percent or not _TOLD.search(head.gap, max(0, len(head.gap) - _TAIL)):
            continue
        told = _ONE_BY_ONE.search(head.gap)
        if told is None:
            continue
        run = [head]
        for item in items[n + 1 :]:
            if not _JOINT.fullmatch(item.gap) or item.q.figure.unit.symbol != head.q.figure.unit.symbol:
                break
            run.append(item)
        for item, name in zip(run, _names(told["names"], len(run)) if len(run) > 1 else (), strict=False):
            item.label = name
