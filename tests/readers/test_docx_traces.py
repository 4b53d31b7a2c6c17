"""Real Word files that were not finished: what is told of their changes, comments and highlighted words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from docx.enum.text import WD_COLOR_INDEX
from word_files import p, r, table, tc, tr, word

from gouji.engine import catalogue, profiles
from gouji.engine.kit import AuditContext
from gouji.engine.runner import examine
from gouji.facts import extract
from gouji.model.document import TraceKind
from gouji.readers import read

INSERTED = f'<w:ins w:id="1" w:author="a">{r("全年支出98万元")}</w:ins>'
DELETED = '<w:del w:id="2" w:author="a"><w:r><w:delText>全年支出89万元</w:delText></w:r></w:del>'


def saved(made: docx.document.Document) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def findings(data: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    """Severity, message and quotes of what ST122 says of a file."""
    installed = catalogue.load()
    document = read(Path("report.docx"), data)
    context = AuditContext(document, extract(document), (), profiles.load("national", installed))
    result = examine(context, [c for c in installed.checks if c.info.code == "ST122"])
    assert not result.crashed
    return [(f.severity.value, f.message.zh, tuple(e.quote for e in f.evidence)) for f in result.findings]


def test_tracked_changes_are_told():
    """Insertions and deletions not accepted give one warning each, on the words inserted and on the paragraph of the deletion."""
    data = word(p("一、资金情况") + p(f"{r('其中，')}{INSERTED}{DELETED}{r('，执行率98%。')}") + p(f"{INSERTED}{r('。')}"))
    assert {f[1]: (f[0], f[2]) for f in findings(data)} == {
        "修订插入的文字未接受，共2处：“全年支出98万元”、“全年支出98万元”": ("warning", ("全年支出98万元", "全年支出98万元")),
        "修订删除的文字未确认，共1处：“全年支出89万元”": ("warning", ("其中，全年支出98万元，执行率98%",)),
    }


def test_changes_in_a_table_and_of_a_whole_paragraph():
    """A changed cell is told on its row; a paragraph deleted whole has no words left and is told where it stood."""
    data = word(p("一、资金情况") + p(DELETED) + table(tr(tc(p("合计")), tc(p(INSERTED)))) + p("以上。"))
    traces = read(Path("report.docx"), data).traces
    assert [(t.kind, t.words) for t in traces] == [
        (TraceKind.DELETED, "全年支出89万元"),
        (TraceKind.INSERTED, "全年支出98万元"),
    ]
    row = read(Path("report.docx"), data).blocks[traces[1].block]
    assert row.text[traces[1].start : traces[1].end] == "全年支出98万元"


def test_comments_of_a_word_file():
    """A comment is quoted with its own words, on the sentence that it is about."""
    made = docx.Document()
    made.add_paragraph("一、资金情况")
    run = made.add_paragraph().add_run("全年支出100万元。")
    made.add_comment([run], text="此数与决算不一致，请再核", author="李")
    assert findings(saved(made)) == [("warning", "批注未删除，共1处：“此数与决算不一致，请再核”", ("全年支出100万元",))]


def test_highlighted_words_are_a_notice():
    """Words left highlighted are one notice, however many."""
    made = docx.Document()
    for figure in range(30):
        run = made.add_paragraph("支出").add_run(f"{figure}.5万元")
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    (finding,) = findings(saved(made))
    assert finding[:2] == ("notice", "突出显示的文字未处理，共30处：“0.5万元”、“1.5万元”、“2.5万元”")
    assert finding[2] == ("0.5万元", "1.5万元", "2.5万元")


def test_finished_file_has_no_traces():
    """Changes of formatting alone, empty changes of paragraph marks and no highlight are no traces."""
    mark = '<w:rPr><w:ins w:id="3" w:author="a"/></w:rPr>'
    plain = '<w:r><w:rPr><w:highlight w:val="none"/></w:rPr><w:t>全年支出100万元。</w:t></w:r>'
    assert findings(word(p("一、资金情况", mark) + p(plain))) == []


def test_fields_whose_target_is_gone_are_told():
    """The result that Word leaves of a broken reference is read as words and reported as a leftover."""
    document = read(Path("report.docx"), word(p("一、资金情况") + p(f"{r('详见')}{r('错误!未找到引用源。')}")))
    installed = catalogue.load()
    context = AuditContext(document, extract(document), (), profiles.load("national", installed))
    result = examine(context, [c for c in installed.checks if c.info.code == "ST112"])
    assert [f.evidence[0].quote for f in result.findings] == ["错误!未找到引用源。"]


def test_hidden_words_hold_a_pass():
    """Hidden words are no part of the report, and are named among what was not checked."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>旧稿数字98万元</w:t></w:r>"
    document = read(Path("report.docx"), word(p("一、资金情况") + p(f"{r('全年支出100万元。')}{hidden}")))
    assert [entry.what.zh for entry in document.unread] == ["隐藏文字 1 处：“旧稿数字98万元”"]
