"""Raw paragraphs and tables of any format -> Document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from gouji.model import patterns as re
from gouji.model.document import Anchor, Block, BlockKind, Document, NotChecked, Piece, Table, Trace, TraceKind
from gouji.model.record import record
from gouji.readers.flattened import rebuild
from gouji.readers.outline import kind_of, outline, title_span
from gouji.readers.raw import Raw, RawParagraph, RawTable, RawTrace
from gouji.readers.reflow import DATE_LINE, ORG_LINE, merge, reflow
from gouji.readers.tables import build_table
from gouji.text.markers import parse_marker
from gouji.text.numerals import parse_chinese

_APART = {"header": BlockKind.HEADER, "footer": BlockKind.HEADER, "footnotes": BlockKind.NOTE, "endnotes": BlockKind.NOTE}
_APART |= {"textbox": BlockKind.NOTE, "comments": BlockKind.NOTE}
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)\s*")
_BLANK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_ORG_END = "局|委员会|政协|办公室|厅|院|中心|政府|委|会|所|站|校|学|公司|部|处|队|办|社|团|馆|园|库|场|街道|乡|镇"
_TITLE_ORG = re.compile(
    rf"([^，。：、]{{2,40}}?(?:{_ORG_END})(?:[（(]本级[）)]|本级)?)"
    r"(?=关于|\d{4}|[二〇○零一三四五六七八九]{4}年|年度|部门|单位|整体|项目|绩效|预算|决算|自评|支出|财政|专项|[（(]|$)"
)
_TITLE_PLACE = re.compile(
    r"([^，。：、“]{1,20}[省市县区旗州镇乡][^，。：、“]{0,12}?(?:局|委员会|政府|医院|法院|检察院|政协|联合会))"
)
_LABEL = re.compile(r"\s*(?:部门名称|实施单位|单位名称|填报单位|预算单位)\s*")
_TITLE_LEAD = re.compile(r"^(?:关于)?(?:(?:\d{4}|[二〇○零一三四五六七八九]{4})年度?)?")
_COMPANY = re.compile(r"公司|事务所|.{40}")  # an evaluator that signs, or no name at all
# A signature with its date in one line.
_SIGNED = re.compile(
    r"\s*([^，。；：、“\d\s]{1,20}[省市县区旗州镇乡][^，。；：、\d\s]{0,14}?(?:局|委员会|政府|医院|法院|检察院|联合会|中心))\s+(?:\d{4}|二[〇○零]..)年\S{2,8}"
)
_TITLE_YEAR = re.compile(r"(\d{4})\s*年|([二〇○零一三四五六七八九]{4})年")
_HEAD_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年(?!\s*\d{1,2}\s*月)")
_HEAD_WORDS = re.compile("绩效|决算|自评|预算|评价")
_HEAD = 80  # characters of a line that heads a document
_YEAR_LINE = re.compile(r"[（(]\s*(?:(\d{4})|([二〇○零一三四五六七八九]{4}))\s*年度?\s*[）)]")
_FISCAL_YEAR = re.compile(r"((?:19|20)\d\d)\s*年度")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_CITED = re.compile(r"《[^》]*》")
_DECLARED = re.compile(
    r"\s*(?:部门|单位|填报单位|部门单位|预算部门|预算单位|评价单位)(?:（单位）)?(?:名称)?(?:（盖章）|\(盖章\)|（公章）)?\s*[：:]\s*(\S{3,40})\s*$"
)


@record(slots=True)
class _Draft:
    """Blocks and tables as they grow."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)


def assemble(
    path: str,
    sha256: str,
    format: str,  # noqa: A002 - the record's own word
    raws: Sequence[Raw],
    unread: Sequence[NotChecked] = (),
    pages: int | None = None,
    traces: Sequence[RawTrace] = (),
) -> Document:
    """The document that the raws make up: tables rebuilt, lines joined, blocks classed and outlined."""
    draft = _Draft()
    for raw, kind in _flow(raws):
        if isinstance(raw, RawTable):
            build_table(raw, draft.blocks, draft.tables)
        else:
            _add_paragraph(draft, raw, kind)
    blocks = tuple(outline(draft.blocks))
    title = _BLANK_IN_CHINESE.sub("", next((b.text for b in blocks if b.kind is BlockKind.TITLE), ""))
    return Document(
        path=path,
        sha256=sha256,
        format=format,
        title=title,
        blocks=blocks,
        tables=tuple(draft.tables),
        unread=tuple(unread),
        organisation=_organisation(title, blocks),
        year=_year(title, blocks),
        pages=pages,
        traces=tuple(_placed(traces, blocks)),
    )


def _placed(traces: Sequence[RawTrace], blocks: Sequence[Block]) -> Iterator[Trace]:
    """Each trace where the words of its paragraph stand: on its own words, of a comment or a deletion on the whole paragraph."""
    plain = [" ".join(block.text.split()) for block in blocks] if traces else []
    at = 0
    for trace in traces:
        near = " ".join(trace.near.split())  # nothing is left of a paragraph that was deleted whole
        index = next((n for n in (*range(at, len(plain)), *range(at)) if near in plain[n]), None) if near else at
        if index is None:
            continue
        at, text = index, blocks[index].text
        start = text.find(trace.words) if trace.kind in {TraceKind.INSERTED, TraceKind.HIGHLIGHTED} else -1
        span = (start, start + len(trace.words)) if start >= 0 else (0, len(text))
        yield Trace(trace.kind, trace.words, index, *span)


def _flow(raws: Sequence[Raw]) -> list[tuple[Raw, BlockKind | None]]:
    """The raws in order, joined, each with the kind that is known already."""
    apart: list[RawParagraph] = []
    body: list[Raw] = []
    for raw in raws:
        if isinstance(raw, RawTable):
            body.append(raw)
        elif raw.text.strip():
            (apart if raw.part in _APART or _page_number(raw) else body).append(raw)
    flow: list[tuple[Raw, BlockKind | None]] = []
    body = rebuild(body)
    span = title_span(body)
    if span is not None:
        start, stop = span
        flow += [(raw, None) for raw in reflow(body[:start])]
        flow.append((merge([r for r in body[start:stop] if isinstance(r, RawParagraph)]), BlockKind.TITLE))
        body = body[stop:]
    flow += [(raw, None) for raw in reflow(body)]
    flow += [(line, _APART.get(line.part, BlockKind.HEADER)) for line in apart]
    return flow


def _page_number(raw: RawParagraph) -> bool:
    """A page number that stands among the lines: set aside, so that the sentence around it is whole."""
    return _PAGE_NUMBER.fullmatch(raw.text) is not None


def _add_paragraph(draft: _Draft, raw: RawParagraph, kind: BlockKind | None) -> None:
    lead = len(raw.text) - len(raw.text.lstrip())
    number = raw.number or ""
    text = number + raw.text.strip()
    shift = len(number) - lead
    pieces = tuple(
        [Piece(max(p.start + shift, 0), min(p.end + shift, len(text)), p.box) for p in raw.pieces if p.end + shift > 0]
    )
    marker = None if kind is BlockKind.TITLE else parse_marker(text, raw.number)
    order = draft.counters[raw.part]
    draft.counters[raw.part] += 1
    draft.blocks.append(
        Block(
            index=len(draft.blocks),
            kind=kind or kind_of(text, marker, raw.heading),
            text=text,
            anchor=Anchor(raw.part, raw.line if raw.line is not None else order, pieces),
            marker=marker,
            level=raw.heading,
        )
    )


def _organisation(title: str, blocks: Sequence[Block]) -> str | None:
    """The reporting organisation: from the title, else as declared at the top, else from the signature (落款)."""
    found = _TITLE_ORG.match(_TITLE_LEAD.sub("", re.sub(r"\s+", "", title)))
    found = found or _TITLE_PLACE.match(_TITLE_LEAD.sub("", re.sub(r"\s+", "", title)))
    if found:
        return found[1]
    for label, value in pairwise(blocks[:16]):
        declared = _DECLARED.match(label.text)
        if declared or (_LABEL.fullmatch(label.text) and ORG_LINE.match(value.text)):
            return re.sub(r"（[^）]*$|（含.*|\s+", "", declared[1] if declared else value.text)
    tail = [b for b in blocks if b.kind is BlockKind.PARAGRAPH][-6:]
    for before, after in pairwise(tail):
        if DATE_LINE.match(after.text) and ORG_LINE.match(before.text) and not _COMPANY.search(before.text):
            return re.sub(r"[（(]盖章[）)]|\s+", "", before.text)
    signed = _SIGNED.fullmatch(tail[-1].text) if tail else None
    return None if signed is None or _COMPANY.search(signed[1]) else signed[1]


def _year(title: str, blocks: Sequence[Block]) -> int | None:
    """The fiscal year: from the title or the bracket below it, else the year named most, 2023年度 counting twice."""
    found = _TITLE_YEAR.search(title) or next((m for b in blocks[:8] if (m := _YEAR_LINE.fullmatch(b.text.strip()))), None)
    if found:
        return int(found[1]) if found[1] else parse_chinese(found[2])
    for block in blocks[:2]:  # the head of a form, a reply or a list of questions, which is no title
        heads = (
            len(block.text) <= _HEAD
            and block.marker is None
            and not block.text.endswith("。")
            and _HEAD_WORDS.search(block.text)
        )
        named = _HEAD_YEAR.findall(block.text) if heads else ()
        if named:
            return int(max(named) if "草案" not in block.text else min(named))  # …年预算执行情况和次年预算草案
    years: Counter[str] = Counter()
    for block in blocks:
        words = _CITED.sub("", block.text)
        years.update(_ANY_YEAR.findall(words))
        years.update(_FISCAL_YEAR.findall(words))
    if not any(_FISCAL_YEAR.search(block.text) for block in blocks):
        return None
    return int(min(years, key=lambda y: (-years[y], y)))
