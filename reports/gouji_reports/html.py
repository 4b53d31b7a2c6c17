"""HTML: the issue report, one self-contained file for the auditor."""

from __future__ import annotations

from typing import TextIO

from gouji.model.record import record
from gouji.model.result import AuditResult
from gouji.model.writer import Original
from gouji_reports.labels import GATES, name
from gouji_reports.shell import render


@record(frozen=True, slots=True)
class HtmlWriter:
    """Writes the result as one HTML file."""

    name: str = "html"
    suffix: str = ".html"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh", original: Original | None = None) -> None:
        """`original`, where given, reads the file of a document again: a PDF is then shown page by page, too."""
        from gouji_reports.view import pages

        render(
            "report.html.j2",
            stream,
            lang,
            styles=("report.css",),
            script="report.js",
            result=result,
            pages=pages(result, lang, original),
            gate=name(GATES, result.verdict, lang),
        )


WRITER = HtmlWriter()
