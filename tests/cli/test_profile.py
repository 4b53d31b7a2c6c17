"""`gouji profile`: shown, started, validated."""

from __future__ import annotations

import tomllib


def test_new_profile_is_valid_and_never_overwrites(gouji, tmp_path):
    """A new file extends the profile named and validates as it stands; a second time it is refused."""
    file = tmp_path / "mine.toml"
    assert gouji("profile", "new", "mine", "--extends", "hubei", "-o", file).returncode == 0
    assert tomllib.loads(file.read_text("utf-8"))["extends"] == "hubei"
    assert "可用" in gouji("profile", "validate", file).stdout
    again = gouji("profile", "new", "mine", "-o", file)
    assert (again.returncode, "不覆盖" in again.stderr) == (2, True)
    for wrong in (("national",), ("a/b",), ("other", "--extends", "nowhere")):
        assert gouji("profile", "new", *wrong).returncode == 2


def test_show_prints_what_is_in_force(gouji):
    """What a profile inherits is printed with it; an unknown one is a usage error."""
    shown = tomllib.loads(gouji("profile", "show", "hebei-luquan").stdout)
    assert [band["low"] for band in shown["scale"]] == [85, 75, 60, 0]
    assert shown["weights"]["产出指标"] == 50
    assert gouji("profile", "show", "nowhere").returncode == 2


def test_validate_names_file_key_and_reason(gouji, tmp_path):
    """Each wrong file is named with its key and reason; the right one beside it is still confirmed."""
    good, bad, gap = (tmp_path / f"{n}.toml" for n in ("good", "bad", "gap"))
    good.write_text('name = "g"\nextends = "national"\n', "utf-8")
    bad.write_text('name = "b"\nextends = "national"\n[weights]\n"产出指标" = 60\n', "utf-8")
    gap.write_text('name = "p"\nextends = "national"\nscale = [{ low = 60, words = ["合格"] }]\n', "utf-8")
    done = gouji("profile", "validate", bad, good, gap)
    assert done.returncode == 2
    assert "bad.toml: weights: the weights add up to 60, not to 100" in done.stderr
    assert "60分以下没有等级" in done.stderr
    assert str(good) in done.stdout
