"""One package of files through the engine, in a process of its own that may cost no more than it is allowed to.

The files are hostile until the contrary is shown: the process has a limit on memory, on the bytes it may write and on time,
gets no file but the package's, and is gone when the service is.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import resource
import signal
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from gouji import __version__
from gouji.engine import catalogue, diff, profiles, runner, writers
from gouji.engine.gate import worst
from gouji.engine.package import File, audit_package
from gouji.engine.waivers import Waiver
from gouji.model.comparison import FindingChange
from gouji.model.document import NotChecked
from gouji.model.result import AuditResult, DocumentResult
from gouji.model.text import Text
from gouji.model.writer import BinaryWriter, Writer
from gouji.service.settings import Limits

LANGUAGES = ("zh", "en")
_WRITES = 512 * 1024 * 1024  # bytes of one file that a process may write
_TOGETHER = "整套材料"  # the name of what is said of several files together
_WRITTEN = ("json", "html", "sheet")
_JOBS = 200  # then a process is replaced by a fresh one
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Package:
    """What is examined: files by path and shown name, the rules, the findings that somebody answered for."""

    files: tuple[tuple[str, str], ...]
    profile: str
    waivers: tuple[tuple[str, str], ...] = ()
    archive: str = ""  # where the reports are put


class Examiner:
    """Processes that examine packages."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self._limits = limits
        self._pool = ProcessPool(
            workers, _JOBS, initializer=_confine, initargs=[limits.check_memory], context=get_context("spawn")
        )

    def run(self, package: Package) -> dict[str, Any]:
        """The result as the JSON writers give it, in both languages. What ends the process becomes a result that says so."""
        try:
            future = self._pool.schedule(examine, args=[package], timeout=self._limits.check_seconds)
            found: dict[str, Any] = future.result()
        except TimeoutError:
            seconds = int(self._limits.check_seconds)
            why = Text(f"检查超过 {seconds} 秒，已中止", f"the check took longer than {seconds} s and was stopped")
        except ProcessExpired:
            why = Text("检查进程异常终止", "the process that checked it died")
        except (MemoryError, OSError) as error:
            why = Text(f"检查超出资源上限：{type(error).__name__}", f"the check went beyond its limits: {type(error).__name__}")
        else:
            return found
        return write(_failed(package, why), package.archive)

    def compare(self, old: Package, new: Package) -> list[dict[str, Any]]:
        """The comparison of two packages; RuntimeError where a process could not make it."""
        try:
            future = self._pool.schedule(compare, args=[old, new], timeout=2 * self._limits.check_seconds)
            found: list[dict[str, Any]] = future.result()
        except (TimeoutError, ProcessExpired, MemoryError, OSError) as error:
            raise RuntimeError(f"the versions could not be compared: {type(error).__name__}") from error
        return found

    def warm(self) -> None:
        """Start the processes before the first file comes."""
        self._pool.schedule(_ready)

    def close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join(10)


def examine(package: Package) -> dict[str, Any]:
    """Audit, and write reports and JSON in both languages into the archive."""
    return write(_audited(package), package.archive)


def compare(old: Package, new: Package) -> list[dict[str, Any]]:
    """What became of each finding from one package to the next, both under the rules in force now."""
    pairs = diff.compare(_audited(old), _audited(new)).documents
    return [_change(change) for pair in pairs for change in pair.changes]


def _change(change: FindingChange) -> dict[str, Any]:
    shown = change.shown
    said: dict[str, Any] = {
        "change": change.change.value,
        "code": shown.code,
        "name": shown.name,
        "severity": shown.severity.value,
        "message": {"zh": shown.message.zh, "en": shown.message.en},
        "quote": shown.evidence[0].quote if shown.evidence else "",
        "context": shown.evidence[0].context if shown.evidence else "",
        "old": change.old.fingerprint if change.old else None,
        "new": change.new.fingerprint if change.new else None,
        "waived": shown.waived,
    }
    plain: dict[str, Any] = _plain(said)
    return plain


def _audited(package: Package) -> AuditResult:
    """One file by itself; several also against each other, which is a document of its own before theirs."""
    known = catalogue.load()
    profile = profiles.load(package.profile, known)
    waived = [Waiver(mark, reason) for mark, reason in package.waivers]
    if len(package.files) == 1:
        [(path, name)] = package.files
        result = runner.audit([path], profile, waived=waived)
        return replace(result, documents=tuple(_renamed(d, name) for d in result.documents))
    files = [File(name, Path(path).read_bytes) for path, name in package.files]
    found = audit_package(_TOGETHER, files, profile, known)
    documents = tuple(runner.waive(d, waived, date.today()) for d in found)
    return AuditResult(documents, worst(d.verdict for d in documents), known.infos, __version__)


def write(result: AuditResult, archive: str) -> dict[str, Any]:
    """Fill the archive; the JSON results by language."""
    found: dict[str, Any] = {}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target:
        for lang in LANGUAGES:
            for name in _WRITTEN:
                stream = StringIO()
                _writer(name).write(result, stream, lang=lang)
                target.writestr(f"{name}.{lang}", stream.getvalue().encode("utf-8", "replace"))
                if name == "json":
                    found[lang] = _plain(json.loads(stream.getvalue()))
    return found


@cache
def _writer(name: str) -> Writer:
    """A writer of text, looked up once a process: the entry points are read from the disk each time."""
    writer = writers.find_fragment(name) or writers.find(name)
    if writer is None or isinstance(writer, BinaryWriter):
        raise RuntimeError(f"no writer {name} is installed")
    return writer


def lost(names: Sequence[str], profile: str, archive: str) -> dict[str, Any]:
    """The result of files that the store does not hold any more: said, and left to a reviewer."""
    why = Text("文件库中没有这个文件", "the file store does not hold this file")
    return write(_failed(Package(tuple(("", name) for name in names), profile), why), archive)


def _plain(value: Any) -> Any:
    """Without what a database cannot keep: NUL and lone surrogates."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def _renamed(result: DocumentResult, name: str) -> DocumentResult:
    """The result under the name that the file came with, not the one it was checked under."""
    document = replace(result.document, path=name) if result.document else None
    return replace(result, path=name, document=document)


def _failed(package: Package, why: Text) -> AuditResult:
    what = Text("整个文件", "the whole file")
    documents = tuple(
        DocumentResult(name, "unreadable", not_checked=(NotChecked(what, why),), crashed=True, profile=package.profile)
        for _, name in package.files
    )
    return AuditResult(documents, "unreadable", catalogue.load().infos)


def _ready() -> None:
    """Import what a check needs."""
    catalogue.load()
    for name in ("gouji.readers.docx", "gouji.readers.pdf", "gouji.claims", "gouji.facts"):
        importlib.import_module(name)
    for name in _WRITTEN:
        _writer(name)


def _confine(memory: int) -> None:
    """Limits on this process, and an end with the service's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _ready()
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITES, _WRITES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
