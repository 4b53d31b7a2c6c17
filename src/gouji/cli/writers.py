"""The places that a writer writes to: standard output or a file, as text or as bytes."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar, cast

from gouji.engine import originals
from gouji.model.result import AuditResult
from gouji.model.writer import BinaryWriter, PictureWriter, TerminalWriter, WriterError, WriterOf

Shown = TypeVar("Shown")
Put = Callable[[str, str], None]  # writes to a target (a path, or - for standard output) in a language


def clashes(target: Path, inputs: Iterable[Path]) -> bool:
    """Whether writing to `target` would overwrite one of the files that were checked."""
    return target.exists() and any(path.exists() and target.samefile(path) for path in inputs)


def text(writer: WriterOf[Shown], result: Shown, target: str, lang: str) -> None:
    """Write a text format."""
    if target == "-":
        _to_stdout(writer, result, lang)
    else:
        _to_file(Path(target), partial(_write, writer, result, lang=lang), encoding="utf-8", newline="")


def binary(writer: BinaryWriter, result: AuditResult, target: str, lang: str) -> None:
    """Write a binary format; the originals are read again where the writer asks for them."""

    def write(stream: BinaryIO) -> None:
        writer.write_binary(result, stream, lang=lang, original=originals.read)

    if target == "-":
        stream = stdout().buffer
        write(stream)
        stream.flush()
    else:
        _to_file(Path(target), write)


def stdout() -> TextIO:
    """Standard output; WriterError where whoever started the program has closed it (`>&-`): Python then has none."""
    if sys.stdout is None:
        raise WriterError("标准输出已关闭，结果无处可写", "standard output is closed: the result cannot be written")
    return sys.stdout


def _to_stdout(writer: WriterOf[Shown], result: Shown, lang: str) -> None:
    """To standard output: in the terminal's own encoding for a person, in UTF-8 for a program."""
    stream = stdout()
    terminal = stream.isatty()
    if not terminal and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", newline="")
    elif hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    _write(writer, result, stream, lang, terminal=terminal)
    stream.flush()


def _to_file(target: Path, write: Callable[[Any], None], **text: str) -> None:
    """Write a file at once or not at all: a reader sees the old one or the new one, whole. `text`: how text is encoded."""
    kind = "" if text else "b"
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        with target.open("w" + kind, **text) as stream:  # type: ignore[call-overload]
            write(stream)
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("x" + kind, **text) as stream:  # type: ignore[call-overload]
            write(stream)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write(writer: WriterOf[Shown], result: Shown, stream: TextIO, lang: str, *, terminal: bool = False) -> None:
    taken = inspect.signature(writer.write).parameters
    if "original" in taken:
        cast(PictureWriter[Shown], writer).write(result, stream, lang=lang, original=originals.read)
    elif "width" in taken:
        fitted = cast(TerminalWriter[Shown], writer)
        width = shutil.get_terminal_size().columns if terminal else 100
        fitted.write(result, stream, lang=lang, color=terminal and "NO_COLOR" not in os.environ, width=width)
    else:
        writer.write(result, stream, lang=lang)
