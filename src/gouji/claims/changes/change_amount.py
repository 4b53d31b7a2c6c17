"""The amount of a change: V，比上年R增加D, D = |V − R|. Which two figures are compared is told by their roles, years and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.claims.arithmetic import as_printed, compare_sum, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.changes.change_words import DELTA, DIFFERENCE, SKIP, clause_of, currents, sign_of, wrong_way
from gouji.claims.changes.named_pair import named_pair
from gouji.claims.ratios.respective import in_order
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role, partition_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import ZERO, Dimension, Interval
from gouji.model.text import Text

_NAME = re.compile(r"([\u4e00-\u9fff]{4})(?:为|是|达)?\s?$")
_OF_WHICH = re.compile(  # opens the changes of the parts
    r"\s?[，。（][^，。；\d]{0,6}其中|\s?[，（](?:[^，。；：\d]{0,8}(?:增减|一增一减|有增有减|升降|多退少补)[^，。；：\d]{0,8}|由|系|是|即)(?:[：，]|(?=[\u4e00-\u9fff]{2}))"
)
_NET = re.compile(r"净")
_OPEN = re.compile(r"等[，。；、]|主要|包括|例如|如：")
_SUBJECT = re.compile(r"([\u4e00-\u9fff]{2,8})(?:比|较)(?:上年|去年|计划|预算|目标|年初|预期)")
_GENERAL = re.compile(r"本年|今年|全年|当年|决算|支出|总体|实际|同比|规模|数量|总量|金额|整体|收入|总额|预算|执行")
_THIS_THAN_LAST = re.compile(r"(?:本年|今年|当年)[^，。；]{0,10}(?:比|较)(?:上年|去年)")
_BEFORE_IT = re.compile(r"[\u4e00-\u9fff]前$")
_AFTER_IT = re.compile(r"[\u4e00-\u9fff]后$")
_RECKONED = re.compile("测算|匡算|估算|折算|推算|计算")
_MOVED_IN = re.compile(r"(?:从|由)[\u4e00-\u9fff]{1,10}[调转选遴引划移借接流][\u4e00-\u9fff]{0,3}$")


def find(passage: Passage, item: Item) -> Claim | None:
    """V，比上年R增加D: the difference of two printed figures."""
    named = None if item.hedged else named_pair(passage, item)
    if item.hedged or in_order(passage, item) or (named is None and _said_before(passage, item)):
        return None
    clause = clause_of(passage, item)
    unsigned = DIFFERENCE.search(item.label) is not None
    amounts = [i for i in currents(passage, item, item) if not i.hedged and not _within(i, item)]
    beside = bool(amounts) and amounts[0].role is Role.PRIOR and item.order - amounts[0].order == 1
    dated = len(amounts) > 1 and years(amounts[1], amounts[0]) is not None
    adjusted = len(amounts) > 1 and amounts[1].role is Role.PRIOR and item.order - amounts[1].order == 2
    ahead, bracket = both_ahead(passage, item), _bracketed_prior(passage, item)
    told = unsigned or beside or dated or adjusted or ahead is not None or re.search(r"比|较|由|从|同", clause)
    if SKIP.search(clause) or not told:
        return None
    pair = named or _compared(item, amounts, beside, ahead, bracket)
    if pair is not None and pair[0].q.sentence != item.q.sentence and pair[1].role is Role.PRIOR:
        pair = _same_name([i for i in passage.items[: item.order] if kin(i.q, item.q) and not i.hedged], pair[1])
        named = pair  # 收入总计A，…。上年收入总计是B，多出D: the figure of the same name
    elif pair is not None and pair[0].q.sentence != item.q.sentence:
        return None
    if pair is None or (
        named is None and (_closes_list(passage, *pair) or _both_of_before(item, *pair) or any(map(_came, pair)))
    ):
        return None
    first, second = pair
    printed = {first.role, second.role} & {Role.PRIOR} or re.search(
        r"由|从|上年|去年|年初预算|20\d\d年", first.label + second.label
    )
    if not printed and named is None and ahead is None:
        return None
    dates = years(first, second)
    if named is not None or ahead is not None:
        current, prior = named or ahead or pair
    elif dates is not None:
        current, prior = (first, second) if dates[0] > dates[1] else (second, first)
    else:
        current, prior = (first, second) if _is_prior(second) else (second, first)
    change = current.q.base - prior.q.base
    spread = figure_interval(current.q.figure) - figure_interval(prior.q.figure)
    if change < 0:
        spread = Interval(-spread.high, -spread.low)
    outcome = compare_value(
        item.q.figure, abs(change), spread, f"|{as_printed(current.q.figure)} - {as_printed(prior.q.figure)}|"
    )
    others = [("current", current), ("base", prior)]
    if outcome.holds:
        if change and not unsigned and (change > 0) != (sign_of(item) > 0):
            return wrong_way(item, item, current, outcome)
        return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="amount")
    subject = _SUBJECT.search(prior.label)
    if subject and named is None and subject[1] not in current.label and not _GENERAL.search(subject[1]):
        return None  # 闭馆12天，开放天数比计划的280天少12天: it is the open days that are compared
    clear = (
        bracket is not None
        or ahead is not None
        or named is not None
        or ((dates is not None or _is_prior(prior)) and _right_behind(passage, item, max(current.order, prior.order)))
    )
    side_by_side = clear and (
        ahead is not None or (abs(current.order - prior.order) == 1 and item.order - max(current.order, prior.order) == 1)
    )
    near = item.q.base <= 3 * abs(change) and abs(change) <= 3 * item.q.base
    if not (near or side_by_side) and outcome.cause is None and not (item.money and abs(current.order - prior.order) == 1):
        return None  # the amount speaks of another figure
    shape = "beside" if side_by_side and _came_from(prior, current) else "amount"
    claim = claim_of(ClaimKind.CHANGE, item, others, outcome, shape=shape, confidence=SURE if clear else LIKELY)
    return claim if clear else undecidable(claim, "增减所比的两个数不能确定", "which two figures are compared is uncertain")


def _within(other: Item, item: Item) -> bool:
    """2020年支出428.75万元（含防控专项52.00万元），2021年减少19.37万元: what a bracket breaks out is compared with nothing outside it."""
    return other.q.depth > item.q.depth and other.role is not Role.PRIOR and _BROKEN_OUT.match(other.label) is not None


_BROKEN_OUT = re.compile("其中|含|包括|内含")


def _said_before(passage: Passage, item: Item) -> bool:
    """追加32万元，上年结转20万元，合计52万元，预算因此多52万元: the figures before make up the difference, or measure something else."""
    before = [i for i in passage.items[: item.order] if i.q.sentence == item.q.sentence]
    words = passage.text[before[-1].q.span.end : item.q.span.start] if before else ""
    return any(i.q.base == item.q.base and kin(i.q, item.q) for i in before) or _RECKONED.search(words) is not None


def _came_from(prior: Item, current: Item) -> bool:
    """由18分钟缩短至14分钟，缩短6分钟: no other figures can be meant, however far off the difference is."""
    return re.search("[由从]", prior.label) is not None and re.search(r"[到至为成]了?\s?$", current.gap) is not None


def _came(item: Item) -> bool:
    """年内新招录19人、从外单位调入9人、因退休减少1人: what came from somewhere is no figure that others are measured from."""
    return _MOVED_IN.search(item.label) is not None


def _closes_list(passage: Passage, current: Item, prior: Item) -> bool:
    """一等奖4项、二等奖9项、三等奖15项，比上年的22项多6项: all of the list are compared, not its last."""
    before = passage.items[current.order - 1] if current.order else None
    listed = (
        current.q.mark == "、" and before is not None and kin(before.q, current.q) and before.q.sentence == current.q.sentence
    )
    return listed and prior.order - current.order == 1


def _both_of_before(item: Item, first: Item, second: Item) -> bool:
    """2023年预算275万元、支出275万元，本年预算比上年增加9万元: both are the year before's, this year's figure is not printed."""
    earlier, later = sorted((first, second), key=lambda i: i.order)
    return later.q.mark == "、" and earlier.role is Role.PRIOR and _THIS_THAN_LAST.search(item.label) is not None


def _same_name(amounts: list[Item], prior: Item) -> tuple[Item, Item] | None:
    name = _NAME.search(prior.gap)
    current = [i for i in amounts if name and name[1] in i.gap[-8:] and i.role is not Role.PRIOR]
    return (current[0], prior) if len({i.q.base for i in current}) == 1 else None


def _right_behind(passage: Passage, item: Item, last: int) -> bool:
    """Whether nothing but the percentage of the same change stands between the two figures and the difference."""
    between = passage.items[last + 1 : item.order]
    return len(between) <= 1 and all(i.percent and i.role in DELTA for i in between)


def _compared(
    item: Item, amounts: list[Item], beside: bool, ahead: tuple[Item, Item] | None, bracket: Item | None
) -> tuple[Item, Item] | None:
    """The two figures that a difference compares, the nearer one second."""
    if ahead is not None:
        amounts = [ahead[1], ahead[0]]
    elif beside:
        amounts = [amounts[0], *(i for i in amounts[1:] if i.role not in (Role.PRIOR, Role.BUDGET))]
    else:
        amounts = [i for i in amounts if i.q.segment == item.q.segment]
    if bracket is not None:
        amounts = [bracket, *amounts]
    if len(amounts) < 2:
        return None
    first, second = amounts[1], amounts[0]
    if second.role is Role.PRIOR:
        # of several figures before the base, the one that the difference fits is meant
        fits = (i for i in amounts[1:] if abs(abs(i.q.base - second.q.base) - item.q.base) <= item.q.figure.ulp)
        first = next(fits, first)
    return first, second


def both_ahead(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """较上年减少25万元：上年80万元，今年55万元."""
    behind = [i for i in passage.items[item.order + 1 : item.order + 4] if not (i.percent and i.role in DELTA)][:2]
    if len(behind) < 2 or any(
        not kin(i.q, behind[0].q if item.percent else item.q) or i.percent or i.q.sentence != item.q.sentence for i in behind
    ):
        return None
    for current, prior in (behind, behind[::-1]):
        if prior.role is Role.PRIOR and re.search(r"今年|本年|当年|20\d\d年", current.label) and current.role not in DELTA:
            return current, prior
        if _BEFORE_IT.search(prior.label) and _AFTER_IT.search(current.label):
            return current, prior  # 压缩10万元，压缩前142万元，压缩后132万元
    return None


def _bracketed_prior(passage: Passage, item: Item) -> Item | None:
    """增加401万元（上年为447万元）."""
    behind = passage.items[item.order + 1 : item.order + 3]
    if behind and behind[0].percent and behind[0].role in DELTA:
        behind = behind[1:]  # 减支7.3万元，下降6.1%，上年该项支出为119万元
    after = behind[0] if behind else None
    if after is None or not kin(after.q, item.q) or after.q.sentence != item.q.sentence:
        return None
    bracket = after.q.depth > item.q.depth and after.gap.startswith("（")
    last = re.fullmatch(
        r"，(?:而|其中)?(?:上年|去年|上次|上期|上届|上学年|上年同期|去年同期|前一年|上季度?|上月)(?:度|末|底)?(?:(?:该|同|此)项)?(?:支出|收入|经费|数|决算数?)?(?:为|是|仅为|共|有|仅)*\s?",
        after.gap,
    )
    return after if (bracket and _is_prior(after)) or last else None


def years(first: Item, second: Item) -> tuple[int, int] | None:
    """The different years that the labels of two figures begin with."""
    found = [re.search(r"(20\d\d)年度?", i.label) for i in (first, second)]
    if found[0] is None or found[1] is None or found[0][1] == found[1][1]:
        return None
    return int(found[0][1]), int(found[1][1])


def _is_prior(item: Item) -> bool:
    return item.role is Role.PRIOR or bool(re.search(r"(?:由|从|比|较)[^，。]*$|上年|去年|年初预算数?$", item.label))


def nets(passage: Passage) -> Iterator[Claim]:
    """较上年增加44.8万元，其中A增加52.3万元，B减少7.5万元: the change of the whole is the sum of the changes of its parts."""
    for whole in passage.items[:-2]:
        if whole.role not in DELTA or whole.percent or whole.q.dimension is Dimension.POINTS or whole.hedged:
            continue
        parts = _changes_of_parts(passage, whole)
        if len(parts) < 2:
            continue
        signs = [sign_of(i) for i in parts]
        if sign_of(whole) < 0:
            signs = [-s for s in signs]
        outcome = compare_sum(whole.q.figure, [i.q.figure for i in parts], signs)
        told = partition_of([i.label for i in parts]) is not None
        if not outcome.holds and not told and len(set(signs)) == 1:
            continue  # 其中 need not name everything
        if not outcome.holds and outcome.cause is None:
            outcome = replace(outcome, cause=_turned(whole, parts, signs))
        both = _NET.search(whole.label) is not None and len(set(signs)) > 1  # 净增D：甲增加A，乙减少B
        yield claim_of(
            ClaimKind.CHANGE,
            whole,
            [("part", i) for i in parts],
            outcome,
            shape="netted" if both else "net",
            confidence=SURE if told or outcome.cause else LIKELY,
        )


def _changes_of_parts(passage: Passage, whole: Item) -> list[Item]:
    """The changes that 其中 tells behind a change, in its sentence or the one behind; their percentages stand between."""
    parts: list[Item] = []
    for item in passage.items[whole.order + 1 :]:
        if item.percent and item.role in DELTA:
            continue
        first = parts[0] if parts else item
        if item.q.sentence != first.q.sentence or (item.q.segment != first.q.segment and not item.gap.startswith("；")):
            break
        if item.role not in DELTA or item.hedged or not kin(item.q, whole.q) or item.q.dimension is Dimension.POINTS:
            return []
        if not parts and not _OF_WHICH.match(item.gap):
            return []
        parts.append(item)
    if not parts or _OPEN.search(passage.text, whole.q.span.end, parts[-1].q.span.end + 6):
        return []
    return parts


def _turned(whole: Item, parts: list[Item], signs: list[int]) -> Text | None:
    """The one change whose direction is the wrong way round, where that explains the sum."""
    total = sum((s * i.q.base for s, i in zip(signs, parts, strict=True)), ZERO)
    for n, (sign, item) in enumerate(zip(signs, parts, strict=True), 1):
        if total - 2 * sign * item.q.base == whole.q.base:
            return Text(f"第{n}项（{item.q.raw}）增减方向相反则相符", f"part {n} ({item.q.raw}) ties the other way round")
    return None
