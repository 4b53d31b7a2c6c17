"""A denial of even one case against cases that are counted: 没有一处空岗 against 抽查30个站有7个空岗."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.spans import clause, sentence, within
from gouji_checks.universals import Found, is_case, names_other_year, shared_words

_MEASURES = "[起例笔人户件次名处家个宗单项座台所条篇]"
_NONE = re.compile(
    rf"(?:未|没有|从未|从没有|(?<!有)无)(?:再)?(?:发生|出现|发现|收到|接到|产生|存在|查出|有)?过?(?:任何)?一{_MEASURES}(?P<what>[\u4e00-\u9fff]{{2,10}}?)"
    r"(?:的?(?:情况|现象|情形|问题|事件|行为))?(?=[，。；]|$)"
    r"|(?<![\d第归清从为])“?零(?P<zero>[\u4e00-\u9fff]{2,4})”?(?=[，。；]|$)"
)
_HINTS = (*(f"一{measure}" for measure in _MEASURES[1:-1]), "零")
_NOT_ONE = re.compile(
    r"^(?:不[漏落少差]|差异|其他|其它|任何|此类|上述|重大|较大)|(?:目标|要求|标准|容忍|距离|起点|基础|售|食|配件|部件)"
)
_VAGUE = re.compile(r"^(?:问题|情况|事故|投诉|现象|举报|信访|异议|变化|变动|调整|费用|支出|业务|案件|纠纷|安全|事件|行为)$")
_TIME = re.compile(
    r"(?:20\d\d年)?度?(?:全年|本年度?|年内|期间|截至[^，。；]{2,6})?|(?:本|此|这|该)[次轮批]|(?:实现|做到|保持|达到)了?|全[县区市镇乡局校院]|我[县区市镇乡局校院]|[中内里，的在]|均|都|也"
)
_WISH = re.compile(
    r"确保|力争|争取|下一步|(?<!现)将|计划|预计|要求|应当?|目标|如果|若|防止|避免|杜绝|是否|严禁|须|必须|承诺|不得|做到"
)
_NARROW = re.compile(
    r"其余|其他|剩余|除|以外|之外|另|首批|第[一二三][批轮次]|[一二三]期|部分|多数|基本|新增|自查|复查|整改后|此后|之后|以来"
)
_OTHERS = re.compile(r"全[市省国]|其他|外[地县省市]|邻|兄弟|往届|历年|累计|移交|转来|协查")
_PAST = re.compile(r"[未没不无零]|避免|防止|杜绝|减少")
_COUNT = r"(?<![\d.第])[1-9]\d*\s?[人户名位份个批处项件台套座家条]次?"
_OVER = ("超概算", "超预算", "超标准", "超编制", "超范围", "超进度", "超限额")
_RATED = ("合格", "达标", "满意")
# How it is told of none, or of all, and how the cases of each are counted.
_TOLD = (
    (
        re.compile(
            rf"(?:没有|无|未|不存在|未发现)(?:出现|发生|任何)?(?P<what>{'|'.join(_OVER)})(?:支付|支出|拨付|建设|开支)?"
            r"(?:的?(?:现象|情况|问题|行为))?(?=[，。；]|$)"
        ),
        {over: re.compile(rf"(?<![不未无]){over}(?:支付|支出|拨付|建设|开支)?[^，。；\d]{{0,4}}\d") for over in _OVER},
    ),
    (
        re.compile(rf"(?P<what>{'|'.join(_RATED)})[度率](?:均|都|也|已)?(?:达到?了?|为|是|保持)?在?\s?100%"),
        {
            rated: re.compile(
                rf"{_COUNT}[^，。；\d]{{0,8}}(?:不|未|没有){rated}(?![率度])|(?:不|未){rated}的?(?:有|共)?\s?{_COUNT}"
            )
            for rated in _RATED
        },
    ),
)
_SCOPE = re.compile(r"项目|工程|各项|所有|全部|总体|整体|资金|支出|指标|实际|综合|服务对象|受益|质量")
_AGAIN = re.compile(r"复[检查测]|整改[后前]|初[检测验]|返工|重做|再次")
_FULL = 4  # characters from which a case is named in full
_LEAST = 2


def broken_denials(ctx: AuditContext) -> Iterator[tuple[Found, Found]]:
    """(the denial, the cases counted)."""
    for block in within(ctx, ctx.wording.having(*_HINTS)):
        for none in _NONE.finditer(block.text):
            what = none["what"] or none["zero"]
            if _NOT_ONE.search(what) or _VAGUE.search(what) or not _is_said(ctx, block, none):
                continue
            found = _counted(ctx, block, none, what)
            if found is not None:
                yield (block, none.span()), found
    yield from _exceeded(ctx)


def _exceeded(ctx: AuditContext) -> Iterator[tuple[Found, Found]]:
    """没有超概算现象 against 决算超概算38万元; 合格率100% against 4份不合格."""
    for pattern, cases in _TOLD:
        for block in within(ctx, ctx.wording.having(*cases)):
            for told in pattern.finditer(block.text):
                found = _cases(ctx, block, told, cases[told["what"]]) if _is_said(ctx, block, told) else None
                if found is not None:
                    yield (block, told.span()), found


def _cases(ctx: AuditContext, block: Block, told: re.Match[str], case: re.Pattern[str]) -> Found | None:
    """The place where what is denied, or excluded by a hundred per cent, is counted."""
    what = told["what"]
    lead = _SCOPE.sub("", _TIME.sub("", block.text[clause(block.text, *told.span())[0] : told.start()]))
    for other in within(ctx, ctx.wording.having(what)):
        for match in case.finditer(other.text):
            start, end = sentence(other.text, *match.span())
            words = other.text[start:end]
            if (other is block and start <= told.start() < end) or _OTHERS.search(words) or _AGAIN.search(words):
                continue
            related = not lead or any(lead[n : n + _LEAST] in words for n in range(len(lead) - 1))
            if related and is_case(ctx, other, match):
                return other, match.span()
    return None


def _is_said(ctx: AuditContext, block: Block, none: re.Match[str]) -> bool:
    """Whether it is denied outright, for the report's year."""
    text = block.text
    lead = text[clause(text, *none.span())[0] : none.start()]
    start = sentence(text, *none.span())[0]
    return not (_WISH.search(lead) or _NARROW.search(lead) or names_other_year(ctx, text[start : none.start()]))


def _counted(ctx: AuditContext, block: Block, none: re.Match[str], what: str) -> Found | None:
    """The place where such cases are counted, of the same matter."""
    name = re.escape(what)
    number = r"(?<![\d.第])(?:[1-9]\d*|[一二两三四五六七八九十]+)"
    gap = r"[\u4e00-\u9fff]{0,4}?" if len(what) >= _FULL else ""
    case = re.once(rf"{number}\s?{_MEASURES}{gap}{name}|{name}\s?{number}\s?{_MEASURES}")
    left, right = sentence(block.text, *none.span())
    subject = block.text[left:right].replace(what, "，")
    lead = _TIME.sub("", block.text[clause(block.text, *none.span())[0] : none.start()])
    for other in within(ctx, ctx.wording.having(what)):
        for match in case.finditer(other.text):
            if other is block and match.start() < none.end() and none.start() < match.end():
                continue
            start, end = sentence(other.text, *match.span())
            words = other.text[start:end]
            before = other.text[clause(other.text, *match.span())[0] : match.start()]
            if _PAST.search(before) or _OTHERS.search(words) or not is_case(ctx, other, match):
                continue
            if lead and lead[-_LEAST:] not in words:
                continue
            if len(what) >= _FULL or len(shared_words(subject, words.replace(what, "，"))) >= _LEAST:
                return other, match.span()
    return None
