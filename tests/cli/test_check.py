"""`gouji check`: exit codes, outputs, and what it never does."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest


def test_clean_report_passes(gouji, clean):
    """A report in which everything ties: verdict pass, exit code 0, nothing on standard error."""
    done = gouji("check", clean, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["verdict"] == "pass"
    assert result["documents"][0]["coverage"]["tied"] >= 3


def test_wrong_total_is_an_error(gouji, wrong):
    """A total that is not the sum of its parts: exit code 1, the stated figure quoted, both figures shown."""
    done = gouji("check", wrong, "--format", "json")
    assert done.returncode == 1
    (document,) = json.loads(done.stdout)["documents"]
    (finding,) = [f for f in document["findings"] if f["severity"] == "error"]
    assert (finding["stated"], finding["computed"], finding["difference"]) == ("10万元", "9万元", "1万元")
    assert finding["evidence"][0]["quote"] == "10万元"


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_gate_is_set_by_fail_on(gouji, wrong, fail_on, code):
    """--fail-on decides whether errors close the gate."""
    assert gouji("check", wrong, "--fail-on", fail_on).returncode == code


def test_missing_path_is_a_usage_error_and_the_rest_is_checked(gouji, clean):
    """Exit code 2, the path named, the other report in the result."""
    done = gouji("check", "gone.docx", clean, "--format", "json", "--lang", "en")
    assert done.returncode == 2
    assert "gone.docx: no such file" in done.stderr
    assert [d["verdict"] for d in json.loads(done.stdout)["documents"]] == ["pass"]


def test_missing_path_outweighs_findings(gouji, wrong):
    """Of exit codes 1 and 2 the higher wins."""
    assert gouji("check", "gone.docx", wrong).returncode == 2


def test_unreadable_file_is_told_and_the_rest_is_checked(gouji, clean, tmp_path):
    """Exit code 3, the reason in the result, the other report checked."""
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    done = gouji("check", tmp_path, "--format", "json")
    assert done.returncode == 3
    broken, fine = json.loads(done.stdout)["documents"]
    assert (broken["verdict"], fine["verdict"]) == ("unreadable", "pass")
    assert broken["not_checked"][0]["why"]
    assert broken["sha256"]


def test_empty_directory_is_no_pass(gouji, tmp_path):
    """Where there is nothing to check, nothing has passed."""
    assert gouji("check", tmp_path).returncode == 2


def test_skipped_files_are_named(gouji, clean, tmp_path):
    """What a directory holds beside reports is named on standard error."""
    (tmp_path / "old.doc").write_bytes(b"x")
    done = gouji("check", tmp_path, "--lang", "en")
    assert done.returncode == 0
    assert "old.doc" in done.stderr


@pytest.mark.parametrize("form", ["console", "json", "html"])
def test_output_file_is_what_standard_output_would_be(gouji, clean, tmp_path, form):
    """--output writes the same characters, makes its directory, and leaves no draft behind."""
    target = tmp_path / "out" / "report"
    shown = gouji("check", clean, "--format", form)
    written = gouji("check", clean, "--format", form, "--output", target)
    assert written.stdout == ""
    assert target.read_text("utf-8") == shown.stdout
    assert [f.name for f in target.parent.iterdir()] == ["report"]


def test_input_is_never_overwritten(gouji, wrong, tmp_path):
    """--output on one of the inputs, even through a link, is refused before anything is written."""
    link = tmp_path / "link.html"
    link.symlink_to(wrong)
    before = wrong.read_bytes()
    assert gouji("check", wrong, "--format", "html", "--output", link).returncode == 2
    assert wrong.read_bytes() == before


def test_output_that_cannot_be_written_is_told(gouji, clean):
    """A place that takes no file is an error of usage, not a pass and not a traceback."""
    done = gouji("check", clean, "--output", clean / "below-a-file", "--lang", "en")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["console", "json", "ledger"])
def test_closed_standard_output_is_told(clean, form):
    """Where the result can go nowhere (`>&-`), that is an error of usage, not a pass and not a traceback."""
    command = f'exec "{sys.executable}" -m gouji check "{clean}" --format {form} --lang en >&-'
    done = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "gouji: standard output is closed: the result cannot be written\n"


@pytest.mark.parametrize(
    "arguments",
    [("--format", "pdf"), ("--profile", "nowhere"), ("--fail-on", "notice"), ("--jobs", "0"), ("--waivers", "gone.toml")],
)
def test_wrong_option_is_a_usage_error(gouji, clean, arguments):
    """Exit code 2 and a message; nothing is checked."""
    done = gouji("check", clean, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_waiver_opens_the_gate_and_shows_its_reason(gouji, wrong, tmp_path):
    """A waived error no longer blocks; it stays in the result with the reason; a second, unused waiver is reported."""
    (document,) = json.loads(gouji("check", wrong, "--format", "json").stdout)["documents"]
    prints = [f["fingerprint"] for f in document["findings"] if f["severity"] != "notice"]
    waivers = tmp_path / "waivers.toml"
    entries = "".join(f'[[waiver]]\nfingerprint = "{p}"\nreason = "原件已核"\n' for p in [*prints, "nothing"])
    waivers.write_text(entries, "utf-8")
    done = gouji("check", wrong, "--format", "json", "--waivers", waivers, "--lang", "en")
    assert done.returncode == 0
    (document,) = json.loads(done.stdout)["documents"]
    assert {f["waived"] for f in document["findings"] if f["fingerprint"] in prints} == {"原件已核"}
    assert "waiver nothing answers to no finding" in done.stderr


def test_profile_file_sets_severities(gouji, wrong, tmp_path):
    """A profile of the user's own lowers a check, and the gate follows."""
    (document,) = json.loads(gouji("check", wrong, "--format", "json").stdout)["documents"]
    codes = {f["code"] for f in document["findings"]}
    own = tmp_path / "own.toml"
    lowered = "".join(f'{code} = "notice"\n' for code in sorted(codes))
    own.write_text(f'name = "own"\nextends = "national"\n[severities]\n{lowered}', "utf-8")
    assert gouji("check", wrong, "--profile", own).returncode == 0


def test_jobs_change_nothing_but_time(gouji, clean, wrong, tmp_path):
    """Several processes give the same bytes as one."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    one = gouji("check", tmp_path, "--format", "json")
    three = gouji("check", tmp_path, "--format", "json", "--jobs", "3")
    assert (one.stdout, one.returncode) == (three.stdout, three.returncode)
    assert len(json.loads(one.stdout)["documents"]) == 3


def test_same_input_same_bytes(gouji, wrong):
    """Two runs over one file write the same report."""
    assert gouji("check", wrong, "--format", "json").stdout == gouji("check", wrong, "--format", "json").stdout


def test_language_is_chinese_unless_english_is_asked_for(gouji, wrong):
    """--lang en and GOUJI_LANG=en give English; the option outweighs the variable."""
    chinese, english = gouji("check", wrong).stdout, gouji("check", wrong, "--lang", "en").stdout
    assert chinese != english
    assert gouji("check", wrong, GOUJI_LANG="en").stdout == english
    assert gouji("check", wrong, "--lang", "zh", GOUJI_LANG="en").stdout == chinese


def test_no_progress_bar_where_nobody_watches(gouji, clean, wrong, tmp_path):
    """Standard error stays empty when it is not a terminal."""
    assert gouji("check", clean, wrong).stderr == ""


def test_reader_that_goes_away_is_no_failure(clean, wrong):
    """`gouji check … | head -1` prints no traceback."""
    command = f"{sys.executable} -m gouji check {clean} {wrong} --format json | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interruption_is_clean(tmp_path, jobs):
    """Ctrl-C ends the run with one line and exit code 130, and leaves no half-written report."""
    pipe, target = tmp_path / "slow.txt", tmp_path / "out.json"
    os.mkfifo(pipe)  # reading it blocks, so that the signal comes in the middle of the run
    (tmp_path / "other.txt").write_text("第二份报告。", "utf-8")
    options = ["--format", "json", "--output", str(target), "--lang", "en", "--jobs", jobs]
    command = [sys.executable, "-m", "gouji", "check", str(pipe), str(tmp_path / "other.txt"), *options]
    # A shell's background jobs ignore Ctrl-C, and so would their children.
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    writer = os.open(pipe, os.O_WRONLY)  # returns once the run has opened its end
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    os.close(writer)
    assert process.returncode == 130
    assert said.strip() == "interrupted"
    assert not target.exists()


def test_progress_bar_is_shown_to_a_person_who_waits(clean, wrong):
    """With two files and standard error on a terminal, a bar counts them; standard output stays clean."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "gouji", "check", str(clean), str(wrong), "--format", "json", "--lang", "en"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment)
    os.close(theirs)
    output, _ = process.communicate(timeout=60)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "checking" in shown
    assert "2/2" in shown
    assert len(json.loads(output)["documents"]) == 2


def test_too_little_recomputed_is_held_at_review(gouji, clean):
    """--min-coverage: a clean report of whose figures too few were recomputed is no pass, and the result says so with both numbers."""
    clean.write_text(clean.read_text("utf-8") + "\n全县户籍人口32.5万人，下辖12个乡镇。\n", encoding="utf-8")
    done = gouji("check", clean, "--format", "json", "--min-coverage", "0.9", "--fail-on", "warning")
    assert done.returncode == 1
    (document,) = json.loads(done.stdout)["documents"]
    tied, figures = document["coverage"]["tied"], document["coverage"]["quantities"]
    assert tied < figures
    assert document["verdict"] == "review"
    assert f"{tied}/{figures}" in json.dumps(document["not_checked"], ensure_ascii=False)
    assert gouji("check", clean, "--min-coverage", "0.05", "--fail-on", "warning").returncode == 0


def test_min_coverage_is_a_share(gouji, clean):
    """A share above one is refused before anything is read."""
    assert gouji("check", clean, "--min-coverage", "60").returncode == 2
