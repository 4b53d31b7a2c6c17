"""The file that a document was read from, read again for a writer that marks it up."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.model.result import DocumentResult
from gouji.model.writer import WriterError


def read(result: DocumentResult) -> bytes:
    """The bytes of the file. Raises WriterError where it is gone, or is no longer the file that was checked."""
    try:
        data = Path(result.path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriterError(f"{result.path}：无法读取（{reason}）", f"{result.path}: cannot be read ({reason})") from error
    if hashlib.sha256(data).hexdigest() != result.sha256:
        raise WriterError(f"{result.path}：核对之后文件已被改动", f"{result.path}: the file has changed since it was checked")
    return data
