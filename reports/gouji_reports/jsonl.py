"""JSON Lines: the result as a stream, one record a line, each with the document it belongs to. Fields as in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult
from gouji_reports.json import claim_record, dump, finding_record, head_record, not_checked_record, untied_record
from gouji_reports.order import told


def _records(result: DocumentResult, lang: str) -> Iterator[dict[str, Any]]:
    cover = result.coverage
    coverage = {"quantities": cover.quantities, "tied": cover.tied, "untied": cover.untied}
    yield {"record": "document"} | head_record(result) | {"coverage": coverage}
    where = {"path": result.path, "sha256": result.sha256}
    for kind, records in (
        ("finding", (finding_record(f, lang) for f in told(result))),
        ("claim", (claim_record(e, lang) for e in result.ledger)),
        ("untied", (untied_record(u) for u in result.untied)),
        ("not_checked", (not_checked_record(n, lang) for n in result.not_checked)),
    ):
        yield from ({"record": kind} | where | record for record in records)


@record(frozen=True, slots=True)
class JsonLinesWriter:
    """Writes the result as JSON Lines."""

    name: str = "jsonl"
    suffix: str = ".jsonl"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        head = {"schema_version": result.schema_version, "version": result.version, "lang": lang, "verdict": result.verdict}
        stream.write(dump({"record": "run"} | head) + "\n")
        for document in result.documents:
            stream.writelines(dump(record) + "\n" for record in _records(document, lang))


WRITER = JsonLinesWriter()
