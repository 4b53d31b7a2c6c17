"""Who is asking, whether his session's form is his own, and whether he asks too often."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated, Any

from fastapi import Depends, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from gouji.model.text import Text
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import Forbidden, NotSignedIn, TooMany
from gouji.service.tables import Visit

_bearer = HTTPBearer(auto_error=False, description="A token made under /v1/tokens or on the page “Account”.")
_FORM_HOURS = 12


def service_of(request: Request) -> Service:
    """The service that answers."""
    found: Service = request.app.state.service
    return found


The = Annotated[Service, Depends(service_of)]


def language_of(request: Request) -> str:
    """zh, unless the query or the cookie says en; for programs the header Accept-Language counts too."""
    said = request.query_params.get("lang") or request.cookies.get("gouji_lang")
    if said is None and request.url.path.startswith("/v1"):
        said = request.headers.get("accept-language")
    return "en" if (said or "").lower().startswith("en") else "zh"


class Gauge:
    """Counts requests by who makes them."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def count(self, who: str, per_minute: int) -> None:
        """Raise TooMany beyond so many a minute."""
        if not self._windows.hit(RateLimitItemPerMinute(per_minute), who):
            raise TooMany(60)


def count(request: Request, who: str, per_minute: int) -> None:
    """As Gauge.count, with this application's gauge."""
    gauge: Gauge = request.app.state.gauge
    gauge.count(who, per_minute)


def address_of(request: Request) -> str:
    return request.client.host if request.client else "?"


def by_token(request: Request, service: The, said: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]) -> Actor:
    """Whoever a bearer token speaks for. The API knows no cookies, so no other site's form can use it."""
    if said is None:
        raise NotSignedIn
    with service.database.read() as session:
        actor = service.people.bearer(session, said.credentials)
    count(request, f"person:{actor.id}", service.settings.limits.requests_per_minute)
    return actor


Caller = Annotated[Actor, Depends(by_token)]


def cookie_name(service: Service) -> str:
    return "__Host-gouji" if service.settings.secure_cookies else "gouji"


def set_visit(service: Service, response: Response, word: str) -> None:
    """The session's cookie: not for scripts, not for other sites."""
    response.set_cookie(
        cookie_name(service), word, httponly=True, samesite="lax", secure=service.settings.secure_cookies, path="/"
    )


def visit_of(request: Request, service: The) -> Visit:
    """The session of the request's cookie; NotSignedIn without one."""
    with service.database.read() as session:
        found = service.people.visit(session, request.cookies.get(cookie_name(service), ""))
    if found is None:
        raise NotSignedIn
    count(request, f"person:{found.person_id}", service.settings.limits.requests_per_minute)
    return found


Here = Annotated[Visit, Depends(visit_of)]


def person_of(visit: Here, request: Request) -> Actor:
    """Who is signed in. A one-time password opens nothing but the page where it is changed."""
    if visit.person.must_change and request.url.path not in {"/account/password", "/logout"}:
        raise MustChange
    return Actor.of(visit.person)


class MustChange(Exception):  # noqa: N818 - a turn of the road
    """Signed in with a one-time password."""


Visitor = Annotated[Actor, Depends(person_of)]


async def posted(request: Request, visit: Here) -> FormData:
    """The form of a page of ours: its token is the session's. The header is looked at before the body is read."""
    said = request.headers.get("x-csrf-token")
    if said is not None and not hmac.compare_digest(said.encode(), visit.csrf.encode()):
        raise _forged()
    form = await request.form(max_files=50, max_fields=5000)
    if said is None and not hmac.compare_digest(str(form.get("csrf", "")).encode(), visit.csrf.encode()):
        raise _forged()
    return form


Form = Annotated[FormData, Depends(posted)]


def _forged() -> Forbidden:
    return Forbidden(Text("页面已过期，请刷新后重试", "the page is out of date; reload it and try again"))


def login_token(service: Service) -> str:
    """A signed token for the one form that has no session yet; it stands in a cookie and in the form."""
    return _signer(service).dumps(secrets.token_hex(12))


async def login_form(request: Request, service: The) -> dict[str, Any]:
    """The sign-in form, if cookie and form carry one token of ours."""
    form = await request.form()
    said, kept = str(form.get("csrf", "")), request.cookies.get("gouji_login", "")
    try:
        _signer(service).loads(said, max_age=_FORM_HOURS * 3600)
    except BadSignature as error:
        raise _forged() from error
    if not hmac.compare_digest(said.encode(), kept.encode()):
        raise _forged()
    await run_in_threadpool(count, request, f"login:{address_of(request)}", service.settings.limits.login_per_minute)
    return {key: str(value) for key, value in form.items()}


def _signer(service: Service) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(service.key, salt="login")


def inside(target: str) -> str:
    """A path of this site to go on to, or the first page: never another site."""
    if target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target and target.isprintable():
        return target
    return "/"
