"""The READMEs tell the truth about the command line, the formats, the dependencies and the Python interface."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
import tomllib
from importlib.metadata import requires

import click
import pytest

from gouji.claims import find
from gouji.cli.commands import build
from gouji.engine import catalogue, profiles
from gouji.engine.kit import AuditContext
from gouji.engine.manual import HEADINGS, parse
from gouji.engine.runner import examine
from gouji.engine.waivers import load
from gouji.engine.writers import names
from gouji.facts import extract
from gouji.model.claim import ClaimKind
from gouji.readers import read

READMES = ("README.md", "README.zh-CN.md")
both = pytest.mark.parametrize("readme", READMES)


@pytest.fixture(scope="module")
def texts(root) -> dict[str, str]:
    return {name: (root / name).read_text("utf-8") for name in READMES}


@both
def test_readme_names_every_subcommand_and_option(texts, readme):
    """What `gouji --help` offers stands in the README."""
    commands = build("en").commands
    for name, command in commands.items():
        assert f"gouji {name}" in texts[readme]
        options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")]
        assert [o for o in options if o not in texts[readme]] == []


@both
def test_readme_names_no_option_that_does_not_exist(texts, readme):
    """An option that was renamed or removed is gone from the README too."""
    commands = [*build("en").commands.values()]
    commands += [c for group in commands if isinstance(group, click.Group) for c in group.commands.values()]
    real = {o for c in commands for p in c.params for o in p.opts} | {"--version", "--help"}
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", re.sub(r"<!--.*?-->", "", texts[readme])))
    assert said - real == set()


@both
def test_readme_names_every_format(texts, readme):
    """The formats of --format are those that are installed."""
    said = re.search(r"--format ([a-z\\|]+)`", texts[readme])
    assert said
    assert sorted(said[1].replace("\\", "").split("|")) == names()


@both
def test_readme_gives_the_reason_of_every_base_dependency(texts, readme):
    """Each base dependency has its line, and no other package has one."""
    base = {re.match(r"[\w-]+", r)[0] for r in requires("gouji") if "extra ==" not in r}
    assert set(re.findall(r"^\| `([a-z][\w-]*)` \|", texts[readme], re.MULTILINE)) == base


@both
def test_readme_lists_the_exit_codes(texts, readme):
    """0 to 4, each with its meaning."""
    assert re.findall(r"^\| (\d) \| \S", texts[readme], re.MULTILINE) == ["0", "1", "2", "3", "4"]


def test_both_readmes_give_the_same_commands(texts):
    """The English and the Chinese README install and test the same way."""
    first, second = (re.findall(r"<!-- command: (\w+) -->\n```sh\n(.+?)\n```", texts[name]) for name in READMES)
    assert first == second
    assert [name for name, _ in first] == ["report", "test"]


@both
def test_profile_and_waiver_examples_are_what_the_program_reads(texts, readme, tmp_path):
    """The TOML examples are valid TOML, and the waiver is a waiver."""
    examples = re.findall(r"```toml\n(.+?)```", texts[readme], re.DOTALL)
    assert [set(tomllib.loads(e)) for e in examples] == [{"name", "extends", "severities", "scale"}, {"waiver"}]
    file = tmp_path / "w.toml"
    file.write_text(examples[1], "utf-8")
    assert load(file)[0].reason


@both
def test_python_example_runs(texts, readme, tmp_path):
    """The embedding example runs as it stands over a directory with reports."""
    code = re.search(r"```python\n(.+?)```", texts[readme], re.DOTALL)[1]
    (tmp_path / "submissions").mkdir()
    for file in (tmp_path / "submissions" / "a.txt", tmp_path / "report.docx"):
        file.write_text("2023年项目支出合计10万元，其中：甲项目4万元，乙项目5万元。\n", "utf-8")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "10万元" in done.stdout


def test_ci_runs_the_command_of_the_readme(source_tree, texts):
    """The test command that CI runs is read from the README."""
    printed = subprocess.run([source_tree / "scripts" / "readme_command", "test"], capture_output=True, text=True)
    assert printed.stdout.strip() in texts["README.md"]
    assert printed.stdout.strip().endswith("pytest")
    assert "scripts/readme_command test" in (source_tree / ".ci" / "run").read_text("utf-8")


def test_check_of_the_contributor_s_guide_works(source_tree, tmp_path):
    """The check that CONTRIBUTING.md shows can be pasted as it stands: it has its headings, flags and accepts its examples."""
    text = textwrap.dedent((source_tree / "CONTRIBUTING.md").read_text("utf-8"))
    source = textwrap.dedent(re.search(r"^ *```python\n(.+?)^ *```", text, re.DOTALL | re.MULTILINE)[1])
    names: dict[str, object] = {"__name__": "example"}
    exec(compile(source, "example", "exec"), names)
    check = names["total_mismatch"]
    manual = parse(check.info.manual)
    assert tuple(manual.sections) == HEADINGS
    profile = profiles.load("national", catalogue.load())
    for example, found in [*((e, 1) for e in manual.flagged), *((e, 0) for e in manual.accepted)]:
        document = read(tmp_path / "example.txt", example.encode())
        facts = extract(document)
        context = AuditContext(document, facts, find(document, facts, profile), profile)
        assert len(examine(context, [check]).findings) == found, example


def test_pages_of_the_kinds_of_claim_are_current(source_tree):
    """docs/claims/ is what its generator writes from the code and the cases."""
    script = source_tree / "scripts" / "make_claims_docs.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_kind_of_claim_with_figures_has_its_page(root):
    """Each kind has a page that says what it ties, what is flagged and what is left alone, and the index links to it."""
    index = (root / "docs" / "claims" / "README.md").read_text("utf-8")
    words = {ClaimKind.SESSION, ClaimKind.IDENTITY, ClaimKind.PERIOD}  # held by checks on words, see docs/checks.md
    for kind in set(ClaimKind) - words:
        page = (root / "docs" / "claims" / f"{kind}.md").read_text("utf-8")
        assert [h for h in ("What it ties", "Tied", "Flagged", "What it leaves alone") if f"## {h}\n" not in page] == []
        assert f"({kind}.md)" in index


@pytest.mark.parametrize("section", ["keys", "corpora", "generated", "coverage", "speed"])
def test_accuracy_is_measured(root, section):
    """The page on accuracy has figures in each of its measured sections."""
    text = (root / "docs" / "accuracy.md").read_text("utf-8")
    body = re.search(rf"<!-- measured: {section} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert body
    assert re.search(r"\d\.\d|\d of \d", body[1])


def test_accuracy_counts_each_corpus(root):
    """Every folder of documents with keys has its line."""
    text = (root / "docs" / "accuracy.md").read_text("utf-8")
    folders = [f.name for f in (root / "tests" / "corpus").iterdir() if any(f.glob("*.key.json"))]
    assert [name for name in folders if not re.search(rf"^\| {name} \| \d", text, re.MULTILINE)] == []


def test_links_of_the_pages_lead_somewhere(source_tree):
    """A relative link in a page written by hand points to a file that exists."""
    for page in (*READMES, "CONTRIBUTING.md", "docs/accuracy.md", "docs/README.md", "docs/claims/README.md"):
        path = source_tree / page
        targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        assert [t for t in targets if not (path.parent / t).exists()] == [], page
