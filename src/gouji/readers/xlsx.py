""".xlsx -> raw paragraphs and tables: shown values, formulas, merged cells, and what is hidden.

The parts are read with lxml through `container`, which bounds what a file may cost; libraries that build the whole workbook
expand merged ranges and read pictures, styles and links, each a way to fail on files that Excel and WPS open.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.document import DocumentError, NotChecked
from gouji.model.record import record
from gouji.readers.container import Package
from gouji.readers.number_format import BUILTIN, day, is_date, render, stored
from gouji.readers.raw import Raw
from gouji.readers.sheet import MAX_CELLS, Merge, Page, to_raws, too_many

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384


@record(frozen=True, slots=True)
class _Book:
    """What all sheets share."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]  # by style number
    epoch_1904: bool


def read_raw(data: bytes) -> tuple[list[Raw], list[NotChecked]]:
    """The visible sheets in order; DocumentError says why the workbook cannot be read."""
    package = Package(data)
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        raise DocumentError("工作簿含宏（vbaProject.bin），拒绝读取", "The workbook holds macros (vbaProject.bin); refused")
    links = package.relationships("")
    main = next((link.target for link in links.values() if link.kind == "officeDocument"), "xl/workbook.xml")
    if main.endswith(".bin"):
        raise DocumentError("二进制工作簿（.xlsb），请另存为 .xlsx 后再提交", "A binary workbook (.xlsb); save it as .xlsx")
    workbook = package.xml(main)
    if workbook.tag != _M + "workbook":
        raise DocumentError(f"{main} 不是 Excel 工作簿", f"{main} is not an Excel workbook")
    sheets = {id_: link.target for id_, link in package.relationships(main).items() if link.kind == "worksheet"}
    parts = {link.kind: link.target for link in package.relationships(main).values()}
    properties = workbook.find(_M + "workbookPr")
    book = _Book(
        _strings(package.xml(parts["sharedStrings"])) if "sharedStrings" in parts else (),
        _formats(package.xml(parts["styles"])) if "styles" in parts else (),
        properties is not None and _true(properties.get("date1904")),
    )
    pages = []
    left = MAX_CELLS
    for sheet in workbook.iterfind(f"{_M}sheets/{_M}sheet"):
        target = sheets.get(sheet.get(_ID, ""))
        if target is None:
            continue  # a sheet of a chart, or a dialogue
        page = _page(package.xml(target), sheet.get("name", ""), book, left)
        page.hidden = sheet.get("state", "visible") != "visible"
        left -= len(page.cells)
        pages.append(page)
    raws, unread = to_raws(pages)
    return raws, unread


def _true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _strings(root: _Element) -> tuple[str, ...]:
    return tuple(_rich(item) for item in root.iterfind(_M + "si"))


def _rich(item: _Element) -> str:
    """The words of a string, its runs joined; readings above the characters (rPh) left out."""
    return "".join(t.text or "" for t in item.iter(_M + "t") if t.getparent().tag != _M + "rPh")  # type: ignore[union-attr]


def _formats(root: _Element) -> tuple[str, ...]:
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iterfind(f"{_M}numFmts/{_M}numFmt")}
    return tuple(
        own.get(style.get("numFmtId", ""), BUILTIN.get(_integer(style.get("numFmtId")), "General"))
        for style in root.iterfind(f"{_M}cellXfs/{_M}xf")
    )


def _page(root: _Element, name: str, book: _Book, limit: int) -> Page:
    page = Page(name)
    for row, column, cell in _cells(root, page):
        text = _text(cell, book)
        formula = cell.find(_M + "f")
        if formula is not None:
            page.formulas[row, column] = formula.text or ""
            if not text and cell.find(_M + "v") is None:
                page.uncached.append((row, column))
        if text.strip():
            page.cells[row, column] = text
            if cell.get("t", "n") == "n" and (held := stored(cell.findtext(_M + "v") or "", text)):
                page.stored[row, column] = held
            if len(page.cells) > limit:
                raise too_many()
    for element in root.iterfind(f"{_M}cols/{_M}col"):
        if _true(element.get("hidden")):
            last = min(_integer(element.get("max")), _COLUMNS)
            page.hidden_columns.update(range(max(_integer(element.get("min")), 1) - 1, last))
    for element in root.iterfind(f"{_M}mergeCells/{_M}mergeCell"):
        first, _, last_corner = element.get("ref", "").partition(":")
        top, bottom = _place(first), _place(last_corner)
        if top and bottom:
            page.merges.append(
                Merge(min(top[0], bottom[0]), min(top[1], bottom[1]), max(top[0], bottom[0]), max(top[1], bottom[1]))
            )
    return page


def _cells(root: _Element, page: Page) -> Iterator[tuple[int, int, _Element]]:
    """The cells with their places; a cell without one stands after the cell before it."""
    number = -1
    for row in root.iterfind(f"{_M}sheetData/{_M}row"):
        number = min(max(_integer(row.get("r"), number + 2) - 1, 0), _ROWS - 1)
        if _true(row.get("hidden")):
            page.hidden_rows.add(number)
        column = -1
        for cell in row.iterfind(_M + "c"):
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            if column >= _COLUMNS:
                raise DocumentError(
                    "工作表损坏：单元格超出最后一列", "A sheet is damaged: a cell stands beyond the last column"
                )
            yield number, column, cell


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row - 1, column - 1) if 1 <= row <= _ROWS and column <= _COLUMNS else None


def _text(cell: _Element, book: _Book) -> str:
    """What the cell shows."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(_M + "is")
        return "" if inline is None else _rich(inline)
    value = cell.findtext(_M + "v") or ""
    if kind == "s":
        number = _integer(value, -1)
        return book.strings[number] if 0 <= number < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, "")
    if kind != "n" or not value:
        return value
    style = _integer(cell.get("s"))
    code = book.formats[style] if 0 <= style < len(book.formats) else "General"
    if is_date(code):
        try:
            return day(float(value), book.epoch_1904) or value
        except ValueError:
            return value
    return render(value, code)


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return int(text or "") if len(text or "") < 10 else default
    except ValueError:
        return default
