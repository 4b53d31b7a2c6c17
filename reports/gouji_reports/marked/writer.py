"""`--format marked`: the original with the findings in it; of several documents a zip of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult
from gouji.model.writer import Original, WriterError
from gouji_reports.office import archive

Mark = Callable[[DocumentResult, bytes, str], bytes]


def _marker(form: str) -> Mark | None:
    if form == "docx":
        from gouji_reports.marked.docx import mark as docx

        return docx
    if form == "pdf":
        from gouji_reports.marked.pdf import mark as pdf

        return pdf
    if form == "xlsx":
        from gouji_reports.marked.xlsx import mark as xlsx

        return xlsx
    return None


def mark(result: DocumentResult, original: Original, lang: str) -> bytes:
    """One document, marked. Raises WriterError where it was not read, or its format takes no marks."""
    if result.document is None:
        raise WriterError(f"{result.path}：未能读取，无法标注", f"{result.path}: was not read and cannot be marked up")
    marker = _marker(result.document.format)
    if marker is None:
        form = result.document.format
        raise WriterError(f"{result.path}：{form} 格式不能标注", f"{result.path}: a {form} file cannot be marked up")
    return marker(result, original(result), lang)


@record(frozen=True, slots=True)
class MarkedWriter:
    """Writes the original with its findings: Word comments, PDF highlights, cell comments."""

    name: str = "marked"
    suffix: str = ""

    def write_binary(self, result: AuditResult, stream: BinaryIO, *, lang: str = "zh", original: Original) -> None:
        if len(result.documents) == 1:
            stream.write(mark(result.documents[0], original, lang))
            return
        names = [PurePath(d.path).name for d in result.documents]
        stream.write(archive([(n, mark(d, original, lang)) for n, d in zip(names, result.documents, strict=True)]))


WRITER = MarkedWriter()
