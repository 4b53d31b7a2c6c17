"""Session of a meeting contradicted."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.fact import Session
from gouji_checks.assemblies import assembly_hits
from gouji_checks.decided import decided
from gouji_checks.matters import matters, twins
from gouji_checks.meetings import OTHER, across, beside, number, paid_for, referred, same_month, since, spent_on
from gouji_checks.sittings import sittings
from gouji_checks.spans import clause, sentence
from gouji_checks.stages import stages
from gouji_checks.terms import event_hits, term_strays
from gouji_checks.terms_apart import apart
from gouji_checks.timeline import strays

_COMPARED = frozenset({"plenary", "unknown"})
_STOP = re.compile(r"[。；，：,;]")
_TAKES_PLACE = re.compile(r"召开|举行|开幕|闭幕")
_HELD = re.compile(r"召开|举行|开幕|闭幕|胜利|圆满|期间|举办")


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
    十一届一次会议 (error). Warnings are: a single odd session among at least three mentions of another; one told of
    right after another that the money of the paragraph went to; the one before the session that was paid for, told of as this
    year's; two of one series in the same month; two told of one matter (one project's meeting, one number of suggestions, one year's budget); one body's congress under two numbers (第八次妇女代表大会); the suggestions of one session
    counted for another; a first session years after the congress was elected; a last year of a term that has years to go; results of
    the session after the one held in the year; plans for the one held already; one five years past; two 届 in office; meetings of one paragraph out of order by
    their months or by 会后 and 当日; a games or festival held under two numbers; a census said to be that of the year, and another one at work;
    one body's meeting under two 届, and a former 届 that meets when the next has met.
    Standing committee, party and people's congress are series of their own. Two sessions named together, a year of re-election, and
    work since the session before are legitimate.

    Why is this bad
    The item was copied from last year; its amounts and results may be last year's too.

    Example
    Flagged::

        3、十一届二次会议费。项目金额49.40万元，已于2022年2月顺利召开十一届一次会议，完成各项议程。
        ----
        某县人大常委会办公室2023年度绩效自评报告
        项目支出的安排是：县十八届人大三次会议会议费68.20万元，代表活动经费31.50万元。
        2023年1月召开的县十八届人大二次会议期间，代表提出建议132件。
        ----
        某区妇女联合会2023年度绩效自评报告
        5月20日，东岭区第九次妇女代表大会召开，选举产生新一届执行委员会。
        我会将5月第八次妇女代表大会的报告印发各社区。
        ----
        某县人大常委会办公室2023年度绩效自评报告
        县十七届人大四次会议于1月9日举行，收到代表建议96件。
        十七届人大三次会议期间收到的96件建议已全部答复。
        ----
        某县柳林镇2024年度绩效自评报告
        1月8日，镇第十六届人民代表大会第一次会议审议通过了政府工作报告。
        镇十六届人大于2021年11月选出。
        ----
        政协某县委员会2022年度绩效自评报告
        现任政协2021年9月换届产生，任期五年。
        2022年是本届政协的届末之年。
        ----
        委员履职服务经费用于筹办政协七届四次会议。
        据决算，委员履职服务经费所保障的政协七届一次会议按三天列支。
        ----
        会务专项保障了政协六届五次会议的会务，六届二次会议收到的提案由提案委跟踪。
        ----
        某县汶河镇2023年度绩效自评报告
        1月17日，镇第十九届人民代表大会第三次会议审议通过了2023年预算草案。
        镇第十九届人民代表大会第二次会议审查2023年预算时，代表提出了同样的意见。
        ----
        某县商务局2023年度绩效自评报告
        冷链补贴管理细则经县政府第27次常务会议审议通过。
        县政府第72次常务会议审议通过的冷链补贴管理细则规定了拨付程序。
        ----
        某县人大常委会办公室2022年度绩效自评报告
        2月举行的第四次会议作出决议，1月召开的第五次会议任命副县长1名。
        ----
        政协某县委员会2023年度绩效自评报告
        2023年1月9日至12日，召开十届二次全体会议。
        十届三次会议确定的25项协商工作，完成24项。
        ----
        七届三次会议召开前，秘书处做了场地准备，七届五次会议如期举行。
        ----
        会务费按八届二次会议预算执行，八届四次会议结束后办理了决算。

    Accepted::

        九届三次会议第12号提案于年内立案，九届四次会议闭幕后公布了优秀提案名单。
        ----
        二届五次会议召开前，完成了二届四次会议提案的督办。
        ----
        3、十一届二次会议费。项目金额49.40万元，已于2022年2月顺利召开十一届二次会议，完成各项议程。
        ----
        1.全会工作。3月和10月分别召开四届六次全会和五届一次全会，四届二十三次常委会听取汇报。五届一次会议选举产生新一届领导班子。
        ----
        2、十届三次会议费。会议听取了十届二次会议以来的工作报告，如期召开十届三次会议。
        ----
        某区妇女联合会2023年度绩效自评报告
        5月20日，东岭区第九次妇女代表大会召开，第八次妇女代表大会2018年5月召开。5月全省第十二次妇女代表大会举行。
        ----
        某县人大常委会办公室2023年度绩效自评报告
        县十七届人大四次会议于1月9日举行，收到代表建议96件。
        2022年十七届人大三次会议期间收到的96件建议已全部答复。
        ----
        政协某县委员会2025年度绩效自评报告
        现任政协2021年9月换届产生，任期五年。
        2025年是本届政协的届末之年。
        ----
        委员履职服务经费用于筹办政协七届四次会议。
        另外，委员履职服务经费结清了政协七届三次会议的尾款。
        ----
        某县商务局2023年度绩效自评报告
        县政府第27次常务会议审议了冷链补贴管理细则，第31次常务会议再次审议。
        县政府第31次常务会议审议通过的冷链补贴管理细则规定了拨付程序。
        ----
        会务专项保障了政协六届五次会议的会务，六届四次会议收到的提案由提案委跟踪。
        ----
        某县柳林镇2022年度绩效自评报告
        1月8日，镇第十六届人民代表大会第一次会议审议通过了政府工作报告。
        镇十六届人大于2021年11月选出。

    Rests on
    None: one meeting has one name.
    """
    plenary = [s for facts in ctx.facts.blocks for s in facts.sessions if s.series in _COMPARED and s.session and s.congress]
    told: set[Span] = set()
    for number_, own in sorted(_by_block(plenary).items()):
        block = ctx.document.blocks[number_]
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
    for stray in (beside, referred, since, spent_on, paid_for, same_month):
        for odd, right, message in stray(ctx, told):
            told.add(odd.span)
            yield _warning(odd, right, message)
    for odd, right, message in across(ctx, [s for s in plenary if s.span not in told]):
        told.add(odd.span)
        yield _warning(odd, right, message)
    yield from assembly_hits(ctx)
    yield from event_hits(ctx)
    for odd, right, message in (
        *strays(ctx),
        *term_strays(ctx),
        *twins(ctx),
        *matters(ctx),
        *sittings(ctx),
        *stages(ctx),
        *apart(ctx),
    ):
        if odd.span not in told:
            told.add(odd.span)
            yield _warning(odd, right, message)
    known = {(span.block, span.end) for span in told}
    yield from (hit for hit in decided(ctx) if not any(_meets(hit.places[0].span, *at) for at in known))


def _meets(span: Span, block: int, end: int) -> bool:
    return span.block == block and span.start < end <= span.end + 4


def _by_block(sessions: list[Session]) -> dict[int, list[Session]]:
    found: dict[int, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.span.block, []).append(session)
    return found


def _warning(odd: Session, right: Session, message: Text) -> Hit:
    return Hit(
        message,
        (Place(odd.span), Place(right.span, "elsewhere")),
        stated=odd.raw,
        computed=right.raw,
        severity=Severity.WARNING,
    )


def _inside(ctx: AuditContext, block: Block, own: list[Session]) -> Iterator[tuple[Session, Session]]:
    """The sessions that contradict the one in the item's heading, unless the heading's stands in their sentence too."""
    title_end = _title_end(block)
    headings = [s for s in own if s.span.start < title_end]
    if block.marker is None or len({number(s) for s in headings}) != 1:
        return
    heading = headings[0]
    text = ctx.facts.blocks[block.index].normal
    for session in own:
        if session.span.start < title_end or number(session) == number(heading) or _is_handover(session, heading):
            continue
        start, end = sentence(text, session.span.start, session.span.end)
        beside = any(
            start <= s.span.start < end
            and number(s) != number(session)
            and s.span.start >= title_end
            and (_is_held(text, s) or not _is_held(text, session))
            for s in own
        )
        told = text[slice(*clause(text, session.span.start, session.span.end))]
        words = told if _TAKES_PLACE.search(told) else text[start:end]
        if not beside and not OTHER.search(words) and _HELD.search(text[start:end]):
            yield heading, session


def _is_held(text: str, session: Session) -> bool:
    """Whether the session's clause tells that it took place; what it was paid for, 用于…会议的场租, does not."""
    return bool(_TAKES_PLACE.search(text[slice(*clause(text, session.span.start, session.span.end))]))


def _is_handover(one: Session, other: Session) -> bool:
    """Whether one is the last session of a congress and the other the first of the next: both fall in a year of re-election."""
    first = max(one, other, key=lambda s: s.congress or 0)
    return one.congress != other.congress and first.session == 1


def _title_end(block: Block) -> int:
    """Where the item's title ends: at its first stop."""
    stop = _STOP.search(block.text, block.marker.end if block.marker else 0)
    return stop.start() if stop else len(block.text)
