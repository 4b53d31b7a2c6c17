"""Document -> Facts. Every parser of figures, dates, sessions, grades and names lives in this package."""

from __future__ import annotations

from gouji.facts.dates import find_dates
from gouji.facts.grades import find_grades
from gouji.facts.organisations import find_organisations
from gouji.facts.quantities import comma_normal, find_quantities
from gouji.facts.sessions import find_sessions
from gouji.model.document import BlockKind, Document
from gouji.model.fact import BlockFacts, Facts
from gouji.text.normal import normal


def extract(document: Document) -> Facts:
    """One pass over each block: quantities, sessions, dates, grades, each with its span."""
    blocks: list[BlockFacts] = []
    for block in document.blocks:
        text = comma_normal(normal(block.text))
        row = block.kind is BlockKind.ROW
        blocks.append(
            BlockFacts(
                normal=text,
                quantities=find_quantities(block.index, text, row=row),
                sessions=find_sessions(block.index, block.text, text),
                dates=find_dates(block.index, block.text, text),
                organisations=find_organisations(block.index, block.text, text),
                grades=find_grades(block.index, text),
            )
        )
    return Facts(tuple(blocks), tuple(q for b in blocks for q in b.quantities))
