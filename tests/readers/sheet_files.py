"""Spreadsheets made on the spot: .xlsx from raw SpreadsheetML, .xls through xlwt."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from word_files import zipped

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def row(number: int, *cells: str, hidden: bool = False) -> str:
    return f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>{"".join(cells)}</row>'


def words(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def figure(place: str, value: str, style: int = 0, formula: str | None = None) -> str:
    inner = f"<f>{formula}</f>" if formula is not None else ""
    return f'<c r="{place}" s="{style}">{inner}{f"<v>{value}</v>" if value else ""}</c>'


def parts(*sheets: str, after: str = "", formats: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> dict[str, str | bytes]:
    """The parts of a workbook; a sheet is its rows. `after`: what follows the rows of the first. `formats`: of style 1, 2 …"""
    names = [f"sheet{i}" for i in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="表{i}" sheetId="{i}" state="{states[i - 1] if states else "visible"}" r:id="{name}"/>'
        for i, name in enumerate(names, 1)
    )
    own = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(formats, 1))
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(1, len(formats) + 1))
    found: dict[str, str | bytes] = {
        "_rels/.rels": _RELS.format(f'<Relationship Id="a" Type="{_KIND}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f"<workbook {_MAIN} {_LINKS}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELS.format(
            "".join(f'<Relationship Id="{n}" Type="{_KIND}/worksheet" Target="worksheets/{n}.xml"/>' for n in names)
            + f'<Relationship Id="s" Type="{_KIND}/styles" Target="styles.xml"/>'
        ),
        "xl/styles.xml": f"<styleSheet {_MAIN}><numFmts>{own}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
    }
    for at, (name, rows) in enumerate(zip(names, sheets, strict=True)):
        tail = after if at == 0 else ""
        found[f"xl/worksheets/{name}.xml"] = f"<worksheet {_MAIN}><sheetData>{rows}</sheetData>{tail}</worksheet>"
    return found


def workbook(*sheets: str, **options: Any) -> bytes:
    return zipped(parts(*sheets, **options))


def old_workbook(rows: list[list[Any]], merges: list[tuple[int, int, int, int]] | None = None, style: str = "General") -> bytes:
    """The bytes of an .xls of one sheet; a merge is top, bottom, left, right."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("收支")
    shown = xlwt.easyxf(num_format_str=style)
    merged = {(top, left): (top, bottom, left, right) for top, bottom, left, right in merges or []}
    for r, values in enumerate(rows):
        for c, value in enumerate(values):
            if (r, c) in merged:
                sheet.write_merge(*merged[r, c], value)
            elif value is not None:
                sheet.write(r, c, value, shown)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
