"""The author kit: everything a check module imports.

A check is a pure function over an `AuditContext` that yields `Hit`s. Its declaration gives code, name, severity and titles;
its docstring is its manual, under fixed headings. The engine stamps code and severity, resolves evidence, and turns an
exception into a reported failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Block, BlockKind, Document, MarkerStyle, Trace, TraceKind
from gouji.model.fact import Facts, Quantity, Span
from gouji.model.profile import Profile
from gouji.model.record import record
from gouji.model.result import CheckInfo, Severity
from gouji.model.text import Text
from gouji.model.wording import Wording

if TYPE_CHECKING:
    from gouji.model.package import Crossing, Submission

__all__ = [
    "AuditContext",
    "Block",
    "BlockKind",
    "Check",
    "CheckFunction",
    "Claim",
    "ClaimKind",
    "Crossing",
    "Document",
    "Facts",
    "Hit",
    "MarkerStyle",
    "PackageCheck",
    "PackageContext",
    "Place",
    "Profile",
    "Quantity",
    "Severity",
    "Span",
    "Submission",
    "Text",
    "Trace",
    "TraceKind",
    "Verdict",
    "check",
    "claim_hit",
    "crossing_hit",
    "package_check",
]

Result = TypeVar("Result")


@record(frozen=True, slots=True)
class AuditContext:
    """What a check may look at."""

    document: Document
    facts: Facts
    claims: tuple[Claim, ...]
    profile: Profile
    wording: Wording = field(init=False, repr=False, compare=False)
    _worked_out: dict[Callable[[Document], Any], Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wording", self.facts.wording(self.document))
        object.__setattr__(self, "_worked_out", {})

    def once(self, work: Callable[[Document], Result]) -> Result:
        """What `work` makes of the document, for all checks that ask: made once, not to be altered."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self.document)
        result: Result = self._worked_out[work]
        return result

    def claims_of(self, kind: ClaimKind, verdict: Verdict, shape: str | None = None) -> Iterator[Claim]:
        """The claims of one kind and verdict, and of one shape where given."""
        for claim in self.claims:
            if claim.kind is kind and claim.verdict is verdict and (shape is None or claim.shape == shape):
                yield claim


@record(frozen=True, slots=True)
class Place:
    """A span and the role it plays in the finding."""

    span: Span
    role: str = "stated"
    member: int | None = None  # the file, in a check over a whole submission


@record(frozen=True, slots=True)
class Hit:
    """A fault as a check sees it. `places[0]` is the faulty one. `severity` only to lower the declared one."""

    message: Text
    places: tuple[Place, ...]
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None
    formula: str | None = None
    cause: Text | None = None
    confidence: float = 0.9
    severity: Severity | None = None


SURE_ENOUGH = 0.8


def __getattr__(name: str) -> Any:
    """The records of a submission, which a check of one document does not need."""
    if name in ("Crossing", "Submission"):
        from gouji.model import package

        return getattr(package, name)
    raise AttributeError(name)


CheckFunction = Callable[[AuditContext], Iterator[Hit]]
PackageFunction = Callable[["PackageContext"], Iterator[Hit]]


@record(frozen=True, slots=True)
class PackageContext:
    """What a check over a submission of several files may look at."""

    submission: Submission
    profile: Profile

    def crossings_of(self, topic: str, verdict: Verdict = Verdict.DISAGREES) -> Iterator[Crossing]:
        """The crossings of one topic and verdict."""
        return (c for c in self.submission.crossings if c.topic == topic and c.claim.verdict is verdict)


@record(frozen=True, slots=True)
class Check:
    """A registered check over one document."""

    info: CheckInfo
    run: CheckFunction


@record(frozen=True, slots=True)
class PackageCheck:
    """A registered check over a submission of several files."""

    info: CheckInfo
    run: PackageFunction


def check(*, code: str, name: str, theme: str, severity: Severity, zh: str, en: str) -> Callable[[CheckFunction], Check]:
    """Declare a check. `zh` and `en` are its title: the fault, not the remedy."""

    def declare(function: CheckFunction) -> Check:
        manual = function.__doc__
        if not manual:
            raise TypeError(f"{code} has no manual")
        return Check(CheckInfo(code, name, theme, severity, Text(zh, en), manual), function)

    return declare


def package_check(*, code: str, name: str, severity: Severity, zh: str, en: str) -> Callable[[PackageFunction], PackageCheck]:
    """Declare a check over a submission; its theme is `package`."""

    def declare(function: PackageFunction) -> PackageCheck:
        manual = function.__doc__
        if not manual:
            raise TypeError(f"{code} has no manual")
        return PackageCheck(CheckInfo(code, name, "package", severity, Text(zh, en), manual), function)

    return declare


def crossing_hit(crossing: Crossing, message: Text) -> Hit:
    """The hit that reports a crossing: its operands, each in its file, become the evidence."""
    hit = claim_hit(crossing.claim, message)
    places = tuple(replace(p, member=m) for p, m in zip(hit.places, crossing.members, strict=True))
    return replace(hit, places=places)


def claim_hit(claim: Claim, message: Text, severity: Severity | None = None) -> Hit:
    """The hit that reports a claim: its operands become the evidence, its recomputation the figures.

    A claim whose binding is likely but not sure (confidence below `SURE_ENOUGH`) is a warning, never an error.
    """
    if severity is None and claim.confidence < SURE_ENOUGH:
        severity = Severity.WARNING
    return Hit(
        message=message,
        places=tuple(Place(o.span, o.role) for o in claim.operands),
        stated=claim.stated,
        computed=claim.computed,
        difference=claim.difference,
        formula=claim.formula,
        cause=claim.cause or claim.reason,
        confidence=claim.confidence,
        severity=severity,
    )
