"""Suites over a batch: what was planted is found, and what could not be judged is no success."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("great_expectations", reason="needs gouji[quality]")

from gouji.batch import inputs
from gouji.batch.run import run
from gouji.batch.store import Store
from gouji.engine import catalogue, profiles
from gouji.quality.run import Fault, exit_code, judge
from gouji.quality.suite import Suite, SuiteError, load, parse

SUITES = ("national", "roster", "drift")


@pytest.fixture(scope="module")
def made(root) -> ModuleType:
    """The generator of the city's reports."""
    module = ModuleType("roster")
    sys.modules["roster"] = module  # dataclasses look their module up
    exec((root / "tests" / "batch" / "roster.py").read_text("utf-8"), module.__dict__)
    return module


@pytest.fixture(scope="module")
def city(made, pool, tmp_path_factory) -> Any:
    """Judge a list of reports as a batch against the roster and last year's batch; gives the faults by id and subject."""
    folder = tmp_path_factory.mktemp("city")
    cache = folder / "cache"
    units = folder / "roster.csv"
    units.write_text("序号,单位\n" + "".join(f"{n},{r.unit}\n" for n, r in enumerate(made.city(), 1)), "utf-8-sig")

    def batch(name: str, reports: list) -> Store:
        source = made.write(reports, folder / name / "reports")
        store = Store(folder / name / "out", cache)
        run(inputs.find([source]), store, pool, profiles.load("national", catalogue.load()))
        return store

    last = batch("last", made.city(year=made.YEAR - 1, growth="0.95"))

    def go(name: str, reports: list) -> tuple[Store, list[Fault]]:
        store = batch(name, reports)
        suites = [load(word, catalogue.load().suites) for word in SUITES]
        return store, judge(store.tables, suites, roster=units, last=last.tables, docs=store.root / "quality")

    return go


def planted(made: ModuleType) -> tuple[list, list[tuple[str, str]]]:
    """The city with twenty faults of a batch in it, and each as the id and the subject that must be said, in order."""
    pick = random.Random(20)
    reports = [
        replace(
            r,
            projects=tuple((Decimal(pick.choice("789") + str(pick.randint(10, 99))) / 10, Decimal(100)) for _ in r.projects),
            score=Decimal(pick.randint(981, 998)) / 10,
            satisfaction=Decimal(95),
            spent=(r.spent * Decimal("0.83")).quantize(Decimal("0.01")),
        )
        for r in made.city()
    ]
    units = [r.unit for r in reports]
    wanted = [("QS401", ""), ("QS402", ""), ("QS403", ""), ("QS404", ""), ("QS602", "")]

    def change(place: int, **what: Any) -> None:
        reports[place] = replace(reports[place], **what)

    change(10, left_out=frozenset({"score"}))
    change(20, left_out=frozenset({"satisfaction"}))
    change(30, spent=reports[30].budget * 2)
    change(40, spent=(reports[40].budget * Decimal("0.03")).quantize(Decimal("0.01")))
    change(50, score=Decimal(108))
    change(60, satisfaction=Decimal(130))
    change(70, projects=((Decimal("71.5"), Decimal(120)), *reports[70].projects[1:]))
    change(80, year=made.YEAR - 1)
    change(90, budget=reports[90].budget * 40, spent=reports[90].spent * 40)
    copies = []  # of units of like size, so that a copied budget is no drift
    for of, count in ((200, 1), (210, 2)):
        like = sorted(range(300, 500), key=lambda p, of=of: abs(reports[p].budget.ln() - reports[of].budget.ln()))[:count]
        for place in like:
            change(place, budget=reports[of].budget, spent=reports[of].spent)
        copies.append("、".join(sorted(units[p] for p in (of, *like))))
    wanted += [("QS203", units[10]), ("QS204", units[20]), ("QS301", units[30]), ("QS301", units[40]), ("QS302", units[50])]
    wanted += [
        ("QS303", units[60]),
        ("QS304", f"{units[70]} {made.PROJECTS[0]}自评得分"),
        ("QS103", units[80]),
        ("QS601", units[90]),
    ]
    wanted += [("QS405", subject) for subject in copies]
    twice = replace(reports[120], score=Decimal("98.7"), budget=reports[120].budget + 1)
    stranger = replace(reports[130], unit="远山县财政局", budget=reports[130].budget + 1)
    wanted += [
        ("QS102", f"{units[120]}（{made.YEAR}）"),
        ("QS502", stranger.unit),
        ("QS501", units[140]),
        ("QS501", units[141]),
    ]
    del reports[140:142]
    return [*reports, twice, stranger], sorted(wanted)


def test_planted_faults_are_found_and_none_else(made, city):
    """Of twenty faults planted in a batch of five hundred units just these twenty are told, each with the unit it is about."""
    reports, wanted = planted(made)
    store, faults = city("planted", reports)
    assert len(wanted) == 20
    assert sorted((f.id, f.subject) for f in faults) == wanted
    assert exit_code(faults, "error") == 1
    assert (store.root / "quality" / "index.html").exists()


def test_honest_batch_has_no_fault(made, city):
    """Five hundred units whose reports are in order give no fault in any suite."""
    _, faults = city("honest", made.city())
    assert faults == []
    assert exit_code(faults, "warning") == 0


BROKEN = """
name = "broken"
zh = "坏"
en = "broken"
[[view]]
name = "ok"
sql = "select document as subject, errors::double as errors from documents"
[[view]]
name = "wrong"
sql = "select nothing from nowhere"
[[view]]
name = "empty"
sql = "select document as subject, 1.0 as errors from documents where false"
[[expectation]]
id = "X1"
view = "ok"
expect = "expect_column_values_to_be_between"
arguments = { column = "errors", min_value = 0 }
severity = "notice"
zh = "好"
en = "good"
[[expectation]]
id = "X2"
view = "VIEW"
expect = "EXPECT"
arguments = { ARGUMENTS }
severity = "notice"
zh = "坏"
en = "bad"
"""


@pytest.mark.parametrize(
    ("view", "expect", "arguments"),
    [
        ("ok", "expect_column_values_to_be_between", 'column = "gone", min_value = 0'),
        ("ok", "expect_column_values_to_be_wonderful", 'column = "errors"'),
        ("ok", "expect_column_values_to_be_between", 'column = "errors", min_value = "x"'),
        ("wrong", "expect_column_values_to_be_between", 'column = "errors", min_value = 0'),
        ("empty", "expect_column_values_to_be_between", 'column = "errors", min_value = 0'),
    ],
    ids=["no column", "no expectation", "wrong argument", "wrong SQL", "nothing to judge"],
)
def test_expectation_that_could_not_run_is_a_failure(batch, texts, tmp_path, view, expect, arguments):
    """A broken expectation fails its suite with the exit code of a crashed check, whatever its severity; the others still run."""
    store, _ = batch(texts, tmp_path)
    text = BROKEN.replace("VIEW", view).replace("EXPECT", expect).replace("ARGUMENTS", arguments)
    faults = judge(store.tables, [parse(text, "broken.toml")])
    assert [(f.id, f.failed) for f in faults] == [("X2", True)]
    assert exit_code(faults, "never") == 4


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("may", "maybe"), "unknown key maybe_be_empty"),
        (('severity = "notice"', 'severity = "grave"'), "severity"),
        (('id = "X2"', 'id = "X1"'), "X1 stands twice"),
        (('view = "VIEW"', 'view = "gone"'), "no view gone"),
    ],
)
def test_wrong_suite_is_refused_with_its_reason(change, reason):
    """A suite with an unknown key, severity or view, or one id twice, is refused by name before anything runs."""
    text = BROKEN.replace("{ ARGUMENTS }", "{}\nmay_be_empty = true").replace(*change).replace('"VIEW"', '"ok"')
    with pytest.raises(SuiteError, match=reason):
        parse(text, "broken.toml")


def command(*words: object) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "gouji", "quality", *map(str, words)], capture_output=True, text=True)


def test_command_gates_the_batch(batch, texts, tmp_path):
    """The command tells each fault, keeps them as JSON beside the tables, builds the docs, and ends with the gate's code."""
    (tmp_path / "roster.txt").write_text("不存在的局\n", "utf-8")
    store, _ = batch(texts, tmp_path / "out")
    done = command(store.root, "--suite", "roster", "--roster", tmp_path / "roster.txt")
    assert done.returncode == 1, done.stderr
    assert "错误 QS501 不存在的局: 名册上的单位没有报告 [0]" in done.stdout
    kept = json.loads((store.root / "quality.json").read_text("utf-8"))
    assert kept["faults"][0]["subject"] == "不存在的局"
    assert command(store.root, "--suite", "roster").returncode == 2
    assert command(tmp_path / "nowhere").returncode == 2


@pytest.fixture(scope="module")
def browser(root, tmp_path_factory) -> Iterator[Any]:
    module = ModuleType("browser")
    exec((root / "tests" / "reports" / "browser.py").read_text("utf-8"), module.__dict__)
    if not module.CHROMIUM:
        pytest.skip("needs chromium")
    with module.Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_data_docs_are_readable_offline(batch, texts, tmp_path, browser):
    """The site's pages say what was expected and found, and ask no other place for anything."""
    (tmp_path / "roster.txt").write_text("不存在的局\n", "utf-8")
    store, _ = batch(texts, tmp_path / "out")
    suites: list[Suite] = [load("roster", catalogue.load().suites)]
    judge(store.tables, suites, roster=tmp_path / "roster.txt", docs=tmp_path / "site")
    pages = sorted((tmp_path / "site" / "validations").rglob("*.html"))
    assert len(pages) == 2
    for page in [tmp_path / "site" / "index.html", *pages]:
        browser.open(page)
        assert [url for url in browser.requests() if not url.startswith(("file:", "data:"))] == []
    browser.open(tmp_path / "site" / "index.html")
    assert "不存在的局" in browser.js("document.body.innerText")
    assert len(browser.js("[...document.links].map(a => a.href)")) == len(pages)
    browser.open(next(p for p in pages if "listed" in p.name))
    assert "名册上的单位没有报告" in browser.js("document.body.innerText")
