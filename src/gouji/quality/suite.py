"""Suites: TOML files that say what a batch must look like.

name = "national"
zh = "…"
en = "…"
needs = "roster"                  # optional: roster or last; the suite runs only where that was given

[[measure]]                       # a figure that a report states once, as a column of the view `reports`
name = "score"
dimension = "score"
labels = ["整体.*得分", "得分"]    # regular expressions on the figure's label, the best first
without = "项目"                  # labels that are something else

[[view]]                          # a table to judge: SQL that gives a column `subject`, what a row is about
name = "projects"
sql = "select …"

[[expectation]]
id = "Q101"
view = "projects"
expect = "expect_column_values_to_be_between"
arguments = { column = "score", min_value = 0, max_value = 100 }
severity = "error"                # error, warning or notice
zh = "…"
en = "…"
may_be_empty = true               # optional: a view without a value to judge is no failure
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from gouji.model.result import Severity
from gouji.model.text import Text

NEEDS = ("roster", "last")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = {
    "": {"name", "zh", "en", "needs", "measure", "view", "expectation"},
    "measure": {"name", "dimension", "labels", "without"},
    "view": {"name", "sql"},
    "expectation": {"id", "view", "expect", "arguments", "severity", "zh", "en", "may_be_empty"},
}
_OPTIONAL = {"needs", "measure", "without", "may_be_empty"}


class SuiteError(Exception):
    """A suite that cannot be used; the message names file, entry and reason."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a report, found by its label."""

    name: str
    dimension: str
    labels: tuple[str, ...]
    without: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A table to judge."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a view must hold; `expect` is Great Expectations' name for the kind."""

    id: str
    view: str
    expect: str
    arguments: Mapping[str, Any]
    severity: Severity
    said: Text
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Suite:
    """Expectations with the views and measures that they are about."""

    name: str
    title: Text
    needs: str | None
    measures: tuple[Measure, ...]
    views: tuple[View, ...]
    expectations: tuple[Expectation, ...]


def load(word: str, known: Mapping[str, Traversable]) -> Suite:
    """The suite of that name, or the one in that file."""
    if word in known:
        return parse(known[word].read_text("utf-8"), word)
    path = Path(word)
    if path.suffix != ".toml" and not path.is_file():
        raise SuiteError(f"{word}: no such suite or file; known suites: {', '.join(sorted(known)) or 'none'}")
    try:
        return parse(path.read_text("utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: cannot be read ({error})") from error


def parse(text: str, where: str) -> Suite:
    """The suite that a TOML text describes; `where` names it in messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SuiteError(f"{where}: {error}") from error
    _keys(data, "", where)
    if data.get("needs") not in (None, *NEEDS):
        raise SuiteError(f"{where}: needs: must be one of {', '.join(NEEDS)}")
    measures = tuple(_measure(m, f"{where}: measure {n}") for n, m in enumerate(data.get("measure", ()), 1))
    views = tuple(_view(v, f"{where}: view {n}") for n, v in enumerate(data["view"], 1))
    found = tuple(_expectation(e, f"{where}: expectation {n}") for n, e in enumerate(data["expectation"], 1))
    _unique([m.name for m in measures], f"{where}: measure")
    _unique([v.name for v in views], f"{where}: view")
    _unique([e.id for e in found], f"{where}: expectation")
    names = {v.name for v in views} | {"reports"}
    for expectation in found:
        if expectation.view not in names:
            raise SuiteError(f"{where}: {expectation.id}: no view {expectation.view}; known: {', '.join(sorted(names))}")
    return Suite(data["name"], Text(data["zh"], data["en"]), data.get("needs"), measures, views, found)


def _keys(data: Any, kind: str, where: str) -> None:
    if not isinstance(data, dict):
        raise SuiteError(f"{where}: must be a table")
    known = _KEYS[kind]
    if unknown := set(data) - known:
        raise SuiteError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    if missing := known - set(data) - _OPTIONAL:
        raise SuiteError(f"{where}: {', '.join(sorted(missing))}: missing")


def _measure(data: Any, where: str) -> Measure:
    _keys(data, "measure", where)
    labels = data["labels"]
    if not isinstance(labels, list) or not labels or not all(isinstance(label, str) for label in labels):
        raise SuiteError(f"{where}: labels: must be a list of regular expressions")
    return Measure(_name(data["name"], where), _text(data["dimension"], where), tuple(labels), data.get("without"))


def _view(data: Any, where: str) -> View:
    _keys(data, "view", where)
    return View(_name(data["name"], where), _text(data["sql"], where))


def _expectation(data: Any, where: str) -> Expectation:
    _keys(data, "expectation", where)
    if data["severity"] not in list(Severity):
        raise SuiteError(f"{where}: severity: must be one of {', '.join(Severity)}")
    if not isinstance(data["arguments"], dict):
        raise SuiteError(f"{where}: arguments: must be a table")
    return Expectation(
        _text(data["id"], where),
        _text(data["view"], where),
        _text(data["expect"], where),
        data["arguments"],
        Severity(data["severity"]),
        Text(_text(data["zh"], where), _text(data["en"], where)),
        bool(data.get("may_be_empty", False)),
    )


def _name(value: Any, where: str) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise SuiteError(f"{where}: name: must be a word of small letters, digits and underscores")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SuiteError(f"{where}: must be a text that is not empty")
    return value


def _unique(names: list[str], where: str) -> None:
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise SuiteError(f"{where}: {', '.join(twice)} stands twice")
