"""Sessions of one series set against one another: which was held when, and what else the report says of them.

Every mention of a session has a role: it was held, paid for, looked back upon, prepared, or something went on during it. Only mentions
of one series and one body are compared; a report names the sessions of several bodies, each with a count of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from gouji.engine.kit import AuditContext, BlockKind, Span, Text
from gouji.model import patterns as re
from gouji.model.choice import Choice
from gouji.model.fact import DateKind, Session
from gouji.model.record import record
from gouji_checks.backward import acted, day_before
from gouji_checks.spans import clause, sentence

Stray = tuple[Session, Session, Text]

_HELD_ON = re.compile(r"(?:会议)?于(?:20\d\d年)?\d")
_HELD = re.compile(r"召开|举行|开幕|闭幕|召集|开完|举办|胜利|圆满(?:完成|结束)")
_AHEAD = re.compile(
    r"筹备(?!(?:并|[和、])?(?:组织)?(?:召开|举行|举办)了)|筹划|准备|将(?:于|在|召开|举行)|拟|计划(?=于|在|召开|举行|\d)|预计|迎接|推迟|延期|改期|次年|明年|下一?年|待"
)
_BEHIND = re.compile(r"以来|上次|上一次|上届|往届|历届|历次|上年|去年|前一?届|原|此前|曾|结转|尾款|欠|补付|遗留")
_MOVED = re.compile(r"(?:推迟|延期|改期|顺延|延迟|提前)(?:到|至)(?=(?:20\d\d年)?\d{1,2}月)")
_DAYS = re.compile(r"(?:20\d\d年|今年|本年)?\d{1,2}月(?:\d{1,2}日?(?:[至到~～—–-]+(?:\d{1,2}月)?\d{1,2}日)?|[上中下]旬|底|初)?")
_BARE = re.compile(r"(?:^|[。；，：\s])(?P<n>[一二三四五六七八九])次会议(?=票决|期间|选举|批准|闭幕|还审议|审查批准|应到)")
_FEE = re.compile(r"(?:会议)?(?:的)?(?:支出|开支|列支|会议费|会务费|经费|专项|费用|费|保障(?:经费|项目|工作))")
_DURING = re.compile(
    r"(?:（[^）]*）)?(?:会议)?(?:期间|中|上|会上|还?审议|还?通过|票决|还?选举|还?听取|收到|批准|确定|补选|提出|闭幕|应到|实到|到会)"
)
_AGAIN = re.compile(r"(?:会议)?还(?:审议|听取|通过|选举|讨论|研究|表决|增选|补选)")
_WATCHED = re.compile(r"收[听看]|观看|旁听|列席")
_ACTIONS = ("票决", "选举产生", "补选", "应到", "实到", "会期")
# What a unit set itself for the year of the report.
_YEARS_TASK = re.compile(r"(?:年初确定|年度任务|年度目标|全年任务|年内|年底前|年末前)[^。]{0,60}(?:召开|举行|组织召开)")
_LATER = re.compile(r"办理|办结|办复|答复|督办|落实|跟踪|继续|换届|选举|分别|先后|两次")


class Role(Choice):
    """What a report says of a session."""

    HELD = "held"
    FEE = "fee"
    DURING = "during"
    SINCE = "since"
    AHEAD = "ahead"
    NAMED = "named"


@record(frozen=True, slots=True)
class Mention:
    """A session in its clause; `year` and `month` where the clause, or a date alone before it, gives one date only."""

    session: Session
    role: Role
    year: int | None
    month: int | None
    words: str  # the sentence
    before: str  # the sentence up to the end of the session's clause

    @property
    def number(self) -> tuple[int | None, int | None]:
        return self.session.congress, self.session.session


def mentions(ctx: AuditContext, *, terms: bool = False) -> list[Mention]:
    """The numbered sessions of the text with their roles; in a people's congress's own report 十八届三次会议 is the congress's.

    With `terms` also the bodies named as a whole, 第五届理事会, whose session is None.
    """
    own = "".join((ctx.document.organisation or "").split())
    home = "congress" if "人大" in own or "人民代表" in own else "plenary"
    found = []
    for facts in ctx.facts.blocks:
        for session in facts.sessions:
            if session.congress is not None and (session.session is not None or terms):
                series = home if session.series in {"plenary", "unknown"} else session.series
                found.append(_mention(ctx, replace(session, series=series)))
    return found


def _mention(ctx: AuditContext, session: Session) -> Mention:
    facts = ctx.facts.blocks[session.span.block]
    text = facts.normal
    start, end = clause(text, session.span.start, session.span.end)
    lead = start
    if text[start - 1 : start] in {"，", ","}:  # 2023年2月，召开…: the date stands alone before its clause
        before = clause(text, start - 1, start - 1)[0]
        inside = any(start <= d.span.start < end for d in facts.dates)
        if not inside and _DAYS.fullmatch(text, before, start - 1):
            lead = before
    dates = [d for d in facts.dates if lead <= d.span.start < end and not d.cited]
    dates = dates[: 1 if lead < start else None]  # 1月9日至12日
    moved = _MOVED.search(text[lead:end])
    if moved is not None:  # 原定2月召开的四次会议推迟到4月20日召开
        dates = [d for d in dates if d.span.start >= lead + moved.end()][:1]
    date = dates[0] if len(dates) == 1 else None
    if date is None and not dates:
        date = day_before(facts, session.span.start, session.span.end)
    year = month = None
    if date is not None:
        month = date.month
        year = date.year or (ctx.document.year if date.kind is DateKind.RELATIVE and date.raw[0] in "今本" else None)
    first, last = sentence(text, session.span.start, session.span.end)
    told = text[lead:end] if moved is None else text[lead + moved.end() : end]
    role = _role(told, text[session.span.end :])
    return Mention(session, role, year, month, text[first:last], text[first:end])


def _role(words: str, after: str) -> Role:
    if _BEHIND.search(words):
        return Role.SINCE
    if _AHEAD.search(words):
        return Role.AHEAD
    if _FEE.match(after):
        return Role.FEE
    if _HELD.search(words) or _HELD_ON.match(after):
        return Role.HELD
    return Role.DURING if _DURING.match(after) else Role.NAMED


def strays(ctx: AuditContext) -> Iterator[Stray]:
    """What the mentions of each series give away: the odd session, the one it contradicts, and what to say."""
    found = mentions(ctx)
    titles = {b.index for b in ctx.document.blocks if b.kind is BlockKind.TITLE}
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(mention.session.series, []).append(mention)
    for series, group in groups.items():
        if series != "standing_committee":
            yield from _against_title(ctx, group, titles)
            yield from _congress(ctx, group)
            yield from _again(group)
            yield from _acted(ctx, group)
            yield from _same_month(ctx, group)
            yield from _bare(ctx, group)
        yield from _dated(group)
        yield from _out_of_order(ctx, group)
        yield from _planned(ctx, group)
    yield from _in_office(ctx, groups)


def _in_office(ctx: AuditContext, groups: dict[str, list[Mention]]) -> Iterator[Stray]:
    """A standing committee's or chair's meeting of another 届 than the plenary that was in office when it met."""
    for body in ("plenary", "congress"):
        held = [m for m in groups.get(body, ()) if m.role is Role.HELD and _of_this_year(ctx, m) and (m.year or m.month)]
        if len({m.number[0] for m in held}) != 1:
            continue
        anchor = held[0]
        for odd in (*groups.get("standing_committee", ()), *groups.get("chair", ())):
            is_congress = "人大" in odd.session.raw or "人民代表" in odd.session.raw
            if groups.get("congress") and groups.get("plenary") and is_congress != (body == "congress"):
                continue
            begun = (anchor.number[1] or 0) >= 2 or (
                odd.month is not None and anchor.month is not None and odd.month > anchor.month
            )
            if (
                begun
                and odd.number[0] != anchor.number[0]
                and same_body(odd, anchor)
                and odd.role in {Role.HELD, Role.DURING, Role.NAMED}
                and not _dates_elsewhere(ctx, odd)
                and sum(m.number[0] == odd.number[0] for group in groups.values() for m in group) == 1
            ):
                message = Text(
                    f"“{anchor.session.raw}”之后，此处仍写“{odd.session.raw}”，届数不符",
                    f"after “{anchor.session.raw}” the text still says “{odd.session.raw}”",
                )
                yield odd.session, anchor.session, message


def same_body(one: Mention, other: Mention) -> bool:
    """Whether nothing printed tells the two bodies apart."""
    a, b = one.session, other.session
    return (a.owner == b.owner or "" in {a.owner, b.owner}) and (a.body == b.body or "" in {a.body, b.body})


def _is_handover(one: Mention, other: Mention) -> bool:
    """Whether one is of the congress that ended and the other the first session of the next."""
    first = max(one, other, key=lambda m: m.number[0] or 0)
    return abs((one.number[0] or 0) - (other.number[0] or 0)) == 1 and first.number[1] == 1


def _of_this_year(ctx: AuditContext, mention: Mention) -> bool:
    return mention.year in {None, ctx.document.year}


def _dates_elsewhere(ctx: AuditContext, mention: Mention) -> bool:
    """Whether the sentence has named another year than the report's before it names the session."""
    years = set(re.findall(r"(?:19|20)\d\d(?=年)", mention.before))
    return bool(years - {str(ctx.document.year)})


def _against_title(ctx: AuditContext, group: list[Mention], titles: set[int]) -> Iterator[Stray]:
    """The title names the session whose money the report accounts for; the text says that another one was held."""
    named = [m for m in group if m.session.span.block in titles]
    if len({m.number for m in named}) != 1:
        return
    title = named[0]
    for odd in group:
        if (
            odd.number != title.number
            and odd.role in {Role.HELD, Role.DURING, Role.FEE}
            and same_body(odd, title)
            and not _is_handover(odd, title)
            and not _dates_elsewhere(ctx, odd)
            and not _LATER.search(odd.words)
            and not any(m.number == title.number and m.words == odd.words for m in group)
        ):
            message = Text(
                f"报告题为“{title.session.raw}”，文中却写“{odd.session.raw}”",
                f"the title names “{title.session.raw}”; the text says “{odd.session.raw}”",
            )
            yield odd.session, title.session, message


def _congress(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """A session of another 届 than the one in office: 九届二次会议期间 where 十届二次会议 was held this year."""
    this_year = [m for m in group if (m.role is Role.FEE or met(m)) and _of_this_year(ctx, m)]
    held = [m for m in this_year if m.role is not Role.FEE and not _WATCHED.search(m.before)] or this_year
    own = [m for m in held if m.session.owner != "全国"] or held
    held = own if len({m.number[0] for m in own}) == 1 else []
    usual = next((m for m in held if (m.number[1] or 0) >= 2), None)
    for odd in group if usual is not None else ():
        if (
            usual is not None
            and odd.number[0] != usual.number[0]
            and odd.role in {Role.HELD, Role.DURING, Role.FEE}
            and same_body(odd, usual)
            and not _is_handover(odd, usual)
            and odd.year in {None, ctx.document.year}
            and not _dates_elsewhere(ctx, odd)
            and sum(m.number[0] == odd.number[0] for m in group) == 1
        ):
            message = Text(
                f"本年召开的是“{usual.session.raw}”，此处写“{odd.session.raw}”",
                f"“{usual.session.raw}” was held this year; “{odd.session.raw}” stands here",
            )
            yield odd.session, usual.session, message


def _again(group: list[Mention]) -> Iterator[Stray]:
    """第五次会议还审议了…: what the meeting told of above also did, under another number."""
    for at, odd in enumerate(group):
        before = [m for m in group[:at] if m.role is Role.HELD and same_body(m, odd)]
        if (
            before
            and _AGAIN.search(odd.words.partition(odd.session.raw)[2][:8])
            and odd.number not in {m.number for m in before}
            and sum(m.number == odd.number for m in group) == 1
        ):
            message = Text(
                f"前文召开的是“{before[-1].session.raw}”，此处写“{odd.session.raw}还”",
                f"“{before[-1].session.raw}” was held; “{odd.session.raw}” is said to have done more",
            )
            yield odd.session, before[-1].session, message


def _acted(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """One act told of two sessions of a congress: 三次会议票决…, 二次会议票决的…."""
    for held in group:
        if not _of_this_year(ctx, held) or not (held.role is Role.HELD or (held.role is Role.DURING and held.year)):
            continue
        for odd in group:
            shared = [a for a in _ACTIONS if a in held.words and a in odd.words]
            if (
                shared
                and odd.role in {Role.DURING, Role.NAMED}
                and odd.number[0] == held.number[0]
                and odd.number[1] != held.number[1]
                and same_body(odd, held)
                and odd.words != held.words
                and not _dates_elsewhere(ctx, odd)
                and sum(m.number == odd.number for m in group) == 1
            ):
                message = Text(
                    f"前后两处都写“{shared[0]}”，一处为“{held.session.raw}”，此处为“{odd.session.raw}”",
                    f"“{shared[0]}” is told of “{held.session.raw}” and here of “{odd.session.raw}”",
                )
                yield odd.session, held.session, message


def met(mention: Mention) -> bool:
    """Whether a session is told of as held, or of as having done something."""
    after = mention.words.partition(mention.session.raw)[2]
    return mention.role is Role.HELD or (mention.role in {Role.DURING, Role.NAMED} and acted(after))


def _same_month(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """Two sessions of one congress, each told as held in one month of the report's year: the one named once is odd."""
    held = [m for m in group if met(m) and m.month and _of_this_year(ctx, m) and not _dates_elsewhere(ctx, m)]
    for one, odd in combinations(held, 2):
        if (
            one.month == odd.month
            and one.number[0] == odd.number[0]
            and one.number[1] != odd.number[1]
            and same_body(one, odd)
            and sum(m.number == odd.number for m in group) == 1
        ):
            message = Text(
                f"同在{odd.month}月召开，前文写“{one.session.raw}”，此处写“{odd.session.raw}”",
                f"held in one month: “{one.session.raw}” above, “{odd.session.raw}” here",
            )
            yield odd.session, one.session, message


def _bare(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """三次会议票决的…, its 届 left out, after the second session of the congress was told of as the one held this year."""
    held = [m for m in group if m.role is Role.HELD and _of_this_year(ctx, m)]
    if len({m.number for m in held}) != 1:
        return
    numbers = {m.number[1] for m in group}
    for number in ctx.wording.having("次会议"):
        text = ctx.facts.blocks[number].normal
        for match in _BARE.finditer(text):
            session = "零一二三四五六七八九".index(match["n"])
            if session in numbers:
                continue
            span = Span(number, match.start("n"), match.end())
            odd = replace(held[0].session, span=span, raw=text[span.start : span.end], session=session)
            message = Text(
                f"本年召开的是“{held[0].session.raw}”，此处写“{odd.raw}”",
                f"“{held[0].session.raw}” was held this year; “{odd.raw}” stands here",
            )
            yield odd, held[0].session, message


def _dated(group: list[Mention]) -> Iterator[Stray]:
    """One session held in two months, and sessions held in another order than their numbers."""
    dated = [m for m in group if m.role is Role.HELD and m.year and m.month]
    for one, other in combinations(dated, 2):
        if not same_body(one, other) or one.session.span == other.session.span:
            continue
        a, b = (one.year or 0, one.month or 0), (other.year or 0, other.month or 0)
        if one.number == other.number and a != b:
            message = Text(
                f"“{one.session.raw}”的召开时间前后不一：前文{a[0]}年{a[1]}月，此处{b[0]}年{b[1]}月",
                f"“{one.session.raw}” is dated {a[0]}-{a[1]} above and {b[0]}-{b[1]} here",
            )
            yield other.session, one.session, message
        elif _is_earlier(one, other) and a > b:
            yield one.session, other.session, _order(one, other)
        elif _is_earlier(other, one) and b > a:
            yield other.session, one.session, _order(other, one)


def _out_of_order(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """Meetings of one paragraph told by their months, without a year, in another order than their numbers: 3月召开…十二次，6月召开…十一次."""
    held = [m for m in group if met(m) and m.month and m.year in {None, ctx.document.year}]
    for one, other in combinations(held, 2):
        if (
            one.session.span.block == other.session.span.block
            and same_body(one, other)
            and one.number[0] == other.number[0]
            and not (_dates_elsewhere(ctx, one) or _dates_elsewhere(ctx, other))
        ):
            early, late = (one, other) if _is_earlier(one, other) else (other, one)
            if early.number != late.number and (early.month or 0) > (late.month or 0):
                message = Text(
                    f"届次与时间先后不符：“{early.session.raw}”写在{early.month}月，“{late.session.raw}”却在{late.month}月",
                    f"out of order: “{early.session.raw}” in month {early.month}, “{late.session.raw}” in month {late.month}",
                )
                yield early.session, late.session, message


def _planned(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """The one session held this year, where the year's tasks were to hold another of the same congress: 年底前召开十八届人大二次会议."""
    held = [m for m in group if m.role is Role.HELD and m.year == ctx.document.year]
    tasks = [m for m in group if _YEARS_TASK.search(m.words) and m.session.session and not _dates_elsewhere(ctx, m)]
    for odd in held if len({m.number for m in held}) == 1 else ():
        task = next((m for m in tasks if m.number[0] == odd.number[0] and same_body(m, odd)), None)
        if task is not None and task.number != odd.number and {m.number for m in tasks} == {task.number}:
            message = Text(
                f"年度任务是召开“{task.session.raw}”，实际写“{odd.session.raw}”",
                f"the year's task was to hold “{task.session.raw}”; “{odd.session.raw}” is told as held",
            )
            yield odd.session, task.session, message


def _is_earlier(one: Mention, other: Mention) -> bool:
    """Whether the number of `one` comes before that of `other`."""
    return (one.number[0] or 0, one.number[1] or 0) < (other.number[0] or 0, other.number[1] or 0)


def _order(early: Mention, late: Mention) -> Text:
    return Text(
        f"届次与时间先后不符：“{early.session.raw}”写在{early.year}年{early.month}月，“{late.session.raw}”却在{late.year}年{late.month}月",
        f"out of order: “{early.session.raw}” in {early.year}-{early.month}, “{late.session.raw}” in {late.year}-{late.month}",
    )
