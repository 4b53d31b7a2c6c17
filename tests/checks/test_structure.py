"""The checks of numbering, required contents and the integrity of the text."""

from __future__ import annotations

import pytest

from gouji.model.document import MarkerStyle
from gouji_checks.outline import numeral


def outline(*headings: str) -> str:
    """A text with a sentence under every heading."""
    return "\n".join(f"{h}\n本节说明本单位有关工作的组织实施和资金使用情况，各项制度执行到位。" for h in headings)


def test_gap_is_reported_at_the_heading_after_it(found):
    """一 二 三 五 六: the finding stands on 五 and there is one."""
    text = outline("一、部门概况", "二、资产管理", "三、绩效情况", "五、存在问题", "六、改进措施")
    assert found("ST1", text) == [("ST101", "warning", "五、存在问题")]


def test_gap_of_second_level_headings(found):
    """（一） （三） under one parent is a gap; （一） under the next parent is not."""
    text = outline("一、收支情况", "（一）收入情况", "（三）结余情况", "二、绩效情况", "（一）产出情况")
    assert found("ST1", text) == [("ST101", "warning", "（三）结余情况")]


@pytest.mark.parametrize(
    "text",
    [
        outline("一、概况", "二、收支", "三、绩效", "四、问题"),
        outline("一、概况", "（一）职能", "（二）人员", "二、收支", "（一）收入", "（二）支出", "三、问题"),
        outline("第一部分 概况", "一、职能", "二、机构", "第二部分 决算说明", "一、收入", "二、支出"),
        outline(
            "一、概况", "1、职能", "2、人员", "二、收支", "1、收入", "2、支出", "（1）基本支出", "（2）项目支出", "三、问题"
        ),
        "一、概况\n本单位负责水利工作。二、收支\n全年支出按计划执行。\n三、问题\n支付偏慢。",
        "一、概况\n本单位负责水利工作。\n二、收支\n全年支出按计划执行。\n附件2\n防汛项目支出绩效自评报告\n一、项目概况\n项目按期完成。\n二、成效\n成效明显。",
        outline("一、概况", "1、职能", "2、人员", "1、在编", "2、聘用", "3、退休", "3、资产", "二、收支"),
        outline("一、指标", "（一）投入", "（二）过程")
        + "\n效益指标\n"
        + outline("（一）社会效益", "（二）生态效益", "二、问题"),
        outline("一、概况", "二、收支") + "\n三 绩效情况\n各项任务完成。\n" + outline("四、问题"),
        "目录\n一、概况\n二、收支\n三、问题\n" + outline("一、概况", "二、收支", "三、问题"),
    ],
)
def test_sound_outlines_are_silent(found, text):
    """Parts, sub-lists, attachments, a contents page and a heading run into a paragraph are no faults of numbering."""
    assert found("ST10", text) == []


def test_pasted_section_is_one_finding(found):
    """一、（三） and then 一、 二、 三、 again, and the old 二、 after that: one restart, at the first pasted heading."""
    text = outline(
        "一、基本情况",
        "（一）机构组成",
        "（二）机构职能",
        "（三）年度任务",
        "一、强化引领",
        "（一）加强学习",
        "二、聚焦主业",
        "（一）抓好监督",
        "三、创新载体",
        "（四）绩效目标",
        "二、收支情况",
        "三、绩效管理",
        "四、评价结论",
    )
    assert found("ST10", text) == [("ST102", "warning", "一、强化引领")]


def test_number_used_twice(found):
    """（三） and again （三） or, after （四）, （三） under one parent."""
    text = outline("一、工作任务", "（一）会议", "（二）监督", "（三）代表", "（四）信访", "（三）制度")
    assert found("ST10", text) == [("ST103", "warning", "（三）制度")]


def test_mixed_first_level(found):
    """1、 among 二、 and 三、: one warning that names the odd headings."""
    text = outline("1、组织情况", "二、目标实现情况", "三、评价结论", "4、整改措施", "五、下一步打算")
    codes = found("ST10", text)
    assert [c[:2] for c in codes] == [("ST104", "warning")]
    assert codes[0][2] == "1、组织情况"


def test_mixed_second_level_is_a_notice(found):
    """（一） （2） （三） is worth a look."""
    text = outline("一、基本情况", "（一）部门概况", "（2）收支情况", "（三）绩效目标", "二、自评开展情况")
    assert found("ST10", text) == [("ST104", "notice", "（2）收支情况")]


LIST = "1.完善管理制度，落实责任分工。\n2.加强资金监管，严格审核支付。\n"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("3.开展绩效培训，提高业务水平。", []),
        ("4.开展绩效培训，提高业务水平。", [("ST105", "warning", "4.开展绩效培训，提高业务水平。")]),
        ("2.开展绩效培训，提高业务水平。", [("ST105", "warning", "2.开展绩效培训，提高业务水平。")]),
        ("下一步打算如下：\n1.开展绩效培训，提高业务水平。", []),
        ("二、改进措施\n1.开展绩效培训，提高业务水平。\n2.强化结果应用，优化支出结构。", []),
    ],
)
def test_lists_are_counted(found, rest, expected):
    """A skipped or doubled number is reported, a new list is not."""
    assert found("ST105", f"一、主要做法\n{LIST}{rest}") == expected


TITLE = "平岭县水务局2023年度部门整体支出绩效自评报告\n"
WORDS = outline(
    "一、部门概况",
    "二、工作开展情况",
    "三、绩效情况",
    "四、存在问题",
    "五、改进措施",
    "六、其他说明",
    "七、有关附件",
    "八、联系方式",
)


def test_report_without_a_figure(found):
    """A performance report that states no amount, rate or score is reported on its title."""
    assert found("ST106", TITLE + WORDS) == [("ST106", "warning", TITLE.strip())]


@pytest.mark.parametrize("figure", ["全年支出120.5万元。", "预算执行率98.5%。", "自评得分96分。"])
def test_one_figure_is_enough(found, figure):
    """One amount, execution rate or score makes the report checkable."""
    assert found("ST106", TITLE + WORDS + "\n" + figure) == []


def test_short_note_needs_no_figures(found):
    """A note of a few lines is no report."""
    assert found("ST106", TITLE + outline("一、说明")) == []


SCALE = "得分≥85分为优秀；75≤得分＜85分为良好；得分＜75分为一般。"


def test_announced_score_is_missing(found):
    """A total score that is announced, with full marks and a scale, and never given."""
    text = f"四、评价结论\n根据履职情况进行综合评价，给出总得分，满分100分，得出评价等级。{SCALE}"
    assert found("ST107", text) == [("ST107", "warning", "给出总得分，满分100分")]


@pytest.mark.parametrize("score", ["经评价，总得分为92.5分。", "最终得92.5分，等级为优秀。"])
def test_announced_score_is_given(found, score):
    """A score anywhere in the text answers the announcement."""
    assert found("ST107", f"四、评价结论\n综合评价后给出总得分，满分100分。{SCALE}\n{score}") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("卫生健康支出年初预算为 万元，支出决算为90.59万元。", ["年初预算为 万元"]),
        ("本部门自评得分为 分，等级为优。", ["得分为 分"]),
        ("比上年减少 万元，下降 %。", ["减少 万元", "下降 %"]),
        ("其中设备购置费占 %，其余为人员经费。", ["占 %"]),
        ("授予中小企业合同占采购总额的 %，其余为零。", ["采购总额的 %"]),
        ("自评得分：____分。", ["得分：____分"]),
        ("支出合计____万元，执行率为98%。", ["支出合计____万元"]),
        ("新建蓄水池 个，新增灌溉面积 亩。", ["新建蓄水池 个", "新增灌溉面积 亩"]),
        ("完成河道清淤（）公里。", ["完成河道清淤（）公里"]),
        ("资金到位率%，执行率%。", ["资金到位率%", "执行率%"]),
    ],
)
def test_blank_figures(found, text, quotes):
    """A unit whose figure was never filled in is quoted with the words before it."""
    assert found("ST108", text) == [("ST108", "warning", quote) for quote in quotes]


@pytest.mark.parametrize(
    "text",
    [
        "支出 万元",
        "金额单位为万元。",
        "单位： 万元",
        "支出 120 万元，占 98 %。",
        "得分分为三档。",
        "因公出国（境）费0万元。",
        "收入为财政拨款。",
        "增加人员经费。",
        "按单位： 个，汇总后每 亩补助200元。",
        "执行率（%），到位率（%）两项指标。",
        "新建泵站3 座，改造渠道12 公里。",
    ],
)
def test_units_without_a_blank(found, text):
    """A declared unit, spaced figures and words that begin with a unit's character are no blanks."""
    assert found("ST108", text) == []


@pytest.mark.parametrize(
    ("code", "text", "quote"),
    [
        ("ST109", "负责全体会议、、主席会议的筹备。", "会议、、主席"),
        ("ST109", "条件改善。，满意度提高。", "改善。，满意"),
        ("ST110", "制定了《水利资金管理办法，严格执行财务制度。", "制定了《水利资金管理"[1:]),
        ("ST111", "对目标完成情况进行分析，并查找未完成目标的原因及。", "并查找未完成目标的原因及。"),
        ("ST112", "[bookmark: _GoBack]9、视察经费7万元。", "[bookmark: _GoBack]"),
        ("ST112", "详见错误!未找到引用源。", "错误!未找到引用源。"),
        ("ST113", "减少的原因主要是主要是压缩开支。", "主要是主要是"),
        ("ST113", "项目的的实施进度正常。", "的的"),
        ("ST114", "共捐款捐物约60余万元。", "约60余万元"),
        ("ST113", "对对民生类档案进行扫描。", "对对"),
        ("ST113", "录入口径口径不一，数据难比。", "口径口径"),
        ("ST113", "资金已已拨付到位。", "已已"),
        ("ST113", "项目名称\t情况\n管网\t按规定按规定完成", "按规定按规定"),
        ("ST109", "项目名称\t情况\n管网\t已完成，，待验收", "完成，，待验"),
        ("ST121", "编制操作指引,并给予保障。", "操作指引,并给予保"),
        ("ST115", "2021是换届之年，任务繁重。", "2021是换届之年"),
    ],
)
def test_slips_of_text_are_notices(found, code, text, quote):
    """Slips of editing are quoted and never more than a notice."""
    ((got, severity, words),) = found("ST1", text)
    assert (got, severity) == (code, "notice")
    assert quote in words or words in quote


@pytest.mark.parametrize(
    "text",
    [
        "他说：“资金已到位。”会议要求——严格监管……",
        "印发《办法》《细则》，落实“双控”、“双查”（试行）。",
        "提出三点：1）加强监管；2）规范支付；3）公开结果。",
        "会议强调：“要加强资金监管，提高资金的使用效益。\n各单位要抓好落实，按月报告工作进度情况。”",
        "资金涉及面广，社会参与度高，做到了普及。",
        "逐项逐项核对，常常走访，一件一件落实；按项目目的的不同分类，开展了了解民情活动。",
        "近3年多次获奖，惠及约600人，发放资料3000余份。",
        "2021年是换届之年。共培训2021人。",
        "一步一个脚印，研究研究再决定，妈妈妈妈地叫。",
        "针对对口支援，一对对结对，违法行为为零，存在在编不在岗现象，非常了解了了解的情况。",
        "由于于都县，反对对抗，位于于洪区；总和和均值；可以以上年为基数，即将将设备移交。",
        "PM2.5浓度为25,较好；全年1,200元，建设项目项目库，资金资金监管平台。",
    ],
)
def test_sound_text_is_silent(found, text):
    """Marks, reduplication, hedges and years in their proper use are not noticed."""
    assert found("ST1", text) == []


def test_wrapped_rows_of_a_table_are_not_prose(found):
    """Cells hold fragments: neither cut sentences nor blanks nor marks are looked for in them."""
    text = "单位：万元\n项目名称\t预算数\t执行数\n供水（一期\t100.00\t98.00\n防汛及\t50.00\t49.00\n合计\t150.00\t147.00"
    assert found("ST1", text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("1.1 部门职能\n负责水利工作。\n1.2 机构设置\n内设三个股。\n1.4 人员情况\n编制十名。", "1.4 人员情况"),
        ("2.1.1 收入\n收入一百万元。\n2.1.2 支出\n支出九十万元。\n2.1.2 结余\n结余十万元。", "2.1.2 结余"),
        ("3.1 收入\n收入稳定。\n3.3 支出\n支出合规。", "3.3 支出"),
        ("第一条 预算安排压缩。\n第二条 支出严格审核。\n第四条 采购依法进行。", "第四条 采购依法进行。"),
        ("第十九条 得分九十分。\n第二十条 不足之处。\n第二十二条 附则。", "第二十二条 附则。"),
    ],
)
def test_clauses_and_decimal_headings_out_of_order(found, text, quote):
    """A clause or decimal number left out or used twice is reported at the faulty one."""
    assert found("ST116", text) == [("ST116", "warning", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "1.1 部门职能\n负责水利工作。\n1.2 机构设置\n内设三个股。\n2.1 收入情况\n收入一百万元。\n2.2 支出情况\n支出九十万元。",
        "第一条 预算安排压缩。\n第二条 支出严格审核。\n附件：考核办法\n第一条 总则。\n第二条 标准。",
        "1.5万元用于印刷。\n2.8万元用于差旅。\n1.9万元用于培训。",
        "按规定执行。\n第五条规定的标准未突破。\n第九条的要求已落实。",
        "1.1 下达。资金已下达。\n1.2 分解。按因素分给各市。\n1.3 支出。年底已支付。",
        "2．1 年度预算与计划一致。\n2．2 分单位看，局本级居首。\n2．3 分内容看，劳务居首。\n2．4 与上年相比有增长。",
        "3.1 岗位设置\n设岗九个。\n3.2 人次服务量\n服务稳定。\n3.3 成效\n群众满意。",
    ],
)
def test_clauses_and_decimal_headings_in_order(found, text):
    """New parents, new texts, amounts and citations of clauses are no gaps."""
    assert found("ST116", text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("一、预算\n明细见附件4。\n二、绩效\n完成。\n附件：1.自评表\n2.项目清单", "见附件4"),
        ("一、预算\n如表5所示。\n表1 预算情况\n二、绩效\n见表2。\n表2 指标情况", "如表5"),
        ("一、预算\n明细见附件4。\n二、绩效\n完成。", "见附件4"),
        ("一、预算\n扣分见“八、扣分依据”表。\n二、绩效\n完成。", "见“八、扣分依据”"),
        ("一、预算\n参照“表3 站点表”更新。\n二、绩效\n完成。", "参照“表3 站点表”"),
        ("一、预算\n详见第六部分。\n二、绩效\n完成。\n三、问题\n无。", "见第六部分"),
        ("一、预算\n（一）收入\n多。\n（二）支出\n少。\n二、绩效\n详见第一部分（四）。", "见第一部分（四）"),
    ],
)
def test_references_to_nothing(found, text, quote):
    """A reference past the last annex, table or part is reported."""
    assert found("ST117", text) == [("ST117", "warning", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "一、预算\n明细见附件，台账见县财政局通知附件4。\n二、绩效\n完成。",
        "一、预算\n按《预算法》第五章执行，详见第二部分。\n二、绩效\n完成。",
        "一、预算\n明细见附件2、附件3。\n附件：1.自评表\n2.清单\n3.说明",
        "一、预算\n见表1。\n表1 预算情况\n县财政局通知附表7已填报。",
    ],
)
def test_references_that_hold(found, text):
    """Annexes without a number, laws and what is there are left alone."""
    assert found("ST117", text) == []


def test_announced_list_that_does_not_come(found):
    """如下： before the next section is reported; before its own items, subsections or a table it is not."""
    assert found("ST118", "一、资金\n支出构成如下：\n二、绩效\n完成。") == [("ST118", "warning", "如下：")]
    assert found("ST118", "一、资金\n明细见下表。\n二、绩效\n完成。") == [("ST118", "warning", "见下表。")]
    assert (
        found("ST118", "一、资金\n支出构成如下：\n1.人员80万元。\n2.公用20万元。\n二、绩效\n报告如下：\n（一）产出\n完成。")
        == []
    )


def test_heading_words_used_twice(found):
    """Two headings of one series under the same words are reported at the second, whatever their numbers."""
    text = outline("一、项目概况", "二、资金使用", "三、问题及建议", "四、问题及建议")
    assert found("ST103", text) == [("ST103", "warning", "四、问题及建议")]
    text = outline("一、资金使用", "（一）预算执行情况", "（二）资金管理情况", "（三）预算执行情况", "二、问题")
    assert found("ST103", text) == [("ST103", "warning", "（三）预算执行情况")]


@pytest.mark.parametrize(
    "text",
    [
        "目录\n一、概况说明\n二、收支情况\n三、存在问题\n" + outline("一、概况说明", "二、收支情况", "三、存在问题"),
        outline("一、甲项目", "（一）项目概况", "（二）存在问题", "二、乙项目", "（一）项目概况", "（二）存在问题"),
        outline("一、甲项目", "（一）绩效", "1.产出情况", "2.效益情况", "（二）资金", "1.产出情况", "2.效益情况"),
    ],
)
def test_heading_words_of_other_series(found, text):
    """Contents, and sections of two projects under the same words, are no repetition."""
    assert found("ST103", text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1.推行限时办结。\n2.压减周转天数。4.健全预拨机制，减少结转。", "4."),
        ("1.完善制度。\n2.压实责任；2.健全预拨机制；3.公开结果。", "2."),
    ],
)
def test_numbers_run_on_behind_the_number_of_a_paragraph(found, text, label):
    """A number that runs on in a numbered paragraph goes on from the paragraph's own."""
    assert [f[2] for f in found("ST105", text)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "1.推行限时办结。2.压减周转天数。3.健全预拨机制。\n4.公开结果。5.强化监督。",
        "1.完善制度。\n2.主要做法：1.压实责任；2.健全机制。\n3.公开结果。",
        "1.资金情况\n1.预算安排100万元。\n2.实际支出90万元。\n2.绩效情况\n任务完成。",
    ],
)
def test_numbers_run_on_in_order(found, text):
    """Numbers that go on, or begin again at one, are in order."""
    assert found("ST105", text) == []


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("1.", 110, "110."),
        ("一、", 120, "120、"),
        ("一、", 99, "九十九、"),
        ("（1）", 7, "（7）"),
        ("一、", 10, "十、"),
        ("一、", 21, "二十一、"),
    ],
)
def test_numbers_of_any_size_are_printed(style, number, printed):
    """A number is printed as its style prints it, from a hundred on in digits."""
    assert numeral(MarkerStyle(style), number) == printed
