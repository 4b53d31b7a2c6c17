"""The order in which findings are told: graver first, then by place; waived ones last.

Notices of one kind that are many are told together, after the others, so that twenty slips of punctuation hide nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from gouji.model.result import DocumentResult, Evidence, Finding, Severity

_MANY = 3  # notices of one kind


def place(evidence: tuple[Evidence, ...]) -> tuple[int, int]:
    """Block and offset of the first evidence; what has none stands at the head of the document."""
    return (evidence[0].block, evidence[0].start) if evidence else (-1, 0)


def told(result: DocumentResult) -> list[Finding]:
    """The findings in the order of the reports."""
    many = _many(result.findings)

    def key(finding: Finding) -> tuple[bool, int, str, int, int, str]:
        together = finding.code if _is_notice(finding) and finding.code in many else ""
        return (finding.waived is not None, -finding.severity.rank, together, *place(finding.evidence), finding.code)

    return sorted(result.findings, key=key)


def runs(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """The findings as told, one by one, but many notices of one kind in one run."""
    ordered = tuple(findings)
    many = _many(ordered)
    found: list[tuple[Finding, ...]] = []
    for together, run in groupby(ordered, key=lambda f: f.code if _is_notice(f) and f.code in many else ""):
        members = tuple(run)
        found += [members] if together else [(f,) for f in members]
    return found


def _is_notice(finding: Finding) -> bool:
    return finding.waived is None and finding.severity is Severity.NOTICE


def _many(findings: Iterable[Finding]) -> set[str]:
    """The codes that so many notices bear that they are told together."""
    return {code for code, number in Counter(f.code for f in findings if _is_notice(f)).items() if number >= _MANY}


def tally(result: DocumentResult) -> dict[str, int]:
    """How many findings of each severity, graver first, the waived ones apart."""
    counts = {"error": 0, "warning": 0, "notice": 0, "waived": 0}
    for finding in result.findings:
        counts["waived" if finding.waived is not None else finding.severity.value] += 1
    return counts


def answer(finding: Finding) -> str:
    """Which word of the interface names the computed value: figures are recomputed, words are expected."""
    return "computed" if finding.formula or finding.difference else "expected"
