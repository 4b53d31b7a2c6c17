"""Dates and years as printed."""

from __future__ import annotations

import pytest

from gouji.facts.dates import find_dates
from gouji.model.fact import DateFact
from gouji.text.normal import normal


def dates(text: str) -> tuple[DateFact, ...]:
    return find_dates(0, text, normal(text))


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("项目于2023年6月30日完工", "day", (2023, 6, 30)),
        ("项目于2023 年 6 月 30 日完工", "day", (2023, 6, 30)),
        ("２０２３年６月３０日", "day", (2023, 6, 30)),
        ("截至2023-06-30", "day", (2023, 6, 30)),
        ("截至2023/6/30", "day", (2023, 6, 30)),
        ("截至2023.6.30", "day", (2023, 6, 30)),
        ("二〇二三年六月三十日", "day", (2023, 6, 30)),
        ("二0二三年六月", "month", (2023, 6, None)),
        ("2023年6月份", "month", (2023, 6, None)),
        ("6月30日", "month_day", (None, 6, 30)),
        ("6月底", "bare_month", (None, 6, None)),
        ("2023年全年", "year", (2023, None, None)),
        ("比上年增加", "relative", (None, None, None)),
        ("今年以来", "relative", (None, None, None)),
    ],
)
def test_reads_one_date(text: str, kind: str, parts: tuple[int | None, int | None, int | None]) -> None:
    """Every way of printing a date gives its parts; what is not printed is None."""
    (date,) = dates(text)
    assert (date.kind.value, (date.year, date.month, date.day)) == (kind, parts)


@pytest.mark.parametrize(
    "text",
    [
        "2022.65万元",
        "建设周期3年以上年限",
        "发放13月工资",
        "6个月",
        "12月龄幼儿",
        "编号2023-20-45",
        "三月竹3万亩",
        "共2023人",
        "12022年",
    ],
)
def test_takes_no_figure_for_a_date(text: str) -> None:
    """Amounts, durations, codes and names that look like dates are none."""
    assert dates(text) == ()


@pytest.mark.parametrize(
    "text", ["2023年2月29日", "2月30日", "2023年13月", "4月31日", "13月5日", "2023-02-30", "二〇二三年二月三十日"]
)
def test_knows_the_calendar(text: str) -> None:
    """A day that no calendar has is kept and marked."""
    (date,) = dates(text)
    assert not date.valid


@pytest.mark.parametrize("text", ["2024年2月29日", "2月29日", "2023年12月31日", "2023年度"])
def test_accepts_what_the_calendar_has(text: str) -> None:
    """29 February is accepted in a leap year and while the year is unknown."""
    (date,) = dates(text)
    assert date.valid


def test_marks_citations() -> None:
    """The years of document numbers and of titles are citations; the report's own are not."""
    found = dates("根据（鹿发〔2019〕8号）和《2022年预算批复》，2023年度支出")
    assert [(d.raw, d.cited, d.fiscal) for d in found] == [
        ("2019", True, False),
        ("2022年", True, False),
        ("2023年度", False, True),
    ]


def test_reads_both_ends_of_a_range() -> None:
    """Each year of a range or pair is a fact, also the one without its own 年."""
    assert [(d.raw, d.year) for d in dates("2022—2023年")] == [("2022", 2022), ("2023年", 2023)]


def test_spans_point_at_the_printed_text() -> None:
    """The span of a fact cuts its raw text out of the block."""
    text = "自２０２３年９月至2024年5月"
    assert [text[d.span.start : d.span.end] for d in dates(text)] == ["２０２３年９月", "2024年5月"]
