"""Profiles: what differs by province and year, as data that an auditor edits without Python."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from gouji.model.record import record


@record(frozen=True, slots=True)
class Band:
    """A band of a grade scale: `low` inclusive up to the next band. `words[0]` is the band's name, the rest synonyms."""

    low: Decimal
    words: tuple[str, ...]


@record(frozen=True, slots=True)
class Profile:
    """The rules in force for a document. `scale` from the best band down.

    `candidates` are the profiles that a document may choose by its own words; none where the user has chosen.
    """

    name: str
    title: str
    scale: tuple[Band, ...]
    other_scales: tuple[tuple[Band, ...], ...] = ()
    match: tuple[str, ...] = ()  # names of places whose reports follow this profile
    weights: dict[str, Decimal] = field(default_factory=dict)  # first-level indicator -> its weight of 100
    execution_weights: tuple[Decimal, ...] = (Decimal(10), Decimal(20))  # what budget execution may count
    execution: str = "proportional"  # weight × rate; "free": by the bureau's own steps
    over_achievement: Decimal | None = None  # an actual above so many times its target is to be explained
    qualitative: tuple[Band, ...] = ()  # words of the actual -> least share of the weight, in percent
    sections: tuple[str, ...] = ()  # headings that a report must have: any of the words parted by |
    forms: tuple[str, ...] = ()  # forms that a package must hold
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)  # kind of column -> further names for it
    options: dict[str, str] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)  # code -> error, warning, notice or off
    candidates: tuple[Profile, ...] = ()
