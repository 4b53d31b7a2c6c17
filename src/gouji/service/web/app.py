"""The application: routers, error answers, headers that every answer carries."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp, Scope

from gouji import __version__
from gouji.model.text import Text
from gouji.service.core import Service
from gouji.service.database import current, newest
from gouji.service.faults import Fault, Invalid, NotFound, NotSignedIn, TooLarge
from gouji.service.web import (
    api_admin,
    api_campaigns,
    api_checks,
    api_submissions,
    frame,
    pages_account,
    pages_admin,
    pages_review,
    pages_submit,
)
from gouji.service.web.guard import Gauge, MustChange, The, language_of
from gouji.service.web.intake import BodyLimit, too_large
from gouji.service.web.schemas import ErrorAnswer

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_log = logging.getLogger("gouji.service")
_ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorAnswer, "description": HTTPStatus(code).phrase} for code in (400, 401, 403, 404, 409, 413, 422, 429)
}


def create(service: Service) -> FastAPI:
    """The application of a service. It starts the service's work and ends it."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.close()

    app = FastAPI(
        title="gouji",
        version=__version__,
        summary="The upload gate for performance self-evaluation reports.",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    app.state.service, app.state.gauge = service, Gauge()
    for module in (api_checks, api_submissions, api_campaigns, api_admin):
        app.include_router(module.router, responses=_ERRORS)
    _health(app)
    for pages in (frame, pages_account, pages_submit, pages_admin, pages_review):
        app.include_router(pages.router)
    app.add_exception_handler(MustChange, _must_change)
    for kind, handler in ((Fault, _fault), (HTTPException, _http), (RequestValidationError, _validation)):
        app.add_exception_handler(kind, handler)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(OverflowError, _unfit)
    app.add_exception_handler(UnicodeEncodeError, _unfit)
    app.add_exception_handler(Exception, _broken)
    if service.settings.oidc:
        from gouji.service.web import oidc  # its libraries are wanted only where it is used

        app.include_router(oidc.router)
        key = hmac.new(service.key, b"oidc", hashlib.sha256).hexdigest()
        app.add_middleware(
            SessionMiddleware,
            secret_key=key,
            session_cookie="gouji_oidc",
            max_age=600,
            https_only=service.settings.secure_cookies,
        )
    app.add_middleware(BodyLimit, limit=service.settings.limits.upload_bytes, refuse=_refuse)
    app.middleware("http")(_headers)
    return app


async def _headers(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await proceed(request)
    head = response.headers
    head.setdefault("Content-Security-Policy", _POLICY)
    head.setdefault("X-Content-Type-Options", "nosniff")
    head.setdefault("Referrer-Policy", "same-origin")
    head.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if not request.url.path.startswith("/static/"):
        head.setdefault("Cache-Control", "no-store")
    route = getattr(request.scope.get("route"), "path", "?")
    request.app.state.service.metrics.answered(request.method, route, response.status_code)
    return response


def _answer(request: Request, fault: Fault) -> Response:
    """For programs the envelope; for people a page, or the way to the sign-in form."""
    if not request.url.path.startswith("/v1") and "text/html" in request.headers.get("accept", ""):
        if fault.status == NotSignedIn.status and request.method == "GET":
            return frame.go("/login?" + urlencode({"next": request.url.path}))
        return frame.fault_page(request, fault)
    said = {"code": fault.code, "message": fault.text.get(language_of(request)), "detail": fault.detail}
    return JSONResponse({"error": said}, fault.status, headers=fault.headers)


def _must_change(request: Request, error: Exception) -> Response:
    del request, error
    return frame.go("/account/password")


def _refuse(scope: Scope, fault: Fault) -> ASGIApp:
    """The answer to a body that is refused before it is read; the connection cannot be used again."""
    fault.headers["Connection"] = "close"
    return _answer(Request(scope), fault)


def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, Fault)
    return _answer(request, error)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == NotFound.status:
        return _answer(request, NotFound())
    if error.status_code == TooLarge.status:
        return _answer(request, too_large(request.app.state.service.settings.limits.upload_bytes))
    phrase = HTTPStatus(error.status_code).phrase
    fault = Fault(Text(str(error.detail), str(error.detail)), phrase.lower().replace(" ", "-"), dict(error.headers or {}))
    fault.status = error.status_code
    return _answer(request, fault)


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": [str(part) for part in e["loc"]], "why": str(e["msg"])} for e in error.errors()]
    first = f"{'.'.join(wrong[0]['where'])}: {wrong[0]['why']}" if wrong else "?"
    return _answer(request, Invalid(Text(f"请求有误：{first}", f"the request is wrong: {first}"), fields=wrong))


def _unfit(request: Request, error: Exception) -> Response:
    """A value that the database cannot hold."""
    _log.info("refused a value: %s", type(error).__name__)
    return _answer(request, Invalid(Text("请求含有无法保存的值", "the request holds a value that cannot be kept")))


def _broken(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    fault = Fault(Text("服务出错，已记录", "the service failed; it is on record"), "internal")
    fault.status = 500
    return _answer(request, fault)


def _health(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    def health() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    @app.get("/readyz", include_in_schema=False)
    def ready(service: The) -> JSONResponse:
        try:
            at = current(service.database)
            service.store.check()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is "not ready"
            return JSONResponse({"status": "not ready", "why": type(error).__name__}, 503)
        if at != newest():
            return JSONResponse({"status": "not ready", "why": f"database at revision {at}"}, 503)
        return JSONResponse({"status": "ready"})

    @app.get("/metrics", include_in_schema=False)
    def metrics(service: The) -> PlainTextResponse:
        return PlainTextResponse(service.metrics.text(), media_type="text/plain; version=0.0.4")
