"""The explanation of one item speaks of another."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import within

_ITEMS = (
    ("因公出国（境）费", re.compile(r"因公出国"), re.compile(r"出国|出访|境外|团组|赴")),
    ("公务用车购置及运行费", re.compile(r"公务用车|公车"), re.compile(r"车|油|保险|维修")),
    ("公务接待费", re.compile(r"公务接待"), re.compile(r"接待|来访|来宾|公函|用餐|陪餐")),
)
_NUMBER = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]{1,2}[）).、．]\s*")
_REASON = re.compile(r"原因(?:主要)?(?:是|为|：|系)([^。；]{4,60})")


@check(
    code="CL403",
    name="foreign-reason",
    theme="claims",
    severity=Severity.WARNING,
    zh="说明的是另一项目的原因",
    en="the explanation of one item speaks of another",
)
def foreign_reason(ctx: AuditContext) -> Iterator[Hit]:
    """The explanation of one item speaks of another.

    What it does
    In the paragraphs on the three public expenses (因公出国, 公务用车, 公务接待) reports a reason that names another of the three and
    not its own.

    Why is this bad
    The explanation was copied from the neighbouring paragraph: the difference stays unexplained.

    Example
    Flagged::

        2.公务用车购置及运行维护费支出19.62万元，比上年减少1.20万元，主要原因是严格控制接待批次和陪餐人数。

    Accepted::

        2.公务用车购置及运行维护费支出19.62万元，比上年减少1.20万元，主要原因是车辆维修减少。
        ----
        3.公务接待费支出3.52万元，比上年减少0.67万元，主要原因是落实过紧日子要求。

    Rests on
    The finance ministry's outline of final accounts: every item is explained by itself.
    """
    for block in within(ctx, ctx.wording.having("原因") & ctx.wording.having("因公出国", "公务用车", "公车", "公务接待")):
        text = ctx.facts.blocks[block.index].normal
        head = _NUMBER.sub("", text)
        own = next((item for item in _ITEMS if item[1].match(head)), None)
        if own is None:
            continue
        for reason in _REASON.finditer(text):
            other = next((item for item in _ITEMS if item is not own and item[2].search(reason[1])), None)
            if other is not None and not own[2].search(reason[1]):
                yield Hit(
                    Text(
                        f"“{own[0]}”的原因说的是“{other[0]}”：{reason[1]}",
                        f"the reason given for “{own[0]}” speaks of “{other[0]}”",
                    ),
                    (Place(Span(block.index, reason.start(1), reason.end(1))),),
                    stated=reason[1],
                )
