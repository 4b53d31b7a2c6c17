"""Numbers of meetings against months, days, congresses and events: in wordings of their own, right and wrong."""

from __future__ import annotations

import pytest

TITLES = {
    "cppcc": "政协青岭县委员会办公室2023年度部门整体支出绩效自评报告\n一、履职情况\n",
    "union": "青岭县总工会2023年度工会事业专项绩效自评报告\n一、履职情况\n",
    "artists": "青岭县文联2023年度文艺扶持资金绩效自评报告\n一、履职情况\n",
    "census": "青岭县统计局2023年度普查专项经费绩效自评报告\n一、履职情况\n",
}
WRONG = [
    (
        "cppcc",
        "3月5日至8日，政协青岭县第九届委员会第二次会议在县城举行。\n委员在3月的九届三次会议期间提交提案96件。",
        "九届三次会议",
    ),
    ("cppcc", "2月，县政协十一届三次全会召开。\n2月十一届四次会议期间收到提案128件，均已交办。", "十一届四次会议"),
    (
        "artists",
        "县文联第六次代表大会在6月12日闭幕，六届一次全委会于当日召开。六届四次全委会在6月14日追认了兑现方案。",
        "六届四次全委会",
    ),
    (
        "artists",
        "换届大会5月20日闭幕，会后，县文联五届一次全委会选出主席1名；五届二次全委会则已于当年3月审议通过了提名。",
        "五届一次全委会",
    ),
    (
        "union",
        "青岭县工会第九次代表大会经批准召开。\n青岭县工会第八次代表大会于2023年9月开幕，选举产生委员31名。县总工会九届一次全委会选出主席。",
        "第八次代表大会",
    ),
    ("census", "2023年是第五次全国经济普查的清查年。\n第四次全国经济普查领导小组于3月成立。", "第四次全国经济普查"),
    ("census", "2023年开展第三次全国土壤普查。\n第二次全国土壤普查现场培训办班6期。", "第二次全国土壤普查"),
]
RIGHT = [
    ("cppcc", "3月5日至8日，政协青岭县第九届委员会第二次会议在县城举行。\n委员在3月的九届二次会议期间提交提案96件。"),
    ("cppcc", "3月5日至8日，政协青岭县第九届委员会第二次会议在县城举行。\n会议听取了九届一次会议以来提案工作情况的报告。"),
    ("cppcc", "3月，县政协九届二次会议召开。\n为九届三次会议筹备，11月完成了会议材料。"),
    ("artists", "县文联第六次代表大会在6月12日闭幕，六届一次全委会于当日召开。六届二次全委会在11月14日审议了章程。"),
    ("artists", "换届大会5月20日闭幕，会后，县文联五届一次全委会选出主席1名；四届六次全委会则已于当年3月审议通过了提名。"),
    ("artists", "换届大会5月20日闭幕，会后，县文联五届一次全委会选出主席1名；五届二次全委会于12月听取了工作报告。"),
    (
        "union",
        "青岭县工会第九次代表大会经批准召开。\n青岭县工会第八次代表大会于2018年9月召开。县总工会九届一次全委会选出主席。",
    ),
    ("census", "2023年是第五次全国经济普查的清查年。\n底册利用第四次全国经济普查资料编制。"),
    ("census", "2023年是第五次全国经济普查的清查年。\n与第四次全国经济普查相比，单位数增长41.5%。"),
    ("census", "2023年是第五次全国经济普查的清查年。\n第七次全国人口普查于2020年完成。"),
]


@pytest.mark.parametrize(("title", "text", "quote"), WRONG)
def test_the_number_cannot_be(found, title, text, quote):
    """The meeting or event whose number cannot be is reported once, as a warning."""
    assert [(f[1], quote in f[2]) for f in found("CP101", TITLES[title] + text)] == [("warning", True)]


@pytest.mark.parametrize(("title", "text"), RIGHT)
def test_the_number_may_be(found, title, text):
    """Sessions looked back upon or prepared, an old census's data and other congresses are left alone."""
    assert found("CP101", TITLES[title] + text) == []
