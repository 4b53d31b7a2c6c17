"""Records are what a frozen dataclass is to whoever compares, hashes, copies, prints and pickles them."""

from __future__ import annotations

import copy
import importlib
import pickle
import pkgutil
from dataclasses import dataclass, field, fields, replace

import pytest

from gouji.model.record import record


@record(frozen=True, slots=True)
class Ours:
    """A record."""

    number: int
    words: tuple[str, ...] = ()
    note: str = field(default="", compare=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Theirs:
    """The dataclass it stands for."""

    number: int
    words: tuple[str, ...] = ()
    note: str = field(default="", compare=False)
    secret: str = field(default="", repr=False)


@record(frozen=True, slots=True)
class One:
    """A record of one value."""

    value: int


@record(frozen=False, slots=True)
class Open:
    """A record that may be altered."""

    value: int


@record(slots=True, eq=False)
class Made:
    """What a declaration may hold besides."""

    number: int
    words: list[str] = field(default_factory=list)
    double: int = field(init=False)
    count: int = field(init=False, default=0)
    seen: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.double = 2 * self.number


def test_it_is_made_as_the_dataclass_is() -> None:
    """By position and by name, with defaults, values made anew for each and those set afterwards; else TypeError."""
    one, other = Made(2), Made(number=3, words=["a"])
    assert repr(one) == "Made(number=2, words=[], double=4, count=0, seen=set())"
    assert repr(other) == "Made(number=3, words=['a'], double=6, count=0, seen=set())"
    assert Made(2).words is not one.words
    assert Made(2) != one
    assert {one: 1}[one]
    for values, named in (((), {}), ((1, [], 2), {}), ((1,), {"number": 1}), ((1,), {"count": 1})):
        with pytest.raises(TypeError):
            Made(*values, **named)
    with pytest.raises(TypeError):
        record(slots=False)
    match Ours(5, ("b",)):
        case Ours(number, words):
            assert (number, words) == (5, ("b",))


def test_every_record_is_declared_as_a_dataclass_may_be() -> None:
    """No default shared by all, none before what has none: `dataclass` would refuse it when it is declared."""
    seen = set()
    for name in (
        "gouji.model",
        "gouji.readers",
        "gouji.facts",
        "gouji.claims",
        "gouji.engine",
        "gouji_checks",
        "gouji_reports",
    ):
        for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            module = importlib.import_module(found.name)
            seen |= {v for v in vars(module).values() if isinstance(v, type) and "__dataclass_fields__" in vars(v)}
    for cls in seen:
        assert tuple(f.name for f in fields(cls) if f.init) == cls.__match_args__, cls
    assert len(seen) > 150


def test_it_compares_hashes_and_looks_as_the_dataclass_does() -> None:
    """By the values compared, with those of its own class alone."""
    made = [(1,), (1, ("a",)), (1, ("a",), "x"), (1, ("a",), "y", "z"), (2, ("a",))]
    for one in made:
        for other in made:
            assert (Ours(*one) == Ours(*other)) == (Theirs(*one) == Theirs(*other))
        assert hash(Ours(*one)) == hash(Theirs(*one))
        assert repr(Ours(*one)) == repr(Theirs(*one)).replace("Theirs", "Ours")
    assert Ours(1) != Theirs(1)
    assert One(1) == One(1) != Open(1)
    assert len({One(1), One(1), One(2)}) == 2


def test_it_is_a_dataclass() -> None:
    """Its fields are known; it is copied with changes, pickled, and holds nothing beside them."""
    one = Ours(3, ("a", "b"), "note")
    assert [f.name for f in fields(one)] == ["number", "words", "note", "secret"]
    assert replace(one, number=4) == Ours(4, ("a", "b"))
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    with pytest.raises(AttributeError):
        one.other = 1
    with pytest.raises(TypeError):
        hash(Open(1))
