"""Profiles: TOML files that an auditor edits, read and checked key by key.

name = "hebei-2023"
title = "…"
extends = "national"        # optional: everything not said here is taken from that profile
match = ["河北省"]           # places whose reports follow it, where no profile is chosen by option

execution = "proportional"  # budget execution scores weight × rate; "free" where the bureau has steps of its own
execution_weights = [10]    # what budget execution may count of 100
over_achievement = 1.3      # an actual above so many times its target is to be explained
sections = ["…|…"]          # headings that a report must have; any of the words parted by |
forms = ["…"]               # forms that a package must hold

[[scale]]                   # the best band first; words[0] is its name, the rest its synonyms
low = 90
words = ["优", "优秀"]

[[qualitative]]             # the bands of qualitative indicators: least share of the weight, in percent, by the words of the actual
low = 80
words = ["达成年度指标"]

[[other_scales]]            # scales that other places use, known so that they are not mistaken for errors
bands = [{ low = 85, words = ["优秀"] }, …]

[weights]                   # first-level indicator -> its weight
[columns]                   # kind of column (target, actual, weight, score …) -> further names for it
[severities]                # code -> error, warning, notice or off
[options]                   # key -> text, number or true/false
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from gouji.engine.catalogue import Catalogue
from gouji.model.profile import Band, Profile
from gouji.model.quantity import HUNDRED, plain

DEFAULT = "national"
AUTO = "auto"
COLUMNS = ("target", "actual", "weight", "score", "reason", "budget", "spent", "rate", "grade")
_SEVERITIES = ("error", "warning", "notice", "off")


class ProfileError(Exception):
    """A profile that cannot be used; the message names file, key and reason."""


def load(word: str, catalogue: Catalogue) -> Profile:
    """The profile of that name, or the one in that file (a path, or a word that ends in .toml).

    `auto` is the national profile with all the others as candidates: each document chooses by its own words.
    """
    if word == AUTO and word not in catalogue.profiles:
        others = tuple(load(name, catalogue) for name in sorted(catalogue.profiles) if name != DEFAULT)
        return replace(load(DEFAULT, catalogue), candidates=others)
    if word in catalogue.profiles:
        return parse(catalogue.profiles[word].read_text("utf-8"), word, catalogue)
    path = Path(word)
    if path.suffix == ".toml" or path.is_file():
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path}: cannot be read ({error})") from error
        return parse(text, str(path), catalogue)
    raise ProfileError(f"{word}: no such profile or file; known profiles: {', '.join(sorted(catalogue.profiles)) or 'none'}")


def parse(text: str, where: str, catalogue: Catalogue, _above: tuple[str, ...] = ()) -> Profile:
    """The profile that a TOML text describes; `where` names it in messages."""
    try:
        data = _read(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{where}: {error}") from error
    known = {*_READERS, "extends", "severities", "options"}
    if unknown := set(data) - known:
        raise ProfileError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    base = _base(data, where, catalogue, _above)
    if base is None:
        for key in ("name", "scale"):
            if key not in data:
                raise ProfileError(f'{where}: {key}: missing (or say extends = "{DEFAULT}")')
        base = Profile(name="", title="", scale=())
    said = {key: read(data[key], f"{where}: {key}") for key, read in _READERS.items() if key in data}
    said["options"] = base.options | _options(data.get("options", {}), f"{where}: options")
    said["severities"] = base.severities | _severities(data.get("severities", {}), f"{where}: severities", catalogue)
    profile = replace(base, **{"match": ()} | said)
    return profile if profile.title else replace(profile, title=profile.name)


@lru_cache(maxsize=32)
def _read(text: str) -> dict[str, Any]:
    """The table of a text; most profiles extend the national one, which is read once for them all. Not to be altered."""
    return tomllib.loads(text, parse_float=Decimal)


def _base(data: dict[str, Any], where: str, catalogue: Catalogue, above: tuple[str, ...]) -> Profile | None:
    name = data.get("extends")
    if name is None:
        return None
    if name not in catalogue.profiles:
        raise ProfileError(f"{where}: extends: no profile {name!r}; known: {', '.join(sorted(catalogue.profiles))}")
    if name in above:
        raise ProfileError(f"{where}: extends: {' -> '.join((*above, name))} goes in a circle")
    return parse(catalogue.profiles[name].read_text("utf-8"), name, catalogue, (*above, name))


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ProfileError(f"{where}: must be a text that is not empty")
    return value


def _number(value: Any, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ProfileError(f"{where}: must be a number")
    return Decimal(value)


def _scale(value: Any, where: str) -> tuple[Band, ...]:
    if not isinstance(value, list) or not value:
        raise ProfileError(f"{where}: must be a list of bands, each with low and words")
    bands = tuple(_band(entry, f"{where}: band {number}") for number, entry in enumerate(value, 1))
    if any(a.low <= b.low for a, b in pairwise(bands)):
        raise ProfileError(f"{where}: the bands must go from the best down, each low below the one before")
    words = [word for band in bands for word in band.words]
    if twice := sorted({w for w in words if words.count(w) > 1}):
        raise ProfileError(f"{where}: {', '.join(twice)} stands in two bands")
    return bands


def _band(entry: Any, where: str) -> Band:
    if not isinstance(entry, dict) or set(entry) != {"low", "words"}:
        raise ProfileError(f"{where}: must have exactly low and words")
    words = entry["words"]
    if not isinstance(words, list) or not words:
        raise ProfileError(f"{where}: words must be a list of texts, the band's name first")
    return Band(_number(entry["low"], f"{where}: low"), tuple(_text(w, f"{where}: words") for w in words))


def _scales(value: Any, where: str) -> tuple[tuple[Band, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(v, dict) and set(v) == {"bands"} for v in value):
        raise ProfileError(f"{where}: must be tables [[other_scales]], each with bands and nothing else")
    return tuple(_scale(v["bands"], f"{where} {number}: bands") for number, v in enumerate(value, 1))


def _options(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ProfileError(f"{where}: must be a table")
    found = {}
    for key, entry in value.items():
        if not isinstance(entry, str | int | Decimal):
            raise ProfileError(f"{where}.{key}: must be a text, a number or true/false")
        found[key] = str(entry).lower() if isinstance(entry, bool) else str(entry)
    return found


def _severities(value: Any, where: str, catalogue: Catalogue) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ProfileError(f"{where}: must be a table")
    codes = {info.code for info in catalogue.infos} if value else set()
    for code, severity in value.items():
        if code not in codes:
            raise ProfileError(f"{where}.{code}: no check has this code")
        if severity not in _SEVERITIES:
            raise ProfileError(f"{where}.{code}: {severity!r} is none of {', '.join(_SEVERITIES)}")
    return dict(value)


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ProfileError(f"{where}: must be a list of texts")
    return tuple(_text(w, where) for w in value)


def _execution(value: Any, where: str) -> str:
    if value not in ("proportional", "free"):
        raise ProfileError(f"{where}: must be proportional or free")
    return str(value)


def _numbers(value: Any, where: str) -> tuple[Decimal, ...]:
    if not isinstance(value, list) or not value:
        raise ProfileError(f"{where}: must be a list of numbers")
    return tuple(_number(v, where) for v in value)


def _weights(value: Any, where: str) -> dict[str, Decimal]:
    if not isinstance(value, dict):
        raise ProfileError(f"{where}: must be a table")
    weights = {key: _number(v, f"{where}.{key}") for key, v in value.items()}
    if weights and sum(weights.values()) != HUNDRED:
        raise ProfileError(f"{where}: the weights add up to {plain(sum(weights.values(), Decimal(0)))}, not to 100")
    return weights


def _columns(value: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ProfileError(f"{where}: must be a table")
    for key in value:
        if key not in COLUMNS:
            raise ProfileError(f"{where}.{key}: no kind of column; known: {', '.join(COLUMNS)}")
    return {key: _words(names, f"{where}.{key}") for key, names in value.items()}


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "name": _text,
    "title": _text,
    "match": _words,
    "scale": _scale,
    "other_scales": _scales,
    "weights": _weights,
    "execution_weights": _numbers,
    "execution": _execution,
    "over_achievement": _number,
    "qualitative": _scale,
    "sections": _words,
    "forms": _words,
    "columns": _columns,
}


# ---- written out ----------------------------------------------------------------------------------------------------------------


def to_toml(profile: Profile) -> str:
    """The profile with all that it inherits, as TOML that `parse` reads back alike."""
    lines = [f"name = {_quoted(profile.name)}", f"title = {_quoted(profile.title)}"]
    lines += [f"{key} = {_list(getattr(profile, key))}" for key in ("match", "sections", "forms")]
    lines += [f"execution = {_quoted(profile.execution)}"]
    lines += [f"execution_weights = [{', '.join(map(plain, profile.execution_weights))}]"]
    if profile.over_achievement is not None:
        lines.append(f"over_achievement = {plain(profile.over_achievement)}")
    for key in ("scale", "qualitative"):
        for band in getattr(profile, key):
            lines += ["", f"[[{key}]]", f"low = {plain(band.low)}", f"words = {_list(band.words)}"]
    for scale in profile.other_scales:
        bands = (f"  {{ low = {plain(b.low)}, words = {_list(b.words)} }}," for b in scale)
        lines += ["", "[[other_scales]]", "bands = [", *bands, "]"]
    lines += ["", "[weights]", *(f"{_quoted(k)} = {plain(v)}" for k, v in profile.weights.items())]
    lines += ["", "[columns]", *(f"{k} = {_list(v)}" for k, v in profile.columns.items())]
    for key in ("severities", "options"):
        lines += ["", f"[{key}]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in getattr(profile, key).items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"
