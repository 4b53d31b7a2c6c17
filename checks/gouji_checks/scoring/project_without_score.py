"""A listed project without a score."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.outline import items

_SCORE = re.compile(r"得分|评分|自评分")
_EXEMPT = re.compile(r"未(?:参与)?(?:评分|打分)|不(?:参与|计入|纳入)?(?:评分|评价|自评|打分)|未纳入|不作评")
_NOT_DONE = re.compile(r"[^，。；]*(?:未开展|未实施|未执行|未启动|取消)[^，。；]*")


@check(
    code="SC401",
    name="project-without-score",
    theme="scoring",
    severity=Severity.WARNING,
    zh="项目未给出自评得分",
    en="project without a score",
)
def project_without_score(ctx: AuditContext) -> Iterator[Hit]:
    """A listed project without a score.

    What it does
    In a numbered list of projects of which at least three quarters state a score, reports each that states none.

    Why is this bad
    The project counts as evaluated, and even graded, with nothing to show for it.

    Example
    Flagged::

        1、培训项目，支出10万元，自评得分95分。
        2、会议项目，支出20万元，自评得分96分。
        3、宣传项目，支出30万元，自评得分91分。
        4、视察项目，因故未开展。

    Accepted::

        1、培训项目，支出10万元，自评得分95分。
        2、会议项目，支出20万元，自评得分96分。
        3、宣传项目，支出30万元，自评得分91分。

    Rests on
    财预〔2020〕10号: self-evaluation covers every project.
    """
    for run in _runs(ctx):
        if len(run) < 4:
            continue
        scored = [block for block in run if _has_score(ctx, block)]
        if len(scored) * 4 < len(run) * 3 or len(scored) == len(run):
            continue
        with_score = {block.index for block in scored}
        for block in run:
            if block.index in with_score or _EXEMPT.search(block.text):
                continue
            text = block.text
            marker = block.marker
            reason = _NOT_DONE.search(text)
            head = marker.end if marker else 0
            span = Span(block.index, *reason.span()) if reason else Span(block.index, head, min(len(text), head + 40))
            yield Hit(
                Text(
                    f"同列{len(scored)}个项目均有自评得分，本项目没有",
                    f"{len(scored)} projects of the list state a score, this one states none",
                ),
                (Place(span), *(Place(_head(b), "scored") for b in scored[:1])),
            )


def _runs(ctx: AuditContext) -> Iterator[list[Block]]:
    run: list[Block] = []
    last: tuple[object, int | None, int] | None = None
    for item in ctx.once(items):
        block = item.block
        if block.kind is not BlockKind.LIST_ITEM:
            continue
        if last is not None and (item.style, block.parent, item.number - 1) == last:
            run.append(block)
        else:
            if run:
                yield run
            run = [block]
        last = (item.style, block.parent, item.number)
    if run:
        yield run


def _has_score(ctx: AuditContext, block: Block) -> bool:
    return any(q.figure.unit.symbol == "分" and _SCORE.search(q.label) for q in ctx.facts.blocks[block.index].quantities)


def _head(block: Block) -> Span:
    start = block.marker.end if block.marker else 0
    return Span(block.index, start, min(len(block.text), start + 20))
