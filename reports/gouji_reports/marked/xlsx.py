"""Comments and fills on the cells in question of a workbook; formulas, values and every other part stay as they are.

The parts are edited as XML: libraries that build the whole workbook lose the cached values of formulas, pictures and charts.
The comments of a sheet take two parts: their words (ISO/IEC 29500-1 §18.7) and the drawing that shows them (VML, Part 4). A
cell has one comment: what several findings say of it stands in one, below what was there.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import field

from lxml import etree
from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.model.result import DocumentResult, Finding
from gouji_reports.labels import UI, name
from gouji_reports.marked.note import AUTHOR, faulty, marked, note
from gouji_reports.marked.package import Package, parse, serialise
from gouji_reports.view import place

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_M, _R = f"{{{_MAIN}}}", f"{{{_OFFICE}}}"
_VML, _EXCEL = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = ("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
_FILLS = {"error": "FFFBD5CF", "warning": "FFFBE6AE", "notice": "FFD6E6F7"}
_CELL = re.compile(r"(?:.*!)?([A-Z]{1,3})(\d{1,7})", re.DOTALL)
_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="gouji" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)


@record(slots=True)
class _Sheet:
    """What is to be said on one sheet: cell -> its findings with their lines, in order."""

    part: str
    said: dict[str, list[tuple[Finding, list[str]]]] = field(default_factory=lambda: defaultdict(list))


def mark(result: DocumentResult, data: bytes, lang: str) -> bytes:
    """The workbook with each finding that nobody waived said on its cell, and the cell filled."""
    assert result.document is not None
    package = Package(data)
    sheets = _sheets(package)
    if not sheets:
        return data
    for finding in marked(result):
        first = faulty(result, finding)
        block = result.document.blocks[first.block] if first else None
        sheet = sheets.get(block.anchor.part if block else "", next(iter(sheets.values())))
        lines = note(finding, lang)
        cell = _CELL.fullmatch(first.cell or "") if first else None
        if cell is None:
            said = finding.evidence[0] if finding.evidence else None
            where = f"{place(said, lang)} “{said.quote}”" if said else name(UI, "nowhere", lang)
            lines.insert(1, f"{name(UI, 'place', lang)} {where}")
        sheet.said[cell[1] + cell[2] if cell else "A1"].append((finding, lines))
    styles = _Styles(package)
    for sheet in sheets.values():
        if sheet.said:
            _write(package, sheet, styles)
    styles.save()
    return package.save()


def _sheets(package: Package) -> dict[str, _Sheet]:
    main = package.main()
    links = package.relationships(main)
    found = {}
    for sheet in parse(package.read(main)).iterfind(f"{_M}sheets/{_M}sheet"):
        kind, part = links.get(sheet.get(f"{_R}id", ""), ("", ""))
        if kind == "worksheet" and package.has(part):
            found[sheet.get("name", "")] = _Sheet(part)
    return found


class _Styles:
    """The styles of the workbook, to which filled copies of those in use are added."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.target(package.main(), "styles")
        self._root = parse(package.read(self._part)) if self._part else None
        self._fills: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}

    def filled(self, style: int, severity: str) -> int:
        """The number of the style that looks like `style` on the colour of the severity."""
        formats = self._root.find(f"{_M}cellXfs") if self._root is not None else None
        if formats is None or not 0 <= style < len(formats):
            return style
        if (style, severity) not in self._made:
            copy = deepcopy(formats[style])
            copy.set("fillId", str(self._fill(severity)))
            copy.set("applyFill", "1")
            formats.append(copy)
            formats.set("count", str(len(formats)))
            self._made[style, severity] = len(formats) - 1
        return self._made[style, severity]

    def _fill(self, severity: str) -> int:
        assert self._root is not None
        fills = self._root.find(f"{_M}fills")
        if fills is None:
            return 0
        if severity not in self._fills:
            pattern = etree.SubElement(etree.SubElement(fills, f"{_M}fill"), f"{_M}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{_M}fgColor", rgb=_FILLS[severity])
            fills.set("count", str(len(fills)))
            self._fills[severity] = len(fills) - 1
        return self._fills[severity]

    def save(self) -> None:
        if self._part and self._made and self._root is not None:
            self._package.put(self._part, serialise(self._root))


def _write(package: Package, sheet: _Sheet, styles: _Styles) -> None:
    root = parse(package.read(sheet.part))
    for cell in root.iterfind(f"{_M}sheetData/{_M}row/{_M}c"):
        if found := sheet.said.get(cell.get("r", "")):
            gravest = max(found, key=lambda item: item[0].severity.rank)[0].severity.value
            cell.set("s", str(styles.filled(int(cell.get("s", "0")), gravest)))
    comments_part = package.target(sheet.part, "comments")
    if comments_part is None:
        comments_part = _new(package, sheet.part, "comments", "xml")
        package.link(sheet.part, f"{_OFFICE}/comments", comments_part, _COMMENTS)
        package.put(comments_part, f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode())
    new = _say(package, comments_part, sheet)
    legacy = root.find(f"{_M}legacyDrawing")
    drawing = package.relationships(sheet.part).get(legacy.get(f"{_R}id", ""), ("", ""))[1] if legacy is not None else ""
    if not package.has(drawing):
        drawing = _new(package, sheet.part, "vmlDrawing", "vml")
        number = package.link(sheet.part, f"{_OFFICE}/vmlDrawing", drawing, _DRAWING)
        package.put(drawing, _EMPTY.encode())
        if legacy is None:
            legacy = etree.Element(f"{_M}legacyDrawing", nsmap={"r": _OFFICE})
            later = next((e for e in root if etree.QName(e).localname in _AFTER), None)
            root.append(legacy) if later is None else later.addprevious(legacy)
        legacy.set(f"{_R}id", number)
    _draw(package, drawing, new)
    package.put(sheet.part, serialise(root))


def _new(package: Package, sheet: str, stem: str, suffix: str) -> str:
    folder = sheet.rpartition("/worksheets/")[0] or "xl"
    return next(p for n in range(1, 10_000) if not package.has(p := f"{folder}/{stem}_gouji{n}.{suffix}"))


def _say(package: Package, part: str, sheet: _Sheet) -> list[str]:
    """Enter the words; the cells that had no comment before."""
    root = parse(package.read(part))
    authors, listed = root.find(f"{_M}authors"), root.find(f"{_M}commentList")
    assert authors is not None
    assert listed is not None
    etree.SubElement(authors, f"{_M}author").text = AUTHOR
    known = {c.get("ref"): c for c in listed}
    new = []
    for cell, found in sorted(sheet.said.items(), key=lambda item: _position(item[0])):
        words = "\n\n".join("\n".join(lines) for _, lines in found)
        comment = known.get(cell)
        if comment is None:
            new.append(cell)
            comment = etree.SubElement(listed, f"{_M}comment", ref=cell, authorId=str(len(authors) - 1))
            etree.SubElement(comment, f"{_M}text")
        else:
            words = "\n\n" + words
        holder = comment.find(f"{_M}text")
        if holder is None:
            holder = etree.SubElement(comment, f"{_M}text")
        plain = holder.find(f"{_M}t")
        if plain is not None:  # plain words become a run, to go before ours
            run = etree.SubElement(holder, f"{_M}r")
            run.append(plain)
        text = etree.SubElement(etree.SubElement(holder, f"{_M}r"), f"{_M}t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    listed[:] = sorted(listed, key=lambda c: _position(c.get("ref", "A1")))
    package.put(part, serialise(root))
    return new


def _position(cell: str) -> tuple[int, int]:
    """Row and column of a cell, from 0."""
    found = _CELL.fullmatch(cell)
    if not found:
        return (0, 0)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _draw(package: Package, part: str, cells: list[str]) -> None:
    """The boxes of new comments, hidden until the cell is pointed at."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root: _Element = etree.fromstring(package.read(part), parser)
    for number, cell in enumerate(cells):
        row, column = _position(cell)
        style = "position:absolute;width:260pt;height:120pt;z-index:1;visibility:hidden"
        shape = etree.SubElement(root, f"{_VML}shape", id=f"gouji_{number}", type="#gouji", style=style, fillcolor="#fffbe6")
        etree.SubElement(etree.SubElement(shape, f"{_VML}textbox"), "div").set("style", "text-align:left")
        client = etree.SubElement(shape, f"{_EXCEL}ClientData", ObjectType="Note")
        anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 4, {column + 6}, 12, {row + 7}, 4"
        for tag, value in (("MoveWithCells", None), ("SizeWithCells", None), ("Anchor", anchor), ("AutoFill", "False")):
            etree.SubElement(client, f"{_EXCEL}{tag}").text = value
        etree.SubElement(client, f"{_EXCEL}Row").text = str(row)
        etree.SubElement(client, f"{_EXCEL}Column").text = str(column)
    package.put(part, serialise(root))
