"""The parts of a Word document, each read from its first block to its last: body, text boxes, notes, headers and footers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml.etree import _Element

from gouji.model.document import DocumentError, NotChecked
from gouji.readers.container import Package, Relationship, parse_xml
from gouji.readers.docx import names as n
from gouji.readers.docx.inline import Inline
from gouji.readers.docx.numbering import Numbering
from gouji.readers.docx.paragraph import Paragraph, ParagraphReader
from gouji.readers.docx.styles import Styles, essential
from gouji.readers.docx.tables import read_grid
from gouji.readers.docx.traces import find_traces
from gouji.readers.docx.unread import Kind, Unread
from gouji.readers.raw import Raw, RawParagraph, RawTable, RawTrace

_ALT_CHUNK = n.W + "altChunk"
_FLAT = ("header", "footer")  # parts where tables only arrange the words


class Word:
    """What all stories of a document share."""

    def __init__(self, package: Package, main: str, any_hidden: bool) -> None:
        self.package = package
        self.links = package.relationships(main)
        self.styles = Styles(self.part("styles", essential))
        self.numbering = Numbering(self.part("numbering"), self.styles)
        self.unread = Unread()
        self.any_hidden = any_hidden or self.styles.any_hidden
        self.tables = 0
        self.sections: list[_Element] = []

    def part(self, kind: str, cut: Callable[[bytes], bytes] = bytes) -> _Element | None:
        """The root of the part that the document links to under that kind. `cut` leaves out what nobody reads of its bytes."""
        link = next((link for link in self.links.values() if link.kind == kind), None)
        return None if link is None else parse_xml(cut(self.package.read(link.target)), link.target)


class Story:
    """Reads one part into raw blocks."""

    def __init__(self, word: Word, part: str) -> None:
        self.raws: list[Raw] = []
        self._word = word
        self._part = part
        self._index = 0
        self.inline = Inline(word.styles, word.unread, word.any_hidden)
        self._paragraphs = ParagraphReader(self.inline, word.styles, word.numbering)
        self._boxes: Story | None = None

    def read(self, container: Iterable[_Element]) -> list[Raw]:
        """All blocks of a part."""
        self.blocks(container)
        self._flush(max(self._index - 1, 0))
        return self.raws

    def enclosed(self, container: Iterable[_Element], line: int | None = None) -> None:
        """The blocks of a container that shares no paragraph with what follows it."""
        self.blocks(container, line)
        self._flush(max(self._index - 1, 0) if line is None else line)

    def _flush(self, line: int) -> None:
        self.emit(Paragraph(self._paragraphs.rest()), line)

    def blocks(self, container: Iterable[_Element], line: int | None = None) -> None:
        """The blocks of a container, wrappers opened. `line` = the place of a frame, whose paragraphs are not body paragraphs."""
        for child in container:
            tag = child.tag
            if tag == n.P:
                place = self._index if line is None else line
                self._index += line is None
                self._paragraph(child, place)
            elif tag == n.TBL:
                self._table(child, self._index if line is None else line)
            elif tag == n.SDT or tag in n.WRAPPERS:
                self.blocks(child, line)
            elif tag == n.ALTERNATE:
                self.blocks(n.alternative(child), line)
            elif tag == n.SECT_PR:
                self._word.sections.append(child)
            elif tag == _ALT_CHUNK:
                self._word.unread.add(Kind.CHUNK)

    def _paragraph(self, element: _Element, line: int) -> None:
        paragraph = self._paragraphs.read(element)
        if paragraph.section is not None:
            self._word.sections.append(paragraph.section)
        self.emit(paragraph, line)
        self._read_boxes(line)

    def emit(self, paragraph: Paragraph, line: int) -> None:
        """Add a paragraph. Its end is left open where only words follow: converters make a paragraph of every printed line."""
        for position, text in enumerate(paragraph.lines):
            last = position == len(paragraph.lines) - 1
            self.raws.append(
                RawParagraph(
                    text,
                    self._part,
                    line,
                    heading=paragraph.heading,
                    number=None if position else paragraph.number,
                    continues=None if last and not paragraph.centred else False,
                    centred=paragraph.centred,
                )
            )

    def _table(self, element: _Element, line: int) -> None:
        if self._part in _FLAT:
            self._flat_table(element, line)
            return
        self._flush(line)
        self._word.tables += 1
        number = self._word.tables
        frame = _single_cell(element)
        if frame is not None:
            self.enclosed(frame, line)
            return
        grid = read_grid(element, f"T{number}", self._paragraphs, self._word.unread)
        if any(cell.text for cell in grid.cells):
            self.raws.append(RawTable(grid.cells, self._part, line))
        self._read_boxes(line)
        for inner in grid.nested:
            self._table(inner, line)

    def _flat_table(self, element: _Element, line: int) -> None:
        pending: list[_Element] = [element]
        while pending:
            grid = read_grid(pending.pop(), "", self._paragraphs, self._word.unread)
            pending.extend(grid.nested)
            rows: dict[int, list[str]] = {}
            for cell in grid.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            for texts in rows.values():
                self.emit(Paragraph([" ".join(filter(None, texts))] if any(texts) else []), line)

    def _read_boxes(self, line: int) -> None:
        """Text boxes anchored in what was just read; they make a story of their own, whose numbers count apart."""
        if not self.inline.boxes:
            return
        found, self.inline.boxes = self.inline.boxes, []
        if self._boxes is None:
            self._boxes = Story(self._word, "textbox" if self._part == "body" else self._part)
            self._boxes.raws = self.raws
            self._boxes.inline.notes = self.inline.notes
        for box in found:
            if isinstance(box, str):
                self._boxes.emit(Paragraph([box.strip()] if box.strip() else []), line)
            else:
                self._boxes.enclosed(box, line)


def _single_cell(table: _Element) -> _Element | None:
    """The only cell of a frame: a table of one row and one cell."""
    rows = list(table.iterchildren(n.TR))
    if len(rows) != 1 or any(child.tag in n.WRAPPERS or child.tag == n.SDT for child in table):
        return None
    if rows[0].find(f"{n.W}trPr") is not None and rows[0].find(f"{n.W}trPr/{n.DEL}") is not None:
        return None
    cells = [child for child in rows[0] if child.tag in (n.TC, n.SDT) or child.tag in n.WRAPPERS]
    return cells[0] if len(cells) == 1 and cells[0].tag == n.TC else None


def read_raw(data: bytes) -> tuple[list[Raw], list[NotChecked]]:
    """The blocks of a .docx in reading order, and what in it was not read. Raises DocumentError, nothing else."""
    raws, unread, _ = read_marked(data)
    return raws, unread


def read_marked(data: bytes) -> tuple[list[Raw], list[NotChecked], list[RawTrace]]:
    """The blocks, what was not read, and the traces of editing that an unfinished file carries. Raises as `read_raw`."""
    try:
        return _read(data)
    except RecursionError as error:
        raise DocumentError("文件内部嵌套过深，拒绝读取", "The file is nested too deeply inside; refused") from error
    except MemoryError as error:
        raise DocumentError("文件过大，内存不足", "The file is too big for the memory") from error


def _read(data: bytes) -> tuple[list[Raw], list[NotChecked], list[RawTrace]]:
    package = Package(data)
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        raise DocumentError(
            "含宏（vbaProject.bin），拒绝读取；请另存为不含宏的 .docx",
            "It carries macros (vbaProject.bin); refused, save it as .docx",
        )
    main = _main_part(package)
    root = package.xml(main)
    body = root.find(n.W + "body")
    if root.tag != n.W + "document" or body is None:
        raise DocumentError(f"{main} 不是 Word 正文", f"{main} is not the body of a Word document")
    word = Word(package, main, any_hidden=next(root.iter(n.VANISH), None) is not None)
    story = Story(word, "body")
    raws = story.read(body)
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        raws += _notes(word, kind, tag, [id_ for name, id_ in story.inline.notes if name == f"{n.W}{tag}Reference"])
    if not raws:
        raise _no_text(word.unread)
    traces = find_traces(body, word.part("comments"))
    return raws + _running(word), word.unread.report(), traces


def _main_part(package: Package) -> str:
    for link in package.relationships("").values():
        if link.kind == "officeDocument" and not link.target.lower().startswith(("xl/", "ppt/")):
            return link.target
    if "word/document.xml" in package:
        return "word/document.xml"
    for part, zh, en in (
        ("xl/workbook.xml", "是 Excel 工作簿", "It is an Excel workbook"),
        ("ppt/presentation.xml", "是 PowerPoint 演示文稿", "It is a PowerPoint presentation"),
        ("content.xml", "是 OpenDocument 文件", "It is an OpenDocument file"),
    ):
        if part in package:
            raise DocumentError(f"{zh}，不是 Word 文件", f"{en}, not a Word file")
    raise DocumentError(
        "是压缩包，不是 Word 文件（缺少 word/document.xml）", "A zip, but not a Word file (word/document.xml is missing)"
    )


def _notes(word: Word, kind: str, tag: str, wanted: list[str]) -> list[Raw]:
    """The notes that the text refers to, in the order of their references."""
    root = word.part(kind) if wanted else None
    if root is None:
        return []
    notes = {note.get(n.W + "id", ""): note for note in root.iterchildren(n.W + tag)}
    story = Story(word, "footnotes")
    for id_ in dict.fromkeys(wanted):
        if id_ in notes:
            story.enclosed(notes[id_])
    return story.read(())


def _running(word: Word) -> list[Raw]:
    """Headers and footers that are in use, each once however many sections repeat it."""
    settings = word.part("settings") if word.sections else None
    even = settings is not None and n.on(settings.find(n.W + "evenAndOddHeaders"))
    raws: list[Raw] = []
    seen: set[object] = set()
    for part in _FLAT:
        for section in word.sections:
            first = n.on(section.find(n.W + "titlePg"))
            for reference in section.iterchildren(f"{n.W}{part}Reference"):
                kind = reference.get(n.W + "type", "default")
                link = word.links.get(reference.get(n.R_ID, ""))
                if link is None or link.target in seen or (kind == "first" and not first) or (kind == "even" and not even):
                    continue
                seen.add(link.target)
                found = _running_part(word, link, part)
                words = (part, *(raw.text for raw in found if isinstance(raw, RawParagraph)))
                if words not in seen:
                    seen.add(words)
                    raws += found
    return raws


def _running_part(word: Word, link: Relationship, part: str) -> list[Raw]:
    return Story(word, part).read(word.package.xml(link.target))


def _no_text(unread: Unread) -> DocumentError:
    if unread.has(Kind.PICTURE) or unread.has(Kind.OBJECT):
        return DocumentError(
            "只有图片或嵌入对象，没有可读文字（可能是扫描件）", "Only pictures or objects and no words to read; perhaps a scan"
        )
    return DocumentError("文件里没有文字", "The file holds no words")
