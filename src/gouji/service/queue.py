"""How jobs reach workers: on SQLite through the one service's own threads, on PostgreSQL through Procrastinate.

Either way the queue is only a hint: what has no result in the database is work, whatever a queue says.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, Protocol

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.orm import Session

from gouji.service import jobs
from gouji.service.database import Database

Perform = Callable[[str], bool]
_SWEEP = 20.0  # seconds between looks for work that no queue knows of
_HEARTBEAT = 2.0
STALLED = 10.0  # a worker that has not been heard of for so long is dead; its job is taken over
_log = logging.getLogger("gouji.service")


class Queue(Protocol):
    """Hands jobs to workers."""

    def defer(self, session: Session, identity: str) -> None:
        """In the transaction that makes the job."""

    def announce(self, identity: str) -> None:
        """Behind that transaction's end."""

    def start(self) -> None:
        """Begin."""

    def close(self) -> None:
        """End; what is under way is taken up again at the next start."""


class OwnThreads:
    """As many threads as there are worker processes. What has no result at the start is taken first."""

    def __init__(self, database: Database, perform: Perform, workers: int) -> None:
        self._database, self._perform = database, perform
        self._waiting: queue.Queue[str] = queue.Queue()
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, name=f"check-{n}", daemon=True) for n in range(workers)]
        self._threads.append(threading.Thread(target=self._sweep, name="sweep", daemon=True))

    def defer(self, session: Session, identity: str) -> None:
        """Nothing to do before the transaction has ended."""

    def announce(self, identity: str) -> None:
        with self._lock:
            if identity in self._known:
                return
            self._known.add(identity)
        self._waiting.put(identity)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(5)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                identity = self._waiting.get(timeout=0.5)
            except queue.Empty:
                continue
            try:
                self._perform(identity)
            except Exception:  # noqa: BLE001 - the thread must live on
                if not self._stop.is_set():
                    _log.exception("job %s failed; it is tried again", identity)
            finally:
                with self._lock:
                    self._known.discard(identity)

    def _sweep(self) -> None:
        while not self._stop.is_set():
            try:
                with self._database.read() as session:
                    found = jobs.unfinished(session)
                for identity in found:
                    self.announce(identity)
            except Exception:  # noqa: BLE001 - the thread must live on
                _log.exception("looking for unfinished jobs failed; it is tried again")
            self._stop.wait(_SWEEP)


def _blueprint(perform: Perform | None) -> procrastinate.Blueprint:
    tasks = procrastinate.Blueprint()

    @tasks.task(name="check", queue="checks")
    def check(identity: str) -> None:
        if perform is None:
            raise RuntimeError("this process only hands out work")
        perform(identity)

    return tasks


def _app(url: str, perform: Perform | None) -> procrastinate.App:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain, min_size=1, max_size=8))
    app.add_tasks_from(_blueprint(perform), namespace="gouji")
    return app


class Procrastinate:
    """Hands jobs out over PostgreSQL: the job and its message are one transaction."""

    def __init__(self, url: str) -> None:
        self._app = _app(url, None)

    def defer(self, session: Session, identity: str) -> None:
        connection: Any = session.connection().connection.driver_connection
        task = self._app.configure_task("gouji:check", queueing_lock=identity, lock=identity, connection=connection)
        task.defer(identity=identity)

    def announce(self, identity: str) -> None:
        """PostgreSQL's own NOTIFY wakes the workers."""

    def start(self) -> None:
        """Nothing runs here: `gouji worker` does the work."""

    def close(self) -> None:
        """Nothing is open but the sessions' own connections."""


async def work(database: Database, perform: Perform, workers: int) -> None:
    """`gouji worker`: take jobs until told to stop; take over what a dead worker left."""
    app = _app(database.url, perform)
    async with app.open_async():
        sweeper = asyncio.create_task(_take_over(app, database))
        try:
            await app.run_worker_async(
                queues=["checks"],
                concurrency=workers,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=_HEARTBEAT,
                stalled_worker_timeout=STALLED,
                shutdown_graceful_timeout=5.0,
                delete_jobs="successful",
            )
        finally:
            sweeper.cancel()


async def _take_over(app: procrastinate.App, database: Database) -> None:
    """Put back jobs whose worker is dead, and hand out what has no result and is in no queue."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
                await app.job_manager.retry_job(job)
            await _hand_out_lost(app, database)
        except Exception:  # noqa: BLE001 - a database away for a moment must not end the looking
            _log.exception("looking for stalled jobs failed; it is tried again")
        await asyncio.sleep(STALLED / 2)


async def _hand_out_lost(app: procrastinate.App, database: Database) -> None:
    with database.read() as session:
        waiting = jobs.unfinished(session)
    if not waiting:
        return
    queued = await app.job_manager.list_jobs_async(queue="checks")
    known = {j.task_kwargs["identity"] for j in queued if j.status in {"todo", "doing"}}
    for identity in waiting:
        if identity not in known:
            try:
                task = app.configure_task("gouji:check", queueing_lock=identity, lock=identity)
                await task.defer_async(identity=identity)
            except AlreadyEnqueued:
                continue
