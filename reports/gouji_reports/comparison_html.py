"""The comparison of two versions as one HTML file: the old sentence beside the new one, and what was edited between them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TextIO

from gouji.model.comparison import Change, Comparison, DocumentComparison, FindingChange
from gouji.model.record import record
from gouji.model.result import Evidence, Finding
from gouji_reports.labels import CHANGES, EDITS, GATES, SEVERITIES, UI, name
from gouji_reports.plain import one_line
from gouji_reports.shell import render
from gouji_reports.view import place

_AROUND = 90  # characters shown on either side of the faulty words

Pieces = tuple[tuple[str, str], ...]  # kind ("", del, ins, q) and words


@record(frozen=True, slots=True)
class Side:
    """A finding in one version: its place, its sentence cut into pieces, its figures."""

    label: str
    place: str
    pieces: Pieces
    figures: tuple[tuple[str, str], ...]


@record(frozen=True, slots=True)
class Row:
    """A finding in both versions."""

    change: str
    label: str
    severity: str
    severity_name: str
    code: str
    message: str
    edits: str
    waived: str | None
    sides: tuple[Side, ...]


@record(frozen=True, slots=True)
class Group:
    """The findings of one class in a document."""

    key: str
    label: str
    rows: tuple[Row, ...]


@record(frozen=True, slots=True)
class Pair:
    """Two versions of a document as shown."""

    compared: DocumentComparison
    title: str
    verdicts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    groups: tuple[Group, ...]


def _window(evidence: Evidence) -> tuple[str, str, str]:
    start, end = evidence.start, evidence.end
    before = evidence.context[max(0, start - _AROUND) : start]
    after = evidence.context[end : end + _AROUND]
    cut = "…" if start > _AROUND else "", "…" if len(evidence.context) > end + _AROUND else ""
    return cut[0] + one_line(before), one_line(evidence.quote), one_line(after) + cut[1]


def _pieces(mine: Evidence, other: Evidence | None, kind: str) -> Pieces:
    """The words round a quotation; those that the other version does not have are marked."""
    before, quote, after = _window(mine)
    if other is None:
        return (("", before), ("q", quote), ("", after))
    theirs = _window(other)
    return (
        *_marked(before, theirs[0], kind),
        ("q " + kind if quote != theirs[1] else "q", quote),
        *_marked(after, theirs[2], kind),
    )


def _marked(text: str, other: str, kind: str) -> Iterator[tuple[str, str]]:
    for tag, low, high, _, _ in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if high > low:
            yield ("" if tag == "equal" else kind, text[low:high])


def _side(label: str, finding: Finding, other: Finding | None, kind: str, lang: str) -> Side:
    mine = finding.evidence[0] if finding.evidence else None
    theirs = other.evidence[0] if other and other.evidence else None
    values = {"stated": finding.stated, "computed": finding.computed, "difference": finding.difference}
    return Side(
        label=label,
        place=place(mine, lang) if mine else "",
        pieces=_pieces(mine, theirs, kind) if mine else (),
        figures=tuple((name(UI, key, lang), value) for key, value in values.items() if value is not None),
    )


def _row(change: FindingChange, lang: str) -> Row:
    shown = change.shown
    sides = []
    if change.old:
        sides.append(_side(name(UI, "old", lang), change.old, change.new, "del", lang))
    if change.new:
        sides.append(_side(name(UI, "new", lang), change.new, change.old, "ins", lang))
    return Row(
        change=change.change.value,
        label=name(CHANGES, change.change, lang),
        severity=shown.severity.value,
        severity_name=name(SEVERITIES, shown.severity, lang),
        code=shown.code,
        message=shown.message.get(lang),
        edits=("、" if lang == "zh" else ", ").join(name(EDITS, e, lang) for e in change.edits),
        waived=shown.waived,
        sides=tuple(sides),
    )


def _pair(compared: DocumentComparison, lang: str) -> Pair:
    known = compared.new or compared.old
    results = (compared.old, compared.new)
    rows = [_row(c, lang) for c in compared.changes]
    return Pair(
        compared=compared,
        title=(known.title or known.path) if known else "",
        verdicts=tuple((r.verdict, name(GATES, r.verdict, lang)) if r else ("", name(UI, "absent", lang)) for r in results),
        notes=tuple(n.get(lang) for n in compared.notes),
        groups=tuple(
            Group(c.value, name(CHANGES, c, lang), tuple(r for r in rows if r.change == c)) for c in Change if compared.count(c)
        ),
    )


@record(frozen=True, slots=True)
class ComparisonHtml:
    """Writes a comparison as one HTML file."""

    name: str = "html"
    suffix: str = ".html"

    def write(self, result: Comparison, stream: TextIO, *, lang: str = "zh") -> None:
        render(
            "comparison.html.j2",
            stream,
            lang,
            styles=("report.css", "comparison.css"),
            script=None,
            result=result,
            pairs=[_pair(d, lang) for d in result.documents],
            counts=[(c.value, name(CHANGES, c, lang), result.count(c)) for c in Change],
        )


WRITER = ComparisonHtml()
