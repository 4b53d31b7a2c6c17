"""The service put together: database, file store, people, queue, worker processes, webhooks."""

from __future__ import annotations

import fcntl
import os
import tempfile
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gouji.service import jobs, trail, webhooks, workflow
from gouji.service.access import Role
from gouji.service.database import Database, migrate
from gouji.service.examine import Examiner
from gouji.service.files import Store
from gouji.service.metrics import Metrics
from gouji.service.people import People
from gouji.service.queue import OwnThreads, Procrastinate, Queue
from gouji.service.settings import SettingError, Settings
from gouji.service.tables import Job, Person, Result, TrailHead

FIRST = "admin"


class Service:
    """Everything that pages, API and workers share."""

    def __init__(self, settings: Settings) -> None:
        settings.data.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.key = settings.key
        self.database = Database(settings.database_url)
        self.store = Store(settings.files_url)
        self.people = People(settings, self.key)
        self.metrics = Metrics(self.database)
        self._lock: int | None = None
        self._comparisons: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._messenger = webhooks.Messenger(self.database, self.key)
        self.queue: Queue = (
            Procrastinate(settings.database_url)
            if settings.on_postgresql
            else OwnThreads(self.database, self.perform, settings.workers)
        )

    @cached_property
    def examiner(self) -> Examiner:
        """The worker processes, started at the first need."""
        return Examiner(self.settings.workers, self.settings.limits)

    def prepare(self, *, first: bool = True) -> str | None:
        """Make or migrate the database; the first administrator's one-time password where there was nobody yet.

        `first` False leaves him to be made by whoever can show the password to somebody.
        """
        if not self.settings.on_postgresql:
            self._hold_folder()
        migrate(self.database)
        self.store.check()
        with self.database.write() as session:
            head = session.scalars(select(TrailHead).with_for_update()).one()
            if head.position and head.seal != trail.seal(self.key, head.position, head.digest):
                raise SettingError("the key is not the one that this database was used with (secret.key, GOUJI_SECRET)")
            if not first or session.scalar(select(Person.id).limit(1)) is not None:
                return None
            _, password = self.people.add(session, "setup", FIRST, "Administrator", Role.ADMINISTRATOR)
        return password

    def _hold_folder(self) -> None:
        """One service a data folder: its threads and no others take the jobs."""
        self._lock = os.open(self.settings.data / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingError(f"{self.settings.data}: another gouji serve uses this folder") from error

    def start(self) -> None:
        """Begin to work."""
        if not self.settings.on_postgresql:
            self.examiner.warm()
        self.queue.start()
        self._messenger.start()

    def close(self) -> None:
        """Stop; what is under way is checked again at the next start."""
        self.queue.close()
        if self._messenger.started:
            self._messenger.close()
        if "examiner" in self.__dict__:
            self.examiner.close()
        self.database.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def perform(self, identity: str) -> bool:
        """Check one job and write its result."""
        return jobs.perform(self.database, self.store, self.examiner, identity, self._finish)

    def _finish(self, session: Session, job: Job, result: Result) -> None:
        submission = workflow.checked(session, self.key, job, result)
        webhooks.announce(session, job, result, submission)
        self.metrics.checked(result)

    def member(self, result: Result, name: str) -> bytes:
        """A report of a result's archive: json.zh, html.en, sheet.zh …"""
        if result.archive is None:
            raise FileNotFoundError(name)
        with self.store.open(result.archive) as stream, zipfile.ZipFile(stream) as archive:
            return archive.read(name)

    def compare(self, old: str, new: str) -> list[dict[str, Any]]:
        """What became of each finding from one job to another; kept, since it is asked for again and again."""
        if (old, new) not in self._comparisons:
            with self.database.read() as session:
                orders = [jobs.order(session, session.get_one(Job, identity)) for identity in (old, new)]
            with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
                packages = [o.package(self.store, Path(folder) / str(n)) for n, o in enumerate(orders)]
                found = self.examiner.compare(*packages)
            while len(self._comparisons) >= 200:
                self._comparisons.pop(next(iter(self._comparisons)))
            self._comparisons[old, new] = found
        return self._comparisons[old, new]
