"""The table of contents against the headings."""

from __future__ import annotations

import pytest

HEAD = "云港区水务局2023年度部门整体支出绩效自评报告\n目  录\n"
BODY = (
    "一、部门概况\n云港区水务局编制20人。\n二、预算执行情况\n（一）收入情况\n全年收入120万元。\n（二）支出情况\n全年支出114万元。\n"
    "三、绩效目标完成情况\n各项目标完成较好。\n四、存在问题\n项目进度前松后紧。\n"
)
ENTRIES = [
    "一、部门概况....1",
    "二、预算执行情况....2",
    "（一）收入情况....2",
    "三、绩效目标完成情况....4",
    "四、存在的问题....6",
]


def said(found, entries: list[str], body: str = BODY) -> list[tuple[str, str]]:
    return [(severity, quote) for _, severity, quote in found("ST123", HEAD + "\n".join(entries) + "\n" + body)]


def test_contents_that_fit(found):
    """Blanks, 的, page numbers and levels left out of the contents make no difference."""
    assert said(found, ENTRIES) == []


def test_section_in_the_contents_only(found):
    """An entry whose section is not there is a warning."""
    assert said(found, [*ENTRIES, "五、改进措施....7"]) == [("warning", "五、改进措施....7")]


def test_section_in_the_text_only(found):
    """A section of the first level that the contents do not list is a warning."""
    assert said(found, ENTRIES, BODY + "五、其他事项\n无其他事项。\n") == [("warning", "五、其他事项")]


def test_section_worded_otherwise(found):
    """An entry that its section is worded otherwise than is a notice."""
    entries = [e.replace("绩效目标完成情况", "主要工作成效") for e in ENTRIES]
    assert said(found, entries) == [("notice", "三、主要工作成效....4")]


@pytest.mark.parametrize("title", ["附表目录", "目录管理情况"])
def test_other_lists_are_no_contents(found, title):
    """A list of annexes or a sentence about a catalogue is no table of contents."""
    text = HEAD.replace("目  录", title) + "\n".join([*ENTRIES, "五、改进措施....7"]) + "\n" + BODY
    assert found("ST123", text) == []


def test_annex_with_headings_of_its_own(found):
    """Headings that begin again behind the report belong to an annex."""
    assert said(found, ENTRIES, BODY + "附件1 项目说明\n一、项目概况\n略。\n二、资金\n略。\n五、其他\n略。\n") == []
