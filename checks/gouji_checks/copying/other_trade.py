"""Words of another trade."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose_with

_SENTENCE = re.compile(r"[^。；！？\n]+")
# A result that is claimed, right behind its name.
_CLAIMED = re.compile(
    r"(?:(?:和|、|及|与)[\u4e00-\u9fff]{2,8}?)?(?:均|都|也|得到|有)?(?:了)?(?:持续|稳步|大幅度?|明显|显著|逐年|进一步|较大|有效|不断|全面|逐步)?地?"
    r"(?:提高|提升|增长|增加|上升|下降|降低|改善|增强|减少)"
)
# What may stand before it in its sentence; a clause more (道路改善后，沿线卫生院…) tells how the unit comes to it.
_OF_PLACE = re.compile(r"\s*(?:[全本我]?[省市县区])?(?:[\u4e00-\u9fff]{0,2})")
_DEALS = 2  # words of a trade outside the sentence that tell that the unit deals with it
_RESULT = re.compile(r"\d|率|提高|提升|增强|改善|保障|及时|到位|明显|得到|浓厚|挂钩|全部|有效")
# Another trade is named for a reason: with its own unit, as partner, example, destination or event.
_REASON = re.compile(
    r"[\u4e00-\u9fff](?:局|委|部门|办|医院|学校|中心|公司|协会|法院|检察院|政协|人大|银行|大队|支队|馆|企业)|进[校学机社企农军]|会同|联合|配合|协同|与[^，。]{2,12}(?:共|联|合|衔接|签订)|向|参观|考察|学习|借鉴|慰问|捐|志愿|帮扶|结对|驻村|共建|"
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
    reason is left alone. One result of another trade is enough where it is claimed (门诊量稳步提高 in a road report) and the report tells nothing
    else of that trade. The words of each trade are data: `trades.toml`.

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
    trades, everything = _trades()
    many = any(unit in own for unit in everything)
    foreign = [t for t in trades if not any(unit in own for unit in t.units)]
    has = ctx.wording.has
    author = "".join((ctx.document.organisation or own).split())  # 农村 in a project's name makes no village of its bureau
    sure = not any(unit in author for unit in everything)
    claimed = [t for t in foreign if any(map(has, t.results))] if sure else []
    foreign = [t for t in foreign if sum(map(has, t.words)) >= 2 or any(map(has, t.telltale))]
    found = {trade.name: list(_places(ctx, trade)) for trade in foreign}
    for name, places in ((name, places) for name, places in found.items() if places):
        telltale = any(word in trade.telltale for *_, word in places for trade in foreign)
        hit = _stray(ctx, own, name, places, sure=not many) if telltale or len({w for *_, w in places}) >= 2 + many else None
        if hit is not None:
            yield hit
            claimed = [t for t in claimed if t.name != name]
    for trade in claimed:
        yield from _claims(ctx, own, trade)


@dataclass(frozen=True, slots=True)
class _Trade:
    name: str
    units: tuple[str, ...]
    words: tuple[str, ...]
    telltale: tuple[str, ...]
    results: tuple[str, ...]


@cache
def _trades() -> tuple[tuple[_Trade, ...], tuple[str, ...]]:
    """The trades of the table, and the names of units that look after all of them."""
    data = tomllib.loads((resources.files("gouji_checks") / "trades.toml").read_text("utf-8"))
    trades = tuple(
        _Trade(
            t["name"],
            tuple(t["units"].split()),
            tuple(t["words"].split()),
            tuple(t.get("telltale", "").split()),
            tuple(t.get("results", "").split()),
        )
        for t in data["trade"]
    )
    return trades, tuple(data["everything"]["units"].split())


def _places(ctx: AuditContext, trade: _Trade) -> Iterator[tuple[Block, int, int, str]]:
    """Where the trade's words stand in the running text, overlapping ones once."""
    for block in prose_with(ctx, *trade.words, *trade.telltale):
        text = ctx.facts.blocks[block.index].normal
        spots = sorted((text.find(w), w) for w in {*trade.words, *trade.telltale} if w in text)
        end = 0
        for at, word in spots:
            if at >= end:
                end = at + len(word)
                yield block, at, end, word


def _claims(ctx: AuditContext, own: str, trade: _Trade) -> Iterator[Hit]:
    """A result of the trade claimed in the one sentence that names it, where the report tells nothing else of the trade."""
    for block in prose_with(ctx, *trade.results):
        text = ctx.facts.blocks[block.index].normal
        for bounds in (m.span() for m in _SENTENCE.finditer(text)):
            words = text[slice(*bounds)]
            named = next((r for r in trade.results if r in words and _is_claimed(words, r)), None)
            if named is None or _REASON.search(words) or ctx.wording.whole.count(named) > 1:
                continue
            rest = ctx.wording.whole.replace(words, "")
            if sum(w in rest for w in trade.words) < _DEALS:
                yield _hit(block, bounds, named, trade.name, own)
                return


def _is_claimed(words: str, result: str) -> bool:
    """Whether the sentence begins with the result and says that it has grown or shrunk."""
    at = words.find(result)
    return bool(_OF_PLACE.fullmatch(words, 0, at) and _CLAIMED.match(words, at + len(result)))


def _stray(ctx: AuditContext, own: str, name: str, places: list[tuple[Block, int, int, str]], *, sure: bool) -> Hit | None:
    """The hit, where all words of the trade stand in one sentence and nothing in it tells why."""
    block, start, _, _ = places[0]
    text = ctx.facts.blocks[block.index].normal
    bounds = next((m.span() for m in _SENTENCE.finditer(text) if m.start() <= start < m.end()), None)
    if bounds is None or any(b is not block or not bounds[0] <= at < bounds[1] for b, at, _, _ in places):
        return None
    words = text[slice(*bounds)]
    if _REASON.search(words):
        return None
    named = "、".join(dict.fromkeys(word for *_, word in places))
    return _hit(block, bounds, named, name, own, None if sure and _RESULT.search(words) else Severity.NOTICE)


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
