"""Session of a meeting contradicted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model.fact import Session
from gouji_checks.spans import clause, sentence

_COMPARED = frozenset({"plenary", "unknown"})
_STOP = re.compile(r"[。；，：,;]")
_HELD = re.compile(r"召开|举行|开幕|闭幕|胜利|圆满|期间|举办")
_TAKEN_PLACE = re.compile(r"召开|举行")
_DURING = re.compile(r"期间|上，|会上|审议|通过")
_AFTERWARDS = re.compile(r"办理|办结|办复|答复|督办|落实|跟踪|继续")
_OTHER = re.compile(
    r"以来|上次|上一次|上年|去年|次年|下一年|明年|换届|选举|筹备|历次|分别|延期|推迟|尾款|欠|结算|补付|往届|上届|筹备|准备|筹划"
)


@check(
    code="CP101",
    name="session-conflict",
    theme="copying",
    severity=Severity.ERROR,
    zh="同一事项的会议届次前后不一",
    en="session of a meeting contradicted",
)
def session_conflict(ctx: AuditContext) -> Iterator[Hit]:
    """Session of a meeting contradicted.

    What it does
    Inside one numbered item, compares the session that heads it with the sessions its text says were held: 十一届二次会议费 against
    十一届一次会议 (error). Across the document, reports a single odd session among at least three mentions of another as a warning.
    Standing committee, party and people's congress are series of their own. Two sessions named together, a year of re-election, and
    work since the session before are legitimate.

    Why is this bad
    The item was copied from last year; its amounts and results may be last year's too.

    Example
    Flagged::

        3、十一届二次会议费。项目金额49.40万元，已于2022年2月顺利召开十一届一次会议，完成各项议程。

    Accepted::

        3、十一届二次会议费。项目金额49.40万元，已于2022年2月顺利召开十一届二次会议，完成各项议程。
        ----
        1.全会工作。3月和10月分别召开四届六次全会和五届一次全会，四届二十三次常委会听取汇报。五届一次会议选举产生新一届领导班子。
        ----
        2、十届三次会议费。会议听取了十届二次会议以来的工作报告，如期召开十届三次会议。

    Rests on
    None: one meeting has one name.
    """
    plenary = [s for facts in ctx.facts.blocks for s in facts.sessions if s.series in _COMPARED and s.session and s.congress]
    told: set[Span] = set()
    for block in ctx.document.blocks:
        own = [s for s in plenary if s.span.block == block.index]
        for heading, odd in _inside(ctx, block, own):
            told.add(odd.span)
            start = clause(block.text, odd.span.start, odd.span.end)[0]
            yield Hit(
                Text(
                    f"本项题为“{heading.raw}”，文中却写“{odd.raw}”",
                    f"the item is headed “{heading.raw}”; its text says “{odd.raw}”",
                ),
                (Place(Span(block.index, start, odd.span.end)), Place(heading.span, "heading")),
                stated=odd.raw,
                computed=heading.raw,
            )
    yield from _beside(ctx, told)
    yield from _across(ctx, [s for s in plenary if s.span not in told])


def _inside(ctx: AuditContext, block: Block, own: list[Session]) -> Iterator[tuple[Session, Session]]:
    """The sessions that contradict the one in the item's heading, unless the heading's stands in their sentence too."""
    title_end = _title_end(block)
    headings = [s for s in own if s.span.start < title_end]
    if block.marker is None or len({_number(s) for s in headings}) != 1:
        return
    heading = headings[0]
    text = ctx.facts.blocks[block.index].normal
    for session in own:
        if session.span.start < title_end or _number(session) == _number(heading) or _is_handover(session, heading):
            continue
        start, end = sentence(text, session.span.start, session.span.end)
        beside = any(start <= s.span.start < end and s is not session and s.span.start >= title_end for s in own)
        if not beside and not _OTHER.search(text[start:end]) and _HELD.search(text[start:end]):
            yield heading, session


def _beside(ctx: AuditContext, told: set[Span]) -> Iterator[Hit]:
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
                or _OTHER.search(here)
                or _AFTERWARDS.search(here)
            ):
                continue
            if _TAKEN_PLACE.search(facts.normal[slice(*clause(facts.normal, held.span.start, held.span.end))]):
                told.add(odd.span)
                yield Hit(
                    Text(
                        f"本段写召开的是“{held.raw}”，后文却写“{odd.raw}”期间",
                        f"the paragraph says “{held.raw}” was held, then tells of “{odd.raw}”",
                    ),
                    (Place(odd.span), Place(held.span, "held")),
                    stated=odd.raw,
                    computed=held.raw,
                    severity=Severity.WARNING,
                )


def _is_previous(odd: Session, held: Session) -> bool:
    return (
        odd.series == held.series
        and odd.series in {"plenary", "congress"}
        and odd.congress == held.congress
        and odd.session is not None
        and held.session is not None
        and odd.session < held.session
    )


def _is_handover(one: Session, other: Session) -> bool:
    """Whether one is the last session of a congress and the other the first of the next: both fall in a year of re-election."""
    first = max(one, other, key=lambda s: s.congress or 0)
    return one.congress != other.congress and first.session == 1


def _title_end(block: Block) -> int:
    """Where the item's title ends: at its first stop."""
    stop = _STOP.search(block.text, block.marker.end if block.marker else 0)
    return stop.start() if stop else len(block.text)


def _number(session: Session) -> tuple[int | None, int | None]:
    return session.congress, session.session


def _across(ctx: AuditContext, plenary: list[Session]) -> Iterator[Hit]:
    """The one mention that names another session of the same congress than all the others."""
    counts = Counter(_number(s) for s in plenary)
    if len(counts) != 2:
        return
    (usual, many), (_, few) = counts.most_common(2)
    if many < 3 or few != 1:
        return
    odd = next(s for s in plenary if _number(s) != usual)
    text = ctx.facts.blocks[odd.span.block].normal
    start, end = sentence(text, odd.span.start, odd.span.end)
    if (
        odd.congress != usual[0]
        or _OTHER.search(text[start:end])
        or any(s is not odd and s.span.block == odd.span.block and start <= s.span.start < end for s in plenary)
    ):
        return
    other = next(s for s in plenary if _number(s) == usual)
    yield Hit(
        Text(
            f"全文{many}处为“{other.raw}”，仅此一处写“{odd.raw}”",
            f"“{odd.raw}” stands once, “{other.raw}” {many} times",
        ),
        (Place(odd.span), Place(other.span, "elsewhere")),
        stated=odd.raw,
        computed=other.raw,
        severity=Severity.WARNING,
    )
