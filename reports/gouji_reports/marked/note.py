"""What a comment in the original says of a finding."""

from __future__ import annotations

from gouji.model.result import DocumentResult, Evidence, Finding
from gouji.model.writer import WriterError
from gouji_reports.console import recomputation
from gouji_reports.labels import SEVERITIES, UI, name
from gouji_reports.order import told
from gouji_reports.plain import visible

AUTHOR = "gouji"
_LONGEST = 400  # characters of a message or formula
_QUOTED = 6  # further quotations


def marked(result: DocumentResult) -> list[Finding]:
    """The findings to mark: those nobody waived, that quote words."""
    return [f for f in told(result) if f.waived is None]


def faulty(result: DocumentResult, finding: Finding) -> Evidence | None:
    """The faulty words, where they stand in this file: a finding on a package may quote another."""
    first = finding.evidence[0] if finding.evidence else None
    own = first is not None and first.document is None and result.document is not None
    return first if own and first is not None and first.start < first.end else None


def note(finding: Finding, lang: str) -> list[str]:
    """The lines of the comment: what is wrong, the recomputation, the cause, where else to look, how to name it."""
    colon = ": " if lang == "en" else "："
    severity = name(SEVERITIES, finding.severity, lang)
    lines = [f"{severity} {finding.code}{colon}{finding.message.get(lang)}"]
    if recomputed := recomputation(finding, lang):
        lines.append(recomputed)
    if finding.cause:
        lines.append(name(UI, "cause", lang) + colon + finding.cause.get(lang))
    others = [e.quote for e in finding.evidence[1:]]
    if others:
        more = " …" if len(others) > _QUOTED else ""
        lines.append(name(UI, "quotes", lang) + colon + ("；" if lang == "zh" else "; ").join(others[:_QUOTED]) + more)
    lines.append(f"gouji {finding.fingerprint}")
    return [visible(line.replace("\t", " | ").replace("\n", " "))[:_LONGEST] for line in lines]


def needs_office(path: str) -> WriterError:
    """What to say where the libraries of the extra `office` are not installed."""
    return WriterError(f"{path}：需要 pip install 'gouji[office]'", f"{path}: needs pip install 'gouji[office]'")
