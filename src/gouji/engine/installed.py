"""What the installed packages announce: the entry points of gouji's groups, and the headers of their metadata.

The package metadata is read here directly, for `importlib.metadata` costs a run of `gouji check` a tenth of its time, most of
it for reading e-mail headers that no entry point has. It answers wherever this module cannot know that it sees all:
a path that is no directory (a zip), a finder of another kind. The format is that of
https://packaging.python.org/en/latest/specifications/entry-points/.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import cache, reduce
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from gouji.model.record import record

_INFOS = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"
_METADATA = "METADATA"


@record(frozen=True, slots=True)
class Point:
    """An object that a package announces: `value` is `module:attribute`."""

    name: str
    value: str

    def load(self) -> Any:
        """The object. Raises what its import raises."""
        module, _, attribute = self.value.partition("[")[0].partition(":")
        found = importlib.import_module(module.strip())
        return reduce(getattr, filter(None, attribute.strip().split(".")), found)


def points(group: str) -> tuple[Point, ...]:
    """What is announced in a group, in the order of the path."""
    paths = tuple(sys.path)
    if _is_beyond(paths):
        from importlib.metadata import entry_points

        return tuple(Point(point.name, point.value) for point in entry_points(group=group))
    return _all(paths).get(group, ())


def headers(distribution: str, field: str) -> tuple[str, ...]:
    """The values of a field of a distribution's metadata, in order: of `Version` one, of `Requires-Dist` any number.

    Raises importlib.metadata.PackageNotFoundError if it is not installed.
    """
    paths = tuple(sys.path)
    text = None if _is_beyond(paths) else _metadata(paths, _canonical(distribution))
    if text is None:
        from importlib.metadata import metadata

        return tuple(metadata(distribution).get_all(field) or ())
    start = f"{field}: "
    above = text.partition("\n\n")[0]  # what follows the headers is the readme
    return tuple(line.removeprefix(start).strip() for line in above.splitlines() if line.startswith(start))


def _metadata(paths: tuple[str, ...], distribution: str) -> str | None:
    info = _infos(paths).get(distribution)
    try:
        return (info / _METADATA).read_text("utf-8") if info else None
    except (OSError, UnicodeDecodeError):
        return None


def _canonical(distribution: str) -> str:
    return distribution.replace("-", "_").replace(".", "_").lower()


@cache
def _infos(paths: tuple[str, ...]) -> dict[str, Path]:
    """Each distribution's folder of metadata, the first of a name on the path."""
    found: dict[str, Path] = {}
    for folder in map(Path, dict.fromkeys(path or "." for path in paths)):
        try:
            infos = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(_INFOS))
        except OSError:
            continue
        for info in infos:
            found.setdefault(_canonical(info.rpartition(".")[0].partition("-")[0]), folder / info)
    return found


@cache
def _all(paths: tuple[str, ...]) -> dict[str, tuple[Point, ...]]:
    found: dict[str, dict[Point, None]] = {}
    for group, point in _by_files(paths):
        found.setdefault(group, {})[point] = None
    return {group: tuple(those) for group, those in found.items()}


def _is_beyond(paths: tuple[str, ...]) -> bool:
    """Whether packages may be installed where only `importlib.metadata` finds them."""
    others = (f for f in sys.meta_path if f is not PathFinder and hasattr(f, "find_distributions"))
    return any(others) or any(Path(path or ".").is_file() for path in paths)


def _by_files(paths: tuple[str, ...]) -> Iterator[tuple[str, Point]]:
    """From the metadata of each distribution."""
    for info in _infos(paths).values():
        yield from _in_file(info / _FILE)


def _in_file(path: Path) -> Iterator[tuple[str, Point]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if "[gouji." not in text:
        return
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
        elif group.startswith("gouji.") and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield group, Point(name.strip(), value.strip())
