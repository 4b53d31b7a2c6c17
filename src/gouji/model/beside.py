"""The files that lie among the modules of a package: tables of words, profiles, styles."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def beside(package: str) -> Traversable:
    """The folder of a package: its path, or what `importlib.resources` knows of one that is in no folder (a zip).

    That module costs a `gouji check` more to import than all the files that lie so take to read.
    """
    paths = [Path(path) for path in importlib.import_module(package).__path__]
    if len(paths) == 1 and paths[0].is_dir():
        return paths[0]
    from importlib import resources

    return resources.files(package)
