"""Totals after their parts: A、B，合计T; signed parts of a net change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, kin
from gouji.claims.total_cues import ADDITIVE, HEAD_CUE, NOT_A_PART, SUM_AFTER
from gouji.claims.total_judge import parallel, total_claim
from gouji.claims.total_readings import first_of_each
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, Verdict
from gouji.model.quantity import Dimension

_REST = re.compile(r"其余|其他|其它|剩余|另")


def _closes(whole: Item, before: Sequence[Item]) -> bool:
    """Whether the words before a figure say that it sums up what stands before it."""
    gap = whole.gap
    if gap and gap[0] not in "，；、。（：" and before and before[-1].order == whole.order - 1 and not before[-1].money:
        return False  # 380套共计5.51万元 is a product
    if SUM_AFTER.match(gap.lstrip("。")):
        return True
    if whole.q.dimension is Dimension.SCORE and re.search(r"[，；]共$", gap):
        return True
    if whole.q.dimension is Dimension.SCORE and re.search(
        r"[，；](?:自评|评价|最终|综合)?(?:总分|总得分|总评分)(?:为|是)?$", gap
    ):
        return sum(1 for i in before if i.role is not Role.WEIGHT and i.q.dimension is Dimension.SCORE) >= 3
    if re.search(r"^[，；]共(?:有|建|完成|发放|投入)?$", gap) and len(before) >= 3:
        tail = before[-3:]
        joined = all(i.q.mark == "、" for i in tail[1:])
        return joined and (parallel([i.label for i in tail]) or v.partition_of([i.label for i in tail]) is not None)
    if re.search(
        r"^[，；](?:总(?:费用|支出|投入|成本|金额|额|投资|价|资金|经费|人数|数量|数)|全部(?:支出|费用|资金))为?$", gap
    ):
        return len(_tight_list(before)) >= 3 and all(i.label for i in _tight_list(before))
    if re.search(r"^[，；]共$", gap) and before and re.search(r"分别(?:为|是|有)?$", _list_head(before)):
        return True
    if re.search(r"^[，；]全年(?:累计|合计|共|总计)?[\u4e00-\u9fff]{0,4}$", gap):
        return (
            v.partition_of([i.label for i in before[-2:]]) == "halves"
            or v.partition_of([i.label for i in before[-4:]]) == "quarters"
        )
    batches = sum(1 for i in before if re.search(r"第[一二三四五六七八九十\d]+(?:批|期|季度|阶段|轮|次)", i.label))
    return batches >= 2 and re.search(r"^[，；](?:累计|全年|共)[\u4e00-\u9fff]{0,6}$", gap) is not None


def _tight_list(before: Sequence[Item]) -> list[Item]:
    """The last figures that stand in one list divided by 、 only."""
    out = list(before[-1:])
    for item in reversed(before[:-1]):
        if out[0].q.mark != "、" and out[0].gap.strip() not in ("和", "及"):
            break
        out.insert(0, item)
    return out


def _list_head(before: Sequence[Item]) -> str:
    """The words before the first figure of the list that ends with the last of `before`."""
    first = before[-1]
    for item in reversed(before[:-1]):
        if not re.fullmatch(r"\s*[、和及与，]\s*", first.gap):
            break
        first = item
    return first.gap


def after(sentence: Sequence[Item], previous: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """A、B，合计T."""
    for n, whole in enumerate(sentence):
        if (
            id(whole.q) in done
            or whole.q.dimension not in ADDITIVE
            or whole.role is Role.DEDUCTED
            or not _closes(whole, sentence[:n])
        ):
            continue
        if _REST.search(whole.gap):
            continue
        head = sentence[:n] if n else previous
        if whole.role in (Role.UP, Role.DOWN):
            yield from _deltas(whole, head, done)
            continue
        before = [i for i in head if kin(i.q, whole.q) and i.q.depth == whole.q.depth and i.role not in NOT_A_PART]
        if whole.q.dimension is Dimension.SCORE:
            scored = [i for i in before if i.role is not Role.WEIGHT]
            before = scored if whole.role is not Role.WEIGHT and len(scored) >= 2 else before
        tight = _tight_list(before)
        readings = [tight] if whole.q.dimension is Dimension.SCORE and len(tight) >= 2 else []
        readings += [before, [i for i in before if i.q.segment == whole.q.segment], first_of_each(before)]
        readings += [before[k:] for k in range(1, len(before) - 1)]
        subtotals = [i for i in before if "小计" in i.gap]
        if subtotals:  # a grand total is over the subtotals or over their members, never over both
            readings = [subtotals, [i for i in before if i not in subtotals], *readings]
        for segment in {i.q.segment for i in before}:
            readings.append([i for i in before if i.q.segment == segment])
        readings = [r for r in readings if len(r) >= 2]
        if not readings:
            continue
        outcomes = [(r, compare_sum(whole.q.figure, [p.q.figure for p in r])) for r in readings]
        best = next(((r, o) for r, o in outcomes if o.verdict is Verdict.AGREES), None)
        best = best or next(((r, o) for r, o in outcomes if o.holds), outcomes[0])
        parts, outcome = best
        claim = total_claim(whole, parts, outcome, "after")
        if not outcome.holds:
            cued = any(HEAD_CUE.search(i.gap) or "其中" in i.gap for i in sentence[n + 1 : n + 2])
            named = all(p.label for p in parts) or not any(p.label for p in parts[1:])
            plain = named and not any(p.hedged for p in (*parts, whole)) and len({p.role for p in parts}) == 1
            if cued or not plain:
                continue
            claim = total_claim(whole, parts, outcome, "after", SURE if whole.money else LIKELY)
        done.add(id(whole.q))
        yield claim


def _deltas(whole: Item, before: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """人员经费增加A、公用经费减少B，合计增加C: signed parts of a net change."""
    parts = [i for i in before if kin(i.q, whole.q) and i.role in (Role.UP, Role.DOWN)]
    if len(parts) < 2 or any(i.hedged for i in (whole, *parts)):
        return
    up = 1 if whole.role is Role.UP else -1
    signs = [up if i.role is Role.UP else -up for i in parts]
    done.add(id(whole.q))
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts], signs)
    yield total_claim(whole, parts, outcome, "net_change")
