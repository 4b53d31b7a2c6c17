"""Meetings of the whole country whose dates are known: a report cannot have studied the decisions of one that had not met.

Dates are those of the opening days in the published communiqués: the Party's congresses and the plenary sessions of its Central
Committee, the sessions of the National People's Congress.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text
from gouji.model import patterns as re
from gouji_checks.outline import chinese_number
from gouji_checks.spans import prose_with, sentence

Month = tuple[int, int]

_CONGRESSES: dict[int, Month] = {18: (2012, 11), 19: (2017, 10), 20: (2022, 10)}
_PLENUMS: dict[tuple[int, int], Month] = {
    (18, 1): (2012, 11), (18, 2): (2013, 2), (18, 3): (2013, 11), (18, 4): (2014, 10), (18, 5): (2015, 10), (18, 6): (2016, 10),
    (18, 7): (2017, 10), (19, 1): (2017, 10), (19, 2): (2018, 1), (19, 3): (2018, 2), (19, 4): (2019, 10), (19, 5): (2020, 10),
    (19, 6): (2021, 11), (19, 7): (2022, 10), (20, 1): (2022, 10), (20, 2): (2023, 2), (20, 3): (2024, 7), (20, 4): (2025, 10),
}  # fmt: skip
_PEOPLES: dict[tuple[int, int], Month] = {
    (13, 1): (2018, 3), (13, 2): (2019, 3), (13, 3): (2020, 5), (13, 4): (2021, 3), (13, 5): (2022, 3),
    (14, 1): (2023, 3), (14, 2): (2024, 3), (14, 3): (2025, 3),
}  # fmt: skip
_NAMES = ("十八大", "十九大", "二十大", "次全国代表大会", "中全会", "届全国人")
_CONGRESS = re.compile(
    r"(?:(?<=党)第|(?<=的)第?)?(?P<n>十八|十九|二十)(?:大(?=精神|报告|以来|召开|胜利|作出|提出|部署|[，。；、》”]|$)|次全国代表大会)"
)
_AHEAD = re.compile(r"迎接?|喜迎|筹备|将(?:于|在)?|即将|献礼|前夕|召开之?前|备战|维稳|安保|为(?=[^，。；]{0,12}(?:胜利)?召开)")
_STUDIED = re.compile(r"学习|贯彻|落实|宣讲|传达|领会|精神|指引|指导|部署|召开(?:以来|以后|后)")
Told = tuple[int, int, str, Month]


def hits(ctx: AuditContext, signed: Month | None) -> Iterator[Hit]:
    """Meetings told as past in a sentence of an earlier year, or in a report that was signed before them."""
    for block in prose_with(ctx, *_NAMES):
        text = ctx.facts.blocks[block.index].normal
        for start, end, raw, met in _told(ctx, block.index, text):
            first, last = sentence(text, start, end)
            words = text[first:last]
            if _AHEAD.search(words) or not _STUDIED.search(words):
                continue
            years = {
                d.year for d in ctx.facts.blocks[block.index].dates if first <= d.span.start < start and d.year and not d.cited
            }
            if signed is not None and signed < met:
                when, en = f"报告落款为{signed[0]}年{signed[1]}月", f"the report is signed {signed[0]}-{signed[1]}"
            elif len(years) == 1 and (told := max(years)) < met[0] and _is_leading(text[first:start]):
                when, en = f"本句写的是{told}年", f"the sentence tells of {told}"
            else:
                continue
            yield Hit(
                Text(f"“{raw}”于{met[0]}年{met[1]}月召开，{when}", f"“{raw}” met in {met[0]}-{met[1]}; {en}"),
                (Place(Span(block.index, start, end)),),
                stated=raw,
                severity=Severity.WARNING,
            )


def _told(ctx: AuditContext, index: int, text: str) -> Iterator[Told]:
    """The known meetings that a text names, with the month of each."""
    for session in ctx.facts.blocks[index].sessions:
        number = (session.congress or 0, session.session or 0)
        plenum = session.series == "party" and "中全会" in session.raw
        known = _PLENUMS if plenum else _PEOPLES if session.owner == "全国" and session.series == "congress" else {}
        if number in known:
            yield session.span.start, session.span.end, session.raw, known[number]
    for match in _CONGRESS.finditer(text):
        number_ = chinese_number(match["n"])
        if number_ in _CONGRESSES:
            yield match.start(), match.end(), match.group(), _CONGRESSES[number_]


def _is_leading(before: str) -> bool:
    """Whether a year that opens the sentence is the time of what it tells: 2021年，我局深入学习…"""
    return re.match(r"\s*20\d\d年度?[，,]?(?:以来)?(?:[\u4e00-\u9fff]{0,10}[，,])?[^，。；]*$", before) is not None
