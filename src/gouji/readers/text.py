"""Plain text: bytes -> raw paragraphs and tables. The encoding is told from the bytes, never from the file's name."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence

from gouji.model import patterns as re
from gouji.model.document import DocumentError
from gouji.readers.raw import Raw, RawCell, RawParagraph, RawTable
from gouji.text.markers import parse_marker

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAUSIBLE = re.compile(
    r"[\t\n\r\f -~\xa0-\xff\u2000-\u206f\u2100-\u27bf\u3000-\u30ff\u3200-\u33ff\u4e00-\u9fff\uff00-\uffef\x00\ufeff]+"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2060\ufffe\uffff]+")
_NEWLINE = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_WIDE = re.compile(r"[ \u3000\xa0]{2,}|\u3000")
_INDENTED = re.compile(r"[ \u3000\xa0]{2,}\S")
_SLASH = re.compile(r"[ \u3000]+[/／][ \u3000]+")
_RULE = re.compile(r"[\s|:+\-—=]+")
_NUMBER = re.compile(r"[-+－]?[\d,，.．]+[%％]?(?:万元|元|分)?")
_SUM = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*分")
_FIGURE = re.compile(r"^[\d.,%％]+$")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_PROSE = re.compile(r"[。；，！？\t|｜\u3000\xa0]|(?<!其中)：.")
_HEADS = re.compile("预算数|执行数|分值|得分|执行率|金额|目标值|指标值|实际值|完成值|权重|数量|单价|占比")
_BLANKS = frozenset(["—", "——", "-", "–", "/", "／", "无"])
_SINGLE_LINE = 80  # characters of a row whose cells single blanks part
_FORM = 3  # words of a form's head that make one row below it a table
_ODD_SHARE = 0.1  # more characters than this share that no Chinese report uses: not text


def read_raw(data: bytes) -> list[Raw]:
    """The paragraphs and tables of a plain text; blank lines show as gaps between the line numbers.

    A form feed stays at the head of its line: reflow takes it for a page break.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise DocumentError("文件是空的", "the file is empty")
    text = _CONTROL.sub("", _NEWLINE.sub("\n", decode(data)))
    if not text.strip():
        raise DocumentError("文件是空的", "the file is empty")
    return _tables([(number, part) for number, line in enumerate(text.split("\n"), 1) for part in _pages(line) if part.strip()])


def decode(data: bytes) -> str:
    """The text of `data` in UTF-8, GB18030 or UTF-16, with or without BOM."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _checked(data, name)
    zeros = data.count(0)
    if zeros * 50 > len(data) and len(data) % 2 == 0:
        little = data[1::2].count(0) >= data[0::2].count(0)
        return _checked(data, "utf-16-le" if little else "utf-16-be")
    best: tuple[float, str] = (_ODD_SHARE, "")
    for name in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        odd = _odd(text)
        if name == "utf-8" and odd < _ODD_SHARE:
            return text
        if odd < best[0]:
            best = (odd, text)
    if not best[1]:
        raise _unreadable()
    return best[1]


def _checked(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise _unreadable() from None
    if _odd(text) >= _ODD_SHARE:
        raise _unreadable()
    return text


def _unreadable() -> DocumentError:
    return DocumentError(
        "不是可识别的文本：不是 UTF-8、GB18030 或 UTF-16 编码", "not a readable text: neither UTF-8 nor GB18030 nor UTF-16"
    )


def _odd(text: str) -> float:
    """The share of characters that a Chinese report does not use."""
    return len(_PLAUSIBLE.sub("", text)) / len(text) if text else 0.0


def _pages(line: str) -> list[str]:
    """The line cut at its form feeds, each part after a cut keeping its form feed."""
    if "\f" not in line:
        return [line]
    first, *rest = line.split("\f")
    return [first, *("\f" + part for part in rest)]


Rows = list[list[str]]
Splitter = Callable[[str], list[str] | None]


def _tables(lines: Sequence[tuple[int, str]]) -> list[Raw]:
    """Paragraphs, with every run of lines that are rows made a table."""
    raws: list[Raw] = []
    at = 0
    while at < len(lines):
        rows, fits = next(((rows, fits) for split, fits in _LAYOUTS if (rows := _run(lines, at, split))), ([], None))
        run = lines[at : at + max(len(rows), 1)]
        if len(rows) > 2 and len(rows[0]) + 1 == len(rows[1]) and _INDENTED.match(run[0][1]):
            rows[0].insert(0, "")  # a header whose first cell is blank
        if fits is not None and fits(rows):
            raws.append(_table([number for number, _ in run], rows))
        elif (
            fits is not None and len(rows) > 2 and len(rows[0]) == 2 and fits(rows[1:])
        ):  # 表3　绩效指标 above the table itself
            raws.append(RawParagraph(run[0][1], line=run[0][0]))
            raws.append(_table([number for number, _ in run[1:]], rows[1:]))
        else:
            raws.extend(RawParagraph(line, line=number) for number, line in run)
        at += len(run)
    return raws


def _run(lines: Sequence[tuple[int, str]], at: int, split: Splitter) -> Rows:
    """The rows from line `at` on, as long as each line splits into cells and no blank line divides them."""
    rows: Rows = []
    while at < len(lines):
        number, line = lines[at]
        cells = split(line)
        if cells is None and rows and split is _tabbed and _lone_cell(line):
            cells = [cell.strip() for cell in line.strip("\n\r\f ").split("\t")]
        if cells is None or (rows and number - lines[at - 1][0] > 1):
            break
        if split is _single and rows and len(cells) != len(rows[0]) and not _summed_up(cells, rows[0]):
            break
        rows.append(cells)
        at += 1
    return _framed(rows) if split is _piped else rows


def _tabbed(line: str) -> list[str] | None:
    if "\t" not in line.strip():
        return None
    return [cell.strip() for cell in line.strip("\n\r\f ").split("\t")]


def _lone_cell(line: str) -> bool:
    """A row of which one cell is filled: blank cells stand before and behind it, not an indent alone."""
    return line.count("\t") >= 2 and bool(line.strip())


def _tabs_fit(rows: Rows) -> bool:
    """Two rows or more with a like number of short cells."""
    wide = max(len(row) for row in rows)
    longest = max(len(cell) for row in rows for cell in row)
    listed = wide == 2 and any((mark := parse_marker(row[0])) and mark.end == len(row[0]) for row in rows)
    return len(rows) >= 2 and wide <= 40 and not listed and (wide >= 3 or longest <= 60)


def _piped(line: str) -> list[str] | None:
    if "|" not in line and "｜" not in line:
        return None
    return [cell.strip() for cell in line.strip().replace("｜", "|").split("|")]


def _framed(rows: Rows) -> Rows:
    """The rows without the frame that a pipe at both ends, or at the head, of every line draws: of one line alone it parts a blank cell."""
    for end in (0, -1):
        if rows and all(len(row) > 2 and not row[end] for row in rows):
            rows = [row[1:] if end == 0 else row[:-1] for row in rows]
    return rows


def _pipes_fit(rows: Rows) -> bool:
    return len(rows) >= 2 and len({len(row) for row in rows if not _SUM.fullmatch(row[0])}) == 1


def _spaced(line: str) -> list[str] | None:
    line = line.strip()
    if "  " not in line and "\u3000" not in line and "\xa0" not in line:
        return None
    if line.startswith(("|", "｜")):
        return None  # a row of another layout, some cells of which are blank
    cells = _WIDE.split(line)
    return cells if len(cells) >= 2 else None


def _spaces_fit(rows: Rows) -> bool:
    """Three rows or more of equally many cells, and figures in the columns after the first."""
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or max(len(cell) for row in rows for cell in row) > 40:
        return False
    later = [cell for row in rows[1:] for cell in row[1:]]
    return sum(_NUMBER.fullmatch(cell) is not None for cell in later) * 2 >= len(later)


def _single(line: str) -> list[str] | None:
    """Short cells that single blanks part, as a conversion leaves them; no sentence."""
    line = line.strip()
    if " " not in line or "  " in line or len(line) > _SINGLE_LINE or _PROSE.search(line):
        return None
    return line.split(" ")


def _summed_up(cells: list[str], head: list[str]) -> bool:
    """全部指标分值合计 100: a short row below the others, its figures those of the last columns."""
    return len(cells) < len(head) and _SUM.search(cells[0]) is not None and all(_NUMBER.fullmatch(c) for c in cells[1:])


def _singles_fit(rows: Rows) -> bool:
    """A head without figures, two rows or more of as many cells (one where the head's words are a form's), and a column of figures alone."""
    head, *body = rows
    whole = [row for row in body if len(row) == len(head)]
    least = 1 if len(_HEADS.findall(" ".join(head))) >= _FORM else 2
    if len(whole) < least or len(head) < 3 or any(_FIGURE.search(cell) or not cell for cell in head):
        return False
    columns = list(zip(*whole, strict=True))
    figures = [all(_NUMBER.fullmatch(c) or c in _BLANKS for c in column) for column in columns]
    numbered = all(cell == str(n) for n, cell in enumerate([c for c in columns[0] if not _SUM.search(c)], 1))
    named = all(_WORD.search(cell) and not _NUMBER.fullmatch(cell) for cell in columns[1 if numbered else 0])
    return (
        named and any(figures) and any(_NUMBER.fullmatch(c) for n, column in enumerate(columns) if figures[n] for c in column)
    )


def _slashed(line: str) -> list[str] | None:
    if " / " not in line and "／" not in line:
        return None
    cells = [cell.strip() for cell in _SLASH.split(line.strip("\n\r\f"))]
    return cells if len(cells) >= 3 else None


def _slashes_fit(rows: Rows) -> bool:
    """Three rows or more of equally many short cells, and figures in most of the cells after the first."""
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or max(len(cell) for row in rows for cell in row) > 40:
        return False
    later = [cell for row in rows[1:] for cell in row[1:]]
    return sum(any(c.isdigit() for c in cell) for cell in later) * 2 >= len(later)


def _table(lines: Sequence[int], rows: Rows) -> RawTable:
    """The rows as a grid, without the rules of a drawn table and without columns that are blank on both sides."""
    kept = [(n, row) for n, row in zip(lines, rows, strict=True) if not all(_RULE.fullmatch(cell) for cell in row if cell)]
    kept = kept or list(zip(lines, rows, strict=True))
    kept = [(n, _aligned(row, [r for _, r in kept])) for n, row in kept]
    first = min(next((i for i, cell in enumerate(row) if cell), 0) for _, row in kept)
    last = max(next((i for i in range(len(row) - 1, -1, -1) if row[i]), 0) for _, row in kept)
    cells = [
        RawCell(text, r, c - first)
        for r, (_, row) in enumerate(kept)
        for c, text in enumerate(row + [""] * (last + 1 - len(row)))
        if first <= c <= last
    ]
    return RawTable(cells, line=kept[0][0], row_lines=tuple(n for n, _ in kept))


def _aligned(row: list[str], rows: Rows) -> list[str]:
    """A short row 合计 with its figures under the columns that hold figures, where there are as many."""
    wide = max(len(r) for r in rows)
    if len(row) == wide or not (_SUM.fullmatch(row[0]) or _summed_up(row, rows[0])):
        return row
    whole = [r for r in rows[1:] if len(r) == wide]
    columns = [c for c in range(1, wide) if whole and all(_NUMBER.fullmatch(r[c]) for r in whole)]
    if len(columns) != len(row) - 1:
        return row
    figures = dict(zip(columns, row[1:], strict=True))
    return [row[0], *(figures.get(c, "") for c in range(1, wide))]


_LAYOUTS: tuple[tuple[Splitter, Callable[[Rows], bool]], ...] = (
    (_tabbed, _tabs_fit),
    (_piped, _pipes_fit),
    (_slashed, _slashes_fit),
    (_spaced, _spaces_fit),
    (_single, _singles_fit),
)
