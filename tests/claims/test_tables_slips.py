"""One digit changed in a form that is right: what is accused, and that the form as it was stays silent. Exact claims."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji import claims, facts
from gouji.engine import catalogue, profiles
from gouji.readers import read

sys.path.insert(0, str(Path(__file__).parent))
from form_print import Cell, Paper, printed

GROUPED = """
    部门整体绩效自评表
    任务名称|预算数（万元）|||执行数（万元）|||执行率
    |小计|财政拨款|其他资金|小计|财政拨款|其他资金|
    耕地保护|236.50|200.00|36.50|228.40|196.80|31.60|96.58%
    不动产登记|158.20|158.20|0.00|150.36|150.36|0.00|95.04%
    地灾防治|412.80|380.00|32.80|389.10|360.00|29.10|94.26%
    金额合计|807.50|738.20|69.30|767.86|707.16|60.70|95.09%
"""
WHOLE = """
    部门整体支出绩效自评表
    单位：万元
    预算执行情况|年初预算数|全年预算数|全年执行数|分值|执行率|得分
    年度预算总额|2,846.30|3,102.75|2,987.41|10|96.28%|9.63
    基本支出|1,520.60|1,588.20|1,588.20||100.00%|
    项目支出|1,325.70|1,514.55|1,399.21||92.38%|
"""
PRORATED = """
    项目支出绩效自评表
    一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因
    产出指标|数量指标|更换管网|≥18公里|16.2公里|20|18|施工受阻
    产出指标|数量指标|入户走访|≥2400户|2168户|20|18.07|人手不足
    产出指标|质量指标|验收合格率|≥95%|100%|20|20|
    效益指标|社会效益指标|培训人次|≥500人次|460人次|20|18.4|场地所限
    满意度指标|满意度指标|群众满意度|≥95%|93%|20|19.58|个别村水压不足
    总分|||||100|94.05|
"""
LEVELS = """
    整体支出绩效评分表
    一级指标|分值|二级指标|分值|三级指标|分值|得分|说明
    投入|40|目标设定|10|目标合理性|10|10|
    投入|40|预算配置|30|人员控制率|12|12|
    投入|40|预算配置|30|重点支出率|18|17|略低
    产出|60|职责履行|60|完成率|35|33.5|一项未完成
    产出|60|职责履行|60|及时率得分|25|25|
    合计|100||100||100|97.5|
"""
SUBTOTALS = """
    项目绩效评分表
    一级指标|二级指标|权重|自评得分|备注
    决策|立项依据|20|20|
    决策|预算编制|10|9.5|测算较粗
    小计||30|29.5|
    产出|完成数量|40|38|少一处
    产出|验收质量|30|30|
    小计||70|68|
    总计||100|97.5|
"""
LIST = """
    项目自评结果汇总表
    序号|项目名称|自评得分|自评等级
    1|数字档案|95.6|优
    2|安全宣传|92.4|优
    3|旧区改造|86.5|良
    4|农贸市场|97.3|优
    平均||92.95|
"""
NAMED = """
    项目支出绩效自评表
    一级指标|二级指标|三级指标|年初目标值|实际完成值|得分
    产出指标（50分）|数量指标|管养绿地（30分）|186公顷|186公顷|30
    产出指标（50分）|数量指标|补植苗木（20分）|12000株|10800株|18
    效益指标（50分）|满意度|市民满意度（50分）|≥90%|92%|50
    总分|||||98
"""
TRANSFER = """
    转移支付预算执行绩效自评表
    一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因和改进措施
    产出指标|数量指标|补助学生|23680人|23680人|
    产出指标|时效指标|发放及时率|100%|96%|信息采集滞后
    产出指标|质量指标|补助达标率|100%|100%|
"""


def wrong(path: Path, data: bytes) -> list[str]:
    document = read(path, data)
    found = claims.find(document, facts.extract(document), profiles.load(profiles.DEFAULT, catalogue.load()))
    return [f"{c.kind.value}/{c.shape} {c.stated} {c.computed}" for c in found if c.verdict.value == "disagrees"]


def lines(text: str) -> list[str]:
    return [line.strip(" ") for line in text.strip("\n").split("\n")]


@pytest.mark.parametrize("form", [GROUPED, WHOLE, PRORATED, LEVELS, SUBTOTALS, LIST, NAMED, TRANSFER])
@pytest.mark.parametrize("way", ["tab", "pipe", "docx", "xlsx"])
def test_right_forms_stay_silent(form, way):
    """A form whose figures tie is not accused, as text, as a Word file or as a spreadsheet."""
    rows = lines(form)
    above = [line for line in rows if "|" not in line]
    grid = [[Cell(cell) for cell in line.split("|")] for line in rows if "|" in line]
    suffix, data = printed(Paper(tuple(above), grid), way)
    assert wrong(Path(f"form{suffix}"), data) == []


@pytest.mark.parametrize(
    ("form", "old", "new", "expected"),
    [
        (GROUPED, "96.58%", "36.58%", ["rate/column 36.58% 96.58%"]),
        (GROUPED, "95.09%", "94.09%", ["rate/column 94.09% 95.09%"]),
        (WHOLE, "2,846.30", "2,446.30", ["total/funds 2,446.30 2846.3万元"]),
        (WHOLE, "3,102.75", "3,202.75", ["total/funds 3,202.75 3102.75万元", "rate/column 96.28% 93.28%"]),
        (WHOLE, "1,399.21", "1,499.21", ["total/funds 2,987.41 3087.41万元", "rate/column 92.38% 98.99%"]),
        (PRORATED, "2168户", "2188户", ["indicator_score/prorated 18.07 18.23分"]),
        (PRORATED, "≥2400户", "≥2430户", ["indicator_score/prorated 18.07 17.84分"]),
        (PRORATED, "|93%|", "|97%|", ["indicator_score/prorated 19.58 20分"]),
        (PRORATED, "460人次", "480人次", ["indicator_score/prorated 18.4 19.2分"]),
        (PRORATED, "|100%|", "|107%|", ["bound/natural 107% 100%"]),
        (LEVELS, "合计|100|", "合计|107|", ["weight_total/column 107 100分"]),
        (SUBTOTALS, "|30|29.5|", "|30|24.5|", ["score_total/column 24.5 29.5分"]),
        (SUBTOTALS, "|10|9.5|", "|10|9.3|", ["score_total/column 29.5 29.3分"]),
        (SUBTOTALS, "||70|68|", "||71|68|", ["weight_total/column 71 70分"]),
        (LIST, "92.95", "97.95", ["average/mean 97.95 92.95分"]),
        (LIST, "|97.3|", "|92.3|", ["average/mean 92.95 91.70分"]),
        (NAMED, "|186公顷|30", "|176公顷|30", ["indicator_score/missed 30 28.39分"]),
        (NAMED, "|18\n", "|28\n", ["indicator_score/above_weight 28 20分", "score_total/column 98 108分"]),
        (TRANSFER, "|23680人|\n", "|21680人|\n", ["indicator_score/unexplained 21680人 None"]),
        (TRANSFER, "|100%|100%|", "|100%|900%|", ["bound/natural 900% 100%"]),
    ],
)
def test_one_digit(form, old, new, expected):
    """The cell that no longer ties is accused, or the one that it belongs to; nothing else is."""
    text = "\n".join(lines(form)) + "\n"
    assert text.count(old) == 1
    assert wrong(Path("form.txt"), text.replace(old, new).replace("|", "\t").encode()) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("|20|18.07|", "|20|18|"),  # points taken off by hand
        ("|20|18.4|", "|20|17.5|"),
        ("|20|19.58|", "|20|19.6|"),
        ("|20|18|施工受阻", "|20|15|施工受阻"),
    ],
)
def test_points_given_by_hand(old, new):
    """A deduction that is no slip of a digit is the department's own: its row is left alone, whatever the others follow."""
    text = "\n".join(lines(PRORATED)) + "\n"
    assert text.count(old) == 1
    found = wrong(Path("form.txt"), text.replace(old, new).replace("|", "\t").encode())
    assert [f for f in found if f.startswith("indicator_score")] == []


def test_rows_of_pipes_below_a_line_of_wide_spaces():
    """Blank cells between pipes look like wide spaces: the rows are a table of pipes all the same."""
    text = (
        "项目支出绩效自评表\n单位名称：城区园林所　　填报日期：2023年3月10日\n"
        "| 一级指标 |  | 三级指标 | 分值 | 得分 |\n| 产出 |  | 管养绿地 | 60 | 60 |\n| 效益 |  | 绿化覆盖 | 40 | 39 |\n| 总分 |  |  | 100 | 98 |\n"
    )
    assert wrong(Path("form.txt"), text.encode()) == ["score_total/column 98 99分"]
