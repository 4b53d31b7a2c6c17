"""What the tables of a form and of final accounts state, each figure with its subject and scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.scene import Scene
from gouji.claims.tables.funds import fund_label, fund_rows
from gouji.claims.tables.grade import total_score
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort, is_indicators
from gouji.claims.tables.words import squeeze
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity, Span
from gouji.model.package import Said
from gouji.model.quantity import Dimension

_NAME = re.compile(r"项目名称")
_NAME_LINE = re.compile(r"项目名称\s*[：:]\s*([^\s，。；：]{2,40})")
_FISCAL = re.compile(r"财政拨款|一般公共预算|财政资金")
_LINES = {  # of final accounts: the row's label -> key
    "income": re.compile(r"本年收入合计"),
    "spent": re.compile(r"本年支出合计"),
    "total": re.compile(r"(?:收入|支出)?总计"),
    "opening": re.compile(r"(?:年初|上年)结转(?:和结余)?"),
    "closing": re.compile(r"年末结转(?:和结余)?|结转下年"),
}
_COLUMNS = {
    "spent": re.compile(r"本年支出合计|本年支出(?:小计)?"),
    "income": re.compile(r"本年收入合计"),
    "basic": re.compile(r"基本支出"),
    "project": re.compile(r"项目支出"),
}
_THREE = {
    "three_public": re.compile(r"合计|“?三公”?经费.*(?:合计)?"),
    "abroad": re.compile(r"因公出国.*"),
    "car_buy": re.compile(r"公务用车购置费?"),
    "car_run": re.compile(r"公务用车运行(?:维护)?费?"),
    "reception": re.compile(r"公务接待费"),
}


# ---- forms ----------------------------------------------------------------------------------------------------------------------


def subjects(scene: Scene) -> Iterator[Said]:
    """The projects that the forms of a file are about: the cell beside 项目名称, or the line above the table."""
    for table in scene.document.tables:
        found = _subject(scene, table.rows)
        if found is not None:
            yield found


def _subject(scene: Scene, rows: Sequence[int]) -> Said | None:
    for index in rows:
        block = scene.document.blocks[index]
        for cell, value in zip(block.cells, block.cells[1:], strict=False):
            text = value.text.strip()
            if _NAME.fullmatch(squeeze(cell.text).rstrip("：")) and text and not _NAME.search(text):
                start = value.start + value.text.index(text)
                if not any(squeeze(c.text) in ("年初预算数", "金额", "预算数", "得分") for c in block.cells):
                    return Said("project", Span(index, start, start + len(text)), text)
    first = rows[0] if rows else 0
    for block in scene.document.blocks[max(0, first - 4) : first]:
        match = _NAME_LINE.search(block.text)
        if match and not block.cells:
            return Said("project", Span(block.index, *match.span(1)), match[1])
    return None


def table_subjects(scene: Scene) -> dict[int, str]:
    """The project of each table by its index: its own, else that of the form that goes on in it; "" before the first."""
    named: dict[int, str] = {}
    last = ""
    for table in scene.document.tables:
        found = _subject(scene, table.rows)
        last = found.words if found is not None else last
        named[table.index] = last
    return named


def form_said(scene: Scene, sections: Sequence[Section], claims: Sequence[Claim]) -> Iterator[Said]:
    """Funds, rate, total score and grade of every form, under its project's name; "" for the unit's own form."""
    named = table_subjects(scene)
    graded = {c.operands[0].span.block: c for c in claims if c.kind is ClaimKind.GRADE and c.shape == "row"}
    for section in sections:
        subject = named.get(section.table.index, "")
        if is_indicators(section):
            score = total_score(section)
            if score is not None:
                yield Said("score", score.span, "自评总得分", subject, quantity=score)
        else:
            yield from _funds(section, subject)
    forms = {s.table.index for s in sections if is_indicators(s)}
    for block, claim in graded.items():
        at = scene.document.blocks[block].table
        if at is not None and at in forms:
            yield Said("grade", claim.operands[0].span, claim.stated, named.get(at, ""))


def _funds(section: Section, subject: str) -> Iterator[Said]:
    found = fund_rows(section)
    if found is None:
        return
    at, below = found
    yield from _amounts(section, section.rows[at], subject, "")
    fiscal = [r for r in below if _FISCAL.search(fund_label(r))]
    if len(fiscal) == 1:
        yield from _amounts(section, fiscal[0], subject, "fiscal")


def _amounts(section: Section, row: Line, subject: str, scope: str) -> Iterator[Said]:
    for column in section.columns:
        q = row.values.get(column.index)
        key = _fund_key(column)
        if q is not None and key is not None:
            yield Said(key, q.span, f"{fund_label(row)}·{column.name}", subject, scope, q)


def _fund_key(column: Column) -> str | None:
    if column.sort is Sort.RATE:
        return "rate"
    if column.sort is Sort.SPENT:
        return "spent"
    if column.sort is not Sort.BUDGET:
        return None
    if "年初" in column.name:
        return "budget_initial"
    return "budget" if re.search(r"全年|调整", column.name) else "budget_any"


# ---- final accounts -------------------------------------------------------------------------------------------------------------


def accounts_said(scene: Scene, sections: Sequence[Section]) -> Iterator[Said]:
    """The totals of final accounts by the names of their rows and columns; the table's caption tells the scope."""
    for section in sections:
        caption = _caption(scene, section)
        scope = "fiscal" if _FISCAL.search(caption) else ""
        if "三公" in caption:
            yield from _three_public(section)
            continue
        for row in section.rows:
            label = squeeze(row.label)
            key = next((k for k, p in _LINES.items() if p.fullmatch(label)), None)
            if key is not None:
                q = _last_money(section, row)
                if q is not None:
                    yield Said(key, q.span, label, scope=scope, quantity=q)
            if row.kind == Kind.TOTAL:
                yield from _total_columns(section, row, scope)


def _total_columns(section: Section, row: Line, scope: str) -> Iterator[Said]:
    for column in section.columns:
        q = row.values.get(column.index)
        key = next((k for k, p in _COLUMNS.items() if p.fullmatch(column.name)), None)
        if q is not None and key is not None and q.dimension is Dimension.MONEY:
            yield Said(key, q.span, f"{row.label}·{column.name}", scope=scope, quantity=q)


def _three_public(section: Section) -> Iterator[Said]:
    for row in section.rows:
        for column in section.columns:
            q = row.values.get(column.index)
            if q is None or "预算" in column.group + column.name or q.dimension is not Dimension.MONEY:
                continue
            by_column = next((k for k, p in _THREE.items() if p.fullmatch(column.name)), None)
            by_row = next((k for k, p in _THREE.items() if p.fullmatch(squeeze(row.label))), None)
            key = by_row if by_row is not None and column.sort is Sort.SPENT else by_column if by_row is None else None
            if key is not None:
                yield Said(key, q.span, row.label or column.name, quantity=q)


def _last_money(section: Section, row: Line) -> Quantity | None:
    """The one amount of a row; of 年初预算 | 全年预算 | 决算 the last."""
    held = [(c, row.values[c.index]) for c in section.columns if c.index in row.values]
    money = [(c, q) for c, q in held if q.dimension is Dimension.MONEY]
    if len(money) > 1:
        money = [(c, q) for c, q in money if "决算" in c.name or c.name in ("金额", "合计", "小计")] or []
    return money[0][1] if len(money) == 1 else None


def _caption(scene: Scene, section: Section) -> str:
    """The words above the table, back to the table before it."""
    caption = section.table.caption
    first = section.table.rows[0]
    words = [scene.document.blocks[caption].text] if caption is not None else []
    for block in reversed(scene.document.blocks[max(0, first - 6) : first]):
        if block.cells:
            break
        words.append(block.text)
    return "".join(words)
