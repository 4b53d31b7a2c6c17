"""A statement in words contradicted by a figure or by another statement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.engine.kit import AuditContext, Block, Hit, Place, Quantity, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.claims._all_reached import all_reached
from gouji_checks.denials import broken_denials
from gouji_checks.opposites import opposites
from gouji_checks.spans import clause, prose_with, sentence, within
from gouji_checks.universals import broken_universals
from gouji_checks.worded import worded

_NO_BALANCE = re.compile(
    r"(?:无|没有|未形成|不存在)(?:任何|资金)?(?:结转和结余|结转结余|结余结转|结转|结余|节余)(?:资金)?(?!率|的?情况说明)|结转结余(?:资金)?为(?:零|0(?![.\d]))"
)
_LEFT = re.compile(
    r"(?:年末|期末|年底|尚有|仍有|剩余|形成|本年|累计|实际|项目|资金)[^，。；]{0,6}(?:结转|结余|节余)|结转下年|结余(?:资金)?$|结转(?:资金)?$|尚有$|剩余(?:资金)?$"
)
_UNPAID = re.compile(r"(?:尚未|未|还没|没)(?:支付|使用|支出|用完|花完)的?$")
_PAID_RATE = re.compile(r"^(?:资金|预算|总体)?(?:支付|支出|执行|使用)(?:率|进度)$")
_GONE = re.compile(r"收回|上缴|交回|缴回|统筹|退回|核减|调减|压减|节约|待支付|质保")
_OPENING = re.compile(r"上年|年初|期初|以前年度")
_OF_THIS_PROJECT = re.compile(r"^(?:本|该)项目(?:资金)?$|^(?:本|该)项目(?:资金)?(?:无|没有|未形成|不存在)")
_BARE = re.compile(r"(?:同期)?(?:的|为|是)?")
_ALL_TOLD = re.compile(r"(?:^|，)(?:总体|整体|总额|合计)(?:上|来看)?$")
_EVERY = re.compile(
    r"(?:各项|所有|全部)[^，。；]{0,6}(?:任务|指标|目标|工作)(?:均|都|全部|已)+(?:超额|圆满|按期|如期|顺利|全面|全部)*(?:完成|达标|实现|达成)(?!率)"
)
_ONE_UNDONE = re.compile(r"没有完成(?:年度)?(?:任务|目标|计划)|未(?:能)?(?:按期|如期)?完成(?:年度)?(?:任务|目标|计划)")
_IDLE_YET_DONE = re.compile(
    r"(?P<idle>未(?:能)?(?:开展|实施|启动|举办))，[^。；]{0,10}?(?P<done>(?:年度|绩效|全年)*(?:目标|任务)(?:已|均)?(?:圆满|全面|全部|顺利)(?:完成|实现))"
)
_MONEY = re.compile(r"预算|支出|资金|投资|支付")
ALL = Decimal("99.5")
_WISH = re.compile(r"确保|力争|争取|下一步|将|计划|预计|要求|目标|应|如果|若|标准|推动|督促")
_SAME = re.compile(
    r"(?:与|同|和|较|比)(?:上年|去年|上一年度?|\d{4}年)[^，。；]{0,8}(?<!基本)持平|(?:与|较)(?:上年|去年)相比(?:无增减|没有)变化"
)


@check(
    code="CL401",
    name="statement-contradicted",
    theme="claims",
    severity=Severity.WARNING,
    zh="文字表述与数据或前后文矛盾",
    en="statement contradicted by a figure or another statement",
)
def statement_contradicted(ctx: AuditContext) -> Iterator[Hit]:
    """A statement in words contradicted by a figure or by another statement.

    What it does
    Holds 无结转结余 against a balance that the document states, what is said of every one (全部完工, 均已签订协议, 没有发生退票, 都达到了目标)
    against the one that the report excepts elsewhere, and 与上年持平 against two figures of the paragraph that differ. What is claimed of the whole unit is held against what speaks against it:
    账实相符 and 账实不符, 未发生安全事故 and 发生事故1起. Inside one sentence, what a clause without figures says is held against the figures
    before it: the direction of a change, all of what was checked, a month kept or missed, a balance or an overrun, a target reached.

    Why is this bad
    Of two statements that exclude one another one is wrong, and the score rests on the better one.

    Example
    Flagged::

        年末尚有结余25.5万元结转下年使用。
        本单位全年无结转结余。
        ----
        平阳县森林抚育补助项目绩效自评报告
        支出558.7万元，结转17.3万元，待复查后兑付。
        本项目没有资金结转，已全部兑付。
        ----
        计划改造厕所100座，任务全部完成，尚有12座厕所未完成改造。
        ----
        各项目标任务全部完成。
        受雨季影响，部分任务未完成。
        ----
        资产管理规范，账实相符。
        个别资产账实不符。
        ----
        12月底前与四个乡镇全部签订管护协议。
        官庄乡至今没有签订管护协议。
        ----
        工程档案全部归档。
        部分工程档案未归档。
        ----
        账实一致，管理规范。
        防汛物资账实不一致。
        ----
        信访窗口登记诉求64件，比上年少18件，诉求量有所增加。
        ----
        泵站计划6月底前完工，实际于9月完工，工期有所提前。
        ----
        水质抽检172批次，2批次不合格，所检水样全部合格。
        ----
        培训预算32.1万元，实际支出32.1万元，尚有部分结余。
        ----
        计划清淤56处，完成44处，清淤任务全部完成。
        ----
        接待费9.8万元，其中公务接待1.2万元，上年为11.4万元。由于厉行节约，总体与上年持平。
        ----
        群众满意度92%，比上年的95%有所提高。

    Accepted::

        上年结转25.5万元。本单位年末无结转结余。
        ----
        道路工程各项任务全部完成。桥梁工程部分任务未完成。
        ----
        计划改造厕所100座，任务全部完成。下一步将督促尚有12座厕所未完成验收的乡镇。
        ----
        其余四个乡镇均已签订管护协议。
        官庄乡尚未签订管护协议。
        ----
        已建成的12处供水站管护协议签订率100%。
        在建的3处供水站没有签订管护协议。
        ----
        信访窗口登记诉求64件，比上年少18件，诉求量有所减少，群众满意度有所提高。
        ----
        泵站计划9月底前完工，实际于6月完工，工期有所提前。
        ----
        水质抽检172批次，2批次不合格，整改后水样全部合格。
        ----
        培训预算32.1万元，实际支出30.4万元，尚有部分结余。
        ----
        计划清淤56处，完成44处，其余12处清淤任务跨年完成。

    Rests on
    A report may not contradict itself.
    """
    yield from _balances(ctx)
    for (block, told), (other, denied) in opposites(ctx):
        yield _against(block, told.span(), denied.span(), other)
    for (block, said), (other, case) in (*broken_universals(ctx), *broken_denials(ctx)):
        yield _against(block, said, case, other)
    for block, said, case in worded(ctx):
        yield _against(block, said, case)
    for block, said, low, target in all_reached(ctx):
        words = block.text[said[0] : said[1]]
        yield Hit(
            Text(f"称“{words}”，但{low.label}{low.raw}未达到{target.raw}", f"“{words}”, but {low.raw} is below {target.raw}"),
            (Place(Span(block.index, *said)), Place(low.span, "contradicts"), Place(target.span, "target")),
            stated=words,
            computed=low.raw,
        )
    having = ctx.wording.having
    told_of = having("持平", "变化") | having("各项", "所有", "全部") & having("完成", "达标", "实现", "达成")
    told_of |= having("未") & having("完成", "实现")
    for block in within(ctx, told_of):
        yield from _level(ctx, block)
        yield from _all_but_one(ctx, block)


def _all_but_one(ctx: AuditContext, block: Block) -> Iterator[Hit]:
    """各项任务均超额完成 in a paragraph in which one was not; 未开展，年度目标圆满完成."""
    text = block.text
    for said in _EVERY.finditer(text):
        if _WISH.search(text[slice(*clause(text, said.start(), said.end()))].replace(said[0], "")):
            continue
        against = next((m.span() for m in _ONE_UNDONE.finditer(text) if m.span() != said.span()), None)
        if against is None:
            rates = (q for q in ctx.facts.blocks[block.index].quantities if q.label.endswith("完成率") and q.exact)
            low = next((q for q in rates if q.figure.unit.symbol == "%" and q.base < ALL and not _MONEY.search(q.label)), None)
            against = (low.span.start, low.span.end) if low else None
        if against is None or re.search("除|外", text[clause(text, *said.span())[0] : said.start()]):
            continue
        yield _against(block, said.span(), against)
        return
    for said in _IDLE_YET_DONE.finditer(text):
        yield _against(block, said.span("done"), said.span("idle"))


def _against(block: Block, said: tuple[int, int], against: tuple[int, int], other: Block | None = None) -> Hit:
    where = other or block
    words, case = block.text[slice(*said)], where.text[slice(*against)]
    return Hit(
        Text(f"称“{words}”，又称“{case}”", f"“{words}” against “{case}”"),
        (Place(Span(block.index, *said)), Place(Span(where.index, *against), "contradicts")),
        stated=words,
        computed=case,
    )


def _balances(ctx: AuditContext) -> Iterator[Hit]:
    denials = [b for b in prose_with(ctx, "结转", "结余", "节余") if _NO_BALANCE.search(b.text)]
    if not denials:
        return
    left = [
        q
        for q in ctx.facts.quantities
        if q.cell is None
        and q.figure.unit.dimension == "money"
        and q.base > 0
        and _LEFT.search(q.label)
        and not _OPENING.search(q.label)
    ]
    if not left:
        after = (
            q
            for q in ctx.facts.quantities
            if q.cell is None
            and q.figure.unit.dimension == "money"
            and q.base > 0
            and _tail(ctx, q).startswith(("结转下年", "结转至下年"))
        )
        left = [q for q in after if not _OPENING.search(q.label)]
    for block in denials:
        for match in _NO_BALANCE.finditer(block.text):
            start, end = sentence(block.text, match.start(), match.end())
            words = block.text[start:end]
            here = block.text[slice(*clause(block.text, match.start(), match.end()))]
            unpaid = _unpaid(ctx, block, match)
            if unpaid is not None:
                yield unpaid
                return
            one = _OF_THIS_PROJECT.search(here) is not None and ctx.document.title is not None and "项目" in ctx.document.title
            if _OPENING.search(words) or ("项目" in here and not one) or not left or _WISH.search(here):
                continue
            own = any(q.dimension == "money" and start <= q.span.start < end for q in ctx.facts.blocks[block.index].quantities)
            if own and not re.search(r"部门|单位|我[局委办院县市区镇乡校馆]|本[局委办院校馆]|[到至]年[底末]", words):
                continue  # a project with figures of its own
            if re.search(r"政府性基金|国有资本|事业基金|其他资金|(?<!专款)专用|非税|经营", words):
                continue
            figure = next((q for q in left if not _handed_back(ctx, q)), None)
            if figure is None:
                continue
            yield Hit(
                Text(f"此处称“{match[0]}”，他处有结余{figure.raw}", f"“{match[0]}” here, a balance of {figure.raw} elsewhere"),
                (Place(Span(block.index, match.start(), match.end())), Place(figure.span, "balance")),
                stated=match[0],
                computed=figure.raw,
            )
            return


def _unpaid(ctx: AuditContext, block: Block, match: re.Match[str]) -> Hit | None:
    """财政资金无结余 … 未支付的1,708.28万元: in one paragraph."""
    for q in ctx.facts.blocks[block.index].quantities:
        unpaid = q.figure.unit.dimension == "money" and q.base > 0 and _UNPAID.search(q.label)
        paid = q.figure.unit.symbol == "%" and q.exact and q.base < ALL and _PAID_RATE.search(q.label) and _is_dry(block, match)
        if (unpaid or paid) and not _handed_back(ctx, q):
            return Hit(
                Text(f"此处称“{match[0]}”，又称“{q.label}{q.raw}”", f"“{match[0]}” here, “{q.label}{q.raw}” as well"),
                (Place(Span(block.index, match.start(), match.end())), Place(q.span, "balance")),
                stated=match[0],
                computed=q.raw,
            )
    return None


def _is_dry(block: Block, match: re.Match[str]) -> bool:
    """Whether the money itself is said to be used up and nothing in the paragraph tells where the rest went."""
    lead = block.text[clause(block.text, match.start(), match.end())[0] : match.start()]
    return not lead.strip() and not _GONE.search(block.text)


def _handed_back(ctx: AuditContext, q: Quantity) -> bool:
    """Whether the balance went back to the treasury: then none is left."""
    text = ctx.document.blocks[q.span.block].text
    left, right = sentence(text, q.span.start, q.span.end)
    return re.search(r"收回|上缴|交回|缴回|统筹|退回", text[left:right]) is not None


def _tail(ctx: AuditContext, q: Quantity) -> str:
    return ctx.document.blocks[q.span.block].text[q.span.end : q.span.end + 8].lstrip()


def _level(ctx: AuditContext, block: Block) -> Iterator[Hit]:
    """与上年持平 in a paragraph that states this year's and last year's figure of the same name."""
    match = _SAME.search(block.text)
    if match is None:
        return
    start, _ = sentence(block.text, match.start(), match.end())
    subject = block.text[start : match.start()]
    money = [q for q in ctx.facts.blocks[block.index].quantities if q.figure.unit.dimension == "money" and q.exact]
    for prior in money:
        if not re.search(r"上年|去年|20\d\d年", prior.label):
            continue
        name = re.sub(r"20\d\d年度?|上年|去年|本年", "", prior.label)
        if _BARE.fullmatch(name) and _ALL_TOLD.search(subject):  # 支出9.86万元，…，上年为11.42万元。总体与上年持平
            opening, _ = sentence(block.text, prior.span.start, prior.span.end)
            now = next((q for q in money if opening <= q.span.start < prior.span.start), None)
        elif len(name) < 3 or name not in subject:
            continue
        else:
            now = next((q for q in money if q is not prior and re.sub(r"20\d\d年度?|本年", "", q.label) == name), None)
        if now is None or abs(now.base - prior.base) * 20 <= prior.base:
            continue
        yield Hit(
            Text(
                f"称“{match[0]}”，数据为{now.raw}与{prior.raw}", f"“{match[0]}”, but the figures are {now.raw} and {prior.raw}"
            ),
            (Place(Span(block.index, *match.span())), Place(now.span, "current"), Place(prior.span, "base")),
            stated=match[0],
            computed=f"{now.raw} / {prior.raw}",
        )
        return
