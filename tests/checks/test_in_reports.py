r"""Sentences put into a whole report that is sound: each fault is found where it stands, each legitimate sentence leaves it sound.

The sentences are data: `in_reports/*.cases`, one a line: report|place|wrong, noted or right|sentence. `\n` breaks the line, `@@place=…` puts a second
sentence elsewhere. The reports are `in_reports/*.report`; `{place}` is where a sentence goes.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.claims import find
from gouji.engine import catalogue, profiles
from gouji.engine.kit import AuditContext
from gouji.engine.runner import examine
from gouji.facts import extract
from gouji.readers import read

FOLDER = Path(__file__).parent / "in_reports"
REPORTS = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.report")}
CASES = [
    line.split("|", 3)
    for path in sorted(FOLDER.glob("*.cases"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
INSTALLED = catalogue.load()
PROFILE = profiles.load("national", INSTALLED)
CHECKS = [check for pack in INSTALLED.packs if pack.name == "national" for check in pack.checks]


def told(report: str, place: str, words: str) -> tuple[str, list[str]]:
    """The report with the sentences in their places, and these."""
    first, *others = words.replace("\\n", "\n").split("@@")
    put = {place: first} | dict(part.split("=", 1) for part in others)
    return re.sub(r"\{(\w+)\}\n", lambda at: put[at[1]] + "\n" if at[1] in put else "", REPORTS[report]), list(put.values())


def accused(text: str, *, noted: bool = False) -> list[tuple[str, str]]:
    """Code and first words of every error and warning, of notices as well if `noted`."""
    document = read(Path("report.txt"), text.encode())
    facts = extract(document)
    context = AuditContext(document, facts, find(document, facts, PROFILE), PROFILE)
    result = examine(context, CHECKS)
    assert not result.crashed, result.not_checked
    return [
        (f.code, evidence.quote)
        for f in result.findings
        if noted or f.severity.value != "notice"
        for evidence in f.evidence
        if evidence.quote
    ]


@pytest.mark.parametrize(("report", "place", "words"), [(r, p, w) for r, p, verdict, w in CASES if verdict == "wrong"])
def test_fault_is_accused_where_it_stands(report, place, words):
    """A slip in an otherwise sound report is an error or a warning on its own words."""
    text, put = told(report, place, words)
    found = accused(text)
    assert any(quote.strip() in sentence for _, quote in found for sentence in put), found


@pytest.mark.parametrize(("report", "place", "words"), [(r, p, w) for r, p, verdict, w in CASES if verdict == "noted"])
def test_slip_is_noted_and_accused_of_nothing(report, place, words):
    """A slip of typing is a notice on its own words, which never blocks."""
    text, put = told(report, place, words)
    assert accused(text) == []
    assert any(quote.strip() in sentence for _, quote in accused(text, noted=True) for sentence in put)


@pytest.mark.parametrize(("report", "place", "words"), [(r, p, w) for r, p, verdict, w in CASES if verdict == "right"])
def test_legitimate_sentence_is_left_alone(report, place, words):
    """A sound report with a legitimate sentence more has neither errors nor warnings."""
    assert accused(told(report, place, words)[0]) == []
