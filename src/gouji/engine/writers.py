"""The writers that are installed, found through entry points: a province's own comes the same way as ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from gouji.engine.installed import points
from gouji.model.writer import BinaryWriter, Writer

if TYPE_CHECKING:
    from gouji.model.writer import ComparisonWriter

GROUP = "gouji.writers"
COMPARISONS = "gouji.comparison_writers"
FRAGMENTS = "gouji.fragments"  # parts of a report for a page that has its own frame


def names(group: str = GROUP) -> list[str]:
    """The formats that are installed."""
    return sorted({point.name for point in points(group)})


def find(name: str) -> Writer | BinaryWriter | None:
    """The writer of that format. One that has `write_binary` is a BinaryWriter."""
    return cast(Writer | BinaryWriter | None, _load(GROUP, name))


def find_comparison(name: str) -> ComparisonWriter | None:
    """The writer of comparisons in that format."""
    return cast("ComparisonWriter | None", _load(COMPARISONS, name))


def find_fragment(name: str) -> Writer | None:
    """The writer of that part of a report."""
    return cast(Writer | None, _load(FRAGMENTS, name))


def _load(group: str, name: str) -> Any:
    return next((point.load() for point in points(group) if point.name == name), None)
