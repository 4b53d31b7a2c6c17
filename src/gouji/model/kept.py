"""Expressions kept compiled between runs, as Python keeps its modules: a report needs some six hundred, and to compile them
took a third of a whole `gouji check`.

One file in the user's cache directory holds, for each expression of the program by its text and flags, what `re` worked out of
it (with its first characters told, `gouji.model.opening`): the arguments of `_sre.compile`. It is read when the first expression is used and written, whole and by renaming, by the
command line when it has compiled new ones. Its name holds the build of Python, whose private business these arguments are.

Nothing rests on it. A file that is missing, cut short, altered (checksum), of another Python, not the user's own or writable
by others is not used, and what cannot be read, restored or written is compiled as ever; only expressions that come back equal
to `re`'s own, code and all, are stored. It holds expressions of the program's modules, no word of any document. The
environment variable GOUJI_CACHE names another directory, or `off`.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import marshal
import os
import re
import sys
import zlib
from array import array
from pathlib import Path
from typing import Any

from gouji.model.opening import told

Key = tuple[str, int]
Entry = tuple[str, int, bytes, int, dict[str, int], tuple[str | None, ...]]  # text, flags, code, groups, their names twice

VARIABLE = "GOUJI_CACHE"
_FORM = 3  # of the entries: raised when the same expression is to be compiled in another way
_MANY = 2_500  # entries, twice what the program has; more are leavings of other versions
_CHECKSUM = 4
_WORD = "I"  # of a compiled expression's code: `_sre.CODESIZE` bytes
_WRITABLE = 0o022


class Kept:
    """The expressions of one file; `path` None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._entries: dict[Key, Entry] | None = None
        self._new: dict[Key, re.Pattern[str]] = {}
        self._used: dict[Key, Entry] = {}

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """The expression, restored or else compiled. Raises re.error if it is wrong."""
        if self._entries is None:
            self._entries = _read(self.path) if self.path else {}
        key = (pattern, int(flags))
        if (entry := self._entries.get(key)) is not None:
            self._used[key] = entry
            try:
                return _restored(entry)
            except Exception:  # noqa: BLE001 - whatever another Python makes of it: compile
                del self._entries[key], self._used[key]
        self._new[key] = compiled = re.compile(told(pattern, int(flags)), flags)
        return compiled

    def save(self) -> None:
        """Write what was compiled since the file was read; does nothing where that is not possible."""
        if self.path is None or not self._new:
            return
        entries = _read(self.path)
        if len(entries) > _MANY:
            entries = dict(self._used)
        for (pattern, flags), compiled in self._new.items():
            with contextlib.suppress(Exception):
                entry = _taken_apart(compiled.pattern, flags)
                if _restored(entry) == compiled:
                    entries[pattern, flags] = entry
        self._new = {}
        with contextlib.suppress(OSError):
            _write(self.path, marshal.dumps(entries))


def _restored(entry: Entry) -> re.Pattern[str]:
    pattern, flags, code, groups, index, names = entry
    made: re.Pattern[str] = _engine().compile(pattern, flags, array(_WORD, code).tolist(), groups, index, names)
    return made


def _taken_apart(pattern: str, flags: int) -> Entry:
    """What `re.compile` gives to the engine (CPython's `re._compiler.compile`)."""
    parsed = importlib.import_module("re._parser").parse(pattern, flags)
    code = importlib.import_module("re._compiler")._code(parsed, flags)  # noqa: SLF001 - held equal to re.compile's before use
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return (
        pattern,
        int(flags | state.flags),
        array(_WORD, code).tobytes(),
        state.groups - 1,
        dict(state.groupdict),
        tuple(names),
    )


def _engine() -> Any:
    return importlib.import_module("_sre")


def _read(path: Path) -> dict[Key, Entry]:
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & _WRITABLE):
                return {}
            checksum, data = stream.read(_CHECKSUM), stream.read()
        if zlib.crc32(data).to_bytes(_CHECKSUM, "big") != checksum:
            return {}
        entries = marshal.loads(data)  # noqa: S302 - the user's own file, as Python's .pyc are
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _write(path: Path, data: bytes) -> None:
    """By renaming, so that another process finds the old file or the new."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _place() -> Path | None:
    """The file of this Python in the user's cache directory, None if there is to be none."""
    said = os.environ.get(VARIABLE, "")
    if said == "off" or sys.implementation.name != "cpython":
        return None
    try:
        folder = Path(said) if said else _folder()
        build = f"{sys.version} {_engine().MAGIC} {_engine().CODESIZE} {sys.byteorder} {_FORM}"
    except (AttributeError, ImportError, RuntimeError):  # no such engine; no home
        return None
    if array(_WORD).itemsize != _engine().CODESIZE:
        return None
    return folder / f"patterns-{sys.implementation.cache_tag}-{hashlib.sha256(build.encode()).hexdigest()[:12]}"


def _folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "gouji" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "gouji"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gouji"


KEPT = Kept(_place())
