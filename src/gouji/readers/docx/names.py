"""Qualified names of WordprocessingML, and the reading of small attributes."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import _Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWING_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"

VAL = W + "val"
P, TBL, TR, TC, R, T = W + "p", W + "tbl", W + "tr", W + "tc", W + "r", W + "t"
PPR, RPR = W + "pPr", W + "rPr"
DEL, INS, MOVE_FROM, MOVE_TO = W + "del", W + "ins", W + "moveFrom", W + "moveTo"
SDT, SDT_CONTENT, SECT_PR = W + "sdt", W + "sdtContent", W + "sectPr"
VANISH = W + "vanish"
ALTERNATE = MC + "AlternateContent"

WRAPPERS = frozenset(
    {INS, MOVE_TO, SDT_CONTENT, W + "customXml", W + "smartTag", W + "hyperlink", W + "fldSimple", W + "dir", W + "bdo"}
)
"""Elements that only surround what is read."""

_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_OFF = frozenset({"0", "false", "off"})


def attribute(parent: _Element | None, path: str) -> str | None:
    """The `w:val` of the child at `path`."""
    child = None if parent is None else parent.find(path)
    return None if child is None else child.get(VAL)


def integer(text: str | None) -> int | None:
    """A whole number of sane size."""
    if text is None or len(text) > 10:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def on(element: _Element | None) -> bool:
    """Whether an on/off property is there and not switched off."""
    return element is not None and element.get(VAL, "1").lower() not in _OFF


def alternative(element: _Element) -> Iterable[_Element]:
    """The one branch of `mc:AlternateContent` that Word shows: the first choice it understands, else the fallback."""
    fallback: _Element | None = None
    for branch in element:
        if branch.tag == MC + "Choice":
            spaces = [branch.nsmap.get(prefix, "") for prefix in branch.get("Requires", "").split()]
            if all(space.startswith(_KNOWN) for space in spaces):
                return branch
        elif branch.tag == MC + "Fallback":
            fallback = branch
    return () if fallback is None else fallback
