"""The words of one Word paragraph, as Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from lxml.etree import _Element

from gouji.readers.docx import names as n
from gouji.readers.docx.shapes import scan
from gouji.readers.docx.styles import Styles
from gouji.readers.docx.symbols import symbol
from gouji.readers.docx.unread import Kind, Unread

BREAK = "\v"
"""A line break inside a paragraph; XML cannot hold this character, so that it is never part of the text."""

_SKIPPED = frozenset({n.DEL, n.MOVE_FROM, n.PPR, n.RPR, n.W + "delText", n.W + "instrText", n.W + "delInstrText"})


class Inline:
    """Reads paragraphs of one story one after another: a field may begin in one and end in another.

    `boxes` gathers the text boxes met and `notes` the references to notes (kind, id); the caller takes them.
    """

    def __init__(self, styles: Styles, unread: Unread, any_hidden: bool) -> None:
        self.boxes: list[_Element | str] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._unread = unread
        self._any_hidden = any_hidden
        self._hidden = False  # whether the style of the paragraph hides its text
        self._out: list[str] = []
        self._fields: list[bool] = []  # one for each open field: whether its result is being read
        self._codes = 0  # open fields whose code is being read

    def read(self, paragraph: _Element, hidden: bool = False) -> str:
        """The text of a paragraph, its line breaks as `BREAK`. `hidden` = its style hides the text."""
        self._out = []
        self._hidden = hidden
        self._walk(paragraph)
        if self._codes:  # a code ends in its paragraph; a field left open must not swallow the rest of the document
            self._fields = [result for result in self._fields if result]
            self._codes = 0
        text = "".join(self._out)
        return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")

    def _walk(self, elements: Iterable[_Element]) -> None:
        for child in elements:
            tag = child.tag
            if tag == n.R:
                if self._any_hidden and self._is_hidden(child):
                    self._read_hidden(child)
                else:
                    self._run(child)
            elif tag in _SKIPPED:
                continue
            elif tag in self._SPECIAL:
                self._SPECIAL[tag](self, child)
            elif tag == n.SDT or tag in n.WRAPPERS or tag.startswith(n.MATH):
                self._walk(child)

    def _run(self, run: _Element) -> None:
        out = self._out
        for child in run:
            tag = child.tag
            if tag == n.T:
                if not self._codes and (text := child.text):
                    out.append(text)
            elif tag in self._SPECIAL:
                self._SPECIAL[tag](self, child)

    def _is_hidden(self, run: _Element) -> bool:
        properties = run.find(n.RPR)
        if properties is None:
            return self._hidden
        vanish = properties.find(n.VANISH)
        if vanish is not None:
            return n.on(vanish)
        return self._hidden or self._styles.hidden(n.attribute(properties, n.W + "rStyle"))

    def _read_hidden(self, run: _Element) -> None:
        shown, boxes, notes = self._out, len(self.boxes), len(self.notes)
        self._out = []
        self._run(run)  # fields are followed through hidden runs too
        text = "".join(self._out).replace(BREAK, " ").strip()
        self._out = shown
        del self.boxes[boxes:], self.notes[notes:]
        if text:
            self._unread.add(Kind.HIDDEN, text)

    def _put(self, text: str) -> None:
        if not self._codes:
            self._out.append(text)

    def _text(self, element: _Element) -> None:
        self._put(element.text or "")

    def _space(self, _: _Element) -> None:
        self._put(" ")

    def _break(self, element: _Element) -> None:
        # the end of a page or column is no end of a line: the sentence goes on
        if element.get(n.W + "type", "textWrapping") == "textWrapping":
            self._put(BREAK)

    def _hyphen(self, _: _Element) -> None:
        self._put("-")

    def _symbol(self, element: _Element) -> None:
        self._put(symbol(element.get(n.W + "font", ""), element.get(n.W + "char", "")))

    def _field(self, element: _Element) -> None:
        kind = element.get(n.W + "fldCharType")
        if kind == "begin":
            self._put(_dropdown(element))
            self._fields.append(False)
            self._codes += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._codes -= 1
        elif kind == "end" and self._fields and not self._fields.pop():
            self._codes -= 1

    def _note(self, element: _Element) -> None:
        self.notes.append((element.tag, element.get(n.W + "id", "")))

    def _drawing(self, element: _Element) -> None:
        if not self._codes:
            self.boxes.extend(scan(element, self._unread))

    def _ruby(self, element: _Element) -> None:
        for base in element.iterchildren(n.W + "rubyBase"):
            self._walk(base)

    def _sub_document(self, _: _Element) -> None:
        self._unread.add(Kind.CHUNK)

    def _fraction(self, element: _Element) -> None:
        for part in element:
            if part.tag == n.MATH + "den":
                self._put("/")
            if part.tag in (n.MATH + "num", n.MATH + "den"):
                self._walk(part)

    def _alternative(self, element: _Element) -> None:
        for child in n.alternative(element):
            tag = child.tag
            if tag == n.T:
                self._text(child)
            elif tag in self._SPECIAL:
                self._SPECIAL[tag](self, child)
            else:
                self._walk((child,))

    # Of the class: methods bound in a reader would hold it, and with it the whole file, until the next search for garbage.
    _SPECIAL: ClassVar[dict[str, Callable[[Inline, _Element], None]]] = {
        n.W + "tab": _space,
        n.W + "ptab": _space,
        n.W + "br": _break,
        n.W + "cr": _break,
        n.W + "noBreakHyphen": _hyphen,
        n.W + "sym": _symbol,
        n.W + "fldChar": _field,
        n.W + "footnoteReference": _note,
        n.W + "endnoteReference": _note,
        n.W + "drawing": _drawing,
        n.W + "pict": _drawing,
        n.W + "object": _drawing,
        n.W + "ruby": _ruby,
        n.W + "subDoc": _sub_document,
        n.MATH + "f": _fraction,
        n.MATH + "t": _text,
        n.ALTERNATE: _alternative,
    }


def _dropdown(field: _Element) -> str:
    """The chosen entry of a form's drop-down list: the only field whose result is not text."""
    choices = field.find(f"{n.W}ffData/{n.W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(n.VAL, "") for entry in choices.iterchildren(n.W + "listEntry")]
    chosen = n.integer(n.attribute(choices, n.W + "result")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""
