"""The sentences of all submissions: their texts in a file, what is compared of them in flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import IO, Any

import numpy as np

from gouji.compare.units import Cut, Unit

Array = np.ndarray[Any, Any]


class Store:
    """Grows by one submission at a time; only hashes, offsets and lengths stay in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self._offsets, self._hashes = array("q"), array("Q")
        self._documents, self._blocks, self._lengths = array("i"), array("i"), array("i")
        self.documents = 0

    def add(self, cut: Cut) -> None:
        """The sentences of the next submission."""
        for unit in cut.units:
            line = f"{unit.key}\t{unit.text}\n".encode("utf-8", "replace")
            self._file.write(line)
            self._offsets.append(self._at)
            self._at += len(line)
            self._hashes.append(digest(unit.key))
            self._documents.append(self.documents)
            self._blocks.append(unit.block)
            self._lengths.append(len(unit.text))
        self.documents += 1

    def __len__(self) -> int:
        return len(self._offsets)

    @property
    def hashes(self) -> Array:
        return np.frombuffer(self._hashes, dtype=np.uint64) if self._hashes else np.zeros(0, dtype=np.uint64)

    @property
    def owners(self) -> Array:
        """The submission of each sentence."""
        return np.frombuffer(self._documents, dtype=np.int32) if self._documents else np.zeros(0, dtype=np.int32)

    @property
    def lengths(self) -> Array:
        return np.frombuffer(self._lengths, dtype=np.int32) if self._lengths else np.zeros(0, dtype=np.int32)

    def unit(self, index: int) -> Unit:
        """One sentence, from disk."""
        self._file.seek(self._offsets[index])
        key, _, text = self._file.readline().decode().rstrip("\n").partition("\t")
        return Unit(self._blocks[index], text, key)

    def keys(self, indexes: Iterable[int]) -> Iterator[str]:
        """The keys of some sentences, in the order given."""
        self._file.flush()
        for index in indexes:
            yield self.unit(int(index)).key

    def everything(self) -> Iterator[tuple[int, Unit]]:
        """All sentences in order, read once from beginning to end."""
        self._file.flush()
        self._file.seek(0)
        for index in range(len(self)):
            key, _, text = self._file.readline().decode().rstrip("\n").partition("\t")
            yield index, Unit(self._blocks[index], text, key)


def digest(text: str) -> int:
    """A hash of 64 bits that is the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
