"""A number and its format code -> the text that a spreadsheet shows, for the codes that tables of accounts use.

Codes follow ECMA-376 part 1, 18.8.31: up to three sections for positive, negative and zero numbers, parted by semicolons.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import lru_cache

from gouji.model import patterns as re

BUILTIN = {  # 18.8.30; 27 to 36 and 50 to 58 are dates in a Chinese Excel
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "General", 12: "General",
    13: "General", 14: "yyyy-m-d", 15: "yyyy-m-d", 16: "m-d", 17: "yyyy-m", 22: "yyyy-m-d", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 48: "General", 49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy年m月d日"),
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|(?:_.|\*.|\[[^\]]*\])')
_DIGITS = re.compile(r"[0#?][0#?,!.]*")
_SIGNIFICANT = 15  # of the binary numbers that a sheet stores
_MOST_DECIMALS = 30


@lru_cache(maxsize=512)
def is_date(code: str) -> bool:
    """Whether a format shows a day and not an amount."""
    bare = _QUOTED.sub("", code.split(";", 1)[0]).lower()
    return "general" not in bare and re.search(r"[yd]|m.*[yd]", bare) is not None and "0" not in bare


def render(value: str | float, code: str) -> str:
    """What the sheet shows: `render("0.8567", "0.00%")` gives 85.67%. A code beyond this module shows the number itself."""
    try:
        number = plain(value)
    except (DecimalException, ValueError):
        return str(value)
    sections = _sections(code)
    if len(sections) > 3:
        sections = sections[:3]
    at = 0
    if number < 0 and len(sections) > 1:
        number, at = -number, 1
    elif number == 0 and len(sections) > 2:
        at = 2
    return _section(number, sections[at])


def stored(value: str | float, shown: str) -> str:
    """The number behind what is shown, where it has more digits; "" where nothing is left out or another scale is shown."""
    try:
        number, seen = plain(value), Decimal(shown.replace(",", ""))
    except (DecimalException, ValueError):
        return ""
    half = Decimal(5).scaleb(seen.as_tuple().exponent - 1)  # type: ignore[operator]
    return _general(number) if number != seen and abs(number - seen) <= half else ""


def plain(value: str | float) -> Decimal:
    """The number without the noise of its binary form; ValueError for what is no finite number."""
    number = Decimal(str(value))
    if not number.is_finite() or number.adjusted() > 300:
        raise ValueError
    places = _SIGNIFICANT - 1 - number.adjusted() if number else 0
    if -number.as_tuple().exponent > places:  # type: ignore[operator]  # the exponent of a finite number is an int
        number = number.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
    return number


def day(serial: float, epoch_1904: bool = False) -> str | None:
    """The day of a serial number, as 2024年3月5日; None if it is none."""
    try:
        start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
        found = start + timedelta(days=int(serial))
    except (OverflowError, ValueError):
        return None
    return f"{found.year}年{found.month}月{found.day}日" if serial >= 1 else None


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The sections of a code; a semicolon in quotes divides nothing."""
    parts, current = [], ""
    for piece in re.split(r'("[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;)', code):
        if piece == ";":
            parts.append(current)
            current = ""
        else:
            current += piece
    return (*parts, current)


def _section(number: Decimal, code: str) -> str:
    bare = _QUOTED.sub("\0", code)
    if "general" in bare.lower() or bare.strip("\0 ") == "@" or "E+" in bare or "E-" in bare or "/" in bare:
        return _general(number)
    found = _DIGITS.search(bare)
    if found is None or (number == 0 and not set(found[0]) & set("0#")):
        return _words(code).replace("?", "").strip()
    digits = found[0].replace("!", "")
    percent = "%" in bare
    scaled = number.scaleb(2 if percent else 0) / (1000 ** (len(digits) - len(digits.rstrip(","))))
    if found[0] != digits:  # 0!.0, shows ten thousands: the point is a literal among the digits
        return _general(number)
    decimals = min(len(digits.partition(".")[2].rstrip(",")), _MOST_DECIMALS)
    shown = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{shown:,f}" if "," in digits.rstrip(",").partition(".")[0] else f"{shown:f}"
    optional = len(digits.partition(".")[2]) - len(digits.partition(".")[2].rstrip("#"))
    if optional and "." in text:
        kept = text[: len(text) - optional] + text[len(text) - optional :].rstrip("0")
        text = kept.rstrip(".")
    before, after = _around(code)
    return f"{before}{text}{after}".strip()


def _around(code: str) -> tuple[str, str]:
    """The words before and after the digits of a section: 万元, brackets, a minus, the percent sign."""
    places = [m.start() for m in re.finditer(r"[0#?]", _QUOTED.sub(lambda m: " " * len(m[0]), code))]
    before, after = code[: places[0]], code[places[-1] + 1 :]
    return _words(before), _words(after.lstrip(","))


def _words(code: str) -> str:
    return _LITERAL.sub(lambda m: m[1] or m[2] or "", code)


def _general(number: Decimal) -> str:
    """As the format General shows it: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
