"""The correction notice (整改通知书) as .docx, from a template that an office replaces with its own.

A template is a Word file with placeholders: {{单位}} {{年度}} {{标题}} {{文件}} {{件数}} anywhere in it, and the paragraphs from
{{#问题}} to {{/问题}} once for each item, with {{序号}} {{原文}} {{位置}} {{问题}} {{计算}} {{依据}} {{要求}}. Everything else, a deadline
or a seal, is the office's. The template comes from the environment variable GOUJI_NOTICE_TEMPLATE, else from this package.
Waived findings are not put to the department; notices (提示) are left to the auditor.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from gouji.model import patterns as re
from gouji.model.beside import beside
from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Finding, Severity
from gouji.model.writer import Original, WriterError
from gouji_reports.basis import basis, by_code, requirement
from gouji_reports.console import recomputation
from gouji_reports.labels import UI, name
from gouji_reports.office import archive, timeless
from gouji_reports.order import told
from gouji_reports.plain import one_line
from gouji_reports.view import place

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TEMPLATE = "GOUJI_NOTICE_TEMPLATE"
_PLACE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_FIRST, _LAST = "{{#问题}}", "{{/问题}}"
_QUOTED = 200  # characters of the original


def items(result: DocumentResult) -> list[Finding]:
    """The findings that are put to the department."""
    return [f for f in told(result) if f.waived is None and f.severity is not Severity.NOTICE]


def _template(lang: str) -> WordDocument:
    import docx

    own = os.environ.get(TEMPLATE)
    source: Any = own or BytesIO(beside("gouji_reports").joinpath("templates", f"notice.{lang}.docx").read_bytes())
    try:
        document = docx.Document(source)
    except Exception as error:
        raise WriterError(f"{own}：不能作为模板（{error}）", f"{own}: cannot be used as a template ({error})") from error
    texts = [p.text.strip() for p in document.paragraphs]
    if texts.count(_FIRST) != 1 or texts.count(_LAST) != 1 or texts.index(_FIRST) > texts.index(_LAST):
        said = f"{_FIRST} … {_LAST}"
        raise WriterError(f"{own}：模板应有段落 {said} 各一", f"{own}: the template must have one paragraph each of {said}")
    return document


def _item(number: int, finding: Finding, infos: dict[str, CheckInfo], lang: str) -> dict[str, str]:
    first = finding.evidence[0] if finding.evidence else None
    return {
        "序号": str(number),
        "原文": one_line(first.quote)[:_QUOTED] if first else "",
        "位置": place(first, lang) if first else name(UI, "nowhere", lang),
        "问题": one_line(finding.message.get(lang)),
        "计算": one_line(recomputation(finding, lang))[: 2 * _QUOTED] or "—",
        "依据": one_line(basis(infos.get(finding.code), lang)) or "—",
        "要求": one_line(requirement(finding, lang)),
    }


def _general(result: DocumentResult, lang: str) -> dict[str, str]:
    return {
        "单位": one_line(result.organisation or "") or "________",
        "年度": str(result.year) if result.year is not None else "____",
        "标题": one_line(result.title or ""),
        "文件": one_line(PurePath(result.path).name),
        "件数": str(len(items(result))),
        "未核对": "；".join(one_line(f"{n.what.get(lang)}（{n.why.get(lang)}）") for n in result.not_checked) or "—",
    }


def _fill(paragraph: Any, values: dict[str, str]) -> None:
    """Put values for placeholders; one that is spread over several runs takes the look of its first."""
    if not _PLACE.search(paragraph.text):
        return
    runs = paragraph.runs
    for run in runs:
        if "{{" in run.text and not _PLACE.search(run.text):
            runs[0].text, rest = paragraph.text, runs[1:]
            for other in rest:
                other.text = ""
            break
    for run in paragraph.runs:
        if "{{" in run.text:
            run.text = _PLACE.sub(lambda m: values.get(m[1], m[0]), run.text)


def _paragraphs(document: WordDocument) -> Iterable[Any]:
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in document.sections:
        yield from section.header.paragraphs
        yield from section.footer.paragraphs


def write(result: DocumentResult, infos: dict[str, CheckInfo], lang: str) -> bytes:
    """The notice to one unit."""
    from docx.text.paragraph import Paragraph

    document = _template(lang)
    paragraphs = document.paragraphs
    texts = [p.text.strip() for p in paragraphs]
    first, last = texts.index(_FIRST), texts.index(_LAST)
    model, end = paragraphs[first + 1 : last], paragraphs[last]
    for number, finding in enumerate(items(result), 1):
        values = _item(number, finding, infos, lang)
        for paragraph in model:
            copy = deepcopy(paragraph._p)  # noqa: SLF001 - python-docx copies no paragraphs
            end._p.addprevious(copy)  # noqa: SLF001
            _fill(Paragraph(copy, paragraph._parent), values)  # noqa: SLF001
    for paragraph in paragraphs[first : last + 1]:
        parent = paragraph._p.getparent()  # noqa: SLF001
        assert parent is not None
        parent.remove(paragraph._p)  # noqa: SLF001
    general = _general(result, lang)
    for paragraph in _paragraphs(document):
        _fill(paragraph, general)
    out = BytesIO()
    document.save(out)
    return timeless(out.getvalue())


@record(frozen=True, slots=True)
class NoticeWriter:
    """Writes the correction notice; of several documents a zip of them."""

    name: str = "notice"
    suffix: str = ".docx"

    def write_binary(self, result: AuditResult, stream: BinaryIO, *, lang: str = "zh", original: Original) -> None:  # noqa: ARG002
        infos = by_code(result.catalogue)
        lang = "en" if lang == "en" else "zh"
        made = [write(document, infos, lang) for document in result.documents]
        if len(made) == 1:
            stream.write(made[0])
            return
        names = [f"{PurePath(d.path).stem}.docx" for d in result.documents]
        stream.write(archive(list(zip(names, made, strict=True))))


WRITER = NoticeWriter()
