"""The shapes of the API's requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from gouji.engine.profiles import AUTO
from gouji.service.access import Role, Scope

NUMBER = {"ge": 1, "le": 2**31 - 1}
Year = Annotated[int, Field(ge=1990, le=2100)]


def _printable(word: str) -> str:
    if "\0" in word or not word.strip():
        raise ValueError("must be a text that is not empty, without NUL")
    return word.strip()


def _moment(value: datetime) -> datetime:
    if not 1990 <= value.year <= 2200:
        raise ValueError("must lie between 1990 and 2200")
    return value


Word = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_printable)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Remark = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
Moment = Annotated[AwareDatetime, AfterValidator(_moment)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{3}$")]
Verdict = Literal["pass", "review", "block"]
State = Literal["checking", "passed", "in_review", "returned", "accepted"]


class Asked(BaseModel):
    """A request: a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class ErrorBody(BaseModel):
    code: str = Field(description="For programs; it does not change.")
    message: str
    detail: dict[str, Any] = {}


class ErrorAnswer(BaseModel):
    """The one form of every error."""

    error: ErrorBody


class Said(BaseModel):
    zh: str
    en: str


class QuoteAnswer(BaseModel):
    role: str
    quote: str
    before: str
    after: str
    block: int
    page: int | None
    cell: str | None


class FindingAnswer(BaseModel):
    document: int
    number: int
    code: str
    name: str
    severity: Literal["error", "warning", "notice"]
    message: Said
    fingerprint: str
    stated: str | None
    computed: str | None
    difference: str | None
    formula: str | None
    cause: Said | None
    waived: str | None
    evidence: list[QuoteAnswer]
    decision: Literal["confirm", "dismiss"] | None = None
    reason: str | None = None


class NotCheckedAnswer(BaseModel):
    what: Said
    why: Said


class DocumentAnswer(BaseModel):
    name: str
    verdict: str
    sha256: str | None
    format: str | None
    title: str | None
    organisation: str | None
    year: int | None
    quantities: int
    tied: int
    not_checked: list[NotCheckedAnswer]


class ResultAnswer(BaseModel):
    verdict: Verdict
    reasons: list[Said]
    errors: int
    warnings: int
    notices: int
    quantities: int
    tied: int
    seconds: float
    finished_at: datetime
    documents: list[DocumentAnswer]
    findings: list[FindingAnswer]


class FileAnswer(BaseModel):
    name: str
    sha256: str
    size: int


class JobAnswer(BaseModel):
    """A check. `result` is null until it is done."""

    id: str
    state: Literal["waiting", "done"]
    profile: str
    created_at: datetime
    files: list[FileAnswer]
    result: ResultAnswer | None


class MeAnswer(BaseModel):
    login: str
    name: str
    role: Role
    unit_id: int | None
    scopes: list[Scope]


class PolicyBody(Asked):
    """`blocking`, `waivable`: codes of checks; null = every error blocks, everything may be waived."""

    blocking: list[Code] | None = None
    minimum_coverage: Annotated[int, Field(ge=0, le=100)] = 0
    waivable: list[Code] | None = None
    accept_passed: bool = False


class CampaignNew(Asked):
    title: Line
    year: Year
    kind: Literal["whole_department", "project", "final_accounts", "other"] = "whole_department"
    profile: Word = AUTO
    deadline: Moment | None = None
    policy: PolicyBody = PolicyBody()


class CampaignChange(Asked):
    title: Line = ""
    year: Year = 2000
    deadline: Moment | None = None
    closed: bool = False
    profile: Word = ""
    policy: PolicyBody = PolicyBody()


class CampaignAnswer(BaseModel):
    id: int
    title: str
    year: int
    kind: str
    profile: str
    deadline: datetime | None
    closed: bool
    policy: PolicyBody


class RosterLine(Asked):
    unit: Line
    code: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] | None = None
    deadline: Moment | None = None


class RosterBody(Asked):
    units: Annotated[list[RosterLine], Field(max_length=5000)]


class RosterAnswer(BaseModel):
    unit_id: int
    unit: str
    code: str | None
    deadline: datetime | None


class EnrolledAnswer(BaseModel):
    added: int


class ReviewersBody(Asked):
    people: Annotated[list[Annotated[int, Field(**NUMBER)]], Field(max_length=1000)]


class LineAnswer(BaseModel):
    unit: str
    unit_id: int
    state: str
    late: bool
    submission: int | None
    versions: int
    errors: int
    warnings: int


class FrequentAnswer(BaseModel):
    code: str
    name: str
    submissions: int


class DashboardAnswer(BaseModel):
    states: dict[str, int]
    late: int
    frequent: list[FrequentAnswer]
    uploads: dict[str, int]
    units: list[LineAnswer]


class VersionAnswer(BaseModel):
    number: int
    job: str
    late: bool
    uploaded_at: datetime
    uploaded_by: str
    verdict: Verdict | None
    errors: int | None
    warnings: int | None


class SubmissionAnswer(BaseModel):
    id: int
    campaign: int
    unit: str
    unit_id: int
    state: State
    remark: str | None
    updated_at: datetime
    versions: list[VersionAnswer]


class SubmissionPage(BaseModel):
    items: list[SubmissionAnswer]
    next: int | None = Field(description="Give it as `after` for the next ones; null at the end.")


class DecisionBody(Asked):
    decision: Literal["confirm", "dismiss"]
    reason: Remark = ""
    waive: Literal["", "unit", "campaign"] = ""


class RemarkBody(Asked):
    remark: Remark


class ChangeAnswer(BaseModel):
    change: Literal["new", "remaining", "moved", "unclear", "fixed"]
    code: str
    name: str
    severity: str
    message: Said
    quote: str
    old: str | None
    new: str | None


class WaiverAnswer(BaseModel):
    id: int
    code: str
    fingerprint: str
    unit_id: int | None
    reason: str
    created_at: datetime


class PersonNew(Asked):
    login: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._@-]+$")]
    name: Word
    role: Role
    unit_id: Annotated[int, Field(**NUMBER)] | None = None


class PersonChange(Asked):
    active: bool | None = None
    role: Role | None = None
    name: Word | None = None


class PersonAnswer(BaseModel):
    id: int
    login: str
    name: str
    role: Role
    unit_id: int | None
    active: bool


class NewPersonAnswer(PersonAnswer):
    password: str = Field(description="One-time; shown this once.")


class PasswordAnswer(BaseModel):
    password: str


class UnitNew(Asked):
    name: Line
    code: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] | None = None


class UnitAnswer(BaseModel):
    id: int
    name: str
    code: str | None


class TokenNew(Asked):
    name: Word
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=5)]
    expires_at: Moment | None = None


class TokenAnswer(BaseModel):
    id: int
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class NewTokenAnswer(TokenAnswer):
    token: str = Field(description="Shown this once.")


class WebhookNew(Asked):
    url: Annotated[str, Field(max_length=500, pattern=r"^https?://[^\s\x00]+$")]
    campaign_id: Annotated[int, Field(**NUMBER)] | None = None


class WebhookAnswer(BaseModel):
    id: int
    url: str
    campaign_id: int | None
    active: bool


class NewWebhookAnswer(WebhookAnswer):
    secret: str = Field(description="Signs what is sent; shown this once.")


class DeliveryAnswer(BaseModel):
    id: int
    event: str
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    due_at: datetime
    answer: str | None
    payload: str


class EntryAnswer(BaseModel):
    position: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    digest: str


class VerificationAnswer(BaseModel):
    rows: int
    head: str
    fault: str | None
