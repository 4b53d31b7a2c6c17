"""Slips of writing in wordings of their own: blanks before a counter, two hedges, doubled nouns, sentences and lists that stop, annexes."""

from __future__ import annotations

import pytest

HEAD = "青岭县水利局2023年度项目支出绩效自评报告\n一、基本情况\n2023年全年支出98万元。"

WRONG = [
    ("CP102", "审计组延伸抽查了____个村的入户台账。", "____"),
    ("CP102", "新建泵房_____座并接入管网，已通过验收。", "_____"),
    ("CP102", "累计培训___人次以上，合格率较高。", "___"),
    ("ST114", "全年清运生活垃圾约3.4万余吨。", "约3.4万余吨"),
    ("ST114", "放流鱼苗超过80万多尾。", "超过80万多尾"),
    ("ST114", "接待群众近2千余人。", "近2千余人"),
    ("ST113", "年内新建便民服务中心中心3处。", "中心中心"),
    ("ST113", "核减项目资金资金共26万元。", "资金资金"),
    ("ST113", "惠及乡镇乡镇的村民。", "乡镇乡镇"),
    ("ST111", "两处渗漏点经灌浆处理后，大坝下游坡面连续三个汛期没有\n二、其他情况\n编制20名。", "连续三个汛期没有"),
    ("ST111", "因用地手续还在补办，末级渠道的防渗衬砌到年底仍未\n二、其他情况\n编制20名。", "衬砌到年底仍未"),
    ("ST118", "各项目的得分情况如下：\n从结果看，规模小的项目完成质量普遍好于规模大的项目。", "情况如下："),
    ("ST118", "三类资金的支出构成如下：\n总的看，支出结构与批复大体一致，没有挤占挪用的现象发生。", "如下："),
    ("ST117", "按要求编制了《管护人员名单》（附件3）。\n附件：1.自评表\n2.照片", "（附件3"),
    ("ST117", "实施清单为《渠系维修项目清单》（附件2）。\n附件：1.自评表", "（附件2"),
]
RIGHT = [
    ("CP102", "公示牌按规定印有“涉及____个村”字样，由乡镇填写。"),
    ("ST108", "审计组延伸抽查了12个村的入户台账。"),
    ("ST114", "近3年余款陆续收回。清运垃圾3.4万余吨，放流鱼苗约80万尾。"),
    ("ST114", "约5年多来，未发生溃坝。近20年余热回收项目运行平稳。"),
    ("ST113", "逐个逐个的核对。由3名代表代表3个村发言。研究研究的意见。"),
    ("ST113", "县级中心中心城区管网另行安排。"),
    ("ST111", "评价组逐项核对了手续有没有\n二、其他情况\n编制20名。"),
    ("ST111", "两处渗漏点经灌浆处理后，大坝下游坡面连续三个汛期没有再出现散浸。\n二、其他情况\n编制20名。"),
    ("ST111", "以上是我局对2023年度水库维修养护资金使用和绩效目标完成情况所作的自我评价与情况特此报告。"),
    ("ST118", "各项目的得分情况如下：\n从结果看，规模小的项目得95分，规模大的得91分。"),
    ("ST118", "三类资金的支出构成如下：\n总的看，支出结构与批复大体一致，没有挤占挪用的现象。\n人员 80\n公用 20"),
    ("ST118", "支出构成如下：\n一是人员经费，二是公用经费，各占一半左右，与批复一致。"),
    ("ST117", "依据《县级预算管理办法》（附件3）执行。\n附件：1.自评表\n2.照片"),
    ("ST117", "形成《管护人员名单》（附件2）。\n附件：1.自评表\n2.管护人员名单"),
    ("ST117", "执行《养护技术规程》附件5的表格。\n附件：1.自评表"),
]


@pytest.mark.parametrize(("code", "text", "quote"), WRONG)
def test_a_slip_is_found(found, code, text, quote):
    """The slip is reported once, where it stands."""
    hits = [f[2] for f in found(code, f"{HEAD}\n{text}")]
    assert len(hits) == 1
    assert quote in hits[0]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_sound_writing(found, code, text):
    """What reads alike and is sound is not accused."""
    assert found(code, f"{HEAD}\n{text}") == []


def test_a_closing_formula_behind_a_missing_mark(found):
    """A sentence without its mark before 专此函达 is told as a notice."""
    text = "整改措施由工程股拟订，于2024年6月底前逐条落实到各灌区管理所，届时把完成情况一并向县人民政府报告\n专此函达。"
    assert [f[:2] for f in found("ST111", f"{HEAD}\n{text}")] == [("ST111", "notice")]
