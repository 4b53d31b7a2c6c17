"""Claims in tables: totals, rates, growth, shares. Each case is a whole little document; its claims are given exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji import facts
from gouji.claims import scene
from gouji.claims.tables import sections
from gouji.engine import catalogue, profiles
from gouji.model.claim import Claim
from gouji.readers import read

Find = Callable[[str], list[Claim]]


@pytest.fixture
def claims() -> Find:
    """The claims of the tables of a text, whose lines may be indented as the test is; a cell ends at |."""
    profile = profiles.load(profiles.DEFAULT, catalogue.load())

    def find(text: str) -> list[Claim]:
        lines = "\n".join(line.strip().replace("|", "\t") for line in text.strip("\n").split("\n"))
        document = read(Path("report.txt"), lines.encode())
        return list(sections.find(scene.build(document, facts.extract(document), profile)))

    return find


def told(found: list[Claim]) -> list[str]:
    """Kind, verdict and figures of each claim, and whether it is sure."""
    return [f"{c.kind.value} {c.verdict.value} {c.stated} {c.computed}{' ?' if c.confidence < 0.8 else ''}" for c in found]


def wrong(found: list[Claim]) -> list[str]:
    return [line for line in told(found) if " agrees " not in line]


COLUMN = """
    项目支出情况表
    单位：万元
    项目|人数|预算数|支出数|执行率
    抚恤补助|12|186.00|184.30|99.09%
    优待金|21|42.80|42.80|100.00%
    设施维护|—|6.50|6.18|95.08%
    合计|33|235.30|{total}|{rate}
"""


def test_column_totals_and_rates(claims):
    """A total row is the sum of its column in every column, whatever the unit; each rate is what its row gives."""
    assert told(claims(COLUMN.format(total="233.28", rate="99.14%"))) == [
        "total agrees 33 33",
        "total agrees 235.30 235.3万元",
        "total agrees 233.28 233.28万元",
        "rate agrees 99.09% 99.09%",
        "rate agrees 100.00% 100%",
        "rate agrees 95.08% 95.08%",
        "rate agrees 99.14% 99.14%",
    ]


def test_wrong_total_is_accused_once(claims):
    """A total with two digits swapped is accused; the rate that rests on the right total is not accused as well."""
    found = claims(COLUMN.format(total="232.38", rate="99.14%"))
    assert wrong(found) == ["total disagrees 232.38 233.28万元"]
    claim = next(c for c in found if c.verdict.value == "disagrees")
    assert claim.cause is not None
    assert [o.quantity.raw for o in claim.operands if o.quantity] == ["232.38", "184.30", "42.80", "6.18"]


def test_total_off_by_rounding(claims):
    """A total that only the rounding of its parts explains is told apart from one that is right."""
    assert told(claims("表\n项目|金额\n甲|10.03\n乙|20.03\n丙|30.03\n合计|60.10")) == ["total agrees_by_rounding 60.10 60.09"]


def test_blank_is_not_zero(claims):
    """A total over a blank cell cannot be recomputed: nobody is accused."""
    found = claims("表\n项目|金额|人数\n甲|10.00|5\n乙||6\n丙|20.00|7\n合计|45.00|18")
    assert told(found) == ["total undecidable 45.00 30", "total agrees 18 18"]


def test_first_rows_only(claims):
    """A total far above the rows shown covers more than they do."""
    assert told(claims("表\n项目|支出\n甲|100.00\n乙|90.00\n丙|80.00\n合计|1000.00")) == []


def test_codes_years_prices_and_means_are_not_added(claims):
    """Serial numbers, years, unit prices, means and scores have no total."""
    found = claims("""
        表
        序号|年份|单价（元）|平均年龄|数量|金额（元）
        1|2021|5.5|41|10|55
        2|2022|5.5|38|20|110
        合计||5.5|40|30|165
    """)
    assert told(found) == ["total agrees 30 30", "total agrees 165 165元"]


GROUPS = """
    表
    单位|项目|预算数|执行数
    局本级|会议|10.00|9.00
    局本级|培训|20.00|18.00
    小计||30.00|{subtotal}
    中心|会议|5.00|5.00
    中心|培训|15.00|11.00
    小计||20.00|16.00
    总计||50.00|{total}
"""


def test_groups_with_subtotals(claims):
    """A subtotal covers the rows above it, the total the subtotals."""
    found = claims(GROUPS.format(subtotal="27.00", total="43.00"))
    assert wrong(found) == []
    assert [o.quantity.raw for o in found[-1].operands if o.quantity] == ["43.00", "27.00", "16.00"]


def test_wrong_subtotal(claims):
    """A wrong subtotal is accused; the total that adds it up is not."""
    assert wrong(claims(GROUPS.format(subtotal="28.00", total="44.00"))) == ["total disagrees 28.00 27"]


def test_totals_above_their_rows(claims):
    """Totals on top, each over the 其中 rows below it, as in a table by places."""
    found = claims("""
        表
        单位|项目数（个）|执行数
        总计|7|100.00
        市本级合计|3|60.00
        其中：文化馆|1|25.00
        图书馆|2|35.00
        县（市、区）合计|4|40.00
        其中：东区|3|30.00
        西区|1|10.00
    """)
    assert wrong(found) == []
    assert told(found) == [
        "total agrees 7 7个",
        "total agrees 100.00 100",
        "total agrees 3 3个",
        "total agrees 60.00 60",
        "total agrees 4 4个",
        "total agrees 40.00 40",
    ]


def test_rows_inside_rows(claims):
    """A row that holds the rows under it, with its indent lost, counts once."""
    found = claims("""
        表
        单位：万元
        项目|决算数
        公务用车购置及运行维护费|8.11
        公务用车购置费|0.00
        公务用车运行维护费|8.11
        公务接待费|2.12
        合计|10.23
    """)
    assert told(found) == ["total agrees 10.23 10.23万元"]


def test_numbered_levels(claims):
    """一、 rows make the total, （一） rows make the 一、 row."""
    found = claims("""
        表
        支出功能分类|年初预算数|决算数|完成年初预算%
        一、一般公共服务支出|100.00|118.00|118.00%
        （一）政协事务|80.00|93.00|116.25%
        （二）其他事务|20.00|25.00|125.00%
        二、社会保障支出|50.00|49.00|98.00%
        合计|150.00|167.00|111.33%
    """)
    assert wrong(found) == []
    assert [line for line in told(found) if line.startswith("total")] == [
        "total agrees 100.00 100",
        "total agrees 118.00 118",
        "total agrees 150.00 150",
        "total agrees 167.00 167",
    ]


TREE = """
    支出决算表
    单位：万元
    科目编码|科目名称|合计|基本支出|项目支出
    |合计|300.50|250.50|50.00
    201|一般公共服务支出|250.50|200.50|50.00
    20102|政协事务|250.50|200.50|50.00
    2010201|行政运行|{leaf}|200.50|0.00
    2010206|参政议政|50.00|0.00|50.00
    208|社会保障和就业支出|50.00|50.00|0.00
    20805|行政事业单位养老支出|50.00|50.00|0.00
"""


def test_code_tree(claims):
    """类 is the sum of 款, 款 of 项, and the total that of 类; levels are never added together."""
    found = claims(TREE.format(leaf="200.50"))
    assert wrong(found) == []
    assert next(c.formula for c in found if c.shape == "column") == "250.50 + 50.00 = 300.5万元"


def test_wrong_leaf_of_a_code_tree(claims):
    """A wrong 项 is accused once, by its own row: its 款 is right when the 项 is put right."""
    assert wrong(claims(TREE.format(leaf="205.50"))) == ["total disagrees 205.50 200.5万元"]


def test_two_panels(claims):
    """收入 and 支出 side by side are two tables: each 总计 is its own side's sum."""
    found = claims("""
        收入支出决算总表
        单位：万元
        收入||支出|
        项目|决算数|项目|决算数
        一、财政拨款收入|180.00|一、社会保障支出|30.00
        二、其他收入|20.00|二、卫生健康支出|150.00
        本年收入合计|200.00|本年支出合计|180.00
        年初结转和结余|10.00|年末结转和结余|30.00
        总计|210.00|总计|210.00
    """)
    assert [(c.verdict.value, c.formula) for c in found] == [
        ("agrees", "180.00 + 20.00 = 200万元"),
        ("agrees", "200.00 + 10.00 = 210万元"),
        ("agrees", "30.00 + 150.00 = 180万元"),
        ("agrees", "180.00 + 30.00 = 210万元"),
    ]


PUBLIC = """
    “三公”经费支出表
    单位：万元
    合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
    ||小计|公务用车购置费|公务用车运行费|
    {total}|0.00|8.11|0.00|8.11|2.12
"""


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("10.23", ["total agrees 10.23 10.23万元", "total agrees 8.11 8.11万元"]),
        ("12.03", ["total disagrees 12.03 10.23万元", "total agrees 8.11 8.11万元"]),
    ],
)
def test_total_across_a_row(claims, total, expected):
    """三公 = 出国 + 车辆 + 接待, whichever columns the subtotal covers: one row is enough to accuse."""
    assert told(claims(PUBLIC.format(total=total))) == expected


def test_row_total_proved_by_other_rows(claims):
    """A row that breaks what the other rows hold is accused."""
    found = claims("""
        表
        项目|资金总额|财政拨款|其他资金
        甲|100.00|80.00|20.00
        乙|50.00|45.00|5.00
        丙|70.00|60.00|20.00
    """)
    assert wrong(found) == ["total disagrees 70.00 80"]


def test_rate_by_any_budget(claims):
    """A rate may rest on the adjusted budget or on the first one; a rate that rests on neither is accused."""
    found = claims("""
        表
        项目|年初预算数|调整后预算数|执行数|执行率
        甲|100.00|120.00|90.00|75%
        乙|100.00|125.00|100.00|100%
        丙|100.00|100.00|50.00|55%
        丁|200.00|200.00|150.00|75%
    """)
    assert wrong(found) == ["rate disagrees 55% 50%"]


def test_growth_columns(claims):
    """增减额 and 增减率 rest on the two years beside them, sign included."""
    found = claims(
        """
        表
        项目|2022年|2023年|增减额|增减%
        基本支出|400.00|420.00|20.00|5.00
        项目支出|300.00|280.00|-20.00|-6.67
        其他支出|100.00|150.00|50.00|{rate}
    """.format(rate="33.33")
    )
    assert wrong(found) == ["change disagrees 33.33 50%"]


def test_growth_without_signs(claims):
    """A column that shows sizes only is no contradiction, and its total is the difference of the totals."""
    found = claims("""
        表
        支出项目|2022年决算|2023年决算|比上年增减
        人员经费|100.00|90.00|10.00
        公用经费|50.00|55.00|5.00
        合计|150.00|145.00|5.00
    """)
    assert wrong(found) == []


def test_shares(claims):
    """Each share is its row over the total; a last digit bumped so that they make 100 is no fault, a wrong one is."""
    text = "表\n单位|金额|占比（%）\n甲|1.00|33.3\n乙|1.00|{b}\n丙|1.00|33.4\n合计|3.00|100"
    assert wrong(claims(text.format(b="33.3"))) == []
    assert wrong(claims(text.format(b="31.3"))) == ["share disagrees 31.3 33.33%"]


def test_header_repeated_by_a_page_break(claims):
    """A header repeated in mid-table is no row, and the total still covers both pages."""
    found = claims("""
        表
        项目|预算数|执行数
        甲|10.00|9.00
        乙|20.00|18.00
        项目|预算数|执行数
        丙|30.00|27.00
        合计|60.00|54.00
    """)
    assert told(found) == ["total agrees 60.00 60", "total agrees 54.00 54"]
