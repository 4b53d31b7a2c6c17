"""The words of the reports in both languages. Data only: a writer looks a name up and prints what it finds.

Keys are the values of the model's enums and the words the engine uses for roles and classes. A key that is not listed
(a kind from a province's own pack, say) is printed as it is, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gouji.model.text import Text

Labels = Mapping[str, Text]


def _labels(**names: tuple[str, str]) -> Labels:
    return MappingProxyType({key: Text(zh, en) for key, (zh, en) in names.items()})


SEVERITIES = _labels(error=("错误", "error"), warning=("警告", "warning"), notice=("提示", "notice"))

GATES = _labels(
    **{"pass": ("通过", "pass")},
    review=("待复核", "for review"),
    block=("退回", "returned"),
    unreadable=("无法读取", "unreadable"),
)

VERDICTS = _labels(
    agrees=("相符", "agrees"),
    agrees_by_rounding=("尾差", "agrees by rounding"),
    disagrees=("不符", "disagrees"),
    undecidable=("无法判定", "undecidable"),
)

KINDS = _labels(
    total=("合计", "total"),
    rate=("执行率", "rate"),
    change=("增减变动", "change"),
    share=("占比", "share"),
    product=("单价乘数量", "product"),
    average=("平均", "average"),
    balance=("收支结余", "balance"),
    count=("计数", "count"),
    score_total=("得分合计", "score total"),
    weight_total=("权重合计", "weight total"),
    execution_score=("预算执行得分", "execution score"),
    indicator_score=("指标得分", "indicator score"),
    grade=("等级", "grade"),
    distribution=("等级分布", "distribution"),
    restatement=("前后重述", "restatement"),
    bound=("限度", "bound"),
    session=("届次", "session"),
    identity=("单位名称", "identity"),
    period=("年度期间", "period"),
)

ROLES = _labels(
    stated=("文中", "stated"),
    total=("总数", "total"),
    part=("分项", "part"),
    item=("列项", "item"),
    numerator=("分子", "numerator"),
    denominator=("分母", "denominator"),
    base=("基数", "base"),
    last=("上年", "last year"),
    this=("本年", "this year"),
    before=("变动前", "before"),
    after=("变动后", "after"),
    difference=("差额", "difference"),
    rate=("比率", "rate"),
    whole=("整体", "whole"),
    factor=("乘数", "factor"),
    unit=("单价", "unit price"),
    quantity=("数量", "quantity"),
    opening=("期初", "opening"),
    closing=("期末", "closing"),
    score=("得分", "score"),
    weight=("权重", "weight"),
    grade=("等级", "grade"),
    budget=("预算数", "budget"),
    spent=("支出数", "spent"),
    current=("本期", "current"),
    previous=("此前", "previous"),
    change=("增减额", "change"),
    plus=("加项", "plus"),
    minus=("减项", "minus"),
    bound=("限度", "bound"),
    target=("目标值", "target"),
    actual=("实际值", "actual"),
    standard=("标准", "standard"),
    value=("数值", "value"),
    count=("数量", "count"),
    number=("序号", "number"),
    list=("所列", "list"),
    restated=("重述", "restated"),
    establishment=("编制", "establishment"),
    amount=("金额", "amount"),
    heading=("标题", "heading"),
    held=("所述", "held"),
    earlier=("前文", "earlier"),
    signed=("报告日期", "report date"),
    contradicts=("相反表述", "contradicts"),
    balance=("余额", "balance"),
    deducted=("扣分", "deducted"),
    capped=("封顶", "capped"),
    elsewhere=("别处", "elsewhere"),
    other=("另一处", "other place"),
    context=("上下文", "context"),
    figure=("数字", "figure"),
    untied=("未勾稽", "not tied"),
)

UNTIED = _labels(
    operand_missing=("缺少运算项", "operand missing"),
    date_like=("年份日期", "date-like"),
    identifier=("编号文号", "identifier"),
    hedged=("约数", "hedged"),
    plan=("计划目标数", "plan figure"),
    table=("表格数字", "figure in a table"),
    standalone=("孤立数字", "standalone"),
)

CHANGES = _labels(
    new=("新增", "new"),
    remaining=("仍在", "remaining"),
    moved=("移位", "moved"),
    unclear=("不明", "unclear"),
    fixed=("已改", "fixed"),
)

EDITS = _labels(
    figures=("数字有改动", "figures"),
    words=("文字有改动", "words"),
    severity=("级别有改动", "severity"),
    waiver=("豁免有改动", "waiver"),
)

STATUS = _labels(
    open=("待核实", "open"),
    corrected=("已整改", "corrected"),
    explained=("已说明", "explained"),
    unfounded=("不属实", "unfounded"),
    waived=("已豁免", "waived"),
)

LEDGER = _labels(
    number=("序号", "No."),
    organisation=("单位", "Unit"),
    year=("年度", "Year"),
    file=("文件", "File"),
    code=("编号", "Code"),
    severity=("级别", "Severity"),
    problem=("问题", "Problem"),
    quote=("原文", "Quote"),
    place=("位置", "Place"),
    stated=("文中", "Stated"),
    computed=("重算", "Recomputed"),
    difference=("相差", "Difference"),
    formula=("算式", "Formula"),
    cause=("可能原因", "Likely cause"),
    basis=("依据", "Rests on"),
    requirement=("要求", "Requirement"),
    status=("状态", "Status"),
    owner=("责任人", "Owner"),
    deadline=("整改期限", "Deadline"),
    remark=("备注", "Remark"),
    fingerprint=("指纹", "Fingerprint"),
)

UI = _labels(
    brand=("绩效报告勾稽核对", "Performance report check"),
    contents=("受检文件", "Documents"),
    file=("文件", "File"),
    unit=("单位", "Unit"),
    year=("年度", "Year"),
    format=("格式", "Format"),
    profile=("规则", "Profile"),
    verdict=("结论", "Verdict"),
    untitled=("（无标题）", "(untitled)"),
    skip=("跳到问题", "Skip to findings"),
    summary=("核对概况", "Summary"),
    coverage=("勾稽覆盖", "Coverage"),
    figures=("个数字", "figures"),
    tied=("已勾稽", "tied"),
    untied=("未勾稽", "not tied"),
    tied_note=("已勾稽是指已经参与重算，不等于无误。", "Tied means recomputed, not proved right."),
    claims=("勾稽关系", "Claims"),
    waived=("已豁免", "waived"),
    waiver=("豁免理由", "Waiver"),
    not_checked=("未核对", "Not checked"),
    not_checked_note=("下列内容没有核对，不能视为通过", "The following was not checked and does not count as passed"),
    nothing_unread=("没有报告未读取的内容。", "Nothing was reported as unread."),
    crashed=("有核对项运行失败，结果不完整", "A check crashed: this result is incomplete"),
    document=("报告原文", "Document"),
    table=("表", "table"),
    no_document=("文件无法读取，没有原文可显示。", "The file could not be read; there is no text to show."),
    findings=("问题", "Findings"),
    ledger=("勾稽台账", "Ledger"),
    no_findings=(
        "没有发现问题。未勾稽与未核对的内容不在此结论之内。",
        "No findings. What is not tied or not checked is outside this statement.",
    ),
    no_claims=("没有找到可以重算的关系。", "No claim to recompute was found."),
    no_untied=("没有未勾稽的数字。", "Every figure is tied to a claim."),
    untied_note=("下列数字没有参与任何重算，请人工核对", "These figures took part in no recomputation; check them by hand"),
    stated=("文中", "Stated"),
    computed=("重算", "Recomputed"),
    expected=("应为", "Expected"),
    difference=("差", "Difference"),
    formula=("算式", "Formula"),
    cause=("可能原因", "Likely cause"),
    reason=("说明", "Reason"),
    quotes=("原文依据", "Evidence"),
    place=("位置", "Place"),
    block=("第 {} 段", "block {}"),
    page=("第 {} 页", "page {}"),
    kind=("类别", "Kind"),
    all=("全部", "All"),
    search=("搜索", "Search"),
    search_hint=("搜索（按 / 键）", "Search (press /)"),
    shown=("显示", "shown"),
    help=("快捷键", "Keyboard"),
    close=("关闭", "Close"),
    key_next=("下一个／上一个问题", "next / previous finding"),
    key_filter=("显示或隐藏 错误／警告／提示", "show or hide errors / warnings / notices"),
    key_tabs=("问题／台账／未勾稽／未核对", "findings / ledger / not tied / not checked"),
    key_search=("搜索", "search"),
    key_help=("显示本帮助", "this help"),
    why=("原因", "why"),
    documents=("份文件", "document(s)"),
    more=("……另有 {} 项未列出，见完整报告。", "… and {} more; see the full report."),
    places=("{} 处", "{} places"),
    more_places=("……另有 {} 处", "… and {} more"),
    basis=("依据", "Rests on"),
    requirement=("要求", "Requirement"),
    ask=("请核实并更正原文，或书面说明理由。", "Please verify, and correct the text or explain in writing."),
    ask_figures=(
        "请核实“{stated}”，按文中数字计算为{computed}；更正原文，或书面说明理由。",
        "Please verify “{stated}”; the figures of the text give {computed}. Correct the text or explain in writing.",
    ),
    ask_label=("建议", "Proposed"),
    how=("怎样核对", "How to check it"),
    how_figures=(
        "在原文中找到编号{n}的标记，按上面的算式用计算器重算，与“{stated}”比较。",
        "Find the marks with number {n} in the text, recompute the formula above, and compare with “{stated}”.",
    ),
    how_words=(
        "在原文中找到编号{n}的标记，对照下列引文。",
        "Find the marks with number {n} in the text and compare the quotations.",
    ),
    so_far=("累计", "sum"),
    catalogue=("检查目录", "Catalogue"),
    checks_count=("gouji {} · {} 项检查", "gouji {} · {} checks"),
    sort_hint=("点击列名排序", "Click a heading to sort"),
    pictures=("图示", "Pictures"),
    picture_coverage=("各部分的勾稽覆盖", "Coverage by section"),
    picture_coverage_note=("深色为已重算的数字", "dark: figures that were recomputed"),
    picture_coverage_words=("{} / {}", "{} / {}"),
    picture_money=("预算、支出与执行率", "Budget, actual and rate"),
    picture_money_note=("框为预算，深色为支出", "outline: budget; dark: actual"),
    picture_money_words=("{0} → {1} · {2}", "{0} → {1} · {2}"),
    picture_score=("得分与等级", "Scores and grades"),
    picture_score_note=("深色为得分，竖线为该等级的下限", "dark: score; line: lower edge of the grade"),
    picture_score_label=("得分", "score"),
    picture_more=("另有 {} 项", "{} more"),
    page_picture=("第 {} 页的页面图", "Picture of page {}"),
    problem_ledger=("问题台账", "Problems"),
    nowhere=("全文", "the whole text"),
    absent=("（无此文件）", "(no such document)"),
    compared=("两版比较", "Two versions compared"),
    old=("旧版", "Old"),
    new=("新版", "New"),
    nothing_to_compare=("两版都没有问题。", "Neither version has findings."),
    footer=(
        "gouji 逐项重算报告中的数字关系。本页可离线打开，不含外部资源。",
        "gouji recomputes what a report claims with figures. This page works offline and loads nothing.",
    ),
)


def name(labels: Labels, key: str, lang: str) -> str:
    """The word for `key` in `lang`, or the key itself where the table has none."""
    found = labels.get(key)
    return found.get(lang) if found else key.replace("_", " ")
