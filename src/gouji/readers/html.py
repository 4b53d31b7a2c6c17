"""HTML as government sites publish it -> raw paragraphs and tables. Scripts, styles and navigation are no text of the report."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.document import DocumentError, NotChecked
from gouji.model.text import Text
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.readers.sheet import MAX_CELLS, too_many
from gouji.readers.text import decode

_SKIPPED = {
    *("script", "style", "noscript", "template", "head", "title", "nav", "header", "footer", "aside"),
    *("select", "option", "button", "input", "textarea", "form", "iframe", "object", "svg", "map"),
}
_BLOCKS = {
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "body", "html", "center", "blockquote"),
    *("tr", "td", "th", "tbody", "thead", "tfoot", "caption", "pre", "address", "figure", "figcaption", "hr", "fieldset"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "form", "table"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # what a browser makes of larger spans (HTML standard, 4.9.11)
_BR = "\x00"


def read_raw(data: bytes) -> tuple[list[Raw], list[NotChecked]]:
    """Headings, paragraphs and tables in order; tables that only arrange the page are opened."""
    text = decode(data)
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError("网页内容无法解析", "The web page cannot be parsed") from error
    if root is None:
        raise DocumentError("网页没有内容", "The web page is empty")
    if any("depth" in entry.message for entry in parser.error_log):
        raise DocumentError("网页嵌套过深，拒绝读取", "The web page is nested too deeply; refused")
    page = _Page()
    page.walk(root)
    page.flush()
    if not page.raws:
        raise DocumentError("网页没有文字", "The web page holds no text")
    return page.raws, page.unread()


class _Page:
    """The raws as they grow."""

    def __init__(self) -> None:
        self.raws: list[Raw] = []
        self._words: list[str] = []
        self._heading: int | None = None
        self._linked = True  # all words since the last break stand in links
        self._hidden: list[str] = []
        self._cells = 0

    def unread(self) -> list[NotChecked]:
        found = []
        if self._hidden:
            what = Text(f"隐藏内容 {len(self._hidden)} 处：“{self._hidden[0]}”", f"hidden content ×{len(self._hidden)}")
            found.append(NotChecked(what, Text("网页上不显示，未作核对", "not shown on the page; not checked")))
        return found

    def walk(self, element: _Element) -> None:
        """The blocks of an element, in order."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            words = _SPACE.sub("", "".join(map(str, element.itertext())))
            if re.search(r"\d", words):
                self._hidden.append(words[:20])
            return
        if tag == "br":
            self._words.append(_BR)
        elif tag == "table" and not _arranges(element):
            self.flush()
            self._table(element)
        else:
            self._open(element, tag)

    def _open(self, element: _Element, tag: str) -> None:
        block = tag in _BLOCKS
        if block:
            self.flush()
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = int(tag[1]) - 1
        self._say(element.text, tag == "a")
        for child in element:
            self.walk(child)
            self._say(child.tail, tag == "a")
        if block:
            self.flush()

    def _say(self, words: str | None, linked: bool) -> None:
        if words and words.strip():
            self._linked = self._linked and linked
        if words:
            self._words.append(_SPACE.sub(" ", words))

    def flush(self) -> None:
        """End the paragraph; one that is all links is navigation."""
        lines = "".join(self._words).split(_BR)
        for line in lines if not self._linked else []:
            if line.strip():
                self.raws.append(RawParagraph(line, heading=self._heading, continues=False))
        self._words, self._linked, self._heading = [], True, None

    def _table(self, table: _Element) -> None:
        cells = list(_grid(table))
        self._cells += len(cells)
        if self._cells > MAX_CELLS:
            raise too_many()
        caption = table.find("caption")
        if caption is not None:
            self._say("".join(map(str, caption.itertext())), linked=False)
            self.flush()
        if any(c.text.strip() for c in cells):
            self.raws.append(RawTable(cells))


def _arranges(table: _Element) -> bool:
    """A table of layout: it holds other tables or has a single column."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return True
    return all(len([c for c in row if c.tag in ("td", "th")]) <= 1 for row in table.iter("tr"))


def _grid(table: _Element) -> Iterator[RawCell]:
    """The cells where a browser sets them, spans cut to what a browser takes and to the rows there are."""
    rows = list(table.iter("tr"))
    below: dict[int, int] = {}  # by column: the rows that a cell from above still covers
    work = 0
    for number, row in enumerate(rows):
        column = 0
        here = dict(below)
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while here.get(column, 0) > 0:
                column += 1
            wide = min(max(_integer(element.get("colspan")), 1), _MOST_COLUMNS)
            high = min(_integer(element.get("rowspan")) or len(rows), _MOST_ROWS, len(rows) - number)
            work += wide
            if work > MAX_CELLS:
                raise too_many()
            yield RawCell(_cell_text(element), number, column, high, wide)
            below |= dict.fromkeys(range(column, column + wide), high)
            column += wide
        below = {column: left - 1 for column, left in below.items() if left > 1}


def _integer(text: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "1")
    return int(found[1]) if found else 1


def _cell_text(element: _Element) -> str:
    """The words of a cell, its paragraphs and breaks on lines of their own."""
    parts: list[str] = []

    def gather(node: _Element) -> None:
        parts.append(_SPACE.sub(" ", node.text or ""))
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED and not _HIDDEN.search(child.get("style", "")):
                apart = child.tag in _BLOCKS or child.tag == "br"
                parts.append("\n" if apart else "")
                gather(child)
                parts.append("\n" if apart and child.tag != "br" else "")
            parts.append(_SPACE.sub(" ", child.tail or ""))

    gather(element)
    return "".join(parts).strip()
