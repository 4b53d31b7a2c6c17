"""Pages of a reviewer: the queue, one submission with its decisions one key away."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import select
from starlette.datastructures import FormData

from gouji.service import access, workflow
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import Fault, Invalid, NotFound
from gouji.service.policy import Policy
from gouji.service.tables import Campaign, Submission, Unit
from gouji.service.web.frame import go, page, safe
from gouji.service.web.guard import Form, Here, The, Visitor, language_of
from gouji.service.web.pages_submit import newest_or
from gouji.service.web.words import STATES, WORDS

router = APIRouter(include_in_schema=False)
_SHOWN = 300


@router.get("/queue")
def queue(
    request: Request,
    service: The,
    visit: Here,
    actor: Visitor,
    state: str = "in_review",
    campaign: str = "",
    unit: str = "",
) -> Response:
    """What waits, the oldest first; filtered by state, campaign and unit."""
    access.require(actor, "dashboard.read")
    reach = access.require(actor, "submission.read")
    query = select(Submission).join(Unit).where(access.submissions_within(actor, reach))
    if state in STATES:
        query = query.where(Submission.state == state)
    if campaign.isdecimal() and len(campaign) < 10:
        query = query.where(Submission.campaign_id == int(campaign))
    if unit.strip():
        query = query.where(Unit.name.contains(unit.strip(), autoescape=True))
    with service.database.read() as session:
        rows = list(session.scalars(query.order_by(Submission.updated_at).limit(_SHOWN)).unique())
        known = select(Campaign).where(access.campaigns_within(actor, access.require(actor, "campaign.read")))
        listed = list(session.scalars(known.order_by(Campaign.id.desc())))
        left = {row.id: workflow.open_findings(session, row)[0] for row in rows}
        chosen = {"state": state, "campaign": campaign, "unit": unit}
        return page(request, "queue", visit, rows=rows, campaigns=listed, left=left, chosen=chosen)


@router.post("/queue/bulk")
def bulk(request: Request, service: The, actor: Visitor, form: Form) -> Response:
    """One step for all that were chosen; what cannot take it is counted, not passed over."""
    access.require(actor, "submission.review")
    chosen = [int(str(v)) for v in form.getlist("chosen") if str(v).isdecimal() and len(str(v)) < 10]
    done, refused = 0, 0
    for number in chosen:
        try:
            with service.database.write() as session:
                if form.get("step") == "accept":
                    workflow.accept(session, service.key, actor, number)
                elif form.get("step") == "return":
                    workflow.ask_correction(session, service.key, actor, number, str(form.get("remark", "")))
                else:
                    raise Invalid(WORDS["fault"])
            done += 1
        except Fault:
            refused += 1
    return go("/queue", WORDS["bulk_done"].get(language_of(request)).format(done, refused))


@router.get("/submissions/{number}/review")
def review_page(
    request: Request, service: The, visit: Here, actor: Visitor, number: int, version: int | None = None
) -> Response:
    """Document and findings side by side."""
    with service.database.read() as session:
        found = access.submission(session, actor, "submission.review", number)
        shown = newest_or(found, version)
        result = shown.job.result
        if result is None:
            raise NotFound
        return page(
            request,
            "review",
            visit,
            submission=found,
            shown=shown,
            result=result,
            newest=shown is workflow.current(found),
            sheet=safe(service.member(result, f"sheet.{language_of(request)}")),
            findings=workflow.findings(session, shown),
            decided=workflow.decisions(session, found),
            left=workflow.open_findings(session, found)[0],
            policy=Policy.of(found.campaign.policy),
        )


@router.post("/submissions/{number}/decide")
def decide(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """One decision, for the page's script: what it made of the submission."""
    word = str(form.get("decision", ""))
    if word not in {"confirm", "dismiss", "undo"}:
        raise Invalid(WORDS["fault"])
    decision = None if word == "undo" else word
    said = (str(form.get("reason", ""))[:4000], str(form.get("waive", "")))
    with service.database.write() as session:
        found = workflow.decide(session, service.key, actor, number, str(form.get("fingerprint", "")), decision, *said)
        left, confirmed = workflow.open_findings(session, found)
        return JSONResponse({"state": found.state, "left": left, "confirmed": confirmed})


@router.post("/submissions/{number}/{step}")
def move(service: The, actor: Visitor, form: Form, number: int, step: str) -> Response:
    """Accept, ask for a correction, or open again."""
    with service.database.write() as session:
        _move(session, service, actor, form, number, step)
    return go(f"/submissions/{number}")


def _move(session: Any, service: Service, actor: Actor, form: FormData, number: int, step: str) -> None:
    remark = str(form.get("remark", ""))[:4000]
    match step:
        case "accept":
            workflow.accept(session, service.key, actor, number)
        case "return":
            workflow.ask_correction(session, service.key, actor, number, remark)
        case "reopen":
            workflow.reopen(session, service.key, actor, number, remark)
        case _:
            raise NotFound
