"""Counts that point back to a list: 上述4项机制 behind （1）…（2）…（3）…; 以上共5个镇 below a table that numbers its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import LIKELY, place
from gouji.claims.counts.names import CONJUNCTION, split_names
from gouji.claims.scene import Scene
from gouji.claims.sums.listing import NumberedList
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import BlockKind
from gouji.model.fact import Span
from gouji.text.numerals import parse_chinese

_WORDS = ("以上", "上述", "前述", "上列", "上表", "表中")
_NUMBER = r"(?P<all>(?P<n>[两二三四五六七八九十]{1,2}|\d{1,2})\s?(?P<unit>个方面|[个项条类点种笔家款]))(?![^，。；]{0,10}(?:中|里)的?|[^，。；]{0,6}(?:合计|共计|总计|相加|之和|加总|共\s?\d))"
_BACK = re.compile(
    rf"(?:^|[。；])\s?(?:综合|综上，|针对|对照|围绕|结合|就)?(?:以上|上述|前述|上列)(?:的|所列|所述)?\s?{_NUMBER}"
)
_ROWS = re.compile(
    rf"(?:^|。)\s?(?:以上|上述|上列|上表|表中)[^。；，\d]{{0,16}}?，?(?:合计|共计?|总计|共有|共涉及|一共)?\s?{_NUMBER}"
)
_NAMED = re.compile(  # 甲大队、乙大队、丙所，上述三个大队（所）均为…
    r"(?:^|[。；])(?P<list>[\u4e00-\u9fff“”]{2,14}(?:、[\u4e00-\u9fff“”]{2,14}){2,}(?:[和与及][\u4e00-\u9fff]{2,14})?)，(?:以上|上述|前述|这)(?P<all>(?P<n>[两二三四五六七八九十]{1,2}|\d{1,2})\s?(?P<unit>[个家所项类种条支]))(?=[\u4e00-\u9fff])"
)
_NUMBERED = re.compile(r"（(\d{1,2})）|([①-⑳])")
_IS = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))([一二三四五六七八九十])是")


def find(scene: Scene, runs: Sequence[NumberedList]) -> Iterator[Claim]:
    """Every count that sums up a list before it."""
    ends = {run.end: run for run in runs}
    for index in sorted(scene.wording.having(*_WORDS)):
        block, text = scene.document.blocks[index], scene.facts.blocks[index].normal
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        for match in _BACK.finditer(text):
            told = _inline(index, text[: match.start("all")]) or _listed(ends.get(index)) or _rows(scene, index)
            if told is None and index and not match.start():
                told = _inline(index - 1, scene.facts.blocks[index - 1].normal)
            yield from _claims(index, match, told)
        for match in _NAMED.finditer(text):
            names = split_names(match["list"])
            joined = CONJUNCTION.search(names[-1]) is not None
            number = _stated(match)
            listed = number if joined and number == len(names) + 1 else len(names)
            yield from _claims(index, match, (listed or 0, Span(index, *match.span("list"))))
        if index and scene.document.blocks[index - 1].kind is BlockKind.ROW:
            for match in _ROWS.finditer(text):
                yield from _claims(index, match, _rows(scene, index))


def _stated(match: re.Match[str]) -> int | None:
    return int(match["n"]) if match["n"].isdigit() else parse_chinese(match["n"])


def _claims(index: int, match: re.Match[str], told: tuple[int, Span] | None) -> Iterator[Claim]:
    stated = _stated(match)
    if told is None or stated is None or abs(told[0] - stated) > _NEAR:
        return
    right, span = told
    unit = match["unit"]
    yield Claim(
        kind=ClaimKind.COUNT,
        verdict=Verdict.AGREES if right == stated else Verdict.DISAGREES,
        stated=match["all"],
        computed=f"{right}{unit}",
        operands=(place(Span(index, *match.span("all")), "stated"), place(span, "list")),
        difference=None if right == stated else f"{abs(right - stated)}{unit}",
        formula=f"列出{right}{unit}",
        confidence=LIKELY,
        shape="back",
    )


_NEAR = 3  # how far a count that means the list may be from it


def _listed(run: NumberedList | None) -> tuple[int, Span] | None:
    """The items of the list that ends right before the paragraph."""
    if (
        run is None
        or any(i.block.kind is BlockKind.HEADING for i in run.items)
        or run.items[-1].marker.number != len(run.items)
    ):
        return None
    last = run.items[-1]
    return len(run.items), Span(last.block.index, last.marker.start, last.marker.end)


def _inline(index: int, head: str) -> tuple[int, Span] | None:
    """The numbers of a list in the sentences before."""
    for pattern in (_NUMBERED, _IS):
        found = [(m, _number(m)) for m in pattern.finditer(head)]
        start = max((k for k, (_, n) in enumerate(found) if n == 1), default=None)
        run = found[start:] if start is not None else []
        if len(run) > 1 and [n for _, n in run] == list(range(1, len(run) + 1)):
            return len(run), Span(index, *run[-1][0].span())
    return None


def _number(match: re.Match[str]) -> int:
    text = next(g for g in match.groups() if g)
    return int(text) if text.isdigit() and text.isascii() else "一二三四五六七八九十".find(text) + 1 or ord(text) - 0x245F


def _rows(scene: Scene, index: int) -> tuple[int, Span] | None:
    """The numbered rows of the table that stands right above the paragraph."""
    blocks, at = scene.document.blocks, index - 1
    numbers: list[int] = []
    last = None
    while at >= 0 and blocks[at].kind is BlockKind.ROW:
        cell = re.match(r"\s*(\d{1,2})\s*\t", blocks[at].text)
        if cell is None:
            break
        last = last or Span(at, *cell.span(1))
        numbers.append(int(cell[1]))
        at -= 1
    if last is None or len(numbers) < _LEAST or numbers[::-1] != list(range(1, len(numbers) + 1)):
        return None
    return len(numbers), last


_LEAST = 2
