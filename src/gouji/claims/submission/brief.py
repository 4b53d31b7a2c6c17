"""What a file of a submission states that the others state too: who, when, how much of what, with what score.

Statements keep their subject (the unit, or a project by name) and their scope (all funds, 财政拨款 alone): only what is one fact by all of
these is ever compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from gouji.claims.scene import Scene
from gouji.claims.submission.brief_tables import accounts_said, form_said, subjects, table_subjects
from gouji.claims.submission.brief_text import annexes_of, counted_of, headed_projects, listed_projects, text_said
from gouji.claims.tables.facts import indicator_actuals
from gouji.claims.tables.grid import Section, is_indicators
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.document import BlockKind
from gouji.model.fact import Span
from gouji.model.package import Brief, FileKind, Said
from gouji.model.quantity import Dimension

_ACCOUNTS = re.compile(r"决算总表|(?:收入|支出)决算(?:明细)?表|决算公开|公开\d{2}表|部门决算")
_FORM_TITLE = re.compile(r"自评表|自评打分表|评价表|评分表|目标自评")
_PROSE = 40  # characters from which a block is running text
_OWN = re.compile(
    r"主管部门|(?:预算)?部门(?:（单位）)?名称|单位名称|填报单位|申报单位|预算单位|(?:项目)?(?:实施|承担|使用)单位"
)
_OWN_LINE = re.compile(rf"\s*(?:{_OWN.pattern})(?:（[^）]*）)?[\t：: ]+(\S{{3,40}})")
_TOP = 12  # blocks in which a file says what it is


def kind_of(scene: Scene, sections: Sequence[Section]) -> FileKind:
    """What the file is, by title, tables and the share of running text."""
    document = scene.document
    heads = [b.text for b in document.blocks if b.kind in (BlockKind.TITLE, BlockKind.HEADING)]
    heads += [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) <= 30]
    prose = sum(1 for b in document.blocks if b.kind is not BlockKind.ROW and len(b.text) >= _PROSE)
    listed = any(is_indicators(s) for s in sections)
    if not listed and sum(1 for h in heads if _ACCOUNTS.search(h)) >= 2:
        return FileKind.ACCOUNTS
    if listed and (prose <= 3 or (_FORM_TITLE.search(document.title) and "报告" not in document.title)):
        return FileKind.FORM
    if "报告" in document.title or prose >= 4:
        return FileKind.REPORT
    if "决算" in document.title and document.tables:
        return FileKind.ACCOUNTS
    return FileKind.FORM if _FORM_TITLE.search(document.title) and document.tables else FileKind.OTHER


def brief_of(scene: Scene, sections: Sequence[Section], claims: Sequence[Claim], names: Sequence[str]) -> Brief:
    """The brief of a file. `names`: the projects of the whole submission, as its forms and lists call them."""
    kind = kind_of(scene, sections)
    said: list[Said] = []
    if kind is FileKind.ACCOUNTS:
        said += accounts_said(scene, sections)
    else:
        said += form_said(scene, sections, claims)
    if kind is not FileKind.FORM:
        said += text_said(scene, names, claims)
    about = table_subjects(scene)
    indicators = [
        Said("indicator", q.span, name, about.get(scene.document.blocks[q.span.block].table or 0, ""), quantity=q, bound=target)
        for name, q, target in indicator_actuals(scene, sections)
        if kind is FileKind.FORM
    ]
    return Brief(
        kind,
        units=tuple(_units(scene, kind)),
        year=_year(scene),
        said=tuple(said),
        indicators=tuple(indicators),
        counted=tuple(counted_of(scene, names)) if kind is FileKind.REPORT else (),
        projects=tuple(_projects(scene, sections, kind)),
        mentioned=tuple(headed_projects(scene)) if kind is not FileKind.FORM else (),
        annexes=tuple(annexes_of(scene)) if kind is FileKind.REPORT else (),
        figures=frozenset(_figures(scene, sections)),
    )


def names_of(scene: Scene, sections: Sequence[Section]) -> list[str]:
    """The projects that a file is about or lists."""
    kind = kind_of(scene, sections)
    found = [p.words for p in _projects(scene, sections, kind)]
    return found if kind is FileKind.FORM else [*found, *(p.words for p in headed_projects(scene))]


def _projects(scene: Scene, sections: Sequence[Section], kind: FileKind) -> Iterator[Said]:
    if kind is FileKind.FORM:
        yield from subjects(scene)
    elif kind is FileKind.REPORT:
        yield from listed_projects(sections)


def _figures(scene: Scene, sections: Sequence[Section]) -> Iterator[Decimal]:
    for section in sections:
        for row in section.rows:
            yield from (q.base for q in row.values.values() if q.dimension is Dimension.MONEY)
    yield from (q.base for q in scene.facts.quantities if q.dimension is Dimension.MONEY)


def _units(scene: Scene, kind: FileKind) -> Iterator[Said]:
    """The unit: of a form the cells beside 主管部门, 部门名称, 实施单位, else what the document is taken to be from."""
    document = scene.document
    found = False
    for block in document.blocks if kind is FileKind.FORM else ():
        for cell, value in pairwise(block.cells):
            text = value.text.strip()
            if text and _OWN.fullmatch(re.sub(r"\s+|[：:]", "", cell.text)) and not _OWN.search(text):
                start = value.start + value.text.index(text)
                found = True
                yield Said("unit", Span(block.index, start, start + len(text)), text)
        match = None if block.cells or block.index >= _TOP else _OWN_LINE.match(block.text)
        if match:
            found = True
            yield Said("unit", Span(block.index, *match.span(1)), match[1])
    if found or not document.organisation:
        return
    for block in document.blocks:
        at = block.text.find(document.organisation)
        if at >= 0:
            yield Said("unit", Span(block.index, at, at + len(document.organisation)), document.organisation)
            return


def _year(scene: Scene) -> Said | None:
    year = scene.document.year
    if year is None:
        return None
    for block in scene.document.blocks[:_TOP]:
        at = block.text.find(str(year))
        if at >= 0:
            return Said("year", Span(block.index, at, at + 4), str(year))
    return None
