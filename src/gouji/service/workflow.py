"""The life of a submission: uploaded, checked, returned or reviewed, corrected, accepted. Each step is a row of the trail."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gouji.engine.gate import BLOCK, PASS
from gouji.model.text import Text
from gouji.service import access, jobs, trail
from gouji.service.access import Actor
from gouji.service.faults import Conflict, Forbidden, Invalid, NotFound
from gouji.service.jobs import Stored
from gouji.service.policy import Fault, Policy, judge
from gouji.service.tables import Campaign, Decision, FindingRow, Job, Result, RosterEntry, Submission, Version, WaiverRow, now


class State(StrEnum):
    """checking → passed | in_review | returned → … → accepted (locked)."""

    CHECKING = "checking"
    PASSED = "passed"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"


_LOCKED = Text("已受理锁定，不能再改", "accepted and locked; it cannot be changed any more")


def upload(session: Session, key: bytes, actor: Actor, campaign_id: int, files: Sequence[Stored]) -> Version:
    """A new version of the actor's unit's submission; the first one makes the submission."""
    campaign = access.campaign(session, actor, "campaign.read", campaign_id)
    access.require(actor, "submission.upload")
    if actor.unit_id is None:
        raise Forbidden
    entry = session.get_one(RosterEntry, (campaign.id, actor.unit_id))
    if campaign.closed:
        raise Conflict(Text("本次报送已截止关闭", "the campaign is closed"))
    found = select(Submission).where(Submission.campaign_id == campaign.id, Submission.unit_id == actor.unit_id)
    submission = session.scalars(found.with_for_update(of=Submission)).unique().one_or_none()
    if submission is None:
        submission = Submission(campaign_id=campaign.id, unit_id=actor.unit_id, state=State.CHECKING)
        session.add(submission)
        session.flush()
    elif submission.state == State.ACCEPTED:
        raise Conflict(_LOCKED)
    elif submission.state == State.CHECKING:
        raise Conflict(Text("上一版本还在检查，请稍候", "the last version is still being checked"))
    job = jobs.create(session, actor.id, campaign.profile, files)
    deadline = entry.deadline or campaign.deadline
    version = Version(
        submission_id=submission.id,
        number=len(submission.versions) + 1,
        job_id=job.id,
        person_id=actor.id,
        late=deadline is not None and now() > deadline,
    )
    submission.versions.append(version)
    _move(submission, State.CHECKING)
    names = [f.name for f in job.files]
    digests = [f.digest for f in job.files]
    _tell(session, key, actor.login, "submission.upload", submission, version=version.number, files=names, sha256=digests)
    session.flush()
    return version


def checked(session: Session, key: bytes, job: Job, result: Result) -> Submission | None:
    """What the verdict makes of the submission; None for a check that belongs to none."""
    version = session.scalars(select(Version).where(Version.job_id == job.id)).unique().one_or_none()
    if version is None:
        trail.record(session, key, "gate", "check.verdict", f"job:{job.id}", verdict=result.verdict)
        return None
    submission = version.submission
    submission.remark = None
    _by_verdict(session, key, submission, result.verdict, version.number)
    return submission


def _by_verdict(session: Session, key: bytes, submission: Submission, verdict: str, version: int) -> None:
    state = {PASS: State.PASSED, BLOCK: State.RETURNED}.get(verdict, State.IN_REVIEW)
    if state is State.PASSED and Policy.of(submission.campaign.policy).accept_passed:
        state = State.ACCEPTED
    _move(submission, state)
    _tell(session, key, "gate", "submission.verdict", submission, version=version, verdict=verdict, state=state.value)


def current(submission: Submission) -> Version:
    """The newest version."""
    return submission.versions[-1]


def findings(session: Session, version: Version) -> list[FindingRow]:
    """The findings of a version, in the order of the report."""
    return list(session.scalars(select(FindingRow).where(FindingRow.job_id == version.job_id).order_by(FindingRow.id)))


def decisions(session: Session, submission: Submission) -> dict[str, Decision]:
    """What was decided, by fingerprint."""
    found = session.scalars(select(Decision).where(Decision.submission_id == submission.id)).unique()
    return {d.fingerprint: d for d in found}


def decide(
    session: Session, key: bytes, actor: Actor, number: int, fingerprint: str, decision: str | None, reason: str, waive: str
) -> Submission:
    """Confirm or dismiss a finding of the newest version; None takes a decision back.

    `waive`: "" or unit or campaign, for whom a dismissal becomes a waiver.
    """
    submission = access.submission(session, actor, "submission.review", number, lock=True)
    _unlocked(submission)
    found = next((f for f in findings(session, current(submission)) if f.fingerprint == fingerprint), None)
    if found is None:
        raise NotFound
    known = session.get(Decision, (submission.id, fingerprint))
    if decision is None:
        if known is not None:
            session.delete(known)
    else:
        if decision == "dismiss" and not reason.strip():
            raise Invalid(Text("排除一处问题须写明理由", "a dismissal needs a reason"))
        row = known or Decision(submission_id=submission.id, fingerprint=fingerprint)
        row.decision, row.reason, row.person_id = decision, reason.strip(), actor.id
        row.version, row.decided_at = current(submission).number, now()
        session.add(row)
        if waive:
            _waive(session, key, actor, submission, found, reason.strip(), waive, decision)
    session.flush()
    said = {"fingerprint": fingerprint, "code": found.code, "decision": decision, "reason": reason}
    _tell(session, key, actor.login, "finding.decide", submission, version=current(submission).number, **said)
    _judge_again(session, key, submission)
    return submission


def _waive(
    session: Session, key: bytes, actor: Actor, of: Submission, found: FindingRow, reason: str, reach: str, decision: str
) -> None:
    if decision != "dismiss" or reach not in {"unit", "campaign"}:
        raise Invalid(Text("只有排除可以成为豁免", "only a dismissal can become a waiver"))
    if not Policy.of(of.campaign.policy).may_waive(found.code):
        raise Conflict(Text(f"本次报送不允许豁免 {found.code}", f"the campaign's policy lets nobody waive {found.code}"))
    row = WaiverRow(
        campaign_id=of.campaign_id, fingerprint=found.fingerprint, code=found.code, reason=reason, person_id=actor.id
    )
    row.unit_id = of.unit_id if reach == "unit" else None
    session.add(row)
    session.flush()
    said = {"code": found.code, "fingerprint": found.fingerprint, "reason": reason, "unit": row.unit_id}
    trail.record(session, key, actor.login, "waiver.create", f"campaign:{of.campaign_id}", waiver=row.id, **said)


def _judge_again(session: Session, key: bytes, submission: Submission) -> None:
    """A submission that the gate returned waits for its reviewer once nothing that blocks is left, and the other way round."""
    version = current(submission)
    result = version.job.result
    if result is None or submission.remark is not None or submission.state not in {State.RETURNED, State.IN_REVIEW}:
        return
    decided = decisions(session, submission)
    faults = [Fault(f.code, f.severity, excused(f, decided)) for f in findings(session, version)]
    verdict, _ = judge(Policy.of(submission.campaign.policy), faults, result.documents)
    state = State.RETURNED if verdict == BLOCK else State.IN_REVIEW
    if state != submission.state:
        _move(submission, state)
        _tell(
            session, key, "gate", "submission.verdict", submission, version=version.number, verdict=verdict, state=state.value
        )


def excused(finding: FindingRow, decided: dict[str, Decision]) -> bool:
    """Whether nobody need answer for a finding any more. A confirmation taken later outranks a waiver applied earlier."""
    decision = decided.get(finding.fingerprint)
    return finding.waived is not None if decision is None else decision.decision == "dismiss"


def open_findings(session: Session, submission: Submission) -> tuple[int, int]:
    """Errors and warnings of the newest version that nobody has decided on, and errors that were confirmed."""
    decided = decisions(session, submission)
    grave = [f for f in findings(session, current(submission)) if f.severity != "notice" and not excused(f, decided)]
    undecided = sum(f.fingerprint not in decided for f in grave)
    confirmed = sum(f.fingerprint in decided and f.severity == "error" for f in grave)
    return undecided, confirmed


def accept(session: Session, key: bytes, actor: Actor, number: int) -> Submission:
    """Accept and lock. Every error and warning must have been decided on, and no error stand confirmed."""
    submission = access.submission(session, actor, "submission.review", number, lock=True)
    _unlocked(submission)
    if submission.state not in {State.IN_REVIEW, State.PASSED}:
        raise Conflict(Text("只能受理待审核或已通过的报送", "only what passed or is in review can be accepted"))
    undecided, confirmed = open_findings(session, submission)
    if undecided:
        raise Conflict(Text(f"还有 {undecided} 处问题未处理", f"{undecided} findings are not decided yet"))
    if confirmed:
        said = Text(f"有 {confirmed} 处错误已确认，须退回更正", f"{confirmed} errors are confirmed; ask for a correction")
        raise Conflict(said)
    _move(submission, State.ACCEPTED)
    _tell(session, key, actor.login, "submission.accept", submission, version=current(submission).number)
    return submission


def ask_correction(session: Session, key: bytes, actor: Actor, number: int, remark: str) -> Submission:
    """Send back to the unit, with words for it."""
    submission = access.submission(session, actor, "submission.review", number, lock=True)
    _unlocked(submission)
    if not remark.strip():
        raise Invalid(Text("请写明要更正什么", "say what is to be corrected"))
    submission.remark = remark.strip()
    _move(submission, State.RETURNED)
    _tell(session, key, actor.login, "submission.return", submission, version=current(submission).number, remark=remark)
    return submission


def reopen(session: Session, key: bytes, actor: Actor, number: int, reason: str) -> Submission:
    """Unlock what was accepted."""
    submission = access.submission(session, actor, "submission.reopen", number, lock=True)
    if submission.state != State.ACCEPTED:
        raise Conflict(Text("只有已受理的报送可以重新打开", "only what was accepted can be opened again"))
    if not reason.strip():
        raise Invalid(Text("请写明理由", "give a reason"))
    _move(submission, State.IN_REVIEW)
    _tell(session, key, actor.login, "submission.reopen", submission, reason=reason)
    return submission


def _unlocked(submission: Submission) -> None:
    if submission.state == State.ACCEPTED:
        raise Conflict(_LOCKED)
    if submission.state == State.CHECKING:
        raise Conflict(Text("正在检查，请稍候", "it is being checked; wait a moment"))


def _move(submission: Submission, state: State) -> None:
    submission.state, submission.updated_at = state.value, now()


def _tell(session: Session, key: bytes, by: str, action: str, submission: Submission, **details: Any) -> None:
    said = {"campaign": submission.campaign_id, "unit": submission.unit_id, **details}
    trail.record(session, key, by, action, f"submission:{submission.id}", **said)


def waivers_of(session: Session, campaign: Campaign) -> list[WaiverRow]:
    """The waivers of a campaign that hold."""
    found = select(WaiverRow).where(WaiverRow.campaign_id == campaign.id, WaiverRow.revoked_at.is_(None))
    return list(session.scalars(found.order_by(WaiverRow.id)))


def revoke_waiver(session: Session, key: bytes, actor: Actor, number: int) -> None:
    """End a waiver; what was checked under it stays as it is."""
    row = session.get(WaiverRow, number)
    if row is None:
        raise NotFound
    access.campaign(session, actor, "waiver.manage", row.campaign_id)
    if row.revoked_at is None:
        row.revoked_at = now()
        trail.record(session, key, actor.login, "waiver.revoke", f"campaign:{row.campaign_id}", waiver=number)
