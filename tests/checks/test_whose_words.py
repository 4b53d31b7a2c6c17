"""Another house in the author's place, another county's towns, another trade's duty: right and wrong in wordings of their own."""

from __future__ import annotations

import pytest

BUREAU = "青岭县水利局2023年度项目支出绩效自评报告\n一、基本情况\n青岭县水利局编制20名。\n"
UNION = "青岭县总工会2023年度专项经费绩效自评报告\n一、基本情况\n编制20名。\n"
CONGRESS = "青岭县人大常委会办公室2023年度专项经费绩效自评报告\n一、基本情况\n编制20名。\n"
SCHOOL = "青岭县第二中学2023年度项目支出绩效自评报告\n一、基本情况\n编制20名。\n"

WRONG = [
    ("CP108", BUREAU + "二、下一步打算\n县农业农村局将从两个方面加以改进。", "县农业农村局"),
    ("CP108", BUREAU + "二、改进措施\n针对支付偏慢的问题，县林业局将按月调度。", "县林业局"),
    ("CP108", UNION + "二、工作安排\n对于灵活就业人员，青岭县妇女联合会将在2024年单列培训班次。", "青岭县妇女联合会"),
    ("CP108", BUREAU + "二、整改安排\n县人大常委会机关将通过制度加以规范。", "县人大常委会"),
    ("CP108", BUREAU + "二、结果应用\n据此，县文化和旅游局在编制2024年预算时，压减培训费5%。", "县文化和旅游局"),
    ("CP108", BUREAU + "二、结果应用\n县市场监督管理局编制下一年度部门预算时，参考了自评结果。", "县市场监督管理局"),
    ("CP108", BUREAU + "二、产出\n县残疾人联合会作为本项目的主管部门，把适配率作为核心指标。", "县残疾人联合会"),
    ("CP108", BUREAU + "二、产出\n县司法局是本项目的实施单位，全年办理援助案件。", "县司法局"),
    ("CP108", CONGRESS + "二、结果应用\n经县政协主席会议研究，我办将把自评结果印发各代表团。", "县政协"),
    ("CP108", BUREAU + "二、改进措施\n县交通运输局下一步将优化预算编制。", "县交通运输局"),
    ("CP108", BUREAU + "二、存在问题\n县司法局预算编制不够精细，部分指标未量化。", "县司法局"),
    ("CP108", BUREAU + "二、组织\n县林业局各股室按职责分工填报绩效自评表。", "县林业局"),
    ("CP108", BUREAU + "二、组织\n根据县民政局工作实际，制定了项目管理办法。", "县民政局"),
    ("CP108", BUREAU + "二、组织\n结合县妇女联合会职能职责，修订了指标。", "县妇女联合会"),
    ("CP106", BUREAU + "二、过程\n青岭县财政局拨付资金。2月底前，慈云县各乡镇已上报维修清单，我局据此排定先后。", "慈云县"),
    (
        "CP111",
        BUREAU + "二、打算\n我局将充分发挥动物防疫和农产品质量主管职能，力争投诉下降。",
        "发挥动物防疫和农产品质量主管职能",
    ),
    ("CP111", BUREAU + "二、打算\n下一步，切实履行公租房和商品房监管职责，做好回访。", "履行公租房和商品房监管职责"),
]
RIGHT = [
    ("CP108", BUREAU + "二、下一步打算\n县水利局将从两个方面加以改进。"),
    ("CP108", BUREAU + "二、产出\n县农业农村局将从高标准农田中划出三处试点。"),
    ("CP108", BUREAU + "二、下一步打算\n县农业农村局将与我局联合，从两个方面加以改进。"),
    ("CP108", BUREAU + "二、下一步打算\n县财政局将按月调度支付进度。"),
    ("CP108", BUREAU + "二、结果应用\n县财政局在编制2024年预算时，压减培训费5%。"),
    ("CP108", BUREAU + "二、产出\n县发展和改革局作为本项目的主管部门负责立项，我局为实施单位。"),
    ("CP108", BUREAU + "二、组织\n会同县林业局各股室按职责分工填报。"),
    ("CP108", BUREAU + "二、打算\n请县交通运输局下一步将公路边沟一并设计。"),
    ("CP108", BUREAU + "二、问题\n县财政局预算编制不够精细。"),
    ("CP108", BUREAU + "二、产出\n县司法局预算编制不够精细，我局派员辅导。"),
    ("CP108", BUREAU + "二、组织\n根据县水利局工作实际，制定了项目管理办法。"),
    ("CP108", SCHOOL + "二、产出\n县教育局作为本项目的主管部门，核定了设备清单。"),
    ("CP108", BUREAU + "二、过程\n经县政协主席会议研究，提案列为重点督办件。"),
    ("CP108", CONGRESS + "二、结果应用\n经县人大常委会主任会议研究，我办将把自评结果印发各代表团。"),
    ("CP106", BUREAU + "二、过程\n青岭县财政局拨付资金。赴慈云县考察，慈云县各乡镇的管护经验值得借鉴。"),
    ("CP111", BUREAU + "二、打算\n我局将充分发挥水资源和河湖主管职能，力争投诉下降。"),
    ("CP111", BUREAU + "二、打算\n请农业农村局发挥农业技术推广职能，配合做好节水。"),
    ("CP111", "青岭县柳林镇2023年度绩效自评报告\n一、打算\n我镇将充分发挥农业技术推广职能，力争投诉下降。"),
]


@pytest.mark.parametrize(("code", "text", "quote"), WRONG)
def test_another_speaks(found, code, text, quote):
    """What only another house, county or trade would say is reported once, as a warning."""
    assert found(code, text) == [(code, "warning", quote)]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_the_author_speaks(found, code, text):
    """The author's own words, those above it, partners and visits are left alone."""
    assert found(code, text) == []


YEARS = "青岭县水利局2023年度供水项目绩效自评报告\n一、基本情况\n2023年全年支出98万元，2023年更换水表120只。\n二、结论\n"
LEFT = [
    "对照申报表，2022年度绩效目标中的12项指标都已达到，未达标的没有。",
    "经逐条核对，2022年度绩效目标里的各项任务均已完成。",
    "综合以上各项，我局2022年度农村供水项目自评96分。",
    "综上，2022年度水库维修资金自评得94.5分。",
    "对照批复，2022年度绩效目标全部达到。",
]
OWN = [
    "综合以上各项，我局2023年度农村供水项目自评96分。",
    "上年自评发现的问题中，2022年度绩效目标中的2项指标未达到。",
    "与2022年度项目自评95分相比，提高1分。",
    "2022年度农村供水项目自评95分，2023年自评96分。",
    "2022年度绩效目标中的12项指标，有3项延续到本年。",
    "总分95.52分，为优。2022年自评94.85分。",
]


@pytest.mark.parametrize("text", LEFT)
def test_a_verdict_on_another_year(found, text):
    """The report's own verdict or score under another year is a leftover."""
    assert [f[2] for f in found("CP105", YEARS + text)] == ["2022年度"]


@pytest.mark.parametrize("text", OWN)
def test_another_year_beside_its_own(found, text):
    """Last year's score, told beside this year's or compared with it, is none."""
    assert found("CP105", YEARS + text) == []
