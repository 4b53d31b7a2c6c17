"""Pages of administrators and auditors: campaigns, people, webhooks, the trail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from starlette.datastructures import FormData, UploadFile

from gouji.engine import catalogue
from gouji.engine.profiles import AUTO
from gouji.model.text import Text
from gouji.service import access, campaigns, trail, workflow
from gouji.service.access import Role
from gouji.service.core import Service
from gouji.service.faults import Invalid
from gouji.service.policy import Policy
from gouji.service.tables import Assignment, Campaign, Delivery, Entry, Person, Unit, Visit, Webhook, now
from gouji.service.web import schemas
from gouji.service.web.api_admin import add_hook, drop_hook, export
from gouji.service.web.api_admin import retry as again
from gouji.service.web.frame import go, page
from gouji.service.web.guard import Form, Here, The, Visitor, language_of
from gouji.service.web.words import WORDS

router = APIRouter(include_in_schema=False)
_ROWS = 100


def _codes(text: object) -> list[str] | None:
    found = str(text or "").replace(",", " ").replace("，", " ").split()
    return found or None


def _campaign_form(form: FormData) -> dict[str, Any]:
    """What the form says, checked as the API checks it."""
    deadline: datetime | None = None
    if due := str(form.get("deadline", "")):
        try:
            deadline = datetime.fromisoformat(due).astimezone()
        except (ValueError, OverflowError) as error:
            raise Invalid(Text("截止时间有误", "the deadline is no date")) from error
    policy = {
        "blocking": _codes(form.get("blocking")),
        "minimum_coverage": form.get("minimum_coverage") or 0,
        "waivable": _codes(form.get("waivable")),
        "accept_passed": bool(form.get("accept_passed")),
    }
    said = {key: form.get(key) for key in ("title", "year", "kind", "profile")} | {"deadline": deadline, "policy": policy}
    try:
        return TypeAdapter(schemas.CampaignNew).validate_python(said).model_dump()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Invalid(Text(f"填写有误：{wrong}", f"the form is wrong: {wrong}")) from error


@router.get("/campaigns/new")
def new_campaign(request: Request, visit: Here, actor: Visitor) -> Response:
    """An empty form."""
    access.require(actor, "campaign.manage")
    profiles = campaigns.known_profiles()
    empty = Campaign(title="", year=now().year - 1, kind="whole_department", profile=AUTO, deadline=None, closed=False)
    return page(request, "campaign_form", visit, campaign=empty, policy=Policy(), kinds=campaigns.KINDS, profiles=profiles)


@router.post("/campaigns/new")
def create_campaign(service: The, actor: Visitor, form: Form) -> Response:
    """Open it, and go on to its roster."""
    with service.database.write() as session:
        made = campaigns.change(session, service.key, actor, None, _campaign_form(form))
    return go(f"/campaigns/{made.id}/settings")


@router.get("/campaigns/{number}")
def dashboard(request: Request, service: The, visit: Here, actor: Visitor, number: int) -> Response:
    """Who has submitted, passed, waits, is late; the most frequent faults."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "dashboard.read", number)
        board = campaigns.dashboard(session, campaign)
    titles = {info.code: info.title.get(language_of(request)) for info in catalogue.load().infos}
    return page(request, "dashboard", visit, campaign=campaign, board=board, titles=titles, kinds=campaigns.KINDS)


@router.get("/campaigns/{number}/settings")
def settings_page(request: Request, service: The, visit: Here, actor: Visitor, number: int) -> Response:
    """Rules, roster, reviewers, waivers."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "campaign.manage", number)
        reviewers = select(Person).where(Person.role == Role.REVIEWER.value, Person.active).order_by(Person.name)
        return page(
            request,
            "settings",
            visit,
            campaign=campaign,
            policy=Policy.of(campaign.policy),
            kinds=campaigns.KINDS,
            profiles=campaigns.known_profiles(),
            roster=campaigns.roster(session, campaign),
            reviewers=list(session.scalars(reviewers).unique()),
            assigned=set(session.scalars(select(Assignment.person_id).where(Assignment.campaign_id == number))),
            waivers=workflow.waivers_of(session, campaign),
        )


@router.post("/campaigns/{number}/settings")
def save_settings(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """The rules."""
    with service.database.write() as session:
        said = _campaign_form(form) | {"closed": bool(form.get("closed"))}
        campaigns.change(session, service.key, actor, number, said)
    return go(f"/campaigns/{number}/settings")


@router.post("/campaigns/{number}/reviewers")
def save_reviewers(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """These and no others."""
    with service.database.write() as session:
        chosen = [int(str(v)) for v in form.getlist("people") if str(v).isdecimal()]
        campaigns.assign(session, service.key, actor, number, chosen)
    return go(f"/campaigns/{number}/settings")


@router.post("/campaigns/{number}/roster")
def save_roster(request: Request, service: The, actor: Visitor, form: Form, number: int) -> Response:
    """Units from a workbook, or one a line."""
    with service.database.read() as session:
        access.campaign(session, actor, "campaign.manage", number)
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        lines = campaigns.read_roster(file.file)
    else:
        words = [line.strip() for line in str(form.get("units", "")).splitlines()]
        lines = [campaigns.Expected(word[:200]) for word in words if word]
    with service.database.write() as session:
        added = campaigns.enrol(session, service.key, actor, number, lines)
    return go(f"/campaigns/{number}/settings", WORDS["imported"].get(language_of(request)).format(added))


@router.post("/waivers/{number}/revoke")
def revoke_waiver(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """End a waiver."""
    with service.database.write() as session:
        workflow.revoke_waiver(session, service.key, actor, number)
    return go(f"/campaigns/{int(str(form.get('campaign', 0) or 0))}/settings")


@router.get("/people")
def people_page(request: Request, service: The, visit: Here, actor: Visitor) -> Response:
    """Everybody who may sign in."""
    access.require(actor, "people.read")
    return _people(request, service, visit)


def _people(request: Request, service: Service, visit: Visit, made: tuple[str, str] | None = None) -> Response:
    with service.database.read() as session:
        listed = list(session.scalars(select(Person).order_by(Person.role, Person.name)).unique())
        units = list(session.scalars(select(Unit).order_by(Unit.name)))
    return page(request, "people", visit, listed=listed, units=units, made=made, role_names=[r.value for r in Role])


@router.post("/people")
def add_person(request: Request, service: The, visit: Here, actor: Visitor, form: Form) -> Response:
    """A person with a one-time password; a submitter's unit is made where there is none of that name."""
    access.require(actor, "people.manage")
    said = {key: str(form.get(key, "")).strip() for key in ("login", "name", "role", "unit")}
    try:
        body = schemas.PersonNew.model_validate({key: said[key] for key in ("login", "name", "role")})
    except ValidationError as error:
        raise Invalid(Text("用户名只用字母、数字和 . _ @ -", "a login has letters, digits and . _ @ -")) from error
    with service.database.write() as session:
        unit = None
        if body.role is Role.SUBMITTER and said["unit"]:
            unit = campaigns.unit_named(session, service.key, actor.login, said["unit"][:200]).id
        _, password = service.people.add(session, actor.login, body.login, body.name, body.role, unit)
    return _people(request, service, visit, (body.login, password))


@router.post("/people/{number}")
def change_person(request: Request, service: The, visit: Here, actor: Visitor, form: Form, number: int) -> Response:
    """Switch off or on, or reset the password."""
    access.require(actor, "people.manage")
    with service.database.write() as session:
        if form.get("step") == "reset":
            password = service.people.reset(session, actor.login, number)
            made = (session.get_one(Person, number).login, password)
        else:
            service.people.change(session, actor, number, active=form.get("step") == "on", role=None, name=None)
            made = None
    return _people(request, service, visit, made)


@router.get("/webhooks")
def webhooks_page(request: Request, service: The, visit: Here, actor: Visitor) -> Response:
    """Who hears of verdicts, and what became of the messages."""
    access.require(actor, "webhook.manage")
    return _webhooks(request, service, visit)


def _webhooks(request: Request, service: Service, visit: Visit, made: str = "") -> Response:
    with service.database.read() as session:
        hooks = list(session.scalars(select(Webhook).order_by(Webhook.id)))
        sent = list(session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(100)).unique())
        listed = list(session.scalars(select(Campaign).order_by(Campaign.id.desc())))
    return page(request, "webhooks", visit, hooks=hooks, deliveries=sent, campaigns=listed, made=made)


@router.post("/webhooks")
def create_webhook(request: Request, service: The, visit: Here, actor: Visitor, form: Form) -> Response:
    """Its secret is shown this once."""
    campaign = str(form.get("campaign", ""))
    try:
        body = schemas.WebhookNew(url=str(form.get("url", "")).strip(), campaign_id=int(campaign) if campaign else None)
    except ValueError as error:
        raise Invalid(Text("地址须以 http:// 或 https:// 开头", "an address begins with http:// or https://")) from error
    _, secret = add_hook(service, actor, body.url, body.campaign_id)
    return _webhooks(request, service, visit, secret)


@router.post("/webhooks/{number}/end")
def end_webhook(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """Switch it off."""
    del form
    drop_hook(service, actor, number)
    return go("/webhooks")


@router.post("/deliveries/{number}/retry")
def retry(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """Send it again."""
    del form
    again(service, actor, number)
    return go("/webhooks")


@router.get("/trail")
def trail_page(
    request: Request, service: The, visit: Here, actor: Visitor, before: int = 2**31 - 1, verify: str = ""
) -> Response:
    """The newest rows first; with `verify`, the proof."""
    access.require(actor, "trail.read")
    with service.database.read() as session:
        found = select(Entry).where(Entry.position < before).order_by(Entry.position.desc()).limit(_ROWS)
        rows = [(e, json.loads(e.details)) for e in session.scalars(found)]
        proof = trail.verify(session, service.key) if verify else None
    return page(request, "trail", visit, rows=rows, proof=proof)


@router.get("/trail/export")
def trail_export(service: The, actor: Visitor) -> Response:
    """As JSON Lines."""
    answer = export(service, actor)
    answer.headers["Content-Disposition"] = 'attachment; filename="gouji-trail.jsonl"'
    return answer
