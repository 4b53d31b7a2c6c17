"""Jobs: a package of files, checked once. A job is done when its result is in the database, and only then."""

from __future__ import annotations

import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gouji.service.database import Database
from gouji.service.examine import Examiner, Package, lost
from gouji.service.files import Store
from gouji.service.policy import Fault, Policy, judge, measured
from gouji.service.tables import Decision, FindingRow, Job, Result, StoredFile, Version, WaiverRow, now

_SHOWN = 40  # characters of context on either side of a quotation
Finish = Callable[[Session, Job, Result], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that the store keeps."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a job asks to be checked, without the bytes."""

    files: tuple[tuple[str, str], ...]  # name and digest
    profile: str
    waivers: tuple[tuple[str, str], ...]

    def package(self, store: Store, folder: Path, archive: str = "") -> Package:
        """The package with its files fetched into a folder, each in a folder of its own under its own name."""
        paths = []
        for number, (name, digest) in enumerate(self.files):
            place = folder / str(number) / (name if len(name.encode()) < 200 else "file")
            place.parent.mkdir(parents=True)
            with store.open(digest) as source, place.open("wb") as target:
                shutil.copyfileobj(source, target)
            paths.append((str(place), name))
        return Package(tuple(paths), self.profile, self.waivers, archive)


def order(session: Session, job: Job) -> Order:
    """The order of a job."""
    return Order(tuple((f.name, f.digest) for f in job.files), job.profile, _excuses(session, job.id))


def create(session: Session, person_id: int, profile: str, files: Sequence[Stored]) -> Job:
    """A job that waits; how it gets to a worker is the queue's."""
    job = Job(id=uuid.uuid4().hex, person_id=person_id, profile=profile, created_at=now())
    names: set[str] = set()
    for position, file in enumerate(files):
        name = file.name if file.name not in names else f"{position + 1}-{file.name}"
        names.add(name)
        job.files.append(StoredFile(position=position, name=name, digest=file.digest, size=file.size))
    session.add(job)
    session.flush()
    return job


def unfinished(session: Session) -> list[str]:
    """Jobs without a result, the oldest first."""
    return list(session.scalars(select(Job.id).outerjoin(Result).where(Result.job_id.is_(None)).order_by(Job.created_at)))


def perform(database: Database, store: Store, examiner: Examiner, identity: str, finish: Finish) -> bool:
    """Check a job and write its result; False where it has one already, or was given one meanwhile.

    May be called any number of times, by any number of processes: the result's primary key is the job's.
    """
    with database.write() as session:
        job = session.get(Job, identity)
        if job is None or job.result is not None:
            return False
        job.started_at, job.attempts = now(), job.attempts + 1
        wanted = order(session, job)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        archive = Path(folder) / "archive.zip"
        try:
            found = examiner.run(wanted.package(store, Path(folder) / "files", str(archive)))
        except FileNotFoundError:
            found = lost([name for name, _ in wanted.files], wanted.profile, str(archive))
        with archive.open("rb") as stream:
            digest, _ = store.put(stream)
    seconds = time.monotonic() - began
    try:
        with database.write() as session:
            job = session.get_one(Job, identity)
            if job.result is not None:
                return False
            result = _result(session, job, found, digest, seconds)
            finish(session, job, result)
    except IntegrityError:  # another process was faster
        return False
    return True


def _excuses(session: Session, identity: str) -> tuple[tuple[str, str], ...]:
    """Findings that were answered for: waivers of the campaign and the unit, dismissals of earlier versions."""
    version = session.scalars(select(Version).where(Version.job_id == identity)).unique().one_or_none()
    if version is None:
        return ()
    of = version.submission
    waivers = session.scalars(
        select(WaiverRow).where(
            WaiverRow.campaign_id == of.campaign_id,
            (WaiverRow.unit_id == of.unit_id) | WaiverRow.unit_id.is_(None),
            WaiverRow.revoked_at.is_(None),
        )
    )
    found = {w.fingerprint: w.reason for w in waivers}
    dismissed = select(Decision).where(Decision.submission_id == of.id, Decision.decision == "dismiss")
    found |= {d.fingerprint: d.reason for d in session.scalars(dismissed).unique()}
    return tuple(sorted(found.items()))


def _result(session: Session, job: Job, found: Mapping[str, Any], archive: str, seconds: float) -> Result:
    """The rows of a result, from the JSON that the writers made."""
    pairs = list(zip(found["zh"]["documents"], found["en"]["documents"], strict=True))
    documents = [_document(zh, en) for zh, en in pairs]
    findings = [row for number, (zh, en) in enumerate(pairs) for row in _findings(number, zh, en)]
    version = session.scalars(select(Version).where(Version.job_id == job.id)).unique().one_or_none()
    policy = Policy.of(version.submission.campaign.policy) if version else Policy()
    faults = [Fault(f.code, f.severity, f.waived is not None) for f in findings]
    verdict, reasons = judge(policy, faults, documents)
    quantities, tied = measured(documents)
    open_ = [f.severity for f in faults if not f.excused]
    result = Result(
        job_id=job.id,
        verdict=verdict,
        reasons=[{"zh": r.zh, "en": r.en} for r in reasons],
        documents=documents,
        errors=open_.count("error"),
        warnings=open_.count("warning"),
        notices=open_.count("notice"),
        quantities=quantities,
        tied=tied,
        archive=archive,
        seconds=round(seconds, 3),
        finished_at=now(),
        findings=findings,
    )
    job.result = result
    session.flush()
    return result


def _document(zh: Mapping[str, Any], en: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: zh[key] for key in ("verdict", "sha256", "format", "title", "organisation", "year", "crashed", "profile")}
    missed = [
        {"what": {"zh": a["what"], "en": b["what"]}, "why": {"zh": a["why"], "en": b["why"]}}
        for a, b in zip(zh["not_checked"], en["not_checked"], strict=True)
    ]
    cover = zh["coverage"]
    return {"name": zh["path"], **kept, "quantities": cover["quantities"], "tied": cover["tied"], "not_checked": missed}


def _findings(document: int, zh: Mapping[str, Any], en: Mapping[str, Any]) -> list[FindingRow]:
    rows = []
    for number, (a, b) in enumerate(zip(zh["findings"], en["findings"], strict=True), 1):
        card = {key: a[key] for key in ("stated", "computed", "difference", "formula", "confidence")}
        card["cause"] = {"zh": a["cause"], "en": b["cause"]} if a["cause"] else None
        card["quotes"] = [_quote(e) for e in a["evidence"]]
        kept = {key: a[key] for key in ("code", "name", "severity", "fingerprint", "waived")}
        rows.append(FindingRow(document=document, number=number, zh=a["message"], en=b["message"], card=card, **kept))
    return rows


def _quote(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """A quotation with a little of its surroundings: the whole block is in the archive."""
    context, start, end = evidence["context"], evidence["start"], evidence["end"]
    return {
        **{key: evidence[key] for key in ("role", "quote", "block", "start", "page", "cell")},
        "before": ("…" if start > _SHOWN else "") + context[max(0, start - _SHOWN) : start],
        "after": context[end : end + _SHOWN] + ("…" if len(context) > end + _SHOWN else ""),
    }
