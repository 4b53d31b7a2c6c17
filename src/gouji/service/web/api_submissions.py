"""/v1: uploading, reading, reviewing submissions."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Path, Query, Response, UploadFile
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from gouji.service import access, workflow
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import NotFound
from gouji.service.tables import StoredFile, Submission, Version
from gouji.service.web import answers, intake
from gouji.service.web import schemas as s
from gouji.service.web.api_checks import Key
from gouji.service.web.guard import Caller, The

router = APIRouter(prefix="/v1", tags=["submissions"])
Number = Annotated[int, Path(**s.NUMBER)]
Mark = Annotated[str, Path(pattern=r"^[0-9a-f]{20}(-[0-9]{1,6})?$")]
_PAGE = 100


def hand_in(
    service: Service, actor: Actor, number: int, files: list[UploadFile], key: str | None = None
) -> tuple[dict[str, Any], bool]:
    """Keep the files and make the version; what it was given, and whether that was before."""
    with service.database.read() as session:
        access.campaign(session, actor, "campaign.read", number)
    access.require(actor, "submission.upload")
    stored = intake.keep(service, files)

    def make(session: Session) -> dict[str, Any]:
        version = workflow.upload(session, service.key, actor, number, stored)
        service.queue.defer(session, version.job_id)
        return {"submission": version.submission_id, "version": version.number, "job": version.job_id}

    asked = ["upload", number, [(f.name, f.digest) for f in stored]]
    answer, replayed = intake.once(service, actor, key, asked, make)
    service.queue.announce(answer["job"])
    return answer, replayed


@router.post(
    "/campaigns/{number}/submissions",
    status_code=201,
    summary="Hand in files: the first version, or the next one",
    responses={200: {"model": s.SubmissionAnswer, "description": "The idempotency key was known: the answer of before."}},
)
async def upload(
    service: The,
    actor: Caller,
    response: Response,
    number: Number,
    files: Annotated[list[UploadFile], File(description="One package: one or more files.")],
    key: Key = None,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the verdict.")] = 0,
) -> s.SubmissionAnswer:
    """For the unit of the token's person. Stored when this is answered; checked a moment later."""
    answer, replayed = await run_in_threadpool(hand_in, service, actor, number, files, key)
    if wait:
        await intake.wait_for(service, answer["job"], wait)
    response.headers["Location"] = f"/v1/submissions/{answer['submission']}"
    if replayed:
        response.status_code = 200
    return await run_in_threadpool(one, service, actor, answer["submission"])


@router.get("/submissions", summary="The submissions one may see")
def listed(
    service: The,
    actor: Caller,
    campaign: Annotated[int | None, Query(**s.NUMBER)] = None,
    state: Annotated[s.State | None, Query()] = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> s.SubmissionPage:
    """By number; up to 100 at once."""
    reach = access.require(actor, "submission.read")
    query = select(Submission).where(access.submissions_within(actor, reach), Submission.id > after)
    if campaign is not None:
        query = query.where(Submission.campaign_id == campaign)
    if state is not None:
        query = query.where(Submission.state == state)
    with service.database.read() as session:
        found = list(session.scalars(query.order_by(Submission.id).limit(_PAGE + 1)).unique())
        items = [answers.submission(row) for row in found[:_PAGE]]
    return s.SubmissionPage(items=items, next=items[-1].id if len(found) > _PAGE else None)


@router.get("/submissions/{number}", summary="A submission and its versions")
def one(service: The, actor: Caller, number: Number) -> s.SubmissionAnswer:
    """Its state and, for each version, the verdict."""
    with service.database.read() as session:
        return answers.submission(access.submission(session, actor, "submission.read", number))


def version_of(session: Session, actor: Actor, number: int, version: int) -> Version:
    """A version that the actor may read."""
    submission = access.submission(session, actor, "submission.read", number)
    found = next((v for v in submission.versions if v.number == version), None)
    if found is None:
        raise NotFound
    return found


@router.get("/submissions/{number}/versions/{version}", summary="One version with its findings and their decisions")
def version(service: The, actor: Caller, number: Number, version: Number) -> s.JobAnswer:
    """The report is at /v1/jobs/{id}/report."""
    with service.database.read() as session:
        found = version_of(session, actor, number, version)
        return answers.job(found.job, workflow.decisions(session, found.submission))


@router.get(
    "/submissions/{number}/versions/{version}/files/{position}",
    summary="A file as it was handed in",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def file(
    service: The, actor: Caller, number: Number, version: Number, position: Annotated[int, Path(ge=0, le=1000)]
) -> Response:
    """Always as a download."""
    with service.database.read() as session:
        found = version_of(session, actor, number, version)
        row = session.get(StoredFile, (found.job_id, position))
        if row is None:
            raise NotFound
    return download(service, row)


def download(service: Service, row: StoredFile) -> Response:
    """A file of a package. No browser may take it for a page of ours, whatever is in it."""
    head = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
        "Content-Length": str(row.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return StreamingResponse(service.store.open(row.digest), media_type="application/octet-stream", headers=head)


@router.get("/submissions/{number}/comparison", summary="What became of each finding from one version to another")
def comparison(
    service: The,
    actor: Caller,
    number: Number,
    old: Annotated[int, Query(**s.NUMBER)],
    new: Annotated[int, Query(**s.NUMBER)],
) -> list[s.ChangeAnswer]:
    """fixed, remaining, moved, new, or unclear where the new version could not be read whole."""
    with service.database.read() as session:
        identities = [version_of(session, actor, number, v).job_id for v in (old, new)]
    return [s.ChangeAnswer.model_validate(c) for c in service.compare(*identities)]


@router.put("/submissions/{number}/findings/{fingerprint}/decision", summary="Confirm or dismiss a finding")
def decide(service: The, actor: Caller, number: Number, fingerprint: Mark, body: s.DecisionBody) -> s.SubmissionAnswer:
    """Of the newest version. It holds for the versions to come; a dismissal may become a waiver."""
    with service.database.write() as session:
        said = (fingerprint, body.decision, body.reason, body.waive)
        return answers.submission(workflow.decide(session, service.key, actor, number, *said))


@router.delete("/submissions/{number}/findings/{fingerprint}/decision", summary="Take a decision back")
def undecide(service: The, actor: Caller, number: Number, fingerprint: Mark) -> s.SubmissionAnswer:
    """The finding is open again."""
    with service.database.write() as session:
        return answers.submission(workflow.decide(session, service.key, actor, number, fingerprint, None, "", ""))


@router.post("/submissions/{number}/acceptance", summary="Accept and lock")
def accept(service: The, actor: Caller, number: Number) -> s.SubmissionAnswer:
    """Once every error and warning is decided on."""
    with service.database.write() as session:
        return answers.submission(workflow.accept(session, service.key, actor, number))


@router.post("/submissions/{number}/return", summary="Ask for a correction")
def ask_correction(service: The, actor: Caller, number: Number, body: s.RemarkBody) -> s.SubmissionAnswer:
    """With words for the unit."""
    with service.database.write() as session:
        return answers.submission(workflow.ask_correction(session, service.key, actor, number, body.remark))


@router.post("/submissions/{number}/reopening", summary="Unlock what was accepted")
def reopen(service: The, actor: Caller, number: Number, body: s.RemarkBody) -> s.SubmissionAnswer:
    """Administrators only, with a reason."""
    with service.database.write() as session:
        return answers.submission(workflow.reopen(session, service.key, actor, number, body.remark))
