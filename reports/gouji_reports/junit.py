"""JUnit XML, as build servers read it: a suite for each document, a case for each check.

Errors and warnings fail their case, notices are its output, waived findings skip it; what was not checked is an error case,
and of a file that could not be read no check is shown as passed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Finding, Severity
from gouji_reports.labels import SEVERITIES, UI, name
from gouji_reports.order import told
from gouji_reports.places import first_line
from gouji_reports.plain import one_line, visible


def _attributes(**values: object) -> str:
    return "".join(f" {key}={quoteattr(one_line(str(value)))}" for key, value in values.items())


def _lines(result: DocumentResult, finding: Finding, lang: str) -> str:
    head = f"{result.path}:{first_line(result, finding)} {finding.code} {name(SEVERITIES, finding.severity, lang)}"
    quotes = [f"    {e.quote}" for e in finding.evidence]
    figures = [
        f"    {name(UI, key, lang)} {value}"
        for key in ("stated", "computed", "difference", "formula")
        if (value := getattr(finding, key)) is not None
    ]
    cause = [f"    {name(UI, 'cause', lang)} {finding.cause.get(lang)}"] if finding.cause else []
    return "\n".join([f"{head} {finding.message.get(lang)}", *quotes, *figures, *cause, f"    {finding.fingerprint}"])


@record(slots=True)
class _Suite:
    """The cases of one document, and their counts."""

    result: DocumentResult
    lang: str
    cases: list[str]
    failures: int = 0
    errors: int = 0
    skipped: int = 0

    def add(self, title: str, *inner: str) -> None:
        head = f"    <testcase{_attributes(classname=self.result.path, name=title, time='0')}"
        self.cases.append(head + (">\n" + "\n".join(inner) + "\n    </testcase>" if inner else "/>"))

    def check(self, info: CheckInfo, findings: list[Finding]) -> None:
        """One case: failed, skipped or passed."""
        failing = [f for f in findings if f.waived is None and f.severity is not Severity.NOTICE]
        waived = [f for f in findings if f.waived is not None]
        told_only = [f for f in findings if f.waived is None and f.severity is Severity.NOTICE]
        inner = []
        if waived and not failing:
            reasons = "; ".join(f.waived or "" for f in waived)
            said = f"{name(UI, 'waived', self.lang)}: {reasons}"
            inner.append(f"      <skipped{_attributes(message=said)}/>")
            self.skipped += 1
        for finding in failing:
            text = escape(visible(_lines(self.result, finding, self.lang)))
            attributes = _attributes(message=finding.message.get(self.lang), type=finding.severity.value)
            inner.append(f"      <failure{attributes}>{text}</failure>")
        self.failures += bool(failing)
        if told_only or (waived and failing):
            rest = [*told_only, *(waived if failing else [])]
            said = "\n".join(_lines(self.result, f, self.lang) for f in rest)
            inner.append(f"      <system-out>{escape(visible(said))}</system-out>")
        self.add(f"{info.code} {info.title.get(self.lang)}", *inner)

    def missed(self) -> None:
        """A case in error for each part that was not checked."""
        for item in self.result.not_checked:
            said = _attributes(message=item.why.get(self.lang), type="not-checked")
            self.add(f"{name(UI, 'not_checked', self.lang)}: {item.what.get(self.lang)}", f"      <error{said}/>")
            self.errors += 1


def _suite(result: DocumentResult, catalogue: dict[str, CheckInfo], lang: str) -> _Suite:
    suite = _Suite(result, lang, [])
    suite.missed()
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in told(result):
        by_code[finding.code].append(finding)
    if result.verdict != "unreadable":
        for code in sorted({*catalogue, *by_code}):
            first = by_code[code][0] if by_code[code] else None
            info = catalogue.get(code) or (first and CheckInfo(code, first.name, "", first.severity, first.message, ""))
            assert info
            suite.check(info, by_code[code])
    return suite


@record(frozen=True, slots=True)
class JunitWriter:
    """Writes the result as JUnit XML."""

    name: str = "junit"
    suffix: str = ".xml"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        catalogue = {info.code: info for info in result.catalogue}
        suites = [_suite(d, catalogue, lang) for d in result.documents]
        totals = {
            "tests": sum(len(s.cases) for s in suites),
            "failures": sum(s.failures for s in suites),
            "errors": sum(s.errors for s in suites),
        }
        stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{_attributes(name="gouji", **totals)}>\n')
        for suite in suites:
            counts = {"failures": suite.failures, "errors": suite.errors, "skipped": suite.skipped}
            stream.write(f"  <testsuite{_attributes(name=suite.result.path, tests=len(suite.cases), **counts)}>\n")
            stream.writelines(case + "\n" for case in suite.cases)
            stream.write("  </testsuite>\n")
        stream.write("</testsuites>\n")


WRITER = JunitWriter()
