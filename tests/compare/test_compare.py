"""Submissions against one another: clones, last year's text, figures taken along, slips in shared text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("rensa")

from bench_compare import generate, score

from gouji.cli import main
from gouji.compare import compare
from gouji.compare.alike import are_alike
from gouji.compare.units import figures, masked

OWN = (
    "组织执法人员对辖区内四十家砂场开展夜间巡查，查处超范围采砂案件{}起，罚没款全部缴入国库。"
    "会同三个乡镇对病险水库逐座建档，更换启闭设备{}台套，汛前全部通过蓄水验收。"
    "采取以工代赈方式修复被冲毁的田间渠道，吸纳脱贫户务工{}人，发放劳务报酬。"
)


def report(folder: Path, name: str, unit: str, year: int, body: str) -> Path:
    path = folder / name
    text = f"{unit}{year}年度部门整体支出绩效自评报告\n一、基本情况\n{unit}编制二十名。\n二、绩效情况\n{body}\n三、打算\n继续努力。\n"
    path.write_text(text, encoding="utf-8")
    return path


def told(files: list[Path], **options):
    result = compare(sorted(files), **options)
    return result, {
        (Path(result.submissions[p.first].path).stem, Path(result.submissions[p.second].path).stem): p for p in result.pairs
    }


def test_planted_clones_are_found_and_nothing_else(tmp_path):
    """Of 200 generated submissions the clones with 60 to 100 % of another's text are told, and no other pair."""
    planted = generate(tmp_path, 200, 25)
    result, pairs = told(list(tmp_path.glob("*.txt")))
    found = {(f"{a}.txt", f"{b}.txt") for a, b in pairs}
    assert score(planted, found) == (1.0, 1.0, 1.0)
    assert result.boilerplate > 0


def test_the_same_figures_raise_a_clone_to_a_warning(tmp_path):
    """Text taken over with its figures is a warning, with other figures a notice; the places that differ are marked."""
    files = [
        report(
            tmp_path, "a.txt", "平岭县水务局", 2023, OWN.format(17, 23, 96) + "全年巡查87次，整改隐患34处，问题销号率达到要求。"
        ),
        report(
            tmp_path, "b.txt", "南安县水务局", 2023, OWN.format(17, 23, 96) + "全年巡查87次，整改隐患34处，问题销号率达到要求。"
        ),
        report(tmp_path, "c.txt", "石安县水务局", 2023, OWN.format(9, 14, 51)),
    ]
    _, pairs = told(files)
    assert pairs["a", "b"].severity == "warning"
    assert pairs["a", "c"].severity == "notice"
    passage = next(p for p in pairs["a", "c"].passages if "砂场" in p.text)
    assert [passage.text[a:b] for a, b in passage.marks] == ["17"]
    assert [passage.other_text[a:b] for a, b in passage.other_marks] == ["9"]


def test_last_years_text_with_only_the_year_changed(tmp_path):
    """Two years of one unit with the same text are rolled over; a sentence in which only the year differs is said to be one."""
    body = "{}年共完成农村饮水管网改造，受益群众反映良好，供水保证率稳步提升。" + OWN.format(17, 23, 96)
    files = [
        report(tmp_path, "y22.txt", "平岭县水务局", 2022, body.format(2022)),
        report(tmp_path, "y23.txt", "平岭县水务局", 2023, body.format(2023)),
    ]
    _, pairs = told(files)
    pair = pairs["y22", "y23"]
    assert pair.kind == "rolled_over"
    assert [p.only_year for p in pair.passages if "管网改造" in p.text] == [True]


def test_boilerplate_of_many_is_discounted(tmp_path):
    """A paragraph that every submission bears makes no pair."""
    official = "根据《项目支出绩效评价管理办法》要求，围绕决策、过程、产出和效益四个方面设置指标，采用成本效益分析法和公众评判法开展评价。"
    files = [
        report(
            tmp_path,
            f"d{n:02}.txt",
            f"平岭县第{n}小学",
            2023,
            official + "".join(chr(0x4E00 + n * 40 + k) for k in range(40)) + "。",
        )
        for n in range(1, 16)
    ]
    _, pairs = told(files)
    assert pairs == {}


def test_a_rare_character_in_equal_text_is_a_likely_slip(tmp_path):
    """淅 for 新 inside a clause that another submission has with 新: offered once, at its place."""
    common = "不断创新工作思路，以新举措推动新发展，落实新要求，取得新成效。"
    files = [
        report(tmp_path, "a.txt", "平岭县水务局", 2023, common + "探索开展活动的新方法淅途径，充分调动积极性。"),
        report(tmp_path, "b.txt", "南安县林业局", 2023, common + "我们努力探索，在实践中完善，探索开展活动的新方法新途径。"),
    ]
    result, _ = told(files)
    (slip,) = result.slips
    assert (slip.submission, slip.text[slip.at], slip.expected) == (0, "淅", "新")


def test_keys_mask_what_cloners_change():
    """Figures, level words and the unit's own name do not tell two sentences apart; other words do."""
    own, other = "平岭县水务局", "南安区教育局"
    assert masked("平岭县水务局向县委报送简报12期", own) == masked("南安区教育局向区委报送简报9期", other)
    assert figures("2023年巡查87次，整改34处") == ("87", "34")
    assert not are_alike("组织执法人员对砂场开展夜间巡查", "会同三个乡镇对病险水库逐座建档")


def test_processes_and_order_change_nothing(tmp_path):
    """Two processes give the result of one."""
    generate(tmp_path, 40, 5)
    files = sorted(tmp_path.glob("*.txt"))
    assert compare(files, jobs=2) == compare(files)


def test_command_line(tmp_path, capsys):
    """`gouji compare DIR` ranks the pairs for readers and as JSON; an unreadable file is named and gives 3."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, unit in (("a.txt", "平岭县水务局"), ("b.txt", "南安县水务局")):
        report(folder, name, unit, 2023, OWN.format(17, 23, 96))
    assert main(["compare", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "1. 100% 文字雷同" in shown
    assert "a.txt ↔" in shown
    (folder / "c.docx").write_bytes(b"PK\x03\x04 broken")
    out = tmp_path / "out.json"
    assert main(["compare", str(folder), "--format", "json", "--output", str(out)]) == 3
    result = json.loads(out.read_text("utf-8"))
    assert [(p["first"], p["second"]) for p in result["pairs"]] == [(0, 1)]
    assert "c.docx" in capsys.readouterr().err
    assert main(["compare", str(tmp_path / "nowhere")]) == 2


@pytest.mark.parametrize("text", ["", "一、标题\n", "12 34。56\n7"])
def test_submissions_without_sentences(tmp_path, text):
    """Empty and unreadable texts compare to nothing and crash nothing."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert compare(sorted(tmp_path.glob("*.txt"))).pairs == ()


def test_the_five_reports_give_the_slip(seeds):
    """Of the real reports beside the project the one wrong character in shared boilerplate is offered, and nothing else."""
    result = compare(sorted(seeds.glob("*.txt")))
    assert [(s.text[s.at], s.expected) for s in result.slips] == [("淅", "新")]
