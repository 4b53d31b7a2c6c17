"""Pages of a submission: the first page, uploading, the gate's answer, comparison."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy import select
from sse_starlette.sse import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from gouji.service import access, campaigns, workflow
from gouji.service.access import Actor, Role
from gouji.service.core import Service
from gouji.service.faults import NotFound
from gouji.service.tables import Campaign, Entry, RosterEntry, StoredFile, Submission, Version, now
from gouji.service.web.api_checks import REPORT_POLICY
from gouji.service.web.api_submissions import download, hand_in, version_of
from gouji.service.web.frame import go, page
from gouji.service.web.guard import Form, Here, The, Visitor, language_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, service: The, visit: Here, actor: Visitor) -> Response:
    """What one is here for: one's submissions, the queue, or the campaigns."""
    if actor.role is Role.REVIEWER:
        return go("/queue")
    reach = access.require(actor, "campaign.read")
    with service.database.read() as session:
        query = select(Campaign).where(access.campaigns_within(actor, reach)).order_by(Campaign.closed, Campaign.id.desc())
        found = list(session.scalars(query.limit(500)))
        if actor.role is not Role.SUBMITTER:
            boards = [(c, campaigns.dashboard(session, c)) for c in found[:60]]
            return page(request, "campaigns", visit, boards=boards, kinds=campaigns.KINDS)
        mine = select(Submission).where(access.submissions_within(actor, reach))
        by_campaign = {s.campaign_id: s for s in session.scalars(mine).unique()}
        due = {
            e.campaign_id: e.deadline
            for e in session.scalars(select(RosterEntry).where(RosterEntry.unit_id == actor.unit_id)).unique()
        }
        rows = [(c, by_campaign.get(c.id), due.get(c.id) or c.deadline) for c in found]
        for _, submission, _ in rows:
            if submission:
                _ = submission.versions
        return page(request, "mine", visit, rows=rows, kinds=campaigns.KINDS, now=now())


@router.get("/campaigns/{number}/upload")
def upload_page(request: Request, service: The, visit: Here, actor: Visitor, number: int) -> Response:
    """Drag and drop."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "campaign.read", number)
        access.require(actor, "submission.upload")
        found = select(Submission).where(Submission.campaign_id == number, Submission.unit_id == actor.unit_id)
        submission = session.scalars(found).unique().one_or_none()
        entry = session.get_one(RosterEntry, (number, actor.unit_id))
        last = workflow.current(submission) if submission else None
        due = entry.deadline or campaign.deadline
        limits = service.settings.limits
        return page(request, "upload", visit, campaign=campaign, submission=submission, last=last, due=due, limits=limits)


@router.post("/campaigns/{number}/upload")
async def upload(request: Request, service: The, actor: Visitor, form: Form, number: int) -> Response:
    """Store; the page then follows the check. A browser without scripts is sent on to the submission."""
    files: Any = [f for f in form.getlist("files") if isinstance(f, UploadFile)]
    answer, _ = await run_in_threadpool(hand_in, service, actor, number, files, None)
    if "x-csrf-token" in request.headers:
        return JSONResponse(answer, 201)
    return go(f"/submissions/{answer['submission']}")


@router.get("/submissions/{number}/events")
async def events(request: Request, service: The, actor: Visitor, number: int) -> Response:
    """The state as it changes, until the newest version has its verdict."""

    def state() -> dict[str, Any]:
        with service.database.read() as session:
            found = access.submission(session, actor, "submission.read", number)
            version = workflow.current(found)
            return {"state": found.state, "version": version.number, "started": version.job.started_at is not None}

    first = await run_in_threadpool(state)

    async def stream() -> AsyncIterator[dict[str, str]]:
        said, before = first, None
        while not await request.is_disconnected():
            if said != before:
                yield {"event": "state", "data": json.dumps(said)}
                before = said
            if said["state"] != workflow.State.CHECKING:
                return
            await asyncio.sleep(0.25)
            said = await run_in_threadpool(state)

    return EventSourceResponse(stream(), ping=15)


def newest_or(submission: Submission, number: int | None) -> Version:
    """The version of that number, or the newest."""
    if number is None:
        return workflow.current(submission)
    found = next((v for v in submission.versions if v.number == number), None)
    if found is None:
        raise NotFound
    return found


@router.get("/submissions/{number}")
def submission_page(
    request: Request, service: The, visit: Here, actor: Visitor, number: int, version: int | None = None
) -> Response:
    """The gate's answer with the report inside, the versions, what happened."""
    with service.database.read() as session:
        found = access.submission(session, actor, "submission.read", number)
        shown = newest_or(found, version)
        entries = select(Entry).where(Entry.subject == f"submission:{number}").order_by(Entry.position.desc()).limit(60)
        history = [(e, json.loads(e.details)) for e in session.scalars(entries)]
        undecided, _ = workflow.open_findings(session, found)
        changes = _changes(service, found, shown.number - 1, shown.number)
        return page(
            request,
            "submission",
            visit,
            submission=found,
            shown=shown,
            newest=shown is workflow.current(found),
            history=history,
            undecided=undecided,
            changes=changes,
        )


def _changes(service: Service, found: Submission, old: int, new: int) -> dict[str, int] | None:
    """How many findings were fixed, remain, are new; None for a first version or one without a result."""
    sides = {v.number: v for v in found.versions if v.number in {old, new} and v.job.result is not None}
    if len(sides) != 2:
        return None
    try:
        changes = service.compare(sides[old].job_id, sides[new].job_id)
    except RuntimeError:
        return None
    counts = dict.fromkeys(("fixed", "remaining", "new", "unclear"), 0)
    for change in changes:
        counts["remaining" if change["change"] == "moved" else change["change"]] += 1
    return counts


@router.get("/submissions/{number}/versions/{version}/report")
def report(request: Request, service: The, actor: Visitor, number: int, version: int) -> Response:
    """The HTML report, in a sandbox of its own."""
    return _report(service, actor, number, version, language_of(request))


def _report(service: Service, actor: Actor, number: int, version: int, lang: str) -> Response:
    with service.database.read() as session:
        found = version_of(session, actor, number, version).job.result
    if found is None:
        raise NotFound
    return HTMLResponse(service.member(found, f"html.{lang}"), headers={"Content-Security-Policy": REPORT_POLICY})


@router.get("/submissions/{number}/versions/{version}/files/{position}")
def file(service: The, actor: Visitor, number: int, version: int, position: int) -> Response:
    """A file as it was handed in, as a download."""
    with service.database.read() as session:
        row = session.get(StoredFile, (version_of(session, actor, number, version).job_id, position))
    if row is None:
        raise NotFound
    return download(service, row)


@router.get("/submissions/{number}/comparison")
def comparison(request: Request, service: The, visit: Here, actor: Visitor, number: int, old: int, new: int) -> Response:
    """What became of each finding."""
    with service.database.read() as session:
        found = access.submission(session, actor, "submission.read", number)
        sides = [newest_or(found, n) for n in (old, new)]
        if any(v.job.result is None for v in sides):
            raise NotFound
        try:
            changes = service.compare(sides[0].job_id, sides[1].job_id)
        except RuntimeError:
            changes = None
        return page(request, "comparison", visit, submission=found, old=sides[0], new=sides[1], changes=changes)
