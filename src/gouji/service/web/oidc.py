"""Signing in with an OpenID Connect provider (Authlib). A person is known by the provider's subject, or by his login the first time."""

from __future__ import annotations

from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, Request
from fastapi.responses import Response
from httpx import HTTPError
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from gouji.model.text import Text
from gouji.service.core import Service
from gouji.service.faults import Forbidden, NotFound
from gouji.service.settings import OpenIdConnect
from gouji.service.tables import Person
from gouji.service.web.frame import go
from gouji.service.web.guard import The, set_visit

router = APIRouter(include_in_schema=False)
_UNKNOWN = Text("此统一身份没有对应的账号，请联系管理员", "no account here has this identity; ask an administrator")
_FAILED = Text("统一身份登录失败，请重试", "signing in with the provider failed; try again")


def _provider(request: Request, service: Service) -> Any:
    """The client, made once for an application."""
    said = service.settings.oidc
    if said is None:
        raise NotFound
    if not hasattr(request.app.state, "oidc"):
        request.app.state.oidc = _client(said)
    return request.app.state.oidc


def _client(said: OpenIdConnect) -> Any:
    registry = OAuth()
    return registry.register(
        "provider",
        client_id=said.client_id,
        client_secret=said.client_secret,
        server_metadata_url=said.metadata,
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )


@router.get("/login/oidc")
async def begin(request: Request, service: The) -> Response:
    """To the provider, with state, nonce and PKCE challenge."""
    client = _provider(request, service)
    try:
        answer: Response = await client.authorize_redirect(request, str(request.url_for("answer")))
    except (OAuthError, HTTPError) as error:
        raise Forbidden(_FAILED) from error
    return answer


@router.get("/login/oidc/answer")
async def answer(request: Request, service: The) -> Response:
    """Back from the provider: the identity is checked, the session is new."""
    client = _provider(request, service)
    try:
        token = await client.authorize_access_token(request)
    except Exception as error:  # the libraries behind it have many words for a token that does not hold
        raise Forbidden(_FAILED) from error
    claims = dict(token.get("userinfo") or {})
    word = await run_in_threadpool(_sign_in, service, claims)
    request.session.clear()
    led = go("/")
    set_visit(service, led, word)
    return led


def _sign_in(service: Service, claims: dict[str, Any]) -> str:
    """The session of whoever the claims name. The first time the provider's name for him is his login here."""
    subject = str(claims.get("sub", ""))
    login = str(claims.get("preferred_username", ""))
    with service.database.write() as session:
        person = session.scalars(select(Person).where(Person.subject == subject)).unique().one_or_none() if subject else None
        if person is None and subject and login:
            unbound = select(Person).where(Person.login == login, Person.subject.is_(None))
            person = session.scalars(unbound).unique().one_or_none()
        if person is None or not person.active:
            raise Forbidden(_UNKNOWN)
        person.subject, person.must_change = subject, False
        return service.people.sign_in(session, person)
