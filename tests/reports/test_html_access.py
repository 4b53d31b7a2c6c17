"""The HTML report over real files, as people use it: every finding leads to its words, for everybody, whatever the words are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gouji.engine.runner import audit
from gouji.model.result import AuditResult
from gouji_reports.html import WRITER
from gouji_reports.plain import visible

SAMPLES = Path(__file__).resolve().parents[2] / "sample_inputs" / "seeded"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
HIDDEN = re.compile(r"\[U\+[0-9A-F]+\]")
FILES = ["housing_form.docx", "market_bureau.pdf", "cppcc_flattened.txt"]

WALK = """(async () => {
  const seen = [];
  for (const card of document.querySelectorAll('.card')) {
    card.click();
    const link = card.querySelector('[data-first]');
    const target = link && document.getElementById(link.hash.slice(1));
    const box = target && target.getBoundingClientRect();
    const marks = [...document.querySelectorAll(`mark[data-f~="${card.dataset.card}"]`)];
    seen.push({
      card: card.dataset.card,
      shown: !box || (box.bottom > 0 && box.top < innerHeight),
      lines: document.querySelectorAll('.lines path').length,
      marks: marks.map((m) => [Number(m.closest('p, tr, h3, h4, h5, h6').dataset.n) - 1, m.textContent]),
    });
  }
  return seen;
})()"""


@pytest.fixture(scope="module")
def browser(browser_module: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not browser_module.CHROMIUM:
        pytest.skip("needs chromium")
    with browser_module.Browser(tmp_path_factory.mktemp("profile")) as started:
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        started.call("Emulation.setEmulatedMedia", features=[still])
        started.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
        yield started


def _expected(result: AuditResult, number: int) -> dict[int, str]:
    """The words that the evidence of a card covers, block by block, each character once."""
    from gouji_reports.order import told

    finding = told(result.documents[0])[number - 1]
    places: dict[int, set[int]] = {}
    texts = {}
    for evidence in finding.evidence:
        places.setdefault(evidence.block, set()).update(range(evidence.start, evidence.end))
        texts[evidence.block] = evidence.context
    return {b: "".join(visible("".join(texts[b][i] for i in sorted(at))).split()) for b, at in places.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_card_leads_to_its_words(name: str, browser: Any, written: Callable[..., str], tmp_path: Path) -> None:
    """A click on each card brings its first place into view, and the words marked for it are the quotations, no more, no less."""
    result = audit([SAMPLES / name])
    file = tmp_path / "r.html"
    file.write_text(written(WRITER, result), "utf-8", newline="")
    browser.open(file)
    seen = browser.js(WALK)
    assert len(seen) == len(result.documents[0].findings) > 2
    for item in seen:
        assert item["shown"], item
        marked: dict[int, str] = {}
        for block, text in item["marks"]:
            marked[block] = marked.get(block, "") + "".join(text.split())
        assert marked == _expected(result, int(item["card"]))
        assert item["lines"] == max(0, len(item["marks"]) - 1)
    assert browser.complaints() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["one", "several"])
def test_axe_finds_no_serious_violation(
    name: str, dark: bool, browser: Any, sample: ModuleType, written: Callable[..., str], tmp_path: Path
) -> None:
    """WCAG 2.2 AA by axe-core, in light and dark, every tab open in turn: no serious or critical violation."""
    file = tmp_path / "r.html"
    file.write_text(written(WRITER, getattr(sample, name)()), "utf-8", newline="")
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.call("Emulation.setEmulatedMedia", features=[scheme, {"name": "prefers-reduced-motion", "value": "reduce"}])
    browser.call("Page.setBypassCSP", enabled=True)  # for axe alone
    try:
        browser.open(file)
        browser.js("for (const d of document.querySelectorAll('details')) d.open = true; 0")
        browser.js(AXE.read_text("utf-8") + ";0")
        for key in "1234":
            browser.press(key)
            run = f"axe.run(document, {{runOnly: {RULES}}})"
            found = browser.js(f"{run}.then((r) => r.violations.map((v) => [v.id, v.impact, v.nodes[0].html]))")
            assert [v for v in found if v[1] in {"serious", "critical"}] == []
    finally:
        browser.call("Page.setBypassCSP", enabled=False)


def test_the_ledger_sorts(browser: Any, sample: ModuleType, written: Callable[..., str], tmp_path: Path) -> None:
    """A click on a heading sorts the claims, a second turns them round, a third gives back the order of the text."""
    file = tmp_path / "r.html"
    file.write_text(written(WRITER, sample.one()), "utf-8", newline="")
    browser.open(file)
    browser.press("2")
    column = (
        "[...document.querySelectorAll('.ledger tbody')].map(b => parseFloat(b.rows[0].cells[2].textContent.replace(/,/g, '')))"
    )
    before = browser.js(column)
    orders = []
    for _ in range(3):
        browser.js("document.querySelectorAll('.ledger th button')[2].click()")
        orders.append([v for v in browser.js(column) if v is not None])
    numbers = [v for v in before if v is not None]
    assert orders == [sorted(numbers), sorted(numbers, reverse=True), numbers]


def test_bars_of_a_picture_have_one_scale(browser: Any, written: Callable[..., str], tmp_path: Path) -> None:
    """Equal amounts are bars of equal length, whatever the length of the words beside them."""
    file = tmp_path / "r.html"
    file.write_text(written(WRITER, audit([SAMPLES / "housing_form.docx"])), "utf-8", newline="")
    browser.open(file)
    browser.js("document.querySelector('.pictures').open = true; 0")
    widths = "[...document.querySelectorAll('.picture')].map(p => [...p.querySelectorAll('svg')].map(s => s.clientWidth))"
    measured = browser.js(widths)
    assert len(measured) == 3
    assert all(len(set(row)) == 1 and row[0] > 40 for row in measured), measured


HOSTILE = (
    '<script>document.title="owned"</script>',
    '"><img src=x onerror=document.title="owned">',
    "\u202e元万01计合\u202c与\u2066隔离\u2069",
    "长" * 10_000,
    "</style></script><svg onload=document.title='owned'>",
    "{{7*7}}${7*7}",
)


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_a_hostile_document_is_text(form: str, browser: Any, written: Callable[..., str], tmp_path: Path) -> None:
    """Markup, handlers, right-to-left marks and endless paragraphs in a submission show as text and run nothing."""
    import docx

    sums = "2023年项目支出合计10万元，其中：甲项目4万元，乙项目7万元。"
    texts = ["部门整体支出绩效自评报告", *(sums + h for h in HOSTILE), *HOSTILE]
    source = tmp_path / f"<img src=x onerror=alert(1)>.{form}".replace("/", "_")
    if form == "txt":
        source.write_text("\n\n".join(texts), "utf-8")
    else:
        document = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        document.save(str(source))
    result = audit([source])
    file = tmp_path / "r.html"
    file.write_text(written(WRITER, result), "utf-8", newline="")
    browser.open(file)
    assert len(browser.js(WALK)) == len(result.documents[0].findings) >= 5
    assert browser.requests() == []
    assert browser.complaints() == []
    assert "owned" not in browser.js("document.title")
    words = browser.js("document.querySelector('.sheet').textContent")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", words)
    for text in HOSTILE:  # a control is shown by its number, or was dropped by the reader
        assert HIDDEN.sub("", visible(text)) in HIDDEN.sub("", words), text[:40]
    assert browser.js("document.documentElement.scrollWidth <= innerWidth") is True
    assert browser.js("document.querySelectorAll('.sheet img, .sheet script, .card img').length") == 0


def test_a_pdf_is_shown_page_by_page(browser: Any, tmp_path: Path) -> None:
    """The picture of a page opens on demand, asks for nothing outside, and has a frame on every quoted line that leads to its card."""
    import io

    from gouji.engine import originals

    result = audit([SAMPLES / "flood_repair.pdf"])
    first, second = io.StringIO(), io.StringIO()
    WRITER.write(result, first, original=originals.read)
    WRITER.write(result, second, original=originals.read)
    assert first.getvalue() == second.getvalue()
    file = tmp_path / "r.html"
    file.write_text(first.getvalue(), "utf-8", newline="")
    browser.open(file)
    browser.js("for (const d of document.querySelectorAll('.scan')) d.open = true; 0")
    lines = {(b.page, b.top, b.x0) for f in result.documents[0].findings for e in f.evidence for b in e.boxes}
    pages = {page for page, _, _ in lines}
    assert browser.js("document.querySelectorAll('.scan image').length") == len(pages)
    assert browser.js("new Set([...document.querySelectorAll('.scan rect')].map(r => r.getAttribute('y'))).size") >= 5
    assert [u for u in browser.requests() if not u.startswith("data:")] == []
    assert browser.complaints() == []
    browser.js("document.querySelector('.scan a').dispatchEvent(new MouseEvent('click', {bubbles: true})); 0")
    assert browser.js("document.querySelector('.card.sel') !== null") is True
    assert browser.complaints() == []


def test_a_pdf_that_has_changed_is_shown_without_pictures(written: Callable[..., str], tmp_path: Path) -> None:
    """Where the file is gone since, the report is written all the same."""
    from gouji.engine import originals

    file = tmp_path / "a.pdf"
    file.write_bytes((SAMPLES / "flood_repair.pdf").read_bytes())
    result = audit([file])
    file.unlink()
    assert "<image" not in written(WRITER, result, original=originals.read)
