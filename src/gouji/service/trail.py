"""The audit trail: what happened, in order, each row's digest resting on the row before.

A row is written in the transaction of the change that it tells of, as its last statement, so that the change and its
row are there together or not at all, and rows follow one another without a gap. The digest of a row is SHA-256 over the
digest before and the row's own words; the head of the chain is sealed with the service's key (HMAC), so that rows cut
off at the end, or a chain made anew by someone who has the database but not the key, show as well.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from gouji.service.tables import Entry, TrailHead, now

START = "0" * 64
_HEAD = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the trail. `details` is canonical JSON: keys sorted, no spaces."""

    position: int
    at: str
    actor: str
    action: str
    subject: str
    details: str

    def digest(self, before: str) -> str:
        """The digest of this row behind the row whose digest is `before`."""
        words = json.dumps([before, *asdict(self).values()], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verification:
    """What the trail proves. `fault` says where it breaks; None = nothing was changed or removed."""

    rows: int
    head: str
    fault: str | None = None


def seal(key: bytes, position: int, digest: str) -> str:
    """The service's seal on the end of the chain."""
    return hmac.new(key, f"trail:{position}:{digest}".encode(), hashlib.sha256).hexdigest()


def record(session: Session, key: bytes, actor: str, action: str, subject: str, **details: Any) -> None:
    """Say what happened; the row is written when the session commits."""
    if "trail" not in session.info:
        session.info["trail"] = []
        event.listen(session, "before_commit", _write, once=True)
    words = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    session.info["trail"].append((key, actor, action, subject, words))


def _write(session: Session) -> None:
    session.flush()
    head = session.scalars(select(TrailHead).where(TrailHead.id == _HEAD).with_for_update()).one()
    for key, actor, action, subject, details in session.info.pop("trail"):
        row = Record(head.position + 1, now().isoformat(timespec="microseconds"), actor, action, subject, details)
        head.digest = row.digest(head.digest)
        head.position = row.position
        head.seal = seal(key, head.position, head.digest)
        session.add(Entry(**asdict(row), digest=head.digest))


def rows(session: Session, after: int = 0) -> Iterator[tuple[Record, str]]:
    """The rows behind a position, in order, each with its digest."""
    found = session.scalars(
        select(Entry).where(Entry.position > after).order_by(Entry.position).execution_options(yield_per=500)
    )
    for e in found:
        yield Record(e.position, e.at, e.actor, e.action, e.subject, e.details), e.digest


def verify(session: Session, key: bytes, expect: str | None = None) -> Verification:
    """Recompute the chain. `expect`: a digest noted down earlier that must still be one of its rows."""
    before, count, seen = START, 0, expect is None
    for row, digest in rows(session):
        count += 1
        if row.position != count:
            return Verification(count, before, f"row {count} is missing: row {row.position} follows row {count - 1}")
        if row.digest(before) != digest:
            return Verification(count, before, f"row {count} was changed: its words do not give its digest")
        before = digest
        seen = seen or digest == expect
    if not count:
        return Verification(0, before, "the trail has no rows; a service writes the first when it is set up")
    head = session.get(TrailHead, _HEAD)
    if head is None or (head.position, head.digest) != (count, before):
        said = "no head" if head is None else f"{head.position} rows"
        return Verification(count, before, f"rows were removed at the end: the head says {said}, the trail has {count}")
    if not hmac.compare_digest(head.seal, seal(key, count, before)):
        return Verification(
            count, before, "the head's seal is not this service's: the chain was made anew, or the key is another"
        )
    if not seen:
        return Verification(count, before, f"no row has the digest {expect} that was noted down")
    return Verification(count, before)


def export(session: Session) -> Iterator[str]:
    """The trail as JSON Lines."""
    for row, digest in rows(session):
        entry = {**asdict(row), "details": json.loads(row.details), "digest": digest}
        yield json.dumps(entry, ensure_ascii=False) + "\n"
