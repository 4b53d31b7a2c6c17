"""First characters told ahead of an expression: the same matches, found sooner."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from gouji.model import opening, patterns
from gouji.readers import read

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
HARD = "\n".join(a + b + c for a, b, c in product("优良中差，。：（”、0-%年月届第一增占", repeat=3))


def expressions() -> Iterator[tuple[str, int]]:
    """Those of the program that are module constants, used by then or not."""
    for package in ("gouji.text", "gouji.facts", "gouji.claims", "gouji_checks"):
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            for value in vars(importlib.import_module(info.name)).values():
                if isinstance(value, patterns._Used):
                    yield value.pattern, int(value.flags)


def test_the_programs_expressions_match_as_before():
    """Every expression that is changed finds the same, groups and all, in the samples and in marks and words thrown together."""
    text = HARD + "".join(b.text for path in sorted(SAMPLES.glob("*/*.txt")) for b in read(path).blocks)
    changed = 0
    for pattern, flags in set(expressions()):
        quick = opening.told(pattern, flags)
        if quick != pattern:
            changed += 1
            found = [(m.span(), m.groups()) for m in re.compile(quick, flags).finditer(text)]
            assert found == [(m.span(), m.groups()) for m in re.compile(pattern, flags).finditer(text)], pattern
    assert changed > 100


@pytest.mark.parametrize(
    ("pattern", "ahead"),
    [
        (r"(?P<sign>[-+])?(?<!\d)\d+", r"(?=[\+\-\d])"),
        (r"(?:[约近])?(?:元|万元)", "(?=[万元约近])"),
        (r"(?<=共)(?:\s+|、)(?P<n>\d)", r"(?=[\s、])"),
        (r"(a)|(?P<b>b)\1?", "(?=[ab])"),
        (r"(?:x{0,3}|y)??[0-3]", "(?=[0123xy])"),
    ],
)
def test_it_tells_what_can_stand_first(pattern: str, ahead: str):
    """Through groups, alternatives and what may be left out."""
    assert opening.told(pattern, 0).startswith(ahead)


@pytest.mark.parametrize(
    "pattern",
    [
        "预算|决算",
        "[一二]是",
        r"^(?:共|计)",
        r".?元",
        r"[^，]{0,3}元",
        r"[\u4e00-\u9fff]?元",
        "元?",
        r"(?:共|\b)",
        "(?i:a)?b",
        "(",
    ],
)
def test_it_leaves_the_rest_as_it_is(pattern: str):
    """What `re` knows itself, what can begin with anything or be empty, what is no expression."""
    assert opening.told(pattern, 0) == pattern


def test_a_case_that_does_not_matter_and_a_remark_stay():
    """IGNORECASE has no sure first characters; a verbose expression may end in a remark."""
    assert opening.told("(a)?b", re.IGNORECASE) == "(a)?b"
    quick = opening.told("(a)?b # or b alone", re.VERBOSE)
    assert re.compile(quick, re.VERBOSE).findall("ab b") == ["a", ""]
