"""Tables that a conversion has flattened to one cell, or one scrap of a cell, a line."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.raw import Raw


def rebuild(raws: Sequence[Raw]) -> list[Raw]:
    return list(raws)
