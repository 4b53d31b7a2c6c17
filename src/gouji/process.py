"""When gouji's processes look for garbage; a program that imports gouji keeps its own settings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_FEW = 50_000


def settle() -> None:
    """In a process of gouji's own: look for garbage after fifty thousand new objects, not after seven hundred.

    A start and a report make hundreds of thousands that live on: to look through them so often took a tenth of the time.
    """
    gc.set_threshold(_FEW, 10, 10)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage meanwhile: one document leaves none (`tests/engine/test_garbage.py`), and to look cost a fifth of it."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
