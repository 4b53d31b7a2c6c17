"""Markdown: a comment under a merge request. Short, and dead: every mark of a submission is escaped, nobody is mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Finding
from gouji_reports.console import recomputation
from gouji_reports.labels import GATES, SEVERITIES, UI, name
from gouji_reports.order import tally, told
from gouji_reports.plain import one_line
from gouji_reports.view import place

_ROOM = 60_000  # characters: GitHub takes comments of up to 65,536
_QUOTE = 120  # characters quoted
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ICONS = {"error": "🔴", "warning": "🟡", "notice": "🔵", "waived": "⚪"}


def escaped(text: str) -> str:
    """Text that renders as itself: CommonMark lets every ASCII mark be escaped; a joiner keeps @name from being a mention."""
    return _PUNCTUATION.sub(r"\\\1", one_line(text)).replace("\\@", "\\@\u2060")


def _head(result: AuditResult, lang: str) -> Iterator[str]:
    yield f"## {name(UI, 'brand', lang)}: {name(GATES, result.verdict, lang)}\n\n"
    columns = [name(UI, "file", lang), name(UI, "verdict", lang)]
    columns += [name(SEVERITIES, s, lang) for s in ("error", "warning", "notice")]
    columns += [name(UI, key, lang) for key in ("waived", "tied", "not_checked")]
    yield "| " + " | ".join(columns) + " |\n|---|---|" + "--:|" * 6 + "\n"
    for document in result.documents:
        counts = tally(document)
        cover = f"{document.coverage.tied}/{document.coverage.quantities}"
        cells = [escaped(document.path), name(GATES, document.verdict, lang), *map(str, counts.values()), cover]
        yield "| " + " | ".join([*cells, str(len(document.not_checked))]) + " |\n"
    yield "\n"


def _finding(finding: Finding, lang: str) -> str:
    kind = "waived" if finding.waived is not None else finding.severity.value
    label = name(UI if kind == "waived" else SEVERITIES, kind, lang)
    where = f" · {escaped(place(finding.evidence[0], lang))}" if finding.evidence else ""
    lines = [f"- {_ICONS[kind]} **{label} {finding.code}** {escaped(finding.message.get(lang))}{where}"]
    if finding.waived is not None:
        lines.append(f"  {name(UI, 'waiver', lang)}: {escaped(finding.waived)}")
    elif finding.evidence:
        lines.append(f"  > {escaped(finding.evidence[0].quote[:_QUOTE])}")
        if recomputed := recomputation(finding, lang):
            lines.append(f"  > {escaped(recomputed[: 2 * _QUOTE])}")
    return "  \n".join(lines) + "\n"


def _document(result: DocumentResult, lang: str) -> Iterator[str]:
    findings = told(result)
    if findings or result.not_checked:
        yield f"### {escaped(result.path)}\n\n"
    for item in result.not_checked:
        said = f"{escaped(item.what.get(lang)[:_QUOTE])}: {escaped(item.why.get(lang)[:_QUOTE])}"
        yield f"- ⚫ **{name(UI, 'not_checked', lang)}** {said}\n"
    for finding in findings:
        yield _finding(finding, lang)
    if findings or result.not_checked:
        yield "\n"


@record(frozen=True, slots=True)
class MarkdownWriter:
    """Writes the result as a comment."""

    name: str = "markdown"
    suffix: str = ".md"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        used = 0
        pieces = [*_head(result, lang), *(piece for d in result.documents for piece in _document(d, lang))]
        for number, piece in enumerate(pieces):
            if used + len(piece) > _ROOM:
                stream.write("\n" + name(UI, "more", lang).format(sum(p.startswith("- ") for p in pieces[number:])) + "\n")
                break
            used += len(piece)
            stream.write(piece)


WRITER = MarkdownWriter()
