"""Which submissions share how much, and what in it differs."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np

from gouji.compare.store import Array, Store
from gouji.compare.units import Unit, figures
from gouji.model.likeness import Pair, Passage, Submission

MANY = 12  # a sentence that more submissions share is boilerplate
_FEW_DOCUMENTS = 40  # characters: two submissions that share less than a sentence's length share nothing
_YEARS = re.compile(r"(?:19|20)?\d\d?")
_SHOWN = 40  # passages of a pair


def rank(store: Store, groups: Array, submissions: list[Submission], least: float) -> tuple[list[Pair], int]:
    """The pairs that share at least `least` of the smaller one's own text, and how many sentences are boilerplate."""
    own, shared, held, boilerplate = _shares(store, groups)
    found = []
    for (a, b), characters in shared.items():
        share = characters / max(1.0, min(own[a], own[b]))
        if share >= least and characters >= _FEW_DOCUMENTS:
            found.append((min(share, 1.0), a, b))
    found.sort(key=lambda f: (-f[0], f[1], f[2]))
    wanted = {document for _, a, b in found for document in (a, b)}
    units = _units_of(store, groups, held, wanted)
    return [_pair(store, submissions, units, *f) for f in found], boilerplate


def _shares(store: Store, groups: Array) -> tuple[Array, dict[tuple[int, int], float], Array, int]:
    """Own characters of each submission, characters shared by each pair, which groups count, and the sentences of boilerplate."""
    owners, lengths = store.owners, store.lengths
    if not len(store):
        return np.zeros(store.documents), {}, np.zeros(0, dtype=bool), 0
    order = np.lexsort((owners, groups))
    sorted_groups, sorted_owners, sorted_lengths = groups[order], owners[order], lengths[order]
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
    counts_mask = np.zeros(int(groups.max()) + 1, dtype=bool)
    own = np.zeros(store.documents)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    boilerplate = 0
    for start, stop in zip(starts, np.r_[starts[1:], len(order)], strict=True):
        documents = np.unique(sorted_owners[start:stop])
        length = int(sorted_lengths[start])
        if len(documents) > MANY:
            boilerplate += 1
            continue
        weight = length / max(1, len(documents) - 1)
        own[documents] += weight
        counts_mask[int(sorted_groups[start])] = len(documents) > 1
        for a, b in combinations(documents.tolist(), 2):
            shared[a, b] += weight
    return own, shared, counts_mask, boilerplate


def _units_of(store: Store, groups: Array, held: Array, wanted: set[int]) -> dict[int, dict[int, int]]:
    """For each of the wanted submissions the first sentence of every group that it shares."""
    found: dict[int, dict[int, int]] = {document: {} for document in wanted}
    if not wanted:
        return found
    owners = store.owners
    for index in np.flatnonzero(np.isin(owners, list(wanted)) & held[groups]):
        found[int(owners[index])].setdefault(int(groups[index]), int(index))
    return found


def _pair(store: Store, submissions: list[Submission], units: dict[int, dict[int, int]], share: float, a: int, b: int) -> Pair:
    one, other = submissions[a], submissions[b]
    common = sorted(units[a].keys() & units[b].keys(), key=lambda g: units[a][g])
    passages = [_passage(store.unit(units[a][g]), store.unit(units[b][g])) for g in common]
    years = one.year != other.year and None not in {one.year, other.year}
    rolled = bool(years and one.organisation and one.organisation == other.organisation)
    characters = sum(len(p.text) for p in passages)
    taken = any(p.same_figures for p in passages)
    passages.sort(key=lambda p: (not p.same_figures, not p.only_year, -len(p.text)))
    kind, severity = "rolled_over" if rolled else "clone", "warning" if taken else "notice"
    return Pair(a, b, round(float(share), 4), characters, kind, severity, tuple(passages[:_SHOWN]))


def _passage(one: Unit, other: Unit) -> Passage:
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    changed = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    years = bool(changed) and all(_is_year(one.text, a, b) and _is_year(other.text, c, d) for _, a, b, c, d in changed)
    said = figures(one.text)
    return Passage(
        one.block,
        one.text,
        other.block,
        other.text,
        tuple((a, b) for _, a, b, _, _ in changed if b > a),
        tuple((c, d) for _, _, _, c, d in changed if d > c),
        same_figures=len(said) >= 2 and said == figures(other.text),
        only_year=years,
    )


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether the characters that differ are digits of a year."""
    if not text[start:end].isdigit():
        return False
    first = start
    while first and text[first - 1].isdigit():
        first -= 1
    last = end
    while last < len(text) and text[last].isdigit():
        last += 1
    return last - first == 4 and text[first : first + 2] in {"19", "20"} and text[last : last + 1] == "年"
