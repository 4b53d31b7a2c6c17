"""Every kind of claim, case by case: what is right is tied, what is wrong is reported as it should be, near misses are accused of nothing.

A case is a whole little document. The cases are TOML, one file for each kind; docs/claims/ shows the same ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit_document
from gouji.model.claim import ClaimKind
from gouji.model.result import DocumentResult, Severity
from gouji.readers import read

FILES = {f.stem: tomllib.loads(f.read_text("utf-8")) for f in sorted((Path(__file__).parent / "cases").glob("*.toml"))}
ELSEWHERE = {ClaimKind.SESSION, ClaimKind.IDENTITY, ClaimKind.PERIOD}  # kinds of words, not of figures: tests/checks
Audit = Callable[[str], DocumentResult]


def cases(section: str) -> pytest.MarkDecorator:
    """The cases of a section over all kinds."""
    found = [pytest.param(kind, c, id=f"{kind}: {c['name']}") for kind, file in FILES.items() for c in file[section]]
    return pytest.mark.parametrize(("kind", "case"), found)


@pytest.fixture(scope="module")
def audited() -> Audit:
    """What the program says of a text."""
    found = catalogue.load()
    profile = profiles.load(profiles.DEFAULT, found)

    def audit(text: str) -> DocumentResult:
        result = audit_document(read(Path("report.txt"), text.strip("\n").encode()), profile, found)
        assert not result.crashed, result.not_checked
        return result

    return audit


def claims(result: DocumentResult, kind: str) -> list[tuple[str, str, str | None]]:
    return [(e.claim.verdict.value, e.claim.stated, e.claim.computed) for e in result.ledger if e.claim.kind == kind]


def accusations(result: DocumentResult) -> list[tuple[str, str]]:
    return [(f.severity.value, f.message.zh) for f in result.findings if f.severity is not Severity.NOTICE]


@cases("correct")
def test_correct_claim_is_tied(audited: Audit, kind: str, case: dict[str, str]):
    """A claim that holds stands in the ledger with its figures, and nothing in its document is accused."""
    result = audited(case["text"])
    assert ("agrees", case["stated"], case["computed"]) in claims(result, kind)
    assert accusations(result) == []


@cases("wrong")
def test_wrong_claim_is_reported(audited: Audit, kind: str, case: dict[str, str]):
    """A claim that fails is recomputed, and reported once, at its severity."""
    result = audited(case["text"])
    assert (case.get("verdict", "disagrees"), case["stated"], case["computed"]) in claims(result, kind)
    assert [severity for severity, _ in accusations(result)] == [case.get("severity", "error")]


@cases("near_miss")
def test_near_miss_is_not_accused(audited: Audit, kind: str, case: dict[str, str]):
    """What looks like a claim that fails, and is none, gives no error and no warning."""
    assert accusations(audited(case["text"])) == []


def test_every_kind_has_its_cases():
    """Each kind of claim made with figures has at least six cases of each sort, and no two cases of a kind share a name."""
    assert set(FILES) == {k.value for k in ClaimKind} - ELSEWHERE
    assert [k for k, file in FILES.items() if min(len(file[s]) for s in ("correct", "wrong", "near_miss")) < 6] == []
    for file in FILES.values():
        names = [(s, c["name"]) for s in ("correct", "wrong", "near_miss") for c in file[s]]
        assert len(set(names)) == len(names)
