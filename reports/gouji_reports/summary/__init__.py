"""The summary of a batch: one offline page over its Parquet tables, every figure a way to the documents behind it.

Like the report it allows one style sheet and one script, by their digests, and nothing from outside. The documents travel in
the page as data; the script only filters and lists them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from gouji.model.beside import beside
from gouji.model.record import record
from gouji_reports.plain import visible


@record(frozen=True, slots=True)
class SummaryWriter:
    """Writes the page over a finished batch."""

    name: str = "html"
    suffix: str = ".html"

    def write(self, tables: Path, note: Mapping[str, Any], stream: TextIO, *, reports: str, lang: str = "zh") -> None:
        """The page over `tables`, the folder of the Parquet tables; `note` is run.json, `reports` the URL of the reports."""
        from jinja2 import Environment, PackageLoader, StrictUndefined
        from markupsafe import Markup

        from gouji_reports.summary.view import page

        environment = Environment(
            loader=PackageLoader("gouji_reports.summary", "."),
            autoescape=True,
            finalize=lambda value: visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        style, style_source = _asset("summary.css")
        script, script_source = _asset("summary.js")
        policy = (
            f"default-src 'none'; style-src {style_source}; script-src {script_source}; base-uri 'none'; form-action 'none'"
        )
        template = environment.get_template("summary.html.j2")
        stream.writelines(
            template.generate(
                page=page(tables, note, reports, lang),
                lang="en" if lang == "en" else "zh-CN",
                policy=Markup(policy),  # noqa: S704 - built from digests alone
                style=Markup(style),  # noqa: S704 - our own file
                script=Markup(script),  # noqa: S704 - our own file
            )
        )
        stream.write("\n")


def _asset(name: str) -> tuple[str, str]:
    text = beside("gouji_reports.summary").joinpath(name).read_text("utf-8").replace("\r\n", "\n")
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


WRITER = SummaryWriter()
