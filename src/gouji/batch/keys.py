"""What a result depends on, as digests: the document's bytes, the program and its packs, the profile."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePath

from gouji.engine import catalogue as catalogues
from gouji.engine import installed
from gouji.model.profile import Profile
from gouji.model.writer import Writer

_PARTS = ("model", "text", "readers", "facts", "claims", "engine", "batch")  # of gouji: what can change a row


def program() -> str:
    """A digest of the sources of gouji and of every pack, and of the versions of the libraries that read files.

    A version number would not do: a pack that an office edits in place has none that changes.
    """
    digest = hashlib.sha256()
    own = resources.files("gouji")
    packs = sorted({check.run.__module__.partition(".")[0] for check in catalogues.load().checks})
    for root in [*(own / part for part in _PARTS), *(resources.files(pack) for pack in packs)]:
        digest.update(_tree(root).encode())
    for library in [*_requirements(), "pyarrow"]:
        (version,) = installed.headers(library, "Version")
        digest.update(f"{library} {version}\n".encode())
    return digest.hexdigest()


def rules(program_digest: str, profile: Profile) -> str:
    """A digest of everything but the document: dataclasses print every field, in order."""
    return hashlib.sha256(f"{program_digest}\n{profile!r}".encode()).hexdigest()


def key(rules_digest: str, name: str, data: bytes) -> str:
    """Where the entry of a document lies in the cache: 64 hexadecimal digits. Of the name only the suffix tells a reader anything."""
    suffix = PurePath(name).suffix.lower()
    return hashlib.sha256(f"{rules_digest}\n{suffix}\n".encode("utf-8", "replace") + hashlib.sha256(data).digest()).hexdigest()


def _requirements() -> Iterator[str]:
    """The distributions that gouji needs in any case, which are those that its readers use."""
    for line in installed.headers("gouji", "Requires-Dist"):
        if "extra ==" not in line:
            yield re.split(r"[^\w.-]", line, maxsplit=1)[0]


def reports(rules_digest: str, writer: Writer, lang: str) -> str:
    """A digest of everything but the document that a report depends on: the rules, the writer's package, the language."""
    package = type(writer).__module__.partition(".")[0]
    return hashlib.sha256(f"{rules_digest}\n{_tree(resources.files(package))}\n{writer.name}\n{lang}".encode()).hexdigest()


def _tree(root: Traversable) -> str:
    digest = hashlib.sha256()
    for name, file in _sources(root, root.name):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Traversable, where: str) -> Iterator[tuple[str, Traversable]]:
    for child in sorted(folder.iterdir(), key=lambda c: c.name):
        if child.is_dir():
            if child.name != "__pycache__":
                yield from _sources(child, f"{where}/{child.name}")
        else:
            yield f"{where}/{child.name}", child
