"""The formats that programs read: valid by their schemas, safe whatever a submission holds, whole."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from gouji.model.result import AuditResult
from gouji_reports import annotations, jsonl, junit, markdown, sarif
from gouji_reports import csv as table

HERE = Path(__file__).parent
RESULTS = ["one", "several", "long_one"]


@pytest.fixture(scope="module")
def log(sample: ModuleType, written: Callable[..., str]) -> Any:
    return json.loads(written(sarif.WRITER, sample.several()))["runs"][0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", RESULTS)
def test_sarif_is_valid(name: str, lang: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Every result, a hostile one too, keeps the schema of SARIF 2.1.0."""
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(written(sarif.WRITER, getattr(sample, name)(), lang=lang)))


def test_sarif_of_nothing_is_valid(written: Callable[..., str]) -> None:
    """A run over no document is a run."""
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(written(sarif.WRITER, AuditResult((), "unreadable"))))


def test_sarif_tells_every_finding_with_its_rule(log: Any, sample: ModuleType) -> None:
    """Rule, level, place, fingerprint and figures of each finding; the manual is the rule's help."""
    found = [f for d in sample.several().documents for f in d.findings]
    assert sorted(r["partialFingerprints"]["gouji/v1"] for r in log["results"]) == sorted(f.fingerprint for f in found)
    rules = log["tool"]["driver"]["rules"]
    assert all(rule["help"]["text"] for rule in rules)
    for result in log["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = log["results"][0]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]


def test_sarif_suppresses_what_is_waived_and_notes_what_was_not_checked(log: Any, sample: ModuleType) -> None:
    """A waived finding stays, suppressed with its reason; a run with an unreadable file has not succeeded."""
    waived = [f.waived for d in sample.several().documents for f in d.findings if f.waived is not None]
    assert waived
    said = [r["suppressions"][0]["justification"] for r in log["results"] if "suppressions" in r]
    assert sorted(said) == sorted(waived)
    (invocation,) = log["invocations"]
    assert invocation["executionSuccessful"] is False
    missed = sum(len(d.not_checked) for d in sample.several().documents)
    assert len(invocation["toolExecutionNotifications"]) == missed > 0


@pytest.mark.parametrize("name", RESULTS)
def test_junit_is_valid(name: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Every result, a hostile one too, keeps the schema that Jenkins reads, and its counts are those of its cases."""
    schema = etree.XMLSchema(etree.parse(HERE / "schemas" / "junit-10.xsd"))
    tree = etree.fromstring(written(junit.WRITER, getattr(sample, name)()).encode())
    schema.assertValid(tree)
    for suite in tree:
        assert int(suite.get("tests")) == len(suite)
        assert int(suite.get("failures")) == len(suite.xpath("testcase[failure]"))
        assert int(suite.get("errors")) == len(suite.xpath("testcase/error"))
        assert int(suite.get("skipped")) == len(suite.xpath("testcase/skipped"))


def test_junit_shows_nothing_unchecked_as_passed(sample: ModuleType, written: Callable[..., str]) -> None:
    """A file that could not be read has no passed case; what was not checked is an error; a notice fails nothing."""
    result = sample.several()
    tree = etree.fromstring(written(junit.WRITER, result).encode())
    for suite, document in zip(tree, result.documents, strict=True):
        assert len(suite.xpath("testcase/error")) == len(document.not_checked)
        if document.verdict == "unreadable":
            assert not suite.xpath("testcase[not(error)]")
        failing = {f.code for f in document.findings if f.waived is None and f.severity.value != "notice"}
        assert {c.get("name").split()[0] for c in suite.xpath("testcase[failure]")} == failing


def test_csv_computes_nothing(sample: ModuleType, written: Callable[..., str]) -> None:
    """No cell begins as a formula, whatever the submission says; every finding and every unread part is a row."""
    result = sample.several()
    first = result.documents[0]
    evil = replace(
        first.findings[0], stated="=HYPERLINK(1)", computed="+1", difference="-5万元", formula="@SUM(A1)", waived="\t=1"
    )
    result = replace(result, documents=(replace(first, findings=(evil, *first.findings[1:])), *result.documents[1:]))
    text = written(table.WRITER, result)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == sum(len(d.findings) + len(d.not_checked) for d in result.documents)
    assert not [value for row in rows for value in row.values() if value[:1] in {*"=+-@\t\r"}]
    assert "'=HYPERLINK(1)" in {row["stated"] for row in rows}
    assert {row["severity"] for row in rows} == {"error", "warning", "notice", "not_checked"}


@pytest.mark.parametrize("name", RESULTS)
def test_markdown_is_dead(name: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Rendered, no link, picture, tag or mention of a submission lives; the comment fits GitHub's limit."""
    text = written(markdown.WRITER, getattr(sample, name)())
    assert len(text) < 65_000
    html = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(text)
    assert set(re.findall(r"<(\w+)", html)) <= {
        "h2",
        "h3",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
        "p",
        "strong",
        "br",
        "blockquote",
    }
    assert not re.search(r"@\w|https?://|www\.", text)


def test_markdown_shows_words_as_they_are(sample: ModuleType, written: Callable[..., str]) -> None:
    """What is escaped renders as the author's words, and counts and verdicts stand in the table."""
    text = written(markdown.WRITER, sample.several())
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "97.01%" in html
    assert html.count("<tr>") == 1 + len(sample.several().documents)


def test_long_markdown_says_what_it_leaves_out(sample: ModuleType, written: Callable[..., str]) -> None:
    """Thousands of findings end with the number of those that are not listed."""
    result = sample.one()
    many = replace(result.documents[0], findings=result.documents[0].findings * 500)
    text = written(markdown.WRITER, replace(result, documents=(many,)))
    listed = text.count("\n- ")
    left = re.search(r"另有 (\d+) 项", text)
    assert left
    assert listed + int(left[1]) == len(many.findings) + len(many.not_checked)


def test_json_lines_are_records(sample: ModuleType, written: Callable[..., str]) -> None:
    """Each line is a record that names its document; all records of the result are there."""
    result = sample.several()
    records = [json.loads(line) for line in written(jsonl.WRITER, result).splitlines()]
    kinds = [r["record"] for r in records]
    assert kinds[0] == "run"
    for kind, count in (
        ("document", len(result.documents)),
        ("finding", sum(len(d.findings) for d in result.documents)),
        ("claim", sum(len(d.ledger) for d in result.documents)),
        ("untied", sum(len(d.untied) for d in result.documents)),
        ("not_checked", sum(len(d.not_checked) for d in result.documents)),
    ):
        assert kinds.count(kind) == count
    assert all("path" in r for r in records[1:])


@pytest.mark.parametrize("name", RESULTS)
def test_github_commands_are_one_line_each(name: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """A submission cannot write a workflow command of its own, nor end one."""
    result = getattr(sample, name)()
    lines = written(annotations.GITHUB, result).splitlines()
    assert len(lines) == sum(len(d.findings) + len(d.not_checked) for d in result.documents)
    assert all(re.match(r"::(error|warning|notice) file=[^:,]+(,line=\d+)?,title=[^:]+::", line) for line in lines)


@pytest.mark.parametrize("name", RESULTS)
def test_gitlab_issues_are_complete(name: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Each issue has what GitLab asks for, and a fingerprint of its own."""
    issues = json.loads(written(annotations.GITLAB, getattr(sample, name)()))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    keys = [i["fingerprint"] for i in issues]
    if name != "long_one":  # whose findings, made in a loop, share theirs
        assert len(set(keys)) == len(keys)


def test_a_line_is_a_line_of_a_text_file(tmp_path: Path, written: Callable[..., str]) -> None:
    """Of a text file the annotation names the line itself, not the paragraph."""
    from gouji.engine.runner import audit

    file = tmp_path / "r.txt"
    file.write_text(
        "部门整体支出绩效自评报告\n\n\n\n一、基本情况\n\n2023年项目支出合计10万元，其中：甲项目4万元，乙项目7万元。\n", "utf-8"
    )
    (line,) = written(annotations.GITHUB, audit([file])).splitlines()
    assert ",line=7," in line


def test_every_writer_is_installed() -> None:
    """The formats come through the entry points, each under its own name."""
    for point in entry_points(group="gouji.writers"):
        assert point.load().name == point.name
