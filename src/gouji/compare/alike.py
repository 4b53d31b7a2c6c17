"""Which sentences are alike: MinHash, locality-sensitive hashing by sorting, and a proof on the texts themselves.

Sixteen bands of four rows: two sentences that share 80 % of their pieces meet in a band with a probability above 99.9 %, at 60 % with
89 %. The bands are sorted one after another, so that no table of buckets is held.
"""

from __future__ import annotations

import numpy as np
from rensa import RMinHash

from gouji.compare.store import Array, Store

_BANDS, _ROWS, _SEED = 16, 4, 20230101
_PIECE = 3  # characters of a shingle
_CHUNK = 20_000  # sentences hashed at a time
_CROWD = 24  # a longer run of equal band hashes is chained, not crossed
LEAST_ALIKE = 0.6


def groups(store: Store) -> Array:
    """For each sentence the number of its group; sentences that are alike, directly or through others, share one."""
    if not len(store):
        return np.zeros(0, dtype=np.int64)
    _, first, group = np.unique(store.hashes, return_index=True, return_inverse=True)
    parents = np.arange(len(first))
    bands = _bands(store, first)
    for pair in _candidates(bands):
        a, b = int(pair >> 32), int(pair & 0xFFFFFFFF)
        x, y = _root(parents, a), _root(parents, b)
        if x != y and are_alike(store.unit(int(first[a])).key, store.unit(int(first[b])).key):
            parents[max(x, y)] = min(x, y)
    roots = np.array([_root(parents, n) for n in range(len(first))])
    return np.asarray(roots[group])


def pieces(key: str) -> set[str]:
    """The shingles of a sentence."""
    return {key[n : n + _PIECE] for n in range(max(1, len(key) - _PIECE + 1))}


def are_alike(one: str, other: str) -> bool:
    """Whether two keys share at least 60 % of their pieces (Jaccard)."""
    a, b = pieces(one), pieces(other)
    return len(a & b) >= LEAST_ALIKE * len(a | b)


def _bands(store: Store, first: Array) -> Array:
    """For each distinct sentence the hash of each band."""
    found = np.empty((len(first), _BANDS), dtype=np.uint64)
    order = np.argsort(first, kind="stable")  # read the file from front to back
    for start in range(0, len(first), _CHUNK):
        rows = order[start : start + _CHUNK]
        tokens = [list(pieces(key)) for key in store.keys(first[rows])]
        matrix = RMinHash.digest_matrix_from_token_sets(tokens, _BANDS * _ROWS, _SEED)
        signatures = np.asarray(matrix.to_rows(), dtype=np.uint64).reshape(len(rows), _BANDS, _ROWS)
        mixed = np.zeros((len(rows), _BANDS), dtype=np.uint64)
        for row in range(_ROWS):
            mixed = (mixed ^ signatures[:, :, row]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
        found[rows] = mixed
    return found


def _candidates(bands: Array) -> Array:
    """The pairs of sentences that meet in a band, each once, as (smaller << 32) | larger."""
    found = []
    for band in range(bands.shape[1]):
        order = np.argsort(bands[:, band], kind="stable")
        values = bands[order, band]
        for step in range(1, _CROWD):
            same = values[step:] == values[:-step]
            if not same.any():
                break
            a, b = order[:-step][same], order[step:][same]
            low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
            found.append((low << np.uint64(32)) | high)
        if len(found) > 4 * _CROWD:
            found = [np.unique(np.concatenate(found))]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


def _root(parents: Array, node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = int(parents[node])
    return node
