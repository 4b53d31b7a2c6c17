"""The document as its author wrote it, as HTML: headings, paragraphs, tables with their spans, notes, page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from markupsafe import Markup, escape

from gouji.model import patterns as re
from gouji.model.document import Block, BlockKind, Cell, Document
from gouji_reports.labels import UI, name
from gouji_reports.marks import Marker

_NUMBER = re.compile(r"[\s\d.,，．％%+\-−－/—]*\d[\s\d.,，．％%]*")
_LOWEST = 4  # depth of headings in these reports
_CLASSES = {
    BlockKind.TITLE: "b title",
    BlockKind.PARAGRAPH: "b",
    BlockKind.LIST_ITEM: "b li",
    BlockKind.NOTE: "b note",
    BlockKind.HEADER: "b running",
}


def body(document: Document, marker: Marker, lang: str, pictures: Mapping[int, Markup] | None = None) -> Markup:
    """All blocks in reading order; the picture of a page where it begins."""
    return Markup("").join(_body(document, marker, lang, dict(pictures or {})))


def _body(document: Document, marker: Marker, lang: str, pictures: dict[int, Markup]) -> Iterator[Markup]:
    page = None
    for table, run in groupby(document.blocks, key=lambda b: (b.kind is BlockKind.ROW, b.table)):
        blocks = list(run)
        if table[0]:
            page, mark = _page(blocks[0], page, lang, pictures)
            yield mark
            yield _table(document, blocks, marker, lang)
            continue
        for block in blocks:
            page, mark = _page(block, page, lang, pictures)
            yield mark
            yield _block(block, marker)


def _page(block: Block, page: int | None, lang: str, pictures: dict[int, Markup]) -> tuple[int | None, Markup]:
    """The page of a block, and the words that announce it where it is a new one."""
    here = block.anchor.page
    if here is None or here == page:
        return page, Markup("")
    words = name(UI, "page", lang).format(here)
    return here, Markup('<p class="pg">%s</p>\n') % words + pictures.pop(here, Markup(""))


def _block(block: Block, marker: Marker) -> Markup:
    tag, kind = "p", _CLASSES.get(block.kind, "b")
    if block.kind is BlockKind.HEADING:
        level = min(max(block.level or 1, 1), _LOWEST)
        tag, kind = f"h{level + 2}", f"b l{level}"
    words = marker.render(block.index, block.text)
    return Markup('<%s class="%s" id="%sb%s" data-n="%s">%s</%s>\n') % (
        tag,
        kind,
        marker.prefix,
        block.index,
        block.index + 1,
        words,
        tag,
    )


def _table(document: Document, rows: list[Block], marker: Marker, lang: str) -> Markup:
    number = rows[0].table
    known = document.tables[number] if number is not None and number < len(document.tables) else None
    heads = set(known.rows[: known.header_rows]) if known else set()
    columns = known.columns if known else max(len(b.cells) for b in rows)
    lines = Markup("").join(_row(block, marker, columns, head=block.index in heads) for block in rows)
    label = f"{name(UI, 'table', lang)} {number + 1}" if number is not None else name(UI, "table", lang)
    label += f" ({marker.prefix})" if marker.prefix != "d1" else ""  # several documents on one page
    return Markup('<div class="wide" role="region" tabindex="0" aria-label="%s"><table>\n%s</table></div>\n') % (label, lines)


def _row(block: Block, marker: Marker, columns: int, *, head: bool) -> Markup:
    cells = Markup("").join(_cell(block, cell, marker, head=head) for cell in block.cells)
    if not block.cells:
        cells = Markup('<td colspan="%s">%s</td>') % (max(columns, 1), marker.render(block.index, block.text))
    return Markup('<tr id="%sb%s" data-n="%s">%s</tr>\n') % (marker.prefix, block.index, block.index + 1, cells)


def _cell(block: Block, cell: Cell, marker: Marker, *, head: bool) -> Markup:
    words = marker.render(block.index, block.text, cell.start, cell.end) if cell.end > cell.start else escape("")
    spans = Markup("").join(
        Markup(' %s="%s"') % (side, count)
        for side, count in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if count > 1
    )
    kind = Markup(' class="num"') if not head and _NUMBER.fullmatch(cell.text) else ""
    tag = "th" if head else "td"
    return Markup("<%s%s%s>%s</%s>") % (tag, kind, spans, words, tag)
