"""Small helpers that the checks of several themes share: which blocks are prose, which sentence a span stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from gouji.engine.kit import AuditContext, Block, BlockKind, Document, Span
from gouji.model import patterns as re

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.TITLE})
_STOPS = re.compile(r"[。；！？;!?\n\t]")
_CLAUSE_STOPS = re.compile(r"[。；！？;!?\n\t，,：:]")


def prose(ctx: AuditContext) -> Iterator[Block]:
    """The blocks that are running text: no table rows, notes, running headers."""
    return iter(ctx.once(_prose))


def _prose(document: Document) -> tuple[Block, ...]:
    return tuple(block for block in document.blocks if block.kind in PROSE)


def prose_with(ctx: AuditContext, *words: str) -> Iterator[Block]:
    """The blocks of running text in which any of the words stands, in print or in normal form."""
    return within(ctx, ctx.wording.having(*words))


def within(ctx: AuditContext, numbers: AbstractSet[int]) -> Iterator[Block]:
    """Those of the blocks that are running text, in their order."""
    return (block for block in map(ctx.document.blocks.__getitem__, sorted(numbers)) if block.kind in PROSE)


@lru_cache(maxsize=1024)  # the paragraphs of a report: each is asked for dozens of times
def _stops_in(text: str, stops: re.Pattern[str]) -> list[int]:
    """Where the stops stand."""
    return [match.start() for match in stops.finditer(text)]


def _around(text: str, start: int, end: int, stops: re.Pattern[str]) -> tuple[int, int]:
    places = _stops_in(text, stops)
    before, after = bisect_left(places, start), bisect_left(places, end)
    return places[before - 1] + 1 if before else 0, places[after] if after < len(places) else len(text)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence in which start..end stands, without its final mark."""
    return _around(text, start, end, _STOPS)


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause in which start..end stands, without its final mark."""
    return _around(text, start, end, _CLAUSE_STOPS)


def quote(block: Block, span: Span) -> str:
    """The words of a span."""
    return block.text[span.start : span.end]
