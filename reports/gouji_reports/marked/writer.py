"""`--format marked`: the original with the findings in it; of several documents a zip of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from gouji.model.result import AuditResult, DocumentResult
from gouji.model.writer import Original, WriterError

Mark = Callable[[DocumentResult, bytes, str], bytes]
_TIME = (1980, 1, 1, 0, 0, 0)


def _marker(form: str) -> Mark | None:
    if form == "docx":
        from gouji_reports.marked.docx import mark as docx

        return docx
    if form == "pdf":
        from gouji_reports.marked.pdf import mark as pdf

        return pdf
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


@dataclass(frozen=True, slots=True)
class MarkedWriter:
    """Writes the original with its findings: Word comments, PDF highlights."""

    name: str = "marked"
    suffix: str = ""

    def write_binary(self, result: AuditResult, stream: BinaryIO, *, lang: str = "zh", original: Original) -> None:
        if len(result.documents) == 1:
            stream.write(mark(result.documents[0], original, lang))
            return
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, document in enumerate(result.documents, 1):
                info = zipfile.ZipInfo(f"{number:03d}_{PurePath(document.path).name}", _TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, mark(document, original, lang))
        stream.write(out.getvalue())


WRITER = MarkedWriter()
