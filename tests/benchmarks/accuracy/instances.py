"""A phrasing with its values: how they are drawn and computed, and how the text is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from figures import FUNCTIONS, Range, Shape, Style, chinese
from phrasings import Derived, Either, Free, GradeWord, Listing, Loop, Phrasing, Relation, Slot, Word
from pools import PROJECT_TAILS, Names

COUNT = Shape("bare", 0, exact=True)
SHAPES = {
    "yuan": Shape("yuan", 0),
    "yuan2": Shape("yuan", 2),
    "wan0": Shape("wan", 0),
    "wan2": Shape("wan", 2),
    "yi2": Shape("yi", 2),
    "yi4": Shape("yi", 4),
    "s2": Shape("score", 2),
    "p0": Shape("pct", 0),
}
PRICE = Shape("yuan", 0, exact=True)


@dataclass(slots=True)
class Shown:
    """A value with its shape: what stands in the text."""

    value: Decimal
    shape: Shape
    unit: str | None = None  # printed instead of the shape's own unit: a unit slip


@dataclass(frozen=True, slots=True)
class Tag:
    """What a piece of the text shows: a slot, its n-th mention, the member of a list."""

    slot: str
    mention: int = 1
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    tag: Tag | None = None


@dataclass(slots=True)
class World:
    """What is true through a document."""

    rng: Random
    style: Style
    year: int
    org: str
    other: str
    session: str
    names: Names
    facts: dict[str, Shown] = field(default_factory=dict)
    grade: str = ""
    filler: list[str] = field(default_factory=list)  # each sentence once in a document

    @property
    def words(self) -> dict[str, str]:
        """The named places of a template that are the document's own."""
        return {
            "year": str(self.year),
            "py": str(self.year - 1),
            "ny": str(self.year + 1),
            "yy": f"{self.year % 100:02d}",
            "org": self.org,
            "other": self.other,
        }


@dataclass(slots=True)
class Instance:
    """A phrasing with its values. The overrides are the errors planted in it."""

    phrasing: Phrasing
    world: World
    values: dict[str, Shown] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[tuple[str, Shown | None]]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # slot -> the document's fact that it states
    figures: dict[Tag, Shown] = field(default_factory=dict)  # overrides
    texts: dict[Tag, str] = field(default_factory=dict)
    listed: dict[str, list[tuple[str, Shown | None]]] = field(default_factory=dict)

    def members(self, name: str) -> list[tuple[str, Shown | None]]:
        """The list as it stands in the text."""
        return self.listed.get(name, self.lists[name])

    def shown(self, tag: Tag) -> Shown | None:
        """A figure as it stands in the text."""
        if tag in self.figures:
            return self.figures[tag]
        if tag.member is not None:
            members = self.members(tag.slot)
            return members[tag.member][1] if tag.member < len(members) else None
        return self.values.get(tag.slot)


# ---- values -------------------------------------------------------------------------------------------------------------


def _shape(world: World, name: str | None) -> Shape | None:
    if name is None:
        return None
    if name.startswith("%"):
        return Shape("pct", int(name[1:]) if name[1:] else world.style.pct_places)
    return SHAPES.get(name)


def fit(rng: Random, low: Decimal, high: Decimal) -> Decimal:
    """Between the two, small values as likely as large ones."""
    share = Decimal(str(round(rng.random() ** 1.6, 6)))
    return low + (high - low) * share


def _draw(instance: Instance, how: str, arguments: tuple[str, ...], shape: Shape | None) -> Shown:
    """A value drawn as the notation says."""
    world, rng = instance.world, instance.world.rng
    if how in {"of", "part"}:
        base = instance.values[arguments[0]]
        low, high = (Decimal(a) for a in arguments[1:])
        shape = shape or base.shape
        value = shape.settle(base.value * (low + (high - low) * Decimal(str(round(rng.random(), 6)))))
        return Shown(max(value, shape.ulp), shape)
    if how == "fact":
        return world.facts[arguments[0]]
    if how == "month":
        return Shown(Decimal(rng.randint(3, 11)), COUNT)
    if how == "pick":
        return Shown(Decimal(rng.choice(arguments)), COUNT)
    if how == "lit":
        return Shown(Decimal(arguments[0]), COUNT)
    low, high = Decimal(arguments[0]), Decimal(arguments[1])
    if how == "money":
        places = world.style.wan_places if low >= 30 else max(world.style.wan_places, 1)
        shape = shape or Shape("wan", places)
        return Shown(shape.settle(fit(rng, low, high) * 10000), shape)
    value = fit(rng, low, high)
    if how == "price":
        step = 10 if high >= 200 else 1
        shape = shape or PRICE
        return Shown(shape.settle(Decimal(int(value) // step * step) or Decimal(step)), shape)
    if how in {"int", "whole"}:
        return Shown(Decimal(rng.randint(int(low), int(high))), COUNT if how == "int" else Shape("score", 0, exact=True))
    if how == "score":
        return trim(value.quantize(Decimal("0.5")), "score")
    if how == "sc2":
        return trim(value.quantize(Decimal(rng.choice(("1", "0.1", "0.01")))), "score")
    shape = {"pct": shape or Shape("pct", world.style.pct_places), "yuan2": SHAPES["yuan2"], "num": Shape("bare", 1)}[how]
    return Shown(shape.settle(value), shape)


def trim(value: Decimal, unit: str) -> Shown:
    """As many places as the value needs, at most two."""
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    return Shown(value, Shape(unit, places, exact=True))


def namespace(instance: Instance, *, ranges: bool) -> dict[str, object]:
    """The slots' values as they stand in the text, as intervals or as plain numbers."""

    def number(shown: Shown) -> object:
        return Range.of(shown.value, shown.shape) if ranges else shown.value

    names: dict[str, object] = dict(FUNCTIONS)
    for slot in instance.values:
        shown = instance.shown(Tag(slot))
        if shown:
            names[slot] = number(shown)
    for slot in instance.lists:
        shown_members = [(instance.shown(Tag(slot, 1, i)), n) for i, (n, _) in enumerate(instance.members(slot))]
        names[slot] = [number(s) if s else n for s, n in shown_members]
    return names


def evaluate(expression: str, names: dict[str, object]) -> object:
    """The value of a relation's expression; the grammar is our own data."""
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"Decimal('\1')", expression)
    return eval(text, {"__builtins__": {}, "Decimal": Decimal}, names)


def _derive(instance: Instance, slot: Derived) -> Shown:
    world = instance.world
    value = evaluate(slot.expression, namespace(instance, ranges=False))
    assert isinstance(value, Decimal)
    if slot.shape == "wan":
        return _trim_money(value)
    shape = _shape(world, slot.shape)
    if shape is None and re.search(r"\b(len|countif)\(", slot.expression):
        shape = COUNT
    if shape is None:
        used = Relation(slot.name, slot.expression, "equal").operands
        shapes = [instance.values[u].shape for u in used if u in instance.values]
        shapes += [m[1].shape for u in used if u in instance.lists for m in instance.lists[u] if m[1]]
        shape = max(shapes, key=lambda s: s.places)
        if shape.unit == "score":
            return trim(value, "score")
    cut = world.style.cut and shape.unit == "pct" and world.rng.random() < 0.3
    return Shown(shape.settle(value, cut=cut), shape)


def _trim_money(value: Decimal) -> Shown:
    """An exact amount in 万元, with the places that it needs."""
    places = max(0, min(6, -int((value / 10000).normalize().as_tuple().exponent)))
    shape = Shape("wan", places)
    return Shown(shape.settle(value), shape)


def grade_of(score: Decimal, style: Style) -> str:
    return style.grades[0 if score >= 90 else 1 if score >= 80 else 2 if score >= 60 else 3]


def instantiate(phrasing: Phrasing, world: World) -> Instance:
    """Give every slot a value."""
    instance = Instance(phrasing, world)
    for slot in phrasing.slots:
        if isinstance(slot, Free):
            if slot.how == "session":
                instance.words[slot.name] = world.session
            elif slot.how == "fact" and slot.arguments[0] == "grade":
                instance.words[slot.name] = world.grade
                instance.sources[slot.name] = "grade"
            else:
                instance.values[slot.name] = _draw(instance, slot.how, slot.arguments, _shape(world, slot.shape))
                if slot.how == "fact":
                    instance.sources[slot.name] = slot.arguments[0]
        elif isinstance(slot, Listing):
            instance.lists[slot.name] = _members(instance, slot)
        elif isinstance(slot, Derived):
            instance.values[slot.name] = _derive(instance, slot)
        elif isinstance(slot, GradeWord):
            instance.words[slot.name] = grade_of(instance.values[slot.score].value, world.style)
        elif isinstance(slot, Word):
            holds = evaluate(slot.condition, namespace(instance, ranges=False))
            instance.words[slot.name] = slot.yes if holds else slot.no
    for name in sorted(phrasing.shown()):  # in the same order in every process
        pool = name.rstrip("0123456789")
        if name in instance.values or name in instance.words or name in instance.lists or len(pool) != 1 or not pool.isupper():
            continue
        instance.words[name] = _named(phrasing.text, name, world.names.take(pool))
    return instance


def _named(text: str, slot: str, name: str) -> str:
    """A project's name, without its last word where the sentence goes on with such a word: no 经费经费."""
    if re.search(rf"\{{{slot}\}}(?:经费|资金|项目|工程|专项)", text):
        for tail in PROJECT_TAILS:
            name = name.removesuffix(tail)
    return name


def _members(instance: Instance, slot: Listing) -> list[tuple[str, Shown | None]]:
    world = instance.world
    count = min(world.rng.randint(slot.low, slot.high), world.names.left(slot.pool))
    members = []
    for _ in range(count):
        shown = _draw(instance, slot.how, slot.arguments, None) if slot.how else None
        if shown and shown.shape.unit == "wan" and shown.shape.places and world.rng.random() < 0.08:
            whole = Shape("wan", 0, exact=True)  # an integer among decimals is exact
            shown = Shown(max(whole.settle(shown.value), Decimal(10000)), whole)
        members.append((world.names.take(slot.pool), shown))
    return members


# ---- text ---------------------------------------------------------------------------------------------------------------


def render(instance: Instance) -> list[list[Piece]]:
    """The fragments of an instance, as pieces that know what they show."""
    mentions: dict[str, int] = {}
    return [[p for node in fragment for p in _pieces(instance, node, mentions)] for fragment in instance.phrasing.fragments]


def _pieces(instance: Instance, node: object, mentions: dict[str, int]) -> list[Piece]:
    if isinstance(node, str):
        return [Piece(node)]
    if isinstance(node, Either):
        tag = Tag(f"x{node.number}")
        plain = instance.texts.get(tag, node.clean)
        return [Piece(_fill(instance, plain), tag)]
    if isinstance(node, Loop):
        return _loop(instance, node)
    assert isinstance(node, Slot)
    if node.name in instance.values:
        mentions[node.name] = mentions.get(node.name, 0) + 1
        tag = Tag(node.name, mentions[node.name])
        shown = instance.shown(tag)
        assert shown
        return [Piece(_figure(instance, shown, node.modifier), tag)]
    if node.name in instance.words and node.name[0].islower():
        mentions[node.name] = mentions.get(node.name, 0) + 1
        tag = Tag(node.name, mentions[node.name])
        return [Piece(instance.texts.get(tag, instance.words[node.name]), tag)]
    return [Piece(_fill(instance, "{" + node.name + "}"))]


def _fill(instance: Instance, text: str) -> str:
    words = {**instance.world.words, **instance.words}
    return re.sub(r"\{(\w+)\}", lambda m: words[m[1]], text)


def _figure(instance: Instance, shown: Shown, modifier: str) -> str:
    if modifier == "cn":
        return chinese(int(shown.value))
    return instance.world.style.printed(shown.value, shown.shape, bare=modifier == "#", unit=shown.unit)


def _loop(instance: Instance, node: Loop) -> list[Piece]:
    pieces: list[Piece] = []
    for i, (name, _) in enumerate(instance.members(node.name)):
        if i:
            pieces.append(Piece(node.separator, Tag(node.name, 0)))
        for part in re.split(r"(\{.*?\})", node.body):
            if part in {"{v}", "{v#}"}:
                tag = Tag(node.name, 1, i)
                shown = instance.shown(tag)
                assert shown
                pieces.append(Piece(_figure(instance, shown, "#" if "#" in part else ""), tag))
            elif part:
                text = {"{k}": name, "{i}": str(i + 1), "{icn}": chinese(i + 1)}.get(part, part)
                pieces.append(Piece(text, Tag(node.name, 0)))
    return pieces
