"""Percentages that are told to make up a whole: 很好51%、较好28%、一般21%，三项合为100%; 四部分构成全部支出."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import as_printed
from gouji.claims.build import LIKELY, SURE, operand
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, plain

_WHOLE = re.compile(
    r"，?(?:以上|上述|这)?(?:[两二三四五六七八九]?(?:项|者|类|部分|方面|档|块)|各项)?(?:合为|合计|共计|总计|加总|相加|总和|之和|构成|占比?合计)(?:后|得|即)?(?:为|是|达|等于)?"
    r"(?P<said>全部|整个|总体|100%|百分之百)"
)
_SUMMED = ("合为", "合计", "共计", "总计", "加总", "相加", "总和", "之和", "构成")
_LEAST = 3


def find(scene: Scene) -> Iterator[Claim]:
    """Every list of percentages whose words say that they make up all."""
    for passage in scene.telling(*_SUMMED):
        if Dimension.PERCENT in passage.dimensions and _WHOLE.search(passage.text):
            yield from _of_passage(passage)


def _of_passage(passage: Passage) -> Iterator[Claim]:
    run: list[Item] = []
    for item in passage.items:
        goes_on = run and item.order - run[-1].order == 1 and follows(item.gap, named=False) and item.q.depth == run[-1].q.depth
        if item.percent and not item.hedged and item.role not in (Role.UP, Role.DOWN):
            run = [*run, item] if goes_on else [item]
        else:
            run = []
        if len(run) >= _LEAST and _WHOLE.match(passage.text, item.q.span.end):
            yield hundred_claim(run, slack(run))


def slack(items: Sequence[Item]) -> Decimal:
    """What the rounding of each percentage leaves their sum, in points."""
    return sum((i.q.figure.ulp for i in items), Decimal(0)) / 2


def hundred_claim(items: Sequence[Item], slack: Decimal) -> Claim:
    """The claim that percentages add up to 100 within `slack` points; the last one is the stated figure."""
    right = sum((i.q.base for i in items), Decimal(0))
    holds = abs(right - HUNDRED) <= slack
    return Claim(
        kind=ClaimKind.TOTAL,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=items[-1].q.raw,
        computed=plain(right) + "%",
        operands=tuple(operand(i, "stated" if n == 0 else "part") for n, i in enumerate([items[-1], *items[:-1]])),
        difference=None if holds else plain(abs(right - HUNDRED)) + "个百分点",
        formula=f"{' + '.join(as_printed(i.q.figure) + '%' for i in items)} = {plain(right)}%",
        confidence=SURE if holds else LIKELY,
        shape="hundred",
        right=HUNDRED - right + items[-1].q.base,
    )
