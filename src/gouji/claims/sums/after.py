"""Totals after their parts: A、B，合计T; signed parts of a net change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Passage, how_many, kin, wholes
from gouji.claims.sums.cues import ADDITIVE, EACH, HEAD_CUE, NOT_A_PART, SUM_AFTER, UPWARDS, chosen_of
from gouji.claims.sums.judge import parallel, total_claim
from gouji.claims.sums.parallel import heads_list, likeness, shape_of
from gouji.claims.sums.readings import first_of_each, slipped
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension

_FORMED = re.compile(r"^(?:[两二三四五六七八九十](?:大?块|个?部分|个?方面|大?类|大?项))?(?:构成|组成)，")
_GRAND = re.compile(
    r"^[，；](?:(?:支出|资金|费用|投入)?总(?:费用|支出|投入|成本|金额|额|量|投资|造价|价|资金|经费|预算|概算|规模|人数|数量|数)(?:达到?|为|是)?|(?:支出|资金|费用|投入)总[额量](?:达到?|为|是)?"
    r"|(?:全|总)(?:长|程|里程|面积|重|时长)(?:达到?|为|是|约)?|全部(?:支出|费用|资金)为?|累计(?:支出|投入|拨付|安排|完成)?|[两二三四五六七八九十]+(?:[项批者家笔类]|个[\u4e00-\u9fff]{1,6}?)[\u4e00-\u9fff]{0,2}共[\u4e00-\u9fff]{0,4})$"
)
_CLOSING = (*"加计共总合全累级上述前这此先=", "之和")  # one of these is in whatever closes a list
_MAY_CLOSE = re.compile(f"[{''.join(_CLOSING[:-1])}]|{_CLOSING[-1]}")
_BY_NOW = re.compile(r"^[，；。](?:至此|到此|前后|先后|两[期批轮次]|[三四五][期批轮次])[^，。；\d]{0,12}$")
_ONCE_MORE = re.compile(r"又|再|[二三四五]期|第[二三四五][期批轮]|新增|新开|续|后来|追加")
_LEAST = 2
_CALLED = re.compile(
    r"^[，；](?:统称|都是|均为|同属|都列|列作|记作|构成|作为)[\u4e00-\u9fff“”]{2,12}，(?:合计|共计?|总计)(?:为|有)?$"
)
_ORDERED = re.compile(r"(?:分别|依次)[\u4e00-\u9fff]{0,6}$")
_SUBTOTAL = re.compile(r"[，、]\s?小计(?:为|共)?")
_YEARS = re.compile(
    r"[两二三四五六七八九十\d]年(?:来|间)?[^，。；\d]{0,6}(?:累计|合计|共|总)"
)  # 三年累计: earlier years are parts
_REST = re.compile(r"其余|其他|其它|剩余|另")


_BARE_LIST = re.compile(
    r"(?:、[\d.]+){2}"
)  # A指标5分、B指标15分、…，实得分别为5、14.9、10，总分95.4分: of scores without a unit


_OF_NAMED = re.compile(  # 一标段12.6公里，二标段9.8公里，三、四标段相加26公里: of the two that it names
    r"[一二三四五六七八九][、和及与]第?[一二三四五六七八九](?:标段|标包|批|期|片区|季度|组|阶段|号)[^，。；]{0,6}$"
)


def _closes(whole: Item, before: Sequence[Item]) -> bool:
    """Whether the words before a figure say that it sums up what stands before it."""
    if not _MAY_CLOSE.search(whole.gap) or _BARE_LIST.match(whole.gap) or _OF_NAMED.search(whole.gap):
        return False
    gap = _FORMED.sub("，", whole.gap)
    if (
        gap
        and gap[0] not in "，；、。（："
        and not gap.startswith(("之和", "相加"))
        and before
        and before[-1].order == whole.order - 1
        and not before[-1].money
    ):
        return False  # 380套共计5.51万元 is a product
    if SUM_AFTER.match(gap.lstrip("。")):
        return True
    clause = re.split("[，；。]", gap)[-1]
    if UPWARDS.search(clause) and re.search("合计|共计|共", clause):
        return True
    if whole.q.dimension is Dimension.SCORE and (re.search(r"[，；]共$", gap) or _level_above(gap, before)):
        return True
    if whole.q.dimension is Dimension.SCORE and re.search(
        r"[，；](?:自评|评价|最终|综合|部门|项目|整体|本项目|本部门)*(?:总分|总得分|总评分|综合得分|综合评分|(?:得分|评分)合计)(?:为|是)?$",
        gap,
    ):
        return sum(1 for i in before if i.role is not Role.WEIGHT and i.q.dimension is Dimension.SCORE) >= 3
    if re.search(r"^[，；]共(?:有|建|完成|发放|投入)?$", gap) and len(before) >= 3:
        tail = before[-3:]
        joined = all(i.q.mark == "、" for i in tail[1:])
        return joined and (parallel([i.label for i in tail]) or v.partition_of([i.label for i in tail]) is not None)
    if _GRAND.match(gap):
        run = _listing(before)
        return (
            len(run) >= 3
            or bool(_ORDERED.search(_list_head(before)))
            or (len(run) == 2 and re.match(r"^[，；][两二](?:[项批者家笔类]|个)", gap) is not None)
        )
    if before and _names_all(gap, before):
        return True
    if _CALLED.match(gap):
        return len(_listing(before)) >= 3
    if re.search(r"^[，；]共$", gap) and before and re.search(r"分别(?:为|是|有)?$", _list_head(before)):
        return True
    if re.search(r"^[，；]全年(?:累计|合计|共|总计)?[\u4e00-\u9fff]{0,4}$", gap):
        if len(_tight_list(before)) >= 3 and _ORDERED.search(_list_head(before)):
            return True
        level = [i.label for i in before if i.q.depth == whole.q.depth]
        return v.partition_of(level[-2:]) in ("halves", "months") or v.partition_of(level[-4:]) == "quarters"
    batches = sum(1 for i in before if re.search(r"第[一二三四五六七八九十\d]+(?:批|期|季度|阶段|轮|次)", i.label))
    running = re.search(r"^[，；](?:累计|全年|共)[\u4e00-\u9fff]{0,6}$", gap) is not None
    return (batches >= _LEAST and running) or _by_now(gap, whole, before)


def _by_now(gap: str, whole: Item, before: Sequence[Item]) -> bool:
    """一期…；二期又新增…，至此共…: all rounds so far."""
    again = len(before) >= _LEAST and any(_ONCE_MORE.search(i.gap) for i in before[1:])
    return again and not how_many(whole) and _BY_NOW.match(gap) is not None


def _names_all(gap: str, before: Sequence[Item]) -> bool:
    """预付款A、进度款B，合同总价C; 出国费A，车辆费B，接待费C，“三公”经费合计D: the whole of a fixed partition by its name."""
    if v.partition_of([i.label for i in _listing(before)]) == "payments" and re.search("合同|价款|总价", gap):
        return True
    return "三公" in gap and v.partition_of([i.label for i in before[-3:]]) in ("three_public", "three_public_items")


def _level_above(gap: str, before: Sequence[Item]) -> bool:
    """三级指标权重分别为A、B、C，二级指标权重T: the level above is the sum of the level below."""
    levels = "一二三四"
    above = re.match(r"^[，；](?:其|所属|对应的?|该)?([一二三])级指标", gap)
    below = re.search(r"([二三四])级指标", _list_head(before)) if before else None
    return above is not None and below is not None and levels.index(above[1]) + 1 == levels.index(below[1])


def _listing(before: Sequence[Item]) -> list[Item]:
    """The last figures, each with a name of its own, that one mark divides: 安保费A，保洁费B，绿化费C."""
    out = list(before[-1:])
    for item in reversed(before[:-1]):
        first = out[0]
        plain = re.fullmatch(r"\s*[，、；和及与][\u4e00-\u9fff（）“”]{2,16}", first.gap) is not None
        one = (
            kin(first.q, item.q) and first.role is item.role and first.role not in NOT_A_PART and first.order - item.order == 1
        )
        if not (plain and one and item.label and first.q.depth == item.q.depth):
            break
        if len(out) >= 2 and out[0].q.mark != out[1].q.mark and out[1].gap[:1] not in "和及与":
            break
        out.insert(0, item)
    return out


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


def _subtotals(sentence: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """甲A、乙B，小计C；丙D、丁E，小计F；总计G: each subtotal is of what stands between it and the one before."""
    start = 0
    for n, whole in enumerate(sentence):
        if n and whole.q.segment != sentence[n - 1].q.segment:
            start = n
        if not _SUBTOTAL.fullmatch(whole.gap):
            continue
        parts, start = [i for i in sentence[start:n] if i.role not in (Role.WEIGHT, Role.DEDUCTED)], n + 1
        fit = all(kin(p.q, whole.q) and p.label and not p.hedged and p.role not in NOT_A_PART for p in parts)
        if len(parts) < 2 or not fit or id(whole.q) in done or whole.hedged:
            continue
        done.add(id(whole.q))
        yield total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "after")


def after(passage: Passage, sentence: Sequence[Item], previous: Sequence[Item], done: set[int]) -> Iterator[Claim]:
    """A、B，合计T."""
    if not passage.tells(*_CLOSING):
        return
    yield from _subtotals(sentence, done)
    for n, whole in enumerate(sentence):
        if (
            id(whole.q) in done
            or whole.q.dimension not in ADDITIVE
            or whole.role is Role.DEDUCTED
            or heads_list(whole, sentence[n + 1 : n + 2])
            or not _closes(whole, sentence[:n])
        ):
            continue
        if _REST.search(whole.gap):
            continue
        head = sentence[:n] if n else previous
        if whole.role in (Role.UP, Role.DOWN):
            yield from _deltas(whole, head, done)
            continue
        out = NOT_A_PART - {Role.PRIOR} if _YEARS.search(whole.gap) else NOT_A_PART
        before = [i for i in head if kin(i.q, whole.q) and i.q.depth == whole.q.depth and i.role not in out]
        if whole.q.dimension is Dimension.SCORE:
            scored = [i for i in before if i.role is not Role.WEIGHT]
            if whole.q.base == HUNDRED and all(i.role is not Role.SCORED for i in before):
                scored = before  # 指标权重为产出46分、效益22分、…，合计100分: the first label names the kind of them all
            before = scored if whole.role is not Role.WEIGHT and len(scored) >= 2 else before
        before = _without_goals(whole, before)
        chosen = chosen_of(whole.gap, before)
        tight = _tight_list(before)
        if len(chosen) > 1 and len(tight) == len(chosen[0]) and all(i.label for i in tight):
            chosen = [tight]  # 全年编报212条，被甲采用18条、乙4条、丙57条、丁89条，四级合计: the list has as many members
        readings = [r for r in chosen or _readings(whole, before) if len(r) >= 2]
        if not readings:
            continue
        outcomes = [(r, compare_sum(whole.q.figure, [p.q.figure for p in r])) for r in readings]
        # without its head a list meets some figure too easily: a shorter reading ties to the last digit or not at all
        full = len(outcomes[0][0])
        best = next(
            ((r, o) for r, o in outcomes if o.verdict is Verdict.AGREES and (len(r) >= full or o.right == whole.q.base)), None
        )
        best = best or next(((r, o) for r, o in outcomes if o.holds and len(r) >= full), None)
        parts, outcome = best or _nearest(whole, before, outcomes)
        if not outcome.holds and (level := _upper_level(passage, whole)):
            parts, outcome = level, compare_sum(whole.q.figure, [p.q.figure for p in level])
        between = passage.text[parts[-1].q.span.end : whole.q.span.start]
        shape = "after" if whole.q.dimension is Dimension.SCORE else shape_of(parts, "after", between)
        claim = total_claim(whole, parts, outcome, shape)
        if not outcome.holds:
            if len(chosen) > 1:
                continue  # two of five, and none of the pairs ties: which ones is open
            cued = any(HEAD_CUE.search(i.gap) or "其中" in i.gap for i in sentence[n + 1 : n + 2])
            named = all(p.label for p in parts) or not any(p.label for p in parts[1:])
            formed = _ORDERED.search(parts[0].gap) or _FORMED.match(whole.gap)  # the first label holds the verb of them all
            alike = len({p.role for p in (parts[1:] if formed else parts)}) == 1
            each = any(EACH.search(p.label) for p in parts)  # 三家各派1人
            plain = named and alike and not each and not any(p.hedged for p in (*parts, whole))
            if cued or not plain:
                continue
            claim = total_claim(whole, parts, outcome, shape, SURE if whole.money else LIKELY)
        done.add(id(whole.q))
        yield claim


_GOAL = re.compile(r"(?:年度|年初|全年|绩效)*(?:目标|计划|任务|指标值|定额)(?:值|数|量|完成)*")


def _without_goals(whole: Item, before: list[Item]) -> list[Item]:
    """围栏4.2万亩，目标4万亩；补播6.5万亩，与目标一致；三项合计: what was aimed at is no part of what was done."""
    done = [i for i in before if not _GOAL.fullmatch(i.label)]
    return done if 1 < len(done) < len(before) and "目标" not in whole.gap and "计划" not in whole.gap else before


def _upper_level(passage: Passage, whole: Item) -> list[Item]:
    """共性得38.6分：投入9.8分，过程28.8分。个性得57.1分：…。总计95.7分: the scores that their parts follow, where they make the total."""
    if whole.q.dimension is not Dimension.SCORE:
        return []
    scored = [i for i in passage.items[: whole.order] if i.q.dimension is Dimension.SCORE and i.role is Role.SCORED]
    upper = wholes(scored)
    ties = 2 <= len(upper) < len(scored) and sum((i.q.base for i in upper), ZERO) == whole.q.base
    return upper if ties else []


def _readings(whole: Item, before: Sequence[Item]) -> list[list[Item]]:
    """The ways to read which of the figures before a sum are its parts, the plainest first."""
    tight = _tight_list(before)
    readings = [tight] if whole.q.dimension is Dimension.SCORE and len(tight) >= 2 else []
    readings += [list(before), [i for i in before if i.q.segment == whole.q.segment], first_of_each(before)]
    if not _one_list(before):
        readings += [list(before[k:]) for k in range(1, len(before) - 1)]
    subtotals = [i for i in before if "小计" in i.gap]
    if subtotals:  # a grand total is over the subtotals or over their members, never over both
        readings = [subtotals, [i for i in before if i not in subtotals], *readings]
    for segment in {i.q.segment for i in before}:
        readings.append([i for i in before if i.q.segment == segment])
    return readings


def _nearest(whole: Item, before: Sequence[Item], outcomes: Sequence[tuple[list[Item], Outcome]]) -> tuple[list[Item], Outcome]:
    """Of readings that do not tie, the one that a slip explains; else what stands behind the last ；, or the plainest if it is nearer."""
    own = [i for i in before if i.q.segment == whole.q.segment]
    nearest = sorted(outcomes, key=lambda o: o[0] != own)
    explained = slipped([(whole, parts) for parts, _ in nearest])
    if explained is not None:
        return explained[1], explained[2]
    return min(nearest[0], outcomes[0], key=lambda o: abs(o[1].right - whole.q.base))


def _one_list(before: Sequence[Item]) -> bool:
    """Whether the figures stand in one list of like names: then its head is a part as well."""
    marks = {i.q.mark for i in before[1:]}
    close = all(b.order - a.order == 1 for a, b in pairwise(before))
    return len(before) >= 3 and len(marks) == 1 and close and (marks == {"、"} or likeness([i.label for i in before]) > 0)


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
