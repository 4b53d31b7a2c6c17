"""Expressions kept compiled between runs, as Python keeps its modules: a report needs some six hundred, and to compile them
took a third of a whole `gouji check`.

One file in the user's cache directory holds, for each expression of the program by its text and flags, what `re` worked out of
it (with its first characters told, `gouji.model.opening`): the arguments of `_sre.compile`. An index says where each stands, so
that a run touches those that it uses and no other: to read all of a grown file took a tenth of a `gouji check`. It is opened
when the first expression is used and written, whole and by renaming, by the command line when it has compiled new ones. Its
name holds the build of Python, whose private business these arguments are.

Nothing rests on it. A file that is missing, cut short, altered (checksums), of another Python, not the user's own or writable
by others is not used, and what cannot be read, restored or written is compiled as ever; only expressions that come back equal
to `re`'s own, code and all, are stored. It holds expressions of the program's modules, no word of any document. The
environment variable GOUJI_CACHE names another directory, or `off`.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import marshal
import mmap
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
Name = tuple[int, int, int]  # of an entry in the index: checksum and length of its key's text, flags
Index = dict[Name, tuple[int, int, int]]  # where an entry begins after the index, its bytes, their checksum

VARIABLE = "GOUJI_CACHE"
_FORM = 4  # of the entries: raised when the same expression is to be compiled in another way
_MANY = 2_500  # entries, twice what the program has; more are leavings of other versions
_HEAD = 8  # bytes before the index: its checksum and its length
_WORD = "I"  # of a compiled expression's code: `_sre.CODESIZE` bytes
_WRITABLE = 0o022


class Store:
    """A file of entries, mapped: of one that cannot be used, none. `path` None is no file."""

    def __init__(self, path: Path | None) -> None:
        self._data: bytes | mmap.mmap = b""
        self._index: Index = {}
        self._begin = 0
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            if path is not None:
                self._open(path)

    def _open(self, path: Path) -> None:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & _WRITABLE):
                return
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        begin = _HEAD + int.from_bytes(data[4:_HEAD], "big")
        index = data[_HEAD:begin]
        if zlib.crc32(index) == int.from_bytes(data[:4], "big"):
            self._data, self._begin = data, begin
            self._index = marshal.loads(index)  # noqa: S302 - the user's own file, as Python's .pyc are

    def get(self, key: Key) -> Entry | None:
        """What is stored of an expression."""
        place = self._index.get(_name(key))
        found = self._at(*place) if place else None
        return found[1] if found and found[0] == key else None

    def all(self) -> dict[Key, Entry]:
        """What is stored of every expression."""
        return dict(filter(None, (self._at(*place) for place in self._index.values())))

    def _at(self, start: int, length: int, checksum: int) -> tuple[Key, Entry] | None:
        data = self._data[self._begin + start : self._begin + start + length]
        try:
            found: tuple[Key, Entry] | None = marshal.loads(data) if zlib.crc32(data) == checksum else None  # noqa: S302 - as above
        except (ValueError, EOFError, TypeError):
            return None
        return found

    def close(self) -> None:
        """Let the file go: some systems replace none that is mapped."""
        if isinstance(self._data, mmap.mmap):
            self._data.close()
        self._data, self._index = b"", {}


def _name(key: Key) -> Name:
    text = key[0].encode("utf-8", "surrogatepass")
    return zlib.crc32(text), len(text), key[1]


class Kept:
    """The expressions of one file; `path` None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._store: Store | None = None
        self._new: dict[Key, re.Pattern[str]] = {}
        self._used: dict[Key, Entry] = {}

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """The expression, restored or else compiled. Raises re.error if it is wrong."""
        if self._store is None:
            self._store = Store(self.path)
        key = (pattern, int(flags))
        if (entry := self._store.get(key)) is not None:
            with contextlib.suppress(Exception):  # whatever another Python makes of it: compile
                compiled = _restored(entry)
                self._used[key] = entry
                return compiled
        self._new[key] = compiled = re.compile(told(pattern, int(flags)), flags)
        return compiled

    def save(self) -> None:
        """Write what was compiled since the file was read; does nothing where that is not possible."""
        if self.path is None or not self._new:
            return
        if self._store is not None:
            self._store.close()
        store = Store(self.path)  # which another process may have written meanwhile
        entries = store.all()
        store.close()
        if len(entries) > _MANY:
            entries = dict(self._used)
        for (pattern, flags), compiled in self._new.items():
            with contextlib.suppress(Exception):
                entry = _taken_apart(compiled.pattern, flags)
                if _restored(entry) == compiled:
                    entries[pattern, flags] = entry
        self._new, self._store = {}, None
        with contextlib.suppress(OSError):
            _write(self.path, _packed(entries))


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


def _packed(entries: dict[Key, Entry]) -> bytes:
    """The file's bytes: checksum and length of the index, the index, the entries with their keys."""
    index: Index = {}
    parts: list[bytes] = []
    start = 0
    for key, entry in entries.items():
        part = marshal.dumps((key, entry))
        index[_name(key)] = (start, len(part), zlib.crc32(part))
        parts.append(part)
        start += len(part)
    told_first = marshal.dumps(index)
    head = zlib.crc32(told_first).to_bytes(4, "big") + len(told_first).to_bytes(4, "big")
    return head + told_first + b"".join(parts)


def _write(path: Path, data: bytes) -> None:
    """By renaming, so that another process finds the old file or the new."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
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
