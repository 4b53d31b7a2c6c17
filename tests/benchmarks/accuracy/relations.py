"""Whether what a phrasing asserts holds, agrees within the printed precision, or fails beyond doubt."""

from __future__ import annotations

from decimal import Decimal

from figures import Range
from instances import Instance, Tag, evaluate, grade_of, namespace
from phrasings import Free, Relation

LADDERS = ((90, 80, 60), (85, 75, 60))  # 等级标准: a grade is wrong only where it is wrong on both
MARGIN = Decimal("0.015")


def active(instance: Instance) -> list[Relation]:
    """The relations whose every figure stands in the text."""
    shown = instance.phrasing.shown()
    fixed = {s.name for s in instance.phrasing.slots if isinstance(s, Free) and s.how == "lit"}
    return [
        r
        for r in instance.phrasing.relations
        if all(o in shown or o in fixed for o in r.operands) and (r.target is None or r.target in shown)
    ]


def _bands(score: Decimal) -> set[int]:
    return {next((i for i, low in enumerate(ladder) if score >= low), 3) for ladder in LADDERS}


def holds(instance: Instance, relation: Relation) -> bool:
    """Whether a relation agrees as it stands in the text, within the printed precision."""
    if relation.kind == "grade":
        word = _word(instance, relation.target or "")
        return word == grade_of(_value(instance, relation.expression), instance.world.style)
    if relation.kind == "word":
        truth = evaluate(relation.expression, namespace(instance, ranges=False))
        slot = next(s for s in instance.phrasing.slots if s.name == relation.target)
        return _word(instance, relation.target or "") == (slot.yes if truth else slot.no)  # type: ignore[union-attr]
    if relation.kind == "compare":
        return bool(evaluate(relation.expression, namespace(instance, ranges=False)))
    shown = instance.shown(Tag(relation.target or ""))
    assert shown
    slack = shown.shape.ulp if instance.world.style.cut and shown.shape.unit == "pct" else Decimal(0)
    return recomputed(instance, relation).gap(Range.of(shown.value, shown.shape)) <= slack


def recomputed(instance: Instance, relation: Relation) -> Range:
    value = evaluate(relation.expression, namespace(instance, ranges=True))
    if isinstance(value, Range):
        return value
    exact = Decimal(str(value))
    return Range(exact, exact)


def fails(instance: Instance, relation: Relation) -> bool:
    """Whether a relation fails beyond doubt: by three digits of the last place and 1.5 %, counts and scores by anything."""
    if relation.kind == "grade":
        word, style = _word(instance, relation.target or ""), instance.world.style
        return style.grades.index(word) not in _bands(_value(instance, relation.expression))
    if relation.kind in {"word", "compare"}:
        return not holds(instance, relation)
    shown = instance.shown(Tag(relation.target or ""))
    assert shown
    right = recomputed(instance, relation)
    if shown.shape.exact and right.low == right.high:
        return shown.value != right.low
    gap = right.gap(Range.of(shown.value, shown.shape))
    return gap > 3 * shown.shape.ulp and abs(shown.value - right.middle) > MARGIN * abs(right.middle)


def _word(instance: Instance, name: str) -> str:
    return instance.texts.get(Tag(name), instance.words[name])


def _value(instance: Instance, name: str) -> Decimal:
    shown = instance.shown(Tag(name))
    assert shown
    return shown.value
