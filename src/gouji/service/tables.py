"""The tables. A row's own truth is here; what may be done with it is in `workflow`, who may do it in `access`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC without a zone in the database, the same on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """What all tables share."""

    type_annotation_map = {datetime: Instant, str: Text, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012 - SQLAlchemy's form


class Unit(Base):
    """A department that submits (单位)."""

    __tablename__ = "units"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    code: Mapped[str | None] = mapped_column(String(60))


class Person(Base):
    """Somebody who signs in. `subject` is the name an OpenID provider knows him by."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    password: Mapped[str | None]
    must_change: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Visit(Base):
    """A session of somebody signed in, known by the digest of its cookie."""

    __tablename__ = "visits"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")


class Token(Base):
    """A key for programs, kept as a digest. Its scopes only narrow what its person may do."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined")


class Campaign(Base):
    """A round of submissions: year, kind of report, rules, who must submit until when. `policy`: see `policy.Policy`."""

    __tablename__ = "campaigns"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    profile: Mapped[str] = mapped_column(String(100), default="auto")
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict)
    deadline: Mapped[datetime | None]
    closed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


class RosterEntry(Base):
    """A unit that a campaign expects a submission from. Its own deadline outranks the campaign's."""

    __tablename__ = "roster"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    deadline: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship(lazy="joined")


class Assignment(Base):
    """A reviewer of a campaign."""

    __tablename__ = "assignments"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class Submission(Base):
    """What one unit hands in for one campaign. `state`: see `workflow.State`."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    remark: Mapped[str | None]  # what the reviewer asks for
    updated_at: Mapped[datetime] = mapped_column(default=now)
    campaign: Mapped[Campaign] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    versions: Mapped[list[Version]] = relationship(order_by="Version.number", back_populates="submission")


class Job(Base):
    """One check of one package of files. It is done when its result is there."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    profile: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    files: Mapped[list[StoredFile]] = relationship(order_by="StoredFile.position", lazy="selectin")
    result: Mapped[Result | None] = relationship(back_populates="job", lazy="joined")


class StoredFile(Base):
    """A file of a package: its name as it came, its bytes by their digest in the file store."""

    __tablename__ = "files"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]


class Version(Base):
    """One upload for a submission."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    number: Mapped[int]
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    submission: Mapped[Submission] = relationship(back_populates="versions")
    job: Mapped[Job] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")


class Result(Base):
    """The outcome of a job; one row a job, so that a job has one result. `archive` is the digest of reports and JSON."""

    __tablename__ = "results"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[Any]]  # why the policy says so: [{"zh": …, "en": …}]
    documents: Mapped[list[Any]]  # per file: name, verdict, title, organisation, year, quantities, tied, not_checked
    errors: Mapped[int]
    warnings: Mapped[int]
    notices: Mapped[int]
    quantities: Mapped[int]
    tied: Mapped[int]
    archive: Mapped[str | None] = mapped_column(String(64))
    seconds: Mapped[float]
    finished_at: Mapped[datetime] = mapped_column(default=now)
    job: Mapped[Job] = relationship(back_populates="result")
    findings: Mapped[list[FindingRow]] = relationship(order_by="FindingRow.id", lazy="select")


class FindingRow(Base):
    """A finding of a result. `card` holds what a page shows of it (figures, evidence, cause)."""

    __tablename__ = "findings"
    __table_args__ = (Index("findings_of_a_job", "job_id", "fingerprint"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("results.job_id"))
    document: Mapped[int]  # index into Result.documents
    number: Mapped[int]  # in the order of the reports, from 1
    code: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(100))
    severity: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(40))
    zh: Mapped[str]
    en: Mapped[str]
    waived: Mapped[str | None]
    card: Mapped[dict[str, Any]]


class Decision(Base):
    """What a reviewer decided of a finding: by fingerprint, so that it holds for the versions to come."""

    __tablename__ = "decisions"
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(40), primary_key=True)
    decision: Mapped[str] = mapped_column(String(10))  # confirm, dismiss
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int]  # the version it was decided on
    decided_at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person] = relationship(lazy="joined")


class WaiverRow(Base):
    """A dismissal that holds for a unit, or for the whole campaign (unit_id null)."""

    __tablename__ = "waivers"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    fingerprint: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]


class Entry(Base):
    """A row of the audit trail. The database itself refuses to change or delete one (triggers of the first migration)."""

    __tablename__ = "trail"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(100), index=True)
    details: Mapped[str]  # canonical JSON
    digest: Mapped[str] = mapped_column(String(64))


class TrailHead(Base):
    """Where the trail ends, sealed with the service's key: rows cut off at the end would show."""

    __tablename__ = "trail_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class Webhook(Base):
    """An address that hears of verdicts; of all campaigns, or of one."""

    __tablename__ = "webhooks"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Delivery(Base):
    """One message to one webhook: pending until it was taken, or given up."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_due", "state", "due_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"), index=True)
    event: Mapped[str] = mapped_column(String(40))
    payload: Mapped[str]
    state: Mapped[str] = mapped_column(String(10), default="pending")  # pending, delivered, failed
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    webhook: Mapped[Webhook] = relationship(lazy="joined")


class Replay(Base):
    """The answer given to a request with an idempotency key: written with its effect, or not at all."""

    __tablename__ = "replays"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))  # digest of what was asked
    answer: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
