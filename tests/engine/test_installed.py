"""The entry points that are installed: those that `importlib.metadata` finds."""

from __future__ import annotations

import sys
import zipfile
from importlib.metadata import PackageNotFoundError, entry_points, metadata, requires
from pathlib import Path

import pytest

from gouji.engine.installed import Point, headers, points

GROUPS = ("gouji.checks", "gouji.writers", "gouji.comparison_writers", "gouji.summaries", "gouji.fragments")
ANNOUNCED = "# ours\n[console_scripts]\nx = y:z\n\n[gouji.checks]\n# one\nlocal = os.path : join.__name__ [extra]\n"


@pytest.mark.parametrize("group", GROUPS)
def test_they_are_those_of_the_library(group: str) -> None:
    """Name and value, for each group that the program asks for."""
    assert set(points(group)) == {Point(p.name, p.value) for p in entry_points(group=group)} != set()


def test_they_are_read_as_the_library_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments, other groups, extras, old metadata beside new, the first of one distribution alone."""
    for folder, info in (
        (tmp_path, "one-1.0.dist-info"),
        (tmp_path, "two.egg-info"),
        (tmp_path / "later", "One-2.0.dist-info"),
    ):
        (folder / info).mkdir(parents=True)
        name = info.partition("-")[0].partition(".")[0]
        (folder / info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
        (folder / info / "PKG-INFO").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
        (folder / info / "entry_points.txt").write_text(ANNOUNCED.replace("local", info.lower()), "utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "later")])
    theirs = [Point(p.name, p.value) for p in entry_points(group="gouji.checks")]
    assert set(points("gouji.checks")) == set(theirs)
    found = sorted(points("gouji.checks"), key=lambda point: point.name)
    assert [p.name for p in found] == ["one-1.0.dist-info", "two.egg-info"]
    assert found[0].load() == "join"


def test_a_pack_in_a_zip_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where packages lie in more than directories, the library answers."""
    archive = tmp_path / "packs.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("local-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: local\nVersion: 1.0\n")
        target.writestr("local-1.0.dist-info/entry_points.txt", ANNOUNCED)
    monkeypatch.syspath_prepend(str(archive))
    assert {p.name for p in points("gouji.checks")} == {"local", "national"}


@pytest.mark.parametrize("name", ["gouji", "lxml", "python-docx"])
def test_headers_are_those_of_the_library(name: str) -> None:
    """Version and requirements, by any spelling of the name; what is not installed has none."""
    assert headers(name.upper().replace("-", "."), "Version") == (metadata(name)["Version"],)
    assert headers(name, "Requires-Dist") == tuple(requires(name) or ())
    with pytest.raises(PackageNotFoundError):
        headers("no-such-package", "Version")
