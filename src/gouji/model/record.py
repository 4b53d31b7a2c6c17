"""Records: frozen to the type checker, plain while the program runs.

A frozen dataclass sets each of its attributes through `object.__setattr__` and takes three times as long to make as a plain one;
a report of thirty pages is some thousands of them. So mypy sees `dataclass(frozen=True, slots=True)`, and fails the build where
an attribute is set; the running program gets one with the same equality, hash and look that does not look out for it. These
three are shared by all records: a dataclass compiles its own from text, which costs each class a third of a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from collections.abc import Callable
    from dataclasses import fields
    from operator import attrgetter
    from typing import Any

    def record(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        def made(cls: type) -> type:
            plain = dataclass(slots=slots, eq=False, repr=False)(cls)
            _same_by_value(plain, frozen=frozen)
            return plain

        return made

    def _same_by_value(cls: type, *, frozen: bool) -> None:
        """What `dataclass(eq=True, unsafe_hash=frozen)` gives a class: equality and hash by the values compared, and its look."""
        compared = [f.name for f in fields(cls) if f.compare]
        shown = [f.name for f in fields(cls) if f.repr]
        values = _values(compared)

        def equal(self: Any, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self: Any) -> int:
            return hash(values(self))

        def look(self: Any) -> str:
            return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

        cls.__eq__ = equal
        cls.__hash__ = hashed if frozen else None
        cls.__repr__ = look

    def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
        if len(names) > 1:
            return attrgetter(*names)
        return lambda record: tuple(getattr(record, name) for name in names)


__all__ = ["record"]
