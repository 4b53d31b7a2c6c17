"""Regular expressions that are compiled when they are first used: import it as `re`, `from gouji.model import patterns as re`.

A run uses less than half of the program's expressions, those of the kinds of text that the document holds, and compiling all
of them cost more than a third of the start; those that are used are kept for the next run (`gouji.model.kept`). `compile`
gives an object that turns into the compiled expression by itself: it has its methods from the first call on, so that a search
costs what it always does. `search` and its like take an expression written in the program. One made of words that are met at
run time is for `once`: `re`'s own, which forgets it again, and never kept. Expressions of bytes are for `re`.
A wrong expression raises at its first use; `tests/model/test_patterns.py` uses each of them once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import ASCII, DOTALL, IGNORECASE, MULTILINE, VERBOSE, Match, Pattern, RegexFlag, escape
from typing import Any, cast

from gouji.model.kept import KEPT

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "RegexFlag",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "once",
    "search",
    "split",
    "sub",
]

_MEMBERS = ("findall", "finditer", "fullmatch", "groupindex", "groups", "match", "scanner", "search", "split", "sub", "subn")


class _Used:
    """An expression that has been used; a class without `__getattr__`, whose attributes Python finds in half the time."""


class _Waiting(_Used):
    """An expression that has not been used."""

    def __init__(self, pattern: str, flags: int | RegexFlag) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise AttributeError(name)
        compiled = KEPT.compile(self.pattern, self.flags)
        self.__dict__.update({member: getattr(compiled, member) for member in _MEMBERS})
        self.__class__ = _Used  # type: ignore[assignment]
        return self.__dict__[name]


def compile(pattern: str, flags: int | RegexFlag = 0) -> Pattern[str]:  # noqa: A001 - as in `re`
    """The expression, compiled at its first use."""
    return cast("Pattern[str]", _Waiting(pattern, flags))


def once(pattern: str) -> Pattern[str]:
    """An expression made of words met at run time, compiled."""
    return re.compile(pattern)


class _Written(dict[str, Pattern[str]]):
    """The expressions that the functions below have been called with, compiled."""

    def __missing__(self, pattern: str) -> Pattern[str]:
        compiled = self[pattern] = KEPT.compile(pattern, 0)
        return compiled


_WRITTEN = _Written()


def search(pattern: str, string: str) -> Match[str] | None:
    return _WRITTEN[pattern].search(string)


def match(pattern: str, string: str) -> Match[str] | None:
    return _WRITTEN[pattern].match(string)


def fullmatch(pattern: str, string: str) -> Match[str] | None:
    return _WRITTEN[pattern].fullmatch(string)


def finditer(pattern: str, string: str) -> Iterator[Match[str]]:
    return _WRITTEN[pattern].finditer(string)


def findall(pattern: str, string: str) -> list[Any]:
    return _WRITTEN[pattern].findall(string)


def split(pattern: str, string: str) -> list[str | Any]:
    return _WRITTEN[pattern].split(string)


def sub(pattern: str, repl: str | Callable[[Match[str]], str], string: str) -> str:
    return _WRITTEN[pattern].sub(repl, string)
