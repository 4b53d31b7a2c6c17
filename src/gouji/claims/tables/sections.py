"""Claims in tables: totals, rates, growth, shares, weights, scores and grades, over one grid of every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.claims.arithmetic import compare_ratio, compare_sum
from gouji.claims.scene import Scene
from gouji.claims.tables import across, form, grade, indicator, mean, ratio, reason, total
from gouji.claims.tables.grid import Section, grids
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Figure


def find(scene: Scene, sections: Sequence[Section] | None = None) -> Iterator[Claim]:
    """Every claim of the document's tables. `sections`: the grids, if at hand."""
    sections = grids(scene) if sections is None else sections
    for section in sections:
        yield from _of_section(section)
    yield from form.find(scene, sections)
    yield from indicator.find(scene, sections)
    yield from reason.find(scene, sections)
    yield from grade.find(scene, sections)


def _of_section(section: Section) -> Iterator[Claim]:
    yield from mean.find(section)
    totals = [*total.find(section), *across.find(section)]
    mended: dict[Span, Figure] = {}
    for claim in totals:
        stated = claim.operands[0].quantity
        if claim.verdict is Verdict.DISAGREES and stated is not None and claim.right is not None:
            figure = stated.figure
            places = max([figure.places, *(o.quantity.figure.places for o in claim.operands if o.quantity is not None)])
            mended[stated.span] = replace(figure, value=claim.right / figure.unit.factor, places=places)
    yield from (c for c in totals if not (c.verdict is Verdict.DISAGREES and _spoilt(c, mended)))
    for claim in ratio.find(section):
        if not (mended and claim.verdict is Verdict.DISAGREES and _follows(claim, mended)):
            yield claim


def _spoilt(claim: Claim, mended: dict[Span, Figure]) -> bool:
    """Whether a total is right once a part of it that is itself a wrong total is put right: one wrong cell, one finding."""
    stated, parts = claim.operands[0].quantity, [o.quantity for o in claim.operands[1:] if o.quantity is not None]
    if stated is None or not any(p.span in mended for p in parts):
        return False
    return compare_sum(stated.figure, [mended.get(p.span, p.figure) for p in parts]).verdict is Verdict.AGREES


def _follows(claim: Claim, mended: dict[Span, Figure]) -> bool:
    """Whether a percentage is right once a total that is wrong is put right: the total is accused, not the percentage."""
    figures = [mended.get(o.quantity.span, o.quantity.figure) for o in claim.operands if isinstance(o.quantity, Quantity)]
    if claim.kind not in (ClaimKind.RATE, ClaimKind.SHARE) or len(figures) != 3:
        return False
    outcome = compare_ratio(*figures)
    return outcome is not None and outcome.holds
