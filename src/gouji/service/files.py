"""The file store: bytes kept under their SHA-256, on disk or at any fsspec URL."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from typing import Any, BinaryIO

import fsspec

_CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME_BYTES = 180


class Store:
    """Puts and gets bytes. What is put twice is kept once; nothing is ever overwritten with other bytes."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    def put(self, stream: BinaryIO) -> tuple[str, int]:
        """Keep what the stream holds; its digest and size. It is there whole, or not at all."""
        hashed, size = hashlib.sha256(), 0
        stream.seek(0)
        while chunk := stream.read(_CHUNK):
            hashed.update(chunk)
            size += len(chunk)
        place = self._place(hashed.hexdigest())
        if not self._fs.exists(place):
            stream.seek(0)
            self._fs.makedirs(place.rpartition("/")[0], exist_ok=True)
            with self._fs.open(place, "wb", autocommit=False) as target:
                while chunk := stream.read(_CHUNK):
                    target.write(chunk)
                _to_disk(target)
            target.commit()
        return hashed.hexdigest(), size

    def open(self, digest: str) -> BinaryIO:
        """The bytes of that digest; FileNotFoundError where they are not kept."""
        stream: BinaryIO = self._fs.open(self._place(digest), "rb")
        return stream

    def get(self, digest: str) -> bytes:
        """The bytes of that digest, all at once."""
        with self.open(digest) as stream:
            return stream.read()

    def check(self) -> None:
        """Raise OSError where nothing can be kept."""
        self._fs.makedirs(self._root, exist_ok=True)
        self._fs.ls(self._root)

    def _place(self, digest: str) -> str:
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return f"{self._root}/{digest[:2]}/{digest}"


def _to_disk(target: Any) -> None:
    """On a local disk: past the system's buffers, since an upload is acknowledged as stored."""
    target.flush()
    try:
        number = target.fileno()
    except (AttributeError, OSError):
        return
    os.fsync(number)


def plain_name(name: str) -> str:
    """A file's name without folders and what does not print, never empty, short enough for any disk.

    The name is shown and offered for downloads; no path is ever made of it but in a folder of its own.
    """
    last = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode()).replace("\\", "/").rpartition("/")[2]
    said = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = said.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = said, ""
    room = _NAME_BYTES - len(suffix.encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore")
    return (f"{stem}.{suffix}" if suffix else stem) or "unnamed"
