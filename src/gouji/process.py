"""What a process that is gouji's own sets for itself; a program that imports gouji keeps its own settings."""

from __future__ import annotations

import gc

_FEW = 50_000


def settle() -> None:
    """Look for garbage after fifty thousand new objects, not after seven hundred.

    A start and a report make hundreds of thousands that live on: to look through them so often took a tenth of the time.
    """
    gc.set_threshold(_FEW, 10, 10)
