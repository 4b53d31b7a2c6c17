"""A denial of even one case against cases that are counted: 没有一处空岗 against 抽查30个站有7个空岗."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.spans import clause, sentence, within
from gouji_checks.universals import Found, is_case, names_other_year, shared_words

_MEASURES = "[起例笔人户件次名处家个宗单项座台所条篇]"
_NONE = re.compile(
    rf"(?:未|没有|从未|从没有|(?<!有)无)(?:再)?(?:发生|出现|发现|收到|接到|产生|存在|查出|有)?过?(?:任何)?一{_MEASURES}(?P<what>[\u4e00-\u9fff]{{2,6}}?)"
    r"(?:的?(?:情况|现象|情形|问题|事件|行为))?(?=[，。；]|$)"
    r"|(?<![\d第归清从为])“?零(?P<zero>[\u4e00-\u9fff]{2,4})”?(?=[，。；]|$)"
)
_HINTS = (*(f"一{measure}" for measure in "起例笔人户件次名处家个宗单项座台所条篇"), "零")
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
    case = re.once(rf"{number}\s?{_MEASURES}{name}|{name}\s?{number}\s?{_MEASURES}")
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
