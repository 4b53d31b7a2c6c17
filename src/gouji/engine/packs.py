"""Packs: how checks, profiles and suites reach the engine.

A pack is a Python package with theme sub-packages, one check per module, and TOML profiles
and suites. It announces itself through one
entry point of the group `gouji.checks` whose object is a `Pack`. The national pack comes the same way as a province's own.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import field
from types import ModuleType
from typing import TYPE_CHECKING

from gouji.engine.kit import Check, PackageCheck
from gouji.model.beside import beside
from gouji.model.record import record
from gouji.model.result import CheckInfo

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


_CHECKS = (Check, PackageCheck)


class PackError(Exception):
    """A pack that cannot be used; the message names the pack or module and the reason."""


@record(frozen=True, slots=True)
class Pack:
    """Checks ordered by code, profiles and suites of expectations by name."""

    name: str
    checks: tuple[Check, ...]
    profiles: Mapping[str, Traversable]
    suites: Mapping[str, Traversable] = field(default_factory=dict)
    package_checks: tuple[PackageCheck, ...] = ()

    @property
    def infos(self) -> tuple[CheckInfo, ...]:
        """What is known of every check, ordered by code."""
        infos = [*(c.info for c in self.checks), *(c.info for c in self.package_checks)]
        return tuple(sorted(infos, key=lambda info: info.code))


def collect(name: str, package: str) -> Pack:
    """The pack made of every check module under the theme sub-packages of `package` and of its `profiles/*.toml`
    and `suites/*.toml`.

    A module whose name starts with an underscore is a helper and is passed over.
    """
    checks = sorted((_the_check(module) for module in _modules(package)), key=lambda c: c.info.code)
    alone = tuple(c for c in checks if isinstance(c, Check))
    over = tuple(c for c in checks if isinstance(c, PackageCheck))
    return Pack(name, alone, _data(package, "profiles"), _data(package, "suites"), over)


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    themes = sorted(m.name for m in pkgutil.iter_modules(root.__path__, f"{package}.") if m.ispkg)
    for theme in themes:
        for found in pkgutil.walk_packages(importlib.import_module(theme).__path__, f"{theme}."):
            if not found.ispkg and not found.name.rpartition(".")[2].startswith("_"):
                yield _load(found.name)


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise PackError(f"{name}: cannot be imported ({type(error).__name__}: {error})") from error


def _the_check(module: ModuleType) -> Check | PackageCheck:
    own = [v for v in vars(module).values() if isinstance(v, _CHECKS) and v.run.__module__ == module.__name__]
    if len(own) != 1:
        raise PackError(f"{module.__name__}: one check per module, found {len(own)}")
    return own[0]


def _data(package: str, kind: str) -> dict[str, Traversable]:
    folder = beside(package) / kind
    if not folder.is_dir():
        return {}
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {f.name.removesuffix(".toml"): f for f in files}
