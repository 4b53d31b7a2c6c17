"""What stands around a form's indicators: funds named inside cells, the grade, execution; and what the tables offer to others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji import facts
from gouji.claims import scene
from gouji.claims.scene import Scene
from gouji.claims.tables import sections
from gouji.claims.tables.facts import indicator_actuals
from gouji.engine import catalogue, profiles
from gouji.model.claim import ClaimKind, Verdict
from gouji.readers import read

Build = Callable[[str], Scene]


@pytest.fixture
def build() -> Build:
    """The scene of a text; a cell ends at |."""
    profile = profiles.load(profiles.DEFAULT, catalogue.load())

    def made(text: str) -> Scene:
        lines = "\n".join(line.strip(" ").replace("|", "\t") for line in text.strip("\n").split("\n"))
        document = read(Path("report.txt"), lines.encode())
        return scene.build(document, facts.extract(document), profile)

    return made


def told(made: Scene, *kinds: ClaimKind) -> list[str]:
    return [
        f"{c.kind.value} {c.verdict.value} {c.stated} {c.computed}{' ?' if c.confidence < 0.8 else ''}"
        for c in sections.find(made)
        if c.kind in kinds and c.shape != "parent"
    ]


HEAD = """
    部门整体支出绩效自评表
    部门名称：某县水务局|||||单位：万元||
    年度预算申请||年初预算数|全年预算数|全年执行数|分值|执行率|得分
    |年度资金总额|300.00|320.00|310.40|10|97.00%|{score}
    |按收入性质分|||按支出性质分|||
    |其中：一般公共预算拨款：310.40|||其中：基本支出：200.10|||
    |政府性基金拨款：0|||项目支出：{project}|||
    |其他资金：0||||||
    一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
    产出指标（{weight}分）|数量指标|维修渠道长度|≥20公里|21公里|30|30|
    ||巡查次数|≥12次|9次|20|15|汛期人员不足
    效益指标（40分）|社会效益指标|受益人数|≥800人|812人|40|40|
    总分|||||100|94.70|
    自评等级|{grade}||||||
"""
CLEAN = {"score": "9.70", "project": "110.30", "weight": "50", "grade": "优"}


def test_head_without_fault(build):
    """Funds named inside cells make up the amount that was spent, by income and by kind; the grade is that of the total."""
    made = build(HEAD.format(**CLEAN))
    assert told(made, ClaimKind.TOTAL, ClaimKind.GRADE, ClaimKind.EXECUTION_SCORE) == [
        "total agrees 310.40 310.4万元",
        "total agrees 310.40 310.4万元",
        "execution_score agrees 9.70 9.70分",
        "grade agrees 优 优",
    ]
    assert not [c.formula for c in sections.find(made) if c.verdict is Verdict.DISAGREES]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"project": "101.30"}, "total disagrees 310.40 301.4万元"),
        ({"grade": "良"}, "grade disagrees 良 优"),
        ({"score": "10"}, "execution_score disagrees 10 9.70分"),
    ],
)
def test_head_with_a_fault(build, fault, expected):
    """A kind of expenditure that does not fit, a wrong grade and a full score for less than all are each told."""
    made = build(HEAD.format(**CLEAN | fault))
    assert expected in told(made, ClaimKind.TOTAL, ClaimKind.GRADE, ClaimKind.EXECUTION_SCORE)


def test_weight_in_a_name_reaches_over_blank_cells(build):
    """产出指标（55分） is compared with all rows below it although only the first one prints the name."""
    wrong = [c for c in sections.find(build(HEAD.format(**CLEAN | {"weight": "55"}))) if c.verdict is Verdict.DISAGREES]
    assert [(c.kind, c.stated, c.computed) for c in wrong] == [(ClaimKind.WEIGHT_TOTAL, "55分", "50分")]


def test_execution_elsewhere(build):
    """Where the form's head could not be read, a total of 100 over rows of 90 is no fault: budget execution takes the rest."""
    made = build("""
        一级指标|三级指标|年度指标值|实际完成值|分值|得分
        产出指标|巡查次数|≥12次|12次|50|50
        效益指标|受益人数|≥800人|812人|30|30
        满意度指标|满意度|≥90%|95%|10|10
        总分||||100|99.5
    """)
    assert told(made, ClaimKind.WEIGHT_TOTAL, ClaimKind.SCORE_TOTAL) == []


LINES = """
自评表
一级指标
二级指标
三级指标
年度指标值
全年实际完成值
未完成原因和改进措施
分值
得分
产出指标
数量指标
巡查次数
≥12次
12次

40
40
维修渠道长度
≥20公里
16公里
汛期停工
20
16
效益指标
社会效益指标
受益群众知晓率
≥95%
{rate}

30
30
预算执行率



10
9.82
总分
100
{total}
说明
"""


def test_blank_lines_are_blank_cells(build):
    """A form with one cell a line and a blank line for a blank cell is rebuilt; a missed target with the full score is told."""
    clean = build(LINES.format(rate="96%", total="95.82"))
    assert [c.formula for c in sections.find(clean) if c.verdict is not Verdict.AGREES] == []
    assert told(clean, ClaimKind.SCORE_TOTAL) == ["score_total agrees 95.82 95.82分"]
    wrong = build(LINES.format(rate="90%", total="95.28"))
    assert [(c.kind.value, c.stated, c.computed) for c in sections.find(wrong) if c.verdict is Verdict.DISAGREES] == [
        ("score_total", "95.28", "95.82分"),
        ("indicator_score", "30", "28.42分"),
    ]


def test_facts_for_others(build):
    """The actual and target of each indicator are offered with their figures."""
    made = build(LINES.format(rate="96%", total="95.82"))
    assert [(n, a.raw, t.raw if t else None) for n, a, t in indicator_actuals(made)] == [
        ("巡查次数", "12次", "12次"),
        ("维修渠道长度", "16公里", "20公里"),
        ("受益群众知晓率", "96%", "95%"),
    ]


def test_rows_that_other_rows_hold(build):
    """项目支出 behind 其中 is no part of 基本支出 where the figures say so; a total in one column that does not fit is told."""
    text = """
        单位：万元
        项目|年初预算|执行数|结余
        基本支出|120.00|110.00|10.00
        其中：人员经费|100.00|95.00|5.00
        公用经费|20.00|15.00|5.00
        项目支出|80.00|60.00|20.00
        其中：渠道维修|50.00|40.00|10.00
        防汛物资|30.00|20.00|10.00
        合计|{budget}|170.00|30.00
    """
    assert [c.formula for c in sections.find(build(text.format(budget="200.00"))) if c.verdict is Verdict.DISAGREES] == []
    wrong = [c for c in sections.find(build(text.format(budget="210.00"))) if c.verdict is Verdict.DISAGREES]
    assert [(c.stated, c.computed) for c in wrong] == [("210.00", "200万元")]
