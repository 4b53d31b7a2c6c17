"""HTML: one self-contained file for the auditor, safe to open: no request leaves it, no string of a submission runs in it.

The policy in its head allows exactly one style sheet and one script, by the digests of their text, and nothing else: an
injected element or attribute would stay inert even if escaping failed.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from gouji.model.result import AuditResult
from gouji_reports.labels import GATES, SEVERITIES, UI, name
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


@lru_cache(maxsize=2)
def _asset(file: str) -> tuple[str, str]:
    """The text of a style sheet or script, and its source expression for the policy."""
    text = files("gouji_reports").joinpath("static", file).read_text("utf-8").replace("\r\n", "\n")
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """Writes the result as one HTML file."""

    name: str = "html"
    suffix: str = ".html"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        from markupsafe import Markup

        from gouji_reports.view import pages

        style, style_source = _asset("report.css")
        script, script_source = _asset("report.js")
        policy = (
            f"default-src 'none'; style-src {style_source}; script-src {script_source}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        template = _environment().get_template("report.html.j2")
        parts = template.generate(
            result=result,
            pages=pages(result, lang),
            lang="en" if lang == "en" else "zh-CN",
            t={key: text.get(lang) for key, text in UI.items()},
            gate=name(GATES, result.verdict, lang),
            severities={key: text.get(lang) for key, text in SEVERITIES.items()},
            policy=Markup(policy),  # noqa: S704 - built from digests alone; quotes stay legible
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
        )
        stream.writelines(parts)
        stream.write("\n")


WRITER = HtmlWriter()
