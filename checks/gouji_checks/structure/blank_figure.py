"""Figure left blank."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import within

_UNIT = r"(?:万元|亿元|元|%|个百分点|分|人|个|项|次|户|家)"
_COUNTER = rf"(?:{_UNIT}|人次|批次|场次|台套|平方米|公里|[份台场名套批辆件所座条篇亩吨期本册处起张])"
_END = r"(?=\s*(?:[，。；、）]|$))"
_BLANK = re.compile(
    rf"(?<!单位)(?<!口径)(?:年初预算|预算|决算|支出|收入|得分|总分|资金|金额|合计|共计|结余|结转)?"
    rf"(?:(?:为|是|占|共|达|增长|下降|增加|减少|合计|共计|支出|收入|完成|完成率|执行率|结余|结转|剩余|节约)[ _]{{1,8}}{_UNIT}{_END}"
    rf"|(?<!单位)(?<!口径)(?<!计)(?<!一律)(?<!均以)(?<![外均])(?<!统一)(?<!元化)(?:为|占|增长|下降|共计|合计)(?:万元|亿元|%){_END}"
    rf"|[\u4e00-\u9fff]{{0,6}}_{{2,8}}\s?{_COUNTER}{_END}|[\u4e00-\u9fff]{{2,6}}(?: {{2,8}}{_COUNTER}| (?:批次|人次|批|场次)){_END}"
    rf"|(?:得分|总分)[为是：][ _]{{0,10}}分{_END}|[\u4e00-\u9fff]{{0,4}}的[ _]{{1,8}}%{_END})"
)
_HINT = re.compile(  # spares most blocks the search: no figure stands before the blank
    rf"(?<=[\u4e00-\u9fff：])[ _]{{1,10}}{_COUNTER}|_\s?{_COUNTER}|[为占是：长降计](?:万元|亿元|%|分)"
)
_HINTS = (" ", "_", "万元", "亿元", "%", "分")  # of what these two find, quickly found
_LONE_HINTS = ("…", " ", "_", "（）", "率")
_LIKELY = (" ", "_", *(f"{word}{unit}" for word in "为占是：长降计" for unit in ("万元", "亿元", "%", "分")))
_LONE_LIKELY = ("…", " ", "_", "（）", *(f"率{word}%" for word in ("", "为", "达", "到", "达到", "为到")))
_GAPS = ("（ ", "（_", " 年", "_年")
# One blank before a counter: 新建蓄水池 个，; empty brackets before it: 清淤（）公里; a rate and its sign: 到位率%.
_LONE = re.compile(
    rf"[\u4e00-\u9fff]{{2,6}}(?<![每几数多各两半整单首这那一二三四五六七八九十百千万亿余来第]) {_COUNTER}(?=[，。；、])(?![^（]*）)"
    rf"|[\u4e00-\u9fff]{{2,6}}（[ _]*）{_COUNTER}{_END}|[\u4e00-\u9fff]{{1,6}}率[为达]?到?%(?=[，。；])"
    r"|[\u4e00-\u9fff]{2,6}…{1,2}\s?(?:[万亿]?元|%)(?=[，。；、])"
)
_LONE_HINT = re.compile(r"…| [\u4e00-\u9fff]{1,3}[，。；、]|（[ _]*）|率[为达]?到?%")
_WORD_BEFORE = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?:[\u4e00-\u9fff]{1,4}|%)[，。；、]|…|（[ _]*）|率[为达]?到?%"
)  # of all that it finds
_NAMES_UNIT = re.compile(r"(?:金额|计量|货币)单位[^。；]{0,20}$")
_EMPTY = re.compile(r"(?<=[\u4e00-\u9fff])（[ _]{1,10}）(?=[\u4e00-\u9fff，。])|(?:20\d\d\s?)?(?<!\d)[ _]+年[ _]+月[ _]+日")


@check(
    code="ST108",
    name="blank-figure",
    theme="structure",
    severity=Severity.WARNING,
    zh="数字空缺",
    en="figure left blank",
)
def blank_figure(ctx: AuditContext) -> Iterator[Hit]:
    """Figure left blank.

    What it does
    Reports a place where a figure is announced and only its unit stands: 支出为 万元, 得分为 分, 占 %. Empty brackets （ ） and an
    empty date (年 月 日) are notices. Tables are not looked at: an empty cell is no announced figure.

    Why is this bad
    The template was not filled in; nothing about this figure can be checked.

    Example
    Flagged::

        卫生健康支出年初预算为 万元，支出决算为90.59万元。
        ----
        本部门自评得分为 分，等级为优。
        ----
        其中设备购置费占 %，其余为人员经费。
        ----
        全年出具证明    份，建成服务中心____个。

    Accepted::

        卫生健康支出年初预算为0万元，支出决算为90.59万元。
        ----
        金额单位为万元。
        ----
        自评得分分为产出和效益两部分。
        ----
        本表计量单位： 万元
        ----
        金额单位：文中如无说明为万元。

    Rests on
    The forms of self-evaluation: every figure asked for is to be given.
    """
    hinting = ctx.wording.having(*_HINTS) & ctx.wording.having(*_LIKELY)
    lonely = ctx.wording.having(*_LONE_HINTS) & ctx.wording.having(*_LONE_LIKELY)
    for block in within(ctx, hinting | lonely):
        text = ctx.facts.blocks[block.index].normal
        for match in _BLANK.finditer(text) if block.index in hinting and _HINT.search(text) else ():
            words = text[match.start() : match.end()]
            if words.strip() == text.strip() or _NAMES_UNIT.search(text, 0, match.start()):
                continue  # the head of a column on its own line; 金额单位：如无说明为万元
            yield Hit(
                Text(f"数字空缺：“{words}”只有单位，没有数字", f"“{words}” gives a unit and no figure"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
            )
        lone = (
            list(_LONE.finditer(text))
            if block.index in lonely and _WORD_BEFORE.search(text) and _LONE_HINT.search(text)
            else []
        )
        told = [m.span() for m in _BLANK.finditer(text)] if lone else []
        for match in lone:
            if any(a < match.end() and match.start() < b for a, b in told):
                continue
            yield Hit(
                Text(f"数字空缺：“{match.group()}”只有单位，没有数字", f"“{match.group()}” gives a unit and no figure"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=block.text[match.start() : match.end()],
            )
        for match in _EMPTY.finditer(text) if any(mark in text for mark in _GAPS) else ():
            yield Hit(
                Text(f"空白未填：“{match.group()}”", f"left empty: “{match.group()}”"),
                (Place(Span(block.index, match.start(), match.end())),),
                severity=Severity.NOTICE,
            )
