"""The catalogue: every check and profile of every installed pack, each code, name and profile name used once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from gouji.engine.installed import points
from gouji.engine.kit import Check, PackageCheck
from gouji.engine.packs import Pack, PackError
from gouji.model.record import record
from gouji.model.result import CheckInfo

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "gouji.checks"


@record(frozen=True, slots=True)
class Catalogue:
    """The checks of all packs, ordered by code."""

    packs: tuple[Pack, ...]
    checks: tuple[Check, ...]
    package_checks: tuple[PackageCheck, ...] = ()

    @property
    def infos(self) -> tuple[CheckInfo, ...]:
        return tuple(sorted((info for pack in self.packs for info in pack.infos), key=lambda info: info.code))

    @property
    def profiles(self) -> dict[str, Traversable]:
        return {name: file for pack in self.packs for name, file in pack.profiles.items()}

    @property
    def suites(self) -> dict[str, Traversable]:
        return {name: file for pack in self.packs for name, file in pack.suites.items()}

    def find(self, word: str) -> CheckInfo | None:
        """What is known of the check of that code or name, in either case."""
        word = word.strip().casefold().replace("_", "-")
        return next((info for info in self.infos if word in (info.code.casefold(), info.name.casefold())), None)


def merge(packs: Iterable[Pack]) -> Catalogue:
    """One catalogue of several packs; a code, a check's name or a profile's name given twice is an error."""
    packs = tuple(packs)
    seen: dict[str, str] = {}
    for pack in packs:
        keys = [key for info in pack.infos for key in (f"code {info.code}", f"name {info.name}")]
        keys += [*(f"profile {name}" for name in pack.profiles), *(f"suite {name}" for name in pack.suites)]
        for key in keys:
            if key in seen:
                raise PackError(f"{key} is declared twice: by pack {seen[key]!r} and by pack {pack.name!r}")
            seen[key] = pack.name
    checks = sorted((c for pack in packs for c in pack.checks), key=lambda c: c.info.code)
    over_packages = sorted((c for pack in packs for c in pack.package_checks), key=lambda c: c.info.code)
    return Catalogue(packs, tuple(checks), tuple(over_packages))


@cache
def load() -> Catalogue:
    """The catalogue of the packs installed beside this program."""
    packs = []
    for point in sorted(points(GROUP), key=lambda point: (point.name, point.value)):
        try:
            pack = point.load()
        except PackError:
            raise
        except Exception as error:
            raise PackError(f"pack {point.name!r} ({point.value}) cannot be loaded: {type(error).__name__}: {error}") from error
        if not isinstance(pack, Pack):
            raise PackError(f"pack {point.name!r} ({point.value}) is not a gouji.engine.packs.Pack")
        packs.append(pack)
    if not packs:
        raise PackError(f"no pack of checks is installed (entry point group {GROUP})")
    return merge(packs)
