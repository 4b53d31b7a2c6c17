"""Which session can have met by when: one told of before its turn or long after it, two bodies in office.

A people's congress and a consultative conference sit once a year and for five years, so that the session held in the report's year
tells which sessions lie behind it and which ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gouji.engine.kit import AuditContext, Span, Text
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.outline import chinese_number
from gouji_checks.spans import clause, sentence
from gouji_checks.timeline import Mention, Role, Stray, mentions, same_body

_YEARLY = frozenset({"plenary", "congress"})
_DONE = re.compile(
    r"(?:完成|收到|提出|提交|立案|办理|办结|办复|交办|答复|审议|通过|选举|票决|确定|批准|征集|听取)[^。；]{0,24}?\d|全部(?:答复|办结|办复|办理)"
)
_OPEN = re.compile(r"将|拟|计划|筹备|准备|迎接|待|下一?步|明年|次年|下一?年|打算|提请|提交.{0,8}审议$|力争|争取|打好基础")
_LONG = re.compile(r"五年|规划|以来|历届|历次|曾|当时|届期|回顾|上届|往届|首届")
_LONG_AGO = re.compile(r"上届|上一届|原|时任|曾|历届|20\d\d年[^，。；]{0,6}(?:换届前|以前)")
_SITS = re.compile(
    r"(?:现有|共有|实有)[^，。；]{0,8}(?:委员|代表|常委|理事)|自20\d\d年(?:\d{1,2}月)?(?:任期开始|换届|成立|产生|选举)?以来"
)
_ELECTED = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2})?第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})次[\u4e00-\u9fff]{0,4}?代表大会"
    r"(?:选举产生|选举|选出|产生)了?的?(?P<now>本届|现任|这一届|新一届)?"
)
# 第八次代表大会选出的主席团于9月听取汇报: it sits.
_ACTS = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:于|在|已于)(?:当年|同年|本年)?\d{1,2}月")
_ORDINAL = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})次(?P<what>[\u4e00-\u9fff]{0,6}?会议?)(?!议?纪要|议?决定|议?精神)"
)
_VERB = re.compile(r"(?:召开|举行|举办|开)(?:了|的)?(?:本年度?|今年|全年)?$|[的了在于]$")
_BODY = re.compile(r"[\u4e00-\u9fff]{2}$")


def sittings(ctx: AuditContext) -> Iterator[Stray]:
    """The odd session, the one it contradicts, and what to say."""
    yield from _ordinals(ctx)
    yield from _elected(ctx)
    groups: dict[str, list[Mention]] = {}
    for mention in mentions(ctx, terms=True):
        groups.setdefault(mention.session.series, []).append(mention)
    for series, group in groups.items():
        yield from _both_sit(ctx, group)
        if series in _YEARLY:
            yield from _ahead(ctx, group)
            yield from _long_over(ctx, group)
            yield from _still_ahead(ctx, group)


def _this_years(ctx: AuditContext, group: list[Mention]) -> list[Mention]:
    """The sessions told of as held in the year of the report, with their month."""
    own = ctx.document.year
    return [
        m
        for m in group
        if m.role is Role.HELD
        and m.session.session
        and (m.year == own or (m.year is None and m.month is not None and not _other_year(ctx, m)))
    ]


def _other_year(ctx: AuditContext, mention: Mention) -> bool:
    """Whether the sentence has named another year than the report's before it names the session."""
    return bool(set(re.findall(r"(?:19|20)\d\d(?=年)", mention.before)) - {str(ctx.document.year)})


def _ahead(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """三次会议期间收到建议146件, without a date, where the second session is the one that was held in the year."""
    held = _this_years(ctx, group)
    for odd in group if len({m.number for m in held}) == 1 else ():
        right = held[0]
        if (
            odd.number[0] == right.number[0]
            and (odd.number[1] or 0) > (right.number[1] or 0)
            and odd.role in {Role.DURING, Role.NAMED}
            and ((odd.year, odd.month) == (None, None) or (odd.year in {None, ctx.document.year} and odd.month == right.month))
            and same_body(odd, right)
            and (odd.words != right.words or right.session.span.start < odd.session.span.start)
            and _DONE.search(odd.words.partition(odd.session.raw)[2])
            and not _OPEN.search(odd.words)
            and not _other_year(ctx, odd)
            and all(m is odd or m.role is Role.AHEAD for m in group if m.number == odd.number)
        ):
            message = Text(
                f"本年召开的是“{right.session.raw}”，此处写“{odd.session.raw}”的结果",
                f"“{right.session.raw}” was held this year; results of “{odd.session.raw}” are told here",
            )
            yield odd.session, right.session, message


def _long_over(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """十七届一次会议期间收到建议158件 where the eighteenth congress first met in the year: the seventeenth met five years before."""
    held = [m for m in _this_years(ctx, group) if m.number[1] == 1]
    for odd in group if len({m.number for m in held}) == 1 else ():
        right = held[0]
        if (
            (odd.number[0] or 0) == (right.number[0] or 0) - 1
            and odd.number[1] in {1, 2}
            and odd.role in {Role.HELD, Role.DURING}
            and odd.year in {None, ctx.document.year}
            and same_body(odd, right)
            and not _LONG.search(odd.words)
            and not _other_year(ctx, odd)
            and sum(m.number[0] == odd.number[0] for m in group) == 1
        ):
            message = Text(
                f"本年召开的是“{right.session.raw}”，此处写五年前的“{odd.session.raw}”",
                f"“{right.session.raw}” was held this year; “{odd.session.raw}” met five years before",
            )
            yield odd.session, right.session, message


def _still_ahead(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """筹备好二次会议 among the plans of a report that tells how the second session was held in its year."""
    held = _this_years(ctx, group)
    for odd in group if len({m.number for m in held}) == 1 else ():
        right = held[0]
        heading = _heading(ctx, odd)
        if (
            odd.number == right.number
            and odd.session.span.block > right.session.span.block
            and (odd.year, odd.month) == (None, None)
            and same_body(odd, right)
            and _PLANS.search(heading)
            and _NO_PLANS.search(heading) is None
            and _PREPARES.search(odd.words.partition(odd.session.raw)[0])
            and not _DONE_WITH.search(odd.words)
        ):
            message = Text(
                f"“{odd.session.raw}”本年已召开，此处写作今后筹备的会议",
                f"“{odd.session.raw}” was held this year; it is prepared for here",
            )
            yield odd.session, right.session, message


_PLANS = re.compile(r"下一?步|打算|计划|安排|思路|努力方向")
_NO_PLANS = re.compile(r"问题|情况|完成|成效")
_PREPARES = re.compile(r"(?:筹备|准备|筹办|开好|承办|迎接|保障)好?(?:[县市区省镇乡州旗]?(?:政协|人大|党代会)?)$")
_DONE_WITH = re.compile(r"精神|决议|决定|部署|提案|建议|议案|任务|经验|以来|上年|去年|回顾|总结|结算|尾款")


def _heading(ctx: AuditContext, mention: Mention) -> str:
    """The heading over the mention's block."""
    parent = ctx.document.blocks[mention.session.span.block].parent
    return ctx.document.blocks[parent].text if parent is not None else ""


def _both_sit(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """Two 届 of one body in office: 十五届人大现有代表231名 and 第八届人民代表大会自2021年12月以来, or 九届二次会议 held in this year."""
    sitting = [m for m in group if m.number[1] is None and _SITS.match(_behind(ctx, m)) and not _LONG_AGO.search(m.before)]
    for one, odd in combinations(sitting, 2):
        if one.number[0] != odd.number[0] and same_body(one, odd):
            yield odd.session, one.session, _in_office(one, odd)
    for right, odd in ((r, o) for r in sitting for o in _this_years(ctx, group)):
        met = {m.number[0] for m in group if m.number[1] is not None}
        if (
            right.number[0] not in met
            and abs((right.number[0] or 0) - (odd.number[0] or 0)) >= 1
            and odd.number[1] in {2, 3}
            and same_body(odd, right)
        ):
            yield odd.session, right.session, _in_office(right, odd)


def _behind(ctx: AuditContext, mention: Mention) -> str:
    end = mention.session.span.end
    return ctx.facts.blocks[mention.session.span.block].normal[end : end + 24]


def _in_office(right: Mention, odd: Mention) -> Text:
    return Text(
        f"“{right.session.raw}”与“{odd.session.raw}”届数不符，同一时期只有一届在任",
        f"“{right.session.raw}” and “{odd.session.raw}” cannot both be in office",
    )


def _elected(ctx: AuditContext) -> Iterator[Stray]:
    """本届委员会由第九次代表大会选举产生, and 第八次代表大会选出的本届委员会; one that a congress to come elected, and that sits."""
    found: list[tuple[str, Session, bool]] = []
    words = ("本届", "现任", "这一届", "新一届", "选出的", "产生的")
    for number in sorted(ctx.wording.having("代表大会") & ctx.wording.having(*words)):
        text = ctx.facts.blocks[number].normal
        for match in _ELECTED.finditer(text):
            lead = text[clause(text, *match.span())[0] : match.start()]
            acts = match[0].endswith("的") and _ACTS.match(text, match.end()) is not None
            if match["now"] == "新一届" or acts:
                years = re.findall(r"20\d\d(?=年)", text[sentence(text, *match.span())[0] : match.end()])
                if set(years) - {str(ctx.document.year)}:
                    continue
            if match["now"] or acts or re.search(r"(?:本届|现任|这一届)[^。；]{0,16}由", lead):
                start = match.start("n") - 1
                end = text.index("大会", start) + 2
                session = Session(Span(number, start, end), text[start:end], None, chinese_number(match["n"]), "unknown")
                found.append((match["who"] or "", session, acts))
    for (who, right, before), (other, odd, acts) in combinations(found, 2):
        # the body before may have sat earlier in the year
        earlier = (acts and (odd.session or 0) < (right.session or 0)) or (before and (right.session or 0) < (odd.session or 0))
        if (who == other or not (who and other)) and right.session != odd.session and not earlier:
            message = Text(
                f"本届一处写由“{right.raw}”产生，此处写“{odd.raw}”",
                f"the body in office was elected by “{right.raw}”; here by “{odd.raw}”",
            )
            yield odd, right, message


def _ordinals(ctx: AuditContext) -> Iterator[Stray]:
    """2月举行的第四次会议…，1月召开的第五次会议: meetings of one paragraph, told without their 届, out of order."""
    for number in sorted(ctx.wording.having("次") & ctx.wording.having("会")):
        facts = ctx.facts.blocks[number]
        dated: list[tuple[Session, int, str]] = []
        for match in _ORDINAL.finditer(facts.normal) if facts.normal.count("月") > 1 else ():
            start, end = clause(facts.normal, *match.span())
            start = facts.normal.rfind("、", start, match.start()) + 1 or start  # 6月召开第八次会议、9月召开第六次会议
            end = cut if (cut := facts.normal.find("、", match.end(), end)) >= 0 else end
            months = [d for d in facts.dates if start <= d.span.start < end and d.month and not d.cited]
            first = sentence(facts.normal, *match.span())[0]
            years = {d.year for d in facts.dates if d.year and not d.cited and first <= d.span.start < match.start()}
            inside = _ORDINAL.findall(facts.normal, start, end)
            if len(months) != 1 or len(inside) != 1 or years - {ctx.document.year} or re.search("届", facts.normal[start:end]):
                continue
            before = _VERB.sub("", _VERB.sub("", facts.normal[start : match.start()]))
            body = found[0] if (found := _BODY.search(before)) else ""
            n = match["n"]
            span = Span(number, *match.span())
            session = Session(span, match.group(), None, int(n) if n.isascii() else chinese_number(n), "unknown")
            dated.append((session, months[0].month or 0, body + match["what"]))
        for (one, month, kind), (other, later, same) in combinations(dated, 2):
            if kind == same and ((one.session or 0) - (other.session or 0)) * (month - later) < 0:
                message = Text(
                    f"届次与时间先后不符：“{one.raw}”写在{month}月，“{other.raw}”却在{later}月",
                    f"out of order: “{one.raw}” in month {month}, “{other.raw}” in month {later}",
                )
                yield other, one, message
                break
