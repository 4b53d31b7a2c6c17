"""The console: dense, stable in a pipe, and never steered by what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest

from gouji.model.result import AuditResult
from gouji_reports.console import WRITER
from gouji_reports.plain import columns, head, one_line, tail, visible

FIRST = """\
样例/部门整体支出绩效自评报告.docx  退回  清河市水利局  2023  清河市水利局2023年度部门整体支出绩效自评报告
样例/部门整体支出绩效自评报告.docx:10 AR201 错误 rate-mismatch 预算执行率与支出、预算不符
    10 | …中追加312.40万元，全年预算3,172.90万元；实际支出3,046.18万元，预算执行率为【97.01%】。
    3,046.18 ÷ 3,172.90 = 96.01%，文中 97.01%，差 1.00个百分点
    可能原因：整数位误写
样例/部门整体支出绩效自评报告.docx:11 AR101 错误 total-mismatch “三公”经费支出与分项之和不符
    11 | “三公”经费支出【131.73万元】，其中：公务接待费36.89万元，因公出国（境）费7万元，公务用…
    36.89 + 7 + 87.83 = 131.72万元，文中 131.73万元，差 0.01万元
样例/部门整体支出绩效自评报告.docx:17 AR201 错误 rate-mismatch 项目支出的执行率与决算数、预算数不符
    17 | 项目支出 | 1,501.60 | 1,775.00 | 1,660.03 | 【93.25%】
    1,660.03 ÷ 1,775.00 = 93.52%，文中 93.25%，差 0.27个百分点
    可能原因：相邻两位数字颠倒
样例/部门整体支出绩效自评报告.docx:20 SC101 错误 grade-score-mismatch 得分89.5分对应等级“良”，文中评为“优”
"""
LAST = """\
样例/部门整体支出绩效自评报告.docx:21 AR401 已豁免 bound-loose 满意度只写下限，没有实际值
    豁免理由：市局确认：满意度按问卷下限填报
样例/部门整体支出绩效自评报告.docx 未核对 附件2的扫描图片：没有文字层

1 份文件  退回  错误 4  警告 2  提示 1  已豁免 1  已勾稽 33/38  未核对 1
"""
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def test_a_pipe_gets_exactly_this(sample: ModuleType, written: Callable[..., str]) -> None:
    """Verdict, findings by gravity and place with their recomputation, what was not checked, one line of summary."""
    text = written(WRITER, sample.one())
    assert text.startswith(FIRST)
    assert text.endswith(LAST)


def test_a_second_place_is_quoted(sample: ModuleType, written: Callable[..., str]) -> None:
    """A finding between two blocks quotes both, each with its number."""
    text = written(WRITER, sample.one())
    assert "【预算执行率为97.01%】。\n    18 | 合计 | 2,860.50 | 3,172.90 | 3,046.18 | 【96.01%】\n" in text


def test_a_relation_is_not_called_an_equation(sample: ModuleType, written: Callable[..., str]) -> None:
    """A formula that is a comparison is shown beside the computed value, not set equal to it."""
    assert "    80 ≤ 89.5 < 90，重算 良，文中 优\n" in written(WRITER, sample.one())


def test_words_are_expected_not_recomputed(sample: ModuleType, written: Callable[..., str]) -> None:
    """Where no figure was reckoned with, the report says what should stand there, not what was recomputed."""
    m = sample.Maker()
    block = m.add("召开十一届一次会议。")
    found = sample.finding(
        "CP101",
        "session-conflict",
        sample.Severity.ERROR,
        "届次不符",
        "another session",
        m.evidence(block, "十一届一次会议"),
        stated="十一届一次会议",
        computed="十一届二次会议",
    )
    result = sample.result_of(m.document("报告"), "block", findings=(found,))
    assert "    应为 十一届二次会议，文中 十一届一次会议\n" in written(WRITER, AuditResult((result,), "block"))


def test_english_says_the_same(sample: ModuleType, written: Callable[..., str]) -> None:
    """In English every line of the frame is English."""
    text = written(WRITER, sample.one(), lang="en")
    assert ":11 AR101 error total-mismatch the three public expenses are not the sum of their parts\n" in text
    assert "    36.89 + 7 + 87.83 = 131.72万元; stated 131.73万元; difference 0.01万元\n" in text
    assert text.endswith("  returned  error 4  warning 2  notice 1  waived 1  tied 33/38  not checked 1\n")


def test_plain_output_has_no_escape(sample: ModuleType, written: Callable[..., str]) -> None:
    """In a pipe there is no style, and a hostile submission can add none."""
    text = written(WRITER, sample.several())
    assert not [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066")]
    assert "[U+001B][2J" in text
    assert "[U+202E]" in text


def test_a_terminal_gets_styles_and_nothing_else(sample: ModuleType, written: Callable[..., str]) -> None:
    """With colour the only escapes are styles; markup and control characters of the document stay words."""
    text = written(WRITER, sample.several(), color=True, width=100)
    assert "\x1b[1;31m" in text
    rest = ESCAPE.sub("", text)
    assert "\x1b" not in rest
    assert "\u202e" not in rest
    assert "[bold red]x[/bold red]" in rest


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_quotations_fit_the_width(width: int, sample: ModuleType, written: Callable[..., str]) -> None:
    """A quotation takes no more columns than the terminal has, wide characters counted twice."""
    lines = [s for s in written(WRITER, sample.one(), width=width).splitlines() if re.match(r"    \d+ \| ", s)]
    assert len(lines) == 8
    long = {line for line in lines if "水资源管理科、河湖管理科" in line and "【办公室" in line}
    assert all(columns(line) <= width for line in set(lines) - long)


def test_the_faulty_figure_is_always_whole(sample: ModuleType, written: Callable[..., str]) -> None:
    """However narrow the terminal, the words in brackets are not cut."""
    text = written(WRITER, sample.one(), width=20)
    for words in ("【97.01%】", "【131.73万元】", "【93.25%】", "【预算执行率为97.01%】"):
        assert words in text


def test_a_run_over_nothing_says_so(written: Callable[..., str]) -> None:
    """Without documents there is one line, and it is no pass."""
    assert written(WRITER, AuditResult((), "unreadable")).startswith("0 份文件  无法读取")


def test_hidden_characters_are_named() -> None:
    """Controls, overrides and lone surrogates are shown by number; tabs between cells become bars."""
    assert visible("a\u202eb\x07\ud800") == "a[U+202E]b[U+0007][U+D800]"
    assert one_line("甲\t1,200\n 乙  丙") == "甲 | 1,200 乙  丙"


def test_columns_count_wide_characters_twice() -> None:
    """Chinese characters and full-width signs take two columns, combining marks none."""
    assert columns("执行率96%，e\u0301") == 6 + 3 + 2 + 1
    assert head("执行率", 5) == "执行"
    assert tail("执行率96%", 5) == "率96%"
