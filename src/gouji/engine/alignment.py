"""Which sentence of one version of a text became which sentence of the other.

Sentences that occur once in both versions are paired first, then repeated ones between the pairs on either side of them, then
sentences that differ in their figures alone; the rest, where the caller asks for it, by how much of their words and figures
they share. The heaviest run of pairs that keeps its order is the backbone: what crosses it has moved. (The idea is that of
patience diff; the heaviest increasing subsequence keeps a long chapter in place when a short one is taken across it.)
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.model import patterns as re

_END = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_DATED = re.compile(r"年|月|日|号")
_LEAD = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+(?:[、.是,]|部分|章)|\([一二三四五六七八九十\d]+\)|\d+[.、)](?!\d)|其[一二三四五六七八九十])+"
)
_ANCHOR = 6  # characters from which a sentence may hold the order of the text
_ALIKE = 0.42  # share of words and figures from which an edited sentence is the same one
_FEW = 2  # figures that may all change in a reworded sentence
_SAME_WORDS = 0.6  # share of words that then has to be the same


def squeezed(text: str) -> str:
    """`text` in one width and without white space: what two formats of one report have in common."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def figures(text: str) -> list[str]:
    """The figures of a squeezed text, in order."""
    return _FIGURE.findall(text)


def masked(text: str) -> str:
    """The words of a sentence's beginning, squeezed, without its number and with # for each figure."""
    return _FIGURE.sub("#", _LEAD.sub("", squeezed(text)))


@dataclass(frozen=True)
class Segment:
    """A sentence, or a table row, in its block."""

    index: int
    block: int
    start: int
    end: int
    key: str  # squeezed, without its number

    @cached_property
    def masked(self) -> str:
        """The words with # for each figure."""
        return _FIGURE.sub("#", self.key)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures that are no dates."""
        return frozenset(m[0] for m in _FIGURE.finditer(self.key) if not _DATED.match(self.key, m.end()))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of its words."""
        return frozenset(a + b for a, b in zip(self.masked, self.masked[1:], strict=False))


class Side:
    """One version of the text, cut into segments. `texts`: the text of each block, and whether it is a table row."""

    def __init__(self, texts: Mapping[int, tuple[str, bool]]) -> None:
        self.segments: list[Segment] = []
        self._starts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for block in sorted(texts):
            text, row = texts[block]
            for start, end in [(0, len(text))] if row else _sentences(text):
                key = squeezed(text[start:end])
                key = _LEAD.sub("", key) or key
                if key:
                    self._starts[block].append((start, len(self.segments)))
                    self.segments.append(Segment(len(self.segments), block, start, end, key))

    def at(self, block: int, position: int) -> int | None:
        """The number of the segment that holds a position."""
        starts = self._starts.get(block)
        if not starts:
            return None
        return starts[max(0, bisect_left(starts, (position + 1, -1)) - 1)][1]


class Alignment:
    """The pairing of the segments of two sides. `wanted`: segments of either side that are worth a search by likeness."""

    def __init__(self, old: Side, new: Side, wanted_old: Iterable[int] = (), wanted_new: Iterable[int] = ()) -> None:
        self.old, self.new = old, new
        self.forward: dict[int, int] = {}
        self.backward: dict[int, int] = {}
        self._backbone: list[tuple[int, int]] = []
        for masked in (False, True):
            self._pair_equal(masked=masked)
        self._pair_alike(sorted(set(wanted_old)), sorted(set(wanted_new)))

    def crosses(self, a: int, b: int) -> bool:
        """Whether the pair of old segment a and new segment b stands across the backbone, in another block."""
        p = bisect_left(self._backbone, (a, -1))
        q = bisect_left(self._new_order, b)
        low, high = min(p, q), max(p, q)
        here, there = self.old.segments[a].block, self.new.segments[b].block
        return any(
            self.old.segments[i].block != here and self.new.segments[j].block != there for i, j in self._backbone[low:high]
        )

    def _pair(self, a: int, b: int) -> None:
        self.forward[a] = b
        self.backward[b] = a

    def _pair_equal(self, *, masked: bool) -> None:
        groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, taken, place in ((self.old, self.forward, 0), (self.new, self.backward, 1)):
            for segment in side.segments:
                if segment.index not in taken:
                    groups[segment.masked if masked else segment.key][place].append(segment.index)
        repeated = []
        for left, right in groups.values():
            if len(left) == len(right) == 1:
                self._pair(left[0], right[0])
            elif left and right:
                repeated.append((left, right))
        self._brace()
        for left, right in repeated:
            self._pair_repeated(left, right)
        self._brace()

    def _pair_repeated(self, left: Sequence[int], right: Sequence[int]) -> None:
        """Equal sentences: those between the same two pairs of the backbone first, then the others in order."""
        gaps: dict[int, list[int]] = defaultdict(list)
        for b in reversed(right):
            gaps[self._gap_new(b)].append(b)
        late = []
        for a in left:
            if here := gaps[self._gap_old(a)]:
                self._pair(a, here.pop())
            else:
                late.append(a)
        for a, b in zip(late, (b for b in right if b not in self.backward), strict=False):
            self._pair(a, b)

    def _gap_old(self, a: int) -> int:
        return bisect_left(self._backbone, (a, -1))

    def _gap_new(self, b: int) -> int:
        return bisect_left(self._new_order, b)

    def _brace(self) -> None:
        weighed = [(a, b, len(self.old.segments[a].key)) for a, b in sorted(self.forward.items())]
        self._backbone = _heaviest([w for w in weighed if w[2] >= _ANCHOR], len(self.new.segments))
        self._new_order = [b for _, b in self._backbone]

    def _pair_alike(self, wanted_old: Sequence[int], wanted_new: Sequence[int]) -> None:
        """Sentences that were edited: the likest first, of equally like ones those in the same gap of the backbone."""
        free_old = [s for s in self.old.segments if s.index not in self.forward]
        free_new = [s for s in self.new.segments if s.index not in self.backward]
        found: dict[tuple[int, int], float] = {}
        for a in (self.old.segments[i] for i in wanted_old if i not in self.forward):
            found.update({(a.index, b.index): s for b in free_new if (s := self._likeness(a, b)) > 0})
        for b in (self.new.segments[i] for i in wanted_new if i not in self.backward):
            found.update({(a.index, b.index): s for a in free_old if (s := self._likeness(a, b)) > 0})
        for (i, j), _ in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            if i not in self.forward and j not in self.backward:
                self._pair(i, j)

    def _likeness(self, a: Segment, b: Segment) -> float:
        """0, or how much of words and figures two sentences share; a little more in the same gap."""
        words = _dice(a.pairs, b.pairs)
        if words <= 0:
            return 0.0
        figures = _dice(a.figures, b.figures)
        if (a.figures or b.figures) and not figures and (words < _SAME_WORDS or min(len(a.figures), len(b.figures)) > _FEW):
            return 0.0  # no figure and not the words: another sentence
        share = 0.6 * words + 0.4 * figures if a.figures and b.figures else words
        near = 0.05 if self._gap_old(a.index) == self._gap_new(b.index) else 0.0
        return share + near if share >= _ALIKE else 0.0


def _sentences(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _END.finditer(text) if m.end() > m.start()]


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _heaviest(pairs: Sequence[tuple[int, int, int]], width: int) -> list[tuple[int, int]]:
    """The heaviest subsequence of (old, new, weight), sorted by old, whose new numbers increase (a Fenwick tree of maxima)."""
    tree: list[tuple[int, int]] = [(0, -1)] * (width + 1)  # weight so far, number of the last pair
    before = []
    for number, (_, b, weight) in enumerate(pairs):
        best, i = (0, -1), b
        while i > 0:
            best, i = max(best, tree[i]), i & (i - 1)
        before.append(best[1])
        here, i = (best[0] + weight, number), b + 1
        while i <= width:
            tree[i], i = max(tree[i], here), i + (i & -i)
    best, i = (0, -1), width
    while i > 0:
        best, i = max(best, tree[i]), i & (i - 1)
    chain, at = [], best[1]
    while at >= 0:
        chain.append(pairs[at][:2])
        at = before[at]
    return chain[::-1]
