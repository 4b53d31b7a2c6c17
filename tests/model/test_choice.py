"""Choices are what a `StrEnum` is to whoever names, compares, lists, looks up, prints, copies and pickles them."""

from __future__ import annotations

import copy
import json
import pickle
from enum import StrEnum

import pytest

from gouji.model.choice import Choice


class Ours(Choice):
    """A choice."""

    RED = "red"
    BLUE = "blue"

    @property
    def is_warm(self) -> bool:
        return self is Ours.RED


class Theirs(StrEnum):
    """The enumeration it stands for."""

    RED = "red"
    BLUE = "blue"


def test_it_is_named_listed_and_printed_as_the_enumeration_is() -> None:
    """Names, values, their order, and how they look in text and in JSON are the same."""
    assert len(list(Ours)) == len(Ours) == len(Theirs)
    for one, other in zip(Ours, Theirs, strict=True):
        assert (one.name, one.value, str(one), f"{one:>6}") == (other.name, other.value, str(other), f"{other:>6}")
        assert repr(one) == repr(other).replace("Theirs", "Ours")
        assert json.dumps({one: one}) == json.dumps({other: other})
        assert type(one.value) is type(str(one)) is str
    assert Ours.RED == "red" != Ours.BLUE
    assert {"red": 1}[Ours.RED] == {Ours.RED: 1}["red"] == 1


def test_there_is_one_of_each() -> None:
    """A value looked up, copied or pickled is the member itself; a word that is none is refused, in the same words."""
    for one in Ours:
        assert Ours(one.value) is Ours(one) is copy.deepcopy(one) is pickle.loads(pickle.dumps(one)) is one
    assert Ours.RED.is_warm
    assert not Ours.BLUE.is_warm
    with pytest.raises(ValueError, match="'green' is not a valid Theirs"):
        Theirs("green")
    with pytest.raises(ValueError, match="'green' is not a valid Ours"):
        Ours("green")
    with pytest.raises(AttributeError):
        Ours.RED.other = 1  # type: ignore[attr-defined]
