"""The folder of a batch: the cache of entries, the Parquet parts of each table, the reports, and the note that it is finished.

    DIR/run.json                     what was run, and that it ended: absent while a batch is under way
    DIR/tables/<table>/part-00000.parquet …   250 documents each
    DIR/reports/…                    one report for each document
    DIR/cache/ab/abcd….arrow         one entry for each document and set of rules; may be deleted at any time

Every file is written beside its place and moved there, so that a process killed at any moment leaves whole files only.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouji.batch import tables
from gouji.model.document import NotChecked

PART = 250  # documents: a part of reports of thirty pages takes some 10 MB while it is made
_STAMP = b"gouji.part"
_REPORT = re.compile(r".*\.[0-9a-f]{12}\.[a-z]+")
_UNSAFE = re.compile(r"[^\w\-（）()·]+")
_SKIPPED = pa.schema({"source": pa.string(), "why_zh": pa.string(), "why_en": pa.string()})
_RUN = "run.json"


class StoreError(Exception):
    """A folder that holds no finished batch; the message says what it lacks."""


class Store:
    """The files of one batch under `root`."""

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self.root = root
        self.tables = root / "tables"
        self.reports = root / "reports"
        self.cache = cache or root / "cache"

    def begin(self) -> None:
        """Make the folders; from here on the batch counts as unfinished."""
        for folder in (self.reports, self.cache, *(self.tables / name for name in (*tables.NAMES, "skipped"))):
            folder.mkdir(parents=True, exist_ok=True)
        (self.root / _RUN).unlink(missing_ok=True)

    def cached(self, key: str) -> bool:
        return self._entry(key).exists()

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry, None if it is not there."""
        try:
            return self._entry(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, entry: bytes) -> None:
        target = self._entry(key)
        target.parent.mkdir(exist_ok=True)
        _write(target, entry)

    def drop(self, key: str) -> None:
        self._entry(key).unlink(missing_ok=True)

    def _entry(self, key: str) -> Path:
        return self.cache / key[:2] / f"{key}.arrow"

    def report_name(self, document: str, key: str, suffix: str) -> str:
        """A file name that a person can tell and no document can choose: its stem, then a digest of its whole name and its key."""
        stem = _UNSAFE.sub("_", Path(document).stem)[:60]
        digest = hashlib.sha256(f"{tables.text(document)}\n{key}".encode()).hexdigest()[:12]
        return f"{stem}.{digest}{suffix}"

    def has_report(self, name: str) -> bool:
        return (self.reports / name).exists()

    def put_report(self, name: str, report: bytes) -> None:
        _write(self.reports / name, report)

    def has_part(self, number: int, stamp: str) -> bool:
        """Whether that part of every table is there and was made from the same documents."""
        return all(self._stamp(self._part(name, number)) == stamp.encode() for name in tables.NAMES)

    def put_part(self, number: int, stamp: str, entries: Sequence[tables.Named]) -> None:
        for name, table in tables.assemble(entries).items():
            _write_table(self._part(name, number), table.replace_schema_metadata({_STAMP: stamp.encode()}))

    def _part(self, table: str, number: int) -> Path:
        return self.tables / table / f"part-{number:05}.parquet"

    def _stamp(self, path: Path) -> bytes | None:
        try:
            return (pq.read_schema(path).metadata or {}).get(_STAMP)
        except (OSError, pa.ArrowException):
            return None

    def finish(self, parts: int, reports: Iterable[str], skipped: Sequence[NotChecked], note: dict[str, Any]) -> None:
        """Remove what an earlier batch left over, and say that this one has ended."""
        rows = [{"source": tables.text(s.what.zh), "why_zh": s.why.zh, "why_en": s.why.en} for s in skipped]
        _write_table(self._part("skipped", 0), pa.Table.from_pylist(rows, schema=_SKIPPED))
        for name in tables.NAMES:
            for path in (self.tables / name).glob("part-*.parquet"):
                if int(path.stem.removeprefix("part-")) >= parts:
                    path.unlink()
        kept = set(reports)
        for path in self.reports.iterdir():
            if path.name not in kept and _REPORT.fullmatch(path.name):
                path.unlink()
        _write(self.root / _RUN, (json.dumps(note, ensure_ascii=False, indent=2) + "\n").encode())

    def note(self) -> dict[str, Any]:
        """What run.json says; StoreError if the batch is not there or has not ended."""
        path = self.root / _RUN
        try:
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing: no batch, or one that has not ended (run gouji batch again)") from error
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: cannot be read ({error})") from error
        if not isinstance(found, dict) or found.get("schema_version") != tables.SCHEMA_VERSION:
            raise StoreError(f"{path}: made by another version of gouji (run gouji batch again)")
        return found


def _write_table(target: Path, table: pa.Table) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    pq.write_table(table, beside, compression="zstd")
    beside.replace(target)


def _write(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(target)
