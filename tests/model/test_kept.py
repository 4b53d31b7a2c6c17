"""The store of compiled expressions: what comes back is `re`'s own, and a store that cannot be used costs time alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gouji.model import kept, opening
from gouji.model.kept import VARIABLE, Kept

EXPRESSIONS = [
    (r"(?P<year>20\d\d)年[^，。；]{0,8}(?:预算|决算)(?!数)", 0),
    ("[一二三四五六七八九十百千万亿〇零两]+(?=[，。])", 0),
    (r"^total # of all", re.VERBOSE | re.IGNORECASE | re.MULTILINE),
    (r"(a)|(?P<b>b)\1?", 0),
]


def filled(path: Path) -> Kept:
    """A store that has compiled and written the expressions."""
    store = Kept(path)
    for pattern, flags in EXPRESSIONS:
        store.compile(pattern, flags)
    store.save()
    return store


def test_what_comes_back_is_what_re_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal in text, flags, groups and code, and nothing is compiled a second time."""
    wanted = [re.compile(opening.told(*expression), expression[1]) for expression in EXPRESSIONS]
    filled(tmp_path / "store")
    monkeypatch.setattr(kept.re, "compile", None)
    store = Kept(tmp_path / "store")
    for expression, compiled in zip(EXPRESSIONS, wanted, strict=True):
        restored = store.compile(*expression)
        assert restored == compiled
        assert restored.groupindex == compiled.groupindex
        assert restored.groups == compiled.groups


@pytest.mark.parametrize("harm", ["altered", "cut", "empty", "index", "writable", "folder"])
def test_a_harmed_store_is_not_used(harm: str, tmp_path: Path) -> None:
    """Altered, cut short, open to others, no file at all: the expressions are compiled, and right."""
    path = tmp_path / "store"
    filled(path)
    data = bytearray(path.read_bytes())
    if harm == "altered":
        data[-9] ^= 1
        path.write_bytes(data)
    elif harm == "index":
        data[20] ^= 1
        path.write_bytes(data)
    elif harm == "writable":
        path.chmod(0o666)
    elif harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(data[:100] if harm == "cut" else b"")
    store = filled(path)
    assert store.compile(*EXPRESSIONS[0]).search("到2023年部门决算为止") is not None


def test_an_expression_is_not_taken_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two expressions of one place in the index: each is itself."""
    monkeypatch.setattr(kept, "_name", lambda key: (0, 0, 0))
    filled(tmp_path / "store")
    store = Kept(tmp_path / "store")
    for pattern, flags in EXPRESSIONS:
        assert store.compile(pattern, flags) == re.compile(opening.told(pattern, flags), flags)


def test_an_entry_of_another_engine_is_compiled_anew(tmp_path: Path) -> None:
    """Code that the engine refuses does not reach a report."""
    (tmp_path / "store").write_bytes(kept._packed({("a+", 0): ("a+", 32, b"\xff" * 40, 0, {}, ())}))
    store = Kept(tmp_path / "store")
    assert store.compile("a+", 0).findall("aab") == ["aa"]


def test_it_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number the expressions of other versions are dropped, those in use are kept."""
    filled(tmp_path / "store")
    monkeypatch.setattr(kept, "_MANY", 3)
    store = Kept(tmp_path / "store")
    store.compile(*EXPRESSIONS[1])
    store.compile("new", 0)
    store.save()
    assert set(kept.Store(tmp_path / "store").all()) == {EXPRESSIONS[1], ("new", 0)}


def test_a_wrong_expression_raises(tmp_path: Path) -> None:
    """As in `re`."""
    with pytest.raises(re.error):
        Kept(tmp_path / "store").compile("(", 0)


def run(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`gouji check` of a line of text in a process of its own."""
    source = tmp_path / "one.txt"
    source.write_text("2023年支出合计10万元，其中：甲项目4万元，乙项目7万元。", "utf-8")
    command = [sys.executable, "-m", "gouji", "check", str(source), "--format", "json", "--fail-on", "never"]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)


def test_a_run_writes_the_store_and_the_next_says_the_same(tmp_path: Path) -> None:
    """With an empty store, a full one, one that cannot be written and none, the result is the same to the byte."""
    folder = tmp_path / "cache"
    first = run(tmp_path, **{VARIABLE: str(folder)})
    assert [p.name.startswith("patterns-") for p in folder.iterdir()] == [True]
    written = [path.read_bytes() for path in folder.iterdir()]
    second = run(tmp_path, **{VARIABLE: str(folder)})
    assert [path.read_bytes() for path in folder.iterdir()] == written, "an expression is not the same in every process"
    nowhere = run(tmp_path, **{VARIABLE: str(tmp_path / "one.txt" / "below")})
    none = run(tmp_path, **{VARIABLE: "off"})
    assert first.stdout == second.stdout == nowhere.stdout == none.stdout
    assert not second.stderr + nowhere.stderr


def test_processes_of_a_pool_keep_what_they_compile(tmp_path: Path) -> None:
    """What only the workers of a run have used is in the store after it."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("2023年支出合计10万元，其中：甲项目4万元，乙项目7万元。", "utf-8")
    command = [sys.executable, "-m", "gouji", "check", str(tmp_path), "--jobs", "2", "--fail-on", "never"]
    subprocess.run(command, env=os.environ | {VARIABLE: str(tmp_path / "cache")}, capture_output=True, check=True)
    (store,) = (tmp_path / "cache").iterdir()
    assert any("其中" in pattern for pattern, _ in kept.Store(store).all())


def test_off_writes_nothing(tmp_path: Path) -> None:
    """GOUJI_CACHE=off leaves the home directory alone."""
    run(tmp_path, **{VARIABLE: "off", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "xdg")})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.txt"]
