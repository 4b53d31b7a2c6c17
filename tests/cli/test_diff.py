"""`gouji diff` and `gouji waive` as a user runs them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gouji.engine import waivers


@pytest.fixture
def fixed(wrong, tmp_path):
    """A second version, in which the total is right and a rate is wrong."""
    file = tmp_path / "v2" / "wrong.txt"
    file.parent.mkdir()
    text = wrong.read_text("utf-8").replace("乙项目2万元", "乙项目3万元")
    file.write_text(text + "\n丙项目预算100万元，支出80万元，执行率90%。\n", "utf-8")
    return file


def test_diff_names_what_is_fixed_and_what_is_new(gouji, wrong, fixed):
    """The console shows both, and a new finding is exit code 1."""
    done = gouji("diff", wrong, fixed)
    assert done.returncode == 1
    assert "新增" in done.stdout
    assert "已改" in done.stdout
    assert "合计10万元" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 份文件  新增 1  仍在 0  移位 0  不明 0  已改 1"


@pytest.mark.parametrize(("fail_on", "forth", "back", "same"), [("new", 1, 1, 0), ("open", 1, 1, 1), ("never", 0, 0, 0)])
def test_the_gate_of_a_comparison(gouji, wrong, fixed, fail_on, forth, back, same):
    """new closes it for what was not there before, open for all that is not fixed, never for nothing."""
    codes = [gouji("diff", *pair, "--fail-on", fail_on).returncode for pair in ((wrong, fixed), (fixed, wrong), (wrong, wrong))]
    assert codes == [forth, back, same]


def test_a_stored_result_stands_for_its_document(gouji, wrong, fixed, tmp_path):
    """A JSON result of yesterday compares as the document itself does."""
    gouji("check", wrong, "--format", "json", "-o", "old.json")
    first = json.loads(gouji("diff", wrong, fixed, "--format", "json").stdout)
    second = json.loads(gouji("diff", "old.json", fixed, "--format", "json").stdout)
    assert [c["change"] for c in first["documents"][0]["changes"]] == ["new", "fixed"]
    assert first["documents"][0]["changes"] == second["documents"][0]["changes"]


@pytest.mark.parametrize(
    "content", ["{}", '{"schema_version": "1", "documents": [{}]}', '{"schema_version": "9"', '{"schema_version": "9"}']
)
def test_a_broken_result_is_named(gouji, wrong, tmp_path, content):
    """A file that is no result is refused by name, without a traceback."""
    file = tmp_path / "old.json"
    file.write_text(content, "utf-8")
    done = gouji("diff", file, wrong)
    assert done.returncode in {1, 2, 3}
    assert "Traceback" not in done.stderr
    assert "old.json" in done.stderr + done.stdout


def test_diff_refuses_wrong_usage(gouji, wrong, tmp_path):
    """A path that is not there, a format that is not known, an output over an input."""
    for arguments in ((wrong, "nowhere.txt"), (wrong, wrong, "--format", "odt"), (wrong, wrong, "-o", wrong)):
        done = gouji("diff", *arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_an_unreadable_new_version_fixes_nothing(gouji, wrong, tmp_path):
    """Nothing is called fixed where the new file could not be read, and the exit code says so."""
    (tmp_path / "new.docx").write_bytes(b"PK\x03\x04 broken")
    done = gouji("diff", wrong, "new.docx")
    assert done.returncode == 3
    assert "已改 0" in done.stdout
    assert "不明 1" in done.stdout


def test_waive_writes_what_check_reads(gouji, wrong, tmp_path):
    """A waiver goes into the file with who, when and what, and the finding is then shown as waived, not removed."""
    gouji("check", wrong, "--format", "json", "-o", "r.json")
    (finding,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["documents"][0]["findings"]
    done = gouji(
        "waive",
        finding["fingerprint"],
        "--reason",
        '原件已核："四舍五入"',
        "--by",
        "张三",
        "--until",
        "2099-12-31",
        "--in",
        "r.json",
    )
    assert done.returncode == 0, done.stderr
    (waiver,) = waivers.load(tmp_path / "waivers.toml")
    assert (waiver.by, waiver.until, waiver.on) == ("张三", date(2099, 12, 31), date.today())
    assert waiver.finding == f"wrong.txt AR101 {finding['message']}"
    checked = gouji("check", wrong, "--waivers", "waivers.toml", "--format", "json")
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["documents"][0]["findings"][0]["waived"] == '原件已核："四舍五入"'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x" * 20, "--reason", "r", "--by", "b"), "no fingerprint"),
        (("0" * 20, "--reason", " ", "--by", "b"), "reason must be"),
        (("0" * 20, "--reason", "r", "--by", "b", "--until", "2020-01-01"), "has passed"),
        (("0" * 20, "--reason", "r", "--by", "b", "--in", "wrong.txt"), "cannot be waived"),
        (("0" * 20, "--reason", "r", "--by", "b", "--in", "nowhere.txt"), "no such file"),
        (("0" * 20, "--reason", "r"), "--by"),
    ],
)  # fmt: skip
def test_a_waiver_that_is_no_good_is_not_written(gouji, wrong, tmp_path, arguments, said):
    """No reason, no name, a day gone by, a finding that is not there: an error, and no file."""
    done = gouji("waive", *arguments, "--lang", "en")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "waivers.toml").exists()


def test_waivers_are_added_after_what_stands_there(gouji, tmp_path):
    """Comments and entries of the file stay; the same finding is not waived twice."""
    (tmp_path / "w.toml").write_text('# 二〇二四年\n[[waiver]]\nfingerprint = "abc"\nreason = "r"', "utf-8")
    assert gouji("waive", "0" * 20, "--reason", "换\n行", "--by", "b", "--waivers", "w.toml").returncode == 0
    assert (
        (tmp_path / "w.toml").read_text("utf-8").startswith('# 二〇二四年\n[[waiver]]\nfingerprint = "abc"\nreason = "r"\n\n')
    )
    assert [w.reason for w in waivers.load(tmp_path / "w.toml")] == ["r", "换\n行"]
    again = gouji("waive", "0" * 20, "--reason", "r", "--by", "b", "--waivers", "w.toml")
    assert again.returncode == 2
    assert "already" in again.stderr


def test_what_was_not_checked_cannot_be_waived(gouji, tmp_path):
    """A waiver for every finding leaves a document with an unread part for review."""
    text = (
        "部门整体支出绩效自评报告\n\n2023年项目支出合计10万元，其中：甲项目4万元、乙项目3万元、丙项目2万元。\n\n附注"
        + "9" * 60
        + "元。\n"
    )
    (tmp_path / "hole.txt").write_text(text, "utf-8")
    found = json.loads(gouji("check", "hole.txt", "--format", "json").stdout)["documents"][0]
    assert found["not_checked"]
    for finding in found["findings"]:
        gouji("waive", finding["fingerprint"], "--reason", "r", "--by", "b", "--in", "hole.txt")
    done = json.loads(gouji("check", "hole.txt", "--waivers", "waivers.toml", "--format", "json").stdout)["documents"][0]
    assert done["verdict"] == "review"
    assert done["not_checked"] == found["not_checked"]
    assert all(f["waived"] for f in done["findings"])
