"""The words of the summary in both languages. Data only."""

from __future__ import annotations

from gouji.model.text import Text

THEMES = {
    "AR": Text("计算", "arithmetic"),
    "SC": Text("评分", "scoring"),
    "CL": Text("陈述", "claims"),
    "CP": Text("照抄", "copying"),
    "ST": Text("结构", "structure"),
    "DT": Text("日期", "dates"),
    "PK": Text("附表", "package"),
}

WORDS = {
    "title": Text("批次汇总", "Batch summary"),
    "brand": Text("勾稽", "gouji"),
    "lead": Text(
        "{documents} 份文件，{units} 个单位，规则集 {profile}", "{documents} documents of {units} units, profile {profile}"
    ),
    "verdict": Text("结论", "Verdict"),
    "errors": Text("错误", "Errors"),
    "of_warnings": Text("另有警告 {warnings}、提示 {notices}", "besides {warnings} warnings, {notices} notices"),
    "amount": Text("涉及金额", "Amount at stake"),
    "amount_note": Text("各错误差额之和，仅计金额类", "differences of the errors, where they are money"),
    "claims": Text("勾稽关系", "Claims recomputed"),
    "of_claims": Text("相符 {a}，不符 {d}，无法判定 {u}", "{a} agree, {d} disagree, {u} undecidable"),
    "coverage": Text("数字覆盖率", "Figures tied"),
    "of_figures": Text("{quantities} 处数字，{tied} 处参与重算", "{tied} of {quantities} figures take part in a recomputation"),
    "units": Text("各单位", "Units"),
    "unit": Text("单位", "unit"),
    "documents": Text("文件", "documents"),
    "no_unit": Text("（未写明单位）", "(no unit named)"),
    "warnings": Text("警告", "Warnings"),
    "codes": Text("问题种类", "Kinds of fault"),
    "fault": Text("问题", "fault"),
    "severity": Text("级别", "severity"),
    "found": Text("处数", "findings"),
    "matrix": Text("单位与问题", "Faults by unit"),
    "matrix_note": Text("错误与警告的处数", "errors and warnings"),
    "stakes": Text("金额最大的错误", "Largest amounts"),
    "finding": Text("错误", "error"),
    "bins": Text("覆盖率分布", "Coverage of the documents"),
    "bins_note": Text(
        "参与重算的数字所占比例；没有数字的文件不计", "share of figures tied; documents without figures left out"
    ),
    "worst": Text("问题最多的二十份", "The worst twenty"),
    "document": Text("文件", "document"),
    "reasons": Text("未检查之处", "What was not checked"),
    "reason": Text("原因", "reason"),
    "places": Text("处数", "places"),
    "skipped": Text("略过的文件", "Files passed over"),
    "example": Text("例如", "such as"),
    "nothing": Text("无", "none"),
    "list": Text("文件清单", "Documents"),
    "all_documents": Text("全部 {n} 份文件", "all {n} documents"),
    "some_documents": Text("符合所选条件的 {n} 份文件", "{n} documents behind the chosen figure"),
    "show_all": Text("显示全部", "show all"),
    "more": Text("再显示 200 份", "200 more"),
    "hint": Text(
        "点击页面上任一数字，这里列出它背后的文件", "choose any figure on the page: the documents behind it are listed here"
    ),
    "report": Text("报告", "report"),
    "noscript": Text("列表需要脚本；各表已在上文列出。", "The list needs scripts; the tables above do not."),
}
