"""The settings of gouji's own processes; a program that imports gouji keeps its own."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_FEW = 250_000


def settle() -> None:
    """In a process of gouji's own: look for garbage after a quarter of a million new objects, not after seven hundred.

    A start and a report of thirty pages make fewer, and nearly all live on: to look through them took a tenth of the time.
    """
    gc.set_threshold(_FEW, 10, 10)


def settle_worker() -> None:
    """In a process of a pool: as above; Ctrl-C is the parent's; what it compiles is kept, for the next run and its workers."""
    import signal
    from multiprocessing.util import Finalize

    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Finalize(None, _keep, exitpriority=0)


def _keep() -> None:
    from gouji.model.kept import KEPT

    KEPT.save()


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
