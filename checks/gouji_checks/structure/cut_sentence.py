"""Sentence cut off."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import clause, prose

_DANGLING = re.compile(
    r"(?:加强|提高|完善|强化|优化|推进|开展|加大|深化|做好)对[^，。；的]{2,16}的。|(?:[^普涉顾波触提言遍危累企埃论旁不可能所得殃惠]及|以及|[或与及]其)。"
    r"|(?:因为|由于|从而|并且|而且|但是|然而|以便|为了|关于|对于|使得|致使|例如|比如|并[对将就向由与从按]|但(?:仍|还|尚)有|一方面|不仅|虽然|如果)。"
)
_OPEN_END = re.compile(r"(?:[，、]|以及|[^普涉顾波触提言遍危累企埃论旁不可能所得殃惠]及)$")
# Words that cannot end a paragraph of sentences. 参与, 应对, 存在, 行为 and their like can.
_OPEN_WORD = re.compile(
    r"(?:(?:的|[^参赋给]与|[^应核面结相派绝针成反]对|[^存所现潜内外实正不自何]在|[^饱总缓温平中调祥共暖]和|[^予加难可所得足用据给是何]以|[一二三四五六七八九]是[\u4e00-\u9fff]{2}|进一步|根据|按照|由于|因为|以便|从而|并且|而且|但是|主要是|其中|分别为|为了|关于|对于"
    r"|不断|切实|有效|认真|积极|严格|全面|深入|扎实|充分|着力|大力|努力|逐步|一是|二是|三是|四是|[比较]上年|同比|通过|包括|使得|确保|加强对|[^最之]大于|小于|高于|低于|使资金|并对|并将|并由|同时对|以及对|通过对|围绕着?|针对|结合|为进一步|之间的|达到了|完成了|开展了|进行了|实现了|提高了|(?<!有)没有|更加|更为|较为|十分|几乎|以至|以致|甚至|尤其|特别是|尚未|未能|仍未|不得|将会|应当|必须"
    r"|(?<!拥)(?:但|但是)?(?:仍|尚|还)有|并[对将就向由与从按在把]|存在着|取得了|得到了|形成了|导致|致使|与此同时|另一方面|一方面|例如|比如|如果|虽然|不仅"
    r"|[，；](?:但|而|且|并|即|如|则|又|也|还|仍|已|均|却|把|将|被|就|向|从|由|经|因|若|虽)))$"
)
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_FINAL = "。！？；：…”）》】.!?;:)"
# A closing formula that runs on behind a sentence whose mark is missing: …将向县政府报告专此函达。
_CLOSING = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<!现|兹|此|上|况|容|项|见|请|故)(?:专此|特此)(?:函达|函复|函告|报告|报送|说明|请示|回复)。?$"
)
# What each of these holds.
_DANGLES = (
    "的。", "及。", "其。", "因为。", "由于。", "从而。", "且。", "但是。", "然而。", "以便。", "为了。", "关于。", "对于。", "使得。", "致使。",
    "如。", "并对。", "并将。", "并就。", "并向。", "并由。", "并与。", "并从。", "并按。", "有。", "方面。", "不仅。", "虽然。", "如果。",
)  # fmt: skip
_LOOK = 8  # no open ending is longer
_MARK = re.compile(r"[，。；]")
_LONG = 40
_SEVERAL = re.compile("[。；]")
_TWO_CLAUSES = 25  # characters of a paragraph of sentences
_LISTS = re.compile(r"\d[^，。；]{0,3}$|[✓√—]|[/：][^，。；]{0,6}$|/\d|\s\S{1,14}\s\S{1,8}$")  # no sentence at its end
_LETTERED = re.compile(r"[A-H]\d{1,2}[ \u3000]")  # C2 采购与合同
_CLAUSES = 2  # commas of a heading that is none
_SIGNATURE = re.compile(r"[^，。；：！？]{4,24}")
_SHORTEST = 15
_SHORT = 8  # where it stops at a comma


@check(
    code="ST111",
    name="cut-sentence",
    theme="structure",
    severity=Severity.WARNING,
    zh="句子不完整",
    en="sentence cut off",
)
def cut_sentence(ctx: AuditContext) -> Iterator[Hit]:
    """Sentence cut off.

    What it does
    Reports a paragraph that ends in a word or mark that needs something after it (及, 的, 进一步, 、 ，), a sentence that ends
    原因及。, and a long paragraph without a final mark where the others have one. A notice; a warning where the next section or
    item or the signature comes right behind a comma, a word that waits for more, or the one paragraph without a final mark.

    Why is this bad
    Words were deleted or a page was lost; a figure may have gone with them.

    Example
    Flagged::

        对全年绩效目标完成情况进行分析，并查找未完成目标的原因及。
        ----
        一、存在问题
        一是基层力量不足，二是部分项目绩效目标值偏低，
        二、下一步打算
        加强管理。
        ----
        一是将活动计划按季分解；二是补充结果指标；三是进一步加强对绩效目标的

    Accepted::

        加强普及。
        资金涉及面广，社会广泛参与。
        ----
        做到资金有人管、问题有人问，引导群众积极参与
        项目包括：
        道路硬化、路灯安装等。

    Rests on
    GB/T 15834: a sentence ends with a final mark.
    """
    # a numbered paragraph without its final mark may have been taken for a heading
    blocks = [b for b in prose(ctx) if b.kind in _TEXT or (b.kind is BlockKind.HEADING and _is_sentence(b.text.rstrip()))]
    long = [b for b in blocks if len(b.text.strip()) >= _LONG]
    closed = sum(b.text.rstrip()[-1] in _FINAL for b in long)
    expects_mark = len(long) >= 5 and closed >= 0.8 * len(long)
    for block in blocks:
        text = block.text.rstrip()
        for match in _DANGLING.finditer(text) if any(end in text for end in _DANGLES) else ():
            start = max(clause(text, match.start(), match.end())[0], match.start() - 12)
            yield _hit(block, start, match.end())
        if ("专此" in text or "特此" in text) and (run_on := _CLOSING.search(text)) and run_on.start() >= _LONG:
            yield _hit(block, run_on.start() - 12, run_on.end())
        if text[-1:] in _FINAL:
            continue  # most end so; also what is blank
        if len(text) < (_SHORT if text.endswith("，") else _SHORTEST):
            continue
        last = max(0, len(text) - _LOOK)
        end = _OPEN_END.search(text, last) or (_OPEN_WORD.search(text, last) if _MARK.search(text) else None)
        if end:
            yield _hit(block, max(0, end.start() - 8), end.end(), sure=_is_over(ctx, block, text))
        elif expects_mark and _lacks_mark(ctx, block):
            alone = len(long) - closed <= (len(text.strip()) >= _LONG)
            yield _hit(block, len(text) - 10, len(text), sure=alone and _is_over(ctx, block, text) and not _LISTS.search(text))


def _is_sentence(text: str) -> bool:
    """Whether what was taken for a heading is a sentence or more: it stops at a comma, or has three clauses."""
    return text.endswith("，") or (len(text) >= _LONG and text.count("，") >= _CLAUSES)


def _lacks_mark(ctx: AuditContext, block: Block) -> bool:
    """Whether a long paragraph of sentences stops without a final mark, with running text after it."""
    text = block.text.rstrip()
    following = ctx.document.blocks[block.index + 1 : block.index + 2]
    return (
        len(text) >= (_LONG if _SEVERAL.search(text) is None else _TWO_CLAUSES)
        and text[-1] not in _FINAL
        and not text[-1].isascii()
        and ("，" in text or "。" in text)
        and bool(following)
        and following[0].kind is not BlockKind.ROW
    )


def _is_over(ctx: AuditContext, block: Block, text: str) -> bool:
    """Whether what a sentence waits for cannot follow: the section is over, or an item of its own begins."""
    following = ctx.document.blocks[block.index + 1 : block.index + 2]
    if not following or following[0].kind is BlockKind.HEADING or _is_signature(following[0]):
        return True
    if following[0].marker is None:
        return _LETTERED.match(following[0].text) is not None
    return text[-1] not in "，、；" or (text[-1] != "；" and "。" in text)  # a list of phrases may go on after a comma


def _is_signature(block: Block) -> bool:
    """Whether a block is what stands below a report: the name of the unit, a date."""
    return block.kind is BlockKind.PARAGRAPH and block.marker is None and bool(_SIGNATURE.fullmatch(block.text.strip()))


def _hit(block: Block, start: int, end: int, *, sure: bool = False) -> Hit:
    words = block.text[start:end]
    return Hit(
        Text(f"句子不完整：“{words}”之后没有下文", f"the sentence breaks off at “{words}”"),
        (Place(Span(block.index, start, end)),),
        stated=words,
        severity=None if sure else Severity.NOTICE,
    )
