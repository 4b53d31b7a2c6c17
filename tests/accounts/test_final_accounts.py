"""Final accounts in the official nine tables: clean ones are silent, each fault is found at its place, in every format."""

from __future__ import annotations

import re
from pathlib import Path

import final_accounts as accounts
import pytest
import sample_documents

from gouji.engine.runner import audit_file
from gouji.model.claim import Verdict
from gouji.model.result import DocumentResult, Finding

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "sample_inputs" / "sources"


def checked(folder: Path, form: str, markup: str) -> DocumentResult:
    """The document in a format, audited; a workbook holds the tables alone."""
    if form == "xlsx":
        markup = markup.partition("## 第三部分 部门决算")[0]
    path = folder / f"accounts.{form}"
    path.write_bytes(sample_documents.MAKERS[form](sample_documents.parse(markup)))
    return audit_file(path)


def touches(finding: Finding, fault: accounts.Fault) -> bool:
    """Whether a finding shows the wrong figure at its own place."""
    return accounts.touches(finding.evidence, fault)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
@pytest.mark.parametrize("seed", [11, 12])
def test_clean_accounts_are_silent(tmp_path: Path, form: str, seed: int):
    """Accounts in which every relation holds pass, whole and without a remark."""
    result = checked(tmp_path, form, accounts.document(seed))
    assert [f.message.zh for f in result.findings] == []
    assert (result.verdict, result.not_checked) == ("pass", ())


@pytest.mark.parametrize("style", [0, 1, 2])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_other_words_and_layouts_are_silent(tmp_path: Path, form: str, style: int):
    """Clean accounts in other words, with codes in three columns, three amounts to a line and “三公” down the side, are silent."""
    result = checked(tmp_path, form, accounts.document(71, style, other=True))
    assert [f.message.zh for f in result.findings] == []
    told = [e for e in result.ledger if e.claim.shape == "accounts" and e.evidence[0].cell is None]
    assert len(told) >= 10


@pytest.mark.parametrize("fault", accounts.FAULTS, ids=lambda f: f.__name__)
def test_one_fault(tmp_path: Path, fault: accounts.Change):
    """One fault gives findings, and each of them shows the wrong figure at its place."""
    markup, (planted,) = accounts.spoilt(21, (fault,))
    findings = checked(tmp_path, "docx", markup).findings
    assert findings
    strays = [f.message.zh for f in findings if not touches(f, planted)]
    assert [
        s for s in strays if fault not in (accounts.told_kind, accounts.cross_table)
    ] == []  # these two hold several figures


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_twelve_faults_at_once(tmp_path: Path, form: str):
    """Of twelve faults in one document, six of them in the narrative, twelve are found."""
    markup, planted = accounts.spoilt(31)
    findings = checked(tmp_path, form, markup).findings
    assert [fault.name for fault in planted if not any(touches(f, fault) for f in findings)] == []
    assert len(planted) == 12


def test_narrative_is_tied_to_the_tables(tmp_path: Path):
    """Nearly every amount of the narrative that the tables hold is tied to its line, not only left without objection."""
    result = checked(tmp_path, "docx", accounts.document(41))
    tied = [e for e in result.ledger if e.claim.shape == "accounts" and e.claim.verdict is Verdict.AGREES]
    assert sum(e.evidence[0].cell is None for e in tied) >= 30


def test_neighbouring_line_is_named(tmp_path: Path):
    """A figure that belongs to another line of the table is said to be that line's."""
    markup, (planted,) = accounts.spoilt(21, (accounts.told_neighbour,))
    (finding,) = [f for f in checked(tmp_path, "docx", markup).findings if planted.quote in f.evidence[0].quote]
    assert finding.cause is not None
    assert "公务员医疗补助" in finding.cause.zh


def test_meetings_beside_the_three_and_budgets_beside_the_accounts(tmp_path: Path):
    """会议费 beside “三公”, and 年初预算数 beside 决算数, are no part of what is compared."""
    a = accounts.draw(63)
    markup = accounts.document(63)
    for old, new in ((accounts.table4(a), accounts.with_budgets(a)), (accounts.table9(a), accounts.with_meetings(a))):
        before, after = ("\n".join(table).replace("## ", "### ") for table in (old, new))
        assert before in markup
        markup = markup.replace(before, after)
    result = checked(tmp_path, "docx", markup)
    assert [f.message.zh for f in result.findings if f.code not in ("AR101", "AR102")] == []
    tied = {o.quantity.raw for e in result.ledger if e.claim.shape == "accounts" for o in e.claim.operands if o.quantity}
    assert accounts.money(a.fiscal_grand) in tied
    assert accounts.money(a.trips["guests"][1]) in tied


def in_yuan(markup: str, start: str, stop: str) -> str:
    """The markup with the amounts between two headings ten thousand times as large."""
    a, b = markup.index(start), markup.index(stop)
    return markup[:a] + re.sub(r"(?<![\d.])(\d+)\.(\d\d)(?!\d)", r"\g<1>\g<2>00.00", markup[a:b]) + markup[b:]


def test_unit_of_the_tables(tmp_path: Path):
    """Tables in 元 under a text in 万元 are silent; one whose 元 are declared as 万元 gives one finding, not one for each figure."""
    markup = accounts.document(61)
    parts = ("## 第二部分", "## 第三部分")
    assert checked(tmp_path, "docx", in_yuan(markup, *parts).replace("单位：万元", "单位：元")).findings == ()
    wrong = checked(tmp_path, "docx", in_yuan(markup, "### 收入支出决算总表", "### 收入决算表")).findings
    assert [(f.code, f.evidence[0].quote) for f in wrong] == [("AR801", "万元")]


def test_completion_is_held_against_the_table(tmp_path: Path):
    """完成预算 of one of the three public expenses is recomputed from the table where the sentence gives no budget."""
    markup = accounts.document(62, 1)
    sentence, rate = re.search(r"3\.公务接待费支出[\d.]+万元，完成预算([\d.]+%)", markup).group(0, 1)
    assert checked(tmp_path, "docx", markup).findings == ()
    (finding,) = checked(tmp_path, "docx", markup.replace(sentence, sentence.replace(rate, "99.9%"))).findings
    assert (finding.code, finding.evidence[0].quote) == ("AR201", "99.9%")
    assert finding.evidence[1].cell is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "{last}年度支出合计999.99万元，其中：基本支出888.88万元，项目支出111.11万元。",
        "本年度支出年初预算为700.00万元，其中：基本支出400.00万元，项目支出300.00万元。",
        "与{last}年度相比，基本支出增加12.34万元，项目支出减少5.67万元。",
        "局机关本级基本支出321.09万元，下属林场项目支出45.67万元。",
        "为保障机关运转，基本支出中工会经费和福利费共安排12.34万元。",
    ],
)
def test_other_years_plans_and_parts_are_left_alone(tmp_path: Path, sentence: str):
    """Last year's figures, planned ones, changes and those of a part of the unit are not held against this year's tables."""
    markup = accounts.document(64)
    last = accounts.draw(64).year - 1
    heading = "### 四、财政拨款收入支出决算总体情况说明"
    assert checked(tmp_path, "docx", markup.replace(heading, sentence.format(last=last) + "\n" + heading)).findings == ()


def test_scope_is_not_a_contradiction(tmp_path: Path):
    """All funds, 财政拨款 and 一般公共预算 differ by carry-over and other income: sentences on each are held against their own table."""
    a = accounts.draw(51)
    assert len({a.spent, a.fiscal_spent, a.general}) == 3
    assert checked(tmp_path, "docx", accounts.document(51)).findings == ()


@pytest.mark.parametrize("name", ["forestry_accounts.docx.md", "forestry_accounts_printed.pdf.md"])
def test_samples_are_the_generators(name: str):
    """The sample accounts are what the generator writes."""
    clean = SAMPLES / "clean" / name
    seeded = SAMPLES / "seeded" / name
    assert clean.read_text("utf-8") == accounts.document(1)
    assert seeded.read_text("utf-8") == accounts.spoilt(2)[0]
