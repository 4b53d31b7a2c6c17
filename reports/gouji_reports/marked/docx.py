"""Word comments on exactly the words in question. Runs are split with their look; no character of the text changes.

The reader keeps a block's text, not its place in the XML (a paragraph may be joined of several, its number computed), so the
blocks are laid along the characters of the file: both are in reading order, and differ in white space and computed numbers
alone. A quotation that cannot be laid (a text box, a footnote, where Word allows no comment) is said in a comment on the
nearest words before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

from gouji.model.document import Block, BlockKind, Document
from gouji.model.record import record
from gouji.model.result import DocumentResult, Evidence
from gouji_reports.labels import UI, name
from gouji_reports.marked.note import AUTHOR, faulty, marked, note
from gouji_reports.marked.package import Package, parse, serialise
from gouji_reports.view import place

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_AWAY = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr"})
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIZE = "18"  # half-points (小五): the text of the document is often twice as large, and would fill the margin
_AHEAD = 40  # characters of a block from which it is known where the whole cannot be found


@record(frozen=True, slots=True)
class _Letter:
    """A character of the file that prints: its text element and its place in that element's text."""

    element: _Element
    at: int


def mark(result: DocumentResult, data: bytes, lang: str) -> bytes:
    """The file with one comment for each finding that nobody waived."""
    assert result.document is not None
    package = Package(data)
    main = package.main()
    root = parse(package.read(main))
    text = _Text(root, result.document)
    comments_part = package.target(main, "comments")
    comments = parse(package.read(comments_part)) if comments_part else etree.Element(f"{W}comments", nsmap={"w": WORD})
    spans: list[tuple[int, int, int]] = []
    number = max((int(c.get(f"{W}id", "0")) for c in comments), default=-1) + 1
    for finding in marked(result):
        first = faulty(result, finding)
        span = text.span(first) if first else None
        lines = note(finding, lang)
        if span is None:
            if finding.evidence:
                said = finding.evidence[0]
                lines.insert(1, f"{name(UI, 'place', lang)} {place(said, lang)} “{said.quote}”")
            span = text.nearest(first.block if first else 0)
        if span is not None:
            comments.append(_comment(number, lines))
            spans.append((*span, number))
            number += 1
    text.anchor(spans)
    package.put(main, serialise(root))
    if comments_part is None:
        comments_part = main.rpartition("/")[0] + "/comments.xml"
        package.link(main, _KIND, comments_part, _TYPE)
    package.put(comments_part, serialise(comments))
    return package.save()


class _Text:
    """The printing characters of the body, and where each block of the document lies among them."""

    def __init__(self, root: _Element, document: Document) -> None:
        self._letters = [_Letter(t, at) for t in _texts(root) for at, c in enumerate(t.text or "") if not c.isspace()]
        self._stream = "".join((x.element.text or "")[x.at] for x in self._letters)
        self._starts: dict[tuple[int, int], int] = {}  # block and offset of a unit -> place in the stream
        self._units: dict[int, list[tuple[int, str]]] = {}
        cursor = 0
        for block in document.blocks:
            for start, words in _units(block) if block.anchor.part == "body" else ():
                self._units.setdefault(block.index, []).append((start, words))
                key = "".join(words.split())
                found = self._find(key, cursor)
                if found >= 0:
                    self._starts[block.index, start] = found
                    cursor = found + len(key)

    def _find(self, key: str, cursor: int) -> int:
        """From the cursor on; else from the beginning, where it occurs once."""
        if not key:
            return -1
        for sought in (key, key[:_AHEAD]):
            found = self._stream.find(sought, cursor)
            if found >= 0 and (found - cursor < 2000 or len(sought) >= _AHEAD // 2 or self._stream.count(sought) == 1):
                return found
            found = self._stream.find(sought)
            if found >= 0 and self._stream.find(sought, found + 1) < 0:
                return found
        return -1

    def span(self, evidence: Evidence) -> tuple[int, int] | None:
        """First and last place in the stream of the quoted words; None where they are not in the body."""
        units = self._units.get(evidence.block, [])
        index = bisect_right([start for start, _ in units], evidence.start) - 1
        quote = "".join(evidence.quote.split())
        if not quote:
            return None
        if index < 0:  # the quotation begins in a computed number, which is not in the file
            if not units or evidence.end <= units[0][0]:
                return None
            index = 0
            quote = "".join(evidence.context[units[0][0] : evidence.end].split())
        start, words = units[index]
        base = self._starts.get((evidence.block, start))
        if base is None:
            return None
        before = "".join(words[: max(evidence.start - start, 0)].split())
        here = base + len(before)
        if self._stream[here : here + len(quote)] != quote:
            here = self._stream.find(quote, base, base + len("".join(words.split())) + len(quote))
        return (here, here + len(quote) - 1) if here >= 0 else None

    def nearest(self, block: int) -> tuple[int, int] | None:
        """The first character of the nearest block before, that lies in the body."""
        places = sorted((key[0], at) for key, at in self._starts.items())
        index = bisect_right(places, (block, len(self._stream))) - 1
        at = places[max(index, 0)][1] if places else 0
        return (at, at) if self._letters else None

    def anchor(self, spans: list[tuple[int, int, int]]) -> None:
        """Put the marks of the comments round their words, from the end on, so that earlier places stay true."""
        cuts = sorted({c for first, last, _ in spans for c in (first, last + 1)}, reverse=True)
        runs: dict[int, tuple[_Element, _Element]] = {}
        for at in cuts:
            if at < len(self._letters):
                self._cut(at)
        for first, last, number in spans:
            runs[number] = (_run(self._letters[first].element), _run(self._letters[last].element))
        for _, _, number in sorted(spans, key=lambda s: (s[0], -s[1])):
            start, _ = runs[number]
            start.addprevious(_mark("commentRangeStart", number))
        for _, _, number in sorted(spans, key=lambda s: (s[1], -s[0]), reverse=True):
            _, end = runs[number]
            reference = etree.Element(f"{W}r")
            reference.append(_mark("commentReference", number))
            end.addnext(reference)
            end.addnext(_mark("commentRangeEnd", number))

    def _cut(self, at: int) -> None:
        """Split the run before the character, unless it is the run's first."""
        letter = self._letters[at]
        element, run = letter.element, _run(letter.element)
        if letter.at == 0 and all(sibling.tag == f"{W}rPr" for sibling in element.itersiblings(preceding=True)):
            return
        later = etree.Element(f"{W}r", {str(key): str(value) for key, value in run.attrib.items()})
        look = run.find(f"{W}rPr")
        if look is not None:
            later.append(deepcopy(look))
        followers = list(element.itersiblings())
        if letter.at > 0:
            text = element.text or ""
            rest = etree.SubElement(later, f"{W}t")
            rest.text, element.text = text[letter.at :], text[: letter.at]
            for part in (rest, element):
                part.set(_SPACE, "preserve")
            shift = letter.at
            for index in range(at, len(self._letters)):
                if self._letters[index].element is not element:
                    break
                self._letters[index] = _Letter(rest, self._letters[index].at - shift)
        else:
            later.append(element)
        for follower in followers:
            later.append(follower)
        run.addnext(later)


def _texts(root: _Element) -> Iterator[_Element]:
    """The text elements of the body in reading order; what is deleted, hidden or in a text box left out."""
    for child in root:
        tag = child.tag
        if not isinstance(tag, str) or tag in _AWAY or tag == _MC:
            continue
        if tag == f"{W}t":
            yield child
        elif tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        else:
            yield from _texts(child)


def _units(block: Block) -> list[tuple[int, str]]:
    """The stretches of a block that are whole in the file: its cells, or its words without a computed number."""
    if block.kind is BlockKind.ROW:
        return [(c.start, c.text) for c in block.cells if c.text.strip()]
    start = block.marker.end if block.marker and block.marker.automatic else 0
    return [(start, block.text[start:])]


def _run(element: _Element) -> _Element:
    found = next(element.iterancestors(f"{W}r"))
    assert found is not None
    return found


def _mark(tag: str, number: int) -> _Element:
    return etree.Element(f"{W}{tag}", {f"{W}id": str(number)})


def _comment(number: int, lines: list[str]) -> _Element:
    comment = etree.Element(f"{W}comment", {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}initials": AUTHOR[:1]})
    for line in lines:
        paragraph = etree.SubElement(comment, f"{W}p")
        plain = etree.SubElement(paragraph, f"{W}pPr")  # not the indents and the fixed line height of the document's text
        even = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
        flush = {"left": "0", "right": "0", "firstLine": "0", "firstLineChars": "0"}
        for tag, values in (("spacing", even), ("ind", flush)):
            etree.SubElement(plain, f"{W}{tag}", {f"{W}{key}": value for key, value in values.items()})
        run = etree.SubElement(paragraph, f"{W}r")
        look = etree.SubElement(run, f"{W}rPr")
        for tag in ("sz", "szCs"):
            etree.SubElement(look, f"{W}{tag}", {f"{W}val": _SIZE})
        text = etree.SubElement(run, f"{W}t")
        text.text = line
        text.set(_SPACE, "preserve")
    return comment
