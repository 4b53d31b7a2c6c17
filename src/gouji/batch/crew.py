"""Who does the work: an executor of the standard library's interface, made of this machine's processes or of a cluster.

The run knows `concurrent.futures.Executor` and nothing else, so that both come to the same tables.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from gouji.process import settle_worker


class CrewError(Exception):
    """A cluster that cannot be reached, or was lost."""


class Crew(Protocol):
    """An executor with its size, and how to get a new one after it broke."""

    size: int

    @property
    def executor(self) -> Executor: ...

    def renew(self) -> None:
        """Replace a broken executor."""


@dataclass(slots=True)
class Processes:
    """Processes of this machine, started when there is work: a run that finds everything done does without."""

    size: int
    pool: Executor | None = None

    @property
    def executor(self) -> Executor:
        if self.pool is None:
            self.pool = _pool(self.size)
        return self.pool

    def renew(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)
            self.pool = None


@dataclass(slots=True)
class Cluster:
    """Processes of a Dask cluster, which replaces its own dead."""

    size: int
    executor: Executor

    def renew(self) -> None:
        raise CrewError("the cluster was lost")


@contextmanager
def processes(jobs: int) -> Iterator[Crew]:
    """A pool of `jobs` processes. Left by an exception, it does not wait for what they have begun."""
    crew = Processes(jobs)
    try:
        yield crew
    except BaseException:
        if crew.pool is not None:
            _stop(crew.pool)
        raise
    if crew.pool is not None:
        crew.pool.shutdown()


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The workers of the Dask scheduler at `address` (tcp://host:port). CrewError if it cannot be reached or has none."""
    from distributed import Client

    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CrewError(f"{address}: {error}") from error
    with client:
        threads = client.nthreads()
        if not threads:
            raise CrewError(f"{address}: the cluster has no workers")
        # A task is a function of its arguments; a key of its own (pure=False) spares hashing a whole document once more.
        with client.get_executor(pure=False) as executor:
            yield Cluster(sum(threads.values()), executor)


def available() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(workers: int) -> Executor:
    """Spawned, not forked: pdfium and threads do not survive a fork."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"), _settle)


def _settle() -> None:
    """In a worker: a parent that was killed takes its workers along."""
    from gouji.batch.tables import without_pandas

    settle_worker()
    without_pandas()
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _stop(executor: Executor) -> None:
    """End a pool at once: the processes are this run's own."""
    workers = list(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=False, cancel_futures=True)
    for pid in workers:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
