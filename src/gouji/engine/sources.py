"""Which files a run reads: paths as given, directories walked, nothing passed over in silence."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from gouji.model.document import NotChecked
from gouji.model.record import record
from gouji.model.text import Text

SUFFIXES = frozenset({".docx", ".pdf", ".txt", ".xlsx", ".xls", ".csv", ".tsv", ".html", ".htm"})


@record(frozen=True, slots=True)
class Sources:
    """The files to read, the paths that do not exist, and what was passed over in the directories."""

    files: tuple[Path, ...]
    missing: tuple[Path, ...]
    skipped: tuple[NotChecked, ...]


def gather(paths: Iterable[Path | str], suffixes: frozenset[str] = SUFFIXES) -> Sources:
    """Files in the order given, each once; directories walked in sorted order for files with one of `suffixes`.

    A file named by the caller is taken whatever its suffix: its reader goes by the content.
    """
    files: dict[str, Path] = {}
    missing: list[Path] = []
    skipped: list[NotChecked] = []
    for path in map(Path, paths):
        if path.is_dir():
            for real, found in _walk(path, suffixes, skipped):
                files.setdefault(real, found)
        elif path.exists():
            files.setdefault(os.path.realpath(path), path)
        else:
            missing.append(path)
    return Sources(tuple(files.values()), tuple(missing), tuple(skipped))


def _walk(root: Path, suffixes: frozenset[str], skipped: list[NotChecked]) -> Iterator[tuple[str, Path]]:
    """Each file with its real path, which is asked of the system where a link is: of every file it took half the walk."""

    def unlistable(error: OSError) -> None:
        skipped.append(_skip(Path(str(error.filename)), "目录无法列出", "the directory cannot be listed"))

    for folder, folders, names in os.walk(root, onerror=unlistable):
        here, real = Path(folder), os.path.realpath(folder)
        for name in sorted(n for n in folders if n.startswith(".")):
            skipped.append(_skip(here / name, "隐藏目录", "hidden directory"))
        folders[:] = sorted(n for n in folders if not n.startswith("."))
        for name in sorted(names):
            path = here / name
            if name.startswith("~$"):
                skipped.append(_skip(path, "Word 的锁定文件", "lock file of Word"))
            elif name.startswith("."):
                skipped.append(_skip(path, "隐藏文件", "hidden file"))
            elif path.suffix.lower() not in suffixes:
                skipped.append(
                    _skip(path, "不是 Word、PDF、表格、网页或文本文件", "not a Word, PDF, spreadsheet, web or text file")
                )
            else:
                yield os.path.realpath(path) if path.is_symlink() else f"{real}{os.sep}{name}", path


def _skip(path: Path, zh: str, en: str) -> NotChecked:
    return NotChecked(Text(str(path), str(path)), Text(zh, en))
