"""A folder of files as one submission: contradictions between files are told with both places, differences of scope are not."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.batch import inputs
from gouji.claims.submission.across import alike, same_unit
from gouji.engine import catalogue, profiles
from gouji.engine.package import File, audit_package
from gouji.model.result import DocumentResult

sys.path.insert(0, str(Path(__file__).parent))
import package_files
import school_files

CODES = {
    "unit": "PK101",
    "year": "PK102",
    "spent": "PK201",
    "reception": "PK201",
    "project": "PK201",
    "score": "PK202",
    "grade": "PK203",
    "indicator": "PK204",
    "list": "PK301",
    "annex": "PK302",
}
Audit = Callable[..., tuple[DocumentResult, ...]]


@pytest.fixture
def audited(tmp_path) -> Audit:
    """The results of the five files with faults planted, the submission's first."""

    def audit(*faults: str) -> tuple[DocumentResult, ...]:
        folder = package_files.write(tmp_path / "-".join(faults or ("clean",)), faults)
        found = catalogue.load()
        files = [File(item.name, lambda item=item: inputs.load(item)) for item in inputs.find([folder]).items]
        return audit_package(str(folder), files, profiles.load(profiles.AUTO, found), found)

    return audit


def told(result: DocumentResult) -> list[tuple[str, str]]:
    return [(f.code, f.evidence[0].quote) for f in result.findings]


def test_clean_submission_is_silent(audited):
    """Five files that tie, with funds of two scopes, carry-over, rounded figures and short names: not a word; what they are is told."""
    submission, *files = audited()
    assert told(submission) == []
    assert [told(f) for f in files] == [[], [], [], [], []]
    assert (submission.verdict, submission.format, submission.organisation) == ("pass", "package", package_files.UNIT)
    assert sum(e.claim.verdict.value == "agrees" for e in submission.ledger) >= 30
    assert submission.document is not None
    kinds = [b.cells[1].text for b in submission.document.blocks if b.cells][1:]
    assert kinds == ["绩效自评报告", "自评表", "自评表", "自评表", "部门决算"]


@pytest.mark.parametrize("fault", CODES)
def test_one_contradiction_is_told_with_both_places(audited, fault):
    """Each planted contradiction is told by its own check, the evidence quoting two files; no other check speaks."""
    submission = audited(fault)[0]
    assert {f.code for f in submission.findings} == {CODES[fault]}
    for finding in submission.findings:
        assert len({e.document for e in finding.evidence}) >= 2
        assert all(e.quote and e.context[e.start : e.end] == e.quote for e in finding.evidence)


def test_ten_contradictions_at_once_are_all_told(audited):
    """Planted together they are told each: the figures, the names, the lists."""
    submission = audited(*CODES)[0]
    quotes = {e.quote for f in submission.findings for e in f.evidence[:2]}
    assert {f.code for f in submission.findings} == set(CODES.values())
    assert {"1937.16万元", "6.90万元", "408.45万元", "98.69分", "良", "36.8公里", "青岭市水务局", "2022"} <= quotes
    assert {"水质自动监测", "绩效目标批复文件"} <= quotes


def test_second_submission_in_other_layouts(tmp_path):
    """Three forms in one workbook, accounts as a web page, projects as list items: silent when clean, ten of ten told when not."""
    found = catalogue.load()
    told_of = []
    for wrong in (False, True):
        folder = school_files.write(tmp_path / str(wrong), wrong=wrong)
        files = [File(item.name, lambda item=item: inputs.load(item)) for item in inputs.find([folder]).items]
        submission, *single = audit_package(str(folder), files, profiles.load(profiles.AUTO, found), found)
        told_of.append(told(submission))
        if not wrong:
            assert [told(f) for f in single] == [[], [], [], []]
    assert told_of[0] == []
    quotes = {quote for _, quote in told_of[1]}
    assert {"1.68万平方米", "8,642人", "96.7分", "903.4万元", "22,681.30万元", "8,525.17万元"} <= quotes
    assert {"94.68分", "中", "30,958.22万元", "1,210人次"} <= quotes
    assert quotes - {"94.10%"} <= {w for _, instead in school_files.WRONG for w in _figures(instead)}


def _figures(words: str) -> list[str]:
    """The figures and the grade in words of the report, with the units that follow them there."""
    text = school_files.REPORT
    for old, new in school_files.WRONG:
        text = text.replace(old, new)
    at = text.index(words)
    return re.findall(r"[\d,.]+(?:万平方米|万元|人次|人|分|%)|中", text[at : at + len(words) + 4])


REPORT = """云港市水务局2023年度部门整体支出绩效自评报告
一、部门概况
本局负责水资源管理和河道治理，编制46人，年末在职43人，内设办公室、财务科、工程科等科室。
二、预算执行情况
{text}
三、存在问题
支付集中在第四季度，需要加快前期工作，并按季度通报进度，同时把支付情况纳入考核。
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全年财政拨款支出1915.66万元，用于机关运转和项目建设。", []),
        ("全年支出1973.2万元，用于机关运转和项目建设。", []),
        ("全年支出0.1973亿元，用于机关运转和项目建设。", []),
        ("2022年全年支出1802.35万元，用于机关运转和项目建设。", []),
        ("全年支出1915.66万元，用于机关运转和项目建设。", []),
        ("纳入绩效评价的专项资金支出812.30万元，用于项目建设。", []),
        ("全年支出1937.16万元，用于机关运转和项目建设。", ["error"]),
        ("全年支出1788.40万元，用于机关运转和项目建设。", ["warning"]),
        ("全年支出1973.16万元，其中财政拨款基本支出1108.60万元，项目支出807.06万元。", []),
        ("“三公”经费支出18.60万元，比上年减少0.40万元。", []),
    ],
)
def test_scopes_are_respected(text, codes):
    """Against the accounts: other funds, other years, rounded figures and parts are no contradiction; a slip of digits is an error."""
    found = catalogue.load()
    make = package_files.script()
    accounts = make.to_pdf(make.parse(package_files.texts()["accounts"]))
    files = [File("报告.txt", REPORT.format(text=text).encode), File("决算.pdf", lambda: accounts)]
    submission = audit_package("s", files, profiles.load(profiles.AUTO, found), found)[0]
    assert [f.severity.value for f in submission.findings if f.code == "PK201"] == codes
    assert {f.code for f in submission.findings} <= {"PK201"}


def test_indicator_of_one_project_is_not_held_against_another(tmp_path):
    """Two projects have an indicator of one name: what the report says of the one is not held against the form of the other."""
    found = catalogue.load()
    make = package_files.script()
    form = make.to_docx(make.parse(package_files.texts()["form_a"]))
    whole = make.to_docx(make.parse(package_files.texts()["form"]))
    text = "（一）河道清淤整治项目。受益群众满意度达到{0}%。\n（二）水质自动监测项目。受益群众满意度达到{1}%。"
    for figures, quotes in ((("94", "97"), []), (("97", "94"), ["97%"])):
        files = [
            File("报告.txt", REPORT.format(text=text.format(*figures)).encode),
            File("表1.docx", lambda: form),
            File("表2.docx", lambda: whole),
        ]
        submission = audit_package("s", files, profiles.load(profiles.AUTO, found), found)[0]
        assert [f.evidence[0].quote for f in submission.findings if f.code == "PK204"] == quotes


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("云港市水务局", "市水务局（本级）", True),
        ("云港市水务局", "云港市水务局机关", True),
        ("云港市水务局", "青山市水务局", False),
        ("云港市水务局", "云港市水利局", False),
        ("中共云港市委宣传部", "云港市委宣传部", True),
    ],
)
def test_names_of_one_unit(a, b, same):
    """A unit goes by its full and its short name; another place or another bureau is another unit."""
    assert same_unit(a, b) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("河道清淤整治项目", "河道清淤整治", True),
        ("2023年河道清淤整治专项资金", "河道清淤整治", True),
        ("河道清淤整治", "泵站维修养护", False),
        ("农村公路养护", "农村公路建设", False),
    ],
)
def test_names_of_one_project(a, b, same):
    """A project's name without its year and what every project is called."""
    assert alike(a, b) is same


def test_command_line_reads_a_folder_or_a_zip_alike(gouji, tmp_path):
    """`gouji check --package` over a folder and over its zip gives the same findings, and each names its files."""
    folder = package_files.write(tmp_path / "in", ("score", "annex"))
    archive = tmp_path / "in.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    results = [json.loads(gouji("check", "--package", path, "--format", "json").stdout) for path in (folder, archive)]
    said = [[(f["code"], f["evidence"][0]["quote"]) for f in r["documents"][0]["findings"]] for r in results]
    assert said[0] == said[1]
    assert {code for code, _ in said[0]} == {"PK202", "PK302"}
    assert [d["format"] for d in results[0]["documents"]] == ["package", "docx", "docx", "xlsx", "pdf", "pdf"]
    assert all(e["document"] for f in results[0]["documents"][0]["findings"] for e in f["evidence"])
    html = tmp_path / "out.html"
    done = gouji("check", "--package", archive, "--format", "html", "-o", html)
    assert done.returncode == 1
    assert "附件3.泵站维修养护项目绩效自评表.pdf" in html.read_text("utf-8")


def test_what_cannot_be_read_is_said_and_blocks_a_pass(gouji, tmp_path):
    """A broken file of a submission is named as not held against the others; no folder, an empty one, other files beside it: usage."""
    folder = package_files.write(tmp_path / "in")
    (folder / "附件5.坏文件.docx").write_bytes(b"PK\x03\x04broken")
    result = json.loads(gouji("check", "--package", folder, "--format", "json").stdout)
    assert any("坏文件" in n["what"] for n in result["documents"][0]["not_checked"])
    assert result["documents"][0]["verdict"] == "review"
    empty = tmp_path / "empty"
    empty.mkdir()
    for wrong in ((empty,), (folder, folder), (folder / "附件5.坏文件.docx",), (tmp_path / "none",)):
        assert gouji("check", "--package", *wrong).returncode == 2
