"""The comparison of two versions, written: contract, escaping, the same bytes, and how it looks in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from lxml import html as parser
from referencing import Registry, Resource

from gouji.engine.diff import compare
from gouji.model.comparison import Change, Comparison
from gouji_reports import comparison_console, comparison_html, comparison_json

WRITERS = [comparison_console.WRITER, comparison_html.WRITER, comparison_json.WRITER]


def _schema(name: str) -> Any:
    return json.loads(files("gouji_reports").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def comparison(sample: ModuleType) -> Comparison:
    """Several documents; in the new run one finding is fixed, one is new, one document is gone and one unreadable."""
    old = sample.several()
    first = old.documents[0]
    edited = replace(first, findings=(*first.findings[1:], replace(first.findings[0], fingerprint="f", code="ZZ101")))
    new = replace(old, documents=(edited, *old.documents[1:-1], replace(old.documents[-1], path="新/另一份.docx", title="甲")))
    return compare(old, new)


def test_json_keeps_its_contract(comparison: Comparison, written: Callable[..., str]) -> None:
    """What is written satisfies the schema, which refers to the schema of results for the findings."""
    schema = _schema("comparison")
    registry = Registry().with_resources([("urn:gouji:result:1", Resource.from_contents(_schema("result")))])
    validator = jsonschema.Draft202012Validator(schema, registry=registry)
    validator.check_schema(schema)
    for lang in ("zh", "en"):
        record = json.loads(written(comparison_json.WRITER, comparison, lang=lang))
        validator.validate(record)
    assert record["counts"]["new"] >= 1
    assert record["counts"] == {c.value: comparison.count(c) for c in Change}
    validator.validate(json.loads(written(comparison_json.WRITER, Comparison(()))))


@pytest.mark.parametrize("writer", WRITERS, ids=lambda w: w.name)
def test_the_same_comparison_is_the_same_text(writer: Any, comparison: Comparison, written: Callable[..., str]) -> None:
    """No clock and no chance in it."""
    assert written(writer, comparison) == written(writer, comparison)
    assert written(writer, comparison).endswith("\n")


def test_html_shows_both_versions(comparison: Comparison, written: Callable[..., str], sample: ModuleType) -> None:
    """Each change stands under its class, with the old words beside the new; hostile strings are words."""
    text = written(comparison_html.WRITER, comparison)
    tree = parser.document_fromstring(text)
    for change in Change:
        assert len(tree.xpath(f"//li[@class='change is-{change.value}']")) == comparison.count(change)
    assert not tree.xpath("//script | //@onmouseover | //img | //link")
    assert "<script>alert" not in text
    assert sample.HOSTILE[0] in tree.text_content()


def test_console_is_safe_in_a_terminal(comparison: Comparison, written: Callable[..., str]) -> None:
    """No escape sequence of a submission reaches the terminal."""
    text = written(comparison_console.WRITER, comparison, lang="en")
    assert "\x1b" not in text
    assert "fixed 1" in text.splitlines()[-1]


def test_it_opens_without_a_complaint(
    comparison: Comparison, written: Callable[..., str], browser_module: ModuleType, tmp_path: Path
) -> None:
    """In a browser the page asks for nothing, breaks no policy, and is no wider than a telephone."""
    if not browser_module.CHROMIUM:
        pytest.skip("needs chromium")
    file = tmp_path / "diff.html"
    file.write_text(written(comparison_html.WRITER, comparison), "utf-8", newline="")
    with browser_module.Browser(tmp_path / "profile") as browser:
        browser.call("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=False)
        browser.open(file)
        assert browser.requests() == []
        assert browser.complaints() == []
        assert browser.js("document.documentElement.scrollWidth") <= 390
