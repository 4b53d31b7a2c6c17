"""What every page shares: templates, words, who is signed in, messages, static files."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from gouji.engine import writers
from gouji.service.access import Actor
from gouji.service.faults import Fault, NotFound
from gouji.service.tables import Visit
from gouji.service.web.guard import inside, language_of
from gouji.service.web.words import Words

router = APIRouter(include_in_schema=False)
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("gouji.service.web"),
        autoescape=select_autoescape(enabled_extensions=("j2",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["moment"] = _moment
    found.filters["day"] = _day
    return found


def _moment(value: datetime | None) -> str:
    return value.astimezone().strftime("%Y-%m-%d %H:%M") if value else "—"


def _day(value: datetime | None) -> str:
    return value.astimezone().strftime("%Y-%m-%d") if value else "—"


def page(request: Request, template: str, visit: Visit | None = None, status: int = 200, **said: Any) -> Response:
    """A page. Its words, who is signed in and the form's token are there for every template."""
    lang = language_of(request)
    actor = Actor.of(visit.person) if visit else None
    common = {
        "lang": lang,
        "t": Words(lang),
        "actor": actor,
        "csrf": visit.csrf if visit else "",
        "here": request.url.path,
        "said": _said(request),
    }
    body = _environment().get_template(f"{template}.html.j2").render(common | said)
    answer = HTMLResponse(body, status)
    if common["said"]:
        answer.delete_cookie("gouji_said")
    return answer


def _said(request: Request) -> str:
    """The message that the last page left: ours, but anybody's browser may say what it likes; it is shown as text."""
    try:
        return request.cookies.get("gouji_said", "").encode("ascii").decode("unicode_escape")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def go(path: str, said: str = "") -> Response:
    """On to another page, perhaps with a message for it. `path` is made by the program, or has been through `inside`."""
    answer = RedirectResponse(path, 303)
    if said:
        answer.set_cookie(
            "gouji_said", said.encode("unicode_escape").decode("ascii"), max_age=30, httponly=True, samesite="lax"
        )
    return answer


def fault_page(request: Request, fault: Fault) -> Response:
    """An error for people."""
    return page(request, "fault", status=fault.status, message=fault.text.get(language_of(request)))


def sheet_style() -> str:
    """The style of documents and cards, as the HTML report has it."""
    found = writers.find_fragment("sheet")
    return str(getattr(found, "style", ""))


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Assets of the pages: nothing comes from elsewhere."""
    if name == "sheet.css":
        return Response(sheet_style(), media_type=_TYPES["css"], headers={"Cache-Control": "max-age=3600"})
    suffix = name.rpartition(".")[2]
    folder = resources.files("gouji.service.web") / "static"
    if suffix not in _TYPES or name not in {f.name for f in folder.iterdir()}:
        raise NotFound
    content = (folder / name).read_text("utf-8")
    return Response(content, media_type=_TYPES[suffix], headers={"Cache-Control": "max-age=3600"})


@router.get("/language/{lang}")
def language(request: Request, lang: str) -> Response:
    """Speak the other language from now on, on the page one comes from."""
    back = urlsplit(request.headers.get("referer", ""))
    own = back.netloc == request.headers.get("host")
    answer = go(inside(back.path + (f"?{back.query}" if back.query else "")) if own else "/")
    answer.set_cookie("gouji_lang", "en" if lang == "en" else "zh", max_age=365 * 86400, samesite="lax")
    return answer


def safe(text: bytes) -> Markup:
    """A fragment made by a writer of reports, which has escaped what the document says."""
    return Markup(text.decode())  # noqa: S704
