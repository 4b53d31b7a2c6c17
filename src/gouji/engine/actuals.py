"""The bureau's own ledger of payments: a spreadsheet, delimited text or Parquet table, its columns mapped by a small TOML or guessed.

[columns]                 # what the ledger calls them; every key but project and spent is optional
unit = "预算单位"
project = "项目名称"
year = "年度"
budget = "全年预算"
spent = "支付金额"

money = "元"              # unit of the amounts; else that of the column's brackets or of 单位：…, else 元
bound = 85                # names of projects less alike are not taken for one (0–100)
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gouji.claims.accounts.actuals import BOUND, Paid
from gouji.model import patterns as re
from gouji.model.document import Block, BlockKind, Cell, Document, DocumentError, Table
from gouji.model.fact import Span
from gouji.model.record import record
from gouji.model.text import Text

KEYS = ("unit", "project", "year", "budget", "spent")
_GUESSES: Mapping[str, re.Pattern[str]] = {
    "unit": re.compile(r"单位名称|预算单位|部门名称|单位|部门"),
    "project": re.compile(r"项目名称|项目|专项"),
    "year": re.compile(r"年度|年份|预算年"),
    "budget": re.compile(r"全年预算|调整后?预算|预算(?:数|金额|指标)?|指标(?:数|金额)?"),
    "spent": re.compile(r"实际支付|支付(?:金额|数)?|实际支出|支出(?:金额|数)?|执行(?:数|金额)?|发生额|金额"),
}
_MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_BRACKET = re.compile(r"[（(]\s*(亿元|万元|千元|元)\s*[）)]")
_SUM = re.compile(r"合计|小计|总计")
_HEAD = 12  # rows among which the header stands


class ActualsError(Exception):
    """A ledger or mapping that cannot be used; `reason` says why, for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


@record(frozen=True, slots=True)
class Columns:
    """How a ledger is to be read: names of its columns by key, unit of money, bound of the match."""

    columns: Mapping[str, str]
    money: str | None = None
    bound: int = BOUND


@record(frozen=True, slots=True)
class Ledger:
    """The ledger as a document, and what it says by unit, project and year. `said` tells how its columns were taken."""

    document: Document
    paid: tuple[Paid, ...]
    bound: int
    said: Text
    skipped: int = 0  # rows with a project whose amount could not be read


def mapping(path: Path) -> Columns:
    """The mapping in a TOML file."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ActualsError(f"{path}：{error}", f"{path}: {error}") from error
    columns = data.get("columns", {})
    unknown = sorted(
        {*(set(data) - {"columns", "money", "bound"}), *(set(columns) - set(KEYS) if isinstance(columns, dict) else ())}
    )
    if unknown or not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise ActualsError(f"{path}：不认识的键 {'、'.join(unknown)}", f"{path}: unknown key {', '.join(unknown)}")
    money, bound = data.get("money"), data.get("bound", BOUND)
    if money is not None and money not in _MONEY:
        raise ActualsError(f"{path}：money 只能是 {'、'.join(_MONEY)}", f"{path}: money must be one of {', '.join(_MONEY)}")
    if not isinstance(bound, int) or isinstance(bound, bool) or not 0 < bound <= 100:
        raise ActualsError(f"{path}：bound 须为1到100的整数", f"{path}: bound must be an integer from 1 to 100")
    return Columns(columns, money, bound)


def load(path: Path, how: Columns | None = None) -> Ledger:
    """The ledger in a file. ActualsError names the file and what is wrong with it, or the extra that is not installed."""
    if find_spec("rapidfuzz") is None:
        raise ActualsError('--actuals 需要 pip install "gouji[actuals]"', '--actuals needs pip install "gouji[actuals]"')
    return read(_document(path), how)


def read(document: Document, how: Columns | None = None) -> Ledger:
    """The ledger in a document that has been read."""
    how = how or Columns({})
    best: tuple[int, Table, int, dict[str, int]] | None = None
    for table in document.tables:
        for at, index in enumerate(table.rows[:_HEAD]):
            found = _header(document.blocks[index], how.columns)
            if {"project", "spent"} <= set(found) and (best is None or len(found) > best[0]):
                best = (len(found), table, at, found)
    if best is None:
        raise ActualsError(
            f"{document.path}：找不到“项目”和“支付”两列，请用 --actuals-map 指明列名",
            f"{document.path}: no columns for project and payment; name them with --actuals-map",
        )
    _, table, at, columns = best
    head = document.blocks[table.rows[at]]
    names = {key: _cell(head, column) for key, column in columns.items()}
    money = how.money or next((m[1] for k in ("spent", "budget") if k in names and (m := _BRACKET.search(names[k].text))), None)
    money = money or (table.unit if table.unit in _MONEY else None) or "元"
    paid, skipped = _rows(document, table.rows[at + 1 :], columns, _MONEY[money])
    shown = "，".join(f"{_ZH[key]}＝“{cell.text.strip()}”" for key, cell in names.items())
    given = "按对照表" if how.columns else "按列名推定"
    said = Text(
        f"台账各列（{given}）：{shown}；金额单位{money}；{len(paid)}个单位项目",
        f"columns of the ledger: {', '.join(f'{k} = {c.text.strip()}' for k, c in names.items())}; amounts in {money}; {len(paid)} projects",
    )
    return Ledger(document, paid, how.bound, said, skipped)


_ZH = {"unit": "单位", "project": "项目", "year": "年度", "budget": "预算", "spent": "支付"}


def _header(block: Block, named: Mapping[str, str]) -> dict[str, int]:
    """The columns by key in a row of names: as the mapping says, else by what such columns are called, each once."""
    texts = {cell.column: re.sub(r"\s+", "", cell.text) for cell in block.cells if cell.text.strip()}
    found: dict[str, int] = {}
    for key, name in named.items():
        column = next((c for c, t in texts.items() if t == re.sub(r"\s+", "", name)), None)
        if column is not None:
            found[key] = column
    for key in KEYS:
        pattern = _GUESSES[key]
        free = {c: _BRACKET.sub("", t) for c, t in texts.items() if c not in found.values()}
        if key in named or any(re.fullmatch(r"[-\d.,%]+", t) for t in free.values()):
            continue
        hits = [c for c, t in free.items() if pattern.fullmatch(t)] or [
            c for c, t in free.items() if pattern.search(t) and len(t) <= 12
        ]
        if hits:
            found[key] = hits[0]
    return found


def _cell(block: Block, column: int) -> Cell:
    return next(c for c in block.cells if c.column == column)


def _rows(document: Document, rows: Sequence[int], columns: Mapping[str, int], factor: Decimal) -> tuple[tuple[Paid, ...], int]:
    """The rows, those of one unit, project and year taken together: payments added, one budget if all rows state the same."""
    groups: dict[tuple[str, str, int | None], list[tuple[Decimal, Decimal | None, Span, Span]]] = {}
    skipped = 0
    last_unit = ""
    for index in rows:
        block = document.blocks[index]
        cells = {c.column: c for c in block.cells}
        texts = {key: cells[column].text.strip() if column in cells else "" for key, column in columns.items()}
        last_unit = texts.get("unit") or last_unit
        if not texts["project"] or _SUM.search(texts["project"]) or _SUM.search(texts.get("unit", "")):
            continue
        spent = _number(texts["spent"])
        if spent is None:
            skipped += bool(texts["spent"])
            continue
        budget = _number(texts.get("budget", ""))
        year = re.search(r"(?:19|20)\d\d", texts.get("year", ""))
        name, pay = cells[columns["project"]], cells[columns["spent"]]
        groups.setdefault((last_unit, texts["project"], int(year[0]) if year else None), []).append(
            (spent * factor, None if budget is None else budget * factor, _span(index, name), _span(index, pay))
        )
    paid = [
        Paid(unit, project, year, _budget([b for _, b, _, _ in entries]), sum((s for s, *_ in entries), Decimal(0)), entries[0][2],
             tuple(p for *_, p in entries))
        for (unit, project, year), entries in groups.items()
    ]  # fmt: skip
    return tuple(paid), skipped


def _budget(stated: Sequence[Decimal | None]) -> Decimal | None:
    known = [b for b in stated if b is not None]
    if not known:
        return None
    return known[0] if len(set(known)) == 1 else sum(known, Decimal(0))


def _span(index: int, cell: Cell) -> Span:
    return Span(index, cell.start, cell.end)


def _number(text: str) -> Decimal | None:
    bare = re.sub(r"[,，\s¥￥]|元$", "", text)
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


# ---- reading --------------------------------------------------------------------------------------------------------------------


def _document(path: Path) -> Document:
    from gouji import readers

    try:
        return _parquet(path) if path.suffix.lower() == ".parquet" else readers.read(path)
    except DocumentError as error:
        raise ActualsError(f"{path}：{error.reason.zh}", f"{path}: {error.reason.en}") from error


def _parquet(path: Path) -> Document:
    """A Parquet table as a document of one table."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ActualsError(
            f'{path}：需要 pip install "gouji[actuals]"', f'{path}: needs pip install "gouji[actuals]"'
        ) from error
    try:
        data = path.read_bytes()
        table = pq.read_table(pa.BufferReader(data))
    except (OSError, pa.ArrowException) as error:
        raise ActualsError(f"{path}：不是可读的 Parquet 文件", f"{path}: not a readable Parquet file") from error
    rows = [list(table.column_names), *([_said(v) for v in row.values()] for row in table.to_pylist())]
    blocks = tuple(_row(n, row) for n, row in enumerate(rows))
    one = Table(0, tuple(range(len(blocks))), len(rows[0]))
    return Document(str(path), hashlib.sha256(data).hexdigest(), "parquet", path.stem, blocks, (one,))


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _row(number: int, row: Sequence[str]) -> Block:
    return Block(number, BlockKind.ROW, "\t".join(row), table=0, cells=tuple(_cells(number, row)))


def _cells(number: int, row: Sequence[str]) -> Iterator[Cell]:
    start = 0
    for column, text in enumerate(row):
        yield Cell(text, start, start + len(text), number, column, address=f"T1R{number + 1}C{column + 1}")
        start += len(text) + 1
