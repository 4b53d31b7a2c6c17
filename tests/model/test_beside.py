"""The files among a package's modules are found wherever the package is."""

from __future__ import annotations

import importlib
import sys
import zipfile
from pathlib import Path

import pytest

from gouji.model.beside import beside


def test_of_a_folder_it_is_the_folder() -> None:
    """A table of the program's own packages is read from its place."""
    assert (beside("gouji_checks") / "trades.toml").read_text("utf-8").startswith("# Words")
    assert isinstance(beside("gouji.facts"), Path)


@pytest.mark.parametrize("kind", ["zip", "two folders"])
def test_where_there_is_no_one_folder_the_library_answers(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package in a zip, and one whose files lie in two folders."""
    name = f"apart_{kind[:3]}"
    if kind == "zip":
        with zipfile.ZipFile(tmp_path / "packs.zip", "w") as archive:
            archive.writestr(f"{name}/__init__.py", "")
            archive.writestr(f"{name}/words.txt", "合计\n")
        paths = [str(tmp_path / "packs.zip")]
    else:
        paths = [str(tmp_path / "one"), str(tmp_path / "two")]
        for path in paths:
            (Path(path) / name).mkdir(parents=True)
        (Path(paths[1]) / name / "words.txt").write_text("合计\n", "utf-8")
    monkeypatch.setattr(sys, "path", [*paths, *sys.path])
    importlib.invalidate_caches()
    assert (beside(name) / "words.txt").read_text("utf-8") == "合计\n"
