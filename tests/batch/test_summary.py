"""The summary of a batch: figures that agree with the tables, and lead to their documents."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gouji.batch.store import Store

HOSTILE = "<script>alert(1)</script>"

# Each link of a column that counts documents: its own number, and how many documents it lists.
LISTED = """
(async () => {
  const seen = [];
  for (const a of document.querySelectorAll(SELECTOR)) {
    location.hash = a.getAttribute('href');
    await new Promise(done => setTimeout(done, 0));
    await new Promise(done => requestAnimationFrame(done));
    const listed = Number(document.getElementById('said').textContent.replace(/\\D/g, ''));
    seen.push([a.getAttribute('href'), Number(a.textContent.replace(/\\D/g, '')), listed]);
  }
  return seen;
})()
"""


@pytest.fixture(scope="module")
def summary(pool, texts, tmp_path_factory) -> Path:
    """The page over the sample batch, with a file whose text and name are an attack, written by the command line."""
    import shutil

    from gouji.batch import inputs
    from gouji.batch.run import run
    from gouji.engine import catalogue, profiles
    from gouji_reports.html import WRITER

    source = tmp_path_factory.mktemp("batch") / "source"
    shutil.copytree(texts, source)
    (source / "a&b<i>.txt").write_text(f"{HOSTILE}县水务局2023年度自评报告\n支出合计10万元，其中：甲4万元，乙7万元。", "utf-8")
    (source / "empty.txt").write_bytes(b"")
    store = Store(source.parent / "out")
    run(inputs.find([source]), store, pool, profiles.load("national", catalogue.load()), writer=WRITER)
    done = subprocess.run([sys.executable, "-m", "gouji", "summary", str(store.root)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return store.root / "summary.html"


@pytest.fixture(scope="module")
def browser(root, tmp_path_factory) -> Iterator[Any]:
    module = ModuleType("browser")
    exec((root / "tests" / "reports" / "browser.py").read_text("utf-8"), module.__dict__)
    if not module.CHROMIUM:
        pytest.skip("needs chromium")
    with module.Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_figures_lead_to_their_documents(summary, browser):
    """Behind every number of documents on the page, by verdict, unit, fault, coverage or reason, lie just so many documents."""
    browser.open(summary)
    columns = ".verdicts a, .units td:not(:nth-last-child(-n+3)) a, .codes td:nth-child(5) a, .bins a, [href^='#r=']"
    seen = browser.js(LISTED.replace("SELECTOR", repr(columns)))
    assert len(seen) > 60
    assert [s for s in seen if s[1] != s[2]] == []
    assert browser.complaints() == []
    assert browser.requests() == []


def test_documents_open_their_reports(summary, browser):
    """A listed document links to its report, which is there, names with odd characters included."""
    browser.open(summary, "#all")
    links = browser.js("[...document.querySelectorAll('#documents a')].map(a => decodeURI(a.href))")
    assert len(links) == len(list((summary.parent / "reports").iterdir()))
    assert [link for link in links if not Path(link.removeprefix("file://")).exists()] == []


def test_text_of_a_submission_stays_text(summary, browser):
    """A file name with markup is shown as it is, and nothing of a document runs."""
    text = summary.read_text("utf-8")
    assert HOSTILE not in text
    browser.open(summary, "#all")
    assert "a&b<i>.txt" in browser.js("document.querySelector('#documents').textContent")


def test_page_is_the_same_each_time(summary):
    """Two pages over the same tables are the same bytes, in both languages."""
    for lang in ("zh", "en"):
        command = [sys.executable, "-m", "gouji", "summary", str(summary.parent), "--lang", lang, "-o", "-"]
        one, two = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
        assert one == two
        assert not re.search(r"\{\w+\}", one.decode().split("<script")[0].split("</style>")[1])


def test_unfinished_batch_has_no_summary(tmp_path):
    """A folder without a finished batch is a usage error that says so; no page is written."""
    done = subprocess.run([sys.executable, "-m", "gouji", "summary", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "run.json" in done.stderr
    assert list(tmp_path.iterdir()) == []
