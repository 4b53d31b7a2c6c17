"""Dates, months and years as printed: 2023年6月30日, 2023-06-30, 二〇二三年六月, 2022—2023年, 〔2019〕8号, 上年.

One compiled expression; a block without what a date needs is not scanned at all.
"""

from __future__ import annotations

import calendar

from gouji.model import patterns as re
from gouji.model.fact import DateFact, DateKind, Span
from gouji.text.numerals import parse_chinese

_YEAR = r"(?:19|20)\d\d"
_CN_DIGIT = "〇○零O0一二三四五六七八九"
_CN_YEAR = rf"(?:二[〇○零O0]|一九)[{_CN_DIGIT}]{{2}}"
_DASH = r"\s?[-—–~～至到、和及与]{1,2}\s?"

_DATE = re.compile(
    rf"""
    (?<![\d.,])(?:
        (?P<iso>{_YEAR})(?P<sep>[-/.])(?P<iso_month>\d{{1,2}})(?P=sep)(?P<iso_day>\d{{1,2}})(?![\d.])
      | (?P<year>{_YEAR})(?:
            \s?年(?P<fiscal>度)?(?:\s?(?P<month>\d{{1,2}})\s?月(?:份|\s?(?P<day>\d{{1,2}})\s?[日号])?(?!龄))?
          | (?={_DASH}{_YEAR}\s?年)
          | (?=[〕\]）]\s?第?\s?\d+\s?号)
        )
      | (?P<bare_month>\d{{1,2}})\s?月(?!龄)(?:份|\s?(?P<bare_day>\d{{1,2}})\s?[日号])?
    )
    | (?P<cn_year>{_CN_YEAR})\s?年(?P<cn_fiscal>度)?
      (?:(?P<cn_month>[一二三四五六七八九十]{{1,2}})月(?:份|(?P<cn_day>[一二三四五六七八九十]{{1,3}})[日号])?)?
    | (?<![一二三四五六七八九十])(?P<cn_bare_month>[一二三四五六七八九十]{{1,2}})月(?P<cn_bare_day>[一二三四五六七八九十]{{1,3}})日
    | (?P<relative>去年|(?<!年以)上一?年|今年|本年)(?P<rel_fiscal>度)?
    """,
    re.VERBOSE,
)
_TITLE = re.compile(r"《[^》]*》?")
_OPENERS = ("〔", "[", "（")
_NUMBER_AFTER = re.compile(r"[〕\]）]\s?第?\s?\d+\s?号")
_NUMBERS_ALONE = re.compile(r"(?:19|20)\d\d(?:[-/.]\d|[〕\]）])")  # a date or a citation's year without 年 or 月


# What follows a month of the year, and what stands before a count of months.
_OF_A_YEAR = re.compile(
    r"[底末]|[上中下]旬|份?(?:召开|组织|举办|开展|下达|预拨|拨付|开工|完工|启动|印发|集中|通过|竣工|开标|签订)|初(?!始)"
)
_LASTS = re.compile(r"(?:期|保|护|满|共|达|长|约|历时|每|近|超|[\d—\-~～至])$")


def _is_possible(year: int | None, month: int, day: int | None) -> bool:
    """Whether the calendar has this day; 29 February is possible while the year is unknown."""
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def _digits(text: str | None) -> int | None:
    return int(text) if text else None


def _numeral(text: str | None) -> int | None:
    """A Chinese numeral of a date, with the zeros that authors type as letters or digits."""
    return parse_chinese(text.replace("O", "〇").replace("0", "〇")) if text else None


def _parts(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a match; what is not printed is None."""
    get = match.group
    if get("iso"):
        return _digits(get("iso")), _digits(get("iso_month")), _digits(get("iso_day"))
    if get("year"):
        return _digits(get("year")), _digits(get("month")), _digits(get("day"))
    if get("bare_month"):
        return None, _digits(get("bare_month")), _digits(get("bare_day"))
    if get("cn_year"):
        return _numeral(get("cn_year")), _numeral(get("cn_month")), _numeral(get("cn_day"))
    return None, _numeral(get("cn_bare_month")), _numeral(get("cn_bare_day"))


def _kind(year: int | None, month: int | None, day: int | None) -> DateKind:
    if month is None:
        return DateKind.RELATIVE if year is None else DateKind.YEAR
    if day is None:
        return DateKind.BARE_MONTH if year is None else DateKind.MONTH
    return DateKind.MONTH_DAY if year is None else DateKind.DAY


def _is_cited(normal_text: str, start: int, end: int, titles: list[tuple[int, int]]) -> bool:
    """Whether a date belongs to a citation: inside 《》, or the year of a document number 〔2019〕8号."""
    if any(a <= start < b for a, b in titles):
        return True
    return normal_text[start - 1 : start] in _OPENERS and _NUMBER_AFTER.match(normal_text, end) is not None


def _is_code(match: re.Match[str], kind: DateKind, month: int | None, day: int | None) -> bool:
    """Whether digits that are no possible date are rather no date at all: 2023-20-45, 13月工资, 工期18月; 14月底 is a date mistyped."""
    if kind is DateKind.BARE_MONTH:
        return _OF_A_YEAR.match(match.string, match.end()) is None or _LASTS.search(match.string, 0, match.start()) is not None
    return match["iso"] is not None and ((month or 0) > 12 or (day or 0) > 31)


def find_dates(block_index: int, text: str, normal_text: str) -> tuple[DateFact, ...]:
    """The dates of a block in order of position. `normal_text` is the normal form of `text`, character for character."""
    if "年" not in normal_text and "月" not in normal_text and not _NUMBERS_ALONE.search(normal_text):
        return ()
    found: list[DateFact] = []
    titles = [m.span() for m in _TITLE.finditer(normal_text)] if "《" in normal_text else []
    for match in _DATE.finditer(normal_text):
        year, month, day = _parts(match)
        kind = _kind(year, month, day)
        valid = month is None or _is_possible(year, month, day)
        if not valid and _is_code(match, kind, month, day):
            continue
        start, end = match.span()
        cited = _is_cited(normal_text, start, end, titles)
        fiscal = bool(match["fiscal"] or match["cn_fiscal"] or match["rel_fiscal"])
        found.append(DateFact(Span(block_index, start, end), text[start:end], kind, year, month, day, fiscal, cited, valid))
    return tuple(found)
