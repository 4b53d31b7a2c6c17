"""The problem ledger (问题台账) as .xlsx: one row a finding across all submissions, to be followed up until it is settled."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Finding
from gouji.model.writer import Original
from gouji_reports.basis import basis, by_code, requirement
from gouji_reports.labels import GATES, LEDGER, SEVERITIES, STATUS, UI, name
from gouji_reports.marked.note import needs_office
from gouji_reports.office import timeless
from gouji_reports.order import tally, told
from gouji_reports.plain import one_line
from gouji_reports.view import place

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = {
    "number": 6, "organisation": 22, "year": 8, "file": 26, "code": 9, "severity": 8, "problem": 46, "quote": 26, "place": 16,
    "stated": 14, "computed": 14, "difference": 12, "formula": 30, "cause": 22, "basis": 20, "requirement": 34,
    "status": 10, "owner": 12, "deadline": 12, "remark": 24, "fingerprint": 24,
}  # fmt: skip
_FILLS = {"error": "FBE3DF", "warning": "FBEBC6", "notice": "E3EDF7"}
_LONGEST = 32_000  # characters of a cell: Excel takes 32,767


def _text(value: object) -> Any:
    """A value for a cell: numbers as they are, text on one line; what looks like a formula stays text (see `_put`)."""
    return value if value is None or isinstance(value, int) else one_line(str(value))[:_LONGEST]


def _row(number: int, result: DocumentResult, finding: Finding, infos: dict[str, CheckInfo], lang: str) -> list[object]:
    first = finding.evidence[0] if finding.evidence else None
    status = name(STATUS, "open" if finding.waived is None else "waived", lang)
    return [
        number, result.organisation, result.year, result.path, finding.code, name(SEVERITIES, finding.severity, lang),
        finding.message.get(lang), first.quote if first else None, place(first, lang) if first else name(UI, "nowhere", lang),
        finding.stated, finding.computed, finding.difference, finding.formula,
        finding.cause.get(lang) if finding.cause else None, basis(infos.get(finding.code), lang), requirement(finding, lang),
        status, None, None, finding.waived, finding.fingerprint,
    ]  # fmt: skip


def _put(sheet: Worksheet, row: int, values: list[object]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value = _text(value)
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a submission's “=1+1” is words
            cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))


def _head(sheet: Worksheet, titles: list[str], widths: list[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    _put(sheet, 1, list(titles))
    for column, width in enumerate(widths, 1):
        cell = sheet.cell(1, column)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="23486D")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _findings(sheet: Worksheet, result: AuditResult, lang: str) -> None:
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    infos = by_code(result.catalogue)
    _head(sheet, [name(LEDGER, key, lang) for key in _COLUMNS], list(_COLUMNS.values()))
    found = [(d, f) for d in result.documents for f in told(d)]
    for number, (document, finding) in enumerate(found, 1):
        _put(sheet, number + 1, _row(number, document, finding, infos, lang))
        sheet.cell(number + 1, 6).fill = PatternFill("solid", fgColor=_FILLS[finding.severity.value])
        for column in range(1, len(_COLUMNS) + 1):
            sheet.cell(number + 1, column).alignment = Alignment(vertical="top", wrap_text=True)
    last = get_column_letter(len(_COLUMNS))
    sheet.auto_filter.ref = f"A1:{last}{max(len(found) + 1, 2)}"
    status = get_column_letter(list(_COLUMNS).index("status") + 1)
    words = ",".join(name(STATUS, key, lang) for key in STATUS)
    validation = DataValidation(type="list", formula1=f'"{words}"', allow_blank=False, showErrorMessage=True)
    validation.add(f"{status}2:{status}{max(len(found) + 1, 2)}")
    sheet.add_data_validation(validation)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _documents(sheet: Worksheet, result: AuditResult, lang: str) -> None:
    """One row a document, with what was not checked: a ledger without findings is no proof of a sound report."""
    keys = ("file", "organisation", "year", "verdict", "error", "warning", "notice", "waived", "tied", "not_checked")
    titles = [name(SEVERITIES if key in SEVERITIES else LEDGER if key in LEDGER else UI, key, lang) for key in keys]
    _head(sheet, titles, [40, 24, 8, 10, 8, 8, 8, 10, 12, 60])
    for number, document in enumerate(result.documents, 2):
        cover = f"{document.coverage.tied}/{document.coverage.quantities}"
        missed = "；".join(f"{n.what.get(lang)}（{n.why.get(lang)}）" for n in document.not_checked)
        head = [document.path, document.organisation, document.year, name(GATES, document.verdict, lang)]
        _put(sheet, number, [*head, *tally(document).values(), cover, missed])


@record(frozen=True, slots=True)
class ProblemLedgerWriter:
    """Writes the problem ledger."""

    name: str = "ledger"
    suffix: str = ".xlsx"

    def write_binary(self, result: AuditResult, stream: BinaryIO, *, lang: str = "zh", original: Original) -> None:  # noqa: ARG002
        try:
            from openpyxl import Workbook
        except ImportError as error:
            raise needs_office(self.name) from error
        book = Workbook()
        first = book.active
        assert first is not None
        first.title = name(UI, "problem_ledger", lang)
        _findings(first, result, lang)
        _documents(book.create_sheet(name(UI, "contents", lang)), result, lang)
        out = BytesIO()
        book.save(out)
        stream.write(timeless(out.getvalue()))


WRITER = ProblemLedgerWriter()
