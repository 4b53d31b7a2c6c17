"""Making text of a document safe and measurable: what an author typed must not steer a terminal or a page."""

from __future__ import annotations

import unicodedata

from gouji.model import patterns as re

# C0 and C1 controls (but for tab and line feed), bidirectional overrides and isolates, line separators, invisible tag
# characters, and lone surrogates: none of them prints, all of them change how the characters around them are shown.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r" *[\t\n][ \t\n]*")


def _name(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


def visible(text: str) -> str:
    """`text` with each control, bidirectional override and lone surrogate shown by its number, [U+202E]."""
    return _HIDDEN.sub(_name, text) if _HIDDEN.search(text) else text


def one_line(text: str) -> str:
    """`text` visible and on one line; a table row's cells, joined by tabs, are parted by bars."""
    return _SPACES.sub(_space, visible(text))


def _space(match: re.Match[str]) -> str:
    return " | " if "\t" in match[0] else " "


def columns(text: str) -> int:
    """How many terminal columns `text` takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"} else 1


def head(text: str, width: int) -> str:
    """As much of the beginning of `text` as fits in `width` columns."""
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:index]
    return text


def tail(text: str, width: int) -> str:
    """As much of the end of `text` as fits in `width` columns."""
    return head(text[::-1], width)[::-1]
