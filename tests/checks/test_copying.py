"""The checks of text taken from elsewhere: other sessions, years, places, templates, paragraphs."""

from __future__ import annotations

import pytest

HEAD = "平岭县水务局2023年度部门整体支出绩效自评报告\n一、基本情况\n"
YEAR = "2023年编制20名。2023年预算100万元。2023年全年支出98万元。2023年度绩效目标已完成。2023年新增设备12台。\n"


def test_session_of_the_item_contradicted(found):
    """The item's heading and first clause say 二次, its text says 一次 was held: one error, on the text."""
    text = (
        "3、十二届二次会议费。年初既定项目，为县政协十二届二次会议召开使用资金，项目执行金额为50.12万元。"
        "已于2023年1月顺利召开十二届一次会议，完成各项议程，自评得分100分。"
    )
    assert found("CP101", text) == [("CP101", "error", "已于2023年1月顺利召开十二届一次会议")]


@pytest.mark.parametrize(
    "text",
    [
        "3、十二届二次会议费。已于2023年1月顺利召开十二届二次会议。",
        "1.全会工作。3月底和10月底分别召开了四届六次全会和五届一次全会。四届六次会议组织发言，五届一次会议广泛讨论。",
        "2、十二届三次会议费。会议听取并审议了十二届二次会议以来的工作报告，如期召开十二届三次会议。",
        "2、十二届三次会议费。会前召开十二届二十三次常委会筹备，第15次主席会议研究议程。",
        "2、十二届三次会议费。学习贯彻党的二十届三中全会精神，县委十四届五次全会部署的任务全部完成。",
        "2、五届一次会议费。四届六次会议于3月召开。五届一次会议于10月召开。",
        "3、十二届二次会议费。召开十二届二次会议。支付十二届一次会议期间印刷尾款2万元。",
        "3、十二届二次会议费。如期召开十二届二次会议。为十二届三次会议召开做好准备。",
        "十二届二次会议圆满完成。十二届二次会议提案全部办复。",
        "2月召开县十二届三次会议。十二届二次会议期间收到的提案全部办理完毕。",
    ],
)
def test_sessions_that_do_not_conflict(found, text):
    """Re-election, standing committees, party plenaries, the work since the last session and its proposals are legitimate."""
    assert found("CP101", text) == []


def test_session_told_of_as_the_one_held(found):
    """三次 was held, and 二次期间 is told of in the same paragraph with nothing that explains it: a warning."""
    text = "（一）会议保障\n2月，区十届人大三次会议顺利召开，出席代表150名。区十届人大二次会议期间，代表对保障工作表示满意。"
    assert found("CP101", text) == [("CP101", "warning", "十届人大二次会议")]


def test_single_odd_session_in_the_document(found):
    """Three times 二次, once 一次, nothing that explains it: a warning on the odd one."""
    text = "十二届二次会议于1月召开。\n十二届二次会议应到委员150名。\n十二届二次会议费49万元。\n十二届一次会议印刷资料1200册。"
    assert found("CP101", text) == [("CP101", "warning", "十二届一次会议")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("XX县水务局部门概况", "XX县水务局部门概"),
        ("20XX年度支出100万元。", "20XX年度"),
        ("202×年支出100万元。", "202×年"),
        ("根据××县财政局要求，开展自评。", "××县财政局要求"),
        ("委托某某会计师事务所评审。", "某某会计师事务所"),
        ("部门职能（100字以内）如下。", "（100字以内）"),
        ("（此处请填写指标设置的依据，不超过200字）", "（此处请填写指标设置的依据，不超过200字）"),
        ("（单位名称）开展自评。", "（单位名称）"),
        ("全年完成投资△△万元。", "△△"),
        ("全年培训？？人次。", "？？"),
        ("共检查水库【】座次。", "【】"),
        ("建成泵站[填写数量]座。", "[填写数量]"),
        ("（注：本部分由各单位根据实际情况自行填写）", "（注：本部分"),
        ("主要成效：（简要说明项目产出和效果情况）", "（简要说明"),
        ("此处插入项目完成情况照片。", "此处插入项目"),
        ("示例：某单位完成道路硬化10公里。", "示例："),
        ("按照通知（云财绩〔2024〕号）要求开展自评。", "〔2024〕号"),
        ("绩效等级为：优□ 良□ 中□ 差□", "优□ 良□"),
    ],
)
def test_placeholders(found, text, quote):
    """What the template meant to be replaced is quoted."""
    ((code, severity, words),) = found("CP102", text)
    assert (code, severity) == ("CP102", "warning")
    assert words.startswith(quote[:6])


@pytest.mark.parametrize(
    "text",
    [
        "严格执行《XX县预算管理办法》和《××项目实施方案》。",
        "采购XXL号口罩，安装LED屏3×4米，按15×8规格施工。",
        "得分=执行率×10分，补助资金=人数×标准。",
        "某些项目支付偏慢，某项目尚未结算，某种程度上影响进度。",
        "联系人：张XX，联系电话：0731-XXXXXXX。",
        "帮扶李××等3户，身份证号4301XXXXXXXX。",
        "二○○八年成立，目标值≥**人。",
        "2022年支出100万元，共2023户。",
        "评定为★★★级服务区，三角洲△监测点一处。",
        "绩效等级为：优☑ 良□ 中□ 差□，见〔2024〕12号文。",
        "有没有结余？有，为何不用？答复如下。",
        "已在报告中详细说明资金结余的原因（详见说明）。",
        "信息由各单位填报，县局汇总审核（由各单位填报的数据以系统为准）。",
    ],
)
def test_what_only_looks_like_a_placeholder(found, text):
    """Names of forms in 《》, sizes, products and 某些 are no placeholders."""
    assert found("CP102", text) == []


def test_alternatives_left_standing(found):
    """One finding for a sentence, with every alternative as evidence."""
    text = "公务接待费3.12万元，较上年增加（减少）0.46万元，增长（下降）17.29%。"
    assert found("CP103", text) == [("CP103", "warning", "增加（减少）")]


@pytest.mark.parametrize(
    "text",
    ["较上年增加0.46万元，增长17.29%。", "项目\t增加（减少）\t比例\n甲\t1.00\t2.00%\n乙\t2.00\t3.00%", "反映增减（+/-）情况。"],
)
def test_chosen_alternatives_and_column_heads(found, text):
    """A chosen word and a column head are no residue."""
    assert found("CP103", text) == []


SAME = "围绕农村供水保障开展专项检查，共检查水厂52座，发现并整改问题108个，守住了不发生重大供水安全事件的底线"


def test_repeated_results_are_a_warning(found):
    """Two numbered items that are one text with figures: one of them was copied."""
    text = f"一、工作成效\n（一）供水保障\n1．{SAME}。\n2．加强水质监测。\n（二）安全监管\n1．开展应急演练。\n2．{SAME}。"
    assert found("CP104", text) == [("CP104", "warning", f"{SAME}。")]


def test_a_whole_and_its_only_part_are_no_repetition(found):
    """支出预算A，其中：财政拨款支出预算A says two things with one figure."""
    text = "2023年安排支出预算52,340万元，其中：财政拨款支出预算52,340万元，比上年预算增加1,620万元。"
    assert found("CP104", text) == []


def test_repeated_boilerplate_is_a_notice(found):
    """Parallel sections that share a long sentence are worth a look, no more."""
    same = "以实现单位职能为导向，结合年度目标任务，紧密围绕部门职责，科学合理设置各项绩效目标，切实按照绩效管理要求开展工作。"
    codes = found("CP104", f"一、整体\n（一）目标制定\n{same}\n二、项目\n（一）目标制定\n{same}")
    assert [(c, s) for c, s, _ in codes] == [("CP104", "notice")]


def test_short_repetition_is_silent(found):
    """针对以上目标均已实现。 may stand under every section."""
    assert found("CP104", "一、甲\n针对以上绩效目标均已实现。\n二、乙\n针对以上绩效目标均已实现。") == []


@pytest.mark.parametrize(
    ("sentence", "raw"),
    [
        ("2021年度，我局项目支出执行规范，资金使用效益良好。", "2021年度"),
        ("截至2022年底，新增供水户1200户，比上年增长5%。", "2022年"),
        ("（二）支出情况。2022年部门支出合计98.00万元，其中基本支出60.00万元。", "2022年"),
        ("2022年度机关运行经费支出12.00万元，比上年增加1.00万元。", "2022年度"),
        ("截至2022年12月31日，实有在职人员18人。", "2022年12月31日"),
    ],
)
def test_year_left_over(found, sentence, raw):
    """A sentence of another year in one's own voice, once against many."""
    assert found("CP105", HEAD + YEAR + "二、绩效情况\n" + sentence) == [("CP105", "warning", raw)]


@pytest.mark.parametrize(
    "sentence",
    [
        "与2022年度相比，我局支出减少2万元。",
        "2022年度，我局结转资金5万元。",
        "2021年，我局启动供水工程建设，预算分年度安排。",
        "2022年度自评中指出的问题已整改，资金管理进一步规范。",
        "根据《2022年度预算批复》（平财〔2022〕8号）安排资金。",
        "2024年，我局将加强预算管理。",
        "2022年末，我局核定编制20名，预算安排合理。",
        "2022年支出90万元，2023年支出98万元。",
        "（一）2022年支出90万元。\n（二）2023年支出98万元。",
        "2022年项目批复总投资300万元，支出分年度安排。",
        "从2022年的支出90万元降到本年的88万元。",
        "2020—2022年，我局实施供水项目，支出300万元。",
        "截至2022年底，全县供水工程基础设施薄弱。",
    ],
)
def test_years_that_are_explained(found, sentence):
    """Comparison, carry-over, histories, citations, plans and ranges name other years rightly."""
    assert found("CP105", HEAD + YEAR + "二、绩效情况\n" + sentence) == []


PLACE = "平岭县水务局设3个股。平岭县财政局批复预算100万元。平岭县水务局编制20名。\n"


@pytest.mark.parametrize(
    "sentence", ["云溪县水务局将加强资金监管。", "严格执行《云溪县水利资金管理办法》。", "根据云溪县财政局要求开展自评。"]
)
def test_other_county_named(found, sentence):
    """One's own bureau, or the one that gives orders, under another county's name."""
    ((code, severity, quote),) = found("CP106", HEAD + PLACE + "二、下一步打算\n" + sentence)
    assert (code, severity) == ("CP106", "warning")
    assert "云溪县" in quote


@pytest.mark.parametrize(
    "sentence",
    [
        "赴云溪县水务局考察学习节水经验。",
        "与云溪县水务局联合开展跨界河流巡查。",
        "根据石安市水务局要求开展检查。",
        "根据县财政局要求开展自评，报请县政协审议。",
        "配合县审计局完成审计，根据区财政局通知执行。",
        "高新区水务局移交管网12公里。",
        "沟通县财政局落实资金，会商县发改局。",
        "我局会同县财政局、县审计局开展检查，办公室是县政协提案承办科室。",
        "编纂《云溪县志》水利篇。",
    ],
)
def test_other_places_named_rightly(found, sentence):
    """Visits, joint work, superior bureaus and one's own county without its name are no leftovers."""
    assert found("CP106", HEAD + PLACE + "二、主要做法\n" + sentence) == []


def test_town_under_another_county(found):
    """One's own town stands under another county's name."""
    text = "桐岭县石铺镇人民政府2023年度绩效自评报告\n一、概况\n石铺镇位于桐岭县北部。\n二、打算\n枞林县石铺镇将强化管理。"
    assert [c for c, _, _ in found("CP106", text)] == ["CP106"]


LEVEL = "清港区水务局2023年度绩效自评报告\n一、工作\n区委、区政府高度重视。落实区委部署，向区政府汇报。根据区财政局要求自评。\n二、打算\n"


def test_county_in_a_district(found):
    """A single 县委 among 区委 is worth a look; a unit that is led by it was copied."""
    assert found("CP107", LEVEL + "落实由县委安排的工作。") == [("CP107", "warning", "县委")]
    assert found("CP107", LEVEL + "在县委领导下，继续做好工作。") == [("CP107", "warning", "县委")]


@pytest.mark.parametrize(
    "sentence", ["学习云溪县委经验。", "服务市县政府。", "贯彻《县委工作条例》。", "在区委领导下做好工作。"]
)
def test_levels_named_rightly(found, sentence):
    """A county named by its name, or inside a title, is another place's."""
    assert found("CP107", LEVEL + sentence) == []
