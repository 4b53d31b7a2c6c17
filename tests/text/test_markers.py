"""List and heading markers at the head of a text."""

from __future__ import annotations

import pytest

from gouji.model.document import MarkerStyle as S
from gouji.text.markers import parse_marker


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("一、部门概况", S.CN, 1, "部门概况"),
        ("十二、其他", S.CN, 12, "其他"),
        ("三 、收支情况", S.CN, 3, "收支情况"),
        ("四．评价结论", S.CN, 4, "评价结论"),
        ("（一）机构组成", S.CN_PAREN, 1, "机构组成"),
        ("(二) 人员情况", S.CN_PAREN, 2, "人员情况"),
        ("（三)职能", S.CN_PAREN, 3, "职能"),
        ("㈣职能", S.CN_PAREN, 4, "职能"),
        ("（1）目标制定", S.ARABIC_PAREN, 1, "目标制定"),
        ("(２) 目标实现", S.ARABIC_PAREN, 2, "目标实现"),
        ("⑶目标实现", S.ARABIC_PAREN, 3, "目标实现"),
        ("1.收集信息", S.ARABIC_DOT, 1, "收集信息"),
        ("２．提案工作", S.ARABIC_DOT, 2, "提案工作"),
        ("⒊提案工作", S.ARABIC_DOT, 3, "提案工作"),
        ("1.2023年预算安排", S.ARABIC_DOT, 1, "2023年预算安排"),
        ("10、管道改造尾款", S.ARABIC_COMMA, 10, "管道改造尾款"),
        ("4、 综合评价结论", S.ARABIC_COMMA, 4, "综合评价结论"),
        ("1）产出", S.ARABIC_HALF, 1, "产出"),
        ("2)效益", S.ARABIC_HALF, 2, "效益"),
        ("③满意度", S.CIRCLED, 3, "满意度"),
        ("㉑其他", S.CIRCLED, 21, "其他"),
        ("一是加强领导", S.CN_IS, 1, "加强领导"),
        ("第二，完善制度", S.CN_ORDINAL, 2, "完善制度"),
        ("第一部分　部门概况", S.CHAPTER, 1, "部门概况"),
        ("第三章总则", S.CHAPTER, 3, "总则"),
        ("1.1 总体情况", S.ARABIC_DOT, 1, "总体情况"),
        ("2.3总体情况", S.ARABIC_DOT, 3, "总体情况"),
        ("1.2.3细则", S.ARABIC_DOT, 3, "细则"),
        ("　　二、收支情况", S.CN, 2, "收支情况"),
    ],
)
def test_every_style_is_read_with_its_number_and_its_end(text: str, style: S, number: int, rest: str) -> None:
    """Each numbering style, in half and full width and with blanks, gives its number, and the words begin at `end`."""
    marker = parse_marker(text)
    assert marker is not None
    assert (marker.style, marker.number, text[marker.end :]) == (style, number, rest)
    assert not marker.automatic


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元用于培训",
        "1.5 万元用于培训",
        "3.18公里道路",
        "36.89 万元",
        "2.1个百分点",
        "2023年度",
        "2023.5.6印发",
        "十一届二次会议",
        "一般公共预算",
        "三、四季度支出较快",
        "二、三级指标",
        "6、9、11月的执行进度",
        "1,072.52",
        "100",
        "第二季度",
        "第一部分的内容",
        "一是否按时完成",
        "本年一是加强",
        "（2023年度）",
        "（单位：万元）",
        "",
        "   ",
    ],
)
def test_figures_dates_and_words_are_no_markers(text: str) -> None:
    """A decimal, a year, a session, a range of quarters or a word that begins with a numeral is never taken for a marker."""
    assert parse_marker(text) is None


def test_a_leftover_before_the_marker_does_not_hide_it() -> None:
    """A bookmark that a conversion left behind stays in the text, and the marker's offsets lie after it."""
    text = "[bookmark: _GoBack]9、视察经费"
    marker = parse_marker(text)
    assert marker is not None
    assert text[marker.start : marker.end] == "9、"


def test_a_computed_number_makes_the_marker_automatic() -> None:
    """The label that Word computes is read like a typed one and marked as automatic."""
    marker = parse_marker("（二）资金情况", "（二）")
    assert marker is not None
    assert (marker.style, marker.number, marker.automatic) == (S.CN_PAREN, 2, True)


@pytest.mark.parametrize(
    "text", ["1.2 分解。省厅分给11个市", "2.2 分单位看，局本级居首", "1.3 项目支出5万元", "3.1 人员情况", "2.1 年度预算"]
)
def test_words_that_begin_like_a_unit_stand_behind_a_number(text):
    """A decimal number before an ordinary word heads the paragraph, though the word begins as a unit does."""
    assert parse_marker(text) is not None


@pytest.mark.parametrize("text", ["1.5 公里道路完成硬化", "1.2 人次", "3.6 项指标", "2.4 分钟", "1.8 亩林地"])
def test_a_unit_behind_a_decimal_makes_it_a_figure(text):
    """A decimal number before a unit is a figure."""
    assert parse_marker(text) is None
