"""Numbered lists over several blocks: their items, the amount that each states, and the total that announces or closes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.scene import Item, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Block, BlockKind, Document, Marker, MarkerStyle
from gouji.model.quantity import Dimension
from gouji.model.record import record
from gouji.text.numerals import parse_chinese

_ANNOUNCES = re.compile(r"(?:如下|下列|以下|包括|分别为|分别是|分为|明细|构成|主要项目|具体)[^。；]{0,12}[：:。]?$|[：:]$")
_CLOSES = re.compile(r"以上|上述|上面|汇总|合计|共计|总计|上列|前述")
_SUMS_UP = re.compile(r"合计|共计|总计|总额|总投入|共|(?:以上|上述|上面|上列|前述)[^，。；]{0,16}[，]?$|汇总[，]?$")
_NOT_DONE = re.compile(r"未开展|未实施|未执行|未启动|未安排|未支出|未支付|未发生|取消|暂停|没有开展|尚未开展|停止实施|无支出")
_OUT = {Role.UP, Role.DOWN, Role.STANDARD, Role.PRIOR, Role.LEFT}
_ALL_PROJECTS = re.compile(
    r"(?:项目|专项|资金|经费|评价)[^，。；]{0,10}(?:总[量额]|合计|共计|金额|资金|支出|经费)|总(?:额|量|投入|支出)|合计|共计"
)
_ASIDE = re.compile(r"其他|其余|零星|另|除|外|未|取消|调减|收回")
_SOME = re.compile(r"主要|重点|大头|大额|较大|部分|几[项个笔]|如：|例如|前[两二三四五六七八九十]")
_INLINE_SKIP = {MarkerStyle.CHAPTER}


@record(slots=True)
class ListItem:
    """A numbered item with everything that stands under it up to the next number."""

    block: Block
    marker: Marker
    blocks: list[Block]
    money: list[Item]

    @property
    def text(self) -> str:
        """The running text of the item."""
        return "\n".join(b.text for b in self.blocks if b.kind is not BlockKind.ROW)


@record(slots=True)
class NumberedList:
    """A run of items numbered 1, 2, 3 …; `intro` is the block before the first."""

    items: list[ListItem]
    intro: Block | None
    end: int  # index of the block behind the last item


def lists(scene: Scene) -> list[NumberedList]:
    """Every run of at least two numbered items, in reading order; a run breaks where the numbers do not go on."""
    document = scene.document
    found: list[NumberedList] = []
    open_runs: dict[tuple[MarkerStyle, int | None], NumberedList] = {}
    for block in document.blocks:
        if block.kind in (BlockKind.HEADER, BlockKind.NOTE, BlockKind.ROW):
            continue
        marker = block.marker
        if marker is None or marker.style in _INLINE_SKIP:
            continue
        key = (marker.style, block.parent)
        run = open_runs.get(key)
        if run is not None and _goes_on(run, marker.number):
            run.items.append(ListItem(block, marker, [block], []))
        elif marker.number == 1:
            intro = document.blocks[block.index - 1] if block.index else None
            run = NumberedList([ListItem(block, marker, [block], [])], intro, block.index)
            open_runs[key] = run
            found.append(run)
        else:
            open_runs.pop(key, None)
    out = [run for run in found if len(run.items) >= 2]
    for run in out:
        _fill(scene, run)
    return out


def _goes_on(run: NumberedList, number: int) -> bool:
    """The next number; in a list of three or more also one that is told twice or left out."""
    last = run.items[-1].marker.number
    return number == last + 1 or (len(run.items) >= 3 and number in (last, last + 2))


def _fill(scene: Scene, run: NumberedList) -> None:
    blocks = scene.document.blocks
    for n, item in enumerate(run.items):
        last = n + 1 == len(run.items)
        stop = _end_of_last(scene.document, item.block) if last else run.items[n + 1].block.index
        item.blocks = [b for b in blocks[item.block.index : stop] if b.kind is not BlockKind.HEADER]
        for block in item.blocks:
            passage = scene.by_block.get(block.index)
            if passage is not None:
                item.money.extend(i for i in passage.items if i.money)
        if last:
            run.end = stop


def _end_of_last(document: Document, block: Block) -> int:
    """The last item ends with its own block, unless it is a heading: then with what stands under it."""
    stop = block.index + 1
    if block.kind is BlockKind.HEADING:
        while stop < len(document.blocks) and document.blocks[stop].parent == block.index:
            stop += 1
    return stop


def find(scene: Scene, runs: Sequence[NumberedList], tied: set[int]) -> Iterator[Claim]:
    """Totals over numbered lists. `tied` holds id() of quantities that already stand as a total of something else."""
    used: set[int] = set()
    for run in runs:
        if sum(1 for i in run.items if i.money) < 2:
            continue
        claims = [
            claim
            for whole, announced in _wholes(scene, run)
            if id(whole.q) not in used and (claim := _judge(whole, run, announced)) is not None
        ]
        holding = [c for c in claims if c.verdict in (Verdict.AGREES, Verdict.AGREES_BY_ROUNDING)]
        for claim in holding or claims[:1]:
            whole_id = id(claim.operands[0].quantity)
            if claim.verdict is not Verdict.AGREES and whole_id in tied:
                continue
            used.add(whole_id)
            yield claim
    yield from _elsewhere(scene, runs, tied | used)


def _wholes(scene: Scene, run: NumberedList) -> Iterator[tuple[Item, bool]]:
    if run.intro is not None:
        passage = scene.by_block.get(run.intro.index)
        if passage is not None and _ANNOUNCES.search(passage.text.rstrip()):
            last = passage.items[-1].q.sentence
            if _SOME.search(passage.text[passage.items[-1].q.span.end :]):
                return  # 项目支出T，主要的几项：
            for item in reversed(passage.items):
                if item.money and item.role not in _OUT and item.q.sentence >= last - 1:
                    yield item, True
    if run.end < len(scene.document.blocks):
        passage = scene.by_block.get(run.end)
        number = (
            re.match(r"(?:以上|上述|上面|前述)([一二两三四五六七八九十]+|\d+)(?:项|个|类|笔)", passage.text)
            if passage is not None
            else None
        )
        if number is not None and (int(number[1]) if number[1].isdigit() else parse_chinese(number[1])) != len(run.items):
            return  # sums up another list
        if passage is not None and _CLOSES.search(passage.text[:20]):
            for item in passage.items[:3]:
                if (
                    item.money
                    and item.role not in _OUT
                    and item.q.sentence == 0
                    and _SUMS_UP.search(item.gap)
                    and not _ASIDE.search(item.gap)
                ):
                    yield item, True


def _getters(whole: Item) -> list[Callable[[ListItem], Item | None]]:
    def first(i: ListItem) -> Item | None:
        return next((m for m in i.money if m.role not in _OUT), None)

    def role(i: ListItem) -> Item | None:
        return next((m for m in i.money if m.role is whole.role), None) or first(i)

    def last(i: ListItem) -> Item | None:
        return next((m for m in reversed(i.money) if m.role not in _OUT), None)

    def spent(i: ListItem) -> Item | None:
        return next((m for m in i.money if m.role is Role.SPENT), None) or first(i)

    def budget(i: ListItem) -> Item | None:
        return next((m for m in i.money if m.role is Role.BUDGET), None) or first(i)

    return [role, first, spent, budget, last]


def _judge(whole: Item, run: NumberedList, announced: bool) -> Claim | None:
    main: tuple[list[Item], Outcome] | None = None
    rounding: tuple[list[Item], Outcome] | None = None
    for getter in _getters(whole):
        parts = [p for p in (getter(i) for i in run.items) if p is not None and p.q is not whole.q and kin(p.q, whole.q)]
        if len(parts) < 2:
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
        if outcome.verdict is Verdict.AGREES:
            return _claim(whole, parts, outcome)
        if outcome.holds:
            rounding = rounding or (parts, outcome)
        main = main or (parts, outcome)
    if rounding is not None:
        return _claim(whole, *rounding)
    if main is None:
        return None
    parts, outcome = main
    claim = _claim(whole, parts, outcome)
    missing = [i for i in run.items if not i.money and not _NOT_DONE.search(i.text)]
    several = [i for i in run.items if len([m for m in i.money if m.role not in _OUT]) > 1]
    hedged = whole.hedged or any(p.hedged for p in parts)
    if not announced or missing or hedged or (several and len({p.role for p in parts}) > 1):
        return undecidable(claim, "各项金额不全或口径不一", "an item states no amount, or amounts of different kinds")
    if several and outcome.right > 2 * whole.q.base:
        return undecidable(claim, "各项金额口径不一", "amounts of different kinds")
    return _claim(whole, parts, outcome, SURE if not several or outcome.cause else LIKELY)


def _claim(whole: Item, parts: Sequence[Item], outcome: Outcome, confidence: float = SURE) -> Claim:
    return claim_of(ClaimKind.TOTAL, whole, [("part", p) for p in parts], outcome, shape="list", confidence=confidence)


def _elsewhere(scene: Scene, runs: Sequence[NumberedList], used: set[int]) -> Iterator[Claim]:
    """A total of all projects stated far from the list of projects: 应评价资金总量, 项目资金合计."""
    projects = [r for r in runs if len(r.items) >= 3 and sum(1 for i in r.items if i.money) >= max(2, len(r.items) * 2 // 3)]
    if not projects:
        return
    wholes = [
        i
        for i in scene.items()
        if i.money and i.role not in _OUT and _ALL_PROJECTS.search(i.label) and not _ASIDE.search(i.label)
    ]
    for run in projects:
        inside = {b.index for i in run.items for b in i.blocks}
        for item in wholes:
            if item.q.span.block in inside or id(item.q) in used:
                continue
            claim = _judge(item, run, announced=_same_number(scene, item, run))
            if claim is None or claim.verdict is Verdict.UNDECIDABLE:
                continue
            off = abs((claim.right or item.q.base) - item.q.base)
            if claim.verdict is Verdict.DISAGREES and claim.cause is None and off * 5 > item.q.base:
                continue  # too far off to be this list's total
            used.add(id(item.q))
            yield claim


def _same_number(scene: Scene, item: Item, run: NumberedList) -> bool:
    """Whether the sentence also counts as many projects as the list has items: then it speaks of this list."""
    passage = scene.by_block[item.q.span.block]
    return any(
        i.q.dimension is Dimension.COUNT
        and i.q.sentence == item.q.sentence
        and i.q.base == len(run.items)
        and "项目" in (i.label + i.q.noun[:4])
        for i in passage.items
    )
