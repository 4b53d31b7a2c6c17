"""What the HTML templates see: names looked up, numbers given, places turned into links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from markupsafe import Markup

from gouji.model.claim import Verdict
from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Evidence, Finding, LedgerEntry
from gouji.model.writer import Original
from gouji_reports.basis import basis, by_code, requirement
from gouji_reports.body import body
from gouji_reports.labels import GATES, KINDS, ROLES, SEVERITIES, UI, UNTIED, VERDICTS, name
from gouji_reports.marks import Mark, Marker
from gouji_reports.order import answer, runs, tally, told
from gouji_reports.page_pictures import ROOM, page_pictures
from gouji_reports.pictures import Picture, pictures
from gouji_reports.ties import running

_AROUND = 22  # characters of context on either side of a quotation


@record(frozen=True, slots=True)
class Quote:
    """A quotation: its role, the words amid their neighbours, and the anchor of its place ("" where it has none)."""

    role: str
    before: str
    words: str
    after: str
    href: str
    place: str
    file: bool = False  # of another file: its place is shown, for want of a link
    sum: str = ""  # of the parts up to this one


@record(frozen=True, slots=True)
class Card:
    """A finding as shown."""

    number: int
    severity: str  # error, warning, notice, waived
    label: str
    title: str
    said: Finding
    message: str
    figures: tuple[tuple[str, str], ...]  # label and value: stated, computed, difference
    cause: str | None
    basis: str
    ask: str  # what is proposed
    how: str  # how to check it by hand
    quotes: tuple[Quote, ...]


@record(frozen=True, slots=True)
class Row:
    """A claim as shown."""

    entry: LedgerEntry
    verdict: str
    kind: str
    note: str | None
    place: Quote | None


@record(frozen=True, slots=True)
class Count:
    """A key, its name and how often it occurs."""

    key: str
    label: str
    number: int


@record(frozen=True, slots=True)
class Page:
    """A document as shown. `prefix` begins every anchor of it."""

    prefix: str
    result: DocumentResult
    title: str
    gate: str
    counts: tuple[Count, ...]
    cards: tuple[Card, ...]
    runs: tuple[tuple[Card, ...], ...]  # the cards one by one, but many notices of one kind together
    rows: tuple[Row, ...]
    verdicts: tuple[Count, ...]
    kinds: tuple[Count, ...]
    untied: tuple[tuple[Count, tuple[Quote, ...]], ...]
    not_checked: tuple[tuple[str, str], ...]
    pictures: tuple[Picture, ...]
    share: int  # tied figures, in thousandths
    text: Callable[[], Markup]  # made when asked for, so that a run over hundreds of files never holds all of them


def place(evidence: Evidence, lang: str) -> str:
    """The file, where it is another one, then page, block and cell, as far as they are known."""
    file = evidence.document.replace("\\", "/").rpartition("/")[2] if evidence.document else None
    block = name(UI, "block", lang).format(evidence.block + 1)
    page = name(UI, "page", lang).format(evidence.boxes[0].page) if evidence.boxes else None
    return " · ".join(p for p in (file, page, block, evidence.cell) if p)


def _severity(finding: Finding) -> str:
    return "waived" if finding.waived is not None else finding.severity.value


def _quoted(finding: Finding) -> bool:
    return bool(finding.evidence) and finding.stated in {None, finding.evidence[0].quote}


def _in_document(result: DocumentResult, evidence: Evidence) -> bool:
    if evidence.document is not None or result.document is None:
        return False
    return 0 <= evidence.block < len(result.document.blocks) and evidence.start < evidence.end


def _marks(result: DocumentResult, findings: list[Finding]) -> dict[int, list[Mark]]:
    """Every span of the document that a finding, a claim or the list of untied figures speaks of."""
    marks: dict[int, dict[Mark, None]] = {}

    def put(evidence: Evidence, mark: Mark) -> None:
        if _in_document(result, evidence):
            marks.setdefault(evidence.block, {})[mark] = None

    for number, finding in enumerate(findings, 1):
        rank = -1 if finding.waived is not None else finding.severity.rank
        for order, evidence in enumerate(finding.evidence):
            put(evidence, Mark(evidence.start, evidence.end, number, rank, primary=order == 0))
    for entry in result.ledger:
        tied = entry.claim.verdict is not Verdict.UNDECIDABLE
        for evidence in entry.evidence:
            put(evidence, Mark(evidence.start, evidence.end, tied=tied))
    for figure in result.untied:
        put(figure.evidence, Mark(figure.evidence.start, figure.evidence.end, tied=False))
    return {block: list(found) for block, found in marks.items()}


@record(frozen=True, slots=True)
class _Maker:
    """Makes the page of one document."""

    result: DocumentResult
    prefix: str
    lang: str
    infos: dict[str, CheckInfo]
    original: Original | None = None
    room: int = 0  # bytes for pictures of pages

    def quote(self, evidence: Evidence, total: str = "") -> Quote:
        context, start, end = evidence.context, evidence.start, evidence.end
        before = context[max(0, start - _AROUND) : start].replace("\t", " | ")
        after = context[end : end + _AROUND].replace("\t", " | ")
        return Quote(
            role=name(ROLES, evidence.role, self.lang),
            before=("…" if start > _AROUND else "") + before,
            words=evidence.quote.replace("\t", " | "),
            after=after + ("…" if len(context) > end + _AROUND else ""),
            href=f"#{self.prefix}b{evidence.block}c{start}" if _in_document(self.result, evidence) else "",
            place=place(evidence, self.lang),
            file=evidence.document is not None,
            sum=total,
        )

    def how(self, number: int, finding: Finding) -> str:
        key = "how_figures" if finding.formula and finding.stated else "how_words"
        return name(UI, key, self.lang).format(n=number, stated=finding.stated)

    def card(self, number: int, finding: Finding) -> Card:
        severity = _severity(finding)
        return Card(
            number=number,
            severity=severity,
            label=name(UI if severity == "waived" else SEVERITIES, severity, self.lang),
            title=info.title.get(self.lang) if (info := self.infos.get(finding.code)) else finding.name,
            said=finding,
            message=finding.message.get(self.lang),
            figures=self.figures(finding),
            cause=finding.cause.get(self.lang) if finding.cause else None,
            basis=basis(info, self.lang),
            ask=requirement(finding, self.lang),
            how=self.how(number, finding),
            quotes=tuple(self.quote(e, total) for e, total in zip(finding.evidence, running(finding.evidence), strict=True)),
        )

    def figures(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        """What is stated, what it should be, the difference; nothing where the quotation already says it all."""
        if finding.computed is None and finding.difference is None and _quoted(finding):
            return ()
        values = {"stated": finding.stated, answer(finding): finding.computed, "difference": finding.difference}
        return tuple((name(UI, key, self.lang), value) for key, value in values.items() if value is not None)

    def row(self, entry: LedgerEntry) -> Row:
        claim = entry.claim
        note = claim.reason or claim.cause
        return Row(
            entry=entry,
            verdict=name(VERDICTS, claim.verdict, self.lang),
            kind=name(KINDS, claim.kind, self.lang),
            note=note.get(self.lang) if note else None,
            place=self.quote(entry.evidence[0]) if entry.evidence else None,
        )

    def counted(self, keys: Iterable[str], labels: dict[str, str]) -> tuple[Count, ...]:
        numbers = Counter(keys)
        order = list(labels)
        listed = sorted(numbers, key=lambda k: (order.index(k) if k in labels else len(order), k))
        return tuple(Count(k, labels.get(k, k), numbers[k]) for k in listed)

    def untied(self) -> tuple[tuple[Count, tuple[Quote, ...]], ...]:
        groups: dict[str, list[Quote]] = {}
        for figure in self.result.untied:
            groups.setdefault(figure.why, []).append(self.quote(figure.evidence))
        ordered = sorted(groups, key=lambda why: (-len(groups[why]), why))
        return tuple((Count(w, name(UNTIED, w, self.lang), len(groups[w])), tuple(groups[w])) for w in ordered)

    def text(self, findings: list[Finding]) -> Markup:
        """The document with its evidence marked."""
        document = self.result.document
        if document is None:
            return Markup("")
        drawn: dict[int, Markup] = {}
        if self.original:
            drawn = page_pictures(self.result, findings, self.prefix, self.original, self.lang, self.room)
        return body(document, Marker(self.prefix, _marks(self.result, findings)), self.lang, drawn)

    def page(self) -> Page:
        result, lang = self.result, self.lang
        findings = told(result)
        severities = {**{s: name(SEVERITIES, s, lang) for s in SEVERITIES}, "waived": name(UI, "waived", lang)}
        cover = result.coverage
        cards = tuple(self.card(number, finding) for number, finding in enumerate(findings, 1))
        shown = iter(cards)
        return Page(
            prefix=self.prefix,
            result=result,
            title=result.title or result.path.replace("\\", "/").rsplit("/", 1)[-1] or name(UI, "untitled", lang),
            gate=name(GATES, result.verdict, lang),
            counts=tuple(Count(k, severities[k], n) for k, n in tally(result).items() if n or k != "waived"),
            cards=cards,
            runs=tuple(tuple(islice(shown, len(run))) for run in runs(findings)),
            rows=tuple(self.row(entry) for entry in result.ledger),
            verdicts=self.counted(
                (e.claim.verdict.value for e in result.ledger), {v: name(VERDICTS, v, lang) for v in VERDICTS}
            ),
            kinds=self.counted((e.claim.kind.value for e in result.ledger), {k: name(KINDS, k, lang) for k in KINDS}),
            untied=self.untied(),
            not_checked=tuple((n.what.get(lang), n.why.get(lang)) for n in result.not_checked),
            pictures=pictures(result, self.prefix, lang),
            share=cover.tied * 1000 // cover.quantities if cover.quantities else 0,
            text=partial(self.text, findings),
        )


def pages(result: AuditResult, lang: str, original: Original | None = None) -> list[Page]:
    """The documents as the templates show them."""
    infos = by_code(result.catalogue)
    room = ROOM // max(len(result.documents), 1)
    return [_Maker(r, f"d{n}", lang, infos, original, room).page() for n, r in enumerate(result.documents, 1)]
