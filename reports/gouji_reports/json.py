"""JSON: the result for other programs, by the contract of `docs/json.md` and `schemas/result.schema.json`.

Each finding, claim, untied figure and unread part is one line, written as soon as it is made: a big result never stands in
memory as one string, and two results can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from gouji.model import patterns as re
from gouji.model.document import Box, NotChecked
from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Evidence, Finding, LedgerEntry, UntiedFigure
from gouji.model.text import Text
from gouji_reports.order import tally, told

Record = dict[str, Any]
_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(value: object, indent: int | None = None) -> str:
    """A value as JSON text that UTF-8 can hold."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    # A file name that is not UTF-8 reaches us as lone surrogates; escaped, it survives the encoding of the stream.
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _said(text: Text | None, lang: str) -> str | None:
    return text.get(lang) if text else None


def _bbox(boxes: tuple[Box, ...]) -> list[float] | None:
    """The rectangle round the boxes on the first page that the evidence touches."""
    here = [box for box in boxes if box.page == boxes[0].page]
    if not here:
        return None
    edges = (min(b.x0 for b in here), min(b.top for b in here), max(b.x1 for b in here), max(b.bottom for b in here))
    return [round(edge, 2) for edge in edges]


def _evidence(evidence: Evidence) -> Record:
    return {
        "role": evidence.role,
        "quote": evidence.quote,
        "context": evidence.context,
        "block": evidence.block,
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.boxes[0].page if evidence.boxes else None,
        "bbox": _bbox(evidence.boxes),
        "cell": evidence.cell,
        "document": evidence.document,
    }


def finding_record(finding: Finding, lang: str) -> Record:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message.get(lang),
        "stated": finding.stated,
        "computed": finding.computed,
        "difference": finding.difference,
        "formula": finding.formula,
        "cause": _said(finding.cause, lang),
        "confidence": finding.confidence,
        "fingerprint": finding.fingerprint,
        "waived": finding.waived,
        "evidence": [_evidence(e) for e in finding.evidence],
    }


def claim_record(entry: LedgerEntry, lang: str) -> Record:
    claim = entry.claim
    return {
        "kind": claim.kind.value,
        "shape": claim.shape,
        "verdict": claim.verdict.value,
        "stated": claim.stated,
        "computed": claim.computed,
        "difference": claim.difference,
        "formula": claim.formula,
        "cause": _said(claim.cause, lang),
        "reason": _said(claim.reason, lang),
        "confidence": claim.confidence,
        "evidence": [_evidence(e) for e in entry.evidence],
    }


def untied_record(figure: UntiedFigure) -> Record:
    return {"quote": figure.evidence.quote, "why": figure.why, "evidence": [_evidence(figure.evidence)]}


def not_checked_record(item: NotChecked, lang: str) -> Record:
    return {"what": item.what.get(lang), "why": item.why.get(lang)}


def array(key: str, records: Iterable[Record], end: str = ",") -> Iterator[str]:
    """A member of a document whose value is an array, one record a line."""
    yield f'      "{key}": ['
    mark = "\n"
    for one in records:
        yield f"{mark}        {dump(one)}"
        mark = ",\n"
    yield f"]{end}\n" if mark == "\n" else f"\n      ]{end}\n"


def head_record(result: DocumentResult) -> Record:
    """What is known of a document."""
    return {
        "path": result.path,
        "sha256": result.sha256,
        "format": result.format,
        "title": result.title,
        "organisation": result.organisation,
        "year": result.year,
        "verdict": result.verdict,
        "profile": result.profile,
        "crashed": result.crashed,
        "counts": tally(result),
    }


def _document(result: DocumentResult, lang: str) -> Iterator[str]:
    head = head_record(result) | {"profile_reason": _said(result.profile_reason, lang)}
    cover = result.coverage
    yield "    {\n"
    for key, value in head.items():
        yield f'      "{key}": {dump(value)},\n'
    yield from array("findings", (finding_record(f, lang) for f in told(result)))
    yield from array("claims", (claim_record(e, lang) for e in result.ledger))
    coverage = {"quantities": cover.quantities, "tied": cover.tied, "untied": cover.untied}
    yield f'      "coverage": {dump(coverage)},\n'
    yield from array("untied", (untied_record(f) for f in result.untied))
    yield from array("not_checked", (not_checked_record(n, lang) for n in result.not_checked), end="")
    yield "    }"


def _result(result: AuditResult, lang: str) -> Iterator[str]:
    yield "{\n"
    head = {"schema_version": result.schema_version, "version": result.version, "lang": lang, "verdict": result.verdict}
    for key, value in head.items():
        yield f'  "{key}": {dump(value)},\n'
    yield '  "documents": ['
    mark = "\n"
    for document in result.documents:
        yield mark
        yield from _document(document, lang)
        mark = ",\n"
    yield "]\n}\n" if mark == "\n" else "\n  ]\n}\n"


@record(frozen=True, slots=True)
class JsonWriter:
    """Writes the result as JSON."""

    name: str = "json"
    suffix: str = ".json"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        for part in _result(result, lang):
            stream.write(part)


WRITER = JsonWriter()
