"""Sessions of meetings (届次) compared across a document: what other paragraphs say of the session that was held.

Each function yields the odd session, the one it contradicts, and what to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, permutations

from gouji.engine.kit import AuditContext, Span, Text
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.spans import clause, sentence

Stray = tuple[Session, Session, Text]

OTHER = re.compile(
    r"以来|上次|上一次|上年|去年|次年|下一年|明年|换届|选举|筹备|历次|分别|延期|推迟|尾款|欠|结算|补付|往届|上届|筹备|准备|筹划"
)
_NUMBERED = frozenset({"plenary", "congress"})
_COMPARED = frozenset({"plenary", "congress", "unknown"})
_PURPOSE = re.compile(r"用于|保障|承办|承担|服务于|支付|列支")
_TOLD = re.compile(r"召开|举行|会期|人数|议程|到会|出席|圆满|闭幕|期间")
_FEE = re.compile(r"(?:会议)?(?:的)?(?:会议费|会务费|经费|专项|费用|费|保障(?:经费|项目))")
_TAKEN_PLACE = re.compile(r"召开|举行")
_THIS = re.compile(r"(?:本次|此次|这次|该次)[\u4e00-\u9fff]{0,4}$")
_DURING = re.compile(r"期间|上，|会上|审议|通过")
_AFTERWARDS = re.compile(r"办理|办结|办复|答复|督办|落实|跟踪|继续")


def number(session: Session) -> tuple[int | None, int | None]:
    """Congress and session."""
    return session.congress, session.session


def beside(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """A paragraph that tells of a session held and then of what went on during the one before it."""
    for facts in ctx.facts.blocks:
        for held, odd in permutations(facts.sessions, 2):
            if odd.span in told or not _is_previous(odd, held) or held.span.start > odd.span.start:
                continue
            start, end = sentence(facts.normal, odd.span.start, odd.span.end)
            here = facts.normal[start:end]
            if (
                start <= held.span.start
                or not _DURING.match(facts.normal, odd.span.end)
                or OTHER.search(here)
                or _AFTERWARDS.search(here)
            ):
                continue
            if _TAKEN_PLACE.search(facts.normal[slice(*clause(facts.normal, held.span.start, held.span.end))]):
                told.add(odd.span)
                yield (
                    odd,
                    held,
                    Text(
                        f"本段写召开的是“{held.raw}”，后文却写“{odd.raw}”期间",
                        f"the paragraph says “{held.raw}” was held, then tells of “{odd.raw}”",
                    ),
                )


def referred(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """召开十五届二次会议，…。本次十五届一次全会…: the session pointed back at is the one told of right before."""
    for facts in ctx.facts.blocks:
        for held, odd in pairwise(facts.sessions):
            if odd.span in told or not _is_sibling(held, odd) or not _THIS.search(facts.normal[: odd.span.start]):
                continue
            if _TAKEN_PLACE.search(facts.normal[slice(*clause(facts.normal, held.span.start, held.span.end))]):
                told.add(odd.span)
                message = Text(
                    f"前文召开的是“{held.raw}”，此处称“本次{odd.raw}”", f"“{held.raw}” was held; “this {odd.raw}” follows"
                )
                yield odd, held, message


def since(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """六届三次会议以来 where the latest session held in the report's year was the second."""
    plenary = [s for facts in ctx.facts.blocks for s in facts.sessions if s.series in _COMPARED and None not in number(s)]
    held = [s for s in plenary if _is_told_held(ctx, s) and _is_this_year(ctx, s.span.block, *_sentence_of(ctx, s))]
    latest = max(held, key=lambda s: (s.congress or 0, s.session or 0), default=None)
    if latest is None:
        return
    for odd in plenary:
        text = ctx.facts.blocks[odd.span.block].normal
        later = odd.congress == latest.congress and (odd.session or 0) > (latest.session or 0)
        once = sum(number(s) == number(odd) for s in plenary) == 1
        if later and once and odd.span not in told and text.startswith("以来", odd.span.end):
            told.add(odd.span)
            message = Text(
                f"本年召开的是“{latest.raw}”，此处写“{odd.raw}以来”",
                f"“{latest.raw}” was held this year; “since {odd.raw}” stands here",
            )
            yield odd, latest, message


def _sentence_of(ctx: AuditContext, session: Session) -> tuple[int, int]:
    return sentence(ctx.facts.blocks[session.span.block].normal, session.span.start, session.span.end)


def spent_on(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """The session told of right after another one that the money of the same paragraph went to."""
    everything = [s for facts in ctx.facts.blocks for s in facts.sessions]
    for facts in ctx.facts.blocks:
        for due, odd in pairwise(facts.sessions):
            if odd.span in told or not {due.series, odd.series} <= _COMPARED or not _is_sibling(due, odd):
                continue
            around = clause(facts.normal, due.span.start, due.span.end)
            purpose = facts.normal[around[0] : due.span.start] + facts.normal[due.span.end : around[1]]
            start, end = sentence(facts.normal, odd.span.start, odd.span.end)
            words = facts.normal[slice(*clause(facts.normal, odd.span.start, odd.span.end))]
            here = facts.normal[start:end]
            if (
                sum(number(s) == number(odd) for s in everything) == 1
                and _PURPOSE.search(purpose)
                and _TOLD.search(words)
                and not (OTHER.search(here) or _AFTERWARDS.search(here) or _PURPOSE.search(words))
            ):
                yield (
                    odd,
                    due,
                    Text(
                        f"本段经费用于“{due.raw}”，接着写的却是“{odd.raw}”",
                        f"the money of the paragraph went to “{due.raw}”; “{odd.raw}” is told of",
                    ),
                )


def _is_sibling(one: Session, other: Session) -> bool:
    """Whether both are numbered sessions of one congress, and not the same."""
    return None not in number(one) and one.congress == other.congress and other.session not in {None, one.session}


def paid_for(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """The one session told of as held this year, where the next one of its series is what this year's money was spent on."""
    everything = [s for facts in ctx.facts.blocks for s in facts.sessions]
    paid = [s for s in everything if s.series in _NUMBERED and _FEE.match(ctx.facts.blocks[s.span.block].normal, s.span.end)]
    for odd in everything if paid else ():
        text = ctx.facts.blocks[odd.span.block].normal
        start, end = sentence(text, odd.span.start, odd.span.end)
        here = text[start:end]
        if (
            odd.span in told
            or sum(number(s) == number(odd) and s.series == odd.series for s in everything) > 1
            or OTHER.search(here)
            or not _TAKEN_PLACE.search(here)
            or not _is_this_year(ctx, odd.span.block, start, end)
        ):
            continue
        due = next((s for s in paid if _is_previous(odd, s)), None)
        if due is None or any(number(s) == number(due) and _is_told_held(ctx, s) for s in everything):
            continue
        told.add(odd.span)
        yield (
            odd,
            due,
            Text(
                f"经费用于“{due.raw}”，本年召开的却写“{odd.raw}”",
                f"money was spent on “{due.raw}”; “{odd.raw}” is told as held",
            ),
        )


def _is_this_year(ctx: AuditContext, block: int, start: int, end: int) -> bool:
    """Whether the sentence dates itself in the report's year."""
    dates = [d for d in ctx.facts.blocks[block].dates if start <= d.span.start < end and not d.cited]
    return any(d.year == ctx.document.year or (d.year is None and d.raw in {"本年", "今年"}) for d in dates)


def _is_told_held(ctx: AuditContext, session: Session) -> bool:
    """Whether the session's clause says that it took place."""
    text = ctx.facts.blocks[session.span.block].normal
    words = text[slice(*clause(text, session.span.start, session.span.end))]
    return bool(_TAKEN_PLACE.search(words)) and not _FEE.match(text, session.span.end)


def same_month(ctx: AuditContext, told: set[Span]) -> Iterator[Stray]:
    """Two sessions of one congress in different paragraphs, each told as held in the same month."""
    first: dict[tuple[str, int | None, int | None, int | None], Session] = {}
    for facts in ctx.facts.blocks:
        for session in facts.sessions:
            if session.series not in _NUMBERED or session.span in told or session.session is None:
                continue
            start, end = clause(facts.normal, session.span.start, session.span.end)
            months = [d for d in facts.dates if start <= d.span.start < session.span.start and d.month and not d.cited]
            if len(months) != 1 or not _TAKEN_PLACE.search(facts.normal[start:end]):
                continue
            key = (session.series, session.congress, months[0].year or ctx.document.year, months[0].month)
            held = first.setdefault(key, session)
            if held.session != session.session and held.span.block != session.span.block:
                told.add(session.span)
                yield (
                    session,
                    held,
                    Text(
                        f"同一月份召开的会议，前文写“{held.raw}”，此处写“{session.raw}”",
                        f"held in the same month: “{held.raw}” above, “{session.raw}” here",
                    ),
                )


def _is_previous(odd: Session, held: Session) -> bool:
    return (
        odd.series == held.series
        and odd.series in _NUMBERED
        and odd.congress == held.congress
        and odd.session is not None
        and held.session is not None
        and odd.session < held.session
    )


def across(ctx: AuditContext, plenary: list[Session]) -> Iterator[Stray]:
    """The one mention that names another session of the same congress than all the others."""
    counts = Counter(number(s) for s in plenary)
    if len(counts) != 2:
        return
    (usual, many), (_, few) = counts.most_common(2)
    if many < 3 or few != 1:
        return
    odd = next(s for s in plenary if number(s) != usual)
    text = ctx.facts.blocks[odd.span.block].normal
    start, end = sentence(text, odd.span.start, odd.span.end)
    if (
        odd.congress != usual[0]
        or OTHER.search(text[start:end])
        or any(s is not odd and s.span.block == odd.span.block and start <= s.span.start < end for s in plenary)
    ):
        return
    other = next(s for s in plenary if number(s) == usual)
    yield (
        odd,
        other,
        Text(
            f"全文{many}处为“{other.raw}”，仅此一处写“{odd.raw}”",
            f"“{odd.raw}” stands once, “{other.raw}” {many} times",
        ),
    )
