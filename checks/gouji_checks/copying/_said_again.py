"""A sentence said again at once with a few words put in: …报销冲账，逾期收回。…报销冲账，逾期未冲的予以收回。"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from gouji.engine.kit import AuditContext, Hit, Place, Span, Text
from gouji.model import patterns as re
from gouji_checks.spans import prose

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。；！？\s][^。；！？]*[。；！？]?")
_FIGURE = re.compile(r"\d[\d.,]*%?")
_SHORTEST, _CLOSE, _DENIAL = 24, 0.8, 3


def said_again(ctx: AuditContext) -> Iterator[Hit]:
    """A sentence that says with the same figures what the one before has said, with a few words put in: …，逾期收回。…，逾期未冲的予以收回。"""
    for block in prose(ctx):
        if block.text.count("。") + block.text.count("；") < 2:
            continue
        sentences = [m for m in _SENTENCE.finditer(block.text) if m.end() - m.start() >= _SHORTEST]
        for one, other in pairwise(sentences):
            first, again = one[0], other[0]
            if one.end() < other.start() or first == again:
                continue
            figures = _FIGURE.findall(first)
            if not figures or figures != _FIGURE.findall(again):
                continue
            from difflib import SequenceMatcher  # few reports need it

            matcher = SequenceMatcher(None, first, again, autojunk=False)
            if matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE and not _is_turned(matcher, first, again):
                yield Hit(
                    Text(f"连续两次写了同一个意思：“{again[:20]}”", f"said twice in a row: “{again[:20]}”"),
                    (
                        Place(Span(block.index, other.start(), other.end())),
                        Place(Span(block.index, one.start(), one.end()), "earlier"),
                    ),
                )


def _is_turned(matcher: SequenceMatcher[str], first: str, again: str) -> bool:
    """Whether words stand in the place of others, or one that denies was put in: the second sentence is another statement."""
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" or (
            tag != "equal" and len(put := first[a:b] + again[c:d]) <= _DENIAL and any(w in put for w in "不未无非没")
        ):
            return True
    return False
