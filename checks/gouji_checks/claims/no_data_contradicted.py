"""A table that is said to hold no data holds some."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Quantity, Severity, Span, Text, check
from gouji.model import patterns as re

_SAID = re.compile(r"(?:本|此|该)表(?:无数据|没有数据|为空|无数字)")
_REACH = 3  # blocks between a table and its note
_COUNTS = re.compile(r"\s*\d{1,2}\s*")


@check(
    code="CL402",
    name="no-data-contradicted",
    theme="claims",
    severity=Severity.WARNING,
    zh="注明无数据的表中有数据",
    en="a table said to hold no data holds some",
)
def no_data_contradicted(ctx: AuditContext) -> Iterator[Hit]:
    """A table that is said to hold no data holds some.

    What it does
    Reads the note under a table (本表无数据, 本表为空) and looks for an amount above zero in the table. Codes, the numbers of
    the columns and zeros are no data.

    Why is this bad
    Either the amounts or the note are left over from another year.

    Example
    Flagged::

        科目代码	科目名称	年初结转和结余	本年收入	本年支出
        2120804	农村基础设施建设支出	12.50	30.00	42.50
        注：本部门没有政府性基金收支，故本表无数据。

    Accepted::

        科目代码	科目名称	年初结转和结余	本年收入	本年支出
        合计	合计	0.00	0.00	0.00
        注：本部门没有政府性基金收支，故本表无数据。

    Rests on
    The finance ministry's forms of final accounts: a table without data is published blank, with a note.
    """
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("表无数", "表没有", "表为空"))):
        said = _SAID.search(block.text) if block.kind is not BlockKind.ROW else None
        if said is None:
            continue
        amount = _amount_above(ctx, block.index)
        if amount is not None:
            places = (Place(Span(block.index, said.start(), said.end())), Place(amount.span, "restated"))
            yield Hit(
                Text(f"注明“{said[0]}”，表中却有{amount.raw}", f"the note says “{said[0]}”, the table holds {amount.raw}"),
                places,
                stated=said[0],
                computed=amount.raw,
            )


def _amount_above(ctx: AuditContext, note: int) -> Quantity | None:
    """The first amount of the table just above a note."""
    rows = [b for b in ctx.document.blocks[max(note - _REACH, 0) : note] if b.table is not None]
    if not rows or rows[-1].table is None:
        return None
    table = ctx.document.tables[rows[-1].table]
    for index in table.rows[table.header_rows :]:
        block = ctx.document.blocks[index]
        for q in ctx.facts.blocks[index].quantities:
            whole = q.cell is not None and block.cells[q.cell].text.strip() == q.raw.strip()
            counted = _COUNTS.fullmatch(q.raw) is not None or not q.figure.places
            if whole and q.base and not counted:
                return q
    return None
