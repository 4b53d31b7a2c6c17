"""Reference to an annex, table or part that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, BlockKind, Hit, MarkerStyle, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.outline import chinese_number

_CN = "一二三四五六七八九十"
_CAPITAL = "壹贰叁肆伍陆柒捌玖拾"
_ANNEX = re.compile(rf"(?:见|参见|如|按照?|参照|附|（)附[件表]\s?(\d{{1,2}}|[{_CN}]{{1,2}})(?![-—.\d])")
_ANNEX_HEAD = re.compile(
    rf"\s*附[件表]\s?(?:(?P<n>\d{{1,2}}|[{_CN}]{{1,2}})(?![-—.]?\d))?\s*(?P<colon>[：:])?\s*(?P<item>1\s?[.、．])?"
)
_ITEM = r"(\d{1,2})\s?(?:[.、．](?!\d)|[.．](?=(?:19|20)\d{2}\D|\d{1,2}月))"  # 2.2023年项目清单 is the second, not a decimal
_ANNEX_ITEM = re.compile(rf"\s*{_ITEM}")
_ANNEX_CHINESE = re.compile(rf"\s*([{_CN}]{{1,2}})、")
_ANNEX_ITEMS = re.compile(rf"[\s　：:；]{_ITEM}")
_TABLE = re.compile(
    r"(?:见|如|参见|依据|根据)(?:本报告|前文|上文|下文|后文|正文|后附)?的?(?:下|上|附)?表\s?(\d{1,2}(?:[-—.]\d{1,2})?)(?![\d个张份])"
)
_CAPTION = re.compile(
    r"\s*(?:续|附)?表\s?(\d{1,2}(?:[-—.]\d{1,2})?)(?=[\s　：:.、]|[\u4e00-\u9fff])(?!所示|中|列|显示|可见|的)"
)
_CITED = re.compile(r"^[^。；，]{0,6}(?:由|系|为)?(?:上级|财政|省|市|县)[^。；，]{0,8}(?:下发|印发|文件)")
_PART = re.compile(
    rf"(?:(?:见|参见|如|(?:已|将)?(?:在|于))(?:本报告|本文|上文|前文|报告|上述|下文)?|本报告|本文)第([{_CN}]{{1,3}}|\d{{1,2}})(部分|章)(?:[第之]?（([{_CN}]{{1,3}})）)?"
)
_NUMBERED = re.compile(rf"(?:见|参见|按照?|参照|依据|如|附后（)附[件表]\s?(\d{{1,2}}|[{_CN}]{{1,2}})(?![-—.\d])")
_ATTACHED = re.compile(r"(?:(?:本报告|报告|正文)后附|(?:见|参见)(?:本报告|文)?后附的?)《?([^，。；》]{0,18}(?:表|清单|明细))")
_NAMED_PART = re.compile(
    rf"(?:见|参见|参照)(?:本文|本报告|前文|上文|下文|后文|正文|报告)?的?“([{_CN}{_CAPITAL}]{{1,3}})、([^”]{{2,20}})”"
)
_NAMED_TABLE = re.compile(
    r"(?:(?<!意)见|参见|参照|依据|按照|如|(?:汇总|列|载|收录|反映|列示|列明|详列|归集|整理)(?:于|在|入|至))(?:本报告|前文|上文|下文|后文|正文|后附)?的?“?"
    rf"表\s?(\d{{1,2}}(?![\d个张份])|[{_CN}](?![张份共次]))\s*[^”，。]{{0,12}}”?"
)
_PARTS_TOLD = re.compile(
    rf"(?:本报告|本文|正文|全文|(?<![\u4e00-\u9fff])报告)(?:正文|全文)?(?:共|主要|一共)?(?:分为?|分成|由|包括|含)(?P<n>[{_CN}]{{1,2}}|\d{{1,2}})(?:个|大)?部分"
)
# 见第C5节, 详见2.4节: a section by the number that heads it.
_SECTION = re.compile(
    r"(?:(?:见|参见|参照|如)(?:本报告|本文|上文|前文|下文|后文|报告)?的?第?|本报告第|本文第)\s?(?P<n>[A-H]\d{1,2}|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s?[节款项]"
)
_LETTERED = re.compile(r"\s*([A-H])(\d{1,2})[ \u3000.、]")
_DECIMAL = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.%])")
# 见文末“财务联络员一览表”: what is said to stand at the end, by its name.
_AT_END = re.compile(
    r"(?:见|参见|附于|列于|载于|附在|列在)(?:本报告|报告|本文|正文)?的?(?:文末|文后|报告末尾|末尾|篇末|最后)的?[“《](?P<name>[^”》]{3,24})[”》]"
)
_ANNEXED = re.compile(r"^\s*附\s*[件表录：:]")
# 报告分为单位概况、收支情况、存在问题和附件四个部分: the parts by their names.
_PARTS_NAMED = re.compile(
    rf"(?:本报告|本文|正文|全文|(?<![\u4e00-\u9fff])报告)(?:正文|全文)?(?:共|主要|一共)?(?:分为?|分成|由|包括|含)(?P<names>[\u4e00-\u9fff、]{{8,80}}?)(?:等)?(?P<n>[{_CN}])(?:个|大)?部分"
)
_OWN_PAPER = re.compile(r"(?:表|清单|明细|台账|目录|名单|名册|汇总|照片|材料)》$")
_HEAD, _FEW = 40, 2
_OTHER_TEXT = re.compile(r"《[^》]*》[^。；，]{0,6}$|(?:办法|条例|法|规定|细则|方案|通知)$")


@check(
    code="ST117",
    name="broken-reference",
    theme="structure",
    severity=Severity.WARNING,
    zh="引用的附件、表格或部分不存在",
    en="reference to an annex, table or part that is not there",
)
def broken_reference(ctx: AuditContext) -> Iterator[Hit]:
    """Reference to an annex, table or part that is not there.

    What it does
    Holds 见附件3 to the annexes that the report lists, 如表4所示 to the captions of its tables, and 详见第六部分（二） to its headings. An
    annex without a number may be a file of its own and is left alone. 正文分五个部分 is held to the headings of the first level.

    Why is this bad
    What the sentence rests on is missing, or the text was taken from a report with other annexes.

    Example
    Flagged::

        一、基本情况
        预算明细见附件3。
        二、绩效情况
        任务完成。
        附件：1.绩效自评表
        2.项目清单
        ----
        一、基本情况
        人员见表3。
        表1 人员情况
        二、绩效情况
        任务完成，见表1。
        表2 指标完成情况
        ----
        本报告正文分四个部分，另附两张表。
        一、基本情况
        编制20人。
        二、绩效情况
        任务完成。
        三、存在问题
        支付偏慢。

    Accepted::

        本报告正文分三个部分，所附调查报告分五个部分。
        一、基本情况
        编制20人。
        二、绩效情况
        任务完成。
        三、存在问题
        支付偏慢。
        ----

        一、基本情况
        预算明细见附件2，人员见表1。
        表1 人员情况
        二、绩效情况
        任务完成，按《县级预算管理办法》第五章执行，见县财政局通知附件5。
        附件：1.绩效自评表
        2.项目清单
        ----
        一、基本情况
        预算明细见附件1，拨付情况见附件2，进度见附件3。
        二、绩效情况
        任务完成。
        附件：1.资金管理办法
              2.2023年资金拨付汇总表
              3.12月末进度表

    Rests on
    GB/T 9704: annexes are listed under the text with their numbers and names.
    """
    if ctx.document.unread:
        return
    yield from _parts_told(ctx)
    yield from _parts_named(ctx)
    yield from _sections(ctx)
    annexes, captions = _annexes(ctx), _captions(ctx)
    chapters = _tops(ctx)
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("附件", "附表", "后附", "表", "第", "“"))):
        text = ctx.facts.blocks[block.index].normal
        if block.kind is BlockKind.HEADER or not any(cue in text for cue in "见如附参按在于本第"):
            continue
        yield from _absent(ctx, block.index, text, annexes, captions)
        yield from _named_part(ctx, block.index, text)
        for match in _ANNEX.finditer(text) if annexes else ():
            number = _value(match[1])
            if number and number > max(annexes) and not _is_of_other_text(text, match):
                yield _hit(
                    block.index, match, f"附件{match[1]}", f"附件只列到{max(annexes)}", f"annexes run to {max(annexes)} only"
                )
        for match in _TABLE.finditer(text) if captions else ():
            if match[1] not in captions and not _OTHER_TEXT.search(text[: match.start()]):
                yield _hit(
                    block.index, match, f"表{match[1]}", f"全文只有表{'、'.join(captions)}", "no table bears this number"
                )
        for match in _PART.finditer(text):
            number = _value(match[1])
            tops = chapters.get("章" if match[2] == "章" else "部分") or chapters.get("一", {})
            if not number or len(tops) < 2 or _OTHER_TEXT.search(text[: match.start()]):
                continue
            if number > max(tops):
                yield _hit(block.index, match, match.group(), f"全文只到第{max(tops)}部分", f"there are {max(tops)} parts only")
            elif match[3] and number in tops and 0 < tops[number] < (_value(match[3]) or 0):
                yield _hit(
                    block.index, match, match.group(), f"该部分只到（{tops[number]}）", f"that part has {tops[number]} sections"
                )


def _is_of_other_text(text: str, match: re.Match[str]) -> bool:
    """Whether an annex is that of a document named before it: 《预算管理办法》附件2; not 《作品清单》（附件2）, which says what the annex is."""
    before = text[: match.start()]
    return _OTHER_TEXT.search(before) is not None and not (match[0].startswith("（") and _OWN_PAPER.search(before))


def _parts_told(ctx: AuditContext) -> Iterator[Hit]:
    """本报告正文分五个部分, where the headings of the first level run to four."""
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("部分"))):
        text = ctx.facts.blocks[block.index].normal
        match = _PARTS_TOLD.search(text) if block.kind is not BlockKind.HEADER else None
        if match is None or _OTHER_TEXT.search(text[: match.start()]):
            continue
        heads = [b for b in ctx.document.blocks if b.kind is BlockKind.HEADING and b.marker is not None and b.parent is None]
        numbers = [b.marker.number for b in heads if b.marker is not None and b.marker.style is MarkerStyle.CN]
        told = _value(match["n"])
        if len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1)) and told != len(numbers):
            zh, en = f"全文有{len(numbers)}个部分", f"there are {len(numbers)} parts"
            yield _hit(block.index, match, match.group(), zh, en)


def _parts_named(ctx: AuditContext) -> Iterator[Hit]:
    """报告分为A、B、C和D四个部分, where all but one head a section and that one is named nowhere."""
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("部分"))):
        text = ctx.facts.blocks[block.index].normal
        match = _PARTS_NAMED.search(text) if block.kind is not BlockKind.HEADER else None
        if match is None:
            continue
        names = re.split(r"[、和及与]", match["names"])
        heads = [b.text for b in ctx.document.blocks if b.index != block.index and len(b.text) < _HEAD]
        absent = [name for name in names if not any(name in head for head in heads)]
        if len(names) == _value(match["n"]) and len(names) > _FEW and len(absent) == 1:
            name = absent[0]
            yield Hit(
                Text(f"预告的“{name}”部分没有出现", f"a part “{name}” is announced and does not come"),
                (Place(Span(block.index, match.start("names"), match.end())),),
                stated=name,
            )


def _sections(ctx: AuditContext) -> Iterator[Hit]:
    """见第C5节, 见2.4节 where no section bears that number, and 见文末“…” where nothing of that name comes."""
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("节", "款", "项"))):
        text = ctx.facts.blocks[block.index].normal
        for match in _SECTION.finditer(text) if block.kind is not BlockKind.HEADER else ():
            shape = _LETTERED if match["n"][0].isalpha() else _DECIMAL
            heads = [m[0].strip(" \u3000.、") for facts in ctx.facts.blocks if (m := shape.match(facts.normal))]
            if len(heads) > _FEW and match["n"] not in heads and not _OTHER_TEXT.search(text[: match.start()]):
                yield _hit(block.index, match, match.group(), "没有这个编号的部分", "no section bears this number")
    for block in map(ctx.document.blocks.__getitem__, sorted(ctx.wording.having("文末", "文后", "末尾", "篇末", "最后"))):
        text = ctx.facts.blocks[block.index].normal
        for match in _AT_END.finditer(text) if block.kind is not BlockKind.HEADER else ():
            later = ctx.document.blocks[block.index + 1 :]
            held = any(match["name"] in b.text or _ANNEXED.match(b.text) or b.kind is BlockKind.ROW for b in later)
            if not held:
                yield _hit(block.index, match, match.group(), "文末没有", "nothing of that name stands at the end")


def _absent(ctx: AuditContext, index: int, text: str, annexes: set[int], captions: list[str]) -> Iterator[Hit]:
    """A numbered annex or table, or one said to follow, where the text has none at all."""
    for match in _NUMBERED.finditer(text) if not annexes else ():
        if not _OTHER_TEXT.search(text[: match.start()]) and not _CITED.search(text[match.end() :]):
            yield _hit(index, match, match.group(), "报告没有列出任何附件", "the report lists no annex at all")
    for match in _NAMED_TABLE.finditer(text) if not captions and not ctx.document.tables else ():
        yield _hit(index, match, match.group(), "报告没有任何表格", "the report has no table at all")
    tables = len(ctx.document.tables)
    for match in _NAMED_TABLE.finditer(text) if tables and not captions else ():
        if _value(match[1]) > tables:
            yield _hit(index, match, match.group(), f"全文只有{tables}张表格", f"there are {tables} tables only")
    for match in _ATTACHED.finditer(text):
        if not ctx.document.tables and not annexes and not any(b.kind is BlockKind.ROW for b in ctx.document.blocks):
            yield _hit(index, match, match.group(), "报告之后没有附表", "nothing is attached")


def _named_part(ctx: AuditContext, index: int, text: str) -> Iterator[Hit]:
    """见“七、读者满意度调查”: a section quoted with its number and name."""
    for match in _NAMED_PART.finditer(text):
        if not any(b.index != index and match[2] in b.text[:40] for b in ctx.document.blocks):
            yield _hit(index, match, match.group(), "全文没有这一部分", "no section bears this name")


def _value(printed: str) -> int:
    return int(printed) if printed.isdigit() else chinese_number(printed)


def _annexes(ctx: AuditContext) -> set[int]:
    """The numbers of the annexes that the report lists or holds."""
    found: set[int] = set()
    if not ctx.wording.having("附件", "附表"):
        return found
    listing = False
    for block in ctx.document.blocks:
        text = ctx.facts.blocks[block.index].normal
        head = _ANNEX_HEAD.match(text)
        item = _ANNEX_ITEM.match(text) or _ANNEX_CHINESE.match(text)
        if head and (head["n"] or head["colon"]) and not (head["n"] and text.rstrip().endswith("。")):
            found.add(_value(head["n"]) if head["n"] else 1)
            listing = bool(head["colon"])
            found.update(int(n) for n in _ANNEX_ITEMS.findall(text) if listing)
        elif listing and item:
            found.add(_value(item[1]))
        elif text.strip():
            listing = False
    return found - {0}


def _captions(ctx: AuditContext) -> list[str]:
    found = []
    for number in sorted(ctx.wording.having("表")):
        text = ctx.facts.blocks[number].normal
        match = _CAPTION.match(text) if len(text) <= 40 else None
        if match:
            found.append(match[1])
    return found


def _tops(ctx: AuditContext) -> dict[str, dict[int, int]]:
    """For the headings 第一部分, 第一章 and 一、: each number with how many （一）（二） stand under it."""
    found: dict[str, dict[int, int]] = {}
    current: tuple[str, int] | None = None
    for block in ctx.document.blocks:
        marker = block.marker
        if marker is None:
            continue
        if marker.style is MarkerStyle.CHAPTER:
            current = ("章" if "章" in block.text[:6] else "部分", marker.number)
        elif marker.style is MarkerStyle.CN and block.kind is BlockKind.HEADING:
            current = ("一", marker.number)
        elif marker.style is MarkerStyle.CN_PAREN and current:
            found[current[0]][current[1]] = max(found[current[0]][current[1]], marker.number)
            continue
        else:
            continue
        found.setdefault(current[0], {}).setdefault(current[1], 0)
    return found


def _hit(index: int, match: re.Match[str], what: str, zh: str, en: str) -> Hit:
    return Hit(
        Text(f"引用“{what}”，但{zh}", f"“{what}” is referred to; {en}"),
        (Place(Span(index, match.start(), match.end())),),
        stated=what,
    )
