"""Plant errors in a report. Every planted error is proved: the relation that it breaks fails by a clear margin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from figures import Shape, chinese
from generate import Report
from instances import Instance, Shown, Tag
from phrasings import Free, Listing, Relation
from relations import MARGIN, active, fails, holds, recomputed


@dataclass(slots=True)
class Fault:
    """A planted error: where it stands, what class of slip it is, what would be right."""

    instance: Instance
    tag: Tag
    slip: str
    right: str | None = None
    others: list[str] = field(default_factory=list)  # other values that a reader may rightly propose
    also: list[tuple[Instance, Tag]] = field(default_factory=list)
    explanation: str = ""


# ---- slips --------------------------------------------------------------------------------------------------------------


def slips(rng: Random, instance: Instance, tag: Tag, shown: Shown) -> Iterator[tuple[str, Decimal]]:
    """Wrong values for a figure, of the kinds that authors produce, in random order."""
    shape = shown.shape
    number = shape.number(shown.value)
    whole = f"{number:.{shape.places}f}"
    found: list[tuple[str, Decimal]] = []
    digits = [i for i, c in enumerate(whole) if c.isdigit()]
    for i, j in pairwise(digits):
        if whole[i] != whole[j] and not (i == digits[0] and whole[j] == "0"):
            swapped = list(whole)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            found.append(("digits swapped", Decimal("".join(swapped))))
    for i in rng.sample(digits, min(2, len(digits))):
        other = rng.choice([d for d in "0123456789" if d != whole[i] and not (d == "0" and i == digits[0])])
        found.append(("one digit off", Decimal(whole[:i] + other + whole[i + 1 :])))
    if shape.unit in {"wan", "yuan", "yi"}:
        found.append(("times ten", number * 10))
        if number % 10 == 0 or shape.places:
            found.append(("a tenth", (number / 10).quantize(Decimal(1).scaleb(-shape.places))))
    scaled = [(name, value / shape.factor) for name, value in _borrowed(instance, tag, shown)]
    found += [(name, value.quantize(Decimal(1).scaleb(-shape.places))) for name, value in scaled]
    if shape.exact:
        found += [("arbitrary", number + step) for step in (-3, -2, -1, 1, 2, 3)]
    else:
        found += [
            ("arbitrary", (number * Decimal(str(round(rng.uniform(*ends), 4)))).quantize(Decimal(1).scaleb(-shape.places)))
            for ends in ((0.6, 0.95), (1.05, 1.5))
        ]
    rng.shuffle(found)
    ceiling = Decimal(100) if shape.unit == "score" else None
    for name, value in found:
        if value > 0 and value != number and (ceiling is None or value <= ceiling):
            yield name, value * shape.factor


def _borrowed(instance: Instance, tag: Tag, shown: Shown) -> Iterator[tuple[str, Decimal]]:
    """Values made of the other figures of the phrasing: a part missing or doubled, another base, a neighbour's value."""
    for relation in active(instance):
        if relation.target != tag.slot or relation.kind != "equal":
            continue
        if re.search(r"(len|countif)\(", relation.expression):
            continue
        parts = [instance.shown(Tag(o)) for o in relation.operands]
        parts += [m for o in relation.operands if o in instance.lists for _, m in instance.members(o)]
        values = [p.value for p in parts if p]
        if not any(c in relation.expression for c in "/*"):
            for part in values:
                yield "part missing", shown.value - part
                yield "part doubled", shown.value + part
        elif "/" in relation.expression and len(values) >= 2 and shown.shape.unit == "pct":
            yield "inverted", values[1] / values[0] * 100 if values[0] else Decimal(0)
            yield "complement", 100 - shown.value
            yield "other base", abs(values[0] - values[1]) / values[0] * 100 if values[0] else Decimal(0)
    for name in instance.values:
        other = instance.values[name]
        if name != tag.slot and other.shape.unit == shown.shape.unit and name in instance.phrasing.shown():
            yield "another figure's value", other.value


# ---- planting -----------------------------------------------------------------------------------------------------------


def plant(rng: Random, instance: Instance, spec: str, report: Report) -> Fault | None:
    """Plant one error in an instance; None, and no trace, where no slip can be proved."""
    if spec[0] == "x" and "→" in instance.phrasing.text:
        return _alternative(rng, instance, spec)
    if spec.startswith("u:"):
        return _unit(instance, spec[2:])
    name = spec.strip("~+-<>")
    if spec[-1] in "+-":
        return _list(rng, instance, name, spec[-1])
    if "@" in spec:
        return _mention(rng, instance, *spec.split("@"))
    if name in instance.words:
        return _flip(rng, instance, name, report)
    tag = Tag(name, 1, rng.randrange(len(instance.lists[name]))) if name in instance.lists else Tag(name)
    return _figure(rng, instance, tag, spec, report)


def _figure(rng: Random, instance: Instance, tag: Tag, spec: str, report: Report) -> Fault | None:
    shown = instance.shown(tag)
    assert shown
    if spec[-1] in "<>":
        ends = (0.45, 0.93) if spec[-1] == "<" else (1.1, 2.6)
        tries = [
            ("bound broken", shown.shape.settle(shown.value * Decimal(str(round(rng.uniform(*ends), 3))))) for _ in range(30)
        ]
    else:
        tries = list(slips(rng, instance, tag, shown))
    mentions = _mentions(instance, tag, report)
    for slip, value in tries:
        wrong = Shown(value, shown.shape)
        instance.figures[tag] = wrong
        broken = [r for r in active(instance) if not holds(instance, r)]
        proved = [r for r in broken if fails(instance, r)]
        differs = abs(value - shown.value) > max(3 * shown.shape.ulp, MARGIN * shown.value)
        if spec[-1] in "<>" and abs(value - shown.value) < shown.value * Decimal("0.03"):
            proved = []
        if (proved and len(proved) == len(broken)) or (mentions and differs and len(proved) == len(broken)):
            return _described(instance, tag, shown, slip, proved, mentions)
        del instance.figures[tag]
    return None


def _described(
    instance: Instance, tag: Tag, shown: Shown, slip: str, broken: list[Relation], mentions: list[tuple[Instance, Tag]]
) -> Fault:
    fault = Fault(instance, tag, slip, _print(instance, shown.value, shown.shape), also=list(mentions))
    for relation in broken:
        if relation.target != tag.slot:
            fault.also += [(instance, t) for t in _tags(instance, relation) if t != tag]
            target = instance.shown(Tag(relation.target)) if relation.target and relation.kind == "equal" else None
            if target and relation.kind == "equal":
                fault.others.append(_print(instance, recomputed(instance, relation).middle, target.shape))
        elif relation.kind == "compare":
            fault.also += [(instance, t) for t in _tags(instance, relation)]
        if relation.target == tag.slot and relation.kind == "equal":
            fault.right = _print(instance, recomputed(instance, relation).middle, shown.shape)
    for relation in broken:
        for literal in (
            s for s in instance.phrasing.slots if isinstance(s, Free) and s.how == "lit" and s.name in relation.operands
        ):
            target = instance.shown(Tag(relation.target)) if relation.target and relation.kind == "equal" else None
            if target:  # 满分100分: what the parts add up to is as good a proposal
                whole = instance.values[literal.name].value + target.value - recomputed(instance, relation).middle
                fault.others.append(_print(instance, whole, target.shape))
    fault.others = [o for o in fault.others if not o.startswith("-")]
    if any(r.kind != "equal" for r in broken):
        fault.right = None if not any(r.kind == "equal" for r in broken) else fault.right
        fault.also += [(instance, t) for r in broken if r.target is None or r.kind != "equal" for t in _tags(instance, r)]
    fault.explanation = (
        "；".join(f"{r.target or ''}{'=' if r.target else ''}{r.expression}" for r in broken) or "与另一处不一致"
    )
    return fault


def _print(instance: Instance, value: Decimal, shape: Shape) -> str:
    plain = replace(instance.world.style, spaced=False, wide_percent=False)
    return plain.printed(shape.settle(value), shape)


def _tags(instance: Instance, relation: Relation) -> list[Tag]:
    """The places of a relation's figures and words."""
    names = [n for n in (relation.target, *relation.operands) if n and n in instance.phrasing.shown()]
    tags = [Tag(n) for n in names if n not in instance.lists]
    return tags + [Tag(n, 1, i) for n in names if n in instance.lists for i in range(len(instance.members(n)))]


def _mentions(instance: Instance, tag: Tag, report: Report) -> list[tuple[Instance, Tag]]:
    """The other places that state the same fact of the document."""
    fact = instance.sources.get(tag.slot)
    if fact is None:
        return []
    return [(i, Tag(s)) for i in report.instances if i is not instance for s, source in i.sources.items() if source == fact]


def _alternative(rng: Random, instance: Instance, spec: str) -> Fault:
    numbers = [n.number for f in instance.phrasing.fragments for n in f if hasattr(n, "bad") and n.bad != n.clean]
    number = int(spec[1:]) if spec[1:] else rng.choice(numbers)
    either = next(n for f in instance.phrasing.fragments for n in f if getattr(n, "number", None) == number)
    tag = Tag(f"x{number}")
    instance.texts[tag] = either.bad  # type: ignore[union-attr]
    words = {**instance.world.words, **instance.words}
    right = either.clean.format(**words)  # type: ignore[union-attr]
    return Fault(instance, tag, "words", explanation=f"应为“{right}”")


def _unit(instance: Instance, name: str) -> Fault | None:
    """The unit printed is not the figure's: 元 for 万元."""
    tag, shown = Tag(name), instance.values[name]
    unit = {"wan": "元", "yuan": "万元", "yi": "万元"}[shown.shape.unit]
    factor = {"wan": Decimal("0.0001"), "yuan": Decimal(10000), "yi": Decimal("0.0001")}[shown.shape.unit]
    other = {
        "wan": Shape("yuan", shown.shape.places),
        "yuan": Shape("wan", shown.shape.places),
        "yi": Shape("wan", shown.shape.places),
    }[shown.shape.unit]
    instance.figures[tag] = Shown(shown.value * factor, other, unit)
    broken = [r for r in active(instance) if fails(instance, r)]
    if not broken:
        del instance.figures[tag]
        return None
    return _described(instance, tag, shown, "unit slip", broken, [])


def _list(rng: Random, instance: Instance, name: str, sign: str) -> Fault | None:
    """A member of a list left out or put in, so that its count or its total no longer fits."""
    members = list(instance.lists[name])
    if sign == "-":
        if len(members) < 3:
            return None
        members.pop(rng.randrange(len(members)))
    else:
        pool = next(s.pool for s in instance.phrasing.slots if isinstance(s, Listing) and s.name == name)
        names = [n for n, _ in members]
        fresh = next(
            (
                n
                for n in (instance.world.names.take(pool) for _ in range(12) if instance.world.names.left(pool))
                if n not in names
            ),
            None,
        )
        if fresh is None:
            return None
        members.insert(rng.randrange(1, len(members) + 1), (fresh, None))
    instance.listed[name] = members
    broken = [r for r in active(instance) if not holds(instance, r)]
    targets = [r for r in broken if r.target and r.kind == "equal"]
    if not targets or not all(fails(instance, r) for r in broken):
        del instance.listed[name]
        return None
    first = targets[0]
    shown = instance.shown(Tag(first.target or ""))
    assert shown
    fault = Fault(
        instance,
        Tag(first.target or ""),
        "member left out" if sign == "-" else "member put in",
        _print(instance, recomputed(instance, first).middle, shown.shape),
        [_print(instance, shown.value, shown.shape)],
    )
    fault.also = [(instance, Tag(name, 0))] + [(instance, Tag(r.target or "")) for r in targets[1:]]
    fault.others += [
        _print(instance, recomputed(instance, r).middle, instance.values[r.target or ""].shape) for r in targets[1:]
    ]
    fault.explanation = f"列示{len(members)}项"
    return fault


def _mention(rng: Random, instance: Instance, name: str, mention: str) -> Fault | None:
    """One of two mentions of one thing is changed."""
    tag, other = Tag(name, int(mention)), Tag(name, 3 - int(mention))
    if name in instance.words:
        instance.texts[tag] = _other_session(rng, instance.words[name])
        return Fault(instance, tag, "session changed", instance.words[name], [instance.texts[tag]], [(instance, other)])
    shown = instance.values[name]
    if any(isinstance(s, Free) and s.name == name and s.how == "month" for s in instance.phrasing.slots):
        tries: list[tuple[str, Decimal]] = [("arbitrary", Decimal(rng.choice([m for m in range(2, 12) if m != shown.value])))]
    else:
        tries = list(slips(rng, instance, tag, shown))
    for slip, value in tries:
        if shown.shape.exact or abs(value - shown.value) > max(3 * shown.shape.ulp, MARGIN * shown.value):
            instance.figures[tag] = Shown(value, shown.shape)
            right, wrong = _print(instance, shown.value, shown.shape), _print(instance, value, shown.shape)
            return Fault(instance, tag, slip, right, [wrong], [(instance, other)], "与另一处不一致")
    return None


def _other_session(rng: Random, session: str) -> str:
    congress, _, rest = session.partition("届")
    number = rest.rstrip("次")
    values = [chinese(n) for n in range(1, 7)]
    return f"{congress}届{rng.choice([v for v in values if v != number])}次"


def _flip(rng: Random, instance: Instance, name: str, report: Report) -> Fault | None:
    """A word that the figures belie: a direction or a grade."""
    tag, right = Tag(name), instance.words[name]
    slot = next(s for s in instance.phrasing.slots if s.name == name)
    words = [w for w in (getattr(slot, "yes", None), getattr(slot, "no", None)) if w] or list(instance.world.style.grades[:3])
    for word in rng.sample(words, len(words)):
        if word == right:
            continue
        instance.texts[tag] = word
        relations = [r for r in active(instance) if r.target == name]
        if all(fails(instance, r) for r in relations):
            also = [(instance, t) for r in relations for t in _tags(instance, r) if t != tag]
            slip = "grade moved" if len(words) > 2 else "direction"
            return Fault(instance, tag, slip, right, also=also + _mentions(instance, tag, report), explanation=f"应为“{right}”")
        del instance.texts[tag]
    return None


def _allowed(instance: Instance, spec: str, report: Report) -> bool:
    """Whether an error of this spec can be known: one that only another mention would show needs such a mention."""
    tag = Tag(spec.strip("~+-<>").split("@")[0])
    if tag.slot not in instance.sources:
        return True
    related = [r for r in active(instance) if tag.slot in (r.target, *r.operands)]
    return bool(related) or bool(_mentions(instance, tag, report))


def inject(report: Report, seed: int) -> list[Fault]:
    """Plant one to four errors, spread over the kinds, at most one in a phrasing and one in the department's own figures."""
    rng = Random(f"inject-{seed}")
    wanted, faults = rng.choice((1, 1, 2, 2, 3, 4)), []
    by_kind: dict[str, list[Instance]] = {}
    for instance in report.instances:
        if instance.phrasing.faults:
            by_kind.setdefault(instance.phrasing.kind, []).append(instance)
    kinds = rng.sample(sorted(by_kind), len(by_kind))
    own = False
    for kind in kinds:
        if len(faults) == wanted:
            break
        instance = rng.choice(by_kind[kind])
        if instance.sources and own:
            continue
        specs = [s for s in instance.phrasing.faults if _allowed(instance, s, report)]
        fault = plant(rng, instance, rng.choice(specs), report) if specs else None
        if fault:
            faults.append(fault)
            own |= bool(instance.sources)
    return faults
