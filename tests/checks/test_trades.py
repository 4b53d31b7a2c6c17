"""Another trade, another house and another time in one sentence of an otherwise clean report."""

from __future__ import annotations

import pytest

REPORT = (
    "{org}2023年度{what}绩效自评报告\n一、基本情况\n{org}2023年安排经费86.00万元，实际支出85.20万元。2023年培训4期。\n"
    "二、绩效情况\n{sentence}\n三、存在问题\n个别环节进度偏慢，人员更换较勤。\n"
)
ARCHIVE, LIBRARY, ROADS, COUNTY = "梧岭县档案馆", "滨岭市图书馆", "涪岭市交通运输局", "洛岭县公安局"

STRAY = [
    "今后要继续做好药品集中采购工作，保障参保群众用药可及。",
    "我院床位周转次数逐年上升，平均住院日持续缩短，医患关系更趋和谐。",
    "下一步，我局将继续深化殡葬改革，倡导文明节俭办丧事。",
    "全市空气优良天数比例稳步上升，群众的蓝天获得感明显增强。",
    "通过不懈努力，社会治安形势持续平稳，刑事案件发案率下降。",
    "我局将不断提高短临预报准确率，当好防灾减灾的“消息树”。",
    "各敬老院入住老人生活质量明显改善，供养服务水平得到提高。",
    "持续开展打击电信网络诈骗专项行动，群众财产安全得到有效保障。",
    "作为全县卫生健康主管部门，我委始终把人民健康放在首位。",
    "作为全县唯一的公办幼儿园，我园始终坚持保教并重。",
]

OWN = [
    "会同县医保局核对参保档案，药品集中采购合同随卷归档。",
    "为县医院代存病案，方便患者查阅诊疗记录。",
    "向学校开放展厅，接待师生1200人次。",
    "认真办理人大代表建议和政协提案，办复率100%。",
    "按规定为职工缴存住房公积金，落实养老保险。",
    "加强消防安全管理，未发生火灾事故。",
    "接待来信来访12件次，全部办结。",
    "作为全县档案工作主管部门，我馆按期完成任务。",
    "数字化成果方便了不动产登记查询，惠及办证群众。",
    "积极开展无偿献血、普法宣传和结对帮扶。",
]


def findings(found, org: str, sentence: str, codes: str, what: str = "馆藏数字化项目") -> list[tuple[str, str]]:
    text = REPORT.format(org=org, what=what, sentence=sentence)
    return [(code, quote) for code, severity, quote in found(codes, text) if severity != "notice"]


@pytest.mark.parametrize("sentence", STRAY)
def test_plans_and_results_of_another_trade(found, sentence):
    """A plan or result of another trade, told as one's own, is a warning on its sentence."""
    got = findings(found, ARCHIVE, sentence, "CP111")
    assert len(got) == 1
    assert got[0][1][:12] in sentence


@pytest.mark.parametrize("sentence", OWN)
def test_trades_that_a_unit_has_to_do_with(found, sentence):
    """Partners, users, every unit's own duties and counted work say nothing of a leftover."""
    assert findings(found, ARCHIVE, sentence, "CP1") == []


def test_a_trade_told_of_elsewhere_is_the_units_own(found):
    """A trade that the report speaks of in several places is part of its work."""
    sentence = "新建路面铺装设备库。\n全年处理交通事故档案。\n今后要继续推进公路养护，公路管理档案另库存放。"
    assert findings(found, ARCHIVE, sentence, "CP111") == []


def test_a_town_looks_after_every_trade(found):
    """A town's, a finance bureau's or a consultative conference's report may tell of any trade."""
    for unit in ("洛岭县柳坪镇", "洛岭县财政局", "政协洛岭县委员会办公室"):
        assert findings(found, unit, "今后要继续深化殡葬改革，做好特困供养工作。", "CP111", "部门整体支出") == []


@pytest.mark.parametrize(
    ("org", "sentence", "code", "quote"),
    [
        (LIBRARY, "作为全市唯一的国有综合性博物馆，我馆常年免费开放。", "CP109", "作为全市唯一的国有综合性博物馆，我馆"),
        (COUNTY, "通过不懈努力，青坪县社会治安形势持续平稳。", "CP106", "青坪县"),
        (COUNTY, "青坪县营商环境不断优化，企业投诉减少。", "CP106", "青坪县"),
        (ROADS, "2022年度，全市养护资金严格按照工程进度拨付，无挪用现象。", "CP105", "2022年度"),
        (ROADS, "2022年度各项制度执行到位，档案资料齐全。", "CP105", "2022年度"),
        (ROADS, "2021年度政府采购金额48.20万元，货物类31.10万元，服务类17.10万元。", "CP105", "2021年度"),
        (ROADS, "逐项打分过程见《××××项目绩效自评表》。", "CP102", "××××项目绩效自评"),
        (ROADS, "已形成《某某项目绩效自评报告》。", "CP102", "某某项目"),
        (ROADS, "四季度（9—11月）完成路面修复12公里。", "DT103", "四季度（9—11月）"),
        (ROADS, "上半年（1—7月）支出过半。", "DT103", "上半年（1—7月）"),
        (ROADS, "10—12月（三季度）开展巡查。", "DT103", "10—12月（三季度）"),
    ],
)
def test_other_houses_places_and_times(found, org, sentence, code, quote):
    """Another house's calling, another county's affairs, another year's conduct, a form not filled in, a quarter with other months."""
    assert (code, quote) in findings(found, org, sentence, code)


@pytest.mark.parametrize(
    ("org", "sentence"),
    [
        (LIBRARY, "引进国家博物馆巡展1个，作为阅读推广的品牌，我馆连办三年。"),
        (COUNTY, "青坪县社会治安好于我县，专门组织前往学习。"),
        (COUNTY, "执法办案区间对应县财政局规定的标准，须经县公安局审核。"),
        (ROADS, "自评得分97分。\n2022年度本项目自评得分94分，主要扣在执行率。"),
        (ROADS, "2022年度绩效评价得分88分，财政据此压减预算5%。"),
        (ROADS, "2022年度在全省考核中获优秀等次，资金管理规范。"),
        (ROADS, "按照《××县预算管理办法》的格式执行，详见《××县预算管理办法》第三条。"),
        (ROADS, "第四季度（11月至12月）汇总，前三季度（1月至9月）支出过半，上半年（3月至5月）集中培训。"),
        (ROADS, "考核年度四季度（9—11月）得分95分。"),
    ],
)
def test_named_with_a_reason(found, org, sentence):
    """Exchanges, comparisons, rule-givers, last year's score and parts of a quarter are left alone."""
    assert findings(found, org, sentence, ("CP", "DT")) == []


SIGNED = "一、项目情况\n{}\n平岭县水务局\n2021年3月30日"


def test_season_after_the_report(found):
    """What was counted in an autumn that the report's date has not reached cannot be told yet."""
    assert found("DT102", SIGNED.format("2021年秋季实际新入学1284人。"))[0][2] == "2021年"


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年秋季预计新入学1284人。",
        "2021年下半年拟招收1284人。",
        "2021年春季实际新入学1284人。",
        "余款有望2021年8月通过验收后支付。",
        "工程预定2021年6月完工并通过验收。",
    ],
)
def test_expected_months_after_the_report(found, sentence):
    """What is expected, planned or agreed for a later month is no event."""
    assert found("DT102", SIGNED.format(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("养护专项经费属于本部门2022年预算安排的当年项目，本次一并纳入自评范围。", "2022年"),
        ("对照2022年度部门整体绩效目标，本年各项任务如期完成。", "2022年度"),
        ("本报告所称养护专项支出，均指2022年度决算数。", "2022年度"),
        ("经对2022年度养护专项经费逐项打分，形成本自评结论。", "2022年度"),
        ("现将养护专项经费2022年度绩效自评情况汇报如下。", "2022年度"),
        ("总的看，养护专项2022年度绩效目标基本实现，自评结果较好。", "2022年度"),
        ("本次自评覆盖养护专项2022年1月1日至12月31日的全部支出。", "2022年1月1日"),
    ],
)
def test_year_of_the_evaluation_in_hand(found, sentence, quote):
    """The evaluation in hand is of the report's own year, however often another year is told of."""
    assert ("CP105", quote) in findings(found, ROADS, sentence, "CP105")


@pytest.mark.parametrize(
    "sentence",
    [
        "县财政局对2022年度专项资金进行了重点评价，提出3条意见。",
        "对2022年度自评中发现的问题，已整改。",
        "本项目是2022年预算安排的跨年项目，本次评价2023年支出。",
        "根据2022年度绩效目标完成情况，今年调减预算5万元。",
        "通知要求“各单位填写××项目绩效自评表”，表格另附。",
        "“XX专项自评报告应包括背景、管理、绩效”的规定已照办。",
        "王××医生因家庭原因提前结束进修。",
    ],
)
def test_other_evaluations_and_prescribed_names(found, sentence):
    """Evaluations by others or of other years, masks inside a rule's words, and people's masked names are left alone."""
    assert findings(found, ROADS, sentence, ("CP105", "CP102")) == []
