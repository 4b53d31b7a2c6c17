"""bytes → Document: the only modules that know a file format. Each format's reader is imported when its first file comes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.model.document import Document, DocumentError, NotChecked
from gouji.readers.sniff import Format
from gouji.readers.sniff import sniff as sniff_format  # the bare name is the module's

if TYPE_CHECKING:
    from gouji.readers.raw import Raw, RawTrace

MAX_FILE = 256 * 1024 * 1024


def read(path: Path, data: bytes | None = None) -> Document:
    """Read a report, whatever its name says it is. `data` spares the disk; DocumentError says why a file cannot be read."""
    from gouji.readers.assemble import assemble

    content = _bytes(path) if data is None else data
    if len(content) > MAX_FILE:
        raise _too_big()
    format_ = sniff_format(content, path.name)
    traces: list[RawTrace] = []
    raws, unread, pages = _read_raw(format_, content, path.name, traces)
    return assemble(str(path), sha256(content).hexdigest(), format_.value, raws, unread, pages, traces)


def _read_raw(
    format_: Format, data: bytes, name: str, traces: list[RawTrace]
) -> tuple[list[Raw], list[NotChecked], int | None]:
    """What the format's reader gives; a Word file's traces of editing are added to `traces`."""
    match format_:
        case Format.DOCX:
            from gouji.readers import docx

            raws, unread, found = docx.read_marked(data)
            traces += found
            return raws, unread, None
        case Format.PDF:
            from gouji.readers import pdf

            return pdf.read_raw(data, name)
        case Format.TXT:
            from gouji.readers import text

            return text.read_raw(data), [], None
        case Format.XLSX:
            from gouji.readers import xlsx

            return *xlsx.read_raw(data), None
        case Format.XLS:
            from gouji.readers import xls

            return *xls.read_raw(data), None
        case Format.CSV:
            from gouji.readers import delimited

            return *delimited.read_raw(data), None
        case Format.HTML:
            from gouji.readers import html

            return *html.read_raw(data), None


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError("是文件夹，不是文件", "This is a directory, not a file")
        if path.stat().st_size > MAX_FILE:
            raise _too_big()
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("文件不存在", "The file does not exist") from error
    except PermissionError as error:
        raise DocumentError("没有读取权限", "No permission to read the file") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"无法读取：{error}", f"The file cannot be read: {error}") from error


def _too_big() -> DocumentError:
    limit = MAX_FILE // 1024 // 1024
    return DocumentError(f"文件超过 {limit} MB，拒绝读取", f"The file is larger than {limit} MB; refused")
