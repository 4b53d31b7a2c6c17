"""A submission of several files: each checked by itself, then all of them against each other.

The result of the submission stands before those of its files: a document of its own, whose text is the list of the files and what each is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import localcontext
from pathlib import Path

from gouji.engine import gate
from gouji.engine.actuals import Ledger
from gouji.engine.catalogue import Catalogue
from gouji.engine.evidence import resolve
from gouji.engine.kit import Hit, PackageCheck, PackageContext
from gouji.engine.runner import Prepared, Progress, blame, finding_of, in_order, judged, opened, prepare
from gouji.model.document import Block, BlockKind, Cell, Document, DocumentError, NotChecked, Table
from gouji.model.package import KIND_NAMES, Brief, Crossing, FileKind, Member, Submission
from gouji.model.profile import Profile
from gouji.model.record import record
from gouji.model.result import Coverage, DocumentResult, Evidence, Finding, LedgerEntry, Severity
from gouji.model.text import Text

FORMAT = "package"
_HEAD = ("文件", "识别为", "单位", "年度", "题名")


@record(frozen=True, slots=True)
class File:
    """A file of the submission: its name, and how to get its bytes."""

    name: str
    load: Callable[[], bytes]


def audit_package(
    name: str,
    files: Sequence[File],
    profile: Profile,
    catalogue: Catalogue,
    *,
    skipped: Sequence[NotChecked] = (),
    progress: Progress | None = None,
    ledger: Ledger | None = None,
) -> tuple[DocumentResult, ...]:
    """The result of the submission, then those of its files in order. A file that cannot be read is said in both."""
    results: list[DocumentResult] = []
    ready: list[Prepared] = []
    for file in files:
        document = _opened(file, profile)
        if isinstance(document, DocumentResult):
            results.append(document)
        else:
            prepared = prepare(document, profile)
            ready.append(prepared)
            results.append(judged(prepared, catalogue))
        if progress:
            progress(results[-1])
    unread = [
        NotChecked(Text(r.path, r.path), Text("未能读取，没有参加文件之间的核对", "not read, not held against the others"))
        for r in results
        if r.document is None
    ]
    return (_across(name, ready, profile, catalogue, [*skipped, *unread], ledger), *results)


def audit_against(
    files: Sequence[File], profile: Profile, catalogue: Catalogue, ledger: Ledger, progress: Progress | None = None
) -> tuple[DocumentResult, ...]:
    """The result of each file with what the ledger of payments says of it: every file is a submission of its own."""
    results = []
    for file in files:
        document = _opened(file, profile)
        if isinstance(document, DocumentResult):
            results.append(document)
        else:
            prepared = prepare(document, profile)
            results.append(_held(prepared, judged(prepared, catalogue), catalogue, ledger))
        if progress:
            progress(results[-1])
    return tuple(results)


def _held(prepared: Prepared, result: DocumentResult, catalogue: Catalogue, ledger: Ledger) -> DocumentResult:
    """A document's result with the findings against the ledger among its own."""
    crashes: list[NotChecked] = []
    submission = Submission(result.path, ())
    missed: list[NotChecked] = []
    try:
        submission, missed = _submission(result.path, [prepared], ledger)
    except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
        crashes.append(_crash(error))
    found, more = _checked(submission, prepared.context.profile, catalogue)
    own = [replace(f, evidence=tuple(replace(e, document=_foreign(e, result)) for e in f.evidence)) for f in found]
    findings = in_order([*result.findings, *own])
    not_checked = (*result.not_checked, *missed, *crashes, *more)
    entries = [LedgerEntry(c.claim, _evidence(submission, c)) for c in submission.crossings]
    entries = [replace(x, evidence=tuple(replace(e, document=_foreign(e, result)) for e in x.evidence)) for x in entries]
    return replace(
        result,
        findings=findings,
        ledger=(*result.ledger, *entries),
        verdict=gate.document_verdict(findings, not_checked),
        not_checked=not_checked,
        crashed=result.crashed or bool(crashes or more),
    )


def _foreign(evidence: Evidence, result: DocumentResult) -> str | None:
    return None if evidence.document == result.path else evidence.document


def _crash(error: Exception) -> NotChecked:
    what = Text("文件之间的勾稽", "the comparison of the files")
    return NotChecked(what, blame(Text("程序出错", "the program failed"), error))


def _opened(file: File, profile: Profile) -> Document | DocumentResult:
    from gouji.engine.runner import unreadable

    try:
        return opened(Path(file.name), profile, file.load())
    except DocumentError as error:
        return unreadable(Path(file.name), error.reason, profile, b"")


def _across(
    name: str,
    ready: Sequence[Prepared],
    profile: Profile,
    catalogue: Catalogue,
    missed: Sequence[NotChecked],
    ledger: Ledger | None,
) -> DocumentResult:
    crashes: list[NotChecked] = []
    submission = Submission(name, ())
    try:
        submission, unpaid = _submission(name, ready, ledger)
        missed = [*missed, *unpaid]
    except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
        crashes.append(_crash(error))
    found, more = _checked(submission, replace(profile, candidates=()), catalogue)
    crashes += more
    findings = in_order(found)
    not_checked = (*missed, *crashes)
    stated = {(n, s.span) for n, m in enumerate(submission.members) for s in m.brief.said if s.quantity is not None}
    held = {(c.members[n], o.span) for c in submission.crossings for n, o in enumerate(c.claim.operands)}
    document = _overview(name, submission)
    head = next((m for m in submission.members if m.brief.kind == "report"), None)
    return DocumentResult(
        path=name,
        verdict=gate.document_verdict(findings, not_checked),
        sha256=document.sha256,
        format=FORMAT,
        title=document.title,
        organisation=head.document.organisation if head else None,
        year=head.document.year if head else None,
        document=document,
        findings=findings,
        ledger=tuple(LedgerEntry(c.claim, _evidence(submission, c)) for c in submission.crossings),
        coverage=Coverage(len(stated), len(stated & held)),
        not_checked=not_checked,
        crashed=bool(crashes),
        profile=profile.name,
    )


def _checked(submission: Submission, profile: Profile, catalogue: Catalogue) -> tuple[list[Finding], list[NotChecked]]:
    """The findings of the checks over a submission, and the checks that crashed."""
    context = PackageContext(submission, profile)
    found: list[Finding] = []
    crashes: list[NotChecked] = []
    for check in catalogue.package_checks:
        severity = profile.severities.get(check.info.code, check.info.severity.value)
        if severity == "off":
            continue
        try:
            found += [_finding(submission, check, hit, Severity(severity)) for hit in check.run(context)]
        except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
            what = Text(f"检查 {check.info.code} {check.info.title.zh}", f"check {check.info.code} {check.info.name}")
            crashes.append(NotChecked(what, blame(Text("检查程序出错", "the check failed"), error)))
    return found, crashes


def _submission(name: str, ready: Sequence[Prepared], ledger: Ledger | None = None) -> tuple[Submission, list[NotChecked]]:
    """The briefs of the files, then where they cross; with a ledger, what it does not cover."""
    from gouji.claims import scene as scenes
    from gouji.claims.accounts import actuals as payments
    from gouji.claims.submission import across, brief
    from gouji.claims.tables.grid import grids

    with localcontext(prec=60):
        read = []
        for prepared in ready:
            context = prepared.context
            scene = scenes.build(context.document, context.facts, context.profile)
            read.append((context, scene, grids(scene)))
        names = [n for _, scene, sections in read for n in brief.names_of(scene, sections)]
        if ledger is not None:
            texts = ["".join(b.text for b in c.document.blocks) for c, _, _ in read]
            names += [p.project for p in ledger.paid if any(p.project in text for text in texts)]
        names = list(dict.fromkeys(names))
        members = [
            Member(c.document.path, c.document, brief.brief_of(scene, sections, c.claims, names)) for c, scene, sections in read
        ]
        found = list(across.find(members))
        missed: list[NotChecked] = []
        if ledger is not None and members:
            files = range(len(members))
            if not payments.rows_of(members, list(files), ledger.paid):
                why = Text(
                    "台账中没有该单位该年度的记录，未与实际支付核对",
                    "the ledger has no row of this unit and year: not held against payments",
                )
                missed.append(NotChecked(Text(name, name), why))
            members.append(Member(ledger.document.path, ledger.document, Brief(FileKind.OTHER)))
            found += payments.find(members, len(members) - 1, ledger.paid, ledger.bound)
        return Submission(name, tuple(members), tuple(found)), missed


def _finding(submission: Submission, check: PackageCheck, hit: Hit, severity: Severity) -> Finding:
    if hit.severity is not None and hit.severity.rank < severity.rank:
        severity = hit.severity
    evidence = []
    for place in hit.places:
        member = submission.members[place.member or 0]
        evidence.append(replace(resolve(member.document, place.span, place.role), document=member.path))
    return finding_of(check.info, hit, severity, tuple(evidence))


def _evidence(submission: Submission, crossing: Crossing) -> tuple[Evidence, ...]:
    return tuple(
        replace(resolve(submission.members[n].document, o.span, o.role), document=submission.members[n].path)
        for o, n in zip(crossing.claim.operands, crossing.members, strict=True)
    )


def _overview(name: str, submission: Submission) -> Document:
    """The list of the files as a document: what each was taken for, by its content."""
    title = f"{Path(name).name}（{len(submission.members)}份文件）"
    blocks = [Block(0, BlockKind.TITLE, title)]
    rows = [_HEAD, *(_row(m) for m in submission.members)]
    for r, row in enumerate(rows):
        cells, start = [], 0
        for c, text in enumerate(row):
            cells.append(Cell(text, start, start + len(text), r, c, address=f"T1R{r + 1}C{c + 1}"))
            start += len(text) + 1
        blocks.append(Block(r + 1, BlockKind.ROW, "\t".join(row), table=0, cells=tuple(cells)))
    digest = hashlib.sha256("".join(sorted(m.document.sha256 for m in submission.members)).encode()).hexdigest()
    table = Table(0, tuple(range(1, len(blocks))), len(_HEAD))
    return Document(name, digest, FORMAT, title, tuple(blocks), (table,))


def _row(member: Member) -> tuple[str, ...]:
    brief, document = member.brief, member.document
    unit = brief.units[0].words if brief.units else ""
    year = str(document.year) if document.year is not None else ""
    cells = (Path(member.path).name, KIND_NAMES[brief.kind].zh, unit, year, document.title)
    return tuple(c.replace("\t", " ").replace("\n", " ") for c in cells)
