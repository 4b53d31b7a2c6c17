"""Which blocks hold which words: what is asked before every block is searched."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache

_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_PAIR = 2
_ONE = 0xFFFF  # the last character that UTF-16 writes in one piece


class Wording:
    """The words of texts, in print and in normal form, with the blanks inside them and without. A block goes by its number.

    Most checks, and most finders of claims, look for what few reports hold: to let each of them search all blocks took most of
    their time. Which pairs of characters stand side by side is found once, for most words that are asked for stand nowhere; which
    blocks hold a character, when it is first asked for. A text that several blocks have is looked through once.
    """

    __slots__ = ("_again", "_joined", "_normal", "_numbered", "_pairs", "_texts", "_whole", "_with_char", "known")

    def __init__(self, printed: Sequence[str], normal: Sequence[str]) -> None:
        self._normal = normal
        firsts: dict[tuple[str, str], int] = {}
        self._again: dict[int, list[int]] = {}  # the blocks that have the text of an earlier one, by that one
        for number, both in enumerate(zip(printed, normal, strict=True)):
            first = firsts.setdefault(both, number)
            if first != number:
                self._again.setdefault(first, []).append(number)
        self._texts: list[tuple[int, str]] = []  # each with the first block that has it
        for (p, n), number in firsts.items():
            text = p if p == n else f"{p}\n{n}"
            self._texts.append((number, f"{text}\n{text.replace(' ', '')}" if " " in text else text))
        self._joined = "\n".join(["", *[text for _, text in self._texts], ""])
        self._whole: str | None = None
        self._pairs: set[int] | None = None
        self._with_char: dict[str, list[tuple[int, str]]] = {}  # the texts that hold a character
        self._numbered: dict[str, frozenset[int]] = {}  # and their numbers
        self.known: dict[tuple[str, ...], frozenset[int]] = {}  # what `having` has been asked

    @property
    def whole(self) -> str:
        """The normal forms of all blocks, parted by line feeds."""
        if self._whole is None:
            self._whole = "\n".join(self._normal)
        return self._whole

    def having(self, *words: str) -> frozenset[int]:
        """The blocks in which any of the words stands, in print or in normal form; looked for once."""
        known = self.known.get(words)
        if known is not None:
            return known
        found: set[int] = set()
        single, lexicon = _asked(words)
        for char in single:
            found |= self._numbers(char)
        for word in self._likely(lexicon):
            found.update([n for n, text in self._with(word[0]) if word in text])
        if self._again:
            for first in found & self._again.keys():
                found.update(self._again[first])
        known = self.known[words] = frozenset(found)
        return known

    def has(self, word: str) -> bool:
        """Whether the word stands in the normal form of a block."""
        return self._may_stand(word) and any(word in self._normal[n] for n, _ in self._with(word[0]))

    def standing(self, lexicon: Lexicon) -> set[str]:
        """Those words of a lexicon that stand in the normal form of a block."""
        whole = self.whole
        return {word for word in self._likely(lexicon) if word in whole}

    def _likely(self, lexicon: Lexicon) -> list[str]:
        """Those words of a lexicon of which every two characters stand side by side somewhere."""
        known = self._known_pairs()
        begun = [word for pair in lexicon.by_pair.keys() & known for word in lexicon.by_pair[pair]]
        return [word for word in begun if len(word) == _PAIR or _pairs_of(word) <= known]

    def _may_stand(self, word: str) -> bool:
        """Whether every two characters of the word stand side by side somewhere."""
        return _pairs_of(word) <= self._known_pairs()

    def _known_pairs(self) -> set[int]:
        if self._pairs is None:
            self._pairs = _pairs(self._joined)
        return self._pairs

    def _numbers(self, char: str) -> frozenset[int]:
        numbers = self._numbered.get(char)
        if numbers is None:
            numbers = self._numbered[char] = frozenset([n for n, _ in self._with(char)])
        return numbers

    def _with(self, char: str) -> list[tuple[int, str]]:
        texts = self._with_char.get(char)
        if texts is None:
            stands = char in self._joined  # most do not
            texts = self._with_char[char] = [both for both in self._texts if char in both[1]] if stands else []
        return texts


class Lexicon:
    """Many words to look for at once, by the first two characters of each; to look for one after the other takes six times as long.

    Words have two characters or more.
    """

    __slots__ = ("by_pair",)

    def __init__(self, words: Iterable[str]) -> None:
        self.by_pair: dict[int, list[str]] = {}  # a pair to the words that begin so
        for word in sorted(set(words)):
            self.by_pair.setdefault(_pair(word), []).append(word)


def _pair(word: str) -> int:
    """The first two characters of a word, as `_pairs` tells them."""
    first, second = ord(word[0]), ord(word[1])
    if first > _ONE or second > _ONE:
        return min(_pairs(word[:2]))
    return first | second << 16 if sys.byteorder == "little" else first << 16 | second


def _pairs(text: str) -> set[int]:
    """Every two characters that stand side by side, as one number."""
    raw = text.encode(_UTF_16, "surrogatepass")
    shifted = (memoryview(raw)[start : start + (len(raw) - start) // 4 * 4] for start in (0, 2))
    return set().union(*(part.cast("I") for part in shifted))


@lru_cache(maxsize=4096)
def _asked(words: tuple[str, ...]) -> tuple[list[str], Lexicon]:
    """The words of one character, and the longer ones."""
    return [word for word in words if len(word) == 1], Lexicon(word for word in words if len(word) > 1)


@lru_cache(maxsize=4096)
def _pairs_of(word: str) -> frozenset[int]:
    return frozenset(_pairs(word))
