"""The set phrases of final accounts and fiscal bulletins, whose words leave no choice of figures.

预算A，支出决算B，完成预算的P; B，完成预算A的P; V。与上年相比，…增加D，增长P; 增长P，增收D; 占本年支出合计的P (部门决算公开范本). Other finders look for
the figures of a percentage among those around it and hold back what is far off; here the percentage stands right behind its figures, with
nothing else between, so that whatever it says is told of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import (
    as_printed,
    compare_growth_by,
    compare_ratio,
    compare_sum,
    compare_value,
    figure_interval,
    slipped,
    sums_up,
)
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.changes import named_growth
from gouji.claims.changes.change_words import DELTA, SKIP, clause_of, sign_of
from gouji.claims.ratios import shared_list
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.cues import NOT_A_PART
from gouji.claims.sums.judge import total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Block, BlockKind
from gouji.model.quantity import Dimension, Interval

_BUDGET = r"(?:年初|全年|调整后?|当年|年度|本年度?)*预算数?(?:总额|资金)?"
_BUDGETED = re.compile(rf"{_BUDGET}(?:为|是)?\s?$")
_SPENT = re.compile(r"，(?:当年|本年|全年|年末|实际)*(?:支出|执行)?(?:决算|执行|支出)数?(?:为|是)?\s?")
_DONE = re.compile(rf"，(?:完成|为|占|达到?)(?:了)?{_BUDGET}的?(?:比例)?(?:为)?\s?")
_OF_BUDGET = re.compile(rf"，(?:完成|为|占)(?:了)?{_BUDGET}(?:为)?\s?")
_OF = re.compile(r"\s?的\s?")
_VERSUS = r"(?:同比(?:上年度?|去年)?|(?:与|和|同|较|比)\s?(?:上年度?|去年|20\d\d\s?年度?|上一年度?)(?:同期)?(?:决算数?|预算数?)?(?:相比|比较)?)"
_RATE = r"(?:同比|增幅|降幅|幅度)?(?:增长|下降|增加|减少|上升|降低|增幅|降幅|减幅)(?:了|为|达)?"
_DELTA = re.compile(
    rf"，?(?:{_VERSUS}，?)?(?:累计|净|总体)*(?:增加|减少|增收|减收|增支|减支|增长|下降|增|减)(?:了|额|数|为)*\s?"
)
_PERCENT = re.compile(rf"，?(?:{_VERSUS}，?)?{_RATE}\s?")
_UNSIGNED = re.compile(r"，(?:变动|变化|增减|浮动|升降)(?:的)?(?:幅度|率|比例|比率)(?:为|达|是)?\s?")  # 减少D，变动幅度P
_OPENS = re.compile(
    rf"{_VERSUS}，?(?P<subject>[\u4e00-\u9fff“”、]*?)(?:累计|净|总体)*(?:增加|减少|增收|减收|增支|减支|增长|下降|增|减)(?:了|额|数|为)*\s?$"
)
_THAN = re.compile(r"，(?:比|较|与|同)[^，。；\d]{0,6}(?:20\d\d\s?年度?)?[^，。；\d]{0,12}\s?")
_BY = re.compile(r"\s?(?:相比|比较)?，?(?:净)?(?:减少|增加|下降|增长|上升|降低|提高)(?:了)?\s?")
_SHARE = re.compile(r"，占(?P<whole>(?:本年度?|全年|当年)(?:支出|收入)(?:合计|总计|总额))的?(?:比例|比重)?(?:为)?\s?")
_SHARE_OF_BUDGET = re.compile(
    r"，?(?:仅|只|约|已)?占(?P<whole>(?:年度|全年|项目|资金|工程)?(?:总预算|预算总额|预算总数|预算|总投资|投资总额|合同总价|合同总额|中标总价|成交总价|资金总额))的?(?:比例|比重)?(?:为)?\s?"
)
_PART_OF = re.compile(r"，占[^，。；：\d]{0,24}\s?")
_ANNOUNCES = re.compile(r"(?:其中|如下|包括)[：:]\s*$")
_STAGE = re.compile(r"(?:预算|决算)?(?:总额|数)?$")
_NAMED = re.compile(r"，占(?P<whole>[\u4e00-\u9fff]{4,18}?)的?(?:比例|比重)?(?:为)?\s?")
_FAR = 10  # paragraphs with figures that a whole may stand before its parts
_COPULA = re.compile(r"(?:为|是|共|达)?\s?$")
_BOTH_SIDES = re.compile(r"收入?、?支出?(?:总计|合计|总额)?各(?:自)?")
_SUMMED = re.compile(r"(?:总计|合计|总额|决算数|预算数|数)$")
_MAY_TELL = re.compile("预算|[增减降升占]")
_ECONOMIC = re.compile(r"工资福利|商品和?服务|对个人和?家庭|资本性支出|债务利息")  # 部门预算支出经济分类科目
_NAME = 5  # characters of a name that leaves out the end of another
_MEMBER = 20  # characters before the amount that a part opens with


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """What the set phrases say of figures that no claim bears out yet; `claims`: of the finders before."""
    holding = {id(c.operands[0].quantity) for c in claims if c.verdict in (Verdict.AGREES, Verdict.AGREES_BY_ROUNDING)}
    stated = {id(c.operands[0].quantity) for c in claims if c.verdict is not Verdict.UNDECIDABLE}
    moved = {id(c.operands[0].quantity) for c in claims if c.kind is ClaimKind.CHANGE and id(c.operands[0].quantity) in holding}
    names = named_growth.Names(scene)
    yield from shared_list.find(scene, holding)
    for passage in scene.passages:
        if passage.block.kind is BlockKind.ROW:
            continue
        if Role.PRIOR in passage.roles:
            yield from (c for i in passage.items if id(i.q) not in moved and (c := _between(passage, i)) is not None)
        if Dimension.PERCENT in passage.dimensions and _MAY_TELL.search(passage.text):
            for item in passage.items:
                if item.percent and not item.hedged and id(item.q) not in holding:
                    claim = _of_budget(passage, item) or _growth_of(names, passage, item)
                    claim = claim or _of_year(scene, passage, item) or _of_named(scene, passage, item)
                    if claim is not None:
                        yield claim
        if passage.text.endswith(("其中：", "其中:")):
            yield from _below(scene, passage, stated)


def _run(passage: Passage, item: Item, number: int) -> list[Item]:
    """The `number` figures right before one in its sentence; fewer where the sentence begins between."""
    run = passage.items[max(0, item.order - number) : item.order]
    return [i for i in run if i.q.sentence == item.q.sentence and not i.hedged]


def _of_budget(passage: Passage, item: Item) -> Claim | None:
    """年初预算为A，支出决算为B，完成年初预算的P; B，完成预算A的P."""
    run = _run(passage, item, 2)
    if len(run) < 2 or not (run[0].money and run[1].money) or not kin(run[0].q, run[1].q) or run[0].q.depth != item.q.depth:
        return None
    first, second = run
    if _SPENT.fullmatch(second.gap) and _DONE.fullmatch(item.gap) and _BUDGETED.search(_before(passage, first)):
        done, budget = second, first
    elif _OF_BUDGET.fullmatch(second.gap) and _OF.fullmatch(item.gap) and first.role not in DELTA:
        done, budget = first, second
    else:
        return None
    outcome = compare_ratio(item.q.figure, done.q.figure, budget.q.figure)
    others = [("numerator", done), ("denominator", budget)]
    return claim_of(ClaimKind.RATE, item, others, outcome, shape="beside") if outcome is not None else None


def _before(passage: Passage, item: Item) -> str:
    """The words of the sentence before a figure, from the figure before it on."""
    start = passage.items[item.order - 1].q.span.end if item.order else 0
    return passage.text[start : item.q.span.start]


def _growth_of(names: named_growth.Names, passage: Passage, item: Item) -> Claim | None:
    """V，比上年增加D，增长P; V。与上年相比，增加D，增长P; V，比上年增长P，增收D."""
    before = passage.items[item.order - 1] if item.order else None
    unsigned = before is not None and before.role in DELTA and _UNSIGNED.fullmatch(item.gap) is not None
    if not (item.role in DELTA or unsigned) or SKIP.search(clause_of(passage, item)):
        return None
    after = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if before is not None and not before.percent and (unsigned or (before.role is item.role and _PERCENT.fullmatch(item.gap))):
        delta, first = before, before
    elif after is not None and after.role is item.role and not after.percent and _ahead(item, after):
        delta, first = after, item
    else:
        return None
    if delta.q.dimension not in (Dimension.MONEY, Dimension.COUNT) or delta.hedged or delta.q.sentence != item.q.sentence:
        return None
    prior = passage.items[first.order - 1] if first is delta and first.order else None
    if prior is not None and prior.role is Role.PRIOR and _THAN.fullmatch(prior.gap) and _BY.fullmatch(first.gap):
        outcome = compare_ratio(item.q.figure, delta.q.figure, prior.q.figure) if kin(prior.q, delta.q) else None
        printed = outcome is not None and not prior.hedged and prior.q.depth == delta.q.depth
        others = [("change", delta), ("base", prior)]
        return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="beside") if outcome is not None and printed else None
    current = _current(passage, first, delta)
    if current is not None:
        return _grown(item, delta, current)
    return named_growth.find(names, passage, item, delta, _grown) if first is delta else None


def _ahead(item: Item, after: Item) -> bool:
    return after.q.segment == item.q.segment and _DELTA.fullmatch(after.gap) is not None and after.gap.startswith("，")


def _current(passage: Passage, first: Item, delta: Item) -> Item | None:
    """The figure whose growth begins at `first`: right before it, or the one that the sentence before tells under that name."""
    sentence = [i for i in passage.items[: first.order] if i.q.sentence == first.q.sentence]
    if sentence:
        before = sentence[-1]
        if before.percent and len(sentence) > 2 and _OF.fullmatch(before.gap) and _OF_BUDGET.fullmatch(sentence[-2].gap):
            before = sentence[-3]  # V，完成预算A的R，比上年增加D
        elif before.percent and len(sentence) > 1 and (_DONE.fullmatch(before.gap) or _PART_OF.fullmatch(before.gap)):
            before = sentence[-2]  # V，完成预算的R，比上年增加D; V，占T的R，比上年增加D
        told = _DELTA.fullmatch(first.gap) if not first.percent else _PERCENT.fullmatch(first.gap)
        return before if told and _may_grow(before, delta) else None
    opens = _OPENS.search(passage.text, max(0, first.q.span.start - 60), first.q.span.start)
    start = passage.text.rfind("。", 0, first.q.span.start) + 1
    if opens is None or passage.text[start : opens.start()].strip():
        return None
    earlier = [
        i
        for i in passage.items[: first.order]
        if i.q.sentence == first.q.sentence - 1 and i.role not in DELTA and kin(i.q, delta.q) and not i.q.depth
    ]
    subject = _SUMMED.sub("", opens["subject"])
    if _BOTH_SIDES.fullmatch(subject):  # 收、支总计均为V。与上年相比，收、支总计各减少D
        earlier = earlier[:1] if len({i.q.base for i in earlier}) == 1 else []
    elif subject:
        names = {id(i): _SUMMED.sub("", _COPULA.sub("", _before(passage, i))) for i in earlier}
        exact = [i for i in earlier if names[id(i)].endswith(subject)]
        earlier = exact or [i for i in earlier if len(earlier) == 1 and len(subject) > _NAME and subject in names[id(i)]]
    return earlier[0] if len(earlier) == 1 and _may_grow(earlier[0], delta) else None


def _may_grow(current: Item, delta: Item) -> bool:
    plain = current.role not in (*DELTA, Role.PRIOR, Role.STANDARD) and not current.percent and not current.hedged
    return plain and kin(current.q, delta.q) and current.q.depth == delta.q.depth


def _grown(item: Item, delta: Item, current: Item) -> Claim | None:
    sign = sign_of(delta)
    if (item.role in DELTA and sign_of(item) != sign) or item.q.figure.value < 0:
        return None
    outcome = compare_growth_by(item.q.figure, delta.q.figure, current.q.figure, -sign)
    if outcome is None:
        return None
    return claim_of(ClaimKind.CHANGE, item, [("change", delta), ("current", current)], outcome, shape="beside")


def _between(passage: Passage, item: Item) -> Claim | None:
    """V，比上年R减少D: D = |V − R|, where the three stand in a row."""
    run = _run(passage, item, 2)
    if item.role not in DELTA or item.percent or item.hedged or len(run) < 2 or SKIP.search(clause_of(passage, item)):
        return None
    current, prior = run
    if prior.role is not Role.PRIOR or not kin(prior.q, item.q) or not _may_grow(current, item):
        return None
    if not _THAN.fullmatch(prior.gap) or not _BY.fullmatch(item.gap) or prior.q.depth != item.q.depth:
        return None
    change = current.q.base - prior.q.base
    spread = figure_interval(current.q.figure) - figure_interval(prior.q.figure)
    if change < 0:
        spread = Interval(-spread.high, -spread.low)
    words = f"|{as_printed(current.q.figure)} - {as_printed(prior.q.figure)}|"
    outcome = compare_value(item.q.figure, abs(change), spread, words)
    if not change or (outcome.holds and (change > 0) != (sign_of(item) > 0)):
        return None  # the direction is told elsewhere
    return claim_of(ClaimKind.CHANGE, item, [("current", current), ("base", prior)], outcome, shape="beside")


def _of_year(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """V，占本年支出合计的P; V仅占年度预算的P, where the document gives the whole of that name in another place."""
    sure = _SHARE.fullmatch(item.gap)
    match = sure or _SHARE_OF_BUDGET.fullmatch(item.gap)
    part = passage.items[item.order - 1] if item.order else None
    if match is None or part is None or not part.money or part.hedged or part.q.sentence != item.q.sentence:
        return None
    wholes = [
        i
        for p in scene.passages
        if match["whole"] in p.text
        for i in p.items
        if i.money and not i.hedged and i.role not in DELTA and _COPULA.sub("", _before(p, i)).endswith(match["whole"])
    ]
    if len({i.q.base for i in wholes}) != 1 or (sure is None and wholes[0].q.base <= part.q.base):
        return None
    outcome = compare_ratio(item.q.figure, part.q.figure, wholes[0].q.figure)
    if outcome is None:
        return None
    others = [("part", part), ("base", wholes[0])]
    if sure is not None:
        return claim_of(ClaimKind.SHARE, item, others, outcome, shape="beside")
    return claim_of(ClaimKind.SHARE, item, others, outcome, confidence=SURE if outcome.holds else LIKELY)


def _of_named(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """基本支出预算T。其中： and, in paragraphs of their own, 工资福利支出A，占基本支出预算的P: the whole of that name, a few paragraphs before."""
    match = _NAMED.fullmatch(item.gap)
    part = passage.items[item.order - 1] if item.order else None
    if match is None or part is None or not part.money or part.hedged or part.q.sentence != item.q.sentence:
        return None
    at = scene.order[passage.block.index]
    wholes = [
        i
        for earlier in reversed(scene.passages[max(0, at - _FAR) : at])
        for i in earlier.items
        if i.money and not i.hedged and _short(_before(earlier, i)).endswith(_short(match["whole"]))
    ]
    for whole in wholes:
        outcome = compare_ratio(item.q.figure, part.q.figure, whole.q.figure) if whole.q.base >= part.q.base else None
        if outcome is None or (
            not outcome.holds and (len({w.q.base for w in wholes}) > 1 or not _parents(scene, passage, whole))
        ):
            continue
        sure = outcome.holds or slipped(item.q.figure, outcome)
        return claim_of(ClaimKind.SHARE, item, [("part", part), ("base", whole)], outcome, confidence=SURE if sure else LIKELY)
    return None


def _parents(scene: Scene, passage: Passage, whole: Item) -> bool:
    """Whether the paragraph of the whole announces those that follow, the passage among them: …。其中："""
    block = scene.document.blocks[whole.q.span.block]
    return _ANNOUNCES.search(block.text) is not None and passage.block.index - block.index <= _FAR


def _short(name: str) -> str:
    """A name without what a short reference leaves out: 项目支出预算, 项目支出."""
    return _STAGE.sub("", _COPULA.sub("", name))


def _below(scene: Scene, passage: Passage, stated: set[int]) -> Iterator[Claim]:
    """基本支出T。其中： and, in paragraphs of their own, 人员经费A，主要包括…。 公用经费B，主要包括…。"""
    last = passage.sentences[-1]
    wholes = [i for i in last if i.money and i.role not in NOT_A_PART and not i.hedged and not i.q.depth]
    if len(wholes) != 1 or id(wholes[0].q) in stated:
        return
    whole = wholes[0]
    parts: list[Item] = []
    for block in scene.document.blocks[passage.block.index + 1 : passage.block.index + 8]:
        if block.kind is BlockKind.PARAGRAPH and block.index not in scene.by_block:
            continue  # what the part before is for
        part = _opening(scene, block, whole)
        if part is None:
            break
        listed = [] if parts else _listed(scene.by_block[block.index], part)
        if listed:
            parts = listed
            break
        parts.append(part)
    figures = [p.q.figure for p in parts]
    labels = [p.label for p in parts]
    fixed = v.partition_of(labels) is not None or all(_ECONOMIC.search(label) for label in labels)
    if len(parts) >= 2 and (fixed or sums_up(whole.q.figure, figures)):
        yield total_claim(whole, parts, compare_sum(whole.q.figure, figures), "follows", SURE)


def _listed(passage: Passage, first: Item) -> list[Item]:
    """基本支出A，项目支出B: a fixed breakdown in the first sentence of a paragraph."""
    row = [i for i in passage.sentences[0] if kin(i.q, first.q)]
    told = len(row) == len(passage.sentences[0]) and not any(i.hedged or i.role in NOT_A_PART for i in row)
    return row if told and len(row) > 1 and v.partition_of([i.label for i in row]) is not None else []


def _opening(scene: Scene, block: Block, whole: Item) -> Item | None:
    """The amount that a paragraph opens with."""
    passage = scene.by_block.get(block.index)
    if passage is None or block.kind is not BlockKind.PARAGRAPH:
        return None
    first = passage.items[0]
    if first.q.span.start > _MEMBER or not kin(first.q, whole.q) or first.hedged or first.role in NOT_A_PART:
        return None
    return first
