"""What became of the findings of one version of a report in the next."""

from __future__ import annotations

from gouji.model.choice import Choice
from gouji.model.record import record
from gouji.model.result import DocumentResult, Finding
from gouji.model.text import Text


class Change(Choice):
    """What became of a finding.

    fixed: its words were read again and the fault is gone. unclear: it was not found again, but the new version could not be
    read or checked whole, so nobody knows. moved: the same fault, now elsewhere in the order of the text.
    """

    NEW = "new"
    REMAINING = "remaining"
    MOVED = "moved"
    UNCLEAR = "unclear"
    FIXED = "fixed"


class Edit(Choice):
    """What differs between the two statements of a finding that is still there."""

    FIGURES = "figures"
    WORDS = "words"
    SEVERITY = "severity"
    WAIVER = "waiver"


@record(frozen=True, slots=True)
class FindingChange:
    """A finding of the old version (None: it is new), of the new version (None: it is gone), and what became of it."""

    change: Change
    old: Finding | None
    new: Finding | None
    edits: tuple[Edit, ...] = ()

    @property
    def shown(self) -> Finding:
        """The finding as it stands now, or as it stood."""
        found = self.new or self.old
        assert found is not None
        return found


@record(frozen=True, slots=True)
class DocumentComparison:
    """Two versions of one document; None where one side has no such document. `changes`: new ones first, fixed ones last."""

    old: DocumentResult | None
    new: DocumentResult | None
    changes: tuple[FindingChange, ...] = ()
    notes: tuple[Text, ...] = ()  # why the comparison says less than it seems to: another profile, an unreadable version

    def count(self, change: Change) -> int:
        return sum(c.change is change for c in self.changes)

    @property
    def open(self) -> tuple[FindingChange, ...]:
        """What still needs an answer: everything but what is fixed or waived."""
        return tuple(c for c in self.changes if c.change is not Change.FIXED and c.shown.waived is None)


@record(frozen=True, slots=True)
class Comparison:
    """Two runs, document by document."""

    documents: tuple[DocumentComparison, ...]
    version: str = ""
    schema_version: str = "1"

    def count(self, change: Change) -> int:
        return sum(d.count(change) for d in self.documents)
