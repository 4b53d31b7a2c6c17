"""The lexer of figures: unit, value, hedge, label and place of every figure in a block, and what is no figure."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.facts.quantities import comma_normal, find_quantities
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension, Hedge
from gouji.text.normal import normal


def found(text: str, *, row: bool = False) -> tuple[Quantity, ...]:
    return find_quantities(0, comma_normal(normal(text)), row=row)


def one(text: str, *, row: bool = False) -> Quantity:
    (quantity,) = found(text, row=row)
    return quantity


def raws(text: str, *, row: bool = False) -> list[str]:
    return [q.raw for q in found(text, row=row)]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("支出36.89万元", "368900"),
        ("支出520元", "520"),
        ("支出1.26亿元", "126000000"),
        ("支出3千万元", "30000000"),
        ("支出5百万元", "5000000"),
        ("规模2万亿元", "2000000000000"),
        ("支出21万，已拨付", "210000"),
        ("支出8千元", "8000"),
    ],
)
def test_money_in_every_unit(text, base):
    """Money is read in 元, 千, 万, 百万, 千万, 亿 and 万亿, with or without 元 behind 万."""
    quantity = one(text)
    assert (quantity.dimension, quantity.base) == (Dimension.MONEY, Decimal(base))


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("支出1,072.52万元", "1,072.52万元", "1072.52"),
        ("支出1，072.52万元", "1，072.52万元", "1072.52"),
        ("支出1 129 236元", "1 129 236元", "1129236"),
        ("支出３６．８９万元", "36.89万元", "36.89"),
        ("支出131.73 万元", "131.73 万元", "131.73"),
    ],
)
def test_numbers_as_they_are_printed(text, raw, value):
    """Grouping by comma or blank, full-width digits and points, and a blank before the unit are one figure."""
    quantity = one(text)
    assert (quantity.raw, quantity.figure.value) == (raw, Decimal(value))


def test_a_comma_that_groups_nothing_parts_two_figures():
    """18.675,占 is the end of a figure and a comma."""
    assert raws("金额18.675,占95%") == ["18.675", "95%"]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("约60万元", Hedge.ABOUT),
        ("支出60万元左右", Hedge.ABOUT),
        ("近60万元", Hedge.NEARLY),
        ("不足60万元", Hedge.NEARLY),
        ("逾60万元", Hedge.OVER),
        ("60余万元", Hedge.OVER),
        ("20多万人次", Hedge.OVER),
        ("不低于95%", Hedge.AT_LEAST),
        ("≥95%", Hedge.AT_LEAST),
        ("95%以上", Hedge.AT_LEAST),
        ("不超过5%", Hedge.AT_MOST),
        ("控制在5%以内", Hedge.AT_MOST),
        ("支出60万元", Hedge.NONE),
    ],
)
def test_hedges_before_and_after(text, hedge):
    """The words around a figure that loosen it are part of it; without them it is exact."""
    quantity = one(text)
    assert quantity.figure.hedge is hedge
    assert quantity.exact == (hedge is Hedge.NONE)


@pytest.mark.parametrize("text", ["培训3至5天", "培训3—5天", "培训3~5天"])
def test_ranges_are_approximate(text):
    """Of a range no end is exact."""
    assert {q.figure.hedge for q in found(text)} == {Hedge.ABOUT}


@pytest.mark.parametrize(
    "text",
    [
        "第18次主席会议",
        "第3项",
        "2023年12月31日",
        "2023年度",
        "第二次全体会议",
        "冀财绩〔2023〕14号",
        "《推进十项措施的通知》",
        "《5项制度》",
        "编号130123202300017",
        "十二届三次会议",
        "1、总体情况",
        "（2）资金情况",
        "3.效益",
        "没有数字的一句话",
    ],
)
def test_no_figures(text):
    """Ordinals, dates, document numbers, titles, codes, sessions and list numbers are no figures."""
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("采取三项措施", "三项", 3),
        ("共十二个部门", "十二个", 12),
        ("设两本台账", "两本", 2),
        ("覆盖二十二个社区", "二十二个", 22),
    ],
)
def test_counts_in_chinese_numerals(text, raw, value):
    """A Chinese numeral with a measure word is a count, and known as printed in Chinese."""
    quantity = one(text)
    assert (quantity.raw, quantity.figure.value, quantity.chinese, quantity.dimension) == (raw, value, True, Dimension.COUNT)


@pytest.mark.parametrize(
    ("text", "value", "hedge"),
    [
        ("采纳率突破九成五", "95", Hedge.OVER),
        ("满意度近九成", "90", Hedge.NEARLY),
        ("完成了七成半", "75", Hedge.ABOUT),
        ("占八成以上", "80", Hedge.AT_LEAST),
    ],
)
def test_tenths(text: str, value: str, hedge: Hedge):
    """九成五 is 95 %, a round figure where no word says more."""
    (q,) = find_quantities(0, text)
    assert (q.base, q.dimension, q.figure.hedge) == (Decimal(value), Dimension.PERCENT, hedge)


@pytest.mark.parametrize("text", ["一成不变的做法", "三成套设备", "九成新的车辆", "二成员单位"])
def test_what_is_no_tenth(text: str):
    """成 inside another word makes no percentage."""
    assert find_quantities(0, text) == ()


@pytest.mark.parametrize(("text", "value"), [("百分之九十五", "95"), ("百分之三点五", "3.5")])
def test_percentages_in_words(text, value):
    """百分之 is a percentage with the precision of its words."""
    quantity = one("完成" + text)
    assert (quantity.dimension, quantity.base) == (Dimension.PERCENT, Decimal(value))


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("执行率95%", Dimension.PERCENT),
        ("提高3.3个百分点", Dimension.POINTS),
        ("得分96分", Dimension.SCORE),
        ("在职34人", Dimension.COUNT),
        ("清淤12.5公里", Dimension.MEASURE),
        ("标准350元/人·天", Dimension.RATE),
        ("标准1500元/户", Dimension.RATE),
        ("分值20，得分18分", Dimension.BARE),
    ],
)
def test_dimensions(text, dimension):
    """What a unit measures decides what its figure may be compared with."""
    assert found(text)[0].dimension is dimension


@pytest.mark.parametrize("text", ["96分别", "3分管领导", "20分钟"])
def test_a_fen_that_is_no_score(text):
    """分别, 分管 and 分钟 do not make a score of the number before them."""
    assert [q for q in found(text) if q.dimension is Dimension.SCORE] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("基本支出为61.20万元", "基本支出"),
        ("因公出国（境）费3.2万元", "因公出国（境）费"),
        ("其他费用，公务接待费共计1.1万元", "公务接待费"),
        ("会议费（58万元）", "会议费"),
        ("项目预算：80万元", "项目预算"),
        ("培训费约2.4万元", "培训费"),
        ("执行率达到95%", "执行率"),
    ],
)
def test_labels(text, label):
    """A figure's name is the phrase before it, brackets inside the name included, copulas and hedges left off."""
    assert one(text).label == label


def test_the_noun_counted_follows_the_unit():
    """What is counted is kept with the count."""
    assert one("召开2次专题会议，听取汇报").noun == "专题会议"


def test_places_in_the_sentence():
    """Sentences end at 。, segments at ；, clauses at ，and ：; brackets have their depth."""
    text = "合计10万元（甲4万元，乙6万元）；丙2万元。丁3万元"
    told = [(q.raw, q.sentence, q.segment, q.clause, q.depth) for q in found(text)]
    assert told == [
        ("10万元", 0, 0, 0, 0),
        ("4万元", 0, 0, 0, 1),
        ("6万元", 0, 0, 1, 1),
        ("2万元", 0, 1, 2, 0),
        ("3万元", 1, 2, 3, 0),
    ]


def test_figures_of_a_row_know_their_cell():
    """In a table row a number needs no unit, and each figure knows its cell; a blank cell holds none."""
    told = [(q.raw, q.cell) for q in found("会议费\t12\t\t11.4\t95%", row=True)]
    assert told == [("12", 1), ("11.4", 3), ("95%", 4)]


def test_a_bare_number_in_text_needs_a_name():
    """In running text a number without a unit is a figure only behind a word that asks for one."""
    assert raws("自评得分96，房间301有人") == ["96"]


def test_negative_figures():
    """A sign in front belongs to the figure, a hyphen inside a code does not."""
    assert one("增长-20%").base == Decimal(-20)
    assert raws("型号A-20%") != ["-20%"]


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["元", "万元", "亿元"]), st.booleans())
def test_any_amount_is_read_as_printed(value, unit, grouped):
    """Whatever is printed with two decimals comes back exactly, grouped or not, and its span covers what was printed."""
    printed = (f"{value:,.2f}" if grouped else f"{value:.2f}") + unit
    text = f"项目支出{printed}，完成。"
    quantity = one(text)
    assert (quantity.raw, quantity.figure.value, quantity.figure.places) == (printed, value, 2)
    assert text[quantity.span.start : quantity.span.end] == printed


@given(st.text(alphabet="0123456789.,，。；：（）《》 万元亿分%个项次约近余以上一二三十第年月日\t", max_size=60), st.booleans())
def test_spans_are_ordered_and_inside_the_text(text, row):
    """On any text the lexer ends, and figures stand in order, apart from one another, each with the text it quotes."""
    prepared = comma_normal(normal(text))
    quantities = find_quantities(0, prepared, row=row)
    assert all(prepared[q.span.start : q.span.end] == q.raw for q in quantities)
    assert all(a.span.end <= b.span.start for a, b in pairwise(quantities))
