"""Automatic numbers rebuilt from numbering.xml: the labels that Word computes and does not store.

The rules are those of ISO/IEC 29500-1 §17.9 with what Microsoft notes on them in [MS-OI29500]: lists that share an abstract
definition share its counters; a level starts anew after any higher level, unless `lvlRestart` says otherwise; a
`startOverride` restarts its level the first time its list is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.readers.docx.labels import format_number
from gouji.readers.docx.names import ALTERNATE, VAL, W, alternative, attribute, integer, on
from gouji.readers.docx.styles import Styles

_LEVELS = 9
_LONGEST = 60  # of a label's pattern; a longer one is no label
_PLACE = re.compile("%([1-9])")
_CUSTOM = re.compile(r"0*1\b")
_LINKS = 8  # list styles that point to list styles


@record(frozen=True, slots=True)
class Level:
    """A level of a list (w:lvl)."""

    start: int = 1
    format: str = "decimal"
    width: int = 0  # of a custom format such as 001
    pattern: str = ""  # lvlText: "%1.%2"
    restart: int | None = None  # lvlRestart: 0 never, k after level k, None after any higher level
    legal: bool = False  # isLgl: all numbers of the label in Arabic digits
    style: str | None = None  # pStyle: the paragraph style tied to the level

    def write(self, n: int, legal: bool) -> str:
        if legal and self.format != "none":
            return str(n)
        if self.format == "none":
            return ""
        return f"{n:0{self.width}d}" if self.width else format_number(n, self.format)


@record(frozen=True, slots=True)
class List:
    """A list that paragraphs name (w:num)."""

    abstract: str
    levels: tuple[Level, ...]
    overrides: Mapping[int, int]  # startOverride by level

    def start(self, level: int) -> int:
        return self.overrides.get(level, self.levels[level].start)


class Numbering:
    """The lists that a document defines."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, _Element] = {}
        self._nums: dict[str, _Element] = {}
        self._lists: dict[str, List | None] = {}
        self._levels: dict[str, tuple[Level, ...]] = {}
        for element in () if root is None else root:
            if element.tag == W + "abstractNum":
                self._abstracts.setdefault(element.get(W + "abstractNumId", ""), element)
            elif element.tag == W + "num":
                self._nums.setdefault(element.get(W + "numId", ""), element)

    def get(self, num_id: str) -> List | None:
        """The list of that id, worked out when a paragraph first uses it."""
        if num_id not in self._lists:
            self._lists[num_id] = self._build(num_id)
        return self._lists[num_id]

    def level_of(self, num_id: str, style: str) -> int | None:
        """The level of a list that is tied to a paragraph style."""
        found = self.get(num_id)
        for index, level in enumerate(found.levels if found else ()):
            if level.style == style:
                return index
        return None

    def _build(self, num_id: str) -> List | None:
        num = self._nums.get(num_id)
        abstract = self._abstract_of(num, _LINKS)
        if num is None or abstract is None:
            return None
        if abstract not in self._levels:
            self._levels[abstract] = _levels(self._abstracts[abstract])
        levels = list(self._levels[abstract])
        overrides: dict[int, int] = {}
        for override in num.iterchildren(W + "lvlOverride"):
            index = integer(override.get(W + "ilvl"))
            if index is None or not 0 <= index < _LEVELS:
                continue
            own = override.find(W + "lvl")
            if own is not None:
                levels[index] = replace(_level(own), restart=levels[index].restart)  # Word ignores lvlRestart here
            start = integer(attribute(override, W + "startOverride"))
            if start is not None:
                overrides[index] = start
        return List(abstract, tuple(levels), overrides)

    def _abstract_of(self, num: _Element | None, links: int) -> str | None:
        abstract = attribute(num, W + "abstractNumId")
        if abstract is None or abstract not in self._abstracts or links == 0:
            return None
        link = attribute(self._abstracts[abstract], W + "numStyleLink")
        if link is None:
            return abstract
        return self._abstract_of(self._nums.get(self._styles.num_id(link) or ""), links - 1) or abstract


class Counter:
    """How far each list has counted in one story: body, text boxes, notes and headers count apart."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()  # overrides that have had their effect

    def label(self, num_id: str, level: int) -> str | None:
        """Count one paragraph of a list and give its label; None for a bullet, an unknown list, or an empty label."""
        found = self._numbering.get(num_id)
        if found is None or not 0 <= level < _LEVELS:
            return None
        counts = self._count(found, num_id, level)
        own = found.levels[level]
        if own.format == "bullet":
            return None

        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            value = counts[index]
            return found.levels[index].write(found.start(index) if value is None else value, own.legal)

        return _PLACE.sub(number, own.pattern).strip() or None

    def _count(self, found: List, num_id: str, level: int) -> list[int | None]:
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        value = counts[level]
        if level in found.overrides and (num_id, level) not in self._overridden:
            self._overridden.add((num_id, level))
            counts[level] = found.overrides[level]
        elif value is None:
            counts[level] = found.start(level)
        else:
            counts[level] = value + 1
        for higher in range(level):
            if counts[higher] is None:  # a level that was passed over counts as one paragraph of it
                counts[higher] = found.start(higher)
        for lower in range(level + 1, _LEVELS):
            restart = found.levels[lower].restart
            if restart is None or restart > lower or level < restart:
                counts[lower] = None
        return counts


def _levels(abstract: _Element) -> tuple[Level, ...]:
    levels = [Level()] * _LEVELS
    for element in abstract.iterchildren(W + "lvl"):
        index = integer(element.get(W + "ilvl"))
        if index is not None and 0 <= index < _LEVELS:
            levels[index] = _level(element)
    return tuple(levels)


def _level(element: _Element) -> Level:
    values: dict[str, str] = {}
    for child in _with_alternatives(element):
        if isinstance(child.tag, str):
            values.setdefault(child.tag, child.get(VAL, ""))
            if child.tag == W + "numFmt" and child.get(W + "format"):
                values["custom"] = child.get(W + "format", "")
    start = integer(values.get(W + "start"))
    custom = _CUSTOM.match(values.get("custom", ""))
    pattern = values.get(W + "lvlText", "")
    return Level(
        start=1 if start is None else start,
        format=values.get(W + "numFmt") or "decimal",
        width=len(custom.group()) if custom and len(custom.group()) <= _LEVELS else 0,
        pattern=pattern if len(pattern) <= _LONGEST else "",
        restart=integer(values.get(W + "lvlRestart")),
        legal=on(element.find(W + "isLgl")),
        style=values.get(W + "pStyle"),
    )


def _with_alternatives(element: _Element) -> Iterable[_Element]:
    for child in element:
        if child.tag == ALTERNATE:
            yield from alternative(child)
        else:
            yield child
