"""Percentages that no other finder has settled, looked at once more: the readings that stand right beside them.

Words bind for certain: the figures of a bracket behind the percentage, a base called by its name (为合同约定的101%), a number told as one of
another (9个站中有8个, 占88.9%), the later of two (后者占). Figures that merely stand nearest accuse only by a slip of the pen: the printed
percentage is the right one with two digits swapped, or, where it has two decimals, with one digit changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.claims.arithmetic import Outcome, compare_ratio, slipped
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.changes import second_change
from gouji.claims.plausible import doubtful
from gouji.claims.ratios import percent_runs, quality_rates, rate_elsewhere, share_above, share_apart, together
from gouji.claims.ratios.rate_claim import of_two_budgets
from gouji.claims.ratios.rate_counts import within
from gouji.claims.ratios.second_ratio import Reading, nearest, told
from gouji.claims.ratios.share import AGAINST, counted_before
from gouji.claims.scene import AIMED, Item, Passage, Scene, kin, wholes
from gouji.claims.slips import explained
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, Figure

_AIM = re.compile(
    r"(?:目标|要求|标准|指标值?|计划|预期|力争|拟|应|不?[低高]于|不[少超]过?|控制在|上限|下限|红线|原|上年|去年|同期|前年|利率|费率|税率|权重|比例为)[值为是达到在的]*$"
)
_OF_AIM = re.compile(
    r"(?:^|[^应拟须])(?:是|为|相当于|完成|达到?|超过|超出|高出)(?:年度|年初|全年|原定?)*(?:目标|计划|指标|任务)[值数]?的?$"
)
_MOVED = frozenset({Role.UP, Role.DOWN})
_OUT = frozenset({Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT})
_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
_NAMED = re.compile(
    r"(?P<verb>占到?了?|为|是|相当于|等于|达到?了?|完成了?|用掉了?)(?:了|全部|全年|实际|年度|上述|同期|当年)*(?P<name>[\u4e00-\u9fff]{2,10}?)[数额量值]?的?\s?$"
)
_SHARE_OF = re.compile(
    r"占到?了?(?:其中|比)?(?:的|为|达)?$|占比(?:例|重)?(?:为|达)?$|(?:所占)?(?:比例|比重|比率|份额)(?:为|达|是)?$"
)
_LATER = re.compile(
    r"(?P<which>后者|后一[类项种部]|最后一[类项种]|前者|前一[类项种部])(?:仅|只|约|就)?(?:占|占比|的占比)[^，。；\d]{0,8}$"
)
_TOGETHER = re.compile(r"[一二两三四五六七八九十][项类个种者家部]|合起来|加起来|合计|共|之和|相加|一并|合并|总和")
_RATE_WORD = re.compile(r"(?:率|度|比例|比重|面|比率|进度|份额)(?:仅|只|为|达|是|达到|约|由此|保持|在)*$")
_STEM = re.compile(r"([\u4e00-\u9fff]{2})率")
_SHORT = re.compile(r"[^，；。）]{0,2}(?:因|由于|系|受|未|没|不|超|逾|延|缺|滞|落后|推迟|转|退)")
_SHORT_OF = re.compile(r"(?:未|没|不|超|逾|延|缺|滞|推迟)[\u4e00-\u9fff]{0,5}$")
_OPENS = re.compile(r"(?:的[\u4e00-\u9fff]{1,6})?（")
_GENERAL = re.compile(r"^(?:总|全部|整个|所有|该|其)|的$")


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A claim for every percentage that `claims` leave unsettled and its nearest figures bear out, contradict for certain, or explain by a slip."""
    settled = _settled(claims)
    read = {id(c.operands[0].quantity) for c in claims if c.verdict is Verdict.DISAGREES}
    apart = list(share_apart.find(scene, settled))
    yield from apart
    settled = {*settled, *(id(c.operands[0].quantity) for c in apart)}
    above = list(share_above.find(scene, settled))
    yield from above
    settled |= {id(c.operands[0].quantity) for c in above}
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions or len(passage.items) < 2:
            continue
        runs = list(percent_runs.find(passage, settled))
        yield from runs
        in_runs = {id(c.operands[0].quantity) for c in runs}
        for item in passage.items:
            if not item.percent or id(item.q) in settled or id(item.q) in in_runs or not _open(item):
                continue
            if item.role in _MOVED or second_change.moved(passage, item):
                claim = second_change.find(passage, item, read=id(item.q) in read)
            else:
                claim = _of_all_at_hand(scene, passage, item) or quality_rates.find(passage, item)
                claim = claim or together.find(item, passage) or _ratio(passage, item, read=id(item.q) in read)
                claim = claim or rate_elsewhere.find(scene, passage, item)
            if claim is not None:
                yield claim


def _open(item: Item) -> bool:
    """Whether a percentage is one that figures may bear out: no goal, no standard, nothing round."""
    if item.hedged or item.q.base in (0, HUNDRED) or item.role is Role.PRIOR or AIMED.match(item.after):
        return False
    return _AIM.search(item.label) is None or _OF_AIM.search(item.label) is not None


def _ratio(passage: Passage, item: Item, *, read: bool) -> Claim | None:
    if counted_before(passage, item) or AGAINST.search(passage.text, max(0, item.q.span.start - 30), item.q.span.start):
        return None
    failing: Claim | None = None
    for reading in (*told(passage, item), *_readings(passage, item), *(() if read else nearest(passage, item))):
        outcome = compare_ratio(item.q.figure, _figure(reading), reading.whole.q.figure)
        if outcome is None:
            continue
        if outcome.holds and (reading.sure or item.q.figure.places):
            return _claim(item, reading, outcome)
        if failing is not None or outcome.holds or reading.ties or any(i.hedged for i in (reading.part, reading.whole)):
            continue
        if _names_another(item, reading.part):
            continue
        if reading.sure or (slipped(item.q.figure, outcome) and not _of_another(passage, item, reading.whole)):
            failing = _claim(item, reading, outcome)
    return failing


def _figure(reading: Reading) -> Figure:
    """The figure of what a reading takes for the part: all but what fell short."""
    part, whole = reading.part.q.figure, reading.whole.q.figure
    if not reading.rest:
        return part
    value = (whole.base - part.base) / part.unit.factor
    return Figure(value, max(part.places, whole.places), part.unit)


_SUBJECT = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的?(?:数量?|人数|件数|户数|总数|金额))占")


def _names_another(item: Item, part: Item) -> bool:
    """立项数占受理数的75.47% behind 合格296份: whether the share names its part by a word that the figure does not bear."""
    told = _SUBJECT.fullmatch(item.label.partition("占")[0] + "占")
    name = told["name"] if told is not None else ""
    words = part.label + part.q.noun
    return bool(name) and not any(name[n : n + 2] in words for n in range(len(name) - 1))


def _of_another(passage: Passage, item: Item, whole: Item) -> bool:
    """占应筹数的94.00% beside 到位13720.5万元: whether a share names its whole by a word that the figure does not bear."""
    match = _NAMED.search(passage.text, max(0, item.q.span.start - 24), item.q.span.start)
    if match is None or not match["verb"].startswith("占") or re.search("[，。；：]", match[0]):
        return False
    name = _GENERAL.sub("", match["name"])
    return len(name) >= 2 and not any(name[n : n + 2] in whole.label for n in range(len(name) - 1))


_LEFT = re.compile(r"(?:剩余|结余|结转|余额|未支出|未执行|未使用|未支付|尚余|余下|余)[\u4e00-\u9fff]{0,4}$")
_SPENT_RATE = re.compile(r"(?:执行|支出|使用|支付|完成)(?:率|进度|比例)[\u4e00-\u9fff]{0,3}$")


def _of_all_at_hand(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """支出A，执行率P，剩余B结转: of A + B, which the document prints as the amount at hand."""
    spent = passage.items[item.order - 1] if item.order else None
    left = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if spent is None or left is None or not (spent.money and left.money) or not _SPENT_RATE.search(item.label):
        return None
    if spent.role is not Role.SPENT or not (left.role is Role.LEFT or _LEFT.search(left.label)) or spent.hedged or left.hedged:
        return None
    if not spent.q.segment == item.q.segment == left.q.segment:
        return None
    value = spent.q.base + left.q.base
    whole = next((i for i in scene.items() if i.money and i.q.base == value and i is not spent and not i.hedged), None)
    outcome = compare_ratio(
        item.q.figure, spent.q.figure, Figure(value, 2, spent.q.figure.unit) if whole is None else whole.q.figure
    )
    if outcome is None or (whole is None and not outcome.holds and not slipped(item.q.figure, outcome)):
        return None
    others = [("numerator", spent), ("left", left), *([("denominator", whole)] if whole is not None else [])]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="near", confidence=SURE if outcome.holds else LIKELY)


def _claim(item: Item, reading: Reading, outcome: Outcome) -> Claim:
    inside = reading.whole.label if item.order - reading.whole.order == 1 else ""  # 占工资总额A的P
    share = "占" in item.label + inside or "比重" in item.label
    kind = ClaimKind.SHARE if share else ClaimKind.RATE
    roles = ("part", "base") if share else ("numerator", "denominator")
    others = [(roles[0], reading.part), (roles[1], reading.whole)]
    shape = "beside" if reading.beside else "near"
    return claim_of(kind, item, others, outcome, shape=shape, confidence=SURE if outcome.holds or reading.bound else LIKELY)


def _readings(passage: Passage, item: Item) -> Iterator[Reading]:
    """The readings of a percentage, the surest first."""
    before = [i for i in passage.items[: item.order] if i.q.dimension in _FIGURES and i.role not in _OUT and i.q.base]
    yield from _in_bracket(passage, item, before)
    listed = [i for i in before if i.q.sentence == item.q.sentence]
    here = wholes(listed)
    if not here or _TOGETHER.search(passage.text, here[-1].q.span.end, item.q.span.start):
        return
    yield from _by_name(passage, item, before, here)
    last = here[-1]
    if item.order - last.order > 2 + len(listed) - len(here) or last.q.segment != item.q.segment:
        return
    called = _SHARE_OF.search(item.label) is not None or _RATE_WORD.search(item.label) is not None
    for whole, part in pairwise(here[-3:]):
        if called and kin(part.q, whole.q) and within(part, whole) and part.q.segment == item.q.segment:
            yield Reading(part, whole, sure=True, beside=True)
    if len(here) > 1 and kin(last.q, here[-2].q):
        yield from _of_two(item, last, here[-2], before)
    if called or item.label.startswith("占"):
        yield from _nearest(item, last, before)


def _of_two(item: Item, last: Item, first: Item, before: Sequence[Item]) -> Iterator[Reading]:
    """112名，非中共人士174名，后者占60.84%: of the whole before the two."""
    match = _LATER.search(item.label)
    if match is None:
        return
    part = first if match["which"].startswith("前") else last
    wholes = [i for i in before if i.order < first.order and kin(i.q, part.q) and i.q.base >= first.q.base + last.q.base]
    exact = [i for i in wholes if i.q.base == first.q.base + last.q.base]
    for whole in (*exact[-1:], *wholes[-1:]):
        yield Reading(part, whole, sure=bool(exact))


def _nearest(item: Item, part: Item, before: Sequence[Item]) -> Iterator[Reading]:
    """The figure before a percentage, of the figure before it, of the last one of the sentence before, of the largest so far."""
    others = [i for i in before if i.order < part.order and kin(i.q, part.q) and i.q.base >= part.q.base]
    if not others:
        return
    earlier = [i for i in others if i.q.sentence == item.q.sentence - 1]
    seen = []
    for whole in (others[-1], max(others, key=lambda i: i.q.base), *earlier[-1:], *earlier[:1]):
        if whole not in seen:
            seen.append(whole)
            yield Reading(part, whole, sure=False)


def _by_name(passage: Passage, item: Item, before: Sequence[Item], here: Sequence[Item]) -> Iterator[Reading]:
    """为合同约定的101.3%, 是目标的157.5%, 占可用资金的97%: the base called by its name, the part right before."""
    match = _NAMED.search(passage.text, max(0, item.q.span.start - 24), item.q.span.start)
    if match is None or re.search("[，。；：]", match[0]):
        return
    name = _GENERAL.sub("", match["name"])
    if len(name) < 2:
        return
    wholes = [
        i for i in before if name in i.label[-12:] or (len(i.label) >= 2 and i.label[-4:] in name and len(i.label[-4:]) >= 3)
    ]
    here = [i for i in here if i not in wholes[-1:]]
    if not wholes or not here:
        return
    whole, part = wholes[-1], here[-1]
    if of_two_budgets(item, part, whole):
        return
    if not kin(whole.q, part.q) or part.q.segment != item.q.segment:
        return
    alone = len({i.q.base for i in wholes if kin(i.q, part.q)}) == 1 and whole.q.sentence >= item.q.sentence - 1
    yield Reading(part, whole, sure=alone)


def _in_bracket(passage: Passage, item: Item, before: Sequence[Item]) -> Iterator[Reading]:
    """满意度94%（样本600人，满意564人）; 满意度88.8%（71人满意） behind 抽样80人: the figures of the bracket behind."""
    inside = _bracketed(passage, item)
    figures = [i for i in inside if i.q.dimension in _FIGURES and i.q.base]
    if len(figures) != len(inside) or not figures or len(figures) > 2:
        return
    if len(figures) == 2:
        if _apart(item, figures[1]) or _of_the_first(item, *figures):
            return
        stem = _STEM.search(passage.text, max(0, item.q.span.start - 30), item.q.span.start)
        if (
            stem is not None
            and stem[1] in figures[0].label
            and stem[1] not in figures[1].label
            and figures[0].q.base > figures[1].q.base
        ):
            return  # 完工率91.8%（主体完工291户，其中入住289户）
        if kin(figures[0].q, figures[1].q) and figures[0].q.base != figures[1].q.base:
            small, large = sorted(figures, key=lambda i: i.q.base)
            part, whole = (small, large) if item.q.base <= HUNDRED else (large, small)
            rest = _SHORT.match(part.after) is not None or _SHORT_OF.search(part.label) is not None
            rest = rest and part is figures[1] and part.q.base * 2 < whole.q.base and item.q.base * 2 > HUNDRED
            yield Reading(part, whole, sure=not any(i.role in _OUT for i in figures), beside=True, rest=rest)
        return
    alike = [i for i in before if kin(i.q, figures[0].q) and item.q.sentence - i.q.sentence <= 1]
    if not alike or figures[0].role in _OUT:
        return
    near = alike[-1]
    small, large = sorted((near, figures[0]), key=lambda i: i.q.base)
    if small.q.base != large.q.base:
        part, whole = (small, large) if item.q.base <= HUNDRED else (large, small)
        yield Reading(part, whole, sure=False)


_MEAN = re.compile("平均?$|平均|加权|均值")
_MOVED_TO = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{0,4}[升降增减涨跌扩缩压调][低高少加长至到为成]|到|至|→|[-—–~～]{1,2})[至到为]?\s?"
)
_BESIDE_IT = re.compile(r"\s?(?:、|[和与及][\u4e00-\u9fff]{0,6})\s?")


def _of_the_first(item: Item, first: Item, second: Item) -> bool:
    """完工率91.8%（完工291户，其中入住289户）: whether the first figure is what the rate's name counts, and the second a part of it."""
    name = item.label.rstrip("率比例")[-6:]
    pairs = {name[n : n + 2] for n in range(len(name) - 1)}
    inside = "其中" in second.label or "其中" in second.gap
    return inside and (not pairs or any(p in first.label for p in pairs)) and not any(p in second.label for p in pairs)


def _apart(item: Item, second: Item) -> bool:
    """37.9%（由29件降到18件）, 加权平均92.5%（抽查15.2万班次和3.4万班次）: whether a bracket tells a move, or two things side by side."""
    return (
        _MEAN.search(item.label) is not None
        or _MOVED_TO.fullmatch(second.gap) is not None
        or _BESIDE_IT.fullmatch(second.gap) is not None
    )


def _bracketed(passage: Passage, item: Item) -> list[Item]:
    """The figures of the bracket that opens right behind a percentage, or behind what it is of: 68.1%的点位（213个）."""
    if not _OPENS.match(item.after):
        return []
    close = passage.text.find("）", item.q.span.end)
    behind = passage.items[item.order + 1 : item.order + 5]
    return [i for i in behind if i.q.span.end <= close and i.q.depth > item.q.depth]


def _settled(claims: Sequence[Claim]) -> set[int]:
    """The figures (by identity) of which a claim is decided and its binding not in doubt."""
    return {id(c.operands[0].quantity) for c in claims if c.verdict is not Verdict.UNDECIDABLE and not doubtful(explained(c))}


def merged(claims: Sequence[Claim], seen: Sequence[Claim]) -> list[Claim]:
    """All claims, without those undecided or in doubt that the second look has settled."""
    known = {_of(c): c.confidence for c in claims if c.verdict is Verdict.DISAGREES}
    new = [replace(c, confidence=max(c.confidence, known.get(_of(c), c.confidence))) for c in seen]
    told = {id(c.operands[0].quantity) for c in new}
    kept = [c for c in claims if c.operands[0].quantity is None or id(c.operands[0].quantity) not in told]
    return [*kept, *new]


def _of(claim: Claim) -> tuple[int, frozenset[Span]]:
    """The stated figure and those it is told of."""
    return id(claim.operands[0].quantity), frozenset(o.span for o in claim.operands[1:])
