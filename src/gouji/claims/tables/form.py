"""The self-evaluation form (自评表): the totals of weights and scores, and the weights of parents.

财预〔2020〕10号: the weights make 100, 10 of them for budget execution, which most forms score in their head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from gouji.claims.arithmetic import Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, place
from gouji.claims.scene import Scene
from gouji.claims.tables import execution_score, funds, merged_total
from gouji.claims.tables.build import hedged, rank, table_claim
from gouji.claims.tables.execution_score import EXECUTION, Execution, execution_before
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort, is_indicators, leaf_weight
from gouji.claims.tables.total import readings
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension, plain
from gouji.model.text import Text


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Every claim of the forms of a document."""
    merged_total.realign(scene, sections)
    for section in sections:
        yield from funds.find(scene, section)
    yield from execution_score.find(scene, sections)
    for at, section in enumerate(sections):
        if is_indicators(section):
            execution = execution_before(scene, sections, at)
            yield from _score_totals(scene, section, execution)
            yield from _parent_weights(section)
            yield from _labelled_weights(scene, section)
            yield from _profile_weights(scene, section)


# ---- totals of weights and scores -----------------------------------------------------------------------------------------------


def _score_totals(scene: Scene, section: Section, execution: Execution | None) -> Iterator[Claim]:
    weight, score = leaf_weight(section), section.first(Sort.SCORE)
    totals = [i for i, r in enumerate(section.rows) if r.kind == Kind.TOTAL]
    subtotals = [i for i, r in enumerate(section.rows) if r.kind == Kind.SUBTOTAL]
    proved = False
    tied: set[int] = set()
    for at in totals + subtotals:
        for column, kind in ((weight, ClaimKind.WEIGHT_TOTAL), (score, ClaimKind.SCORE_TOTAL)):
            if column is None or column.index not in section.rows[at].values:
                continue
            extra = execution if section.rows[at].kind == Kind.TOTAL else None
            claim = _total_claim(section, at, column, kind, extra, proved, whole=column.index in tied)
            if claim is None:
                continue
            if execution is None and not proved and _elsewhere(claim, section, scene.profile.execution_weights):
                continue
            proved = proved or (kind is ClaimKind.WEIGHT_TOTAL and claim.verdict is Verdict.AGREES)
            if at in totals and claim.verdict is Verdict.AGREES:
                tied.add(column.index)
            yield claim
    yield from _parent_totals(section, totals, proved=proved)
    if weight is not None and not any(weight.index in section.rows[i].values for i in totals):
        claim = _weights_to_hundred(scene, section, weight, execution)
        if claim is not None:
            yield claim


def _elsewhere(claim: Claim, section: Section, shares: Sequence[Decimal]) -> bool:
    """Whether a total exceeds its rows by what budget execution may count, which the form scores where it could not be read."""
    stated = claim.operands[0].quantity
    if claim.verdict is not Verdict.DISAGREES or stated is None or claim.right is None:
        return False
    gap = stated.base - claim.right
    named = any(EXECUTION.search(r.words) for r in section.rows)
    return not named and (gap in shares if claim.kind is ClaimKind.WEIGHT_TOTAL else 0 < gap <= max(shares))


def _total_claim(
    section: Section, at: int, column: Column, kind: ClaimKind, execution: Execution | None, proved: bool, *, whole: bool
) -> Claim | None:
    """A printed total of weights or scores against the rows, with the execution row where it is scored apart.

    `whole`: the column's total ties, so that a subtotal that its rows miss is wrong.
    """
    stated = section.rows[at].values[column.index]
    extra = (execution.weight if kind is ClaimKind.WEIGHT_TOTAL else execution.score) if execution else None
    if hedged(stated):
        return None
    tried: list[tuple[list[Quantity], Outcome, list[Line]]] = []
    for reading in readings(section.rows, at):
        own = [r.values[column.index] for r in reading.rows if column.index in r.values]
        for parts in ([*own, extra], own) if extra is not None else (own,):
            if len(parts) >= 2 and not hedged(*parts):
                tried.append((parts, compare_sum(stated.figure, [p.figure for p in parts]), reading.rows))
    if not tried:
        return None
    parts, outcome, rows = min(tried, key=lambda t: rank(t[1]))  # the first of equals
    cut = _cut_off(stated, outcome)
    if cut:
        outcome = replace(outcome, verdict=Verdict.DISAGREES)
    if not outcome.holds:
        gaps = any(r.blank(column.index) and not r.none(column.index) and _weighs(section, r) for r in rows)
        if (section.rows[at].kind != Kind.TOTAL and not whole) or gaps or any(column.index in r.damaged for r in rows):
            return None
        far = abs(outcome.right - stated.base) > stated.base / 2
        if far and outcome.cause is None:
            return None
    sure = kind is ClaimKind.WEIGHT_TOTAL or proved or execution is not None or not section.of(Sort.WEIGHT)
    return table_claim(
        kind, stated, [("part", p) for p in parts], outcome, shape="column", confidence=SURE if sure and not cut else LIKELY
    )


def _parent_totals(section: Section, totals: Sequence[int], *, proved: bool) -> Iterator[Claim]:
    """一级指标 20、40、40 and their total 100, where a total row stands below the parents' weights as well."""
    for column in section.of(Sort.WEIGHT)[:-1]:
        groups: list[Quantity] = []
        before: tuple[str, Decimal] | None = None
        for at, row in enumerate(section.rows):
            q = row.values.get(column.index)
            if at in totals and q is not None and len(groups) >= 2 and not hedged(q, *groups):
                outcome = compare_sum(q.figure, [g.figure for g in groups])
                if outcome.holds or (proved and q.base == HUNDRED) or abs(outcome.right - HUNDRED) == 0:
                    others = [("part", g) for g in groups]
                    yield table_claim(ClaimKind.WEIGHT_TOTAL, q, others, outcome, shape="column", confidence=SURE)
            if q is None or row.kind != Kind.NORMAL:
                continue
            key = (_label_before(section, row, column), q.base)  # a merged cell that a text repeats counts once
            if key != before or not key[0]:
                groups.append(q)
            before = key


def _cut_off(stated: Quantity, outcome: Outcome) -> bool:
    """Whether a sum of 99.5 is printed as 99: cut off, not rounded."""
    places = Decimal(1).scaleb(-stated.figure.places)
    return outcome.shape == "rounded" and outcome.right.quantize(places, ROUND_HALF_UP) != stated.base


def _weighs(section: Section, row: Line) -> bool:
    weight = leaf_weight(section)
    return row.kind == Kind.NORMAL and (weight is None or weight.index in row.values)


def _weights_to_hundred(scene: Scene, section: Section, column: Column, execution: Execution | None) -> Claim | None:
    """Weights without a printed total make 100, or 90 or 80 where budget execution takes the rest."""
    rows = [
        r
        for r in section.rows
        if r.kind == Kind.NORMAL and any(r.texts.get(c.index) for c in section.of(Sort.LEVEL, Sort.TARGET))
    ]
    held = [r for r in rows if column.index in r.values]
    weights = [r.values[column.index] for r in held]
    if len(weights) < 4 or hedged(*weights) or any(column.index in r.damaged for r in rows):
        return None
    if execution is not None and execution.weight is not None:
        weights.append(execution.weight)
    last = held[-1].values[column.index]
    hundred = replace(last, figure=replace(last.figure, value=HUNDRED, places=0), raw="100分")
    outcome = compare_sum(hundred.figure, [w.figure for w in weights])
    parts = [("part", w) for w in weights]
    blanks = [r for r in rows if r.blank(column.index) and not r.none(column.index)]
    missing = [r for r in blanks if column.index in r.spans or column.index not in r.texts or not r.texts[column.index]]
    if outcome.right == HUNDRED:
        return _hundred(outcome, parts, None, "100分", weights)
    if len(missing) == 1 and len(held) >= 4:
        return _hundred(outcome, parts, missing[0], "100分", weights)
    if missing:
        return None
    if outcome.right in (Decimal(90), Decimal(80)) and execution is None:
        return _hundred(replace(outcome, verdict=Verdict.AGREES), parts, None, f"{plain(outcome.right)}分", weights)
    names = "".join(t for r in rows for c in section.of(Sort.LEVEL)[:1] if (t := r.texts.get(c.index, "")))
    if scene.document.format == "txt" and not any("满意" in r.words for r in rows):
        return None  # the last rows of a form may be lost where a text prints one cell to a line
    if not (HUNDRED / 2 < outcome.right < HUNDRED * 3 / 2 and "产出" in names and "效益" in names):
        return None  # another scheme, or a table cut off by a page
    return _hundred(outcome, parts, None, "100分", weights)


def _hundred(
    outcome: Outcome, parts: Sequence[tuple[str, Quantity]], missing: Line | None, stated: str, weights: Sequence[Quantity]
) -> Claim:
    """The claim of weights without a printed total; its place is the row that lacks a weight, else the last weight."""
    operands = [Operand(role, q.span, q) for role, q in parts]
    reason = None
    if missing is not None:
        spans = [missing.spans[c] for c in sorted(missing.spans) if missing.texts.get(c)]
        operands.insert(0, place(spans[-1], "stated"))
        name = missing.label[:30]
        reason = Text(f"“{name}”一行没有填写权重", f"the row “{name}” has no weight")
    else:
        operands = [operands[len(weights) - 1], *operands[: len(weights) - 1]]
    agrees = outcome.verdict is not Verdict.DISAGREES
    return Claim(
        ClaimKind.WEIGHT_TOTAL,
        outcome.verdict,
        stated,
        outcome.computed,
        tuple(operands),
        difference=None if agrees else outcome.difference,
        formula=outcome.formula,
        cause=reason,
        confidence=SURE if agrees else LIKELY,
        shape="missing" if missing is not None else "hundred",
        right=outcome.right,
    )


# ---- weights of parents ---------------------------------------------------------------------------------------------------------


def _parent_weights(section: Section) -> Iterator[Claim]:
    """Each parent's weight, in a column of its own, against the weights of the next column beside it."""
    weights = section.of(Sort.WEIGHT)
    for column, below in pairwise(weights):
        groups: list[tuple[Quantity, list[Quantity], str]] = []
        before: tuple[str, Decimal] | None = None
        for row in section.rows:
            if row.kind != Kind.NORMAL:
                continue
            own, name = row.values.get(column.index), _label_before(section, row, column)
            if own is not None and not (groups and name and groups[-1][2] == name and groups[-1][0].base == own.base):
                groups.append((own, [], name))
            child = row.values.get(below.index)
            if child is None or not groups:
                continue
            key = (_label_before(section, row, below), child.base)  # a merged cell that a text repeats counts once
            if key != before or not key[0]:
                groups[-1][1].append(child)
            before = key
        yield from _groups([(own, children) for own, children, _ in groups])


def _label_before(section: Section, row: Line, column: Column) -> str:
    labels = [c.index for c in section.columns if c.index < column.index and c.sort in (Sort.LEVEL, Sort.LABEL)]
    return row.texts.get(labels[-1], "") if labels else ""


def _labelled_weights(scene: Scene, section: Section) -> Iterator[Claim]:
    """产出指标（50分）: the weight in a parent's name against the weights of its rows."""
    leaf = leaf_weight(section)
    if leaf is None:
        return
    for column in section.of(Sort.LEVEL)[:2]:
        groups: list[tuple[Quantity, list[Quantity], str]] = []
        for row in section.rows:
            text = row.texts.get(column.index, "")
            if row.kind != Kind.NORMAL or not text:
                continue
            if column.index in row.spans and not (groups and groups[-1][2] == text):
                span = row.spans[column.index]
                found = [q for q in scene.facts.blocks[span.block].quantities if span.start <= q.span.start < span.end]
                scores = [q for q in found if q.dimension is Dimension.SCORE]
                if len(scores) != 1:
                    continue
                groups.append((scores[0], [], text))
            if groups and groups[-1][2] == text and leaf.index in row.values:
                groups[-1][1].append(row.values[leaf.index])
        yield from _groups([(own, children) for own, children, _ in groups])


def _groups(groups: Sequence[tuple[Quantity, list[Quantity]]]) -> Iterator[Claim]:
    whole = [(own, c) for own, c in groups if c and not hedged(own, *c) and all(q.dimension is own.dimension for q in c)]
    outcomes = [(own, c, compare_sum(own.figure, [q.figure for q in c])) for own, c in whole]
    good = sum(1 for *_, o in outcomes if o.holds)
    for own, children, outcome in outcomes:
        if outcome.holds or (good and good * 2 >= len(outcomes)):
            others = [("part", c) for c in children]
            yield table_claim(
                ClaimKind.WEIGHT_TOTAL, own, others, outcome, shape="parent", confidence=SURE if outcome.holds else LIKELY
            )


def _profile_weights(scene: Scene, section: Section) -> Iterator[Claim]:
    """The weights of the first level against those of the profile, where the form names exactly the profile's indicators."""
    rule, leaf = scene.profile.weights, leaf_weight(section)
    if leaf is None or not rule or not section.of(Sort.LEVEL):
        return
    level = section.of(Sort.LEVEL)[0].index
    groups: dict[str, list[Quantity]] = {}
    for row in section.rows:
        name = next((n for n in rule if row.texts.get(level, "").startswith(n)), None)
        if row.kind == Kind.NORMAL and name is not None and leaf.index in row.values:
            groups.setdefault(name, []).append(row.values[leaf.index])
    named = {n for n in rule if not EXECUTION.match(n)}
    if set(groups) & named != named:
        return
    for name, own in groups.items():
        whole = sum((q.base for q in own), Decimal(0))
        if whole != rule[name] and not hedged(*own):
            yield Claim(
                ClaimKind.WEIGHT_TOTAL,
                Verdict.UNDECIDABLE,
                f"{plain(whole)}分",
                f"{plain(rule[name])}分",
                tuple(Operand("part", q.span, q) for q in own),
                formula=f"{name}：{plain(whole)}分，规则集“{scene.profile.name}”为{plain(rule[name])}分",
                reason=Text(
                    "不适用的指标可调整权重，须说明",
                    "weights may be shifted where an indicator does not apply, with a word on why",
                ),
                confidence=LIKELY,
                shape="off_profile",
            )
