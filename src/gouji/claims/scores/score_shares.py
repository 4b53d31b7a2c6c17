"""Weights told as shares: 过程类占四成，产出类占三成半，效果类占三成; 场馆服务权重0.35，活动组织权重0.25，…，权重之和为1.

The shares of a scheme of points make a hundred, or one, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain

WORDS = ("权重", "百分制", "评价体系", "评分表", "指标体系", "计分", "加权")
_SCHEME = re.compile(r"权重|百分制|评价体系|评分表|评分标准|指标体系|计分")
_SHARE = re.compile(r"(?:占(?:去|了|比)?|权重|权数|比重|余下|剩下|其余)(?:为|是|的)?$")
_NO_SCHEME = re.compile(r"支出|预算|资金|经费|满意|比上年|较上年|增长|下降|执行率|其中|完成率|达到|不低于|以上|及格|合格")
_ONE = re.compile(r"权[重数](?:之和|合计|总和|相加|加总)(?:正好|恰好|刚好)?(?:为|是|等于)?$")
_LEAST = 3  # shares of a scheme
_FAR = 30  # points from a hundred: a list further off is no scheme


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every list of shares that is a scheme of points, unless another claim has judged one of them."""
    known = {o.span for c in claims if c.verdict is not Verdict.UNDECIDABLE for o in c.operands}
    for passage in scene.telling(*WORDS):
        for sentence in passage.sentences:
            yield from (c for c in _hundred(passage, sentence) if not known & {o.span for o in c.operands})
            yield from (c for c in _one(sentence) if c.operands[0].span not in known)


def _hundred(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """组织领导占15%，资金管理占20%，任务完成占四成，长效机制占30%."""
    run = [i for i in sentence if i.percent]
    if len(run) < _LEAST or run[-1].order - run[0].order != len(run) - 1 or any(i.role in (Role.UP, Role.DOWN) for i in run):
        return
    start = passage.text.rfind("。", 0, run[0].q.span.start) + 1
    stop = passage.text.find("。", run[-1].q.span.end)
    words = passage.text[start : stop if stop >= 0 else len(passage.text)]
    named = all(_SHARE.search(i.label) or _SHARE.search(i.gap.strip()) for i in run)
    rounded = any(i.hedged and not i.q.raw.endswith(("成", "成半")) for i in run)
    if (
        not named
        or rounded
        or not _SCHEME.search(words)
        or _NO_SCHEME.search(words.replace("资金管理", "").replace("预算执行", ""))
    ):
        return
    whole = sum((i.q.base for i in run), Decimal(0))
    if abs(whole - HUNDRED) <= _FAR:
        yield _claim(
            place(Span(passage.block.index, run[0].q.label_start, run[-1].q.span.end), "stated"), run, whole, HUNDRED, "%"
        )


def _one(sentence: Sequence[Item]) -> Iterator[Claim]:
    """权重0.35，权重0.25，权重0.2，权重0.15，权重之和为1."""
    bare = [i for i in sentence if i.q.dimension is Dimension.BARE and not i.hedged]
    for n, total in enumerate(bare):
        parts = [i for i in bare[:n] if re.search("权[重数]", i.label) and i.q.base < 1]
        if total.q.base == 1 and _ONE.search(total.label) and len(parts) >= _LEAST and len(parts) == n:
            yield _claim(operand(total, "stated"), parts, sum((i.q.base for i in parts), Decimal(0)), Decimal(1), "")


def _claim(stated: Operand, run: Sequence[Item], whole: Decimal, right: Decimal, unit: str) -> Claim:
    agrees = whole == right
    return Claim(
        kind=ClaimKind.WEIGHT_TOTAL,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated=f"{plain(right)}{unit}",
        computed=f"{plain(whole)}{unit}",
        operands=(stated, *(operand(i, "weight") for i in run)),
        difference=None if agrees else f"{plain(abs(whole - right))}{unit}",
        formula=" + ".join(plain(i.q.base) for i in run) + f" = {plain(whole)}{unit}",
        confidence=LIKELY,
        shape="shares",
    )
