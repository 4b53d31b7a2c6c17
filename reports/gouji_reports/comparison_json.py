"""The comparison of two versions for other programs: `schemas/comparison.schema.json`. One change, one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from gouji.model.comparison import Change, Comparison, DocumentComparison, FindingChange
from gouji.model.record import record
from gouji.model.result import DocumentResult
from gouji_reports.json import array, dump, finding_record


def _side(result: DocumentResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    keys = ("path", "sha256", "format", "title", "organisation", "year", "verdict", "profile", "crashed")
    return {key: getattr(result, key) for key in keys}


def _change(change: FindingChange, lang: str) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "edits": [e.value for e in change.edits],
        "old": finding_record(change.old, lang) if change.old else None,
        "new": finding_record(change.new, lang) if change.new else None,
    }


def _document(compared: DocumentComparison, lang: str) -> Iterator[str]:
    yield "    {\n"
    head = {
        "old": _side(compared.old),
        "new": _side(compared.new),
        "counts": {c.value: compared.count(c) for c in Change},
        "notes": [n.get(lang) for n in compared.notes],
    }
    for key, value in head.items():
        yield f'      "{key}": {dump(value)},\n'
    yield from array("changes", (_change(c, lang) for c in compared.changes), end="")
    yield "    }"


def _comparison(comparison: Comparison, lang: str) -> Iterator[str]:
    yield "{\n"
    head = {
        "schema_version": comparison.schema_version,
        "version": comparison.version,
        "lang": lang,
        "counts": {c.value: comparison.count(c) for c in Change},
    }
    for key, value in head.items():
        yield f'  "{key}": {dump(value)},\n'
    yield '  "documents": ['
    mark = "\n"
    for compared in comparison.documents:
        yield mark
        yield from _document(compared, lang)
        mark = ",\n"
    yield "]\n}\n" if mark == "\n" else "\n  ]\n}\n"


@record(frozen=True, slots=True)
class ComparisonJson:
    """Writes a comparison as JSON."""

    name: str = "json"
    suffix: str = ".json"

    def write(self, result: Comparison, stream: TextIO, *, lang: str = "zh") -> None:
        for part in _comparison(result, lang):
            stream.write(part)


WRITER = ComparisonJson()
