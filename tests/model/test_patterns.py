"""Expressions that wait: each compiles, and does what that of the module `re` does."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from gouji.model import patterns


def waiting(value: object) -> Iterator[patterns._Waiting]:
    """The expressions in a module's constant, inside of tuples and dictionaries too."""
    if isinstance(value, patterns._Waiting):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from waiting(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from waiting(inner)


def test_every_expression_of_the_program_compiles():
    """What would raise at its first use in some report raises here."""
    found = 0
    for package in ("gouji.text", "gouji.readers", "gouji.facts", "gouji.claims", "gouji.engine", "gouji_checks"):
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            for value in vars(importlib.import_module(info.name)).values():
                for expression in waiting(value):
                    re.compile(expression.pattern, expression.flags)
                    found += 1
    assert found > 400


def test_it_answers_as_the_module_does():
    """Search, substitution, groups and flags are those of the compiled expression, from the first call on."""
    one = patterns.compile(r"(?P<year>20\d\d)年 # a year", patterns.VERBOSE)
    other = re.compile(r"(?P<year>20\d\d)年 # a year", re.VERBOSE)
    assert one.pattern == other.pattern
    assert one.search("在2023年")["year"] == other.search("在2023年")["year"] == "2023"
    assert one.sub("x", "2023年2024年") == other.sub("x", "2023年2024年")
    assert dict(one.groupindex) == dict(other.groupindex)


def test_wrong_names_and_wrong_expressions_raise():
    """Nothing is swallowed: a method that does not exist, an expression that does not compile."""
    with pytest.raises(AttributeError):
        _ = patterns.compile("a").wonderful
    with pytest.raises(re.error):
        patterns.compile("(").search("a")
