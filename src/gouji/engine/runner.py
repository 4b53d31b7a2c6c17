"""The runner: a file through reader, facts, claims and checks to a result.

Nothing stops a run. A file that cannot be read, facts or claims that cannot be found, a check that raises: each becomes an
entry of what was not checked, and the rest goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from gouji import __version__
from gouji.engine import catalogue as catalogues
from gouji.engine import coverage, gate, profiles, waivers
from gouji.engine.bounds import Room
from gouji.engine.catalogue import Catalogue
from gouji.engine.evidence import fingerprint, of_claim, resolve
from gouji.engine.kit import AuditContext, Check, Hit, Place, Span
from gouji.engine.sources import gather
from gouji.engine.waivers import Waiver
from gouji.model.claim import Claim
from gouji.model.document import Block, Document, DocumentError, NotChecked
from gouji.model.fact import BlockFacts, Facts
from gouji.model.profile import Profile
from gouji.model.record import record
from gouji.model.result import AuditResult, CheckInfo, DocumentResult, Evidence, Finding, LedgerEntry, Severity
from gouji.model.text import Text
from gouji.process import undisturbed

Progress = Callable[[DocumentResult], None]


def audit(
    paths: Iterable[Path | str],
    profile: Profile | None = None,
    *,
    waived: Sequence[Waiver] = (),
    today: date | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> AuditResult:
    """Check files and directories with every installed check. A path that does not exist raises FileNotFoundError.

    `today` decides which waivers still hold. `jobs` above 1 spreads the files over as many processes; the result is the same.
    """
    sources = gather(paths)
    if sources.missing:
        raise FileNotFoundError(str(sources.missing[0]))
    catalogue = catalogues.load()
    profile = profile or _standard()
    if jobs > 1 and len(sources.files) > 1:
        from gouji.engine.processes import audit_files

        found = audit_files(sources.files, profile, jobs, progress)
    else:
        found = []
        for path in sources.files:
            found.append(audit_file(path, profile))
            if progress:
                progress(found[-1])
    documents = tuple(waive(d, waived, today or date.today()) for d in found)
    return AuditResult(documents, gate.worst(d.verdict for d in documents), catalogue.infos, __version__)


@cache
def _standard() -> Profile:
    """The profile of who names none, read once: the catalogue does not change while the program runs."""
    return profiles.load(profiles.AUTO, catalogues.load())


def audit_file(path: Path | str, profile: Profile | None = None, data: bytes | None = None) -> DocumentResult:
    """Check one file. `data`: its bytes, where the caller has them (a member of an archive, a file of another machine)."""
    catalogue = catalogues.load()
    profile = profile or _standard()
    with undisturbed():
        document = opened(Path(path), profile, data)
        return document if isinstance(document, DocumentResult) else audit_document(document, profile, catalogue)


def opened(path: Path, profile: Profile, data: bytes | None = None) -> Document | DocumentResult:
    """The document in a file, or the result that says why it cannot be read."""
    try:
        from gouji.readers import read

        return read(path, data)
    except DocumentError as error:
        return unreadable(path, error.reason, profile, data)
    except OSError as error:
        reason = error.strerror or str(error)
        return unreadable(path, Text(f"文件无法打开：{reason}", f"the file cannot be opened: {reason}"), profile, data)
    except Exception as error:  # noqa: BLE001 - a fault of a reader must not hide the other files
        return unreadable(path, blame(Text("读取程序出错", "the reader failed"), error), profile, data)


def audit_document(document: Document, profile: Profile, catalogue: Catalogue) -> DocumentResult:
    """Find facts and claims in a document that has been read, and check them."""
    with undisturbed():
        return judged(prepare(document, profile), catalogue)


@record(frozen=True, slots=True)
class Prepared:
    """A document with what was found in it, before the checks. `failed`: steps that crashed."""

    context: AuditContext
    reason: Text | None  # why this profile
    failed: tuple[NotChecked, ...] = ()


def prepare(document: Document, profile: Profile) -> Prepared:
    """Find facts and claims, under the profile that the document chooses."""
    facts = Facts(())
    claims: tuple[Claim, ...] = ()
    crashes: list[Exception] = []
    reason: Text | None = None
    try:
        from gouji import claims as claim_finder
        from gouji import facts as fact_finder
        from gouji.engine.profile_choice import choose

        facts = fact_finder.extract(document)
        profile, reason = choose(profile, document, facts)
        claims = claim_finder.find(document, facts, profile, crashes)
    except Exception as error:  # noqa: BLE001
        crashes.append(error)
        facts = facts if facts.blocks else Facts(tuple(BlockFacts() for _ in document.blocks))
    what = Text("事实与勾稽关系的识别", "finding facts and claims")
    failed = tuple(NotChecked(what, blame(Text("程序出错", "the program failed"), error)) for error in crashes)
    return Prepared(AuditContext(document, facts, claims, profile), reason, failed)


def judged(prepared: Prepared, catalogue: Catalogue) -> DocumentResult:
    """The result of the checks over a document that has been prepared."""
    return replace(examine(prepared.context, catalogue.checks, prepared.failed), profile_reason=prepared.reason)


def examine(context: AuditContext, checks: Sequence[Check], failed: Sequence[NotChecked] = ()) -> DocumentResult:
    """Run the checks over what was found. `failed`: steps before this one that crashed."""
    document, profile = context.document, context.profile
    crashes = list(failed)
    found: list[Finding] = []
    for check in checks:
        severity = profile.severities.get(check.info.code, check.info.severity.value)
        if severity == "off":
            continue
        try:
            found += [_finding(document, check, hit, Severity(severity)) for hit in check.run(context)]
        except Exception as error:  # noqa: BLE001 - said aloud, closes the gate
            what = Text(f"检查 {check.info.code} {check.info.title.zh}", f"check {check.info.code} {check.info.name}")
            crashes.append(NotChecked(what, blame(Text("检查程序出错", "the check failed"), error)))
    room = Room()
    findings = room.findings(in_order(found))
    ledger = room.ledger([LedgerEntry(c, of_claim(document, c)) for c in context.claims])
    measured, untied = coverage.measure(document, context.facts, context.claims)
    untied = room.untied(untied)
    unsaid = (*_unreadable_figures(document, context.facts), *_missing(ledger), *room.said)
    not_checked = (*document.unread, *crashes, *unsaid)
    return DocumentResult(
        path=document.path,
        verdict=gate.document_verdict(findings, not_checked),
        sha256=document.sha256,
        format=document.format,
        title=document.title,
        organisation=document.organisation,
        year=document.year,
        document=document,
        findings=findings,
        ledger=ledger,
        untied=untied,
        quantities=context.facts.quantities,
        coverage=measured,
        not_checked=not_checked,
        crashed=bool(crashes),
        profile=profile.name,
    )


def _finding(document: Document, check: Check, hit: Hit, severity: Severity) -> Finding:
    if hit.severity is not None and hit.severity.rank < severity.rank:
        severity = hit.severity
    places = hit.places or (Place(Span(0, 0, 0), "document"),)
    evidence = tuple(resolve(document, p.span, p.role) for p in places) if document.blocks else ()
    return finding_of(check.info, hit, severity, evidence)


def finding_of(info: CheckInfo, hit: Hit, severity: Severity, evidence: tuple[Evidence, ...]) -> Finding:
    """A hit with code, severity and resolved evidence."""
    return Finding(
        code=info.code,
        name=info.name,
        severity=severity,
        message=hit.message,
        evidence=evidence,
        fingerprint=fingerprint(info.code, evidence, hit.stated, hit.computed),
        stated=hit.stated,
        computed=hit.computed,
        difference=hit.difference,
        formula=hit.formula,
        cause=hit.cause,
        confidence=hit.confidence,
    )


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By position, then code; of two with one code and one primary place the graver; equal fingerprints numbered."""

    def place(finding: Finding) -> tuple[int, int, int]:
        if not finding.evidence:
            return (-1, 0, 0)
        first = finding.evidence[0]
        return (first.block, first.start, first.end)

    kept: dict[tuple[str, tuple[int, int, int]], Finding] = {}
    for finding in found:
        key = (finding.code, place(finding))
        if key not in kept or kept[key].severity.rank < finding.severity.rank:
            kept[key] = finding
    ordered, seen = [], dict[str, int]()
    for finding in sorted(kept.values(), key=lambda f: (place(f)[:2], f.code, place(f)[2])):
        seen[finding.fingerprint] = count = seen.get(finding.fingerprint, 0) + 1
        ordered.append(finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}"))
    return tuple(ordered)


def _unreadable_figures(document: Document, facts: Facts) -> Iterable[NotChecked]:
    """Blocks that no report holds: a number of dozens of digits, hundreds of figures in one sentence."""
    from gouji.claims.scene import MANY
    from gouji.facts.quantities import OVERLONG, OVERLONG_PART, SAMPLED

    whole = "\n".join([block.text for block in document.blocks])
    # of every fifth character five in a row belong to a long number, and hardly ever to anything else
    overlong = OVERLONG_PART.search(whole[::SAMPLED]) is not None
    for block, found in zip(document.blocks, facts.blocks, strict=True):
        if overlong and OVERLONG.search(block.text):
            yield NotChecked(_where(block), Text("有过长的数字，未读取", "a number too long to be a figure was not read"))
        if not block.cells and len(found.quantities) > MANY:
            yield NotChecked(_where(block), Text("一段之内数字过多，未核对", "too many figures in one paragraph to be checked"))


def _where(block: Block) -> Text:
    return Text(f"第{block.index + 1}段“{block.text[:20]}…”", f"paragraph {block.index + 1}, “{block.text[:20]}…”")


def _missing(ledger: Iterable[LedgerEntry]) -> Iterable[NotChecked]:
    """Sums that the document leaves a hole in. A claim undecided for its wording stays in the ledger, and closes no gate."""
    for entry in ledger:
        if entry.claim.missing:
            quote = entry.evidence[0].quote if entry.evidence else entry.claim.stated
            why = entry.claim.reason or Text("缺少计算所需的数字", "a figure that the recomputation needs is missing")
            yield NotChecked(Text(f"“{quote}”", f"“{quote}” ({entry.claim.kind.value})"), why)


def waive(result: DocumentResult, waived: Sequence[Waiver], today: date) -> DocumentResult:
    """The result with its waived findings marked, and the verdict that is left."""
    if not waived or result.document is None:
        return result
    findings = waivers.apply(result.findings, waived, today)
    return replace(result, findings=findings, verdict=gate.document_verdict(findings, result.not_checked))


def unreadable(path: Path, reason: Text, profile: Profile, data: bytes | None = None) -> DocumentResult:
    """The result for a file that could not be read."""
    digest = _digest(path) if data is None else hashlib.sha256(data).hexdigest()
    what = Text("整个文件", "the whole file")
    return DocumentResult(
        str(path), gate.UNREADABLE, sha256=digest, not_checked=(NotChecked(what, reason),), profile=profile.name
    )


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def blame(what: Text, error: Exception) -> Text:
    """The exception and the line it came from: enough to report the bug, none of the document's text in a trace."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    said = f"{type(error).__name__}: {error} ({where})"
    return Text(f"{what.zh}：{said}", f"{what.en}: {said}")
