"""Annotations of a merge request: workflow commands of GitHub Actions, and GitLab's Code Quality report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Finding
from gouji_reports.json import dump
from gouji_reports.labels import UI, name
from gouji_reports.order import told
from gouji_reports.places import first_line
from gouji_reports.plain import one_line, visible

_GITLAB = {"error": "critical", "warning": "minor", "notice": "info"}


def _message(finding: Finding, lang: str) -> str:
    waived = f"[{name(UI, 'waived', lang)}: {finding.waived}] " if finding.waived is not None else ""
    return waived + finding.message.get(lang)


def _escaped(text: str, more: str = "") -> str:
    """Data of a workflow command: percent signs and line ends by number, in a property also colon and comma."""
    text = visible(text)
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def _commands(result: DocumentResult, lang: str) -> Iterator[str]:
    path = _escaped(result.path, ":,")
    for finding in told(result):
        level = "notice" if finding.waived is not None else finding.severity.value
        title = _escaped(f"{finding.code} {finding.name}", ":,")
        yield f"::{level} file={path},line={first_line(result, finding)},title={title}::{_escaped(_message(finding, lang))}"
    for item in result.not_checked:
        title = _escaped(name(UI, "not_checked", lang), ":,")
        yield f"::warning file={path},title={title}::{_escaped(f'{item.what.get(lang)}: {item.why.get(lang)}')}"


def _issue(result: DocumentResult, check: str, severity: str, said: str, line: int, key: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{result.path}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()
    path = visible(result.path)
    return {
        "description": one_line(said),
        "check_name": check,
        "fingerprint": digest,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _issues(result: DocumentResult, lang: str) -> Iterator[dict[str, Any]]:
    for finding in told(result):
        severity = "info" if finding.waived is not None else _GITLAB[finding.severity.value]
        line = first_line(result, finding)
        yield _issue(result, finding.code, severity, _message(finding, lang), line, finding.fingerprint)
    for number, item in enumerate(result.not_checked):
        said = f"{name(UI, 'not_checked', lang)}: {item.what.get(lang)}: {item.why.get(lang)}"
        severity = "blocker" if result.verdict == "unreadable" else "major"
        yield _issue(result, "not-checked", severity, said, 1, f"not-checked {number} {item.what.zh} {item.why.zh}")


@record(frozen=True, slots=True)
class GithubWriter:
    """Writes workflow commands: GitHub Actions shows each beside its file."""

    name: str = "github"
    suffix: str = ".txt"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        for document in result.documents:
            stream.writelines(command + "\n" for command in _commands(document, lang))


@record(frozen=True, slots=True)
class GitlabWriter:
    """Writes a Code Quality report: GitLab shows it in the merge request."""

    name: str = "gitlab"
    suffix: str = ".json"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        issues = [issue for document in result.documents for issue in _issues(document, lang)]
        stream.write(dump(issues, indent=1) + "\n")


GITHUB = GithubWriter()
GITLAB = GitlabWriter()
