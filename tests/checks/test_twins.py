"""Sessions, quarters, lists and self-names that the passage itself contradicts."""

from __future__ import annotations

import pytest

COUNCIL, CONGRESS = "政协松岗县委员会办公室", "松岗县人大常委会办公室"
REPORT = (
    "{org}2023年度部门整体支出绩效自评报告\n一、基本情况\n{org}2023年支出86.00万元。2023年培训4期。\n二、绩效情况\n{text}\n"
    "三、存在问题\n个别环节进度偏慢。\n"
)


def findings(found, org: str, text: str, codes: str | tuple[str, ...]) -> list[tuple[str, str]]:
    got = found(codes, REPORT.format(org=org, text=text))
    return [(code, quote) for code, severity, quote in got if severity != "notice"]


@pytest.mark.parametrize(
    ("org", "text", "quote"),
    [
        (COUNCIL, "会议名称为政协三届五次会议，经费来源为专项经费，决算说明载明政协三届一次会议如期闭幕。", "三届一次会议"),
        (COUNCIL, "筹备召开八届四次会议，八届二次会议选举产生了新一届领导班子。", "八届二次会议"),
        (COUNCIL, "专项用于筹办政协九届四次会议。决算时，专项所筹办的政协九届一次会议实际会期与批复相符。", "九届一次会议"),
        (COUNCIL, "承担政协七届四次会议的住宿和用餐，支出58.00万元，七届一次会议未发生计划外开支。", "七届一次会议"),
        (COUNCIL, "3月召开九届十二次常委会会议；6月召开九届十一次常委会会议，协商养老服务。", "九届十一次常委会会议"),
        (
            CONGRESS,
            "年度任务是：年底前组织召开县十八届人大二次会议。\n县十八届人大三次会议于2023年12月27日召开。",
            "十八届人大三次会议",
        ),
    ],
)
def test_two_sessions_of_one_meeting(found, org, text, quote):
    """Where a passage is on one meeting, or its months are in order, the session that cannot be meant is a warning."""
    assert ("CP101", quote) in findings(found, org, text, "CP101")


@pytest.mark.parametrize(
    "text",
    [
        "保障了九届五次会议的文印，九届四次会议收到的提案继续督办。",
        "政协九届四次会议筹备期间印制资料，九届三次会议结束后归档。",
        "2023年1月召开九届四次会议，会期三天；九届三次会议于2022年1月闭幕。",
        "九届三次会议以来，围绕九届四次会议确定的任务开展调研。",
        "承担九届三次会议和九届四次会议的会务，九届四次会议闭幕后结算。",
    ],
)
def test_two_sessions_rightly_named(found, text):
    """Last year's session, the one prepared and the two of a pair stand side by side rightly."""
    assert findings(found, COUNCIL, text, "CP101") == []


@pytest.mark.parametrize(
    ("org", "text", "code", "quote"),
    [
        ("松岗县图书馆", "第五季度支出明显快于前几个季度。", "DT101", "第五季度"),
        ("松岗县柳坪镇人民政府", "我区通过“公司加农户”的方式带动村集体增收。", "CP107", "我区"),
        ("松岗县实验小学", "我校开足课程。\n本年度我园保教有序。", "CP109", "我园"),
        ("松岗县水利局", "项目建成后，荆坪县农村自来水普及率提高到89%，为我县乡村振兴打下基础。", "CP106", "荆坪县"),
        ("松岗县水利局", "为规范作业，制定了五项制度，具体如下：\n通过以上制度，各个环节都有据可查。", "ST118", "具体如下："),
        ("松岗县水利局", "2022年全县共改造渠道1260米，完成年初任务的105%。", "CP105", "2022年"),
        ("松岗县水利局", "合同约定2023年10月开工、2023年6月完成验收，执行中顺延。", "DT103", "2023年6月"),
        ("松岗县生态环境局", "进一步落实县住房和城乡建设局部门预算绩效管理内控制度。", "CP108", "县住房和城乡建设局"),
        ("松岗县水利局", "7月发生安全责任事故1起。\n年内全局未发生任何安全责任事故。", "CL401", "未发生任何安全责任事故"),
        ("松岗县水利局", "项目资金专款专用，年末无结余。\n一是专用设备年末结余3.2万元没有用完。", "CL401", "无结余"),
        (
            "松岗县图书馆",
            "目标分为服务、资源、活动三类：服务类，开馆300天；活动类，办活动240场。",
            "ST118",
            "分为服务、资源、活动三类：",
        ),
        (CONGRESS, "我办作为县政协机关的综合服务部门，始终厉行节约。", "CP111", "我办作为县政协机关的综合服务部门"),
        (
            "松岗县水利局",
            "8座泵站已全部办结验收手续。\n2023年本单位没有发生公务接待。\n公务接待12批次、96人次。",
            "CL401",
            "没有发生公务接待",
        ),
    ],
)
def test_own_name_place_and_time(found, org, text, code, quote):
    """A quarter that no year has, a district in a county, another house's 我园, a list that never comes."""
    assert (code, quote) in findings(found, org, text, code)


@pytest.mark.parametrize(
    ("org", "text"),
    [
        ("松岗县图书馆", "连续第五季度保持增长，实现第二、第三季度到馆人次双增。"),
        ("松岗县柳坪镇人民政府", "向邻近的云台区学习，云台区镇村干部来我镇交流。"),
        ("松岗县实验小学", "我校附设幼儿园一所，我园保教有序。"),
        ("松岗县水利局", "荆坪县农村自来水普及率为89%，比我县低3个百分点。"),
        ("松岗县水利局", "资金支出293.28万元，执行率94%。2022年财政资金支出281.00万元，增长4.37%。"),
        ("松岗县水利局", "完工35个，未完工3个均已完成主体。"),
        ("松岗县图书馆", "目标分为服务、资源、活动三类：服务类，开馆300天；活动类，办活动240场；另购资源2万册。"),
        ("松岗县图书馆", "支出分为人员、公用、项目三部分：人员支出30.00万元，公用支出20.00万元，其余为专项。"),
        ("松岗县水利局", "制定了五项制度，具体如下：\n1.巡查制度。\n2.保养制度。\n通过以上制度，环节有据可查。"),
    ],
)
def test_near_misses(found, org, text):
    """Neighbours, series of quarters, an attached kindergarten and a list that does come are left alone."""
    assert findings(found, org, text, ("CP", "DT", "ST118")) == []
