"""Chinese numerals. 二〇二三 is read digit by digit, 二十三 by place, 两 as two."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "Ｏ": 0}
PLACES = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"万": 10_000, "亿": 100_000_000}


def parse_chinese(text: str) -> int | None:
    """The integer that a Chinese numeral stands for, or None if `text` is not one.

    >>> parse_chinese("二十三"), parse_chinese("二〇二三"), parse_chinese("十"), parse_chinese("一百零五")
    (23, 2023, 10, 105)
    """
    if not text:
        return None
    if all(c in DIGITS for c in text):
        value = 0
        for c in text:
            value = value * 10 + DIGITS[c]
        return value
    whole = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in PLACES:
            section += (digit or (1 if PLACES[c] == 10 or text[0] == c else 0)) * PLACES[c]
            digit = 0
        elif c in GROUPS:
            whole += (section + digit) * GROUPS[c]
            section = digit = 0
        else:
            return None
    return whole + section + digit
