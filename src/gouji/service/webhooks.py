"""Webhooks: a message on each verdict, signed, tried again with growing pauses until it is taken or given up.

The message is written in the transaction of the verdict, so that neither is there without the other; it is delivered at least
once. The receiver proves it by the header `X-Gouji-Signature: t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.BODY`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from gouji.service.database import Database
from gouji.service.tables import Delivery, Job, Result, Submission, Webhook, now

PAUSES = (1, 5, 30, 120, 600, 1800, 7200, 21600)  # seconds behind each failed attempt; then it is given up
_CLAIM = timedelta(seconds=60)  # nobody else tries a delivery that somebody has taken on
_BATCH = 20


def secret(key: bytes, number: int) -> str:
    """The secret of a webhook: derived from the service's key, so that the database holds none."""
    return "whsec_" + hmac.new(key, f"webhook:{number}".encode(), hashlib.sha256).hexdigest()


def signature(word: str, moment: int, body: str) -> str:
    """The signature's header."""
    return f"t={moment},v1={hmac.new(word.encode(), f'{moment}.{body}'.encode(), hashlib.sha256).hexdigest()}"


def announce(session: Session, job: Job, result: Result, submission: Submission | None) -> None:
    """Queue the message of a verdict for every webhook that listens."""
    listening = select(Webhook).where(Webhook.active)
    campaign = submission.campaign_id if submission else None
    said: dict[str, Any] = {
        "event": "verdict",
        "job": job.id,
        "verdict": result.verdict,
        "errors": result.errors,
        "warnings": result.warnings,
        "at": result.finished_at.isoformat(),
    }
    if submission:
        said |= {"submission": submission.id, "campaign": campaign, "unit": submission.unit.name, "state": submission.state}
        said["version"] = submission.versions[-1].number
    payload = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    for hook in session.scalars(listening):
        if hook.campaign_id in {None, campaign}:
            session.add(Delivery(webhook_id=hook.id, event="verdict", payload=payload, due_at=now()))


class Messenger:
    """A thread that delivers what is due. Several may run, on several machines."""

    def __init__(self, database: Database, key: bytes, pause: float = 1.0) -> None:
        self._database, self._key, self._pause = database, key, pause
        self._stop = threading.Event()
        self._client = httpx.Client(timeout=10, follow_redirects=False, trust_env=False)
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    @property
    def started(self) -> bool:
        return self._thread.ident is not None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(12)
        self._client.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                busy = self.deliver_due()
            except Exception:  # noqa: BLE001 - a database away for a moment must not end deliveries for good
                busy = 0
            if not busy:
                self._stop.wait(self._pause)

    def deliver_due(self) -> int:
        """Try what is due now; how many were tried."""
        due = select(Delivery).where(Delivery.state == "pending", Delivery.due_at <= now()).order_by(Delivery.due_at)
        with self._database.read() as session:
            if session.scalars(due.limit(1)).unique().first() is None:
                return 0
        with self._database.write() as session:
            taken = due.limit(_BATCH).with_for_update(skip_locked=True, of=Delivery)
            rows = list(session.scalars(taken).unique())
            for row in rows:
                row.due_at = now() + _CLAIM
            orders = [(r.id, r.webhook.id, r.webhook.url, r.webhook.active, r.event, r.payload) for r in rows]
        for number, hook, url, active, event, payload in orders:
            taken_by, said = self._post(hook, url, event, payload, number) if active else (False, "webhook switched off")
            self._note(number, taken_by, said, give_up=not active)
        return len(orders)

    def _post(self, hook: int, url: str, event: str, body: str, number: int) -> tuple[bool, str]:
        head = {
            "Content-Type": "application/json",
            "X-Gouji-Event": event,
            "X-Gouji-Delivery": str(number),
            "X-Gouji-Signature": signature(secret(self._key, hook), int(time.time()), body),
        }
        try:
            answer = self._client.post(url, content=body.encode(), headers=head)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return False, f"{type(error).__name__}: {error}"[:500]
        return answer.is_success, str(answer.status_code)

    def _note(self, number: int, delivered: bool, said: str, *, give_up: bool) -> None:
        with self._database.write() as session:
            row = session.get_one(Delivery, number)
            row.attempts, row.answer = row.attempts + 1, said
            if delivered:
                row.state = "delivered"
            elif give_up or row.attempts > len(PAUSES):
                row.state = "failed"
            else:
                row.due_at = now() + timedelta(seconds=PAUSES[row.attempts - 1])
