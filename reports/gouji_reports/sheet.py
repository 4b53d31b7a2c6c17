"""The documents alone, as a fragment for a page that has its own frame: text with the evidence marked, and nothing around it.

Marks link to `#dNfM`, finding M (in the order of the reports) of document N; places are `#dNbBcC`, as in the HTML report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TextIO

from gouji.model.beside import beside
from gouji.model.result import AuditResult
from gouji_reports.view import pages


@dataclass(frozen=True)
class SheetWriter:
    """Writes the documents as fragments of HTML. `style` is the sheet's style, also for the frame to use."""

    name: str = "sheet"
    suffix: str = ".html"

    @cached_property
    def style(self) -> str:
        return (beside("gouji_reports") / "static" / "report.css").read_text("utf-8")

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        for page in pages(result, lang):
            stream.write(f'<article class="sheet" id="{page.prefix}">\n{page.text()}\n</article>\n')


WRITER = SheetWriter()
