""".csv and .tsv -> raw paragraphs and tables. The separator is told from the content, the encoding as for plain text."""

from __future__ import annotations

import csv
from collections import Counter

from gouji.model import patterns as re
from gouji.model.document import DocumentError, NotChecked
from gouji.readers.raw import Raw
from gouji.readers.sheet import MAX_CELLS, Page, to_raws, too_many
from gouji.readers.text import decode

_SEPARATORS = ",\t;|"
_DECLARED = re.compile(r"sep=(.)\r?\n")
_TEXT_NUMBER = re.compile(r'="([^"]*)"')  # what exports write so that Excel keeps 0123
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufeff]")
_LOOKED_AT = 200


def read_raw(data: bytes) -> tuple[list[Raw], list[NotChecked]]:
    """One field of cells, cut into titles and tables as a sheet is."""
    text = _ODD.sub("", decode(data))
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared[1] if declared else _separator(text)
    page = Page("")
    try:
        for number, row in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=separator)):
            for column, value in enumerate(row):
                found = _TEXT_NUMBER.fullmatch(value)
                shown = (found[1] if found else value).strip()
                if shown:
                    page.cells[number, column] = shown
            if len(page.cells) > MAX_CELLS:
                raise too_many()
    except csv.Error as error:
        raise DocumentError(f"不是完整的 CSV 文件：{error}", f"Not a well-formed CSV file: {error}") from error
    return to_raws([page])


def _separator(text: str) -> str:
    """The one that most lines have equally often."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def steady(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        return (max(counts.values(), default=0), -_SEPARATORS.index(separator))

    return max(_SEPARATORS, key=steady)
