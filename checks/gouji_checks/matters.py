"""One matter told of two sessions: next to one another, or in two places that one project, number of suggestions or year's budget ties.

会议名称为三届五次会议，…，决算载明三届一次会议如期闭幕: one passage that speaks of one meeting.

山洪治理专项用于筹办政协七届四次会议。… 决算时，山洪治理专项所筹办的政协七届一次会议实际会期与批复相符. What a project pays for, and how many
suggestions came in, belongs to one session; where two are told of, one of them is the slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from gouji.engine.kit import AuditContext, Text
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.spans import clause
from gouji_checks.timeline import Mention, Role, Stray, mentions, same_body

_MATTER = re.compile(r"[\u4e00-\u9fff]{2,16}?(?:专项(?:资金|经费)?|补助资金|工作经费|经费|项目|工程|资金|补助|系统)")
_FOR_IT = re.compile(r"筹办|筹备|保障|承办|承担|用于|服务|列支|所用|督办|文印|会务|安排中|部署|印刷|印制|印发|提案|议案|建议")
# Words of a second meeting, or of the same one at another time.
_ANOTHER = r"以来|上一?[次届年]|去年|次年|翌年|明年|下一?[年届次]|往年|往届|历次|延期|推迟|改期|尾款|欠|分别|先后|两次|对比|相比|此前|之前|曾|跨年|结转|续|参照|沿用"
_NOT_ONE = re.compile(rf"{_ANOTHER}|届时|拟|将于|另外?|还")
_COUNTED = re.compile(
    r"(?:提案|议案|建议)[^，。；\d]{0,8}?(?P<n>\d{2,})\s?件|(?P<m>\d{2,})\s?件[^，。；\d]{0,6}?(?:提案|议案|建议)"
)
_FEW = 20  # suggestions: fewer may be as many by chance
_SAT = re.compile(r"召开|举行|批准|审议|通过|选举")
_BUDGET = re.compile(
    r"(?:审查|审议|批准|通过|讨论)[^，。；]{0,10}(?P<y>20\d\d年|当年|本年)[^，。；]{0,10}预算(?!调整|执行|变更)|(?P<z>20\d\d年|当年|本年)[^，。；]{0,6}(?:批准|审查|通过)的[^，。；]{0,6}预算(?!调整|执行|变更)"
)
# What the money of the passage went to, or what meeting it is on.
_ON_IT = re.compile(r"保障|承担|筹备|筹办|会议名称|召开|举行|印制|编印|印刷|用于|围绕|按照|列支|服务|安排中列")
# What is told of the meeting itself, behind its name.
_OF_IT = re.compile(
    r"(?:会议)?(?:[于在]\d{1,2}月[^，。；]{0,4})?(?:如期|圆满|顺利|按期|按时|胜利)?(?:闭幕|落幕|结束|选举产生|实际会期|会期(?:为|与|\d)|(?:的)?(?:住宿|伙食|用餐|会务)标准|未发生计划外|未超(?:过)?(?:标准|定额|预算)|没有超(?:过)?|所用，|(?:的)?部署(?:推进|如期|完成)|确定的任务|参会人数|实到|应到)"
)
_SAME_AGAIN = re.compile(
    r"(?:(?:所(?:筹办|筹备|保障|承办|服务)的|确为|即为|载明|显示)[\u4e00-\u9fff]{0,4}|。会[后上][\u4e00-\u9fff]{0,6})$"
)
_FEE_FOR = re.compile(r"会议费[^。；]*(?:保障|确保)[\u4e00-\u9fff]{0,4}")  # 八届一次会议费：…，保障政协八届六次会议如期举行
_RECEIVED = re.compile(r"(?:会议)?(?:期间)?(?:收到|征集)的?(?:提案|议案|建议)")
# The passage tells of two meetings.
_TWO = re.compile(rf"{_ANOTHER}|[比较](?!好|为)|原|换届前")
_JOINED = re.compile(r"(?:会议)?\s?[和与及、至到]")


def matters(ctx: AuditContext) -> Iterator[Stray]:
    """The later of two sessions of one congress, told of in two places of one and the same matter."""
    plain = [m for m in mentions(ctx) if m.session.series in {"plenary", "congress"} and m.role is not Role.SINCE]
    for first, odd in combinations(plain, 2):
        one, other = first.session, odd.session
        if one.congress != other.congress or one.session == other.session or first.words == odd.words:
            continue
        if not same_body(first, odd) or not {first.year, odd.year} <= {None, ctx.document.year}:
            continue
        if _NOT_ONE.search(first.words.replace("继续", "")) or _NOT_ONE.search(odd.words):
            continue
        matter = _shared(first, odd) or _same_count(first, odd) or _same_budget(ctx, first, odd) or _same_month(first, odd)
        if matter is None:
            continue
        told = Counter(m.number for m in plain)
        stray, right = (first, odd) if told[odd.number] > told[first.number] else (odd, first)
        if told[stray.number] == 1:
            message = Text(
                f"“{matter}”他处写的是“{right.session.raw}”，此处写“{stray.session.raw}”",
                f"“{matter}” is told of “{right.session.raw}” elsewhere, here of “{stray.session.raw}”",
            )
            yield stray.session, right.session, message


def _shared(first: Mention, odd: Mention) -> str | None:
    """The project that both sentences say serves the session."""
    if not (_FOR_IT.search(first.words) and _FOR_IT.search(odd.words)):
        return None
    for found in _MATTER.finditer(first.words):
        name = found[0]
        for start in range(len(name) - 5):
            tail = name[start:]
            if len(tail) >= _NAME and tail in odd.words:
                return tail
    return None


_NAME = 6  # characters of a project's name, its generic ending among them


def _same_count(first: Mention, odd: Mention) -> str | None:
    """As many suggestions, twenty and more."""
    numbers = [{m["n"] or m["m"] for m in _COUNTED.finditer(mention.words)} for mention in (first, odd)]
    common = {n for n in numbers[0] & numbers[1] if int(n) >= _FEW}
    return f"{min(common)}件" if common else None


def _same_budget(ctx: AuditContext, first: Mention, odd: Mention) -> str | None:
    """The budget of one year, which one session approves."""
    years = []
    for mention in (first, odd):
        found = _BUDGET.search(mention.words)
        if found is None:
            return None
        said = found["y"] or found["z"]
        years.append(str(ctx.document.year) if said[0] in "当本" else said[:4])
    return f"{years[0]}年预算" if years[0] == years[1] else None


def _same_month(first: Mention, odd: Mention) -> str | None:
    """The month of one year in which both are said to have sat: 2019年1月召开的四次会议批准, 三次会议2019年1月批准的."""
    if first.month is None or (first.year, first.month) != (odd.year, odd.month):
        return None
    sat = all(_SAT.search(m.words) for m in (first, odd))
    return f"{first.month}月" if sat and {first.role, odd.role} & {Role.HELD} else None


def twins(ctx: AuditContext) -> Iterator[Stray]:
    """The second of two sessions, named next to one another, where the passage tells of one meeting only."""
    plain = [m for m in mentions(ctx) if m.session.series in {"plenary", "congress"}]
    for first, odd in pairwise(plain):
        block = first.session.span.block
        if block != odd.session.span.block or not _is_sibling(first.session, odd.session):
            continue
        if not same_body(first, odd) or sum(m.number == odd.number for m in plain) > 1:
            continue
        text = ctx.facts.blocks[block].normal
        between = text[first.session.span.end : odd.session.span.start]
        start = text.rfind("。", 0, first.session.span.start) + 1
        end = text.find("。", odd.session.span.end)
        around = text[start : end if end >= 0 else len(text)]
        again = _SAME_AGAIN.search(between)
        if between.count("。") > (1 if again else 0) or not _ON_IT.search(text[start : odd.session.span.start]):
            continue
        ahead_of = (first.session.session or 0) - (odd.session.session or 0)
        # what the session before brought in is followed up in the year of the next one; that of two before is not
        brought = ahead_of != 1 and _RECEIVED.match(text, odd.session.span.end) and "。" not in between
        if not (again or brought or _FEE_FOR.fullmatch(between) or _OF_IT.match(text, odd.session.span.end)) or _TWO.search(
            around.replace("政协", "")
        ):
            continue
        if _JOINED.match(between):
            continue
        if (ahead_of == 1 and first.role is Role.AHEAD) or _has_own_date(ctx, odd.session):
            continue  # the last session ends while the next one is prepared
        message = Text(
            f"前面写的是“{first.session.raw}”，接着写的却是“{odd.session.raw}”",
            f"the passage is on “{first.session.raw}” and goes on with “{odd.session.raw}”",
        )
        yield odd.session, first.session, message


def _is_sibling(one: Session, other: Session) -> bool:
    """Whether both are numbered sessions of one congress, and not the same."""
    known = None not in {one.congress, one.session, other.congress, other.session}
    return known and one.congress == other.congress and one.session != other.session


def _has_own_date(ctx: AuditContext, session: Session) -> bool:
    """Whether the session's clause dates it."""
    facts = ctx.facts.blocks[session.span.block]
    start, end = clause(facts.normal, session.span.start, session.span.end)
    return any(start <= d.span.start < end and not d.cited for d in facts.dates)
