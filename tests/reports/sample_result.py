"""Results made by hand from an invented report, so that the writers are tested without the engine."""

from __future__ import annotations

from hostile_result import HOSTILE, hostile
from report_maker import Maker, entry, finding, result_of, untied

from gouji.model.claim import ClaimKind, Verdict
from gouji.model.document import BlockKind, NotChecked
from gouji.model.result import AuditResult, CheckInfo, Coverage, DocumentResult, Finding, LedgerEntry, Severity
from gouji.model.text import Text

__all__ = [
    "HOSTILE",
    "Maker",
    "Severity",
    "finding",
    "hostile",
    "long_one",
    "one",
    "passed",
    "result_of",
    "returned",
    "several",
]

CATALOGUE = (
    CheckInfo("AR101", "total-mismatch", "arithmetic", Severity.ERROR, Text("合计与分项之和不符", "total mismatch"), "…"),
    CheckInfo("AR201", "rate-mismatch", "arithmetic", Severity.ERROR, Text("执行率与金额不符", "rate mismatch"), "…"),
    CheckInfo("SC101", "grade-score-mismatch", "scoring", Severity.ERROR, Text("等级与得分不符", "grade mismatch"), "…"),
)


def _body(m: Maker) -> dict[str, int]:
    """The invented report; the numbers of the blocks that the findings speak of."""
    m.add("清河市水利局2023年度部门整体支出绩效自评报告", BlockKind.TITLE)
    m.heading("一、部门基本情况")
    m.heading("（一）机构与人员", 2)
    at = {}
    at["staff"] = m.add(
        "清河市水利局为市政府工作部门，内设办公室、规划计划科、水资源管理科、河湖管理科、建设与安全监督科共6个科室，"
        "核定编制48名，年末实有人员45人，其中行政人员27人、事业人员18人。"
    )
    m.heading("（二）年度主要任务", 2)
    at["task"] = m.add("1.完成清河干流12.6公里堤防加固，新建泵站3座；", BlockKind.LIST_ITEM)
    at["supply"] = m.add("2.农村供水保障工程覆盖9个乡镇，受益群众约8.4万人；", BlockKind.LIST_ITEM)
    at["plan"] = m.add("3.计划于2024年6月底前完成智慧水务一期验收。", BlockKind.LIST_ITEM)
    m.heading("二、预算执行情况")
    at["budget"] = m.add(
        "2023年初预算批复2,860.50万元，年中追加312.40万元，全年预算3,172.90万元；实际支出3,046.18万元，预算执行率为97.01%。"
    )
    at["three"] = m.add(
        "“三公”经费支出131.73万元，其中：公务接待费36.89万元，因公出国（境）费7万元，公务用车运行维护费87.83万元。"
    )
    m.add("单位：万元")
    rows = m.table(
        [("支出类别", 2, 1), ("预算数", 1, 2), ("决算数", 2, 1), ("执行率", 2, 1)],
        ["年初预算", "调整后预算"],
        ["人员经费", "1,120.30", "1,156.80", "1,156.80", "100.00%"],
        ["公用经费", "238.60", "241.10", "229.35", "95.13%"],
        ["项目支出", "1,501.60", "1,775.00", "1,660.03", "93.25%"],
        ["合计", "2,860.50", "3,172.90", "3,046.18", "96.01%"],
        header_rows=2,
    )
    at["people"], at["office"], at["project"], at["sum"] = rows[2:]
    m.heading("三、绩效目标完成情况")
    at["score"] = m.add(
        "经自评，2023年度整体支出绩效自评得分为89.5分，评价等级为“优”。其中：投入指标18.5分，过程指标27分，产出指标26分，效果指标18分。"
    )
    at["quality"] = m.add("堤防加固完成率达到100%，供水水质达标率为98.6%，群众满意度不低于95%。")
    m.heading("四、存在的问题")
    at["trouble"] = m.add("一是项目前期工作推进偏慢；二是部分资金下达较晚，，影响了支出进度。")
    m.add("注：本报告数据口径与部门决算一致。", BlockKind.NOTE)
    return at


def _findings(m: Maker, at: dict[str, int]) -> tuple[Finding, ...]:
    e = m.evidence
    return (
        finding(
            "ST301",
            "doubled-punctuation",
            Severity.NOTICE,
            "标点重复：“，，”",
            "doubled punctuation “，，”",
            e(at["trouble"], "，，", "stated"),
        ),
        finding(
            "SC101",
            "grade-score-mismatch",
            Severity.ERROR,
            "得分89.5分对应等级“良”，文中评为“优”",
            "a score of 89.5 is the grade 良, the text says 优",
            e(at["score"], "优", "grade"),
            e(at["score"], "89.5分", "score"),
            stated="优",
            computed="良",
            formula="80 ≤ 89.5 < 90",
        ),
        finding(
            "AR101",
            "total-mismatch",
            Severity.ERROR,
            "“三公”经费支出与分项之和不符",
            "the three public expenses are not the sum of their parts",
            e(at["three"], "131.73万元", "stated"),
            e(at["three"], "36.89万元"),
            e(at["three"], "7万元"),
            e(at["three"], "87.83万元"),
            stated="131.73万元",
            computed="131.72万元",
            difference="0.01万元",
            formula="36.89 + 7 + 87.83",
        ),
        finding(
            "AR201",
            "rate-mismatch",
            Severity.ERROR,
            "预算执行率与支出、预算不符",
            "the execution rate is not expenditure over budget",
            e(at["budget"], "97.01%", "stated"),
            e(at["budget"], "3,046.18万元", "numerator"),
            e(at["budget"], "3,172.90万元", "denominator"),
            stated="97.01%",
            computed="96.01%",
            difference="1.00个百分点",
            formula="3,046.18 ÷ 3,172.90",
            cause=Text("整数位误写", "a digit of the whole part is wrong"),
        ),
        finding(
            "AR201",
            "rate-mismatch",
            Severity.ERROR,
            "项目支出的执行率与决算数、预算数不符",
            "the rate of the projects is not expenditure over budget",
            e(at["project"], "93.25%", "stated"),
            e(at["project"], "1,660.03", "numerator"),
            e(at["project"], "1,775.00", "denominator"),
            stated="93.25%",
            computed="93.52%",
            difference="0.27个百分点",
            formula="1,660.03 ÷ 1,775.00",
            cause=Text("相邻两位数字颠倒", "two digits swapped"),
        ),
        finding(
            "AR301",
            "restatement-mismatch",
            Severity.WARNING,
            "预算执行率前后不一：此处97.01%，表中96.01%",
            "the execution rate is stated twice, differently",
            e(at["budget"], "预算执行率为97.01%", "stated"),
            e(at["sum"], "96.01%", "other"),
            stated="97.01%",
            computed="96.01%",
            difference="1.00个百分点",
        ),
        finding(
            "CL101",
            "count-list-mismatch",
            Severity.WARNING,
            "写明6个科室，列出5个",
            "6 offices are stated, 5 are listed",
            e(at["staff"], "6个", "stated"),
            e(at["staff"], "办公室、规划计划科、水资源管理科、河湖管理科、建设与安全监督科", "item"),
            stated="6个",
            computed="5个",
            difference="1个",
        ),
        finding(
            "AR401",
            "bound-loose",
            Severity.WARNING,
            "满意度只写下限，没有实际值",
            "only a bound, no actual value",
            e(at["quality"], "不低于95%", "stated"),
            waived="市局确认：满意度按问卷下限填报",
        ),
    )


def _ledger(m: Maker, at: dict[str, int]) -> tuple[LedgerEntry, ...]:
    e, kind, verdict = m.evidence, ClaimKind, Verdict
    three, score, budget, total = at["three"], at["score"], at["budget"], at["sum"]
    return (
        entry(kind.COUNT, verdict.DISAGREES, e(at["staff"], "6个", "stated"), computed="5个", formula="列出5项"),
        entry(
            kind.TOTAL,
            verdict.AGREES,
            e(at["staff"], "45人", "stated"),
            e(at["staff"], "27人"),
            e(at["staff"], "18人"),
            computed="45人",
            formula="27 + 18",
            shape="of_which",
        ),
        entry(
            kind.BALANCE,
            verdict.AGREES,
            e(budget, "3,172.90万元", "stated"),
            e(budget, "2,860.50万元", "opening"),
            e(budget, "312.40万元", "part"),
            computed="3,172.90万元",
            formula="2,860.50 + 312.40",
        ),
        entry(
            kind.RATE,
            verdict.DISAGREES,
            e(budget, "97.01%", "stated"),
            e(budget, "3,046.18万元", "numerator"),
            e(budget, "3,172.90万元", "denominator"),
            computed="96.01%",
            difference="1.00个百分点",
            formula="3,046.18 ÷ 3,172.90",
            cause=Text("整数位误写", "a digit is wrong"),
        ),
        entry(
            kind.TOTAL,
            verdict.DISAGREES,
            e(three, "131.73万元", "stated"),
            e(three, "36.89万元"),
            e(three, "7万元"),
            e(three, "87.83万元"),
            computed="131.72万元",
            difference="0.01万元",
            formula="36.89 + 7 + 87.83",
        ),
        entry(
            kind.RATE,
            verdict.AGREES,
            e(at["people"], "100.00%", "stated"),
            e(at["people"], "1,156.80", "numerator", 1),
            e(at["people"], "1,156.80", "denominator"),
            computed="100.00%",
            formula="1,156.80 ÷ 1,156.80",
        ),
        entry(
            kind.RATE,
            verdict.AGREES_BY_ROUNDING,
            e(at["office"], "95.13%", "stated"),
            e(at["office"], "229.35", "numerator"),
            e(at["office"], "241.10", "denominator"),
            computed="95.1265%",
            difference="0.0035个百分点",
            formula="229.35 ÷ 241.10",
        ),
        entry(
            kind.RATE,
            verdict.DISAGREES,
            e(at["project"], "93.25%", "stated"),
            e(at["project"], "1,660.03", "numerator"),
            e(at["project"], "1,775.00", "denominator"),
            computed="93.52%",
            formula="1,660.03 ÷ 1,775.00",
        ),
        entry(
            kind.TOTAL,
            verdict.AGREES,
            e(total, "3,046.18", "stated"),
            e(at["people"], "1,156.80", "part", 1),
            e(at["office"], "229.35"),
            e(at["project"], "1,660.03"),
            computed="3,046.18万元",
            formula="1,156.80 + 229.35 + 1,660.03",
            shape="column",
        ),
        entry(
            kind.SCORE_TOTAL,
            verdict.AGREES,
            e(score, "89.5分", "stated"),
            e(score, "18.5分"),
            e(score, "27分"),
            e(score, "26分"),
            e(score, "18分"),
            computed="89.5分",
            formula="18.5 + 27 + 26 + 18",
        ),
        entry(
            kind.RATE,
            verdict.UNDECIDABLE,
            e(at["quality"], "98.6%", "stated"),
            reason=Text("文中没有达标数与总数", "neither numerator nor denominator is given"),
        ),
    )


def returned() -> DocumentResult:
    """A report with every kind of trouble: errors in text and table, overlapping findings, a waiver, an unread part."""
    m = Maker()
    at = _body(m)
    e = m.evidence
    return result_of(
        m.document("清河市水利局2023年度部门整体支出绩效自评报告", "清河市水利局", 2023),
        "block",
        findings=_findings(m, at),
        ledger=_ledger(m, at),
        untied=(
            untied(e(at["task"], "12.6公里", "untied"), "standalone"),
            untied(e(at["task"], "3座", "untied"), "standalone"),
            untied(e(at["supply"], "8.4万人", "untied"), "hedged"),
            untied(e(at["plan"], "2024年", "untied"), "date_like"),
            untied(e(at["quality"], "98.6%", "untied"), "operand_missing"),
        ),
        coverage=Coverage(38, 33),
        not_checked=(
            NotChecked(Text("附件2的扫描图片", "the scanned picture in annex 2"), Text("没有文字层", "no text layer")),
        ),
    )


def passed() -> DocumentResult:
    """A clean report of two lines."""
    m = Maker(path="样例/通过.pdf", pages=True)
    m.add("平安镇2023年度绩效自评报告", BlockKind.TITLE)
    block = m.add("全年支出12万元，其中：基本支出8万元，项目支出4万元。")
    parts = (m.evidence(block, "12万元", "stated"), m.evidence(block, "8万元"), m.evidence(block, "4万元"))
    claim = entry(ClaimKind.TOTAL, Verdict.AGREES, *parts, computed="12万元", formula="8 + 4")
    document = m.document("平安镇2023年度绩效自评报告", "平安镇人民政府", 2023)
    return result_of(document, "pass", ledger=(claim,), coverage=Coverage(3, 3))


def unreadable() -> DocumentResult:
    """A file that no reader could open."""
    why = NotChecked(Text("整份文件", "the whole file"), Text("文件已加密，需要密码", "encrypted: a password is needed"))
    return DocumentResult("样例/加密.pdf", "unreadable", not_checked=(why,))


def one() -> AuditResult:
    return AuditResult((returned(),), "block", CATALOGUE, "0.1.0")


def several() -> AuditResult:
    return AuditResult((returned(), passed(), unreadable(), hostile()), "unreadable", CATALOGUE, "0.1.0")


def long_one(sections: int = 130) -> AuditResult:
    """A report of about 25,000 characters with hundreds of claims."""
    m = Maker(pages=True)
    m.add("长报告", BlockKind.TITLE)
    ledger, found, loose = [], [], []
    for n in range(sections):
        m.heading(f"{n + 1}、第{n + 1}类项目")
        filler = "各单位按照年初计划组织实施，资金拨付与工程进度基本匹配，资料归档完整，绩效目标按期填报。" * 3
        block = m.add(f"本类项目支出{n + 30}万元，其中：甲项{n + 10}.5万元，乙项19.5万元。{filler}另有{n + 3}处待核。")
        parts = (
            m.evidence(block, f"{n + 30}万元", "stated"),
            m.evidence(block, f"{n + 10}.5万元"),
            m.evidence(block, "19.5万元"),
        )
        ledger.append(entry(ClaimKind.TOTAL, Verdict.AGREES, *parts, computed=f"{n + 30}万元", formula=f"{n + 10}.5 + 19.5"))
        loose.append(untied(m.evidence(block, f"{n + 3}处", "untied"), "standalone"))
        if n % 6 == 0:
            found.append(
                finding(
                    "AR101",
                    "total-mismatch",
                    Severity.ERROR,
                    f"第{n + 1}类合计不符",
                    "total",
                    *parts,
                    stated=parts[0].quote,
                    computed="1万元",
                    difference="1万元",
                    formula="1 + 1",
                )
            )
    document = result_of(
        m.document("长报告", "某局", 2023),
        "block",
        findings=tuple(found),
        ledger=tuple(ledger),
        untied=tuple(loose),
        coverage=Coverage(sections * 4, sections * 3),
    )
    return AuditResult((document,), "block", CATALOGUE, "0.1.0")
