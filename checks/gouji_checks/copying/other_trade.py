"""Words of another trade."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.beside import beside
from gouji.model.record import record
from gouji.model.wording import Lexicon
from gouji_checks.spans import prose_with, sentence

_SENTENCE = re.compile(r"[^。；！？\n]+")
# A result that is claimed, right behind its name.
_CLAIMED = re.compile(
    r"(?:(?:和|、|及|与)[\u4e00-\u9fff]{2,8}?)?(?:均|都|也|得到|有)?(?:了)?(?:持续|稳步|大幅度?|明显|显著|逐年|进一步|较大|有效|不断|全面|逐步)?地?"
    r"(?:提高|提升|增长|增加|上升|下降|降低|改善|增强|减少)"
)
# What may stand before it in its sentence; a clause more (道路改善后，沿线卫生院…) tells how the unit comes to it.
_OF_PLACE = re.compile(r"\s*(?:[全本我]?[省市县区])?(?:[\u4e00-\u9fff]{0,2})")
_OF_ITS_OWN = 3  # words of a trade that tell of it although the sentence counts what was done
_DEALS = 2  # words of a trade outside the sentence that tell that the unit deals with it
_RESULT = re.compile(
    r"\d|率|提高|提升|增强|改善|保障|及时|到位|明显|得到|浓厚|挂钩|全部|有效|上升|下降|缩短|减少|好转|平稳|和谐|规范|做好|抓好|继续|持续|不断|进一步|扩大|完善|推进|强化|加大|加强|切实|深化|解决"
)
_FIGURE_OF_SPEECH = re.compile(r"(?:当好|做好|成为|发挥|筑牢|织密|下好)[^，。；“]{0,10}“[^”]*”")
# How a left-over sentence begins: a plan (今后要继续加强…) or a result (通过项目实施，…) of the unit itself.
_OPENING = (
    r"\s*(?:[一二三四五六七八九十]+[是、]|（[一二三四五六七八九十]+）|\d+[.、．]|（\d+）|第[一二三四五六]，)?"
    r"(?:(?:今后|今后一个时期|下一?步|下一阶段|接下来|同时|此外|另外|综上|总之|为此|总体来看|通过(?:本|该)?项目(?:的)?(?:有效)?(?:实施|开展)|通过[^，。；]{0,6}努力|一年来|全年)[，、]?)*"
)
_WE = r"(?:(?:我|(?<![根原基日资成标样])本)(?:[省市县区镇乡馆局院校会委办所站台园社]|中心|单位|部门)|全[省市县区]|各(?:级|地|类)?|全系统|辖区)?"
_HOW = r"(?:(?:今后|下一?步)?(?:还)?(?:要|将|应|需|拟)?(?:继续|持续|进一步|不断|切实|深入|着力|大力|全面|扎实|认真|积极|有效|始终|努力|稳步|有力|更好地?)*)"
_DOES = r"(?:(?:做|抓|管|用)好|加强|加大|加快|推进|推动|深化|提高|提升|扩大|保障|保证|确保|完善|规范|改善|丰富|开展|维护|优化|强化|落实|增强|满足|解决|健全|减轻|促进|遏制|打击|防范|实现|坚持)"
_PLAN = re.compile(f"{_OPENING}{_WE}{_HOW}{_DOES}了?(?:对|好)?[^，。；、]{{0,6}}")
_HEAD = re.compile(f"{_OPENING}{_WE}[^，。；、\\d后使让为因对向和与的从在了由把]{{0,4}}")
_GREW = re.compile(
    r"[^，。；\d]{0,14}?(?:持续|稳步|大幅度?|明显|显著|逐年|进一步|较大|有效|不断|全面|逐步|总体|更加?|得到|稳中|切实|普遍|日益|运行)+(?:了|的)?"
    r"(?:提高|提升|增长|增加|上升|下降|降低|改善|增强|减少|平稳|稳定|向好|好转|缩短|扩大|保障|满足|规范|便捷|完善|和谐|有降|遏制|减轻|丰富|浓厚|优化|整洁|安全)"
    r"|[^，。；\d]{0,14}(?:控制在[^，。；\d]{2,12}内|应.尽.|(?:成效|效果)(?:明显|显著)|全面达标|秩序井然)"
)
# Who or what else the sentence deals with; such a plan or result is the unit's own.
_WITH = re.compile(
    r"(?![我本])[\u4e00-\u9fff]{2}(?:局|委员会|部门|医院|学校|学院|中心|公司|协会|法院|检察院|政协|人大|银行|大队|支队)|会同|联合|配合|协同|协作|与[^，。]{2,12}(?:共|联|合|衔接|签订)|参观|考察|借鉴|慰问|捐|志愿|帮扶|"
    r"结对|驻村|共建|党员|例如|比如|类似|等方面|《|“|列支|科目|编码|下设|内设|职责|职能|负责|审计|调研|视察|巡察|(?<![推促])进[校机社企农军]|周边|沿线|附近|受益|惠及|方便|便于|带动|服务于|有助于|有利于"
)
# 作为全市卫生健康主管部门，我委…: what the unit calls itself.
# 我局将充分发挥农业技术推广主管职能: what it calls its own duty.
_FUNCTION = re.compile(
    r"(?:发挥|履行)好?(?:本|我)?(?:[局委办院校会馆部]|部门|单位)?(?P<what>[^，。；“《]{4,26}?)(?:的|行业|综合|业务)?(?:主管|牵头|监管|管理|指导|服务)?(?:部门)?(?:的)?(?:职能|职责)"
)
_OURS = re.compile(r"(?:我|本)(?:[局委办院校会馆部园]|中心|单位|部门)|^\s*(?:下一?步|今后)")
_CALLING = re.compile(
    r"作为(?P<what>[^，。；“《]{2,24})，(?:我|本)[\u4e00-\u9fff]|(?:我|本)(?:[局委办院校会馆部园]|中心|单位)作为(?P<also>[^，。；“《]{2,24})"
)
# A count of what was done: the unit's own work rather than a phrase left over. Three words are asked for then.
_COUNTED = re.compile(r"\d\s?(?![\d.%个]|年|月|日)|\d\s?个(?!百分点)")
_TITLES = (
    "项目资金绩效自评报告 年度部门整体支出 工作服务建设管理专项经费运行保障财政补助 提升计划 自治县 办公室 全省全市全县全区"
)
_COMMON = frozenset(_TITLES[n : n + 2] for n in range(len(_TITLES) - 1)) | {
    "安全",
    "质量",
    "单位",
    "改善",
    "提升",
    "能力",
    "保障",
    "改造",
    "工程",
}
# Another trade is named for a reason: with its own unit, as partner, example, destination or event.
_REASON = re.compile(
    r"(?![我本])[\u4e00-\u9fff](?:局|委|部门|[府委县区市]办|医院|学校|中心|公司|协会|法院|检察院|政协|人大|银行|大队|支队|馆|企业)|(?<![推促])进[校学机社企农军]|会同|联合|配合|协同|与[^，。]{2,12}(?:共|联|合|衔接|签订)|向|参观|考察|学习|借鉴|慰问|捐|志愿|帮扶|结对|驻村|共建|"
    r"党员|例如|比如|类似|等\d|名称|《|“|另有|不在|不含|列支|报销|预算|科目|支出|编码|\d{7}|下设|内设|职责|职能|负责|包括|其中|以及|检查|督查|督导|审计|调研|视察|评审|监督|评价|巡察|宣传|报道|建议|提案|议题"
)


@check(
    code="CP111",
    name="other-trade",
    theme="copying",
    severity=Severity.WARNING,
    zh="出现其他行业的工作内容",
    en="words of another trade",
)
def other_trade(ctx: AuditContext) -> Iterator[Hit]:
    """Words of another trade.

    What it does
    Looks for the one sentence with two words and more of another trade than the unit's and the rest of its report: school meals in a report on
    landslides, housing in one of a consultative conference. A warning where the sentence claims results, a notice where the unit
    looks after many trades, as a town or a consultative conference does. A sentence that names a partner, an event or a
    reason is left alone. One result or duty of another trade is enough where the sentence claims or plans it as the unit's own in general words
    (门诊量稳步提高, 今后要继续深化殡葬改革 in a road report), counts nothing, and the report tells nothing else of that trade; so are two wider words of a trade in one sentence, where the
    rest of the report has none of them; so is what only such a
    unit calls itself (作为全市卫生健康主管部门，我委…; 发挥农业技术推广主管职能). The words of each trade are data: `trades.toml`.

    Why is this bad
    The sentence was left over from another department's report or template.

    Example
    Flagged::

        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、社会效益
        学生近视率得到控制，家校共育氛围更加浓厚。
        ----
        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、社会效益
        住房公积金归集额大幅提高，惠及缴存职工。
        ----
        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、下一步打算
        今后要继续深化殡葬改革，倡导文明节俭办丧事。

    Accepted::

        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、社会效益
        联合县教育局开展生态课堂进校园，参与师生两千人。
        ----
        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、人员情况
        单位按规定为职工缴存住房公积金，缴存基数比上年提高。
        ----
        青栎县林业和草原局2023年度部门整体支出绩效自评报告
        一、履职成效
        新造林三千亩，森林火灾受害率低于控制指标。
        二、社会效益
        林区道路改善后，沿线卫生院门诊量增加，群众就医更方便。

    Rests on
    None: a unit reports on its own duties.
    """
    own = "".join(f"{ctx.document.organisation or ''}{ctx.document.title}".split())
    if not own:
        return
    trades = _trades()[0]
    foreign = [t for t in trades if not any(unit in own for unit in t.units)]
    if ctx.document.organisation is None and len(foreign) == len(trades):
        return  # whose report it is is not known
    author = "".join((ctx.document.organisation or own).split())  # 农村 in a project's name makes no village of its bureau
    many = _looks_after_all(author)
    standing = ctx.wording.standing(_every_word())
    named_of = [t for t in foreign if not standing.isdisjoint(t.every)]
    told: set[str] = set()
    for trade in named_of:
        words = standing.intersection(trade.words)
        telltale = standing.intersection(trade.telltale)
        if len(words) < 2 and not telltale:
            continue
        places = list(_places(ctx, words | telltale))
        named = {word for *_, word in places}
        if len(named) >= 2 + many or named & telltale:
            hit = _stray(ctx, own, trade, places, sure=not many)
            if hit is not None:
                told.add(trade.name)
                yield hit
    for trade in () if many else named_of:
        wider = standing.intersection({*trade.words, *trade.more})
        if trade.name not in told and len(wider) > 1 and not standing.isdisjoint(trade.more):
            for hit in _alone(ctx, own, trade, wider):
                told.add(trade.name)
                yield hit
    for trade in () if many else named_of:
        cues = [word for word in (*trade.results, *trade.duties) if word in standing]
        if cues and trade.name not in told:
            yield from _claims(ctx, own, trade, cues)
    yield from _callings(ctx, own, foreign)
    if not many:
        yield from _functions(ctx, own, [t for t in trades if not any(unit in author for unit in t.units)])


@record(frozen=True, slots=True)
class _Trade:
    name: str
    units: tuple[str, ...]
    words: tuple[str, ...]
    telltale: tuple[str, ...]
    results: tuple[str, ...]
    duties: tuple[str, ...]
    callings: tuple[str, ...]
    more: tuple[str, ...]
    every: frozenset[str]  # all words of the trade but its callings


def _trade(row: dict[str, str]) -> _Trade:
    units, words, telltale, results, duties, callings, more = (
        tuple(row.get(field, "").split()) for field in ("units", "words", "telltale", "results", "duties", "callings", "more")
    )
    every = frozenset((*words, *telltale, *results, *duties, *more))
    return _Trade(row["name"], units, words, telltale, results, duties, callings, more, every)


@cache
def _trades() -> tuple[tuple[_Trade, ...], tuple[str, ...], tuple[str, ...]]:
    """The trades of the table; what the names of units hold, and what they end with, that look after all of them."""
    data = tomllib.loads((beside("gouji_checks") / "trades.toml").read_text("utf-8"))
    trades = tuple(map(_trade, data["trade"]))
    return trades, tuple(data["everything"]["units"].split()), tuple(data["everything"]["ends"].split())


def shares_trade(one: str, other: str) -> bool:
    """Whether the names of two units tell the same trade: a bureau of health and a maternity centre."""
    return any(any(u in one for u in t.units) and any(u in other for u in t.units) for t in _trades()[0])


@cache
def _every_word() -> Lexicon:
    return Lexicon(word for trade in _trades()[0] for word in trade.every)


def _looks_after_all(author: str) -> bool:
    """Whether the unit looks after all trades: a town, a finance bureau, a consultative conference."""
    _, parts, ends = _trades()
    return any(part in author for part in parts) or author.endswith(ends)


def _places(ctx: AuditContext, words: set[str]) -> Iterator[tuple[Block, int, int, str]]:
    """Where the words of a trade stand in the running text, overlapping ones once."""
    for block in prose_with(ctx, *words):
        text = ctx.facts.blocks[block.index].normal
        end = 0
        for at, word in sorted((text.find(w), w) for w in words if w in text):
            if at >= end:
                end = at + len(word)
                yield block, at, end, word


def _alone(ctx: AuditContext, own: str, trade: _Trade, wider: set[str]) -> Iterator[Hit]:
    """The one sentence with two words of the trade that stand nowhere else, where the rest of the report knows nothing of the trade."""
    whole = ctx.wording.whole
    for block in prose_with(ctx, *wider):
        text = ctx.facts.blocks[block.index].normal
        for bounds in (m.span() for m in _SENTENCE.finditer(text)):
            words = text[slice(*bounds)]
            named = _longest([word for word in wider if word in words])
            if (
                len(named) < 2
                or not _RESULT.search(words)
                or _has_reason(words)
                or _WITH.search(_FIGURE_OF_SPEECH.sub("", words))
                or _COUNTED.search(words)
                or _is_related(words, own)
            ):
                continue
            rest = whole.replace(words, "")
            if not any(word in rest for word in wider):
                yield _hit(block, bounds, "、".join(named), trade.name, own)
                return


def _longest(words: list[str]) -> list[str]:
    """The words without those that are part of another one."""
    return sorted(word for word in words if not any(word != other and word in other for other in words))


def _claims(ctx: AuditContext, own: str, trade: _Trade, cues: list[str]) -> Iterator[Hit]:
    """A result or a duty of the trade, claimed in the one sentence that names it, where the report tells nothing else of the trade."""
    whole = ctx.wording.whole
    for block in prose_with(ctx, *cues):
        text = ctx.facts.blocks[block.index].normal
        for bounds in (m.span() for m in _SENTENCE.finditer(text)):
            words = text[slice(*bounds)]
            named = next((c for c in cues if c in words and _is_told(words, c, trade, own)), None)
            if named is None or whole.count(named) > words.count(named):
                continue
            rest = whole.replace(words, "")
            if sum(word in rest for word in trade.words) < (_DEALS if named in trade.results else 1):
                yield _hit(block, bounds, named, trade.name, own)
                return


def _is_told(words: str, named: str, trade: _Trade, own: str) -> bool:
    """Whether the sentence claims the result, or tells of the duty as the unit's own."""
    if named in trade.results and _is_claimed(words, named) and not _has_reason(words):
        return True
    return named in trade.duties and _is_duty(words, named, own)


def _has_reason(words: str) -> bool:
    """Whether the sentence tells why it names another trade."""
    return bool(_REASON.search(_FIGURE_OF_SPEECH.sub("", words)))


def _is_duty(words: str, named: str, own: str) -> bool:
    """Whether the sentence is a plan or a result of the unit in general words: no count of it, nothing of what the report is on."""
    at = words.find(named)
    told = _PLAN.fullmatch(words, 0, at) or (_HEAD.fullmatch(words, 0, at) and _GREW.match(words, at + len(named)))
    if not told or _COUNTED.search(words) or _is_related(words, own):
        return False
    return not _WITH.search(_FIGURE_OF_SPEECH.sub("", words))


def _is_related(words: str, own: str) -> bool:
    """Whether the sentence holds two characters together that the unit's name or title holds too, but for those of every title."""
    pairs = {own[n : n + 2] for n in range(len(own) - 1)} - _COMMON
    return any(words[n : n + 2] in pairs for n in range(len(words) - 1))


def _callings(ctx: AuditContext, own: str, foreign: list[_Trade]) -> Iterator[Hit]:
    """The unit calls itself what units of another trade are: 作为全市卫生健康主管部门，我委…."""
    for block in prose_with(ctx, "作为"):
        for match in _CALLING.finditer(ctx.facts.blocks[block.index].normal):
            what = match["what"] or match["also"]
            trade = next((t for t in foreign if any(calling in what for calling in t.callings)), None)
            if trade is not None and not _is_related(what, own):
                yield _hit(block, match.span(), what, trade.name, own)


def _functions(ctx: AuditContext, own: str, foreign: list[_Trade]) -> Iterator[Hit]:
    """What only a unit of another trade has to do, called one's own duty, and told of nowhere else in the report."""
    for block in prose_with(ctx, "职能", "职责"):
        text = ctx.facts.blocks[block.index].normal
        for match in _FUNCTION.finditer(text):
            start, end = sentence(text, *match.span())
            what = match["what"]
            trade = next((t for t in foreign if any(duty in what for duty in t.duties)), None)
            if trade is None or not _OURS.search(text[start : match.start()]) or _is_related(what, own):
                continue
            rest = ctx.wording.whole.replace(text[start:end], "")
            if not any(word in rest for word in (*trade.duties, *trade.words)):
                yield _hit(block, match.span(), what, trade.name, own)


def _is_claimed(words: str, result: str) -> bool:
    """Whether the sentence begins with the result and says that it has grown or shrunk."""
    at = words.find(result)
    return bool(_OF_PLACE.fullmatch(words, 0, at) and _CLAIMED.match(words, at + len(result)))


def _stray(ctx: AuditContext, own: str, trade: _Trade, places: list[tuple[Block, int, int, str]], *, sure: bool) -> Hit | None:
    """The hit, where all words of the trade stand in one sentence and nothing in it tells why."""
    block, start, _, _ = places[0]
    text = ctx.facts.blocks[block.index].normal
    bounds = next((m.span() for m in _SENTENCE.finditer(text) if m.start() <= start < m.end()), None)
    if bounds is None or any(b is not block or not bounds[0] <= at < bounds[1] for b, at, _, _ in places):
        return None
    words = text[slice(*bounds)]
    named = dict.fromkeys(word for *_, word in places)
    if _has_reason(words) or (_COUNTED.search(words) and len(named) < _OF_ITS_OWN):
        return None
    claimed = None if sure and _RESULT.search(words) else Severity.NOTICE
    return _hit(block, bounds, "、".join(named), trade.name, own, claimed)


def _hit(block: Block, bounds: tuple[int, int], named: str, name: str, own: str, severity: Severity | None = None) -> Hit:
    return Hit(
        Text(
            f"“{named}”属{name}工作内容，与本单位“{own[:20]}”不符，疑为其他单位或模板的文字",
            f"“{named}” belongs to another trade than the unit's",
        ),
        (Place(Span(block.index, *bounds)),),
        stated=named,
        severity=severity,
    )
