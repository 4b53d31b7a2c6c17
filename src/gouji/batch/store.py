"""The folder of a batch: the cache of entries, the Parquet parts of each table, the reports, and the note that it is finished.

    DIR/run.json                     what was run, and that it ended: absent while a batch is under way
    DIR/tables/<table>/part-00000.parquet …   250 documents each
    DIR/parts/00000.json …           what each part was made from, the digests of its files, its verdicts
    DIR/reports/…                    one report for each document
    DIR/cache/ab/abcd….arrow         one entry for each document and set of rules; may be deleted at any time

The note of a part is written after its tables, and holds as long as their bytes are those that it names: a part that was damaged,
or that a killed process left half written, is written again.
Every file is written beside its place and moved there, so that a process killed at any moment leaves whole files only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.batch import layout
from gouji.batch.layout import SCHEMA_VERSION, text
from gouji.model.document import NotChecked

if TYPE_CHECKING:
    import pyarrow as pa

    from gouji.batch.tables import Named

PART = 250  # documents: a part of reports of thirty pages takes some 10 MB while it is made
_REPORT = re.compile(r".*\.[0-9a-f]{12}\.[a-z]+")
_UNSAFE = re.compile(r"[^\w\-（）()·]+")
_SKIPPED = "skipped"
_RUN = "run.json"


class StoreError(Exception):
    """A folder that holds no finished batch; the message says what it lacks."""


class Store:
    """The files of one batch under `root`."""

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self.root = root
        self.tables = root / "tables"
        self.parts = root / "parts"
        self.reports = root / "reports"
        self.cache = cache or root / "cache"

    def begin(self) -> None:
        """Make the folders; from here on the batch counts as unfinished."""
        for folder in (self.reports, self.cache, self.parts, *(self.tables / name for name in (*layout.NAMES, _SKIPPED))):
            folder.mkdir(parents=True, exist_ok=True)
        (self.root / _RUN).unlink(missing_ok=True)

    def cached(self, key: str) -> bool:
        return os.access(self._entry(key), os.F_OK)

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry, None if it is not there."""
        try:
            return Path(self._entry(key)).read_bytes()
        except OSError:
            return None

    def put(self, key: str, entry: bytes) -> None:
        target = Path(self._entry(key))
        target.parent.mkdir(exist_ok=True)
        _write(target, entry)

    def drop(self, key: str) -> None:
        Path(self._entry(key)).unlink(missing_ok=True)

    def _entry(self, key: str) -> str:
        """As text: to look a thousand up as `Path` took a tenth of a run that finds everything done."""
        return f"{self.cache}{os.sep}{key[:2]}{os.sep}{key}.arrow"

    def report_name(self, document: str, key: str, suffix: str) -> str:
        """A file name that a person can tell and no document can choose: its stem, then a digest of its whole name and its key."""
        stem = _UNSAFE.sub("_", Path(document).stem)[:60]
        digest = hashlib.sha256(f"{text(document)}\n{key}".encode()).hexdigest()[:12]
        return f"{stem}.{digest}{suffix}"

    def has_report(self, name: str) -> bool:
        return (self.reports / name).exists()

    def put_report(self, name: str, report: bytes) -> None:
        _write(self.reports / name, report)

    def has_part(self, number: int, stamp: str) -> bool:
        """Whether that part of every table is there, whole, and was made from the same documents."""
        return self._holds(_noted(number), stamp, [self._part(name, number) for name in layout.NAMES])

    def put_part(self, number: int, stamp: str, entries: Sequence[Named]) -> None:
        from gouji.batch import tables

        made = tables.assemble(entries)
        self._put(_noted(number), stamp, {self._part(name, number): table for name, table in made.items()}, _verdicts(made))

    def verdicts(self, number: int) -> Counter[tuple[str, bool, bool]]:
        """How many documents of a part have a verdict, with parts unread or none, and a check that crashed or none."""
        return Counter(
            {(verdict, unread, crashed): count for verdict, unread, crashed, count in self._note(_noted(number))["verdicts"]}
        )

    def _part(self, table: str, number: int) -> Path:
        return self.tables / table / f"part-{number:05}.parquet"

    def _note(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads((self.parts / f"{name}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _holds(self, name: str, stamp: str, files: Iterable[Path]) -> bool:
        note = self._note(name)
        return note.get("stamp") == stamp and note.get("files") == {self._relative(path): _digest(path) for path in files}

    def _put(self, name: str, stamp: str, made: Mapping[Path, pa.Table], verdicts: object = None) -> None:
        for path, table in made.items():
            _write_table(path, table)
        note = {"stamp": stamp, "files": {self._relative(path): _digest(path) for path in made}, "verdicts": verdicts}
        _write(self.parts / f"{name}.json", (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode())

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.tables).as_posix()

    def finish(self, parts: int, reports: Iterable[str], skipped: Sequence[NotChecked], note: dict[str, Any]) -> None:
        """Remove what an earlier batch left over, and say that this one has ended."""
        self._put_skipped([{"source": text(s.what.zh), "why_zh": s.why.zh, "why_en": s.why.en} for s in skipped])
        known = {_noted(number) for number in range(parts)} | {_SKIPPED}
        for name in layout.NAMES:
            for path in (self.tables / name).glob("part-*.parquet"):
                if int(path.stem.removeprefix("part-")) >= parts:
                    path.unlink()
        for path in self.parts.glob("*.json"):
            if path.stem not in known:
                path.unlink()
        kept = set(reports)
        for path in self.reports.iterdir():
            if path.name not in kept and _REPORT.fullmatch(path.name):
                path.unlink()
        _write(self.root / _RUN, (json.dumps(note, ensure_ascii=False, indent=2) + "\n").encode())

    def _put_skipped(self, rows: list[dict[str, str | None]]) -> None:
        path = self._part(_SKIPPED, 0)
        stamp = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
        if not self._holds(_SKIPPED, stamp, [path]):
            import pyarrow as pa

            schema = pa.schema({"source": pa.string(), "why_zh": pa.string(), "why_en": pa.string()})
            self._put(_SKIPPED, stamp, {path: pa.Table.from_pylist(rows, schema=schema)})

    def note(self) -> dict[str, Any]:
        """What run.json says; StoreError if the batch is not there or has not ended."""
        path = self.root / _RUN
        try:
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing: no batch, or one that has not ended (run gouji batch again)") from error
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: cannot be read ({error})") from error
        if not isinstance(found, dict) or found.get("schema_version") != SCHEMA_VERSION:
            raise StoreError(f"{path}: made by another version of gouji (run gouji batch again)")
        return found


def _noted(number: int) -> str:
    return f"{number:05}"


def _verdicts(made: Mapping[str, pa.Table]) -> list[tuple[str, bool, bool, int]]:
    documents = made["documents"]
    verdicts, unread, crashed = (documents[name].to_pylist() for name in ("verdict", "unread", "crashed"))
    return [(*row, count) for row, count in sorted(Counter(zip(verdicts, map(bool, unread), crashed, strict=True)).items())]


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _write_table(target: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    beside = target.with_name(f".{target.name}.{os.getpid()}")
    pq.write_table(table, beside, compression="zstd")
    beside.replace(target)


def _write(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(target)
