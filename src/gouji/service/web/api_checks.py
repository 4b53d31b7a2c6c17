"""/v1: the gate as one call, jobs and their reports."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Header, Path, Query, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from gouji.engine.profiles import AUTO
from gouji.model.text import Text
from gouji.service import access, campaigns, jobs, trail
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import Conflict, Invalid
from gouji.service.tables import Job
from gouji.service.web import answers, intake
from gouji.service.web.guard import Caller, The
from gouji.service.web.schemas import JobAnswer, MeAnswer

router = APIRouter(prefix="/v1", tags=["checks"])

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]
Lang = Annotated[Literal["zh", "en"], Query()]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
REPORT_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'"
)


@router.get("/me", summary="Whom the token speaks for")
def me(actor: Caller) -> MeAnswer:
    """The person behind the token, and the token's scopes."""
    scopes: Any = sorted(actor.scopes or ())
    return MeAnswer(login=actor.login, name=actor.name, role=actor.role, unit_id=actor.unit_id, scopes=scopes)


@router.post(
    "/check",
    summary="Check files: the gate as one call",
    response_model=JobAnswer,
    responses={202: {"model": JobAnswer, "description": "Not done yet; its address is in Location."}},
)
async def check(
    service: The,
    actor: Caller,
    response: Response,
    files: Annotated[list[UploadFile], File(description="One package: one or more files.")],
    profile: Annotated[str, Form(max_length=100)] = AUTO,
    key: Key = None,
    prefer: Annotated[str, Header(description="respond-async: do not wait.")] = "",
) -> JobAnswer:
    """Small files are answered with their verdict; large ones, and all with `Prefer: respond-async`, with a job to ask again."""

    def begin() -> tuple[dict[str, Any], bool, int]:
        access.require(actor, "check")
        if profile not in campaigns.known_profiles():
            raise Invalid(Text("没有这个规则集", "no such profile"))
        stored = intake.keep(service, files)

        def make(session: Session) -> dict[str, Any]:
            job = jobs.create(session, actor.id, profile, stored)
            said = {"files": [f.name for f in job.files], "profile": profile}
            trail.record(session, service.key, actor.login, "check.request", f"job:{job.id}", **said)
            service.queue.defer(session, job.id)
            return {"job": job.id}

        asked = ["check", profile, [(f.name, f.digest) for f in stored]]
        return *intake.once(service, actor, key, asked, make), sum(f.size for f in stored)

    answer, _, size = await run_in_threadpool(begin)
    service.queue.announce(answer["job"])
    if size <= service.settings.limits.sync_bytes and "respond-async" not in prefer:
        await intake.wait_for(service, answer["job"], service.settings.limits.sync_seconds)
    return await run_in_threadpool(_answer, service, answer["job"], response)


def _answer(service: Service, identity: str, response: Response) -> JobAnswer:
    with service.database.read() as session:
        found = answers.job(session.get_one(Job, identity))
    response.headers["Location"] = f"/v1/jobs/{identity}"
    if found.result is None:
        response.status_code = 202
    return found


@router.get("/jobs/{identity}", summary="A check and its result")
def job(service: The, actor: Caller, identity: JobId) -> JobAnswer:
    """Seen by whoever asked for it, and by whoever may read the submission it belongs to."""
    access.require(actor, "account")
    with service.database.read() as session:
        return answers.job(access.job(session, actor, identity))


@router.get("/jobs/{identity}/report", summary="The issue report", response_class=HTMLResponse)
def report(service: The, actor: Caller, identity: JobId, lang: Lang = "zh") -> Response:
    """The HTML report, one page that stands by itself."""
    return HTMLResponse(_member(service, actor, identity, f"html.{lang}"), headers={"Content-Security-Policy": REPORT_POLICY})


@router.get(
    "/jobs/{identity}/result", summary="The result as `gouji check --format json` writes it", response_class=JSONResponse
)
def result(service: The, actor: Caller, identity: JobId, lang: Lang = "zh") -> Response:
    """By the schema of docs/json.md."""
    return Response(_member(service, actor, identity, f"json.{lang}"), media_type="application/json")


def _member(service: Service, actor: Actor, identity: str, name: str) -> bytes:
    access.require(actor, "account")
    with service.database.read() as session:
        found = access.job(session, actor, identity).result
    if found is None:
        raise Conflict(Text("还在检查", "it is still being checked"), code="not-done")
    return service.member(found, name)
