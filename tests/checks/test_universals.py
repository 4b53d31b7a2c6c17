"""What is said of every one against one that is not so, in wordings of several trades."""

from __future__ import annotations

import pytest

HEAD = "临湖县交通运输局2023年农村公路养护项目支出绩效自评报告\n一、项目概况\n{0}\n二、实施情况\n{1}\n三、存在的问题\n{2}"
FIRST = "2023年项目预算800.00万元，涉及6个乡镇。"

BROKEN = {
    "agreements": ("养护路段与6个乡镇全部签订移交协议。", "柳河乡至今没有签订移交协议，路段管护责任悬空。", "全部签订"),
    "works": ("县道大修4个标段均已完工。", "（一）4个标段中，三标段因用地未批，尚未完工。", "均已完工"),
    "accepted": ("18座小桥加固全部通过验收。", "18座小桥中仍有2座小桥未通过验收，需返工。", "全部通过验收"),
    "refunds": ("补助资金一次打卡，没有发生退票。", "有9户因账号变更发生退票，年底前重新打卡。", "没有发生退票"),
    "answered": ("代表关于公路的建议全部答复。", "代表关于公路的建议有2件未答复，因牵涉邻县。", "全部答复"),
    "delivered": ("养护机械设备均已到货并投入使用。", "2台养护机械设备尚未到货，供应商解释为芯片短缺。", "均已到货"),
    "filed": ("6个乡镇的公路资产均已入账。", "6个乡镇的公路资产中，柳河乡部分没有入账。", "均已入账"),
    "signed_rate": ("农户用地补偿协议签订率100%。", "石桥村有4户农户用地补偿协议未签订。", "签订率100%"),
    "same_paragraph": ("改建错车道60处，任务全部完成。受雨季影响，尚有7处错车道未完成硬化。", "资料归档慢。", "全部完成"),
    "listed": (
        "路段有东冲线、石桥线、柳河线。3条路段的大修任务到年底全部完成。柳河线因征地受阻，仍有1.2公里未完工。",
        "资料归档慢。",
        "全部完成",
    ),
    "installed": ("临水临崖路段的波形护栏已全部安装到位。", "东冲线临水临崖路段的波形护栏有1.4公里尚未安装。", "全部安装"),
    "shown": ("养护补助对象均已公示。", "抽查发现，石桥村养护补助对象没有公示。", "均已公示"),
}

SOUND = {
    "other_part": ("主体工程全部完工。", "绿化工程尚未完工。"),
    "the_rest": ("其余5个乡镇均已签订移交协议。", "柳河乡没有签订移交协议。"),
    "all_but": ("除柳河乡外，全部签订移交协议。", "柳河乡没有签订移交协议。"),
    "plan": ("2024年6月底前将全部完成大修任务。", "目前尚有2个标段大修任务未完成。"),
    "earlier": ("到年底，4个标段全部完工。", "上半年4个标段因雨季尚未完工，影响支付进度。"),
    "last_year": ("县道大修任务全部完成。", "2022年县道大修任务未完成，结转到本年实施。"),
    "settled": ("补助资金全部发放到位。", "3户补助资金因账号有误未发放，经核对后已于12月20日补发到位。"),
    "condition": ("项目验收全部完成。", "凡未通过验收的路段，不予支付尾款。"),
    "other_thing": ("路面硬化全部完成。", "路面标线尚未完成招标。"),
    "other_place": ("石桥镇已全部签订移交协议。", "柳河乡尚未签订移交协议。"),
    "those_due": ("已到期的合同全部支付完毕。", "质保金合同款尚未支付。"),
    "timely": ("4个标段全部完工。", "4个标段中有1个标段未按期完工，推迟了20天。"),
    "rule": ("对未签订移交协议的乡镇，暂缓拨付养护经费。", "乡镇已全部签订移交协议。"),
    "happened_elsewhere": ("项目没有发生安全责任事故。", "全县公路发生交通事故31起，比上年减少4起。"),
    "denied_twice": ("没有发生退票。", "全年未发生退票。"),
    "another_scope": ("冬春两季的除雪任务全部完成。", "因设备老化，养护站的维修任务未完成。"),
    "asked": ("设备均已到货。", "建议对尚未到货的批次约定违约责任。"),
    "once": ("18座小桥全部通过验收。", "初验时有2座小桥未通过验收，整改后复验合格。"),
    "partial": ("主要任务基本完成。", "3个村的任务未完成。"),
    "phases": ("一期4条路段全部完工。", "二期3条路段尚未完工，计划次年实施。"),
    "of_which": ("列入年度计划的建议全部办结。", "年底新收的2件建议尚未办结。"),
    "audit_of_old": ("问题全部整改到位。", "2021年巡察指出的问题未整改到位的有1项，已列入台账。"),
}


@pytest.mark.parametrize(("one", "other", "quote"), BROKEN.values(), ids=BROKEN)
def test_said_of_all_and_not_so_of_one(found, one, other, quote):
    """A statement about all of them is held against the one that the report itself excepts elsewhere."""
    assert [(code, words[: len(quote)]) for code, _, words in found("CL401", HEAD.format(FIRST, one, other))] == [
        ("CL401", quote)
    ]


@pytest.mark.parametrize(("one", "other"), SOUND.values(), ids=SOUND)
def test_other_parts_years_and_conditions(found, one, other):
    """Another part, year or phase, a plan, a condition and a matter settled since contradict nothing, in either order."""
    assert found("CL401", HEAD.format(FIRST, one, other)) == []
    assert found("CL401", HEAD.format(FIRST, other, one)) == []
