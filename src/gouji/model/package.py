"""A submission of several files: what each file is and says, and where two of them speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from gouji.model.choice import Choice
from gouji.model.claim import Claim
from gouji.model.document import Document
from gouji.model.fact import Quantity, Span
from gouji.model.record import record
from gouji.model.text import Text


class FileKind(Choice):
    """What a file is, by its content."""

    REPORT = "report"
    FORM = "form"
    ACCOUNTS = "accounts"
    OTHER = "other"


KIND_NAMES: Mapping[FileKind, Text] = {
    FileKind.REPORT: Text("绩效自评报告", "self-evaluation report"),
    FileKind.FORM: Text("自评表", "self-evaluation form"),
    FileKind.ACCOUNTS: Text("部门决算", "final accounts"),
    FileKind.OTHER: Text("其他材料", "other material"),
}


@record(frozen=True, slots=True)
class Said:
    """One thing that a file says: `key` names it, `subject` is a project's name or "" for the unit as a whole.

    `scope` keeps funds apart: "" for all of them, "fiscal" for 财政拨款. `quantity` is None for what is said in words.
    """

    key: str
    span: Span
    words: str
    subject: str = ""
    scope: str = ""
    quantity: Quantity | None = None
    bound: Quantity | None = None  # of an indicator: its target


@record(frozen=True, slots=True)
class Brief:
    """What a file states that other files of the submission state too."""

    kind: FileKind
    units: tuple[Said, ...] = ()  # the unit that it is from; of a form, whoever runs the project too
    year: Said | None = None
    said: tuple[Said, ...] = ()
    indicators: tuple[Said, ...] = ()  # of forms: the actual of each indicator
    counted: tuple[Said, ...] = ()  # of running text: counts, measures and percentages with the words around them
    projects: tuple[Said, ...] = ()  # the names of projects that it lists or is about
    mentioned: tuple[Said, ...] = ()  # projects that a heading or the head of a list item names
    annexes: tuple[Said, ...] = ()  # the annexes that it names
    figures: frozenset[Decimal] = frozenset()  # every amount of money in it, in 元


@record(frozen=True, slots=True)
class Member:
    """A file of the submission."""

    path: str
    document: Document
    brief: Brief


@record(frozen=True, slots=True)
class Crossing:
    """A claim whose operands stand in different files: `members[i]` is the file of `claim.operands[i]`."""

    topic: str  # amount, score, grade, indicator, unit, year, project, annex, kind
    claim: Claim
    members: tuple[int, ...]


@record(frozen=True, slots=True)
class Submission:
    """The files and where they cross."""

    name: str
    members: tuple[Member, ...]
    crossings: tuple[Crossing, ...] = field(default=())
