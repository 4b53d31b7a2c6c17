""".xls (BIFF, as old Excel and WPS write it) -> raw paragraphs and tables, through xlrd."""

from __future__ import annotations

import os
from typing import Any

from gouji.model.document import DocumentError, NotChecked
from gouji.readers.number_format import day, is_date, render, stored
from gouji.readers.raw import Raw
from gouji.readers.sheet import MAX_CELLS, Merge, Page, to_raws, too_many

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  # xlrd's cell types


def read_raw(data: bytes) -> tuple[list[Raw], list[NotChecked]]:
    """The visible sheets in order; DocumentError says why the workbook cannot be read."""
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        with open(os.devnull, "w") as silent:  # noqa: PTH123 - xlrd prints its doubts about a file
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=silent)
            pages = _pages(book)
    except DocumentError:
        raise
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise DocumentError(
                "文件已加密（设有打开密码），请去除密码后再提交",
                "The file is encrypted with a password; remove it and submit again",
            ) from error
        raise _damaged() from error
    except (MemoryError, RecursionError, Exception) as error:  # xlrd trusts the records: any of them may lead it astray
        raise _damaged() from error
    return to_raws(pages)


def _damaged() -> DocumentError:
    return DocumentError("旧版 Excel 文件（.xls）已损坏，无法读取", "The old Excel file (.xls) is damaged and cannot be read")


def _pages(book: Any) -> list[Page]:
    pages = []
    left = MAX_CELLS
    for sheet in book.sheets():
        page = Page(sheet.name, hidden=bool(sheet.visibility))
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                text = _text(book, sheet.cell(row, column))
                if text.strip():
                    page.cells[row, column] = text
                    if sheet.cell_type(row, column) == _NUMBER and (held := stored(sheet.cell_value(row, column), text)):
                        page.stored[row, column] = held
        left -= len(page.cells)
        if left < 0:
            raise too_many()
        page.merges = [Merge(top, first, bottom - 1, last - 1) for top, bottom, first, last in sheet.merged_cells]
        page.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        page.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        pages.append(page)
    return pages


def _text(book: Any, cell: Any) -> str:
    """What the cell shows."""
    from xlrd import error_text_from_code

    if cell.ctype == _TEXT:
        return str(cell.value)
    if cell.ctype == _BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == _ERROR:
        return str(error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype not in (_NUMBER, _DATE):
        return ""
    code = str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
    if cell.ctype == _DATE or is_date(code):
        return day(cell.value, bool(book.datemode)) or str(cell.value)
    return render(cell.value, code)
