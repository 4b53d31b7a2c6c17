"""Claims in self-evaluation forms: funds, execution score, weights, scores, indicators, grades. Exact claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji import facts
from gouji.claims import scene
from gouji.claims.tables import sections
from gouji.engine import catalogue, profiles
from gouji.model.claim import Claim, ClaimKind
from gouji.readers import read

Find = Callable[[str], list[Claim]]


@pytest.fixture
def profile():
    return profiles.load(profiles.DEFAULT, catalogue.load())


@pytest.fixture
def claims(profile) -> Find:
    """The claims of the tables of a text; a cell ends at |."""

    def find(text: str) -> list[Claim]:
        lines = "\n".join(line.strip().replace("|", "\t") for line in text.strip("\n").split("\n"))
        document = read(Path("report.txt"), lines.encode())
        return list(sections.find(scene.build(document, facts.extract(document), profile)))

    return find


def told(found: list[Claim], *kinds: ClaimKind) -> list[str]:
    return [
        f"{c.kind.value} {c.verdict.value} {c.stated} {c.computed}{' ?' if c.confidence < 0.8 else ''}"
        for c in found
        if c.shape != "off_profile" and (not kinds or c.kind in kinds)
    ]


def wrong(found: list[Claim]) -> list[str]:
    return [line for line in told(found) if " agrees " not in line]


FUNDS = """
    自评表
    单位：万元
    项目|年初预算数|全年预算数|全年执行数|分值|执行率|得分
    年度资金总额|{first}|516.00|490.20|10|95.00%|{score}
    其中：当年财政拨款|380.00|400.00|374.20|—|93.55%|—
    上年结转资金|0.00|16.00|16.00|—|100.00%|—
    其他资金|100.00|100.00|100.00|—|100.00%|—
"""


def test_funds(claims):
    """资金总额 is the sum of its sources in all three columns; the execution score is weight × rate."""
    found = claims(FUNDS.format(first="480.00", score="9.50"))
    assert wrong(found) == []
    assert told(found, ClaimKind.TOTAL, ClaimKind.EXECUTION_SCORE) == [
        "total agrees 480.00 480万元",
        "total agrees 516.00 516万元",
        "total agrees 490.20 490.2万元",
        "execution_score agrees 9.50 9.50分",
    ]


def test_funds_do_not_add_up(claims):
    """A 资金总额 that its sources do not make is accused; so is a score above weight × rate."""
    assert wrong(claims(FUNDS.format(first="408.00", score="9.80"))) == [
        "total disagrees 408.00 480万元",
        "execution_score disagrees 9.80 9.50分",
    ]


def test_execution_scored_by_another_rule(claims):
    """Where the document scores execution in steps, weight × rate is no rule."""
    assert wrong(claims("执行率达到90%以上的得满分。\n\n" + FUNDS.format(first="480.00", score="10.00"))) == []


def test_execution_never_above_weight(claims):
    """A rate above 100 % gives the weight and no more."""
    found = claims("""
        自评表
        项目|全年预算数|全年执行数|分值|执行率|得分
        年度资金总额|100.00|110.00|10|110%|10
        其他资金|100.00|110.00|—|110%|—
    """)
    assert told(found, ClaimKind.EXECUTION_SCORE) == ["execution_score agrees 10 10分"]


INDICATORS = """
    一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
    产出指标|数量指标|培训期数|≥20期|20期|20|20|
    产出指标|数量指标|培训人数|{people}|{score}|疫情影响
    产出指标|成本指标|人均成本|≤150元|148元|20|20|
    效益指标|社会效益指标|增收|有所提高|有所提高|30|29|机制待完善
    满意度指标|满意度|农户满意度|≥90%|95%|10|10|
    总分|||||{weights}|{total}|
"""
CLEAN = {"people": "≥1000人|900人|10", "score": "9", "weights": "100", "total": "97.5"}


def form(**others: str) -> str:
    return FUNDS.format(first="480.00", score="9.50") + "\n" + INDICATORS.format(**{**CLEAN, **others})


def test_totals_take_the_execution_row(claims):
    """Weights and scores add up with the execution row that stands in the table before."""
    found = claims(form())
    assert wrong(found) == []
    assert told(found, ClaimKind.WEIGHT_TOTAL, ClaimKind.SCORE_TOTAL) == [
        "weight_total agrees 100 100分",
        "score_total agrees 97.5 97.5分",
    ]


def test_wrong_total_score(claims):
    """A total score that its rows do not make is accused."""
    assert wrong(claims(form(total="96.5"))) == ["score_total disagrees 96.5 97.5分"]


@pytest.mark.parametrize(
    ("people", "score", "expected"),
    [
        ("≥1000人|900人|10", "9", "indicator_score agrees 9 9分"),
        ("≥1000人|900人|10", "10", "indicator_score disagrees 10 9分"),
        ("≥1000人|900人|10", "11", "indicator_score disagrees 11 10分"),
        ("1000人|900人|10", "10", "indicator_score disagrees 10 9分"),
        ("≤1000人|900人|10", "10", "indicator_score agrees 10 10分"),
        ("≤900人|1000人|10", "10", "indicator_score disagrees 10 9分"),
        ("≥1000人|1100人|10", "10", "indicator_score agrees 10 10分"),
        ("≥0.1万人|900人|10", "10", "indicator_score disagrees 10 9分"),
        ("1000-1200人|1100人|10", "10", "indicator_score agrees 10 10分"),
        ("1000-1200人|900人|10", "10", "indicator_score disagrees 10 9分 ?"),
    ],
)
def test_indicator_scores(claims, people, score, expected):
    """Met: the weight; missed: weight × actual ÷ target by the direction of the operator; never above the weight."""
    assert told(claims(form(people=people, score=score)), ClaimKind.INDICATOR_SCORE)[1] == expected


@pytest.mark.parametrize(
    "row",
    [
        "产出指标|时效指标|完成时间|12月|11月|10|10|",
        "产出指标|成本指标|成本控制|10万元|12万元|10|10|",
        "产出指标|数量指标|场次|20场|18次|10|10|",
        "产出指标|质量指标|质量|较好|一般|10|10|",
        "产出指标|数量指标|场次|约20场|18场|10|10|",
        "产出指标|数量指标|人数|80-90人|95人|10|10|",
        "产出指标|数量指标|人数|≥80人|120人|10|9|目标值偏低，调减1分",
        "产出指标|数量指标|人数|≥80人|90人|10|9|专家扣分",
    ],
)
def test_rows_left_alone(claims, row):
    """Dates, costs without an operator, other units, words, ranges, far-beaten targets, explained deductions: no accusation."""
    header = "表\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n"
    assert told(claims(header + row + "\n效益指标|社会效益|影响|好|好|30|30|"), ClaimKind.INDICATOR_SCORE) == []


def test_points_deducted_without_a_reason(claims):
    """A target met, points deducted and the reason left empty: a doubt, not an error."""
    found = claims("""
        表
        一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
        满意度指标|满意度|居民满意度|≥90%|92.6%|10|6|
        满意度指标|满意度|游客满意度|≥90%|90%|10|10|
    """)
    assert wrong(found) == ["indicator_score disagrees 6 10分 ?"]


LOST = """
    表
    一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|{head}
    产出指标|数量指标|培训期数|≥20期|18期|10|9|{reason}
    产出指标|质量指标|群众办事便利程度|明显改善|有所改善|10|8|{other}
    产出指标|数量指标|宣传场次|≥12场|12场|10|10|
    效益指标|社会效益|影响|好|好|10|10|
"""


@pytest.mark.parametrize(
    ("head", "reason", "other", "below", "expected"),
    [
        ("偏差原因", "", "测评分值偏低", "", ["unexplained 9"]),
        ("偏差原因", "无", "—", "", ["unexplained 9", "unexplained 8"]),
        ("偏差原因", "师资不足", "测评分值偏低", "", []),
        ("备注", "", "", "", []),
        ("备注", "", "测评分值偏低", "", ["unexplained 9"]),
        ("偏差原因", "", "测评分值偏低", "培训期数未达目标，原因是师资不足。", []),
    ],
)
def test_deduction_and_its_reason(claims, head, reason, other, below, expected):
    """A row that lost points is explained in the form's column for it, or in a sentence that names it; 备注 asks for nothing."""
    found = claims(LOST.format(head=head, reason=reason, other=other) + below)
    said = [f"{c.shape} {c.stated}" for c in found if c.shape == "unexplained"]
    assert said == expected


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ("产出指标|数量指标|培训人数|≥100人|≥100人|10|10|", "copied"),
        ("产出指标|数量指标|培训人数|≥100人|100人|10|10|", None),
        ("产出指标|质量指标|群众办事便利程度|明显改善|明显改善|10|10|", None),
        ("产出指标|数量指标|培训人数|≥100人|260人|10|10|", "far_above"),
        ("产出指标|数量指标|培训人数|≥100人|260人|10|10|临时增加两期", None),
        ("产出指标|成本指标|人均成本|≤100元|40元|10|10|", None),
        ("产出指标|数量指标|培训人数|≥100人|100人|10||", "blank"),
        ("产出指标|数量指标|培训人数|≥100人|100人|10|/|", None),
    ],
)
def test_what_a_row_owes(claims, row, shape):
    """An actual copied from the target, a target far exceeded without a word, a weight without a score: each is told, none is accused."""
    rest = "\n".join(f"产出指标|数量指标|事项{n}|≥{n}0次|{n}0次|10|10|" for n in range(2, 6))
    found = claims(f"表\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n{rest}\n{row}")
    told_of = [c.shape for c in found if c.shape in ("copied", "far_above", "blank")]
    assert told_of == ([shape] if shape else [])
    assert not [c for c in found if c.verdict.value == "disagrees"]


def test_operator_and_unit_in_columns(claims):
    """The direction may stand in a column 指标性质 and the unit in a column of its own."""
    found = claims("""
        表
        三级指标|指标性质|指标值|度量单位|实际完成值|权重|得分
        接待人次|≥|4754|人次|4604|5|5.00
        户均成本|≤|5300|元|5830|10|10.00
        会议|＝|1|次|1|5|5.00
    """)
    assert told(found, ClaimKind.INDICATOR_SCORE) == [
        "indicator_score disagrees 5.00 4.84分",
        "indicator_score disagrees 10.00 9.09分",
        "indicator_score agrees 5.00 5分",
    ]


WEIGHTS = """
    表
    一级指标|二级指标|三级指标|指标值|权重
    产出指标|数量指标|会议|4次|20
    产出指标|质量指标|合格率|95%|{quality}
    产出指标|时效指标|及时率|95%|10
    效益指标|社会效益|影响|好|30
    满意度指标|满意度|满意度|95%|{last}
"""


@pytest.mark.parametrize(
    ("quality", "last", "expected"),
    [
        ("30", "10", ["weight_total agrees 100分 100分"]),
        ("20", "10", ["weight_total agrees 90分 90分"]),
        ("25", "10", ["weight_total disagrees 100分 95分 ?"]),
        ("30", "", ["weight_total disagrees 100分 90分 ?"]),
        ("30", "—", ["weight_total agrees 90分 90分"]),
    ],
)
def test_weights_without_a_total(claims, quality, last, expected):
    """Weights make 100, or 90 where execution has the rest; a row without its weight is named."""
    found = claims(WEIGHTS.format(quality=quality, last=last))
    assert told(found) == expected
    if not last:
        assert found[0].cause is not None
        assert "满意度" in found[0].cause.zh


def test_weights_of_parents(claims):
    """A parent's weight, in its own column or in its name, is the sum of its children's."""
    found = claims("""
        表
        一级指标|分值|二级指标|分值|三级指标|分值|得分
        决策|20|项目立项|12|立项依据|6|6
        决策|20|项目立项|12|立项程序|6|6
        决策|20|绩效目标|9|目标合理性|8|7
        过程|80|资金管理|80|预算执行率|80|80
        合计|||||100|99
    """)
    assert wrong(found) == ["weight_total disagrees 20 21分 ?", "weight_total disagrees 9 8分 ?"]


def test_grades_in_rows(claims):
    """Each row's grade follows from its score by the scale in force."""
    found = claims("表\n项目名称|自评得分|评价等级\n甲|95|优\n乙|88.3|良\n丙|92|中\n")
    assert told(found) == ["grade agrees 优 优", "grade agrees 良 良", "grade disagrees 中 优"]


def test_costs_make_the_funds(claims):
    """Cost indicators that add up to the funds are tied to them; where they do not, nobody is accused."""
    text = """
        收支表
        单位：万元
        资金总额|财政拨款|其他资金
        1,072.52|1,072.52|0.00

        指标如下。
        三级指标|指标性质|指标值|度量单位|权重
        人员支出|＝|960.52|万元|10
        会议支出|＝|{cost}|万元|10
    """
    costs = [c for c in claims(text.format(cost="112")) if c.shape == "costs"]
    assert told(costs) == ["total agrees 1,072.52 1072.52万元"]
    assert [c for c in claims(text.format(cost="113")) if c.shape == "costs"] == []


def test_word_form_with_merged_cells(tmp_path, profile):
    """One Word table with two headers and merged cells is read like the two tables that it is."""
    from docx import Document

    rows = [
        ["项目名称", "补助", "", "", "", "", "", ""],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", "120.00", "150.00", "135.00", "10", "90%", "9"],
        ["", "其中：财政拨款", "100.00", "130.00", "120.00", "—", "92.31%", "—"],
        ["", "其他资金", "20.00", "20.00", "15.00", "—", "75%", "—"],
        ["绩效指标", "一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["", "产出指标（60分）", "培训期数", "≥20期", "20期", "40", "40", ""],
        ["", "", "培训人数", "≥1000人", "900人", "20", "18", "疫情"],
        ["", "效益指标（30分）", "增收", "提高", "提高", "30", "30", ""],
        ["总分", "", "", "", "", "100", "97", ""],
    ]
    document = Document()
    table = document.add_table(rows=len(rows), cols=8)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for top, left, bottom, right in ((0, 1, 0, 7), (1, 0, 4, 0), (5, 0, 8, 0), (6, 1, 7, 1), (9, 0, 9, 4)):
        words = rows[top][left]
        table.cell(top, left).merge(table.cell(bottom, right)).text = words
    path = tmp_path / "form.docx"
    document.save(str(path))
    read_back = read(path)
    found = list(sections.find(scene.build(read_back, facts.extract(read_back), profile)))
    assert wrong(found) == []
    assert told(found, ClaimKind.TOTAL, ClaimKind.WEIGHT_TOTAL, ClaimKind.SCORE_TOTAL, ClaimKind.EXECUTION_SCORE) == [
        "total agrees 120.00 120万元",
        "total agrees 150.00 150万元",
        "total agrees 135.00 135万元",
        "execution_score agrees 9 9分",
        "weight_total agrees 100 100分",
        "score_total agrees 97 97分",
        "weight_total agrees 60分 60分",
        "weight_total agrees 30分 30分",
    ]


def test_real_forms(seeds, profile):
    """The weights of a published form add up to 90 because one indicator has none; a published list of ten grades holds."""
    document = read(next(seeds.glob("004*.txt")))
    found = list(sections.find(scene.build(document, facts.extract(document), profile)))
    assert told(found) == [
        "total agrees 1,072.52 1072.52万元",
        "weight_total disagrees 100分 90分 ?",
        "total agrees 1,072.52 1072.52万元",
    ]
    document = read(next(seeds.glob("002*.txt")))
    found = list(sections.find(scene.build(document, facts.extract(document), profile)))
    assert told(found) == ["grade agrees 优秀 优秀"] * 10
