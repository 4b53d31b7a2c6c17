"""Pictures where people would rather look than read: coverage by section, money against its budget, scores against their grade."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from gouji.model import patterns as re
from gouji.model.claim import ClaimKind, Operand, Verdict
from gouji.model.document import Block, BlockKind, Document
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension
from gouji.model.record import record
from gouji.model.result import DocumentResult, LedgerEntry
from gouji_reports.labels import UI, VERDICTS, name
from gouji_reports.plain import one_line

_MOST = 24  # bars in a picture; a document of hundreds of projects has its table
_LABEL = 26  # characters of a label
_HEAD = re.compile(r"[^\d，。；：,;:]{2,}")
_FIGURE = re.compile(r"[\d,]*\.?\d+")


@record(frozen=True, slots=True)
class Bar:
    """A row of a picture: its label, the lengths of its bars in thousandths, the words at its end, and where it comes from."""

    label: str
    full: int
    part: int
    words: str
    href: str = ""
    state: str = ""  # verdict of the claim behind it
    title: str = ""


@record(frozen=True, slots=True)
class Picture:
    """A titled list of bars; `more` = how many were left out."""

    title: str
    note: str
    kind: str  # coverage, money, score
    bars: tuple[Bar, ...]
    more: int = 0


def pictures(result: DocumentResult, prefix: str, lang: str) -> tuple[Picture, ...]:
    """The pictures that the document has figures for."""
    if result.document is None:
        return ()
    found = (
        ("coverage", list(_coverage(result, result.document, prefix, lang))),
        ("money", list(_money(result, result.document, prefix, lang))),
        ("score", list(_scores(result, prefix, lang))),
    )
    return tuple(
        Picture(
            name(UI, f"picture_{k}", lang), name(UI, f"picture_{k}_note", lang), k, tuple(b[:_MOST]), max(len(b) - _MOST, 0)
        )
        for k, b in found
        if b
    )


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _coverage(result: DocumentResult, document: Document, prefix: str, lang: str) -> Iterator[Bar]:
    """Figures recomputed and not, by chapter."""
    heads = [b for b in document.blocks if b.kind is BlockKind.HEADING and (b.level or 1) == 1]
    if len(heads) < 2:
        return
    tied = {
        (e.block, e.start) for entry in result.ledger if entry.claim.verdict is not Verdict.UNDECIDABLE for e in entry.evidence
    }
    loose = {(u.evidence.block, u.evidence.start) for u in result.untied}
    starts = [h.index for h in heads]
    recomputed, left_over = (
        Counter(bisect_right(starts, block) - 1 for block, _ in places) for places in (tied - loose, loose)
    )
    counts = [(head, recomputed[place], left_over[place]) for place, head in enumerate(heads)]
    most = max((t + u for _, t, u in counts), default=0)
    for head, done, left in counts:
        total = done + left
        words = name(UI, "picture_coverage_words", lang).format(done, total)
        yield Bar(_short(head.text), _share(total, most), _share(done, most), words, f"#{prefix}b{head.index}")


def _share(part: Decimal | int, whole: Decimal | int) -> int:
    return max(0, min(1000, int(Decimal(part) * 1000 / Decimal(whole)))) if whole else 0


def _operand(entry: LedgerEntry, role: str) -> Operand | None:
    return next((o for o in entry.claim.operands if o.role == role and o.quantity is not None), None)


def _money(result: DocumentResult, document: Document, prefix: str, lang: str) -> Iterator[Bar]:
    """Budget, actual and rate of each project: the rates whose two figures are money."""
    found = []
    for entry in result.ledger:
        spent, budget = _operand(entry, "numerator"), _operand(entry, "denominator")
        if entry.claim.kind is not ClaimKind.RATE or entry.claim.verdict is Verdict.UNDECIDABLE or not spent or not budget:
            continue
        assert spent.quantity is not None
        assert budget.quantity is not None
        if Dimension.MONEY not in {spent.quantity.dimension, budget.quantity.dimension} or budget.quantity.base <= 0:
            continue
        found.append((entry, spent.quantity, budget.quantity))
    most = max((max(s.base, b.base) for _, s, b in found), default=Decimal(0))
    for entry, paid, planned in found:
        block = document.blocks[entry.evidence[0].block]
        label = block.cells[0].text if block.cells else _subject(block, planned)
        words = name(UI, "picture_money_words", lang).format(planned.raw, paid.raw, entry.claim.stated)
        yield Bar(
            _short(label), _share(planned.base, most), _share(paid.base, most), words, _href(prefix, entry),
            entry.claim.verdict.value, name(VERDICTS, entry.claim.verdict, lang),
        )  # fmt: skip


def _subject(block: Block, planned: Quantity) -> str:
    """Whose budget it is: the figure's own label, or, where that is only 预算, the head of its paragraph."""
    if len(planned.label) > len("全年预算"):
        return planned.label
    text = block.text[block.marker.end :] if block.marker else block.text
    head = _HEAD.match(text)
    return head[0] if head and head[0].strip() else planned.label or text


def _scores(result: DocumentResult, prefix: str, lang: str) -> Iterator[Bar]:
    """Scores on a scale to 100 with the lower edge of the band that their grade asks for."""
    for entry in result.ledger:
        score = _operand(entry, "score")
        claim = entry.claim
        if claim.kind is not ClaimKind.GRADE or score is None or claim.verdict is Verdict.UNDECIDABLE:
            continue
        assert score.quantity is not None
        edges = _FIGURE.findall((claim.formula or "").replace(",", ""))
        edge = Decimal(edges[1]) if len(edges) > 1 else Decimal(0)
        words = f"{score.quantity.raw} · {claim.stated}"
        if claim.verdict is Verdict.DISAGREES:
            words += f" → {claim.computed}"
        value = _share(score.quantity.base, 100)
        label = score.quantity.label or name(UI, "picture_score_label", lang)
        yield Bar(
            _short(label), _share(edge, 100), value, words, _href(prefix, entry), claim.verdict.value, claim.formula or ""
        )


def _href(prefix: str, entry: LedgerEntry) -> str:
    first = entry.evidence[0]
    return f"#{prefix}b{first.block}c{first.start}" if first.end > first.start else f"#{prefix}b{first.block}"
