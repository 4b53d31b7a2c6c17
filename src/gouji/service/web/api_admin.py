"""/v1: people, tokens, webhooks, the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select

from gouji.service import access, trail, webhooks
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import NotFound
from gouji.service.tables import Delivery, Person, Token, Webhook, now
from gouji.service.web import answers
from gouji.service.web import schemas as s
from gouji.service.web.guard import Caller, The

router = APIRouter(prefix="/v1", tags=["administration"])
Number = Annotated[int, Path(**s.NUMBER)]


@router.get("/people", summary="Everybody who may sign in")
def people(service: The, actor: Caller) -> list[s.PersonAnswer]:
    """Administrators and auditors."""
    access.require(actor, "people.read")
    with service.database.read() as session:
        return [answers.person(p) for p in session.scalars(select(Person).order_by(Person.id)).unique()]


@router.post("/people", status_code=201, summary="Add a person")
def add_person(service: The, actor: Caller, body: s.PersonNew) -> s.NewPersonAnswer:
    """The answer holds a one-time password."""
    access.require(actor, "people.manage")
    with service.database.write() as session:
        person, password = service.people.add(session, actor.login, body.login, body.name, body.role, body.unit_id)
        return s.NewPersonAnswer(**answers.person(person).model_dump(), password=password)


@router.patch("/people/{number}", summary="Change a person")
def change_person(service: The, actor: Caller, number: Number, body: s.PersonChange) -> s.PersonAnswer:
    """Only what is given changes; whoever it is must sign in again."""
    access.require(actor, "people.manage")
    with service.database.write() as session:
        person = service.people.change(session, actor, number, active=body.active, role=body.role, name=body.name)
        return answers.person(person)


@router.post("/people/{number}/password", summary="A new one-time password")
def reset(service: The, actor: Caller, number: Number) -> s.PasswordAnswer:
    """The old one and every session end."""
    access.require(actor, "people.manage")
    with service.database.write() as session:
        return s.PasswordAnswer(password=service.people.reset(session, actor.login, number))


@router.get("/tokens", summary="One's own tokens")
def tokens(service: The, actor: Caller) -> list[s.TokenAnswer]:
    """Without their words: those are not kept."""
    access.require(actor, "account")
    with service.database.read() as session:
        found = session.scalars(select(Token).where(Token.person_id == actor.id).order_by(Token.id)).unique()
        return [answers.token(t) for t in found]


@router.post("/tokens", status_code=201, summary="Make a token")
def add_token(service: The, actor: Caller, body: s.TokenNew) -> s.NewTokenAnswer:
    """Its scopes cannot exceed those of the token that asks."""
    access.require(actor, "token.manage")
    with service.database.write() as session:
        token, word = service.people.add_token(session, actor, body.name, body.scopes, body.expires_at)
        return s.NewTokenAnswer(**answers.token(token).model_dump(), token=word)


@router.delete("/tokens/{number}", status_code=204, summary="Revoke a token")
def revoke(service: The, actor: Caller, number: Number) -> None:
    """At once."""
    access.require(actor, "token.manage")
    with service.database.write() as session:
        service.people.revoke_token(session, actor, number)


@router.get("/webhooks", summary="Who hears of verdicts")
def hooks(service: The, actor: Caller) -> list[s.WebhookAnswer]:
    """Administrators only."""
    access.require(actor, "webhook.manage")
    with service.database.read() as session:
        found = session.scalars(select(Webhook).order_by(Webhook.id))
        return [s.WebhookAnswer.model_validate(h, from_attributes=True) for h in found]


def add_hook(service: Service, actor: Actor, url: str, campaign_id: int | None) -> tuple[Webhook, str]:
    """A webhook and its secret."""
    access.require(actor, "webhook.manage")
    with service.database.write() as session:
        if campaign_id is not None:
            access.campaign(session, actor, "campaign.read", campaign_id)
        hook = Webhook(url=url, campaign_id=campaign_id)
        session.add(hook)
        session.flush()
        said = {"url": url, "campaign": campaign_id}
        trail.record(session, service.key, actor.login, "webhook.create", f"webhook:{hook.id}", **said)
    return hook, webhooks.secret(service.key, hook.id)


@router.post("/webhooks", status_code=201, summary="Add a webhook")
def create_hook(service: The, actor: Caller, body: s.WebhookNew) -> s.NewWebhookAnswer:
    """Of one campaign, or of everything."""
    hook, secret = add_hook(service, actor, body.url, body.campaign_id)
    plain = s.WebhookAnswer.model_validate(hook, from_attributes=True)
    return s.NewWebhookAnswer(**plain.model_dump(), secret=secret)


@router.delete("/webhooks/{number}", status_code=204, summary="Switch a webhook off")
def drop_hook(service: The, actor: Caller, number: Number) -> None:
    """Its deliveries stay on record."""
    access.require(actor, "webhook.manage")
    with service.database.write() as session:
        hook = session.get(Webhook, number)
        if hook is None:
            raise NotFound
        hook.active = False
        trail.record(session, service.key, actor.login, "webhook.end", f"webhook:{number}")


@router.get("/webhooks/{number}/deliveries", summary="The last 200 messages to a webhook")
def deliveries(service: The, actor: Caller, number: Number) -> list[s.DeliveryAnswer]:
    """The newest first."""
    access.require(actor, "webhook.manage")
    with service.database.read() as session:
        if session.get(Webhook, number) is None:
            raise NotFound
        found = session.scalars(select(Delivery).where(Delivery.webhook_id == number).order_by(Delivery.id.desc()).limit(200))
        return [s.DeliveryAnswer.model_validate(d, from_attributes=True) for d in found.unique()]


@router.post("/deliveries/{number}/retry", status_code=204, summary="Send a message again")
def retry(service: The, actor: Caller, number: Number) -> None:
    """At once, whatever became of it."""
    access.require(actor, "webhook.manage")
    with service.database.write() as session:
        row = session.get(Delivery, number)
        if row is None:
            raise NotFound
        row.state, row.due_at = "pending", now()


@router.get("/trail", summary="The audit trail, row by row")
def rows(
    service: The, actor: Caller, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Annotated[list[s.EntryAnswer], "up to 200"]:
    """Up to 200 rows behind `after`."""
    access.require(actor, "trail.read")
    with service.database.read() as session:
        found = []
        for row, digest in trail.rows(session, after):
            plain = {k: getattr(row, k) for k in ("position", "at", "actor", "action", "subject")}
            found.append(s.EntryAnswer(**plain, details=json.loads(row.details), digest=digest))
            if len(found) == 200:
                break
        return found


@router.get("/trail/verification", summary="Prove that nothing was changed or removed")
def verification(
    service: The, actor: Caller, expect: Annotated[str | None, Query(pattern=r"^[0-9a-f]{64}$")] = None
) -> s.VerificationAnswer:
    """`expect`: a digest noted down earlier."""
    access.require(actor, "trail.read")
    with service.database.read() as session:
        return s.VerificationAnswer.model_validate(trail.verify(session, service.key, expect), from_attributes=True)


@router.get("/trail/export", summary="The audit trail as JSON Lines", response_class=StreamingResponse)
def export(service: The, actor: Caller) -> Response:
    """One object a line."""
    access.require(actor, "trail.read")

    def lines() -> Iterator[str]:
        with service.database.read() as session:
            yield from trail.export(session)

    return StreamingResponse(lines(), media_type="application/jsonl")
