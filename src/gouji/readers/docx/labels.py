"""A number written in one of Word's number formats (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_COUNTING = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _digitwise(digits: str) -> Callable[[int], str]:
    return lambda n: "".join(digits[int(c)] for c in str(n))


def _by_place(n: int, digits: str, places: str, group: str, *, say_one: bool, say_zero: bool) -> str:
    """`n` below 10⁸ by place. `say_one`: 一百, not 百; `say_zero`: 一百零一, not 百一."""
    if n >= 10_000:
        head = _by_place(n // 10_000, digits, places, group, say_one=say_one, say_zero=say_zero) + group
        rest = n % 10_000
        if rest == 0:
            return head
        gap = digits[0] if say_zero and rest < 1000 else ""
        return head + gap + _by_place(rest, digits, places, group, say_one=say_one, say_zero=say_zero)
    out: list[str] = []
    skipped = False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit == 0:
            skipped = True
            continue
        if skipped and out and say_zero:
            out.append(digits[0])
        skipped = False
        if power == 0 or digit > 1 or say_one:
            out.append(digits[digit])
        if power:
            out.append(places[power - 1])
    return "".join(out) or digits[0]


def _chinese(n: int) -> str:
    """一百零一; 十一, not 一十一."""
    text = _by_place(n, _COUNTING, "十百千", "万", say_one=True, say_zero=True)
    return text[1:] if 10 <= n < 20 else text


def _chinese_short(n: int) -> str:
    """二十一 up to 99, digit by digit above."""
    return _chinese(n) if n < 100 else _digitwise("○" + _DIGITS[1:])(n)


def _japanese(n: int) -> str:
    return _by_place(n, _DIGITS, "十百千", "万", say_one=False, say_zero=False)


def _legal(digits: str, places: str, group: str) -> Callable[[int], str]:
    return lambda n: _by_place(n, digits, places, group, say_one=True, say_zero=True)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out: str = ""
    for value, sign in _ROMAN:
        out += sign * (n // value)
        n %= value
    return out


def _letter(n: int) -> str:
    """Latin letters: z is followed by aa, bb …, as Word repeats the letter."""
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def _run(first: str, count: int) -> Callable[[int], str]:
    """`count` characters in a row of Unicode, decimal beyond them."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= count else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _stem_branch(n: int) -> str:
    return _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if 0 < n <= 60 else str(n)


def _ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "numberInDash": lambda n: f"- {n} -",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "hex": lambda n: f"{n:X}",
    "chineseCounting": _chinese_short,
    "taiwaneseCounting": _chinese_short,
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "koreanDigital2": _digitwise("零" + _DIGITS[1:]),
    "ideographDigital": _digitwise(_DIGITS),
    "japaneseDigitalTenThousand": _digitwise(_DIGITS),
    "taiwaneseDigital": _digitwise("○" + _DIGITS[1:]),
    "chineseLegalSimplified": _legal("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万"),
    "ideographLegalTraditional": _legal("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬"),
    "japaneseLegal": _legal("零壱弐参四伍六七八九", "拾百阡", "萬"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _stem_branch,
}


def format_number(n: int, format_: str) -> str:
    """`n` in a number format of Word; decimal where the format is unknown, cannot write it, or `n` is out of all sense.

    >>> format_number(21, "chineseCounting"), format_number(3, "decimalEnclosedCircle"), format_number(4, "upperRoman")
    ('二十一', '③', 'IV')
    """
    if not 0 <= n < 100_000_000:
        return str(n)
    return _FORMATS.get(format_, str)(n)
