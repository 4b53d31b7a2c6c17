"""What a batch reads: files, folders walked, and the members of zips, each under a name of its own, in one fixed order."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gouji.engine.sources import SUFFIXES, gather
from gouji.model.document import DocumentError, NotChecked
from gouji.model.text import Text
from gouji.readers import MAX_FILE

ZIP = ".zip"
MAX_MEMBERS = 100_000
MAX_RATIO = 1_000  # of a member; a text of blanks reaches it, no report does
_UTF8 = 0x800  # flag: the member's name is UTF-8


@dataclass(frozen=True, slots=True)
class Item:
    """One document: a file, or the member of a zip. `name` is unique in the batch."""

    name: str
    path: Path
    member: int | None = None  # place in the zip's directory


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents of a batch in order, the paths that do not exist, and what was passed over."""

    items: tuple[Item, ...]
    missing: tuple[Path, ...]
    skipped: tuple[NotChecked, ...]


def find(paths: Iterable[Path | str]) -> Inputs:
    """Every document under `paths`. A zip that cannot be opened stays one item: its row says why."""
    sources = gather(paths, SUFFIXES | {ZIP})
    items: list[Item] = []
    skipped = list(sources.skipped)
    for path in sources.files:
        if path.suffix.lower() != ZIP:
            items.append(Item(str(path), path))
            continue
        try:
            items += _members(path, skipped)
        except DocumentError:
            items.append(Item(str(path), path))
    return Inputs(tuple(items), sources.missing, tuple(skipped))


def load(item: Item) -> bytes:
    """The document's bytes; DocumentError says why there are none."""
    try:
        if item.path.stat().st_size > MAX_FILE and item.member is None:
            raise _too_big()
        if item.path.suffix.lower() == ZIP:
            return _load_member(item)
        return item.path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(f"无法读取：{reason}", f"The file cannot be read: {reason}") from error


def _load_member(item: Item) -> bytes:
    with _open(item.path) as archive:
        if item.member is None:  # it could not be opened when the batch was listed
            raise DocumentError("压缩包里没有可读的文件", "The archive holds no file that can be read")
        info = archive.infolist()[item.member]
        if info.flag_bits & 1:
            raise DocumentError("压缩包设有密码，无法读取", "The archive is encrypted with a password")
        if info.file_size > MAX_FILE:
            raise _too_big()
        if info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise DocumentError("疑似压缩炸弹，拒绝读取", "Refused as a likely zip bomb")
        try:
            with archive.open(info) as stream:
                data = stream.read(MAX_FILE + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise DocumentError(
                "压缩包已损坏，这一文件无法解压", "The archive is damaged; this member cannot be inflated"
            ) from error
    if len(data) > MAX_FILE:
        raise _too_big()
    return data


def _members(path: Path, skipped: list[NotChecked]) -> Iterator[Item]:
    with _open(path) as archive:
        infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise DocumentError(f"压缩包内文件超过 {MAX_MEMBERS} 个", f"The archive holds more than {MAX_MEMBERS} members")
    seen: dict[str, int] = {}
    found: list[Item] = []
    for place, info in enumerate(infos):
        inner = member_name(info)
        name = f"{path}!/{inner}"
        if info.is_dir():
            continue
        if why := _passed_over(PurePosixPath(inner)):
            skipped.append(NotChecked(Text(name, name), why))
            continue
        seen[name] = count = seen.get(name, 0) + 1
        found.append(Item(name if count == 1 else f"{name}#{count}", path, place))
    yield from sorted(found, key=lambda item: item.name)


def _passed_over(inner: PurePosixPath) -> Text | None:
    if inner.name.startswith("~$"):
        return Text("Word 的锁定文件", "lock file of Word")
    if inner.name.startswith(".") or "__MACOSX" in inner.parts:
        return Text("隐藏文件", "hidden file")
    if inner.suffix.lower() == ZIP:
        return Text("压缩包里的压缩包，请解开后再检查", "an archive inside an archive: unpack it first")
    if inner.suffix.lower() not in SUFFIXES:
        return Text("不是能读的格式", "no format that is read")
    return None


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name. Windows zips made in China name members in GBK without saying so; zipfile then reads code page 437."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise DocumentError("压缩包已损坏，无法打开", "The archive is damaged and cannot be opened") from error


def _too_big() -> DocumentError:
    limit = MAX_FILE // 1024 // 1024
    return DocumentError(f"文件超过 {limit} MB，拒绝读取", f"The file is larger than {limit} MB; refused")
