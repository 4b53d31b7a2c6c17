"""Profiles: what differs by province and year, as data that an auditor edits without Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a grade scale: `low` inclusive up to the next band. `words[0]` is the band's name, the rest synonyms."""

    low: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules in force for a document. `scale` from the best band down."""

    name: str
    title: str
    scale: tuple[Band, ...]
    other_scales: tuple[tuple[Band, ...], ...] = ()
    over_achievement: Decimal | None = None  # an actual above so many times its target is to be explained
    options: dict[str, str] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)  # code -> error, warning, notice or off
