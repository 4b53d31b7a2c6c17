"""The sample documents: what is found in each is what its author put there, and the script makes the same documents again."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit
from gouji.model.document import Document
from gouji.model.result import Finding
from gouji.readers import read

FOLDER = Path(__file__).resolve().parents[2] / "sample_inputs"
EXPECTED = sorted(FOLDER.glob("*/*.expected.json"))
each = pytest.mark.parametrize("expected", EXPECTED, ids=lambda p: f"{p.parent.name}/{p.name.partition('.')[0]}")


def document_of(expected: Path) -> Path:
    """The document that an expectation stands beside."""
    (found,) = (p for p in expected.parent.glob(expected.name.partition(".")[0] + ".*") if p.suffix != ".json")
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def fits(finding: Finding, entry: dict[str, str]) -> bool:
    """Whether a finding is the expected one: its code, its severity, and words that hold the expected ones or are held by them."""
    said, wanted = squeezed(finding.evidence[0].quote), squeezed(entry["quote"])
    return (finding.code, finding.severity.value) == (entry["code"], entry["severity"]) and (said in wanted or wanted in said)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that makes the documents."""
    spec = importlib.util.spec_from_file_location("generate", FOLDER / "generate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@each
def test_sample_gives_exactly_the_findings_expected(expected):
    """Every planted error is found, with its code, severity and words, and nothing else; a clean sample has no error or warning."""
    wanted = json.loads(expected.read_text("utf-8"))
    (result,) = audit([document_of(expected)], profiles.load("national", catalogue.load())).documents
    assert not result.crashed, result.not_checked
    left = list(result.findings)
    missed = []
    for entry in wanted:
        found = next((f for f in left if fits(f, entry)), None)
        if found is None:
            missed.append(entry)
        else:
            left.remove(found)
    surplus = [(f.code, f.severity.value, f.evidence[0].quote, f.message.zh) for f in left]
    assert (missed, surplus) == ([], [])


@each
def test_expectations_fit_their_group(expected):
    """A clean sample expects neither error nor warning, a seeded one two to six faults."""
    wanted = json.loads(expected.read_text("utf-8"))
    if expected.parent.name == "clean":
        assert {e["severity"] for e in wanted} <= {"notice"}
    else:
        assert 2 <= len(wanted) <= 20


def test_samples_cover_both_groups_and_all_formats():
    """At least nine clean and nine seeded documents, each group in Word, PDF, Excel and plain text, each with its expectation."""
    for group in ("clean", "seeded"):
        documents = [p for p in (FOLDER / group).iterdir() if p.suffix != ".json"]
        assert len(documents) >= 9
        assert {p.suffix for p in documents} == {".docx", ".pdf", ".txt", ".xlsx"}
        assert sorted(documents) == sorted(document_of(p) for p in EXPECTED if p.parent.name == group)


@pytest.fixture(scope="module")
def regenerated(script, tmp_path_factory) -> Path:
    """The documents made anew from their sources."""
    folder = tmp_path_factory.mktemp("samples")
    assert script.main(folder) == 0
    return folder


@each
def test_sample_is_what_the_script_makes(expected, regenerated):
    """The document in the repository says what its source says: made anew, it reads the same to the last box on the page."""
    stored = document_of(expected)
    again = regenerated / stored.relative_to(FOLDER)
    assert said(read(again)) == said(read(stored))


def test_script_makes_a_document_for_every_expectation(regenerated):
    """No document without a source, no source without an expectation."""
    made = {p.relative_to(regenerated) for p in regenerated.rglob("*.*")}
    assert made == {document_of(p).relative_to(FOLDER) for p in EXPECTED}


def said(document: Document) -> tuple:
    """What a document says, whatever its name and bytes."""
    return document.title, document.blocks, document.tables, document.unread, document.organisation, document.year
