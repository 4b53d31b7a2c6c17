"""Findings and the result of an audit: what the reports show and the gate decides on."""

from __future__ import annotations

from gouji.model.choice import Choice
from gouji.model.claim import Claim
from gouji.model.document import Box, Document, NotChecked
from gouji.model.fact import Quantity
from gouji.model.record import record
from gouji.model.text import Text


class Severity(Choice):
    """error: contradicts itself or a stated rule, provably. warning: likely wrong. notice: worth a look, never blocks."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        return {"notice": 0, "warning": 1, "error": 2}[self.value]


@record(frozen=True, slots=True)
class Evidence:
    """A quoted span. `context` is the whole text of its block; start and end count characters in it.

    `document` is the path of the file where it is not that of the finding: a package speaks of several.
    """

    role: str
    quote: str
    context: str
    block: int
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    cell: str | None = None
    document: str | None = None


@record(frozen=True, slots=True)
class Finding:
    """A fault, where it stands, and how to check it by hand. The faulty evidence comes first."""

    code: str
    name: str
    severity: Severity
    message: Text
    evidence: tuple[Evidence, ...]
    fingerprint: str
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    formula: str | None = None
    cause: Text | None = None
    confidence: float = 0.9
    waived: str | None = None  # the reason of the waiver


@record(frozen=True, slots=True)
class LedgerEntry:
    """A claim with its evidence resolved."""

    claim: Claim
    evidence: tuple[Evidence, ...]


@record(frozen=True, slots=True)
class UntiedFigure:
    """A figure that no claim uses. `why` classes it: date-like, identifier, plan figure, standalone, hedged …"""

    quantity: Quantity
    evidence: Evidence
    why: str


@record(frozen=True, slots=True)
class Coverage:
    """How many of the document's figures were recomputed."""

    quantities: int
    tied: int

    @property
    def untied(self) -> int:
        return self.quantities - self.tied


@record(frozen=True, slots=True)
class DocumentResult:
    """What was found in one document. `verdict`: pass, review, block, unreadable."""

    path: str
    verdict: str
    sha256: str | None = None
    format: str | None = None
    title: str | None = None
    organisation: str | None = None
    year: int | None = None
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    untied: tuple[UntiedFigure, ...] = ()
    quantities: tuple[Quantity, ...] = ()  # every figure found, in reading order
    coverage: Coverage = Coverage(0, 0)
    not_checked: tuple[NotChecked, ...] = ()
    crashed: bool = False
    profile: str = "national"
    profile_reason: Text | None = None  # why this profile


@record(frozen=True, slots=True)
class CheckInfo:
    """What a report needs to know of a check."""

    code: str
    name: str
    theme: str
    severity: Severity
    title: Text
    manual: str


@record(frozen=True, slots=True)
class AuditResult:
    """The result of a run over one or more documents."""

    documents: tuple[DocumentResult, ...]
    verdict: str
    catalogue: tuple[CheckInfo, ...] = ()
    version: str = ""
    schema_version: str = "1"
