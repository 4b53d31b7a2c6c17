"""Blanks that a form prints, bodies of another place, reports on what ended within the year: not accused; their like that is wrong: accused."""

from __future__ import annotations

import pytest

HEAD = "一、基本情况\n2023年编制20名，2023年全年支出98万元。"
WATER = "青岭区水利局2023年度绩效自评报告"
VOTE = "青岭县民政局2023年度换届选举经费绩效自评报告"

FAULTS = [
    ("CP102", WATER, "区水利局今后每____季度通报一次用水情况。", "____"),
    ("CP102", WATER, "文件抬头统一写作“区水利局”，联系人____已公布。", "____"),
    ("CP102", WATER, "干部职工说“第____标段已经完工”，评价组予以核实。", "____"),
    ("CP102", WATER, "各科室按要求填写“____部门”栏目，并于3月上报。", "____"),
    ("CP107", WATER, "我局认真落实县委、县政府的决策部署。", "县委、县政府"),
    ("CP107", WATER, "水库除险期间，县委、县政府高度重视。", "县委、县政府"),
]
RIGHT = [
    ("CP102", WATER, "省厅印发的示范文本规定，公告抬头写作“第____届村民委员会公告（第____号）”，由各村填写。"),
    ("CP102", WATER, "选票正面印有“第____号”字样，投票时由监票人编号。"),
    ("CP102", WATER, "合同样本第三条为“甲方于____日前付款”，栏目由各村自填，属空白格式。"),
    ("CP102", WATER, "封面落款处留有“____水管站”，供各站盖章。"),
    ("CP102", WATER, "按照统一填写的要求，台账题头“____渠道”由管护员手写。"),
    ("CP107", WATER, "2017年起与洛溪县结对。洛溪县委、县政府高度重视，成立了协作专班。"),
    ("CP107", WATER, "邻近的洛溪县出台引水办法，县委、县政府高度重视，移交了泵站。"),
    ("CP107", WATER, "洛溪县派员驻点。协作期间洛溪县委、县政府的决策部署与我区一致。"),
]


@pytest.mark.parametrize(("code", "title", "text", "quote"), FAULTS)
def test_accused(found, code, title, text, quote):
    """What is wrong is reported once, in its place."""
    assert [f[2] for f in found(code, f"{title}\n{HEAD}\n{text}")] == [quote]


@pytest.mark.parametrize(("code", "title", "text"), RIGHT)
def test_left_alone(found, code, title, text):
    """What a form prints, and what a partner's bodies did, is not accused."""
    assert found(code, f"{title}\n{HEAD}\n{text}") == []


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("截至2023年5月31日，县级开支16.9万元，执行率99.5%。", False),
        ("截止6月底拨付到村222万元，执行率98%。根据2018年12月修订的办法，任期为五年。", False),
        ("支出222万元，执行率98%。", True),
        ("截至2023年5月31日，县级开支16.9万元，执行率99.5%。全年开支18万元。", True),
        ("截至2023年5月31日，县级开支16.9万元。2023年12月补拨3万元。", True),
        ("截至9月底拨付到村222万元，执行率98%。", True),
    ],
)
def test_what_ended_within_the_year(found, text, early):
    """A report signed in its own year is accused where it tells of the whole year, not where it says up to which day it counts."""
    signed = f"{VOTE}\n一、资金\n{text}\n青岭县民政局\n2023年8月12日"
    assert [f[2] for f in found("DT104", signed)] == ["2023年8月12日"] * early
