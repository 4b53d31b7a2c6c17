"""Facts -> Claims: one module for each kind of claim, over one shared scene."""

from __future__ import annotations

from decimal import localcontext

from gouji.claims import (
    balance,
    bound,
    change,
    compare,
    convert,
    count,
    grade,
    listing,
    product,
    rate,
    restate,
    score,
    share,
    signed,
    tables,
    total,
)
from gouji.claims import scene as scenes
from gouji.claims.table_grid import grids
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Document
from gouji.model.fact import Facts
from gouji.model.profile import Profile


def _once(claims: list[Claim]) -> list[Claim]:
    """Without the sums of grades that a distribution over the same number of projects already tells."""
    told = {
        o.span
        for c in claims
        if c.kind is ClaimKind.DISTRIBUTION and c.verdict is Verdict.DISAGREES
        for o in c.operands
        if o.role == "number"
    }
    if not told:
        return claims
    return [c for c in claims if c.kind is not ClaimKind.TOTAL or c.verdict is Verdict.AGREES or c.operands[0].span not in told]


def find(document: Document, facts: Facts, profile: Profile) -> tuple[Claim, ...]:
    """Every claim of the document with its verdict, in order of the stated figure's place."""
    with localcontext(prec=60):  # figures of any length that the lexer reads, in any unit
        return _find(document, facts, profile)


def _find(document: Document, facts: Facts, profile: Profile) -> tuple[Claim, ...]:
    scene = scenes.build(document, facts, profile)
    claims: list[Claim] = []
    for module in (total, rate, share, change, product, score, bound, compare, convert):
        claims.extend(module.find(scene))
    runs = listing.lists(scene)
    claims.extend(balance.find(scene, runs))
    stated = {id(c.operands[0].quantity) for c in claims if c.verdict is not Verdict.UNDECIDABLE}
    claims.extend(signed.find(scene, stated))
    tied = {id(c.operands[0].quantity) for c in claims if c.kind is ClaimKind.TOTAL and c.verdict is not Verdict.UNDECIDABLE}
    claims.extend(listing.find(scene, runs, tied))
    claims.extend(count.find(scene, runs))
    sections = grids(scene)
    in_tables = list(tables.find(scene, sections))
    graded = [
        o.quantity.base for c in in_tables if c.kind is ClaimKind.GRADE for o in c.operands[1:2] if o.quantity is not None
    ]
    claims.extend(grade.find(scene, runs, graded))
    claims.extend(in_tables)
    proven = {o.span for c in claims if c.verdict is Verdict.AGREES for o in c.operands if o.quantity is not None}
    claims.extend(restate.find(scene, proven, sections))
    return tuple(sorted(_once(claims), key=lambda c: (c.operands[0].span.block, c.operands[0].span.start)))
