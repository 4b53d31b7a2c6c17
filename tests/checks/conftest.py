"""A text through the reader, the facts and the checks of a theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.kit import AuditContext
from gouji.engine.runner import examine
from gouji.facts import extract
from gouji.facts.organisations import find_organisations
from gouji.model.fact import Facts
from gouji.readers import read


@pytest.fixture(scope="session")
def found() -> Callable[[str, str], list[tuple[str, str, str]]]:
    """The findings of the checks whose code begins with `codes`, each as code, severity and the words first quoted."""
    installed = catalogue.load()
    profile = profiles.load("national", installed)
    checks = [c for pack in installed.packs if pack.name == "national" for c in pack.checks]

    def find(codes: str, text: str) -> list[tuple[str, str, str]]:
        document = read(Path("report.txt"), text.encode())
        facts = extract(document)
        named = (find_organisations(b.index, b.text, f.normal) for b, f in zip(document.blocks, facts.blocks, strict=True))
        blocks = tuple(replace(f, organisations=o) for f, o in zip(facts.blocks, named, strict=True))
        context = AuditContext(document, Facts(blocks, facts.quantities), (), profile)
        result = examine(context, [c for c in checks if c.info.code.startswith(codes)])
        assert not result.crashed, result.not_checked
        return [(f.code, f.severity.value, f.evidence[0].quote) for f in result.findings]

    return find
