"""A result stays small however many faults a paragraph has, and says what it leaves out."""

from __future__ import annotations

import io

from gouji.engine.bounds import ROOM, Room
from gouji.engine.runner import audit
from gouji.model.result import Evidence, Finding, Severity
from gouji.model.text import Text


def _finding(number: int, severity: Severity, size: int) -> Finding:
    evidence = Evidence("stated", "x", "x" * size, number, 0, 1)
    return Finding("AR901", "fault", severity, Text("错", "wrong"), (evidence,), str(number))


def test_the_gravest_findings_are_kept_in_their_order():
    """What does not fit is left out from the least grave on, and counted."""
    room = Room(left=30)
    kept = room.findings([_finding(n, Severity.ERROR if n % 2 else Severity.NOTICE, 10) for n in range(6)])
    assert [f.fingerprint for f in kept] == ["1", "3", "5"]
    assert [(s.what.en, "3" in s.why.en) for s in room.said] == [("findings", True)]


def test_an_honest_document_has_room():
    """Five hundred findings with five quotations each, in long paragraphs, are all kept."""
    room = Room()
    findings = [_finding(n, Severity.ERROR, 5 * 2000) for n in range(500)]
    assert room.findings(findings) == tuple(findings)
    assert room.said == []


def test_a_paragraph_of_faults_makes_no_gigabytes(tmp_path):
    """Thousands of faults in one paragraph: a bounded JSON, a verdict that is no pass, and the rest named as not listed."""
    from gouji_reports.json import WRITER

    file = tmp_path / "long.txt"
    file.write_text("报告\n\n" + "工作扎实，，推进。" * 9000, "utf-8")
    result = audit([file])
    stream = io.StringIO()
    WRITER.write(result, stream)
    assert len(stream.getvalue()) < 1.2 * ROOM
    (document,) = result.documents
    assert document.verdict != "pass"
    assert 0 < len(document.findings) < 9000
    assert any("未列出" in item.why.zh for item in document.not_checked)
    assert all(e.context == document.document.blocks[e.block].text for f in document.findings for e in f.evidence)
