"""The names of an enumeration, and the claim that a count makes of them."""

from __future__ import annotations

from gouji.claims.build import place
from gouji.claims.scene import Item, Passage
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span

CONJUNCTION = re.compile(r"和(?![平谐睦解])|(?<![涉普顾提触危波遍惠])及|(?<!参)与|以及|暨")
OFFICE = re.compile(r"[室科股部处所办站队]$|中心$")
TITLE = re.compile(r"《[^《》]{1,80}》|“[^“”]{2,30}”")


def together(passage: Passage, item: Item, listed: int) -> bool:
    """制定制度3项、修订制度2项，分别为《…》: whether the list is of the counts of the sentence before it, alone or added up."""
    total = item.q.base
    for other in reversed(passage.items[max(0, item.order - 2) : item.order + 3]):
        same = other.q.sentence == item.q.sentence and other.q.figure.unit.symbol == item.q.figure.unit.symbol
        if other is not item and same:
            total += other.q.base
            if listed in (other.q.base, total):
                return True
    return False


def two_offices(name: str) -> bool:
    """Whether a name is surely two: 设备科和人力资源部, either side an office; 普法与依法治理股 is one."""
    sides = CONJUNCTION.split(name)
    return len(sides) == 2 and all(_AN_OFFICE.search(s) for s in sides)


_AN_OFFICE = re.compile(r"[\u4e00-\u9fff]{2}(?:[室科股部处所站队]|中心)$")


def split_names(body: str) -> list[str]:
    """The names of an enumeration, divided at 、 outside brackets and quotes."""
    names, depth, last = [], 0, 0
    for k, c in enumerate(body):
        if c in "（《“":
            depth += 1
        elif c in "）》”":
            depth = max(0, depth - 1)
        elif c in "、；" and depth == 0:
            names.append(body[last:k])
            last = k + 1
    names.append(body[last:])
    names = [part for n in names for part in _divided(n.strip())]
    return [n for n in names if n]


def _divided(name: str) -> list[str]:
    """甲检验研究院以及乙检测: 以及 stands between two names that are long enough to be ones."""
    sides = name.split("以及")
    return sides if len(sides) == 2 and min(map(len, sides)) >= 4 and "（" not in name and "《" not in name else [name]


def count_claim(
    item: Item, span: Span, right: int, shown: str, verdict: Verdict, confidence: float, shape: str = "names"
) -> Claim:
    stated = int(item.q.figure.value)
    unit = item.q.figure.unit.symbol
    return Claim(
        kind=ClaimKind.COUNT,
        verdict=verdict,
        stated=item.q.raw,
        computed=f"{right}{unit}",
        operands=(Operand("stated", item.q.span, item.q), place(span, "list")),
        difference=None if right == stated else f"{abs(right - stated)}{unit}",
        formula=f"列出{right}{unit}" + (f"：{shown}" if shown and len(shown) <= 120 else ""),
        confidence=confidence,
        shape=shape,
    )
