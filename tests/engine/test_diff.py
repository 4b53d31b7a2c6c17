"""Two versions of a report compared: what is fixed, what is new, what is still there and where it went."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gouji.engine.alignment import Alignment, Side
from gouji.engine.diff import compare, compare_documents
from gouji.engine.runner import audit_file
from gouji.model.comparison import Change, Edit
from gouji.model.document import NotChecked
from gouji.model.result import AuditResult, DocumentResult, Finding
from gouji.model.text import Text

BASE = """# 云岭县交通运输局2023年度部门整体支出绩效自评报告
## 一、部门概况
云岭县交通运输局是县人民政府工作部门，内设5个股室。主管全县公路、水路运输和农村公路养护。
## 二、预算执行情况
### （一）总体情况
2023年部门预算1200.00万元，支出1140.00万元，预算执行率95%，结余60.00万元。
### （二）基本支出
基本支出320.50万元，其中：人员经费280.10万元，公用经费42.40万元。
### （三）项目支出
道路养护项目预算200.00万元，支出180.00万元，执行率95%。
桥梁检测项目预算150.00万元，支出120.00万元，执行率80%。
公交补贴项目预算300.00万元，支出270.00万元，执行率88%。
以上项目由局养护股、运输股分别组织实施，资金由县财政局按进度拨付，年底前全部结清。
## 三、绩效目标完成情况
全年完成农村公路养护460公里，整治隐患路段23处，群众满意度92%。
因XX公司延期交货，护栏更换工作推迟到第四季度完成。
## 四、存在问题
部分项目前期工作准备不足，招标时间偏晚，影响了资金支付进度。
"""
BASIC = "基本支出320.50万元，其中：人员经费280.10万元，公用经费42.40万元。"
ROAD = "道路养护项目预算200.00万元，支出180.00万元，执行率95%。\n"
BRIDGE = "桥梁检测项目预算150.00万元，支出120.00万元，执行率80%。\n"
BUS = "公交补贴项目预算300.00万元，支出270.00万元，执行率88%。\n"
DELAY = "因XX公司延期交货，护栏更换工作推迟到第四季度完成。\n"

Seen = set[tuple[str, str]]
ALL = {("320.50万元", "remaining"), ("95%", "remaining"), ("88%", "remaining"), ("XX", "remaining")}


def _but(*changed: tuple[str, str]) -> Seen:
    """What is expected where all stays but the findings on the words given."""
    words = {quote for quote, _ in changed}
    return {(quote, change) for quote, change in ALL if quote not in words} | set(changed)


PAIRS: dict[str, tuple[Callable[[str], str], Seen]] = {
    "nothing edited": (lambda t: t, ALL),
    "one corrected": (lambda t: t.replace("执行率95%。\n桥", "执行率90%。\n桥"), _but(("95%", "fixed"))),
    "corrected here, spoilt next to it": (
        lambda t: t.replace("执行率95%。\n桥", "执行率90%。\n桥").replace("执行率80%", "执行率85%"),
        _but(("95%", "fixed"), ("85%", "new")),
    ),
    "paragraph moved to another chapter": (
        lambda t: t.replace(DELAY, "").replace("## 三、绩效", DELAY + "## 三、绩效"),
        _but(("XX", "moved")),
    ),
    "figures changed, fault kept": (
        lambda t: t.replace("280.10万元，公用", "281.10万元，公用").replace("执行率88%", "执行率87%"),
        _but(("87%", "remaining"), ("88%", "gone")),
    ),
    "sentence reworded, figures kept": (
        lambda t: t.replace(ROAD, "农村道路日常养护资金全年安排200.00万元，实际支付180.00万元，预算执行率95%。\n"),
        ALL,
    ),
    "reworded, and one figure changed": (
        lambda t: t.replace(BASIC, "全年基本支出合计为320.50万元，其中人员类经费280.10万元，公用类经费41.40万元。"),
        ALL,
    ),
    "text put in before and after": (
        lambda t: t.replace("## 二、", "本局下设公路养护中心和运输服务中心两个事业单位。\n经费均由县财政保障。\n## 二、") + "感谢各有关单位的支持。\n",
        ALL,
    ),
    "faulty sentence deleted, another one written": (
        lambda t: t.replace(BUS, "") + "安全宣传项目预算40.00万元，支出30.00万元，执行率70%。\n",
        _but(("88%", "fixed"), ("70%", "new")),
    ),
    "the same words in another place": (
        lambda t: t.replace("因XX公司", "因供货公司").replace("招标时间偏晚", "与XX公司商谈较晚"),
        _but(("XX", "fixed"), ("XX", "new")),
    ),
    "two sentences moved, one of them corrected": (
        lambda t: t.replace(ROAD + BRIDGE + BUS, "").replace("## 四、", ROAD.replace("95%", "90%") + BRIDGE + BUS + "## 四、"),
        _but(("95%", "fixed"), ("88%", "moved")),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def generator(source_tree: Path) -> Any:
    """The maker of the sample files: one source as text, Word and PDF."""
    spec = importlib.util.spec_from_file_location("generate", source_tree / "sample_inputs" / "generate.py")
    assert spec
    assert spec.loader
    import sys

    sys.modules["generate"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def checked(generator: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., DocumentResult]:
    """The result of a source in a format."""
    folder = tmp_path_factory.mktemp("versions")

    def check(source: str, form: str = "txt", name: str = "report") -> DocumentResult:
        file = folder / f"{name}.{form}"
        file.write_bytes(getattr(generator, f"to_{form}")(generator.parse(source)))
        return audit_file(file)

    return check


def _quote(finding: Finding) -> str:
    """The faulty words; of a placeholder, the placeholder alone."""
    return re.sub("^XX.*", "XX", finding.evidence[0].quote)


def _seen(old: DocumentResult, new: DocumentResult) -> Seen:
    """The faulty words of every finding and what became of it; of one whose words changed, both."""
    found = set()
    for c in compare_documents(old, new).changes:
        found.add((_quote(c.shown), c.change.value))
        if c.old and c.new and _quote(c.old) != _quote(c.new):
            found.add((_quote(c.old), "gone"))
    return found


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
@pytest.mark.parametrize("name", PAIRS)
def test_every_finding_is_classed_rightly(name: str, form: str, checked: Callable[..., DocumentResult]) -> None:
    """After a known edit each finding is fixed, new, remaining or moved as it was edited, between formats too."""
    edit, expected = PAIRS[name]
    assert _seen(checked(BASE), checked(edit(BASE), form)) == expected


@pytest.mark.parametrize("name", PAIRS)
def test_results_without_their_texts_compare_alike(name: str, checked: Callable[..., DocumentResult]) -> None:
    """What a stored result quotes is enough for every class but the move of a lone paragraph."""
    edit, expected = PAIRS[name]
    old, new = (replace(checked(text), document=None) for text in (BASE, edit(BASE)))
    unmoved = {(q, "remaining" if c == "moved" else c) for q, c in _seen(old, new)}
    assert unmoved == {(q, "remaining" if c == "moved" else c) for q, c in expected}


def test_edits_are_named(checked: Callable[..., DocumentResult]) -> None:
    """A finding that is still there says whether figures, words or the waiver changed."""
    old, new = checked(BASE), checked(BASE.replace("执行率88%", "执行率87%").replace("因XX公司延期", "由于XX公司没有按期"))
    new = replace(new, findings=tuple(replace(f, waived="已核") if f.evidence[0].quote == "95%" else f for f in new.findings))
    edits = {_quote(c.shown): c.edits for c in compare_documents(old, new).changes}
    assert edits == {"87%": (Edit.FIGURES,), "XX": (Edit.WORDS,), "95%": (Edit.WAIVER,), "320.50万元": ()}


def test_one_of_two_equal_findings_is_fixed(checked: Callable[..., DocumentResult]) -> None:
    """Two findings with the same words are told apart by their sentences, not by their number."""
    twice = BASE.replace("招标时间偏晚", "与XX公司商谈较晚")
    changes = compare_documents(checked(twice), checked(twice.replace("因XX公司", "因供货公司"))).changes
    fixed = [c.old for c in changes if c.change is Change.FIXED]
    assert [f.evidence[0].context for f in fixed if f] == [DELAY.strip()]


def test_nothing_is_fixed_in_a_version_that_was_not_read(checked: Callable[..., DocumentResult]) -> None:
    """A finding that is not found again because the file is unreadable or a check crashed is unclear, not fixed."""
    old = checked(BASE)
    for new in (DocumentResult("new.pdf", "unreadable"), replace(old, findings=(), crashed=True)):
        comparison = compare_documents(old, new)
        assert {c.change for c in comparison.changes} == {Change.UNCLEAR}
        assert comparison.notes


def test_words_that_were_not_read_again_are_unclear(checked: Callable[..., DocumentResult]) -> None:
    """With an unread page, a finding whose sentence is not in the text that was read is unclear; one whose sentence is, fixed."""
    old, new = checked(BASE), checked(BASE.replace(BUS, "").replace("执行率95%。\n桥", "执行率90%。\n桥"))
    unread = (NotChecked(Text("第3页", "page 3"), Text("没有文字层", "no text layer")),)
    assert new.document
    new = replace(new, document=replace(new.document, unread=unread), not_checked=unread)
    assert {("95%", "fixed"), ("88%", "unclear")} <= _seen(old, new)


def test_documents_of_two_runs_are_paired(checked: Callable[..., DocumentResult]) -> None:
    """Directories are compared report by report, whatever the suffix; what stands on one side only is said to."""
    a, b = checked(BASE, name="a"), checked(BASE, "docx", name="b")
    renamed = replace(checked(BASE, "pdf", name="b"), path="new/b.pdf")
    extra = replace(checked(BASE, name="c"), title="x")
    made = compare(AuditResult((a, b), "block"), AuditResult((extra, renamed), "block"))
    paths = [tuple(Path(d.path).name if d else None for d in (c.old, c.new)) for c in made.documents]
    assert paths == [("a.txt", None), ("b.docx", "b.pdf"), (None, "c.txt")]
    assert [len(c.changes) for c in made.documents] == [0, 4, 4]
    assert {c.change for c in made.documents[2].changes} == {Change.NEW}


def test_a_long_shuffled_text_is_aligned_in_no_time_to_speak_of() -> None:
    """Thousands of equal and of shuffled sentences take a sorting's work, not the square of their number."""
    texts = {n: (f"第{n * 7919 % 20011}段的文字。相同的一句话。", False) for n in range(20_000)}
    old, new = Side(texts), Side({n: texts[19_999 - n] for n in texts})
    made = Alignment(old, new)
    assert len(made.forward) == 40_000
