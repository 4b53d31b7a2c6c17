"""Regular expressions that are compiled when they are first used: import it as `re`, `from gouji.model import patterns as re`.

A run uses less than half of the program's expressions, those of the kinds of text that the document holds, and compiling all
of them cost more than a third of the start. `compile` gives an object that turns into the compiled expression by itself: it
has its methods from the first call on, so that a search costs what it always does. Everything else is the module `re`'s own.
A wrong expression raises at its first use; `tests/model/test_patterns.py` uses each of them once.
"""

from __future__ import annotations

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    VERBOSE,
    Match,
    Pattern,
    RegexFlag,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, cast

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
    "search",
    "split",
    "sub",
]

_MEMBERS = ("findall", "finditer", "fullmatch", "groupindex", "groups", "match", "scanner", "search", "split", "sub", "subn")


class _Waiting:
    """An expression that has not been used."""

    def __init__(self, pattern: str, flags: int | RegexFlag) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update({member: getattr(compiled, member) for member in _MEMBERS})
        return self.__dict__[name]


def compile(pattern: str, flags: int | RegexFlag = 0) -> Pattern[str]:  # noqa: A001 - as in `re`
    """The expression, compiled at its first use."""
    return cast("Pattern[str]", _Waiting(pattern, flags))
