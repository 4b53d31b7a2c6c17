"""The comparison of two results: which findings are fixed, new, still there, or moved. Pure: two results in, one record out.

A finding is known again by its fingerprint where the sentences around it agree, by its code and the sentence that became its
own where figures or words were edited. The same words in a sentence that is somebody else's successor are another finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import PurePath

from gouji import __version__
from gouji.engine import gate
from gouji.engine.alignment import Alignment, Side, figures, masked, squeezed
from gouji.model.comparison import Change, Comparison, DocumentComparison, Edit, FindingChange
from gouji.model.document import BlockKind
from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Evidence, Finding
from gouji.model.text import Text

_ORDER = {change: place for place, change in enumerate(Change)}
_MANY = 40  # findings of one code in one sentence, beyond which they are told apart by their order alone
_HALF = 0.5


def compare(old: AuditResult, new: AuditResult) -> Comparison:
    """Two runs. Documents are paired by path without suffix, then by file name, then by title; one and one always."""
    pairs = _documents(old.documents, new.documents)
    return Comparison(tuple(compare_documents(a, b) for a, b in pairs), __version__)


def compare_documents(old: DocumentResult | None, new: DocumentResult | None) -> DocumentComparison:
    """Two versions of one document, in whatever formats. Without the texts, the blocks that evidence quotes are used."""
    if old is None or new is None:
        changes = tuple(FindingChange(Change.NEW, None, f) for f in new.findings) if new else ()
        return DocumentComparison(old, new, changes)
    pairs = _Pairs(old, new)
    changes = tuple(_Judge(pairs, old, new).changes())
    return DocumentComparison(old, new, changes, tuple(_notes(old, new)))


def _texts(result: DocumentResult) -> dict[int, tuple[str, bool]]:
    if result.document is not None:
        return {b.index: (b.text, b.kind is BlockKind.ROW) for b in result.document.blocks}
    groups = (
        *(f.evidence for f in result.findings),
        *(e.evidence for e in result.ledger),
        *((u.evidence,) for u in result.untied),
    )
    return {
        e.block: (e.context, e.cell is not None or "\t" in e.context)
        for evidence in groups
        for e in evidence
        if e.document is None
    }


def _at(side: Side, evidence: Evidence) -> int | None:
    """The sentence of an evidence; None of one in another file."""
    return side.at(evidence.block, evidence.start) if evidence.document is None else None


def _base(finding: Finding) -> str:
    """The fingerprint without the number that tells equal ones in one document apart."""
    return finding.fingerprint.partition("-")[0]


def _figures(finding: Finding) -> frozenset[str]:
    return frozenset(squeezed(e.quote) for e in finding.evidence)


def _numbers(finding: Finding) -> list[str]:
    words = "\t".join((*(e.quote for e in finding.evidence), finding.stated or "", finding.computed or ""))
    return sorted(figures(squeezed(words)))


class _Pairs:
    """The findings of two versions, paired. `partner[i] = j`: old finding i is new finding j."""

    def __init__(self, old: DocumentResult, new: DocumentResult) -> None:
        self.old, self.new = old.findings, new.findings
        left, right = Side(_texts(old)), Side(_texts(new))
        self.at_old = [[_at(left, e) for e in f.evidence] for f in self.old]
        self.at_new = [[_at(right, e) for e in f.evidence] for f in self.new]
        wanted = [{s for places in found for s in places if s is not None} for found in (self.at_old, self.at_new)]
        self.lines = Alignment(left, right, *wanted)
        self.partner: dict[int, int] = {}
        self._taken: set[int] = set()
        self._by_words_in_place()
        self._by_place()
        self._by_words()
        self._by_other_evidence()

    def target(self, i: int) -> int | None:
        """The new sentence that the faulty sentence of old finding i became."""
        place = self._first(self.at_old[i])
        return None if place is None else self.lines.forward.get(place)

    def source(self, j: int) -> int | None:
        """The old sentence that the faulty sentence of new finding j comes from."""
        place = self._first(self.at_new[j])
        return None if place is None else self.lines.backward.get(place)

    @staticmethod
    def _first(places: Sequence[int | None]) -> int | None:
        return places[0] if places else None

    def _free_old(self) -> Iterable[int]:
        return [i for i in range(len(self.old)) if i not in self.partner]

    def _free_new(self) -> Iterable[int]:
        return [j for j in range(len(self.new)) if j not in self._taken]

    def _take(self, i: int, j: int) -> None:
        self.partner[i] = j
        self._taken.add(j)

    def _in_order(
        self, key_old: Callable[[int], Hashable], key_new: Callable[[int], Hashable], allowed: Callable[[int, int], bool]
    ) -> None:
        """Pair the free findings whose keys agree, in their order."""
        queues: dict[Hashable, list[int]] = defaultdict(list)
        for j in self._free_new():
            queues[key_new(j)].append(j)
        for i in self._free_old():
            for j in queues[key_old(i)][:_MANY]:
                if j not in self._taken and allowed(i, j):
                    queues[key_old(i)].remove(j)
                    self._take(i, j)
                    break

    def _by_words_in_place(self) -> None:
        """Equal fingerprint, and the sentence is the successor."""
        self._in_order(
            lambda i: (_base(self.old[i]), self.target(i)),
            lambda j: (_base(self.new[j]), self._first(self.at_new[j])),
            lambda _, j: self._first(self.at_new[j]) is not None,
        )

    def _by_place(self) -> None:
        """Equal code, and the sentence is the successor: figures or words were edited. The likest figure first."""
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        for j in self._free_new():
            if (place := self._first(self.at_new[j])) is not None:
                groups[self.new[j].code, place].append(j)
        scored = []
        for i in self._free_old():
            target = self.target(i)
            if target is not None:
                for j in groups.get((self.old[i].code, target), [])[:_MANY]:
                    if (score := self._same_figure(i, j)) > 0:
                        scored.append((-score, i, j))
        for _, i, j in sorted(scored):
            if i not in self.partner and j not in self._taken:
                self._take(i, j)

    def _same_figure(self, i: int, j: int) -> float:
        """0, or how alike the faulty words of two findings of one sentence are, by their place in it and their figures."""
        a, b = self.old[i].evidence[0], self.new[j].evidence[0]
        left, right = self._masked_before(self.lines.old, a), self._masked_before(self.lines.new, b)
        shared = len(_figures(self.old[i]) & _figures(self.new[j])) / max(1, len(self.old[i].evidence))
        if left == right:
            return 2 + shared
        first, second = self.at_old[i][0], self.at_new[j][0]
        assert first is not None
        assert second is not None
        if self.lines.old.segments[first].masked == self.lines.new.segments[second].masked:
            return 0.0  # only figures were edited, and this is another one
        return 0.1 + shared + (0.5 if left[-4:] == right[-4:] else 0)

    @staticmethod
    def _masked_before(side: Side, evidence: Evidence) -> str:
        number = side.at(evidence.block, evidence.start)
        start = side.segments[number].start if number is not None else 0
        return masked(evidence.context[start : evidence.start])

    def _by_words(self) -> None:
        """Equal fingerprint elsewhere, unless both sentences have become, or come from, another one."""

        def allowed(i: int, j: int) -> bool:
            return self.target(i) is None or self.source(j) is None

        self._in_order(lambda i: _base(self.old[i]), lambda j: _base(self.new[j]), allowed)

    def _by_other_evidence(self) -> None:
        """Equal code, and most of the evidence is in successors: which of two statements is called faulty has changed."""
        index: dict[tuple[str, int], list[int]] = defaultdict(list)
        for j in self._free_new():
            for there in {p for p in self.at_new[j] if p is not None}:
                index[self.new[j].code, there].append(j)
        for i in self._free_old():
            votes: dict[int, int] = defaultdict(int)
            for place in self.at_old[i]:
                became = self.lines.forward.get(place) if place is not None else None
                if became is not None:
                    for j in index.get((self.old[i].code, became), [])[:_MANY]:
                        votes[j] += 1
            for j in sorted(votes, key=lambda j: (-votes[j], j)):
                shared = len(_figures(self.old[i]) & _figures(self.new[j])) / max(len(_figures(self.old[i])), 1)
                if j not in self._taken and votes[j] / len(self.at_old[i]) >= _HALF and shared >= _HALF:
                    self._take(i, j)
                    break

    def moved(self, i: int, j: int) -> bool:
        """Whether the faulty sentence of a pair stands elsewhere in the order of the text."""
        a, b = self._first(self.at_old[i]), self._first(self.at_new[j])
        if a is None or b is None:
            return False
        if self.lines.forward.get(a) == b or (a not in self.lines.forward and b not in self.lines.backward):
            return self.lines.crosses(a, b)
        target, source = self.lines.forward.get(a), self.lines.backward.get(b)
        return (target is not None and self.lines.crosses(a, target)) or (source is not None and self.lines.crosses(source, b))


@record(frozen=True, slots=True)
class _Judge:
    """Says what became of each finding."""

    pairs: _Pairs
    old: DocumentResult
    new: DocumentResult

    def changes(self) -> list[FindingChange]:
        partner = self.pairs.partner
        made = [self._gone(i) if i not in partner else self._kept(i, partner[i]) for i in range(len(self.old.findings))]
        taken = set(partner.values())
        made += [FindingChange(Change.NEW, None, f) for j, f in enumerate(self.new.findings) if j not in taken]
        return sorted(made, key=lambda c: (_ORDER[c.change], -c.shown.severity.rank))

    def _kept(self, i: int, j: int) -> FindingChange:
        old, new = self.old.findings[i], self.new.findings[j]
        change = Change.MOVED if self.pairs.moved(i, j) else Change.REMAINING
        return FindingChange(change, old, new, tuple(self._edits(i, j)))

    def _gone(self, i: int) -> FindingChange:
        """Fixed, or unclear: the new version was not read whole and the words are not in what was read, or a check failed."""
        incomplete = self.new.crashed or self.new.verdict == gate.UNREADABLE
        unread = self.new.document is None or bool(self.new.document.unread)
        lost = unread and bool(self.new.not_checked) and self.pairs.target(i) is None
        return FindingChange(Change.UNCLEAR if incomplete or lost else Change.FIXED, self.old.findings[i], None)

    def _edits(self, i: int, j: int) -> Iterable[Edit]:
        old, new = self.old.findings[i], self.new.findings[j]
        if _numbers(old) != _numbers(new):
            yield Edit.FIGURES
        first, second = self.pairs.at_old[i][:1], self.pairs.at_new[j][:1]
        if first and second and first[0] is not None and second[0] is not None:
            left, right = self.pairs.lines.old.segments[first[0]], self.pairs.lines.new.segments[second[0]]
            if left.masked != right.masked:
                yield Edit.WORDS
        if old.severity is not new.severity:
            yield Edit.SEVERITY
        if (old.waived is None) is not (new.waived is None):
            yield Edit.WAIVER


def _notes(old: DocumentResult, new: DocumentResult) -> Iterable[Text]:
    for result, zh, en in ((old, "旧版", "the old version"), (new, "新版", "the new version")):
        if result.verdict == gate.UNREADABLE:
            yield Text(f"{zh}无法读取，比较不成立", f"{en} could not be read: nothing can be compared")
        elif result.crashed:
            yield Text(f"{zh}有检查程序出错，比较不完整", f"a check crashed on {en}: the comparison is incomplete")
        elif result.not_checked:
            count = len(result.not_checked)
            yield Text(f"{zh}有{count}处未核对，不在比较之内", f"{count} part(s) of {en} were not checked and are not compared")
    if old.profile != new.profile:
        yield Text(
            f"两次使用的规则集不同：{old.profile}、{new.profile}", f"the profiles differ: {old.profile} and {new.profile}"
        )


def _documents(
    old: Sequence[DocumentResult], new: Sequence[DocumentResult]
) -> list[tuple[DocumentResult | None, DocumentResult | None]]:
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    partner: dict[int, int] = {}
    ways: tuple[Callable[[DocumentResult], object], ...] = (_tail, lambda d: PurePath(d.path).stem, lambda d: d.title)
    for way in ways:
        taken = set(partner.values())
        left, right = (
            _unique(way, [(n, d) for n, d in enumerate(side) if n not in used])
            for side, used in ((old, partner.keys()), (new, taken))
        )
        partner.update({n: right[key] for key, n in left.items() if key and key in right})
    taken = set(partner.values())
    pairs: list[tuple[DocumentResult | None, DocumentResult | None]] = []
    pairs += [(d, new[partner[n]] if n in partner else None) for n, d in enumerate(old)]
    return pairs + [(None, d) for n, d in enumerate(new) if n not in taken]


def _tail(result: DocumentResult) -> tuple[str, ...]:
    """The path below the first folder, without suffix: v1/a/report.docx and v2/a/report.pdf are one report."""
    path = PurePath(result.path).with_suffix("")
    return path.parts[1:] or path.parts


def _unique(way: Callable[[DocumentResult], object], found: Iterable[tuple[int, DocumentResult]]) -> dict[object, int]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number, document in found:
        groups[way(document)].append(number)
    return {key: numbers[0] for key, numbers in groups.items() if len(numbers) == 1}
