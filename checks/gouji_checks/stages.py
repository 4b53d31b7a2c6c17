"""One meeting told in two steps of one sentence: 五届三次会议召开前作了准备，五届三次会议如期举行.

What is readied, received, handed out or paid for a meeting, and what the same sentence then tells of a meeting's course or end, is of one
meeting: another number of the same 届 there is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.engine.kit import AuditContext, Text
from gouji.model import patterns as re
from gouji_checks.spans import sentence
from gouji_checks.timeline import Mention, Stray, mentions, same_body

_STEPS = (  # what stands around the first mention, what follows the second
    (
        re.compile(r"召开(?:之)?前|开幕(?:之)?前|筹备|前夕|会前"),
        re.compile(r"(?:已)?(?:如期|按期|顺利|圆满|隆重|正式)(?:举行|召开|开幕|闭幕|结束)"),
    ),
    (
        re.compile(
            r"第\d+号(?:提案|议案|建议)|期间(?:交办|收到|提出|征集)|(?:共)?(?:收到|征集|提出|立案)[^。；]{0,4}(?:提案|议案|建议)"
        ),
        re.compile(
            r"(?:闭幕|结束|闭会|会)后(?:，(?:该|其|上述)|[^，。；]{0,8}(?:答复|办复|办结|交由|交办))|(?:上)?的(?:提案|议案|建议)[^，。；]{0,6}(?:办复|办结|答复|办理完毕)"
        ),
    ),
    (
        re.compile(r"会务|服务保障|保障任务|会议费|经费|预算|材料"),
        re.compile(r"(?:实到|到会|出席|参会)(?:委员|代表|人员)?|(?:闭幕|结束|闭会)后|会期"),
    ),
    (re.compile(r"自[^，。；]{0,14}(?:召开|闭幕)?以来|(?:召开|闭幕)以来"), re.compile(r"(?:的)?(?:部署|安排|要求|确定|提出)")),
)
_HELD = re.compile(r"[^，。；]{0,4}(?:举行|召开|开幕|实到|到会|出席|参会|部署|安排|要求|确定|提出)")
_TWO = re.compile(
    r"20\d\d年|上年|去年|次年|翌年|明年|往年|往届|上届|延期|推迟|结转|上次|下次|上一次|下一次|历次|先后|分别|两次|及|和|与|、|至|到|换届|另|迎接|即将|准备召开|筹备召开"
)


def stages(ctx: AuditContext) -> Iterator[Stray]:
    """The second of two mentions of one meeting, the first one, and what to say."""
    for one, other in pairwise(mentions(ctx)):
        a, b = one.session.span, other.session.span
        if a.block != b.block or one.number[0] != other.number[0] or one.number[1] == other.number[1]:
            continue
        if None in (*one.number, *other.number) or not same_body(one, other) or one.session.series != other.session.series:
            continue
        text = ctx.facts.blocks[a.block].normal
        start, end = sentence(text, a.start, a.end)
        earlier = (one.number[1] or 0) - (other.number[1] or 0) == 1
        if earlier and not _HELD.match(text, b.end):
            continue  # what the session before brought in is followed up while the next one is prepared
        if b.end <= end and _of_one(text[start : b.start], text[a.end : b.start], text[b.end : end]):
            yield other.session, one.session, _message(one, other)


def _of_one(before: str, between: str, behind: str) -> bool:
    if "，" not in between or _TWO.search(before + between):
        return False
    return any(first.search(before) and second.match(behind) for first, second in _STEPS)


def _message(one: Mention, other: Mention) -> Text:
    return Text(
        f"同一句讲的是一次会议，前写“{one.session.raw}”，后写“{other.session.raw}”",
        f"one meeting is “{one.session.raw}” first and “{other.session.raw}” then",
    )
