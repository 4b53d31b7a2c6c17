"""Paragraph repeated word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji_checks.spans import prose

_SENTENCE = re.compile(r"[^。；！？\s][^。；！？]*[。；！？]?")
_BLANK = re.compile(r"\s+")
_LONG, _ITEM = 40, 20
_PROBLEMS = re.compile(r"问题|不足|困难|短板|偏差|原因")
_MEASURES = re.compile(r"措施|打算|建议|改进|整改|下一步|对策|方向|计划")


@check(
    code="CP104",
    name="repeated-paragraph",
    theme="copying",
    severity=Severity.WARNING,
    zh="整段文字重复",
    en="paragraph repeated word for word",
)
def repeated_paragraph(ctx: AuditContext) -> Iterator[Hit]:
    """Paragraph repeated word for word.

    What it does
    Reports a sentence of forty characters or more that stands twice in the text. One finding for each pair of paragraphs: a
    notice; a warning where two numbered items with figures are one and the same, and where an item of twenty characters or more
    among the problems stands again word for word among the measures.

    Why is this bad
    Boilerplate says nothing about the second project. Where results are repeated, one of the two was copied.

    Example
    Flagged::

        一、供水项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。
        二、防汛项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。

        ----
        一、存在问题
        （一）预算编制不够精细。部分经费按往年数打捆安排，年中调剂较多。
        （二）支付进度偏慢。
        二、改进措施
        （一）预算编制不够精细。部分经费按往年数打捆安排，年中调剂较多。
        （二）加快支付进度。

    Accepted::

        一、供水项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。
        二、防汛项目
        走访沿河群众，核对物资台账。

    Rests on
    None: worth a look; parallel sections may share their wording.
    """
    told: set[tuple[int, int]] = set()
    for hit, pair in _problems_for_measures(ctx):
        told.add(pair)
        yield hit
    places: dict[str, list[tuple[Block, Span]]] = {}
    for block in prose(ctx):
        for match in _SENTENCE.finditer(block.text, block.marker.end if block.marker else 0):
            key = _BLANK.sub("", match.group())
            if len(key) >= _LONG:
                places.setdefault(key, []).append((block, Span(block.index, match.start(), match.end())))
    for key, found in places.items():
        (first, earlier), *others = found
        others = [(b, span) for b, span in others if b is not first and (first.index, b.index) not in told]
        if not others:
            continue
        told.update((first.index, b.index) for b, _ in others)
        copied = any(_tells_results(ctx, b, first) for b, _ in others)
        times = "" if len(others) == 1 else f"，共{len(others) + 1}处"
        yield Hit(
            Text(
                f"此句与前文逐字相同（{len(key)}字{times}）：“{key[:20]}…”",
                f"this sentence of {len(key)} characters stands word for word in {len(others) + 1} places",
            ),
            (*(Place(span) for _, span in others), Place(earlier, "earlier")),
            severity=None if copied else Severity.NOTICE,
        )


def _problems_for_measures(ctx: AuditContext) -> Iterator[tuple[Hit, tuple[int, int]]]:
    """The items that stand once among the problems and once more, word for word, among the measures."""
    problems: dict[str, Block] = {}
    for block in prose(ctx):
        heading = ctx.document.blocks[block.parent].text if block.parent is not None else ""
        key = _words(block)
        if not heading or len(key) < _ITEM or block.kind is BlockKind.HEADING:
            continue
        if _PROBLEMS.search(heading) and not _MEASURES.search(heading):
            problems.setdefault(key, block)
        elif _MEASURES.search(heading) and not _PROBLEMS.search(heading) and key in problems:
            earlier = problems[key]
            yield (
                Hit(
                    Text(
                        f"此项与存在问题中的一项逐字相同：“{key[:20]}…”，不是措施",
                        "this measure is word for word one of the problems above",
                    ),
                    (Place(_whole(block)), Place(_whole(earlier), "earlier")),
                ),
                (earlier.index, block.index),
            )


def _words(block: Block) -> str:
    """The text without its number and blanks."""
    return _BLANK.sub("", block.text[block.marker.end if block.marker else 0 :])


def _whole(block: Block) -> Span:
    return Span(block.index, 0, len(block.text))


def _tells_results(ctx: AuditContext, block: Block, earlier: Block) -> bool:
    """Whether two numbered items are one and the same text with figures of results in it: then one of them was copied."""
    if block.marker is None or earlier.marker is None or len(ctx.facts.blocks[block.index].quantities) < 2:
        return False
    return _words(block) == _words(earlier)
