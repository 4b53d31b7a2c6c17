"""Word files made on the spot, from raw WordprocessingML: what a test is about stands in the test."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="http://example.org/unknown"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
_OVERRIDE = (
    '<Override PartName="/word/{}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"/>'
)


def relationship(id_: str, kind: str, target: str, mode: str = "") -> str:
    """A link of a part."""
    external = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{id_}" Type="{_TYPE}{kind}" Target="{target}"{external}/>'


def parts(body: str, links: str = "", **others: str) -> dict[str, str]:
    """The parts of a Word file. `others`: styles, numbering, footnotes, header1 … by the name of the part's file."""
    kinds = {name: name.rstrip("0123456789") for name in others}
    roots = {"header": "hdr", "footer": "ftr"}
    found = {
        "[Content_Types].xml": _CONTENT.format(
            _OVERRIDE.format("document", "document.main")
            + "".join(_OVERRIDE.format(name, kind) for name, kind in kinds.items())
        ),
        "_rels/.rels": _RELS.format(relationship("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELS.format(
            links + "".join(relationship(name, kind, f"{name}.xml") for name, kind in kinds.items())
        ),
    }
    for name, content in others.items():
        root = roots.get(kinds[name], kinds[name])
        found[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{content}</w:{root}>"
    return found


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """The bytes of a zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, links: str = "", **others: str) -> bytes:
    """The bytes of a Word file."""
    return zipped(parts(body, links, **others))


def p(text: str = "", properties: str = "") -> str:
    """A paragraph; `text` that begins with < is raw content."""
    content = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(content: str) -> str:
    """A run; `content` that does not begin with < is text."""
    return f"<w:r>{content if content.startswith('<') else f'<w:t>{content}</w:t>'}</w:r>"


def item(text: str, num: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(index: int, format_: str, pattern: str, start: int = 1, extra: str = "") -> str:
    """A level of an abstract list."""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>{extra}<w:lvlText w:val="{pattern}"/></w:lvl>'


def abstract(id_: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{id_}">{"".join(levels)}</w:abstractNum>'


def num(id_: int, abstract_id: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def override(index: int, content: str) -> str:
    """An override of one level of a list."""
    return f'<w:lvlOverride w:ilvl="{index}">{content}</w:lvlOverride>'


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(content: str = "", properties: str = "") -> str:
    """A cell; `content` that does not begin with < is the text of its one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"
