"""How the figures of one list follow each other: A，B；C、D以及E, each with a name of its own or bare behind 依次为."""

from __future__ import annotations

from gouji.model import patterns as re

_NEXT = re.compile(r"\s*(?:[、，；]\s*(?:以及|和|及|与)?|以及|和|及|与)(?P<name>[^，。；：、\d]{0,24})")


def follows(gap: str, *, named: bool) -> bool:
    """Whether the words between two figures only divide members of one list; `named` where they must also name the second."""
    match = _NEXT.fullmatch(gap)
    return match is not None and (not named or len(match["name"].strip()) > 0)
