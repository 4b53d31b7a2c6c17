"""One body's meetings told under two 届 that cannot both be right.

A body counts its meetings anew with every 届: two meetings with one number under two 届 lie years apart, and the former 届 does
not meet once the next has met.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from gouji.engine.kit import AuditContext, Text
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.spans import sentence
from gouji_checks.timeline import Mention, Role, Stray, mentions, same_body

_FORMER = re.compile(
    r"往届|上届|上一届|历届|历次|跨届|换届|遗留|任期|届期|届末|曾|原[定任届第]|以来|延续|沿用|回顾|分别|先后|前身|时任|卸任|首届|往年|历年|跨年"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TOLD = re.compile(
    r"召开|举行|圆满|完成|闭幕|审议|通过|审定|审查|听取|研究|批准|讨论|决定|确定|期间|收到|提出|选举|同意|部署|明确"
)
_ACTS = re.compile(
    r"[，]?(?:上|也|又|还|均|都|已|已经|随后|同时|对此|专门)*(?:听取|审议|通过|审查|批准|评议|检查|票决|研究|讨论)"
)
_LEVEL = re.compile(r"[省市县区州旗镇乡]")
_MANY = 8  # a meeting of this number is not held under two 届 in one report by chance
_YEARLY = frozenset({"plenary", "congress"})
_A_YEAR, _THIRD = 12, 3


def apart(ctx: AuditContext) -> Iterator[Stray]:
    """The odd session, the one it contradicts, and what to say."""
    found = [m for m in mentions(ctx) if m.session.session is not None]
    for right, odd in permutations(found, 2):
        if (
            abs((right.number[0] or 0) - (odd.number[0] or 0)) != 1
            or not same_body(right, odd)
            or not _one_level(ctx, right, odd)
        ):
            continue
        for message in (
            _numbered(found, right, odd),
            _held_then(ctx, right, odd),
            _before(ctx, right, odd),
            _hasty(right, odd),
        ):
            if message is not None:
                yield odd.session, right.session, message
                break


def _one_level(ctx: AuditContext, one: Mention, other: Mention) -> bool:
    """Whether both are of one level: where only one names its own (省政协十三届一次会议), it is that of the author."""
    levels = {one.session.owner, other.session.owner}
    own = _LEVEL.findall("".join((ctx.document.organisation or "").split())[:12])
    return len(levels) == 1 or levels - {""} <= set(own)


def _numbered(found: list[Mention], right: Mention, odd: Mention) -> Text | None:
    """四届第三十七次常务会议 and 三届第三十七次常务会议: the later one in the text, or the one told more seldom, is odd."""
    one, other = right.session, odd.session
    alike = (
        one.series == other.series
        or "unknown" in {one.series, other.series}
        or {one.series, other.series} <= {"party", "plenary"}
    )
    if (
        one.session != other.session
        or (one.session or 0) < _MANY
        or not alike
        or abs((one.congress or 0) - (other.congress or 0)) != 1
    ):
        return None
    times = [
        sum(m.number == n and m.session.series == s.series for m in found)
        for n, s in ((right.number, one), (odd.number, other))
    ]
    later = (one.span.block, one.span.start) < (other.span.block, other.span.start)
    if times[1] > times[0] or (times[1] == times[0] and not later) or _FORMER.search(odd.words):
        return None
    return _two_terms(right, odd)


def _held_then(ctx: AuditContext, right: Mention, odd: Mention) -> Text | None:
    """六届三次会议 held in the year, and 五届三次会议 told of without a year."""
    own = ctx.document.year
    if right.number[1] != odd.number[1] or right.session.series != odd.session.series or odd.session.series not in _YEARLY:
        return None
    held = right.role is Role.HELD and (right.year == own or (right.year is None and right.month is not None))
    if not held or (right.number[0] or 0) - (odd.number[0] or 0) != 1 or odd.year or odd.role is Role.AHEAD:
        return None
    if _FORMER.search(odd.words) or _YEAR.search(odd.before[-40:]) or not _TOLD.search(odd.words.partition(odd.session.raw)[2]):
        return None
    return _two_terms(right, odd)


def _before(ctx: AuditContext, right: Mention, odd: Mention) -> Text | None:
    """第三届…第二次会议 told of in March 2024, 第二届…第六次会议 held in January 2025; or the former one that acts on what the next resolved."""
    if (
        right.session.series != odd.session.series
        or (right.number[0] or 0) <= (odd.number[0] or 0)
        or _FORMER.search(odd.words)
    ):
        return None
    if right.words == odd.words and right.session.span.block == odd.session.span.block:
        behind = ctx.facts.blocks[odd.session.span.block].normal[odd.session.span.end :]
        acts = right.session.span.start < odd.session.span.start and _ACTS.match(behind) and "确定" in odd.before
        return _over(right, odd) if acts else None
    seen = _dates(ctx, right.session)
    if right.role is Role.AHEAD or not seen or odd.year is None or odd.month is None:
        return None
    return _over(right, odd) if max(seen) < (odd.year, odd.month) else None


def _hasty(right: Mention, odd: Mention) -> Text | None:
    """十四届二次全委会 in March 2022, 十五届三次全委会 in March 2023: three sessions of the next 届 within a year."""
    if right.session.series != odd.session.series or odd.session.series not in _YEARLY or _FORMER.search(odd.words):
        return None
    if None in {right.year, right.month, odd.year, odd.month} or (right.number[1] or 0) < _THIRD:
        return None
    months = 12 * ((right.year or 0) - (odd.year or 0)) + (right.month or 0) - (odd.month or 0)
    if (right.number[0] or 0) - (odd.number[0] or 0) != 1 or not 0 <= months <= _A_YEAR:
        return None
    return _two_terms(right, odd)


def _dates(ctx: AuditContext, session: Session) -> list[tuple[int, int]]:
    """Years and months of the session's sentence."""
    facts = ctx.facts.blocks[session.span.block]
    start, end = sentence(facts.normal, session.span.start, session.span.end)
    return [(d.year, d.month) for d in facts.dates if start <= d.span.start < end and not d.cited and d.year and d.month]


def _two_terms(right: Mention, odd: Mention) -> Text:
    return Text(
        f"届次不一：他处为“{right.session.raw}”，此处写“{odd.session.raw}”",
        f"“{right.session.raw}” elsewhere; “{odd.session.raw}” stands here",
    )


def _over(right: Mention, odd: Mention) -> Text:
    return Text(
        f"“{right.session.raw}”之后不会再有“{odd.session.raw}”",
        f"after “{right.session.raw}” there is no “{odd.session.raw}” any more",
    )
