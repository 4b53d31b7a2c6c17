"""Which blocks hold which words: what is asked before every block is searched."""

from __future__ import annotations

from collections.abc import Sequence


class Wording:
    """The words of texts, in print and in normal form, with the blanks inside them and without. A block goes by its number.

    Most checks, and most finders of claims, look for what few reports hold: to let each of them search all blocks took most of
    their time. Which blocks hold a character is found once, when it is first asked for.
    """

    __slots__ = ("_blocks", "_both", "_normal", "_stand", "_texts", "_whole", "known")

    def __init__(self, printed: Sequence[str], normal: Sequence[str]) -> None:
        self._normal = normal
        both = (p if p == n else f"{p}\n{n}" for p, n in zip(printed, normal, strict=True))
        self._texts = [f"{text}\n{text.replace(' ', '')}" if " " in text else text for text in both]
        self._whole: str | None = None
        self._both: str | None = None
        self._stand: dict[str, bool] = {}  # characters
        self._blocks: dict[str, list[int]] = {}
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
        for word in words:
            if len(word) == 1:
                found.update(self._with(word))
            elif all(map(self._stands, word)):
                found.update([n for n in self._with(word[0]) if word in self._texts[n]])
        known = self.known[words] = frozenset(found)
        return known

    def has(self, word: str) -> bool:
        """Whether the word stands in the normal form of a block."""
        return all(map(self._stands, word)) and any(word in self._normal[n] for n in self._with(word[0]))

    def _with(self, char: str) -> list[int]:
        blocks = self._blocks.get(char)
        if blocks is None:
            stands = self._stands(char)  # most do not
            blocks = self._blocks[char] = [n for n, text in enumerate(self._texts) if char in text] if stands else []
        return blocks

    def _stands(self, char: str) -> bool:
        """Whether any block holds the character."""
        stands = self._stand.get(char)
        if stands is None:
            if self._both is None:
                self._both = "\n".join(self._texts)
            stands = self._stand[char] = char in self._both
        return stands
