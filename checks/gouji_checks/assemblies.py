"""Numbered congresses of federations (第八次代表大会) against their committees, their months and one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text
from gouji.model import patterns as re
from gouji.model.fact import BlockFacts
from gouji_checks.outline import chinese_number
from gouji_checks.spans import clause, sentence
from gouji_checks.timeline import Mention, Stray, mentions, met

_PAST = re.compile(r"曾|历届|自|以来|上届|首届|原|成立|前身|换届|卸任|回顾|19\d\d年")
_BORN = re.compile(r"产生|选举|换届|成立|组成")
_OTHER_TIME = re.compile(r"20\d\d年")
_MASS_NAME = re.compile(r"联合会|协会|总工会|妇联|文联|科协|侨联|残联|团委|工商联|红十字会")
_ASSEMBLY = re.compile(r"第(?P<n>[一二三四五六七八九十]{1,3})次(?:妇女|团员|会员|文代|侨代|残代|工会|科协)?代表大会")
# 6月15日，北苑区第八次妇女代表大会: an assembly right behind its date.
_DATED_ASSEMBLY = re.compile(
    r"(?:(?P<y>20\d\d)年)?(?:(?P<m>\d{1,2})月(?:\d{1,2}日)?)?(?:[上中下]旬)?[，,]?(?:组织|胜利|圆满)?(?:召开|举行)?[的了]?"
    r"(?P<place>[\u4e00-\u9fff]{0,6}?)(?P<which>第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})次(?P<name>[\u4e00-\u9fff]{0,4}?代表大会))"
)
_ELECTS = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3})次(?:妇女|团员|会员|文代|侨代|残代|工会|科协|归侨侨眷)?代表大会(?![^。；]{0,30}第[一二三四五六七八九十]{1,3}次)"
    r"[^。；]{0,30}?(?:选举产生|选出|产生|推选出?)了?(?:[\u4e00-\u9fff]{0,6}?)(?P<which>第(?P<term>[一二三四五六七八九十]{1,3})届)(?:[执理]?委员会|理事会|常务委员会|主席团|领导班子)"
)
_NAMED_ASSEMBLY = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2})(?P<which>第(?P<n>[一二三四五六七八九十]{1,3})次(?P<name>[\u4e00-\u9fff]{0,4}?代表大会))"
)
_GATHERED = re.compile(r"召开|举行|开幕|闭幕")
_MASS_BODIES = frozenset({"妇联", "科协", "文联", "侨联", "残联", "工商联", "总工会", "工会", "共青团", "红十字会", "团委"})


def assembly_hits(ctx: AuditContext) -> Iterator[Hit]:
    """Congresses under two numbers, and committees under another number than their congress."""
    told: set[Span] = set()
    for hit in (*_dated(ctx), *_seated(ctx), *_miscounted(ctx)):
        if hit.places[0].span not in told:
            told.add(hit.places[0].span)
            yield hit


def assembly_strays(ctx: AuditContext, groups: dict[str, list[Mention]]) -> Iterator[Stray]:
    """The twelfth congress of a federation elects its twelfth committee: an eleventh cannot meet afterwards, nor the twelfth before."""
    found = [
        (facts, m)
        for facts in map(ctx.facts.blocks.__getitem__, sorted(ctx.wording.having("代表大会")))
        for m in _ASSEMBLY.finditer(facts.normal)
        if "届" not in facts.normal[m.start() : m.end()]
    ]
    electing = [(f, m) for f, m in found if _BORN.search(f.normal[slice(*sentence(f.normal, *m.span()))])]
    numbers = {chinese_number(m["n"]) for _, m in electing or found}
    if len(numbers) != 1:
        return
    number = numbers.pop()
    months = {m for f, match in electing or found if (m := _month(ctx, f, match)) is not None}
    met_in = months.pop() if len(months) == 1 else None
    own = _MASS_NAME.search("".join((ctx.document.organisation or "").split())) is not None
    for mention in (m for group in groups.values() for m in group):
        ours = mention.session.body in _MASS_BODIES or (own and not mention.session.body)
        if not (ours and mention.number[1]) or _PAST.search(mention.before) or mention.year not in {None, ctx.document.year}:
            continue
        dated = mention.month is not None and met_in is not None and not _other_year(ctx, mention)
        after = dated and (mention.month or 0) >= (met_in or 0)
        if electing and mention.number[0] == number - 1 and (after or (met_in is None and mention.year is not None)):
            message = Text(
                f"第{number}次代表大会已选出第{number}届，此处仍写“{mention.session.raw}”",
                f"congress {number} has elected committee {number}; “{mention.session.raw}” stands here",
            )
            yield mention.session, mention.session, message
        elif mention.number[0] == number and dated and not after and met(mention):
            message = Text(
                f"第{number}次代表大会{met_in}月才召开，此处{mention.month}月已有“{mention.session.raw}”",
                f"congress {number} met in month {met_in}; “{mention.session.raw}” in month {mention.month} is before it",
            )
            yield mention.session, mention.session, message


def _month(ctx: AuditContext, facts: BlockFacts, match: re.Match[str]) -> int | None:
    """The month of the report's year in which the congress is told to have been held."""
    start, end = clause(facts.normal, *match.span())
    before = clause(facts.normal, start - 1, start - 1)[0] if facts.normal[start - 1 : start] == "，" else start
    if not _GATHERED.search(facts.normal[start:end]):
        return None
    dates = [d for d in facts.dates if before <= d.span.start < end and d.month and not d.cited]
    return dates[0].month if dates and dates[0].year in {None, ctx.document.year} else None


def _other_year(ctx: AuditContext, mention: Mention) -> bool:
    return bool(set(_OTHER_TIME.findall(mention.before)) - {f"{ctx.document.year}年"})


def _miscounted(ctx: AuditContext) -> Iterator[Hit]:
    """第八次代表大会…选举产生第七届委员会: a congress elects the committee of its own number."""
    for number in sorted(ctx.wording.having("代表大会") & ctx.wording.having("选举产生", "选出", "产生了", "推选")):
        for match in _ELECTS.finditer(ctx.facts.blocks[number].normal):
            if chinese_number(match["n"]) != chinese_number(match["term"]):
                yield Hit(
                    Text(
                        f"第{match['n']}次代表大会选出的应为第{match['n']}届，此处写“{match['which']}”",
                        f"congress {match['n']} elects its own committee; “{match['which']}” stands here",
                    ),
                    (Place(Span(number, *match.span("which"))),),
                    stated=match["which"],
                    computed=f"第{match['n']}届",
                    severity=Severity.WARNING,
                )


def _seated(ctx: AuditContext) -> Iterator[Hit]:
    """The congress whose committee then met bears its number: 第十六次代表大会 held this year, 十七届一次全委会 and 第十七次代表大会 besides."""
    seated = {m.number[0] for m in mentions(ctx) if m.session.body in _MASS_BODIES and m.number[1] == 1}
    found = [
        (block, match)
        for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("代表大会") if len(seated) == 1 else ()))
        for match in _NAMED_ASSEMBLY.finditer(ctx.facts.blocks[block.index].normal)
        if not _PAST.search(
            ctx.facts.blocks[block.index].normal[slice(*clause(ctx.facts.blocks[block.index].normal, *match.span()))]
        )
    ]
    right = [(b, m) for b, m in found if chinese_number(m["n"]) in seated]
    for block, odd in found:
        text = ctx.facts.blocks[block.index].normal
        words = text[slice(*clause(text, *odd.span()))]
        years = set(_OTHER_TIME.findall(text[sentence(text, *odd.span())[0] : odd.end()])) | set(_OTHER_TIME.findall(words))
        fits = [(b, m) for b, m in right if m["who"] == odd["who"] and m["name"] == odd["name"]]
        if (
            fits
            and chinese_number(odd["n"]) not in seated
            and sum(m["n"] == odd["n"] for _, m in found) == 1
            and _GATHERED.search(words)
            and years <= {f"{ctx.document.year}年"}
        ):
            at, held = fits[0]
            message = Text(
                f"他处为“{held['which']}”，其后召开的是第{held['n']}届的全会，此处写“{odd['which']}”",
                f"“{held['which']}” elsewhere, and its committee met; “{odd['which']}” stands here",
            )
            places = (Place(Span(block.index, *odd.span("which"))), Place(Span(at.index, *held.span("which")), "elsewhere"))
            yield Hit(message, places, stated=odd["which"], computed=held["which"], severity=Severity.WARNING)


def _dated(ctx: AuditContext) -> Iterator[Hit]:
    """One body's congress under two numbers in one month or year: 6月15日第八次妇女代表大会召开, 6月第七次妇女代表大会."""
    found = [
        (block, match)
        for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("代表大会")))
        for match in _DATED_ASSEMBLY.finditer(ctx.facts.blocks[block.index].normal)
        if match["y"] or match["m"]
    ]
    for (at, held), (block, odd) in permutations(found, 2):
        text = ctx.facts.blocks[at.index].normal
        both = {held["y"] or str(ctx.document.year), odd["y"] or str(ctx.document.year)}
        when = held["m"] == odd["m"] and (held["m"] or held["y"]) and len(both) == 1
        one_body = held["name"] == odd["name"] and (held["place"] == odd["place"] or "" in {held["place"], odd["place"]})
        if (
            when
            and one_body
            and held["n"] != odd["n"]
            and _GATHERED.search(text[slice(*clause(text, *held.span("which")))])
            and sum(m["which"] == odd["which"] for _, m in found) == 1
            and (at.index, held.start()) < (block.index, odd.start())
        ):
            yield Hit(
                Text(
                    f"前文召开的是“{held['which']}”，此处写“{odd['which']}”",
                    f"“{held['which']}” was held; “{odd['which']}” stands here",
                ),
                (
                    Place(Span(block.index, *odd.span("which"))),
                    Place(Span(at.index, *held.span("which")), "elsewhere"),
                ),
                stated=odd["which"],
                computed=held["which"],
                severity=Severity.WARNING,
            )
