"""The course of works told by name, over several sentences, and of contests: what goes against its order, and what only seems to."""

from __future__ import annotations

import pytest

HEAD = "青岭县水利局2022年度项目支出绩效自评报告\n一、项目进度"

WRONG = [
    ("东干渠5月12日开工，西干渠6月3日开工；东干渠于4月28日完工。", "4月28日"),
    ("二标段3月6日签订合同。一标段7月2日竣工，二标段7月9日竣工；二标段6月25日通过验收。", "6月25日"),
    ("石桥泵站8月20日竣工，柳湾泵站9月4日竣工。石桥泵站8月6日通过验收。", "8月6日"),
    ("采购公告2022年4月6日发布，4月28日开标。合同签订时间为2022年4月19日，工期60天。", "2022年4月19日"),
    ("工程于2022年5月10日开工。实际完工8月30日。8月21日由县财政局、县质监站联合验收。", "8月21日"),
    ("设备6月1日签订合同。6月28日到货。调试工作于6月15日完成。", "6月15日"),
    ("书画大赛6月10日举行颁奖，公众投票随后在同年9月启动。", "6月10日"),
    ("招聘面试5月8日举行，笔试5月20日组织。", "5月8日"),
    ("“好水工”评选8月1日启动征集，决赛7月16日举行。", "7月16日"),
    ("村委会换届3月2日集中投票，3月9日开始选民登记。", "3月2日"),
]
RIGHT = [
    "东干渠5月12日开工，西干渠6月3日开工；东干渠于9月28日完工，西干渠8月1日完工。",
    "一标段4月20日开工，二标段5月6日开工；三标段4月8日通过完工验收。",
    "石桥泵站8月20日竣工，柳湾泵站8月6日投入使用，经验收合格。",
    "采购公告2022年4月6日发布，4月28日开标。监理合同签订时间为2022年4月19日，工期60天。",
    "工程于2022年5月10日开工。主体8月30日完工。8月21日对隐蔽部分组织验收。",
    "一期工程3月1日开标，4月2日签约。二期3月20日完工，3月28日验收。",
    "设备6月1日签订合同。6月28日到货。计划6月15日完成调试，因运输推迟。",
    "书画大赛6月10日举行颁奖，下一届征集9月启动。",
    "招聘面试5月8日举行，第二批笔试5月20日组织。",
    "工程2021年11月5日招标，2022年1月8日签订合同。2月20日开工，9月完工。",
    "书画大赛11月10日举行颁奖，公众投票2月启动。",
    "合同约定9月1日完工。实际完工8月20日，8月28日通过验收，9月投入使用。",
]


@pytest.mark.parametrize(("text", "quote"), WRONG)
def test_against_its_order(found, text, quote):
    """A step dated before what it follows by nature is reported once."""
    assert [f[2] for f in found("DT103", f"{HEAD}\n{text}")] == [quote]


@pytest.mark.parametrize("text", RIGHT)
def test_a_possible_course(found, text):
    """Other works, other rounds, plans and parts are not held against one another."""
    assert found("DT103", f"{HEAD}\n{text}") == []


TOLD = "青岭县文联2023年度项目支出绩效自评报告\n一、项目进度"
OUT = [
    "宣讲员在第四季度选聘到位，并于第三季度逐户完成了走访。",
    "方案于三季度通过评审，随后在二季度组织施工招标。",
    "村民代表会议在下半年表决了方案，并于上半年完成丈量。",
    "设备在四季度安装完毕，最后在一季度通过了联合检查。",
    "资金在第二季度下达到乡镇，此后于第一季度拨付到户。",
    "巡展5月在北岸开幕，6月巡至石浦，3月巡至天灯，12月收官。",
    "宣讲队4月走进渔村，7月转至海岛，6月转场学校，9月闭幕。",
    "前期已选点。流动医院3月首站设在石桥，5月转到柳湾，4月巡到东岭，8月收尾。",
]
IN = [
    "宣讲员在第三季度选聘到位，并于第四季度逐户完成了走访。",
    "任务在第四季度集中开展，第三季度完成招标。",
    "前三季度支付60%，第四季度支付40%，并于第一季度收回余款。",
    "款项在第四季度结清，并于次年第一季度公示。",
    "第三季度与第四季度持平，并在下半年增加。",
    "3月开展植树，5月开展防汛演练，4月开展节水宣传，12月总结。",
    "巡演10月开幕，11月巡至石浦，1月巡至天灯，3月收官。",
    "巡展5月开幕，6月巡至石浦，8月巡至天灯，12月收官。",
]


@pytest.mark.parametrize("text", OUT)
def test_told_out_of_turn(found, text):
    """A quarter or month said to have come after a later one is reported."""
    assert len(found("DT103", f"{TOLD}\n{text}")) == 1


@pytest.mark.parametrize("text", IN)
def test_told_in_turn(found, text):
    """An order that is possible, or that binds nobody, is left alone."""
    assert found("DT103", f"{TOLD}\n{text}") == []
