"""Length-preserving normal form: full-width digits, letters and signs become ASCII, half-width brackets and marks become Chinese.

Offsets in the normal form are offsets in the printed text, so that spans never need translating back.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from gouji.model import patterns as re

_TABLE: dict[int, str] = {0xFF10 + i: str(i) for i in range(10)}
_TABLE |= {0xFF21 + i: chr(0x41 + i) for i in range(26)}
_TABLE |= {0xFF41 + i: chr(0x61 + i) for i in range(26)}
_TABLE |= {
    ord(a): b
    for a, b in zip(
        "．％＋－﹣−＝═＞＜≧≦／＊(){};:!?\u3000\xa0\u2009\u202f﹪﹒［］",
        ".%+---==><≥≤/*（）｛｝；：！？    %.[]",
        strict=True,
    )
}
_FOREIGN = re.compile(
    f"[{re.escape(''.join(map(chr, _TABLE)))}]"
)  # most texts hold none, and translating takes ten times as long


def printed_as(chars: AbstractSet[str]) -> set[str]:
    """The characters that have one of `chars` as their normal form, beside those themselves."""
    return {chr(printed) for printed, plain in _TABLE.items() if plain in chars}


def normal(text: str) -> str:
    """`text` with look-alike characters unified, character for character."""
    return text.translate(_TABLE) if _FOREIGN.search(text) else text
