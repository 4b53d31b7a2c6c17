"""What a paragraph inherits from its style: heading level, numbering, centring, hidden text."""

from __future__ import annotations

from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.readers.docx.names import PPR, RPR, VANISH, W, attribute, integer, on

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "subtitle", "标题", "副标题", "文档标题"})
_CENTRED = frozenset({"center", "centre"})
_DEPTH = 20  # styles based on styles; Word allows 11


@record(frozen=True, slots=True)
class Style:
    """A style with everything that it takes from the styles it is based on."""

    heading: int | None = None
    num_id: str | None = None
    level: int | None = None
    num_style: str = ""  # the style that gave num_id: a level of a list may be tied to it
    centred: bool = False
    hidden: bool = False


PLAIN = Style()

_IDLE = (b"<w:latentStyles", b"</w:latentStyles>"), (b'<w:style w:type="table"', b"</w:style>")


def essential(sheet: bytes) -> bytes:
    """A style sheet without what no paragraph takes anything from: the styles of tables, and those that no one has used yet.

    They are most of it, and to parse them took longer than the document itself. Left whole where anything could make a tag look
    like what it is not.
    """
    if b"!" in sheet or sheet.find(b"?", sheet.find(b"?>") + 2) >= 0:  # a comment, a section of bare characters, an instruction
        return sheet
    kept, at = [], 0
    for begin, end in _IDLE:  # as they follow one another
        while (start := sheet.find(begin, at)) >= 0:
            opened = sheet[start : sheet.find(b">", start)]
            stop = sheet.find(end, start)
            if stop < 0 or opened.endswith(b"/") or b"'" in opened or opened.count(b'"') % 2:
                return sheet
            kept.append(sheet[at:start])
            at = stop + len(end)
    return b"".join([*kept, sheet[at:]]) if kept else sheet


class Styles:
    """The style sheet; styles are worked out when a paragraph first uses them."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str | None, Style] = {}
        default: str | None = None
        hiding = root is not None and next(root.iter(VANISH), None) is not None
        self.any_hidden = False
        for element in () if root is None else root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements.setdefault(style_id, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0").lower() in ("1", "true", "on"):
                default = default or style_id
            self.any_hidden = self.any_hidden or (hiding and element.find(f"{RPR}/{VANISH}") is not None)
        self._default = default

    def get(self, style_id: str | None) -> Style:
        """The style of that id; None = the default of paragraphs."""
        found = self._resolved.get(style_id)
        if found is None:
            found = self._resolved[style_id] = self._resolve(self._default if style_id is None else style_id, 0)
        return found

    def num_id(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        element = self._elements.get(style_id)
        return None if element is None else attribute(element, f"{PPR}/{W}numPr/{W}numId")

    def hidden(self, style_id: str | None) -> bool:
        """Whether a character style hides its text."""
        return style_id is not None and self.any_hidden and self.get(style_id).hidden

    def _resolve(self, style_id: str | None, depth: int) -> Style:
        element = None if style_id is None else self._elements.get(style_id)
        if style_id is None or element is None or depth > _DEPTH:
            return PLAIN
        base_id = attribute(element, W + "basedOn")
        base = PLAIN if base_id is None else self._resolve(base_id, depth + 1)
        ppr = element.find(PPR)
        num_id = attribute(ppr, f"{W}numPr/{W}numId")
        level = integer(attribute(ppr, f"{W}numPr/{W}ilvl"))
        vanish = element.find(f"{RPR}/{VANISH}")
        jc = attribute(ppr, W + "jc")
        return Style(
            heading=_heading(element, ppr, base),
            num_id=base.num_id if num_id is None else num_id,
            level=base.level if level is None else level,
            num_style=base.num_style if num_id is None else style_id,
            centred=base.centred if jc is None else jc in _CENTRED,
            hidden=base.hidden if vanish is None else on(vanish),
        )


def outline(ppr: _Element | None) -> tuple[bool, int | None]:
    """Whether `w:outlineLvl` is given, and the heading level it means; level 9 is Word's word for body text."""
    level = integer(attribute(ppr, W + "outlineLvl"))
    if level is None or not 0 <= level <= 9:
        return False, None
    return True, None if level == 9 else level + 1


def is_centred(jc: str) -> bool:
    """Whether a value of `w:jc` centres the line."""
    return jc in _CENTRED


def _heading(element: _Element, ppr: _Element | None, base: Style) -> int | None:
    name = (attribute(element, W + "name") or "").strip()
    if element.get(W + "type", "paragraph") != "paragraph":
        return None
    if name.lower() in _TITLE_NAMES:
        return 0
    given, level = outline(ppr)
    if given:
        return level
    match = _HEADING_NAME.fullmatch(name)
    return int(match.group(1)) if match else base.heading
