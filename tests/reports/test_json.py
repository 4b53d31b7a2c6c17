"""The JSON contract: the schema accepts what the writer writes and refuses what the contract forbids."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from importlib.resources import files
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from gouji.model.result import AuditResult
from gouji_reports.json import WRITER


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(files("gouji_reports").joinpath("schemas/result.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def validator(schema: Any) -> Any:
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def record(sample: ModuleType, written: Callable[..., str]) -> Any:
    return json.loads(written(WRITER, sample.several()))


def test_the_schema_is_a_schema(schema: Any) -> None:
    """The committed schema is itself valid under draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_object_of_the_schema_is_closed_and_complete(schema: Any) -> None:
    """No object admits a field it does not name, and each field it names is always there."""
    objects = [schema, *schema["$defs"].values(), schema["$defs"]["document"]["properties"]["coverage"]]
    for item in objects:
        assert item["additionalProperties"] is False
        assert sorted(item["required"]) == sorted(item["properties"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["one", "several", "long_one"])
def test_what_is_written_is_valid(
    name: str, lang: str, sample: ModuleType, written: Callable[..., str], validator: Any
) -> None:
    """Results with errors, without, unreadable, hostile and long all keep the contract, in both languages."""
    validator.validate(json.loads(written(WRITER, getattr(sample, name)(), lang=lang)))


def test_a_run_over_nothing_is_valid(written: Callable[..., str], validator: Any) -> None:
    """A result without documents is still a result."""
    record = json.loads(written(WRITER, AuditResult((), "unreadable")))
    validator.validate(record)
    assert record["documents"] == []


def _set(path: str, value: object) -> Callable[[Any], None]:
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]

    def change(record: Any) -> None:
        for step in way:
            record = record[step]
        record[last] = value

    return change


def _drop(record: Any) -> None:
    del record["documents"][0]["not_checked"]


@pytest.mark.parametrize(
    "change",
    [
        _set("schema_version", "2"),
        _set("verdict", "green"),
        _set("surprise", 1),
        _set("documents.0.surprise", 1),
        _set("documents.0.verdict", "ok"),
        _set("documents.0.sha256", "abc"),
        _set("documents.0.year", "2023"),
        _set("documents.0.coverage.tied", -1),
        _set("documents.0.findings.0.code", "total"),
        _set("documents.0.findings.0.severity", "fatal"),
        _set("documents.0.findings.0.confidence", 1.5),
        _set("documents.0.findings.0.message", None),
        _set("documents.0.findings.0.evidence.0.start", None),
        _set("documents.0.findings.0.evidence.0.bbox", [1, 2, 3]),
        _set("documents.0.findings.0.evidence.0.colour", "red"),
        _set("documents.0.claims.0.verdict", "true"),
        _set("documents.0.claims.0.kind", "score-total"),
        _set("documents.0.untied.0.evidence", []),
        _set("documents.0.not_checked.0", "page 3"),
        _drop,
    ],
)
def test_a_broken_result_is_refused(change: Callable[[Any], None], record: Any, validator: Any) -> None:
    """An unknown field, a missing one, a wrong type or an unknown word each break the contract."""
    assert validator.is_valid(record)
    broken = copy.deepcopy(record)
    change(broken)
    assert not validator.is_valid(broken)


def test_a_finding_carries_all_that_is_needed_to_check_it(record: Any) -> None:
    """Message, both figures, difference, formula and the faulty words with their place come out unchanged."""
    found = record["documents"][0]["findings"][1]
    fingerprint, evidence = found.pop("fingerprint"), found.pop("evidence")
    assert found == {
        "code": "AR101",
        "name": "total-mismatch",
        "severity": "error",
        "message": "“三公”经费支出与分项之和不符",
        "stated": "131.73万元",
        "computed": "131.72万元",
        "difference": "0.01万元",
        "formula": "36.89 + 7 + 87.83",
        "cause": None,
        "confidence": 0.9,
        "waived": None,
    }
    assert fingerprint
    first = evidence[0]
    assert (first["role"], first["quote"], first["block"], first["cell"]) == ("stated", "131.73万元", 10, None)
    assert [e["quote"] for e in evidence] == ["131.73万元", "36.89万元", "7万元", "87.83万元"]


def test_every_quote_is_the_slice_of_its_context(record: Any) -> None:
    """Start and end count characters of the context, in findings, claims and untied figures alike."""
    seen = 0
    for document in record["documents"]:
        for item in [*document["findings"], *document["claims"], *document["untied"]]:
            for e in item["evidence"]:
                assert e["context"][e["start"] : e["end"]] == e["quote"]
                seen += 1
    assert seen > 40


def test_cells_and_boxes_are_given_where_the_format_has_them(record: Any) -> None:
    """Evidence in a table names its cell, evidence on a page its page and rectangle."""
    cell = next(f for f in record["documents"][0]["findings"] if f["stated"] == "93.25%")["evidence"][0]
    assert (cell["cell"], cell["page"], cell["bbox"]) == ("T1R5C5", None, None)
    place = record["documents"][1]["claims"][0]["evidence"][0]
    assert (place["page"], place["bbox"]) == (1, [72.0, 130.0, 520.0, 170.0])


def test_findings_are_in_order_and_counted(record: Any) -> None:
    """Graver first, then by place, waived last; the counts leave the waived ones out."""
    document = record["documents"][0]
    told = [(f["severity"], f["evidence"][0]["block"], f["waived"] is not None) for f in document["findings"]]
    assert told == [
        ("error", 9, False),
        ("error", 10, False),
        ("error", 16, False),
        ("error", 19, False),
        ("warning", 3, False),
        ("warning", 9, False),
        ("notice", 22, False),
        ("warning", 20, True),
    ]
    assert document["counts"] == {"error": 4, "warning": 2, "notice": 1, "waived": 1}


def test_the_language_changes_words_and_nothing_else(sample: ModuleType, written: Callable[..., str]) -> None:
    """Message and cause follow the language; codes, figures and fingerprints do not."""
    zh = json.loads(written(WRITER, sample.one()))["documents"][0]["findings"][0]
    en = json.loads(written(WRITER, sample.one(), lang="en"))["documents"][0]["findings"][0]
    assert {key for key in zh if zh[key] != en[key]} == {"message", "cause"}


def test_the_same_result_gives_the_same_bytes(sample: ModuleType, written: Callable[..., str]) -> None:
    """Two results made apart from the same report are written alike."""
    assert written(WRITER, sample.several()) == written(WRITER, sample.several())


def test_a_record_is_a_line(sample: ModuleType, written: Callable[..., str]) -> None:
    """Each finding, claim and untied figure is a line of its own that parses by itself."""
    lines = written(WRITER, sample.one()).splitlines()
    records = [json.loads(line.strip().rstrip(",")) for line in lines if line.startswith("        {")]
    assert len(records) == 8 + 11 + 5 + 1


def test_a_big_result_is_written_in_pieces(sample: ModuleType) -> None:
    """No single write holds more than a small part of a long result."""
    sizes: list[int] = []

    class Stream:
        def write(self, text: str) -> None:
            sizes.append(len(text))

    WRITER.write(sample.long_one(), Stream())  # type: ignore[arg-type]
    assert max(sizes) < sum(sizes) / 50


def test_a_name_that_is_not_text_survives(sample: ModuleType, written: Callable[..., str]) -> None:
    """Lone surrogates, as of a file name in another encoding, are escaped and come back the same."""
    text = written(WRITER, sample.several())
    assert "\\ud800" in text
    assert any("\ud800" in f["message"] for f in json.loads(text)["documents"][3]["findings"])
