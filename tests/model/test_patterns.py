"""Expressions that wait: each compiles, and does what that of the module `re` does."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.model import patterns


def waiting(value: object) -> Iterator[patterns._Used]:
    """The expressions in a module's constant, used by then or not, inside of tuples and dictionaries too."""
    if isinstance(value, patterns._Used):
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
    for package in (
        "gouji.text",
        "gouji.readers",
        "gouji.facts",
        "gouji.claims",
        "gouji.engine",
        "gouji_checks",
        "gouji_reports",
    ):
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


def test_no_word_of_a_document_is_kept():
    """What `compile`, `search` and their like take is written in the program: they keep it for later runs."""
    met = []
    for package in ("gouji", "gouji_checks", "gouji_reports"):
        for path in Path(importlib.import_module(package).__path__[0]).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            if not any(isinstance(n, ast.ImportFrom) and [a.asname for a in n.names] == ["re"] for n in ast.walk(tree)):
                continue
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                    met += [f"{path.name}:{call.lineno}" for call in calls(function) if not written(call)]
    assert not met


def calls(function: ast.AST) -> Iterator[ast.Call]:
    """The calls of the patterns' functions that keep an expression."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            yield from [node] if node.func.attr not in ("escape", "once") else []


def written(call: ast.Call) -> bool:
    """Whether the expression is a text of the program, or a constant of its module; never compiled in a function."""
    first = call.args[0]
    fixed = isinstance(first, ast.Constant) or (isinstance(first, ast.Name) and first.id.isupper())
    return fixed and call.func.attr != "compile"


def test_a_written_expression_answers_as_in_re():
    """The functions of the module do what those of `re` do."""
    expression, text = r"(\d)年?", "2年3年度4"
    for name in ("search", "match", "fullmatch"):
        ours, theirs = getattr(patterns, name)(expression, text), getattr(re, name)(expression, text)
        assert (ours and ours.span(1)) == (theirs and theirs.span(1))
    assert [m.span() for m in patterns.finditer(expression, text)] == [m.span() for m in re.finditer(expression, text)]
    assert patterns.findall(expression, text) == re.findall(expression, text)
    assert patterns.split(expression, text) == re.split(expression, text)
    assert patterns.sub(expression, lambda m: m[1] * 2, text) == "2233度44"
