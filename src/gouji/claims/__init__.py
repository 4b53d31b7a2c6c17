"""Facts -> Claims: one module for each kind of claim, over one shared scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import localcontext
from functools import partial

from gouji.claims import convert, phrases
from gouji.claims import scene as scenes
from gouji.claims.accounts import balances, narrative
from gouji.claims.accounts.ledger import ledger_of
from gouji.claims.bounds import bound, compare, equal, goal_full
from gouji.claims.changes import change, worded_change
from gouji.claims.counts import count, count_summed
from gouji.claims.plausible import doubtful, held_back
from gouji.claims.products import each, magnitude, per_unit, product
from gouji.claims.ratios import (
    hundred_named,
    multiples,
    natural,
    rate,
    rate_alone,
    rate_goal,
    ratio_told,
    second_look,
    share,
    worded,
)
from gouji.claims.restated import in_units, restate
from gouji.claims.scene import Scene
from gouji.claims.scores import (
    grade,
    grade_named,
    score,
    score_bands,
    score_executed,
    score_moves,
    score_pairs,
    score_plain,
    score_shares,
    score_sums,
    score_weighted,
    sheet_claims,
    thresholds,
)
from gouji.claims.scores import sheet as sheets
from gouji.claims.slips import explained
from gouji.claims.sums import (
    balance,
    balance_apart,
    breakdown,
    closing,
    listing,
    opening,
    own_shares,
    paragraphs,
    remainder,
    signed,
    solved,
    total,
    total_slip,
    unit_odd,
)
from gouji.claims.tables import sections as tables
from gouji.claims.tables.grid import Section, grids
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Document
from gouji.model.fact import Facts, Quantity, Span
from gouji.model.profile import Profile
from gouji.model.quantity import Dimension

_Run = Callable[[Callable[[], Iterable[Claim]]], list[Claim]]


def _once(claims: list[Claim]) -> list[Claim]:
    """Without what another claim tells already: sums of grades beside their distribution, a missed bound beside full marks for it."""
    failed = [c for c in claims if c.verdict is Verdict.DISAGREES]
    numbers = {o.span for c in failed if c.kind is ClaimKind.DISTRIBUTION for o in c.operands if o.role == "number"}
    scored = {
        frozenset(o.span for o in c.operands if o.role in ("target", "actual"))
        for c in failed
        if c.kind is ClaimKind.INDICATOR_SCORE
    }
    told = {id(c) for c in failed if c.kind is ClaimKind.TOTAL and c.operands[0].span in numbers}
    sums = [(c, {o.span for o in c.operands[1:]}) for c in failed if c.kind is ClaimKind.TOTAL]
    surely = [(c, parts) for c, parts in sums if not doubtful(c)]
    # 甲A，乙B，其余C，之和T: A is a part like B and C, not the whole of them
    told |= {id(c) for c, _ in sums if any({o.span for o in c.operands} <= parts for other, parts in surely if other is not c)}
    told |= {id(c) for c in failed if c.kind is ClaimKind.BOUND and frozenset(o.span for o in c.operands) in scored}
    return [c for c in claims if id(c) not in told] if told else claims


def _in_sums(claims: Sequence[Claim]) -> tuple[set[int], set[int]]:
    """id() of the stated figures and of the operands of every sum that is recomputed."""
    summed, balanced, undecided = ClaimKind.TOTAL, ClaimKind.BALANCE, Verdict.UNDECIDABLE
    sums = [c for c in claims if (c.kind is summed or c.kind is balanced) and c.verdict is not undecided]
    return {id(c.operands[0].quantity) for c in sums}, {id(o.quantity) for c in sums for o in c.operands[1:]}


def _settled(claims: Sequence[Claim]) -> set[int]:
    """id() of the figures that a decided claim states, or that arithmetic which holds is made of."""
    decided = [c for c in claims if c.verdict is not Verdict.UNDECIDABLE]
    return {id(o.quantity) for c in decided if not (doubtful(c) and doubtful(explained(c))) for o in c.operands}


def _coarse(claim: Claim) -> bool:
    """Whether a claim that holds proves little of its operands: 占98% is as true of 486.15 as of 486.51."""
    stated = claim.operands[0].quantity
    return stated is not None and stated.dimension is Dimension.PERCENT and not stated.figure.places and len(claim.operands) > 2


def find(document: Document, facts: Facts, profile: Profile, crashes: list[Exception] | None = None) -> tuple[Claim, ...]:
    """Every claim of the document with its verdict, in order of the stated figure's place.

    A finder that raises loses its own claims only: what it raised is added to `crashes`, or goes on up where there is no such list.
    """
    with localcontext(prec=60):  # figures of any length that the lexer reads, in any unit
        return _find(scenes.build(document, facts, profile), crashes)


def _by_level(claims: list[Claim], levels: Sequence[Claim]) -> list[Claim]:
    """The claims with those of the levels of score sheets, which go before failing readings of the same totals; no wrong list is told twice."""
    told = {(c.kind, c.operands[0].span): c.right for c in levels}
    full = {c.operands[0].span for c in levels if c.kind is ClaimKind.WEIGHT_TOTAL and c.verdict is Verdict.AGREES}
    tied = {o.span for c in levels if c.verdict is Verdict.AGREES for o in c.operands}
    kept = []
    for c in claims:
        key, spans = (c.kind, c.operands[0].span), {o.span for o in c.operands}
        replaced = key in told and told[key] != c.right
        misread = c.kind in _SCORED and spans <= tied  # across two lists that both tie
        # 产出50分：数量20分得19.3分，…: what the full marks of the parts make up is no sum of their scores
        misread |= c.kind is ClaimKind.SCORE_TOTAL and c.operands[0].span in full
        if c.verdict is not Verdict.DISAGREES or not (replaced or misread):
            kept.append(c)
    known = {(c.kind, c.operands[0].span) for c in kept if c.verdict is not Verdict.UNDECIDABLE}
    wrong = [{o.span for o in c.operands} for c in kept if c.verdict is Verdict.DISAGREES and c.kind in _SCORED]

    def twice(claim: Claim) -> bool:
        spans = {o.span for o in claim.operands}
        return claim.verdict is Verdict.DISAGREES and any(len(spans & w) > 1 for w in wrong)

    return kept + [c for c in levels if (c.kind, c.operands[0].span) not in known and not twice(c)]


_POINTS = (ClaimKind.SCORE_TOTAL, ClaimKind.AVERAGE, ClaimKind.CHANGE)
_SCORED = (ClaimKind.SCORE_TOTAL, ClaimKind.WEIGHT_TOTAL)


def _accounts(scene: Scene, sections: Sequence[Section], known: Sequence[Claim]) -> list[Claim]:
    """What the tables of final accounts say together and of the narrative, beyond what one table or sentence has said."""
    ledger = ledger_of(scene, sections)
    if ledger is None:
        return []
    told = {(c.kind, c.operands[0].span) for c in known if c.verdict is not Verdict.UNDECIDABLE}
    own = list(balances.find(ledger))
    wrong = {c.operands[0].span for c in (*known, *own) if c.verdict is Verdict.DISAGREES}
    found = narrative.scaled([*own, *narrative.find(scene, ledger, wrong)])
    return [c for c in found if (c.kind, c.operands[0].span) not in told]


def _tied(claims: Iterable[Claim]) -> set[int]:
    """id() of the stated figures that a claim in no doubt recomputes."""
    return {id(c.operands[0].quantity) for c in claims if c.verdict is not Verdict.UNDECIDABLE and not doubtful(c)}


def _failing(claims: Sequence[Claim]) -> set[int]:
    """id() of the figures of all claims that fail."""
    return {id(o.quantity) for c in claims if c.verdict is Verdict.DISAGREES for o in c.operands}


def _last(scene: Scene, claims: list[Claim], run: _Run) -> list[Claim]:
    """The claims with those that their figures alone tell: a product, a sum or a balance one slip of the pen off."""
    for late in (each, solved):
        claims = second_look.merged(claims, run(partial(late.find, scene, _settled(claims))))
    for slip in (total_slip, unit_odd):
        whole, parts = _in_sums(claims)
        claims = [*claims, *run(partial(slip.find, scene, whole, parts))]
    return claims


def _percentages(scene: Scene, claims: Sequence[Claim]) -> Iterable[Claim]:
    """Lists of percentages that make up a whole by their names, and rates of goals told elsewhere, but for those told already."""
    settled = _tied(claims)
    failing = _failing(claims)
    yield from hundred_named.find(scene, settled, failing)
    yield from rate_goal.find(scene, settled)
    yield from rate_alone.find(scene, settled)


def _late_scores(scene: Scene, totals: Sequence[Quantity], judged: set[Span], claims: Sequence[Claim]) -> Iterator[Claim]:
    """Totals by what moved them, and scores by rules printed further off."""
    yield from thresholds.find(scene, claims)
    yield from score_moves.find(scene, totals, judged)
    yield from score_executed.find(scene, claims)
    yield from score_bands.find(scene, claims)
    yield from goal_full.find(scene, claims)
    yield from grade_named.find(scene, claims)
    yield from score_plain.find(scene, claims)
    yield from score_shares.find(scene, claims)


def _find(scene: Scene, crashes: list[Exception] | None) -> tuple[Claim, ...]:
    def run(found: Callable[[], Iterable[Claim]]) -> list[Claim]:
        claims: list[Claim] = []
        try:
            claims.extend(found())
        except Exception as error:
            if crashes is None:
                raise
            crashes.append(error)
        return claims

    claims: list[Claim] = []
    for module in (total, rate, share, change, product, score, bound, compare, convert, in_units, equal, multiples, ratio_told):
        claims += run(partial(module.find, scene))
    for again in (second_look, phrases):
        claims = second_look.merged(claims, run(partial(again.find, scene, claims)))
    runs = listing.lists(scene)
    claims += run(lambda: balance.find(scene, runs, claims))
    stated = {id(c.operands[0].quantity) for c in claims if c.verdict is not Verdict.UNDECIDABLE}
    claims += run(lambda: signed.find(scene, stated))
    tied = {id(c.operands[0].quantity) for c in claims if c.kind is ClaimKind.TOTAL and c.verdict is not Verdict.UNDECIDABLE}
    claims += run(lambda: listing.find(scene, runs, tied))
    summed = {
        id(o.quantity)
        for c in claims
        if c.kind in (ClaimKind.TOTAL, ClaimKind.SHARE) and c.verdict is not Verdict.UNDECIDABLE
        for o in c.operands[1:]
    }
    claims += run(lambda: breakdown.find(scene, summed))
    for late in (
        remainder,
        closing,
        opening,
        paragraphs,
        balance_apart,
    ):  # each leaves alone what those before it have recomputed
        whole, parts = _in_sums(claims)
        claims += run(partial(late.find, scene, whole, parts))
    claims = own_shares.merged(claims, run(lambda: own_shares.find(scene)))
    claims += run(lambda: _percentages(scene, claims))
    for again in (worded, worded_change):
        claims = worded.merged(claims, run(partial(again.find, scene, claims, _tied(filter(worded.settles, claims)))))
    claims += run(
        lambda: [
            *per_unit.find(scene, {id(c.operands[0].quantity) for c in claims}),
            *magnitude.find(scene, _tied(claims), _failing(claims)),
        ]
    )
    claims = _last(scene, claims, run)
    claims += run(lambda: count.find(scene, runs, claims))
    sections = grids(scene)
    in_tables = run(lambda: tables.find(scene, sections))
    graded = [
        o.quantity.base for c in in_tables if c.kind is ClaimKind.GRADE for o in c.operands[1:2] if o.quantity is not None
    ]
    sheet = sheets.collect(scene, sections)
    claims += run(lambda: grade.find(scene, runs, graded, sheet.overall))
    claims += in_tables
    claims += run(lambda: natural.find(scene, sections))
    claims += run(lambda: score_pairs.find(scene))
    levels = run(lambda: score_sums.find(scene, sections, sheet))
    failing = {o.span for c in claims if c.verdict is Verdict.DISAGREES and c.kind not in _SCORED for o in c.operands}
    levels += run(lambda: score_weighted.find(scene, failing))
    claims = _by_level(claims, levels)
    claims += run(lambda: list(count_summed.find(scene, claims)))
    claims += run(lambda: sheet_claims.find(scene, sheet, claims))
    judged = {c.operands[0].span for c in claims if c.verdict is not Verdict.UNDECIDABLE and c.kind in _POINTS}
    claims += run(lambda: _late_scores(scene, [i.q for i in sheet.overall], judged, claims))
    ledgered = run(lambda: _accounts(scene, sections, claims))
    claims = [*narrative.cleared(claims, ledgered), *ledgered]
    proven = {
        o.span for c in claims if c.verdict is Verdict.AGREES and not _coarse(c) for o in c.operands if o.quantity is not None
    }
    told = {o.span for c in claims if c.kind is ClaimKind.RESTATEMENT and c.verdict is Verdict.DISAGREES for o in c.operands}
    wrong = {o.span for c in claims if c.verdict is Verdict.DISAGREES and not doubtful(c) for o in c.operands}
    claims += run(lambda: restate.find(scene, proven, sections, told, wrong))
    return tuple(
        sorted(
            held_back(scene, map(explained, _once(claims))), key=lambda c: (c.operands[0].span.block, c.operands[0].span.start)
        )
    )
