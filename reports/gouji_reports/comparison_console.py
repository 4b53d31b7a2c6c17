"""The comparison of two versions for a person at a terminal, or for a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from gouji.model.comparison import Change, Comparison, DocumentComparison, FindingChange
from gouji.model.record import record
from gouji.model.result import DocumentResult, Finding
from gouji_reports.console import quotation, recomputation
from gouji_reports.labels import CHANGES, EDITS, GATES, SEVERITIES, UI, name
from gouji_reports.lines import STYLES, Line, line, show

_INDENT = 4
_STYLE = {
    Change.NEW: "bold red",
    Change.REMAINING: "bold yellow",
    Change.MOVED: "bold yellow",
    Change.UNCLEAR: "bold magenta",
    Change.FIXED: "bold green",
}


def _where(result: DocumentResult | None, finding: Finding | None) -> str:
    if result is None or finding is None:
        return ""
    return result.path + (f":{finding.evidence[0].block + 1}" if finding.evidence else "")


def _change(compared: DocumentComparison, change: FindingChange, lang: str, width: int) -> Iterator[Line]:
    finding, style = change.shown, _STYLE[change.change]
    places = [w for w in (_where(compared.old, change.old), _where(compared.new, change.new)) if w]
    edits = "、".join(name(EDITS, e, lang) for e in change.edits) if lang == "zh" else ", ".join(change.edits)
    yield line(
        (name(CHANGES, change.change, lang) + " ", style),
        (" → ".join(places if change.change is Change.MOVED else places[-1:]) + " ", "dim"),
        f"{finding.code} {name(SEVERITIES, finding.severity, lang)} ",
        finding.message.get(lang),
        (f"  [{edits}]" if edits else "", "dim"),
        (f"  [{name(UI, 'waived', lang)}: {finding.waived}]" if finding.waived is not None else "", "dim"),
    )
    if finding.evidence:
        yield quotation(finding.evidence[0], width, style)
    if change.change is not Change.FIXED and (recomputed := recomputation(finding, lang)):
        yield line(recomputed, indent=_INDENT)


def _document(compared: DocumentComparison, lang: str, width: int) -> Iterator[Line]:
    sides = []
    for result in (compared.old, compared.new):
        known = result is not None
        verdict = result.verdict if result else ""
        sides.append((result.path if result else name(UI, "absent", lang), "bold" if known else "dim"))
        sides.append((f"  {name(GATES, verdict, lang)}" if known else "", STYLES.get(verdict, "")))
    yield line(*sides[:2], "  →  ", *sides[2:])
    for note in compared.notes:
        yield line((name(UI, "not_checked", lang).lower() + " ", "bold magenta"), note.get(lang), indent=_INDENT)
    for change in compared.changes:
        yield from _change(compared, change, lang, width)
    yield Line(())


def _lines(comparison: Comparison, lang: str, width: int) -> Iterator[Line]:
    for compared in comparison.documents:
        yield from _document(compared, lang, width)
    counts = [(c, comparison.count(c)) for c in Change]
    yield line(
        f"{len(comparison.documents)} {name(UI, 'documents', lang)}",
        *((f"  {name(CHANGES, c, lang)} {n}", _STYLE[c] if n else "dim") for c, n in counts),
    )


@record(frozen=True, slots=True)
class ComparisonConsole:
    """Writes a comparison as lines."""

    name: str = "console"
    suffix: str = ".txt"

    def write(self, result: Comparison, stream: TextIO, *, lang: str = "zh", color: bool = False, width: int = 100) -> None:
        show(_lines(result, lang, width), stream, width, color=color)


WRITER = ComparisonConsole()
