"""Number of a clause or of a decimal heading skipped or used twice."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.outline import chinese_number
from gouji_checks.spans import prose

_CLAUSE = re.compile(r"\s*第([一二三四五六七八九十百]{1,5}|\d{1,3})条(?=[\s　：:，、.]|[\u4e00-\u9fff])(?![第的款规])")
_DECIMAL = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.]*[\d%万亿元])")
_SPACED = re.compile(r"[\s　]+(?![万亿元%个倍]|人[,，。]|分(?!析|配|工))[\u4e00-\u9fff]")
_LETTERED = re.compile(r"\s*([A-H])(\d{1,2})[\s　.、](?=[\u4e00-\u9fff“《])")
_WIDEST = 4


@check(
    code="ST116",
    name="clause-order",
    theme="structure",
    severity=Severity.WARNING,
    zh="条款号或多级小数编号跳号、重号",
    en="number of a clause or decimal heading skipped or used twice",
)
def clause_order(ctx: AuditContext) -> Iterator[Hit]:
    """Number of a clause or of a decimal heading skipped or used twice.

    What it does
    Follows 第一条, 第二条 and the numbers 1.1, 1.2, 2.1.3, C1, C2 at the heads of paragraphs, each series under its own parent number, and
    reports a number left out or used twice. A series that begins again at one is a new one.

    Why is this bad
    A section was deleted, pasted in or renumbered by hand; references to it are ambiguous.

    Example
    Flagged::

        1.1 部门职能
        负责水利工作。
        1.2 机构设置
        内设三个股。
        1.4 人员情况
        编制十名。
        ----
        第一条 预算安排较上年压缩。
        第二条 支出严格审核。
        第二条 采购依法进行。

    Accepted::

        1.1 部门职能
        负责水利工作。
        1.2 机构设置
        内设三个股。
        2.1 收入情况
        收入来自财政拨款。
        2.2 支出情况
        支出用于运转。
        ----
        第一条 预算安排较上年压缩。
        第三条规定的标准未突破。

    Rests on
    GB/T 9704 and GB/T 1.1: numbers of one level run in order.
    """
    if ctx.document.unread:
        return
    last: dict[str, tuple[int, Block, str]] = {}
    for block in prose(ctx):
        read = _number(ctx.facts.blocks[block.index].normal, block)
        if read is None:
            continue
        prefix, number, label = read
        before = last.get(prefix)
        last = {p: v for p, v in last.items() if not p.startswith(f"{prefix}{number}.") or p == prefix}
        last[prefix] = (number, block, label)
        if before is None or number in {1, before[0] + 1} or not -1 < number - before[0] <= _WIDEST:
            continue
        if number > before[0] and _printed_between(ctx, before[1], block, before[0] + 1, label):
            continue
        expected = _numbered(label, before[0] + 1)
        yield Hit(
            Text(
                f"编号有误：“{before[2]}”之后是“{label}”，应为“{expected}”",
                f"numbers out of order: “{before[2]}” is followed by “{label}”; “{expected}” was expected",
            ),
            (_place(block, label), Place(_place(before[1], before[2]).span, "previous")),
            stated=label,
            computed=expected,
        )


def _printed_between(ctx: AuditContext, first: Block, last: Block, number: int, label: str) -> bool:
    """Whether the number left out heads a paragraph between after all, before words that may be a unit: 1.2 分…"""
    wanted = _numbered(label, number)
    heads = (ctx.facts.blocks[i].normal.lstrip() for i in range(first.index + 1, last.index))
    return any(head.startswith(wanted) and not head[len(wanted) :][:1].isdigit() for head in heads)


def _number(text: str, block: Block) -> tuple[str, int, str] | None:
    """The series that a paragraph's number belongs to, its last number, and the number as printed."""
    clause = _CLAUSE.match(text)
    if clause:
        number = int(clause[1]) if clause[1].isdigit() else chinese_number(clause[1])
        return ("第", number, clause.group().strip()) if number else None
    if lettered := _LETTERED.match(text):
        return lettered[1], int(lettered[2]), lettered[1] + lettered[2]
    decimal = _DECIMAL.match(text)
    marked = decimal is not None and block.marker is not None and block.marker.end >= decimal.end()
    if decimal is None or not (marked or _SPACED.match(text, decimal.end())):
        return None
    prefix, _, number_ = decimal[1].rpartition(".")
    return f"{prefix}.", int(number_), decimal[1]


def _numbered(label: str, number: int) -> str:
    """The label with another last number, printed alike."""
    last = re.findall(r"\d+|[一二三四五六七八九十百]+", label)[-1]
    head, _, tail = label.rpartition(last)
    return f"{head}{_like(last, number)}{tail}"


def _like(sample: str, number: int) -> str:
    """A number printed as the sample is."""
    if sample.isdigit():
        return str(number)
    digits = "零一二三四五六七八九"
    tens = "" if number < 10 else ("" if number < 20 else digits[number // 10]) + "十"
    return tens + (digits[number % 10] if number % 10 or not tens else "")


def _place(block: Block, label: str) -> Place:
    start = len(block.text) - len(block.text.lstrip())
    return Place(Span(block.index, start, min(len(block.text), start + len(label) + 20)))
