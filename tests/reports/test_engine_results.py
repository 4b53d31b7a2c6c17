"""The writers on results of the engine itself: what it says of real files keeps the contract and has a name for everything."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html as parser

from gouji.cli import main
from gouji_reports.labels import KINDS, ROLES, UNTIED

CORPUS = Path(__file__).parent.parent / "corpus" / "a"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    texts = [str(path) for path in sorted(CORPUS.glob("*.txt"))]
    if not texts:
        pytest.skip("needs the corpus of the tests")
    folder = tmp_path_factory.mktemp("engine")
    made = {}
    for form in ("json", "html", "console"):
        made[form] = folder / f"result.{form}"
        main(["check", *texts, "--format", form, "--output", str(made[form])])
    return made


@pytest.fixture(scope="module")
def record(outputs: dict[str, Path]) -> Any:
    return json.loads(outputs["json"].read_text("utf-8"))


def test_a_real_result_keeps_the_contract(record: Any) -> None:
    """What the engine finds is valid against the committed schema, every quote the slice of its context."""
    schema = json.loads(files("gouji_reports").joinpath("schemas/result.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(record)
    for document in record["documents"]:
        for item in [*document["findings"], *document["claims"], *document["untied"]]:
            assert all(e["context"][e["start"] : e["end"]] == e["quote"] for e in item["evidence"])


def test_every_role_kind_and_class_is_named(record: Any) -> None:
    """No key of the engine reaches a Chinese reader as an English word."""
    documents = record["documents"]
    items = [item for d in documents for item in [*d["findings"], *d["claims"], *d["untied"]]]
    assert {e["role"] for item in items for e in item["evidence"]} <= set(ROLES)
    assert {claim["kind"] for d in documents for claim in d["claims"]} <= set(KINDS)
    assert {figure["why"] for d in documents for figure in d["untied"]} <= set(UNTIED)


def test_the_page_holds_every_finding_and_claim(record: Any, outputs: dict[str, Path]) -> None:
    """As many cards and ledger rows as the JSON has findings and claims, each link with its target, each text whole."""
    tree = parser.fromstring(outputs["html"].read_bytes(), parser=parser.HTMLParser(encoding="utf-8"))
    places = {element.get("id"): element for element in tree.xpath("//*[@id]")}
    for number, document in enumerate(record["documents"], 1):
        section = tree.get_element_by_id(f"d{number}")
        assert len(section.find_class("card")) == len(document["findings"])
        assert len(section.xpath(".//table[@class='ledger']/tbody")) == len(document["claims"])
        for item in [*document["findings"], *document["claims"]]:
            for e in item["evidence"]:
                target = places[f"d{number}b{e['block']}c{e['start']}"]
                assert e["quote"].startswith(target.text_content()[:1])
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(places)


def test_the_console_names_every_finding(record: Any, outputs: dict[str, Path]) -> None:
    """Each finding is one headline with path, block and code."""
    text = outputs["console"].read_text("utf-8")
    for document in record["documents"]:
        for found in document["findings"]:
            assert f"{document['path']}:{found['evidence'][0]['block'] + 1} {found['code']} " in text
