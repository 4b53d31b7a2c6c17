"""Table of contents that does not fit the headings."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, MarkerStyle, Place, Severity, Span, Text, check
from gouji.model import patterns as re

_CONTENTS = re.compile(r"[【\[]?\s*目\s*(?:录|次)\s*[】\]]?")
_PAGE = re.compile(r"[\s.．…·—\-_]*\d{0,3}\s*$")
_SPOKEN = re.compile(r"[\s“”《》（）()、，．.：:的]")
_FEWEST = 3  # entries that make a table of contents
_LONGEST = 60
_SHOWN = 3
_TOP = frozenset({MarkerStyle.CN, MarkerStyle.CHAPTER})


@check(
    code="ST123",
    name="contents-mismatch",
    theme="structure",
    severity=Severity.WARNING,
    zh="目录与正文标题不符",
    en="table of contents that does not fit the headings",
)
def contents_mismatch(ctx: AuditContext) -> Iterator[Hit]:
    """Table of contents that does not fit the headings.

    What it does
    Holds the entries under 目录 to the headings behind it. A section of the first level that stands in one of the two alone is a warning; an
    entry that its section is worded otherwise than is a notice. Blanks, marks, 的 and page numbers make no difference.

    Why is this bad
    A section was deleted or added after the contents were made, or the contents are another report's.

    Example
    Flagged::

        云港区水务局2023年度部门整体支出绩效自评报告
        目  录
        一、部门概况........1
        二、预算执行情况........2
        三、存在问题........3
        四、改进措施........4

        一、部门概况
        云港区水务局承担河道管护职责，编制20人。
        二、预算执行情况
        全年支出114万元。
        三、存在问题
        项目进度前松后紧。
        ----
        云港区水务局2023年度部门整体支出绩效自评报告
        目  录
        一、部门概况........1
        二、预算执行情况........2
        三、经验做法........3
        四、存在问题........4

        一、部门概况
        云港区水务局承担河道管护职责，编制20人。
        二、预算执行情况
        全年支出114万元。
        三、存在问题
        项目进度前松后紧。

    Accepted::

        云港区水务局2023年度部门整体支出绩效自评报告
        目  录
        一、部门概况........1
        二、预算执行情况........2
        三、存在的问题........3

        一、部门概况
        云港区水务局承担河道管护职责，编制20人。
        二、预算执行情况
        全年支出114万元。
        三、存在问题
        项目进度前松后紧。

    Rests on
    None: contents name what follows.
    """
    start = next(
        (n for n in sorted(ctx.wording.having("录", "次")) if _CONTENTS.fullmatch(ctx.document.blocks[n].text.strip())), None
    )
    if start is None or ctx.document.unread:
        return
    entries = _entries(ctx.document.blocks[start + 1 :])
    if len(entries) < _FEWEST or not any(e.marker is not None and e.marker.style in _TOP for e in entries):
        return
    body = [b for b in ctx.document.blocks[entries[-1].index + 1 :] if b.text.strip() and b.kind is not BlockKind.ROW]
    said = [_plain(b) for b in body]
    heads = [b for b in body if b.kind is BlockKind.HEADING and b.marker is not None and b.marker.style in _TOP]
    lost = [e for e in entries if not any(s.startswith(_plain(e)) or (s and _plain(e).startswith(s)) for s in said)]
    listed = [_plain(e) for e in entries]
    others = [h for h in heads if _plain(h) not in listed]  # 四、 in the text may head what the contents call 五、
    gone = [e for e in lost if _is_top(e) and not _has_number(e, others)]
    renamed = [e for e in lost if e not in gone]
    styles = {e.marker.style for e in entries if e.marker is not None}
    new = [
        h for h in heads if _styled(h, styles) and not any(t.startswith(_plain(h)) or _plain(h).startswith(t) for t in listed)
    ]
    new = [h for h in new if not _has_number(h, entries)]
    if gone:
        yield _hit(gone, Text("目录有、正文没有的部分", "in the contents only"), Severity.WARNING)
    if new and heads[0].index < new[0].index and _is_one_report(heads):
        yield _hit(new, Text("正文有、目录没有的部分", "in the text only"), Severity.WARNING)
    if renamed:
        yield _hit(renamed, Text("目录与正文标题用语不一", "worded otherwise in the contents"), Severity.NOTICE)


def _entries(blocks: tuple[Block, ...]) -> list[Block]:
    """The entries: numbered short lines up to the first heading."""
    found: list[Block] = []
    for block in blocks:
        text = block.text.strip()
        if block.kind is BlockKind.HEADING or len(text) > _LONGEST or "。" in text:
            break
        if block.marker is not None:
            found.append(block)
    return found


def _plain(block: Block) -> str:
    """The words without number, page, blanks and marks."""
    words = block.text[block.marker.end if block.marker is not None else 0 :]
    return _SPOKEN.sub("", _PAGE.sub("", words))


def _is_top(block: Block) -> bool:
    return block.marker is not None and block.marker.style in _TOP


def _styled(block: Block, styles: set[MarkerStyle]) -> bool:
    return block.marker is not None and block.marker.style in styles


def _has_number(block: Block, others: list[Block]) -> bool:
    """Whether one of the others bears the same number in the same style."""
    mine = block.marker
    return mine is not None and any(
        o.marker is not None and (o.marker.style, o.marker.number) == (mine.style, mine.number) for o in others
    )


def _is_one_report(heads: list[Block]) -> bool:
    """Whether the numbers do not begin again: an annex has headings of its own."""
    return sum(h.marker is not None and h.marker.number == 1 for h in heads) == 1


def _hit(blocks: list[Block], what: Text, severity: Severity) -> Hit:
    names = "、".join(f"“{_PAGE.sub('', b.text.strip())}”" for b in blocks[:_SHOWN])
    return Hit(
        Text(f"{what.zh}：{names}", f"{what.en}: {names}"),
        tuple(Place(Span(b.index, 0, len(b.text))) for b in blocks[:_SHOWN]),
        stated=_PAGE.sub("", blocks[0].text.strip()),
        severity=severity,
    )
