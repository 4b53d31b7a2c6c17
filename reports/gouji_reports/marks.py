"""Marks: the text of a block cut where evidence begins or ends, so that overlapping evidence never nests."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise

from markupsafe import Markup, escape

from gouji.model.record import record
from gouji_reports.plain import visible


@record(frozen=True, slots=True)
class Mark:
    """Characters start..end of a block, and what they are evidence of.

    `finding` is the number of the finding, 0 where the span is only a figure of the ledger; `rank` orders findings by
    gravity (2 error, 1 warning, 0 notice, -1 waived); `primary` marks the faulty words themselves, `tied` a recomputed figure.
    """

    start: int
    end: int
    finding: int = 0
    rank: int = -2
    primary: bool = False
    tied: bool = True


_LETTERS = {2: "e", 1: "w", 0: "n", -1: "x"}


@record(slots=True)
class Marker:
    """Marks the texts of one document; `prefix` keeps its anchors apart from those of other documents."""

    prefix: str
    marks: dict[int, list[Mark]]

    def render(self, block: int, text: str, start: int = 0, end: int | None = None) -> Markup:
        """Characters start..end of a block's text, escaped, with its evidence marked."""
        end = len(text) if end is None else end
        marks = [m for m in self.marks.get(block, ()) if m.start < end and start < m.end]
        if not marks:
            return escape(visible(text[start:end]))
        return Markup("".join(self._cut(block, text, start, end, marks)))  # noqa: S704 - each piece is escaped

    def _cut(self, block: int, text: str, start: int, end: int, marks: list[Mark]) -> Iterator[str]:
        edges = {start, end}
        edges.update(edge for m in marks for edge in (m.start, m.end) if start < edge < end)
        bounds = sorted(edges)
        starts = {m.start for m in marks}
        coming = deque(sorted(marks, key=lambda m: m.start))
        over: list[Mark] = []  # the marks that cover the piece at hand; found in one sweep, however many there are
        for low, high in pairwise(bounds):
            while coming and coming[0].start <= low:
                over.append(coming.popleft())
            over = [m for m in over if m.end > low]
            words = escape(visible(text[low:high]))
            anchor = f"{self.prefix}b{block}c{low}" if low in starts else ""
            yield self._piece(words, over, anchor, high) if over else words

    def _piece(self, words: Markup, over: list[Mark], anchor: str, high: int) -> str:
        """One piece between two edges: a link to the gravest finding it belongs to, or a figure of the ledger.

        Put together as plain text, for there are thousands of them: all but `words`, which is escaped, is numbers and names of ours.
        """
        identity = f' id="{anchor}"' if anchor else ""
        found = sorted([m for m in over if m.finding], key=lambda m: (-m.rank, not m.primary, m.finding))
        if not found:
            kind = "t" if any(m.tied for m in over) else "u"
            return f'<span class="q {kind}"{identity}>{words}</span>'
        numbers = _unique(m.finding for m in found)
        ends = " ".join(map(str, _unique(m.finding for m in found if m.primary and m.end == high)))
        kind = _LETTERS[found[0].rank] + (" p" if any(m.primary for m in found) else "")
        data = f' data-f="{" ".join(map(str, numbers))}"' + (f' data-n="{ends}"' if ends else "")
        return f'<a class="m" href="#{self.prefix}f{numbers[0]}"><mark class="{kind}"{data}{identity}>{words}</mark></a>'


def _unique(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))
