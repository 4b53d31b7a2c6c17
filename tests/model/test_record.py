"""Records are what a frozen dataclass is to whoever compares, hashes, copies, prints and pickles them."""

from __future__ import annotations

import copy
import pickle
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
