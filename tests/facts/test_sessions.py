"""Sessions of meetings and the series they belong to."""

from __future__ import annotations

import pytest

from gouji.facts.sessions import find_sessions
from gouji.model.fact import Session
from gouji.text.normal import normal


def sessions(text: str) -> tuple[Session, ...]:
    return find_sessions(0, text, normal(text))


@pytest.mark.parametrize(
    ("text", "raw", "congress", "session", "series"),
    [
        ("3、十一届二次会议费", "十一届二次会议", 11, 2, "plenary"),
        ("十届三次全会共收到提案", "十届三次全会", 10, 3, "plenary"),
        ("第十届委员会第三次全体会议", "第十届委员会第三次全体会议", 10, 3, "plenary"),
        ("在四届二十三次常委会上", "四届二十三次常委会", 4, 23, "standing_committee"),
        ("十一届常委会第九次会议", "十一届常委会第九次会议", 11, 9, "standing_committee"),
        ("县十七届人大常委会第15次会议", "十七届人大常委会第15次会议", 17, 15, "standing_committee"),
        ("召开第15次主席会议", "第15次主席会议", None, 15, "chair"),
        ("筹备11届2次", "11届2次", 11, 2, "unknown"),
        ("党的十九届六中全会", "十九届六中全会", 19, 6, "party"),
        ("十九届二中、三中、四中全会", "十九届二中、三中、四中全会", 19, None, "party"),
        ("县委十四届五次全会", "十四届五次全会", 14, 5, "party"),
        ("县第十七届人民代表大会第二次会议", "第十七届人民代表大会第二次会议", 17, 2, "congress"),
        ("县人大十七届二次会议", "十七届二次会议", 17, 2, "congress"),
    ],
)
def test_reads_a_session(text: str, raw: str, congress: int | None, session: int | None, series: str) -> None:
    """Congress, session and series are read from every common wording."""
    (found,) = sessions(text)
    assert (found.raw, found.congress, found.session, found.series) == (raw, congress, session, series)


@pytest.mark.parametrize(
    "text",
    ["召开主席会议17次", "召开5次常委会会议", "换届选举", "第三届文化节获第二次表彰", "为十一届委员订购报刊", "第三次培训"],
)
def test_takes_no_count_for_a_session(text: str) -> None:
    """How often a body met, an edition of a festival and a term of office are no sessions."""
    assert sessions(text) == ()
