"""Verdicts and exit codes."""

from __future__ import annotations

import pytest

from gouji.engine import gate
from gouji.model.document import Document, NotChecked
from gouji.model.result import AuditResult, DocumentResult, Finding, Severity
from gouji.model.text import Text

SAID = Text("错", "wrong")
GAP = NotChecked(SAID, SAID)


def finding(severity: Severity, waived: str | None = None) -> Finding:
    return Finding("AR901", "fault", severity, SAID, (), "f", waived=waived)


@pytest.mark.parametrize(
    ("findings", "gaps", "verdict"),
    [
        ([], [], "pass"),
        ([finding(Severity.NOTICE)], [], "pass"),
        ([finding(Severity.WARNING)], [], "review"),
        ([finding(Severity.ERROR)], [], "block"),
        ([], [GAP], "review"),
        ([finding(Severity.ERROR)], [GAP], "block"),
        ([finding(Severity.ERROR, waived="原件已核")], [], "pass"),
        ([finding(Severity.ERROR, waived="原件已核")], [GAP], "review"),
    ],
)
def test_verdict_of_a_document(findings, gaps, verdict):
    """Errors block, warnings and gaps call for a reviewer, notices and waived findings do neither."""
    assert gate.document_verdict(findings, gaps) == verdict


def test_verdict_of_a_run_is_the_worst():
    """One document that cannot be read outweighs all that pass; of nothing, nothing was checked."""
    assert gate.worst(["pass", "review", "pass"]) == "review"
    assert gate.worst(["block", "unreadable", "pass"]) == "unreadable"
    assert gate.worst([]) == "unreadable"


def result(verdict: str, *, unread: bool = False, crashed: bool = False) -> AuditResult:
    document = Document("a", "0", "txt", "", (), unread=(GAP,) if unread else ())
    return AuditResult((DocumentResult("a", verdict, document=document, crashed=crashed),), verdict)


@pytest.mark.parametrize(
    ("made", "fail_on", "code"),
    [
        (result("pass"), "error", 0),
        (result("review"), "error", 0),
        (result("review"), "warning", 1),
        (result("block"), "error", 1),
        (result("block"), "never", 0),
        (result("unreadable"), "never", 3),
        (result("review", unread=True), "never", 3),
        (result("block", unread=True), "error", 3),
        (result("block", unread=True, crashed=True), "error", 4),
    ],
)
def test_exit_code_is_the_highest_that_applies(made, fail_on, code):
    """0 pass, 1 at the gate, 3 not read whole, 4 crashed; the gate's setting never hides 3 or 4."""
    assert gate.exit_code(made, fail_on) == code
