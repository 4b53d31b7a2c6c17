"""Two sessions of one congress in one passage that speaks of one meeting: 会议名称为三届五次会议，…，决算载明三届一次会议如期闭幕."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Text
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.spans import clause
from gouji_checks.timeline import Role, Stray, mentions, same_body

# What the money of the passage went to, or what meeting it is on.
_MATTER = re.compile(r"保障|承担|筹备|筹办|会议名称|召开|举行|印制|编印|印刷|用于|围绕|按照|列支|服务|安排中列")
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
_TWO = re.compile(
    r"以来|上一?次|上年|去年|上一?[年届]|次年|翌年|明年|下一?[年届次]|往年|往届|历次|延期|推迟|改期|尾款|欠|分别|先后|两次|对比|相比|[比较](?!好|为)|此前|之前|曾|原|跨年|结转|换届前|续|参照|沿用"
)

_JOINED = re.compile(r"(?:会议)?\s?[和与及、至到]")


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
        if between.count("。") > (1 if again else 0) or not _MATTER.search(text[start : odd.session.span.start]):
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
