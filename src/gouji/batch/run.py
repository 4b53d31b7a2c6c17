"""A batch from its inputs to its tables.

Documents are read and looked up in the cache in order, and handed to the crew a few at a time; what comes back goes to the
cache at once. As soon as all documents of a part are there, the part is written. So memory depends on neither the number of
files nor the slowest of them, a run that was killed finds its work in the cache, and the tables are in the order of the inputs
whoever did the work and when.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gouji import __version__
from gouji.batch import inputs, keys
from gouji.batch.crew import Crew, CrewError
from gouji.batch.inputs import Inputs, Item
from gouji.batch.layout import SCHEMA_VERSION, text
from gouji.batch.store import PART, Store
from gouji.batch.task import Outcome, Rules, VersionError, judge, pack
from gouji.engine import catalogue as catalogues
from gouji.engine import gate
from gouji.model.document import DocumentError
from gouji.model.profile import Profile
from gouji.model.text import Text
from gouji.model.writer import Writer

Progress = Callable[[int, int], None]  # documents done, of these from the cache

_AHEAD = 3  # tasks to a worker that wait or run, so that none idles while results are written
_BYTES = 128 * 1024 * 1024  # of documents on their way, together


def run(
    found: Inputs,
    store: Store,
    crew: Crew,
    profile: Profile,
    *,
    writer: Writer | None = None,
    lang: str = "zh",
    progress: Progress | None = None,
    own_process: bool = False,
) -> dict[str, Any]:
    """Judge every document and leave tables, reports and run.json in the store; gives what run.json says.

    `own_process`: nobody else in this process needs pandas, so that Arrow need not load it.
    Raises CrewError if a cluster is lost or runs another version, OSError if the folder cannot be written. Either way what
    was done so far is in the cache.
    """
    program = keys.program()
    batch = _Batch(
        store,
        crew,
        Rules(program, profile, writer, lang),
        keys.rules(program, profile),
        len(found.items),
        progress,
        own_process,
    )
    store.begin()
    for place, item in enumerate(found.items):
        batch.admit(place, item)
    batch.drain()
    note = _note(store, batch.parts, found, profile)
    store.finish(batch.parts, batch.reports, found.skipped, note)
    return note


def exit_code(store: Store, parts: int, fail_on: str) -> int:
    """The gate over a finished batch: the highest code of its documents."""
    rows = {row for number in range(parts) for row in store.verdicts(number)}
    return max((gate.document_code(*row, fail_on) for row in rows), default=gate.OK)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A document that is done: where its entry is, and the entry itself where the cache must not keep it."""

    name: str
    key: str
    report: str | None
    item: Item
    entry: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    place: int
    item: Item
    key: str
    report: str | None
    data: bytes


@dataclass(slots=True)
class _Batch:
    """The state of a run: tasks with the crew, and the parts that wait for some of their documents."""

    store: Store
    crew: Crew
    rules: Rules
    digest: str
    total: int
    progress: Progress | None
    own_process: bool
    pending: dict[Future[Outcome], _Task] = field(default_factory=dict)
    open_parts: dict[int, dict[int, _Slot]] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    done: int = 0
    cached: int = 0
    on_the_way: int = 0
    report_digest: str = ""
    loaded: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        if self.rules.writer:
            self.report_digest = keys.reports(self.digest, self.rules.writer, self.rules.lang)

    @property
    def parts(self) -> int:
        return -(-self.total // PART)

    def admit(self, place: int, item: Item) -> None:
        """Take a document up: from the cache, or by the crew as soon as it has room."""
        try:
            data = inputs.load(item)
        except DocumentError as error:
            self._hopeless(place, item, error.reason)
            return
        key = keys.key(self.digest, item.name, data)
        report = self._report_name(item, key)
        if self.store.cached(key) and (report is None or self.store.has_report(report)):
            self.cached += 1
            self._settle(place, _Slot(item.name, key, report, item))
            return
        while self.pending and (len(self.pending) >= _AHEAD * self.crew.size or self.on_the_way + len(data) > _BYTES):
            self._collect()
        self._submit(_Task(place, item, key, report, data))

    def drain(self) -> None:
        """Wait for everything that is with the crew."""
        while self.pending:
            self._collect()

    def _report_name(self, item: Item, key: str) -> str | None:
        writer = self.rules.writer
        return self.store.report_name(item.name, f"{self.report_digest}{key}", writer.suffix) if writer else None

    def _submit(self, task: _Task) -> None:
        try:
            future = self.crew.executor.submit(judge, task.item.name, task.data, self.rules)
        except BrokenExecutor:
            self._one_by_one([*self._abandoned(), task])
            return
        self.pending[future] = task
        self.on_the_way += len(task.data)

    def _collect(self) -> None:
        """Take in what is done; wait for at least one."""
        for future in wait(self.pending, return_when=FIRST_COMPLETED).done:
            if future not in self.pending:  # the executor broke, and it was done again meanwhile
                continue
            try:
                outcome = self._outcome(future)
            except BrokenExecutor:
                self._one_by_one(self._abandoned())
                return
            self._finished(self._forget(future), outcome)

    def _forget(self, future: Future[Outcome]) -> _Task:
        task = self.pending.pop(future)
        self.on_the_way -= len(task.data)
        return task

    def _abandoned(self) -> list[_Task]:
        """The tasks of an executor that broke: one of them broke it, and which one does not tell."""
        return [self._forget(future) for future in list(self.pending)]

    def _one_by_one(self, tasks: Iterable[_Task]) -> None:
        self.crew.renew()
        for task in tasks:
            try:
                outcome: Outcome | Text = self._outcome(self.crew.executor.submit(judge, task.item.name, task.data, self.rules))
            except BrokenExecutor:
                outcome = Text("检查进程异常终止", "the process that checked it died")
                self.crew.renew()
            self._finished(task, outcome)

    def _outcome(self, future: Future[Outcome]) -> Outcome | Text:
        """The outcome, or why there is none. BrokenExecutor goes on to the caller."""
        try:
            return future.result()
        except (BrokenExecutor, KeyboardInterrupt):
            raise
        except VersionError as error:
            raise CrewError("the workers run another version of gouji or other packs") from error
        except CancelledError as error:
            raise CrewError("the cluster was lost") from error
        except Exception as error:  # noqa: BLE001 - the cluster gave the document up, or a row could not be made
            said = f"{type(error).__name__}: {error}"[:300]
            return Text(f"检查进程出错：{said}", f"the process that checked it failed: {said}")

    def _finished(self, task: _Task, outcome: Outcome | Text) -> None:
        if isinstance(outcome, Text):
            self._hopeless(task.place, task.item, outcome, task.data, crashed=True)
            return
        if task.report is not None and outcome.report is not None:
            self.store.put_report(task.report, outcome.report)
        self.store.put(task.key, outcome.entry)
        self._settle(task.place, _Slot(task.item.name, task.key, task.report, task.item))

    def _hopeless(self, place: int, item: Item, why: Text, data: bytes | None = None, *, crashed: bool = False) -> None:
        """A document that nobody could check: its row says why. Not cached: the next run tries again."""
        from gouji.engine.runner import unreadable

        result = replace(unreadable(Path(item.name), why, self.rules.profile, data), crashed=crashed)
        outcome = pack(result, self.rules)
        key = hashlib.sha256(outcome.entry).hexdigest()
        report = self._report_name(item, key)
        if report is not None and outcome.report is not None:
            self.store.put_report(report, outcome.report)
        self._settle(place, _Slot(item.name, key, report, item, outcome.entry))

    def _settle(self, place: int, slot: _Slot) -> None:
        """Put a document into its part; write the part when it is whole."""
        number = place // PART
        part = self.open_parts.setdefault(number, {})
        part[place] = slot
        if slot.report is not None:
            self.reports.append(slot.report)
        self.done += 1
        if len(part) == min(PART, self.total - number * PART):
            self._write(number, [part[p] for p in sorted(part)])
            del self.open_parts[number]
        if self.progress:
            self.progress(self.done, self.cached)

    def _write(self, number: int, slots: Sequence[_Slot]) -> None:
        lines = (f"{text(s.name)}\n{s.key}\n{s.report}\n" for s in slots)
        stamp = hashlib.sha256("".join(lines).encode()).hexdigest()
        if not self.store.has_part(number, stamp):
            self._load_arrow()
            from gouji.batch import tables

            self.store.put_part(number, stamp, [tables.Named(s.name, s.report, self._entry(s)) for s in slots])

    def _load_arrow(self) -> None:
        """Before tables are made; of a process that is not gouji's own, what it loads is left to others."""
        if self.own_process and not self.loaded:
            from gouji.batch.tables import without_pandas

            without_pandas()
            self.loaded = True

    def _entry(self, slot: _Slot) -> Any:
        """The rows of a document; a cache that was damaged is made good."""
        from gouji.batch import tables

        data = slot.entry or self.store.get(slot.key)
        try:
            return tables.open_entry(data or b"")
        except tables.EntryError:
            self.store.drop(slot.key)
            outcome = judge(slot.name, inputs.load(slot.item), self.rules)
            self.store.put(slot.key, outcome.entry)
            return tables.open_entry(outcome.entry)


def _note(store: Store, parts: int, found: Inputs, profile: Profile) -> dict[str, Any]:
    """What run.json says: nothing of the clock or the crew, so that the same batch leaves the same file."""
    verdicts: Counter[str] = Counter()
    for number in range(parts):
        for (verdict, _, _), count in store.verdicts(number).items():
            verdicts[verdict] += count
    return {
        "schema_version": SCHEMA_VERSION,
        "version": __version__,
        "profile": text(profile.name),
        "verdict": gate.worst(verdicts),
        "documents": len(found.items),
        "skipped": len(found.skipped),
        "parts": parts,
        "checks": {
            info.code: {"name": info.name, "theme": info.theme, "zh": info.title.zh, "en": info.title.en}
            for info in catalogues.load().infos
        },
        "verdicts": {verdict: verdicts[verdict] for verdict in (gate.PASS, gate.REVIEW, gate.BLOCK, gate.UNREADABLE)},
    }
