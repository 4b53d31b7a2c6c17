"""Records: frozen to the type checker, plain while the program runs, and quick to declare.

A frozen dataclass sets each of its attributes through `object.__setattr__` and takes three times as long to make as a plain one;
a report of thirty pages is some thousands of them. So mypy sees `dataclass(frozen=True, slots=True)`, and fails the build where
an attribute is set; the running program gets one with the same equality, hash and look that does not look out for it.

A dataclass works itself out when it is declared, half a millisecond each, and a `gouji check` declares a hundred: a tenth of its
time. So equality, hash and look are functions shared by all; `__init__` is made when the first record is, and what `dataclasses`
knows of its fields when `replace` or another first asks. No record inherits from another, and none has arguments by name alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from collections.abc import Callable, Mapping
    from dataclasses import MISSING, Field, dataclass, field
    from inspect import get_annotations
    from operator import attrgetter
    from threading import Lock
    from typing import Any

    _ASKED = Lock()  # held while the fields of a record are worked out

    def record(*, slots: bool, frozen: bool = False, eq: bool = True) -> Callable[[type], type]:
        if not slots:
            raise TypeError("a record has slots")

        def made(cls: type) -> type:
            names = tuple(get_annotations(cls))
            kept = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
            defaults = {name: kept.pop(name) for name in names if name in kept}
            said = {name: value for name, value in defaults.items() if isinstance(value, Field)}
            body = {
                **kept,
                "__slots__": names,
                "__qualname__": cls.__qualname__,
                "__match_args__": tuple(name for name in names if name not in said or said[name].init),
                "__init__": _first(names, defaults),
                "__repr__": _look([name for name in names if name not in said or said[name].repr]),
                "__dataclass_fields__": _Fields(cls),
            }
            if eq:
                body |= _by_value([name for name in names if name not in said or said[name].compare], frozen=frozen)
            return type(cls)(cls.__name__, cls.__bases__, body)

        return made

    def _first(names: tuple[str, ...], defaults: Mapping[str, Any]) -> Callable[..., None]:
        def first(self: Any, *values: Any, **named: Any) -> None:
            cls = self.__class__
            cls.__init__ = _init(names, defaults, hasattr(cls, "__post_init__"))
            self.__init__(*values, **named)

        return first

    def _init(names: tuple[str, ...], defaults: Mapping[str, Any], post: bool) -> Callable[..., None]:
        """`__init__` as `dataclass` writes it."""
        parameters, lines, scope = ["self"], ["pass"], {"MISSING": MISSING}
        for name in names:
            given = defaults.get(name, MISSING)
            its = given if isinstance(given, Field) else field(default=given)
            made = its.default_factory is not MISSING
            if not (its.init or made) and its.default is MISSING:
                continue  # `__post_init__` sets it
            scope[f"default_{name}"], scope[f"make_{name}"] = its.default, its.default_factory
            if its.init:
                parameters.append(f"{name}=default_{name}" if made or its.default is not MISSING else name)
            value = name if its.init else f"default_{name}"
            lines.append(f"self.{name} = " + (f"make_{name}() if {value} is MISSING else {value}" if made else value))
        if post:
            lines.append("self.__post_init__()")
        body = "\n ".join(lines)
        exec(f"def __init__({', '.join(parameters)}):\n {body}", scope)  # noqa: S102 - the names of a class's own attributes
        return scope["__init__"]

    class _Fields:
        """Stands for the fields of a record until somebody asks for them."""

        def __init__(self, declared: type) -> None:
            self._declared = declared

        def __get__(self, instance: object, owner: type) -> dict[str, Field[Any]]:
            with _ASKED:
                if owner.__dict__["__dataclass_fields__"] is self:
                    self._declared.__doc__ = "-"  # else it is made of the signature
                    owner.__dataclass_fields__ = dataclass(slots=True, eq=False, repr=False)(
                        self._declared
                    ).__dataclass_fields__
            return owner.__dict__["__dataclass_fields__"]

    def _by_value(names: list[str], *, frozen: bool) -> dict[str, Callable[..., Any] | None]:
        """Equality and hash as `dataclass(eq=True, unsafe_hash=frozen)` gives them."""
        values = attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)

        def equal(self: Any, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self: Any) -> int:
            return hash(values(self))

        return {"__eq__": equal, "__hash__": hashed if frozen else None}

    def _look(names: list[str]) -> Callable[[Any], str]:
        def look(self: Any) -> str:
            return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        return look


__all__ = ["record"]
