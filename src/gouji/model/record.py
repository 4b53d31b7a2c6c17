"""Records: frozen to the type checker, plain while the program runs.

A frozen dataclass sets each of its attributes through `object.__setattr__` and takes three times as long to make as a plain one;
a report of thirty pages is some thousands of them. So mypy sees `dataclass(frozen=True, slots=True)`, and fails the build where
an attribute is set; the running program gets one with the same equality and hash that does not look out for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from collections.abc import Callable

    def record(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["record"]
