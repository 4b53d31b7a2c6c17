"""The HTML report in a real browser: the policy lets its script run, and clicks and keys do what they promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gouji_reports.html import WRITER

SELECTED = "document.querySelector('.card.sel')?.id ?? null"
VISIBLE = "[...document.querySelectorAll('.card')].filter(c => c.offsetParent).map(c => c.id)"


@pytest.fixture(scope="module")
def browser(browser_module: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not browser_module.CHROMIUM:
        pytest.skip("needs chromium")
    with browser_module.Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def files(sample: ModuleType, written: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("html")
    made = {}
    for name in ("one", "several", "long_one"):
        made[name] = folder / f"{name}.html"
        made[name].write_text(written(WRITER, getattr(sample, name)()), encoding="utf-8", newline="")
    return made


@pytest.fixture
def page(browser: Any, files: dict[str, Path]) -> Any:
    browser.open(files["one"])
    return browser


@pytest.mark.parametrize("name", ["one", "several", "long_one"])
def test_nothing_is_requested_refused_or_thrown(name: str, browser: Any, files: dict[str, Path]) -> None:
    """Opening a report, a hostile one too, asks for nothing, breaks no policy and raises no error."""
    browser.open(files[name])
    assert browser.js("document.documentElement.classList.contains('on')") is True
    assert browser.requests() == []
    assert browser.complaints() == []


def test_keys_walk_through_the_findings(page: Any) -> None:
    """j goes to the next finding, k back; the words of the finding are lit."""
    page.press("j")
    page.press("j")
    assert page.js(SELECTED) == "d1f2"
    assert page.js("[...document.querySelectorAll('mark.sel')].map(m => m.textContent)") == [
        "131.73万元",
        "36.89万元",
        "7万元",
        "87.83万元",
    ]
    page.press("k")
    assert page.js(SELECTED) == "d1f1"


def test_keys_filter_by_severity(page: Any) -> None:
    """e hides the errors and shows them again."""
    page.press("e")
    assert page.js(VISIBLE) == ["d1f5", "d1f6", "d1f7", "d1f8"]
    page.press("w")
    assert page.js(VISIBLE) == ["d1f7", "d1f8"]
    page.press("e")
    assert page.js(VISIBLE) == ["d1f1", "d1f2", "d1f3", "d1f4", "d1f7", "d1f8"]


def test_search_narrows_the_cards(page: Any) -> None:
    """/ goes to the search box; what is typed there leaves only the cards that hold it."""
    page.press("/")
    for character in "科室":
        page.press(character)
    assert page.js(VISIBLE) == ["d1f5"]
    assert page.js("document.querySelector('[data-panel=findings] [data-shown]').textContent") == "1 / 8"


def test_a_mark_leads_to_its_card_and_a_card_to_its_words(page: Any) -> None:
    """A click on marked words selects their card; a click on a card brings its words into view."""
    page.js("document.querySelector('#d1b16 mark[data-n]').click()")
    assert page.js(SELECTED) == "d1f3"
    page.js("document.getElementById('d1f7').click()")
    assert page.js(SELECTED) == "d1f7"
    assert page.js("document.querySelector('#d1b22 mark').classList.contains('flash')") is True


def test_a_mark_of_a_hidden_finding_shows_it(page: Any) -> None:
    """A finding that a filter hides comes back when its words are clicked."""
    page.press("e")
    page.js("document.querySelector('#d1b16 mark[data-n]').click()")
    assert "d1f3" in page.js(VISIBLE)


def test_the_ledger_filters_by_verdict_and_kind(page: Any) -> None:
    """The ledger opens by key or tab, and shows what is asked for."""
    rows = "[...document.querySelectorAll('.ledger tbody')].filter(r => r.offsetParent).length"
    assert page.js(rows) == 0
    page.press("2")
    assert page.js(rows) == 11
    page.js("document.querySelector('.chip[data-value=agrees]').click()")
    assert page.js(rows) == 6
    page.js(
        "{const s = document.querySelector('[data-kind]'); s.value = 'rate'; s.dispatchEvent(new Event('input', {bubbles: true}))}"
    )
    assert page.js(rows) == 4


def test_a_link_to_a_finding_opens_at_it(browser: Any, files: dict[str, Path]) -> None:
    """An address that ends in a finding's anchor selects it and shows its words."""
    browser.open(files["long_one"], "#d1f9")
    in_view = "(() => {const r = document.querySelector('mark.p.sel').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight})()"
    wait = f"new Promise(done => {{const look = () => document.querySelector('mark.p.sel') && {in_view} ? done(true) : setTimeout(look, 50); look()}})"
    assert browser.js(wait) is True
    assert browser.js(SELECTED) == "d1f9"


def test_the_index_sorts(browser: Any, files: dict[str, Path]) -> None:
    """A click on the head of a column puts the most errors first, a second click the fewest."""
    browser.open(files["several"])
    order = "[...document.querySelectorAll('.sortable tbody tr')].map(r => r.cells[4].textContent.trim())"
    head = "document.querySelectorAll('.sortable th button')[4].click()"
    browser.js(head)
    assert browser.js(order) == ["4", "1", "0", "0"]
    browser.js(head)
    assert browser.js(order) == ["0", "0", "1", "4"]


def test_help_opens_and_closes(page: Any) -> None:
    """? shows the keys."""
    page.press("?")
    assert page.js("document.getElementById('help').open") is True


def test_without_script_all_is_readable(browser: Any, files: dict[str, Path]) -> None:
    """With scripts off, findings, ledger and untied figures stand one after the other; no dead control shows."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(files["one"])
        shown = "[...document.querySelectorAll('{}')].filter(e => e.getClientRects().length).length"
        assert browser.js(shown.format(".panel")) == 4
        assert browser.js(shown.format(".card")) == 8
        assert browser.js(shown.format("button, input, select")) == 0
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_it_prints_whole(page: Any, tmp_path: Path) -> None:
    """On A4 the print holds the text, then all cards, the ledger and the untied figures, whatever was open or hidden."""
    import pypdfium2

    page.press("e")
    page.press("2")
    target = tmp_path / "print.pdf"
    page.pdf(target)
    document = pypdfium2.PdfDocument(target)
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = "".join(document[i].get_textpage().get_text_bounded() for i in range(len(document)))
    text = "".join(text.split())
    places = [text.index(words) for words in ("一、部门基本情况", "差1.00个百分点", "1,156.80+229.35+1,660.03", "缺少运算项")]
    assert places == sorted(places)
