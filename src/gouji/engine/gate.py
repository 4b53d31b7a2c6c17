"""The gate: from findings to a verdict, from a result to an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.model.document import NotChecked
from gouji.model.result import AuditResult, DocumentResult, Finding, Severity
from gouji.model.text import Text

PASS, REVIEW, BLOCK, UNREADABLE = "pass", "review", "block", "unreadable"
_ORDER = (PASS, REVIEW, BLOCK, UNREADABLE)

OK, FINDINGS, USAGE, NOT_READ, CRASHED = range(5)


def document_verdict(findings: Iterable[Finding], not_checked: Iterable[NotChecked]) -> str:
    """block: an error that nobody waived. review: a warning, or anything not checked. pass: neither."""
    worst = max((f.severity.rank for f in findings if f.waived is None), default=-1)
    if worst >= Severity.ERROR.rank:
        return BLOCK
    if worst >= Severity.WARNING.rank or any(True for _ in not_checked):
        return REVIEW
    return PASS


def worst(verdicts: Iterable[str]) -> str:
    """The worst verdict; of no document at all, unreadable, since nothing was checked."""
    return max(verdicts, key=_ORDER.index, default=UNREADABLE)


def hold_below(result: AuditResult, least: float) -> AuditResult:
    """The result with every document held at review of whose figures less than `least` (0 to 1) were recomputed."""
    if not least:
        return result
    documents = tuple(_held(d, least) for d in result.documents)
    return replace(result, documents=documents, verdict=worst(d.verdict for d in documents))


def _held(result: DocumentResult, least: float) -> DocumentResult:
    tied, figures = result.coverage.tied, result.coverage.quantities
    if result.verdict == UNREADABLE or (figures and tied >= least * figures):
        return result
    share = f"{least:.0%}"
    why = Text(
        f"已勾稽 {tied}/{figures}，低于要求的 {share}", f"{tied} of {figures} figures recomputed, below the {share} asked for"
    )
    not_checked = (*result.not_checked, NotChecked(Text("覆盖率", "coverage"), why))
    return replace(result, not_checked=not_checked, verdict=document_verdict(result.findings, not_checked))


def exit_code(result: AuditResult, fail_on: str = "error") -> int:
    """0 pass, 1 at or above the gate, 3 a document not read whole, 4 a check crashed; the highest wins.

    `fail_on` error closes the gate for documents with verdict block, warning also for those with verdict review (a figure
    that could not be checked is no pass), never for none.
    """
    documents = result.documents
    return max(
        (document_code(d.verdict, bool(d.document and d.document.unread), d.crashed, fail_on) for d in documents), default=OK
    )


def document_code(verdict: str, unread: bool, crashed: bool, fail_on: str) -> int:
    """The exit code of one document; `unread`: some of it could not be read."""
    if crashed:
        return CRASHED
    if unread or verdict == UNREADABLE:
        return NOT_READ
    closed = {"error": (BLOCK,), "warning": (BLOCK, REVIEW), "never": ()}[fail_on]
    return FINDINGS if verdict in closed else OK
