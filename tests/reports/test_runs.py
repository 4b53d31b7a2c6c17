"""Many notices of one kind are told together, after all that is graver."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml.html import fromstring

from gouji.model.result import AuditResult, Severity
from gouji_reports.console import WRITER as CONSOLE
from gouji_reports.html import WRITER as HTML
from gouji_reports.json import WRITER as JSON

COPIES = 20


@pytest.fixture(scope="module")
def result(sample: ModuleType) -> AuditResult:
    """The sample with twenty notices of one kind instead of one."""
    one = sample.one()
    (document,) = one.documents
    notice = next(f for f in document.findings if f.severity is Severity.NOTICE and f.waived is None)
    return replace(one, documents=(replace(document, findings=(*[notice] * (COPIES - 1), *document.findings)),))


def test_console_tells_them_in_one_entry_after_the_errors(result: AuditResult, written: Callable[..., str]) -> None:
    """Twenty notices of one kind take one entry of the console: how many there are, the first places, how many are left."""
    lines = written(CONSOLE, result).splitlines()
    entries = [n for n, line in enumerate(lines) if " 提示 " in line and not line.startswith("1 ")]
    assert len(entries) == 1
    assert lines[entries[0]].endswith(f"：{COPIES} 处")
    assert not any(" 错误 " in line or " 警告 " in line for line in lines[entries[0] + 1 : -1])
    assert "    ……另有 8 处" in lines


def test_data_keeps_every_one(result: AuditResult, written: Callable[..., str]) -> None:
    """JSON lists each notice by itself: what reads it counts and waives them one by one."""
    findings = json.loads(written(JSON, result))["documents"][0]["findings"]
    assert sum(f["severity"] == "notice" for f in findings) == COPIES


def test_page_folds_them(result: AuditResult, written: Callable[..., str]) -> None:
    """The page shows them as one closed entry that names kind and number; errors and warnings stand before it, unfolded."""
    page = fromstring(written(HTML, result))
    (fold,) = page.xpath("//details[contains(@class, 'fold')]")
    assert fold.get("open") is None
    assert f"{COPIES} 处" in fold.find("summary").text_content()
    assert len(fold.xpath(".//li[contains(@class, 'card')]")) == COPIES
    assert not fold.xpath(".//li[contains(@class, 'error') or contains(@class, 'warning')]")
    assert not fold.xpath(
        "following::li[contains(@class, 'card') and (contains(@class, 'error') or contains(@class, 'warning'))]"
    )


@pytest.fixture(scope="module")
def browser(browser_module: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not browser_module.CHROMIUM:
        pytest.skip("needs chromium")
    with browser_module.Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def test_going_to_one_opens_the_fold(result: AuditResult, written: Callable[..., str], browser: Any, tmp_path: Path) -> None:
    """Whoever walks to a folded notice sees it, and a search that finds none of them hides the entry."""
    path = tmp_path / "runs.html"
    path.write_text(written(HTML, result), encoding="utf-8", newline="")
    browser.open(path)
    cards = browser.js("document.querySelectorAll('.card:not(.fold .card)').length")
    for _ in range(cards):
        browser.press("j")
    assert browser.js("document.querySelector('.fold').open") is True
    browser.js(
        "(() => { const s = document.querySelector('[data-search]'); s.value = 'AR201'; s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert browser.js("getComputedStyle(document.querySelector('.run')).display") == "none"
