"""The order in which findings are told: graver first, then by place; waived ones last."""

from __future__ import annotations

from gouji.model.result import DocumentResult, Evidence, Finding


def place(evidence: tuple[Evidence, ...]) -> tuple[int, int]:
    """Block and offset of the first evidence; what has none stands at the head of the document."""
    return (evidence[0].block, evidence[0].start) if evidence else (-1, 0)


def told(result: DocumentResult) -> list[Finding]:
    """The findings in the order of the reports."""
    return sorted(result.findings, key=lambda f: (f.waived is not None, -f.severity.rank, *place(f.evidence), f.code))


def tally(result: DocumentResult) -> dict[str, int]:
    """How many findings of each severity, graver first, the waived ones apart."""
    counts = {"error": 0, "warning": 0, "notice": 0, "waived": 0}
    for finding in result.findings:
        counts["waived" if finding.waived is not None else finding.severity.value] += 1
    return counts


def answer(finding: Finding) -> str:
    """Which word of the interface names the computed value: figures are recomputed, words are expected."""
    return "computed" if finding.formula or finding.difference else "expected"
