"""Pages: signing in and out, password, tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from gouji.service import access
from gouji.service.access import Scope
from gouji.service.core import Service
from gouji.service.faults import Fault
from gouji.service.tables import Token, Visit
from gouji.service.web.frame import go, page
from gouji.service.web.guard import (
    Form,
    Here,
    The,
    Visitor,
    cookie_name,
    inside,
    language_of,
    login_form,
    login_token,
    set_visit,
)

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_page(request: Request, service: The, next: str = "/") -> Response:  # noqa: A002 - the address's own word
    """The sign-in form."""
    return _login(request, service, inside(next))


def _login(request: Request, service: Service, target: str, *, wrong: bool = False) -> Response:
    token = login_token(service)
    name = service.settings.oidc.name if service.settings.oidc else None
    answer = page(request, "login", status=401 if wrong else 200, token=token, target=target, wrong=wrong, oidc=name)
    answer.set_cookie("gouji_login", token, httponly=True, samesite="strict", secure=service.settings.secure_cookies)
    return answer


@router.post("/login")
def login(request: Request, service: The, form: Annotated[dict[str, str], Depends(login_form)]) -> Response:
    """A new session, never the one of a cookie that came along."""
    target = inside(form.get("next", "/"))
    with service.database.write() as session:
        person = service.people.check_password(session, form.get("login", ""), form.get("password", ""))
        word = service.people.sign_in(session, person) if person else ""
    if person is None:
        return _login(request, service, target, wrong=True)
    answer = go("/account/password" if person.must_change else target)
    set_visit(service, answer, word)
    answer.delete_cookie("gouji_login")
    return answer


@router.post("/logout")
async def logout(request: Request, service: The, form: Form) -> Response:
    """The session ends, not only its cookie."""
    del form

    def end() -> None:
        with service.database.write() as session:
            service.people.sign_out(session, request.cookies.get(cookie_name(service), ""))

    await run_in_threadpool(end)
    answer = go("/login")
    answer.delete_cookie(cookie_name(service), path="/", secure=service.settings.secure_cookies)
    return answer


@router.get("/account/password")
def password_page(request: Request, visit: Here, actor: Visitor) -> Response:
    """Where a password is changed."""
    del actor
    return page(request, "password", visit, must=visit.person.must_change, wrong="")


@router.post("/account/password")
def password(request: Request, service: The, visit: Here, form: Form) -> Response:
    """Change it; every session ends and a new one begins."""
    try:
        with service.database.write() as session:
            said = (str(form.get("old", "")), str(form.get("new", "")))
            service.people.change_password(session, visit.person_id, *said)
            word = service.people.sign_in(session, visit.person)
    except Fault as fault:
        wrong = fault.text.get(language_of(request))
        return page(request, "password", visit, fault.status, must=visit.person.must_change, wrong=wrong)
    answer = go("/")
    set_visit(service, answer, word)
    return answer


@router.get("/account")
def account(request: Request, service: The, visit: Here, actor: Visitor) -> Response:
    """Who one is, and one's tokens."""
    del actor
    return _account(request, service, visit)


def _account(request: Request, service: Service, visit: Visit, made: str = "") -> Response:
    with service.database.read() as session:
        found = select(Token).where(Token.person_id == visit.person_id, Token.revoked_at.is_(None))
        tokens = list(session.scalars(found.order_by(Token.id)).unique())
    return page(request, "account", visit, tokens=tokens, scopes=[s.value for s in Scope], made=made)


@router.post("/account/tokens")
def add_token(request: Request, service: The, visit: Here, actor: Visitor, form: Form) -> Response:
    """A token, shown this once."""
    access.require(actor, "token.manage")
    with service.database.write() as session:
        chosen = [str(v) for v in form.getlist("scopes") if v in set(Scope)]
        _, word = service.people.add_token(session, actor, str(form.get("name", "")).strip()[:100] or "—", chosen)
    return _account(request, service, visit, word)


@router.post("/account/tokens/{number}/revoke")
def revoke(service: The, actor: Visitor, form: Form, number: int) -> Response:
    """At once."""
    del form
    with service.database.write() as session:
        service.people.revoke_token(session, actor, number)
    return go("/account")
