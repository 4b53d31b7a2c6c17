"""The catalogue: file, folder, code, name and manual of every check agree, and the examples of the manuals hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gouji.engine import actuals, catalogue, profiles
from gouji.engine.kit import Check, PackageCheck
from gouji.engine.manual import HEADINGS, parse
from gouji.engine.package import File, audit_package
from gouji.engine.runner import audit_document
from gouji.model.result import DocumentResult, Severity
from gouji.readers import read

THEMES = {
    "arithmetic": "AR",
    "scoring": "SC",
    "copying": "CP",
    "claims": "CL",
    "structure": "ST",
    "dates": "DT",
    "package": "PK",
}
CHECKS = [c for pack in catalogue.load().packs if pack.name == "national" for c in (*pack.checks, *pack.package_checks)]
MANUALS = {c.info.code: parse(c.info.manual) for c in CHECKS}
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.info.code)


def cases(kind: str) -> list:
    return [
        pytest.param(check, text, id=f"{check.info.code}-{number}")
        for check in CHECKS
        for number, text in enumerate(getattr(MANUALS[check.info.code], kind), 1)
    ]


def audited(text: str) -> DocumentResult:
    """An example as a document; one whose lines `== name` part it into files, as a submission."""
    found = catalogue.load()
    if text.startswith("== "):
        parts = [part.partition("\n") for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]]
        files = [File(name, body.encode) for name, _, body in parts if not name.startswith("台账")]
        book = next((body for name, _, body in parts if name.startswith("台账")), None)
        ledger = actuals.read(read(Path("台账.csv"), book.encode())) if book else None
        submission = audit_package("submission", files, profiles.load("national", found), found, ledger=ledger)[0]
        assert not submission.crashed, submission.not_checked
        return submission
    document = read(Path("example.txt"), text.encode())
    result = audit_document(document, profiles.load("national", found), found)
    assert not result.crashed, result.not_checked
    return result


def test_there_are_checks():
    """The national pack is installed and not empty."""
    assert CHECKS


@every_check
def test_file_folder_code_and_name_agree(check: Check | PackageCheck):
    """A check called total-mismatch of theme arithmetic lives in arithmetic/total_mismatch.py and is numbered AR…."""
    info = check.info
    assert check.run.__module__ == f"gouji_checks.{info.theme}.{info.name.replace('-', '_')}"
    assert re.fullmatch(THEMES[info.theme] + r"\d{3}", info.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", info.name)


@every_check
def test_titles_are_given_in_both_languages(check: Check | PackageCheck):
    """The Chinese title is Chinese; the English one is English, a Chinese term apart."""
    assert re.search(r"[\u4e00-\u9fff]", check.info.title.zh)
    assert re.match(r"[A-Za-z0-9]", check.info.title.en)


@every_check
def test_manual_has_every_heading_and_both_kinds_of_example(check: Check | PackageCheck):
    """A manual says what, why, on what ground, and shows what is flagged and what is not."""
    manual = MANUALS[check.info.code]
    assert tuple(manual.sections) == HEADINGS
    assert all(manual.sections.values())
    assert manual.flagged
    assert manual.accepted


@pytest.mark.parametrize(("check", "text"), cases("flagged"))
def test_flagged_example_is_flagged(check: Check | PackageCheck, text: str):
    """What a manual shows as flagged is reported under that code."""
    assert check.info.code in [f.code for f in audited(text).findings]


@pytest.mark.parametrize(("check", "text"), cases("accepted"))
def test_accepted_example_is_accepted(check: Check | PackageCheck, text: str):
    """What a manual shows as accepted is not accused under that code."""
    accused = [f for f in audited(text).findings if f.code == check.info.code and f.severity is not Severity.NOTICE]
    assert accused == []


def test_catalogue_page_is_current(source_tree):
    """docs/checks.md is what the docstrings say today."""
    script = source_tree / "scripts" / "make_docs.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_manual_is_taken_apart():
    """Sections, summary and examples are found, tabs kept, several examples parted by a line of dashes."""
    manual = parse(
        """A total differs.

        What it does
        ------------
        Adds.

        Why is this bad
        ---------------
        It is wrong.

        Example
        -------
        Flagged::

            合计\t3
              甲\t1
            ----
            合计4

        Accepted::

            合计1

        Words after.

        Rests on
        --------
        Arithmetic.
        """
    )
    assert manual.summary == "A total differs."
    assert tuple(manual.sections) == HEADINGS
    assert manual.sections["Why is this bad"] == "It is wrong."
    assert manual.flagged == ("合计\t3\n  甲\t1", "合计4")
    assert manual.accepted == ("合计1",)
