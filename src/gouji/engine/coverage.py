"""Coverage: which figures of a document a claim recomputed, and what kind of figure the others are."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.engine.evidence import resolve
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.document import BlockKind, Document
from gouji.model.fact import Facts, Quantity, Span
from gouji.model.quantity import Dimension, Hedge
from gouji.model.result import Coverage, UntiedFigure

_PLAN = re.compile(r"计划|拟|预计|力争|目标|指标值|不低于|不少于|不超过|≥|≤")
_CLAUSE = re.compile(r"[。；;\t]")
_YEAR = re.compile(r"(19|20)\d\d")
_LONG = 6  # digits from which a number without unit and point is a code, not a figure


def measure(document: Document, facts: Facts, claims: tuple[Claim, ...]) -> tuple[Coverage, tuple[UntiedFigure, ...]]:
    """How many figures are operands of a decided claim, and each of the others with its class.

    Classes: operand_missing, date_like, identifier, hedged, plan, table, standalone.
    """
    tied = _spans(c for c in claims if c.verdict is not Verdict.UNDECIDABLE)
    open_ones = _spans(c for c in claims if c.verdict is Verdict.UNDECIDABLE)
    untied = tuple(
        UntiedFigure(q, resolve(document, q.span, "untied"), _why(document, q, q.span in open_ones))
        for q in facts.quantities
        if q.span not in tied
    )
    return Coverage(len(facts.quantities), len(facts.quantities) - len(untied)), untied


def _spans(claims: Iterable[Claim]) -> set[Span]:
    return {o.quantity.span if o.quantity else o.span for c in claims for o in c.operands}


def _why(document: Document, quantity: Quantity, undecided: bool) -> str:
    block = document.blocks[quantity.span.block]
    bare = quantity.dimension is Dimension.BARE
    if undecided:
        return "operand_missing"
    if bare and _YEAR.fullmatch(quantity.raw.strip()):
        return "date_like"
    if bare and quantity.figure.places == 0 and len(quantity.raw.strip()) >= _LONG:
        return "identifier"
    if quantity.figure.hedge is not Hedge.NONE:
        return "hedged"
    start = quantity.span.start
    if _PLAN.search(_CLAUSE.split(block.text[max(start - 20, 0) : start])[-1]):
        return "plan"
    return "table" if block.kind is BlockKind.ROW else "standalone"
