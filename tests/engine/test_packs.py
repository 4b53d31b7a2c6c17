"""Packs: a province's own arrives the way the national one does."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gouji.engine import packs
from gouji.engine.catalogue import merge
from gouji.engine.packs import Pack, PackError

CHECK = '''
from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check


@check(code="{code}", name="{name}", theme="local", severity=Severity.WARNING, zh="标题有误", en="wrong title")
def fault(context: AuditContext):
    """What it does"""
    yield Hit(Text("标题有误", "wrong title"), (Place(Span(0, 0, 0)),))
'''


def install(folder: Path, package: str, code: str, name: str) -> None:
    """Lay out a pack as an installer would: the package and its metadata with the entry point."""
    theme = folder / package / "local"
    theme.mkdir(parents=True)
    (folder / package / "profiles").mkdir()
    (folder / package / "profiles" / f"{package}.toml").write_text(f'name = "{package}"\nextends = "national"\n', "utf-8")
    for file in (folder / package / "__init__.py", theme / "__init__.py"):
        file.touch()
    (theme / "fault.py").write_text(CHECK.format(code=code, name=name), "utf-8")
    (theme / "_helper.py").write_text("HELP = 1\n", "utf-8")
    (folder / package / "pack.py").write_text(
        f'from gouji.engine.packs import collect\n\nPACK = collect("{package}", "{package}")\n', "utf-8"
    )
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[gouji.checks]\n{package} = {package}.pack:PACK\n", "utf-8")


def gouji(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run gouji with the packs of a folder installed beside the national one."""
    program = f"import sys; sys.path.insert(0, {str(folder)!r}); from gouji.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, encoding="utf-8")


def test_province_s_pack_is_found_through_its_entry_point(tmp_path):
    """Its checks stand in the catalogue and its profiles in the list, beside the national ones."""
    install(tmp_path, "hebei_pack", "ZZ101", "wrong-title")
    listed = gouji(tmp_path, "checks", "--lang", "en")
    assert "ZZ101  wrong-title" in " ".join(listed.stdout.split(" ")), listed.stderr
    assert {line.split()[0] for line in gouji(tmp_path, "profiles").stdout.splitlines()} >= {"hebei_pack", "national"}


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("ZZ101", "another-fault", "code ZZ101 is declared twice"),
        ("ZZ102", "wrong-title", "name wrong-title is declared twice"),
    ],
)
def test_two_checks_with_one_code_or_name_are_refused(tmp_path, code, name, said):
    """A clash names the code or name and both packs, and the run fails as when a check crashes."""
    install(tmp_path, "one_pack", "ZZ101", "wrong-title")
    install(tmp_path, "two_pack", code, name)
    done = gouji(tmp_path, "checks", "--lang", "en")
    assert done.returncode == 4
    assert said in done.stderr
    assert "'one_pack'" in done.stderr
    assert "'two_pack'" in done.stderr


def test_pack_with_a_broken_module_is_refused_by_name(tmp_path):
    """A check module that cannot be imported is named, never left out in silence."""
    install(tmp_path, "broken_pack", "ZZ101", "wrong-title")
    (tmp_path / "broken_pack" / "local" / "fault.py").write_text("import nothing_of_that_name\n", "utf-8")
    done = gouji(tmp_path, "checks", "--lang", "en")
    assert done.returncode == 4
    assert "broken_pack.local.fault: cannot be imported" in done.stderr


def test_module_without_a_check_is_refused(tmp_path, monkeypatch):
    """One module, one check: none and two are both mistakes."""
    install(tmp_path, "empty_pack", "ZZ101", "wrong-title")
    (tmp_path / "empty_pack" / "local" / "fault.py").write_text(textwrap.dedent("X = 1\n"), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(PackError, match=r"empty_pack\.local\.fault: one check per module, found 0"):
        packs.collect("empty", "empty_pack")


def test_catalogue_is_ordered_by_code_and_finds_by_code_or_name(make_check):
    """The order of the packs does not matter; a check answers to its code and its name in either case."""
    late, early = make_check(code="AR902"), make_check(code="AR901")
    found = merge([Pack("b", (late,), {}), Pack("a", (early,), {})])
    assert [c.info.code for c in found.checks] == ["AR901", "AR902"]
    assert found.find("ar902") is late.info
    assert found.find("Fault_AR901") is early.info
    assert found.find("AR9") is None
