"""A submission of several files: each checked by itself, then all of them against each other.

The result of the submission stands before those of its files: a document of its own, whose text is the list of the files and what each is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from pathlib import Path

from gouji.engine import gate
from gouji.engine.catalogue import Catalogue
from gouji.engine.evidence import resolve
from gouji.engine.kit import Hit, PackageCheck, PackageContext
from gouji.engine.runner import Prepared, Progress, blame, finding_of, in_order, judged, opened, prepare
from gouji.model.document import Block, BlockKind, Cell, Document, DocumentError, NotChecked, Table
from gouji.model.package import KIND_NAMES, Crossing, Member, Submission
from gouji.model.profile import Profile
from gouji.model.result import Coverage, DocumentResult, Evidence, Finding, LedgerEntry, Severity
from gouji.model.text import Text

FORMAT = "package"
_HEAD = ("文件", "识别为", "单位", "年度", "题名")


@dataclass(frozen=True, slots=True)
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
    return (_across(name, ready, profile, catalogue, [*skipped, *unread]), *results)


def _opened(file: File, profile: Profile) -> Document | DocumentResult:
    from gouji.engine.runner import unreadable

    try:
        return opened(Path(file.name), profile, file.load())
    except DocumentError as error:
        return unreadable(Path(file.name), error.reason, profile, b"")


def _across(
    name: str, ready: Sequence[Prepared], profile: Profile, catalogue: Catalogue, missed: Sequence[NotChecked]
) -> DocumentResult:
    crashes: list[NotChecked] = []
    submission = Submission(name, ())
    try:
        submission = _submission(name, ready)
    except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
        what = Text("文件之间的勾稽", "the comparison of the files")
        crashes.append(NotChecked(what, blame(Text("程序出错", "the program failed"), error)))
    context = PackageContext(submission, replace(profile, candidates=()))
    found: list[Finding] = []
    for check in catalogue.package_checks:
        severity = profile.severities.get(check.info.code, check.info.severity.value)
        if severity == "off":
            continue
        try:
            found += [_finding(submission, check, hit, Severity(severity)) for hit in check.run(context)]
        except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
            what = Text(f"检查 {check.info.code} {check.info.title.zh}", f"check {check.info.code} {check.info.name}")
            crashes.append(NotChecked(what, blame(Text("检查程序出错", "the check failed"), error)))
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


def _submission(name: str, ready: Sequence[Prepared]) -> Submission:
    """The briefs of the files, then where they cross."""
    from gouji.claims import across, brief
    from gouji.claims import scene as scenes
    from gouji.claims.table_grid import grids

    with localcontext(prec=60):
        read = []
        for prepared in ready:
            context = prepared.context
            scene = scenes.build(context.document, context.facts, context.profile)
            read.append((context, scene, grids(scene)))
        names = list(dict.fromkeys(n for _, scene, sections in read for n in brief.names_of(scene, sections)))
        members = tuple(
            Member(c.document.path, c.document, brief.brief_of(scene, sections, c.claims, names)) for c, scene, sections in read
        )
        return Submission(name, members, tuple(across.find(members)))


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
