"""What stands in a drawing: text boxes to be read, and pictures, charts, objects that cannot be."""

from __future__ import annotations

from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.readers.docx import names as n
from gouji.readers.docx.unread import Kind, Unread

_EMU_PER_CM = 360_000
_PT_PER_CM = 28.35
_WIDE, _HIGH = 7.0, 3.0  # centimetres; smaller pictures are emblems, seals and signatures
_LENGTH = re.compile(r"(width|height):([0-9.]{1,8})(pt|in|cm|mm|px)?")
_UNITS = {"pt": 1 / _PT_PER_CM, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 0.75 / _PT_PER_CM, "": 0.75 / _PT_PER_CM}


def scan(drawing: _Element, unread: Unread) -> list[_Element | str]:
    """Text boxes (w:txbxContent) and lines of WordArt in a drawing; what cannot be read goes to `unread`."""
    found: list[_Element | str] = []
    if drawing.tag == n.W + "object":
        unread.add(Kind.OBJECT, _program(drawing))
        return found
    _scan(drawing, _is_large(drawing), unread, found)
    return found


def _scan(element: _Element, large: bool, unread: Unread, found: list[_Element | str]) -> None:
    for child in n.alternative(element) if element.tag == n.ALTERNATE else element:
        tag = child.tag
        if tag == n.W + "txbxContent":
            found.append(child)
        elif tag in (n.PICTURE + "pic", n.VML + "imagedata"):
            if large or (tag == n.VML + "imagedata" and _is_large(child.getparent())):
                unread.add(Kind.PICTURE)
        elif tag == n.CHART + "chart":
            unread.add(Kind.CHART)
        elif tag == n.DIAGRAM + "relIds":
            unread.add(Kind.DIAGRAM)
        elif tag == n.OFFICE + "OLEObject":
            unread.add(Kind.OBJECT, child.get("ProgID", ""))
        elif tag == n.VML + "textpath" and child.get("string"):
            found.append(child.get("string", ""))
        else:
            _scan(child, large, unread, found)


def _program(element: _Element) -> str:
    for child in element.iter(n.OFFICE + "OLEObject"):
        return child.get("ProgID", "")
    return ""


def _is_large(element: _Element | None) -> bool:
    if element is None:
        return False
    extent = next(element.iter(n.DRAWING_EXTENT), None)
    if extent is not None:
        wide, high = (n.integer(extent.get(side)) or 0 for side in ("cx", "cy"))
        return wide >= _WIDE * _EMU_PER_CM and high >= _HIGH * _EMU_PER_CM
    sizes: dict[str, float] = {}
    for side, number, unit in _LENGTH.findall(element.get("style", "").replace(" ", "")):
        if number.count(".") <= 1 and number != ".":
            sizes.setdefault(side, float(number) * _UNITS[unit])
    return sizes.get("width", 0) >= _WIDE and sizes.get("height", 0) >= _HIGH
