"""Two numbers of one thing inside one item."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose_with

_ONLY = re.compile(
    r"(?:只|仅|仅仅|实际只|实际仅)(?!有)(?P<verb>(?![^，。；、\d]{0,6}[比差较超])[^，。；、\d]{0,6}?)(?P<n>\d+|[一二两三四五六七八九十]+)(?P<unit>本|次|场|期|篇|册|台|辆|套|部|所|家|份|件)"
)
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PART = re.compile(
    r"[，；](?:而|但)[^，。；]{2,}$|(?:里|中|其中|当中|之中)[^，。；]{0,8}$|(?:有效|合格|符合|属于|达到)[^，。；]{0,4}$"
)
_ASIDE = re.compile(
    r"^(?:但|而|实际上?|目前|最终|全年|本年|截至[\u4e00-\u9fff\d]*|因[\u4e00-\u9fff]{1,12}|由于[\u4e00-\u9fff]{1,12}|受[\u4e00-\u9fff]{1,12}影响)+"
)
_PLANNED = re.compile(r"目标|计划|应|不低于|不少于|至少|拟|任务|年初|预计|原定|要求|上年|去年")
# 以上五个乡镇, right behind four of them by name.
_THESE = re.compile(
    r"(?:以上|上述|这)(?P<n>[两二三四五六七八九十]|\d{1,2})\s?个(?P<what>乡镇街道|镇街|乡镇|镇乡|镇|乡|街道|行政村|村|社区|县区|县|标段|学校)(?!级)"
)
_NAMED = {  # what ends the name of one
    "乡镇街道": "[镇乡]|街道",
    "镇街": "镇|街道",
    "乡镇": "[镇乡]",
    "镇乡": "[镇乡]",
    "行政村": "村",
    "县区": "[县区]",
    "学校": "学校|[中小]学|幼儿园",
}
_OPEN_LIST = re.compile("等|其他|其余|所有|每个|各[镇乡村县区校]|另")


@check(
    code="CL103",
    name="count-contradicted",
    theme="claims",
    severity=Severity.WARNING,
    zh="同一事项内数量前后矛盾",
    en="two numbers of one thing inside one item",
)
def count_contradicted(ctx: AuditContext) -> Iterator[Hit]:
    """Two numbers of one thing inside one item.

    What it does
    Inside one paragraph or item, compares what was only done (只印刷一本, 仅举办2场) with a larger number of the same measure word
    that the item reports as done before. Targets and plans are no contradiction. 以上五个乡镇 is held to the names listed right before it.

    Why is this bad
    The item claims more than it delivered, or one of the numbers is wrong.

    Example
    Flagged::

        本年编辑出版三本文集，受印刷进度影响，只印制一本，其余顺延。
        ----
        改良耕地2.4万亩，其中清水镇1.1万亩、柳河镇0.8万亩、双桥乡0.5万亩。以上四个乡镇均已验收。

    Accepted::

        本年计划编辑出版三本文集，受印刷进度影响，只印制一本，其余顺延。
        ----
        改良耕地2.4万亩，其中清水镇1.1万亩、柳河镇0.8万亩、双桥乡0.5万亩。以上三个乡镇均已验收。

    Rests on
    A report may not contradict itself.
    """
    yield from _these(ctx)
    for index in sorted(ctx.wording.having("只", "仅")):
        block, facts = ctx.document.blocks[index], ctx.facts.blocks[index]
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not facts.quantities:
            continue
        for match in _ONLY.finditer(facts.normal):
            if _PART.search(facts.normal[max(0, match.start() - 14) : match.start()]):
                continue  # 回收的215份里有效的只有198份
            subject = _ASIDE.sub("", re.split("[，。；：、]", facts.normal[: match.start()])[-1])
            number = int(match["n"]) if match["n"].isdigit() else _NUMERALS.get(match["n"], 0)
            for q in facts.quantities:
                if q.span.end > match.start() or q.figure.unit.symbol != match["unit"] or not q.exact:
                    continue
                if len(subject) >= 2 and subject not in q.label and not (q.label and q.label in subject):
                    continue  # 线上活动216场；线下活动仅58场: of two things
                if q.base <= number or _PLANNED.search(facts.normal[max(0, q.span.start - 20) : q.span.start]):
                    continue
                quoted = block.text[match.start() : match.end()]
                yield Hit(
                    Text(f"前称{q.raw}，此处又称“{quoted}”", f"{q.raw} before, here “{quoted}”"),
                    (Place(Span(block.index, match.start(), match.end())), Place(q.span, "restated")),
                    stated=quoted,
                    computed=q.raw,
                )
                break


def _these(ctx: AuditContext) -> Iterator[Hit]:
    """以上五个乡镇 where four are named in the paragraph before it."""
    for block in prose_with(ctx, "以上", "上述", "这"):
        text = ctx.facts.blocks[block.index].normal
        for match in _THESE.finditer(text):
            before = text[: match.start()]
            start = before.rfind("。", 0, max(0, before.rfind("。"))) + 1  # its own sentence and the one before
            words = before[start:]
            ending = _NAMED.get(match["what"], match["what"])
            names = re.once(rf"([\u4e00-\u9fff]{{2}})(?:{ending})(?![级镇乡村政民])").findall(words)
            number = int(match["n"]) if match["n"].isdecimal() else _NUMERALS[match["n"]]
            told = len(set(names))
            if told < _LEAST or told == number or "、" not in words or _OPEN_LIST.search(words) or match["what"] in words:
                continue
            yield Hit(
                Text(f"称“{match[0]}”，前文只列出{told}个", f"“{match[0]}”, but {told} are named before"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=match[0],
                computed=str(told),
            )


_LEAST = 2  # names of a list
