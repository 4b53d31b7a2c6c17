"""How the lines inside one paragraph or one cell are put together.

A manual line break (Shift+Enter) either shapes a long title, and then the words go on across it, or stands for the end of a
paragraph, as in everything pasted from a web page. The words on both sides tell which.
"""

from __future__ import annotations

from gouji.model import patterns as re
from gouji.readers.docx.inline import BREAK

_MARKER = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|\d{1,2}[、）)]|\d{1,2}[.．](?!\d)"
    r"|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,3}[、，,章节条部]"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_ALONE = frozenset("优良中差好是否有无男女√×✓✗")  # one character that is a whole answer
_ENDINGS = tuple("。！？；：!?;:")


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs that a Word paragraph with manual line breaks really holds; other breaks are closed up."""
    if BREAK not in text:
        stripped = text.strip()
        return [stripped] if stripped else []
    found: list[str] = []
    for piece in filter(None, (part.strip() for part in text.split(BREAK))):
        if not found or found[-1].endswith(_ENDINGS) or _MARKER.match(piece) or _LABEL.match(piece):
            found.append(piece)
        else:
            found[-1] = _join(found[-1], piece)
    return found


def cell_text(paragraphs: list[str]) -> str:
    """The text of a cell: its paragraphs on one line, a word that a narrow column broke (合/计) closed up."""
    out = ""
    for paragraph in paragraphs:
        for piece in paragraphs_of(paragraph):
            if _is_stacked(out, piece):
                out += piece
            else:
                out = f"{out} {piece}" if out else piece
    return out


def _is_stacked(out: str, piece: str) -> bool:
    return len(piece) == 1 and 1 <= len(out) <= 3 and all(_han(c) and c not in _ALONE for c in out + piece)


def _join(left: str, right: str) -> str:
    """Chinese words have no space between them; figures and Latin words do."""
    return left + right if _han(left[-1]) and _han(right[0]) else f"{left} {right}"


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "（）《》“”、，"
