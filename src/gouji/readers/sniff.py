"""What a file is, told from its bytes alone; a name such as report.docx proves nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from gouji.model.choice import Choice
from gouji.model.document import DocumentError


class Format(Choice):
    """The formats that a reader exists for."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    HTML = "html"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_HEAD = 4096
_PDF_WITHIN = 1024  # readers accept that many bytes of rubbish before %PDF-

_PICTURE = ("图片", "a picture")
_PROGRAM = ("可执行程序", "an executable program")
_ARCHIVE = ("压缩包", "an archive")
_MEDIA = ("音频或视频", "audio or video")

_SIGNATURES: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"BM", _PICTURE),
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"ID3", _MEDIA),
    (b"OggS", _MEDIA),
    (b"SQLite format 3\x00", ("数据库", "a database")),
)
_WORKBOOK = re.compile(rb"PK\x01\x02.{42}xl/workbook\.", re.DOTALL)  # an entry of a zip's directory
_DELIMITED = (".csv", ".tsv")
_LOOKS_LIKE_TEXT = (b"BM", b"MZ", b"BZh", b"ID3", b"OggS", b"GIF87a", b"GIF89a")  # letters that a text may begin with too


def sniff(data: bytes, name: str = "") -> Format:
    """The format of `data`; DocumentError with the reason if no reader can exist for it.

    The name decides only what the bytes cannot: whether the commas or tabs of a text part cells.

    >>> sniff(b"%PDF-1.7 ...").value
    'pdf'
    """
    if not data:
        raise DocumentError("空文件（0 字节）", "The file is empty (0 bytes)")
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Format.XLSX if _WORKBOOK.search(data) else Format.DOCX
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Format.PDF
    head = data[:_HEAD]
    binary = _is_binary(head)
    for signature, (zh, en) in _SIGNATURES:
        if data.startswith(signature) and (binary or signature not in _LOOKS_LIKE_TEXT):
            raise DocumentError(
                f"内容是{zh}，不是 Word、PDF、表格或文本文件", f"The content is {en}, not a Word, PDF, spreadsheet or text file"
            )
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise DocumentError(
            "内容是图片，不是 Word、PDF、表格或文本文件", "The content is a picture, not a Word, PDF, spreadsheet or text file"
        )
    if not binary and _is_web_page(head):
        return Format.HTML
    _refuse_markup(head)
    if binary:
        raise DocumentError(
            "无法识别的二进制内容，不是 Word、PDF、表格或文本文件",
            "Unknown binary content, not a Word, PDF, spreadsheet or text file",
        )
    return Format.CSV if PurePath(name).suffix.lower() in _DELIMITED else Format.TXT


def _ole(data: bytes) -> Format:
    """Old office formats and encrypted new ones share a container; the names of its streams, in UTF-16, tell which it is."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise DocumentError(
            "文件已加密（设有打开密码），请去除密码后再提交",
            "The file is encrypted with a password; remove it and submit again",
        )
    if holds("WordDocument"):
        raise DocumentError(
            "旧版 Word 文件（.doc），请另存为 .docx 后再提交", "An old Word file (.doc); save it as .docx and submit again"
        )
    if holds("Workbook") or holds("Book"):
        return Format.XLS
    if holds("PowerPoint Document"):
        raise DocumentError(
            "旧版 PowerPoint 文件（.ppt），不是 Word、PDF、表格或文本文件",
            "An old PowerPoint file (.ppt), not a Word, PDF, spreadsheet or text file",
        )
    raise DocumentError(
        "旧版 Office 或 WPS 文件，请另存为 .docx 后再提交", "An old Office or WPS file; save it as .docx and submit again"
    )


def _is_binary(head: bytes) -> bool:
    """NUL bytes mean a binary file, except in UTF-16, where ASCII characters carry them on one side only."""
    if head.startswith(_BOMS):
        return False
    nuls_even = head[::2].count(0)
    nuls_odd = head[1::2].count(0)
    if not nuls_even and not nuls_odd:
        return False
    return not _is_utf16(head, nuls_even, nuls_odd)


def _is_utf16(head: bytes, nuls_even: int, nuls_odd: int) -> bool:
    if min(nuls_even, nuls_odd) > 0:
        return False
    even = head[: len(head) // 2 * 2]
    try:
        text = even.decode("utf-16-le" if nuls_odd else "utf-16-be", errors="strict")
    except UnicodeDecodeError:
        return False
    # a character of the private or control ranges does not occur in a written text
    return not any(c < "\t" or "\x0e" <= c < " " or "\ue000" <= c <= "\uf8ff" for c in text)


def _is_web_page(head: bytes) -> bool:
    """A page begins with its doctype or an outer tag, maybe behind an XML declaration or a comment."""
    start = re.sub(rb"^(?:\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--.*?-->)+", b"", head, flags=re.DOTALL)[:64].lower()
    return re.match(rb"<(?:!doctype\s+html|html|head|body|table|meta|title|div)[\s>]", start) is not None


def _refuse_markup(head: bytes) -> None:
    """Formats that are text to a computer but not to a reader: their tags would be taken for words."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if start.startswith(b"{\\rtf"):
        raise DocumentError("RTF 文件，请另存为 .docx 后再提交", "An RTF file; save it as .docx and submit again")
    if start.startswith(b"mime-version:"):
        raise DocumentError(
            "单一文件网页（MHT），请另存为 .docx 后再提交", "A single-file web page (MHT); save it as .docx and submit again"
        )
    if start.startswith(b"<?xml"):
        raise DocumentError("XML 文件，请另存为 .docx 后再提交", "An XML file; save it as .docx and submit again")
