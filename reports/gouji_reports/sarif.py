"""SARIF 2.1.0 (OASIS): for code scanning services and editors. Rules with their manual, waivers as suppressions."""

from __future__ import annotations

from typing import Any, TextIO

from gouji.model.document import NotChecked
from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Evidence, Finding
from gouji_reports.json import dump
from gouji_reports.labels import ROLES, name
from gouji_reports.order import told
from gouji_reports.places import line, uri

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
}

Record = dict[str, Any]


def _rule(info: CheckInfo, lang: str) -> Record:
    return {
        "id": info.code,
        "name": info.name,
        "shortDescription": {"text": info.title.get(lang)},
        "help": {"text": info.manual, "markdown": info.manual},
        "defaultConfiguration": {"level": _LEVELS[info.severity.value]},
        "properties": {"tags": [info.theme]},
    }


def _file(result: DocumentResult, evidence: Evidence, artifact: int) -> Record:
    """The file of an evidence: a finding on a package quotes others too."""
    if evidence.document is not None:
        return {"uri": uri(evidence.document)}
    return {"uri": uri(result.path), "index": artifact}


def _location(result: DocumentResult, evidence: Evidence, artifact: int, lang: str | None = None) -> Record:
    """`lang`: give the place its role as a message, which a location beside the faulty one has."""
    page = evidence.boxes[0].page if evidence.boxes else None
    names = [f"page {page}"] if page is not None else []
    names += [f"block {evidence.block + 1}"] + ([evidence.cell] if evidence.cell else [])
    made: Record = {
        "physicalLocation": {
            "artifactLocation": _file(result, evidence, artifact),
            "region": {"startLine": line(result, evidence), "snippet": {"text": evidence.quote}},
        },
        "logicalLocations": [{"name": names[-1], "fullyQualifiedName": "/".join(names), "kind": "element"}],
        "properties": {"block": evidence.block, "start": evidence.start, "end": evidence.end},
    }
    if lang:
        made["message"] = {"text": f"{name(ROLES, evidence.role, lang)} {evidence.quote}"}
    return made


def _result(result: DocumentResult, finding: Finding, artifact: int, rules: dict[str, int], lang: str) -> Record:
    nowhere = {"physicalLocation": {"artifactLocation": {"uri": uri(result.path), "index": artifact}}}
    made: Record = {"ruleId": finding.code}
    if finding.code in rules:
        made["ruleIndex"] = rules[finding.code]
    made |= {
        "level": _LEVELS[finding.severity.value],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": finding.message.get(lang)},
        "locations": [_location(result, finding.evidence[0], artifact) if finding.evidence else nowhere],
        "partialFingerprints": {"gouji/v1": finding.fingerprint},
    }
    if finding.evidence[1:]:
        made["relatedLocations"] = [
            {"id": n} | _location(result, e, artifact, lang) for n, e in enumerate(finding.evidence[1:], 1)
        ]
    if finding.waived is not None:
        made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.waived}]
    values = {key: getattr(finding, key) for key in ("stated", "computed", "difference", "formula")}
    values["cause"] = finding.cause.get(lang) if finding.cause else None
    made["properties"] = {key: value for key, value in values.items() if value is not None}
    return made


def _artifact(result: DocumentResult) -> Record:
    made: Record = {"location": {"uri": uri(result.path)}, "roles": ["analysisTarget"]}
    if result.format in _TYPES:
        made["mimeType"] = _TYPES[result.format]
    if result.sha256:
        made["hashes"] = {"sha-256": result.sha256}
    return made


def _notification(result: DocumentResult, artifact: int, item: NotChecked, lang: str) -> Record:
    return {
        "level": "error" if result.crashed or result.document is None else "warning",
        "message": {"text": f"{item.what.get(lang)}: {item.why.get(lang)}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(result.path), "index": artifact}}}],
        "descriptor": {"id": "not-checked"},
    }


def _run(result: AuditResult, lang: str) -> Record:
    rules = {info.code: number for number, info in enumerate(result.catalogue)}
    numbered = list(enumerate(result.documents))
    whole = not any(d.crashed or d.verdict == "unreadable" for d in result.documents)
    notes = [_notification(d, n, item, lang) for n, d in numbered for item in d.not_checked]
    return {
        "tool": {
            "driver": {
                "name": "gouji",
                "version": result.version or "0",
                "rules": [_rule(info, lang) for info in result.catalogue],
                "notifications": [{"id": "not-checked", "shortDescription": {"text": "a part that was not checked"}}],
            }
        },
        "invocations": [{"executionSuccessful": whole, "toolExecutionNotifications": notes}],
        "artifacts": [_artifact(d) for d in result.documents],
        "columnKind": "unicodeCodePoints",
        "language": "en-US" if lang == "en" else "zh-CN",
        "results": [_result(d, f, n, rules, lang) for n, d in numbered for f in told(d)],
    }


@record(frozen=True, slots=True)
class SarifWriter:
    """Writes the result as a SARIF log of one run."""

    name: str = "sarif"
    suffix: str = ".sarif"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result, lang)]}
        stream.write(dump(log, indent=1) + "\n")


WRITER = SarifWriter()
