"""The writers that are installed, and the places they write to."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from typing import TextIO, cast

from gouji.model.result import AuditResult
from gouji.model.writer import TerminalWriter, Writer

GROUP = "gouji.writers"


def names() -> list[str]:
    """The formats that are installed."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def find(name: str) -> Writer | None:
    """The writer of that format."""
    points = entry_points(group=GROUP, name=name)
    return cast(Writer, next(iter(points)).load()) if points else None


def clashes(target: Path, inputs: Iterable[Path]) -> bool:
    """Whether writing to `target` would overwrite one of the files that were checked."""
    return target.exists() and any(path.exists() and target.samefile(path) for path in inputs)


def to_stdout(writer: Writer, result: AuditResult, lang: str) -> None:
    """Write to standard output: in the terminal's own encoding for a person, in UTF-8 for a program."""
    stream = sys.stdout
    terminal = stream.isatty()
    if not terminal and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", newline="")
    elif hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    _write(writer, result, stream, lang, terminal=terminal)
    stream.flush()


def to_file(writer: Writer, result: AuditResult, target: Path, lang: str) -> None:
    """Write a file at once or not at all: a reader sees the old one or the new one, whole."""
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with target.open("w", encoding="utf-8", newline="") as stream:
            _write(writer, result, stream, lang)
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("x", encoding="utf-8", newline="") as stream:
            _write(writer, result, stream, lang)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write(writer: Writer, result: AuditResult, stream: TextIO, lang: str, *, terminal: bool = False) -> None:
    if "width" in inspect.signature(writer.write).parameters:
        fitted = cast(TerminalWriter, writer)
        width = shutil.get_terminal_size().columns if terminal else 100
        fitted.write(result, stream, lang=lang, color=terminal and "NO_COLOR" not in os.environ, width=width)
    else:
        writer.write(result, stream, lang=lang)
