"""The HTML report: one file, no request, no string of a submission alive in it, the same bytes every time."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from lxml import html as parser

from gouji.model.result import AuditResult
from gouji_reports.html import WRITER

Page = Any
LINKS = ("src", "href", "action", "formaction", "poster", "data", "srcset", "background", "ping", "cite", "manifest")


@pytest.fixture(scope="module")
def one(sample: ModuleType, written: Callable[..., str]) -> str:
    return written(WRITER, sample.one())


@pytest.fixture(scope="module")
def several(sample: ModuleType, written: Callable[..., str]) -> str:
    return written(WRITER, sample.several())


@pytest.fixture(scope="module")
def page(one: str) -> Page:
    return parser.document_fromstring(one)


@pytest.fixture(scope="module")
def pages(several: str) -> Page:
    return parser.document_fromstring(several)


def _words(element: Page) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_the_policy_allows_exactly_what_stands_in_the_file(page: Page) -> None:
    """The digests of the policy are those of the one style sheet and the one script; all else is refused."""
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = page.xpath("//style/text()"), page.xpath("//script/text()")
    digests = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digests[0]}'",
        f"script-src 'sha256-{digests[1]}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_policy_comes_before_anything_it_governs(one: str) -> None:
    """A browser reads the policy before the style sheet and the script."""
    assert one.index("Content-Security-Policy") < one.index("<style>") < one.index("<script>")


@pytest.mark.parametrize("name", ["one", "several", "long_one"])
def test_nothing_is_requested_and_nothing_runs(name: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Every link stays in the file; no element carries a handler or an inline style; no element that loads is there."""
    tree = parser.document_fromstring(written(WRITER, getattr(sample, name)()))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"iframe", "object", "embed", "link", "base", "img", "video", "audio", "source"}
        for key, value in element.attrib.items():
            assert not key.startswith("on"), key
            assert key != "style"
            if key.split(":")[-1] in LINKS:
                assert value.startswith("#"), value
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1


def test_style_and_script_load_nothing(page: Page) -> None:
    """Neither the style sheet nor the script names an address or a way to fetch one."""
    code = page.xpath("string(//style)") + page.xpath("string(//script)")
    for word in (
        "http:",
        "https:",
        "//cdn",
        "@import",
        "@font-face",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "eval(",
    ):
        assert word not in code
    assert set(re.findall(r"url\(([^)]*)\)", code)) == {"#hatch"}


def test_hostile_strings_are_words(several: str, pages: Page, sample: ModuleType) -> None:
    """Tags, quotes, templates and overrides in a submission come out as visible words, in the text as in the cards."""
    section = pages.get_element_by_id("d4")
    words = section.text_content()
    for text in sample.HOSTILE[:4]:
        assert words.count(text) >= 5, text
    assert "{{ 7 * 7 }}{% raw %}" in words
    for shown in ("[U+001B][2J", "[U+0007]", "[U+202E]元万98[U+2066]", "[U+D800]"):
        assert shown in words
    assert "<script>alert" not in several
    assert "</style><style>*" not in several
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", several)


def test_hostile_attributes_stay_one_attribute(pages: Page) -> None:
    """A quotation mark in a submission never ends an attribute."""
    section = pages.get_element_by_id("d4")
    assert 'alert(1)" x="' in section.text_content()
    assert not section.xpath(".//@x")
    assert not section.xpath(".//@onmouseover")


def test_the_text_is_the_submission_s(page: Page, sample: ModuleType) -> None:
    """Every block stands in the sheet, whole and in order, however its evidence cuts it."""
    blocks = sample.returned().document.blocks
    for block in blocks:
        shown = page.get_element_by_id(f"d1b{block.index}")
        expected = "".join(c.text for c in block.cells) if block.cells else block.text
        assert shown.text_content() == expected
    ids = [e.get("id") for e in page.xpath("//article//*[@data-n and @id and not(self::mark)]")]
    assert ids == [f"d1b{b.index}" for b in blocks]


def test_tables_are_tables(page: Page) -> None:
    """Header cells, spans and numbers of a table are kept."""
    (table,) = page.xpath("//article//table")
    rows = [[_words(cell) for cell in row] for row in table.xpath(".//tr")]
    assert rows[1] == ["年初预算", "调整后预算"]
    assert rows[5] == ["合计", "2,860.50", "3,172.90", "3,046.18", "96.01%"]
    assert table.xpath(".//th[@rowspan='2']/text()") == ["支出类别", "决算数", "执行率"]
    assert table.xpath(".//th[@colspan='2']/text()") == ["预算数"]
    assert {e.text_content() for e in table.xpath(".//td[not(@class)]")} == {"人员经费", "公用经费", "项目支出", "合计"}


def test_headings_notes_and_pages_are_kept(page: Page, pages: Page) -> None:
    """Levels of headings become levels of headings, notes are set apart, a new page is announced."""
    assert [_words(h) for h in page.xpath("//article//h4")] == ["（一）机构与人员", "（二）年度主要任务"]
    assert len(page.xpath("//article//h3")) == 4
    assert [_words(n) for n in page.xpath("//article//p[@class='b note']")] == ["注：本报告数据口径与部门决算一致。"]
    assert [_words(p) for p in pages.get_element_by_id("d2").find_class("pg")] == ["第 1 页"]


def test_overlapping_evidence_is_cut_not_nested(page: Page) -> None:
    """The rate is evidence of two findings: its words are marked once, for both, the error before the warning."""
    block = page.get_element_by_id("d1b9")
    pieces = [(m.text_content(), m.get("data-f"), m.get("class"), m.get("data-n")) for m in block.iter("mark")]
    assert pieces == [
        ("3,172.90万元", "1", "e", None),
        ("3,046.18万元", "1", "e", None),
        ("预算执行率为", "6", "w p", None),
        ("97.01%", "1 6", "e p", "1 6"),
    ]
    assert not page.xpath("//mark//mark | //a//a")


def test_every_card_leads_to_its_words_and_back(pages: Page, page: Page) -> None:
    """Each quotation links to the place where those words begin; each mark links to the card of its finding."""
    for tree in (page, pages):
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        for link in tree.xpath("//a/@href | //*[local-name()='use']/@href | //@aria-labelledby"):
            assert link.removeprefix("#") in set(ids)
    for link in page.xpath("//ol[@class='cards']//a[@class='to']"):
        target = page.get_element_by_id(link.get("href")[1:])
        assert link.text_content().startswith(target.text_content())
    for mark in page.iter("mark"):
        assert mark.getparent().get("href") == f"#d1f{mark.get('data-f').split()[0]}"


def test_a_card_says_all(page: Page) -> None:
    """Severity in words, code, place, message, both figures, difference, formula, cause, quotation and operands."""
    key = page.xpath("//li[@id='d1f3']//details//code")[0].text
    assert _words(page.get_element_by_id("d1f3")) == (
        "3 错误 AR201 第 17 段 · T1R5C5 项目支出的执行率与决算数、预算数不符 文中 93.25% 重算 93.52% 差 0.27个百分点 "
        "算式 1,660.03 ÷ 1,775.00 可能原因 相邻两位数字颠倒 ….60 | 1,775.00 | 1,660.03 | 93.25% "
        "分子 1,660.03 分母 1,775.00 建议 请核实“93.25%”，按文中数字计算为93.52%；更正原文，或书面说明理由。 "
        "怎样核对 在原文中找到编号3的标记，按上面的算式用计算器重算，与“93.25%”比较。 "
        f"AR201 执行率与金额不符 · {key}"
    )


def test_parts_show_the_sum_up_to_them(page: Page) -> None:
    """A total that fails shows the running sum beside each part, to be followed by eye."""
    parts = [_words(li) for li in page.xpath("//li[@id='d1f2']//ul[@class='chips']/li")]
    assert parts == ["分项 36.89万元 累计 36.89万元", "分项 7万元 累计 43.89万元", "分项 87.83万元 累计 131.72万元"]


def test_pictures_show_sections_money_and_scores(page: Page) -> None:
    """Coverage by chapter, each project's budget and actual, each score on its scale; every bar leads to its place."""
    kinds = [p.get("class").split()[1] for p in page.xpath("//figure")]
    assert kinds[0] == "coverage"
    for link in page.xpath("//figure//a/@href"):
        assert page.get_element_by_id(link[1:]) is not None
    assert all(0 <= int(w) <= 1000 for w in page.xpath("//figure//rect/@width"))


def test_a_waiver_is_shown_with_its_reason(page: Page) -> None:
    """A waived finding stays visible, is counted apart, and says who let it pass."""
    card = _words(page.get_element_by_id("d1f8"))
    assert card.startswith("8 已豁免 AR401")
    assert "豁免理由 市局确认：满意度按问卷下限填报" in card
    assert [_words(li) for li in page.xpath("//ul[@class='counts']/li")] == ["4 错误", "2 警告", "1 提示", "1 已豁免"]


def test_the_ledger_holds_every_claim(page: Page) -> None:
    """All claims, those that hold too, with kind, verdict, both figures and formula."""
    rows = page.xpath("//table[@class='ledger']/tbody")
    assert [r.get("data-v") for r in rows].count("agrees") == 5
    assert len(rows) == 11
    assert _words(rows[6]) == "尾差 执行率 95.13% 95.1265% 229.35 ÷ 241.10 差 0.0035个百分点 第 16 段 · T1R4C5"
    assert _words(rows[10]) == "无法判定 执行率 98.6% — 文中没有达标数与总数 第 21 段"


def test_what_was_not_checked_is_said_aloud(page: Page) -> None:
    """Unread parts stand in a box at the top, untied figures in the text and in a list by class; neither is green."""
    (box,) = page.xpath("//header//div[@class='missed']")
    assert _words(box) == "未核对 1 下列内容没有核对，不能视为通过 附件2的扫描图片 没有文字层"
    assert [_words(s) for s in page.xpath("//article//span[contains(@class, 'q u')]")] == [
        "12.6公里",
        "3座",
        "8.4万人",
        "2024年",
        "98.6%",
    ]
    panel = page.get_element_by_id("d1-untied")
    assert [_words(h) for h in panel.xpath("./h4")] == ["孤立数字 2", "年份日期 1", "约数 1", "缺少运算项 1"]
    assert not page.xpath("//*[contains(concat(' ', @class, ' '), ' pass ')]")


def test_coverage_is_in_words_and_in_the_bar(page: Page) -> None:
    """The bar is as long as the tied share, and its label says the numbers."""
    (bar,) = page.xpath("//*[@class='bar']")
    assert bar.get("aria-label") == "已勾稽 33, 未勾稽 5"
    assert bar.xpath("./*[@class='done']/@width") == [str(33 * 1000 // 38)]


def test_an_index_leads_to_each_document(pages: Page) -> None:
    """Several documents get a table with verdict, unit, year and counts, one row a document."""
    rows = [[_words(cell) for cell in row] for row in pages.xpath("//section[@id='index']//tbody/tr")]
    assert rows[0][0] == "退回"
    assert rows[0][2:] == ["清河市水利局", "2023", "4", "2", "1", "33/38", "1"]
    assert rows[1] == ["通过", "平安镇2023年度绩效自评报告 样例/通过.pdf", "平安镇人民政府", "2023", "0", "0", "0", "3/3", "0"]
    assert rows[2] == ["无法读取", "加密.pdf 样例/加密.pdf", "—", "—", "0", "0", "0", "0/0", "1"]
    assert pages.xpath("//section[@id='index']//a/@href") == ["#d1", "#d2", "#d3", "#d4"]


def test_an_unreadable_file_is_no_clean_file(pages: Page) -> None:
    """Of a file that could not be read the report says so, and nowhere that nothing was found."""
    words = _words(pages.get_element_by_id("d3"))
    assert "文件已加密，需要密码" in words
    assert "没有发现问题" not in words


def test_one_document_needs_no_index(page: Page) -> None:
    """A single document stands alone, its title the heading of the page."""
    assert not page.xpath("//section[@id='index']")
    assert [_words(h) for h in page.xpath("//h1")] == ["清河市水利局2023年度部门整体支出绩效自评报告"]
    assert page.xpath("//title/text()") == ["退回 · 清河市水利局2023年度部门整体支出绩效自评报告"]


def test_a_run_over_nothing_is_a_page(written: Callable[..., str]) -> None:
    """A result without documents gives an empty index, not an error."""
    tree = parser.document_fromstring(written(WRITER, AuditResult((), "unreadable")))
    assert _words(tree.find(".//h1")) == "无法读取 受检文件 0 份文件"


def test_both_languages(page: Page, sample: ModuleType, written: Callable[..., str]) -> None:
    """Chinese by default; in English the frame is English and the submission stays as it is."""
    assert page.get("lang") == "zh-CN"
    english = parser.document_fromstring(written(WRITER, sample.one(), lang="en"))
    assert english.get("lang") == "en"
    frame = english.xpath("//nav[@class='tabs']//text() | //ul[@class='counts']//text() | //dt//text()")
    assert not re.search("[\u4e00-\u9fff]", "".join(frame))
    assert english.xpath("string(//article)") == page.xpath("string(//article)")


def test_landmarks_and_names(page: Page) -> None:
    """The page has its landmarks, every control a name, every picture a name or none to tell."""
    assert page.xpath("//main//article[@aria-label]")
    assert page.xpath("//main//aside[@aria-label]")
    assert all(e.get("aria-label") for e in page.xpath("//input | //select"))
    assert all(_words(e) for e in page.xpath("//button"))
    assert all(e.get("aria-hidden") or e.get("aria-label") for e in page.xpath("//*[local-name()='svg']"))


def test_the_same_result_gives_the_same_bytes(several: str, sample: ModuleType, written: Callable[..., str]) -> None:
    """Two results made apart from the same reports are written alike."""
    assert written(WRITER, sample.several()) == several


def test_a_long_report_stays_small(sample: ModuleType, written: Callable[..., str]) -> None:
    """A report of 25,000 characters with hundreds of figures takes well under a megabyte."""
    result = sample.long_one()
    assert sum(len(b.text) for b in result.documents[0].document.blocks) > 20_000
    assert len(written(WRITER, result).encode()) < 400_000


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast_is_enough(theme: int, page: Page) -> None:
    """Every pair of text and ground reaches the 4.5 : 1 of WCAG AA, in the light, dark and printed palettes."""
    palettes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{([^}]*)\}", page.xpath("string(//style)"))
    ]
    palette = {k: v if len(v) == 7 else "#" + "".join(c * 2 for c in v[1:]) for k, v in palettes[theme].items()}
    pairs = [
        (text, ground)
        for text in ("ink", "soft", "accent", "e", "w", "n", "x", "ok", "un")
        for ground in ("desk", "sheet", "raise")
    ]
    pairs += [(text, text + "b") for text in ("e", "w", "n", "x", "ok", "un")]
    pairs += [("ink", ground) for ground in ("eb", "wb", "nb", "xb", "unb", "faint")]
    for text, ground in pairs:
        high, low = sorted((_luminance(palette[text]), _luminance(palette[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)
