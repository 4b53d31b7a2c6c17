"""The shell of every HTML page: one self-contained file, safe to open.

No request leaves it and no string of a submission runs in it. The policy in its head allows exactly its style sheets and its
script, by the digests of their text, and nothing else: an injected element or attribute would stay inert even if escaping
failed.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, TextIO

from gouji.model.beside import beside
from gouji_reports.labels import CHANGES, GATES, SEVERITIES, UI
from gouji_reports.plain import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def _shown(value: object) -> object:
    """What an expression of a template prints: nothing for None, text with its hidden characters shown."""
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return visible(value)
    return value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("gouji_reports"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=4)
def _asset(file: str) -> tuple[str, str]:
    """The text of a style sheet or script, and its source expression for the policy."""
    text = beside("gouji_reports").joinpath("static", file).read_text("utf-8").replace("\r\n", "\n")
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


def render(template: str, stream: TextIO, lang: str, *, styles: tuple[str, ...], script: str | None, **context: object) -> None:
    """Write a page. `styles` and `script` are files of `static/`."""
    from markupsafe import Markup

    sheets = [_asset(file) for file in styles]
    code, source = _asset(script) if script else ("", "'none'")
    policy = (
        f"default-src 'none'; style-src {' '.join(s for _, s in sheets)}; script-src {source}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = (
        _environment()
        .get_template(template)
        .generate(
            lang="en" if lang == "en" else "zh-CN",
            t={key: text.get(lang) for key, text in UI.items()},
            gates={key: text.get(lang) for key, text in GATES.items()},
            severities={key: text.get(lang) for key, text in SEVERITIES.items()},
            changes={key: text.get(lang) for key, text in CHANGES.items()},
            policy=Markup(policy),  # noqa: S704 - built from digests alone; quotes stay legible
            styles=[Markup(text) for text, _ in sheets],  # noqa: S704 - our own files
            script=Markup(code),  # noqa: S704 - our own file
            **context,
        )
    )
    stream.writelines(parts)
    stream.write("\n")
