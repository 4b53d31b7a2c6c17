"""Terms of office and events counted: two 届 of one body that cannot both sit, 第四次普查 in a report on the fifth.

The plenary of a consultative conference or a people's congress meets about once a year, a standing committee six to eight times: the
third session of one 届 tells that the 届 before it ended about two years ago.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text
from gouji.model import patterns as re
from gouji_checks.outline import chinese_number
from gouji_checks.spans import sentence
from gouji_checks.timeline import Mention, Role, Stray, mentions, same_body

_A_YEAR = {"plenary": 1, "congress": 1, "standing_committee": 7, "chair": 15, "council": 3}  # sessions a year, at most
_PAST = re.compile(r"曾|历届|自|以来|上届|首届|原|成立|前身|换届|卸任|回顾|19\d\d年")
_BORN = re.compile(r"产生|选举|换届|成立|组成")
_EVENTS = "普查|运动会|博览会|文化节|艺术节|体育节|交易会|调查|大赛|论坛"
_EVENT = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:次|届)(?P<name>(?:全国|全省|全市|全县|国际|中国)?[\u4e00-\u9fff]{2,10}?(?:"
    + _EVENTS
    + r"))"
)
_ASSEMBLY = re.compile(r"第(?P<n>[一二三四五六七八九十]{1,3})次(?:妇女|团员|会员|文代|侨代|残代|工会|科协)?代表大会")
_COMPARED = re.compile(r"比|较|上[一]?[次届]|曾|历|自(?![评我])|以来|往|前[一]?[次届]|经验|延续|回顾|衔接")
_OTHER_TIME = re.compile(r"20\d\d年")
_MASS_BODIES = frozenset({"妇联", "科协", "文联", "侨联", "残联", "工商联", "总工会", "工会", "共青团", "红十字会", "团委"})


def term_strays(ctx: AuditContext) -> Iterator[Stray]:
    """The 届 that cannot have sat when it is said to have sat."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions(ctx, terms=True):
        groups.setdefault(mention.session.series, []).append(mention)
    for series, group in groups.items():
        for one, other in combinations(group, 2):
            if same_body(one, other) and one.number[0] != other.number[0]:
                low, high = sorted((one, other), key=lambda m: m.number[0] or 0)
                yield from _cannot_both_sit(ctx, series, low, high)
    yield from _assemblies(ctx, groups)


def _cannot_both_sit(ctx: AuditContext, series: str, low: Mention, high: Mention) -> Iterator[Stray]:
    own = ctx.document.year
    if own is None or _PAST.search(low.before):
        return
    message = Text(
        f"“{high.session.raw}”与“{low.session.raw}”届数不符，同一时期只有一届在任",
        f"“{high.session.raw}” and “{low.session.raw}” cannot both be in office",
    )
    session = high.number[1]
    known = bool(low.session.body and low.session.body == high.session.body) or series in {"congress", "standing_committee"}
    if session and low.year and series in _A_YEAR and known:
        ended = (high.year or own) - (session - 1) // _A_YEAR[series]
        if low.year > ended:
            odd, right = (low, high) if _is_odd(low, high) else (high, low)
            yield odd.session, right.session, message
    elif session is None and _BORN.search(high.words):
        if low.role is Role.HELD and low.year and high.year and (low.year, low.month or 0) > (high.year, high.month or 12):
            yield low.session, high.session, message
    elif _is_long_over(low, high) and high.role in {Role.HELD, Role.DURING} and high.year == own:
        yield low.session, high.session, message


def _is_long_over(low: Mention, high: Mention) -> bool:
    """Whether a body named as a whole, without a date, is two 届 and more behind one that meets."""
    apart = (high.number[0] or 0) - (low.number[0] or 0)
    return low.number[1] is None and low.year is None and high.number[1] is not None and apart >= 2


def _is_odd(low: Mention, high: Mention) -> bool:
    """Which of two is told of as the slip: the one without a date, else the lower."""
    return not (high.year is None and low.year is not None and low.month is not None and (high.number[1] or 0) < 6)


def _assemblies(ctx: AuditContext, groups: dict[str, list[Mention]]) -> Iterator[Stray]:
    """The twelfth congress of a federation elects its twelfth committee: an eleventh cannot meet afterwards."""
    numbers = {
        chinese_number(m["n"])
        for facts in map(ctx.facts.blocks.__getitem__, ctx.wording.having("代表大会"))
        for m in _ASSEMBLY.finditer(facts.normal)
        if "届" not in facts.normal[m.start() : m.end()]
        and _BORN.search(facts.normal[slice(*sentence(facts.normal, *m.span()))])
    }
    if len(numbers) != 1:
        return
    number = numbers.pop()
    for group in groups.values():
        for mention in group:
            if (
                mention.session.body in _MASS_BODIES
                and mention.number[0] == number - 1
                and mention.number[1]
                and mention.year == ctx.document.year
                and not _PAST.search(mention.before)
            ):
                message = Text(
                    f"第{number}次代表大会已选出第{number}届，此处仍写“{mention.session.raw}”",
                    f"congress {number} has elected committee {number}; “{mention.session.raw}” stands here",
                )
                yield mention.session, mention.session, message


def event_hits(ctx: AuditContext) -> Iterator[Hit]:
    """An event counted otherwise than in the title or in all other places: 第四次经济普查 in a report on the fifth."""
    found = [
        (block, match)
        for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having(*_EVENTS.split("|"))))
        for match in _EVENT.finditer(ctx.facts.blocks[block.index].normal)
        if not _is_elsewhere(ctx.facts.blocks[block.index].normal, match, ctx.document.year)
    ]
    titled = {m["name"]: m["n"] for b, m in found if b.kind is BlockKind.TITLE}
    for name in {m["name"] for _, m in found}:
        counts = Counter(m["n"] for _, m in found if m["name"] == name)
        usual = titled.get(name) or counts.most_common(1)[0][0]
        if len(counts) != 2 or (name not in titled and counts[usual] < 2):
            continue
        for block, match in found:
            if match["name"] == name and match["n"] != usual and counts[match["n"]] == 1:
                yield Hit(
                    Text(
                        f"全文为“第{usual}次{name}”，此处写“{match.group()}”",
                        f"the report is on “第{usual}…{name}”; “{match.group()}” stands here",
                    ),
                    (Place(Span(block.index, *match.span())),),
                    stated=match.group(),
                    severity=Severity.WARNING,
                )


def _is_elsewhere(text: str, match: re.Match[str], own: int | None) -> bool:
    """Whether the sentence compares with the event, or dates it: 与2018年第四次普查相比."""
    words = text[slice(*sentence(text, *match.span()))]
    dated = _OTHER_TIME.search(text[max(0, match.start() - 8) : match.start()])
    return bool(_COMPARED.search(words)) or (dated is not None and dated.group() != f"{own}年")
