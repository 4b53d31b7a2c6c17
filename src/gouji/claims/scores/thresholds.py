"""How many of a list lie on one side of a threshold: 执行率甲84.6%，乙73.1%…，85%（含）以上的2个，不足80%的1个; 2个项目得分在90分以上，即甲（94分）、乙（92分）.

The list stands in the same paragraph, in the one paragraph that lists figures of the same subject, or in the table right above. Thresholds
that share out the whole line make up the number of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, plain
from gouji.model.record import record

_WORDS = ("以上", "以下", "低于", "不足", "不到", "超过", "高于", "之间", "至")
_THINGS = r"(?:的)?(?:项目|子项|单位|指标|专项|部门)?(?:有|为|共|数)*\s?"
_X = r"\d{2,3}(?:\.\d+)?"
_BAND = (
    rf"(?:(?P<a>{_X})\s?(?P<u>分|%)(?P<in1>（含）)?(?:及)?以(?P<side>上|下)(?P<in2>（含）)?"
    rf"|(?P<cmp>低于|不足|不到|未达到?|超过|高于|不低于)\s?(?P<x>{_X})\s?(?P<v>分|%)"
    rf"|(?P<low>{_X})\s?(?:分|%)?(?:（含）)?\s?(?:至|到|[—–~～-]+)\s?(?P<high>{_X})\s?(?P<w>分|%)(?:（不含）)?(?:之间)?)"
)
_COUNTED = re.compile(rf"{_BAND}{_THINGS}(?P<n>\d+)\s?[个项家]")
_NUMBERED = re.compile(r"\d\s?[个项家]")  # what both begin or end with
_NAMED = re.compile(
    rf"(?P<n>\d+)\s?[个项家](?:项目|子项|单位|专项)的?(?:自评)?(?:得分|评分|成绩|执行率)(?:在|为|达到?)?{_BAND}(?:，?(?:即|分别[为是]|包括|为)|：)"
)
_ALL = re.compile(r"(?P<t>\d+)\s?[个项家](?:项目|子项|单位|专项)(?:当?中|里)，")
_ABOVE = re.compile(r"上表|表中|以上各?项目|上述项目")
_COLUMN = {Dimension.SCORE: re.compile(r"得分|评分|成绩"), Dimension.PERCENT: re.compile(r"率$|进度$|率（%）$")}
_SUMMED = re.compile(r"合计|总|平均|小计")
_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s?[分%]?\s*")
_OPEN = re.compile(r"\s?等|（[^）]{0,8}）\s?等")
_OUT = (Role.WEIGHT, Role.DEDUCTED, Role.PRIOR, Role.TARGET)  # 提升 may be part of a project's name
_FEW, _SUBJECT = 3, 4  # members of a list; characters that name one subject


@record(slots=True)
class _Band:
    """The side of a threshold, or what lies between two; what is on the line belongs to it, does not, or may."""

    low: Decimal | None
    high: Decimal | None
    dimension: Dimension
    with_low: bool = True
    with_high: bool | None = False

    def holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (value == self.low and self.with_low)
        return above and (self.high is None or value < self.high or (value == self.high and bool(self.with_high)))

    def on_line(self, value: Decimal) -> bool:
        return value in (self.low, self.high)


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every number of members on one side of a threshold that `claims` do not hold yet."""
    told = {(c.operands[0].span.block, c.operands[0].span.end) for c in claims if c.kind is ClaimKind.DISTRIBUTION}
    for passage in scene.telling(*_WORDS):
        if not _NUMBERED.search(passage.text):
            continue
        counted = list(_COUNTED.finditer(passage.text))
        for match in _NAMED.finditer(passage.text):
            yield from _listed_behind(passage, match)
        for match in counted:
            if (passage.block.index, match.end()) in told:
                continue
            yield from _of_list(scene, passage, match, counted[0].start())
        if len(counted) > 1:
            yield from _shared_out(passage, counted)


def _band(match: re.Match[str]) -> _Band:
    unit = match["u"] or match["v"] or match["w"]
    dimension = Dimension.PERCENT if unit == "%" else Dimension.SCORE
    if match["side"]:
        value, within = Decimal(match["a"]), bool(match["in1"] or match["in2"])
        return _Band(value, None, dimension) if match["side"] == "上" else _Band(None, value, dimension, with_high=within)
    if match["cmp"]:
        value = Decimal(match["x"])
        above = match["cmp"] in ("超过", "高于", "不低于")
        return _Band(value, None, dimension, match["cmp"] == "不低于") if above else _Band(None, value, dimension)
    return _Band(Decimal(match["low"]), Decimal(match["high"]), dimension)


def _members(passage: Passage, dimension: Dimension, before: int) -> list[Item]:
    """The run of named figures of one kind that ends last before a place."""
    run: list[Item] = []
    for item in passage.items:
        if item.q.span.start >= before:
            break
        fits = item.q.dimension is dimension and not item.hedged and item.role not in _OUT and item.label
        joined = not run or (item.order == run[-1].order + 1 and item.q.sentence == run[-1].q.sentence)
        if fits and joined and (not run or item.q.mark in "、，；" or item.q.depth):
            run.append(item)
        elif len(run) < _FEW:
            run = [item] if fits else []
        elif item.q.dimension is dimension and not item.hedged:
            return []  # the list goes on with what cannot be read as its next member
    return run if len(run) >= _FEW and not _OPEN.match(run[-1].after) else []


def _of_list(scene: Scene, passage: Passage, match: re.Match[str], first: int) -> Iterator[Claim]:
    band = _band(match)
    members = _members(passage, band.dimension, first) or _elsewhere(scene, passage, band.dimension, first)
    values = [i.q.base for i in members] or _in_table(scene, passage, band.dimension)
    if len(values) < _FEW:
        return
    fits, said = sum(map(band.holds, values)), int(match["n"])
    loose = sum(band.on_line(v) for v in values)
    agrees = said == fits or (loose and abs(said - fits) <= loose and not (match["in1"] or match["in2"]))
    yield _claim(passage, match.span(), match[0], f"{fits}个", members, bool(agrees), values, abs(said - fits))


def _elsewhere(scene: Scene, passage: Passage, dimension: Dimension, first: int) -> list[Item]:
    """甲中心所属项目得分情况：… 在甲中心所属项目中，低于85分的…: the list of the one other paragraph whose opening names the subject."""
    start = max(passage.text.rfind(mark, 0, first) for mark in "。；") + 1
    head = passage.text[start:first]
    found = []
    for other in scene.passages:
        if other is passage or dimension not in other.dimensions or other.block.index > passage.block.index:
            continue
        run = _members(other, dimension, len(other.text))
        lead = other.text[: run[0].q.label_start] + run[0].label if run else ""
        if run and any(
            head[k : k + _SUBJECT] in lead for k in range(len(head) - _SUBJECT + 1) if head[k : k + _SUBJECT].isalpha()
        ):
            found.append(run)
    return found[0] if len(found) == 1 else []


def _in_table(scene: Scene, passage: Passage, dimension: Dimension) -> list[Decimal]:
    """注：上表…得分低于85分的有3个: the column of scores or rates of the table right above."""
    if not _ABOVE.search(passage.text):
        return []
    table = next((t for t in scene.document.tables if t.rows and t.rows[-1] == passage.block.index - 1), None)
    if table is None or not table.header_rows:
        return []
    blocks = scene.document.blocks
    heads = [c.column for r in table.rows[: table.header_rows] for c in blocks[r].cells if _COLUMN[dimension].search(c.text)]
    if len(set(heads)) != 1:
        return []
    values = []
    for r in table.rows[table.header_rows :]:
        cells = blocks[r].cells
        if cells and _SUMMED.search(cells[0].text):
            continue
        number = next((_NUMBER.fullmatch(c.text) for c in cells if c.column == heads[0]), None)
        if number is None:
            return []
        values.append(Decimal(number[1]))
    return values


def _listed_behind(passage: Passage, match: re.Match[str]) -> Iterator[Claim]:
    """2个项目得分在90分以上，即甲（94.4分）、乙（92.5分）: how many there are, and that each is where it is said to be."""
    band = _band(match)
    stops = [at for mark in "；。" if (at := passage.text.find(mark, match.end())) >= 0]
    stop = min(stops, default=len(passage.text))
    run = [i for i in passage.items if match.end() <= i.q.span.start < stop]
    if (
        not run
        or any(i.q.dimension is not band.dimension or i.hedged for i in run)
        or _OPEN.match(passage.text, run[-1].q.span.end)
    ):
        return
    values, said = [i.q.base for i in run], int(match["n"])
    yield _claim(passage, match.span(), match[0], f"{len(run)}个", run, said == len(run), values, abs(said - len(run)))
    for item in run:
        if not band.holds(item.q.base) and not band.on_line(item.q.base):
            yield _claim(passage, match.span(), match[0], item.q.raw, [item], False, [item.q.base], 0)


def _shared_out(passage: Passage, counted: Sequence[re.Match[str]]) -> Iterator[Claim]:
    """11个项目中，90分（含）以上4个；80分（含）至90分5个；80分以下2个: bands that leave nothing out make up all."""
    whole = None
    for m in _ALL.finditer(passage.text, 0, counted[0].start()):
        whole = m
    start = passage.text.rfind("。", 0, counted[0].start()) + 1
    if whole is None or whole.start() < start or "。" in passage.text[counted[0].end() : counted[-1].start()]:
        return
    bands = sorted((_band(m) for m in counted), key=lambda b: b.low if b.low is not None else Decimal(-1))
    touching = all(a.high == b.low for a, b in pairwise(bands))
    if bands[0].low is not None or bands[-1].high is not None or not touching:
        return
    said, numbers = int(whole["t"]), [int(m["n"]) for m in counted]
    parts = [place(Span(passage.block.index, *m.span("n")), "part") for m in counted]
    yield Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if said == sum(numbers) else Verdict.DISAGREES,
        stated=f"{said}个",
        computed=f"{sum(numbers)}个",
        operands=(place(Span(passage.block.index, *whole.span("t")), "stated"), *parts),
        difference=None if said == sum(numbers) else f"{abs(said - sum(numbers))}个",
        formula=" + ".join(map(str, numbers)) + f" = {sum(numbers)}",
        confidence=LIKELY,
        shape="bands",
    )


def _claim(
    passage: Passage,
    span: tuple[int, int],
    stated: str,
    computed: str,
    members: Sequence[Item],
    agrees: bool,
    values: Sequence[Decimal],
    off: int,
) -> Claim:
    listed: list[Operand] = [operand(i, "item") for i in members if i.q.span.block == passage.block.index]
    return Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated=stated,
        computed=computed,
        operands=(place(Span(passage.block.index, *span), "stated"), *listed),
        difference=f"{off}个" if off and not agrees else None,
        formula="所列：" + "、".join(plain(v) for v in values),
        confidence=LIKELY,
        shape="threshold",
    )
