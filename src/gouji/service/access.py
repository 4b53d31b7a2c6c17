"""Who may do what: one table, role by action, and one question to ask of it.

What somebody may not even know of is not found (404); what he sees but may not do is forbidden (403).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from gouji.service.faults import Forbidden, NotFound
from gouji.service.tables import Assignment, Campaign, Job, Person, RosterEntry, Submission, Version


class Role(StrEnum):
    """submitter 报送人 (own unit only), reviewer 审核人 (campaigns assigned), administrator 管理员, auditor 监督员 (reads all)."""

    SUBMITTER = "submitter"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """What a token is for. It narrows what its person may do and never widens it."""

    READ = "read"
    CHECK = "check"
    SUBMIT = "submit"
    REVIEW = "review"
    ADMIN = "admin"


class Reach(StrEnum):
    """How far a permission goes: the own unit's, the campaigns assigned, everything."""

    OWN = "own"
    ASSIGNED = "assigned"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """An action: the scope that a token needs for it, and how far each role's permission goes; a role not named has none."""

    scope: Scope
    submitter: Reach | None = None
    reviewer: Reach | None = None
    administrator: Reach | None = None
    auditor: Reach | None = None

    def reach(self, role: str) -> Reach | None:
        found: Reach | None = getattr(self, Role(role).value)
        return found


_Row = TypeVar("_Row", Campaign, Job, Submission)
_OWN, _ASSIGNED, _ALL = Reach.OWN, Reach.ASSIGNED, Reach.ALL

MATRIX: dict[str, Rule] = {
    "check": Rule(Scope.CHECK, _ALL, _ALL, _ALL, _ALL),
    "account": Rule(Scope.READ, _OWN, _OWN, _OWN, _OWN),
    "token.manage": Rule(Scope.ADMIN, _OWN, _OWN, _OWN, _OWN),
    "campaign.read": Rule(Scope.READ, _OWN, _ASSIGNED, _ALL, _ALL),
    "campaign.manage": Rule(Scope.ADMIN, administrator=_ALL),
    "dashboard.read": Rule(Scope.READ, None, _ASSIGNED, _ALL, _ALL),
    "submission.read": Rule(Scope.READ, _OWN, _ASSIGNED, _ALL, _ALL),
    "submission.upload": Rule(Scope.SUBMIT, _OWN),
    "submission.review": Rule(Scope.REVIEW, None, _ASSIGNED, _ALL, None),
    "submission.reopen": Rule(Scope.ADMIN, administrator=_ALL),
    "waiver.read": Rule(Scope.READ, None, _ASSIGNED, _ALL, _ALL),
    "waiver.manage": Rule(Scope.REVIEW, None, _ASSIGNED, _ALL, None),
    "people.read": Rule(Scope.READ, administrator=_ALL, auditor=_ALL),
    "people.manage": Rule(Scope.ADMIN, administrator=_ALL),
    "webhook.manage": Rule(Scope.ADMIN, administrator=_ALL),
    "trail.read": Rule(Scope.READ, administrator=_ALL, auditor=_ALL),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks. `scopes` None: signed in with a page, not narrowed by a token."""

    id: int
    login: str
    name: str
    role: Role
    unit_id: int | None
    scopes: frozenset[str] | None = None

    @classmethod
    def of(cls, person: Person, scopes: frozenset[str] | None = None) -> Actor:
        return cls(person.id, person.login, person.name, Role(person.role), person.unit_id, scopes)

    def reach(self, action: str) -> Reach | None:
        """How far this actor's permission for an action goes; None = he has none."""
        rule = MATRIX[action]
        if self.scopes is not None and rule.scope not in self.scopes:
            return None
        return rule.reach(self.role)

    def may(self, action: str) -> bool:
        """Whether there is anything that he may do this with."""
        return self.reach(action) is not None


def require(actor: Actor, action: str) -> Reach:
    """The reach of an action, or Forbidden."""
    reach = actor.reach(action)
    if reach is None:
        raise Forbidden
    return reach


def submissions_within(actor: Actor, reach: Reach | None) -> ColumnElement[bool]:
    """The condition on `Submission` that a reach stands for."""
    match reach:
        case Reach.ALL:
            return true()
        case Reach.ASSIGNED:
            return Submission.campaign_id.in_(select(Assignment.campaign_id).where(Assignment.person_id == actor.id))
        case Reach.OWN if actor.unit_id is not None:
            return Submission.unit_id == actor.unit_id
        case _:
            return false()


def campaigns_within(actor: Actor, reach: Reach | None) -> ColumnElement[bool]:
    """The condition on `Campaign` that a reach stands for."""
    match reach:
        case Reach.ALL:
            return true()
        case Reach.ASSIGNED:
            return Campaign.id.in_(select(Assignment.campaign_id).where(Assignment.person_id == actor.id))
        case Reach.OWN if actor.unit_id is not None:
            return Campaign.id.in_(select(RosterEntry.campaign_id).where(RosterEntry.unit_id == actor.unit_id))
        case _:
            return false()


def submission(session: Session, actor: Actor, action: str, number: int, *, lock: bool = False) -> Submission:
    """The submission of that number for that action. `lock` holds its row until the transaction ends (PostgreSQL)."""
    found = _found(session, Submission, Submission.id == number, submissions_within(actor, actor.reach("submission.read")))
    reach = require(actor, action)
    inside = session.scalar(select(Submission.id).where(Submission.id == number, submissions_within(actor, reach)))
    if inside is None:
        raise Forbidden
    if lock:
        session.refresh(found, with_for_update={"of": Submission})
    return found


def campaign(session: Session, actor: Actor, action: str, number: int) -> Campaign:
    """The campaign of that number for that action."""
    found = _found(session, Campaign, Campaign.id == number, campaigns_within(actor, actor.reach("campaign.read")))
    reach = require(actor, action)
    if session.scalar(select(Campaign.id).where(Campaign.id == number, campaigns_within(actor, reach))) is None:
        raise Forbidden
    return found


def job(session: Session, actor: Actor, identity: str) -> Job:
    """A job that the actor started himself, or that belongs to a submission he may read."""
    mine = select(Version.job_id).join(Submission, Submission.id == Version.submission_id)
    seen = mine.where(submissions_within(actor, actor.reach("submission.read")))
    own = (Job.person_id == actor.id) & Job.id.not_in(select(Version.job_id))
    return _found(session, Job, Job.id == identity, or_(own, Job.id.in_(seen)))


def _found(session: Session, table: type[_Row], *conditions: Any) -> _Row:
    found = session.scalars(select(table).where(*conditions)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found
