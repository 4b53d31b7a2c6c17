"""CSV: one row a finding, for spreadsheets and scripts (RFC 4180, UTF-8 with a byte order mark, line feeds).

A cell that a spreadsheet would take for a formula begins with an apostrophe: a submission must not compute anything in the
auditor's Excel.
"""

from __future__ import annotations

import csv
from typing import TextIO

from gouji.model.document import NotChecked
from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Finding
from gouji_reports.order import told
from gouji_reports.places import first_line
from gouji_reports.plain import one_line

COLUMNS = (
    "path", "organisation", "year", "verdict", "code", "name", "severity", "message", "quote", "line", "page", "cell",
    "stated", "computed", "difference", "formula", "cause", "confidence", "waived", "fingerprint", "sha256",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(value: object) -> str:
    """A value as one line of text that no spreadsheet computes."""
    text = "" if value is None else one_line(str(value))
    return "'" + text if text.startswith(_FORMULA) else text


def _row(result: DocumentResult, finding: Finding, lang: str) -> list[object]:
    first = finding.evidence[0] if finding.evidence else None
    return [
        result.path, result.organisation, result.year, result.verdict, finding.code, finding.name, finding.severity.value,
        finding.message.get(lang), first and first.quote, first_line(result, finding) if first else None,
        first.boxes[0].page if first and first.boxes else None, first and first.cell, finding.stated, finding.computed,
        finding.difference, finding.formula, finding.cause.get(lang) if finding.cause else None, finding.confidence,
        finding.waived, finding.fingerprint, result.sha256,
    ]  # fmt: skip


def _missed(result: DocumentResult, item: NotChecked, lang: str) -> list[object]:
    """What was not checked is a row too: a table without it would look cleaner than the document is."""
    row: list[object] = [None] * len(COLUMNS)
    row[:4] = result.path, result.organisation, result.year, result.verdict
    row[5:9] = "not-checked", "not_checked", item.why.get(lang), item.what.get(lang)
    row[-1] = result.sha256
    return row


@record(frozen=True, slots=True)
class CsvWriter:
    """Writes the findings as a table."""

    name: str = "csv"
    suffix: str = ".csv"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        stream.write("\ufeff")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for document in result.documents:
            rows = [_row(document, f, lang) for f in told(document)]
            rows += [_missed(document, item, lang) for item in document.not_checked]
            table.writerows([inert(value) for value in row] for row in rows)


WRITER = CsvWriter()
