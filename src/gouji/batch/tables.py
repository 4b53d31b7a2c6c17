"""The tables of a batch: their columns, and one document's rows as the bytes that the cache keeps.

An entry is an Arrow IPC stream of one row, a list of records for each table, compressed as a whole: buffer by buffer, as Arrow
can, takes ten times as long and is larger. It knows nothing of where the document lay: the columns `document` and `report`
are set when entries become tables, so that two copies of one file share one entry.
Amounts are decimals in 元; a figure that no decimal of 38 digits holds is null beside its printed text, never rounded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from importlib.abc import MetaPathFinder
from typing import Any

import pyarrow as pa

from gouji.batch.layout import text
from gouji.facts.quantities import comma_normal, find_quantities
from gouji.model.claim import Verdict
from gouji.model.document import NotChecked
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension
from gouji.model.result import DocumentResult, Evidence, Finding, LedgerEntry, Severity
from gouji.model.text import Text
from gouji.text.normal import normal

DIGITS, PLACES = 38, 10
BASE = pa.decimal128(DIGITS, PLACES)
Row = dict[str, Any]

_STEP = Decimal(1).scaleb(-PLACES)
_WIDE = Context(prec=DIGITS + PLACES)
_COMPRESSION = "zstd"
_INT, _LONG, _BOOL, _REAL, _WORD = pa.int32(), pa.int64(), pa.bool_(), pa.float64(), pa.string()
_PLACE = {"block": _INT, "start": _INT, "end": _INT, "page": _INT, "cell": _WORD}
_EVIDENCE = pa.list_(pa.struct({"role": _WORD, "quote": _WORD, **_PLACE}))
_SUM = {"stated": _WORD, "computed": _WORD, "difference": _WORD, "formula": _WORD, "cause_zh": _WORD, "cause_en": _WORD}

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "documents": {
        "sha256": _WORD,
        "format": _WORD,
        "title": _WORD,
        "organisation": _WORD,
        "year": _INT,
        "verdict": _WORD,
        "profile": _WORD,
        "crashed": _BOOL,
        "pages": _INT,
        "blocks": _INT,
        "characters": _LONG,
        "quantities": _INT,
        "tied": _INT,
        "claims": _INT,
        "agreed": _INT,
        "disagreed": _INT,
        "undecided": _INT,
        "errors": _INT,
        "warnings": _INT,
        "notices": _INT,
        "not_checked": _INT,
        "unread": _INT,
        "amount": BASE,
    },
    "quantities": {
        "number": _INT,
        "raw": _WORD,
        "label": _WORD,
        "noun": _WORD,
        "unit": _WORD,
        "dimension": _WORD,
        "places": _INT,
        "hedge": _WORD,
        "base": BASE,
        "tied": _BOOL,
        "why": _WORD,
        **_PLACE,
    },
    "claims": {
        "number": _INT,
        "kind": _WORD,
        "shape": _WORD,
        "verdict": _WORD,
        **_SUM,
        "reason_zh": _WORD,
        "reason_en": _WORD,
        "confidence": _REAL,
        "quote": _WORD,
        **_PLACE,
        "evidence": _EVIDENCE,
    },
    "findings": {
        "number": _INT,
        "code": _WORD,
        "name": _WORD,
        "severity": _WORD,
        "message_zh": _WORD,
        "message_en": _WORD,
        **_SUM,
        "confidence": _REAL,
        "fingerprint": _WORD,
        "amount": BASE,
        "quote": _WORD,
        "context": _WORD,
        **_PLACE,
        "evidence": _EVIDENCE,
    },
    "not_checked": {"number": _INT, "what_zh": _WORD, "what_en": _WORD, "why_zh": _WORD, "why_en": _WORD},
}
_ENTRY = pa.schema({name: pa.list_(pa.struct(columns)) for name, columns in COLUMNS.items()})
_AGREED = (Verdict.AGREES, Verdict.AGREES_BY_ROUNDING)


class _NoPandas(MetaPathFinder):
    """As if pandas were not installed."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def without_pandas() -> None:
    """In a process of gouji's own: keep pyarrow from loading pandas, if it is installed, to ask whether a list is one of its.

    That took a third of a second and 50 MB of every process. What needs pandas in the same process must not call this.
    """
    sys.meta_path.insert(0, finder := _NoPandas())
    try:
        pa.array([None])  # it asks once
    finally:
        sys.meta_path.remove(finder)


def schema(name: str) -> pa.Schema:
    """The columns of a table as it stands in its files."""
    own = {"document": _WORD, **COLUMNS[name]}
    return pa.schema({**own, "report": _WORD} if name == "documents" else own)


def entry(result: DocumentResult) -> bytes:
    """One document's rows in every table."""
    rows = {
        "documents": [_document(result)],
        "quantities": _quantities(result),
        "claims": [_claim(n, e) for n, e in enumerate(result.ledger)],
        "findings": [_finding(n, f) for n, f in enumerate(result.findings)],
        "not_checked": [_not_checked(n, item) for n, item in enumerate(result.not_checked)],
    }
    try:
        table = pa.Table.from_pylist([rows], schema=_ENTRY)
    except UnicodeEncodeError:
        table = pa.Table.from_pylist([_escaped(rows)], schema=_ENTRY)
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, _COMPRESSION) as stream, pa.ipc.new_stream(stream, _ENTRY) as writer:
        writer.write_table(table)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def _escaped(value: Any) -> Any:
    """The same rows, every text such that UTF-8 can hold it."""
    match value:
        case str():
            return text(value)
        case dict():
            return {key: _escaped(inner) for key, inner in value.items()}
        case list():
            return [_escaped(inner) for inner in value]
    return value


class EntryError(Exception):
    """Bytes that are no entry of this schema: a cache that was cut short or tampered with."""


def open_entry(data: bytes) -> pa.Table:
    """The entry in these bytes, EntryError if they hold none."""
    try:
        with pa.CompressedInputStream(pa.BufferReader(data), _COMPRESSION) as stream, pa.ipc.open_stream(stream) as reader:
            table = reader.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise EntryError(str(error)) from error
    if table.schema != _ENTRY or table.num_rows != 1:
        raise EntryError("another schema")
    return table


@dataclass(frozen=True, slots=True)
class Named:
    """An opened entry with the name that its document has in this batch, and its report's."""

    document: str
    report: str | None
    entry: pa.Table


def assemble(entries: Sequence[Named]) -> dict[str, pa.Table]:
    """The tables of several documents, rows in the order of the documents."""
    import pyarrow.compute as pc  # makes its functions as it is imported: a run that finds all done does without

    whole = pa.concat_tables([e.entry for e in entries]).combine_chunks()
    names = pa.array([text(e.document) for e in entries], _WORD)
    found = {}
    for name, columns in COLUMNS.items():
        column = whole[name].chunk(0)
        owners = names.take(pc.list_parent_indices(column))
        arrays = dict(zip(columns, pc.list_flatten(column).flatten(), strict=True))
        if name == "documents":
            arrays["report"] = pa.array([e.report for e in entries], _WORD)
        found[name] = pa.table({"document": owners, **arrays}, schema=schema(name))
    return found


def _document(result: DocumentResult) -> Row:
    document = result.document
    grave = [f.severity for f in result.findings if f.waived is None]
    verdicts = [e.claim.verdict for e in result.ledger]
    return {
        "sha256": result.sha256,
        "format": result.format,
        "title": result.title,
        "organisation": result.organisation,
        "year": result.year,
        "verdict": result.verdict,
        "profile": result.profile,
        "crashed": result.crashed,
        "pages": document.pages if document else None,
        "blocks": len(document.blocks) if document else None,
        "characters": sum(len(b.text) for b in document.blocks) if document else None,
        "quantities": result.coverage.quantities,
        "tied": result.coverage.tied,
        "claims": len(verdicts),
        "agreed": sum(v in _AGREED for v in verdicts),
        "disagreed": verdicts.count(Verdict.DISAGREES),
        "undecided": verdicts.count(Verdict.UNDECIDABLE),
        "errors": grave.count(Severity.ERROR),
        "warnings": grave.count(Severity.WARNING),
        "notices": grave.count(Severity.NOTICE),
        "not_checked": len(result.not_checked),
        "unread": len(document.unread) if document else 1,
        "amount": _fit(sum((_at_stake(f) or Decimal(0) for f in result.findings if f.severity is Severity.ERROR), Decimal(0))),
    }


def _quantities(result: DocumentResult) -> list[Row]:
    untied = {u.quantity.span: u.why for u in result.untied}
    return [_quantity(result, n, q, untied.get(q.span)) for n, q in enumerate(result.quantities)]


def _quantity(result: DocumentResult, number: int, quantity: Quantity, why: str | None) -> Row:
    assert result.document is not None
    span, figure = quantity.span, quantity.figure
    block = result.document.blocks[span.block]
    boxes = block.anchor.boxes(span.start, span.end)
    return {
        "number": number,
        "raw": quantity.raw,
        "label": quantity.label,
        "noun": quantity.noun,
        "unit": figure.unit.symbol,
        "dimension": quantity.dimension.value,
        "places": figure.places,
        "hedge": figure.hedge.value,
        "base": _fit(quantity.base),
        "tied": why is None,
        "why": why,
        "block": span.block,
        "start": span.start,
        "end": span.end,
        "page": boxes[0].page if boxes else None,
        "cell": block.cells[quantity.cell].address if quantity.cell is not None and quantity.cell < len(block.cells) else None,
    }


def _claim(number: int, entry: LedgerEntry) -> Row:
    claim = entry.claim
    return {
        "number": number,
        "kind": claim.kind.value,
        "shape": claim.shape,
        "verdict": claim.verdict.value,
        **_sum(claim.stated, claim.computed, claim.difference, claim.formula, claim.cause),
        "reason_zh": claim.reason.zh if claim.reason else None,
        "reason_en": claim.reason.en if claim.reason else None,
        "confidence": claim.confidence,
        **_where(entry.evidence),
    }


def _finding(number: int, finding: Finding) -> Row:
    return {
        "number": number,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
        **_sum(finding.stated, finding.computed, finding.difference, finding.formula, finding.cause),
        "confidence": finding.confidence,
        "fingerprint": finding.fingerprint,
        "amount": _at_stake(finding),
        "context": finding.evidence[0].context if finding.evidence else None,
        **_where(finding.evidence),
    }


def _not_checked(number: int, item: NotChecked) -> Row:
    return {"number": number, **_both("what", item.what), **_both("why", item.why)}


def _both(key: str, said: Text) -> Row:
    return {f"{key}_zh": said.zh, f"{key}_en": said.en}


def _sum(stated: str | None, computed: str | None, difference: str | None, formula: str | None, cause: Text | None) -> Row:
    return {
        "stated": stated,
        "computed": computed,
        "difference": difference,
        "formula": formula,
        "cause_zh": cause.zh if cause else None,
        "cause_en": cause.en if cause else None,
    }


def _where(evidence: Sequence[Evidence]) -> Row:
    places = [_place(e) for e in evidence]
    first: Row = dict(places[0]) if places else {}
    first.pop("role", None)
    return {**first, "evidence": places}


def _place(evidence: Evidence) -> Row:
    return {
        "role": evidence.role,
        "quote": evidence.quote,
        "block": evidence.block,
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.boxes[0].page if evidence.boxes else None,
        "cell": evidence.cell,
    }


def _at_stake(finding: Finding) -> Decimal | None:
    """The money that a finding's difference names, in 元."""
    if not finding.difference:
        return None
    return _fit(_money(find_quantities(0, comma_normal(normal(finding.difference)))))


def _money(found: Iterable[Quantity]) -> Decimal | None:
    return next((abs(q.base) for q in found if q.dimension is Dimension.MONEY), None)


def _fit(value: Decimal | None) -> Decimal | None:
    """The value if a column can hold it exactly."""
    if value is None or not value.is_finite() or value.adjusted() >= DIGITS - PLACES:
        return None
    fitted = value.quantize(_STEP, context=_WIDE)
    return fitted if fitted == value else None
