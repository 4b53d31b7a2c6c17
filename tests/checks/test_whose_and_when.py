"""Sessions, years, dates, names and repetitions: what contradicts the report is found, what is legitimate stays silent."""

from __future__ import annotations

import pytest

BODY = "2023年编制20名。2023年预算100万元，2023年全年支出98万元。\n"


def report(unit: str, text: str, title: str = "2023年度部门整体支出绩效自评报告") -> str:
    return f"{unit}{title}\n一、基本情况\n{BODY}{text}"


CONFERENCE = "平岭县政协办公室"
MEETING = "政协平岭县委员会十届三次会议会议费项目"

SESSION_FAULTS = [
    (CONFERENCE, "2023年1月，县政协十届三次会议召开。\n县政协九届三次会议期间收到提案93件，已办复。", "九届三次会议"),
    (MEETING, "项目资金20万元。会议于2023年1月召开，十届二次会议应到委员187人。", "十届二次会议"),
    (MEETING, "2023年1月，政协平岭县第十届委员会第二次会议隆重召开，到会率96%。", "第十届委员会第二次会议"),
    (CONFERENCE, "2023年1月召开十届三次会议。\n大会于2月顺利完成议程，2023年2月召开十届三次会议。", "十届三次会议"),
    (CONFERENCE, "2023年1月召开十届三次会议。\n十届二次会议于2023年3月闭幕。", "十届二次会议"),
    (
        CONFERENCE,
        "原定2月召开的县政协十届三次会议推迟到4月20日召开。\n4月召开的十届二次会议期间收到提案80件。",
        "十届二次会议",
    ),
    (MEETING, "1月召开平岭县第十八届人民代表大会第三次会议。\n县十七届人大三次会议支出64.20万元。", "十七届人大三次会议"),
    (MEETING, "平岭县十八届人大三次会议于2023年2月16日召开。\n本年亮点突出。四次会议票决的8件民生实事年底交账。", "四次会议"),
    (CONFERENCE, "2023年5月召开第六届理事会第四次会议。\n第六届理事会第五次会议还审议了章程修订案。", "第六届理事会第五次会议"),
    (
        "安和镇人民政府",
        "2023年2月，镇第十二届人大三次会议票决民生实事8件。\n镇第十二届人民代表大会第二次会议票决的8件民生实事全部办结。",
        "第十二届人民代表大会第二次会议",
    ),
]
SESSION_CLEAN = [
    (CONFERENCE, "2023年1月，县政协十届三次会议召开。\n十届二次会议以来，提案办复。十届二次会议期间提出的提案继续跟踪办理。"),
    (MEETING, "2022年2月召开的十届二次会议上，委员对会务提了意见。本次会议据此作了调整，十届三次会议于2023年1月召开。"),
    (MEETING, "为十届四次会议的筹备积累了经验。十届三次会议应到委员180人。"),
    (CONFERENCE, "2023年1月，县政协十届三次会议与县十八届人大三次会议先后召开，省十四届人大一次会议也在同月举行。"),
    (CONFERENCE, "市政协五届二次会议期间，我县12名委员提交提案。2023年2月召开县政协十届三次会议。"),
    (CONFERENCE, "学习二十届一中、二中全会精神，落实省委十二届四次全会、县委十四届六次全会部署。召开县政协十届三次会议。"),
    (CONFERENCE, "2023年1月召开县政协十届三次会议；2024年1月召开十届四次会议，报告了2023年工作。"),
    (CONFERENCE, "原定2月召开的县政协十届三次会议推迟到4月20日召开。3月召开专题会议。十届二次会议提出的提案继续办理。"),
    (MEETING, "平岭县十八届人大三次会议于2023年2月召开。全年先后召开四次会议审议决算，经四次会议票决确定候选项目。"),
    (CONFERENCE, "2023年是换届年：1月召开九届六次会议，11月召开十届一次会议。九届六次会议期间收到提案80件。"),
    (
        "平岭县残疾人联合会",
        "3月召开县残联第八届主席团第二次全体会议。9月召开第八届主席团第三次全体会议，第八届主席团第三次会议还审议了章程。",
    ),
]


@pytest.mark.parametrize(("unit", "text", "quote"), SESSION_FAULTS)
def test_session_that_another_contradicts(found, unit, text, quote):
    """The title's session, the one in office, the one held in a month or told of right before: another number is reported there."""
    hits = found("CP101", report(unit, text, "2023年度绩效自评报告"))
    assert [(code, words) for code, _, words in hits] == [("CP101", quote)]


@pytest.mark.parametrize(("unit", "text"), SESSION_CLEAN)
def test_sessions_of_several_bodies_and_years(found, unit, text):
    """Other bodies, other levels, the year before and the year after, re-election and preparations have sessions of their own."""
    assert found("CP101", report(unit, text, "2023年度绩效自评报告")) == []


FORESTS = "陇川县林业局"
YEAR_FAULTS = [
    ("二、履职情况\n（一）造林。全年造林3000亩。2021年共完成抚育1.2万亩，成活率95%。", "2021年"),
    ("二、资金情况\n2022年度，我局项目支出56万元，执行率98%。", "2022年度"),
    ("三、下一步打算\n2022年12月底前完成林长制信息平台升级改造。", "2022年12月"),
    ("三、改进措施\n一是2022年将继续加大培训力度，力争年内培训200人次。", "2022年"),
    ("二、绩效情况\n与上年（2021年）相比，支出增加2万元。", "2021年"),
    ("二、绩效情况\n本年度（2022年）预算执行情况良好。", "2022年"),
    ("二、资金情况\n2020年度我单位“三公”经费支出3.2万元，其中接待费1.1万元。", "2020年度"),
    ("二、绩效情况\n2021年度林木良种使用率达到96%。", "2021年度"),
    ("二、管理情况\n2021年11月底前完成全部资金支付，无拖欠。", "2021年11月"),
    ("四、自评组织\n我局按要求组织各站填报2021年度绩效自评表，并汇总形成本报告。", "2021年度"),
    ("二、绩效情况\n2020年度未发生森林火灾。", "2020年度"),
    ("三、自评结论\n综合上述情况，项目2022年度各项绩效目标全部完成，林区形势平稳。", "2022年度"),
    ("三、自评结论\n对照批复的绩效目标，2021年度各项指标总体完成较好，综合得分94.2分。", "2021年度"),
    ("三、自评结论\n总体来看，我局2022年度整体支出绩效目标基本实现。", "2022年度"),
    ("三、自评结论\n经自评，2022年度部门整体支出绩效自评得分为95分。", "2022年度"),
    ("二、履职情况\n2022年我局主要完成了以下工作：巡查林区120次。", "2022年"),
    ("四、自评组织\n根据2024年绩效自评通知，对2022年度项目支出开展自评。", "2022年度"),
    ("二、资金情况\n截至2022年12月31日，项目资金已全部支付。", "2022年12月31日"),
    ("二、履职情况\n大会审查批准2021年预算执行情况和2022年预算，收到议案143件。", "2021年"),
    ("三、自评结论\n2022年度设定的12项绩效指标均已完成。", "2022年度"),
    ("二、资金情况\n年末结余2.50万元，结转到2022年继续使用。", "2022年"),
    ("二、资金情况\n年末结转3.10万元，结转至2023年使用。", "2023年"),
    ("五、公开情况\n本报告将随2022年度部门决算在县政府门户网站公开。", "2022年度"),
]
YEAR_CLEAN = [
    "二、履职情况\n2021年启动的退化林修复项目于2023年验收。2020年至2022年累计造林9000亩。",
    "二、资金情况\n2022年度支出96万元，2023年增加2万元。与2022年相比增长2.08%。",
    "三、下一步打算\n2024年12月底前完成林长制信息平台升级改造。2022年审计指出的问题已整改到位。",
    "二、绩效情况\n上年（2022年）结转3万元。与上年（2022年）相比，支出增加2万元。",
    "二、项目背景\n2018年，我县被列为国家储备林建设县。2019年，县政府投资3000万元建设苗圃。2020年全县共有林地50万亩。",
    "二、绩效情况\n2021年因疫情未组织外出培训，2023年恢复。",
    "二、绩效情况\n按照2022年12月印发的方案，项目分两年实施：2022年完成设计，2023年完成施工。",
    "二、绩效情况\n森林覆盖率由2019年的45%提高到52%。2019年为45%，2021年为48%。",
    "二、成效\n项目2022年11月开工，合同约定2022年12月底前支付预付款30%，已按约支付。",
    "四、上年问题整改\n2022年度自评发现的3个问题，已整改2个。2022年度绩效自评得分92分，本年提高2分。",
    "二、资金情况\n年末结余2.50万元，结转到2024年继续使用。上年结余3万元结转到2023年使用。",
    "二、资金情况\n2022年末结余3万元，结转至2023年使用。以前年度项目资金结转到2022年使用的部分已执行完毕。",
    "三、分年度情况\n2022年度绩效目标全部完成，得分93分。",
    "三、自评结论\n与上年相比，2022年度绩效目标全部完成，2023年度基本完成。",
    "四、结果应用\n2022年度绩效目标全部完成，财政部门据此安排预算。",
    "三、自评结论\n对照目标，2023年度各项指标总体完成较好，2022年度未完成的1项指标已补齐。",
    "三、自评结论\n2022年度绩效目标完成率为96%，本年为98%。",
    "二、履职情况\n大会审查批准2022年预算执行情况和2023年预算。2022年1月的大会审查批准了2021年预算执行情况和2022年预算。",
    "三、自评结论\n审计认定2022年度各项任务全部完成。",
    "二、历年情况\n2021年支出90万元。2022年支出96万元。2023年支出98万元。",
    "二、绩效情况\n2022年获评省级林长制先进单位。2020年建成的苗圃持续发挥作用。",
    "六、说明\n2021年度及以前年度结转资金已全部收回。2022年底结存的苗木2万株于本年栽植。",
    "二、资金情况\n“三公”经费支出3万元。2022年“三公”经费3万元，两年持平。",
]


@pytest.mark.parametrize(("text", "quote"), YEAR_FAULTS)
def test_year_left_over(found, text, quote):
    """Results, plans, deadlines, forms and glosses of another year than the report's are reported where they stand."""
    assert found("CP105", report(FORESTS, text)) == [("CP105", "warning", quote)]


@pytest.mark.parametrize("text", YEAR_CLEAN)
def test_years_with_a_reason(found, text):
    """Comparisons, series of years, beginnings, carry-overs, awards, backgrounds and plans name other years rightly."""
    assert found("CP105", report(FORESTS, text)) == []


ORDER_FAULTS = [
    ("工程于2022年3月开工，2023年6月通过验收，2023年8月竣工。", "DT103", "2023年6月"),
    ("该路2023年9月10日验收合格，同年10月8日完工。", "DT103", "2023年9月10日"),
    ("设备2023年5月签订采购合同，2023年6月开标。", "DT103", "2023年5月"),
    ("项目2022年11月开工建设，当年8月建成。", "DT103", "8月"),
    ("实施期限为2023年10月至2023年3月。", "DT103", "2023年3月"),
    ("管护房5月8日开工，11月20日完工，10月26日通过镇级验收。", "DT103", "10月26日"),
    ("瞭望塔设备4月17日发布招标公告，5月12日开标，4月29日签订合同，8月20日到货。", "DT103", "4月29日"),
    ("监控设备7月3日签订合同，6月28日全部到货，7月20日验收。", "DT103", "6月28日"),
    ("步道2023年6月10日完工，2023年5月30日完成结算审核。", "DT103", "2023年5月30日"),
    ("培训班于4月10日至4月14日举办，历时10天。", "DT106", "历时10天"),
    ("名单公示（5月6日至5月12日，公示期20天）。", "DT106", "公示期20天"),
    ("会议2月16日至18日召开，会期4天。", "DT106", "会期4天"),
    ("补植于4月20日完成，比计划的4月30日推迟10天。", "DT106", "推迟10天"),
    ("合同约定9月30日完工，实际于10月25日完工，比合同工期晚15天。", "DT106", "晚15天"),
    ("省厅要求11月30日前报送，我局11月10日报送，提前30天。", "DT106", "提前30天"),
    (
        "11月完成弹药清点；12月26日，局里会同公安开展了检查。\n二、打算\n加强管理。\n陇川县林业局\n2023年12月8日",
        "DT102",
        "12月26日",
    ),
]
ORDER_CLEAN = [
    "一期2022年3月开工，二期2023年5月完工，一期2022年10月验收。",
    "供暖期为2022年11月至3月。项目2021年9月动工，次年3月竣工，5月验收。",
    "2023年3月主体工程完工，4月初验，2023年6月竣工验收。",
    "2023年1月开工，合同约定2023年12月完工，2023年10月完成验收。",
    "泵站工程2022年8月建成，渠道工程2022年10月开工。",
    "2023年12月预计完工，2023年6月完成阶段验收。",
    "护林房9月开工，3月完工。",
    "管护房5月8日开工，10月20日完工，10月26日通过镇级验收，12月完成结算审核。",
    "第一批设备5月签订合同，第二批设备4月到货。",
    "1月15日发布中标公告，1月10日开标。",
    "培训班于4月10日至4月14日举办，历时5天；展览5月1日至5月31日开放，共26天。",
    "工程3月1日至4月30日施工，历时40天（不含停工）。",
    "名单公示（5月6日至5月12日，公示期7天）。会议11月9日至11日召开，会期两天半。",
    "补植于4月20日完成，比计划的4月30日提前10天。防火期自3月1日至5月31日，提前3天发布通告。",
    "合同约定9月30日完工，实际于10月25日完工，逾期25天。",
    "4月20日完成造林，7月15日完成抚育，比上年提前6天。",
    "计划4月30日完成，受降雨影响推迟到5月10日，比上年晚6天。",
    "余款将于12月31日前支付。\n二、打算\n加强管理。\n陇川县林业局\n2023年12月8日",
    "每年12月组织开展防火宣传。\n二、打算\n加强管理。\n陇川县林业局\n2023年11月8日",
]


@pytest.mark.parametrize(("text", "code", "quote"), ORDER_FAULTS)
def test_steps_and_events_out_of_order(found, text, code, quote):
    """A work accepted before it was completed, whichever is told first, and an event after the signature are reported."""
    assert found("DT", report(FORESTS, text)) == [(code, "warning", quote)]


@pytest.mark.parametrize("text", ORDER_CLEAN)
def test_steps_of_several_works(found, text):
    """Stages, several works, winters, contracts and deadlines are in order."""
    assert found("DT", report(FORESTS, text)) == []


NAME_FAULTS = [
    ("清港区水利局", "我县水资源总量3亿方。", "CP107", "我县"),
    ("安和镇人民政府", "全镇人口3万。全镇耕地2万亩。\n全乡共有低保户120户。", "CP107", "全乡"),
    ("平岭县图书馆", "二、管理\n各项制度经县文化馆馆长办公会研究通过。", "CP108", "县文化馆"),
    ("平岭县第一中学", "二、管理\n资金保障了平岭县职业中学各项工作的正常开展。", "CP108", "平岭县职业中学"),
    ("平岭县交通运输局", "二、管理\n县水利局严格执行预算管理制度，资金规范。", "CP108", "县水利局"),
    ("平岭县交通运输局", "二、管理\n平岭县林业局2023年度部门预算1200万元。", "CP108", "平岭县林业局"),
    ("渭川市防震减灾中心", "二、不足\n长乐市位于断裂带，台网密度不高。", "CP106", "长乐市"),
    ("石家庄市鹿泉区教育局", "二、成效\n为藁城区教育事业发展提供了保障。", "CP106", "藁城区"),
    ("石家庄市鹿泉区教育局", "二、成效\n根据藁城区财政局要求开展自评。", "CP106", "藁城区财政局"),
    ("常宁县融媒体中心", "二、结论\n衡南县融媒体中心自评得分95分。", "CP106", "衡南县融媒体中心"),
    ("安和镇人民政府", "二、管理\n梧桐镇党委、政府把此项工作列入十件实事。", "CP106", "梧桐镇党委、政府"),
    ("平岭区石桥坝街道办事处", "二、打算\n接下来，金沙湾镇人民政府将把支付进度纳入调度。", "CP106", "金沙湾镇人民政府"),
    ("平岭区民政局", "二、成效\n清溪区民政局通过本项目的实施，在现场会上作了交流。我局组织观摩。", "CP106", "清溪区民政局"),
    ("平岭县交通运输局", "二、管理\n平岭区交通运输局2023年严格执行预算。我局设5个股。", "CP107", "平岭区"),
    ("红柳湾村", "二、评议\n白杨沟村委会班子对意见都记了账。", "CP106", "白杨沟村委会班子"),
]
NAME_CLEAN = [
    ("清港区水利局", "我市我省均有部署。区里与邻近县开展合作，全县域推进的经验值得学习。"),
    ("安和镇人民政府", "我县统一部署，全县推广。我镇落实。"),
    (
        "平岭县图书馆",
        "二、管理\n联合县文化馆举办活动。县文化馆提供场地，活动正常开展。县文广旅局高度重视，成立自评小组。",
    ),
    ("平岭县第一中学", "二、管理\n我校保障了各项工作正常开展。平岭县教育局将继续支持学校建设。"),
    (
        "安和镇人民政府",
        "二、管理\n柳河镇人民政府与我镇共建消防站。学习石桥镇党委、政府把实事项目化的经验。各镇党委、政府将其列入考核。",
    ),
    ("平岭县水利局", "二、管理\n2005年平岭区水利局改为平岭县水利局。平岭区域内水源充足。"),
    ("平岭县水利局", "二、管理\n柳河镇人民政府将渠道管护纳入考核。"),
    ("平岭县财政局", "二、打算\n我局将会同县审计局继续加大跟踪力度。各预算单位将进一步规范管理。"),
    (
        "平岭县交通运输局",
        "二、管理\n平岭县农村公路管理所2023年度部门预算300万元，由我局汇总。平岭县农村公路管理所内设3个股。",
    ),
    (
        "石家庄市鹿泉区教育局",
        "二、成效\n石家庄市财政局批复预算。赴藁城区教育局学习。藁城区转入学生30人。北京大学专家授课2次。",
    ),
    ("渭川市防震减灾中心", "二、基本情况\n长乐市防震减灾局来我市考察。全市有3个县级市。"),
    ("平岭县卫生健康局", "二、情况\n县人民医院将继续推进学科建设。县疾控中心2023年度支出300万元。县人民医院现有床位300张。"),
]


@pytest.mark.parametrize(("unit", "text", "code", "quote"), NAME_FAULTS)
def test_another_unit_or_place_spoken_of_as_ones_own(found, unit, text, code, quote):
    """我县 in a district, another house's meeting, budget or plans, another city's lie: reported at its words."""
    assert found("CP", report(unit, text)) == [(code, "warning", quote)]


@pytest.mark.parametrize(("unit", "text"), NAME_CLEAN)
def test_partners_superiors_and_neighbours(found, unit, text):
    """Partners, superior and subordinate units, neighbours and visitors are named rightly."""
    assert found("CP", report(unit, text)) == []


RESULT = "调研视察坚持小切口、深剖析，先后围绕老城区停车治理等课题深入镇村和企业，形成调研报告9篇，其中4篇得到区领导批示。"


def test_results_told_twice_as_if_new(found):
    """Counts of what was done under two sections, word for word or nearly: a warning on the second."""
    first = f"二、履职情况\n（一）调研视察。{RESULT}\n（二）文史工作。编印文史资料2辑。\n"
    again = found("CP104", report(CONFERENCE, f"{first}（三）委员服务。{RESULT}"))
    assert [(code, severity) for code, severity, _ in again] == [("CP104", "warning")]
    nearly = found("CP104", report(CONFERENCE, f"{first}三、问题\n{RESULT.replace('坚持小切口、深剖析，', '')}"))
    assert [(code, severity) for code, severity, _ in nearly] == [("CP104", "warning")]


def test_totals_and_conclusions_say_again_what_was_said(found):
    """A total, a rate or a conclusion rightly repeats; parallel projects share words and differ in figures."""
    text = (
        "二、资金情况\n全年预算资金100.00万元，实际支出98.00万元，预算执行率98.00%，资金使用规范有序，未发现违规情况。\n"
        "三、履职情况\n全年举办培训班12期，培训干部480人次，编印简报36期，走访企业120家。\n"
        "四、自评结论\n全年预算资金100.00万元，实际支出98.00万元，预算执行率98.00%，资金使用规范有序，未发现违规情况。"
        "全年举办培训班12期，培训干部480人次，编印简报36期，走访企业120家。"
    )
    assert [severity for _, severity, _ in found("CP104", report(FORESTS, text)) if severity != "notice"] == []


SIGNED = "二、自评结论\n自评得分95分。\n{}\n2024年3月1日"


@pytest.mark.parametrize("name", ["平岭县林业局", "南安县水务局"])
def test_signed_by_another_unit(found, name):
    """Another organ, or the same organ of another county, under the report is reported."""
    assert found("CP110", report("平岭县水务局", SIGNED.format(name))) == [("CP110", "warning", name)]


@pytest.mark.parametrize("name", ["平岭县水务局", "县水务局", "平岭县财政局", "诚信会计师事务所"])
def test_signed_by_oneself_or_an_evaluator(found, name):
    """Short forms, the finance bureau and an evaluating firm may sign."""
    assert found("CP110", report("平岭县水务局", SIGNED.format(name))) == []


PLACEHOLDERS = [
    ("制定《XX年度协商工作计划》，明确议题。", "XX年度协商工作"),
    ("本栏由各单位根据实际填写。", "本栏由各单位根据实际填写"),
    ("填写后请删除此行", "填写后请删除此行"),
    ("（示例）完成培训3期。", "（示例）"),
    ("项目负责人情况待补充。", "待补充"),
    ("满意度（待填）。", "待填"),
]


@pytest.mark.parametrize(("text", "quote"), PLACEHOLDERS)
def test_instructions_and_blanks_of_the_template(found, text, quote):
    """What a template tells its author, and what was to be filled in later, is reported."""
    assert found("CP102", report(FORESTS, text)) == [("CP102", "warning", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "群众王××反映的问题已解决。",
        "《××省预算管理办法》适用，《20××年度自评表》格式由县财政局制发。",
        "待补充耕地1200亩已落实，基础台账有待完善。",
        "示例工程（样板）建设完成，样本见附件（参考价30元/亩）。",
        "联系电话：138××××1234，待核实人员12名。",
    ],
)
def test_masks_and_words_that_are_no_placeholders(found, text):
    """Masked persons, forms quoted by name and ordinary words are left alone."""
    assert found("CP102", report(FORESTS, text)) == []
