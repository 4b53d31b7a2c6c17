"""Choices: a `StrEnum` to the type checker, words with a name while the program runs.

To name a member of an enumeration, `Verdict.AGREES`, takes Python 3.11 four times as long as any other attribute, and a report of
thirty pages does it forty thousand times: a fourteenth of all its work. So mypy sees a `StrEnum`; the running program gets a class
whose members are the same strings, compared, listed, looked up by value, printed and pickled alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enum import StrEnum as Choice
else:
    from collections.abc import Iterator

    class _Choices(type):
        """Makes members of the strings in the body of a class; the class goes through them, and finds one by its value."""

        def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            words = {key: value for key, value in body.items() if isinstance(value, str) and not key.startswith("_")}
            rest = {key: value for key, value in body.items() if key not in words}
            cls = super().__new__(meta, name, bases, {"__slots__": (), **rest})
            cls._members = {}
            for key, value in words.items():
                member = str.__new__(cls, value)
                member.name, member.value = key, value
                cls._members[value] = member
                setattr(cls, key, member)
            return cls

        def __call__(cls, value: str) -> str:
            member = cls._members.get(value)
            if member is None:
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            return member

        def __iter__(cls) -> Iterator[str]:
            return iter(cls._members.values())

        def __len__(cls) -> int:
            return len(cls._members)

    class Choice(str, metaclass=_Choices):
        """A closed set of words, each under a name."""

        __slots__ = ("name", "value")

        def __repr__(self) -> str:
            return f"<{self.__class__.__qualname__}.{self.name}: {self.value!r}>"

        def __reduce__(self) -> tuple[object, ...]:
            return self.__class__, (self.value,)


__all__ = ["Choice"]
