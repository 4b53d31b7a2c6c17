"""Terms of office and events counted: two 届 of one body that cannot both sit, 第四次普查 in a report on the fifth.

The plenary of a consultative conference or a people's congress meets about once a year, a standing committee six to eight times: the
third session of one 届 tells that the 届 before it ended about two years ago.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, permutations

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text
from gouji.model import patterns as re
from gouji_checks.assemblies import assembly_strays
from gouji_checks.outline import chinese_number
from gouji_checks.spans import clause, sentence
from gouji_checks.timeline import Mention, Role, Stray, mentions, met, same_body

_A_YEAR = {"plenary": 1, "congress": 1, "standing_committee": 7, "chair": 15, "council": 3}  # sessions a year, at most
_PAST = re.compile(r"曾|历届|自|以来|上届|首届|原|成立|前身|换届|卸任|回顾|19\d\d年")
_BORN = re.compile(r"产生|选举|换届|成立|组成")
_EVENTS = "普查|运动会|博览会|文化节|艺术节|体育节|交易会|调查|大赛|论坛"
_EVENT = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:次|届)(?P<name>(?:全国|全省|全市|全县|国际|中国)?[\u4e00-\u9fff]{2,10}?(?:"
    + _EVENTS
    + r"))"
)
_RECEIVED = re.compile(r"(?:收到|提出|征集|交办)[^。；\d]{0,16}(?P<n>\d{2,})件")
_ELECTED = re.compile(
    r"第?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})届(?!第?[一二三四五六七八九十\d]+次)[^。；，\d]{0,10}?于?(?P<y>20\d\d)年(?:\d{1,2}月)?[^，。；]{0,6}?(?:选出|产生|换届|成立)"
)
_TERM = re.compile(r"(?P<y>20\d\d)年(?:\d{1,2}月)?(?:换届|选举|改选|产生|成立)[^。；\d]{0,12}任期(?P<n>[三四五345])年")
_LAST_YEAR = re.compile(
    r"(?P<y>20\d\d)年(?:度)?(?:是|为|系|正值|恰逢|适逢)(?:本届|该届|这一届)[^，。；]{0,8}?(?:届末|任期(?:的)?最后一年|收官之年|换届之年|末年)"
)
_FEW = 20  # suggestions: fewer may be as many by chance
_HELD_IN = re.compile(r"\d{1,2}月[^。；]{0,30}(?:举行|举办|召开|开幕)|(?:举行|举办|召开|开幕)[^。；]{0,8}\d{1,2}月")
_WENT_ON = re.compile(r"期间|上|中|赛场|开幕|闭幕|举办|举行|共|设|的(?:场馆|场地|经费|支出|费用|接待|安保|筹办)")
_IS_OF = re.compile(r"年(?:度)?(?:是|为|系|正值|适逢|恰逢|开展|实施|迎来|启动)了?$")
_AT_WORK = re.compile(r"(?:工作)?(?:领导小组|办公室|指挥部|清查|登记|专项|经费|实施方案|宣传|培训|现场|期间|筹备|组委会)")
_LAST_DATA = re.compile(r"资料|数据|成果|名录|底册|结果|经验|基础上|利用|沿用|借用|参照")
_WHOSE = re.compile(r"(?:[全本我][省市县区州旗国]|[省市县区州旗国])$")
_COMPARED = re.compile(
    r"比(?!赛)|较(?![大好多高少快为长强差低轻重小])|上[一]?[次届]|曾|历|自(?![评我])|以来|往|前[一]?[次届]|经验|延续|回顾|衔接"
)
_OTHER_TIME = re.compile(r"20\d\d年")
_YEAR = re.compile(r"(20\d\d)年")


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
    yield from assembly_strays(ctx, groups)
    for group in groups.values():
        yield from _received(ctx, group)
        yield from _first_again(ctx, group)


def _received(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """The suggestions of one session, as many as another session of the same congress is said to have brought this year."""
    counted = [(m, found["n"]) for m in group if (found := _RECEIVED.search(m.words.partition(m.session.raw)[2]))]
    for (held, here), (odd, there) in permutations(counted, 2):
        if (
            here == there
            and int(here) >= _FEW
            and held.role is Role.HELD
            and odd.role in {Role.DURING, Role.NAMED}
            and odd.number[0] == held.number[0]
            and odd.number[1] != held.number[1]
            and same_body(odd, held)
            and odd.words != held.words
            and {held.year, odd.year} <= {None, ctx.document.year}
            and not _OTHER_TIME.search(odd.before)
            and sum(m.number == odd.number for m in group) == 1
        ):
            message = Text(
                f"“{held.session.raw}”收到{here}件，此处写“{odd.session.raw}”收到{here}件",
                f"“{held.session.raw}” received {here}; here “{odd.session.raw}” is said to have",
            )
            yield odd.session, held.session, message


def _first_again(ctx: AuditContext, group: list[Mention]) -> Iterator[Stray]:
    """A congress's first session told of as this year's, years after the congress was elected."""
    own = ctx.document.year
    elected = {}
    for number in sorted(ctx.wording.having("届") & ctx.wording.having("选出", "产生", "换届", "成立")):
        for found in _ELECTED.finditer(ctx.facts.blocks[number].normal):
            elected[int(found["n"]) if found["n"].isascii() else chinese_number(found["n"])] = int(found["y"])
    for odd in group if own is not None else ():
        begun = elected.get(odd.number[0] or 0)
        if (
            begun is not None
            and own is not None
            and begun <= own - 2
            and odd.number[1] == 1
            and odd.role in {Role.HELD, Role.DURING}
            and odd.month is not None
            and odd.year in {None, own}
            and not _OTHER_TIME.search(odd.before.replace(f"{own}年", ""))
            and not _PAST.search(odd.before)
        ):
            message = Text(
                f"第{odd.number[0]}届于{begun}年产生，{own}年召开的不会是“{odd.session.raw}”",
                f"congress {odd.number[0]} was elected in {begun}; “{odd.session.raw}” cannot have met in {own}",
            )
            yield odd.session, odd.session, message


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
        if met(low) and low.year and high.year and (low.year, low.month or 0) > (high.year, high.month or 12):
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


def _last_years(ctx: AuditContext) -> Iterator[Hit]:
    """A year called the last of a term that, by its beginning and length as told, has years to go."""
    terms = {
        (int(m["y"]), "三四五".find(m["n"]) + 3 if m["n"] in "三四五" else int(m["n"]))
        for number in ctx.wording.having("任期")
        for m in _TERM.finditer(ctx.facts.blocks[number].normal)
    }
    if len(terms) != 1:
        return  # several bodies: which term is meant is not told
    begun, years = terms.pop()
    for number in sorted(ctx.wording.having("届")):
        for match in _LAST_YEAR.finditer(ctx.facts.blocks[number].normal):
            if begun <= int(match["y"]) < begun + years - 1:
                yield Hit(
                    Text(
                        f"本届{begun}年产生、任期{years}年，“{match.group()}”不符",
                        f"in office since {begun} for {years} years: “{match.group()}” cannot be",
                    ),
                    (Place(Span(number, *match.span())),),
                    stated=match.group(),
                    severity=Severity.WARNING,
                )


def event_hits(ctx: AuditContext) -> Iterator[Hit]:
    """An event counted otherwise than in the title or in all other places: 第四次经济普查 in a report on the fifth."""
    yield from _last_years(ctx)
    found = [
        (block, match)
        for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having(*_EVENTS.split("|"))))
        for match in _EVENT.finditer(ctx.facts.blocks[block.index].normal)
        if not _is_elsewhere(ctx.facts.blocks[block.index].normal, match, ctx.document.year)
    ]
    titled = (
        {m["name"]: m["n"] for b, m in found if b.kind is BlockKind.TITLE}
        or _held_events(ctx, found)
        or _years_events(ctx, found)
    )
    for name in {m["name"] for _, m in found}:
        counts = Counter(m["n"] for _, m in found if m["name"] == name)
        usual = titled.get(name) or counts.most_common(1)[0][0]
        if len(counts) != 2 or (name not in titled and counts[usual] < 2):
            continue
        for block, match in found:
            if match["name"] == name and match["n"] != usual and counts[match["n"]] == 1:
                text = ctx.facts.blocks[block.index].normal
                if f"第{usual}次" in text[slice(*sentence(text, *match.span()))]:
                    continue  # 第四次普查的时点是2018年，第五次是2023年: both are told
                yield Hit(
                    Text(
                        f"全文为“第{usual}次{name}”，此处写“{match.group()}”",
                        f"the report is on “第{usual}…{name}”; “{match.group()}” stands here",
                    ),
                    (Place(Span(block.index, *match.span())),),
                    stated=match.group(),
                    severity=Severity.WARNING,
                )


def _years_events(ctx: AuditContext, found: list[tuple[Block, re.Match[str]]]) -> dict[str, str]:
    """The number of an event that the report's year is said to be of, where what else is told of it is work of that year.

    2023年是第五次经济普查的清查年 against 第四次经济普查领导小组于2023年3月成立; the data of the last one may well be used.
    """
    told: dict[str, str] = {}
    own = f"{ctx.document.year}年"
    for name in {m["name"] for _, m in found}:
        named = [(ctx.facts.blocks[b.index].normal, m) for b, m in found if m["name"] == name]
        years = {
            m["n"] for text, m in named if _IS_OF.search(text[max(0, m.start() - 10) : m.start()]) and own in text[: m.start()]
        }
        others = [(text, m) for text, m in named if m["n"] not in years]
        if len(years) == 1 and all(
            _AT_WORK.match(text, m.end()) and not _LAST_DATA.search(text[slice(*sentence(text, *m.span()))])
            for text, m in others
        ):
            told[name] = years.pop()
    return told


def _held_events(ctx: AuditContext, found: list[tuple[Block, re.Match[str]]]) -> dict[str, str]:
    """The number of each event that is told, with its month, as held, where its name bears two numbers, each once."""
    held: dict[str, str] = {}
    for name in {m["name"] for _, m in found if not m["name"].endswith(("普查", "调查"))}:
        named = [(b, m) for b, m in found if m["name"] == name]
        if len(named) != 2 or len({m["n"] for _, m in named}) != 2:
            continue
        texts = [ctx.facts.blocks[b.index].normal for b, _ in named]
        one = named[0][0] is named[1][0] and sentence(texts[0], *named[0][1].span()) == sentence(texts[1], *named[1][1].span())
        part = clause if one else sentence  # of one sentence: its clauses tell which was held when
        dated = [_HELD_IN.search(t[slice(*part(t, *m.span()))]) is not None for t, (_, m) in zip(texts, named, strict=True)]
        whose = [_WHOSE.search(t[: m.start()]) for t, (_, m) in zip(texts, named, strict=True)]
        if dated.count(True) == 1 and len({w[0] for w in whose if w}) <= 1:
            odd = texts[dated.index(False)]
            match = named[dated.index(False)][1]
            if _WENT_ON.match(odd, match.end()) and not _OTHER_TIME.search(odd[slice(*sentence(odd, *match.span()))]):
                held[name] = named[dated.index(True)][1]["n"]
    return held


def _is_elsewhere(text: str, match: re.Match[str], own: int | None) -> bool:
    """Whether the sentence compares with the event, or dates it: 与2018年第四次普查相比."""
    words = text[slice(*sentence(text, *match.span()))]
    dated = _OTHER_TIME.search(text[max(0, match.start() - 8) : match.start()])
    if own is not None and any(int(year) > own for year in _YEAR.findall(words)):
        return True  # 第八次普查应在2030年进行
    return bool(_COMPARED.search(words)) or (dated is not None and dated.group() != f"{own}年")
