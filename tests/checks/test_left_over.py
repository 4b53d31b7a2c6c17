"""What was left over from another report: of a sibling, of another level, of last year; and what reads alike and is right."""

from __future__ import annotations

import pytest

HEAD = "一、基本情况\n2023年编制20名，2023年全年支出98万元。"

FAULTS = [
    # a county's word in a district's report, and the reverse
    ("CP107", "青岭区水利局2023年度绩效自评报告", "区委、区政府高度重视。经费由县财政局拨付。", "县财政局"),
    ("CP107", "青岭区水利局2023年度绩效自评报告", "全区水库18座。项目惠及全县群众。", "全县"),
    ("CP107", "青岭县水利局2023年度绩效自评报告", "资金由区级财政安排，县财政局批复。", "区级"),
    (
        "CP107",
        "柳沟镇2023年度绩效自评报告",
        "县委部署。县政府要求。向县财政局报送。落实县委决定。根据区财政局通知自评。",
        "区财政局",
    ),
    (
        "CP107",
        "青岭市水利局2023年度绩效自评报告",
        "市委、市政府高度重视。全市水库18座，市财政局批复。全县渠系改造完成。",
        "全县",
    ),
    # another kind of house
    ("CP109", "青岭区妇女联合会2023年度绩效自评报告", "我会设3个部室。我局对资金使用进行了核查。", "我局"),
    ("CP109", "柳沟镇2023年度绩效自评报告", "我镇辖12个村。我馆对资金使用进行了核查。", "我馆"),
    # a sibling by its full name
    ("CP108", "青岭县林业局2023年度绩效自评报告", "青岭县统计局是县政府工作部门，负责造林绿化。", "青岭县统计局"),
    ("CP108", "青岭县林业局2023年度绩效自评报告", "（一）机构。青岭县统计局内设6个股室。", "青岭县统计局"),
    ("CP108", "青岭县林业局2023年度绩效自评报告", "现将青岭县统计局2023年度部门整体支出自评情况报告如下。", "青岭县统计局"),
    ("CP108", "青岭县林业局2023年度绩效自评报告", "支出按照《青岭县统计局财务管理办法》执行。", "青岭县统计局"),
    # signed by another county's house, under a title that names the project alone
    (
        "CP110",
        "青岭县2023年度清洁取暖补贴项目支出绩效自评报告",
        "发放到户。\n定阳县农村能源办公室\n2024年3月5日",
        "定阳县农村能源办公室",
    ),
]
CLEAN = [
    ("青岭县2023年度清洁取暖补贴项目支出绩效自评报告", "发放到户。\n石安市农村能源办公室\n2024年3月5日"),
    ("青岭县2023年度清洁取暖补贴项目支出绩效自评报告", "发放到户，由定阳县代管片区另报。\n定阳县农村能源办公室\n2024年3月5日"),
    ("青岭区水利局2023年度绩效自评报告", "区委高度重视。标准按县级图书馆测算，与邻县合建，经费由县财政局承担。"),
    ("青岭县水利局2023年度绩效自评报告", "县财政局批复。自治区水利厅下达，全区排名第三。"),
    ("青岭县水利局2023年度绩效自评报告", "县财政局批复。灌区改造后，全区亩均用水下降。"),
    ("青岭市水利局2023年度绩效自评报告", "市委、市政府高度重视。全市水库18座。云溪县进度最快，全县渠系改造完成。"),
    ("中国人民政治协商会议青岭县委员会2023年度绩效自评报告", "我会召开全会。我办负责日常工作。"),
    ("青岭区妇女联合会2023年度绩效自评报告", "我会设3个部室，在区卫生健康局支持下，该局干部说：“我局全力配合。”"),
    ("青岭县林业局2023年度绩效自评报告", "根据青岭县统计局公布的数据，林业产值增长5%。与青岭县统计局共同核实。"),
    ("青岭县林业局2023年度绩效自评报告", "青岭县财政局高度重视预算绩效管理。青岭县林业局2023年度预算100万元。"),
    ("青岭县林业局2023年度绩效自评报告", "青岭县统计局2023年度抽样调查委托我局配合，青岭县统计局提供名册。"),
]


@pytest.mark.parametrize(("code", "title", "text", "quote"), FAULTS)
def test_left_over(found, code, title, text, quote):
    """What another unit's report left behind is reported, once and in its place, as a warning."""
    assert found(code, f"{title}\n{HEAD}\n{text}") == [(code, "warning", quote)]


@pytest.mark.parametrize(("title", "text"), CLEAN)
def test_said_by_right(found, title, text):
    """Neighbours, superiors, siblings at their own work and quotations are nobody's leftovers."""
    assert not [
        hit for code in ("CP106", "CP107", "CP108", "CP109", "CP110") for hit in found(code, f"{title}\n{HEAD}\n{text}")
    ]


YEARS = "青岭县水利局2023年度部门整体支出绩效自评报告\n一、基本情况\n2023年编制20名。2023年全年支出98万元，2023年修渠3条。\n"
YEAR_FAULTS = [
    # praise without a figure
    "总体看，2022年资金到位及时，支出合规。",
    "在2022年绩效管理工作中，始终坚持“花钱必问效”。",
    "2022年，在上级部门的关心支持下，各项工作任务圆满完成。",
    # the unit's own budget
    "2022年度本年收入合计471万元，其中财政拨款466万元。",
    "2022年地方财政年初预算893万元，调整后941万元。",
    "纳入2022年度部门预算编制范围的单位共5家。",
    # held against the same year
    "2022年度收、支总计均为1386万元。与2022年相比，收、支总计各增加88万元。",
    "支付进度较上年（2023年）明显提高。",
]
YEAR_CLEAN = [
    "2022年，供水一期工程顺利完成。",
    "2022年，经机构改革，各项工作平稳移交。",
    "支出101万元。2022年支出96万元，增长5.2%。",
    "2022年支出96万元，2023年支出101万元。",
    "今年（2023年）以来进度加快，上年（2022年）结余已收回。",
    "设施自2022年起由村委会管护，运行良好。",
]
PLAN_FAULTS = [
    "（一）提前编制采购需求，2022年一季度完成设备招标。",
    "（一）待审计工程款力争2022年6月底付清。",
    "（一）2022年将与空管部门建立会商机制。",
    "（一）下一步，我局将督促其在2022年汛期前完工。",
]
PLAN_CLEAN = [
    "（一）2024年一季度完成设备招标。",
    "（一）补助标准自2021年起执行，建议提高。",
    "（一）对2021年以前扫描的图像分三年重扫。",
    "（一）2022年已签订协议，今后按协议执行。",
]


@pytest.mark.parametrize(
    "text",
    [*(f"二、绩效情况\n{t}" for t in YEAR_FAULTS), *(f"二、下一步打算\n{t}\n青岭县水利局\n2024年3月5日" for t in PLAN_FAULTS)],
)
def test_last_years_sentence(found, text):
    """A sentence that only last year's report can have told, and a plan for a year gone by, are reported once."""
    hits = found("CP105", YEARS + text)
    assert len(hits) == 1
    assert hits[0][2].startswith(("2022年", "2023年"))


@pytest.mark.parametrize(
    "text",
    [*(f"二、绩效情况\n{t}" for t in YEAR_CLEAN), *(f"二、下一步打算\n{t}\n青岭县水利局\n2024年3月5日" for t in PLAN_CLEAN)],
)
def test_other_years_by_right(found, text):
    """Comparisons, histories, earlier phases and what has begun earlier may name another year."""
    assert found("CP105", YEARS + text) == []


TITLED = "青岭县水利局2022年度部门整体支出绩效自评报告\n一、基本情况\n{}\n青岭县水利局\n{}年3月5日"


def test_last_years_title(found):
    """A title of the year before is reported where text and signature are of the next report, and only there."""
    text = "现将2023年度绩效自评情况报告如下。2023年支出98万元。二、支出\n与2022年相比增加2万元。"
    assert found("CP105", TITLED.format(text, 2024)) == [("CP105", "warning", "2022年度")]
    assert found("CP105", TITLED.format(text, 2023)) == []
    assert found("CP105", TITLED.format(text + "2022年度预算执行平稳，2022年修渠3条。", 2024)) == []


INSTRUCTIONS = [
    "（可附页）",
    "（逐条说明未完成的原因及改进措施）",
    "（说明项目资金使用情况，包括资金到位、支出及结余等）",
    "（如有，请说明原因；如无，请填“无”）",
    "没有的项目可删除",
    "由业务科室提供材料后补充",
    "请各单位对照指标逐项说明完成情况",
    "（若无此类情况，可不写）",
    "（写明具体做法和成效）",
    "【说明：该部分为必填项】",
    "（每项不少于200字）",
    "XX.XX",
]
REMARKS = [
    "（说明：得分按四舍五入计算）",
    "（需要说明的是，尾款在次年支付）",
    "（应填报单位12家，实际填报12家）",
    "（重点项目3个）",
    "绩效目标（按申报表填写）全部完成。",
    "本表由财务股填报，数据截至年底。",
    "通知规定“没有的项目可删除”。",
]


@pytest.mark.parametrize("words", INSTRUCTIONS)
def test_instruction(found, words):
    """Words to whoever fills the template in are reported where they stand."""
    hits = found("CP102", f"青岭县水利局2023年度绩效自评报告\n{HEAD}\n修渠3条，支出98万元。{words}。")
    assert [(code, severity) for code, severity, _ in hits] == [("CP102", "warning")]
    assert words.rstrip("。") in hits[0][2] or hits[0][2].lstrip("。") in words


@pytest.mark.parametrize("words", REMARKS)
def test_remark(found, words):
    """An author's own remark in brackets, a note under a table and a rule quoted are no instructions."""
    assert found("CP102", f"青岭县水利局2023年度绩效自评报告\n{HEAD}\n修渠3条，支出98万元。{words}") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("主要原因是人员增加（减少）所致。", True),
        ("项目资金已（未）足额到位。", True),
        ("完成（未完成）年度目标。", True),
        ("机构无增减/有增减变化。", True),
        ("人员减少所致，资金已足额到位，未完成的已说明（未开工1个）。", False),
    ],
)
def test_alternatives(found, text, wrong):
    """Of two printed alternatives one is to be chosen; a remark in brackets is no alternative."""
    assert bool(found("CP103", f"青岭县水利局2023年度绩效自评报告\n{HEAD}\n{text}")) is wrong


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        ("DT101", "货款于14月底付清。", True),
        ("DT101", "21月召开全会。", True),
        ("DT101", "工期18月，发放13月工资，质保24月。", False),
        ("ST117", "二、绩效情况\n有关情况已在第八部分说明。", True),
        ("ST117", "二、绩效情况\n问卷统计结果附后（附件7）。", True),
        ("ST117", "二、绩效情况\n有关情况已在第一部分说明。", False),
    ],
)
def test_dates_and_references(found, code, text, wrong):
    """A month that no year has and a part or annex that the report has not are reported; counts of months are not."""
    assert bool(found(code, f"青岭县水利局2023年度绩效自评报告\n{HEAD}\n{text}")) is wrong
