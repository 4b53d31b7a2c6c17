"""Which blocks hold which words: as a search of every block finds it."""

from __future__ import annotations

import random

from gouji.model.wording import Lexicon, Wording

CHARACTERS = "预算支出的了A1，。 \n𠮷"


def blocks(seed: int, number: int = 40) -> list[str]:
    pick = random.Random(seed)
    return ["".join(pick.choices(CHARACTERS, k=pick.randint(0, 9))) for _ in range(number)]


def holding(texts: list[list[str]], word: str) -> set[int]:
    return {n for one in texts for n, text in enumerate(one) if word in text or word in text.replace(" ", "")}


def test_words_are_found_where_they_stand() -> None:
    """In print or in normal form, with the blanks inside and without, of any length, at the head and the end of a text."""
    pick = random.Random(1)
    for seed in range(20):
        printed, normal = blocks(seed), blocks(seed + 100)
        wording = Wording(printed, normal)
        for _ in range(100):
            word = "".join(pick.choices(CHARACTERS.replace("\n", ""), k=pick.randint(1, 4)))
            assert set(wording.having(word)) == holding([printed, normal], word), (seed, word)
            assert wording.has(word) == any(word in text for text in normal)


def test_several_words_are_asked_for_at_once() -> None:
    """Any of them will do."""
    wording = Wording(["预算", "支出", "结余"], ["预算", "支出", "结余"])
    assert wording.having("预算", "结", "决算") == {0, 2}
    assert wording.having() == frozenset()


def test_a_lexicon_is_looked_for_as_a_whole() -> None:
    """Its words that stand in the normal forms, as a search for each would find them."""
    pick = random.Random(2)
    words = ["".join(pick.choices(CHARACTERS.replace("\n", ""), k=pick.randint(2, 4))) for _ in range(400)]
    lexicon = Lexicon(words)
    for seed in range(20):
        texts = blocks(seed)
        found = Wording(texts, texts).standing(lexicon)
        assert found == {word for word in words if any(word in text for text in texts)}
        assert found


def test_no_blocks_hold_nothing() -> None:
    """A document without a block has no words."""
    assert Wording([], []).having("的", "预算") == frozenset()
