"""The checks of which session can have met by when, and of the country's meetings whose dates are known."""

from __future__ import annotations

import pytest

CONGRESS = "平阳县人大常委会办公室2022年度部门整体支出绩效自评报告\n"
CONFERENCE = "政协平阳县委员会2023年度部门整体支出绩效自评报告\n"
TOWN = "平阳县柳林镇2023年度部门整体支出绩效自评报告\n"
UNION = "临汀市总工会2023年度部门整体支出绩效自评报告\n"
SPORT = "平阳县体育中心2024年度部门整体支出绩效自评报告\n"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (CONGRESS + "其中2月25日举行的第四次会议作出决议，1月召开的第五次会议任命副县长1名。", "第五次会议"),
        (CONGRESS + "3月第五次主任会议研究了预算，6月第四次主任会议听取了汇报。", "第四次主任会议"),
        (CONGRESS + "第七次会议于4月召开，审议报告3个；第六次会议于5月召开，审议报告2个。", "第六次会议"),
        (CONFERENCE + "2023年1月9日至12日，召开十届二次全体会议。\n十届三次会议确定的25项协商工作，完成24项。", "十届三次会议"),
        (CONFERENCE + "本年2月，十届二次会议如期举行。\n十届三次会议期间委员提交提案216件，立案202件。", "十届三次会议"),
        (
            CONGRESS + "2022年1月15日召开县第十八届人民代表大会第一次会议。\n十七届一次会议期间代表提出建议158件。",
            "十七届一次会议",
        ),
        (
            CONGRESS + "2022年1月15日召开县第十八届人民代表大会第一次会议。\n县十七届人大二次会议期间收到议案6件。",
            "十七届人大二次会议",
        ),
        (
            CONFERENCE + "县政协第十届委员会现有委员198名。\n2月筹备召开了县政协第九届委员会第二次会议，到会191名。",
            "第九届委员会第二次会议",
        ),
        (CONGRESS + "县第八届人民代表大会自2021年12月换届以来共组织视察12次。\n县十五届人大现有代表231名。", "十五届人大"),
        (
            UNION + "本届委员会由2021年9月召开的市工会第九次代表大会选举产生。\n市工会第八次代表大会选出的本届委员会重视帮扶。",
            "第八次代表大会",
        ),
        (
            TOWN + "1月17日，镇第十九届人民代表大会第三次会议审议通过了当年预算草案。\n"
            "镇第十九届人民代表大会第二次会议审查2023年预算时代表提出意见。",
            "第十九届人民代表大会第二次会议",
        ),
        (
            TOWN + "2023年1月召开的镇第十九届人民代表大会第三次会议批准的预算列支80万元。\n"
            "依照镇十九届人大二次会议2023年1月批准的预算安排资金。",
            "十九届人大二次会议",
        ),
        (
            CONGRESS + "2022年1月11日至14日，县十八届人大二次会议召开，3月组织收看十三届全国人大五次会议开幕会。\n"
            "县十七届人大二次会议上代表所提的106件建议全部交办。",
            "十七届人大二次会议",
        ),
        (
            SPORT + "平阳县第十二届全民运动会，5月18日至22日举行，52个代表团参加。\n第十三届全民运动会期间受理意见39条。",
            "第十三届全民运动会",
        ),
    ],
)
def test_session_that_cannot_have_met(found, text, odd):
    """A session before its turn, long over, of a body not in office, or out of order by its month, is one warning on it."""
    assert found("CP101", text) == [("CP101", "warning", odd)]


@pytest.mark.parametrize(
    "text",
    [
        CONGRESS + "2月第三次会议作出决议，6月第四次会议听取报告，9月第五次会议批准决算。",
        CONGRESS + "3月第二次主任会议研究预算，5月第五次主任会议听取汇报，2月党组第六次会议传达精神。",
        CONGRESS + "2021年12月召开的第十二次会议补选代表1名，3月召开的第十三次会议作出决议。",
        CONFERENCE + "2023年1月9日至12日，召开十届二次全体会议。\n2024年1月召开的十届三次会议期间，收到提案180件。",
        CONFERENCE + "2023年1月9日召开十届二次全体会议。\n为十届三次会议做好准备，征集提案线索60条。",
        CONGRESS + "2022年1月15日召开县第十八届人民代表大会第一次会议。\n县十七届人大六次会议期间收到的98件建议全部办结。",
        CONGRESS + "2022年1月15日召开县第十八届人民代表大会第一次会议。\n县十七届人大一次会议以来共办理建议620件。",
        CONFERENCE + "县政协第十届委员会现有委员198名。\n2月召开了县政协第十届委员会第二次会议，到会191名。",
        CONGRESS + "县第八届人民代表大会自2021年12月换届以来组织视察12次。\n省十四届人大现有代表中我县12名。",
        UNION + "本届委员会由2021年9月召开的市工会第九次代表大会选举产生。\n市工会第八次代表大会2016年召开。",
        TOWN + "1月17日，镇第十九届人大第三次会议批准了2023年预算。\n镇第十九届人大第四次会议审查了2023年预算调整方案。",
        SPORT + "平阳县第十二届全民运动会5月18日至22日举行，52个代表团参加。\n组队参加省第十五届全民运动会期间服务到位。",
        SPORT + "平阳县第十二届全民运动会5月18日至22日举行，52个代表团参加。\n第十三届全民运动会计划2026年举行。",
    ],
)
def test_sessions_that_can_have_met(found, text):
    """Dated, looked back upon, prepared or another body's: no session of these is a fault."""
    assert found("CP101", text) == []


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("我局学习贯彻党的二十届三中全会精神，完成培训6期。\n平阳县水务局\n2023年2月27日", "二十届三中全会"),
        ("以党的二十大精神为指引，抓好供水保障。\n平阳县水务局\n2022年3月5日", "二十大"),
        ("2021年，我局传达学习党的二十大精神，开展宣讲12场。", "二十大"),
        ("认真落实十四届全国人大一次会议精神。\n平阳县水务局\n2022年12月20日", "十四届全国人大一次会议"),
    ],
)
def test_meeting_of_the_country_that_had_not_met(found, text, odd):
    """A national meeting later than the signature, or than the year of its sentence, cannot have been studied."""
    assert found("DT102", "平阳县水务局部门整体支出绩效自评报告\n" + text) == [("DT102", "warning", odd)]


@pytest.mark.parametrize(
    "text",
    [
        "我局学习贯彻党的二十届二中全会精神，完成培训6期。\n平阳县水务局\n2023年3月27日",
        "2022年，我局做好迎接党的二十大召开的供水保障，落实各项部署。\n平阳县水务局\n2022年9月5日",
        "2022年以来，我局深入学习贯彻党的二十大精神。\n平阳县水务局\n2023年3月5日",
        "资料归为二十大类，落实了专人。\n平阳县水务局\n2021年3月5日",
    ],
)
def test_meeting_of_the_country_that_had_met(found, text):
    """Held before, awaited, or no meeting at all: nothing is said."""
    assert found("DT102", "平阳县水务局部门整体支出绩效自评报告\n" + text) == []
