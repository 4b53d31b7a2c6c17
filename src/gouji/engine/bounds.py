"""How much of a document its result may quote: a paragraph with thousands of faults must not make gigabytes.

Each evidence carries the whole text of its block, so that a result grows with faults times length. What goes beyond the room
is left out, the least grave first, and said to be left out; no document that a person wrote comes near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Protocol, TypeVar

from gouji.model.document import NotChecked
from gouji.model.record import record
from gouji.model.result import Evidence, Finding, LedgerEntry, UntiedFigure
from gouji.model.text import Text

ROOM = 40_000_000  # characters of context that the evidence of one document may carry


class _Quoting(Protocol):
    @property
    def evidence(self) -> tuple[Evidence, ...] | Evidence: ...


Record = TypeVar("Record", bound=_Quoting)


@record(slots=True)
class Room:
    """What is left of the room, and what did not fit into it."""

    left: int = ROOM
    said: list[NotChecked] = field(default_factory=list)

    def findings(self, found: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings that fit, in their order; the gravest are kept."""
        order = sorted(range(len(found)), key=lambda i: -found[i].severity.rank)
        return self._kept(found, order, Text("问题", "findings"))

    def ledger(self, entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
        """The claims that fit."""
        return self._kept(entries, range(len(entries)), Text("勾稽关系", "claims"))

    def untied(self, figures: Sequence[UntiedFigure]) -> tuple[UntiedFigure, ...]:
        """The untied figures that fit."""
        return self._kept(figures, range(len(figures)), Text("未勾稽的数字", "untied figures"))

    def _kept(self, records: Sequence[Record], order: Iterable[int], what: Text) -> tuple[Record, ...]:
        kept = []
        for number in order:
            size = _size(records[number].evidence)
            if size > self.left:
                break
            self.left -= size
            kept.append(number)
        if missing := len(records) - len(kept):
            why = Text(f"数量过多，有{missing}项未列出", f"too many of them in too long paragraphs: {missing} are not listed")
            self.said.append(NotChecked(what, why))
        return tuple(records[number] for number in sorted(kept))


def _size(evidence: tuple[Evidence, ...] | Evidence) -> int:
    return len(evidence.context) if isinstance(evidence, Evidence) else sum([len(e.context) for e in evidence])
