"""Which profile a document follows, by its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit_document
from gouji.model.result import DocumentResult
from gouji.readers import read

REPORT = "{title}\n填报单位：{unit}\n一、部门概况\n本局编制20人。{quoted}\n二、自评结果\n经自评，得分{score}分，评价等级为“{grade}”。\n"
SCALE = "评价等级按得分划分：85分（含）以上为优秀，75分（含）至85分为良好，60分（含）至75分为一般，60分以下为较差。"


def audited(text: str, word: str = profiles.AUTO) -> DocumentResult:
    found = catalogue.load()
    return audit_document(read(Path("report.txt"), text.encode()), profiles.load(word, found), found)


def report(title="2023年度部门整体支出绩效自评报告", unit="云港区水务局", quoted="", score="87", grade="良") -> str:
    return REPORT.format(title=title, unit=unit, quoted=quoted, score=score, grade=grade)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (report(), "national"),
        (report(unit="湖北省宜昌市夷陵区水务局"), "hubei"),
        (report(unit="大英县水务局"), "sichuan-daying"),
        (report(unit="四川省遂宁市大英县水务局"), "sichuan-daying"),
        (report(title="长沙市岳麓区水务局2023年度部门整体支出绩效自评报告"), "hunan"),
        (report(quoted="依据《云南省项目支出绩效评价管理办法》开展自评。"), "yunnan"),
        (report(quoted="赴湖南省长沙市考察学习2次。"), "national"),
        (report(quoted="落实《湖北省长江保护条例》。"), "national"),
        (report(title="河北省与四川省对口协作项目支出绩效自评报告"), "national"),
        (report(quoted=SCALE), "hebei-luquan"),
    ],
)
def test_profile_is_that_of_the_document_s_own_place_or_scale(text, name):
    """Title, unit, quoted regulation on performance, or the printed scale choose; a place merely mentioned, or two at once, do not."""
    result = audited(text)
    assert result.profile == name
    assert result.profile_reason is not None
    assert ("文中没有指明地区" in result.profile_reason.zh) is (name == "national")


def test_option_goes_before_the_document_s_words():
    """A profile that the user names is the one in force, and the result says that it was chosen."""
    result = audited(report(unit="湖北省宜昌市水务局"), "national")
    assert result.profile == "national"
    assert result.profile_reason is not None
    assert result.profile_reason.zh == "由选项指定"


def test_chosen_scale_decides_on_the_grade():
    """86 points are 优秀 in Luquan and 良 elsewhere."""
    codes = {
        name: [f.code for f in audited(report(unit=unit, score="86", grade="优秀")).findings]
        for name, unit in {"luquan": "鹿泉区水务局", "else": "云港区水务局"}.items()
    }
    assert "SC201" not in codes["luquan"]
    assert "SC201" in codes["else"]


FORM = """{unit}2023年度项目支出绩效自评表
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因
产出指标\t数量指标\t巡查次数\t≥10次\t26次\t40\t40\t
产出指标\t质量指标\t设施完好\t良好\t部分达成\t40\t{score}\t设施老化
效益指标\t社会效益\t影响\t好\t好\t20\t20\t
"""


@pytest.mark.parametrize(
    ("unit", "score", "expected"),
    [
        ("云港区水务局", "30", {"SC306": "notice"}),
        ("大英县水务局", "30", {"SC306": "warning"}),
        ("云港区水务局", "22", {"SC306": "notice", "SC307": "warning"}),
        ("湖北省水利厅", "22", {"SC306": "notice"}),
    ],
)
def test_bounds_and_bands_are_the_profile_s(unit, score, expected):
    """Over-achievement costs a warning in Daying; 部分达成 reaches down to 50 % in Hubei, to 60 % elsewhere."""
    found = audited(FORM.format(unit=unit, score=score)).findings
    assert {f.code: f.severity.value for f in found if f.code in ("SC306", "SC307")} == expected


def test_execution_by_the_bureau_s_own_steps(tmp_path):
    """A profile whose execution is free accuses no execution score."""
    file = tmp_path / "steps.toml"
    file.write_text('name = "steps"\nextends = "national"\nexecution = "free"\n', "utf-8")
    form = "自评表\n项目\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t100.00\t90.00\t10\t90%\t10\n其他资金\t100.00\t90.00\t—\t90%\t—\n"
    assert "SC301" in [f.code for f in audited(form).findings]
    assert "SC301" not in [f.code for f in audited(form, str(file)).findings]


def test_names_of_columns_are_the_profile_s(tmp_path):
    """A bureau that calls the score 本单位打的数 says so in its profile, and the scores add up."""
    file = tmp_path / "names.toml"
    file.write_text('name = "names"\nextends = "national"\n[columns]\nscore = ["本单位打的数"]\n', "utf-8")
    rows = "".join(f"事项{n}\t≥{n}0次\t{n}0次\t25\t25\n" for n in range(1, 5))
    form = f"自评表\n三级指标\t年度指标值\t实际完成值\t分值\t本单位打的数\n{rows}总分\t\t\t100\t98\n"
    assert "SC101" not in [f.code for f in audited(form).findings]
    assert "SC101" in [f.code for f in audited(form, str(file)).findings]


@pytest.mark.parametrize("name", sorted(catalogue.load().profiles))
def test_profile_written_out_reads_back_alike(name):
    """What `gouji profile show` prints is the profile with all that it inherits."""
    found = catalogue.load()
    profile = profiles.load(name, found)
    assert profiles.parse(profiles.to_toml(profile), name, found) == profile
