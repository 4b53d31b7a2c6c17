"""One Word paragraph with what it inherits: words, heading level, automatic number."""

from __future__ import annotations

from lxml.etree import _Element

from gouji.model.record import record
from gouji.readers.docx import names as n
from gouji.readers.docx.inline import BREAK, Inline
from gouji.readers.docx.lines import paragraphs_of
from gouji.readers.docx.numbering import Counter, Numbering
from gouji.readers.docx.styles import PLAIN, Style, Styles, is_centred, outline

_PSTYLE, _NUM_PR, _NUM_ID, _ILVL = n.W + "pStyle", n.W + "numPr", n.W + "numId", n.W + "ilvl"
_NUMERALS = "零〇一二三四五六七八九十百千"
_JC, _OUTLINE = n.W + "jc", n.W + "outlineLvl"


@record(frozen=True, slots=True)
class Paragraph:
    """What a story needs to know of a paragraph. `lines` is empty where nothing is printed."""

    lines: list[str]
    number: str | None = None
    heading: int | None = None
    centred: bool = False
    section: _Element | None = None


@record(slots=True)
class _Properties:
    style_id: str | None = None
    num_pr: _Element | None = None
    centred: bool | None = None
    outline: tuple[bool, int | None] = (False, None)
    mark_deleted: bool = False
    mark_hidden: bool | None = None
    section: _Element | None = None


class ParagraphReader:
    """Reads the paragraphs of one story in order: numbers count on, and a deleted paragraph mark joins two paragraphs."""

    def __init__(self, inline: Inline, styles: Styles, numbering: Numbering) -> None:
        self._inline = inline
        self._styles = styles
        self._numbering = numbering
        self._counter = Counter(numbering)
        self._carried = ""

    def read(self, element: _Element) -> Paragraph:
        """Read the next paragraph. A paragraph whose mark was deleted gives no line: its words go to the next one."""
        ppr = next(element.iterchildren(n.PPR), None)
        properties = _Properties() if ppr is None else _properties(ppr)
        style = self._styles.get(properties.style_id)
        text = self._inline.read(element, style.hidden)
        if properties.mark_deleted:
            self._carried += text
            return Paragraph([], section=properties.section)
        if self._carried:
            text, self._carried = self._carried + text, ""
        lines = paragraphs_of(text)
        hidden = style.hidden if properties.mark_hidden is None else properties.mark_hidden
        number = None if hidden and not lines else self._number(properties, style)
        if number is not None:
            lines = lines or [""]  # a number without words is printed all the same
            number = _set_apart(number, lines[0])
        return Paragraph(
            lines,
            number,
            properties.outline[1] if properties.outline[0] else style.heading,
            style.centred if properties.centred is None else properties.centred,
            properties.section,
        )

    def rest(self) -> list[str]:
        """Words left over at the end of a story from paragraphs whose marks were deleted."""
        text, self._carried = self._carried, ""
        return paragraphs_of(text)

    def _number(self, properties: _Properties, style: Style) -> str | None:
        direct = properties.num_pr
        num_id, level = style.num_id, style.level
        if direct is not None:
            own_id, own_level = n.attribute(direct, _NUM_ID), n.integer(n.attribute(direct, _ILVL))
            if own_id is not None:
                num_id, level = own_id, own_level
            elif own_level is not None:
                level = own_level
        elif num_id is not None and style is not PLAIN:
            tied = self._numbering.level_of(num_id, properties.style_id or style.num_style)
            if tied is None:
                tied = self._numbering.level_of(num_id, style.num_style)
            level = level if tied is None else tied
        if num_id is None or num_id == "0":
            return None
        return self._counter.label(num_id, level or 0)


def with_number(paragraph: Paragraph) -> str:
    """The printed line, its number before its words: for cells, which have no place for a number."""
    text = BREAK.join(paragraph.lines)
    return text if paragraph.number is None else paragraph.number + text


def _set_apart(label: str, text: str) -> str:
    """The label with a blank where label and words would make a new figure: 1. and 5万元 are not 1.5万元."""
    last = label[-1]
    fuses = (
        last.isdecimal()
        or (last.isascii() and last.isalpha())
        or last in _NUMERALS
        or (last in ".．-" and text[:1].isdecimal())
    )
    return f"{label} " if fuses and text else label


def _properties(ppr: _Element) -> _Properties:
    found = _Properties()
    for child in ppr:
        tag = child.tag
        if tag == _PSTYLE:
            found.style_id = child.get(n.VAL)
        elif tag == _NUM_PR:
            found.num_pr = child
        elif tag == _JC:
            found.centred = is_centred(child.get(n.VAL, ""))
        elif tag == _OUTLINE:
            found.outline = outline(ppr)
        elif tag == n.RPR:
            for mark in child:
                if mark.tag in (n.DEL, n.MOVE_FROM):
                    found.mark_deleted = True
                elif mark.tag == n.VANISH:
                    found.mark_hidden = n.on(mark)
        elif tag == n.SECT_PR:
            found.section = child
    return found
