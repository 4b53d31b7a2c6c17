"""The small commands, and the cost of starting."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gouji import __version__
from gouji.engine import catalogue

HEAVY = {"docx", "jinja2", "lxml", "pdfminer", "pdfplumber", "pypdfium2", "rich", "multiprocessing"}


def test_version(gouji):
    """`gouji --version` prints it."""
    assert __version__ in gouji("--version").stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_starting_loads_no_heavy_library(arguments):
    """Start-up imports none of the libraries that read or write formats."""
    program = [sys.executable, "-X", "importtime", "-m", "gouji", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, encoding="utf-8")
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("word", ["code", "name"])
def test_explain_prints_the_manual(gouji, word):
    """A check is found by code and by name, in either case, and its manual printed."""
    info = catalogue.load().checks[0].info
    done = gouji("explain", info.code.lower() if word == "code" else info.name)
    assert done.returncode == 0
    assert info.title.zh in done.stdout
    assert "What it does" in done.stdout


def test_explain_of_an_unknown_check_is_a_usage_error(gouji):
    """Exit code 2 and where to look."""
    done = gouji("explain", "AR999", "--lang", "en")
    assert done.returncode == 2
    assert "gouji checks lists them" in done.stderr


def test_checks_lists_the_catalogue(gouji):
    """Every check stands in the table and in the JSON, in order of code."""
    codes = [info.code for info in catalogue.load().infos]
    assert [line.split()[0] for line in gouji("checks").stdout.splitlines()] == codes
    listed = json.loads(gouji("checks", "--format", "json").stdout)
    assert [entry["code"] for entry in listed] == codes
    assert set(listed[0]) == {"code", "name", "theme", "severity", "title"}


def test_profiles_are_listed_and_printed(gouji, root):
    """The list names each profile; with a name, its file is printed as it stands, ready to be edited."""
    assert [e["name"] for e in json.loads(gouji("profiles", "--format", "json").stdout)] == [
        "anhui",
        "hebei",
        "hebei-luquan",
        "hubei",
        "hunan",
        "national",
        "sichuan",
        "sichuan-daying",
        "yunnan",
    ]
    assert gouji("profiles", "national").stdout == catalogue.load().profiles["national"].read_text("utf-8")
    assert gouji("profiles", "nowhere").returncode == 2


@pytest.mark.parametrize(("arguments", "word"), [((), "Usage"), (("chekc",), "chekc"), (("check",), "PATH")])
def test_wrong_usage_is_exit_code_2(gouji, arguments, word):
    """No command, an unknown command, a command without its argument."""
    done = gouji(*arguments)
    assert done.returncode == 2
    assert word in done.stderr + done.stdout
