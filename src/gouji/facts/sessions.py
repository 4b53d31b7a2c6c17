"""Sessions of meetings (届次): 十一届二次会议, 第十届委员会第三次全体会议, 四届二十三次常委会, 第15次主席会议, 十九届六中全会.

A session number means something only within its series: a standing committee's twenty-third session says nothing about the
plenary's, a party committee's nothing about the consultative conference's.
"""

from __future__ import annotations

from gouji.model import patterns as re
from gouji.model.fact import Session, Span
from gouji.text.numerals import parse_chinese

_N = r"(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,4})"
_MEETING = (
    r"(?:人大|政协)?(?:常务?委员?会?|常委|主席|主任|全体委员|全体|全委|党代表|人民代表|人代|党组|执委|理事|职工代表|职代)?"
    r"(?:[（(]扩大[）)]|扩大)?(?:全体)?(?:大会|会议|全会|会)"
)

_SESSION = re.compile(
    rf"""
    第?\s?(?P<congress>{_N})\s?届\s?(?:
        (?P<plenum>{_N})中(?P<more>(?:[、和及至]{_N}中)*)全会
      | (?P<middle>[^\s，。、；：！？“”（）《》\d第届次]{{0,22}}(?:会|人大|政协|常委))?第?\s?(?P<session>{_N})\s?次\s?(?P<what>{_MEETING})?
    )
    | 第\s?(?P<lone>{_N})\s?次\s?(?P<lone_what>(?:常务委员会|常委|主席|主任|全体|全委)(?:[（(]扩大[）)]|扩大)?(?:委员)?(?:会议|会)|全会)
    """,
    re.VERBOSE,
)
_PARTY_BEFORE = re.compile(r"(?:[省市县区州旗镇乡]委|党的|纪委|中共[^，。；]{0,12})$")
_CONGRESS_BEFORE = re.compile(r"(?:人大|人代会|人民代表大会)$")
_CONFERENCE_BEFORE = re.compile(r"政协(?:[^，。；、\s]{0,8}委员会)?$")
_OWNER = re.compile(r"(全国|党的|[省市县区州旗镇乡])(?:级|委|人大|政协|人民代表大会|人代会|纪委)*$")
_OWNER_INSIDE = re.compile(r"^(全国|[省市县区州旗镇乡])")


_BODY = re.compile(
    r"政协|科协|妇联|残联|文联|侨联|工商联|总工会|工会|红十字会|供销|联社|团[市县区省]?委|共青团|学会|协会|人大|人民代表"
)
# A body as a whole: 第五届理事会, 市十七届人大常委会.
_TERM = re.compile(
    rf"第?\s?(?P<congress>{_N})\s?届\s?(?P<words>[^\s，。、；：！？“”（）《》\d第届次]{{0,10}}?(?:理事会|监事会|常务?委员?会|执行?委员会|全委会|主席团|委员会)|(?:人大|人民代表大会)(?=现有|共有|自20\d\d年|代表\d))"
    rf"(?!第?\s?{_N}\s?次)"
)


def _body(before: str, middle: str) -> str:
    found = _BODY.findall(before[-10:] + middle)
    return str(found[-1]).replace("人民代表", "人大") if found else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() else parse_chinese(text) or 0


def _series(before: str, middle: str, what: str) -> str:
    """Which series of meetings a session belongs to, from the words before, between and after its numbers."""
    words = middle + what
    if "常务委员" in words or "常委" in words:
        return "standing_committee"
    if "主席" in words or "主任" in words:
        return "chair"
    if "党代" in words:
        return "party_congress"
    if "中央委员会" in middle or _PARTY_BEFORE.search(before):
        return "party"
    if "人民代表" in words or "人大" in words or "人代" in words or _CONGRESS_BEFORE.search(before):
        return "congress"
    if "理事" in words:
        return "council"
    if "职工" in words or "职代" in words:
        return "staff"
    if _CONFERENCE_BEFORE.search(before):
        return "plenary"
    if "执委" in words or "党组" in words or "代表大会" in words:
        return "unknown"
    if what or "委员会" in middle:
        return "plenary"
    return "unknown"


def _owner(before: str, middle: str) -> str:
    """The level whose body holds the session, as printed right before the numbers or between them."""
    found = _OWNER_INSIDE.search(middle) or _OWNER.search(before)
    return "全国" if found and found[1] == "党的" else found[1] if found else ""


def find_sessions(block_index: int, text: str, normal_text: str) -> tuple[Session, ...]:
    """The sessions of a block in order of position. `normal_text` is the normal form of `text`, character for character."""
    if "届" not in normal_text and ("次" not in normal_text or "第" not in normal_text):
        return ()
    found: list[Session] = []
    for match in _SESSION.finditer(normal_text):
        start, end = match.span()
        span, raw = Span(block_index, start, end), text[start:end]
        if match["plenum"]:
            number = None if match["more"] else _number(match["plenum"])
            found.append(Session(span, raw, _number(match["congress"]), number, "party", "全国"))  # X中全会 is the Party's own
        elif match["lone"]:
            series = _series("", "", match["lone_what"])
            found.append(Session(span, raw, None, _number(match["lone"]), series))
        else:
            before, middle = normal_text[max(0, start - 16) : start], match["middle"] or ""
            series, owner = _series(before, middle, match["what"] or ""), _owner(before, middle)
            body = _body(before, middle + (match["what"] or ""))
            found.append(Session(span, raw, _number(match["congress"]), _number(match["session"]), series, owner, body))
    found += _terms(block_index, text, normal_text, found)
    return tuple(sorted(found, key=lambda s: s.span.start))


def _terms(block_index: int, text: str, normal_text: str, sessions: list[Session]) -> list[Session]:
    """The bodies named as a whole, outside the sessions found."""
    found = []
    for match in _TERM.finditer(normal_text) if "届" in normal_text else ():
        start, end = match.span()
        bare = not match.group().startswith("第") and match["congress"] in {"一", "1", "两", "几"}  # 新一届, 上一届
        if bare or any(s.span.start < end and start < s.span.end for s in sessions):
            continue
        before = normal_text[max(0, start - 16) : start]
        series, owner = _series(before, match["words"], ""), _owner(before, match["words"])
        span = Span(block_index, start, end)
        found.append(
            Session(span, text[start:end], _number(match["congress"]), None, series, owner, _body(before, match["words"]))
        )
    return found
