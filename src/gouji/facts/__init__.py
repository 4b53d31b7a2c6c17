"""Document -> Facts. Every parser of figures, dates, sessions, grades and names lives in this package."""

from __future__ import annotations

from gouji.facts.dates import find_dates
from gouji.facts.grades import find_grades
from gouji.facts.organisations import find_organisations
from gouji.facts.quantities import comma_normal, find_quantities
from gouji.facts.sessions import find_sessions
from gouji.model.document import Block, BlockKind, Document
from gouji.model.fact import BlockFacts, Facts, worded
from gouji.text.normal import normal


def extract(document: Document) -> Facts:
    """One pass over each block: quantities, sessions, dates, grades, each with its span."""
    blocks: list[BlockFacts] = []
    without: dict[tuple[str, bool], BlockFacts] = {}  # what holds no fact at all, by its text: the same words hold none again
    for block in document.blocks:
        key = (block.text, block.kind is BlockKind.ROW)
        known = without.get(key)
        blocks.append(known or _facts_of(block))
        if known is None and not blocks[-1].any:
            without[key] = blocks[-1]
    return Facts(tuple(blocks), tuple([q for b in blocks for q in b.quantities]), worded(document, blocks))


def _facts_of(block: Block) -> BlockFacts:
    text = comma_normal(normal(block.text))
    return BlockFacts(
        text,
        find_quantities(block.index, text, row=block.kind is BlockKind.ROW),
        find_sessions(block.index, block.text, text),
        find_dates(block.index, block.text, text),
        find_grades(block.index, text),
        find_organisations(block.index, block.text, text),
    )
