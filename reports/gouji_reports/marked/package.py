"""An Office Open XML package (ISO/IEC 29500-2) changed in a few parts: every other part keeps its bytes and its place."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

_TIME = (1980, 1, 1, 0, 0, 0)  # of the parts that are written: a clock would make two runs differ
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def parse(data: bytes) -> _Element:
    """XML of a part, with entities and network access off."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def serialise(root: _Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class Package:
    """The parts of a file by name."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._names = {info.filename for info in self._zip.infolist()}
        self._changed: dict[str, bytes] = {}

    def has(self, part: str) -> bool:
        return part in self._names or part in self._changed

    def read(self, part: str) -> bytes:
        return self._changed[part] if part in self._changed else self._zip.read(part)

    def put(self, part: str, data: bytes) -> None:
        self._changed[part] = data

    def main(self) -> str:
        """The main part of the file."""
        return self.target("", "officeDocument") or "word/document.xml"

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that `part` points to: id -> end of the relationship's type, name of the part."""
        rels = _rels_of(part)
        found = {}
        for relationship in parse(self.read(rels)) if self.has(rels) else ():
            if relationship.get("TargetMode") != "External":
                target = relationship.get("Target", "")
                joined = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
                kind = relationship.get("Type", "").rpartition("/")[2]
                found[relationship.get("Id", "")] = (kind, posixpath.normpath(joined))
        return found

    def target(self, part: str, kind: str) -> str | None:
        """The part that `part` points to with a relationship of that kind."""
        return next((target for found, target in self.relationships(part).values() if found == kind), None)

    def link(self, part: str, kind: str, target: str, content_type: str) -> str:
        """Add a relationship of `part` to a new part, declare the new part's type, and give the relationship's id."""
        rels = _rels_of(part)
        root = parse(self.read(rels)) if self.has(rels) else parse(f'<Relationships xmlns="{_RELS}"/>'.encode())
        taken = {child.get("Id") for child in root}
        number = next(n for n in range(1, len(taken) + 2) if f"gouji{n}" not in taken)
        address = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=f"gouji{number}", Type=kind, Target=address)
        self.put(rels, serialise(root))
        types = parse(self.read("[Content_Types].xml"))
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{target}", ContentType=content_type)
        self.put("[Content_Types].xml", serialise(types))
        return f"gouji{number}"

    def save(self) -> bytes:
        """The package: parts in the order of the original, new ones last."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                data = self._changed.get(info.filename)
                kept = zipfile.ZipInfo(info.filename, info.date_time if data is None else _TIME)
                kept.compress_type = zipfile.ZIP_DEFLATED
                kept.external_attr = info.external_attr
                target.writestr(kept, self._zip.read(info.filename) if data is None else data)
            for part in sorted(self._changed.keys() - self._names):
                made = zipfile.ZipInfo(part, _TIME)
                made.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(made, self._changed[part])
        return out.getvalue()


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
