"""The checks of dates."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "raw"),
    [("项目于2月30日完工。", "2月30日"), ("2023年2月29日验收。", "2023年2月29日"), ("截至2023年13月。", "2023年13月")],
)
def test_impossible_date(found, text, raw):
    """A day that no calendar has is an error."""
    assert found("DT101", text) == [("DT101", "error", raw)]


@pytest.mark.parametrize(
    "text", ["2024年2月29日验收。", "2月29日值班。", "发放13月工资。", "根据《2月30日会议纪要》。", "工期18个月。"]
)
def test_possible_dates(found, text):
    """Leap days, a thirteenth month's pay, titles and durations are left alone."""
    assert found("DT101", text) == []


SIGNED = "一、资金情况\n全年支出100万元。\n二、项目情况\n{}\n平岭县水务局\n2024年6月20日"


def test_event_after_the_report(found):
    """An acceptance told as done, dated after the report was signed."""
    text = SIGNED.format("供水项目已于2024年7月15日通过验收。")
    assert found("DT102", text) == [("DT102", "warning", "2024年7月15日")]


@pytest.mark.parametrize(
    "sentence",
    [
        "供水项目已于2024年5月15日通过验收。",
        "余款将于2024年7月15日前支付。",
        "计划2024年9月1日完工。",
        "质保期至2025年6月30日，已验收。",
        "合同约定2024年8月1日前完工。",
    ],
)
def test_events_before_the_report_and_plans(found, sentence):
    """What lies before the signature, and what is planned or due, is no fault."""
    assert found("DT102", SIGNED.format(sentence)) == []


def test_without_a_signature_nothing_is_late(found):
    """A report without its own date is not compared with anything."""
    assert found("DT102", "一、项目情况\n供水项目已于2024年7月15日通过验收。") == []


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("工程于2022年2月18日开工建设，2022年10月30日完工，2022年9月12日通过验收。", "2022年9月12日"),
        ("工程于2022年5月开工，2022年3月完工。", "2022年3月"),
        ("建设期自2023年9月至2023年5月。", "2023年5月"),
        ("实施期限：2023年9月1日—2023年5月31日。", "2023年5月31日"),
    ],
)
def test_dates_in_the_wrong_order(found, text, raw):
    """Acceptance before completion, completion before beginning, an end before its start."""
    assert found("DT103", text) == [("DT103", "warning", raw)]


@pytest.mark.parametrize(
    "text",
    [
        "工程于2022年2月18日开工建设，2022年10月30日完工，2022年12月12日通过验收。",
        "一号桥2022年3月完工，二号桥2022年1月开工。",
        "2022年10月30日完工。另一项目2022年9月12日通过验收。",
        "2022年10月完工，2022年9月通过中间验收。",
        "建设期自2022年9月至2023年5月。",
        "计划2023年9月完工，2023年5月开工。",
        "2023年3月启动施工图审查，2023年1月完成招标。",
        "2023年5月开工，2023年5月20日完工。",
    ],
)
def test_dates_in_a_possible_order(found, text):
    """Works told apart, intermediate acceptances, plans and coarser dates are not accused."""
    assert found("DT103", text) == []
