"""A document cut into sentences, each with the normal form under which it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gouji.model.document import BlockKind, Document
from gouji.text.normal import normal

SHORTEST = 16  # characters of a sentence worth comparing
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})
_SENTENCE = re.compile(r"[^。；！？\n\t]+")
_BLANK = re.compile(r"\s+")
_FIGURE = re.compile(r"\d[\d,.]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_LEVEL = re.compile(r"[省市州县区旗镇乡](?=委|政府|人大|政协|财政|级|纪委|直)|(?<=[全我本各])[省市州县区旗镇乡]")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．]|第[一二三四五六七八九十]，)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: its block, its text as printed without blanks, and its key: figures, level words and the unit's own name masked."""

    block: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A document as the comparison sees it."""

    path: str
    organisation: str | None
    year: int | None
    units: tuple[Unit, ...]


def cut(document: Document) -> Cut:
    """The sentences of a document's running text."""
    own = "".join((document.organisation or "").split())
    units = []
    for block in document.blocks:
        if block.kind not in _PROSE:
            continue
        for match in _SENTENCE.finditer(block.text):
            text = _LEAD.sub("", _BLANK.sub("", match.group()))
            if len(text) >= SHORTEST:
                units.append(Unit(block.index, text, masked(text, own)))
    return Cut(document.path, document.organisation, document.year, tuple(units))


def masked(text: str, own: str = "") -> str:
    """The form under which two sentences count as the same wherever only figures, level words or the unit's own name differ."""
    key = normal(text)
    if len(own) >= 4:
        key = key.replace(own, "＊")
    return _LEVEL.sub("县", _FIGURE.sub("0", key))


def figures(text: str) -> tuple[str, ...]:
    """The figures of a sentence in order, years apart."""
    return tuple(_FIGURE.findall(_YEAR.sub("", normal(text))))


def read_cut(path: Path) -> Cut:
    """The sentences of a file. Raises DocumentError where it cannot be read."""
    from gouji.readers import read

    return cut(read(path))
