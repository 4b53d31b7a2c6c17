"""One matter that two numbered meetings of one body are said to have decided: 第38次常务会议审议通过的方案, 第83次常务会议审议通过的方案.

Where a report refers back to a meeting by what it decided, the same matter elsewhere names the same meeting. Meetings of any body count
that numbers them: party groups, executive meetings, standing committees, plenary sessions.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text
from gouji.model import patterns as re
from gouji.model.record import record
from gouji_checks.outline import chinese_number
from gouji_checks.spans import sentence, within

_N = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
_SITTING = re.compile(
    rf"第?(?P<n>{_N})次(?P<what>[\u4e00-\u9fff]{{0,8}}?(?:会议|全会|全委会|执委会|常委会|理事会|办公会|例会|大会))"
)
_WHOSE = re.compile(rf"[\u4e00-\u9fff]{{0,10}}(?:第?{_N}届[\u4e00-\u9fff]{{0,10}}?)?$")
_AHEAD = 26  # characters before the number that may tell whose meeting it is
_LEAD = re.compile(r"^.*?(?:年|月|日|经过?|在|于|由|按照?|根据|针对|依据|落实|围绕|对照|写入|列入|提交|报)")
_BACK = re.compile(  # 会议审议通过的…, 会议部署，…
    r"(?:上)?(?:专题)?(?:审查批准|审议通过|研究确定|研究通过|表决通过|讨论通过|审议批准|批准|通过|审定|议定|确定|提出|作出|决定|部署|同意)(?:了)?的|所[列定提]的?|"
    r"[^，。；]{0,4}部署，|就[^，。；]{2,30}(?:提出|作出)的|(?:的)?(?:要求|精神|决议|决定|意见|工作报告)"
)
_DECIDED = re.compile(
    r"审[查议]|研究|批准|通过|审定|议定|听取|部署|列为|列入|写入|确定|讨论|决定|同意|作出安排|提出|所[列定提]|要求|意见"
)
_MORE_THAN_ONE = re.compile(
    r"先后|分别|两次|再次|又|上一?次|此前|之前|原|调整|修订|变更|续|延期|换届|衔接|多次|历次|，[均都]|听取了?完成|下一?次|拟|将(?:提请|提交|于)|复议|追认"
)
_LEAST = 5  # characters of the matter's name
_MOST = 6  # sentences that name it: what all of them name tells nothing


@record(frozen=True, slots=True)
class _Sitting:
    span: Span
    whose: str
    number: int
    what: str
    words: str  # its sentence without itself
    back: bool  # referred back to by what it decided


def decided(ctx: AuditContext) -> Iterator[Hit]:
    """The later of two meetings of one series that one matter is said to come from."""
    told = ctx.wording.having(
        "次会", "次常", "次全", "次党", "次执", "次主", "次理", "次办", "次专", "次局", "次联", "次工", "次例", "次审", "次大"
    )
    found = [s for block in within(ctx, told) for s in _sittings(ctx, block)]
    accused: set[Span] = set()
    for first, odd in combinations(found, 2):
        if first.number == odd.number or not (first.back or odd.back) or not _of_one_series(first, odd) or odd.span in accused:
            continue
        if first.words == odd.words or _MORE_THAN_ONE.search(first.words) or _MORE_THAN_ONE.search(odd.words):
            continue
        matter = _matter(ctx, first, odd)
        if matter is None:
            continue
        accused.add(odd.span)
        here, there = (ctx.document.blocks[s.span.block].text[s.span.start : s.span.end] for s in (odd, first))
        yield Hit(
            Text(
                f"“{matter}”他处写的是“{there}”，此处写“{here}”", f"“{matter}” is told of “{there}” elsewhere, here of “{here}”"
            ),
            (Place(odd.span), Place(first.span, "elsewhere")),
            stated=here,
            computed=there,
            severity=Severity.WARNING,
        )


def _sittings(ctx: AuditContext, block: Block) -> Iterator[_Sitting]:
    text = ctx.facts.blocks[block.index].normal
    for match in _SITTING.finditer(text):
        start, end = sentence(text, *match.span())
        number = int(match["n"]) if match["n"].isdecimal() else chinese_number(match["n"])
        told = _WHOSE.search(text, max(start, match.start() - _AHEAD), match.start())
        whose = told[0] if told else ""
        lead = _LEAD.match(whose)
        while lead:
            whose = whose[lead.end() :]
            lead = _LEAD.match(whose)
        at = match.start() - len(whose)
        words = text[start:at] + "，" + text[match.end() : end]
        if not _DECIDED.search(words):
            continue
        back = _BACK.match(text, match.end()) is not None
        yield _Sitting(Span(block.index, at, match.end()), whose, number, match["what"], words, back)


def _of_one_series(one: _Sitting, other: _Sitting) -> bool:
    if (
        one.span.block == other.span.block
        and not (one.back and other.back)
        and abs(one.span.start - other.span.start) < len(one.words)
    ):
        return False  # one sentence that names both
    whose = one.whose.endswith(other.whose) or other.whose.endswith(one.whose)
    return one.what == other.what and whose and bool(one.whose) == bool(other.whose)


def _matter(ctx: AuditContext, one: _Sitting, other: _Sitting) -> str | None:
    """The longest name that both sentences hold, of what few others tell."""
    best = ""
    words = one.words
    for start in range(len(words) - _LEAST + 1):
        size = max(_LEAST, len(best) + 1)
        while start + size <= len(words) and words[start : start + size] in other.words:
            best = words[start : start + size]
            size += 1
    name = _CLEAN.sub("", best)
    if len(name) < _LEAST or not _NAME.fullmatch(name) or name in f"{ctx.document.organisation}{ctx.document.title}":
        return None
    return name if ctx.wording.whole.count(name) <= _MOST else None


_CLEAN = re.compile(r"^[，。的了和及与将对就]+|[，。的了和及与将对就]+$")
_NAME = re.compile(r"[\u4e00-\u9fff“”《》（）]+")
