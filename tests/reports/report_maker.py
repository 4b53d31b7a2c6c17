"""Documents, evidence, findings and claims made by hand, block by block."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import Anchor, Block, BlockKind, Box, Cell, Document, Piece, Table
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Dimension, Figure, Unit
from gouji.model.result import (
    DocumentResult,
    Evidence,
    Finding,
    LedgerEntry,
    Severity,
    UntiedFigure,
)
from gouji.model.text import Text

WAN = Unit("万元", Dimension.MONEY, Decimal(10000))


@dataclass
class Maker:
    """Makes a document block by block, then spans by the words they cover."""

    path: str = "样例/部门整体支出绩效自评报告.docx"
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pages: bool = False

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, **more: Any) -> int:
        index = len(self.blocks)
        box = Box(index // 12 + 1, 72.0, 80.0 + index % 12 * 50, 520.0, 120.0 + index % 12 * 50)
        anchor = Anchor(paragraph=index, pieces=(Piece(0, len(text), box),) if self.pages else ())
        self.blocks.append(Block(index, kind, text, anchor, **more))
        return index

    def heading(self, text: str, level: int = 1) -> int:
        return self.add(text, BlockKind.HEADING, level=level)

    def table(self, *rows: list[str | tuple[str, int, int]], header_rows: int = 1) -> list[int]:
        """Rows of cells; a cell is its text, or (text, rowspan, colspan)."""
        made = []
        number = len(self.tables)
        for r, row in enumerate(rows):
            cells, text, column = [], "", 0
            for cell in row:
                words, down, across = cell if isinstance(cell, tuple) else (cell, 1, 1)
                start = len(text)
                text += words + "\t"
                address = f"T{number + 1}R{r + 1}C{column + 1}"
                cells.append(Cell(words, start, start + len(words), r, column, down, across, address))
                column += across
            made.append(self.add(text[:-1], BlockKind.ROW, table=number, cells=tuple(cells)))
        width = sum(c.colspan for c in self.blocks[made[0]].cells)
        self.tables.append(Table(number, tuple(made), width, header_rows, "万元"))
        return made

    def evidence(self, block: int, words: str, role: str = "part", nth: int = 0) -> Evidence:
        """The nth place of `words` in a block."""
        text = self.blocks[block].text
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        end = start + len(words)
        cell = next((c.address for c in self.blocks[block].cells if c.start <= start < c.end), None)
        return Evidence(role, words, text, block, start, end, self.blocks[block].anchor.boxes(start, end), cell)

    def document(self, title: str, organisation: str | None = None, year: int | None = None) -> Document:
        data = "\n".join(b.text for b in self.blocks).encode("utf-8", "replace")
        return Document(
            path=self.path,
            sha256=hashlib.sha256(data).hexdigest(),
            format="pdf" if self.pages else "docx",
            title=title,
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            organisation=organisation,
            year=year,
        )


def finding(code: str, name: str, severity: Severity, zh: str, en: str, *evidence: Evidence, **more: Any) -> Finding:
    digest = hashlib.sha256((code + zh).encode("utf-8", "replace")).hexdigest()[:16]
    return Finding(code, name, severity, Text(zh, en), evidence, digest, **more)


def entry(kind: ClaimKind, verdict: Verdict, *evidence: Evidence, computed: str | None = None, **more: Any) -> LedgerEntry:
    """A claim whose operands are its evidence; the first one is the stated figure."""
    operands = tuple(Operand(e.role, Span(e.block, e.start, e.end)) for e in evidence)
    return LedgerEntry(Claim(kind, verdict, evidence[0].quote, computed, operands, **more), evidence)


def untied(evidence: Evidence, why: str) -> UntiedFigure:
    figure = Figure(Decimal(1), 0, WAN)
    return UntiedFigure(Quantity(Span(evidence.block, evidence.start, evidence.end), evidence.quote, figure), evidence, why)


def result_of(document: Document, verdict: str, **more: Any) -> DocumentResult:
    return DocumentResult(
        path=document.path,
        verdict=verdict,
        sha256=document.sha256,
        format=document.format,
        title=document.title,
        organisation=document.organisation,
        year=document.year,
        document=document,
        **more,
    )
