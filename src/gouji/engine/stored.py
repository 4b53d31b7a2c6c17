"""A result that was stored as JSON, read back for a comparison: findings, quoted texts and what was not checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gouji.engine import gate
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import NotChecked
from gouji.model.result import AuditResult, DocumentResult, Evidence, Finding, LedgerEntry, Severity
from gouji.model.text import Text

_HEAD = 200  # bytes in which a result names its schema


class StoredError(Exception):
    """A file that is no stored result; the message names it and the reason."""


def is_stored(path: Path) -> bool:
    """Whether a file looks like a result of `gouji check --format json`."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as stream:
        return b'"schema_version"' in stream.read(_HEAD)


def load(path: Path) -> AuditResult:
    """The result of a file in the contract of docs/json.md. Messages come in the language they were stored in."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema_version"] != "1":
            raise StoredError(f"{path}: schema_version {data['schema_version']!r} is not known")
        documents = tuple(_document(d) for d in data["documents"])
        return AuditResult(documents, data["verdict"], version=data["version"])
    except (OSError, ValueError, RecursionError) as error:
        raise StoredError(f"{path}: {error}") from error
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise StoredError(f"{path}: not a result of gouji check --format json ({type(error).__name__}: {error})") from error


def _document(data: dict[str, Any]) -> DocumentResult:
    if data["verdict"] not in {gate.PASS, gate.REVIEW, gate.BLOCK, gate.UNREADABLE}:
        raise ValueError(f"verdict {data['verdict']!r} is not known")
    same = {key: data[key] for key in ("path", "verdict", "sha256", "format", "title", "organisation", "year", "profile")}
    return DocumentResult(
        **same,
        crashed=data["crashed"],
        findings=tuple(_finding(f) for f in data["findings"]),
        ledger=tuple(_entry(c) for c in data["claims"]) + tuple(_untied(u) for u in data["untied"]),
        not_checked=tuple(NotChecked(Text(n["what"], n["what"]), Text(n["why"], n["why"])) for n in data["not_checked"]),
    )


def _evidence(data: dict[str, Any]) -> Evidence:
    keys = ("role", "quote", "context", "block", "start", "end", "cell")
    made = Evidence(**{key: data[key] for key in keys}, document=data.get("document"))
    if made.context[made.start : made.end] != made.quote:
        raise ValueError(f"a quote does not stand where it is said to: {made.quote[:20]!r}")
    return made


def _finding(data: dict[str, Any]) -> Finding:
    keys = ("code", "name", "fingerprint", "stated", "computed", "difference", "formula", "confidence", "waived")
    cause = data["cause"]
    return Finding(
        **{key: data[key] for key in keys},
        severity=Severity(data["severity"]),
        message=Text(data["message"], data["message"]),
        cause=Text(cause, cause) if cause is not None else None,
        evidence=tuple(_evidence(e) for e in data["evidence"]),
    )


def _entry(data: dict[str, Any]) -> LedgerEntry:
    claim = Claim(ClaimKind(data["kind"]), Verdict(data["verdict"]), data["stated"], data["computed"], ())
    return LedgerEntry(claim, tuple(_evidence(e) for e in data["evidence"]))


def _untied(data: dict[str, Any]) -> LedgerEntry:
    """An untied figure, for the text that it quotes: a comparison looks at nothing else of it."""
    claim = Claim(ClaimKind.BOUND, Verdict.UNDECIDABLE, data["quote"], None, ())
    return LedgerEntry(claim, tuple(_evidence(e) for e in data["evidence"]))
