"""Characters that Word stores as a position in a symbol font (w:sym)."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0xA8: "□",
    0xA3: "□",
    0x52: "☑",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS |= {0x80: "⓪"} | {0x81 + i: chr(ord("①") + i) for i in range(10)}
_WINGDINGS |= {0x8B: "⓿"} | {0x8C + i: chr(ord("❶") + i) for i in range(10)}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xE5: "∑", 0x2D: "-"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_UNKNOWN = "•"  # something is printed there, and it is no letter


def symbol(font: str, char: str) -> str:
    """The Unicode character for a position (hexadecimal) in a symbol font.

    >>> symbol("Wingdings", "F0FE"), symbol("Wingdings", "F081"), symbol("宋体", "4E00")
    ('☑', '①', '一')
    """
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    private = 0xF000 <= code <= 0xF0FF
    low = code & 0xFF if private else code
    known = _FONTS.get(font.lower())
    if known is not None:
        found = known.get(low)
        if found is None and known is _SYMBOL and 0x20 <= low < 0x40:
            found = chr(low)
        return found or _UNKNOWN
    if private:
        return chr(low) if 0x20 <= low < 0x7F and not font.lower().startswith(("wingdings", "webdings")) else _UNKNOWN
    valid = 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF and not 0xE000 <= code <= 0xF8FF
    return chr(code) if valid else _UNKNOWN
