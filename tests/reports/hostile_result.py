"""A result whose every string attacks the reports it is shown in."""

from __future__ import annotations

from report_maker import Maker, entry, finding, result_of, untied

from gouji.model.claim import ClaimKind, Verdict
from gouji.model.document import BlockKind, NotChecked
from gouji.model.result import Coverage, DocumentResult, Severity
from gouji.model.text import Text

HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)" x="',
    "</style><style>*{display:none}",
    "[bold red]x[/bold red]",
    "\x1b[2J\x1b]0;owned\x07",
    "合计\u202e元万98\u2066",
    "{{ 7 * 7 }}{% raw %}",
    "\ud800",
    "https://example.org/track.png",
)


def hostile() -> DocumentResult:
    """A submission, every string of which tries to break out: text, path, title, messages, roles, reasons."""
    m = Maker(path="样例/" + HOSTILE[0] + HOSTILE[4] + ".docx")
    m.add(HOSTILE[2], BlockKind.TITLE)
    m.heading(HOSTILE[0])
    block = m.add("。".join(HOSTILE))
    rows = m.table(list(HOSTILE[:3]), list(HOSTILE[3:6]))
    bad = "".join(HOSTILE)
    first = m.evidence(block, HOSTILE[0], HOSTILE[1])
    cell = m.evidence(rows[1], HOSTILE[3], HOSTILE[0])
    found = finding(
        "AR101",
        "total-mismatch",
        Severity.ERROR,
        bad,
        bad,
        first,
        cell,
        stated=bad,
        computed=bad,
        difference=bad,
        formula=bad,
        cause=Text(bad, bad),
    )
    waived = finding("AR102", "total-off", Severity.NOTICE, bad, bad, cell, waived=bad)
    claim = entry(
        ClaimKind.TOTAL,
        Verdict.DISAGREES,
        first,
        cell,
        computed=bad,
        difference=bad,
        formula=bad,
        cause=Text(bad, bad),
        reason=Text(bad, bad),
        shape=HOSTILE[0],
    )
    return result_of(
        m.document(HOSTILE[2], HOSTILE[1], 2023),
        "block",
        findings=(found, waived),
        ledger=(claim,),
        untied=(untied(cell, HOSTILE[0]),),
        coverage=Coverage(2, 1),
        not_checked=(NotChecked(Text(bad, bad), Text(bad, bad)),),
        profile=HOSTILE[1],
    )
