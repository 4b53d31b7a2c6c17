"""What the finders of claims pass over unread holds none of their claims."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji import claims
from gouji.engine import catalogue, profiles
from gouji.facts import extract
from gouji.model.wording import Wording
from gouji.readers import read

HERE = Path(__file__).parent


def texts() -> Iterator[str]:
    """Reports with faults, and a document of all cases of each kind of claim."""
    for folder in sorted((HERE.parent / "corpus").iterdir()):
        yield from (path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))[:4])
    for file in sorted((HERE / "cases").glob("*.toml")):
        kinds = tomllib.loads(file.read_text("utf-8"))
        yield from (case["text"] for section in ("correct", "wrong", "near_miss") for case in kinds[section])


def test_a_paragraph_without_the_words_holds_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims are the same when every finder is made to look into every paragraph."""
    profile = profiles.load(profiles.DEFAULT, catalogue.load())
    documents = [read(Path("report.txt"), text.encode()) for text in texts()]
    found = [(document, extract(document)) for document in documents]
    spared = [claims.find(document, facts, profile) for document, facts in found]
    monkeypatch.setattr(Wording, "having", lambda self, *_words: frozenset(range(len(self._texts))))
    assert [claims.find(document, facts, profile) for document, facts in found] == spared
    assert sum(map(len, spared)) > 2000
