"""The writers that are installed, found through entry points: a province's own comes the same way as ours."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import cast

from gouji.model.writer import BinaryWriter, ComparisonWriter, Writer

GROUP = "gouji.writers"
COMPARISONS = "gouji.comparison_writers"
FRAGMENTS = "gouji.fragments"  # parts of a report for a page that has its own frame


def names(group: str = GROUP) -> list[str]:
    """The formats that are installed."""
    return sorted({point.name for point in entry_points(group=group)})


def find(name: str) -> Writer | BinaryWriter | None:
    """The writer of that format. One that has `write_binary` is a BinaryWriter."""
    points = entry_points(group=GROUP, name=name)
    return cast(Writer | BinaryWriter, next(iter(points)).load()) if points else None


def find_comparison(name: str) -> ComparisonWriter | None:
    """The writer of comparisons in that format."""
    points = entry_points(group=COMPARISONS, name=name)
    return cast(ComparisonWriter, next(iter(points)).load()) if points else None


def find_fragment(name: str) -> Writer | None:
    """The writer of that part of a report."""
    points = entry_points(group=FRAGMENTS, name=name)
    return cast(Writer, next(iter(points)).load()) if points else None
