"""An office file opened as if an enemy had sent it: a zip of XML parts, with limits on what it may cost to look inside.

Everything that can be wrong with the container raises `DocumentError` and nothing else.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from gouji.model.document import DocumentError
from gouji.model.record import record

MAX_ENTRIES = 10_000
MAX_TOTAL = 512 * 1024 * 1024  # all entries together, uncompressed
MAX_PART = 32 * 1024 * 1024  # one XML part, uncompressed: some 2,000 pages; a tree of it may take 30 times that in memory
MAX_RATIO = 200  # of an entry of some size; deflate reaches 1032, the XML of real reports stays under 60
_RATIO_FROM = 4 * 1024 * 1024

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_TO_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


@record(frozen=True, slots=True)
class Relationship:
    """A link from one part to another inside the package."""

    kind: str  # the last word of its type: styles, header, footnotes …
    target: str


class Package:
    """The parts of an office file (OPC package). Names are compared without regard to case, as the standard says."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise _bomb(f"内含文件超过 {MAX_ENTRIES} 个", f"it holds more than {MAX_ENTRIES} entries")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise _damaged() from error
        except MemoryError as error:
            raise _too_big() from error
        _limit(infos)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._twice: set[str] = set()
        for info in infos:
            self._register(info)

    def _register(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/").lstrip("/")
        if ".." in name.split("/") or name.endswith("/"):
            return
        key = name.lower()
        if key in self._infos:
            self._twice.add(key)
        self._infos[key] = info

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def names(self) -> tuple[str, ...]:
        """Names of all parts, in lower case."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        key = name.lower()
        info = self._infos.get(key)
        if info is None:
            raise DocumentError(f"文件不完整：缺少 {name}", f"The file is incomplete: {name} is missing")
        if key in self._twice:
            raise DocumentError(
                f"文件内有两个同名部件 {name}，无法确定以哪个为准",
                f"Two parts are named {name}: it is not certain which one counts",
            )
        if info.flag_bits & 1:
            raise DocumentError("文件已加密（压缩包设有密码），无法读取", "The file is encrypted (the zip has a password)")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DocumentError(
                "文件使用了 Word 不用的压缩方法，拒绝读取", "The file uses a compression method that Word does not use"
            )
        try:
            with self._zip.open(info) as stream:
                content = stream.read(MAX_PART + 1)
        except _BROKEN as error:
            raise _damaged() from error
        except MemoryError as error:
            raise _too_big() from error
        if len(content) > MAX_PART:
            raise _too_big()
        return content

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.read(name), name)

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """The links of a part by their id; links to places outside the package are left out. `part` "" = the package."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if name not in self:
            return {}
        found: dict[str, Relationship] = {}
        for element in self.xml(name):
            target = element.get("Target", "")
            if element.get("TargetMode", "").lower() == "external" or not target:
                continue
            path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            if path in self:
                found[element.get("Id", "")] = Relationship(element.get("Type", "").rpartition("/")[2], path)
        return found


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse without entities, DTD, network or huge nodes."""
    if b"!" in data and any("<!DOCTYPE".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise _doctype(name)
    if _STRICT in data:
        for strict, transitional in _STRICT_TO_TRANSITIONAL:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # nothing asks for them, and they cost half the time
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, UnicodeError, LookupError, OSError) as error:
        raise DocumentError(
            f"文件内部结构损坏：{name} 不是完整的 XML", f"The file is damaged inside: {name} is not well-formed XML"
        ) from error
    except (MemoryError, RecursionError) as error:
        raise _too_big() from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:  # an encoding that hid the declaration from the search above
        raise _doctype(name)
    return root


def _limit(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse a bomb by what the directory declares, before a byte is inflated."""
    if len(infos) > MAX_ENTRIES:
        raise _bomb(f"内含文件超过 {MAX_ENTRIES} 个", f"it holds more than {MAX_ENTRIES} entries")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        limit = MAX_TOTAL // 1024 // 1024
        raise _bomb(f"解压后超过 {limit} MB", f"it inflates to more than {limit} MB")
    for info in infos:
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise _bomb(f"压缩比超过 {MAX_RATIO} 倍", f"its compression ratio is above {MAX_RATIO}")


def _bomb(zh: str, en: str) -> DocumentError:
    return DocumentError(f"疑似压缩炸弹（{zh}），拒绝读取", f"Refused as a likely zip bomb: {en}")


def _damaged() -> DocumentError:
    return DocumentError("文件不完整或已损坏，无法解压", "The file is truncated or damaged and cannot be unzipped")


def _too_big() -> DocumentError:
    return DocumentError("文件过大，超出可读取的上限", "The file is too big to be read")


def _doctype(name: str) -> DocumentError:
    return DocumentError(
        f"{name} 含 DOCTYPE 声明（可夹带外部实体或实体炸弹），拒绝读取",
        f"{name} declares a DOCTYPE, which can carry external entities or an entity bomb; refused",
    )
