"""Reports against the bureau's ledger of payments: every planted difference told, no other; matches by name shown, never silent."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.claims.accounts.actuals import Paid, match
from gouji.engine import actuals, catalogue, profiles
from gouji.engine.actuals import ActualsError
from gouji.engine.package import File, audit_against
from gouji.model.fact import Span
from gouji.model.result import DocumentResult

sys.path.insert(0, str(Path(__file__).parent))
import ledger_files

CODES = {"spent": "PK401", "budget": "PK401", "rate": "PK401", "unreported": "PK402", "unpaid": "PK403"}
HEAD = "预算单位,项目名称,年度,全年预算（元）,支付金额（元）\n"
REPORT = """云港区水务局2023年度项目支出绩效自评报告
一、基本情况
云港区水务局机关编制26人，内设办公室、财务科、业务科等科室，项目资金由区级财政预算安排。
二、项目实施情况
（一）{name}
全年预算60.00万元，实际支出{spent}万元。{more}
三、存在问题
部分项目支付集中在第四季度，需要加快前期工作，并按季度通报支付进度。
"""


def against(ledger: Path, *reports: str, how: actuals.Columns | None = None) -> tuple[DocumentResult, ...]:
    found = catalogue.load()
    files = [File(f"{n}.txt", text.encode) for n, text in enumerate(reports)]
    return audit_against(files, profiles.load(profiles.AUTO, found), found, actuals.load(ledger, how))


def told(result: DocumentResult) -> list[tuple[str, str, str]]:
    return [(f.code, f.severity.value, f.evidence[0].quote) for f in result.findings if f.code.startswith("PK4")]


def test_planted_differences_are_told_and_no_other(tmp_path):
    """Ten reports against a ledger in instalments over two years: five carry one difference each, and just these are told."""
    ledger, planted = ledger_files.write(tmp_path, 10, 400, 5, seed=7)
    files = sorted((tmp_path / "reports").iterdir())
    results = against(ledger, *(f.read_text("utf-8") for f in files))
    for file, result in zip(files, results, strict=True):
        found = told(result)
        if file.name not in planted:
            assert found == [], file.name
            continue
        fault, wrong = planted[file.name]
        assert [code for code, _, _ in found] == [CODES[fault]]
        (finding,) = [f for f in result.findings if f.code == CODES[fault]]
        assert wrong in finding.message.zh + finding.evidence[0].quote
        assert any(e.document == str(ledger) for e in finding.evidence)


def written(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    file = tmp_path / "ledger.csv"
    file.write_text(head + "\n".join(rows) + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "spent", "row", "expected"),
    [
        ("河道清淤整治项目", "57.00", "云港区水务局,河道清淤整治,2023,600000,570000", []),
        ("河道清淤整治项目", "57.00", "区水务局（本级）,河道清淤整治,2023,600000,570000", []),
        ("河道清淤整治项目", "57.00", "云港区水务局,河道清淤整治,2023,600000,569996.12", []),
        ("河道清淤整治项目", "58.00", "云港区水务局,河道清淤整治,2023,600000,570000", [("PK401", "error", "58.00万元")]),
        ("城区河道清淤整治", "58.00", "云港区水务局,区河道清淤整治,2023,600000,570000", [("PK401", "warning", "58.00万元")]),
        ("河道清淤整治项目", "58.00", "云港区水务局,河道清淤整治,2022,600000,570000", []),
        ("河道清淤整治项目", "58.00", "青岭区水务局,河道清淤整治,2023,600000,570000", []),
        (
            "河道清淤整治一期",
            "57.00",
            "云港区水务局,河道清淤整治二期,2023,600000,570000",
            [("PK402", "warning", "河道清淤整治二期"), ("PK403", "warning", "57.00万元")],
        ),
    ],
)
def test_names_units_and_years(tmp_path, name, spent, row, expected):
    """A match that is not exact makes a warning; another stage, year or unit is another project; rounded figures agree."""
    (result,) = against(written(tmp_path, row), REPORT.format(name=name, spent=spent, more=""))
    assert sorted(told(result)) == expected


def test_unit_without_rows_is_not_passed_in_silence(tmp_path):
    """A report whose unit or year the ledger does not hold is named as not held against payments, and does not pass."""
    (result,) = against(
        written(tmp_path, "云港区林业局,森林防火,2023,600000,570000"),
        REPORT.format(name="河道清淤整治", spent="57.00", more=""),
    )
    assert any("台账中没有该单位该年度的记录" in n.why.zh for n in result.not_checked)
    assert result.verdict == "review"


def test_score_of_a_match_is_shown(tmp_path):
    """What was matched with what, and how alike the names are, stands in the finding; of an unmatched one the nearest."""
    rows = ("云港区水务局,河道清淤整治工程,2023,600000,570000", "云港区水务局,泵站更新,2023,400000,380000")
    (result,) = against(written(tmp_path, *rows), REPORT.format(name="河道清淤整治", spent="58.00", more=""))
    messages = [f.message.zh for f in result.findings if f.code.startswith("PK4")]
    assert any("名称相似度100" in m for m in messages)
    assert any("泵站更新" in m for m in messages)


def test_each_project_is_matched_once_and_the_best_first():
    """Of two names near one project the nearer has it; numbers must be the same."""
    span = Span(0, 0, 1)
    paid = [
        Paid("局", name, 2023, None, Decimal(1), span, (span,))
        for name in ("农村公路养护", "农村公路建设一期", "农村公路建设二期")
    ]
    pairs, nearest = match(["农村公路建设二期", "农村公路养护经费", "农村公路建设三期"], paid, 85)
    assert {(m.project, m.paid.project) for m in pairs} == {
        ("农村公路建设二期", "农村公路建设二期"),
        ("农村公路养护经费", "农村公路养护"),
    }
    assert nearest["农村公路建设三期"][1] > 80


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_ledgers_of_three_formats_say_the_same(tmp_path, suffix):
    """Delimited text, a spreadsheet and Parquet, with names of columns as they come, give one ledger."""
    rows = [("云港区水务局", "河道清淤整治", 2023, 60.0, 30.0), ("云港区水务局", "河道清淤整治", 2023, 60.0, 27.5)]
    head = ("单位", "项目", "年份", "预算数（万元）", "支出数（万元）")
    file = tmp_path / f"ledger{suffix}"
    if suffix == ".csv":
        file.write_text("\n".join(",".join(map(str, row)) for row in (head, *rows)), "utf-8")
    elif suffix == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        for row in (head, *rows):
            book.active.append(row)
        book.save(file)
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({name: [row[n] for row in rows] for n, name in enumerate(head)}), file)
    (entry,) = actuals.load(file).paid
    assert (entry.unit, entry.project, entry.year) == ("云港区水务局", "河道清淤整治", 2023)
    assert (entry.budget, entry.spent, len(entry.payments)) == (600_000, 575_000, 2)


def test_columns_are_mapped_by_a_file(gouji, tmp_path):
    """A TOML names the columns and the unit of money; what was taken is printed; a wrong key, or no such column, is a usage error."""
    book = written(tmp_path, "水务,云港区水务局,河道清淤整治,2023,57.00", head="口,单位全称,事项,年,已付\n")
    report = tmp_path / "report.txt"
    report.write_text(REPORT.format(name="河道清淤整治", spent="58.00", more=""), "utf-8")
    how = tmp_path / "map.toml"
    how.write_text('money = "万元"\n[columns]\nunit = "单位全称"\nproject = "事项"\nyear = "年"\nspent = "已付"\n', "utf-8")
    done = gouji("check", report, "--actuals", book, "--actuals-map", how, "--format", "json")
    assert "PK401" in [f["code"] for f in json.loads(done.stdout)["documents"][0]["findings"]]
    assert "项目＝“事项”" in done.stderr
    assert gouji("check", report, "--actuals", book).returncode == 2
    how.write_text('[columns]\nprojekt = "事项"\n', "utf-8")
    wrong = gouji("check", report, "--actuals", book, "--actuals-map", how)
    assert (wrong.returncode, "projekt" in wrong.stderr) == (2, True)


def test_broken_ledgers_are_refused_with_file_and_reason(tmp_path):
    """No such file, no table, a Parquet file that is none: the file is named with the reason, nothing is raised but that."""
    none, empty, parquet = tmp_path / "none.csv", tmp_path / "empty.csv", tmp_path / "bad.parquet"
    empty.write_text("甲,乙\n1,2\n", "utf-8")
    parquet.write_bytes(b"PAR1 nothing")
    for file in (none, empty, parquet):
        with pytest.raises(ActualsError) as caught:
            actuals.load(file)
        assert file.name in caught.value.reason.zh
